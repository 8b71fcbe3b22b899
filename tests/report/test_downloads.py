"""The tables as CSV and as workbooks: what a cell holds, what is cut, and the same bytes from the same tables."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from invented import invented_tables

from corewatch.contract import CONTRACT
from corewatch.report import downloads
from corewatch.report.downloads import MOST_CHARACTERS, in_a_cell, width_of, write_downloads, write_workbook
from corewatch.tables import read_tables

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(path: Path, number: int = 1) -> ElementTree.Element:
    """A sheet of a workbook as XML."""
    with zipfile.ZipFile(path) as book:
        return ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314  # our own file


def cells(path: Path, number: int = 1) -> dict[str, tuple[str, str]]:
    """What each cell of a sheet holds, with its type: `s` a text, `n` a number, `b` true or false."""
    found = {}
    for cell in sheet(path, number).iter(f"{MAIN}c"):
        inline = cell.find(f"{MAIN}is/{MAIN}t")
        kind = "s" if inline is not None else cell.get("t", "n")
        value = inline.text if inline is not None else cell.findtext(f"{MAIN}v")
        found[cell.get("r", "")] = (kind, value or "")
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the invented tables."""
    folder = tmp_path_factory.mktemp("downloads")
    write_downloads(invented_tables(), folder)
    return folder


def test_every_table_is_there_as_csv_and_as_a_workbook(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == {f"{name}.{ending}" for name in CONTRACT for ending in ("csv", "xlsx")}


def test_the_csv_files_are_the_tables(written: Path) -> None:
    kept, given = read_tables(written), invented_tables()
    for name, table in given.items():
        pd.testing.assert_frame_equal(kept[name], table)


def test_a_workbook_holds_numbers_as_numbers_texts_as_texts_and_nothing_for_null(written: Path) -> None:
    found = cells(written / "deals.xlsx")
    columns = {title: reference.rstrip("1") for reference, (_, title) in found.items() if re.fullmatch(r"[A-Z]+1", reference)}
    assert list(columns) == list(CONTRACT["deals"])
    assert found[f"{columns['payer']}2"] == ("s", "Tarnfell")
    assert found[f"{columns['low']}2"] == ("n", "3400000000")
    assert found[f"{columns['term_years']}2"] == ("n", "6")
    assert found[f"{columns['agreed']}2"] == ("b", "1")
    # The loan of Loam & Sons has no amount.
    assert f"{columns['low']}3" not in found
    assert found[f"{columns['payee']}3"] == ("s", "<b>Brackwater</b>")


def test_a_workbook_keeps_its_header_in_view_and_filters_by_it(written: Path) -> None:
    root = sheet(written / "deals.xlsx")
    pane = root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert root.find(f"{MAIN}autoFilter") is not None
    widths = [float(column.get("width", "0")) for column in root.iter(f"{MAIN}col")]
    assert min(widths) >= 9
    assert max(widths) <= 62


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    texts = ["=1+1", "+49", "-5", "@home", "https://nowhere.invalid", "12", "plain"]
    write_workbook("notes", pd.DataFrame({"text": texts}), tmp_path / "notes.xlsx")
    found = cells(tmp_path / "notes.xlsx")
    assert [found[f"A{row}"] for row in range(2, 9)] == [("s", text) for text in texts]
    with zipfile.ZipFile(tmp_path / "notes.xlsx") as book:
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")
        assert not any(b"<f>" in book.read(name) or b"hyperlink" in book.read(name) for name in book.namelist() if "sheet1" in name)


def test_a_text_that_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    whole = "a" * (MOST_CHARACTERS + 1)
    cut = in_a_cell(whole, "documents")
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith("[cut here: a cell holds 32,767 characters; documents.csv and documents.parquet have all 32,768]")
    assert in_a_cell(whole[1:], "documents") == whole[1:]
    # Excel counts a sign beyond the first plane twice.
    signs = in_a_cell("😀" * 20_000, "documents")
    assert len(signs.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert signs.startswith("😀")


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST_ROWS", 3)
    write_workbook("figures", pd.DataFrame({"n": [1.0, 2.0, 3.0]}), tmp_path / "figures.xlsx")
    assert cells(tmp_path / "figures.xlsx", 2) == {"A1": ("s", "n"), "A2": ("n", "3")}


def test_the_same_tables_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write_downloads(invented_tables(), tmp_path)
    for path in written.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_column_is_as_wide_as_its_title_or_its_texts_need_up_to_a_limit() -> None:
    assert width_of("kind", pd.Series(["compute", "debt"])) == 9
    assert width_of("text", pd.Series(["a" * 500])) == 60
    assert width_of("publisher", pd.Series([None], dtype="object")) == 13
