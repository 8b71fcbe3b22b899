"""Pieces of print on pages to paragraphs: columns in their order, running heads left out, words joined that a line's end divided.

In: for each page the fragments of its lines, with where they stand (points, from the lower left) and how high they are. Out: paragraphs.

- A gutter is where many lines begin, longer lines end before it, and none goes across. What goes across (a headline, a wide deck) ends
  the columns above it and begins others below. A table is no columns: its cells are short.
- A line at the top or bottom that comes again on other pages, its numbers apart, is a running head; a page's number alone there is none
  of the text either, nor is what browsers print there: the time, the title and the address.
- A word that a hyphen divides at a line's end is joined without it, unless the document has the word with a hyphen elsewhere, or
  the first half is one that makes compounds ("five-", "long-", "2025-").
"""

import re
from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corewatch.documents.words import compounds

# A column has at least so many lines, and half of its lines at least so many characters.
LINES, WIDTH = 3, 16
# Columns in columns: more than a page has.
DEEPEST = 6
# Running heads stand within this share of the page's height from its top and bottom.
MARGIN = 0.08
PAGE_NUMBER = re.compile(r"\W*(?:(?:page|p\.|seite) ?)?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?\W*", re.IGNORECASE)
HYPHENS = "-\u2010\u00ad"
# What a browser prints at the edge of a page; the title stands beside the time.
PRINTED_AT = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)?", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?|file)://\S+")
# Of a longer word its end says whether a hyphen in it stays.
LONGEST_WORD = 50
SENTENCE_END = re.compile(r"[.!?:][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its text, its edges in points, and the size of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of the box around the signs, which stands for the size of the type."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height on the page at which the line stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The fragments of a page that run in one direction, its number in the document, and its height in points as they are upright."""

    number: int
    fragments: Sequence[Fragment]
    height: float


def paragraphs_of(pages: Sequence[Page]) -> list[tuple[str, float]]:
    """The paragraphs of a document in reading order, each with the size of its type."""
    heads = running_heads(pages)
    blocks: list[list[Fragment]] = []
    for page in pages:
        lines = join_fragments(page.fragments)
        printed = [one.middle for one in lines if in_margin(one, page) and PRINTED_AT.fullmatch(one.text.strip())]
        body = [one for one in lines if not is_furniture(one, page, heads) and all(abs(one.middle - at) > 2 for at in printed)]
        blocks += in_order(body)
    text = " ".join(one.text for block in blocks for one in block)
    # From the head of a word on: elsewhere in it the same is asked again for each of its letters.
    hyphened = Counter(re.findall(r"\b\w+-\w+", text.lower()))
    # Joined at the end, because a paragraph may go on over all the pages of a book.
    paragraphs: list[tuple[list[str], float]] = []
    for block in blocks:
        for rows in split_block(block):
            said = [" ".join(row.text.split()) for row in rows]
            size = median(row.height for row in rows)
            if paragraphs and goes_on(paragraphs[-1], said[0], size):
                paragraphs[-1][0].extend(said)
            else:
                paragraphs.append((said, size))
    return [(join_lines(said, hyphened), size) for said, size in paragraphs]


def in_rows(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Fragments by the line at which they stand, from the top, each from the left. Signs with tails stand lower by less than half."""
    rows: list[list[Fragment]] = []
    for one in sorted(fragments, key=lambda one: (-one.middle, one.left)):
        if rows and rows[-1][0].middle - one.middle < 0.5 * max(one.height, rows[-1][0].height):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def join_fragments(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Fragments of one line that a change of type divided, as one; what a wide gap divides stays apart."""
    joined: list[Fragment] = []
    for row in in_rows(one for one in fragments if one.text.strip()):
        last: Fragment | None = None
        for one in row:
            if last is not None and -last.height < one.left - last.right < 0.6 * max(last.height, one.height):
                space = "" if last.text.endswith(" ") or one.text.startswith(" ") or one.left - last.right < 0.1 * last.height else " "
                joined[-1] = last = joined_pair(last, one, space)
            else:
                joined.append(one)
                last = one
    return joined


def joined_pair(left: Fragment, right: Fragment, space: str) -> Fragment:
    """Two fragments of a line as one."""
    top, bottom = max(left.top, right.top), min(left.bottom, right.bottom)
    return Fragment(left.text + space + right.text, left.left, bottom, max(left.right, right.right), top)


def running_heads(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """The lines, numbers apart, that stand at one height at the top or bottom of at least two pages and of every third.

    What runs in another direction on a page is no page more.
    """
    on: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for one in join_fragments(page.fragments):
            if in_margin(one, page):
                on[shape(one)].add(page.number)
    every_third = len({page.number for page in pages}) / 3
    return {line for line, numbers in on.items() if len(numbers) >= max(2, every_third)}


def shape(one: Fragment) -> tuple[str, int]:
    """A line with its numbers apart, and its height on the page, to compare."""
    return re.sub(r"\d+", "#", " ".join(one.text.split()).casefold()), round(one.bottom / 4)


def in_margin(one: Fragment, page: Page) -> bool:
    """Whether a line stands where running heads do."""
    return one.middle < MARGIN * page.height or one.middle > (1 - MARGIN) * page.height


def is_furniture(one: Fragment, page: Page, heads: set[tuple[str, int]]) -> bool:
    """Whether a line is a running head or a page's number."""
    text = one.text.strip()
    return in_margin(one, page) and (shape(one) in heads or bool(PAGE_NUMBER.fullmatch(text) or ADDRESS.fullmatch(text)))


def printed_from(pages: Sequence[Page]) -> str | None:
    """The address that a browser printed at the edge of the first page, in whatever direction."""
    first = [page for page in pages if page.number == pages[0].number]
    edge = [one.text.strip() for page in first for one in join_fragments(page.fragments) if in_margin(one, page)]
    return next((text for text in edge if text.startswith("http") and ADDRESS.fullmatch(text) and "…" not in text), None)


def in_order(lines: list[Fragment], depth: int = 0) -> list[list[Fragment]]:
    """The lines as blocks in reading order: a block is a column, or what goes across the columns."""
    found = find_gutter(lines) if depth < DEEPEST else None
    if found is None:
        return [[one for row in in_rows(lines) for one in row]] if lines else []
    gutter, across = found
    bands: defaultdict[int, list[Fragment]] = defaultdict(list)
    levels: defaultdict[float, list[Fragment]] = defaultdict(list)
    for one in across:
        levels[-one.middle].append(one)
    walls = sorted(levels)
    for one in lines:
        if one not in across:
            bands[bisect(walls, -one.middle)].append(one)
    blocks: list[list[Fragment]] = []
    for at in range(len(walls) + 1):
        left = [one for one in bands[at] if one.left < gutter]
        right = [one for one in bands[at] if one.left >= gutter]
        if min(len(left), len(right)) >= LINES:
            blocks += [*in_order(left, depth + 1), *in_order(right, depth + 1)]
        else:
            blocks += in_order(bands[at], DEEPEST)
        if at < len(walls):
            blocks.append(levels[walls[at]])
    return merged(blocks)


def merged(blocks: list[list[Fragment]]) -> list[list[Fragment]]:
    """Blocks that follow each other in one column as one, so that paragraphs are told by the distance of lines."""
    made: list[list[Fragment]] = []
    for block in blocks:
        if made and block and abs(made[-1][-1].left - block[0].left) < 3 and made[-1][-1].bottom > block[0].bottom:
            made[-1] += block
        elif block:
            made.append(list(block))
    return made


def find_gutter(lines: Sequence[Fragment]) -> tuple[float, set[Fragment]] | None:
    """Where the second column begins, and the lines that go across; null for a page of one column."""
    edges = Counter(round(one.left / 2) * 2 for one in lines)
    best: tuple[float, set[Fragment]] | None = None
    score = 0.0
    for edge, times in edges.most_common(12):
        gutter = edge - 2.0
        if times < LINES:
            break
        right = [one for one in lines if one.left >= gutter]
        left = [one for one in lines if one.right <= gutter]
        across = {one for one in lines if one.left < gutter < one.right}
        sides = [beside(left, right), beside(right, left)]
        if min(map(len, sides)) < LINES or any(median(line_lengths(side)) < WIDTH for side in sides):
            continue
        worth = min(map(len, sides)) - len(across)
        if worth > score:
            best, score = (gutter, across), worth
    return best


def line_lengths(lines: Sequence[Fragment]) -> list[int]:
    """The number of characters of each line, whatever pieces it is in: a line that is spread to a column's width has a piece a word."""
    return [sum(len(one.text) for one in row) for row in in_rows(lines)]


def beside(lines: Sequence[Fragment], others: Sequence[Fragment]) -> list[Fragment]:
    """The lines that have one of the others at about their height."""
    heights = sorted(other.middle for other in others)
    near = ((one, 1.5 * max(one.height, 6)) for one in lines)
    return [one for one, reach in near if bisect(heights, one.middle + reach) > bisect_left(heights, one.middle - reach)]


def split_block(block: Sequence[Fragment]) -> list[list[Fragment]]:
    """The lines of a column as paragraphs: a wider distance, another size, an indent, or a short line that ends a sentence divides."""
    rows = same_rows(block)
    if not rows:
        return []
    pitch = median([above.middle - below.middle for above, below in pairwise(rows)] or [0.0])
    size = median(row.height for row in rows)
    left = median(row.left for row in rows)
    edge = max(row.right for row in rows)
    width = edge - min(row.left for row in rows)
    paragraphs = [[rows[0]]]
    for above, below in pairwise(rows):
        # Lines of a headline stand as far apart as their own size asks for.
        large = min(above.height, below.height) > 1.15 * size
        wider = above.middle - below.middle > (1.5 * above.height if large else 1.3 * pitch + 0.5)
        resized = differs(above, below)
        indented = below.left - left > 0.6 * below.height and above.left - left < 0.3 * above.height
        ended = SENTENCE_END.search(above.text.strip()) is not None and edge - above.right > 0.35 * width
        if wider or resized or indented or ended:
            paragraphs.append([])
        paragraphs[-1].append(below)
    return paragraphs


def differs(above: Fragment, below: Fragment) -> bool:
    """Whether two lines are of different type, not only of different signs: a few letters without capitals and tails are lower."""
    return min(len(above.text), len(below.text)) > 12 and max(above.height, below.height) > 1.15 * min(above.height, below.height)


def same_rows(block: Sequence[Fragment]) -> list[Fragment]:
    """The lines of a column, those at one height joined by a space, as the cells of a table are."""
    rows: list[Fragment] = []
    for one in block:
        last = rows[-1] if rows else None
        if last is not None and abs(last.middle - one.middle) < 0.5 * max(last.height, one.height) and one.left >= last.right - 1:
            rows[-1] = joined_pair(last, one, " ")
        else:
            rows.append(one)
    return rows


def goes_on(before: tuple[Sequence[str], float], said: str, size: float) -> bool:
    """Whether a paragraph that begins with the line `said` is the rest of the one before it, in the next column or on the next page."""
    text, other = before[0][-1], before[1]
    begins = said[:1].islower() or (said[:1].isdigit() and text[-1:] not in '.!?”"')
    return begins and SENTENCE_END.search(text) is None and max(size, other) < 1.3 * min(size, other)


def join_lines(lines: Sequence[str], hyphened: Counter[str]) -> str:
    """Lines as one, a divided word whole: `join_lines(["the obliga-", "tions of"], Counter())` is `"the obligations of"`."""
    joined: list[str] = []
    # The last signs of what is joined: looking through all of it at each line would take the square of the time.
    end = ""
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        if end[-1:] in HYPHENS and end[-2:-1].isalnum() and line[0].isalnum():
            first = re.findall(r"\w+$", end[:-1])[0]
            second = re.findall(r"^\w+", line)[0]
            whole = end[-1] == "\u00ad" or (
                line[0].islower()
                and not first[-1].isdigit()
                and first.lower() not in compounds()
                and f"{first}-{second}".lower() not in hyphened
            )
            if whole:
                joined[-1], end = joined[-1][:-1], end[:-1]
        elif joined:
            joined.append(" ")
            end += " "
        joined.append(line)
        end = (end + line)[-LONGEST_WORD:]
    return "".join(joined).replace("\u00ad", "")
