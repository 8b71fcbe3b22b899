"""Firms and the money between them as arrows: a circle where the money can go round, layers where it only runs on.

In: at most eight firms and the arrows between them. Out: the drawing twice, 760 and 340 units wide. Width is the amount, in five steps; a
solid arrow is a purchase, a dashed one funding, a dotted grey one is not firm, a thin dotted one has no amount. Amounts stand on arrows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Literal

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, Point, fitted, wide

MOST_FIRMS = 8
STEPS = 18
# Where on its way an arrow is labelled: the first of these places at which nothing is written yet.
PLACES = (0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8, 0.44, 0.56, 0.33, 0.67, 0.14, 0.86)
# A phone has no room for more arrows among many firms.
MOST_NARROW = 10


@dataclass(frozen=True)
class Arrow:
    """Money from one firm to another: `size` is its share of the largest, from 0 to 1; `text` its amount."""

    payer: str
    payee: str
    text: str
    size: float
    tone: Literal["p", "f"]
    firm: bool
    known: bool
    link: Markup | None = None


@dataclass(frozen=True)
class Box:
    """A firm on the drawing: its middle, its size, and its name in lines."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def network_plot(
    firms: Sequence[str],
    arrows: Sequence[Arrow],
    *,
    label: str,
    layers: Sequence[Sequence[str]] = (),
    links: Mapping[str, Markup] | None = None,
) -> Markup:
    """The drawing in both widths: firms in `layers` where given, else on a circle in their order. Empty without firms.

    `links` has the attributes of a link for the names that lead somewhere.
    """
    if not firms:
        return Markup("")
    return Markup("").join(drawing(firms, arrows, layers, label, links or {}, narrow=narrow) for narrow in (False, True))


def drawing(
    firms: Sequence[str], arrows: Sequence[Arrow], layers: Sequence[Sequence[str]], label: str, links: Mapping[str, Markup], *, narrow: bool
) -> Markup:
    """One of the two drawings."""
    boxes, width, height = in_layers(layers, narrow=narrow) if layers else on_a_circle(firms, narrow=narrow)
    canvas = Canvas(width, height)
    pairs = {(arrow.payer, arrow.payee) for arrow in arrows}
    if narrow and not layers:
        arrows = sorted(arrows, key=lambda one: (not one.known, -one.size, one.payer, one.payee, one.tone))[:MOST_NARROW]
    drawn: list[tuple[Arrow, list[Point]]] = []
    seen: dict[tuple[str, str], int] = {}
    for arrow in sorted(arrows, key=lambda one: (-one.size, one.payer, one.payee, one.tone)):
        nth = seen.get((arrow.payer, arrow.payee), 0)
        seen[arrow.payer, arrow.payee] = nth + 1
        aside = any(arrow.payer in layer and arrow.payee in layer for layer in layers)
        bend = 0.3 if aside else 0.16 if (arrow.payee, arrow.payer) in pairs or not layers else 0.04
        drawn.append((arrow, curve(boxes[arrow.payer], boxes[arrow.payee], bend + 0.16 * nth)))
    for arrow, points in drawn:
        draw_arrow(canvas, arrow, points)
    taken = [(box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2, box.y + box.height / 2) for box in boxes.values()]
    for name, box in boxes.items():
        with canvas.linked(links.get(name)):
            canvas.rect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, "fpaper")
            canvas.rect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, "sk")
            for number, line in enumerate(box.lines):
                canvas.text(box.x, box.y + 4.5 + 15 * (number - (len(box.lines) - 1) / 2), line, "b m", size=12 if narrow else 13)
    for arrow, points in drawn:
        write(canvas, arrow, points, taken)
    return canvas.svg(label=label, shown="narrow" if narrow else "wide")


def box_at(name: str, x: float, y: float, most: float, size: float) -> Box:
    """A firm's box around its name."""
    lines = tuple(fitted(name, most, size, bold=True)[:3])
    return Box(x, y, max(wide(line, size, bold=True) for line in lines) + 16, 12 + 15 * len(lines), lines)


def on_a_circle(firms: Sequence[str], *, narrow: bool) -> tuple[dict[str, Box], float, float]:
    """Firms on a circle, clockwise from the top."""
    many = len(firms) > 5
    width, height = (340.0, 480.0 if many else 380.0) if narrow else (760.0, 430.0)
    across, down = (118.0, 200.0 if many else 152.0) if narrow else (270.0, 172.0)
    boxes: dict[str, Box] = {}
    for number, name in enumerate(firms):
        angle = 2 * pi * number / len(firms) - pi / 2
        x, y = width / 2 + across * cos(angle), height / 2 + down * sin(angle)
        box = box_at(name, x, y, 96.0 if narrow else 150.0, 12.0 if narrow else 13.0)
        x = min(max(x, box.width / 2 + 2), width - box.width / 2 - 2)
        boxes[name] = Box(x, y, box.width, box.height, box.lines)
    return boxes, width, height


