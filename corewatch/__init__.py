"""corewatch reads news articles on AI-infrastructure deals into tidy tables, every row with the exact words that it rests on.

>>> import corewatch
>>> tables = corewatch.parse("seeds")
>>> tables.deals, tables.metrics, tables.conflicts

What the command line does, one call does: `parse`, `explain`, `explain_deal`, `find_changes`, `write_tables`, `read_tables`,
`write_loop`, `find_figures`, `run_reports`, `verify_run`, `add_article`;
a notebook opens its report with `open_report`.
The names below are loaded when they are first used, so that `import corewatch` takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corewatch.contract import CONTRACT as CONTRACT
    from corewatch.documents.adding import add_article as add_article
    from corewatch.documents.limits import Limits as Limits
    from corewatch.errors import ContractError as ContractError
    from corewatch.errors import CorewatchError as CorewatchError
    from corewatch.errors import CorrectionError as CorrectionError
    from corewatch.errors import InputError as InputError
    from corewatch.errors import LexiconError as LexiconError
    from corewatch.errors import ParameterError as ParameterError
    from corewatch.errors import ReportError as ReportError
    from corewatch.explaining import explain as explain
    from corewatch.language.article import Figure as Figure
    from corewatch.language.figures import figures_of
    from corewatch.loop.indicators import loop_indicators as loop_indicators
    from corewatch.loop.study import study_loop as study_loop
    from corewatch.loop.study import study_of as study_of
    from corewatch.loop.verdicts import loop_verdicts as loop_verdicts
    from corewatch.loop.writing import judge_loop as judge_loop
    from corewatch.loop.writing import write_loop as write_loop
    from corewatch.pipeline import open_tables as open_tables
    from corewatch.pipeline import parse as parse
    from corewatch.reconcile.changes import find_changes as find_changes
    from corewatch.reconcile.explaining import explain_deal as explain_deal
    from corewatch.report.page import open_report as open_report
    from corewatch.runs.making import Run as Run
    from corewatch.runs.making import run_reports as run_reports
    from corewatch.runs.verifying import verify_run as verify_run
    from corewatch.tables import Tables as Tables
    from corewatch.tables import read_tables as read_tables
    from corewatch.tables import write_tables as write_tables

    find_figures = figures_of

# Where each public name is defined; a colon where it is called something else there.
PUBLIC = {
    "CONTRACT": "corewatch.contract",
    "ContractError": "corewatch.errors",
    "CorewatchError": "corewatch.errors",
    "CorrectionError": "corewatch.errors",
    "Figure": "corewatch.language.article",
    "InputError": "corewatch.errors",
    "LexiconError": "corewatch.errors",
    "Limits": "corewatch.documents.limits",
    "ParameterError": "corewatch.errors",
    "ReportError": "corewatch.errors",
    "Run": "corewatch.runs.making",
    "Tables": "corewatch.tables",
    "add_article": "corewatch.documents.adding",
    "explain": "corewatch.explaining",
    "explain_deal": "corewatch.reconcile.explaining",
    "find_changes": "corewatch.reconcile.changes",
    "find_figures": "corewatch.language.figures:figures_of",
    "judge_loop": "corewatch.loop.writing",
    "loop_indicators": "corewatch.loop.indicators",
    "loop_verdicts": "corewatch.loop.verdicts",
    "open_report": "corewatch.report.page",
    "open_tables": "corewatch.pipeline",
    "parse": "corewatch.pipeline",
    "read_tables": "corewatch.tables",
    "run_reports": "corewatch.runs.making",
    "study_loop": "corewatch.loop.study",
    "study_of": "corewatch.loop.study",
    "verify_run": "corewatch.runs.verifying",
    "write_loop": "corewatch.loop.writing",
    "write_tables": "corewatch.tables",
}
__all__ = tuple(PUBLIC)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """A public name, loaded from its module on first use."""
    if name not in PUBLIC:
        raise AttributeError(f"corewatch has no {name!r}; it has {', '.join(PUBLIC)}")
    module, _, other = PUBLIC[name].partition(":")
    value = getattr(import_module(module), other or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *PUBLIC})
