"""Where the pages of a site are, relative to a report at its top."""

from urllib.parse import quote


def article_page(doc_id: str) -> str:
    """The file of an article's page: a document in a folder (`2025/march/deal`) keeps its path."""
    return f"articles/{doc_id}.html"


def passage_link(doc_id: str, start: int) -> str:
    """The link from a page at the top of the site to the passage that starts at `start`: `articles/004.html#c1297`."""
    return f"{quote(article_page(doc_id))}#c{start}"
