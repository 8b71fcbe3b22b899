"""Amounts over time: one line a company through the periods that are known, its name at its end.

In: points in order, each with its bounds and the way to its evidence. Out: the drawing twice, 760 and 340 units wide. A stated amount is
a disc; a forecast or an implied one a ring. The line is dashed towards a forecast and dotted from what is only implied. "Over X" has an
arrow up, "up to X" one down, a range a stroke from end to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, Point, fitted, wide
from corewatch.report.charts.ranges import Axis, axis_of, tick_text

PointKind = Literal["stated", "forecast", "implied"]
SIZE = 12.5
LINE = 15.0


@dataclass(frozen=True)
class TrendPoint:
    """An amount at a step of time; one of its bounds may be open."""

    at: int
    low: float | None
    high: float | None
    text: str
    kind: PointKind
    link: Markup | None = None

    @property
    def value(self) -> float:
        """Where the point stands: at its stated bound."""
        return self.low if self.low is not None else self.high if self.high is not None else 0.0


@dataclass(frozen=True)
class TrendLine:
    """The points of one company in the order of time."""

    name: str
    points: Sequence[TrendPoint]
    # Where the name leads.
    link: Markup | None = None


@dataclass(frozen=True)
class Frame:
    """The measures of one of the two drawings."""

    canvas: Canvas
    axis: Axis
    left: float
    right: float
    first: int
    last: int

    def x(self, at: int) -> float:
        """The place of a step."""
        return self.left + 14 + (at - self.first) / max(self.last - self.first, 1) * (self.right - self.left - 28)

    def spot(self, point: TrendPoint) -> Point:
        """The place of a point."""
        return self.x(point.at), self.axis.at(point.value)


def trend_plot(lines: Sequence[TrendLine], ticks: Sequence[str], *, label: str) -> Markup:
    """The lines in both widths; `ticks` names each step from the first to the last. Empty where there is no line."""
    if not lines:
        return Markup("")
    return drawing(lines, ticks, label, narrow=False) + drawing(lines, ticks, label, narrow=True)


def drawing(lines: Sequence[TrendLine], ticks: Sequence[str], label: str, *, narrow: bool) -> Markup:
    """One of the two drawings."""
    total, height, most = (340.0, 280.0, 96.0) if narrow else (760.0, 320.0, 190.0)
    ends = {id(line): fitted(line.name, most, SIZE, bold=True)[:4] for line in lines}
    room = max(wide(text, SIZE, bold=True) for line in lines for text in [*ends[id(line)], end_text(line)])
    values = [bound for line in lines for point in line.points for bound in (point.low, point.high) if bound is not None]
    axis = axis_of(values, height - 34, 16, 4 if narrow else 5)
    left = max(wide(tick_text(tick), 12) for tick in axis.ticks) + 10
    steps = [point.at for line in lines for point in line.points]
    frame = Frame(Canvas(total, height), axis, left, total - min(room, most + 24) - 8, min(steps), max(steps))
    draw_grid(frame, ticks, height)
    draw_runs(frame, lines)
    taken = draw_ends(frame, lines, ends, height)
    spots = [spot for line in lines for spot in along([frame.spot(point) for point in line.points])]
    for line in lines:
        for point in line.points:
            draw_point(frame, point, [] if point is line.points[-1] else [*taken], spots, taken)
    return frame.canvas.svg(label=label, shown="narrow" if narrow else "wide")


def along(points: Sequence[Point]) -> list[Point]:
    """Places on a line, close enough that no words fit between them unseen."""
    parts = [n / 24 for n in range(24)]
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points) for t in parts] + list(points[-1:])


def draw_grid(frame: Frame, ticks: Sequence[str], height: float) -> None:
    """Amounts at the left, periods below; of periods as many as have room."""
    canvas, axis = frame.canvas, frame.axis
    for tick in axis.ticks:
        y = axis.at(tick)
        canvas.path([(frame.left, y), (frame.right, y)], "axis" if tick == axis.least else "grid")
        canvas.text(frame.left - 8, y + 4, tick_text(tick), "q e", size=12)
    needed = max(wide(text, 12) for text in ticks) + 14
    every = next(n for n in range(1, len(ticks) + 1) if n == len(ticks) or (frame.x(frame.first + n) - frame.x(frame.first)) >= needed)
    for step in range(0, len(ticks), every):
        canvas.text(frame.x(frame.first + step), height - 12, ticks[step], "q m", size=12)


def draw_runs(frame: Frame, lines: Sequence[TrendLine]) -> None:
    """The lines themselves: solid between stated amounts, dashed towards a forecast, dotted from what is implied."""
    import pandas as pd
    import seaborn

    runs: list[tuple[str, list[Point]]] = []
    for line in lines:
        own: list[tuple[str, list[Point]]] = []
        for before, after in pairwise(line.points):
            kinds = {before.kind, after.kind}
            look = "si dash" if "forecast" in kinds else "si dot" if "implied" in kinds else "sk"
            if own and own[-1][0] == look:
                own[-1][1].append(frame.spot(after))
            else:
                own.append((look, [frame.spot(before), frame.spot(after)]))
        runs += own
    found = pd.DataFrame([(x, y, number) for number, (_, spots) in enumerate(runs) for x, y in spots], columns=["x", "y", "run"])
    drawn = len(frame.canvas.axes.lines)
    seaborn.lineplot(found, x="x", y="y", units="run", estimator=None, sort=False, legend=False, ax=frame.canvas.axes)
    for artist, (look, _) in zip(frame.canvas.axes.lines[drawn:], runs, strict=True):
        frame.canvas.adopt(artist, look)


def end_text(line: TrendLine) -> str:
    """The last amount of a line as it stands below its name."""
    return line.points[-1].text


def draw_ends(
    frame: Frame, lines: Sequence[TrendLine], names: dict[int, list[str]], height: float
) -> list[tuple[float, float, float, float]]:
    """Names and last amounts at the ends of their lines, moved apart where they would meet; the boxes that they take."""
    tall = {key: LINE * (len(parts) + 1) + 4 for key, parts in names.items()}
    order = sorted(lines, key=lambda line: (frame.spot(line.points[-1])[1], line.name))
    tops: list[float] = []
    for line in order:
        wanted = frame.spot(line.points[-1])[1] - tall[id(line)] / 2
        tops.append(max(wanted, tops[-1] + tall[id(order[len(tops) - 1])] if tops else 2.0))
    below = height - 20
    for number in range(len(order) - 1, -1, -1):
        tops[number] = min(tops[number], below - tall[id(order[number])])
        below = tops[number]
    taken = []
    for line, top in zip(order, tops, strict=True):
        x, y = frame.spot(line.points[-1])
        # A line that ends before the last period has its name there if nothing else can be meant by it.
        at = frame.right + 8
        middle = top + tall[id(line)] / 2
        if abs(middle - y) > 10 or at - x > 40:
            frame.canvas.path([(x + 8, y), (at - 4, middle)], "rule")
        with frame.canvas.linked(line.link):
            for number, part in enumerate(names[id(line)]):
                frame.canvas.text(at, top + 12 + LINE * number, part, "b", size=SIZE)
        with frame.canvas.linked(line.points[-1].link):
            frame.canvas.text(at, top + 12 + LINE * len(names[id(line)]), end_text(line), size=SIZE)
        taken.append((at, frame.canvas.width, top, top + tall[id(line)]))
    return taken


def draw_point(
    frame: Frame, point: TrendPoint, others: list[tuple[float, float, float, float]], spots: Sequence[Point],
    taken: list[tuple[float, float, float, float]],
) -> None:  # fmt: skip
    """A point with its bounds, and its amount above or below it where that has room: the table has all."""
    canvas, (x, y) = frame.canvas, frame.spot(point)
    if point.low is not None and point.high is not None and point.low != point.high:
        ends = frame.axis.at(point.low), frame.axis.at(point.high)
        canvas.path([(x, ends[0]), (x, ends[1])], "sk")
        canvas.path([(x - 4, ends[1]), (x + 4, ends[1])], "sk")
    elif point.low is None or point.high is None:
        up = -1 if point.high is None else 1
        canvas.path([(x, y), (x, y + 18 * up)], "sk")
        canvas.path([(x - 4, y + 13 * up), (x, y + 18 * up), (x + 4, y + 13 * up)], "sk")
    with canvas.linked(point.link):
        if point.kind == "stated":
            canvas.circle(x, y, 5, "fi")
        else:
            canvas.circle(x, y, 4.5, "fpaper")
            canvas.circle(x, y, 4.5, "sk")
        if not others or not point.text:
            return
        half = wide(point.text, SIZE) / 2
        least, most = frame.left + half + 2, frame.right - half
        rise = 22.0 if point.high is None or (point.low is not None and point.low != point.high) else 0.0
        places = [
            (x, y - 11 - rise),
            (x, y + 21),
            (x + half + 10, y + 17),
            (x + half + 10, y + 12),
            (x - half - 10, y - 9),
            (x + half + 10, y - 9),
            (x - half - 10, y + 17),
        ]
        for wanted, base in places:
            middle = min(max(wanted, least), most)
            box = (middle - half - 3, middle + half + 3, base - 11, base + 3)
            free = all(box[1] <= b[0] or b[1] <= box[0] or box[3] <= b[2] or b[3] <= box[2] for b in others)
            clear = all(not (box[0] - 5 < sx < box[1] + 5 and box[2] - 4 < sy < box[3] + 4) for sx, sy in spots)
            if free and clear and box[2] >= 0 and box[3] <= frame.axis.left - 1:
                taken.append(box)
                canvas.text(middle, base, point.text, "m", size=SIZE)
                return
