"""Files and folders in, documents out; whatever gives no text is named with the reason.

In: paths and limits. Out: the tables `documents` and `rejected`. Nothing is judged about what a text says.

- A folder is read with everything below it (`walking`). Every file is read by a process of its own (`confining`), because what is in it
  could break its reader. The raw bytes of one file are held at a time.
- `doc_id` is the file's stem, or for a folder its path below the folder without the ending; a document inside a file has the file's stem
  before its own. Where two would share one, or differ by capitals alone, so that their pages would be one file on many systems, the first
  by path keeps it and the next is called by its full name (`note.md`), then with the folder's name before it, then with a number.
- `text` of a text file is the decoded file, unchanged: line ends stay as they are, because offsets count them. Only a byte order mark is
  no text. Of other kinds it is the article.
- `published` is what `sources.csv` says, else what the page or mail says of itself, else the head of a Markdown file, else the dateline.
- `path` is relative to the folder that was given, so that the same articles make the same table on every machine.
- A text in another language than English is rejected, because nothing in it would be read right.
- An article that another one copies for the most part is read as well, and `copy_of` names the other: the two are one source.
- The same bytes twice are one document: the one in fewer folders, then the first by path; the other is passed over as a duplicate.
"""

import hashlib
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pandas import DataFrame

from corewatch.documents.confining import Worker
from corewatch.documents.copies import near_copies
from corewatch.documents.formats import HOLDERS, WHOLE, format_of, stem_of, unsupported
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Piece, Rejection, from_row, printable, to_row, too_large
from corewatch.documents.sources import SOURCES_FILE, Source, read_sources
from corewatch.documents.walking import Found, find_files
from corewatch.reuse import Kept
from corewatch.tables import frame, records

# The reason of a name that `sources.csv` has and the folder has not.
MISSING = "missing"
# Why a file was not read where it might be the next time: a machine that had no memory or time left, a disk that did not answer.
PASSING = ("timeout", "memory", "crash", "unreadable", "archive")


def read_documents(paths: Iterable[Path], limits: Limits | None = None, kept: Kept | None = None) -> tuple[DataFrame, DataFrame]:
    """The tables `documents` and `rejected` of files and folders, both sorted by name, what a `sources.csv` names in vain last.

    Raises `InputError` for a path that does not exist and for a `sources.csv` that cannot be understood.
    """
    given = list(paths)
    found, passed = find_files(given)
    sources = {folder: read_sources(folder) for folder in sorted({file.folder for file in found})}
    documents: dict[str, dict[str, object]] = {}
    taken: set[str] = set()
    rejected = list(passed)
    digests: dict[str, str] = {}
    seen: dict[Path, set[str]] = {folder: set() for folder in sources}
    with Worker(limits or Limits()) as worker:
        for file in found:
            seen[file.folder].add(file.name)
            for piece in pieces_of(file, worker, kept or Kept(None)):
                seen[file.folder].add(piece.name)
                if isinstance(piece, Rejection):
                    rejected.append(piece)
                elif piece.sha256 in digests:
                    detail = f"the same bytes as {digests[piece.sha256]}, which was read; remove one of the two"
                    rejected.append(Rejection(piece.name, "duplicate", detail))
                else:
                    digests[piece.sha256] = piece.name
                    doc_id = free_id(piece, file.folder, taken)
                    taken.add(folded(doc_id))
                    documents[doc_id] = {"doc_id": doc_id, **row_of(piece, sources[file.folder].get(piece.name, Source()))}
    for folder in sorted({path for path in given if path.is_dir()} & set(sources)):
        for name in sorted(set(sources[folder]) - seen[folder]):
            detail = f"{SOURCES_FILE} names it, and there is no such file; mend the name or remove the line"
            rejected.append(Rejection(printable(name), MISSING, detail))
    return with_copies(frame("documents", [documents[doc_id] for doc_id in sorted(documents)])), listed(rejected)


def with_copies(documents: DataFrame) -> DataFrame:
    """The documents, with the one that each of them copies."""
    return documents.assign(copy_of=documents["doc_id"].map(near_copies(documents)).astype("str"))


