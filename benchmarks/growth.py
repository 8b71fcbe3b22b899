"""How the time of reading grows with texts and files that nobody would print, as the exponent of the power law that fits: 1 is linear.

    python benchmarks/growth.py [SECONDS [NAME ...]]

In: the texts of `tests/properties/growing_texts.py` and the files below, all or those named. Each is read at 625 bytes, four times as many
and so on, up to 10 MB or until one reading takes more than so many seconds of the processor, by default 4, or until it is turned away for
its size. Out: a JSON line each: the longest length, its time a character in microseconds, and the exponent over all lengths from 10 kB on.
Regular expressions count here; the calls that the tests count leave out what happens inside. Texts are gone through as by the process that
does it (`corewatch.mentions.worker`): without the collector, which is asked for between two of them.
"""

import gc
import io
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

from speed import seconds, slope

from corewatch.documents.limits import Limits
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Rejection
from corewatch.mentions.rows import mentions_in

TEXTS = Path(__file__).parents[1] / "tests" / "properties"
SHORTEST, FITTED, LONGEST = 625, 10_000, 10_240_000
ROUNDS = 3
LIMITS = Limits(file=2 * LONGEST)
HEAD = b"From: Wire <w@wire.example>\nSubject: Quartzline signs\nMIME-Version: 1.0\n"
NEWS = b"Quartzline said on Monday that it had signed a contract with Orrin. "
PARTS = b"Content-Type: multipart/mixed; boundary=b\n\n"

# Name, what stands before, what is repeated, what stands behind.
FILES: dict[str, tuple[str, bytes, bytes, bytes]] = {
    "blocks in blocks": ("a.html", b"<html><body>", b"<div>", NEWS),
    "marks in marks": ("a.html", b"<html><body><p>", b"<b><i>x", b""),
    "paragraphs": ("a.html", b"<html><body><article>", b"<p>" + NEWS + b"</p>", b""),
    "attributes": ("a.html", b"<html><body><p ", b"a=1 ", b">" + NEWS),
    "entities": ("a.html", b"<html><body><p>", b"&amp;&nbsp;", NEWS),
    "rows of a table": ("a.html", b"<html><body><table>", b"<tr><td>5</td><td>Orrin</td></tr>", b"</table>"),
    "links": ("a.html", b"<html><body>", b'<a href="/x">Orrin</a> ', NEWS),
    "angles": ("a.html", b"<html><body>" + NEWS, b"<", b""),
    "heads": ("a.eml", HEAD, b"X-A: b\n", b"\n" + NEWS),
    "a head that goes on": ("a.eml", HEAD + b"X-A: ", b"b\n ", b"\n\n" + NEWS),
    "parts": ("a.eml", HEAD + PARTS, b"--b\n\n" + NEWS + b"\n", b"--b--"),
    "quoted lines": ("a.eml", HEAD + b"\n", b"> " + NEWS + b"\n", b""),
    "lines of JSON": ("a.jsonl", b"", b'{"text": "' + NEWS + b'"}\n', b""),
    "brackets of JSON": ("a.jsonl", b'{"text": ', b"[", b"\n"),
    "rows of CSV": ("a.csv", b"text\n", NEWS + b"\n", b""),
    "marks of CSV": ("a.csv", b"text\n", b'"', b""),
}


class TooLargeError(Exception):
    """A file is turned away for its size, which takes no time."""


def read_file(name: str, content: bytes) -> None:
    """All that comes of a file; raises `TooLargeError`."""
    for event in opener(len(content), LIMITS).open(io.BytesIO(content), name, "a"):
        if isinstance(event, Rejection) and event.reason == "too_large":
            raise TooLargeError


def go_through(text: str) -> None:
    """All that comes of a text."""
    mentions_in("doc", text, None, None)


def growth(work: Callable[[int], Callable[[], object]], budget: float) -> dict[str, float]:
    """The longest length that was read and not turned away for its size, its time a character and the exponent."""
    lengths, took = [], []
    length = SHORTEST
    while length <= LONGEST:
        try:
            took.append(seconds(work(length), ROUNDS if length < FITTED else 1))
        except TooLargeError:
            break
        lengths.append(length)
        gc.collect()
        if took[-1] > budget:
            break
        length *= 4
    fitted = [(math.log(size), math.log(one)) for size, one in zip(lengths, took, strict=True) if size >= FITTED] or [(0.0, 0.0)]
    exponent = slope([x for x, _ in fitted], [y for _, y in fitted]) if len(fitted) > 1 else math.nan
    return {"longest": lengths[-1], "microseconds": round(took[-1] / lengths[-1] * 1e6, 1), "exponent": round(exponent, 2)}


def main(budget: float, names: list[str]) -> None:
    """Measure and print."""
    sys.path.insert(0, str(TEXTS))
    from growing_texts import ALL, growing_text

    def text(name: str) -> Callable[[int], Callable[[], object]]:
        def work(length: int) -> Callable[[], object]:
            made = growing_text(name, length)
            return lambda: go_through(made)

        return work

    def file(name: str) -> Callable[[int], Callable[[], object]]:
        called, before, piece, behind = FILES[name]

        def work(length: int) -> Callable[[], object]:
            made = before + piece * (length // len(piece)) + behind
            return lambda: read_file(called, made)

        return work

    go_through("Oracle agreed to pay Nvidia $5 billion in March 2025, said Orla Brandt. Its revenue rose 5%.")
    for called, (name, before, piece, behind) in FILES.items():
        if not names or called in names:
            read_file(name, before + piece + behind)
    gc.disable()
    for name in names or [*ALL, *FILES]:
        told = growth(file(name) if name in FILES else text(name), budget)
        sys.stdout.write(json.dumps({"text": name, **told}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4, sys.argv[2:])
