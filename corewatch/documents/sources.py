"""What a text does not say of itself: its address, outlet and date, from a `sources.csv` beside the articles.

The columns are `file`, `url`, `publisher`, `published`; `file` is the path below the folder, an empty cell is unknown.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from corewatch.errors import InputError
from corewatch.tables import ISO_DATE

SOURCES_FILE = "sources.csv"
COLUMNS = ("file", "url", "publisher", "published")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from, as far as it is known."""

    url: str | None = None
    publisher: str | None = None
    published: str | None = None


def read_sources(folder: Path) -> dict[str, Source]:
    """The sources of a folder's files, by their path below the folder; none where there is no `sources.csv`.

    Raises `InputError`, with file and line, for a missing column, a file named twice or a date that is not ISO.
    """
    path = folder / SOURCES_FILE
    if not path.exists():
        return {}
    sources: dict[str, Source] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            raise InputError(f"{path}, line 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            file, url, publisher, published = ((row[column] or "").strip() or None for column in COLUMNS)
            if file is None:
                raise InputError(f"{where}: no file is named; give its path below {folder.name}/ or remove the line")
            if file in sources:
                raise InputError(f"{where}: {file} is named twice; keep one of the lines")
            if published is not None and not re.fullmatch(ISO_DATE, published):
                raise InputError(f"{where}: {published!r} is no date; write it like 2025-03-28, 2025-03 or 2025")
            sources[file] = Source(url, publisher, published)
    return sources
