"""Which kind of file a name means, and what a document in it is called.

`format_of("pack.tar.zst")` is a tar in a Zstandard stream; `stem_of("2025/note.txt.gz")` is `"2025/note"`.
"""

from posixpath import splitext
from typing import Literal

Kind = Literal["text", "html", "mhtml", "pdf", "docx", "mail", "jsonl", "json", "csv", "parquet", "zip", "tar"]
Packing = Literal["gz", "zst", "bz2", "xz"]

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml", ".pdf": "pdf", ".docx": "docx", ".eml": "mail", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".zip": "zip", ".tar": "tar",
}  # fmt: skip
PACKINGS: dict[str, Packing] = {".gz": "gz", ".zst": "zst", ".bz2": "bz2", ".xz": "xz"}
SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst", ".tbz2": ".tar.bz2", ".tbz": ".tar.bz2", ".txz": ".tar.xz"}
# Kinds whose files hold documents rather than being one.
HOLDERS = ("jsonl", "json", "csv", "parquet", "zip", "tar")
# Kinds whose files are a document and may hold others.
LETTERS = ("mail",)
# Of these one file is held in memory whole, so that it may be as large as a document.
WHOLE = ("json", "csv")
# Files of a folder of articles that are none.
CONFIGURATION = ("sources.csv", "corrections.csv")
# For the advice on a file that is not read.
KNOWN = "text (.txt, .md), HTML, PDF, Word (.docx), e-mail (.eml), JSON, CSV, Parquet, .gz, .zst, .zip, .tar"
# What to do about some kinds that are met and not read.
CONVERT, SHEET, PRINT = "open it and save it as .docx or PDF", "save the sheet with the texts as .csv", "print it to PDF"
PACK, LINK, PICTURE = "pack it as .zip or .tar", "add the page with `corewatch add ADDRESS`", "run a text recognition (OCR) over it"
LETTER = "open it and save its messages as .eml"
ADVICE = {
    ".doc": CONVERT, ".rtf": CONVERT, ".odt": CONVERT, ".pages": CONVERT, ".xls": SHEET, ".xlsx": SHEET, ".ods": SHEET, ".ppt": PRINT,
    ".pptx": PRINT, ".epub": PRINT, ".msg": LETTER, ".pst": LETTER, ".mbox": LETTER, ".webarchive": "save the page as HTML", ".url": LINK,
    ".webloc": LINK, ".7z": PACK, ".rar": PACK, ".png": PICTURE, ".jpg": PICTURE, ".jpeg": PICTURE, ".tif": PICTURE, ".tiff": PICTURE,
    ".heic": PICTURE,
}  # fmt: skip


def format_of(name: str) -> tuple[Kind | None, Packing | None]:
    """The kind of a file and the compression around it, by its endings; null where there is none that is read."""
    name = name.lower()
    stem, ending = splitext(name)
    if ending in SHORT:
        stem, ending = splitext(stem + SHORT[ending])
    packing = PACKINGS.get(ending)
    return KINDS.get(splitext(stem)[1] if packing else ending), packing


def stem_of(name: str) -> str:
    """A name without the endings that say its format; any other name without its last ending."""
    stem, ending = splitext(name)
    if ending.lower() in PACKINGS and splitext(stem)[1].lower() in KINDS:
        stem = splitext(stem)[0]
    return stem


def unsupported(name: str) -> tuple[str, str]:
    """The reason and the detail for a file that is not read."""
    ending = splitext(name)[1] or "a file without an ending"
    return "unsupported", f"{ending} is not read; {ADVICE.get(ending.lower(), f'save the article as one of {KNOWN}')}"
