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
    resources: dict[str, object] = {"corewatch_site": site}
    if executed.problem:
        notebook.metadata["corewatch"]["problem"] = {
            "cell": executed.problem.cell,
            "message": f"{executed.problem.kind}: {executed.problem.message}",
        }
        resources["corewatch_root"] = "../"
        folder, kept = folder / "failed", folder / "failed"
    else:
        kept = folder / "notebooks"
    write_text(folder / f"{executed.name}.html", page_of(notebook, executed.name, resources))
    write_text(kept / f"{executed.name}.ipynb", nbformat.writes(notebook) + "\n")


def write_earlier(path: Path, folder: Path, reports: tuple[str, ...]) -> str:
    """An executed notebook of an earlier edition into `folder`, among these reports; gives the line of its edition.

    Its page says that it is an earlier one, and its numbers lead to its own list of evidence: the articles may be others now.
    """
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    edition = str(notebook.metadata.get("corewatch", {}).get("edition", ""))
    resources = {"corewatch_site": Site(reports, edition), "corewatch_earlier": True}
    write_text(folder / f"{path.stem}.html", page_of(notebook, path.stem, resources))
    write_text(folder / "notebooks" / path.name, text)
    return edition


def page_of(notebook: nbformat.NotebookNode, name: str, resources: Mapping[str, object]) -> str:
    """The page of a notebook."""
    page, _ = CorewatchExporter().from_notebook_node(notebook, {"metadata": {"name": name}, **resources})  # type: ignore[no-untyped-call]  # nbconvert has no types here
    return str(page)


def write_text(path: Path, text: str) -> None:
    """A file of UTF-8 with line feeds, its folder made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
