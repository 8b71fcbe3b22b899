"""The same numbers once more by other methods, one graph at a time: network simplex on whole cents, and first passage.

What goes round is computed as a linear programme and what returns by a matrix inverse; these are the exact value of a graph as stated,
and the check on the others.
"""

import numpy as np

from corewatch.loop.first_passage import return_probabilities as first_passage
from corewatch.loop.graph import Graph

# Amounts are made whole cents, so that the network simplex is exact.
CENTS = 100


def circulable(graph: Graph) -> float:
    """C, in US dollars: the largest sum of flows, none above its edge, of which every firm pays out what it receives.

    It is the amount that multilateral netting could cancel (Fleischman and Dini 2021), and 0 exactly where there is no circuit.
    """
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph()
    for (payer, payee), usd in graph.inner().items():
        network.add_edge(payer, payee, capacity=round(usd * CENTS), weight=-1)
    if network.number_of_edges() == 0:
        return 0.0
    cost, _ = nx.network_simplex(network)
    return -cost / CENTS


def return_probabilities(graph: Graph) -> dict[str, float]:
    """r: for each firm the probability that money which it pays comes back to it, if every firm mixes its money."""
    firms = graph.firms
    place = {firm: at for at, firm in enumerate(firms)}
    mixing = np.zeros((len(firms), len(firms)))
    for (payer, payee), usd in graph.inner().items():
        mixing[place[payer], place[payee]] = usd / graph.throughflow(payer)
    return dict(zip(firms, map(float, first_passage(mixing)), strict=True))


def cycling_index(graph: Graph) -> float | None:
    """phi: the share of all throughflow that returns if each firm's money is mixed; null for an empty graph."""
    through = {firm: graph.throughflow(firm) for firm in graph.firms}
    total = sum(through.values())
    if total == 0:
        return None
    returned = return_probabilities(graph)
    return sum(through[firm] * returned[firm] for firm in through) / total
