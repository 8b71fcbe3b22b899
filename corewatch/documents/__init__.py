"""Files to documents: what was given, what could be read, and why the rest could not."""
