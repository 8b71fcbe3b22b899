"""The folder that sites are published in: who may write there, what a killed run left there, and the digests of its files."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corewatch.errors import LockedError, ReportError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]  # there is none on Windows

STAGING = ".making-"


@contextmanager
def locked(out: Path, *, wait: bool = False) -> Iterator[None]:
    """The right to write in `out`, which one process has at a time; the system takes it back from a process that ends in any way.

    Raises `LockedError` where another run has it and `wait` is false, and `ReportError` where `out` cannot be written or locked.
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
            except BlockingIOError as error:
                raise LockedError(
                    f"{out}: another run is writing reports there; wait for it with --wait, or choose another folder with --out"
                ) from error
            except OSError as error:
                # Some network disks have no locks: nobody else is at work there, and a scheduler should not take it for that.
                raise ReportError(f"{out}: cannot be locked ({error.strerror}); choose a folder on another disk with --out") from error
        yield


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
