"""A document that was read, with what its text says of itself, or the reason why it is not taken: its language.

In: a piece. Out: the piece with the title, date, outlet and address of a Markdown head, and of a dateline and a headline, where the page or
mail that it comes from did not say them. It is called in the process that reads, because it looks through the whole text.
"""

from dataclasses import replace

from corewatch.documents.datelines import date_stated
from corewatch.documents.front_matter import front_matter
from corewatch.documents.languages import mixed_language, other_language
from corewatch.documents.pieces import Piece, Rejection
from corewatch.terminal import UNSHOWABLE

# Longer than any headline of a newsroom, shorter than nearly any first paragraph.
LONGEST_TITLE = 140


def described(piece: Piece) -> Piece | Rejection:
    """The piece with all that its text says of itself; a rejection where that is not in English, because nothing would be read right."""
    if language := other_language(piece.text):
        detail = f"the text is in another language than English (ISO 639 code {language}); have it translated"
        return Rejection(piece.name, "language", detail)
    if language := mixed_language(piece.text):
        detail = f"a good part of the text is in another language than English (ISO 639 code {language}); keep the English part alone"
        return Rejection(piece.name, "language", detail)
    head = front_matter(piece.text)
    below = piece.text[head.ends :]
    return replace(
        piece,
        title=piece.title or head.title or title_of(below),
        published=piece.published or head.published or date_stated(below),
        publisher=piece.publisher or head.publisher,
        url=piece.url or head.url,
    )


def title_of(text: str) -> str | None:
    """The first line if it reads like a headline: short, not ended like a sentence, and with text below it.

    `title_of("Chips run short\\n\\nMakers of ...")` is `"Chips run short"`.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0].lstrip("#").strip() if lines else ""
    if len(lines) < 2 or not first or len(first) > LONGEST_TITLE or first.rstrip("\"'”’)").endswith((".", ":", ";", ",")):
        return None
    return UNSHOWABLE.sub(" ", first).strip() or None
