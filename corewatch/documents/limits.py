"""How much a file may ask of the machine: sizes, depths, counts and times, each with its meaning, default and place on the command line.

In: `KEY VALUE` pairs as typed. Out: `Limits`. A document that asks for more is rejected with the limit's name, so that it can be raised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches

from corewatch.errors import ParameterError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document, and one file that holds documents, may take."""

    # Bytes of a document, as it lies on disk or comes out of an archive; a long book as text has two million.
    file: int = 20 * MEGABYTE
    # Bytes on disk of a file that holds documents: an archive, a compressed file, an export with a text column.
    archive: int = 1000 * MEGABYTE
    # Bytes that may come out of such a file in all.
    unpacked: int = 2000 * MEGABYTE
    # How many times its size may come out of a file: news text comes out at three to five, a zip bomb at a thousand and more.
    ratio: int = 200
    # Members of an archive, and rows of an export.
    members: int = 100_000
    # Archives in archives: 1 is an archive of articles, 2 one of such archives.
    depth: int = 3
    # Pages of a PDF.
    pages: int = 500
    # Seconds for one document.
    seconds: int = 30
    # Bytes of memory for the process that reads HTML, PDF, e-mail, exports and archives.
    memory: int = 2000 * MEGABYTE


def read_limits(given: Mapping[str, str]) -> Limits:
    """The defaults with what was typed in their place; raises `ParameterError` for an unknown name and for what is no whole number above 0.

    `read_limits({"pages": "40"})` is `Limits(pages=40)`.
    """
    names = [field.name for field in fields(Limits)]
    changed: dict[str, int] = {}
    for name, value in given.items():
        if name not in names:
            close = get_close_matches(name, names, 1)
            meant = f"did you mean {close[0]!r}?" if close else f"they are {', '.join(names)}"
            raise ParameterError(f"no limit is called {name!r}; {meant}")
        if not value.isascii() or not value.isdecimal() or len(value) > 18 or int(value) == 0:
            raise ParameterError(f"limit {name}: {value!r} was given; a whole number above 0 is needed")
        changed[name] = int(value)
    return replace(Limits(), **changed)
