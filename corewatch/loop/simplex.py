"""One linear programme with many right-hand sides, solved together: the dual simplex method, shared between draws.

    max gains x,  matrix x = sides,  x >= 0

Only the sides change between draws. A basis that is dual feasible for one is so for all, and which column enters depends on the row that
leaves and not on the sides. So draws that stand at the same basis and give up the same row take the step together: the linear algebra is
done once for all of them, and a draw is done where its basis fits. Most draws differ from others in a few steps at the end.

The method starts from artificial columns, one a row, at prices that are dual feasible; an artificial column leaves as soon as it is not
zero and never returns. Gains are lowered by less than two hundred-millionths, each by another amount, so that no two columns tie and the
method cannot go in circles; the values reported use the true gains.
"""

from dataclasses import dataclass

import numpy as np

from corewatch.loop.money import Flags, Floats, Ints

LOWERED = 1e-8
# Sides are scaled to at most 1.
TOLERANCE = 1e-9
# Draws are solved in groups that end at these, each starting from the bases of those before; no more of these are kept than `KNOWN`.
PHASES = (20, 300, 1000)
# At least so many draws are solved.
FEWEST = 1000
KNOWN = 1000
# After so many steps the inverse is computed afresh.
AFRESH = 40


@dataclass(frozen=True)
class Problem:
    """What is the same for all draws: `matrix` (rows x columns), `gains` (columns) and dual feasible `prices` (rows) to start from."""

    matrix: Floats
    gains: Floats
    prices: Floats


@dataclass(frozen=True)
class Basis:
    """A basis: its `columns` (rows; an artificial column is number of columns + row), inverse, and the reduced costs of all columns."""

    columns: Ints
    inverse: Floats
    costs: Floats
    age: int


@dataclass(frozen=True)
class Step:
    """A step that some draws take: from a basis, a column enters for the row that leaves."""

    basis: Basis
    row: int
    column: int
    along: Floats
    draws: list[Ints]


def solve_all(problem: Problem, sides: Floats, hard: float = np.inf) -> Floats:
    """(draws) the optimum for each row of sides (draws x rows); NaN where none was found.

    Where the draws have so little in common that there are more than `hard` bases a draw, only the first of them are solved, and returned.
    """
    scale = float(np.abs(sides).max(initial=0.0)) or 1.0
    sides = sides / scale
    rows, columns = problem.matrix.shape
    lowered = LOWERED * (0.5 + (np.arange(1, columns + 1) * 0.6180339887498949) % 1.0)
    start = Basis(np.arange(columns, columns + rows), np.eye(rows), problem.prices @ problem.matrix - problem.gains + lowered, 0)
    # A draw like the average one is solved alone; then few draws start where it ends, and more where those end.
    known = [basis for basis, _, _ in run(problem, start, np.atleast_2d(sides.mean(axis=0)), np.arange(1))] or [start]
    values = np.full(len(sides), np.nan)
    for draws in np.split(np.arange(len(sides)), [at for at in PHASES if at < len(sides)]):
        # The basis whose prices bound a draw best is the nearest.
        nearest = np.argmin(sides[draws] @ np.array([basic_gains(problem, one) @ one.inverse for one in known]).T, axis=1)
        fresh: list[Basis] = []
        ends = 0
        for number in np.unique(nearest):
            for ended, found, optima in run(problem, known[number], sides, draws[nearest == number]):
                values[found] = optima * scale
                ends += 1
                if len(fresh) < KNOWN:
                    fresh.append(ended)
        if ends > hard * len(draws) and draws[-1] + 1 >= FEWEST:
            return values[: draws[-1] + 1]
        known = (known + fresh)[-KNOWN:]
    return values


def run(problem: Problem, first: Basis, sides: Floats, draws: Ints) -> "list[tuple[Basis, Ints, Floats]]":
    """The bases at which draws end, with those draws and their optima; draws that find none are in no basis."""
    ended: list[tuple[Basis, Ints, Floats]] = []
    waiting: dict[bytes, Step] = {}
    arrive(problem, first, sides, draws, waiting, ended)
    while waiting:
        _, step = waiting.popitem()
        arrive(problem, taken(problem, step), sides, np.concatenate(step.draws), waiting, ended)
    return ended


def arrive(
    problem: Problem, basis: Basis, sides: Floats, draws: Ints, waiting: dict[bytes, Step], ended: list[tuple[Basis, Ints, Floats]]
) -> None:
    """Draws at a basis: those that it fits have ended, the others wait for the step that they take next."""
    amounts = sides[draws] @ basis.inverse.T
    artificial = basis.columns >= problem.matrix.shape[1]
    below, above = amounts < -TOLERANCE, (amounts > TOLERANCE) & artificial
    wrong = np.concatenate([below, above], axis=1)
    fits = ~wrong.any(axis=1)
    if fits.any():
        ended.append((basis, draws[fits], amounts[fits] @ basic_gains(problem, basis)))
    left = np.flatnonzero(~fits)
    while len(left):
        # The row that most of them can give up: few groups, and large ones.
        at = int(np.argmax(wrong[left].sum(axis=0)))
        row, sign = at % len(basis.columns), -1.0 if at < len(basis.columns) else 1.0
        along = basis.inverse[row] @ problem.matrix
        column = entering(basis, along * sign)
        moving = wrong[left, at]
        if column is not None:
            columns = basis.columns.copy()
            columns[row] = column
            key = np.sort(columns).tobytes()
            if key in waiting:
                waiting[key].draws.append(draws[left[moving]])
            else:
                waiting[key] = Step(basis, row, column, along, [draws[left[moving]]])
        left = left[~moving]


def entering(basis: Basis, along: Floats) -> int | None:
    """The column whose reduced cost is nothing first; null where no column can enter, and the draws have no optimum."""
    able: Flags = along > TOLERANCE
    if not able.any():
        return None
    ratios = np.where(able, np.maximum(basis.costs, 0.0) / np.where(able, along, 1.0), np.inf)
    return int(np.argmin(ratios))


def taken(problem: Problem, step: Step) -> Basis:
    """The basis after a step."""
    basis, row, column = step.basis, step.row, step.column
    columns = basis.columns.copy()
    columns[row] = column
    costs = basis.costs - basis.costs[column] / step.along[column] * step.along
    costs[column] = 0.0
    if basis.age >= AFRESH:
        rows = problem.matrix.shape[0]
        inverse = np.linalg.inv(np.hstack([problem.matrix, np.eye(rows)])[:, columns])
        return Basis(columns, inverse, costs, 0)
    entered = basis.inverse @ problem.matrix[:, column]
    pivot = basis.inverse[row] / entered[row]
    inverse = basis.inverse - np.outer(entered, pivot)
    inverse[row] = pivot
    return Basis(columns, inverse, costs, basis.age + 1)


def basic_gains(problem: Problem, basis: Basis) -> Floats:
    """The gain of each basic column; an artificial one gains its price."""
    return np.concatenate([problem.gains, problem.prices])[basis.columns]
