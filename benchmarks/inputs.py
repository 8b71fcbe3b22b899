"""Ten thousand documents in all formats, a tenth of them broken: every good one is read, every broken one listed, within a bound of memory.

    python benchmarks/inputs.py [NUMBER]

In: the files of `tests/hostile/corpus_files.py`, in folders, archives and exports. Out: a JSON line: documents read and rejected, whether
they are exactly those that should be, what is left behind in the folder of temporary files, seconds, documents a second, and the most
memory (MB) that the process that reads and the one that parses held. The exit code is 1 where anything is not as it should be.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HOSTILE = Path(__file__).parents[1] / "tests" / "hostile"


def main(number: int) -> int:
    """Measure and print."""
    sys.path.insert(0, str(HOSTILE))
    from corpus_files import write_files

    with tempfile.TemporaryDirectory() as place:
        folder, other = Path(place) / "in", Path(place) / "tmp"
        folder.mkdir()
        other.mkdir()
        good, broken = write_files(folder, number)
        before = sorted(folder.rglob("*"))
        command = [sys.executable, str(HOSTILE / "corpus_files.py"), str(folder)]
        started = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(other)})  # noqa: S603  # our own file
        seconds = time.perf_counter() - started
        told = json.loads(done.stdout)
        left = [path.name for path in other.iterdir()]
        same = sorted(folder.rglob("*")) == before
    right = set(told["read"]) == good and set(told["rejected"]) == broken and not left and same
    line = {
        "documents": len(told["read"]),
        "rejected": len(told["rejected"]),
        "as they should be": right,
        "left behind": left,
        "reasons": dict(Counter(told["rejected"].values())),
        "seconds": round(seconds, 1),
        "documents a second": round(number / seconds),
        "megabytes here": told["megabytes"],
        "megabytes there": told["megabytes of the other"],
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return not right


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
