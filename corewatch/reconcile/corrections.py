"""What an analyst put right, from `corrections.csv`, applied to what was read and before documents are joined.

In: the mention tables and the lines of the corrections files beside the articles. Out: the same tables corrected, and the table
`corrections` that says what became of each line. Nothing is changed in place.

A line has these columns; only `passage` and `row` may be left out of the file:

- `doc_id`, `table`, `start`, `end`: where the row stands. A row that overlaps the passage is meant, one on exactly the passage before
  others.
- `action`: `drop` takes the row out, `change` gives one of its columns another value, `add` makes a new row of the passage.
- `field`, `value`: the column and its value, as a CSV file of the table has it (`11900000000`, `true`, nothing for unknown).
- `reason`: why. It goes into the row's column `corrected`.
- `row`: which row, where several stand on one passage, as conditions on what was read: `kind=debt; low=2400000000`.
  The lines of one added row share a label here, so that a passage may get several rows.
- `passage`: the words at `start` to `end`, to notice that the text is another one now.

What becomes of a line: `applied`; `without_effect`, because the row is so already; `stale`, because the text or the row is no longer there.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pandas import DataFrame

from corewatch.errors import CorrectionError
from corewatch.tables import CONTRACT, Column, frame, records

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("doc_id", "table", "start", "end", "action", "field", "value", "reason")
OPTIONAL_COLUMNS = ("row", "passage")
# Which tables can be corrected: the column with the exact words, the id, and the letter of its ids.
TABLES = {
    "figures": ("text", "figure_id", "f"),
    "deal_mentions": ("evidence", "mention_id", "d"),
    "metric_mentions": ("evidence", "mention_id", "m"),
    "relations": ("evidence", "relation_id", "r"),
    "statements": ("quote", "statement_id", "s"),
}
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

Row = dict[str, Any]
Mentions = dict[str, DataFrame]


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
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened, strict=True)
        known = (*COLUMNS, *OPTIONAL_COLUMNS)
        titles = reader.fieldnames or []
        missing, strange = [c for c in COLUMNS if c not in titles], [c for c in titles if c not in known]
        if missing or strange:
            said = [f"no column {', '.join(missing)}"] * bool(missing) + [f"an unknown column {', '.join(strange)}"] * bool(strange)
            raise CorrectionError(f"{path}, line 1: {' and '.join(said)}; the columns are {', '.join(known)}")
        try:
            return [read_line(row, f"{path}, line {reader.line_num}") for row in reader]
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
    if table not in TABLES:
        raise CorrectionError(f"{where}: there is no table {table!r} to correct; it is one of {', '.join(TABLES)}")
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
        where, str(cell["doc_id"]), table, int(offsets[0]), int(offsets[1]), action,  # type: ignore[arg-type]
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


def apply_corrections(mentions: Mentions, documents: DataFrame, lines: Sequence[Line]) -> tuple[Mentions, DataFrame]:
    """The mention tables corrected, and the table `corrections`, one row per line in the order given."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    before = {name: records(mentions[name]) for name in TABLES}
    # Conditions are on the rows as read, so that the order of the lines does not matter.
    after = {name: [dict(row) for row in rows] for name, rows in before.items()}
    dropped: dict[str, set[int]] = defaultdict(set)
    touched: set[str] = set()
    outcomes: dict[int, tuple[str, str]] = {}
    added: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        gone = passage_gone(line, texts)
        if gone is not None:
            outcomes[number] = ("stale", gone)
        elif line.action == "add":
            added[line.place].append(number)
        else:
            at = find_row(line, before[line.table])
            outcomes[number] = outcome = change(line, at, after[line.table], dropped[line.table], texts)
            if outcome[0] == "applied":
                touched.add(line.table)
    for numbers in added.values():
        group = [lines[number] for number in numbers]
        outcome = add(group, after, texts)
        outcomes.update(dict.fromkeys(numbers, outcome))
        if outcome[0] == "applied":
            touched.add(group[0].table)
    corrected = dict(mentions)
    for name in sorted(touched):
        kept = [row for at, row in enumerate(after[name]) if at not in dropped[name]]
        kept.sort(key=lambda row: (row["doc_id"], row["start"]))
        corrected[name] = frame(name, kept)
    told = [
        {
            "doc_id": line.doc_id, "table": line.table, "start": line.start, "end": line.end, "action": line.action, "field": line.field,
            "value": line.written, "reason": line.reason, "outcome": outcomes[number][0], "detail": outcomes[number][1],
        }
        for number, line in enumerate(lines)
    ]  # fmt: skip
    return corrected, frame("corrections", told)


