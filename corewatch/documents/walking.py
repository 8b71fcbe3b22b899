"""The files that were given, and those in the folders that were given, to any depth.

In: paths. Out: files, and rejections of what is no file that may be read: links that lead out of the folder, pipes, devices, names that
cannot be shown. Hidden files are left alone, and so are `sources.csv`, `corrections.csv` and the folder of pictures and scripts that a
browser saves beside a page (`Page_files` beside `Page.html`).
"""

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corewatch.documents.formats import CONFIGURATION, format_of
from corewatch.documents.pieces import RejectedError, Rejection, printable, too_large
from corewatch.errors import InputError

# What browsers call the folder with what a page shows, after the page's name, in the languages in which they do.
BESIDE = ("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_file", "_bestanden", "_arquivos", "_pliki")
# Bytes of a file of sources or corrections: a million lines.
LARGEST_OWN = 100_000_000
SPECIAL = "special", "a pipe, socket or device and no file; save what comes out of it as a file"
TABLES = "a folder of tables, as `corewatch parse` writes them"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was given: where it is, and what it is called below the folder that was given."""

    path: Path
    name: str
    folder: Path


def find_files(paths: Iterable[Path]) -> tuple[list[Found], list[Rejection]]:
    """Every file that is given or lies below a folder that is given, each once, and what was passed over; both sorted by name.

    A link that is given is followed, a link in a folder only within the folder. Raises `InputError` for a path that does not exist.
    """
    found: dict[str, Found] = {}
    rejected: set[Rejection] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise InputError(f"{path}: no such file or folder; check the spelling, or give the path from {os.curdir} on")
        if path.is_dir():
            if holds_tables(path):
                raise InputError(f"{path}: {TABLES}; give the folder of articles that they were read from")
            real = os.path.realpath(path)
            for entry in entries_below(path, real):
                if isinstance(entry, Rejection):
                    rejected.add(entry)
                else:
                    found.setdefault(entry[1], Found(path / entry[0], entry[0], path))
        elif reason := why_not(path, os.path.realpath(path.parent), follow=True):
            rejected.add(Rejection(printable(path.name), *reason))
        else:
            found.setdefault(os.path.realpath(path), Found(path, path.name, path.parent))
    files = sorted(found.values(), key=lambda file: (file.name.count("/"), file.name, str(file.path)))
    return files, sorted(rejected, key=lambda one: (one.name, one.reason))


def entries_below(folder: Path, real: str) -> Iterator[tuple[str, str] | Rejection]:
    """The files below a folder, as their path from it and their real path, or why one is none. No depth is too deep for the stack."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Rejection(printable(below or folder.name), "unreadable", f"{error.strerror}; make the folder readable and parse again")
            continue
        pages = {entry.name.rsplit(".", 1)[0] for entry in entries if format_of(entry.name)[0] == "html"}
        for entry in entries:
            name = below + entry.name
            if entry.name.startswith(".") or entry.name in CONFIGURATION:
                continue
            if entry.is_dir(follow_symlinks=False):
                if holds_tables(folder / name):
                    yield Rejection(printable(name), "unsupported", f"{TABLES} and no articles; keep them in another place")
                elif not any(entry.name.removesuffix(ending) in pages for ending in BESIDE if entry.name.endswith(ending)):
                    waiting.append(f"{name}/")
            elif reason := why_not(folder / name, real, follow=False):
                yield Rejection(printable(name), *reason)
            else:
                yield name, os.path.realpath(folder / name) if entry.is_symlink() else f"{real}/{name}"


def why_not(path: Path, folder: str, *, follow: bool) -> tuple[str, str] | None:
    """The reason and the detail for what is no file that may be read; null for a file. A link may not leave the real path `folder`."""
    if printable(str(path)) != str(path):
        return "name", "the name of the file or of a folder above it is not UTF-8 or holds control signs; rename it"
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            real = os.path.realpath(path)
            if not path.exists():
                return "link", "a link to nothing; put the file in its place"
            if not follow and os.path.commonpath([real, folder]) != folder:
                return "link", "a link that leads out of the folder; copy the file into it"
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                return "link", "a link to a folder; give the folder itself"
    except OSError as error:
        return "unreadable", f"{error.strerror}; make the file readable and parse again"
    if not stat.S_ISREG(mode):
        return SPECIAL
    return None


def opened(path: str | Path) -> IO[bytes]:
    """A file to be read; raises `RejectedError` where it cannot be opened or is none.

    What is behind the name may have changed since it was found: nothing is waited for, and only a file is opened.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise RejectedError("unreadable", f"{error.strerror}; make the file readable and parse again") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise RejectedError(*SPECIAL)
    return open(handle, "rb")  # noqa: PTH123  # a handle, not a path; given to the caller


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of a file; raises `RejectedError` where it cannot be opened or has more than `most`."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise RejectedError(*too_large(size, most))
        try:
            content = file.read(most + 1)
        except OSError as error:
            raise RejectedError("unreadable", f"{error.strerror}; make the file readable and parse again") from error
    if len(content) > most:
        raise RejectedError(*too_large(len(content), most))
    return content


def lines_of(path: Path) -> IO[str]:
    """The text of a file that an analyst wrote beside the articles; raises `InputError` for a pipe, a device, and more than any has."""
    try:
        content = read_bytes(path, LARGEST_OWN)
    except RejectedError as error:
        why = f"it has more than {LARGEST_OWN:,} bytes; split it" if error.reason == "too_large" else error.detail
        raise InputError(f"{path}: {why}") from error
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


def holds_tables(folder: Path) -> bool:
    """Whether a folder is one that `write_tables` wrote, in whichever format."""
    some = ("documents", "deal_mentions", "flows", "rejected")
    return (folder / "corewatch.duckdb").is_file() or any(
        all((folder / f"{name}.{fmt}").is_file() for name in some) for fmt in ("parquet", "csv")
    )
