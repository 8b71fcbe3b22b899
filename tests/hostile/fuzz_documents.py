"""Documents for fuzzing, each from a source of chance alone: pages, PDFs, letters and Word documents, right or nearly so.

A page has odd markup, a letter odd heads, a PDF commands in any order; `fuzz_files` damages them, packs them and makes exports.
"""

import base64
import io
import quopri
import zipfile
import zlib
from random import Random

from fuzz_texts import fragment, text
from hostile_files import CATALOG, FONT, pdf, stream

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
    return base64.encodebytes(body) if wrapped == "base64" else quopri.encodestring(body)


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
        properties = b"<x xmlns:d='http://purl.org/dc/elements/1.1/'><d:title>Quartzline</d:title></x>"
        parts = ((chance.choice((*["word/document.xml"] * 9, "word/other.xml")), encoded(chance, body)), ("docProps/core.xml", properties))
        for name, content in parts:
            # With a day of its own: the library would take the time of the clock, and the same seed would make other files.
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 28, 10, 0, 0)), content, archive.compression)
    return memory.getvalue()
