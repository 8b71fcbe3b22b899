"""What a share can be at most, over all amounts that the words leave room for.

The share of a largest circulation in all money is a ratio of linear functions of amounts in a box, so that one linear programme gives its
maximum exactly (Charnes and Cooper 1962): all amounts are divided by the total, and the ends of the box by the same unknown.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array

from corewatch.loop.money import Floats, Network
from corewatch.loop.programmes import solved
from corewatch.loop.ways import Ways


def greatest_share(network: Network, low: Floats, high: Floats, ways: Ways, *, mixed: bool) -> float | None:
    """The most that C (or C_FP, if `mixed`) can be of W, for deals worth low to high (US dollars); null where W can only be nothing."""
    scale = float(high.max(initial=0.0))
    if scale == 0:
        return None
    low, high = low / scale, high / scale
    if mixed:
        packing = ways.packing(mixed=True)
        if not packing.circuits:
            return 0.0
        using, gains = csr_array(packing.using.T), packing.lengths
        conserved = csr_array((0, len(gains)))
    else:
        if not len(ways.arcs):
            return 0.0
        using, gains = csr_array(np.eye(len(ways.arcs))), np.ones(len(ways.arcs))
        conserved = csr_array(ways.circulation(network).conservation)
    deals, firms, sizes = len(network.deals), len(network.firms), len(gains)
    bought = network.parts @ np.where(network.purchase[:, None], network.incidence(network.payees), 0.0)
    revenue = np.nan_to_num(network.revenue, nan=0.0) / scale
    unit = np.eye(deals)
    # Columns: amounts that go round, the deals, outside sales, and one over the total.
    upper = block_array([
        [using, csr_array(-network.parts[:, ways.arcs].T), None, None],
        [None, csr_array(unit), None, csr_array(-high[:, None])],
        [None, csr_array(-unit), None, csr_array(low[:, None])],
        [None, csr_array(-bought.T), csr_array(-np.eye(firms)), csr_array(revenue[:, None])],
        [csr_array((firms, sizes)), None, csr_array(-np.eye(firms)), csr_array(network.sales[:, None] / scale)],
    ])  # fmt: skip
    whole = np.concatenate([np.zeros(sizes), network.parts.sum(axis=1), np.ones(firms), [0.0]])
    equal = block_array(
        [[conserved, csr_array((conserved.shape[0], deals + firms + 1))], [csr_array(whole[None, :sizes]), csr_array(whole[None, sizes:])]]
    )
    sides = np.append(np.zeros(conserved.shape[0]), 1.0)
    aims = np.append(-gains, np.zeros(deals + firms + 1))
    found = solved(linprog(aims, A_ub=upper, b_ub=np.zeros(upper.shape[0]), A_eq=equal, b_eq=sides, method="highs"))
    return float(-found.fun)
