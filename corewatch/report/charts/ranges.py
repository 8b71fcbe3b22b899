"""The dot-and-range plot: one row a thing, its amounts on a common axis, bounds drawn as bounds.

In: rows with marks, already in order and in words. Out: the plot twice, 760 and 340 units wide. "Over X" is a bar closed at X and open
to the right; "up to X" is open to the left; neither gets a guessed end. A withdrawn amount is a cross, a contradicting one a diamond
tied to its rival, an earlier or expected one a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, fitted, wide

Shape = Literal["disc", "ring", "diamond", "cross"]
# Above this ratio of the largest to the smallest amount a common straight axis would hide the small ones.
MOST_STRAIGHT = 150.0


@dataclass(frozen=True)
class RangeMark:
    """One amount of a row: its bounds in the axis' unit, how it is written, and the link to where it was read."""

    low: float | None
    high: float | None
    text: str
    shape: Shape = "disc"
    link: Markup | None = None


@dataclass(frozen=True)
class RangeRow:
    """A row: who, what, and the marks, the leading one first. `tone` is `p` purchase, `f` funding or `i` neither."""

    name: str
    detail: str
    marks: Sequence[RangeMark]
    tone: Literal["p", "f", "i"] = "i"
    # Where the name leads.
    link: Markup | None = None


@dataclass(frozen=True)
class RangeGroup:
    """Rows under a common heading."""

    heading: str
    rows: Sequence[RangeRow]
    # Where the heading leads.
    link: Markup | None = None


@dataclass(frozen=True)
class Axis:
    """Where values are on the drawing, straight or by powers of ten, and which of them are written."""

    left: float
    right: float
    least: float
    most: float
    ticks: tuple[float, ...]
    powers: bool

    def at(self, value: float) -> float:
        """The place of a value."""
        if not self.powers:
            return self.left + (value - self.least) / (self.most - self.least) * (self.right - self.left)
        share = (log10(max(value, self.least)) - log10(self.least)) / (log10(self.most) - log10(self.least))
        return self.left + share * (self.right - self.left)


def range_plot(groups: Sequence[RangeGroup], *, label: str) -> Markup:
    """The plot in both widths; `label` says in words what it shows. Empty where there is nothing to draw."""
    drawn = [group for group in groups if group.rows]
    if not drawn:
        return Markup("")
    return wide_plot(drawn, label) + narrow_plot(drawn, label)


def axis_for(groups: Sequence[RangeGroup], left: float, right: float, most_ticks: int) -> Axis:
    """An axis that holds every bound of the rows."""
    values = [v for group in groups for row in group.rows for mark in row.marks for v in (mark.low, mark.high) if v is not None]
    return axis_of(values, left, right, most_ticks)


def axis_of(values: Sequence[float], left: float, right: float, most_ticks: int) -> Axis:
    """An axis from `left` to `right` that holds every value, with round ticks."""
    positive = [v for v in values if v > 0]
    least, most = min([0.0, *values]), max([0.0, *values])
    if least == most:
        most = least + 1.0
    if least == 0 and positive and max(positive) / min(positive) > MOST_STRAIGHT:
        low, high = floor(log10(min(positive))), ceil(log10(max(positive) * 1.05))
        step = ceil((high - low) / most_ticks)
        return Axis(left, right, 10.0**low, 10.0**high, tuple(10.0**n for n in range(low, high + 1, step)), powers=True)
    from matplotlib.ticker import MaxNLocator

    # A little more than the largest, so that an open bar has room to be open.
    ticks = [float(v) for v in MaxNLocator(nbins=most_ticks, steps=[1, 2, 2.5, 5, 10]).tick_values(least, most * 1.06)]
    return Axis(left, right, ticks[0], ticks[-1], tuple(ticks), powers=False)


def tick_text(value: float) -> str:
    """A tick as it is written."""
    return f"{value:,.10g}".replace("-", "−")


