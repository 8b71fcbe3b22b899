"""The source of a page put so that its frame, `html` and `head`, comes first, and counted before it is parsed.

The library takes a first element of another kind for the page, and loses outlet and address with the head.
"""

import re

from corewatch.documents.pieces import RejectedError

# Comments, scripts and styles are no markup, and what is never closed goes on to the end: each sign is looked at once.
RAW = re.compile(r"<!--(?:-?>|.*?(?:-->|\Z))|<(script|style)(?=[\s/>])[^<>]*(?<!/)>.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
OPENS = re.compile(r"<(?=[a-z])", re.IGNORECASE)
FIRST = re.compile(r"<([a-z][a-z0-9]*)", re.IGNORECASE)
FRAME = frozenset({"html", "head", "body", "title", "meta", "link", "base"})
HTML, HTML_OR_BODY = re.compile(r"<html\b", re.IGNORECASE), re.compile(r"<(?:html|body)\b", re.IGNORECASE)
# Behind the head, and before the body, whose own tag may have any signs in it.
BEHIND_HEAD = re.compile(r"</head\s*>|(?=<body\b)", re.IGNORECASE)
# Elements of a page: the longest articles have some thousands, and above this the library takes the square of their number.
MOST_ELEMENTS = 100_000


def framed(page: str) -> str:
    """The source of a page with its frame first; raises `RejectedError` where it has more elements than any article.

    What stands before `<html>`, such as the bar of an archive, goes to the beginning of the body; what has no frame is given one.
    """
    markup = RAW.sub(lambda raw: " " * len(raw[0]), page)
    if (elements := len(OPENS.findall(markup))) > MOST_ELEMENTS:
        detail = f"the page has {elements:,} elements, and {MOST_ELEMENTS:,} are read; copy its article into a .txt file"
        raise RejectedError("too_large", detail)
    first = FIRST.search(markup)
    if first is not None and first[1].lower() in FRAME and HTML_OR_BODY.search(markup):
        return page
    html = HTML.search(markup)
    head = html and BEHIND_HEAD.search(markup, html.start())
    if html and head:
        return page[html.start() : head.end()] + page[: html.start()] + page[head.end() :]
    return f"<html><body>{page}</body></html>"
