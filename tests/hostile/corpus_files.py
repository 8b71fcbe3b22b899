"""Documents in all formats, a tenth of them broken: makers give the paths that have to be read and those that have to be rejected."""

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

SENTENCES = (
    "Quartzline said on Monday that it had signed contract number {n} with Orrin, worth ${b} billion over five years.",
    "Revenue of Quartzline rose {b}% to ${n} million in the quarter, while the net loss widened to $863 million, said Orla Brandt.",
    "Microsoft, which accounted for 62% of revenue, rents {n} machines and will pay ${b} billion for more of them in 2026.",
    "Shares of Quartzline closed {b}% higher, at ${n}, after the company told analysts that the chips had arrived in Ohio.",
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraphs(number: int) -> list[str]:
    """An article of its own."""
    return [sentence.format(n=number * 4 + at, b=number % 97 + at) for at, sentence in enumerate(SENTENCES * 2)]


def as_text(number: int) -> bytes:
    """Plain text."""
    return f"Quartzline contract {number}\n\n{chr(10).join(paragraphs(number))}\n".encode()


def as_page(number: int) -> bytes:
    """A web page with furniture."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    menu = "<nav><ul>" + "".join(f'<li><a href="/{at}">Section {at}</a></li>' for at in range(30)) + "</ul></nav>"
    title = f"Quartzline contract {number}"
    return f"<html><head><title>{title}</title></head><body>{menu}<article><h1>{title}</h1>{body}</article></body></html>".encode()


def as_pdf(number: int) -> bytes:
    """A PDF of one page."""
    from fpdf import FPDF

    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    paper.multi_cell(0, 6, "\n\n".join(paragraphs(number)))
    return bytes(paper.output())


def as_mail(number: int) -> bytes:
    """A letter with both kinds of text."""
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Date"] = "Wire <w@wire.example>", f"Contract {number}", "Fri, 28 Mar 2025 10:00:00 +0000"
    letter.set_content("\n\n".join(paragraphs(number)))
    letter.add_alternative(as_page(number).decode(), subtype="html")
    return letter.as_bytes()


def as_saved_page(number: int) -> bytes:
    """A page that a browser saved as one file."""
    saved = EmailMessage()
    saved["From"], saved["Snapshot-Content-Location"] = "<Saved by Blink>", f"https://ledger.example/{number}"
    saved.set_content(as_page(number).decode(), subtype="html")
    return saved.as_bytes()


def as_word(number: int) -> bytes:
    """A Word document."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs(number))
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return memory.getvalue()


MAKERS: dict[str, Callable[[int], bytes]] = {
    ".txt": as_text, ".html": as_page, ".mhtml": as_saved_page, ".pdf": as_pdf, ".eml": as_mail, ".docx": as_word,
    ".txt.gz": lambda number: gzip.compress(as_text(number), mtime=0),
}  # fmt: skip
# Each broken file gets its number behind these: the same bytes twice would be a duplicate.
BROKEN = {
    ".txt": b"\0\1\2", ".html": b"<html></html>", ".mhtml": b"no head at all ", ".pdf": b"%PDF-1.7 nothing ", ".eml": b"no head at all ",
    ".docx": b"PK nothing ", ".txt.gz": b"\x1f\x8b nothing ",
}  # fmt: skip
KINDS = (*MAKERS, "feed.jsonl", "feed.json", "feed.csv", "feed.parquet", "pack.zip", "pack.tar.gz")


def write_files(folder: Path, number: int) -> tuple[set[str], set[str]]:
    """So many documents, every tenth of each kind broken; gives the paths of the good and of the broken ones."""
    good: set[str] = set()
    broken: set[str] = set()
    held: dict[str, list[tuple[int, bool]]] = {kind: [] for kind in KINDS}
    for at in range(number):
        kind, bad = KINDS[at % len(KINDS)], at // len(KINDS) % 10 == 0
        if kind in MAKERS:
            name = f"{at % 50}/{at:06}{kind}"
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(BROKEN[kind] + b"%d" % at if bad else MAKERS[kind](at))
        else:
            held[kind].append((at, bad))
            name = f"{kind}/{at}.txt" if kind.startswith("pack") else f"{kind}/{len(held[kind])}"
        (broken if bad else good).add(name)
    write_exports(folder, held)
    write_archives(folder, held)
    return good, broken


def write_exports(folder: Path, held: dict[str, list[tuple[int, bool]]]) -> None:
    """Files with a document a row; a broken one has no text."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = {kind: [{"text": None if bad else as_text(at).decode()} for at, bad in held[kind]] for kind in KINDS if kind.startswith("feed")}
    (folder / "feed.jsonl").write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows["feed.jsonl"]))
    (folder / "feed.json").write_text(json.dumps(rows["feed.json"]))
    with (folder / "feed.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["id", "text"], *([f"q{at}", row["text"]] for at, row in enumerate(rows["feed.csv"]))])
    parquet.write_table(pa.Table.from_pylist(rows["feed.parquet"], pa.schema([("text", pa.string())])), folder / "feed.parquet")


def write_archives(folder: Path, held: dict[str, list[tuple[int, bool]]]) -> None:
    """Archives of texts; a broken one is no text."""
    with zipfile.ZipFile(folder / "pack.zip", "w", zipfile.ZIP_DEFLATED) as archive, tarfile.open(folder / "pack.tar.gz", "w:gz") as other:
        for at, bad in held["pack.zip"]:
            archive.writestr(f"{at}.txt", b"\0\1%d" % at if bad else as_text(at))
        for at, bad in held["pack.tar.gz"]:
            content = b"\0\2%d" % at if bad else as_text(at)
            info = tarfile.TarInfo(f"{at}.txt")
            info.size = len(content)
            other.addfile(info, io.BytesIO(content))