def in_layers(layers: Sequence[Sequence[str]], *, narrow: bool) -> tuple[dict[str, Box], float, float]:
    """Firms in layers, the money running to the right; on a narrow drawing more than two layers run down."""
    if narrow and len(layers) > 2:
        return downwards(layers)
    most = max(len(layer) for layer in layers)
    width, height = (340.0 if narrow else 760.0), max(120.0, 96.0 * most)
    boxes = {}
    for depth, layer in enumerate(layers):
        for number, name in enumerate(layer):
            x = 60.0 + (width - 120.0) * depth / max(len(layers) - 1, 1)
            box = box_at(name, x, height * (number + 0.5) / len(layer), 84.0 if narrow else 104.0, 12.0 if narrow else 13.0)
            x = min(max(box.x, box.width / 2 + 2), width - box.width / 2 - 2)
            boxes[name] = Box(x, box.y, box.width, box.height, box.lines)
    return boxes, width, height


def downwards(layers: Sequence[Sequence[str]]) -> tuple[dict[str, Box], float, float]:
    """Layers below each other, in rows of at most three."""
    boxes: dict[str, Box] = {}
    y = 34.0
    for layer in layers:
        for start in range(0, len(layer), 3):
            row = layer[start : start + 3]
            room = 340.0 / len(row)
            boxes |= {name: box_at(name, room * (number + 0.5), y, min(room - 22, 110.0), 12.0) for number, name in enumerate(row)}
            y += 74.0
        y += 40.0
    return boxes, 340.0, y - 76.0


def curve(start: Box, end: Box, bend: float) -> list[Point]:
    """The way from one box to the other, bent to the right of its direction, from border to border."""
    dx, dy = end.x - start.x, end.y - start.y
    far = hypot(dx, dy) or 1.0
    control = ((start.x + end.x) / 2 - dy * bend, (start.y + end.y) / 2 + dx * bend)
    points = []
    for step in range(101):
        t = step / 100
        x = (1 - t) ** 2 * start.x + 2 * t * (1 - t) * control[0] + t * t * end.x
        y = (1 - t) ** 2 * start.y + 2 * t * (1 - t) * control[1] + t * t * end.y
        if not inside(start, x, y, 3) and not inside(end, x, y, 5):
            points.append((x, y))
    if len(points) < 2:
        return [(start.x, start.y), (start.x + dx / far, start.y + dy / far)]
    return [points[round(n * (len(points) - 1) / STEPS)] for n in range(STEPS + 1)]


def inside(box: Box, x: float, y: float, margin: float) -> bool:
    """Whether a place is in a box or closer than the margin."""
    return abs(x - box.x) < box.width / 2 + margin and abs(y - box.y) < box.height / 2 + margin


def draw_arrow(canvas: Canvas, arrow: Arrow, points: list[Point]) -> None:
    """The line with its head."""
    step = min(5, 1 + int(arrow.size * 4.999)) if arrow.known else 1
    head = 5.0 + 1.6 * step
    (x1, y1), (x2, y2) = points[-3], points[-1]
    far = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    if not arrow.firm:
        look, fill = "si dot", "fq"
    elif not arrow.known:
        look, fill = f"s{arrow.tone} dot", f"f{arrow.tone}"
    else:
        look, fill = f"s{arrow.tone}{' long' if arrow.tone == 'f' else ''}", f"f{arrow.tone}"
    neck = (x2 - ux * head, y2 - uy * head)
    line = [point for point in points[:-1] if hypot(point[0] - x2, point[1] - y2) > head] + [neck]
    canvas.path(line, f"{look} w{step}")
    half = head * 0.62
    canvas.path([(x2, y2), (neck[0] - uy * half, neck[1] + ux * half), (neck[0] + uy * half, neck[1] - ux * half)], fill, closed=True)


def write(canvas: Canvas, arrow: Arrow, points: list[Point], taken: list[tuple[float, float, float, float]]) -> None:
    """The amount on an arrow, where nothing is written yet; where there is no such place it is left to the table."""
    size = 12.0
    width = wide(arrow.text, size)
    spots = []
    for place in PLACES:
        x, y = points[round(place * (len(points) - 1))]
        x = min(max(x, width / 2 + 4), canvas.width - width / 2 - 4)
        spots.append((x - width / 2 - 3, y - 8.5, x + width / 2 + 3, y + 8.5))
    free = [spot for spot in spots if not any(overlaps(spot, other) for other in taken)]
    if not free:
        return
    left, top, right, bottom = free[0]
    taken.append((left, top, right, bottom))
    with canvas.linked(arrow.link):
        canvas.rect(left, top, right - left, bottom - top, "fpaper")
        canvas.text((left + right) / 2, top + 13, arrow.text, "m", size=size)


def overlaps(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two rectangles share a place."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
