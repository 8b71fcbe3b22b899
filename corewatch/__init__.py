"""corewatch reads news articles on AI-infrastructure deals into tidy tables, every row with the exact words that it rests on.

>>> import corewatch
>>> tables = corewatch.parse("seeds")
>>> tables.deals, tables.metrics, tables.conflicts
"""
