"""Runs that nobody watches, with real kernels and small notebooks."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from corewatch.cli import run as command
from corewatch.errors import InputError, LockedError, ReportError
from corewatch.report.parameters import REPORTS
from corewatch.report.publishing import locked
from corewatch.runs.checking import broken_links, wrong_files
from corewatch.runs.making import run_site
from corewatch.runs.shelf import Shelf

ARTICLE = (
    "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.\n\nRevenue of Quillon was $800 million in 2031.\n"
)
GOOD = "print(len(list(__import__('pathlib').Path(tables).iterdir())))"


def notebook(folder: Path, name: str, *cells: str) -> None:
    """A notebook with a title, a cell of parameters and these cells."""
    told = 'tables: str = ""  # folder\ncorrections: bool = True  # apply\nmin_usd: float = 0.0  # least'
    parameters = new_code_cell(told, metadata={"tags": ["parameters"]})
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = new_notebook(cells=[new_markdown_cell(f"# {name}"), parameters, *map(new_code_cell, cells)], metadata=metadata)
    for number, cell in enumerate(made.cells):
        cell.id = f"{number:02d}"
    folder.mkdir(exist_ok=True)
    nbformat.write(made, folder / f"{name}.ipynb")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an article and four small notebooks."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "tarnfell.txt").write_text(ARTICLE)
    for name in REPORTS:
        notebook(tmp_path / "notebooks", name, GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the one that tells times."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "made.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_run_is_made_once_and_again_only_when_something_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["run", "--out", "site"]) == 0
    shelf = Shelf(project / "site")
    first = shelf.latest
    assert first is not None
    assert sorted(path.name for path in shelf.out.iterdir()) == [".cache", ".lock", first, "latest", "runs.json"]
    assert f"run {first}: {shelf.out}/latest/index.html" in capsys.readouterr().out
    before = bytes_of(shelf.folder(first))
    assert json.loads(before["run.json"])["recipe"]["inputs"].keys() == {"tarnfell.txt"}
    assert str(project).encode() not in b"".join(before.values())
    began = time.perf_counter()
    assert command(["run", "--out", "site"]) == 0
    assert time.perf_counter() - began < 5  # a second where nothing else runs
    assert capsys.readouterr().out.startswith(f"nothing changed since run {first}")
    assert command(["run", "--out", "site", "--log", "json", "--keep", "3"]) == 0
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["run"], line["made"], line["code"]) == ("done", first, False, 0)
    # The same from another folder has the same id and the same bytes, also where a damaged run is made again.
    (project / "seeds").rename(project / "articles")
    (shelf.folder(first) / "index.html").write_text("half a p")
    again = run_site("articles", "site")
    assert again.fresh
    assert again.run_id == first
    assert bytes_of(shelf.folder(first)) == before
    (project / "articles" / "more.txt").write_text("Loam paid Brackwater $5 million.")
    second = run_site("articles", "site")
    assert second.fresh
    assert shelf.latest == second.run_id != first
    assert bytes_of(shelf.folder(first)) == before


def test_a_notebook_that_fails_is_shown_with_its_cell_message_and_parameters_and_tried_again(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook(project / "notebooks", "deal_sizes", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "1")
    assert command(["run", "--out", "site", "-p", "min_usd", "2e9"]) == 3
    assert "corewatch: deal_sizes, cell 2 (import os, signal): DeadKernelError" in capsys.readouterr().err
    latest = project / "site" / "latest"
    assert "Deal sizes could not be made in this run." in (latest / "index.html").read_text()
    page = (latest / "failed" / "deal_sizes.html").read_text()
    assert "Cell 2: DeadKernelError" in page
    assert "<code>min_usd = 2000000000.0</code>" in page
    assert (latest / "closed_loop.html").is_file()
    notebook(project / "notebooks", "deal_sizes", GOOD)
    assert command(["run", "--out", "site", "-p", "min_usd", "2e9"]) == 0
    assert not (latest / "failed").exists()


def test_a_notebook_has_its_time_and_no_more_and_what_was_shown_stays(project: Path) -> None:
    good = run_site(out="site")
    for name in REPORTS:
        notebook(project / "notebooks", name, "import time\ntime.sleep(1)", "time.sleep(60)")
    with pytest.raises(ReportError, match=r"no report could be made.*CellTimeoutError"):
        run_site(out="site", seconds=8)
    assert Shelf(project / "site").latest == good.run_id
    assert "CellTimeoutError" in (project / "site" / "failed-run" / "deal_sizes.html").read_text()


def test_a_second_run_leaves_and_a_wrong_one_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(project / "site"), pytest.raises(LockedError):
        run_site(out="site")
    with locked(project / "site"):
        assert command(["run", "--out", "site"]) == 4
        assert command(["run", "--out", "site", "--log", "json"]) == 4
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"] == "LockedError"
    assert command(["run", "--out", "site", "-p", "min_usd", "much"]) == 2
    assert command(["run", "--out", "site", "-p", "tables", "x"]) == 2
    assert command(["run", "--seeds", "nowhere"]) == 1
    assert command(["run", "--seeds", ".", "--out", "site"]) == 1
    (project / "seeds" / "tarnfell.txt").unlink()
    with pytest.raises(InputError, match="no article could be read"):
        run_site(out="site")
    assert {path.name for path in (project / "site").iterdir()} <= {".cache", ".lock"}
    assert command(["run", "--help"]) == 0
    assert "4 another run holds the lock" in " ".join(capsys.readouterr().out.split())


def test_a_killed_run_leaves_the_last_good_site_whole_and_the_next_one_succeeds(project: Path) -> None:
    good = run_site(out="site")
    shelf = Shelf(project / "site")
    before = bytes_of(shelf.folder(good.run_id))
    (project / "seeds" / "more.txt").write_text("Loam paid Brackwater $5 million.")
    told = [sys.executable, "-c", "from corewatch.cli import main; main()", "run", "--out", "site"]
    chance = random.Random(6)  # noqa: S311  # moments, not secrets
    for _ in range(5):
        process = subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.5, 8))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        latest = shelf.latest
        assert latest is not None
        recorded = json.loads((shelf.out / "latest" / "run.json").read_text())["files"]
        assert [line for line in wrong_files(shelf.folder(latest), recorded) if not line.startswith(("run.json", "made.json"))] == []
        assert bytes_of(shelf.folder(good.run_id)) == before
    after = run_site(out="site")
    assert shelf.latest == after.run_id != good.run_id
    assert sorted(path.name for path in shelf.out.iterdir()) == sorted(
        [".cache", ".lock", after.run_id, good.run_id, "latest", "runs.json"]
    )
    assert bytes_of(shelf.folder(after.run_id)) == bytes_of(project / "site" / "latest")


def test_links_and_digests_are_checked(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="articles/a%20b.html#c3">x</a><a href="https://far.invalid/">y</a><a href="#top" id="top">z</a>'
    )
    (tmp_path / "articles" / "a b.html").write_text('<p id="c3"><a href="../index.html">up</a></p>')
    assert list(broken_links(tmp_path)) == []
    (tmp_path / "articles" / "a b.html").write_text('<p id="c4"><a href="../gone.html">up</a></p>')
    assert list(broken_links(tmp_path)) == [
        "articles/a b.html: the link ../gone.html leads to no file",
        "index.html: the link articles/a%20b.html#c3 leads to no place in articles/a b.html",
    ]
    assert wrong_files(tmp_path, {"index.html": "0", "gone.html": "1"}) == [
        "articles/a b.html is not expected", "gone.html is missing", "index.html has other bytes than were written down",
    ]  # fmt: skip


def test_a_run_is_made_again_from_its_articles_and_compared(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in REPORTS[1:]:
        notebook(project / "notebooks", name)
    first = run_site(out="site")
    assert command(["verify", "--out", "site"]) == 0
    assert capsys.readouterr().out == "the same, byte for byte\n"
    notebook(project / "notebooks", REPORTS[0], "print('another answer')")
    assert command(["verify", "--out", "site", first.run_id]) == 1
    said = capsys.readouterr().err
    assert f"corewatch: {REPORTS[0]}.html has other bytes" in said
    assert "deal_sizes.html" not in said
    (project / "seeds" / "tarnfell.txt").write_text(ARTICLE + "More.")
    assert command(["verify", "--out", "site"]) == 1
    assert "not what the run was made from: tarnfell.txt changed" in capsys.readouterr().err
    assert command(["verify", "--out", "site", "0" * 16]) == 1
    assert command(["verify", "--write"]) == 2
