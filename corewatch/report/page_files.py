"""Executed notebooks to files: the notebook itself and its page, or the page that says what went wrong."""

from collections.abc import Mapping
from pathlib import Path

import nbformat

from corewatch.report.execution import Executed
from corewatch.report.exporter import CorewatchExporter
from corewatch.report.parameters import Value
from corewatch.report.shell import Site


def write_executed(executed: Executed, folder: Path, site: Site, parameters: Mapping[str, Value]) -> None:
    """`deal_sizes.html` and `notebooks/deal_sizes.ipynb` in `folder`; both in `folder/failed` where the notebook failed."""
    notebook = executed.notebook
    notebook.metadata["corewatch"] = {"edition": site.edition, "parameters": dict(parameters)}
    resources: dict[str, object] = {"corewatch_site": site, "metadata": {"name": executed.name}}
    if executed.problem:
        notebook.metadata["corewatch"]["problem"] = {"cell": executed.problem.cell, "message": executed.problem.message}
        resources["corewatch_root"] = "../"
        folder, kept = folder / "failed", folder / "failed"
    else:
        kept = folder / "notebooks"
    page, _ = CorewatchExporter().from_notebook_node(notebook, resources)  # type: ignore[no-untyped-call]  # nbconvert has no types here
    write_text(folder / f"{executed.name}.html", page)
    write_text(kept / f"{executed.name}.ipynb", nbformat.writes(notebook) + "\n")


def write_text(path: Path, text: str) -> None:
    """A file of UTF-8 with line feeds, its folder made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
