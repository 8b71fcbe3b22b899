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


ONE_WORD = "quartz" * 300 + "-"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [(["its quartz-"] * 100_000, "its " + "quartzits " * 99_999 + "quartzline"), ([ONE_WORD] * 20_000, "quartz" * 6_000_000 + "line")],
    ids=["words", "one word"],
)
def test_a_paragraph_without_end_is_joined_in_time_that_grows_with_it(lines: list[str], joined: str) -> None:
    # Looking through all that was joined, or through the word that grows, at each of the lines would take an hour.
    assert join_lines([*lines, "line"], Counter()) == joined


def test_running_heads_are_counted_by_sheets_whatever_stands_on_them_on_its_side() -> None:
    paper = FPDF(format="A4", unit="pt")
    paper.set_auto_page_break(False)
    for number in range(10):
        paper.add_page()
        paper.set_font("Helvetica", size=9)
        paper.text(60, 30, ("The Quarterly Ledger", "Chips and halls")[number % 2])
        paper.set_font("Helvetica", size=11)
        paper.text(60, 120, f"Orrin paid Lantern ${number} billion.")
        # The names of the columns of a chart, each on its side.
        for at in range(6):
            with paper.rotation(90, 100 + 60 * at, 600):
                paper.text(100 + 60 * at, 600, f"hall {at}")
    text = read_pdf(bytes(paper.output()), Limits()).text
    assert text.split("\n\n")[:2] == ["Orrin paid Lantern $0 billion.", "hall 0 hall 1 hall 2 hall 3 hall 4 hall 5"]
    assert "Ledger" not in text
    assert "Chips" not in text


def test_the_address_that_a_browser_printed_is_found_beside_a_larger_table_on_its_side() -> None:
    paper = FPDF(format="A4", unit="pt")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.set_font("Helvetica", size=7)
    paper.text(24, 830, "https://ledger.example/2025/quartzline")
    with paper.rotation(90, 150, 700):
        for at in range(4):
            paper.text(150, 700 + 14 * at, f"Orrin paid Lantern ${at} billion for halls in Iowa.")
    draft = read_pdf(bytes(paper.output()), Limits())
    assert draft.url == "https://ledger.example/2025/quartzline"
    assert draft.text == " ".join(f"Orrin paid Lantern ${at} billion for halls in Iowa." for at in range(4))


def test_half_a_sign_in_the_stated_title_does_not_cost_the_text() -> None:
    paper = FPDF()
    paper.set_title("Quartzes")
    paper.add_page()
    paper.set_font("Times", size=11)
    paper.cell(text="Orrin pays Quartzline $5 billion.")
    whole = bytes(paper.output())
    # The same length, so that the table of places stays right.
    half = whole.replace(b"(Quartzes)", b"<FEFFD83D>")
    assert half != whole
    draft = read_pdf(half, Limits())
    assert (draft.text, draft.title) == ("Orrin pays Quartzline $5 billion.", None)
