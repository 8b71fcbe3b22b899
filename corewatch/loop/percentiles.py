"""Values over many draws, and their percentiles.

For kappa_FP the optimum of a draw is the least that the prices of any optimum ask for its capacities. Few prices serve many draws, so that
where solving every draw takes too long, prices are learned from draws solved one after another until those that follow teach nothing new.
The bound by these prices is then the value of the other draws. Where draws go on teaching, the percentiles are those of the solved ones.
"""

from collections.abc import Sequence

import numpy as np

from corewatch.loop.money import Floats
from corewatch.loop.programmes import CircuitPacking

PERCENTS = (5.0, 50.0, 95.0)
# Beyond so many circuits the draws are not solved one and all: the time of the simplex method grows with the ways to choose among circuits.
FEW_CIRCUITS = 400
# So many draws in a row that the prices already bound to `CLOSE` (relative) end the learning, and so many solved end it in any case.
IN_A_ROW, MOST_SOLVED = 50, 400
CLOSE = 1e-6


def percentiles(values: Floats, percents: Sequence[float] = PERCENTS) -> list[float | None]:
    """The percentiles of values, linear between draws; those that are NaN left out, null where all are."""
    known = values[~np.isnan(values)]
    return [float(one) for one in np.percentile(known, percents)] if len(known) else [None] * len(percents)


def packed(packing: CircuitPacking, capacities: Floats) -> Floats:
    """The optimum of each draw for capacities (draws x arcs), US dollars; of the first draws only where the others teach something new."""
    if len(packing.circuits) <= FEW_CIRCUITS or len(capacities) <= IN_A_ROW:
        return packing.solve_draws(capacities)
    bound, solved, in_a_row = capacities.sum(axis=1), [], 0
    for draw in range(min(len(capacities), MOST_SOLVED)):
        vertex = packing.vertex(capacities[draw])
        solved.append(vertex.value)
        in_a_row = in_a_row + 1 if bound[draw] <= vertex.value * (1 + CLOSE) else 0
        bound = np.minimum(bound, capacities @ vertex.prices)
        if in_a_row >= IN_A_ROW:
            return np.asarray(bound)
    return np.array(solved)
