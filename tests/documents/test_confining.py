"""The worker process: whatever happens to it, one document is rejected and the others are read."""

import io
import json
import os
import signal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from corewatch.documents.confining import MOST_DEATHS, Worker
from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.documents.pieces import Piece, Rejection

# A reader with holes: some texts crash it, some it never finishes, some need all the memory that there is, some it answers with nonsense.
HOLES = """
import os, sys, time
from corewatch.documents import confinement, opening, worker
read = opening.read_document
def holed(kind, content, limits):
    if b"CRASH" in content: os.abort()
    while b"HANG" in content: pass
    if b"WAIT" in content: time.sleep(1000)
    if b"HOARD" in content: bytes(10**12)
    if b"PRINT" in content: print("printed by a library", flush=True)
    if b"LIE" in content: OUT.write("no json" + chr(10)); OUT.flush()
    return read(kind, content, limits)
opening.read_document = holed
def sent(out, message):
    confinement.send(out, message)
    if "DIES AFTER" in message.get("text", ""): os.abort()
worker.send = sent
OUT = os.fdopen(os.dup(1), "w")
worker.main()
"""


class HoledWorker(Worker):
    def command(self) -> list[str]:
        return [sys.executable, "-P", "-c", HOLES, str(self.limits.memory)]


def archive(path: Path, *texts: str) -> Path:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as made:
        for at, text in enumerate(texts):
            made.writestr(f"{at}.txt", text)
    path.write_bytes(memory.getvalue())
    return path


def outcomes(found: Iterator[Piece | Rejection]) -> dict[str, str]:
    return {one.name: one.reason if isinstance(one, Rejection) else "read" for one in found}


@pytest.mark.parametrize(
    ("text", "reason"), [("CRASH", "crash"), ("HANG", "timeout"), ("HOARD", "memory"), ("LIE", "crash"), ("PRINT", "read")]
)
def test_a_reader_that_fails_at_one_document_reads_the_others(tmp_path: Path, text: str, reason: str) -> None:
    path = archive(tmp_path / "pack.zip", "One.", text, "Three.")
    with HoledWorker(Limits(seconds=1)) as worker:
        assert outcomes(worker.read(path, "pack.zip", "pack")) == {
            "pack.zip/0.txt": "read",
            "pack.zip/1.txt": reason,
            "pack.zip/2.txt": "read",
        }
        assert outcomes(worker.read(archive(tmp_path / "next.zip", "Four."), "next.zip", "next")) == {"next.zip/0.txt": "read"}


def test_a_process_that_is_killed_from_outside_is_replaced_and_at_most_one_document_is_lost(tmp_path: Path) -> None:
    # Longer than a pipe holds, so that the process is still at work when it is killed.
    path = archive(tmp_path / "pack.zip", *[f"Text number {at}. " * 20_000 for at in range(5)])
    with Worker(Limits()) as worker:
        found = worker.read(path, "pack.zip", "pack")
        outcome = outcomes(iter([next(found)]))
        killed = worker.process
        assert killed is not None
        os.kill(killed.pid, signal.SIGKILL)
        outcome |= outcomes(found)
        assert worker.process is not None
        assert worker.process.pid != killed.pid
    assert list(outcome) == [f"pack.zip/{at}.txt" for at in range(5)]
    assert sorted(outcome.values()) in (["crash", "read", "read", "read", "read"], ["read"] * 5)


def test_a_process_that_dies_between_two_documents_goes_on_behind(tmp_path: Path) -> None:
    path = archive(tmp_path / "pack.zip", "One.", "DIES AFTER", "Three.")
    with HoledWorker(Limits()) as worker:
        assert outcomes(worker.read(path, "pack.zip", "pack")) == {f"pack.zip/{at}.txt": "read" for at in range(3)}


def test_a_file_of_nothing_but_crashes_is_left(tmp_path: Path) -> None:
    path = archive(tmp_path / "pack.zip", *["CRASH"] * 20)
    with HoledWorker(Limits()) as worker:
        found = outcomes(worker.read(path, "pack.zip", "pack"))
    assert found == {**{f"pack.zip/{at}.txt": "crash" for at in range(MOST_DEATHS)}, "pack.zip": "archive"}


def test_a_document_that_waits_for_ever_is_ended_by_the_clock(tmp_path: Path) -> None:
    with HoledWorker(Limits(seconds=1)) as worker:
        assert outcomes(worker.read(archive(tmp_path / "slow.zip", "One.", "WAIT"), "slow.zip", "slow")) == {
            "slow.zip/0.txt": "read",
            "slow.zip/1.txt": "timeout",
        }


def test_the_process_may_not_write_files_and_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    code = f"""
import json, os, sys
from corewatch.documents import confinement
confinement.confine(int(sys.argv[1]))
try:
    with open({str(tmp_path / "written")!r}, "w") as file: file.write("x")
    written = True
except OSError:
    written = False
try:
    bytearray(10**10); hoarded = True
except MemoryError:
    hoarded = False
sys.stdout.write(json.dumps([written, hoarded, "SECRET_TOKEN" in os.environ]))
"""

    class Asking(Worker):
        def command(self) -> list[str]:
            return [sys.executable, "-P", "-c", code, str(self.limits.memory)]

    with Asking(Limits(memory=500 * MEGABYTE)) as worker:
        process = worker.start()
        assert process.stdout is not None
        assert json.loads(process.stdout.read()) == [False, False, False]


def test_no_process_is_started_before_the_first_file_and_none_is_left(tmp_path: Path) -> None:
    with Worker(Limits()) as worker:
        assert worker.process is None
        list(worker.read(archive(tmp_path / "pack.zip", "One."), "pack.zip", "pack"))
        assert worker.process is not None
        number = worker.process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_what_a_large_file_made_the_reader_keep_is_not_missing_for_the_next_one(tmp_path: Path) -> None:
    # One text of 30 MB in 500 rows, of which some tens are read before the file has expanded too far.
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int32()), pa.array(["A" * 30_000_000]))
    parquet.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    (tmp_path / "b.csv").write_text('id,text\n1,"' + "$5 billion. " * 100_000)
    with Worker(Limits(memory=1500 * MEGABYTE)) as worker:
        found = [piece for name in ("a.parquet", "b.csv") for piece in worker.read(tmp_path / name, name, name[0])]
    assert [(piece.name, getattr(piece, "reason", None)) for piece in found] == [("a.parquet", "archive"), ("b.csv/1", None)]


@pytest.mark.parametrize(("memory", "kept"), [(2000 * MEGABYTE, True), (600 * MEGABYTE, False)])
def test_a_process_goes_on_until_it_holds_half_of_what_it_may(tmp_path: Path, memory: int, kept: bool) -> None:
    # To read Parquet at all takes some 360 MB of addresses, whatever is in the file.
    parquet.write_table(pa.table({"text": ["Orrin pays Quartzline $5 billion."]}), tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text("Quartzline pays Orrin.")
    with Worker(Limits(memory=memory)) as worker:
        (first,) = worker.read(tmp_path / "a.parquet", "a.parquet", "a")
        before = worker.process
        (second,) = worker.read(tmp_path / "b.txt", "b.txt", "b")
        assert (worker.process is before) is kept
    assert [type(first), type(second)] == [Piece, Piece]
