"""What goes wrong with machines and notebooks, and what is stated for it; with real kernels, real limits and real signals."""

import json
import logging
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from stubs import ARTICLE, GOOD, notebook, project

from corewatch.cli import run as command
from corewatch.errors import InputError, LockedError, ReportError
from corewatch.report.execution import execute
from corewatch.report.kernels import Limits
from corewatch.report.page_files import write_executed
from corewatch.report.publishing import locked
from corewatch.report.shell import Site
from corewatch.runs.building import Asked, read
from corewatch.runs.recipe import Source, inputs_of

NOBODY = 65534
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to work in."""
    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("import sys\nsys.exit(0)", "after = 1"), "cell 2 (import sys): SystemExit: 0"),
        (
            ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "after = 1"),
            "(import os, signal): DeadKernelError: Kernel died",
        ),
        (
            ("while True: pass",),
            "CellTimeoutError: A cell timed out while it was being executed, after 3 seconds.",
        ),
        (("held = bytearray(2**30)",), "cell 2 (held = bytearray(2**30)): MemoryError: "),
        (
            ("for _ in range(100): print('x' * 10**6, flush=True)",),
            "OutputError: it gave more than 20 MB of output, or some was lost",
        ),
        (
            ("print('x' * 30_000_000)",),
            "OutputError: it gave more than 20 MB of output, or some was lost",
        ),
    ],
    ids=["exits", "is killed", "never ends", "takes all memory", "prints 100 MB", "prints 30 MB in one message"],
)
def test_a_notebook_fails_alone_and_says_why(tmp_path: Path, cells: tuple[str, ...], said: str) -> None:
    executed = execute(
        notebook(tmp_path, "deal_sizes", *cells), {}, tmp_path, Limits(cell_seconds=3 if "while True" in cells[0] else 60, memory_mb=600)
    )
    assert executed.problem is not None
    assert executed.problem.told.endswith(said)
    assert len(json.dumps(executed.notebook)) < 25_000_000


@pytest.mark.parametrize("content", [b'{"cells": [', b"\xff\xfe\x00", b"[]"])
def test_what_is_no_notebook_fails_alone_with_a_page(tmp_path: Path, content: bytes) -> None:
    path = notebook(tmp_path, "deal_sizes")
    path.write_bytes(content)
    executed = execute(path, {}, tmp_path)
    assert executed.problem is not None
    assert executed.problem.told.startswith("before its first cell: ")
    write_executed(executed, tmp_path / "site", Site(), {})
    assert executed.problem.kind in (tmp_path / "site" / "failed" / "deal_sizes.html").read_text()


def test_no_word_of_an_article_is_logged(here: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    (here / "seeds" / "tarnfell.txt").write_text(ARTICLE + "The Zanzibarquux said so.")
    read_it = "import pandas\ntext = pandas.read_parquet(tables + '/documents.parquet')['text'][0]\n"
    notebook(
        here,
        "deal_sizes",
        read_it + "import os, sys\nprint(text)\nprint(text, file=sys.stderr)\nos.write(2, text.encode())\nraise ValueError(text[-25:])",
    )
    with caplog.at_level(logging.INFO):
        for told in (["run", "--log", "json"], ["report", "deal_sizes"]):
            assert command([*told, "--out", "site"]) in (1, 3)
    captured = capfd.readouterr()
    assert "ValueError" in captured.err
    assert "quux" not in captured.out + captured.err + caplog.text
    assert "ValueError: The Zanzibarquux said so." in (here / "site" / "latest" / "failed" / "deal_sizes.html").read_text()


def test_a_full_disk_changes_nothing_and_the_next_run_is_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(BENCHMARKS)
    full_disk = runpy.run_path(str(BENCHMARKS / "full_disk.py"))
    # No file may grow beyond a size: at the cache, at the tables, at the pages; a disk is filled by the script.
    assert full_disk["main"](3, tmp_path, real=False) == {"rooms": 3, "stopped by": {"File too large": 3}}


@contextmanager
def somebody_else() -> Iterator[None]:
    """Not the user who may write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir(mode=0o555)
    for path in [tmp_path, *tmp_path.parents[:2]]:
        path.chmod(path.stat().st_mode | 0o055)
    with (
        somebody_else(),
        pytest.raises(ReportError, match=r"site: cannot be written \(Permission denied\); choose another folder"),
        locked(out),
    ):
        pass


