"""A report as an object: opened once by its notebook, whose cells each make a single call.

In: a report's name and parameters. Out: an object whose methods return fragments of the page. All reports share what is here: where
articles contradict each other, how the page was made, and the evidence, which is always last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from corewatch.errors import ParameterError
from corewatch.report.contradictions import conflict_blocks
from corewatch.report.evidence import Evidence
from corewatch.report.fold import corrections_table, fold, inputs_table, left_out, made_facts, quoted
from corewatch.report.fragments import Fragment, fragment
from corewatch.report.name_links import named
from corewatch.report.parameters import MODELS, Common, Value, check_names, check_parameters
from corewatch.report.paths import resolve_path
from corewatch.report.reading import Reading
from corewatch.report.wording import counted
from corewatch.tables import Tables, read_tables

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop
    from corewatch.report.views.deal_sizes import DealSizes
    from corewatch.report.views.revenue_growth import RevenueGrowth
    from corewatch.report.views.source_audit import SourceAudit

# Where a report's tables are: in memory, in a folder, or nowhere yet (an empty text).
Where = str | Path | Tables
# The folder of tables beside the pages of a site.
SITE_TABLES = "tables"
# What a notebook's own style would else do to a page's parts.
IN_A_NOTEBOOK = """
& { margin: 0; max-width: 62rem; padding: 1rem 1.25rem; }
tbody tr:nth-child(n) { background: none; }
table { table-layout: auto; }
th, td { vertical-align: baseline; max-width: none; }
blockquote { margin: 0; padding: 0; border: 0; }
.files { display: none; }
"""


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
        return self.named(conflict_blocks(self.reading, self.register, self.chosen_conflicts()))

    def named(self, made: Fragment) -> Fragment:
        """A part of the page with links from the names of companies to their pages."""
        return named(self.reading, made)

    def chosen_conflicts(self) -> list[str] | None:
        """The ids of the conflicts that concern this report; None for all."""
        return None

    def made(self) -> Fragment:
        """How this page was made, how to make it again and to cite it, what went in, and what was left out and why. The last cell."""
        fields = MODELS[self.name].model_fields
        asked = [(key, repr(value), fields[key].description or "") for key, value in self.shown_parameters().items()]
        facts = made_facts(self.tables, asked, self.command(), corrections=bool(self.parameters["corrections"]))
        return fold(facts, inputs_table(self.reading).markup + left_out(self.tables).markup + corrections_table(self.reading).markup)

    def shown_parameters(self) -> dict[str, Value]:
        """The parameters that a reader can use: a folder is named without the place where it happens to be."""
        fields = MODELS[self.name].model_fields
        own_first = sorted(fields, key=lambda key: key in Common.model_fields)
        said = {key: self.parameters[key] for key in own_first if self.parameters[key] != fields[key].default}
        # A site's notebooks read the tables of the site, which a reader makes again with it.
        said = {key: value for key, value in said.items() if (key, value) != ("tables", SITE_TABLES)}
        return {key: Path(value).name if key in ("tables", "seeds") and isinstance(value, str) else value for key, value in said.items()}

    def command(self) -> str:
        """The command that makes this page again."""
        given = self.shown_parameters()
        options = [f"--seeds {quoted(given['seeds'])}"] if "seeds" in given else []
        options += [f"-p {key} {quoted(value)}" for key, value in given.items() if key != "seeds"]
        return " ".join(["corewatch report", self.name, *options])

    def evidence(self) -> Fragment:
        """Every sentence and sum behind the page, each once, in the order of use. Only how the page was made comes after it."""
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
