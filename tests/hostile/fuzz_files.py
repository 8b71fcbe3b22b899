"""Files for fuzzing, each from a source of chance alone: built as their format wants it or nearly so, then damaged or not.

`file(kind, chance)` gives the name and the bytes. Building comes first, because bytes that are damaged at random seldom get past the first
check of a reader: an archive has odd members, an export odd rows, what `fuzz_documents` makes is odd in its own way, and most are left
whole.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
from fuzz_documents import encoded, letter, page, paper, word_file
from fuzz_texts import SIGNS, fragment, text
from pyarrow import parquet

NAMES = (
    "note.txt", "a/b/c.md", "../up.txt", "/root.txt", "C:\\x.txt", "page.html", "page_files/x.html", "x.exe", "", ".", "..", "a//b.txt",
    "é.txt",
    ".hidden.txt", "__MACOSX/._a.txt", "sources.csv", "con.txt", "a\nb.txt", "\x1b[2J.txt", "a" * 250 + ".txt", "same.txt", "SAME.TXT",
    "x/",
)  # fmt: skip
KEYS = (
    "text", "content", "body", "Text", "title", "headline", "date", "published", "publisher", "source", "url", "id", "doc_id", "", "x",
    "TEXT",
)  # fmt: skip


def value(chance: Random, deep: int = 0) -> Any:
    """Any value of JSON."""
    drawn = chance.randrange(12 if deep < 3 else 9)
    if drawn < 5:
        return text(chance)
    plain = (None, chance.choice((True, 0, -1, 10**30, 1e308, float("nan"))), fragment(chance), "2025-03-28T10:00:00Z")
    if drawn < 9:
        return plain[drawn - 5]
    return [value(chance, deep + 1) for _ in range(2)] if drawn == 9 else {fragment(chance): value(chance, deep + 1) for _ in range(2)}


def lines_of_json(chance: Random) -> bytes:
    """Rows, one a line, some of them none."""
    rows = []
    for _ in range(chance.randrange(1, 6)):
        row = {chance.choice(KEYS): value(chance) for _ in range(chance.randrange(1, 5))}
        rows.append(json.dumps(row if chance.random() < 0.9 else value(chance), ensure_ascii=chance.random() < 0.5))
    return encoded(chance, chance.choice(("\n", "\n", "\r\n", "\n\n", " ", "\u2028")).join(rows))


def one_json(chance: Random) -> bytes:
    """An array or an object with texts somewhere in it, or anything."""
    rows = [{chance.choice(KEYS): value(chance) for _ in range(chance.randrange(1, 5))} for _ in range(chance.randrange(4))]
    made: Any = chance.choice((rows, {"articles": rows}, {"data": {"items": rows}}, rows[:1] and rows[0], value(chance)))
    return encoded(chance, json.dumps(made, ensure_ascii=chance.random() < 0.5))


def lines_of_csv(chance: Random) -> bytes:
    """Rows of cells, with marks in the wrong places now and then."""
    memory = io.StringIO()
    mark = chance.choice(",,,;\t|")
    writer = csv.writer(memory, delimiter=mark, quotechar='"', lineterminator=chance.choice(("\n", "\r\n")))
    keys = [chance.choice(KEYS) for _ in range(chance.randrange(1, 5))]
    writer.writerow(["text", *keys] if chance.random() < 0.8 else keys)
    for _ in range(chance.randrange(5)):
        writer.writerow([text(chance) for _ in range(chance.choice((len(keys) + 1, chance.randrange(6))))])
    return encoded(chance, chance.choice(("", "", "sep=;\n")) + memory.getvalue())


def rows_of_parquet(chance: Random) -> bytes:
    """A table with columns of any type."""
    count = chance.randrange(4)
    columns: dict[str, Any] = {"text": pa.array([whole(text(chance)) for _ in range(count)])} if chance.random() < 0.8 else {}
    makers: tuple[Callable[[], Any], ...] = (
        lambda: pa.array([whole(text(chance)).encode() for _ in range(count)], chance.choice((pa.binary(), pa.large_binary()))),
        lambda: pa.array([whole(text(chance)) for _ in range(count)], chance.choice((pa.large_string(), pa.string()))),
        lambda: pa.array([chance.choice((None, 2**53, -(2**53), 0)) for _ in range(count)], pa.timestamp(chance.choice(("s", "us", "ns")))),
        lambda: pa.array([chance.choice((None, date(1, 1, 1), date(9999, 12, 31))) for _ in range(count)]),
        lambda: pa.array([datetime(2025, 3, 28, tzinfo=UTC)] * count, pa.timestamp("ms", chance.choice(("UTC", "+09:00")))),
        lambda: pa.array([Decimal("1.50")] * count),
        lambda: pa.array([[whole(text(chance))]] * count),
        lambda: pa.array([{"text": "x"}] * count),
        lambda: pa.array([whole(text(chance))] * count).dictionary_encode(),
        lambda: pa.nulls(count),
        lambda: pa.array([chance.choice((1.5, float("nan"), None)) for _ in range(count)], pa.float64()),
        lambda: pa.array([10**9 * at for at in range(count)], pa.duration("s")),
    )
    for _ in range(chance.randrange(5)):
        columns[chance.choice(KEYS) or "empty"] = chance.choice(makers)()
    memory = io.BytesIO()
    parquet.write_table(pa.table(columns or {"x": pa.nulls(count)}), memory, compression=chance.choice(("zstd", "snappy", "none", "gzip")))
    return memory.getvalue()


def whole(words: str) -> str:
    """A text without halves of characters, which Parquet cannot hold."""
    return words.encode("utf-8", "ignore").decode()


def member(chance: Random, deep: int) -> tuple[str, bytes]:
    """Something to be packed: a name and bytes."""
    kinds = ("text", "text", "page", "letter", "lines", "csv", "word", "packed", *(("zip", "tar") if deep < 2 else ()))
    name, content = file(chance.choice(kinds), chance, deep + 1)
    return (chance.choice(NAMES) if chance.random() < 0.4 else f"{chance.randrange(5)}{name}"), content


def zipped(chance: Random, deep: int) -> bytes:
    """A zip."""
    memory = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(memory, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))) as archive,
    ):
        # The same name twice is meant.
        warnings.simplefilter("ignore")
        for _ in range(chance.randrange(4)):
            name, content = member(chance, deep)
            info = zipfile.ZipInfo(name or "x", (2025, 3, 28, 10, 0, 0))
            info.external_attr = chance.choice((*[0] * 12, 0o120777 << 16, 0o020666 << 16, 0o040755 << 16, 0xFFFFFFFF))
            archive.writestr(info, content)
        archive.comment = encoded(chance, fragment(chance))[:50]
    return memory.getvalue()


def tarred(chance: Random, deep: int) -> bytes:
    """A tar."""
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w", format=chance.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))) as archive:
        for _ in range(chance.randrange(4)):
            name, content = member(chance, deep)
            info = tarfile.TarInfo(name)
            info.type = chance.choice((*[tarfile.REGTYPE] * 16, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE))
            info.linkname = chance.choice(NAMES)
            info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content))
    return memory.getvalue()


def packed(chance: Random, deep: int) -> tuple[str, bytes]:
    """Something in a compressed stream, or in two of them one behind the other."""
    name, content = file(chance.choice(("text", "page", "lines", "tar", "zip", "letter", "pdf")), chance, deep + 1)
    ending = chance.choice((".gz", ".bz2", ".xz", ".zst"))
    if ending == ".zst":
        return name + ending, bytes(pa.Codec("zstd").compress(content, asbytes=True))
    packs: dict[str, Callable[[bytes], bytes]] = {
        ".gz": lambda part: gzip.compress(part, mtime=0),
        ".bz2": bz2.compress,
        ".xz": lzma.compress,
    }
    pack = packs[ending]
    half = len(content) // 2
    return name + ending, pack(content) if chance.random() < 0.8 else pack(content[:half]) + pack(content[half:])


def damaged(chance: Random, content: bytes) -> bytes:
    """Bytes with some cut out, doubled, repeated, overwritten, or broken off."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(len(made) + 1), chance.choice((1, 1, 2, 4, 30, 300))
        action = chance.randrange(7)
        if action == 0:
            made[at : at + length] = b""
        elif action == 1:
            made[at:at] = made[at : at + length] * chance.choice((1, 2, 100))
        elif action == 2:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif action == 3:
            made[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\xff\xff\xff\x7f"))
        elif action == 4:
            made[at:at] = chance.choice(SIGNS).encode("utf-8", "ignore")
        elif action == 5 and made:
            made[at : at + 1] = bytes([made[min(at, len(made) - 1)] ^ (1 << chance.randrange(8))])
        elif action == 6 and chance.random() < 0.3:
            del made[at:]
    return bytes(made)


MAKERS: dict[str, tuple[str, Callable[[Random, int], bytes]]] = {
    "words": ("note.txt", lambda chance, _: text(chance).encode("utf-8", "ignore")),
    "text": ("note.md", lambda chance, _: encoded(chance, text(chance))),
    "page": ("page.html", lambda chance, _: encoded(chance, page(chance))),
    "pdf": ("paper.pdf", lambda chance, _: paper(chance)),
    "letter": ("letter.eml", lambda chance, _: letter(chance)),
    "saved": ("saved.mhtml", lambda chance, _: letter(chance)),
    "lines": ("feed.jsonl", lambda chance, _: lines_of_json(chance)),
    "json": ("feed.json", lambda chance, _: one_json(chance)),
    "csv": ("feed.csv", lambda chance, _: lines_of_csv(chance)),
    "word": ("note.docx", lambda chance, _: word_file(chance)),
    "rows": ("feed.parquet", lambda chance, _: rows_of_parquet(chance)),
    "zip": ("pack.zip", zipped),
    "tar": ("pack.tar", tarred),
}
# What is "wrong" has the name of one kind and the bytes of another.
KINDS = (*MAKERS, "packed", "wrong")


def file(kind: str, chance: Random, deep: int = 0) -> tuple[str, bytes]:
    """The name and the bytes of a file of a kind; of three files one is damaged, except those that are words alone."""
    if kind == "wrong":
        return file(chance.choice(KINDS[:-1]), chance)[0], file(chance.choice(KINDS[:-1]), chance)[1]
    if kind == "packed":
        name, content = packed(chance, deep)
    else:
        name, make = MAKERS[kind]
        content = make(chance, deep)
    return name, damaged(chance, content) if kind != "words" and chance.random() < (0.33 if deep == 0 else 0.05) else content
