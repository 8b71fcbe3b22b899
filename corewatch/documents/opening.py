"""A file of any kind to its pieces, whatever is packed in whatever; run in the worker process.

In: an open file and its name. Out: in turn what is begun (a number and a name), then its piece or rejection. Numbers count everything that
is begun, in the order of the file, so that a reader that died at one of them can go on behind it.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import IO, cast

from corewatch.documents import archives, exports
from corewatch.documents.archives import Budget, Member, SpentError
from corewatch.documents.attachments import attached
from corewatch.documents.decoding import decode
from corewatch.documents.describing import described
from corewatch.documents.formats import HOLDERS, LETTERS, Kind, format_of, stem_of, unsupported
from corewatch.documents.html_pages import read_html
from corewatch.documents.limits import Limits
from corewatch.documents.mails import letter_of, parse, read_mhtml
from corewatch.documents.parquet_files import read_parquet
from corewatch.documents.pdf_pages import read_pdf
from corewatch.documents.pieces import Draft, Piece, RejectedError, Rejection, memory_words, said
from corewatch.documents.word_files import read_docx

PDF = b"%PDF-"
ROWS = ("jsonl", "json", "csv", "parquet")
Begun = tuple[int, str]
Event = Begun | Piece | Rejection


@dataclass
class Opener:
    """Reads one file; what is numbered below `resume` was read before, what is in `skip` is passed over with all that it holds."""

    limits: Limits
    budget: Budget
    resume: int = 0
    skip: frozenset[int] = frozenset()
    begun: int = field(default=0, init=False)

    def open(self, file: IO[bytes], name: str, stem: str, depth: int = 0) -> Iterator[Event]:
        """The events of a file, or of a member as a file in memory."""
        number = self.begun
        self.begun += 1
        kind, packing = format_of(name)
        if number in self.skip or (number < self.resume and kind not in (*HOLDERS, *LETTERS)):
            return
        yield number, name
        try:
            if kind is None:
                raise RejectedError(*unsupported(name))
            yield from self.contents(kind, archives.unpacked(file, packing, self.budget), name, stem, depth, number)
        except SpentError as error:
            if depth:
                raise
            yield Rejection(name, error.reason, error.detail)
        except RejectedError as error:
            yield Rejection(name, error.reason, error.detail)
        except MemoryError:
            yield Rejection(name, "memory", memory_words(self.limits))
        except Exception as error:  # whatever a library raises for one broken file, the others are read
            detail = f"it is broken in a way that the reader does not know ({type(error).__name__}: {said(error)}); save its text as .txt"
            yield Rejection(name, "unreadable", detail)

    def contents(self, kind: Kind, file: IO[bytes], name: str, stem: str, depth: int, number: int) -> Iterator[Event]:
        """The events of what is in a file, once it is not compressed any more."""
        try:
            if kind in ("zip", "tar"):
                yield from self.members(kind, file, name, stem, depth)
                return
            if kind in ROWS:
                yield from self.rows(kind, file, name, stem)
                return
            content = archives.read_all(file, self.limits)
        except (MemoryError, RecursionError):
            raise
        except archives.DAMAGED as error:
            raise archives.damaged(error) from error
        if kind in LETTERS and not content.startswith(PDF):
            yield from self.letter(content, name, stem, depth, number)
        else:
            yield piece(name, stem, read_document(kind, content, self.limits), content)

    def letter(self, content: bytes, name: str, stem: str, depth: int, number: int) -> Iterator[Event]:
        """The events of a message: its own text, unless it was read before, and what is attached; it may be nothing but that."""
        message = parse(content)
        files = list(attached(message))
        if number >= self.resume:
            try:
                yield piece(name, stem, letter_of(message), content)
            except RejectedError as error:
                if error.reason != "no_text" or not files:
                    raise
        for called, inner in files:
            self.budget.enter()
            if depth >= self.limits.depth:
                detail = f"messages in messages, {depth + 1} deep; {self.limits.depth} are opened; save it, or use --limit depth NUMBER"
                raise RejectedError("archive", detail)
            yield from self.open(io.BytesIO(inner), f"{name}/{called}", f"{stem}/{stem_of(called)}", depth + 1)

    def members(self, kind: Kind, file: IO[bytes], name: str, stem: str, depth: int) -> Iterator[Event]:
        """The events of an archive."""
        if depth >= self.limits.depth:
            detail = f"archives in archives, {depth + 1} deep; {self.limits.depth} are opened; unpack it, or use --limit depth NUMBER"
            raise RejectedError("archive", detail)
        if kind == "zip" and not file.seekable():
            # The list of members is at the end of a zip.
            file = io.BytesIO(archives.read_all(file, self.limits))
        listed = archives.members_of_zip(file, self.budget) if kind == "zip" else archives.members_of_tar(file, self.budget)
        for member in listed:
            yield from self.member(member, f"{name}/{member.name}", f"{stem}/{stem_of(member.name)}", depth)

    def member(self, member: Member, name: str, stem: str, depth: int) -> Iterator[Event]:
        """The events of a member: read as a file in memory, unless its name or kind already says that it is not read."""
        refused = member.refused or (unsupported(name) if format_of(name)[0] is None else None)
        if refused is None and member.read is not None:
            yield from self.open(cast(IO[bytes], Lazy(member.read)), name, stem, depth + 1)
            return
        number = self.begun
        self.begun += 1
        if number >= self.resume and number not in self.skip:
            yield number, name
            yield Rejection(name, *(refused or unsupported(name)))

    def rows(self, kind: Kind, file: IO[bytes], name: str, stem: str) -> Iterator[Event]:
        """The events of an export with a document a row."""
        for row, key, found in rows_of(kind, file, self.limits, self.budget):
            number = self.begun
            self.begun += 1
            if number < self.resume or number in self.skip:
                continue
            called = f"{name}/{row}"
            yield number, called
            if isinstance(found, RejectedError):
                yield Rejection(called, found.reason, found.detail)
            else:
                yield piece(called, f"{stem}/{key or row}", found, found.text.encode())


class Lazy(io.RawIOBase):
    """A member as a file in memory that is read when it is first asked for, so that its errors are its own."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self.load = load
        self.memory: io.BytesIO | None = None

    def opened(self) -> io.BytesIO:
        """The member in memory."""
        if self.memory is None:
            self.memory = io.BytesIO(self.load())
        return self.memory

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """At most so many bytes."""
        return self.opened().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line of at most so many bytes."""
        return self.opened().readline(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        return self.opened().seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self.opened().tell()


def rows_of(kind: Kind, file: IO[bytes], limits: Limits, budget: Budget) -> Iterator[exports.Row]:
    """The rows of an export of a kind of `ROWS`."""
    if kind == "parquet":
        # What it has is said at its end.
        whole = file if file.seekable() else io.BytesIO(archives.read_all(file, limits))
        return read_parquet(whole, limits, budget.unpack)
    if kind == "csv":
        return exports.read_csv(file, limits)
    return exports.read_json(file, limits) if kind == "json" else exports.read_jsonl(file, limits)


def read_document(kind: Kind, content: bytes, limits: Limits) -> Draft:
    """The draft of one document's bytes; raises `RejectedError`."""
    if kind == "pdf" or content.startswith(PDF):
        return read_pdf(content, limits)
    if kind == "html":
        return read_html(content)
    if kind == "docx":
        return read_docx(content, limits)
    if kind == "mhtml":
        return read_mhtml(content)
    text, encoding = decode(content)
    return Draft(text, encoding)


def piece(name: str, stem: str, draft: Draft, content: bytes) -> Piece | Rejection:
    """A draft with its name, the digest of its bytes and what its text says of itself; a rejection where that is not in English."""
    said = {each.name: getattr(draft, each.name) for each in fields(draft)}
    return described(Piece(**said, name=name, stem=stem, sha256=hashlib.sha256(content).hexdigest()))


def opener(size: int, limits: Limits, resume: int = 0, skip: frozenset[int] = frozenset()) -> Opener:
    """An opener for a file of so many bytes."""
    return Opener(limits, Budget(limits, size), resume, skip)
