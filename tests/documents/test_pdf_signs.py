"""The words of a PDF's page that somebody who looks at it sees (turned, sloped, white on a dark ground), and those that nobody sees."""

from contextlib import closing
from io import BytesIO

import pytest
from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.pattern import LinearGradient
from PIL import Image
from pypdfium2 import PdfDocument, PdfMatrix

from corewatch.documents.limits import Limits
from corewatch.documents.pdf_pages import read_pdf

WORDS = "Orrin pays $99 billion."
BODY = [
    "Quartzline said on Monday that it had signed a contract",
    "with Orrin for chips in Ohio, worth $5 billion,",
    "and that it would pay by the end of 2026.",
]
SIDEWAYS = [
    "The halls in Iowa and Utah belong to Lantern,",
    "which lets them to Orrin for $2 billion a year,",
    "as a table on its side would have it.",
]


def sheet(*, turned: int = 0) -> FPDF:
    """A page whose lines `BODY` are written turned by so many degrees against the clock."""
    paper = FPDF(format="A4", unit="pt")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    with paper.rotation(turned, 300, 400):
        for at, line in enumerate(BODY):
            paper.text(200, 380 + 14 * at, line)
    return paper


def text_of(paper: FPDF, *, shown: int = 0) -> str:
    """What is read of a document whose first page is shown turned by so many degrees with the clock."""
    with closing(PdfDocument(bytes(paper.output()))) as document:
        document[0].set_rotation(shown)
        document.save(content := BytesIO())
    return read_pdf(content.getvalue(), Limits()).text


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_as_it_is_held_to_read_it(turned: int) -> None:
    assert text_of(sheet(turned=turned)) == " ".join(BODY)


@pytest.mark.parametrize(("turned", "words"), [(90, "Downloaded from ledger.example"), (270, "Copy 17"), (45, "DRAFT")])
def test_a_stamp_along_the_edge_and_a_watermark_are_no_words_of_the_lines_beside_them(turned: int, words: str) -> None:
    paper = sheet()
    with paper.rotation(turned, 190, 400):
        paper.text(150, 400, words)
    assert text_of(paper) == " ".join(BODY)


def test_a_table_on_its_side_follows_the_text_of_its_page() -> None:
    paper = sheet()
    with paper.rotation(90, 150, 700):
        for at, line in enumerate(SIDEWAYS):
            paper.text(150, 700 + 14 * at, line)
    assert text_of(paper).split("\n\n") == [" ".join(BODY), " ".join(SIDEWAYS)]


def test_what_is_upright_is_read_first_though_there_is_more_on_its_side() -> None:
    paper = FPDF(format="A4", unit="pt")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.set_font("Helvetica", size=20)
    paper.text(60, 90, "Orrin pays Quartzline")
    paper.text(60, 114, "$7 billion for chips")
    paper.set_font("Helvetica", size=11)
    with paper.rotation(90, 150, 700):
        for at, line in enumerate(SIDEWAYS):
            paper.text(150, 700 + 14 * at, line)
    draft = read_pdf(bytes(paper.output()), Limits())
    assert draft.title == "Orrin pays Quartzline $7 billion for chips"
    assert draft.text.split("\n\n") == ["Orrin pays Quartzline $7 billion for chips", " ".join(SIDEWAYS)]


@pytest.mark.parametrize("shown", [90, 180, 270])
def test_upright_is_what_is_upright_as_the_page_is_shown(shown: int) -> None:
    # The lines lie straight in the file, and the page is shown turned; two words are written so that they are upright then.
    paper = sheet()
    with paper.rotation(shown, 100, 400):
        paper.text(100, 400, "Orrin pays")
    assert text_of(paper, shown=shown).split("\n\n") == ["Orrin pays", " ".join(BODY)]


@pytest.mark.parametrize("slope", [18, -18])
def test_sloped_type_that_is_set_narrow_is_no_watermark(slope: int) -> None:
    paper = sheet()
    with paper.skew(slope, 0, 200, 600):
        paper.set_stretching(60)
        paper.text(200, 600, WORDS)
    assert text_of(paper).split("\n\n") == [" ".join(BODY), WORDS]


@pytest.mark.parametrize(("height", "size"), [(30_000, 11), (14_400, 6)])
def test_a_web_page_saved_as_one_long_sheet_has_no_type_that_is_too_small(height: int, size: int) -> None:
    paper = FPDF(format=(600, height), unit="pt")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.set_font("Helvetica", size=size)
    paper.text(60, 0.7 * height, WORDS)
    assert text_of(paper) == WORDS


