"""Files and folders in, documents out; whatever gives no text is named with the reason.

In: paths. Out: the tables `documents` and `rejected`. Nothing is judged about what a text says.

- A folder is read with everything below it; hidden files are left alone. `sources.csv` and `corrections.csv` are no articles.
- `doc_id` is the file's stem, or for a folder its path below the folder without the ending. Where two files would share one, the first
  by path keeps it and the next is called by its full name (`note.md`), then with the folder's name before it, then with a number.
- `text` is the decoded file, unchanged: line ends stay as they are, because offsets count them. Only a byte order mark is no text.
- `published` is what `sources.csv` says, else the date of the article's dateline.
- `path` is relative to the folder that was given, so that the same articles make the same table on every machine.
- An article that another one copies for the most part is read as well, and `copy_of` names the other: the two are one source.
- The same bytes twice are one document: the one in fewer folders, then the first by path; the other is passed over as a duplicate.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from corewatch.documents.copies import near_copies
from corewatch.documents.datelines import date_stated
from corewatch.documents.sources import SOURCES_FILE, Source, read_sources
from corewatch.errors import InputError
from corewatch.tables import frame

ZERO_WIDTH = "\ufeff\u200b\u200c\u200d\u2060"
TEXT_ENDINGS = (".txt", ".md")
CONFIGURATION = (SOURCES_FILE, "corrections.csv")
# Longer than any headline of a newsroom, shorter than nearly any first paragraph.
LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was given: where it is, and what it is called below the folder that was given."""

    path: Path
    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a file gave no document, and what to do about it."""

    reason: str
    detail: str


def read_documents(paths: Iterable[Path]) -> tuple[DataFrame, DataFrame]:
    """The tables `documents` and `rejected` of files and folders, both sorted by name, what a `sources.csv` names in vain last.

    Raises `InputError` for a path that does not exist and for a `sources.csv` that cannot be understood.
    """
    given = list(paths)
    found = sorted(find_files(given), key=lambda file: (file.name.count("/"), file.name, str(file.path)))
    sources = {folder: read_sources(folder) for folder in sorted({file.folder for file in found})}
    documents: dict[str, dict[str, object]] = {}
    rejected: list[dict[str, object]] = []
    digests: dict[str, str] = {}
    for file in found:
        read = read_text(file.path)
        if isinstance(read, Rejection):
            rejected.append({"path": printable(file.name), "reason": read.reason, "detail": read.detail})
            continue
        text, digest = read
        if digest in digests:
            detail = f"the same bytes as {digests[digest]}, which was read; remove one of the two"
            rejected.append({"path": file.name, "reason": "duplicate", "detail": detail})
            continue
        digests[digest] = file.name
        doc_id = free_id(file, documents)
        source = sources[file.folder].get(file.name, Source())
        documents[doc_id] = {
            "doc_id": doc_id,
            "path": file.name,
            "sha256": digest,
            "title": title_of(text),
            "published": source.published or date_stated(text),
            "publisher": source.publisher,
            "url": source.url,
            "text": text,
            "n_chars": len(text),
            "n_words": len(text.split()),
        }
    for folder in sorted({path for path in given if path.is_dir()} & set(sources)):
        for name in sorted(set(sources[folder]) - {file.name for file in found if file.folder == folder}):
            detail = f"{SOURCES_FILE} names it, and there is no such file; mend the name or remove the line"
            rejected.append({"path": name, "reason": "missing", "detail": detail})
    table = frame("documents", [documents[doc_id] for doc_id in sorted(documents)])
    return table.assign(copy_of=table["doc_id"].map(near_copies(table)).astype("str")), frame("rejected", rejected)


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file that is given or lies below a folder that is given, each once."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; check the spelling, or give the path from {os.curdir} on")
        folder, files = (path, files_below(path)) if path.is_dir() else (path.parent, [path])
        for file in files:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                yield Found(file, file.relative_to(folder).as_posix(), folder)


def files_below(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders, without hidden ones and configuration."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in CONFIGURATION and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def read_text(path: Path) -> tuple[str, str] | Rejection:
    """The text of a file and the SHA-256 of its bytes, or why there is none."""
    if printable(str(path)) != str(path):
        return Rejection("name", "the name of the file or of a folder above it is not UTF-8; rename it")
    if path.suffix.lower() not in TEXT_ENDINGS:
        ending = path.suffix or "a file without an ending"
        return Rejection("unsupported", f"{ending} is not read; save the article's text as {' or '.join(TEXT_ENDINGS)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        return Rejection("unreadable", f"{error.strerror}; make the file readable and parse again")
    if b"\0" in content:
        return Rejection("binary", "the file holds bytes that are no text; save the article's text as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Rejection("encoding", f"byte {error.start} is not UTF-8; save the file as UTF-8")
    # A zero-width sign is no text, though it is no white space either.
    if not text.translate(dict.fromkeys(map(ord, ZERO_WIDTH))).strip():
        return Rejection("empty", "the file has no text; fetch the article again or remove the file")
    return text, hashlib.sha256(content).hexdigest()


def printable(name: str) -> str:
    """A path as text: a byte that is not UTF-8, as in names from old systems, is written like `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def free_id(file: Found, taken: Iterable[str]) -> str:
    """The first of the names that a file may have as a document which no other has yet."""
    stem = file.name.removesuffix(file.path.suffix)
    named = [stem, file.name, f"{file.folder.resolve().name}/{stem}", f"{file.folder.resolve().name}/{file.name}"]
    count = 2
    while named[0] in taken:
        named = named[1:] or [f"{stem}.{count}"]
        count += len(named) == 1
    return named[0]


def title_of(text: str) -> str | None:
    """The first line if it reads like a headline: short, not ended like a sentence, and with text below it.

    `title_of("Chips run short\\n\\nMakers of ...")` is `"Chips run short"`.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0].lstrip("#").strip() if lines else ""
    if len(lines) < 2 or not first or len(first) > LONGEST_TITLE or first.rstrip("\"'”’)").endswith((".", ":", ";", ",")):
        return None
    return first
