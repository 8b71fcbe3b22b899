"""The signs of a PDF's page that somebody who looks at it can read, each where it stands when the page is held to read it.

In: a page of PDFium. Out: the signs by the quarter turn in which they are written, with the height that the page then has: first those
that stand upright as the page is shown, then those of most signs. A wide table lies on its side, a scanned page stands on its head; a stamp
along the edge is of another direction than the text.

Left out is what no reader of the page sees: signs outside of the page, those too small for an eye, those on a slanting line (a watermark),
and signs that leave no mark (`marks`).
"""

from math import atan2, pi
from typing import TYPE_CHECKING

from corewatch.documents.marks import Box, Sheet, inside

if TYPE_CHECKING:
    import pypdfium2

# A sign and its left, bottom, right and top edge in points; a blank has none.
Sign = tuple[str, Box | None]
# What PDFium writes for a hyphen at a line's end.
HYPHENS = {0x02: "-", 0xFFFE: "-"}
# A line that runs further from a quarter turn, in radians, is that of a watermark.
SLANTED = 0.4
# A share of the page's shorter side: signs lower than this are lower than a third of a point on a sheet of paper. The longer side says
# nothing, because browsers save a web page as one sheet of any length.
TOO_SMALL = 1 / 2000


def signs_of(page: "pypdfium2.PdfPage", text: "pypdfium2.PdfTextPage") -> list[tuple[list[Sign], float]]:
    """The signs of each direction in the order of the file, and the height of the page as it is held to read them, in points.

    A direction in which nothing but blanks stands is none.
    """
    from pypdfium2 import raw

    edges = page.get_bbox()
    sheet = Sheet(page, text)
    smallest = TOO_SMALL * min(edges[2] - edges[0], edges[3] - edges[1])
    turned: dict[int, list[Sign]] = {}
    now = 0
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for number in range(text.count_chars()):
        sign = HYPHENS.get(code := raw.FPDFText_GetUnicode(text.raw, number), chr(min(code, 0x10FFFF)))
        if sign.isspace() or code == 0:
            # PDFium writes blanks and line ends where it sees a gap, without a place.
            turned.setdefault(now, []).append((" ", None))
            continue
        raw.FPDFText_GetLooseCharBox(text.raw, number, box)
        place = (box.left, box.bottom, box.right, box.top)
        if not inside((place[0] + place[2]) / 2, (place[1] + place[3]) / 2, edges):
            continue
        quarter = 0
        # The quick question: slanted type is turned for PDFium too, so of what it calls turned the line itself is asked.
        if raw.FPDFText_GetCharAngle(text.raw, number) and raw.FPDFText_GetMatrix(text.raw, number, matrix):
            angle = -atan2(matrix.b, matrix.a)
            quarter = round(angle / (pi / 2))
            if abs(angle - quarter * (pi / 2)) > SLANTED:
                continue
            quarter %= 4
        height = place[2] - place[0] if quarter % 2 else place[3] - place[1]
        if height >= smallest and sheet.shows(number, place):
            now = quarter
            turned.setdefault(now, []).append((sign, upright(place, edges, now)))
    across, up = edges[2] - edges[0], edges[3] - edges[1]
    shown = -page.get_rotation() // 90 % 4
    written = [quarter for quarter, signs in turned.items() if any(place for _, place in signs)]
    ordered = sorted(written, key=lambda quarter: (quarter != shown, -len(turned[quarter]), quarter))
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
