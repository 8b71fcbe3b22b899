"""Who is told of what changed between two runs, with runs that hold tables alone."""

import json
import shlex
import sys
from pathlib import Path

import pandas
import pytest

from corewatch.pipeline import parse
from corewatch.runs.manifest import Manifest
from corewatch.runs.recipe import Recipe
from corewatch.runs.shelf import Shelf
from corewatch.runs.telling import NotifyError, tell
from corewatch.tables import Tables, frame, write_frames, write_tables

TEXTS = {
    "a" * 16: "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.",
    "b" * 16: "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.\n",
    "c" * 16: "Tarnfell agreed to pay Quillon $3.9 billion over six years for computing power.",
    "d" * 16: "Revenue of Quillon was $800 million in 2031.",
    "e" * 16: "Revenue of Quillon was $900 million in 2031.",
}
FIRST, SAME, OTHER, LESS, MORE = TEXTS


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tables]:
    """The tables of each run: the article, the same with another end, with another amount, of two revenues."""
    note = tmp_path_factory.mktemp("articles") / "note.txt"
    return {run_id: parse(note) for run_id, text in TEXTS.items() if note.write_text(text)}


@pytest.fixture
def shelf(tmp_path: Path, told: dict[str, Tables]) -> Shelf:
    """The runs, of which the first is shown."""
    shelf = Shelf(tmp_path / "site")
    shelf.out.mkdir()
    for run_id, tables in told.items():
        write_frames(dict(tables.items()), tmp_path / "made" / "tables", "parquet", "")
        Manifest(run_id, Recipe({}, {}, True, {}, "", {})).write(tmp_path / "made")
        shelf.put(tmp_path / "made", run_id)
    shelf.switch(FIRST, tell=True)
    return shelf


def command(folder: Path) -> str:
    """A command that writes what it reads to `told.json`, anew each time."""
    code = f"import sys; open({str(folder / 'told.json')!r}, 'w').write(sys.stdin.read())"
    return shlex.join([sys.executable, "-c", code])


def test_a_material_change_is_told_once(shelf: Shelf, tmp_path: Path) -> None:
    shelf.switch(SAME, tell=True)
    assert tell(shelf, command(tmp_path)) == 0
    assert not (tmp_path / "told.json").exists()
    shelf.switch(OTHER, tell=True)
    assert tell(shelf, command(tmp_path)) > 0
    told = json.loads((tmp_path / "told.json").read_text())
    assert {"deal_amount", "document_edited"} <= {row["what"] for row in told}
    assert tell(shelf, command(tmp_path)) == 0


def test_what_could_not_be_told_is_told_later_with_what_changed_since(shelf: Shelf, tmp_path: Path) -> None:
    shelf.switch(OTHER, tell=True)
    for failing, said in {
        "no-such-command --token=s3cret": "no-such-command: No such file or directory",
        shlex.join([sys.executable, "-c", "raise SystemExit(3)", "s3cret"]): f"{sys.executable} gave exit code 3",
        "'": "it is no command line",
        "": "it is no command line",
    }.items():
        with pytest.raises(NotifyError, match=f"told again by the next run: {said}$"):
            tell(shelf, failing)
    assert shelf.untold == FIRST
    shelf.switch(SAME, tell=True)
    shelf.switch(OTHER, tell=True)
    assert tell(shelf, command(tmp_path)) > 0
    assert shelf.untold is None


def test_the_first_run_is_no_change(shelf: Shelf, tmp_path: Path) -> None:
    assert tell(shelf, command(tmp_path)) == 0


def test_another_amount_of_a_measure_is_material_and_a_file_that_is_read_at_last_is_not(
    shelf: Shelf, tmp_path: Path, told: dict[str, Tables]
) -> None:
    shelf.switch(LESS)
    shelf.switch(MORE, tell=True)
    assert tell(shelf, command(tmp_path)) == 1
    heard = json.loads((tmp_path / "told.json").read_text())
    assert [(row["what"], row["before"], row["after"]) for row in heard] == [
        ("metric_amount", "$800 million", "$900 million"), ("document_edited", "note", "note"),
    ]  # fmt: skip
    (tmp_path / "told.json").unlink()
    # An article is locked one night and read the next, and says nothing that the reports are made of.
    tables = told[MORE]
    refused = {"path": "locked.pdf", "reason": "encrypted", "detail": "It is locked."}
    write_tables(tables.replace(rejected=frame("rejected", [refused])), shelf.folder(LESS) / "tables")
    shelf.switch(LESS, tell=True)
    assert tell(shelf, command(tmp_path)) == 0
    read = tables.documents.assign(doc_id="locked", path="locked.pdf", text="It rained.", sha256="0" * 64)
    write_tables(tables.replace(documents=pandas.concat([tables.documents, read])), shelf.folder(MORE) / "tables")
    shelf.switch(MORE, tell=True)
    assert tell(shelf, command(tmp_path)) == 0
    assert not (tmp_path / "told.json").exists()
    assert shelf.untold is None


def test_runs_that_cannot_be_compared_are_told_of_as_a_failure_once(shelf: Shelf, tmp_path: Path) -> None:
    shelf.switch(OTHER, tell=True)
    # As one that a corewatch with fewer tables made.
    (shelf.folder(FIRST) / "tables" / "flows.parquet").unlink()
    with pytest.raises(
        NotifyError, match=f"what changed from run {FIRST} to {OTHER} cannot be told, because their tables cannot be compared"
    ):
        tell(shelf, command(tmp_path))
    assert tell(shelf, command(tmp_path)) == 0
    assert not (tmp_path / "told.json").exists()
