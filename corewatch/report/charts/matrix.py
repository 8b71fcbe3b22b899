"""The money graph as a matrix: who pays in the rows, who is paid in the columns; what falls below the diagonal runs back.

In: cells in words with their links, rows and columns in order. Out: the matrix twice, 760 and 340 units wide; where it has more columns
than fit it keeps its size and its box scrolls. A filled cell is a deal with an amount, an outlined one a deal without, a dashed one a tie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import Literal

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, fitted, wide

# As many columns as a page of a laptop and of a phone hold without scrolling.
MOST_WIDE, MOST_NARROW = 8, 5
# The longest line of a turned name of a column, and the distance of two lines.
HEADING, PITCH = 150.0, 14.0


@dataclass(frozen=True)
class MatrixCell:
    """What one firm pays another: the amount (or the verb) in `first`, the verb (or what is missing) in `second`."""

    row: str
    column: str
    first: str
    second: str
    short_second: str
    look: Literal["filled", "outlined", "dashed"]
    tone: Literal["p", "f"]
    link: Markup


@dataclass(frozen=True)
class Matrix:
    """Rows and columns in order. `square` are the firms that are both; `before` only pay, `outside` are not named."""

    before: Sequence[str]
    square: Sequence[str]
    outside: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[MatrixCell]
    # Where the names of firms lead; a firm that is row and column is linked in its row.
    links: Mapping[str, Markup] = field(default_factory=dict)

    @property
    def rows(self) -> list[str]:
        """All rows in order."""
        return [*self.before, *self.square, *self.outside]


@dataclass(frozen=True)
class Layout:
    """The measures of one of the two drawings."""

    total: float
    left: float
    column: float
    row: float
    head: float
    gap: float
    size: float
    small: float
    turned: float
    narrow: bool


def matrix_plot(matrix: Matrix, *, label: str) -> Markup:
    """The matrix in both widths."""
    return draw(matrix, wide_layout(matrix), label) + draw(matrix, narrow_layout(matrix), label)


def scrolls(matrix: Matrix) -> bool:
    """Whether the matrix is wider than a page."""
    return len(matrix.columns) > MOST_NARROW or narrow_layout(matrix).total > 345


def wide_layout(matrix: Matrix) -> Layout:
    """For a laptop or paper."""
    number = max(len(matrix.columns), 1)
    column = max(min(114.0, 570 / number), 66.0)
    longest = max((wide(name, 13) for name in matrix.columns), default=0.0)
    turned = 38.0 if longest > column * 1.9 else 0.0
    head, right = heads(matrix, turned, 13, column) if turned else (44.0, 8.0)
    return Layout(180 + column * number + right, 180, column, 52, head, 26, 14.5 if column > 80 else 12.5, 12, turned, False)


def narrow_layout(matrix: Matrix) -> Layout:
    """For a phone."""
    number = max(len(matrix.columns), 1)
    # As wide as the longest word of a row's name, so that no name runs into the cells.
    left = max([72.0, *(wide(word, 12, bold=True) + 8 for name in matrix.rows for word in name.split(" "))])
    head, right = heads(matrix, 58.0, 12, 50.0)
    column = max(min(64.0, (338 - left - right) / number), 50.0)
    return Layout(max(left + column * number + right, 338), left, column, 48, head, 20, 12, 12, 58.0, True)


def heads(matrix: Matrix, turned: float, size: float, column: float) -> tuple[float, float]:
    """What turned names of columns need above the cells and to the right of them."""
    lines = [fitted(name, HEADING, size)[:2] for name in matrix.columns]
    longest = max((wide(line, size) for some in lines for line in some), default=0.0)
    last = max((wide(line, size) for line in lines[-1]), default=0.0) if lines else 0.0
    angle = radians(turned)
    return 16 + longest * sin(angle) + PITCH * (max(map(len, lines), default=1) - 1), max(0.0, last * cos(angle) + 16 - column / 2)


def draw(matrix: Matrix, lay: Layout, label: str) -> Markup:
    """One of the two drawings."""
    inner = len(matrix.before) + len(matrix.square)
    bottom = lay.head + lay.row * inner
    after = bottom + lay.gap
    height = (after + lay.row * len(matrix.outside) if matrix.outside else bottom) + 6
    canvas = Canvas(lay.total, height)
    tops = {name: (lay.head + lay.row * n if n < inner else after + lay.row * (n - inner)) for n, name in enumerate(matrix.rows)}
    lefts = {name: lay.left + lay.column * n for n, name in enumerate(matrix.columns)}
    right = lay.left + lay.column * len(matrix.columns)
    order = {name: n for n, name in enumerate(matrix.columns)}
    for name in matrix.square:
        for column in matrix.columns:
            if order[column] < order[name]:
                canvas.rect(lefts[column], tops[name], lay.column, lay.row, "fw")
    headings(canvas, matrix, lay, lefts, tops)
    for top, bottom_line, count in ((lay.head, bottom, inner), (after, height - 6, len(matrix.outside))):
        if count:
            for n in range(count + 1):
                canvas.path([(lay.left, top + lay.row * n), (right, top + lay.row * n)], "grid")
            for n in range(len(matrix.columns) + 1):
                canvas.path([(lay.left + lay.column * n, top), (lay.left + lay.column * n, bottom_line)], "grid")
    for name in matrix.square:
        canvas.path([(lefts[name], tops[name]), (lefts[name] + lay.column, tops[name] + lay.row)], "rule")
    for cell in matrix.cells:
        draw_cell(canvas, cell, lay, lefts[cell.column], tops[cell.row])
    paying = {cell.row for cell in matrix.cells}
    for name in matrix.square:
        if name not in paying:
            silent_row(canvas, lay, right, tops[name])
    return canvas.svg(label=label, shown="narrow" if lay.narrow else "wide", fixed=lay.total > (345 if lay.narrow else 770))


def headings(canvas: Canvas, matrix: Matrix, lay: Layout, lefts: dict[str, float], tops: dict[str, float]) -> None:
    """The names of columns and rows; firms that are both are bold in their rows."""
    size = 12 if lay.narrow else 13
    for name in matrix.columns:
        middle = lefts[name] + lay.column / 2
        if lay.turned:
            angle, lines = radians(lay.turned), fitted(name, HEADING, size)[:2]
            for n, line in enumerate(lines):
                x, y = middle + 4 + PITCH * n * sin(angle), lay.head - 8 - PITCH * (len(lines) - 1 - n) * cos(angle)
                canvas.text(x - PITCH * (len(lines) - 1) * sin(angle) / 2, y, line, "", size=size, turned=lay.turned)
            continue
        lines = fitted(name, lay.column - 4, size)[:2]
        for n, line in enumerate(lines):
            canvas.text(middle, lay.head - 12 - 15 * (len(lines) - 1 - n), line, "m", size=size)
    for name in matrix.rows:
        lines = fitted(name, lay.left - 8, size, bold=name in matrix.square)[:3]
        start = tops[name] + lay.row / 2 + 4.5 - 7 * (len(lines) - 1)
        with canvas.linked(matrix.links.get(name)):
            for n, line in enumerate(lines):
                canvas.text(0, start + 14 * n, line, "b" if name in matrix.square else "", size=size)


def draw_cell(canvas: Canvas, cell: MatrixCell, lay: Layout, left: float, top: float) -> None:
    """One cell with its two lines."""
    middle = left + lay.column / 2
    on = " on" if cell.look == "filled" else ""
    with canvas.linked(cell.link):
        if cell.look == "filled":
            canvas.rect(left + 2, top + 2, lay.column - 4, lay.row - 4, f"f{cell.tone}")
        else:
            canvas.rect(left + 3, top + 3, lay.column - 6, lay.row - 6, "fpaper")
            canvas.rect(left + 3, top + 3, lay.column - 6, lay.row - 6, f"s{cell.tone}{' dash' if cell.look == 'dashed' else ''}")
        # "about 0.5" takes two lines where a column is narrow.
        lines = fitted(cell.first, lay.column - 6, lay.size, bold=True)
        pitch = 15.0 if len(lines) == 1 and not lay.narrow else 13.5
        base = top + lay.row / 2 + 4.5 - pitch * len(lines) / 2
        for number, line in enumerate(lines):
            canvas.text(middle, base + pitch * number, line, f"m b{on}", size=lay.size)
        second = cell.short_second if wide(cell.second, lay.small) > lay.column - 8 else cell.second
        canvas.text(middle, base + pitch * len(lines), second, f"m{on}", size=lay.small)


def silent_row(canvas: Canvas, lay: Layout, right: float, top: float) -> None:
    """What is said where a firm pays no one by name; silence is drawn, not left out."""
    text, size = "pays no one by name", 11.5 if lay.narrow else 13
    room = wide(text, size) + 12
    if room < right - lay.left:
        canvas.rect(lay.left + 4, top + 6, room, lay.row - 12, "fw")
        canvas.text(lay.left + 9, top + lay.row / 2 + 4.5, text, "q", size=size)
