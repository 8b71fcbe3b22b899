"""One more article in a folder, with its line in `sources.csv`.

In: a file, or an address on the web. Out: the file in the folder. It is read first as `parse` will read it, so that nothing is added that
gives no document; what it says of itself (address, outlet, date) becomes its line, unless whoever adds it says otherwise.
"""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corewatch.documents.fetching import fetch, name_of
from corewatch.documents.formats import HOLDERS, format_of, stem_of
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import RejectedError
from corewatch.documents.reading import read_documents
from corewatch.documents.sources import COLUMNS, SOURCES_FILE, is_date, read_sources
from corewatch.documents.walking import read_bytes, why_not
from corewatch.errors import InputError, ParameterError
from corewatch.spreadsheets import harmless
from corewatch.tables import records

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def add_article(
    article: str | Path,
    folder: str | Path = "seeds",
    *,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    seconds: float = 30.0,
    most: int = Limits().file,
    allow_private: bool = False,
) -> Path:
    """Copy a file or fetch an address (http, https) into a folder; returns the file there.

    `seconds` and `most` (bytes) limit a fetch, `allow_private` lets it go to this machine and private networks.
    Raises `ParameterError` for a date or an address that is none, and `InputError`, with nothing written, for what cannot be fetched or
    read, what is there already (the same bytes, or the same address in `sources.csv`), or a broken `sources.csv`.
    """
    folder = Path(folder)
    if published is not None and not is_date(published):
        raise ParameterError(f"{published!r} is no date; write it like 2025-03-28, 2025-03 or 2025")
    if url is not None and not is_web_address(url):
        raise ParameterError(f"{url!r} is no address on the web; write it like https://ledger.example/quartzline")
    if url is not None and is_address(article):
        raise ParameterError(f"{article} is an address itself; leave out --url, or give the file that it is the address of")
    known_addresses = {source.url: name for name, source in read_sources(folder).items() if source.url} if folder.exists() else {}
    if is_address(article):
        there_already(str(article), known_addresses, folder)
        fetched = fetch(str(article), seconds=seconds, most=most, allow_private=allow_private)
        content, name, url = fetched.content, name_of(fetched.url) + fetched.ending, fetched.url
    else:
        content, name = given_file(Path(article))
    rows = documents_of(content, name, str(article))
    said = {"publisher": publisher, "published": published, "url": url}
    if len(rows) > 1 or format_of(name)[0] in HOLDERS:
        if any(said.values()):
            raise InputError(f"{article}: holds {len(rows)} documents; say of each in {SOURCES_FILE} where it is from")
        rows = []
    if url is not None:
        there_already(url, known_addresses, folder)
    target = place(content, name, folder)
    for row in rows:
        known = {key: value or row[key] for key, value in said.items()}
        write_source(folder, {"file": target.name, **known})
    return target


def copies_told(folder: Path, added: Iterable[Path]) -> list[str]:
    """A line for each document of a folder that has most of its words from another, where one of the two is among the files just added."""
    documents, _ = read_documents([folder])
    new = tuple(path.relative_to(folder).as_posix() for path in added)
    paths = dict(zip(documents["doc_id"], documents["path"], strict=True))
    pairs = [(row["path"], paths[row["copy_of"]]) for row in records(documents[["path", "copy_of"]]) if row["copy_of"] is not None]
    return [
        f"copy: {path} has most of its words from {other}; the two count as one source"
        for path, other in pairs
        if any(one == name or one.startswith(f"{name}/") for one in (path, other) for name in new)
    ]


def is_address(article: str | Path) -> bool:
    """Whether what was given is an address and no file."""
    return ADDRESS.match(str(article)) is not None


def is_web_address(url: str) -> bool:
    """Whether a text is an address of the web: `http` or `https`, a host, and nothing that no address has."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f\x7f<>\"]", url)


def there_already(url: str, known: Mapping[str, str], folder: Path) -> None:
    """Nothing for a new address; raises `InputError` for one that `sources.csv` has."""
    if url in known:
        raise InputError(f"{url}: {folder / known[url]} is from there already; remove it and its line first if the article has changed")


def given_file(path: Path) -> tuple[bytes, str]:
    """The bytes and the name of a file that was given."""
    if not path.exists():
        raise InputError(f"{path}: no such file; check the spelling, or give an address that begins with https://")
    refused = ("folder", "a folder is not added; give its files") if path.is_dir() else why_not(path, "", follow=True)
    if refused:
        raise InputError(f"{path}: {refused[1]}")
    try:
        return read_bytes(path, Limits().archive), path.name
    except RejectedError as error:
        raise InputError(f"{path}: {error.detail}") from error


def documents_of(content: bytes, name: str, given: str) -> Sequence[Mapping[str, Any]]:
    """The documents that the bytes give; raises `InputError` with the reasons where there are none."""
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / name
        path.write_bytes(content)
        documents, rejected = read_documents([path])
    if documents.empty:
        reasons = "; ".join(f"{row['reason']}, {row['detail']}" for row in records(rejected.head(3))) or "it holds nothing"
        raise InputError(f"{given}: gives no article ({reasons})")
    return records(documents[["publisher", "published", "url"]])


def place(content: bytes, name: str, folder: Path) -> Path:
    """Write the file under a free name; raises `InputError` where the folder has the same bytes already."""
    folder.mkdir(parents=True, exist_ok=True)
    for other in sorted(folder.rglob("*")):
        if other.is_file() and other.stat().st_size == len(content) and other.read_bytes() == content:
            raise InputError(f"{name}: {other} has the same bytes; nothing was added")
    stem = stem_of(name)
    target, count = folder / name, 2
    while target.exists() or target.is_symlink():
        target = folder / f"{stem}-{count}{name.removeprefix(stem)}"
        count += 1
    aside = folder / f".{target.name}.part"
    aside.write_bytes(content)
    shutil.move(aside, target)
    return target


def write_source(folder: Path, source: Mapping[str, str | None]) -> None:
    """Add a line to the folder's `sources.csv`, which is in place only when it is whole; its other lines stay as they are."""
    path = folder / SOURCES_FILE
    before = path.read_bytes().decode("utf-8-sig") if path.exists() else ",".join(COLUMNS) + "\n"
    columns = next(csv.reader(io.StringIO(before)))
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([harmless(source.get(column) or "") for column in columns])
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(before + ("" if before.endswith("\n") else "\n") + line.getvalue(), encoding="utf-8", newline="")
    aside.replace(path)
