"""One article to what it states: deals, metrics, relations and statements, each with its exact words."""
