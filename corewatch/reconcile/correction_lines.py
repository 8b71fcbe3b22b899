"""The lines of a `corrections.csv`: what an analyst put right, typed and checked.

A line has these columns; only `row` and `passage` may be left out of the file:

- `doc_id`, `table`, `start`, `end`: where the row stands. A row that overlaps the passage is meant, one on exactly the passage before
  others.
- `action`: `drop` takes the row out, `change` gives one of its columns another value, `add` makes a new row of the passage.
- `field`, `value`: the column and its value, as a CSV file of the table has it (`11900000000`, `true`, nothing for unknown).
- `reason`: why. It goes into the row's column `corrected`.
- `row`: which row, where several stand on one passage, as conditions on what was read: `kind=debt; low=2400000000`.
  The lines of one added row share a label here, so that a passage may get several rows.
- `passage`: the words at `start` to `end`, to notice that the text is another one now.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corewatch.contract import CONTRACT, EVIDENCE, Column
from corewatch.documents.walking import lines_of
from corewatch.errors import CorrectionError

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("doc_id", "table", "start", "end", "action", "field", "value", "reason")
OPTIONAL_COLUMNS = ("row", "passage")
ACTIONS = ("add", "change", "drop")
# Made by the program, or decided where documents are joined.
FIXED = (
    "doc_id",
    "mention_id",
    "figure_id",
    "relation_id",
    "statement_id",
    "deal_id",
    "metric_id",
    "evidence",
    "quote",
    "text",
    "corrected",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a corrections file; `where` is file and line number, for messages."""

    where: str
    doc_id: str
    table: str
    start: int
    end: int
    action: Literal["add", "change", "drop"]
    field: str | None = None
    value: Any = None
    written: str | None = None
    reason: str | None = None
    row: str | None = None
    passage: str | None = None

    @property
    def place(self) -> tuple[str, str, int, int, str | None]:
        """What the lines of one added row have in common."""
        return self.table, self.doc_id, self.start, self.end, self.row


def read_corrections(paths: Iterable[Path]) -> list[Line]:
    """The lines of the `corrections.csv` in each folder that is given; beside a file that is given, the lines on that file.

    Raises `CorrectionError` that names file and line for a line that cannot be understood.
    """
    lines: list[Line] = []
    wanted: dict[Path, set[str] | None] = {}
    for path in paths:
        folder, stem = (path, None) if path.is_dir() else (path.parent, path.stem)
        if stem is None:
            wanted[folder] = None
        elif (stems := wanted.setdefault(folder, set())) is not None:
            stems.add(stem)
    for folder in sorted(wanted):
        file, stems = folder / CORRECTIONS_FILE, wanted[folder]
        if file.exists():
            lines += [line for line in read_file(file) if stems is None or line.doc_id in stems]
    return lines


def read_file(path: Path) -> list[Line]:
    """All lines of one file."""
    with lines_of(path) as opened:
        reader = csv.DictReader(opened, strict=True)
        known = (*COLUMNS, *OPTIONAL_COLUMNS)
        try:
            titles = reader.fieldnames or []
            missing, strange = [c for c in COLUMNS if c not in titles], [c for c in titles if c not in known]
            if missing or strange:
                said = [f"no column {', '.join(missing)}"] * bool(missing) + [f"an unknown column {', '.join(strange)}"] * bool(strange)
                raise CorrectionError(f"{path}, line 1: {' and '.join(said)}; the columns are {', '.join(known)}")
            return [read_line(row, f"{path}, line {reader.line_num}") for row in reader]
        except UnicodeDecodeError as error:
            raise CorrectionError(f"{path}: byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8") from error
        except csv.Error as error:
            raise CorrectionError(f"{path}, line {reader.line_num}: {error}; write it as a CSV line") from error


def read_line(row: Mapping[str | None, Any], where: str) -> Line:
    """One line, its cells typed; raises `CorrectionError`."""
    if None in row or None in row.values():
        raise CorrectionError(
            f"{where}: {'more' if None in row else 'fewer'} cells than columns; put a text with commas between quotation marks"
        )
    cell = {str(title): str(value).strip() or None for title, value in row.items()}
    table, action, field = cell["table"], cell["action"], cell["field"]
    if cell["doc_id"] is None:
        raise CorrectionError(f"{where}: no doc_id; name the document")
    if table not in EVIDENCE:
        raise CorrectionError(f"{where}: there is no table {table!r} to correct; it is one of {', '.join(EVIDENCE)}")
    if action not in ACTIONS:
        raise CorrectionError(f"{where}: {action!r} is no action; it is one of {', '.join(ACTIONS)}")
    offsets = [cell["start"] or "", cell["end"] or ""]
    if not all(offset.isdecimal() for offset in offsets) or int(offsets[0]) >= int(offsets[1]):
        raise CorrectionError(
            f"{where}: {offsets[0]!r} to {offsets[1]!r} is no passage; start and end are whole numbers, start the smaller"
        )
    if action == "drop":
        value = None
    elif field is None:
        raise CorrectionError(f"{where}: no field; name the column that gets the value {cell['value']!r}")
    else:
        value = typed_value(table, field, cell["value"], where)
    conditions = cell.get("row") if action != "add" else None
    for condition in (conditions or "").split("; ") if conditions else []:
        name, equals, written = condition.partition("=")
        if not equals:
            raise CorrectionError(f"{where}: {condition!r} is no condition; write column=value, joined by '; '")
        typed_value(table, name.strip(), written.strip() or None, where, fixed=False)
    return Line(
        where, str(cell["doc_id"]), table, int(offsets[0]), int(offsets[1]), action,  # type: ignore[arg-type]  # checked against ACTIONS above
        field if action != "drop" else None, value, cell["value"] if action != "drop" else None, cell["reason"],
        cell.get("row"), row.get("passage") or None,
    )  # fmt: skip


def typed_value(table: str, field: str, written: str | None, where: str, *, fixed: bool = True) -> Any:
    """A value as the column has it; raises `CorrectionError` for an unknown column or a value that it cannot hold."""
    open_columns = [name for name in CONTRACT[table] if name not in FIXED or (not fixed and name != "corrected")]
    if field not in open_columns:
        raise CorrectionError(f"{where}: {table} has no column {field!r} that can be corrected; there are {', '.join(open_columns)}")
    rule = CONTRACT[table][field]
    try:
        return convert(rule, written)
    except ValueError as error:
        raise CorrectionError(f"{where}: {field} cannot be {written!r}: {error}") from error


def convert(rule: Column, written: str | None) -> Any:
    """A cell of a CSV file as a value; raises `ValueError` that says what is wanted."""
    if written is None:
        if not rule.nullable:
            raise ValueError("it has to have a value")
        return None
    if rule.values and written not in rule.values:
        raise ValueError(f"it is one of {', '.join(rule.values)}")
    if rule.dtype == "bool":
        if written.lower() not in ("true", "false"):
            raise ValueError("it is true or false")
        return written.lower() == "true"
    try:
        return written if rule.dtype == "str" else float(written) if rule.dtype == "float64" else int(written)
    except ValueError:
        raise ValueError("it is a number") from None