def passage_gone(line: Line, texts: Mapping[str, str]) -> str | None:
    """Why the passage of a line is no longer there; null where it is."""
    if line.doc_id not in texts:
        return f"no document {line.doc_id} was read; put it back or remove the line"
    text = texts[line.doc_id]
    if line.end > len(text):
        return f"the text ends at {len(text)}; find the passage again or remove the line"
    if line.passage is not None and text[line.start : line.end] != line.passage:
        at = text.find(line.passage)
        return (
            f"the words now stand at {at} to {at + len(line.passage)}; correct start and end"
            if at >= 0
            else "the words are no longer in the text; remove the line"
        )
    return None


def find_row(line: Line, rows: Sequence[Row]) -> list[int]:
    """The rows that a line can mean: those on exactly its passage, else those that overlap it; `row` chooses among them."""
    near = [
        at
        for at, row in enumerate(rows)
        if row["doc_id"] == line.doc_id and row["start"] < line.end and line.start < row["end"] and fits(line, row)
    ]
    exact = [at for at in near if (rows[at]["start"], rows[at]["end"]) == (line.start, line.end)]
    return exact or near


def fits(line: Line, row: Row) -> bool:
    """Whether a row meets the conditions of a line."""
    for condition in line.row.split("; ") if line.row else []:
        name, _, written = condition.partition("=")
        if row[name.strip()] != convert(CONTRACT[line.table][name.strip()], written.strip() or None):
            return False
    return True


def change(line: Line, at: list[int], rows: list[Row], dropped: set[int], texts: Mapping[str, str]) -> tuple[str, str]:
    """Change or drop the row that is meant, and say what became of the line."""
    if not at and line.action == "drop":
        return "without_effect", "no such row was read from the passage; remove the line"
    if not at:
        return "stale", "no such row was read from the passage any more; remove the line or add the row"
    if len(at) > 1:
        said = ", ".join(str(rows[one][TABLES[line.table][1]]) for one in at)
        raise CorrectionError(f"{line.where}: {len(at)} rows stand on the passage ({said}); say which in the column row, like kind=debt")
    row = rows[at[0]]
    if line.action == "drop":
        dropped.add(at[0])
        return "applied", f"{row[TABLES[line.table][1]]} was taken out"
    field = str(line.field)
    if row[field] == line.value:
        return "without_effect", f"{field} is {line.written or 'unknown'} already; remove the line"
    was = row[field]
    row[field] = line.value
    if field in ("start", "end"):
        row[TABLES[line.table][0]] = texts[line.doc_id][row["start"] : row["end"]]
    note(row, line.reason)
    return "applied", f"{field} was {'unknown' if was is None else was}"


def add(group: Sequence[Line], after: dict[str, list[Row]], texts: Mapping[str, str]) -> tuple[str, str]:
    """Add the row that a group of lines describes, unless it was read already, and say what became of the lines."""
    first = group[0]
    words, key, letter = TABLES[first.table]
    values = {str(line.field): line.value for line in group}
    rows = after[first.table]
    here = [row for row in rows if row["doc_id"] == first.doc_id and row["start"] < first.end and first.start < row["end"]]
    if any(all(row[field] == value for field, value in values.items()) for row in here):
        return "without_effect", "the row was read already; remove the line"
    row: Row = dict.fromkeys(CONTRACT[first.table])
    row |= {"doc_id": first.doc_id, "start": first.start, "end": first.end, words: texts[first.doc_id][first.start : first.end]} | values
    nth, taken = 1, {other[key] for other in rows}
    while (name := f"{first.doc_id}:{letter}{first.start}" + (f".{nth}" if nth > 1 else "")) in taken:
        nth += 1
    row[key] = name
    if "confidence" in row:
        row["confidence"] = 1.0 if row["confidence"] is None else row["confidence"]
        for line in group:
            note(row, line.reason)
        row["corrected"] = row["corrected"] or "added"
    if "figure_id" in row and first.table != "figures":
        row["figure_id"] = figure_of(row, after["figures"])
    for field, rule in CONTRACT[first.table].items():
        if rule.dtype == "bool" and row[field] is None:
            row[field] = False
        if row[field] is None and not rule.nullable:
            raise CorrectionError(f"{first.where}: an added row of {first.table} needs {field}; add a line that gives it")
    rows.append(row)
    return "applied", f"added as {name}"


def note(row: Row, reason: str | None) -> None:
    """Write down in a row why it was corrected, each reason once."""
    if "corrected" in row:
        said = [*(row["corrected"] or "").split("; "), reason or "corrected"]
        row["corrected"] = "; ".join(dict.fromkeys(part for part in said if part))


def figure_of(row: Row, figures: Iterable[Row]) -> str | None:
    """The one figure inside a row's passage with the row's bounds."""
    inside = [
        figure["figure_id"]
        for figure in figures
        if figure["doc_id"] == row["doc_id"] and row["start"] <= figure["start"] and figure["end"] <= row["end"]
        and (figure["low"], figure["high"]) == (row["low"], row["high"])
    ]  # fmt: skip
    return inside[0] if len(inside) == 1 else None
