"""Rows of marks on one axis: intervals with bands, floating bars of a bridge or a tornado, stacked bars of shares.

In: groups of rows, already in order and in words, with marks in the axis' unit. Out: the plot twice, 760 and 340 units wide: names at the
left of a wide one, above the marks of a narrow one. What a row amounts to is written beside it, so that no mark has to be measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, fitted, wide
from corewatch.report.charts.ranges import Axis, axis_of, tick_text

Shape = Literal["disc", "ring", "diamond"]
# Fill and outline of a bar by its look; the text on a filled one is light.
LOOKS = {
    "ink": ("fi", "", " on"), "soft": ("fh", "si", ""), "paper": ("fpaper", "si", ""), "dashed": ("fpaper", "si dash", ""),
    "grey": ("fq", "", " on"),
}  # fmt: skip
Look = Literal["ink", "grey", "soft", "paper", "dashed"]


@dataclass(frozen=True)
class Bar:
    """A bar from one value to another; `text` is written on it where it fits. A thin one is an interval."""

    low: float
    high: float
    look: Look = "ink"
    text: str = ""
    thin: bool = False


@dataclass(frozen=True)
class Dot:
    """A mark at a value."""

    value: float
    shape: Shape = "disc"


@dataclass(frozen=True)
class PlotRow:
    """A row: its name, what more is to be known of it, its marks, and what they amount to in words."""

    name: str
    bars: Sequence[Bar] = ()
    dots: Sequence[Dot] = ()
    label: str = ""
    detail: str = ""


@dataclass(frozen=True)
class PlotGroup:
    """Rows under a heading. `bands` are stretches of the axis with a meaning, which `note` tells; `line` is a value to compare with."""

    heading: str
    rows: Sequence[PlotRow]
    note: str = ""
    bands: Sequence[tuple[float, float]] = ()
    line: float | None = None


@dataclass(frozen=True)
class Frame:
    """The measures of one of the two drawings."""

    narrow: bool
    total: float
    left: float
    right: float
    names: float
    lines: dict[int, tuple[list[str], list[str]]] = field(default_factory=dict)

    def words(self, row: PlotRow) -> tuple[list[str], list[str]]:
        """Name and detail of a row in lines."""
        if id(row) not in self.lines:
            beside = wide(row.label, 12.5, bold=True) + 12 if self.narrow else 0.0
            name = fitted(row.name, max(self.names - beside, 150), 13, bold=True)[:3]
            self.lines[id(row)] = name, fitted(row.detail, self.names, 12)[:3] if row.detail else []
        return self.lines[id(row)]

    def height(self, row: PlotRow) -> float:
        """The height of a row."""
        name, detail = self.words(row)
        text = 15.0 * (len(name) + len(detail))
        return text + 36 if self.narrow else max(text, 15.0) + 13

    def notes(self, group: PlotGroup) -> list[str]:
        """The note of a group in lines."""
        return fitted(group.note, self.total - 8, 12)[:4] if group.note else []

    def headings(self, group: PlotGroup) -> list[str]:
        """The heading of a group in lines."""
        return fitted(group.heading, self.total - 8, 13, bold=True) if group.heading else []

    def head(self, group: PlotGroup) -> float:
        """The height of a group's heading."""
        lines = len(self.headings(group))
        return 2.0 + 16.0 * lines + 15.0 * len(self.notes(group)) + (14.0 if lines else 0.0)


def row_plot(groups: Sequence[PlotGroup], *, label: str, suffix: str = "", least: float = 0.0, most: float | None = None) -> Markup:
    """The plot in both widths; `suffix` follows a value at the axis, which holds `least` and `most`. Empty where there is no row."""
    drawn = [group for group in groups if group.rows]
    if not drawn:
        return Markup("")
    return Markup("").join(drawing(drawn, label, suffix, least, most, narrow=narrow) for narrow in (False, True))


def drawing(groups: Sequence[PlotGroup], label: str, suffix: str, least: float, most: float | None, *, narrow: bool) -> Markup:
    """One of the two drawings."""
    longest = max((wide(row.label, 12.5, bold=True) for group in groups for row in group.rows), default=0.0)
    right = 334.0 if narrow else 752.0 - min(longest + 14, 230)
    frame = Frame(narrow, 340.0 if narrow else 760.0, 2.0 if narrow else 224.0, right, 334.0 if narrow else 208.0)
    height = 26.0 + sum(frame.head(group) + sum(map(frame.height, group.rows)) + 10 for group in groups)
    canvas = Canvas(frame.total, height)
    axis = fixed_axis(groups, frame, least, most)
    for tick in axis.ticks:
        at = axis.at(tick)
        place = "q" if narrow and tick == axis.least else "q e" if narrow and at > frame.right - 12 else "q m"
        canvas.text(at, 14, tick_text(tick) + suffix, place, size=12)
    y = 22.0
    for group in groups:
        y = draw_group(canvas, axis, frame, group, y)
    return canvas.svg(label=label, shown="narrow" if narrow else "wide")


