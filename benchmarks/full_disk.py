"""Runs on a disk that is full: `python benchmarks/full_disk.py 12 [--brief]`, with so many different rooms left.

The disk is a real one, in memory (tmpfs), mounted where this program alone sees it; that needs Linux, `unshare` and `mount`, and no right
of its own where user namespaces are allowed. It holds a good run; then the rest of it is filled but for a room that is too small for
another run, a little larger each time, so that the disk is full at another point: in what is kept of articles, the tables, the kernel's
folder, the pages, the copies of the tables. Each such run says what is wrong and ends with 1, what readers see has all its digests, and
nothing is left behind. When there is room again, the next run is good and the same, byte for byte, as one that is made from nothing
(which `--brief` leaves out).
"""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from kills import STAYING, check, prepare

from corewatch.cli import run as command
from corewatch.runs.shelf import Shelf
from corewatch.runs.verifying import verify_run

SIZE = 64 * 2**20
INSIDE = "COREWATCH_DISK"
TOLD = ("No space left on device", "File too large")
NOTE = "Tarnfell agreed to pay Quillon ${} billion over six years for computing power."


def with_disk(words: list[str]) -> int:
    """This program once more, with a disk of its own at the folder that it is told; its exit code."""
    with tempfile.TemporaryDirectory(prefix="full-disk-") as folder:
        mounted = f'mount -t tmpfs -o size={SIZE} none "${INSIDE}" && exec "$@"'
        told = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted, "sh", sys.executable, __file__, *words]
        return subprocess.run(told, env=os.environ | {INSIDE: folder}, check=False).returncode  # noqa: S603  # this very program


def room(disk: Path) -> int:
    """The bytes that are left."""
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """The disk is full but for so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room(disk) - left)
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a disk that is full then; for where no disk can be mounted."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def one_run(out: Path) -> tuple[int, str]:
    """A run as a scheduler starts it: its exit code, and what it says went wrong."""
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        code = command(["report", "deal_sizes", "--out", str(out)])
    return code, said.getvalue()


def main(rooms: int, disk: Path, *, real: bool = True, compare: bool = True) -> dict[str, object]:
    """Try so many rooms on a disk, or so many sizes of files where it is no `real` one; what stopped the runs. `compare` with nothing kept.

    Raises `SystemExit` where a run does anything else than is said above.
    """
    with tempfile.TemporaryDirectory(prefix="full-disk-") as folder:
        prepare(Path(folder))
        os.chdir(folder)
        out, note, before = disk / "site", Path(folder) / "seeds" / "note.txt", room(disk)
        note.write_text(NOTE.format(3.4))
        if one_run(out)[0]:
            raise SystemExit("the first run is not good")
        shelf, needed = Shelf(out), before - room(disk)
        good = shelf.latest
        note.write_text(NOTE.format(3.9))
        stopped = Counter[str]()
        for number in range(rooms):
            # Among the first files is one of 200 bytes, among the last some of 20,000.
            left = needed * (number + 1) // (rooms + 1) if real else 100 * 14**number
            with filled(disk, left) if real else files_of_at_most(left):
                code, said = one_run(out)
            check(out)
            if (code, shelf.latest) != (1, good) or not said.rstrip().endswith(TOLD):
                raise SystemExit(f"with room for {left} bytes: code {code}, latest {shelf.latest}, {said}")
            if beside := {path.name for path in out.iterdir()} - STAYING - {good, "failed-run"}:
                raise SystemExit(f"with room for {left} bytes it leaves {beside}")
            stopped.update(words for words in TOLD if said.rstrip().endswith(words))
        code, said = one_run(out)
        check(out)
        if code or shelf.latest == good or (out / "failed-run").exists():
            raise SystemExit(f"with room again: code {code}, latest {shelf.latest}, {said}")
        if compare and (differences := verify_run(out)):
            raise SystemExit(f"made from nothing it differs: {differences}")
        shutil.rmtree(out)
        return {"rooms": rooms, "stopped by": dict(stopped)}


if __name__ == "__main__":
    if INSIDE not in os.environ:
        sys.exit(with_disk(sys.argv[1:]))
    began = time.monotonic()
    tried = main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, Path(os.environ[INSIDE]), compare="--brief" not in sys.argv)
    sys.stdout.write(json.dumps(tried | {"seconds": round(time.monotonic() - began)}) + "\n")
