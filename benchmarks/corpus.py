"""How memory and time grow with the number of documents, one `corewatch parse` in a process of its own for each size.

    python benchmarks/corpus.py

In: articles made from the templates below, each with invented companies of its own beside a few that all articles share, so that there
is something to join and the joined deals grow in number as well. Out: a JSON line a size: documents, the most memory that was held (MB, by
this process and the larger of those that read for it), the processor time of reading and of joining documents (seconds). Last: memory of
the largest over that of the smallest, and the exponent of the power law that fits the time of joining: 1 is linear.
"""

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speed import slope

SIZES = (100, 400, 1600)
TEMPLATES = (
    "{a} signs with {b}\n\n{a} said on Monday that it had signed a five-year contract with {b} worth ${n} billion. {b} reported revenue of"
    " ${n}00 million for 2024, up 40% from a year earlier. “We need the machines,” said Orla Brandt, its chief executive.\n",
    "{b} borrows\n\n{b} borrowed ${n} billion from JPMorgan to buy chips from Nvidia for {a}, its largest customer. It runs to 2031.\n",
    "Nearly ${n} billion\n\nThe contract between {a} and {b} is worth nearly ${n} billion, two people said. Nvidia holds 5% of {b}.\n",
    "Microsoft looks elsewhere\n\nMicrosoft is in talks to rent 200 MW from {b}. Shares of {a} fell 3%.\n",
)
START = ["Quartz", "Orrin", "Lantern", "Tarn", "Marrow", "Ember", "Cobalt", "Sable", "Hollow", "Brim", "Alder", "Fenwick"]
END = ["mere", "field", "lode", "gate", "forge", "harbor", "ridge", "stone", "well", "beck", "worth", "ley"]


def write_articles(folder: Path, size: int) -> None:
    """So many articles; every four tell of one pair of companies."""
    for at in range(size):
        pair = at // len(TEMPLATES)
        a, b = (f"{START[n % 12]}{END[n // 12 % 12]} {START[n // 144 % 12]}" for n in (2 * pair, 2 * pair + 1))
        text = TEMPLATES[at % len(TEMPLATES)].format(a=a, b=b, n=2 + pair % 7)
        (folder / f"article_{at:05d}.txt").write_text(text, encoding="utf-8")


def measure(folder: str) -> None:
    """Read a folder and print what it took; run in a process of its own, because the most memory held is that of a process."""
    from corewatch import pipeline
    from corewatch.documents.limits import Limits
    from corewatch.mentions.confining import Extractor

    documents, rejected = pipeline.read_documents([Path(folder)])
    with Extractor(Limits()) as extractor:
        mentions, _ = pipeline.mentions_of(documents, extractor.read)
    began = time.process_time()
    pipeline.join_documents(documents, mentions, rejected, pipeline.empty("corrections"))
    joined = time.process_time() - began
    here, there = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    megabytes = (here.ru_maxrss + there.ru_maxrss) / 1024
    read = began + there.ru_utime + there.ru_stime
    line = {"documents": len(documents), "megabytes": round(megabytes, 1), "reading": round(read, 2), "joining": round(joined, 2)}
    sys.stdout.write(json.dumps(line) + "\n")


def main() -> None:
    """Measure and print."""
    lines = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write_articles(Path(folder), size)
            done = subprocess.run([sys.executable, __file__, folder], check=True, capture_output=True, text=True)  # noqa: S603  # this very file
        lines.append(json.loads(done.stdout))
        sys.stdout.write(done.stdout)
        sys.stdout.flush()
    exponent = slope([math.log(line["documents"]) for line in lines], [math.log(line["joining"]) for line in lines])
    memory = lines[-1]["megabytes"] / lines[0]["megabytes"]
    sys.stdout.write(json.dumps({"memory, largest over smallest": round(memory, 2), "exponent of joining": round(exponent, 2)}) + "\n")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
