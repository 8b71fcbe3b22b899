"""The fold at the end of every page: parameters, inputs with their digests, versions, the command that makes the page again, how to cite
the edition, and what was left out and why.

In: tables, parameters as they are said, a command. Out: one fold, closed, in the same words on every page; nothing in it knows a clock.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import metadata

from markupsafe import Markup

from corewatch.report.editions import edition_line, input_digest
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, table
from corewatch.report.parameters import Value
from corewatch.report.reading import Reading, rows
from corewatch.report.wording import counted, start_upper, words
from corewatch.tables import Tables

SUMMARY = "How this page was made, and how to cite it"
CITED = "Money in AI infrastructure"
# What the figures rest on; their versions are named where a page says how it was made.
NAMED_VERSIONS = ("corewatch", "pandas", "numpy", "networkx", "matplotlib", "seaborn")


def fold(facts: Sequence[tuple[str, Words]], inside: Markup) -> Fragment:
    """The fold with its facts, and tables below them."""
    return fragment("fold", summary=SUMMARY, facts=facts, tables=inside)


def made_facts(tables: Tables, asked: Sequence[tuple[str, str, str]], command: str, *, corrections: bool = True) -> list[tuple[str, Words]]:
    """What every fold says. `asked` are parameters that are not the standard ones: name, value, and what it is good for."""
    read, unread = counted(len(tables.documents), "article"), len(tables.rejected)
    said = [
        Markup('<span class="read"><code>{} = {}</code> <span class="second">{}</span></span>').format(name, value, good)
        for name, value, good in asked
    ]
    applied = int((tables.corrections["outcome"] == "applied").sum())
    return [
        ("Articles", start_upper(f"{read} read" + (f", {counted(unread, 'file')} not read" if unread else ""))),
        ("Parameters", Markup("").join(said) or "none but the standard ones"),
        ("Corrections", ("none" if not applied else f"{applied:,} applied") if corrections else "left out on request"),
        ("Made again by", Markup("<code>{}</code>").format(command)),
        ("Versions", ", ".join(f"{name} {version}" for name, version in versions().items())),
        ("Input", Markup('<code class="digest">{}</code>').format(input_digest(tables.documents))),
        ("Cite as", Markup('{}<pre class="printed cite">{}</pre>').format(citation(tables), bibtex(tables))),
    ]


def citation(tables: Tables) -> str:
    """How to cite the edition, in a line: what it is, of what date and from what, by which version. It never changes: no day of access."""
    return f"corewatch {versions()['corewatch']}: {CITED}. {edition_line(tables)}"


def bibtex(tables: Tables) -> str:
    """The same for a bibliography."""
    dates = sorted(tables.documents["published"].dropna())
    fields = {
        "author": "{corewatch}",
        "title": CITED.replace("AI", "{AI}"),
        **({"year": dates[-1][:4]} if dates else {}),
        "note": edition_line(tables).rstrip("."),
        "version": versions()["corewatch"],
    }
    inside = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{corewatch-{input_digest(tables.documents)[:12]},\n{inside}}}"


def inputs_table(reading: Reading) -> Fragment:
    """The files that were read, with their digests."""
    inputs = [
        TableRow([Cell(reading.label(row.doc_id)), Cell(row.path), Cell(Markup("<code>{}</code>").format(row.sha256))])
        for row in reading.documents
    ]
    columns = [Column("Article"), Column("File"), Column("SHA-256 of its bytes")]
    return table("Inputs", columns, inputs, caption="What was read", sortable=False)


def left_out(tables: Tables) -> Fragment:
    """The files that were not read, and why."""
    found = rows(tables.rejected)
    if not found:
        return Fragment(Markup('<p class="note after">{}</p>').format("Every file that was given was read."))
    reasons = words()["rejected"]
    return table(
        "Files that were not read", [Column("File"), Column("Why"), Column("What to do", "roomy")],
        [TableRow([Cell(row.path), Cell(reasons.get(row.reason, row.reason)), Cell(row.detail)]) for row in found],
        caption=f"Not read: {counted(len(found), 'file')}", sortable=False,
    )  # fmt: skip


def corrections_table(reading: Reading) -> Fragment:
    """What an analyst put right, and whether it took effect."""
    found = rows(reading.tables.corrections)
    if not found:
        return Fragment(Markup('<p class="note after">{}</p>').format("No correction was given; every row is as it was read."))
    outcomes = {"applied": "applied", "without_effect": "without effect: the row is so already", "stale": "stale: its passage is gone"}
    return table(
        "Corrections", [Column("Article"), Column("What"), Column("Why", "roomy"), Column("Outcome", "roomy")],
        [
            TableRow([
                Cell(reading.label(row.doc_id)),
                Cell(f"{row.action} in {row.table}" + (f": {row.field} is {row.value}" if row.field else "")),
                Cell(row.reason or ""),
                Cell(f"{outcomes[row.outcome]}. {start_upper(row.detail or '')}".strip()),
            ])
            for row in found
        ],
        caption=f"Corrections: {counted(sum(row.outcome == 'applied' for row in found), 'line')} applied", sortable=False,
    )  # fmt: skip


@cache
def versions() -> dict[str, str]:
    """The versions of what the figures rest on."""
    return {name: metadata.version(name) for name in NAMED_VERSIONS}


def quoted(value: Value) -> str:
    """A value as a command line takes it."""
    text = str(value)
    return text if re.fullmatch(r"[\w./+-]+", text) else "'" + text.replace("'", "'\\''") + "'"
