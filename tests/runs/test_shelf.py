"""The folder of runs: what is listed, what readers see, what goes; with runs that hold next to nothing."""

from pathlib import Path

import pytest

from corewatch.cli import run as command
from corewatch.errors import InputError
from corewatch.report.publishing import clear_away, locked
from corewatch.runs.manifest import Manifest
from corewatch.runs.recipe import Recipe
from corewatch.runs.shelf import ORDER, Shelf

FIRST, SECOND, THIRD = "a" * 16, "b" * 16, "c" * 16
NOTHING = Recipe({}, {}, True, {}, "", {})


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Three runs, published one after the other."""
    shelf = Shelf(tmp_path / "site")
    for run_id in (FIRST, SECOND, THIRD):
        made = tmp_path / "made"
        made.mkdir()
        Manifest(run_id, NOTHING, rows={"documents": 1, "deals": 2}).write(made)
        shelf.out.mkdir(exist_ok=True)
        shelf.put(made, run_id)
        shelf.switch(run_id)
    return shelf


def test_runs_are_listed_in_the_order_in_which_they_came(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["runs", str(shelf.out)]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert lines == [[FIRST, "articles: 1, deals: 2"], [SECOND, "articles: 1, deals: 2"], [THIRD, "articles: 1, deals: 2; latest"]]


def test_rolling_back_goes_one_run_at_a_time_and_to_any_that_is_named(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["rollback", "--out", str(shelf.out)]
    assert command(told) == 0
    assert shelf.latest == SECOND
    assert shelf.order().rolled_back == (THIRD,)
    assert command(told) == 0
    assert shelf.latest == FIRST
    assert command(told) == 1
    assert "there is no whole run before the latest one" in capsys.readouterr().err
    assert command([*told, THIRD]) == 0
    assert shelf.latest == THIRD
    assert shelf.order().rolled_back == (SECOND,)
    assert command([*told, "d" * 16]) == 1
    assert command([*told, "../elsewhere"]) == 1


def test_a_damaged_run_is_never_rolled_back_to(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf.folder(SECOND) / "index.html").write_text("what nobody made")
    told = ["rollback", "--out", str(shelf.out)]
    assert command([*told, SECOND]) == 1
    assert f"run {SECOND} is damaged, and what is shown stays" in capsys.readouterr().err
    assert shelf.latest == THIRD
    assert command(told) == 0
    assert shelf.latest == FIRST
    assert shelf.order().rolled_back == (SECOND, THIRD)


def test_a_run_that_is_here_is_listed_before_anybody_sees_it(shelf: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, run_id = tmp_path / "made", "d" * 16
    made.mkdir()
    Manifest(run_id, NOTHING, changed={"deal_added": 2, "metric_amount": 1}, rows={"documents": 4, "deals": 4}).write(made)
    shelf.put(made, run_id)
    assert (shelf.latest, shelf.order().published) == (THIRD, (FIRST, SECOND, THIRD, run_id))
    assert command(["runs", str(shelf.out)]) == 0
    assert "articles: 4, deals: 4; changed: 2 deals new; 1 measure told differently\n" in capsys.readouterr().out
    # One of the same id that was damaged makes way.
    made.mkdir()
    Manifest(SECOND, NOTHING, edition="again").write(made)
    (shelf.folder(SECOND) / "index.html").write_text("what nobody made")
    shelf.put(made, SECOND)
    assert [path.name for path in shelf.folder(SECOND).iterdir()] == ["manifest.json"]
    assert shelf.order().published == (FIRST, THIRD, run_id, SECOND)
    assert list(shelf.out.glob(".making-*")) == []


def test_nobody_rolls_back_while_a_run_is_at_work(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(shelf.out):
        assert command(["rollback", "--out", str(shelf.out)]) == 4
    assert "another run is writing reports there" in capsys.readouterr().err
    assert shelf.latest == THIRD


def test_pruning_keeps_the_last_ones_and_never_takes_the_latest(shelf: Shelf) -> None:
    shelf.roll_back(FIRST)
    assert shelf.prune(1) == [SECOND]
    assert shelf.latest == FIRST
    assert (shelf.out / "latest" / "manifest.json").is_file()
    assert shelf.order().published == (FIRST, THIRD)
    shelf.switch(THIRD)
    assert shelf.prune(1, spared=FIRST) == []
    assert shelf.prune(1) == [FIRST]


def test_the_order_is_told_by_the_folders_where_its_file_was_lost(shelf: Shelf) -> None:
    (shelf.out / ORDER).write_text("half a li")
    assert shelf.order().published == (FIRST, SECOND, THIRD)
    assert shelf.roll_back(None) == SECOND


def test_what_a_killed_change_of_latest_left_is_cleared_away(shelf: Shelf) -> None:
    (shelf.out / ".making-latest").symlink_to(FIRST)
    (shelf.out / ".making-runs.json").write_text("{")
    clear_away(shelf.out)
    assert list(shelf.out.glob(".making-*")) == []
    assert (shelf.folder(FIRST) / "manifest.json").is_file()


def test_a_folder_without_runs_lists_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["runs", str(tmp_path / "nowhere")]) == 0
    assert capsys.readouterr().out == ""
    assert command(["rollback", "--out", str(tmp_path / "nowhere")]) == 1
    assert "nowhere: no such folder of runs" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(InputError):
        Shelf(tmp_path).roll_back(None)
