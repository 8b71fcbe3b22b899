"""What lies in an archive or a compressed file, one member at a time, without anything being written to disk.

In: an open file. Out: members with their names and a way to read each, or the reason why a member is none. What comes out is counted while
it comes out, so that a file that expands without end is left at the limit; a name with `..`, a link and a device are refused by their
names alone.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, cast

from corewatch.documents.formats import CONFIGURATION, Packing
from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.documents.pieces import RejectedError, printable, said, too_large
from corewatch.terminal import UNSHOWABLE

# Below this nothing is a bomb: a short text of one letter expands a thousandfold.
HARMLESS = 10 * MEGABYTE
DAMAGED = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError, OSError, NotImplementedError, ValueError,
    RuntimeError, OverflowError, KeyError,
)  # fmt: skip


class SpentError(RejectedError):
    """Raised when a file has given all that it may; nothing more is read of it, in whatever it was found."""


@dataclass
class Budget:
    """What may still come out of a file: `size` is its own size in bytes, `unpacked` what came out so far."""

    limits: Limits
    size: int
    unpacked: int = 0
    members: int = 0

    def unpack(self, size: int) -> None:
        """Count bytes that came out; raises `SpentError` above the limits."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            detail = f"more than {self.limits.unpacked:,} bytes come out of it; split it, or raise the limit with --limit unpacked NUMBER"
            raise SpentError("archive", detail)
        if self.unpacked > max(HARMLESS, self.limits.ratio * self.size):
            detail = f"it expands more than {self.limits.ratio} times, like a zip bomb; if it is none, use --limit ratio NUMBER"
            raise SpentError("archive", detail)

    def enter(self) -> None:
        """Count a member; raises `SpentError` above the limit."""
        self.members += 1
        if self.members > self.limits.members:
            detail = f"it has more than {self.limits.members:,} members; split it, or raise the limit with --limit members NUMBER"
            raise SpentError("archive", detail)


@dataclass(frozen=True, slots=True)
class Member:
    """Something in an archive: its name, why it is not read (reason and detail), or else how to read it."""

    name: str
    refused: tuple[str, str] | None = None
    read: Callable[[], bytes] | None = None


class Counted(io.RawIOBase):
    """A stream that counts what is read from it in a budget."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self.stream = stream
        self.budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """At most so many bytes; never all that there is at once."""
        content = self.stream.read(MEGABYTE if size is None or size < 0 else size)
        self.budget.unpack(len(content))
        return content


def unpacked(file: IO[bytes], packing: Packing | None, budget: Budget) -> IO[bytes]:
    """What comes out of a compressed file, counted; the file itself where it is not compressed."""
    if packing is None:
        return file
    stream: Any
    if packing == "zst":
        import pyarrow

        stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(file, mode="r"), "zstd")
    elif packing == "gz":
        stream = gzip.GzipFile(fileobj=file)
    else:
        stream = bz2.BZ2File(file) if packing == "bz2" else lzma.LZMAFile(file)  # noqa: SIM115  # given to the caller
    return cast(IO[bytes], Counted(stream, budget))


def read_all(stream: IO[bytes], limits: Limits) -> bytes:
    """A document from a stream; raises `RejectedError` above the limit."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(min(MEGABYTE, limits.file + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > limits.file:
            raise RejectedError(*too_large(None, limits.file))
    return b"".join(parts)


def members_of_tar(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    """The members of a tar, from a stream that is read once; a member is to be read before the next is asked for."""
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for info in archive:
            # The archive keeps what it has seen, which nobody asks for again.
            archive.members = []  # type: ignore[attr-defined]  # the stubs leave it out
            if info.isdir() or left_alone(info.name):
                continue
            budget.enter()
            if refused := refused_name(info.name):
                yield Member(printable(info.name), refused)
            elif info.issym() or info.islnk():
                yield Member(info.name, ("link", "a link in an archive is not followed; put the file in its place"))
            elif not info.isfile():
                yield Member(info.name, ("special", "a pipe or device and no file"))
            elif info.size > budget.limits.file:
                yield Member(info.name, too_large(info.size, budget.limits.file))
            else:
                yield Member(info.name, read=partial(read_tar_member, archive, info, budget))


def read_tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes:
    """The bytes of a member."""
    stream = archive.extractfile(info)
    return b"" if stream is None else read_all(stream, budget.limits)


def members_of_zip(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    """The members of a zip."""
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.is_dir() or left_alone(info.filename):
                continue
            budget.enter()
            kind = info.external_attr >> 28
            # The name as it is written: the library cuts it at a zero byte.
            if refused := refused_name(info.orig_filename):
                yield Member(printable(info.filename), refused)
            elif info.create_system == 3 and kind == 0o12:
                yield Member(info.filename, ("link", "a link in an archive is not followed; put the file in its place"))
            elif info.create_system == 3 and kind not in (0, 0o10):
                yield Member(info.filename, ("special", "a pipe or device and no file"))
            elif info.flag_bits & 1:
                yield Member(info.filename, ("encrypted", "a password is needed; pack it without one"))
            else:
                yield Member(info.filename, read=partial(read_zip_member, archive, info, budget))


def read_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member; the size that the archive states is not believed."""
    with archive.open(info) as stream:
        return read_all(cast(IO[bytes], Counted(stream, budget)), budget.limits)


def left_alone(name: str) -> bool:
    """Whether a member is hidden, as the second half of each file is that macOS packs, or is no article."""
    parts = PurePosixPath(name).parts
    return (
        any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
        or name.rsplit("/")[-1] in CONFIGURATION
    )


def refused_name(name: str) -> tuple[str, str] | None:
    """The reason and the detail for a name that leads out of the archive or cannot be shown."""
    if UNSHOWABLE.search(name):
        return "name", "the name of the member is not UTF-8 or holds control signs; pack it under another name"
    if "\\" in name or name.startswith("/") or ":" in name[:2] or ".." in name.split("/"):
        return "name", "the name of the member leads out of the archive; pack it under a plain name"
    return None


def damaged(error: BaseException) -> RejectedError:
    """The rejection of an archive that cannot be read to its end."""
    return RejectedError("archive", f"it is damaged from here on ({said(error)}); what came before was read; pack it again")
