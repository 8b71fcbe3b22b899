"""What a text does not say of itself: its address, outlet and date, from a `sources.csv` beside the articles.

The columns are `file`, `url`, `publisher`, `published`; `file` is the path below the folder, an empty cell is unknown. An apostrophe before
a sign with which formulas begin keeps spreadsheets from calculating, and is no part of the cell.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corewatch.contract import ISO_DATE
from corewatch.documents.walking import lines_of
from corewatch.errors import InputError
from corewatch.spreadsheets import original

SOURCES_FILE = "sources.csv"
COLUMNS = ("file", "url", "publisher", "published")
# The longest cell, in characters.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from, as far as it is known."""

    url: str | None = None
    publisher: str | None = None
    published: str | None = None


def read_sources(folder: Path) -> dict[str, Source]:
    """The sources of a folder's files, by their path below the folder; none where there is no `sources.csv`.

    Raises `InputError`, with file and line, for bytes or a line that are no CSV text, a missing column, a file named twice, and a date
    that is not ISO or not in the calendar.
    """
    path = folder / SOURCES_FILE
    if not path.exists():
        return {}
    sources: dict[str, Source] = {}
    # A limit of the whole process, which whoever read something else may have changed.
    csv.field_size_limit(LONGEST)
    with lines_of(path) as lines:
        reader = csv.DictReader(lines)
        try:
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
            if missing:
                raise InputError(f"{path}, line 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
            for row in reader:
                file, source = read_source(row, folder, f"{path}, line {reader.line_num}")
                if file in sources:
                    raise InputError(f"{path}, line {reader.line_num}: {file} is named twice; keep one of the lines")
                sources[file] = source
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8") from error
        except csv.Error as error:
            raise InputError(f"{path}, after line {reader.line_num}: {error}; write it as a CSV line") from error
    return sources


def read_source(row: Mapping[str, str | None], folder: Path, where: str) -> tuple[str, Source]:
    """The file that one line names, and what it says of it; raises `InputError`."""
    file, url, publisher, published = (original((row[column] or "").strip()).strip() or None for column in COLUMNS)
    if file is None:
        raise InputError(f"{where}: no file is named; give its path below {folder.name}/ or remove the line")
    if published is not None and not is_date(published):
        raise InputError(f"{where}: {published!r} is no date; write it like 2025-03-28, 2025-03 or 2025")
    return file, Source(url, publisher, published)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date to some precision, and in the calendar."""
    if not re.fullmatch(ISO_DATE, text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
