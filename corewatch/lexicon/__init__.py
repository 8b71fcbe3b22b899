"""The knowledge of the field as data files, and the loader that checks them."""
