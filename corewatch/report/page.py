"""A report as an object: opened once by its notebook, whose cells each make a single call.

In: a report's name and parameters. Out: an object whose methods return fragments of the page. All reports share what is here: where
articles contradict each other, how the page was made, and the evidence, which is always last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from markupsafe import Markup

from corewatch.errors import ParameterError
from corewatch.report.contradictions import conflict_blocks
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, table
from corewatch.report.parameters import MODELS, Common, Value, check_names, check_parameters
from corewatch.report.paths import resolve_path
from corewatch.report.reading import Reading, rows
from corewatch.report.wording import counted, listed, start_upper, words
from corewatch.tables import Tables, read_tables

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop
    from corewatch.report.views.deal_sizes import DealSizes
    from corewatch.report.views.revenue_growth import RevenueGrowth
    from corewatch.report.views.source_audit import SourceAudit

# Where a report's tables are: in memory, in a folder, or nowhere yet (an empty text).
Where = str | Path | Tables
# What a notebook's own style would else do to a page's parts.
IN_A_NOTEBOOK = """
& { margin: 0; max-width: 62rem; padding: 1rem 1.25rem; }
tbody tr:nth-child(n) { background: none; }
table { table-layout: auto; }
th, td { vertical-align: baseline; max-width: none; }
blockquote { margin: 0; padding: 0; border: 0; }
.files { display: none; }
"""
# What the figures rest on; their versions are named where a page says how it was made.
NAMED_VERSIONS = ("corewatch", "pandas", "numpy", "networkx", "matplotlib", "seaborn")


class Report:
    """One report on one set of tables. Each method makes a part of its page; they work in any order."""

    name = ""

    def __init__(self, tables: Tables, parameters: Mapping[str, Value]) -> None:
        self.tables = tables
        self.parameters = dict(parameters)
        self.reading = Reading(tables)
        self.register = Evidence(self.reading)

    def _repr_html_(self) -> str:
        # Only JupyterLab needs it: a page brings the whole style sheet and leaves this out.
        return f"<style>{notebook_style()}</style>"

    def __repr__(self) -> str:
        return f"{self.name}: {counted(len(self.reading), 'article')}, {counted(len(self.reading.deals), 'deal')}"

    @property
    def corpus(self) -> str:
        """`five articles`."""
        return counted(len(self.reading), "article")

    def nothing(self, what: str) -> str:
        """What is said where there is nothing to say: `No deal was read from five articles.`"""
        return f"No {what} was read from {self.corpus}." if len(self.reading) else "No article was read."

    def contradictions(self) -> Fragment:
        """Where articles, or an article and arithmetic, differ: both sides, which of them is used, and why."""
        return conflict_blocks(self.reading, self.register, self.chosen_conflicts())

    def chosen_conflicts(self) -> list[str] | None:
        """The ids of the conflicts that concern this report; None for all."""
        return None

    def made(self) -> Fragment:
        """How this page was made: parameters, inputs with their digests, versions, and what was left out and why."""
        unread = len(self.tables.rejected)
        facts: list[tuple[str, Words]] = [
            ("Articles", start_upper(f"{self.corpus} read" + (f", {counted(unread, 'file')} not read" if unread else ""))),
            (
                "Parameters",
                listed([f"{key} = {value!r}" for key, value in self.shown_parameters().items()]) or "none but the standard ones",
            ),
            ("Made again by", Markup("<code>{}</code>").format(self.command())),
            ("Versions", ", ".join(f"{name} {version}" for name, version in versions().items())),
        ]
        inputs = [
            TableRow([Cell(self.reading.label(row.doc_id)), Cell(row.path), Cell(Markup("<code>{}</code>").format(row.sha256))])
            for row in self.reading.documents
        ]
        parts = table(
            "Inputs", [Column("Article"), Column("File"), Column("SHA-256 of its bytes")], inputs,
            caption="What was read", sortable=False,
        ).markup  # fmt: skip
        parts += left_out(self.tables).markup + corrections_table(self.reading).markup
        return fragment("fold", summary="Parameters, inputs and what was left out", facts=facts, tables=parts)

    def shown_parameters(self) -> dict[str, Value]:
        """The parameters that a reader can use: a folder is named without the place where it happens to be."""
        fields = MODELS[self.name].model_fields
        own_first = sorted(fields, key=lambda key: key in Common.model_fields)
        said = {key: self.parameters[key] for key in own_first if self.parameters[key] != fields[key].default}
        return {key: Path(value).name if key in ("tables", "seeds") and isinstance(value, str) else value for key, value in said.items()}

    def command(self) -> str:
        """The command that makes this page again."""
        given = self.shown_parameters()
        options = [f"--seeds {quoted(given['seeds'])}"] if "seeds" in given else []
        options += [f"-p {key} {quoted(value)}" for key, value in given.items() if key != "seeds"]
        return " ".join(["corewatch report", self.name, *options])

    def evidence(self) -> Fragment:
        """Every sentence and sum behind the page, each once, in the order of use. Always the last cell."""
        return fragment("evidence", items=self.register.listing())


@overload
def open_report(
    name: Literal["revenue_growth"], *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value
) -> RevenueGrowth: ...
@overload
def open_report(
    name: Literal["deal_sizes"], *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value
) -> DealSizes: ...
@overload
def open_report(
    name: Literal["closed_loop"], *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value
) -> ClosedLoop: ...
@overload
def open_report(
    name: Literal["source_audit"], *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value
) -> SourceAudit: ...
@overload
def open_report(name: str, *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value) -> Report: ...


def open_report(name: str, *, tables: Where = "", seeds: str | Path = "seeds", corrections: bool = True, **parameters: Value) -> Report:
    """Open a report on a folder of tables, or, where `tables` is empty, on the articles in `seeds`.

    Paths are looked up from the working directory, its parents and the project, so that a notebook works from anywhere. Raises
    `ParameterError` for an unknown report or parameter and `InputError` for a path that does not exist.
    """
    check_names([name])
    common: dict[str, Value] = {"seeds": str(seeds), "corrections": corrections}
    if not isinstance(tables, Tables):
        common["tables"] = str(tables)
    checked = check_parameters([name], {**parameters, **common})[name]
    whole = {key: checked.get(key, field.default) for key, field in MODELS[name].model_fields.items()}
    found = tables if isinstance(tables, Tables) else load(str(tables), str(seeds), corrections=corrections)
    made: Report = report_class(name)(found, whole)
    return made


def report_class(name: str) -> type[Report]:
    """The class of a report, from the module of its name."""
    found = getattr(import_module(f"corewatch.report.views.{name}"), "REPORT", None)
    if not (isinstance(found, type) and issubclass(found, Report)):
        raise ParameterError(f"no view is written for report {name!r}; see corewatch/report/views")
    return found


def load(tables: str, seeds: str, *, corrections: bool) -> Tables:
    """The tables of a folder, or those that the articles give."""
    if tables:
        return read_tables(resolve_path(tables, what="folder of tables"))
    from corewatch.pipeline import parse

    return parse(resolve_path(seeds, what="folder of articles"), corrections=corrections)


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


@cache
def notebook_style() -> str:
    """The style sheet for a notebook: the rules of a page, nested in what corewatch shows, so that nothing around it changes.

    The class is doubled because JupyterLab's own rules for tables and quotations name a class too.
    """
    sheet = files("corewatch.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"@media print \{.*?\n\}\n", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"(?m)^html \{[^}]*\}\n", "", sheet)
    sheet = re.sub(r"(?m)^(\s*)(?::root|body) \{", r"\1& {", sheet)
    return f".corewatch.corewatch {{\n{sheet}\n{IN_A_NOTEBOOK}}}"
