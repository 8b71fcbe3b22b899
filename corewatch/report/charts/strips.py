"""The interval strip of a verdict: where a measured share lies on its scale, and from where it would support or dispute a claim.

In: an interval and bounds, as shares of a scale. Out: one drawing of 360 units that serves every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, wide

WIDTH = 360.0


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
    canvas = Canvas(WIDTH, 54.0 + 62.0 * (len(scales) - 1))
    for number, scale in enumerate(scales):
        draw_scale(canvas, scale, 62.0 * number)
    return canvas.svg(label=label, shown="")


def draw_scale(canvas: Canvas, scale: Scale, top: float) -> None:
    """One scale: its name and finding, the zones as quiet bars, the interval as a stroke between two discs."""

    def at(share: float) -> float:
        return min(max(share / scale.most, 0.0), 1.0) * WIDTH

    canvas.text(0, top + 13, scale.name, "q", size=12.5)
    canvas.text(WIDTH, top + 13, scale.found, "b e", size=12.5)
    canvas.path([(0, top + 28), (WIDTH, top + 28)], "rule")
    taken = 0.0
    for zone in scale.zones:
        canvas.rect(at(zone.low), top + 22, at(zone.high) - at(zone.low), 12, "fh")
        border = at(zone.high if zone.low <= 0 else zone.low)
        canvas.path([(border, top + 20), (border, top + 36)], "si")
        # Words start at their border where they have room, else they end at it.
        starts = zone.low > 0 and border < WIDTH * 0.6
        left = 0.0 if zone.low <= 0 else max(border, taken)
        canvas.text(left if zone.low <= 0 or starts else WIDTH, top + 49, zone.text, "q" if zone.low <= 0 or starts else "q e", size=12)
        taken = left + wide(zone.text, 12) + 12
    if scale.low is None or scale.high is None:
        return
    low, high = at(scale.low), at(scale.high)
    if high - low > 1:
        canvas.rect(low, top + 26, high - low, 4, "fi")
    for x in dict.fromkeys((low, high)):
        canvas.circle(min(max(x, 4.0), WIDTH - 4.0), top + 28, 4, "fi")
