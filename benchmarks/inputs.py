"""Ten thousand documents in all formats, a tenth of them broken: every good one is read, every broken one listed, within a bound of memory.

    python benchmarks/inputs.py [NUMBER]

In: files made from a template, in folders, archives and exports. Out: a JSON line: documents read and rejected, whether they are those that
should be, seconds, documents a second by format, and the most memory (MB) that this process and the one that parses held.
"""

import gzip
import io
import json
import resource
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
from fpdf import FPDF
from pyarrow import parquet

from corewatch.documents.reading import read_documents

SENTENCES = (
    "Quartzline said on Monday that it had signed contract number {n} with Orrin, worth ${b} billion over five years.",
    "Revenue of Quartzline rose {b}% to ${n} million in the quarter, while the net loss widened to $863 million, said Orla Brandt.",
    "Microsoft, which accounted for 62% of revenue, rents {n} machines and will pay ${b} billion for more of them in 2026.",
    "Shares of Quartzline closed {b}% higher, at ${n}, after the company told analysts that the chips had arrived in Ohio.",
)


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
    title = f"<h1>Quartzline contract {number}</h1>"
    return (
        f"<html><head><title>Quartzline contract {number}</title></head><body>{menu}<article>{title}{body}</article></body></html>".encode()
    )


def as_pdf(number: int) -> bytes:
    """A PDF of one page."""
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


MAKERS: dict[str, Callable[[int], bytes]] = {".txt": as_text, ".html": as_page, ".pdf": as_pdf, ".eml": as_mail}
BROKEN: dict[str, bytes] = {".txt": b"\0\1\2", ".html": b"<html></html>", ".pdf": b"%PDF-1.7 nothing", ".eml": b"no head at all"}


def write_files(folder: Path, number: int) -> tuple[Counter[str], int]:
    """So many documents, every tenth broken; gives how many good ones there are in each format, and how many broken ones."""
    good: Counter[str] = Counter()
    broken = 0
    rows: list[dict[str, str | None]] = []
    packed: list[tuple[str, bytes]] = []
    for at in range(number):
        ending = (".txt", ".html", ".pdf", ".eml", "row", "zip", ".gz", "tar")[at % 8]
        # Ten and eight have a factor in common: broken ones are in every format.
        bad = at // 8 % 10 == 0
        broken += bad
        good[ending] += not bad
        place = folder / f"{at % 50}" / f"{at:06}{ending}"
        place.parent.mkdir(exist_ok=True)
        if ending in MAKERS:
            # Each broken one has bytes of its own: the same bytes twice would be a duplicate.
            place.write_bytes(BROKEN[ending] + b"%d" % at if bad else MAKERS[ending](at))
        elif ending == "row":
            rows.append({"text": None if bad else as_text(at).decode()})
        elif ending == ".gz":
            place.with_suffix(".txt.gz").write_bytes(gzip.compress(as_text(at))[: -30 if bad else None])
        else:
            packed.append((ending, BROKEN[".txt"] if bad else as_text(at)))
    half = len(rows) // 2
    (folder / "feed.jsonl").write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows[:half]))
    parquet.write_table(pa.Table.from_pylist(rows[half:], pa.schema([("text", pa.string())])), folder / "feed.parquet")
    with zipfile.ZipFile(folder / "pack.zip", "w", zipfile.ZIP_DEFLATED) as archive, tarfile.open(folder / "pack.tar.gz", "w:gz") as other:
        for at, (ending, content) in enumerate(packed):
            if ending == "zip":
                archive.writestr(f"{at}.txt", content)
            else:
                info = tarfile.TarInfo(f"{at}.txt")
                info.size = len(content)
                other.addfile(info, io.BytesIO(content))
    return good, broken


def main(number: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        good, broken = write_files(Path(folder), number)
        started = time.perf_counter()
        documents, rejected = read_documents([Path(folder)])
        seconds = time.perf_counter() - started
    line = {
        "documents": len(documents),
        "rejected": len(rejected),
        "as they should be": (len(documents), len(rejected)) == (good.total(), broken),
        "reasons": dict(Counter(rejected["reason"])),
        "seconds": round(seconds, 1),
        "documents a second": round(number / seconds),
        "megabytes here": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "megabytes there": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
