"""The signs of a PDF's page that somebody who looks at it can read, each where it stands when the page is held to read it.

In: a page of PDFium. Out: the signs by the quarter turn in which they are written, those of most signs first, with the height that the page
then has. A wide table lies on its side, a scanned page stands on its head; a stamp along the edge is of another direction than the text.

Left out is what no reader of the page sees: signs outside of the page, those too small for an eye, slanted ones (a watermark), and signs
that leave no mark: invisible, transparent or white ones, unless a picture or a coloured shape lies there. Text recognition writes its
words invisibly over the picture of a page, and a white word on a dark ground is a heading.
"""

from collections.abc import Iterator
from ctypes import c_float, c_uint, c_void_p, cast
from itertools import islice
from math import pi
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
# A sign and its left, bottom, right and top edge in points; a blank has none.
Sign = tuple[str, Box | None]
# What PDFium writes for a hyphen at a line's end.
HYPHENS = {0x02: "-", 0xFFFE: "-"}
# An angle further from a quarter turn, in radians, is that of a watermark; slanted type, which PDFium takes for turned, stays below.
SLANTED = 0.4
# Shares of the page's longer side: lower signs are lower than half a point on a sheet of paper.
TOO_SMALL = 1 / 2000
# From this on, of 255, a colour is as white as paper.
WHITE = 250
# With more shapes on a page nobody can say what lies on what, and every sign is read.
MOST_SHAPES = 200


def signs_of(page: "pypdfium2.PdfPage", text: "pypdfium2.PdfTextPage") -> list[tuple[list[Sign], float]]:
    """The signs of each direction in the order of the file, and the height of the page as it is held to read them, in points."""
    from pypdfium2 import raw

    edges = page.get_bbox()
    sheet = Sheet(page, text)
    smallest = TOO_SMALL * max(edges[2] - edges[0], edges[3] - edges[1])
    turned: dict[int, list[Sign]] = {}
    now = 0
    box = raw.FS_RECTF()
    for number in range(text.count_chars()):
        sign = HYPHENS.get(code := raw.FPDFText_GetUnicode(text.raw, number), chr(min(code, 0x10FFFF)))
        if sign.isspace() or code == 0:
            # PDFium writes blanks and line ends where it sees a gap, without a place.
            turned.setdefault(now, []).append((" ", None))
            continue
        raw.FPDFText_GetLooseCharBox(text.raw, number, box)
        place = (box.left, box.bottom, box.right, box.top)
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        if place[3] - place[1] < smallest or not inside(x, y, edges):
            continue
        quarter = 0
        if angle := raw.FPDFText_GetCharAngle(text.raw, number):
            quarter = round(angle / (pi / 2))
            if abs(angle - quarter * (pi / 2)) > SLANTED:
                continue
        if sheet.shows(number, x, y):
            now = quarter % 4
            turned.setdefault(now, []).append((sign, upright(place, edges, now)))
    across, up = edges[2] - edges[0], edges[3] - edges[1]
    ordered = sorted(turned, key=lambda quarter: (-len(turned[quarter]), quarter))
    return [(turned[quarter], across if quarter % 2 else up) for quarter in ordered]


def upright(box: Box, edges: Box, quarter: int) -> Box:
    """The box of a sign, from the lower left of the page, once the page is held so that the sign stands upright.

    `quarter` is how many quarters of a turn clockwise the sign is turned: at 1 its line runs down the page, at 3 up.
    """
    left, bottom, right, top = box
    x0, y0, x1, y1 = edges
    if quarter == 1:
        return y1 - top, left - x0, y1 - bottom, right - x0
    if quarter == 2:
        return x1 - right, y1 - top, x1 - left, y1 - bottom
    if quarter == 3:
        return bottom - y0, x1 - right, top - y0, x1 - left
    return left - x0, bottom - y0, right - x0, top - y0


class Sheet:
    """What leaves a mark on a page. Most pages have nothing on them that leaves none, and then no sign is asked about."""

    def __init__(self, page: "pypdfium2.PdfPage", text: "pypdfium2.PdfTextPage") -> None:
        from pypdfium2 import raw

        self.page = page
        self.text = text
        # Pieces in drawings are not asked about before their signs are.
        pieces = (raw.FPDFPage_GetObject(page.raw, number) for number in range(raw.FPDFPage_CountObjects(page.raw)))
        kinds = ((piece, raw.FPDFPageObj_GetType(piece)) for piece in pieces)
        self.doubtful = any(
            kind == raw.FPDF_PAGEOBJ_FORM or (kind == raw.FPDF_PAGEOBJ_TEXT and not leaves_mark(piece)) for piece, kind in kinds
        )
        self.piece: int | None = None
        self.marks = True
        self.drawn: list[Box] | None = None

    def shows(self, number: int, x: float, y: float) -> bool:
        """Whether a sign can be told from the paper; its middle is at `x` and `y`. Signs of one piece follow each other."""
        if not self.doubtful:
            return True
        from pypdfium2 import raw

        piece = raw.FPDFText_GetTextObject(self.text.raw, number)
        if (place := cast(piece, c_void_p).value) != self.piece:
            self.piece = place
            self.marks = not place or leaves_mark(piece)
        return self.marks or self.on_shape(x, y)

    def on_shape(self, x: float, y: float) -> bool:
        """Whether a picture or a coloured shape is drawn at a place, or may be."""
        if self.drawn is None:
            self.drawn = list(islice(shapes_of(self.page), MOST_SHAPES + 1))
        return len(self.drawn) > MOST_SHAPES or any(inside(x, y, shape) for shape in self.drawn)


def inside(x: float, y: float, box: Box) -> bool:
    """Whether a point is in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def leaves_mark(piece: Any) -> bool:
    """Whether a piece of text is printed, in another colour than that of paper."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(piece)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return False
    if mode != raw.FPDF_TEXTRENDERMODE_FILL:
        return True
    colour = [c_uint() for _ in range(4)]
    return not raw.FPDFPageObj_GetFillColor(piece, *colour) or coloured(*(part.value for part in colour))


def coloured(red: int, green: int, blue: int, alpha: int) -> bool:
    """Whether a colour can be seen on white paper; the parts are from 0 to 255."""
    return alpha > 255 - WHITE and min(red, green, blue) < WHITE


def shapes_of(page: "pypdfium2.PdfPage") -> Iterator[Box]:
    """The boxes of the pictures, shades and coloured shapes of a page, and of drawings in it, which may have any."""
    from pypdfium2 import raw

    colour = [c_uint() for _ in range(4)]
    edges = [c_float() for _ in range(4)]
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        shape = raw.FPDFPage_GetObject(page.raw, number)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        white = raw.FPDFPageObj_GetFillColor(shape, *colour) and not coloured(*(part.value for part in colour))
        if not (kind == raw.FPDF_PAGEOBJ_PATH and white) and raw.FPDFPageObj_GetBounds(shape, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield left, bottom, right, top
