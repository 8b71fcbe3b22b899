"""Weights of evidence, learned from annotated articles by `training/train_deals.py`: what each feature says for each answer of a question.

In: `weights/QUESTION.csv` beside this module: a row a feature, a column an answer, blank for nothing. Out: `DealWeights`.
Raises `LexiconError` where a file is not such a table.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corewatch.errors import LexiconError

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The answers of a question, and a row of weights for each feature that says something."""

    answers: tuple[str, ...]
    rows: Mapping[str, int]
    table: Scores

    def score(self, features: Mapping[str, float]) -> Scores:
        """The sum of the weights of some features, one number an answer."""
        known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        if not known:
            return np.zeros(len(self.answers))
        places, values = zip(*known, strict=True)
        return np.asarray(values) @ self.table[list(places)]

    def score_each(self, features: Sequence[Iterable[str]]) -> Scores:
        """The scores of several sets of features that are there or not, a row each, in one sum."""
        rows = self.rows
        found = [[rows[name] for name in one if name in rows] for one in features]
        scores = np.zeros((len(features), len(self.answers)))
        filled = [nth for nth, places in enumerate(found) if places]
        if filled:
            starts = np.cumsum([0, *(len(found[nth]) for nth in filled[:-1])])
            scores[filled] = np.add.reduceat(self.table[list(chain.from_iterable(found))], starts)
        return scores

    def parts(self, features: Mapping[str, float], answer: str) -> list[tuple[str, float]]:
        """What each feature adds to an answer, the strongest first."""
        column = self.answers.index(answer)
        found = [(name, value * float(self.table[self.rows[name], column])) for name, value in features.items() if name in self.rows]
        return sorted(found, key=lambda part: (-abs(part[1]), part[0]))


QUESTIONS = ("amount_kind", "act_kind", "payer", "payee", "status")


@dataclass(frozen=True, slots=True)
class DealWeights:
    """The weights of every question about a deal, and where probabilities are cut and how they are calibrated."""

    questions: Mapping[str, Weights]
    cuts: Mapping[str, float]


@cache
def deal_weights() -> DealWeights:
    """The weights of the files, read once."""
    cuts: dict[str, float] = json.loads(files("corewatch.lexicon").joinpath("weights/cuts.json").read_text(encoding="utf-8"))
    return DealWeights({question: _read(question) for question in QUESTIONS}, cuts)


def _read(question: str) -> Weights:
    name = f"weights/{question}.csv"
    with files("corewatch.lexicon").joinpath(name).open(encoding="utf-8") as lines:
        header, *rows = list(csv.reader(lines))
    try:
        table = np.array([[float(cell or 0) for cell in row[1:]] for row in rows], dtype=np.float64)
    except ValueError as error:
        raise LexiconError(f"{name}: {error}; make it again with training/train_deals.py") from error
    return Weights(tuple(header[1:]), {row[0]: at for at, row in enumerate(rows)}, table.reshape(len(rows), len(header) - 1))


@cache
def calibration(table: str) -> tuple[float, float]:
    """Slope and offset of a table of mentions, by which the logit of a rule's own confidence becomes that of how often it is right."""
    numbers = json.loads(files("corewatch.lexicon").joinpath("weights/calibration.json").read_text(encoding="utf-8"))[table]
    return float(numbers["slope"]), float(numbers["offset"])
