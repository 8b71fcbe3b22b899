"""Which kind of file a name means, and what a document in it is called.

`format_of("pack.tar.zst")` is a tar in a Zstandard stream; `stem_of("2025/note.txt.gz")` is `"2025/note"`.
"""

from posixpath import splitext
from typing import Literal

Kind = Literal["text", "html", "mhtml", "pdf", "mail", "jsonl", "parquet", "zip", "tar"]
Packing = Literal["gz", "zst", "bz2", "xz"]

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml", ".pdf": "pdf", ".eml": "mail", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".zip": "zip", ".tar": "tar",
}  # fmt: skip
PACKINGS: dict[str, Packing] = {".gz": "gz", ".zst": "zst", ".bz2": "bz2", ".xz": "xz"}
SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst", ".tbz2": ".tar.bz2", ".tbz": ".tar.bz2", ".txz": ".tar.xz"}
# Kinds whose files hold documents rather than being one.
HOLDERS = ("jsonl", "parquet", "zip", "tar")
# Files of a folder of articles that are none.
CONFIGURATION = ("sources.csv", "corrections.csv")
# For the advice on a file that is not read.
KNOWN = "text (.txt, .md), HTML, PDF, e-mail (.eml), JSON Lines, Parquet, .gz, .zst, .zip, .tar"


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
    return "unsupported", f"{ending} is not read; save the article as one of {KNOWN}"