def hidden(paper: FPDF, how: str, words: str) -> None:
    """Write words where nobody sees them."""
    with paper.local_context():
        if how == "white":
            paper.set_text_color(255)
        elif how == "transparent":
            with paper.local_context(fill_opacity=0):
                paper.text(200, 600, words)
            return
        elif how == "invisible":
            paper.text_mode = "INVISIBLE"
        elif how == "too small":
            paper.set_font_size(0.2)
        paper.text(900 if how == "outside" else 200, 600, words)


@pytest.mark.parametrize("how", ["white", "transparent", "invisible", "too small", "outside"])
def test_words_that_nobody_sees_on_the_page_are_not_read(how: str) -> None:
    paper = sheet()
    hidden(paper, how, WORDS)
    assert text_of(paper) == " ".join(BODY)


def night() -> LinearGradient:
    """A dark gradient from left to right, to be used once: writing a page turns it."""
    return LinearGradient(190, 580, 490, 580, colors=["#000030", "#4040a0"])


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("ground", ["box", "gradient", "line", "drawing"])
def test_white_words_are_read_where_anything_but_paper_lies_below(ground: str, shown: int) -> None:
    paper = sheet()
    if ground == "box":
        paper.set_fill_color(0, 0, 90)
        paper.rect(190, 580, 300, 30, style="F")
    elif ground == "gradient":
        with paper.use_pattern(night()):
            paper.rect(190, 580, 300, 30, style="F")
    elif ground == "line":
        paper.set_draw_color(0, 0, 90)
        paper.set_fill_color(255)
        paper.set_line_width(30)
        paper.line(190, 596, 490, 596)
    else:
        with paper.drawing_context() as drawing:
            path = PaintedPath(190, 580)
            path.line_to(490, 580).line_to(490, 610).line_to(190, 610).close()
            path.style.fill_color, path.style.stroke_color = "#000030", None
            drawing.add_item(path)
    hidden(paper, "white", WORDS)
    assert text_of(paper, shown=shown).split("\n\n") == [" ".join(BODY), WORDS]


def test_words_filled_with_a_gradient_are_read() -> None:
    paper = sheet()
    with paper.use_pattern(night()):
        paper.text(200, 600, WORDS)
    assert text_of(paper).split("\n\n") == [" ".join(BODY), WORDS]


def test_white_words_inside_of_a_border_beside_and_between_dark_lines_are_not_read() -> None:
    paper = sheet()
    paper.set_draw_color(0, 0, 90)
    paper.rect(20, 20, 550, 800)
    paper.set_text_color(255)
    paper.text(200, 600, WORDS)
    # Between the lines, set solid, and right behind the last sign of one.
    paper.text(200, 387, WORDS)
    paper.text(200 + paper.get_string_width(BODY[2]), 408, WORDS)
    assert text_of(paper) == " ".join(BODY)


def test_a_page_of_so_many_pieces_that_painting_it_takes_long_is_read_whole() -> None:
    paper = sheet()
    hidden(paper, "white", WORDS)
    for _ in range(50_000):
        paper.line(20, 20, 21, 20)
    assert text_of(paper).split("\n\n") == [" ".join(BODY), WORDS]


@pytest.mark.parametrize("mode", ["STROKE", "FILL_STROKE"])
def test_words_with_a_white_outline_are_not_read(mode: str) -> None:
    paper = sheet()
    with paper.local_context():
        paper.text_mode = mode
        paper.set_text_color(255)
        paper.set_draw_color(255)
        paper.text(200, 600, WORDS)
    assert text_of(paper) == " ".join(BODY)


@pytest.mark.parametrize("how", ["white", "invisible"])
def test_white_words_on_a_dark_ground_and_those_that_recognition_wrote_over_a_picture_are_read(how: str) -> None:
    paper = sheet()
    paper.set_fill_color(0, 0, 90)
    paper.rect(190, 580, 300, 30, style="F")
    hidden(paper, how, WORDS)
    assert text_of(paper).split("\n\n") == [" ".join(BODY), WORDS]


def test_words_that_recognition_wrote_over_a_picture_in_a_drawing_are_read_however_faint_it_is() -> None:
    scan = FPDF(format=(300, 30), unit="pt")
    scan.set_margin(0)
    scan.add_page()
    scan.image(Image.new("L", (30, 3), 255), 0, 0, 300, 30)
    paper = sheet()
    hidden(paper, "invisible", WORDS)
    with closing(PdfDocument(bytes(paper.output()))) as document, closing(PdfDocument(bytes(scan.output()))) as picture:
        page = document[0]
        drawing = picture.page_as_xobject(0, document).as_pageobject()
        drawing.set_matrix(PdfMatrix().translate(190, 842 - 610))
        page.insert_obj(drawing)
        page.gen_content()
        document.save(content := BytesIO())
    assert read_pdf(content.getvalue(), Limits()).text.split("\n\n") == [" ".join(BODY), WORDS]
