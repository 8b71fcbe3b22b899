"""The linear programmes over circuits: the most that can go round within the capacities of arcs.

`Circulation` has its circuits implicitly, by conservation at each firm: kappa, and the maximum of beta. `CircuitPacking` lists them:
kappa_FP. `solve` is one optimum by SciPy's HiGHS; `solve_draws` is that of many draws, of which only the capacities differ. Capacities
are US dollars, one number an arc.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from corewatch.errors import CorewatchError
from corewatch.loop.money import Floats, Ints
from corewatch.loop.simplex import Problem, solve_all

Circuit = tuple[int, ...]

# How many circuits enter a programme at a time, and by how much more than its price a dollar on one of them has to gain.
COLUMNS = 30
# Bases a draw beyond which draws are not solved one and all.
HARD = 0.8
SHORT = 1e-6


@dataclass(frozen=True)
class Circulation:
    """The most that goes round by any circuits: `tails` and `heads` (arcs) are nodes, `gains` (arcs, 0 or more) what a dollar on an
    arc adds. The last `free` arcs have no capacity and no gain.
    """

    tails: Ints
    heads: Ints
    gains: Floats
    free: int = 0

    @property
    def size(self) -> int:
        """How many arcs have a capacity."""
        return len(self.tails) - self.free

    @cached_property
    def conservation(self) -> Floats:
        """(nodes x arcs) what arrives less what leaves."""
        nodes = np.eye(int(max(self.tails.max(), self.heads.max())) + 1)
        return np.asarray((nodes[self.heads] - nodes[self.tails]).T)

    def solve(self, capacities: Floats) -> float:
        """The optimum for capacities (arcs)."""
        from scipy.optimize import linprog

        scale = float(capacities.max(initial=0.0))
        if scale == 0:
            return 0.0
        most = np.append(capacities / scale, np.full(self.free, np.inf))
        sides = np.zeros(len(self.conservation))
        bounds = np.column_stack([np.zeros(len(most)), most])
        return -float(solved(linprog(-self.gains, A_eq=self.conservation, b_eq=sides, bounds=bounds, method="highs-ds")).fun) * scale

    def solve_draws(self, capacities: Floats) -> Floats:
        """(draws) the optimum for each row of capacities (draws x arcs); of the first draws only where they have too little in common."""
        if not self.size or not capacities.any():
            return np.zeros(len(capacities))
        nodes, arcs = self.conservation.shape
        limits = np.eye(self.size, arcs)
        matrix = np.block([[self.conservation, np.zeros((nodes, self.size))], [limits, np.eye(self.size)]])
        gains = np.append(self.gains, np.zeros(self.size))
        problem = Problem(matrix, gains, np.append(np.zeros(nodes), self.gains[: self.size]))
        values = solve_all(problem, np.hstack([np.zeros((len(capacities), nodes)), capacities]), HARD)
        return with_exact(values, capacities, self.solve)


@dataclass(frozen=True)
class Vertex:
    """An optimum over listed circuits: its value in US dollars, and the price of a dollar on each arc."""

    value: float
    prices: Floats


@dataclass
class CircuitPacking:
    """The most that goes round by listed circuits, each gaining its length a dollar; `size` is the number of arcs.

    Of many circuits few are ever used: those that an optimum needed stay in the programme, others enter when they gain more than they cost.
    """

    circuits: Sequence[Circuit]
    size: int
    active: list[int] = field(default_factory=list)

    @cached_property
    def using(self) -> Any:
        """Circuits x arcs, a sparse matrix of ones."""
        from scipy.sparse import csr_array

        rows = np.repeat(np.arange(len(self.circuits)), [len(circuit) for circuit in self.circuits])
        arcs = np.concatenate([np.array(circuit) for circuit in self.circuits])
        return csr_array((np.ones(len(rows)), (rows, arcs)), shape=(len(self.circuits), self.size))

    @cached_property
    def lengths(self) -> Floats:
        """The gain of each circuit: every arc of it carries the dollar."""
        return np.array([float(len(circuit)) for circuit in self.circuits])

    def vertex(self, capacities: Floats) -> Vertex:
        """An optimum for capacities (arcs)."""
        from scipy.optimize import linprog

        scale = float(capacities.max(initial=0.0))
        if scale == 0 or not self.circuits:
            return Vertex(0.0, np.ones(self.size))
        if not self.active:
            self.active.extend(int(at) for at in np.argsort(-self.lengths, kind="stable")[:COLUMNS])
        while True:
            chosen = np.array(self.active)
            found = solved(linprog(-self.lengths[chosen], A_ub=self.using[chosen].T, b_ub=capacities / scale, method="highs-ds"))
            prices = np.maximum(0.0, -found.ineqlin.marginals)
            short = self.lengths - self.using @ prices
            short[chosen] = 0.0
            entering = [int(at) for at in np.argsort(-short, kind="stable")[:COLUMNS] if short[at] > SHORT]
            if not entering:
                return Vertex(-float(found.fun) * scale, prices)
            self.active.extend(entering)

    def solve(self, capacities: Floats) -> float:
        """The optimum for capacities (arcs)."""
        return self.vertex(capacities).value

    def solve_draws(self, capacities: Floats) -> Floats:
        """(draws) the optimum for each row of capacities (draws x arcs), all circuits in the programme at once."""
        if not self.circuits or not capacities.any():
            return np.zeros(len(capacities))
        matrix = np.hstack([self.using.toarray().T, np.eye(self.size)])
        problem = Problem(matrix, np.append(self.lengths, np.zeros(self.size)), np.ones(self.size))
        return with_exact(solve_all(problem, capacities), capacities, self.solve)


def with_exact(values: Floats, capacities: Floats, solve: Any) -> Floats:
    """The values, and where there is none the optimum of that draw alone."""
    for draw in np.flatnonzero(np.isnan(values)):
        values[draw] = solve(capacities[draw])
    return np.maximum(values, 0.0)


def solved(found: Any) -> Any:
    """The result of a linear programme; raises `CorewatchError` where it was not solved."""
    if found.status != 0:
        raise CorewatchError(f"a linear programme of the closed loop was not solved ({found.message}); check the amounts for extremes")
    return found
