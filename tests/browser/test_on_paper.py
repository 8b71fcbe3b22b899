"""Printed: light, whole, with the numbers of the page in the text of the PDF and a number that names each one's evidence."""

import ctypes
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import Newcomer
from looking import Walk

from corewatch.report.pdf import printed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The width of the paper between its margins, in pixels: 176 mm.
PAPER = 665
# The margin at the top of a sheet and, nearly, at its left, in points.
MARGIN = 51
# The numbers that a reader of the page sees, without those of the drawing for narrow screens, which paper doesn't show.
NUMBERS = """() => [...document.querySelectorAll('main a.n')].filter(a => a.getClientRects().length && !a.closest('svg'))
  .map(a => a.textContent)"""

# The same with where each leads.
LED = """() => [...document.querySelectorAll('main a.n')].filter(a => a.getClientRects().length && !a.closest('svg'))
  .map(a => [a.textContent, a.href])"""
# The same with the number of its item of evidence and the item's first words.
ITEMS = """() => [...document.querySelectorAll('main a.n[data-e]')].filter(a => a.getClientRects().length && !a.closest('svg'))
  .map(a => [a.textContent, a.dataset.e, document.getElementById('e' + a.dataset.e).textContent.trim()])"""


def squeezed(text: str) -> str:
    """A text without blanks and the breaks of lines, which a PDF has elsewhere."""
    return re.sub(r"[\s\u00ad\ufffe]+", "", text)


def test_the_text_of_the_pdf_holds_every_number_of_the_page(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page(width=PAPER)
    for kind, name in seeds.fullest().items():
        page.goto((seeds.root / name).as_uri())
        page.emulate_media(media="print", color_scheme="dark")
        # What is wider than the paper makes Chromium shrink the whole document.
        assert page.evaluate("document.documentElement.scrollWidth") == PAPER, kind
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", kind
        numbers = page.evaluate(NUMBERS)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
        text = squeezed("".join(sheets))
        assert [number for number in numbers if squeezed(number) not in text] == [], kind
        assert all(len(squeezed(sheet)) > 20 for sheet in sheets), f"{kind}: an empty sheet"
        page.emulate_media(media="screen", color_scheme="light")


def links_of(document: pypdfium2.PdfDocument) -> list[tuple[str, str, tuple[int, float, float] | None]]:
    """The links of a PDF: the words under each, the address that it has, and the place inside (sheet, across, up) that it leads to."""
    found = []
    for sheet in document:
        text, at, link = sheet.get_textpage(), raw.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(sheet.raw, at, link):
            box = raw.FS_RECTF()
            assert raw.FPDFLink_GetAnnotRect(link, box)
            words = squeezed(text.get_text_bounded(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1))
            action, dest = raw.FPDFLink_GetAction(link), raw.FPDFLink_GetDest(document.raw, link)
            address = ctypes.create_string_buffer(2000)
            length = raw.FPDFAction_GetURIPath(document.raw, action, address, 2000) if action else 0
            dest = dest or (raw.FPDFAction_GetDest(document.raw, action) if action else None)
            found.append((words, address.value.decode() if length else "", place_of(document, dest) if dest else None))
    return found


def place_of(document: pypdfium2.PdfDocument, dest: Any) -> tuple[int, float, float]:
    """The sheet of a destination and where on it it is."""
    known, x, y = ([raw.c_int(0) for _ in range(3)], raw.FS_FLOAT(0), raw.FS_FLOAT(0))
    assert raw.FPDFDest_GetLocationInPage(dest, *known, x, y, raw.FS_FLOAT(0))
    return raw.FPDFDest_GetDestPageIndex(document.raw, dest), x.value, y.value


def test_a_number_of_a_page_that_a_reader_prints_leads_to_its_passage_or_sum(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    for kind in ("deal_sizes", "index"):
        page.goto((seeds.root / seeds.fullest()[kind]).as_uri())
        page.emulate_media(media="print")
        # Each number that paper shows, with where it leads; a sum is inside the document.
        wanted = page.evaluate(LED)
        found = links_of(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)))
        assert len(wanted) >= 10, kind
        for words, address in wanted:
            ways = [(href, place) for text, href, place in found if squeezed(words) in text]
            inside = address.split("#")[0] == page.url.split("#")[0]
            assert any(place if inside else href == address for href, place in ways), f"{kind}: {words} does not lead to {address}: {ways}"
        page.emulate_media(media="screen")


def test_a_number_of_the_pdf_that_goes_with_a_report_leads_to_its_item_of_evidence(seeds: Walk, chromium: str, new_page: Newcomer) -> None:
    path = seeds.root / seeds.fullest()["deal_sizes"]
    page = new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    document = pypdfium2.PdfDocument(printed(path.read_text(encoding="utf-8"), chromium))
    found = links_of(document)
    numbers = page.evaluate(ITEMS)
    assert len(numbers) >= 10
    sheets = [sheet.get_textpage() for sheet in document]
    for words, number, opening in numbers:
        # On paper a number carries the number of its item.
        places = {place for text, _, place in found if text.rstrip(",.;:)") == squeezed(f"{words}{number}")}
        assert places, f"{words} has no link to item {number}"
        for at, left, top in (place for place in places if place):
            # Chromium leads to a place as far above an item as the margin of the paper is wide, if nothing on the page is too wide for it.
            told = squeezed(sheets[at].get_text_bounded(left + MARGIN - 4, top - MARGIN - 14, left + MARGIN + 60, top - MARGIN + 6))
            assert squeezed(opening)[:5] in told, f"{words}: item {number} is not at {at}, {left}, {top}: {told}"
    assert not any("file:" in address for _, address, _ in found)


def test_no_line_of_text_is_cut_by_the_edge_of_the_paper(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    for kind, name in seeds.fullest().items():
        page.goto((seeds.root / name).as_uri())
        for sheet in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)):
            width, _ = sheet.get_size()
            text = sheet.get_textpage()
            boxes = [text.get_charbox(at) for at in range(0, text.count_chars(), 5)]
            assert all(left >= -1 and right <= width + 1 for left, _, right, _ in boxes), kind


def test_the_head_of_a_long_table_stands_on_each_of_its_sheets(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((corpus.root / corpus.fullest()["deal_sizes"]).as_uri())
    # The arrow before a payee is the style sheet's.
    rows = page.eval_on_selector_all("table.sort tbody tr", "rows => rows.map(row => row.cells[0].textContent)")
    sheets = [squeezed(sheet.get_textpage().get_text_bounded()) for sheet in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))]
    first = next(at for at, text in enumerate(sheets) if "Payer→payee" in text)
    last = max(at for at, text in enumerate(sheets) if squeezed(rows[-1]) in text.replace("→", ""))
    assert last - first >= 2
    assert all("Payer→payee" in text for text in sheets[first : last + 1])
