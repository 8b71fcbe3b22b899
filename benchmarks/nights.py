"""Nights in which documents arrive, change and vanish: `python benchmarks/nights.py 24`.

Each night some articles come, some go, some tell another amount, some are edited without telling anything else, and on some nights nothing
happens. What a run says has changed is compared with what was done, and the site, made from what was kept of the nights before, byte for
byte with one that is made from nothing. The notebook is a real one. A short form with a small notebook, in which hypothesis says what
happens, is in tests/runs.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from corewatch.runs.making import run_reports
from corewatch.runs.verifying import verify_run

PROJECT = Path(__file__).resolve().parents[1]
REPORT = "source_audit"
# Companies that do not exist, in pairs that make one deal.
PAIRS = (
    ("Tarnfell", "Quillon"), ("Brackwater", "Ostrava Halls"), ("Harrowgate Compute", "Larkspur Grid"),
    ("Vellum Systems", "Nordhaven Cloud"),
    ("Cinderpeak", "Osprey Data"), ("Palewick", "Grimsby Silicon"), ("Thornquist", "Mereside Power"), ("Ashgrove Labs", "Dunmore Racks"),
)  # fmt: skip
Change = tuple[str, str, str | None, str | None]
# What happens to a pair's article in a night, with the tenths of billions that a new one tells.
Event = tuple[int, str, int]
EVENTS = ("gone", "amount", "edited")


class Desk:
    """The articles of a folder as whoever puts them there knows them: for each pair the amount, and how often it was edited.

    The first article stays, because without any there is no edition.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: dict[int, tuple[int, int]] = {0: (34, 0)}
        self.write(0)

    def night(self, events: Iterable[Event]) -> Counter[Change]:
        """What one night does, and the changes that it is to be told as: kind, document or deal, before, after."""
        changes: Counter[Change] = Counter()
        for number, what, tenths in events:
            name = f"note_{number}"
            if number not in self.told:
                self.told[number] = (tenths, 0)
                changes["document_added", name, None, name] += 1
                changes["deal_added", deal(number), None, amount(tenths)] += 1
            else:
                was, edits = self.told[number]
                if what == "gone":
                    del self.told[number]
                    (self.folder / f"{name}.txt").unlink()
                    changes["document_removed", name, name, None] += 1
                    changes["deal_removed", deal(number), amount(was), None] += 1
                    continue
                changes["document_edited", name, name, name] += 1
                self.told[number] = (was + 7 * (what == "amount"), edits + 1)
                if what == "amount":
                    changes["deal_amount", deal(number), amount(was), amount(was + 7)] += 1
            self.write(number)
        return changes

    def write(self, number: int) -> None:
        """The article of a pair."""
        (payer, payee), (tenths, edits) = PAIRS[number], self.told[number]
        text = f"{payer} agreed to pay {payee} {amount(tenths)} over six years for computing power.\n" + "It rained.\n" * edits
        (self.folder / f"note_{number}.txt").write_text(text, encoding="utf-8")


def any_night(chance: random.Random) -> list[Event]:
    """What happens in some night."""
    numbers = sorted(chance.sample(range(1, len(PAIRS)), chance.choice((0, 1, 2, 3))))
    return [(number, chance.choice(EVENTS), chance.randrange(11, 99)) for number in numbers]


def deal(number: int) -> str:
    """How a deal is called here: by its parties."""
    return " and ".join(PAIRS[number])


def amount(tenths: int) -> str:
    """`$3.4 billion`, of 34."""
    return f"${tenths / 10:g} billion"


def said(changes: list[dict[str, str | None]]) -> Counter[Change]:
    """The changes that a run tells, as `Desk.night` knows them."""
    found: Counter[Change] = Counter()
    for row in changes:
        what, key, before, after = str(row["what"]), str(row["key"]), row["before"], row["after"]
        if not what.startswith("document_"):
            (key,) = [deal(number) for number, pair in enumerate(PAIRS) if key.startswith(slug(pair))]
            before, after = (cell and cell[cell.index("$") : cell.index("billion") + 7] for cell in (before, after))
        found[what, key, before, after] += 1
    return found


def slug(pair: tuple[str, str]) -> str:
    """The beginning of a deal's id."""
    return "-".join(name.lower().replace(" ", "-") for name in pair)


class Nights:
    """A project in a folder, which becomes the working folder, with one notebook, and the run of each night."""

    def __init__(self, folder: Path, notebook: Path) -> None:
        for name in ("seeds", "notebooks"):
            (folder / name).mkdir(parents=True)
        shutil.copy(notebook, folder / "notebooks" / f"{REPORT}.ipynb")
        os.chdir(folder)
        self.desk = Desk(folder / "seeds")
        run_reports([REPORT], out="site")
        self.counts = Counter[str]()

    def night(self, events: Iterable[Event]) -> None:
        """One night; raises `SystemExit` where its run does anything but what happened."""
        expected = self.desk.night(events)
        run = run_reports([REPORT], out="site", keep=5)
        self.counts["nights"] += 1
        if run.fresh != bool(expected):
            raise SystemExit(f"night {self.counts['nights']}: {'something' if expected else 'nothing'} was done, and {run}")
        if not run.fresh:
            return
        told = said(json.loads((run.site / "changes.json").read_text(encoding="utf-8"))["changes"])
        if told != expected:
            more, less = sorted((told - expected).items()), sorted((expected - told).items())
            raise SystemExit(f"night {self.counts['nights']}: {more} was told and {less} was not")
        self.counts.update(changed=1, changes=sum(expected.values()))

    def compare(self) -> None:
        """Raises `SystemExit` where the site is not, byte for byte, one that is made from nothing."""
        if differences := verify_run("site"):
            raise SystemExit(f"night {self.counts['nights']}: made from nothing it differs: {differences}")


def main(nights: int, seed: int = 24) -> dict[str, int]:
    """So many nights; how many of them changed anything, and how many changes there were. Raises where a run says anything else."""
    chance = random.Random(seed)  # noqa: S311  # events, not secrets
    project = Nights(Path(tempfile.mkdtemp(prefix="nights-")), PROJECT / "notebooks" / f"{REPORT}.ipynb")
    for _ in range(nights):
        before = project.counts["changed"]
        project.night(any_night(chance))
        if project.counts["changed"] > before:
            project.compare()
    return dict(project.counts)


if __name__ == "__main__":
    began = time.monotonic()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 24) | {"seconds": round(time.monotonic() - began)}) + "\n")
