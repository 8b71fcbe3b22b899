"""Ten thousand documents in all formats, a tenth of them broken: every good one is read, every broken one listed, within a bound of memory.

    python benchmarks/inputs.py [NUMBER]

In: the files of `tests/hostile/corpus_files.py`, in folders, archives and exports, given to `corewatch parse`. Out: a JSON line: documents
read and rejected, whether they are exactly those that should be, what is left behind in the folder of temporary files, seconds, documents
a second, and the most memory (MB) that each process held, of which the sum has to stay within the bound: the one that asks and writes the
tables, the one that parses files, and the one that goes through texts. The exit code is 1 where anything is not as it should be.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from corewatch.tables import read_tables

HOSTILE = Path(__file__).parents[1] / "tests" / "hostile"
# Seconds between two looks at the processes; the system itself keeps the most that each held.
PAUSE = 0.5
# What the processes may hold together (MB).
MOST = 1000


def held(session: int) -> dict[str, int]:
    """The most memory (kB) that the processes of a session have held so far, by the module that each runs; of two of one kind the more."""
    found: dict[str, int] = defaultdict(int)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rsplit(")", 1)[1].split()[3]) != session:
                continue
            words = (process / "cmdline").read_text().split("\0")
            most = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM"))
        except (OSError, StopIteration):
            # It ended while it was looked at.
            continue
        called = words[words.index("-m") + 1] if "-m" in words else words[0]
        found[called] = max(found[called], int(most.split()[1]))
    return found


def main(number: int) -> int:
    """Measure and print."""
    sys.path.insert(0, str(HOSTILE))
    from corpus_files import write_files

    with tempfile.TemporaryDirectory() as place:
        folder, other, out = (Path(place) / name for name in ("in", "tmp", "out"))
        folder.mkdir()
        other.mkdir()
        good, broken = write_files(folder, number)
        before = sorted(folder.rglob("*"))
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "corewatch", "parse", str(folder), "--out", str(out)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(other)}, start_new_session=True,
        )  # fmt: skip
        most: Counter[str] = Counter()
        while process.poll() is None:
            most |= Counter(held(process.pid))
            time.sleep(PAUSE)
        seconds = time.perf_counter() - started
        tables = read_tables(out)
        left = [path.name for path in other.iterdir()]
        same = sorted(folder.rglob("*")) == before
    megabytes = {name: kilobytes // 1024 for name, kilobytes in sorted(most.items())}
    as_made = (set(tables.documents["path"]), set(tables.rejected["path"])) == (good, broken)
    right = process.returncode == 0 and as_made and same and not left and sum(megabytes.values()) < MOST
    line = {
        "documents": len(tables.documents),
        "rejected": len(tables.rejected),
        "as they should be": right,
        "left behind": left,
        "reasons": tables.rejected["reason"].value_counts().to_dict(),
        "rows": {name: len(tables[name]) for name in ("figures", "deal_mentions", "metric_mentions", "deals")},
        "seconds": round(seconds, 1),
        "documents a second": round(number / seconds),
        "megabytes": megabytes,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return not right


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