def listed(rejected: Iterable[Rejection]) -> DataFrame:
    """The table of rejections, by name, those in fewer folders first, what a `sources.csv` names in vain last."""
    ordered = sorted(rejected, key=lambda one: (one.reason == MISSING, one.name.count("/"), one.name))
    return frame("rejected", [{"path": one.name, "reason": one.reason, "detail": one.detail} for one in ordered])


def without(documents: DataFrame, rejected: DataFrame, failed: Mapping[str, tuple[str, str]]) -> tuple[DataFrame, DataFrame]:
    """Both tables when some documents could not be gone through after all; `failed` has the reason and detail for each id of one."""
    if not failed:
        return documents, rejected
    gone = documents["doc_id"].isin(list(failed))
    paths = dict(zip(documents["doc_id"], documents["path"], strict=True))
    known = [Rejection(row["path"], row["reason"], row["detail"]) for row in records(rejected)]
    return with_copies(documents[~gone].reset_index(drop=True)), listed(
        [*known, *(Rejection(paths[doc_id], *why) for doc_id, why in failed.items())]
    )


def pieces_of(file: Found, worker: Worker, kept: Kept) -> Iterator[Piece | Rejection]:
    """What a file gives: one piece or rejection, or several of a file that holds documents."""
    kind, packing = format_of(file.name)
    limits = worker.limits
    most = limits.archive if packing or (kind in HOLDERS and kind not in WHOLE) else limits.file
    if kind is None:
        yield Rejection(file.name, *unsupported(file.name))
        return
    try:
        size = file.path.stat().st_size
    except OSError:
        # It is gone, and whoever opens it says so.
        size = 0
    if size > most:
        yield Rejection(file.name, *too_large(size, most, "file" if most == limits.file else "archive"))
    elif packing or kind in HOLDERS or kind == "text":
        # Text is read sooner than it is found among what is kept.
        yield from worker.read(file.path, file.name, stem_of(file.name))
    else:
        yield from pieces_kept(file, worker, kept)


def pieces_kept(file: Found, worker: Worker, kept: Kept) -> list[Piece | Rejection]:
    """What a web page, mail or PDF gives; read again only if its bytes or the limits are others, or if it was turned away for now."""
    try:
        digest = digest_of(file.path)
    except OSError:
        return list(worker.read(file.path, file.name, stem_of(file.name)))

    def make() -> list[dict[str, Any]]:
        return [to_row(piece) for piece in worker.read(file.path, file.name, stem_of(file.name))]

    def lasting(rows: list[dict[str, Any]]) -> bool:
        return not any(row.get("reason") in PASSING for row in rows) and digest_of(file.path) == digest

    return [from_row(row) for row in kept.get(["pieces", file.name, digest, asdict(worker.limits)], make, lasting)]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; raises `OSError`."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def row_of(piece: Piece, source: Source) -> dict[str, object]:
    """The row of `documents`, without its id; what an analyst says of a source goes before what the document says of itself."""
    return {
        "path": piece.name,
        "sha256": piece.sha256,
        "title": piece.title,
        "published": source.published or piece.published,
        "publisher": source.publisher or piece.publisher,
        "url": source.url or piece.url,
        "encoding": piece.encoding,
        "text": piece.text,
        "n_chars": len(piece.text),
        "n_words": len(piece.text.split()),
    }


def free_id(piece: Piece, folder: Path, taken: Container[str]) -> str:
    """The first of the names that a document may have which no other has yet; `taken` are those of the others, folded."""
    above = folder.resolve().name
    named = [piece.stem, piece.name, f"{above}/{piece.stem}", f"{above}/{piece.name}"]
    count = 2
    while folded(named[0]) in taken:
        named = named[1:] or [f"{piece.stem}.{count}"]
        count += len(named) == 1
    return named[0]


def folded(name: str) -> str:
    """A name as a file system has it that does not tell capitals, or two spellings of an accent, apart."""
    return unicodedata.normalize("NFC", name).casefold()
