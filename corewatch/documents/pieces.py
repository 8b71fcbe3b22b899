"""What every reader gives: pieces of text, and rejections with a reason and the next step.

A piece is one document as it was found, in a file or inside one; `name` says where, from the folder that was given on:
`pack.zip/2025/note.txt`, `feed.jsonl/17`. `stem` is what the document is called after it: `pack/2025/note`, `feed/17`.
"""

import os
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.terminal import UNSHOWABLE

# Of the text of a page or a mail: everything that no newsroom writes. A line feed and a tab are text.
STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HALF = re.compile("[\ud800-\udfff]")
LONGEST_CELL = 300
# Of an address: the name and password before the host, also of an address within one; how one of the web begins, and one of anything.
SECRET = re.compile(r"((?:\A|:)[/\\]{2,})[^/?#]*@")
WEB, OTHER = re.compile(r"https?://|[\w-]+(?:\.[\w-]+)+:\d+(?:[/?#]|\Z)", re.IGNORECASE), re.compile("[^/?#]*:")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader of one format makes of a document: its text, and what it says of itself."""

    text: str
    encoding: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Draft):
    """One document: a draft, with what it is called and the SHA-256 of its bytes."""

    name: str
    stem: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why something that was given gave no document, and what to do about it."""

    name: str
    reason: str
    detail: str


class RejectedError(Exception):
    """Raised by a reader whose document gives nothing; caught where the name is known."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def printable(name: str) -> str:
    """A path as text: a byte that is not UTF-8, as in names from old systems, is written like `\\xff`, and so is a control sign."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return UNSHOWABLE.sub(lambda sign: ascii(sign[0])[1:-1], text)


def said(error: BaseException) -> str:
    """The words of another library's error, fit for a cell and a terminal: one line, no control signs, not long."""
    return UNSHOWABLE.sub(" ", str(error)).strip()[:LONGEST_CELL] or type(error).__name__


def cell(text: object) -> str | None:
    """A title, outlet or address on one line; null where it is no text, blank, or longer than any of them."""
    if not isinstance(text, str):
        return None
    line = " ".join(UNSHOWABLE.sub(" ", text).split())
    return line if line and len(line) <= LONGEST_CELL else None


def address(text: object) -> str | None:
    """A web address on one line, without a name and a password in it, which are secret; null for what leads anywhere but to the web.

    `address("https://ann:pw@ledger.example/a")` is `"https://ledger.example/a"`, `address("javascript:alert(1)")` is null, and an address
    that begins with its host, `ledger.example:8080/a`, is one.
    """
    line = SECRET.sub(r"\1", cell(text) or "")
    return line if line and (WEB.match(line) or not OTHER.match(line)) else None


def day(text: str | None) -> str | None:
    """An ISO date, or null for anything else: a day that no calendar has, one before there were web pages and one after this century."""
    try:
        found = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return found.isoformat() if 1990 <= found.year < 2100 else None


def cleaned(text: str) -> str:
    """The text of a page or a mail with plain line ends and without control signs and halves of characters."""
    return HALF.sub("\ufffd", STRAY.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")))


def too_large(size: int | None, most: int, limit: str = "file") -> tuple[str, str]:
    """The reason and the detail for a document above a limit of bytes."""
    has = f"{size:,} bytes" if size else f"more than {most:,} bytes"
    return "too_large", f"it has {has}, and {most:,} are read; split it, or raise the limit with --limit {limit} NUMBER"


def memory_words(limits: Limits) -> str:
    """What is said of a document that needs more memory than it may."""
    return f"more than {limits.memory // MEGABYTE:,} MB of memory are needed; split it, or raise the limit with --limit memory BYTES"


def to_row(found: Piece | Rejection) -> dict[str, Any]:
    """A piece or a rejection as plain values, to be sent between processes."""
    return {"kind": "piece" if isinstance(found, Piece) else "rejection", **asdict(found)}


def from_row(row: dict[str, Any]) -> Piece | Rejection:
    """What `to_row` made of it; raises `ValueError` for anything else."""
    values = dict(row)
    made: type[Piece] | type[Rejection] | None = {"piece": Piece, "rejection": Rejection}.get(values.pop("kind", ""))
    if made is None or not all(value is None or isinstance(value, str) for value in values.values()):
        raise ValueError("neither a piece nor a rejection")
    try:
        return made(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error
