"""Why two mentions are taken for one deal, in words, and how often that is right: `joins.csv`.

`confidence` is the share of the links by a rule that a reader would make as well, measured on the annotated pairs of
`tests/accuracy/pairs` and drawn towards one half where there were few (one right link and one wrong one are added);
`tests/accuracy/joining.py` prints it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Join:
    """A rule that joins mentions: how often it is right (0 to 1), and its reason in words."""

    confidence: float
    why: str


@cache
def joins() -> dict[str, Join]:
    """The rules by their names."""
    lines = files("corewatch.lexicon").joinpath("joins.csv").read_text(encoding="utf-8").splitlines()
    return {row["rule"]: Join(float(row["confidence"]), row["why"]) for row in csv.DictReader(lines)}
