"""A document's text in blocks, with the passages that were read marked in it; the text itself is never changed.

In: a text and the spans that rows rest on. Out: blocks of the text as `Markup`, each with the numbers of the passages in it.

Judgements made here: passages that begin at the same character are one; passages that overlap are nested, the earlier one
stretched to hold the later, so that each can be a link's target and holds all its words. A block is a line, or lines that a
passage joins, or the short lines of a text that was broken to fit a screen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from corewatch.spans import Span

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*\S[^\n\r\x0b\x0c\x85\u2028\u2029]*")
# A text broken at 72 or 80 characters; lines of a web page's paragraphs are longer.
BROKEN_LINE = 100
HEADING = 90


@dataclass(frozen=True)
class Passage:
    """A marked passage: its number in the document, from 1, and the characters that its mark holds."""

    number: int
    span: Span


@dataclass(frozen=True)
class Block:
    """A paragraph as it is shown, and the numbers of the passages that begin in it."""

    markup: Markup
    numbers: tuple[int, ...]
    heading: bool


def number_passages(spans: Iterable[Span]) -> list[Passage]:
    """Spans in the order of the text, one for each start, nested where they overlap: `[0, 9) [5, 12)` are `[0, 12) [5, 12)`."""
    ends: dict[int, int] = {}
    for span in spans:
        ends[span.start] = max(span.end, ends.get(span.start, 0))
    open_starts: list[int] = []
    for start in sorted(ends):
        open_starts = [outer for outer in open_starts if ends[outer] > start]
        for outer in open_starts:
            ends[outer] = max(ends[outer], ends[start])
        open_starts.append(start)
    return [Passage(number, Span(start, ends[start])) for number, start in enumerate(sorted(ends), 1)]


def mark_text(text: str, passages: list[Passage], figures: list[Span]) -> list[Block]:
    """The text in blocks; `mark#c<start>` around each passage, `b` around each figure (`b#c<start>` where no passage begins)."""
    spans = [passage.span for passage in passages]
    blocks = []
    for block in split_blocks(text, spans):
        inside = [passage for passage in passages if block.start <= passage.span.start < block.end]
        words = text[block.start : block.end]
        short = len(words) <= HEADING and "\n" not in words
        blocks.append(
            Block(
                markup=mark_block(text, block, inside, figures),
                numbers=tuple(passage.number for passage in inside),
                heading=short and words.rstrip()[-1] not in ".!?…,;:”\"')" and words.lstrip()[0] not in "-–—•*·",
            )
        )
    return blocks


def split_blocks(text: str, spans: list[Span]) -> list[Span]:
    """The blocks in the order of the text, without the white space around them; no span crosses from one to the next."""
    lines = [Span(found.start() + leading(found.group()), found.start() + len(found.group().rstrip())) for found in LINE.finditer(text)]
    blocks: list[Span] = []
    reach = 0
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    previous_short = False
    for line in lines:
        short = line.end - line.start <= BROKEN_LINE
        joined = bool(blocks) and (line.start < reach or (short and previous_short and wrapped(text, blocks[-1].end, line)))
        if joined:
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
        while waiting and waiting[-1].start < line.end:
            reach = max(reach, waiting.pop().end)
        previous_short = short
    return blocks


def wrapped(text: str, before: int, line: Span) -> bool:
    """Whether a short line goes on where the one before broke off: no blank line between, and it begins in the middle of a sentence."""
    return text[before : line.start].count("\n") <= 1 and text[before - 1] not in '.!?:”"' and text[line.start].islower()


def leading(line: str) -> int:
    """The white space before a line's first word, in characters."""
    return len(line) - len(line.lstrip())


def mark_block(text: str, block: Span, passages: list[Passage], figures: list[Span]) -> Markup:
    """One block's text, escaped, with its marks."""
    marks = {passage.span.start: passage for passage in passages}
    cuts = {cut for passage in passages for cut in (passage.span.start, passage.span.end)}
    bold: dict[int, int] = {}
    for figure in figures:
        if block.start <= figure.start and figure.end <= block.end:
            edges = [figure.start, *sorted(cut for cut in cuts if figure.start < cut < figure.end), figure.end]
            bold |= dict(pairwise(edges))
    ids = {figure.start for figure in figures} - set(marks)
    points = sorted({block.start, block.end} | cuts | set(bold) | set(bold.values()))
    parts: list[Markup] = []
    closing: list[int] = []
    for at, following in pairwise(points):
        while closing and closing[-1] <= at:
            closing.pop()
            parts.append(Markup("</mark>"))
        if at in marks:
            parts.append(Markup('<mark id="c{}" data-n="{}">').format(at, marks[at].number))
            closing.append(marks[at].span.end)
        words = escape(text[at:following])
        if at in bold:
            words = Markup("<b{}>{}</b>").format(Markup(' id="c{}"').format(at) if at in ids else "", words)
        parts.append(words)
    parts += [Markup("</mark>")] * len(closing)
    return Markup("").join(parts)
