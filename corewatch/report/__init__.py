"""Tables to what a reader sees: views and charts for notebooks, runs, pages and the site."""

import sys

# Keeps a module from being imported that takes half of Jupyter's start: jsonschema checks internationalised addresses with it where it is
# there, and nbformat imports jsonschema. It compiles 35 grammars, 1.5 s of each kernel and each run; no notebook's format has such an
# address. Here, because it has to be said before anything of Jupyter is imported.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None keeps a module from being imported
