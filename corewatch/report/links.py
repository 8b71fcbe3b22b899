"""Where the pages of a site are, relative to a report at its top."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote

# What a file's name may hold on every system; a name that ends in a dot or blank is cut on some.
PLAIN_NAME = re.compile(r"\w(?:[\w. ()'&+-]*[\w()'&+-])?")
LONGEST_NAME = 120
# Names that are the list of a folder, or a device on some systems.
TAKEN = frozenset({"index", "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})


def article_page(doc_id: str) -> str:
    """The file of an article's page: a document in a folder (`2025/march/deal`) keeps its path.

    A part that no file system should see (`..`, `C:`, a very long one, a page's name as a folder's) is written in plain letters with
    a digest, so that the page stays inside `articles/` and two documents never share one.
    """
    return f"articles/{'/'.join(plain_name(part) for part in doc_id.split('/'))}.html"


def plain_name(part: str) -> str:
    """A part of a path as it is if it is plain, else its letters and a digest of it: `a:b` is `a_b-1a2b3c4d`."""
    device = part.split(".")[0].lower() in TAKEN - {"index"}
    if PLAIN_NAME.fullmatch(part) and len(part.encode()) <= LONGEST_NAME and not part.endswith(".html") and not device:
        return part
    letters = re.sub(r"[^A-Za-z0-9]+", "_", part).strip("_")[:40]
    return f"{letters or 'document'}-{digest_of(part)}"


def digest_of(name: str) -> str:
    """Eight characters that tell a name from others."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def pages_of(names: Iterable[str], folder: str, other: str) -> dict[str, str]:
    """The file of each name's page in a folder: `{"Quillon Power": "companies/quillon-power.html"}`.

    A name in plain letters is its own file's name. Any other, one that is taken, and the second of two that differ in their capitals alone
    has its letters (`other` where it has none) and a digest, so that no two names ever share a page, on any system.
    """
    found: dict[str, str] = {}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        letters = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:60].strip("-.")
        plain = (
            re.fullmatch(r"[A-Za-z0-9]+(?:[ .-][A-Za-z0-9]+)*", name) and len(name) <= len(letters) and letters.split(".")[0] not in TAKEN
        )
        alike[letters if plain else f"{letters or other}-{digest_of(name)}"].append(name)
    for file, several in alike.items():
        for name in several:
            found[name] = f"{folder}/{file}.html" if name == several[0] else f"{folder}/{file}-{digest_of(name)}.html"
    return found


def company_pages(names: Iterable[str]) -> dict[str, str]:
    """The files of companies' pages, below the top of the site."""
    return pages_of(names, "companies", "company")


def deal_pages(deal_ids: Iterable[str]) -> dict[str, str]:
    """The files of deals' pages, below the top of the site."""
    return pages_of(deal_ids, "deals", "deal")


def passage_link(doc_id: str, start: int) -> str:
    """The link from a page at the top of the site to the passage that starts at `start`: `articles/004.html#c1297`."""
    return f"{quote(article_page(doc_id))}#c{start}"
