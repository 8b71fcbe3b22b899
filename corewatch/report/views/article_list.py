"""The list of articles read, with what each gave: for the first page and for the source audit.

In: the tables of a report. Out: one row a document, in their order; beyond many the row stays short.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, number_cell, quiet, table
from corewatch.report.links import passage_link
from corewatch.report.reading import Reading, rows
from corewatch.report.wording import counted, listed, opening, period_words, present, start_upper

GIVEN = ("figures", "deal_mentions", "metric_mentions", "relations", "statements")
TITLES = {
    "figures": "Figures", "deal_mentions": "Deals", "metric_mentions": "Measures", "relations": "Ties", "statements": "Statements",
}  # fmt: skip


def article_rows(reading: Reading, given: Sequence[str] = GIVEN) -> list[TableRow]:
    """A row for each article, with how many rows of each table in `given` it gave."""
    counts = {name: Counter(reading.tables[name]["doc_id"]) for name in given}
    names = credited(reading)
    known = any(source_of(row) for row in reading.documents)
    found = []
    for row in reading.documents:
        page = passage_link(row.doc_id, 0).removesuffix("#c0")
        link = Markup('<a class="said" href="{}">{}</a>').format(page, present(row.title) or opening(row.text))
        cells = [Cell(reading.label(row.doc_id)), Cell(link)]
        cells += [Cell(source_of(row) or quiet("not stated"))] if known else []
        cells.append(number_cell(f"{row.n_words:,}", row.n_words))
        cells += [number_cell(f"{counts[name][row.doc_id]:,}", counts[name][row.doc_id]) for name in given]
        found.append(TableRow([*cells, Cell(names.get(row.doc_id) or quiet("nobody"))]))
    return found


def source_of(row: Any) -> str:
    """The outlet and date of a document, as far as they are known."""
    parts = [present(row.publisher), period_words(row.published) if present(row.published) else None]
    return ", ".join(part for part in parts if part)


def credited(reading: Reading) -> dict[str, Words]:
    """Whom each article credits: outlets and people that it names as the source of a deal or an opinion."""
    names: dict[str, list[str]] = {}
    for row in rows(reading.tables.deal_mentions):
        if row.asserted_by:
            names.setdefault(row.doc_id, []).append(row.asserted_by)
    for row in rows(reading.tables.statements):
        if row.affiliation or row.speaker:
            names.setdefault(row.doc_id, []).append(row.speaker or row.affiliation)
    return {doc_id: listed(dict.fromkeys(found), 4) for doc_id, found in names.items()}


def article_table(reading: Reading, found: list[TableRow], given: Sequence[str] = GIVEN, *, most: int = 0) -> Fragment:
    """The list as a table; beyond `most` rows it says where the others are."""
    rejected = len(reading.tables.rejected)
    if not found:
        said = f"No article was read; {counted(rejected, 'file')} {'was' if rejected == 1 else 'were'} given and not read."
        said = said if rejected else "No article was read, and no file was given."
        return Fragment(Markup('<p class="note">{}</p>').format(said))
    known = any(source_of(row) for row in reading.documents)
    given_words = start_upper(counted(len(found) + rejected, "file"))
    caption = f"{given_words} given, {counted(len(found), 'article')} read, {rejected or 'none'} rejected."
    copies = int(reading.tables.documents["copy_of"].notna().sum())
    if copies:
        repeat = "repeats most of another and counts" if copies == 1 else "repeat most of another and count"
        caption += f" {start_upper(counted(copies, 'article'))} {repeat} with it as one source."
    caption += "" if known else " No file names its outlet or date."
    columns = [Column("No."), Column("Title, or opening words", "roomy"), *[Column("Outlet and date")] * known, Column("Words", "num")]
    columns += [*[Column(TITLES[name], "num") for name in given], Column("Credits")]
    if most and len(found) > most:
        caption += f" The first {most}; the source audit lists all."
    return table("Articles read", columns, found[:most] if most else found, caption=caption, sources=("documents",))
