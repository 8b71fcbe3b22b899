"""How fast sentences and figures are found, as a ratio to one pass of a regular expression over the same text.

In: a folder of .txt files, or without one a made-up text. Out: one JSON line: characters, figures, seconds of processor time for
sentences and figures, millions of characters a second, and how many passes of `re.finditer(r"\\d", text)` the same time is.
"""

import json
import re
import sys
import time
from pathlib import Path

from corewatch.language.figures import find_figures
from corewatch.language.sentences import find_sentences

SENTENCE = (
    "Orrin Foods, which runs 32 mills in Ghana, said on March 3 that sales had risen 12.5% to more than $4.6 billion in 2024. "
    "Its lenders, who were owed half a billion dollars, will wait for five years. Nobody at the mill was asked about it.\n\n"
)
ENOUGH = 1_000_000
ROUNDS = 3


def main(folder: str | None = None) -> None:
    """Measure on the texts of a folder, or on a made-up text."""
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).rglob("*.txt"))] if folder else [SENTENCE]
    text = "\n\n".join(texts)
    text = (text + "\n\n") * (1 + ENOUGH // len(text))
    best, one_pass, found = float("inf"), float("inf"), 0
    for _ in range(ROUNDS):
        begin = time.process_time()
        found = len(find_figures(text, find_sentences(text)))
        best = min(best, time.process_time() - begin)
        begin = time.process_time()
        sum(1 for _ in re.finditer(r"\d", text))
        one_pass = min(one_pass, time.process_time() - begin)
    measured = {"characters": len(text), "figures": found, "seconds": round(best, 3)}
    measured |= {"million_characters_a_second": round(len(text) / best / 1e6, 2), "passes": round(best / one_pass, 1)}
    sys.stdout.write(json.dumps(measured) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
