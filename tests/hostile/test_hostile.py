"""Files made to break their reader break nothing: each is read safely or rejected with the stated reason, and what is beside it is read."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_files import FILES, PAGE

from corewatch.documents import reading
from corewatch.documents.confining import Worker
from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.tables import check

LIMITS = Limits(seconds=8, memory=1500 * MEGABYTE)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One process for all: what a file breaks in it would show at the next."""
    with Worker(LIMITS) as shared:
        yield shared


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_safely_or_rejected_and_the_rest_goes_on(
    name: str, tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = FILES[name]
    folder = tmp_path / "in"
    folder.mkdir()
    hostile.make(folder)
    (folder / "zzz.html").write_text(PAGE)
    monkeypatch.setattr(reading, "Worker", lambda _limits: Shared(worker))
    documents, rejected = reading.read_documents([folder], LIMITS)
    check("documents", documents)
    check("rejected", rejected)
    found = dict(zip(rejected["path"], rejected["reason"], strict=True))
    assert found.keys() == hostile.rejected.keys()
    assert {path: found[path] for path, reason in hostile.rejected.items() if reason != "*"} == {
        path: reason for path, reason in hostile.rejected.items() if reason != "*"
    }
    assert set(documents["path"]) == {*hostile.read, "zzz.html"}
    # Nothing was written beside what was given, and nothing above it.
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "outside.txt") == ["in"]
    # Deeper than Python removes folders.
    subprocess.run(["rm", "-rf", str(folder)], check=True)


class Shared:
    """A worker that goes on when one reading is done."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker

    def __enter__(self) -> Worker:
        return self.worker

    def __exit__(self, *error: object) -> None:
        """It is ended after the last test."""
