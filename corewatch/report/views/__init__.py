"""One module a report: what its notebook's calls show."""
