"""Files for fuzzing, each from a source of chance alone: built as their format wants it or nearly so, then damaged or not.

`file(kind, chance)` gives the name and the bytes. Building comes first, because bytes that are damaged at random seldom get past the first
check of a reader: a page has odd markup, a letter odd heads, an archive odd members, and most are left whole.
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
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
from fuzz_texts import SIGNS, fragment, text
from hostile_files import CATALOG, FONT, pdf, stream
from pyarrow import parquet

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "latin-1", "cp1250", "cp1251", "cp437",
    "mac-roman", "koi8-r", "shift_jis", "euc-jp", "big5", "gb18030", "iso2022_jp", "utf-7", "cp037", "ascii",
)  # fmt: skip
TAGS = (
    "p", "div", "article", "main", "section", "h1", "h2", "table", "tr", "td", "th", "ul", "li", "a", "b", "i", "span", "img", "br", "hr",
    "script", "style", "noscript", "template", "svg", "math", "iframe", "form", "input", "select", "option", "textarea", "title", "head",
    "body", "html", "base", "meta", "link", "nav", "footer", "aside", "header", "figure", "figcaption", "blockquote", "q", "pre", "code",
    "time", "del", "ins", "details", "summary", "object", "embed", "video", "source", "frameset", "frame", "x:y", "o:p", "ruby", "rt", "dl",
)  # fmt: skip
ATTRIBUTES = (
    'class="article-body"', 'class="comments"', 'id="content"', 'style="display:none"', 'href="javascript:alert(1)"',
    'href="//x.example/a"',
    'onload="alert(1)"', 'property="og:title" content="Quartzline"', 'name="date" content="2025-13-45"', 'itemprop="datePublished"',
    'property="article:published_time" content="2025-03-28T10:00:00Z"', 'http-equiv="refresh" content="0;url=x"', 'charset="utf-7"',
    'charset="utf-16"', 'xml:lang="xx"', 'xmlns:o="urn:x"', 'rowspan="1000000"', 'colspan="-1"', 'datetime="0000-00-00"', "a='\"'", "=",
    'hidden', 'aria-hidden="true"', 'role="navigation"', 'src="data:image/svg+xml,<svg onload=alert(1)>"',
    'rel="canonical" href="http://["',
    'class="' + "a " * 50 + '"', 'data-x="&#0;&#xD800;&#1114112;&#x80;"',
)  # fmt: skip
MARKUP = (
    "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", '<?xml version="1.0" encoding="utf-16"?>', "&#0;", "&#xD800;", "&#x110000;",
    "&amp",
    "&nbsp;", "&lt;script&gt;", "<", ">", "</", "/>", "<!", "<?", "&", "&#", "<!-- saved from url=(0031)https://x.example/a -->",
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-03-28","headline":', "</script>", "{}", "[[[[",
    '{"@graph":[{"@type":["Article"],"publisher":{"name":null}}]}</script>',
)  # fmt: skip
COMMANDS = (
    b"BT", b"ET", b"/F1 12 Tf", b"/F1 0 Tf", b"/F1 -3 Tf", b"/F1 1e9 Tf", b"50 700 Td", b"0 -14 Td", b"-9e9 9e9 Td", b"1 0 0 1 50 400 Tm",
    b"0 0 0 0 0 0 Tm", b"q", b"Q", b"1 0 0 -1 0 800 cm", b"/X Do", b"T*", b"14 TL", b"100 Tz", b"0 Tz", b"3 Tr", b"5 Ts", b"20 Tc",
    b"-20 Tw",
    b"0 0 100 100 re", b"f", b"/G gs", b"BI /W 1 /H 1 ID x EI", b"/P BMC", b"EMC", b"<</MCID 0>> BDC", b"[(a) -9e9 (b)] TJ", b"' ", b"n",
)  # fmt: skip
HEADS = (
    "From", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Received",
    "Snapshot-Content-Location", "List-Unsubscribe", "X-Mailer", "Content-ID", "Content-Language", "",
)  # fmt: skip
VALUES = (
    "text/plain", "text/html; charset=utf-8", 'text/html; charset="x-unknown"', "text/plain; charset=utf-7", "text/plain; charset=rot13",
    "multipart/mixed; boundary=b", "multipart/alternative; boundary=", "message/rfc822",
    "multipart/related; boundary=\"b\"; type=text/html",
    "text/html; charset*0*=utf-8''%41; charset*1=x", "base64", "quoted-printable", "x-uuencode", "8bit", "7bit",
    "attachment; filename=\"a.txt\"",
    "inline; filename*=utf-8''%e2%82%ac.txt", "=?utf-8?q?Quartzline=20signs?=", "=?utf-8?b?!!!?=", "=?x?q?a?=", "=?utf-16?b?//4=?=",
    "Wire <w@wire.example>", "<>", '"unclosed <a@b', "a@b@c,,;:", "Fri, 28 Mar 2025 10:00:00 +0000", "99 Zzz 9999 99:99:99 +9999", "1.0",
    "https://ledger.example/quartzline", "\x00", "é€", "(((((", "a" * 900, "=?utf-8?q?" + "=20" * 30 + "?=", "Date", "0000", "[::1",
)  # fmt: skip
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


def encoded(chance: Random, words: str) -> bytes:
    """A text as bytes in some encoding; what it has no sign for is left out."""
    return words.encode(chance.choice(ENCODINGS) if chance.random() < 0.4 else "utf-8", "ignore")


def page(chance: Random) -> str:
    """A page: an article in markup that is right, nearly right, or not at all."""
    parts = ["<html><head><title>Quartzline signs</title></head><body>"] if chance.random() < 0.8 else []
    opened: list[str] = []
    for _ in range(chance.randrange(2, 60)):
        drawn = chance.random()
        if drawn < 0.35:
            tag = chance.choice(("p", "p", *TAGS))
            given = " ".join(chance.choice(ATTRIBUTES) for _ in range(chance.choice((0, 0, 1, 3))))
            parts.append(f"<{tag} {given}>" if given else f"<{tag}>")
            opened.append(tag)
        elif drawn < 0.6:
            parts.append(text(chance)[:600])
        elif drawn < 0.85 and opened:
            parts.append(f"</{opened.pop() if chance.random() < 0.8 else chance.choice(TAGS)}>")
        elif drawn < 0.9:
            parts.append(f"<{chance.choice(TAGS)}>" * chance.choice((2, 30, 400)))
        else:
            parts.append(chance.choice(MARKUP))
    return "".join(parts)


def pdf_string(chance: Random) -> bytes:
    """A text that is shown on a page, in one of the two ways to write it."""
    shown = fragment(chance)[:80].encode("cp1252", "ignore")
    if chance.random() < 0.2:
        return b"<" + shown.hex().encode() + b"> Tj"
    return b"(" + shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"


def paper(chance: Random) -> bytes:
    """A PDF of a few pages: lines in columns, then commands in any order; objects that point anywhere, streams packed in any way."""
    count = chance.choice((1, 1, 2, 5))
    objects = [CATALOG, b""]
    kids = []
    for _ in range(count):
        lines = [b"BT /F1 %d Tf 14 TL %d 760 Td" % (chance.choice((10, 12, 12, 24)), chance.choice((40, 320)))]
        lines += [pdf_string(chance) + b" T*" if chance.random() < 0.7 else chance.choice(COMMANDS) for _ in range(chance.randrange(80))]
        content = b"\n".join([*lines, b"ET"])
        entries = chance.choice(
            (b"", b"", b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]", b"/Filter /LZWDecode /Length 3")
        )
        if b"Flate" in entries:
            content = zlib.compress(content if entries.count(b"Flate") == 1 else zlib.compress(content))
        at = len(objects) + 1
        kids.append(b"%d 0 R" % at)
        fonts = b"/F1 << /Type /Font /Subtype /%s /BaseFont /Helvetica >>" % chance.choice((b"Type1", b"TrueType", b"Type0", b"Type3"))
        resources = b"/Resources << /Font << %s >> /XObject << /X %d 0 R >> >>" % (fonts, chance.randrange(1, at + 3))
        turned = chance.choice((b"", b"/Rotate 90", b"/Rotate -7", b"/UserUnit 1e9", b"/CropBox [9 9 1 1]"))
        box = chance.choice((b"[0 0 600 800]", b"[0 0 600 800]", b"[0 0 0 0]", b"[-9e9 0 9e9 1]", b"[0 0 /x 3]", b"null"))
        objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s %s /Contents %d 0 R >>" % (box, turned, resources, at + 1)]
        objects += [stream(content, entries)]
    if chance.random() < 0.2:
        kids += [b"%d 0 R" % chance.randrange(12)]
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), chance.choice((*[count] * 20, -1, 10**6)))
    title = encoded(chance, fragment(chance)).hex().encode()
    objects += [FONT, b"<< /Title <%s> /CreationDate (D:2025) >>" % title]
    return pdf(objects, extra=b"/Info %d 0 R" % len(objects))


def letter(chance: Random, deep: int = 0) -> bytes:
    """A message: heads that are right or odd, one part or several, in any encoding."""
    lines: list[bytes] = []
    if deep == 0 or chance.random() < 0.3:
        lines += [
            b"From: Wire <w@wire.example>",
            b"Subject: Quartzline signs",
            b"Date: Fri, 28 Mar 2025 10:00:00 +0000",
            b"MIME-Version: 1.0",
        ]
    for _ in range(chance.choice((0, 0, 1, 4))):
        lines.append(f"{chance.choice(HEADS)}: {chance.choice(VALUES)}".encode("utf-8", "ignore"))
    drawn = chance.random()
    if drawn < 0.5 and deep < 4:
        mark = b"b%d" % deep if chance.random() < 0.9 else b"b"
        kind = chance.choice((b"alternative", b"mixed", b"related"))
        lines += [b'Content-Type: multipart/%s; boundary="%s"' % (kind, mark), b""]
        for _ in range(chance.randrange(4)):
            lines += [b"--" + mark, letter(chance, deep + 1)]
        return b"\n".join([*lines, b"--" + mark + b"--" * chance.randrange(2)])
    content = page(chance) if drawn < 0.75 else text(chance)
    kind, charset = (b"html" if drawn < 0.75 else b"plain"), chance.choice(ENCODINGS)
    lines += [b"Content-Type: text/%s; charset=%s" % (kind, charset.encode())]
    body = content.encode(charset if chance.random() < 0.8 else "utf-8", "ignore")
    wrapped = chance.choice(("", "", "base64", "quoted-printable"))
    if wrapped:
        lines += [b"Content-Transfer-Encoding: " + wrapped.encode()]
        body = pack_body(body, wrapped)
    return (b"\r\n" if chance.random() < 0.5 else b"\n").join([*lines, b"", body])


def pack_body(body: bytes, wrapped: str) -> bytes:
    """Bytes as they are sent."""
    import base64
    import quopri

    return base64.encodebytes(body) if wrapped == "base64" else quopri.encodestring(body)


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


def word_file(chance: Random) -> bytes:
    """A Word document: paragraphs, tables, changes and drawings in each other, in any encoding of XML."""
    inner = ""
    for _ in range(chance.randrange(1, 30)):
        words = text(chance)[:400].translate({ord("<"): "&lt;", ord("&"): "&amp;", **dict.fromkeys((*range(9), *range(11, 32)), None)})
        run = f"<w:r><w:t>{words}</w:t>{chance.choice(('', '<w:br/>', '<w:tab/>', '<w:instrText>PAGE</w:instrText>'))}</w:r>"
        tag = chance.choice(("p", "p", "p", "tbl", "tr", "tc", "ins", "del", "txbxContent", "sdt"))
        inner += chance.choice(
            (f"<w:{tag}>{run}</w:{tag}>", f"<w:p>{run}{run}</w:p>", f"<w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>")
        )
        if chance.random() < 0.1:
            inner = f"<w:{tag}>" * 30 + inner + f"</w:{tag}>" * 30
    head = chance.choice(("", '<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE x [<!ENTITY a "b">]>', "<!-- a -->"))
    body = f'{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inner}</w:body></w:document>'
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))) as archive:
        archive.writestr(chance.choice((*["word/document.xml"] * 9, "word/other.xml")), encoded(chance, body))
        archive.writestr("docProps/core.xml", b"<x xmlns:d='http://purl.org/dc/elements/1.1/'><d:title>Quartzline</d:title></x>")
    return memory.getvalue()


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
