"""The tables as files that readers open: CSV, and a workbook for Excel or LibreOffice.

In: tables. Out: `NAME.csv` and `NAME.xlsx` beside the Parquet files of a site; the same tables give the same bytes.

Judgements made here: a workbook holds numbers as numbers and every text as text, whatever sign it begins with; a text longer than a cell of
a workbook can be is cut, and the cell says so and where the whole is; rows beyond what a sheet holds go on in a further sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from corewatch.spreadsheets import harmless
from corewatch.tables import Tables, write_frames

# What Excel allows: rows of a sheet, its header included, and characters of a cell.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
# Characters of the standard font; a wider column would push all others out of the window.
NARROWEST, WIDEST = 9, 60
# How many rows a column's width is measured by.
MEASURED = 200
# A workbook carries the time of its making; the same input has to give the same bytes.
CREATED = datetime(2000, 1, 1)


def write_downloads(tables: Tables, folder: Path) -> list[Path]:
    """Write `NAME.csv` and `NAME.xlsx` of every table into `folder`; returns the files.

    In CSV a text that a spreadsheet would calculate has an apostrophe before it (`corewatch.spreadsheets`), null is an empty cell.
    """
    written = write_frames(dict(tables.items()), folder, "csv", "corewatch")
    for name, table in tables.items():
        path = folder / f"{name}.xlsx"
        write_workbook(name, table, path)
        written.append(path)
    return written


def write_workbook(name: str, table: pd.DataFrame, path: Path) -> None:
    """Write one table as a workbook, a row at a time, so that memory doesn't grow with its length. Raises `OSError` as other files do."""
    # Here, because most commands make no workbook.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # it has no types

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "in_memory": False,
    }  # fmt: skip
    try:
        with Workbook(str(path), options) as book:
            book.set_properties({"title": name, "created": CREATED})
            header = book.add_format({"bold": True, "bottom": 1})
            # Excel's own mark of a text: it stays one when somebody edits the cell, and the mark is not part of it.
            text = book.add_format({"quote_prefix": True})
            for sheet_name, part in parts(name, table):
                write_sheet(book, sheet_name, part, header, text, name)
    except FileCreateError as error:
        # What it makes of an error of the system, as of a full disk, which it holds.
        (told,) = error.args
        raise told from error


def parts(name: str, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The table in pieces that a sheet holds, each with the name of its sheet: `deals`, and `deals 2` if there are so many."""
    most = MOST_ROWS - 1
    yield name, table.iloc[:most]
    for number, start in enumerate(range(most, len(table), most), start=2):
        yield f"{name} {number}", table.iloc[start : start + most]


def write_sheet(book: Any, sheet_name: str, table: pd.DataFrame, header: Any, text: Any, name: str) -> None:
    """One sheet: a header that stays in view and filters, then the rows."""
    sheet = book.add_worksheet(sheet_name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, width_of(column, table[column].iloc[:MEASURED]))
        sheet.write_string(0, at, column, header)
    if len(table.columns):
        sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    plain = table.astype("object")
    for row, cells in enumerate(plain.where(plain.notna(), None).itertuples(index=False, name=None), start=1):
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, bool):
                sheet.write_boolean(row, at, cell)
            elif isinstance(cell, str):
                sheet.write_string(row, at, in_a_cell(cell, name), text if harmless(cell) != cell else None)
            else:
                sheet.write_number(row, at, cell)


def in_a_cell(text: str, name: str) -> str:
    """The text, cut where a cell would not hold it; the end of the cell then says so."""
    if characters(text) <= MOST_CHARACTERS:
        return text
    note = f" [cut here: a cell holds {MOST_CHARACTERS:,} characters; {name}.csv and {name}.parquet have all {len(text):,}]"
    room = MOST_CHARACTERS - len(note)
    # Excel counts a sign beyond the first plane (an emoji) twice, and half of one is no text.
    return text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore") + note


def characters(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def width_of(title: str, cells: pd.Series) -> int:
    """A column's width that shows its title with the filter's button, and what it holds as far as that is sensible."""
    longest = max((len(str(cell)) for cell in cells.dropna()), default=0)
    return min(max(len(title) + 4, longest + 2, NARROWEST), WIDEST)
