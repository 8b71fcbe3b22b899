"""The interval strip of a verdict: where a measured share lies on its scale, and from where it would support or dispute a claim.

In: an interval and bounds, as shares of a scale. Out: the drawing twice, 360 and 300 units wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, fitted, wide

WIDTH = 360.0
NARROW = 300.0
SIZE = 12.5


@dataclass(frozen=True)
class Zone:
    """A part of a scale that has a meaning; `text` is written at its border."""

    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Scale:
    """One measure: what it is, what was found in words, the interval (None where nothing was measured), and the zones."""

    name: str
    found: str
    low: float | None
    high: float | None
    zones: Sequence[Zone]
    most: float = 1.0


def strip(scales: Sequence[Scale], *, label: str) -> Markup:
    """The scales below each other; empty where there is none."""
    if not scales:
        return Markup("")
    return Markup("").join(drawing(scales, label, shown, width) for shown, width in (("wide", WIDTH), ("narrow", NARROW)))


def drawing(scales: Sequence[Scale], label: str, shown: str, width: float) -> Markup:
    """One of the two drawings."""
    names = [fitted(scale.name, width - wide(scale.found, SIZE, bold=True) - 12, SIZE) for scale in scales]
    tops = [0.0]
    for lines in names:
        tops.append(tops[-1] + 62.0 + 15.0 * (len(lines) - 1))
    canvas = Canvas(width, tops[-1] - 8.0)
    for scale, lines, top in zip(scales, names, tops, strict=False):
        draw_scale(canvas, scale, lines, top)
    return canvas.svg(label=label, shown=shown)


def draw_scale(canvas: Canvas, scale: Scale, lines: Sequence[str], top: float) -> None:
    """One scale: its name and finding, the zones as quiet bars, the interval as a stroke between two discs."""
    whole = canvas.width

    def at(share: float) -> float:
        return min(max(share / scale.most, 0.0), 1.0) * whole

    for number, line in enumerate(lines):
        canvas.text(0, top + 13 + 15 * number, line, "q", size=SIZE)
    canvas.text(whole, top + 13, scale.found, "b e", size=SIZE)
    top += 15 * (len(lines) - 1)
    canvas.path([(0, top + 28), (whole, top + 28)], "rule")
    taken = 0.0
    for zone in scale.zones:
        canvas.rect(at(zone.low), top + 22, at(zone.high) - at(zone.low), 12, "fh")
        border = at(zone.high if zone.low <= 0 else zone.low)
        canvas.path([(border, top + 20), (border, top + 36)], "si")
        # Words start at their border where they have room, else they end at the edge.
        left = 0.0 if zone.low <= 0 else max(border, taken)
        starts = zone.low <= 0 or left + wide(zone.text, 12) <= whole
        canvas.text(left if starts else whole, top + 49, zone.text, "q" if starts else "q e", size=12)
        taken = left + wide(zone.text, 12) + 12
    if scale.low is None or scale.high is None:
        return
    low, high = at(scale.low), at(scale.high)
    if high - low > 1:
        canvas.rect(low, top + 26, high - low, 4, "fi")
    for x in dict.fromkeys((low, high)):
        canvas.circle(min(max(x, 4.0), whole - 4.0), top + 28, 4, "fi")
