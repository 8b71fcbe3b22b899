"""Who is told of what changed between two runs, with runs that hold tables alone."""

import json
import shlex
import sys
from pathlib import Path

import pytest

from corewatch.pipeline import parse
from corewatch.runs.manifest import Manifest
from corewatch.runs.recipe import Recipe
from corewatch.runs.shelf import Shelf
from corewatch.runs.telling import NotifyError, tell
from corewatch.tables import write_tables

TEXTS = {
    "a" * 16: "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.",
    "b" * 16: "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.\n",
    "c" * 16: "Tarnfell agreed to pay Quillon $3.9 billion over six years for computing power.",
}
FIRST, SAME, OTHER = TEXTS


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Runs of an article, of the same with another end, and of one with another amount; the first is shown."""
    shelf = Shelf(tmp_path / "site")
    shelf.out.mkdir()
    for run_id, text in TEXTS.items():
        (tmp_path / "note.txt").write_text(text)
        write_tables(parse(tmp_path / "note.txt"), tmp_path / "made" / "tables")
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
    for failing in ("no-such-command", shlex.join([sys.executable, "-c", "raise SystemExit(3)"])):
        with pytest.raises(NotifyError, match="told again by the next run"):
            tell(shelf, failing)
    assert shelf.untold == FIRST
    shelf.switch(SAME, tell=True)
    shelf.switch(OTHER, tell=True)
    assert tell(shelf, command(tmp_path)) > 0
    assert shelf.untold is None


def test_the_first_run_is_no_change(shelf: Shelf, tmp_path: Path) -> None:
    assert tell(shelf, command(tmp_path)) == 0
