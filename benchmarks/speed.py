"""How fast texts are read, as ratios within one run: corewatch, its peers, and the floor of one pass of a digit pattern.

    python benchmarks/speed.py [FOLDER]

In: a folder of .txt files, by default the annotated articles of the tests. Out: one JSON line a measurement: `what`, millions of
characters a second of one core's time (`mchars`), and how many passes of `re.finditer(r"\\d", text)` take as long (`passes`). The
time is that of the processor, the best of some rounds, so that other work on the machine counts little.
Then the time of texts of growing length, with the exponent of the power law that fits them: 1 is linear.

The peers, Recognizers-Text and quantulum3, read figures only; `make bench` installs them, and without them they are said to be absent.
"""

import json
import math
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from corewatch.language.figures import find_figures
from corewatch.language.reading import read_article
from corewatch.language.sentences import find_sentences
from corewatch.mentions.rows import read_mentions

ARTICLES = Path(__file__).parents[1] / "tests" / "accuracy" / "gold" / "dev"
ROUNDS = 3
PEER_CHARACTERS = 60_000  # enough for a ratio; the peers take seconds for it
LENGTHS = (4_000, 16_000, 64_000, 256_000)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor time of some rounds of a piece of work."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def say(what: str, characters: int, took: float, floor: float) -> None:
    """One line: a speed, and the same as passes of the floor (seconds a character)."""
    line = {"what": what, "mchars": round(characters / took / 1e6, 3), "passes": round(took / characters / floor, 1)}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def read_everything(texts: Sequence[str]) -> None:
    """All that is read of texts, document by document."""
    for text in texts:
        read_mentions(read_article("doc", text))


def peers() -> dict[str, Callable[[str], object]]:
    """The readers of figures that are installed, by name."""
    found: dict[str, Callable[[str], object]] = {}
    if find_spec("quantulum3"):
        from quantulum3 import parser

        found["quantulum3"] = parser.parse
    if find_spec("recognizers_number_with_unit"):
        from recognizers_number_with_unit import NumberWithUnitRecognizer

        models = NumberWithUnitRecognizer("en-us")
        readers = [models.get_currency_model(), models.get_dimension_model(), models.get_age_model()]
        found["Recognizers-Text"] = lambda text: [reader.parse(text) for reader in readers]
    return found


def main(folder: str | None = None) -> None:
    """Measure and print."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder or ARTICLES).rglob("*.txt"))]
    whole = "\n\n".join(texts)
    floor = seconds(lambda: sum(1 for _ in re.finditer(r"\d", whole))) / len(whole)
    say("one pass of a digit pattern", len(whole), floor * len(whole), floor)
    say("sentences and figures", len(whole), seconds(lambda: [find_figures(text, find_sentences(text)) for text in texts]), floor)
    say("everything", len(whole), seconds(lambda: read_everything(texts), 1), floor)
    few = whole[:PEER_CHARACTERS].split("\n\n")
    installed = peers()
    for name in ("Recognizers-Text", "quantulum3"):
        if name in installed:
            read = installed[name]
            say(f"figures by {name}", sum(map(len, few)), seconds(lambda read=read: [read(text) for text in few], 1), floor)
        else:
            sys.stdout.write(json.dumps({"what": f"figures by {name}", "absent": "not installed"}) + "\n")
    for what, work in (
        ("sentences and figures", lambda text: find_figures(text, find_sentences(text))),
        ("everything", lambda text: read_everything([text])),
    ):
        took = [seconds(lambda length=length, work=work: work((whole * (1 + length // len(whole)))[:length]), 1) for length in LENGTHS]
        exponent = slope([math.log(length) for length in LENGTHS], [math.log(one) for one in took])
        sys.stdout.write(json.dumps({"what": f"{what} of one growing text", "exponent": round(exponent, 2)}) + "\n")


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """The slope of the line that fits some points best."""
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle_x) ** 2 for a in x)


if __name__ == "__main__":
    main(*sys.argv[1:2])
