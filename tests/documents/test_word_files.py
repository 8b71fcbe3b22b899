"""A Word document gives its paragraphs and tables, and nothing that was deleted or stands at the edge of its pages."""

import io
import lzma
import zipfile

import pytest

from corewatch.documents.limits import Limits
from corewatch.documents.pieces import RejectedError
from corewatch.documents.word_files import read_docx

FORMATS = "http://schemas.openxmlformats.org"
NAMES = f'xmlns:w="{FORMATS}/wordprocessingml/2006/main" xmlns:mc="{FORMATS}/markup-compatibility/2006"'
CORE = '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></c:coreProperties>'


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def word(body: str, title: str | None = None, head: str = "") -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/header1.xml", f"<w:hdr {NAMES}>{paragraph('Confidential')}</w:hdr>")
        if title:
            archive.writestr("docProps/core.xml", CORE.format(title))
    return memory.getvalue()


def test_paragraphs_and_tables_are_read_in_order() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = "<w:tbl>" + "".join(row.format(paragraph(a), paragraph(b)) for a, b in (("Year", "Revenue"), ("2024", "$1.92bn"))) + "</w:tbl>"
    body = paragraph("Quartzline signs") + paragraph("Orrin pays ", "$11.9 billion", " over five years.") + table
    body += paragraph("Shares fell 5%.")
    draft = read_docx(word(body, "Quartzline signs"), Limits())
    assert draft.text == (
        "Quartzline signs\n\nOrrin pays $11.9 billion over five years.\n\n| Year | Revenue |\n| 2024 | $1.92bn |\n\nShares fell 5%."
    )
    assert draft.title == "Quartzline signs"


def test_what_was_deleted_and_said_twice_is_left_out_and_what_was_inserted_is_read() -> None:
    deleted = "<w:del><w:r><w:delText>$12 billion</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>$11.9 billion</w:t></w:r></w:ins>"
    field = '<w:r><w:instrText> HYPERLINK "http://x" </w:instrText></w:r>'
    box = paragraph("A box.")
    twice = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    after = "<w:r><w:t>.</w:t><w:br/><w:t>Now.</w:t></w:r>"
    body = f"<w:p><w:r><w:t>Orrin pays </w:t></w:r>{deleted}{inserted}{field}{after}</w:p><w:p>{twice}</w:p>"
    assert read_docx(word(body, "Template"), Limits()).text == "Orrin pays $11.9 billion.\nNow.\n\nA box."
    assert read_docx(word(body, "Template"), Limits()).title is None


def test_what_word_does_not_show_and_what_was_moved_away_is_not_read() -> None:
    hidden = "<w:r><w:rPr><w:b/><w:vanish{}/></w:rPr><w:t>Orrin pays $99 billion. </w:t></w:r>"
    shown = hidden.format(' w:val="false"').replace("$99", "$5")
    moved = "<w:r><w:t>Lantern lets halls.</w:t></w:r>"
    body = f"<w:p>{hidden.format('')}{shown}</w:p><w:p><w:moveFrom>{moved}</w:moveFrom></w:p><w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    assert read_docx(word(body), Limits()).text == "Orrin pays $5 billion.\n\nLantern lets halls."


def test_a_file_of_the_strict_form_is_read_as_any_other() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        names = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
        table = f"<w:tbl><w:tr><w:tc>{paragraph('2024')}</w:tc><w:tc>{paragraph('$1.92bn')}</w:tc></w:tr></w:tbl>"
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{paragraph('Orrin pays.')}{table}</w:body></w:document>")
    assert read_docx(memory.getvalue(), Limits()).text == "Orrin pays.\n\n| 2024 | $1.92bn |"


def test_what_is_packed_in_another_way_and_damaged_is_said() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", bytes(range(256)) * 20)
    content = bytearray(memory.getvalue())
    content[80:120] = bytes(40)
    with pytest.raises(RejectedError) as caught:
        read_docx(bytes(content), Limits())
    assert caught.value.reason == "unreadable"
    assert isinstance(caught.value.__cause__, lzma.LZMAError)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(100), "encrypted"),
        (b"no zip", "unreadable"),
        (word(""), "no_text"),
        (word("<w:p><w:r>"), "unreadable"),
        (word(paragraph("&a;"), head='<!DOCTYPE x [<!ENTITY a "lol">]>'), "unreadable"),
        (word(paragraph("A" * 30_000)), "too_large"),
    ],
)
def test_what_gives_no_text_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedError) as caught:
        read_docx(content, Limits(file=20_000))
    assert caught.value.reason == reason
