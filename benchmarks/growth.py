"""How the time of reading grows with texts that nobody would print, as the exponent of the power law that fits: 1 is linear.

    python benchmarks/growth.py [NAME ...]

In: the texts of `tests/properties/growing_texts.py`, all or those named. Out: a JSON line a text: processor time a character of the
longest in microseconds, and the exponent. Regular expressions count here; the calls that the tests count leave out what happens inside.
"""

import json
import math
import sys
from pathlib import Path

from speed import read_everything, seconds, slope

TEXTS = Path(__file__).parents[1] / "tests" / "properties"
LENGTHS = (16_000, 32_000, 64_000)


def main(names: list[str]) -> None:
    """Measure and print."""
    sys.path.insert(0, str(TEXTS))
    from growing_texts import NAMES, growing_text

    read_everything(["Oracle agreed to pay Nvidia $5 billion in March 2025, said Orla Brandt. Its revenue rose 5%."])
    for name in names or NAMES:
        took = [seconds(lambda length=length, name=name: read_everything([growing_text(name, length)]), 1) for length in LENGTHS]
        exponent = slope([math.log(length) for length in LENGTHS], [math.log(one) for one in took])
        line = {"text": name, "microseconds": round(took[-1] / LENGTHS[-1] * 1e6, 1), "exponent": round(exponent, 2)}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