def wide_plot(groups: Sequence[RangeGroup], label: str) -> Markup:
    """Names at the left, marks at the right, for a page of a laptop or of paper."""
    left, right = 250.0, 738.0
    names = {id(row): fitted(row.name, left - 16, 13.5, bold=True)[:2] for group in groups for row in group.rows}
    details = {id(row): fitted(row.detail, left - 14, 12.5)[:2] for group in groups for row in group.rows}
    pitch = {key: 28 + 15 * max(2, len(names[key]) + len(details[key])) for key in names}
    height = 8.0 + sum(42 + sum(pitch[id(row)] for row in group.rows) for group in groups)
    canvas, axis = Canvas(760, height), axis_for(groups, left, right, 8)
    for tick in axis.ticks:
        x = axis.at(tick)
        canvas.path([(x, 24), (x, height - 4)], "axis" if tick == axis.least else "grid")
        canvas.text(x, 16, tick_text(tick), "q m", size=12)
    y = 26.0
    for group in groups:
        canvas.rect(0, y, left - 14, 20, "fpaper")
        with canvas.linked(group.link):
            canvas.text(0, y + 14, group.heading, "q", size=12.5)
        canvas.path([(0, y + 23), (right, y + 23)], "rule")
        y += 40
        for row in group.rows:
            lines = names[id(row)]
            with canvas.linked(row.link):
                for number, line in enumerate(lines):
                    canvas.text(0, y + 14 + 16 * number, line, "b", size=13.5)
            for number, line in enumerate(details[id(row)]):
                canvas.text(0, y + 15 + 16 * len(lines) + 15 * number, line, "q", size=12.5)
            draw_marks(canvas, axis, row, y + 16, narrow=False)
            y += pitch[id(row)]
    return canvas.svg(label=label, shown="wide")


def narrow_plot(groups: Sequence[RangeGroup], label: str) -> Markup:
    """Names above marks, for a phone."""
    left, right = 1.0, 322.0
    details = {id(row): fitted(row.detail, right, 12)[:2] for group in groups for row in group.rows}
    names = {id(row): fitted(row.name, right, 13, bold=True)[:2] for group in groups for row in group.rows}
    tall = {key: 15 * len(names[key]) + 15 * len(details[key]) + 46 for key in names}
    height = 8.0 + sum(42 + sum(tall[id(row)] for row in group.rows) for group in groups)
    canvas, axis = Canvas(340, height), axis_for(groups, left, right, 4)
    for tick in axis.ticks:
        canvas.text(
            axis.at(tick), 16, tick_text(tick), "q" if tick == axis.least else "q e" if axis.at(tick) > right - 8 else "q m", size=12
        )
    y = 26.0
    for group in groups:
        with canvas.linked(group.link):
            canvas.text(0, y + 14, group.heading, "q", size=12.5)
        canvas.path([(0, y + 23), (right, y + 23)], "rule")
        y += 40
        for row in group.rows:
            at = y + 8
            with canvas.linked(row.link):
                for line in names[id(row)]:
                    canvas.text(0, at, line, "b", size=13)
                    at += 15
            for line in details[id(row)]:
                canvas.text(0, at, line, "q", size=12)
                at += 15
            for tick in axis.ticks:
                x = axis.at(tick)
                canvas.path([(x, at - 9), (x, at + 13)], "axis" if tick == axis.least else "grid")
            draw_marks(canvas, axis, row, at + 2, narrow=True)
            y += tall[id(row)]
    return canvas.svg(label=label, shown="narrow")


