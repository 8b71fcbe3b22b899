"""Files that break readers, made by code: each with the reasons that it has to be rejected with, or none where it is read safely.

A maker gets the folder in which to put its files. Names of files are paths as they stand in `documents` and `rejected`.
"""

import base64
import gzip
import io
import json
import lzma
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

NEWS = "Quartzline signs with Orrin\n\nQuartzline said on Monday that it had signed a five-year, $11.9 billion contract with Orrin.\n"
PAGE = (
    f"<html><head><title>Quartzline signs</title></head><body><article><h1>Quartzline signs</h1><p>{NEWS * 3}</p></article></body></html>"
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = f"<w:document {WORD}><w:body><w:p><w:r><w:t>{NEWS}</w:t></w:r></w:p></w:body></w:document>"


@dataclass(frozen=True)
class Hostile:
    """A file, or a few: how it is made, what is rejected with which reason, and which documents come out all the same."""

    make: Callable[[Path], None]
    rejected: dict[str, str]
    read: tuple[str, ...] = ()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip in memory."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def tarred(members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w") -> bytes:
    """A tar in memory."""
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=mode) as archive:  # type: ignore[call-overload]  # a mode chosen at run time
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return memory.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    """A member of a tar that is no file."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info, b""


def put(name: str, content: bytes) -> Callable[[Path], None]:
    """A maker of one file."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return make


def zeros(size: int) -> bytes:
    """So many zeros, compressed a piece at a time."""
    memory = io.BytesIO()
    with gzip.GzipFile(fileobj=memory, mode="wb", compresslevel=9) as stream:
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))
    return memory.getvalue()


def nested_zip(depth: int) -> bytes:
    """A text in a zip in a zip, and so on."""
    content = zipped({"note.txt": NEWS.encode()})
    for _ in range(depth - 1):
        content = zipped({"inner.zip": content})
    return content


def overlapping_zip() -> bytes:
    """A zip whose list names one member's bytes many times, as small bombs do."""
    content = zipped({"000.txt": b"$5 billion. " * 50_000})
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[at:end]
    entries = b"".join(entry.replace(b"000.txt", b"%03d.txt" % number) for number in range(20))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), at, 0)
    return content[:at] + entries + tail


