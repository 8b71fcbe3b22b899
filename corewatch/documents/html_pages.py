"""A saved web page to its article: headline, text, date, outlet and address, without the page's furniture.

In: the bytes of a page. Out: a draft whose text is the headline and the paragraphs, a blank line between them. trafilatura finds the
article; of the libraries for it this is the one that is measured against the others with every release. Scripts, styles and comments of
readers are left out, a table becomes lines of cells between bars.

Read in the worker process: a page is parsed by libxml2, which is written in C.
"""

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import urlsplit

from corewatch.documents.decoding import decode
from corewatch.documents.hidden import HIDDEN
from corewatch.documents.page_frames import framed
from corewatch.documents.pieces import Draft, RejectedError, address, cell, cleaned, day

# Chrome and Internet Explorer write where a page was saved from; the number is the address's length.
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://[^\s<>\"]{1,2000}) -->")
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{3,400}?)\s(?:\||-|–|—|&[mn]dash;)\s([^<|–—]{2,60})</title>", re.IGNORECASE)
# An encoding is declared in the first kilobyte, by the rule; pages are laxer.
HEAD = 4096
# Above so many blocks the second opinion on where the article is is not asked for: it takes the square of a run of short ones.
MOST_BLOCKS = 3000
BLOCK = re.compile(
    r"<(?:p|div|td|th|li|dd|dt|dl|br|option|optgroup|h[1-6]|tr|ul|table|pre|blockquote|caption|center|form|fieldset|legend|textarea)\b",
    re.IGNORECASE,
)
# Without a last day that would be the day on which the page is read, and the same page would have a date only from then on.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2099-12-31"}
NO_ARTICLE = "no article was found in the page; copy its text into a .txt file"


def read_html(content: bytes) -> Draft:
    """The article of a page; raises `RejectedError` where there is none."""
    declared = DECLARED.search(content[:HEAD])
    page, encoding = decode(content, declared[1].decode("ascii") if declared else None)
    draft = article_of(page)
    if all(line.startswith("|") for line in draft.text.split("\n\n")[1:]) and not re.search("<th[ >]", page, re.IGNORECASE):
        # An old page, whose tables place its text.
        draft = article_of(without_tables(page))
    saved = SAVED_FROM.search(page[:HEAD])
    url = draft.url or (address(saved[1]) if saved else None)
    publisher = draft.publisher or named_in_title(page, draft.title) or (urlsplit(url).hostname if url else None)
    return Draft(draft.text, encoding, draft.title, draft.published, cell(publisher), url)


def named_in_title(page: str, headline: str | None) -> str | None:
    """The outlet where the page's title is the headline and the outlet: `Chips run short | The Ledger`."""
    found = TITLE.search(page[: 10 * HEAD])
    if found is None or headline is None or plain(unescape(found[1])) != plain(headline):
        return None
    return cell(unescape(found[2]))


def without_tables(source: str) -> str:
    """The source of a page with its tables as plain blocks."""
    return re.sub(r"<(/?)(?:table|tbody|thead|tfoot|tr|td)\b[^<>]{0,2000}>", r"<\1div>", source, flags=re.IGNORECASE)


def article_of(page: str, *, whole: bool = False, without: Sequence[str] = ()) -> Draft:
    """The article in the source of a page, `without` what these paths of XPath name.

    `whole` keeps more, and adds no headline: for newsletters, which are all text. Raises `RejectedError`.
    """
    from trafilatura import bare_extraction

    page = framed(page)
    found = bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=True, favor_recall=whole,
        fast=len(BLOCK.findall(page)) > MOST_BLOCKS,
        prune_xpath=[*HIDDEN, *without], date_extraction_params=DATES,
    )  # fmt: skip
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise RejectedError("no_text", NO_ARTICLE)
    title = cell(found.title)
    return Draft(
        text=joined(None if whole else title, cleaned(found.text or "")),
        title=title,
        published=day(found.date),
        # Of an address that stands for an outlet the library keeps the name and the password.
        publisher=cell(re.sub(r"^\S*@(?=\S+$)", "", found.sitename or found.hostname or "")),
        url=address(found.url),
    )


def joined(title: str | None, text: str) -> str:
    """The paragraphs with blank lines between them, the headline first and only once; rows of a table stay together."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if title and (not lines or plain(lines[0]) != plain(title)):
        lines.insert(0, title)
    return "".join(
        line + ("" if at == len(lines) - 1 else "\n" if line.startswith("|") and lines[at + 1].startswith("|") else "\n\n")
        for at, line in enumerate(lines)
    )


def plain(line: str) -> str:
    """A line as its letters and digits, to compare."""
    return "".join(re.findall(r"\w+", line.casefold()))