def draw_marks(canvas: Canvas, axis: Axis, row: RangeRow, y: float, *, narrow: bool) -> None:
    """The marks of a row; labels stand beside them, the leading one bold, none over another."""
    # Purchases and funding have a colour each; what is not counted has none.
    solid, line, soft = {"p": ("fp", "sp", "fps"), "f": ("ff", "sf", "ffs"), "i": ("fi", "sk", "fw")}[row.tone]
    places = [place(axis, mark) for mark in row.marks]
    rivals = [x for x, mark in zip(places, row.marks, strict=True) if mark.shape == "diamond"]
    if rivals and row.marks[0].shape != "diamond":
        for x in rivals:
            canvas.path([(places[0], y), (x, y)], "si dash")
    # The leading mark is drawn last, over the others.
    for mark, x in reversed(list(zip(row.marks, places, strict=True))):
        if mark.shape == "cross":
            canvas.cross(x, y, 5, "sk")
        elif mark.low is not None and mark.high is not None and mark.low != mark.high:
            start, end = axis.at(mark.low), axis.at(mark.high)
            canvas.rect(start, y - 8, max(end - start, 2), 16, soft if mark.shape != "ring" else "fpaper")
            canvas.path([(start, y - 8), (start, y + 8), (end, y + 8), (end, y - 8)], line, closed=True)
        elif mark.high is None:
            end = axis.right
            canvas.rect(x, y - 8, max(end - x, 2), 16, soft)
            canvas.path([(end, y - 8), (x, y - 8), (x, y + 8), (end, y + 8)], line)
            canvas.path([(end + 3, y - 5), (end + 9, y), (end + 3, y + 5)], line)
        elif mark.low is None:
            canvas.rect(axis.left, y - 8, max(x - axis.left, 2), 16, "fpaper")
            canvas.path([(axis.left, y - 8), (x, y - 8), (x, y + 8), (axis.left, y + 8)], f"{line} dash")
        elif mark.shape == "diamond":
            canvas.diamond(x, y, 7, "fpaper")
            canvas.diamond(x, y, 7, line)
        elif mark.shape == "ring":
            canvas.circle(x, y, 5, "fpaper")
            canvas.circle(x, y, 5, line)
        else:
            canvas.circle(x, y, 5.5, solid)
    write_labels(canvas, axis, row, places, y, narrow=narrow)


def place(axis: Axis, mark: RangeMark) -> float:
    """Where a mark's label belongs: at its stated bound."""
    value = mark.low if mark.low is not None else mark.high
    return axis.at(value if value is not None else axis.least)


def write_labels(canvas: Canvas, axis: Axis, row: RangeRow, places: Sequence[float], y: float, *, narrow: bool) -> None:
    """Each different amount once: the first beside its mark, further ones where the row has room left, below it at last."""
    size = 12.5
    taken: list[tuple[float, float, float]] = []
    seen: set[str] = set()
    limit = canvas.width + (0 if narrow else 2)
    for number, (mark, x) in enumerate(zip(row.marks, places, strict=True)):
        if mark.text in seen:
            continue
        seen.add(mark.text)
        width = wide(mark.text, size, bold=number == 0)
        ranged = mark.low is not None and mark.high is not None and mark.low != mark.high and mark.shape != "cross"
        far = axis.at(mark.high) if ranged and mark.high is not None else x
        after, before = (far + 10, y), (x - 10 - width, y)
        # "Over" is written before its bar, everything else after its mark; then in a row after all marks, then below.
        last = max([*places, *(end - 4 for _, end, _ in taken)]) + 10
        options = [before, after] if mark.high is None else [after, before]
        options += [(last, y), (last, y + 15), (far + 10, y + 15), (x - 10 - width, y + 15)]
        marks_here = [other for other in places if other != x]
        good = [
            (left, base)
            for left, base in options
            if left >= axis.left - (0 if narrow else 4)
            and left + width <= limit
            and not any(base == at and left < end and start < left + width for start, end, at in taken)
            and not (base == y and any(left - 8 < other < left + width + 8 for other in marks_here))
            and not (base == y and covers(axis, row, left, width))
        ]
        left, base = good[0] if good else (min(max(axis.left, x - width / 2), limit - width), y + 19)
        taken.append((left - 4, left + width + 4, base))
        canvas.rect(left - 2, base - 7.5, width + 4, 16, "fpaper")
        with canvas.linked(mark.link):
            canvas.text(left, base + 4.5, mark.text, "b" if number == 0 else "", size=size)


def covers(axis: Axis, row: RangeRow, left: float, width: float) -> bool:
    """Whether words would lie on a bar of the row that is open to the left."""
    return any(mark.low is None and mark.high is not None and left < axis.at(mark.high) and left + width > axis.left for mark in row.marks)
