"""Broken and hostile files without end over the readers and the extraction, for as long as is wanted.

    python benchmarks/fuzz.py SECONDS [SEED] [FOLDER]

In: files that `tests/hostile/fuzz_files.py` makes from the seed, some of each kind at a time; the same seed makes the same files. A process
like the one that parses reads them, with a limit of memory and of processor time a file, and may not write, start or connect to anything.
`tests/hostile/fuzz_checks.py` says what has to hold. One batch in ten is a folder, read by the whole program.

Out: a JSON line a kind (files, bytes, documents, reasons, the slowest in seconds) and one for all. Each finding that is new is kept in the
folder: its file, made as small as still shows it, and the error. The exit code is 1 where there are findings.
"""

import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HOSTILE = Path(__file__).parents[1] / "tests" / "hostile"
BATCH = 40
# Of what the readers of files give, one in so many is read for what it states: that takes longer, and texts have two kinds of their own.
SAMPLE = 4
MEMORY = 3_000_000_000
# Processor seconds for reading a file, and for all that a batch states: a fixed part, and a part for each 1,000 characters.
READING, FIXED, EACH = 10, 6, 0.5
# Seconds without a word before a process that waits counts as hanging; one that works is ended by its processor time.
SILENT = 240
TRIALS = 400


def inputs(kind: str, seed: str, batch: int) -> list[tuple[str, bytes]]:
    """The files of a batch."""
    from fuzz_files import KINDS, file
    from fuzz_texts import chance_of

    if kind != "folder":
        return [file(kind, chance_of(f"{seed} {kind} {batch} {at}")) for at in range(BATCH)]
    chance = chance_of(f"{seed} folder {batch}")
    made = [file(chance.choice(KINDS), chance) for _ in range(BATCH)]
    made = [(f"{at}{name}", content) for at, (name, content) in enumerate(made)]
    if chance.random() < 0.3:
        head = b"file,url,publisher,published\n" + b",".join(content[:40] for _, content in made[:4])
        made.append((chance.choice(("sources.csv", "corrections.csv")), head + b"\n" + made[0][1][:200]))
    return made


def seconds_for(characters: int) -> float:
    """What reading so many characters may take of the processor."""
    return FIXED + EACH * characters / 1000


