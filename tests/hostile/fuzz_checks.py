"""What holds for any file: documents, or rejections with a known reason; tables that keep to their contract; and nothing else.

In: the name and the bytes of files. Out: what came of them, or an error. What a file may not do (write, start a process, open a connection)
is refused by a hook of the interpreter, which knows of every attempt.
"""

import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fuzz_files import file
from fuzz_texts import chance_of

from corewatch.contract import EVIDENCE
from corewatch.documents.copies import near_copies
from corewatch.documents.languages import other_language
from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Piece, Rejection, from_row, to_row
from corewatch.documents.reading import row_of
from corewatch.documents.sources import Source
from corewatch.errors import CorewatchError
from corewatch.mentions.rows import mentions_in
from corewatch.pipeline import join_documents, mentions_of, parse
from corewatch.tables import Tables, check_all, empty, frame, records
from corewatch.terminal import UNSHOWABLE

LIMITS = Limits(file=2 * MEGABYTE, depth=2)
# The reasons are those that the page for users explains.
DOCUMENTED = frozenset(
    re.findall(r"^\| `(\w+)` \|[^|]+\|[^|]+\|$", (Path(__file__).parents[2] / "docs" / "inputs.md").read_text(), re.MULTILINE)
)
# What the hook knows of and a reader has no business with.
FORBIDDEN = (
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.exec", "os.fork",
    "os.posix_spawn", "os.system", "os.startfile", "os.kill", "subprocess.Popen", "socket.connect", "socket.bind", "socket.getaddrinfo",
    "shutil.rmtree", "shutil.copyfile", "tempfile.mkstemp", "tempfile.mkdtemp", "ctypes.dlopen", "webbrowser.open", "ftplib.connect",
    "urllib.Request", "pty.spawn",
)  # fmt: skip


class ForbiddenError(BaseException):
    """What a file made its reader do and may not; no handler of errors takes it for a broken file."""


class _Guard:
    """Whether the hook is on; hooks cannot be taken away."""

    on = False
    set = False


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if not _Guard.on:
        return
    writes = event == "open" and (set(str(given[1] or "")) & set("wax+") or int(given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    # Modules that are imported late may load what they are made of.
    if writes or (event in FORBIDDEN and not (event == "ctypes.dlopen" and "site-packages" in str(given[0] or "site-packages"))):
        raise ForbiddenError(f"{event} {given!r}"[:300])


def warm() -> None:
    """Load what is loaded once: libraries look for a network and unpack their models when they are imported."""
    other_language("Das Unternehmen teilte am Montag mit, dass es einen Vertrag mit dem Hersteller unterzeichnet hat. " * 9)
    pieces = []
    for kind in ("page", "letter", "packed", "rows", "pdf"):
        for number in range(2):
            with suppress(Exception):
                pieces += check_reading(*file(kind, chance_of(f"warm {kind} {number}")))[0]
    with suppress(Exception):
        check_extraction(pieces[:1])


@contextmanager
def guarded() -> Iterator[None]:
    """Nothing may be written, started or connected to."""
    if not _Guard.set:
        sys.addaudithook(_hook)
        _Guard.set = True
    _Guard.on = True
    try:
        yield
    finally:
        _Guard.on = False


def check_reading(name: str, content: bytes) -> tuple[list[Piece], Counter[str]]:
    """The documents in a file, and how often which reason was given for none; raises where anything else comes of it."""
    pieces: list[Piece] = []
    reasons: Counter[str] = Counter()
    for event in opener(len(content), LIMITS).open(io.BytesIO(content), name, "a"):
        if isinstance(event, tuple):
            continue
        assert from_row(json.loads(json.dumps(to_row(event)))) == event
        assert not UNSHOWABLE.search(event.name), event.name
        if isinstance(event, Rejection):
            assert event.reason in DOCUMENTED, event.reason
            assert event.detail, event.reason
            assert not UNSHOWABLE.search(event.detail), event.detail
            reasons[event.reason] += 1
            # A reader that stumbles is caught for the sake of the other files; here it is a finding.
            assert "the reader does not know" not in event.detail, event.detail
        else:
            assert event.text.strip()
            event.text.encode()
            assert not any(UNSHOWABLE.search(cell) for cell in (event.title, event.publisher, event.url) if cell)
            pieces.append(event)
    return pieces, reasons


def check_folder(folder: Path, files: dict[str, bytes]) -> Counter[str]:
    """The same of a folder of files and of everything that is in the way of a real one: links, a `sources.csv`, the second process.

    Gives the reasons; raises where anything else comes of it, a file that was not there before included.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    before = sorted(folder.iterdir())
    try:
        tables = check_all(parse(folder, limits=LIMITS))
    except CorewatchError:
        # A file of the analyst that is wrong is said at once, and nothing is made; the articles alone have to pass.
        if any(name.endswith(".csv") for name in files):
            return Counter(refused=1)
        raise
    check_evidence(tables)
    assert sorted(folder.iterdir()) == before
    assert set(tables.rejected["reason"]) <= DOCUMENTED
    assert not any(UNSHOWABLE.search(cell) for column in ("path", "detail") for cell in tables.rejected[column])
    return Counter(tables.rejected["reason"])


def check_extraction(pieces: Sequence[Piece]) -> Tables:
    """The tables of some documents, all of them within their contract, each passage the exact words; raises where one is not."""
    rows: list[dict[str, object]] = []
    digests: set[str] = set()
    for number, piece in enumerate(pieces):
        if piece.sha256 not in digests:
            digests.add(piece.sha256)
            rows.append({"doc_id": f"doc{number}", **row_of(piece, Source())})
    documents = frame("documents", rows)
    documents = documents.assign(copy_of=documents["doc_id"].map(near_copies(documents)).astype("str"))
    mentions, failed = mentions_of(documents, mentions_in)
    assert not failed
    tables = check_all(join_documents(documents, mentions, empty("rejected"), empty("corrections")))
    check_evidence(tables)
    return tables


def check_evidence(tables: Tables) -> None:
    """Each passage is the exact words of its text, each figure that is pointed at is there, no bound is above the other."""
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    figures = set(tables.figures["figure_id"])
    for name, words in EVIDENCE.items():
        for row in records(tables[name]):
            assert row["start"] < row["end"], row
            assert texts[row["doc_id"]][row["start"] : row["end"]] == row[words], row
            assert row.get("figure_id") is None or row["figure_id"] in figures, row
            if row.get("low") is not None and row.get("high") is not None:
                assert row["low"] <= row["high"], row