def test_articles_that_come_and_go_while_they_are_read_make_no_site_that_no_recipe_tells(here: Path) -> None:
    source = Source(here / "seeds")
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            for name in ("a.txt", "b.txt"):
                (here / "seeds" / name).write_text("Loam paid Brackwater $5 million.")
            for name in ("a.txt", "b.txt"):
                (here / "seeds" / name).unlink()

    mover = threading.Thread(target=churn)
    mover.start()
    try:
        for _ in range(3):
            with suppress(InputError):
                tables, recipe, _ = read(Asked(source, {"deal_sizes": {}}))
                assert set(tables.documents["path"]) | set(tables.rejected["path"]) == recipe.inputs.keys()
                digests = dict(zip(tables.documents["path"], tables.documents["sha256"], strict=True))
                assert {name: recipe.inputs[name] for name in digests} == digests
    finally:
        stop.set()
        mover.join()
    tables, recipe, _ = read(Asked(source, {"deal_sizes": {}}))
    assert list(tables.documents["doc_id"]) == ["tarnfell"]
    assert recipe.inputs == inputs_of(source)


def test_an_article_that_went_and_is_still_named_in_the_sources_is_told_and_the_rest_is_read(here: Path) -> None:
    (here / "seeds" / "sources.csv").write_text("file,url,publisher,published\ngone.txt,,The Ledger,2026-03-02\n", encoding="utf-8")
    tables, recipe, _ = read(Asked(Source(here / "seeds"), {}))
    assert list(tables.rejected["path"]) == ["gone.txt"]
    assert tables.rejected["detail"].item() == "sources.csv names it, and there is no such file; mend the name or remove the line"
    assert list(tables.documents["path"]) == [name for name in recipe.inputs if name != "sources.csv"]


def test_a_second_run_waits_or_leaves_and_the_lock_of_a_dead_process_is_none(tmp_path: Path) -> None:
    code = "import sys, time; from pathlib import Path; from corewatch.report.publishing import locked\n"
    code += f"with locked(Path({str(tmp_path)!r})): print('locked', flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(LockedError), locked(tmp_path):
            pass
        timer = threading.Timer(0.3, holder.send_signal, [signal.SIGKILL])
        timer.start()
        with locked(tmp_path, wait=True):
            assert holder.wait() == -signal.SIGKILL
    with locked(tmp_path):
        pass


def test_killed_runs_leave_the_last_site_whole_and_the_next_one_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(BENCHMARKS.parent))
    # One in each phase; a run that ended before its moment was not killed, and is not counted.
    done = subprocess.run([sys.executable, str(BENCHMARKS / "kills.py"), "4"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sum(number for phase, number in json.loads(done.stdout)["killed in"].items() if phase != "done") == 4


def test_each_night_tells_what_changed_and_any_sequence_of_them_gives_what_it_would_be_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    nights = runpy.run_path(str(BENCHMARKS / "nights.py"))
    project = nights["Nights"](tmp_path / "project", notebook(tmp_path, "small", GOOD))
    event = st.tuples(st.integers(1, 3), st.sampled_from(nights["EVENTS"]), st.integers(11, 98))
    some = st.lists(event, min_size=1, max_size=3, unique_by=lambda one: one[0])

    # The sequences are one after the other in one folder, and not shrunk: each takes seconds.
    @settings(max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.lists(some, min_size=2, max_size=2))
    def any_sequence(sequence: list[list[tuple[int, str, int]]]) -> None:
        for events in sequence:
            project.night(events)
        project.compare()

    any_sequence()
    project.night([])
    assert project.counts["nights"] - 1 == project.counts["changed"] == 4