def look(kind: str, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Check the files of a batch; gives what came of them, and raises what is wrong with them."""
    import fuzz_checks

    if kind == "folder":
        with tempfile.TemporaryDirectory() as folder:
            reasons = fuzz_checks.check_folder(Path(folder), dict(files))
        return {"documents": 0, "read on": 0, "reasons": reasons, "slowest": 0}
    pieces, reasons, slowest = [], Counter(), 0.0
    with fuzz_checks.guarded():
        for name, content in files:
            signal.setitimer(signal.ITIMER_PROF, READING)
            begin = time.process_time()
            found, why = fuzz_checks.check_reading(name, content)
            slowest = max(slowest, time.process_time() - begin)
            pieces += found
            reasons += why
        given = len(pieces)
        pieces = pieces if kind in ("text", "words") else pieces[::SAMPLE]
        allowed = seconds_for(sum(len(piece.text) for piece in pieces))
        signal.setitimer(signal.ITIMER_PROF, 10 * allowed)
        begin = time.process_time()
        fuzz_checks.check_extraction(pieces)
        took = time.process_time() - begin
        if took > allowed:
            raise TimeoutError(f"{took:.1f} s for {sum(len(piece.text) for piece in pieces)} characters")
    return {"documents": given, "read on": len(pieces), "reasons": reasons, "slowest": round(max(slowest, took / max(len(pieces), 1)), 2)}


def signature(error: BaseException) -> str:
    """What makes two errors the same: their kind, and the last place in our own code."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.name}:{last.line or ''}"[:160]


def shrink(kind: str, files: list[tuple[str, bytes]], wanted: str) -> list[tuple[str, bytes]]:
    """Fewer files, and less of each, that still give the same error; a few hundred trials at most."""
    trials = 0

    def shows(some: list[tuple[str, bytes]]) -> bool:
        nonlocal trials
        trials += 1
        try:
            look(kind, some)
        except BaseException as error:
            return signature(error) == wanted
        return False

    at = 0
    while at < len(files) and len(files) > 1:
        fewer = files[:at] + files[at + 1 :]
        if shows(fewer):
            files = fewer
        else:
            at += 1
    for place, (name, content) in enumerate(files):
        length = max(len(content) // 2, 1)
        while length and trials < TRIALS:
            start = 0
            while start < len(content) and trials < TRIALS:
                less = content[:start] + content[start + length :]
                if shows([*files[:place], (name, less), *files[place + 1 :]]):
                    content = less
                else:
                    start += length
            files[place] = (name, content)
            length //= 2
    return files


def say(message: dict[str, Any]) -> None:
    """A line of JSON."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def work(seed: str, batch: int, folder: Path) -> None:
    """Check batch after batch, of each kind in turn, and say what is begun, what came of it and what was found, until ended."""
    import fuzz_checks
    from fuzz_files import KINDS

    fuzz_checks.warm()
    kinds = (*KINDS, "folder")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    known: set[str] = set()
    while True:
        kind = kinds[batch % len(kinds)]
        say({"begun": batch, "kind": kind})
        files = inputs(kind, seed, batch)
        try:
            came = look(kind, files)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if isinstance(error, KeyboardInterrupt):
                raise
            called = signature(error)
            came = {"documents": 0, "read on": 0, "reasons": {}, "slowest": 0, "finding": called}
            if called not in known:
                known.add(called)
                say({"begun": batch, "kind": kind, "error": called})
                keep(folder / f"{seed}-{batch}-{kind}", shrink(kind, files, called), traceback.format_exc())
        signal.setitimer(signal.ITIMER_PROF, 0)
        say({"done": batch, "kind": kind, "files": len(files), "bytes": sum(len(content) for _, content in files), **came})
        batch += 1


def keep(folder: Path, files: list[tuple[str, bytes]], why: str) -> None:
    """Put a finding into a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, (name, content) in enumerate(files):
        (folder / f"{at}-{name.replace('/', '_')}").write_bytes(content)
    (folder / "error.txt").write_text(why, encoding="utf-8", errors="backslashreplace")


def messages(process: subprocess.Popen[bytes], until: float):
    """The messages of a process until it ends, is silent for too long, or the time is over."""
    ahead = b""
    heard = time.monotonic()
    while time.monotonic() < until:
        if not select.select([process.stdout], [], [], 1)[0]:
            # The third word on a process says whether it runs (R) or waits.
            if time.monotonic() - heard > SILENT and Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "R":
                return
            continue
        heard = time.monotonic()
        more = os.read(process.stdout.fileno(), 1 << 16)
        if not more:
            return
        *lines, ahead = (ahead + more).split(b"\n")
        yield from map(json.loads, lines)


def main(seconds: float, seed: str, folder: Path) -> int:
    """Run the campaign and print what came of it."""
    begin = time.monotonic()
    until = begin + seconds
    told: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    findings: Counter[str] = Counter()
    batch = 0
    while time.monotonic() < until:
        process = subprocess.Popen([sys.executable, __file__, "--work", seed, str(batch), str(folder)], stdout=subprocess.PIPE)  # noqa: S603  # this very file
        begun: dict[str, Any] = {}
        for message in messages(process, until):
            if "begun" in message:
                begun = message
                continue
            kind = message["kind"]
            told[kind].update({name: message[name] for name in ("files", "bytes", "documents", "read on")})
            reasons[kind].update(message["reasons"])
            slowest[kind] = max(slowest[kind], message["slowest"])
            findings.update([message["finding"]] if "finding" in message else [])
            batch = message["done"] + 1
            begun = {}
        process.kill()
        code = process.wait()
        if time.monotonic() < until:
            # It died or hung: the batch that it was at is the finding, unless that was found before and only made smaller.
            called = begun.get("error") or f"the process ended with {code} at a {begun.get('kind', 'start')}"
            findings.update([called])
            if begun and "error" not in begun:
                keep(folder / f"{seed}-{begun['begun']}-{begun['kind']}", inputs(begun["kind"], seed, begun["begun"]), called)
            batch = begun.get("begun", batch) + 1
    for kind, counts in told.items():
        say({"kind": kind, **counts, "slowest": slowest[kind], "reasons": dict(sorted(reasons[kind].items()))})
    total = sum((counts for counts in told.values()), Counter())
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = {"seconds": round(time.monotonic() - begin), "processor seconds": round(worked.ru_utime + worked.ru_stime)}
    say({"seed": seed, **times, **total, "findings": dict(findings)})
    return bool(findings)


if __name__ == "__main__":
    sys.path.insert(0, str(HOSTILE))
    if sys.argv[1] == "--work":
        work(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    given = dict(enumerate(sys.argv[1:]))
    where = Path(given.get(2) or Path(tempfile.gettempdir()) / "corewatch_fuzz")
    sys.exit(main(float(given[0]), given.get(1, "1"), where))