def fixed_axis(groups: Sequence[PlotGroup], frame: Frame, least: float, most: float | None) -> Axis:
    """An axis that holds all marks; if `most` is given it ends there."""
    rows = [row for group in groups for row in group.rows]
    found = [value for row in rows for bar in row.bars for value in (bar.low, bar.high)] + [dot.value for row in rows for dot in row.dots]
    if most is None or max(found, default=0.0) > most + 1e-6:
        ends = [one for one in (least, most) if one is not None]
        return axis_of([*ends, *found], frame.left, frame.right, 3 if frame.narrow else 5)
    step = (most - least) / 4
    return Axis(frame.left, frame.right, least, most, tuple(least + step * n for n in range(5)), powers=False)


def draw_group(canvas: Canvas, axis: Axis, frame: Frame, group: PlotGroup, y: float) -> float:
    """A heading with its note, then the rows; the place of the next group is given back."""
    headings = frame.headings(group)
    for number, line in enumerate(headings):
        canvas.text(0, y + 16 + 16 * number, line, "b", size=13)
    for number, line in enumerate(frame.notes(group)):
        canvas.text(0, y + 16 + 16 * len(headings) + 15 * number, line, "q", size=12)
    y += frame.head(group)
    if group.heading:
        canvas.path([(0, y - 4), (frame.total - 2, y - 4)], "rule")
    for row in group.rows:
        tall = frame.height(row)
        name, detail = frame.words(row)
        top = y + 15 * (len(name) + len(detail)) + 2 if frame.narrow else y
        bottom = y + tall - (6 if frame.narrow else 0)
        for low, high in group.bands:
            start, end = axis.at(max(low, axis.least)), axis.at(min(high, axis.most))
            if end > start:
                canvas.rect(start, top, end - start, bottom - top, "fh")
        for tick in axis.ticks:
            canvas.path([(axis.at(tick), top), (axis.at(tick), bottom)], "axis" if tick == axis.least else "grid")
        if group.line is not None:
            canvas.path([(axis.at(group.line), top), (axis.at(group.line), bottom)], "si dash")
        for number, line in enumerate(name):
            canvas.text(0, y + 13 + 15 * number, line, "b", size=13)
        for number, line in enumerate(detail):
            canvas.text(0, y + 13 + 15 * (len(name) + number), line, "q", size=12)
        middle = (top + bottom) / 2
        draw_row(canvas, axis, row, middle)
        if frame.narrow:
            canvas.text(frame.right, y + 13, row.label, "b e", size=12.5)
        else:
            canvas.text(frame.right + 12, middle + 4.5, row.label, "b", size=12.5)
        y += tall
    return y + 10


def draw_row(canvas: Canvas, axis: Axis, row: PlotRow, y: float) -> None:
    """The marks of a row."""
    for bar in row.bars:
        start, end = axis.at(bar.low), axis.at(bar.high)
        start, end = min(start, end), max(start, end)
        fill, line, on = LOOKS[bar.look]
        half = 2.0 if bar.thin else 8.0
        canvas.rect(start, y - half, max(end - start, 2.0), 2 * half, fill)
        if bar.thin and bar.look == "ink":
            for x in dict.fromkeys((start, end)):
                canvas.rect(x - 1, y - 6, 2, 12, fill)
        if line and not bar.thin:
            canvas.path([(start, y - half), (end, y - half), (end, y + half), (start, y + half)], line, closed=True)
        if bar.text and wide(bar.text, 12) + 6 <= end - start:
            canvas.text((start + end) / 2, y + 4, bar.text, f"m{on}", size=12)
    for dot in row.dots:
        x = axis.at(dot.value)
        if dot.shape == "disc":
            canvas.circle(x, y, 4.5, "fi")
        elif dot.shape == "ring":
            canvas.circle(x, y, 4.5, "fpaper")
            canvas.circle(x, y, 4.5, "sk")
        else:
            canvas.diamond(x, y, 5.5, "fpaper")
            canvas.diamond(x, y, 5.5, "sk")
