"""Where the pages of a site are, relative to a report at its top."""

import hashlib
import re
from urllib.parse import quote

# What a file's name may hold on every system; a name that ends in a dot or blank is cut on some.
PLAIN_NAME = re.compile(r"\w(?:[\w. ()'&+-]*[\w()'&+-])?")
LONGEST_NAME = 120


def article_page(doc_id: str) -> str:
    """The file of an article's page: a document in a folder (`2025/march/deal`) keeps its path.

    A part that no file system should see (`..`, `C:`, a very long one, a page's name as a folder's) is written in plain letters with
    a digest, so that the page stays inside `articles/` and two documents never share one.
    """
    return f"articles/{'/'.join(plain_name(part) for part in doc_id.split('/'))}.html"


def plain_name(part: str) -> str:
    """A part of a path as it is if it is plain, else its letters and a digest of it: `a:b` is `a_b-1a2b3c4d`."""
    if PLAIN_NAME.fullmatch(part) and len(part.encode()) <= LONGEST_NAME and not part.endswith(".html"):
        return part
    letters = re.sub(r"[^A-Za-z0-9]+", "_", part).strip("_")[:40]
    return f"{letters or 'document'}-{hashlib.sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def passage_link(doc_id: str, start: int) -> str:
    """The link from a page at the top of the site to the passage that starts at `start`: `articles/004.html#c1297`."""
    return f"{quote(article_page(doc_id))}#c{start}"
