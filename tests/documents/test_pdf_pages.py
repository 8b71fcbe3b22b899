"""PDFs as newspapers and printers of web pages make them: columns in order, whole words, no running heads."""

from collections import Counter

import pytest
from fpdf import FPDF

from corewatch.documents.columns import join_lines
from corewatch.documents.limits import Limits
from corewatch.documents.pdf_pages import read_pdf
from corewatch.documents.pieces import RejectedError

LEFT = [
    ["Quartzline, a builder of data centers, said on", "Monday that it had signed a five-", "year, $11.9 billion contract with Orrin."],
    ["The company has infrastruc-", "ture in nine states, and its obliga-", "tions under leases run to 2035."],
]
RIGHT = [
    ["Revenue rose 737% to $1.92 billion in 2024, while", "the net loss widened to $863 million.", "Microsoft made up 62% of revenue."],
    ["Its shares, sold at $40, ended the day higher", "by 5% in New York. Analysts had feared", "that the sale would fail."],
]


def newspaper(*, by_rows: bool) -> bytes:
    """Two pages of two columns, a headline across the first; written a column after the other or row by row."""
    paper = FPDF(format="A4", unit="pt")
    paper.set_auto_page_break(False)
    for number in range(2):
        paper.add_page()
        paper.set_font("Times", size=9)
        paper.text(60, 30, "The Quarterly Ledger")
        paper.text(480, 30, f"March 2025, page {number + 1}")
        paper.text(290, 825, f"{number + 1} / 2")
        if number == 0:
            paper.set_font("Times", size=20)
            paper.text(60, 90, "Quartzline signs with Orrin for $11.9 billion")
        paper.set_font("Times", size=10)
        pieces = [(60, 120 + 14 * at, line) for at, line in enumerate(LEFT[number])]
        pieces += [(310, 120 + 14 * at, line) for at, line in enumerate(RIGHT[number])]
        for x, y, line in sorted(pieces, key=lambda one: one[1]) if by_rows else pieces:
            paper.text(x, y, line)
    return bytes(paper.output())


@pytest.mark.parametrize("by_rows", [False, True])
def test_columns_are_read_in_their_order_with_whole_words_and_without_running_heads(by_rows: bool) -> None:
    draft = read_pdf(newspaper(by_rows=by_rows), Limits())
    assert draft.title == "Quartzline signs with Orrin for $11.9 billion"
    assert draft.text.split("\n\n") == [
        "Quartzline signs with Orrin for $11.9 billion",
        "Quartzline, a builder of data centers, said on Monday that it had signed a five-year, $11.9 billion contract with Orrin.",
        "Revenue rose 737% to $1.92 billion in 2024, while the net loss widened to $863 million. Microsoft made up 62% of revenue.",
        "The company has infrastructure in nine states, and its obligations under leases run to 2035.",
        "Its shares, sold at $40, ended the day higher by 5% in New York. Analysts had feared that the sale would fail.",
    ]


def test_a_page_of_one_column_has_its_paragraphs() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    first = "Orrin pays Quartzline $5 billion for chips, the companies said on Monday, and will pay more in each of the years to come. " * 2
    second = "Nvidia holds 5% of Quartzline. It sells the chips that Quartzline needs and buys back what it cannot rent out itself. " * 2
    for text in (first, second):
        paper.multi_cell(0, 6, text.strip())
        paper.ln(6)
    assert read_pdf(bytes(paper.output()), Limits()).text == f"{first.strip()}\n\n{second.strip()}"


def test_a_table_is_read_by_rows() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for at, (name, value) in enumerate([("Revenue", "$1.92bn"), ("Net loss", "$863m"), ("Backlog", "$15.1bn"), ("Debt", "$7.9bn")]):
        paper.text(20, 40 + 8 * at, name)
        paper.text(120, 40 + 8 * at, value)
    assert read_pdf(bytes(paper.output()), Limits()).text == "Revenue $1.92bn Net loss $863m Backlog $15.1bn Debt $7.9bn"


def test_a_paragraph_that_goes_on_over_a_page_is_one() -> None:
    paper = FPDF(unit="pt", format="A4")
    for line in ("Orrin said that it would pay for the chips as soon as the", "building in Ohio was ready, which may be in 2026."):
        paper.add_page()
        paper.set_font("Helvetica", size=11)
        paper.text(60, 400, line)
    assert read_pdf(bytes(paper.output()), Limits()).text == (
        "Orrin said that it would pay for the chips as soon as the building in Ohio was ready, which may be in 2026."
    )


