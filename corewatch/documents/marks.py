"""What leaves a mark on a page of a PDF: whether a sign on it can be told from the paper.

In: a page of PDFium, and its signs with their boxes. Out: for each whether it shows.

A sign in a colour shows. One that is invisible, transparent or white shows where a picture lies (text recognition writes its words
invisibly over the picture of a page), or where the page, painted small, is anything but paper: a white word on a dark ground is a heading,
and of a gradient, as ground or as the colour of the sign, PDFium says that it is white. In doubt a sign shows.
"""

from collections.abc import Callable, Iterator
from ctypes import c_uint, c_void_p, cast
from itertools import islice
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
# From this on, of 255, a colour is as white as paper.
WHITE = 250
# With more pictures on a page nobody can say what lies on what, and every sign shows.
MOST_PICTURES = 200
# With more pieces, as on a map, painting a page takes a second, and every sign shows.
MOST_PIECES = 50_000
# Dots a point: small print is ten dots high.
FINE = 2.0
# A sheet of paper has two million; a web page saved as one long sheet is painted coarser.
MOST_DOTS = 4_000_000


class Sheet:
    """What leaves a mark on a page. Most pages have nothing on them that leaves none, and then no sign is asked about."""

    def __init__(self, page: "pypdfium2.PdfPage", text: "pypdfium2.PdfTextPage") -> None:
        from pypdfium2 import raw

        self.page = page
        self.text = text
        # Pieces in drawings are not asked about before their signs are.
        count = raw.FPDFPage_CountObjects(page.raw)
        pieces = (raw.FPDFPage_GetObject(page.raw, number) for number in range(count))
        kinds = ((piece, raw.FPDFPageObj_GetType(piece)) for piece in pieces)
        self.doubtful = count <= MOST_PIECES and any(
            kind == raw.FPDF_PAGEOBJ_FORM or (kind == raw.FPDF_PAGEOBJ_TEXT and not leaves_mark(piece)) for piece, kind in kinds
        )
        self.piece: int | None = None
        self.marks = True
        self.pictures: list[Box] | None = None
        self.paint: Paint | None = None

    def shows(self, number: int, box: Box) -> bool:
        """Whether a sign, whose box is given in points, can be told from the paper. Signs of one piece follow each other."""
        if not self.doubtful:
            return True
        from pypdfium2 import raw

        piece = raw.FPDFText_GetTextObject(self.text.raw, number)
        if (place := cast(piece, c_void_p).value) != self.piece:
            self.piece = place
            self.marks = not place or leaves_mark(piece)
        return self.marks or self.on_picture(box) or self.on_paint(box)

    def on_picture(self, box: Box) -> bool:
        """Whether the middle of a box lies on a picture, or may. A scanned page need not be painted for it."""
        if self.pictures is None:
            self.pictures = list(islice(pictures_of(self.page), MOST_PICTURES + 1))
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return len(self.pictures) > MOST_PICTURES or any(inside(x, y, picture) for picture in self.pictures)

    def on_paint(self, box: Box) -> bool:
        """Whether the page is anything but paper in a box, or cannot be painted."""
        from pypdfium2 import PdfiumError

        if self.paint is None:
            try:
                self.paint = Paint(self.page)
            except PdfiumError:
                self.doubtful = False
                return True
        return self.paint.is_marked(box)


class Paint:
    """A page as it is printed, in grey and small, not turned, without the words that surely show: they are no ground for others."""

    def __init__(self, page: "pypdfium2.PdfPage") -> None:
        from pypdfium2 import raw

        self.left, bottom, right, self.top = page.get_bbox()
        across, up = right - self.left, self.top - bottom
        scale = min(FINE, sqrt(MOST_DOTS / (across * up)), MOST_DOTS / (across + up))
        sure = [piece.raw for piece in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]) if leaves_mark(piece.raw)]
        for piece in sure:
            raw.FPDFPageObj_SetIsActive(piece, 0)
        bitmap = page.render(scale=scale, rotation=-page.get_rotation() % 360, grayscale=True)
        for piece in sure:
            raw.FPDFPageObj_SetIsActive(piece, 1)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.dots = bytes(bitmap.buffer)
        bitmap.close()
        self.wide, self.high = self.width / across, self.height / up

    def is_marked(self, box: Box) -> bool:
        """Whether a dot that lies in a box whole, or the one at its middle, is darker than paper."""
        begin, end = dots_of((box[0] - self.left) * self.wide, (box[2] - self.left) * self.wide, self.width)
        first, last = dots_of((self.top - box[3]) * self.high, (self.top - box[1]) * self.high, self.height)
        rows = (row * self.stride for row in range(first, last))
        return any(min(self.dots[row + begin : row + end]) < WHITE for row in rows)


def dots_of(low: float, high: float, most: int) -> tuple[int, int]:
    """Of the dots between two places the first that lies there whole, and the one after the last: others belong to neighbours too."""
    first, last = max(ceil(low), 0), min(floor(high), most)
    if first < last:
        return first, last
    middle = min(max(int((low + high) / 2), 0), most - 1)
    return middle, middle + 1


def inside(x: float, y: float, box: Box) -> bool:
    """Whether a point is in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def leaves_mark(piece: Any) -> bool:
    """Whether a piece of text is filled or outlined in another colour than that of paper."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(piece)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return False
    if mode not in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP) and is_coloured(
        piece, raw.FPDFPageObj_GetFillColor
    ):
        return True
    outlined = mode not in (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
    return outlined and is_coloured(piece, raw.FPDFPageObj_GetStrokeColor)


def is_coloured(piece: Any, get_colour: Callable[..., int]) -> bool:
    """Whether the colour of a piece can be seen on white paper, or may be."""
    colour = [c_uint() for _ in range(4)]
    if not get_colour(piece, *colour):
        return True
    red, green, blue, alpha = (part.value for part in colour)
    return alpha > 255 - WHITE and min(red, green, blue) < WHITE


def pictures_of(page: "pypdfium2.PdfPage") -> Iterator[Box]:
    """The boxes of the pictures of a page, those in its drawings too."""
    from pypdfium2 import PdfiumError, raw

    for picture in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]):
        try:
            box = picture.get_bounds()
            drawing = picture.container
            while drawing is not None:
                box = drawing.get_matrix().on_rect(*box)
                drawing = drawing.container
        except PdfiumError:
            # A picture without a place, which is painted nowhere.
            continue
        yield box
