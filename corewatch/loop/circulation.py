"""How much of a graph's money can return to where it came from, and how much does if it is mixed.

In: a `Graph`. Out: numbers in US dollars, or shares between 0 and 1.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from corewatch.loop.graph import Graph

# Amounts are made whole cents, so that the network simplex is exact.
CENTS = 100


def circulable(graph: Graph) -> float:
    """C: the largest sum of flows, none above its edge, of which every firm pays out what it receives.

    It is the amount that multilateral netting could cancel, and 0 exactly where there is no circuit.
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
    """r: for each firm the probability that money which it pays comes back to it, if every firm mixes its money.

    First passage in G = F/T. It also holds where a block of firms has no exit, and (I - G) is singular.
    """
    firms = graph.firms
    shares = mixing(graph, firms)
    return {firm: float(shares[at] @ arrival(shares, at, shares[:, at])) for at, firm in enumerate(firms)}


def mixing(graph: Graph, firms: list[str]) -> NDArray[np.float64]:
    """G: which share of each firm's throughflow goes to which other firm."""
    place = {firm: at for at, firm in enumerate(firms)}
    shares = np.zeros((len(firms), len(firms)))
    for (payer, payee), usd in graph.inner().items():
        shares[place[payer], place[payee]] += usd
    through = np.array([graph.throughflow(firm) for firm in firms])
    return shares / np.where(through > 0, through, 1.0)[:, None]


def arrival(shares: NDArray[np.float64], goal: int, last: NDArray[np.float64]) -> NDArray[np.float64]:
    """h: the probability that money at each firm arrives at the goal for the first time by a last step counted in `last`.

    At the goal itself it is 1 (money that is there has arrived).
    """
    reach = [at for at in reaching(shares, goal) if at != goal]
    found = np.zeros(len(shares))
    found[goal] = 1.0
    if reach:
        inner = shares[np.ix_(reach, reach)]
        found[reach] = np.linalg.solve(np.eye(len(reach)) - inner, last[reach])
    return found


def reaching(shares: NDArray[np.float64], goal: int) -> list[int]:
    """The firms from which some money gets to the goal."""
    found, fresh = {goal}, [goal]
    while fresh:
        at = fresh.pop()
        for before in np.flatnonzero(shares[:, at]):
            if int(before) not in found:
                found.add(int(before))
                fresh.append(int(before))
    return sorted(found)


def cycling_index(graph: Graph) -> float | None:
    """phi: the share of all throughflow that returns if each firm's money is mixed; null for an empty graph."""
    through: Mapping[str, float] = {firm: graph.throughflow(firm) for firm in graph.firms}
    total = sum(through.values())
    if total == 0:
        return None
    returned = return_probabilities(graph)
    return sum(through[firm] * returned[firm] for firm in through) / total


def vendor_funded(graph: Graph, supplier: str) -> tuple[float, float] | None:
    """beta: which share of a supplier's sales is paid with its own funding, mixed proportionally and at most; null without sales."""
    sales = sum(edge.usd for edge in graph.edges if edge.payee == supplier and edge.purchase) + graph.outside_sales.get(supplier, 0.0)
    if sales == 0:
        return None
    firms = graph.firms
    place = {firm: at for at, firm in enumerate(firms)}
    shares, goal = mixing(graph, firms), place[supplier]
    bought = np.zeros(len(firms))
    for edge in graph.edges:
        if edge.payee == supplier and edge.purchase and edge.payer is not None:
            bought[place[edge.payer]] += edge.usd / graph.throughflow(edge.payer)
    by_purchase = arrival(shares, goal, bought)
    funded = [edge for edge in graph.edges if edge.payer == supplier and not edge.purchase and edge.payee is not None]
    mixed = sum(edge.usd * by_purchase[place[edge.payee]] for edge in funded if edge.payee is not None)
    return float(mixed) / sales, most_funded(graph, supplier) / sales


def most_funded(graph: Graph, supplier: str) -> float:
    """The largest flow that leaves a supplier as funding and comes back as purchases."""
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(["out", "back"])
    for edge in graph.edges:
        if edge.payer is None or edge.payee is None:
            continue
        if (edge.payer == supplier and edge.purchase) or (edge.payee == supplier and not edge.purchase):
            continue
        ends = ("out" if edge.payer == supplier else f"firm {edge.payer}", "back" if edge.payee == supplier else f"firm {edge.payee}")
        before = network.get_edge_data(*ends, default={"capacity": 0})["capacity"]
        network.add_edge(*ends, capacity=before + round(edge.usd * CENTS))
    return float(nx.maximum_flow_value(network, "out", "back")) / CENTS
