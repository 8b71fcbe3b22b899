"""What an analyst put right, applied to what was read and before documents are joined.

In: the mention tables and the lines of the corrections files beside the articles (`corewatch.reconcile.correction_lines` says how they are
written). Out: the same tables corrected, and the table `corrections` that says what became of each line. Nothing is changed in place.

What becomes of a line: `applied`; `without_effect`, because the row is so already; `stale`, because the text or the row is no longer there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pandas import DataFrame, concat

from corewatch.contract import CONTRACT, EVIDENCE
from corewatch.errors import CorrectionError
from corewatch.reconcile.correction_lines import Line, convert, read_corrections
from corewatch.tables import frame, records

__all__ = ["apply_corrections", "read_corrections"]

# Each table's id, and the letter of its ids.
IDS = {
    "figures": ("figure_id", "f"),
    "deal_mentions": ("mention_id", "d"),
    "metric_mentions": ("mention_id", "m"),
    "relations": ("relation_id", "r"),
    "statements": ("statement_id", "s"),
}

Row = dict[str, Any]
Mentions = dict[str, DataFrame]


def apply_corrections(mentions: Mentions, documents: DataFrame, lines: Sequence[Line]) -> tuple[Mentions, DataFrame]:
    """The mention tables corrected, and the table `corrections`, one row per line in the order given."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    # Only rows of documents that a line names can change; the others are not taken apart.
    named = {line.doc_id for line in lines}
    concerned = {name: mentions[name]["doc_id"].isin(named) for name in IDS}
    before = {name: records(mentions[name][concerned[name]]) for name in IDS}
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
        table = concat([mentions[name][~concerned[name]], frame(name, kept)], ignore_index=True)
        corrected[name] = table.sort_values(["doc_id", "start"], kind="stable", ignore_index=True)
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
        said = ", ".join(str(rows[one][IDS[line.table][0]]) for one in at)
        raise CorrectionError(f"{line.where}: {len(at)} rows stand on the passage ({said}); say which in the column row, like kind=debt")
    row = rows[at[0]]
    if line.action == "drop":
        dropped.add(at[0])
        return "applied", f"{row[IDS[line.table][0]]} was taken out"
    field = str(line.field)
    if row[field] == line.value:
        return "without_effect", f"{field} is {line.written or 'unknown'} already; remove the line"
    was = row[field]
    row[field] = line.value
    if field in ("start", "end"):
        row[EVIDENCE[line.table]] = texts[line.doc_id][row["start"] : row["end"]]
    note(row, line.reason)
    return "applied", f"{field} was {'unknown' if was is None else was}"


def add(group: Sequence[Line], after: dict[str, list[Row]], texts: Mapping[str, str]) -> tuple[str, str]:
    """Add the row that a group of lines describes, unless it was read already, and say what became of the lines."""
    first = group[0]
    words, (key, letter) = EVIDENCE[first.table], IDS[first.table]
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
    """Write down in a row why it was corrected, each reason once; since the cell lists reasons, a semicolon inside one becomes a comma."""
    if "corrected" in row:
        said = [*(row["corrected"] or "").split("; "), (reason or "corrected").replace("; ", ", ")]
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
