"""A drawing as plain SVG: matplotlib places shapes and text, the page's style sheet colours them.

In: shapes in user units, each with the classes of the style sheet and, inside `linked`, the way to its evidence. Out: `Markup` of an
`svg` without colours of its own, dates or random ids, so that dark mode and print follow and the same data give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
# Wider than the fonts of a reader's system, so that what fits here fits there.
FONT = "DejaVu Sans"
SMALLEST_TEXT = 11.0
TEXT_SIZE = 13.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """What the style sheet and the reader need to know of a shape."""

    classes: str
    link: Markup | None
    size: float | None = None


class Canvas:
    """A drawing of `width` by `height` units, the origin at its top left."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()
        self.marks: list[Mark] = []
        self.link: Markup | None = None

    @contextmanager
    def linked(self, attributes: Markup | None) -> Iterator[None]:
        """Everything drawn inside is one link; `attributes` are those of its element."""
        self.link, before = attributes, self.link
        yield
        self.link = before

    def rect(self, x: float, y: float, width: float, height: float, classes: str) -> None:
        """A rectangle from its top left corner."""
        from matplotlib.patches import Rectangle

        self._add(Rectangle((x, y), width, height), classes)

    def circle(self, x: float, y: float, radius: float, classes: str) -> None:
        """A disc or ring."""
        from matplotlib.patches import Circle

        self._add(Circle((x, y), radius), classes)

    def diamond(self, x: float, y: float, radius: float, classes: str) -> None:
        """A square on its corner."""
        self.path([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], classes, closed=True)

    def cross(self, x: float, y: float, radius: float, classes: str) -> None:
        """Two strokes that cross."""
        self.path([(x - radius, y - radius), (x + radius, y + radius)], classes)
        self.path([(x + radius, y - radius), (x - radius, y + radius)], classes)

    def path(self, points: Sequence[Point], classes: str, *, closed: bool = False) -> None:
        """A line through points."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        vertices = [*points, points[0]] if closed else list(points)
        codes = [Path.MOVETO, *[Path.LINETO] * (len(vertices) - 1)]
        if closed:
            codes[-1] = Path.CLOSEPOLY
        self._add(PathPatch(Path(vertices, codes), fill=False), classes)

    def text(self, x: float, y: float, text: str, classes: str = "", *, size: float = TEXT_SIZE, turned: float = 0.0) -> None:
        """Words on a baseline; classes `m` and `e` centre them or end them at `x`, `turned` degrees against the clock."""
        self._tag(self.axes.text(x, y, text, fontsize=size, rotation=turned, rotation_mode="anchor", parse_math=False), classes, size)

    def adopt(self, artist: Any, classes: str) -> None:
        """Something that another library drew into `axes`: its place is kept, its looks are those of the classes."""
        artist.set_clip_on(False)
        self._tag(artist, classes)

    def _add(self, patch: Any, classes: str) -> None:
        self.axes.add_patch(patch)
        self.adopt(patch, classes)

    def _tag(self, artist: Any, classes: str, size: float | None = None) -> None:
        artist.set_gid(f"k{len(self.marks)}")
        artist.set_zorder(len(self.marks) + 1)
        self.marks.append(Mark(classes, self.link, size))

    def svg(self, *, label: str, shown: str = "wide", fixed: bool = False) -> Markup:
        """The drawing; `label` says in words what it shows, `shown` is `wide`, `narrow` or empty for both.

        A `fixed` one never gets smaller than its words can be read, and stands in a box that scrolls.
        """
        import matplotlib as mpl

        page = io.StringIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "corewatch", "path.simplify": False, "font.family": FONT}):
            self.figure.savefig(
                page, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}, transparent=True
            )
        groups = {group.get("id", ""): group for group in ElementTree.fromstring(page.getvalue()).iter(f"{SVG}g")}  # noqa: S314  # our own
        body, link = Markup(""), None
        for number, mark in enumerate(self.marks):
            if mark.link != link:
                body += Markup("</a>") if link is not None else Markup("")
                body += Markup("<a{}>").format(mark.link) if mark.link is not None else Markup("")
                link = mark.link
            body += element(groups[f"k{number}"], mark)
        body += Markup("</a>") if link is not None else Markup("")
        role = "group" if any(mark.link is not None for mark in self.marks) else "img"
        rem = self.width / 16
        size = f"max-width:{short(rem, 4)}rem"
        if fixed:
            size = f"min-width:{short(rem * SMALLEST_TEXT / TEXT_SIZE, 4)}rem;{size}"
        return Markup('<svg class="{}" viewBox="0 0 {} {}" style="{}" role="{}" aria-label="{}">\n{}</svg>\n').format(
            shown, short(self.width), short(self.height), size, role, label, body
        )


def element(group: ElementTree.Element, mark: Mark) -> Markup:
    """What matplotlib wrote for one shape, as an element with nothing but its place and its classes."""
    classes = Markup(' class="{}"').format(mark.classes) if mark.classes else Markup("")
    words = group.find(f".//{SVG}text")
    if words is not None:
        turn = re.match(r"rotate\((\S+) ", words.get("transform", ""))
        turned = Markup("") if turn is None or float(turn[1]) == 0 else Markup(' transform="{}"').format(words.get("transform", ""))
        x, y = short(float(words.get("x", "0"))), short(float(words.get("y", "0")))
        size = Markup("") if mark.size in (None, TEXT_SIZE) else Markup(' style="font-size:{}px"').format(short(mark.size or 0))
        return Markup('<text x="{}" y="{}"{}{}{}>{}</text>\n').format(x, y, classes, size, turned, words.text or "")
    path = group.find(f".//{SVG}path")
    drawn = (
        "" if path is None else re.sub(r"-?\d+\.?\d*(?:e-?\d+)?", lambda n: short(float(n.group())), " ".join(path.get("d", "").split()))
    )
    return Markup('<path d="{}"{}/>\n').format(re.sub(r" ?([A-Za-z]) ?", r"\1", drawn), classes)


def short(value: float, digits: int = 2) -> str:
    """A coordinate without needless digits."""
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0") if float(text) == 0 else text.rstrip("0").rstrip(".")


@cache
def measure() -> Any:
    """What knows how wide words are."""
    from matplotlib.textpath import TextToPath

    return TextToPath()


@lru_cache(maxsize=4096)
def wide(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """The width of words in user units, in a font that is wider than a reader's."""
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=FONT, weight="bold" if bold else "normal", size=size)
    return float(measure().get_text_width_height_descent(text, font, False)[0])


def fitted(text: str, room: float, size: float = TEXT_SIZE, *, bold: bool = False) -> list[str]:
    """Words on as many lines as the room asks for; a single word that is too long stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and wide(f"{lines[-1]} {word}", size, bold=bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