def locked_zip() -> bytes:
    """A zip whose member says that it is encrypted."""
    content = bytearray(zipped({"note.txt": NEWS.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def pdf(objects: list[bytes], root: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first the catalog."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, extra, start)
    return bytes(content)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def page_pdf(commands: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one page with these commands."""
    resources = b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] %s /Contents 4 0 R >>" % resources
    again = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >>")
    return pdf([CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(commands, entries), FONT, again])


def looping_pages() -> bytes:
    """A tree of pages that holds itself."""
    return pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>"])


def locked_pdf() -> bytes:
    """A PDF that needs a password, which nobody has."""
    lock = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (b"41" * 32, b"42" * 32)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    return pdf([CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page], extra=lock)


def many_pages(number: int) -> bytes:
    """A PDF of so many blank pages."""
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(number))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    return pdf([CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, number), *[page] * number])


def deep_json(depth: int) -> bytes:
    """A list in a list, and so on."""
    return b'{"text": ' + b"[" * depth + b"]" * depth + b"}\n"


def deep_mail(depth: int) -> bytes:
    """A message whose parts hold parts."""
    lines = [b"Subject: deep", b"MIME-Version: 1.0"]
    for at in range(depth):
        lines += [b"Content-Type: multipart/mixed; boundary=b%d" % at, b"", b"--b%d" % at]
    return b"\n".join([*lines, b"Content-Type: text/plain", b"", NEWS.encode()])


def bad_parquet() -> bytes:
    """A Parquet file whose foot says that it is far longer than it is."""
    memory = io.BytesIO()
    parquet.write_table(pa.table({"text": [NEWS]}), memory)
    content = bytearray(memory.getvalue())
    content[-8:-4] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(content)


def bomb_parquet() -> bytes:
    """A Parquet file of a few kilobytes whose texts are gigabytes."""
    memory = io.BytesIO()
    text = pa.array(["A" * 30_000_000] * 1)
    dictionary = pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int32()), text)
    parquet.write_table(pa.table({"text": dictionary}), memory, compression="zstd")
    return memory.getvalue()


def word(document: bytes) -> bytes:
    """A Word document of this XML."""
    return zipped({"word/document.xml": document})


def letter_of(parts: list[tuple[bytes, bytes]]) -> bytes:
    """A message with a text and these heads and bytes as further parts."""
    head = (
        b"Subject: parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + NEWS.encode()
    )
    return (
        head
        + b"".join(b"\n--b\n%s\nContent-Transfer-Encoding: base64\n\n%s\n" % (kind, base64.encodebytes(content)) for kind, content in parts)
        + b"\n--b--\n"
    )


def letter_in_letter(depth: int) -> bytes:
    """A message attached to a message, and so on."""
    content = b"Subject: innermost\n\n" + NEWS.encode()
    for at in range(depth):
        head = b"Subject: %d\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\nContent-Type: message/rfc822\n\n"
        content = head % (at, at, at) + content + b"\n--b%d--\n" % at
    return content


ATTACHED = [
    (b'Content-Type: text/plain; name="../../../up.txt"\nContent-Disposition: attachment', b"Lantern borrows $2 billion."),
    (b'Content-Type: text/plain; name="=?utf-8?q?=1b[2J=E2=80=AEtxt.txt?="\nContent-Disposition: attachment', b"Hut lets a hall."),
    (b'Content-Type: application/octet-stream; name="run.exe"', b"MZ"),
    (b'Content-Type: image/svg+xml; name="a.svg"', b"<svg/>"),
    (b'Content-Type: application/zip; name="bomb.zip"', zipped({"zeros.txt": bytes(64 << 20)})),
]


def misnamed(folder: Path) -> None:
    """A program under the names of articles."""
    for name in ("a.pdf", "b.docx", "c.eml", "d.parquet", "e.csv", "f.html", "g.json", "h.zip", "i.txt"):
        (folder / name).write_bytes(b"MZ\x90\0\3\0" + name.encode())


def sockets(folder: Path) -> None:
    """A socket, which is no file; its path is short enough for the system only from the folder itself."""
    home = Path.cwd()
    try:
        os.chdir(folder)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket.txt")
    finally:
        os.chdir(home)


def links(folder: Path) -> None:
    """Links out of the folder, to nothing, to a folder and in a circle; one that stays inside is the same file."""
    outside = folder.parent / "outside.txt"
    outside.write_text(NEWS)
    (folder / "out.txt").symlink_to(outside)
    (folder / "nothing.txt").symlink_to("nowhere.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "root").symlink_to("/")
    (folder / "note.txt").write_text(NEWS)
    (folder / "zz_same.txt").symlink_to("note.txt")


def pipes(folder: Path) -> None:
    """A pipe, which would be waited for without end."""
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.html")


def odd_names(folder: Path) -> None:
    """Names that are not UTF-8, that move the cursor, that turn the line around; and one that is merely odd."""
    for name in (b"caf\xe9.txt", b"\x1b[2Jclear.txt", "tx\u202ecod.txt".encode(), b"line\nfeed.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(NEWS + repr(name))
    (folder / "=cmd() — “odd”.txt").write_text(NEWS)


def deep_folders(folder: Path) -> None:
    """Folders in folders, deeper than Python calls itself, as deep as the system lets a path be."""
    home = Path.cwd()
    try:
        os.chdir(folder)
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        Path("note.txt").write_text(NEWS)
    finally:
        os.chdir(home)


def endless_lines(folder: Path) -> None:
    """Lines of a gigabyte, as text and as JSON; the disk holds none of it."""
    for name, size in (("line.txt", 1 << 30), ("line.jsonl", 1 << 28)):
        with (folder / name).open("wb") as file:
            file.write(b'{"text": "')
            file.truncate(size)


TAR_NAMES = [
    (tarfile.TarInfo("../up.txt"), NEWS.encode()),
    (tarfile.TarInfo("/etc/passwd.txt"), NEWS.encode()),
    (tarfile.TarInfo("a\\..\\b.txt"), NEWS.encode()),
    (tarfile.TarInfo("C:note.txt"), NEWS.encode()),
    (tarfile.TarInfo("bell\x07.txt"), NEWS.encode()),
    (tarfile.TarInfo("caf\udce9.txt"), NEWS.encode()),
    (tarfile.TarInfo("fine.txt"), NEWS.encode()),
    special("link.txt", tarfile.SYMTYPE, "/etc/passwd"),
    special("hard.txt", tarfile.LNKTYPE, "../../etc/passwd"),
    special("null.txt", tarfile.CHRTYPE),
    special("disk.txt", tarfile.BLKTYPE),
    special("pipe.txt", tarfile.FIFOTYPE),
]

FILES: dict[str, Hostile] = {
    "a zip bomb": Hostile(put("bomb.zip", zipped({"zeros.txt": bytes(64 << 20)})), {"bomb.zip": "archive"}),
    "a bomb in gzip": Hostile(put("bomb.txt.gz", zeros(256 << 20)), {"bomb.txt.gz": "too_large"}),
    "a bomb in xz": Hostile(put("bomb.txt.xz", lzma.compress(bytes(64 << 20))), {"bomb.txt.xz": "archive"}),
    "a bomb of many members": Hostile(
        put("many.zip", zipped({f"{at}.txt": b"A" * (6 << 20) + b"%d" % at for at in range(8)})),
        {"many.zip": "archive"}, ("many.zip/0.txt",),
    ),
    "a zip that names one member many times": Hostile(
        put("overlap.zip", overlapping_zip()),
        {f"overlap.zip/{at:03}.txt": "archive" for at in range(1, 20)}, ("overlap.zip/000.txt",),
    ),
    "archives in archives": Hostile(
        put("deep.zip", nested_zip(30)), {"deep.zip/inner.zip/inner.zip/inner.zip": "archive"}
    ),
    "names that lead out, links and devices in a tar": Hostile(
        put("names.tar", tarred(TAR_NAMES)),
        {
            "names.tar/../up.txt": "name", "names.tar//etc/passwd.txt": "name", "names.tar/a\\..\\b.txt": "name",
            "names.tar/C:note.txt": "name",
            "names.tar/bell\\x07.txt": "name", "names.tar/caf\\xe9.txt": "name", "names.tar/link.txt": "link", "names.tar/hard.txt": "link",
            "names.tar/null.txt": "special", "names.tar/disk.txt": "special", "names.tar/pipe.txt": "special",
        },
        ("names.tar/fine.txt",),
    ),
    "names that lead out of a zip": Hostile(
        put("names.zip", zipped({"../../up.txt": NEWS.encode(), "/root.txt": NEWS.encode(), "fine.txt": NEWS.encode()})),
        {"names.zip/../../up.txt": "name", "names.zip//root.txt": "name"}, ("names.zip/fine.txt",),
    ),
    "a locked zip": Hostile(put("locked.zip", locked_zip()), {"locked.zip/note.txt": "encrypted"}),
    "a tar that breaks off": Hostile(
        put("cut.tar", tarred([(tarfile.TarInfo("one.txt"), NEWS.encode()), (tarfile.TarInfo("two.txt"), NEWS.encode() * 99)])[:3000]),
        {"cut.tar/two.txt": "archive", "cut.tar": "archive"}, ("cut.tar/one.txt",),
    ),
    "a gzip that breaks off": Hostile(put("cut.txt.gz", gzip.compress(NEWS.encode())[:-20]), {"cut.txt.gz": "archive"}),
    "bytes that are no archive": Hostile(put("no.zip", os.urandom(1) + b"no archive"), {"no.zip": "archive"}),
    "deep HTML": Hostile(put("deep.html", b"<html><body>" + b"<div>" * 99_000 + NEWS.encode()), {"deep.html": "no_text"}),
    "wide HTML": Hostile(put("wide.html", b"<html><body>" + b"<p><b><i>x" * 200_000), {"wide.html": "too_large"}),
    "HTML with a million attributes": Hostile(
        put("attributes.html", b"<html><body><p " + b" ".join(b"a%d=1" % at for at in range(300_000)) + b">x</p>"), {"attributes.html": "*"}
    ),
    "HTML with entities in entities": Hostile(
        put(
            "laughs.html",
            b'<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
            + PAGE.replace("Orrin", "Orrin &b;&c;").encode(),
        ),
        {}, ("laughs.html",),
    ),
    "a page of scripts": Hostile(
        put("script.html", b"<html><body><script>" + b"alert(1);" * 10_000 + b"</script></body></html>"), {"script.html": "no_text"}
    ),
    "a PDF whose pages hold themselves": Hostile(put("loop.pdf", looping_pages()), {"loop.pdf": "too_large"}),
    "a PDF whose drawing draws itself": Hostile(
        put("form.pdf", page_pdf(b"BT /F1 12 Tf 50 700 Td (Orrin pays $5 billion for the chips.) Tj ET /X Do")), {}, ("form.pdf",)
    ),
    "a PDF that is a bomb": Hostile(

        put("bomb.pdf", page_pdf(zlib.compress(b"BT /F1 12 Tf " + b"(chips ) Tj " * 50_000 + b"ET", 9), b"/Filter /FlateDecode")),
        {"bomb.pdf": "too_large"},
    ),
    "a PDF with too many pages": Hostile(put("pages.pdf", many_pages(600)), {"pages.pdf": "too_large"}),
    "a PDF of pictures": Hostile(put("picture.pdf", many_pages(3)), {"picture.pdf": "no_text"}),
    "a locked PDF": Hostile(put("locked.pdf", locked_pdf()), {"locked.pdf": "encrypted"}),
    "a PDF that breaks off": Hostile(put("cut.pdf", page_pdf(b"BT ET")[:150]), {"cut.pdf": "unreadable"}),
    "a line of lists in lists": Hostile(
        put("deep.jsonl", deep_json(100_000) + json.dumps({"text": NEWS}).encode()), {"deep.jsonl/1": "unreadable"}, ("deep.jsonl/2",)
    ),
    "half a character in JSON": Hostile(put("half.jsonl", b'{"text": "Orrin \\ud83d pays Lantern $5 billion"}\n'), {}, ("half.jsonl/1",)),
    "a Parquet whose foot lies": Hostile(put("foot.parquet", bad_parquet()), {"foot.parquet": "unreadable"}),
    "a Parquet that is a bomb": Hostile(put("bomb.parquet", bomb_parquet()), {"bomb.parquet": "archive"}),
    "a message of parts in parts": Hostile(put("deep.eml", deep_mail(5_000)), {"deep.eml": "unreadable"}),
    "a message with an endless head": Hostile(
        put("head.eml", b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx"),
        {"head.eml": "unreadable"},
    ),
    "a message that is no base64": Hostile(
        put("base.eml", b"Subject: x\nContent-Transfer-Encoding: base64\n\n"
            + base64.b64encode(NEWS.encode())[:-3] + b"!!"), {"base.eml": "language"}
    ),
    "a message with a bomb, names that lead out and a program": Hostile(
        put("parts.eml", letter_of(ATTACHED)),
        {"parts.eml/run.exe": "unsupported", "parts.eml": "archive"},
        ("parts.eml", "parts.eml/up.txt", "parts.eml/_x1b[2J_u202etxt.txt"),
    ),
    "messages in messages": Hostile(
        put("inner.eml", letter_in_letter(30)), {"inner.eml/attachment-1.eml/attachment-1.eml/attachment-1.eml": "archive"}
    ),
    "a Word document that is a bomb": Hostile(put("bomb.docx", word(b"<w:t>" + bytes(64 << 20))), {"bomb.docx": "too_large"}),
    "a Word document with entities in entities": Hostile(
        put("laughs.docx", word(b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + DOCUMENT.replace("Orrin", "&b;").encode())),
        {"laughs.docx": "unreadable"},
    ),
    "a Word document with entities in UTF-16 without a mark": Hostile(
        put("wide.docx", word(('<!DOCTYPE x [<!ENTITY a "lol">]>' + DOCUMENT.replace("Orrin", "&a;")).encode("utf-16-le"))),
        {"wide.docx": "unreadable"},
    ),
    "a Word document of elements in elements": Hostile(
        put("deep.docx", word(DOCUMENT.replace("<w:p>", "<w:p>" + "<w:r>" * 200_000).encode())), {"deep.docx": "unreadable"}
    ),
    "JSON of lists in lists": Hostile(put("deep.json", b"[" * 1_000_000), {"deep.json": "unreadable"}),
    "a cell without end": Hostile(
        put("cell.csv", b'id,text\n1,"' + b"$5 billion. " * 100_000), {}, ("cell.csv/1",)
    ),
    "a table of a million columns": Hostile(put("wide.csv", b"text," + b"a," * 1_000_000 + b"\nx"), {}, ("wide.csv/1",)),
    "bytes that are not what their name says": Hostile(
        misnamed,
        {
            "a.pdf": "unreadable", "b.docx": "unreadable", "c.eml": "unreadable", "d.parquet": "unreadable", "e.csv": "binary",
            "f.html": "binary", "g.json": "encoding", "h.zip": "archive", "i.txt": "binary",
        },
    ),
    "a socket": Hostile(sockets, {"socket.txt": "special"}),
    "another language": Hostile(
        put("de.txt", ("Der Vertrag für die Hallen ist nach Angaben der Firma am Montag unterschrieben worden. " * 3).encode("cp1252")),
        {"de.txt": "language"},
    ),
    "nothing at all": Hostile(put("empty.txt", b""), {"empty.txt": "empty"}),
    "bytes with zeros": Hostile(put("zeros.txt", b"\x89PNG\r\n\0\1\2"), {"zeros.txt": "binary"}),
    "links": Hostile(
        links, {"out.txt": "link", "nothing.txt": "link", "circle.txt": "link", "loop": "link", "root": "link"}, ("note.txt",)
    ),
    "pipes": Hostile(pipes, {"pipe.txt": "special", "pipe.html": "special"}),
    "lines without end": Hostile(endless_lines, {"line.txt": "too_large", "line.jsonl/1": "too_large"}),
    "odd names": Hostile(
        odd_names,
        {"caf\\xe9.txt": "name", "\\x1b[2Jclear.txt": "name", "tx\\u202ecod.txt": "name", "line\\nfeed.txt": "name"},
        ("=cmd() — “odd”.txt",),
    ),
    "folders in folders": Hostile(deep_folders, {}, ("d/" * 1200 + "note.txt",)),
}  # fmt: skip
