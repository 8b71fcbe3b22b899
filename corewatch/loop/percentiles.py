"""Values over many draws, and their percentiles.

For kappa_FP the optimum of a draw is the least that the prices of any optimum ask for its capacities. Few prices serve many draws, so that
where solving every draw takes too long, prices are learned from draws solved one after another until those that follow teach nothing new.
What is then reported is an upper bound, and how far off it was for the last draws that were solved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corewatch.loop.money import Floats
from corewatch.loop.programmes import CircuitPacking

PERCENTS = (5.0, 50.0, 95.0)
# Beyond so many circuits the draws are not solved one and all: the time of the simplex method grows with the ways to choose among circuits.
FEW_CIRCUITS = 400
# So many draws in a row that the prices already bound to `CLOSE` (relative) end the learning, and so many solved end it in any case.
IN_A_ROW, MOST_SOLVED = 50, 400
CLOSE = 1e-6


@dataclass(frozen=True)
class Packed:
    """(draws) optima over listed circuits, in US dollars; `gap` is the largest relative excess seen, 0 where every draw was solved."""

    values: Floats
    gap: float


def percentiles(values: Floats, percents: Sequence[float] = PERCENTS) -> list[float | None]:
    """The percentiles of values, linear between draws; those that are NaN left out, null where all are."""
    known = values[~np.isnan(values)]
    return [float(one) for one in np.percentile(known, percents)] if len(known) else [None] * len(percents)


def packed(packing: CircuitPacking, capacities: Floats) -> Packed:
    """The optimum of each draw for capacities (draws x arcs, US dollars)."""
    if len(packing.circuits) <= FEW_CIRCUITS or len(capacities) <= IN_A_ROW:
        return Packed(packing.solve_draws(capacities), 0.0)
    values, gaps = capacities.sum(axis=1), [np.inf]
    for draw in range(min(len(capacities), MOST_SOLVED)):
        vertex = packing.vertex(capacities[draw])
        gaps.append(float(values[draw] / vertex.value - 1) if vertex.value > 0 else float(values[draw] > 0))
        values = np.minimum(values, capacities @ vertex.prices)
        if max(gaps[-IN_A_ROW:]) <= CLOSE:
            break
    return Packed(values, max(gaps[-IN_A_ROW:]))
