"""Runs that are killed: `python benchmarks/kills.py 200`, at random moments of all their phases.

Each time articles change, a run is begun in a process of its own and killed (SIGKILL) a random while after it has come to a phase: reading,
running notebooks, making pages, publishing and pruning. While it is at work and afterwards every file that readers see has its digest. The
next run then succeeds, all its files but those that tell what changed are those of a site that was made from nothing, and nothing is left
behind: no file, no kernel. Notebooks are small, so that all phases are met and 200 kills take some minutes.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from corewatch.report.publishing import digests
from corewatch.runs.making import run_reports
from corewatch.runs.manifest import MANIFEST
from corewatch.runs.shelf import LATEST, Shelf

TEXTS = (
    "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.",
    "Tarnfell agreed to pay Quillon $3.9 billion over six years for computing power.",
)
# These tell what changed since the run before, and so differ with what came before them.
OF_HISTORY = {"index.html", "changes.html", "changes.json", MANIFEST}
# A phase begins with an event of the log: reading, running notebooks, making and publishing, pruning.
PHASES = ("begun", "read", "notebook", "published")
STAYING = {".cache", ".lock", ".seeds.json", "index.html", "latest", "runs.json"}
DONE = "done"
MARK = "COREWATCH_KILLED"
PATIENCE = 30


def prepare(folder: Path) -> None:
    """A project with an article and a small notebook."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    parameters = new_code_cell('tables: str = ""  # folder', metadata={"tags": ["parameters"]}, id="p")
    cells = [
        new_markdown_cell("# How large?", id="t"),
        parameters,
        new_code_cell("print(len(open(tables + '/deals.parquet', 'rb').read()))", id="c"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "notebooks" / "deal_sizes.ipynb")


def begin(out: Path) -> tuple[int, int]:
    """Begin a run in a process of its own; its id and a pipe with its log."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process:
        os.close(write_end)
        os.set_blocking(read_end, False)
        return process, read_end
    try:
        os.dup2(write_end, 2)
        sys.stderr = os.fdopen(2, "w", closefd=False)
        os._exit(one_run(out))
    finally:
        os._exit(99)


def one_run(out: Path) -> int:
    """A run as a scheduler starts it, of one report."""
    run = run_reports(["deal_sizes"], out=out, keep=3, log_json=True)
    sys.stderr.write(json.dumps({"event": DONE}) + "\n")
    sys.stderr.flush()
    return run.code


def check(out: Path) -> None:
    """Every file that readers see has the digest that was written down."""
    if not (out / LATEST).is_symlink():
        return
    # As a reader holds it: the run that `latest` pointed at when the page was opened.
    site = (out / LATEST).resolve(strict=True)
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    found = {name: digest for name, digest in digests(site).items() if name != MANIFEST}
    if told != found:
        raise SystemExit(f"{site} is not whole: {sorted(told.items() ^ found.items())[:3]}")


def kill_once(out: Path, phase: str, chance: random.Random, lengths: dict[str, float]) -> str:
    """Begin a run, kill it in a phase, and say in which it was; the site is looked at all the while."""
    process, pipe = begin(out)
    here, since, text = "begun", time.monotonic(), b""
    wait = chance.uniform(0, lengths.get(phase, 1.0))
    while True:
        looked = time.monotonic()
        check(out)
        looked = time.monotonic() - looked
        with suppress(BlockingIOError):
            text += os.read(pipe, 65536)
        for line in text.split(b"\n")[:-1]:
            event = json.loads(line)["event"]
            now = time.monotonic()
            before, here = here, event
            lengths[before] = now - since
            since = now
        text = text.rsplit(b"\n", 1)[-1]
        if here == phase and time.monotonic() - since >= wait:
            os.kill(process, signal.SIGKILL)
        ended, _ = os.waitpid(process, os.WNOHANG)
        if ended:
            break
        # Half of the time, so that the run gets on.
        time.sleep(max(0.002, looked))
    os.close(pipe)
    check(out)
    return here


def left_behind(out: Path) -> list[str]:
    """Files and processes that should not be there; kernels get a while to see that nobody is left."""
    shelf = Shelf(out)
    names = {path.name for path in out.iterdir()} - STAYING - set(shelf.order().published)
    ends = time.monotonic() + PATIENCE
    while (alive := kernels()) and time.monotonic() < ends:
        time.sleep(0.2)
    return sorted(names) + alive


def kernels() -> list[str]:
    """The processes that a run started and that are there without it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={os.getpid()}".encode() in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append(f"process {folder.name}: {(folder / 'cmdline').read_bytes()[:100]!r}")
        except OSError:
            continue
    return found


def main(number: int, seed: int = 6) -> Counter[str]:
    """Kill so many runs; how many were killed in each phase."""
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    prepare(folder)
    os.chdir(folder)
    # A process that this one begins is told by it from all others.
    os.environ[MARK] = str(os.getpid())
    note, out = folder / "seeds" / "note.txt", folder / "site"
    expected = []
    for text in TEXTS:
        note.write_text(text)
        expected.append(files(run_reports(["deal_sizes"], out=folder / "from_nothing" / str(len(expected))).site))
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    counts, lengths = Counter[str](), dict[str, float]()
    run_reports(["deal_sizes"], out=out)
    for turn in count():
        # A run that was quicker than the moment drawn was not killed, and does not count.
        if counts.total() - counts[DONE] == number:
            break
        which = turn % 2
        note.write_text(TEXTS[which])
        # Every phase in turn, with either text.
        counts[kill_once(out, PHASES[(turn + turn // len(PHASES)) % len(PHASES)], chance, lengths)] += 1
        run = run_reports(["deal_sizes"], out=out, keep=3)
        check(out)
        if files(run.site) != expected[which]:
            raise SystemExit(f"after run {turn + 1} the run has other bytes")
        if left := left_behind(out):
            raise SystemExit(f"after run {turn + 1} something is left behind: {left}")
        if turn % 10 == 9:
            sys.stderr.write(f"{turn + 1} runs: {dict(counts)}\n")
    return counts


def files(site: Path) -> dict[str, str]:
    """The digests of what does not tell of the runs before."""
    return {name: digest for name, digest in digests(site).items() if name not in OF_HISTORY}


if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    began = time.monotonic()
    sys.stdout.write(json.dumps({"killed in": main(kills), "seconds": round(time.monotonic() - began)}) + "\n")
