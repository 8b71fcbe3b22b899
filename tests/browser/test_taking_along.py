"""What a reader does with a table and a figure: search, filter, take the rows, the drawing and the page along."""

import csv
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from conftest import Opener
from invented_page import page_of
from PIL import Image
from playwright.sync_api import Browser, Page

from corewatch.report.charts.ranges import RangeGroup, RangeMark, RangeRow, range_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, fragment, number_cell, table
from corewatch.report.pdf import chromium_version, paper_copy, print_reports
from corewatch.spreadsheets import harmless

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("lease", "loan", "lease", "chips")


def twelve_deals() -> Fragment:
    """A table of twelve deals, the n-th over n million; a payer's name begins like a formula."""
    found = [
        TableRow([
            Cell("=Tarnfell" if n == 1 else f"Firm {n}"), number_cell(f"over ${n} million", n * 1e6),
            Cell(KINDS[n % 4], group=KINDS[n % 4]),
        ])
        for n in range(1, 13)
    ]  # fmt: skip
    columns = [Column("Payer"), Column("Amount", "num"), Column("For", filter="For")]
    return table("Every deal", columns, found, caption="Twelve deals", sources=("deals",))


def one_figure() -> Fragment:
    """A figure of two amounts."""
    rows = [RangeRow(f"Firm {n}", "lease, signed", [RangeMark(float(n), float(n), str(n))], "p") for n in (3, 7)]
    drawing = range_plot([RangeGroup("Signed", rows)], label="Two deals. A table follows.")
    return fragment("figure", takeaway="The largest is 7", basis="Millions", drawing=drawing, scrolls="", key=[("Disc", "as stated")])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one page with the figure and the table."""
    made = tmp_path_factory.mktemp("page")
    page_of("deal_sizes", one_figure() + twelve_deals(), made)
    return made


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Any:
    """That page at night, offline."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark", offline=True, accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((folder / "deal_sizes.html").as_uri())
    yield page
    assert complaints == []
    context.close()


def taken(page: Page, button: str, path: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(path)
    return path


def shown(page: Page) -> list[str]:
    """The first cells of the rows that are shown."""
    return page.locator("tbody tr:visible th").all_inner_texts()


def test_a_search_and_a_filter_show_the_rows_that_fit_both_and_say_how_many(opened: Page) -> None:
    field, count = opened.get_by_label("Search", exact=True), opened.locator(".tools output")
    assert count.inner_text() == "12 rows"
    field.fill("FIRM million")
    assert count.inner_text() == "11 of 12 rows"
    opened.locator(".tools select").select_option("lease")
    # Of 2 to 12 those with an even number are leases.
    assert shown(opened) == [f"Firm {n}" for n in (2, 4, 6, 8, 10, 12)]
    assert count.inner_text() == "6 of 12 rows"
    field.press("Escape")
    assert field.input_value() == ""
    opened.locator(".tools select").select_option("")
    assert count.inner_text() == "12 rows"


def test_the_rows_shown_are_taken_as_csv_with_their_numbers_and_without_formulas(opened: Page, tmp_path: Path) -> None:
    opened.get_by_role("button", name="Amount").click()
    opened.get_by_role("button", name="Amount").click()
    opened.locator(".tools select").select_option("loan")
    text = taken(opened, "CSV of the rows shown: Every deal", tmp_path / "rows.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Payer", "Amount", "Amount, as a number", "For"],
        ["Firm 9", "over $9 million", "9000000", "loan"],
        ["Firm 5", "over $5 million", "5000000", "loan"],
        ["'=Tarnfell", "over $1 million", "1000000", "loan"],
    ]


@pytest.mark.parametrize("text", ["=1", " +1", "-1", "@a", "\ta", "\ra", "'=1", "a=1", "'a", "12", "＝1", ""])
def test_a_cell_is_as_harmless_as_in_a_file_of_the_tables(opened: Page, text: str) -> None:
    assert opened.evaluate("text => harmless(text)", text) == harmless(text)


def test_what_is_filtered_is_what_is_printed(opened: Page) -> None:
    opened.get_by_label("Search", exact=True).fill("Firm 12")
    opened.emulate_media(media="print")
    assert shown(opened) == ["Firm 12"]
    assert opened.locator(".tools output").is_visible()
    assert opened.get_by_label("Search", exact=True).is_hidden()


