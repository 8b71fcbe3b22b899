"""A PDF to its text: columns in their order, without running heads, divided words whole.

In: the bytes of a PDF. Out: a draft; its title is the largest type at the head of the first page. PDFium, the reader in Chrome, gives the
pieces of lines with their places, forty times as fast as a reader in Python, and is attacked and mended every day; `columns` orders them.

Read in the worker process, for all that.
"""

from collections.abc import Sequence
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from corewatch.documents.columns import Fragment, Page, paragraphs_of
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Draft, RejectedError, cell, cleaned, said

if TYPE_CHECKING:
    import pypdfium2

# The type of a headline is at least so much larger than that of the text.
HEADLINE = 1.15
LONGEST_TITLE = 200
# Pieces of lines on a page: a page of a broadsheet has two thousand.
MOST_FRAGMENTS = 20_000


def read_pdf(content: bytes, limits: Limits) -> Draft:
    """The text of a PDF; raises `RejectedError`: `encrypted`, `unreadable`, `too_large` (pages) or `no_text` (pictures of text)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RejectedError("encrypted", "a password is needed; save the PDF without one") from error
        raise RejectedError(
            "unreadable", f"no PDF that can be read ({said(error)}); save it again or copy its text into a .txt file"
        ) from error
    with closing(document):
        if len(document) > limits.pages:
            raise RejectedError(
                "too_large",
                f"it has {len(document)} pages, and {limits.pages} are read; split it, or raise the limit with --limit pages NUMBER",
            )
        pages = [read_page(document, at) for at in range(len(document))]
        metadata = document.get_metadata_dict()
    paragraphs = [(cleaned(text).strip(), size) for text, size in paragraphs_of(pages)]
    paragraphs = [(text, size) for text, size in paragraphs if text]
    if not paragraphs:
        raise RejectedError("no_text", "its pages are pictures without text; run a text recognition (OCR) over it first")
    text = "\n\n".join(text for text, _ in paragraphs)
    return Draft(text, title=title_of(paragraphs) or title_stated(metadata, text))


def read_page(document: "pypdfium2.PdfDocument", at: int) -> Page:
    """The pieces of the lines of a page, numbered from 0; a page that is broken has none."""
    import pypdfium2

    try:
        with closing(document[at]) as page, closing(page.get_textpage()) as text:
            fragments = []
            if text.count_rects() > MOST_FRAGMENTS:
                raise RejectedError(
                    "too_large", f"page {at + 1} has more than {MOST_FRAGMENTS:,} pieces of text; copy its text into a .txt file"
                )
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                words = text.get_text_bounded(left, bottom, right, top).strip("\r\n")
                fragments.append(Fragment(words.replace("\r\n", " "), left, bottom, right, top))
            return Page(fragments, page.get_height())
    except pypdfium2.PdfiumError:
        return Page([], 0.0)


def title_of(paragraphs: Sequence[tuple[str, float]]) -> str | None:
    """The first of the first paragraphs whose type is larger than that of the text."""
    sizes = [size for text, size in paragraphs for _ in range(len(text) // 80 + 1)]
    usual = median(sizes)
    headline = max(paragraphs[:6], key=lambda one: one[1])
    return cell(headline[0]) if headline[1] >= HEADLINE * usual and len(headline[0]) <= LONGEST_TITLE else None


def title_stated(metadata: dict[str, str], text: str) -> str | None:
    """The title in the file's properties if the text has it too: others are names of templates and of files."""
    title = cell(metadata.get("Title"))
    return title if title and title in text[:2000] else None
