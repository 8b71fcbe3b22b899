"""Nights in which documents arrive, change and vanish: `python benchmarks/nights.py 24`.

Each night some articles come, some go, some tell another amount, some are edited without telling anything else, and on some nights nothing
happens. What a run says has changed is compared with what was done, and the site, made from what was kept of the nights before, byte for
byte with one that is made from nothing. The notebook is a real one.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
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


class Desk:
    """The articles of a folder as whoever puts them there knows them: for each pair the amount, and how often it was edited.

    The first article stays, because without any there is no edition.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.told: dict[int, tuple[int, int]] = {}

    def night(self) -> Counter[Change]:
        """What one night does, and the changes that it is to be told as: kind, document or deal, before, after."""
        changes: Counter[Change] = Counter()
        for number in sorted(self.chance.sample(range(1, len(PAIRS)), self.chance.choice((0, 1, 2, 3)))):
            name = f"note_{number}"
            if number not in self.told:
                self.told[number] = (self.chance.randrange(11, 99), 0)
                changes["document_added", name, None, name] += 1
                changes["deal_added", deal(number), None, amount(self.told[number][0])] += 1
            else:
                tenths, edits = self.told[number]
                what = self.chance.choice(("gone", "amount", "edited"))
                if what == "gone":
                    del self.told[number]
                    (self.folder / f"{name}.txt").unlink()
                    changes["document_removed", name, name, None] += 1
                    changes["deal_removed", deal(number), amount(tenths), None] += 1
                    continue
                changes["document_edited", name, name, name] += 1
                self.told[number] = (tenths + 7 * (what == "amount"), edits + 1)
                if what == "amount":
                    changes["deal_amount", deal(number), amount(tenths), amount(tenths + 7)] += 1
            self.write(number)
        return changes

    def write(self, number: int) -> None:
        """The article of a pair."""
        (payer, payee), (tenths, edits) = PAIRS[number], self.told[number]
        text = f"{payer} agreed to pay {payee} {amount(tenths)} over six years for computing power.\n" + "It rained.\n" * edits
        (self.folder / f"note_{number}.txt").write_text(text, encoding="utf-8")


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


def main(nights: int, seed: int = 24) -> dict[str, int]:
    """So many nights; how many of them changed anything, and how many changes there were. Raises where a run says anything else."""
    folder = Path(tempfile.mkdtemp(prefix="nights-"))
    (folder / "seeds").mkdir()
    (folder / "notebooks").mkdir()
    shutil.copy(PROJECT / "notebooks" / f"{REPORT}.ipynb", folder / "notebooks")
    os.chdir(folder)
    desk = Desk(folder / "seeds", random.Random(seed))  # noqa: S311  # events, not secrets
    desk.told[0] = (34, 0)
    desk.write(0)
    first = run_reports([REPORT], out="site")
    counts = Counter({"nights": nights})
    for night in range(1, nights + 1):
        expected = desk.night()
        run = run_reports([REPORT], out="site", keep=5)
        if run.fresh != bool(expected):
            raise SystemExit(f"night {night}: {'something' if expected else 'nothing'} was done, and {run}")
        if not run.fresh:
            continue
        told = said(json.loads((run.site / "changes.json").read_text(encoding="utf-8"))["changes"])
        if told != expected:
            raise SystemExit(f"night {night}: {sorted((told - expected).items())} was told and {sorted((expected - told).items())} was not")
        if differences := verify_run("site"):
            raise SystemExit(f"night {night}: made from nothing it differs: {differences}")
        counts.update(changed=1, changes=sum(expected.values()))
    return dict(counts) | {"first": int(first.fresh)}


if __name__ == "__main__":
    began = time.monotonic()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 24) | {"seconds": round(time.monotonic() - began)}) + "\n")