def test_a_figure_is_taken_as_a_drawing_that_stands_alone(opened: Page, tmp_path: Path) -> None:
    path = taken(opened, "SVG of the figure: The largest is 7", tmp_path / "figure.svg")
    root = ElementTree.parse(path).getroot()  # noqa: S314  # our own file
    parts = list(root.iter())
    assert not [part for part in parts if {"class", "style", "href"} & set(part.attrib)]
    words = [part.text for part in root.iter(f"{SVG}text")]
    assert {"The largest is 7", "Millions", "Firm 3", "Firm 7", "Disc: as stated"} <= set(words)
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#ffffff"
    # The purchase's blue of the day, although the page is dark.
    assert "rgb(0, 114, 178)" in {part.get("fill") for part in root.iter(f"{SVG}path")}
    assert "var(" not in path.read_text(encoding="utf-8")


def test_a_figure_is_taken_as_a_picture_of_twice_its_size(opened: Page, tmp_path: Path) -> None:
    drawn = ElementTree.parse(taken(opened, "SVG of the figure: The largest is 7", tmp_path / "figure.svg")).getroot()  # noqa: S314  # our own file
    picture = Image.open(taken(opened, "PNG of the figure: The largest is 7", tmp_path / "figure.png")).convert("RGB")
    assert picture.size == (2 * int(drawn.get("width", "0")), 2 * int(drawn.get("height", "0")))
    assert picture.getpixel((2, 2)) == (255, 255, 255)
    colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 24) or ()}
    assert (0, 114, 178) in colours


def test_the_data_of_a_figure_are_the_table_after_it(opened: Page, tmp_path: Path) -> None:
    text = taken(opened, "Data of the figure as CSV: The largest is 7", tmp_path / "data.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 13
    assert "Firm 7,over $7 million,7000000,chips" in text.splitlines()


def test_without_scripts_there_is_nothing_that_needs_them(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((folder / "deal_sizes.html").as_uri())
    assert page.locator("main button, main input, main select").count() == 0
    assert page.locator("tbody tr").count() == 12
    links = page.locator("p.files a").evaluate_all("found => found.map(a => a.getAttribute('href'))")
    assert links == ["tables/deals.csv", "tables/deals.xlsx", "tables/deals.parquet"]
    context.close()


def test_a_wide_table_says_that_there_is_more_to_the_side(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((folder / "deal_sizes.html").as_uri())
    box = page.locator(".scroll", has=page.locator("table"))
    assert box.evaluate("e => e.classList.contains('beyond') === e.scrollWidth > e.clientWidth + 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_a_report_is_printed_with_page_numbers_and_links_that_stay_inside_it(
    open_page: Opener, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: str
) -> None:
    monkeypatch.setenv("COREWATCH_CHROMIUM", chromium)
    assert re.fullmatch(r"\D+ [\d.]+", chromium_version())
    page = (site / "deal_sizes.html").read_text(encoding="utf-8")
    (tmp_path / "deal_sizes.html").write_text(page, encoding="utf-8")
    first = print_reports(tmp_path, ["deal_sizes"])[0].read_bytes()
    assert print_reports(tmp_path, ["deal_sizes"])[0].read_bytes() == first
    # Neither where the page was nor where it was printed.
    assert b"file:" not in first
    assert str(tmp_path).encode() not in first
    document = pypdfium2.PdfDocument(first)
    texts = [one.get_textpage().get_text_bounded() for one in document]
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(document)}" in text
    numbers = open_page("deal_sizes.html").page.locator("main table a.n").all_inner_texts()
    whole = " ".join(" ".join(texts).split())
    assert numbers
    assert all(number in whole for number in numbers)
    assert first.count(b"/Subtype /Link") >= len(numbers)


def test_on_paper_a_number_leads_to_its_evidence_and_no_link_leads_beside_the_page() -> None:
    page = (
        '<p><a class="n" href="articles/one.html#c3" data-e="4" data-q="$3">$3</a> <a href="articles/one.html">article one</a> '
        '<a href="#e4">4</a> <a href="https://nowhere.invalid/a">a page</a></p>\n<script>let a = 1</script>\n'
    )
    assert paper_copy(page) == (
        '<p><a class="n" href="#e4" data-e="4" data-q="$3">$3</a> article one <a href="#e4">4</a> '
        '<a href="https://nowhere.invalid/a">a page</a></p>\n'
    )
