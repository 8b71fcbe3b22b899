"""The notebooks: prose, one cell of parameters, single calls; no outputs, and nothing in them that the data should say."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from corewatch.report.page import report_class
from corewatch.report.parameters import REPORTS

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def cells(name: str, kind: str) -> list[Any]:
    """The cells of a kind."""
    return [cell for cell in nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells if cell.cell_type == kind]


def test_there_is_a_notebook_for_every_report_and_no_other() -> None:
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == sorted(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_is_valid_and_has_no_outputs(name: str) -> None:
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(not cell.outputs and cell.execution_count is None for cell in cells(name, "code"))


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_has_one_cell_of_parameters_with_help_for_each(name: str) -> None:
    tagged = [cell for cell in cells(name, "code") if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    lines = tagged[0].source.splitlines()
    assert all(re.fullmatch(r"[a-z_]+: (str|float|int|bool) = \S.*?  # \S.*", line) for line in lines)
    assert [line.split(":")[0] for line in lines[-3:]] == ["tables", "seeds", "corrections"]


@pytest.mark.parametrize("name", REPORTS)
def test_every_other_cell_is_a_single_call(name: str) -> None:
    code = [cell for cell in cells(name, "code") if "parameters" not in cell.metadata.get("tags", [])]
    assert re.fullmatch(r"import corewatch\n\nreport = corewatch\.open_report\([^()]*\)\nreport", code[0].source)
    for cell in code[1:]:
        call = re.fullmatch(r"report\.([a-z_]+)\(\)", cell.source)
        assert call, cell.source
        assert hasattr(report_class(name), call[1])
    assert [cell.source for cell in code[-2:]] == ["report.evidence()", "report.made()"]


@pytest.mark.parametrize("name", REPORTS)
def test_prose_has_no_number_and_no_company(name: str) -> None:
    prose = "\n".join(cell.source for cell in cells(name, "markdown"))
    assert not re.search(r"\d", prose)
    assert not re.search(r"\b(?:Nvidia|Microsoft|OpenAI|CoreWeave|Google|Goswami|Semafor)\b", prose)


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_opens_with_a_question(name: str) -> None:
    first = cells(name, "markdown")[0].source
    assert re.match(r"# [^\n]+\?\n", first)
    assert sum(line.startswith("# ") for cell in cells(name, "markdown") for line in cell.source.splitlines()) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_cells_have_stable_ids_that_name_what_they_show(name: str) -> None:
    ids = [cell.id for kind in ("code", "markdown") for cell in cells(name, kind)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\d\d-[a-z-]+", one) for one in ids)
