"""Printed: light, whole, with the numbers of the page in the text of the PDF and a number that names each one's evidence."""

import re

import pypdfium2
import pytest
from conftest import Newcomer
from looking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The numbers that a reader of the page sees, without those of the drawing for narrow screens, which paper doesn't show.
NUMBERS = """() => [...document.querySelectorAll('main a.n')].filter(a => a.getClientRects().length && !a.closest('svg'))
  .map(a => a.textContent)"""


def squeezed(text: str) -> str:
    """A text without blanks and the breaks of lines, which a PDF has elsewhere."""
    return re.sub(r"[\s\u00ad\ufffe]+", "", text)


def test_the_text_of_the_pdf_holds_every_number_of_the_page(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    for kind, name in seeds.fullest().items():
        page.goto((seeds.root / name).as_uri())
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", kind
        numbers = page.evaluate(NUMBERS)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
        text = squeezed("".join(sheets))
        assert [number for number in numbers if squeezed(number) not in text] == [], kind
        assert all(len(squeezed(sheet)) > 20 for sheet in sheets), f"{kind}: an empty sheet"
        page.emulate_media(media="screen", color_scheme="light")


def test_links_work_on_paper_too(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((seeds.root / seeds.fullest()["deal_sizes"]).as_uri())
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    links = sum(pypdfium2.raw.FPDFLink_Enumerate(sheet.raw, pypdfium2.raw.c_int(0), pypdfium2.raw.FPDF_LINK()) for sheet in document)
    assert links >= 1


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
    page.goto((corpus.root / "deal_sizes.html").as_uri())
    rows = page.eval_on_selector_all("table.sort tbody tr", "rows => rows.map(row => row.cells[0].innerText)")
    sheets = [squeezed(sheet.get_textpage().get_text_bounded()) for sheet in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))]
    first = next(at for at, text in enumerate(sheets) if "Payer→payee" in text)
    last = max(at for at, text in enumerate(sheets) if squeezed(rows[-1]) in text)
    assert last - first >= 2
    assert all("Payer→payee" in text for text in sheets[first : last + 1])
