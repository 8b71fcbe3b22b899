"""Runs that nobody watches: a site a run, checked, switched in at once, listed, made again."""
