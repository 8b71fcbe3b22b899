"""What all documents say together: mentions to deals, metrics and conflicts."""
