"""Any bytes under any name give pieces and rejections, and nothing else; files that are nearly right more so than noise."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hostile_files import DOCUMENT, NEWS, PAGE, tarred, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corewatch.documents.limits import Limits
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Piece, Rejection, from_row, to_row
from corewatch.terminal import UNSHOWABLE

LETTER = b"From: Wire <w@w.example>\nSubject: =?utf-8?q?Orrin?=\nDate: Fri, 28 Mar 2025 10:00:00 +0000\nMIME-Version: 1.0\n"
PARTS = (
    b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n%s\n--b\nContent-Type: text/html\n\n%s\n--b--\n"
)
FORWARD = (
    b"References: <x@y>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nLook\n\n-----Original Message-----\n"
    b"From: Wire\nSent: Friday, March 28, 2025\nSubject: Orrin\n\n%s\n\nOn Friday, 28 March 2025, Wire wrote:\n> %s\n--b\n"
    b"Content-Type: message/rfc822\n\nSubject: x\n\nInner\n--b\nContent-Type: application/pdf; name=a.pdf\n\n%%PDF-\n--b--\n"
)
WHOLE = {
    "a.html": PAGE.encode(),
    "a.eml": LETTER + PARTS % (NEWS.encode(), PAGE.encode()),
    "b.eml": LETTER + FORWARD % (NEWS.encode(), NEWS.encode()),
    "a.mhtml": LETTER + PARTS % (b"", PAGE.encode()),
    "a.jsonl": json.dumps({"id": "x", "text": NEWS, "date": "2025-03-28"}).encode() * 2,
    "a.json": json.dumps({"articles": [{"title": "x", "text": NEWS}, {"content_html": PAGE}]}).encode(),
    "a.csv": f'id,title,text\nx,y,"{NEWS}"\n'.encode(),
    "a.docx": zipped({"word/document.xml": DOCUMENT.encode()}, zipfile.ZIP_STORED),
    "a.zip": zipped({"a.txt": NEWS.encode(), "b.html": PAGE.encode()}),
    "a.tar": tarred([(tarfile.TarInfo("a.txt"), NEWS.encode()), (tarfile.TarInfo("b/c.md"), NEWS.encode())]),
    "a.txt.gz": gzip.compress(NEWS.encode()),
    "a.md": NEWS.encode("utf-16"),
}


def check(name: str, content: bytes) -> None:
    """Every event is a beginning, a piece or a rejection that can be shown, sent and written."""
    for event in opener(len(content), Limits(file=100_000, depth=2)).open(io.BytesIO(content), name, "a"):
        if isinstance(event, tuple):
            continue
        assert from_row(json.loads(json.dumps(to_row(event)))) == event
        assert not UNSHOWABLE.search(event.name)
        if isinstance(event, Piece):
            assert event.text.strip()
            event.text.encode()
            assert not any(UNSHOWABLE.search(cell) for cell in (event.title, event.publisher, event.url) if cell)
        else:
            assert isinstance(event, Rejection)
            assert not UNSHOWABLE.search(event.detail)


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Some changes to some bytes: cut out, doubled, overwritten."""
    changes = draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12), st.booleans()), min_size=1, max_size=4))

    def apply(content: bytes) -> bytes:
        for where, length, put, double in changes:
            at = int(where * len(content))
            content = content[:at] + put + (content[at : at + length] if double else b"") + content[at + (0 if double else length) :]
        return content

    return apply


@pytest.mark.parametrize("name", WHOLE)
@given(change=damage())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_gives_pieces_and_rejections(name: str, change: Callable[[bytes], bytes]) -> None:
    check(name, change(WHOLE[name]))


@pytest.mark.parametrize("name", [*WHOLE, "a.parquet", "a.tar.gz", "a.zst", "a.exe", "a"])
@given(content=st.binary(max_size=2000))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_noise_gives_rejections(name: str, content: bytes) -> None:
    check(name, content)
