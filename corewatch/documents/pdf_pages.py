"""A PDF to its text: columns in their order, without running heads, divided words whole.

In: the bytes of a PDF. Out: a draft; its title is the largest type at the head of the first page. PDFium, the reader in Chrome, gives the
signs with their places, twenty times as fast as a reader in Python, and is attacked and mended every day; `signs` takes those that can be
seen, `columns` orders them.

Read in the worker process, for all that.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from corewatch.documents.columns import LINES, Fragment, Page, in_rows, paragraphs_of, printed_from
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Draft, RejectedError, address, cell, cleaned, said
from corewatch.documents.signs import Sign, signs_of

if TYPE_CHECKING:
    import pypdfium2

# The type of a headline is at least so much larger than that of the text.
HEADLINE = 1.15
LONGEST_TITLE = 200
# Signs on a page: a page of a broadsheet has thirty thousand.
MOST_SIGNS = 200_000
# The least width of a gap between columns, in heights of the type.
GUTTER = 1.2


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
        pages = [part for at in range(len(document)) for part in read_page(document, at)]
        stated = title_in(document)
    paragraphs = [(cleaned(text).strip(), size) for text, size in paragraphs_of(pages)]
    paragraphs = [(text, size) for text, size in paragraphs if text]
    if not paragraphs:
        raise RejectedError("no_text", "its pages are pictures without text; run a text recognition (OCR) over it first")
    text = "\n\n".join(text for text, _ in paragraphs)
    return Draft(text, title=title_of(paragraphs) or title_stated(stated, text), url=address(printed_from(pages)))


def read_page(document: "pypdfium2.PdfDocument", at: int) -> list[Page]:
    """The pieces of the lines of a page, numbered from 0, a part for each direction in which they run; a page that is broken has none.

    What is upright as the page is shown comes first. What runs otherwise is read too if it has the most signs or at least the lines of a
    column: fewer are a stamp along the edge or the name of an axis.
    """
    import pypdfium2

    try:
        with closing(document[at]) as page, closing(page.get_textpage()) as text:
            if text.count_chars() > MOST_SIGNS:
                raise RejectedError("too_large", f"page {at + 1} has more than {MOST_SIGNS:,} signs; copy its text into a .txt file")
            directions = signs_of(page, text)
    except pypdfium2.PdfiumError:
        return []
    parts = [Page(at, list(fragments_of(signs)), height) for signs, height in directions]
    most = max((len(signs) for signs, _ in directions), default=0)
    # The first is upright, or none is and it has the most.
    read = [number == 0 or len(signs) == most for number, (signs, _) in enumerate(directions)]
    return [part for part, whole in zip(parts, read, strict=True) if whole or len(in_rows(part.fragments)) >= LINES]


def fragments_of(placed: Iterable[Sign]) -> Iterator[Fragment]:
    """The signs of a page as pieces of lines: each sign has its place, because the boxes of words overlap where type is set close.

    A piece ends where the line changes, and at a gap that is wider than a blank in a justified line.
    """
    signs: list[str] = []
    left = bottom = right = top = 0.0
    for sign, box in placed:
        if box is None:
            if signs and signs[-1] != " ":
                signs.append(" ")
            continue
        begins, low, ends, high = box
        height = max(top - bottom, 1.0)
        apart = abs(low - bottom) > 0.5 * height or not -height < begins - right < GUTTER * height
        if signs and apart:
            yield Fragment(whole(signs), left, bottom, right, top)
            signs = []
        if not signs:
            left, bottom, top = begins, low, high
        elif signs[-1] != " " and begins - right > 0.25 * height:
            signs.append(" ")
        signs.append(sign)
        right = ends
    if signs:
        yield Fragment(whole(signs), left, bottom, right, top)


def whole(signs: Sequence[str]) -> str:
    """Signs as a text, with the halves of those beyond the first plane put together."""
    return "".join(signs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()


def title_of(paragraphs: Sequence[tuple[str, float]]) -> str | None:
    """The first of the first paragraphs whose type is larger than that of the text."""
    sizes = [size for text, size in paragraphs for _ in range(len(text) // 80 + 1)]
    usual = median(sizes)
    headline = max(paragraphs[:6], key=lambda one: one[1])
    return cell(headline[0]) if headline[1] >= HEADLINE * usual and len(headline[0]) <= LONGEST_TITLE else None


def title_in(document: "pypdfium2.PdfDocument") -> str | None:
    """The title in the file's properties; null for one with half a sign in it, over which the library stumbles."""
    try:
        return cell(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return None


def title_stated(title: str | None, text: str) -> str | None:
    """The title in the file's properties if the text has it too: others are names of templates and of files."""
    return title if title and title in text[:2000] else None