def test_what_a_browser_prints_at_the_edge_is_no_text_but_says_the_address() -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.add_page()
    paper.set_auto_page_break(False)
    for x, y, size, line in (
        (24, 22, 7, "11/27/25, 3:06 AM"),
        (290, 22, 7, "Quartzline signs with Orrin"),
        (60, 90, 22, "Quartzline signs with Orrin for"),
        (60, 116, 22, "nearly $12 billion"),
        (60, 150, 11, "Orrin pays Quartzline for chips."),
        (24, 830, 7, "https://ledger.example/2025/quartzline?x=1"),
        (560, 830, 7, "1/1"),
    ):
        paper.set_font("Helvetica", size=size)
        paper.text(x, y, line)
    draft = read_pdf(bytes(paper.output()), Limits())
    assert draft.text == "Quartzline signs with Orrin for nearly $12 billion\n\nOrrin pays Quartzline for chips."
    assert (draft.title, draft.url) == ("Quartzline signs with Orrin for nearly $12 billion", "https://ledger.example/2025/quartzline?x=1")


def test_lines_spread_to_the_width_of_a_column_stay_whole() -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.add_page()
    paper.set_font("Times", size=10)
    for column, x in (("left", 60), ("right", 320)):
        for at in range(8):
            # A blank of two heights, as in a narrow column without hyphens.
            for word, text in enumerate((f"the {column}", "column", f"has line {at}", "of it")):
                paper.text(x + 60 * word, 100 + 12 * at, text)
    text = read_pdf(bytes(paper.output()), Limits()).text
    assert text.index("the left column has line 7 of it") < text.index("the right column has line 0 of it")


def test_too_many_pages_are_not_read() -> None:
    with pytest.raises(RejectedError, match="it has 2 pages, and 1 are read; split it, or raise the limit with --limit pages NUMBER"):
        read_pdf(newspaper(by_rows=True), Limits(pages=1))


def test_a_locked_pdf_is_told_from_a_broken_one() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_encryption("owner", "user")
    for content, reason in ((bytes(paper.output()), "encrypted"), (b"%PDF-1.4 and no more", "unreadable")):
        with pytest.raises(RejectedError) as caught:
            read_pdf(content, Limits())
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the obliga-", "tions of"], "the obligations of"),
        (["a five-", "year lease"], "a five-year lease"),
        (["a 12-", "month lease"], "a 12-month lease"),
        (["the Hewlett-", "Packard deal"], "the Hewlett-Packard deal"),
        (["the co\u00ad", "Lo"], "the coLo"),
        (["off-site and an off-", "site"], "off-site and an off-site"),
        (["from $38 -", "so far"], "from $38 - so far"),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_it(lines: list[str], joined: str) -> None:
    assert join_lines(lines, Counter(["off-site"])) == joined


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


def text_of(paper: FPDF) -> str:
    return read_pdf(bytes(paper.output()), Limits()).text


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
    hidden(paper, how, "Orrin pays $99 billion.")
    assert text_of(paper) == " ".join(BODY)


@pytest.mark.parametrize("how", ["white", "invisible"])
def test_white_words_on_a_dark_ground_and_those_that_recognition_wrote_over_a_picture_are_read(how: str) -> None:
    paper = sheet()
    paper.set_fill_color(0, 0, 90)
    paper.rect(190, 580, 300, 30, style="F")
    hidden(paper, how, "Orrin pays $99 billion.")
    assert text_of(paper).split("\n\n") == [" ".join(BODY), "Orrin pays $99 billion."]


def test_pages_whose_corner_is_not_at_zero_keep_what_stands_in_their_middle() -> None:
    # Cut off below 99, the pages are 381 high: the lines, at 400, would stand above pages that begin at zero, as running heads do.
    paper = FPDF(format=(595, 480), unit="pt")
    paper.set_auto_page_break(False)
    for year in (2025, 2026):
        paper.add_page()
        paper.set_font("Helvetica", size=11)
        paper.text(60, 80, f"Orrin pays Lantern $5 billion in {year}.")
    content = bytes(paper.output())
    assert content.count(b"[0 0 595.00 480.00]") == 1
    cut = content.replace(b"[0 0 595.00 480.00]", b"[0 99 595.0 480.00]")
    assert read_pdf(cut, Limits()).text == "Orrin pays Lantern $5 billion in 2025.\n\nOrrin pays Lantern $5 billion in 2026."


def test_a_paragraph_without_end_is_joined_in_time_that_grows_with_it() -> None:
    # A hundred thousand divided words: looking through all that was joined at each of them would take hours.
    assert join_lines([*["its quartz-"] * 100_000, "line"], Counter()) == "its " + "quartzits " * 99_999 + "quartzline"
