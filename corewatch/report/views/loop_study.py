"""The parameters of the closed-loop report as a study, and its numbers by name.

In: tables and the notebook's parameters. Out: the study that corewatch.loop computes, and its indicators looked up by policy, time
basis and firm. Judgements made here: verdicts are always those of closed and signed deals on both time bases, whatever the figures count;
where a graph has very many circuits, the policies that no verdict uses have few draws, so that a page takes seconds and not minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from weakref import ref

from pandas import DataFrame

from corewatch.loop.reading import Noncash, Policy, Reading, Study
from corewatch.loop.study import LoopResult, study_loop, study_of
from corewatch.report.parameters import Value
from corewatch.tables import Tables, records

# The policies whose intervals are shown beside each other.
SHOWN: tuple[Policy, ...] = ("firm", "stated", "weighted")
# Beyond so many circuits every draw is slow.
MANY_CIRCUITS, FEW_DRAWS = 400, 20
# Without each article the rest is joined again, whose time grows with the mentions: 100 mentions and 100 articles take half a minute.
JOININGS, FEWEST_ARTICLES = 10_000, 10
# Draws without each article, usually and where every draw is slow.
DELETION_DRAWS, FEW_DELETION_DRAWS = 400, 100


def study_for(tables: Tables, parameters: Mapping[str, Value], circuits: int = 0, *, verdicts_only: bool = False) -> Study:
    """The study that the parameters ask for; with `verdicts_only`, no more than verdicts and the chosen reading need."""
    basis = str(parameters["basis"]).strip()
    chosen = cast("Policy", parameters["policy"])
    draws = int(parameters["draws"])
    reading = Reading(
        policy=chosen,
        noncash=cast("Noncash", parameters["noncash"]),
        over=float(parameters["over"]),
        spread=float(parameters["spread"]),
        basis="total" if basis == "total" else "annual",
        threshold=float(parameters["threshold"]),
        core=core_of(str(parameters["core"])),
        seed=int(parameters["random_seed"]),
    )
    policies: tuple[Policy, ...] = ("firm",) if verdicts_only else SHOWN
    slow = circuits > MANY_CIRCUITS
    study = Study(
        reading,
        tuple(dict.fromkeys((*policies, chosen))),
        draws=draws,
        deletion_draws=min(draws, FEW_DELETION_DRAWS if slow else DELETION_DRAWS),
        robustness=not verdicts_only,
        most_documents=max(FEWEST_ARTICLES, JOININGS // max(1, len(tables.deal_mentions))),
        other_draws=FEW_DRAWS if slow else draws,
    )
    return study_of(tables, study, year=None if basis == "total" else int(basis))


def core_of(names: str) -> tuple[str, ...]:
    """The firms of the core, as given between semicolons."""
    return tuple(name.strip() for name in names.split(";") if name.strip())


class Numbers:
    """The results of a study, looked up by what they say of whom."""

    def __init__(self, result: LoopResult) -> None:
        self.result, self.study = result, result.study
        self.rows = by_key(result.indicators)
        self.verdicts: list[dict[str, Any]] = records(result.verdicts)
        found = dict.fromkeys(basis for policy, basis, _, _ in self.rows if policy == "firm")
        self.bases = list(found)

    def row(self, name: str, subject: str | None = None, policy: str = "", basis: str = "") -> Mapping[str, Any]:
        """An indicator's row; that of the chosen reading unless told otherwise, and empty where there is none."""
        reading = self.study.reading
        return self.rows.get((policy or reading.policy, basis or reading.basis_name, name, subject), {})

    def point(self, name: str, column: str = "point", subject: str | None = None) -> float | None:
        """A number of the chosen reading."""
        return self.row(name, subject).get(column)

    def hull(self, name: str, low: str, high: str, subject: str | None = None) -> tuple[float | None, float | None]:
        """The least and the greatest of two columns over the time bases, of closed and signed deals: what a verdict rests on."""
        rows = [self.row(name, subject, "firm", basis) for basis in self.bases]
        lows = [row[low] for row in rows if row.get(low) is not None]
        highs = [row[high] for row in rows if row.get(high) is not None]
        return min(lows, default=None), max(highs, default=None)

    def subjects(self, name: str, policy: str = "firm") -> list[str]:
        """The firms of an indicator."""
        return list(dict.fromkeys(str(key[3]) for key in self.rows if key[2] == name and key[0] == policy and key[3] is not None))


def by_key(indicators: DataFrame) -> dict[tuple[str, str, str, str | None], dict[str, Any]]:
    """Rows of `loop_indicators` by policy, time basis, indicator and firm."""
    return {(row["policy"], row["basis"], row["indicator"], row["subject"]): row for row in records(indicators)}


# The last study: its tables, what was asked, and its numbers.
_last: list[tuple[ref[Tables], Study, Numbers]] = []


def numbers_of(tables: Tables, study: Study) -> Numbers:
    """A study's numbers; those of the last one are kept, because the pages of a run ask for the same ones and each takes seconds."""
    for of, asked, numbers in _last:
        if of() is tables and asked == study:
            return numbers
    made = Numbers(study_loop(tables, study))
    _last[:] = [(ref(tables), study, made)]
    return made
