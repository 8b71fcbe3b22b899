"""From a folder where everything was made to the folder where readers look: each file moved whole, the last good report never lost.

In: a staging folder inside the output folder, and what the last run left there. Out: the output folder as of this run, with a
manifest of what it holds. The manifest knows no clock and no machine: the same input gives the same bytes.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corewatch.errors import LockedError, ReportError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]  # there is none on Windows

MANIFEST = "manifest.json"
STAGING = ".making-"


@dataclass(frozen=True)
class Manifest:
    """What an output folder holds: digests of the input, and of each file by its path in the folder."""

    inputs: str = ""
    documents: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    corrections: bool = True
    files: Mapping[str, str] = field(default_factory=dict)
    corewatch: str = ""

    def text(self) -> str:
        """As JSON, sorted, to be written."""
        return json.dumps(vars(self), indent=1, sort_keys=True, ensure_ascii=False, default=dict) + "\n"


def read_manifest(out: Path) -> Manifest:
    """The last run's manifest; an empty one where there is none or it cannot be read."""
    try:
        kept = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**{name: kept[name] for name in Manifest.__dataclass_fields__ if name in kept})
    except (OSError, ValueError, TypeError):
        return Manifest()


@contextmanager
def locked(out: Path, *, wait: bool = False) -> Iterator[None]:
    """The right to write in `out`, which one process has at a time; the system takes it back from a process that ends in any way.

    Raises `LockedError` where another run has it and `wait` is false, and `ReportError` where `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / ".lock").open("w")
    except OSError as error:
        raise ReportError(f"{out}: cannot be written ({error.strerror}); choose another folder with --out") from error
    with lock:
        if fcntl:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError as error:
                raise LockedError(
                    f"{out}: another run is writing reports there; wait for it, or choose another folder with --out"
                ) from error
        yield


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder inside `out`, removed afterwards; only one run at a time has one.

    Raises `LockedError` where another run is at work in `out`, and `ReportError` where it cannot be written.
    """
    with locked(out):
        clear_away(out)
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def clear_away(out: Path) -> None:
    """Remove what a run left behind that was killed; only for who has the lock."""
    for left in out.glob(f"{STAGING}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def move_into_place(made: Path, out: Path, stale: list[str]) -> None:
    """Put every file of `made` into `out`, pages last and the index after them, then remove the stale files and the folders they empty."""

    def turn(name: str) -> tuple[int, str]:
        return (2 if name == "index.html" else 3 if name == MANIFEST else 1 if name.endswith(".html") and "/" not in name else 0, name)

    for name in sorted(digests(made), key=turn):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(target)
    for name in stale:
        path = out / name
        if not path.resolve().is_relative_to(out.resolve()):
            continue
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == out or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
