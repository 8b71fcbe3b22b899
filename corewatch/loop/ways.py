"""The ways round a network: strongly connected components, circuits of at most six firms, and the programmes over them.

Circuits are enumerated once for a network (Johnson 1975, with a bound on the length) and serve all draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from corewatch.loop.money import Floats, Ints, Network
from corewatch.loop.programmes import Circuit, CircuitPacking, Circulation

LONGEST = 6
# More circuits than this make a programme of hundreds of megabytes; then only shorter ones are listed, and the note says so.
MOST_CIRCUITS = 150_000


@dataclass(frozen=True)
class Ways:
    """Where money can go round: `arcs` are indices of the network's arcs that lie on a circuit, `circuits` list positions in `arcs`.

    `longest` is the most firms that a listed circuit can have, `more` whether circuits with more firms may exist.
    """

    arcs: Ints
    circuits: tuple[Circuit, ...]
    mixed: tuple[Circuit, ...]
    longest: int
    more: bool

    def circulation(self, network: Network) -> Circulation:
        """The programme of C: every arc on the way adds its dollar."""
        return Circulation(*renumbered(network.payers[self.arcs], network.payees[self.arcs]), np.ones(len(self.arcs)))

    def packing(self, *, mixed: bool) -> CircuitPacking:
        """The programme over listed circuits: those with funding and a purchase, or all."""
        return CircuitPacking(self.mixed if mixed else self.circuits, len(self.arcs))


def renumbered(tails: Ints, heads: Ints) -> tuple[Ints, Ints]:
    """The same arcs with their nodes numbered without gaps."""
    _, numbers = np.unique(np.concatenate([tails, heads]), return_inverse=True)
    return numbers[: len(tails)].astype(np.int64), numbers[len(tails) :].astype(np.int64)


def find_ways(network: Network, most: Floats) -> Ways:
    """The ways of a network among arcs that can carry anything; `most` (arcs) is the most that each ever does, in US dollars."""
    import networkx as nx

    open_arcs = np.flatnonzero(network.inner & (most > 0))
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from((int(network.payers[arc]), int(network.payees[arc])) for arc in open_arcs)
    home = {node: number for number, part in enumerate(nx.strongly_connected_components(graph)) for node in part}
    arcs = np.array([arc for arc in open_arcs if home[int(network.payers[arc])] == home[int(network.payees[arc])]], dtype=np.int64)
    steps: dict[tuple[int, int], list[int]] = {}
    for position, arc in enumerate(arcs):
        steps.setdefault((int(network.payers[arc]), int(network.payees[arc])), []).append(position)
    for longest in range(LONGEST, 1, -1):
        circuits = list(at_most(circuits_of(steps, longest), MOST_CIRCUITS + 1))
        if len(circuits) <= MOST_CIRCUITS:
            break
    purchase = network.purchase[arcs]
    mixed = tuple(circuit for circuit in circuits if 0 < sum(bool(purchase[arc]) for arc in circuit) < len(circuit))
    sizes = [sum(home[node] == number for node in home) for number in set(home.values())]
    return Ways(arcs, tuple(circuits), mixed, longest, max(sizes, default=0) > longest)


def at_most(found: Iterator[Circuit], number: int) -> Iterator[Circuit]:
    """The first few."""
    for _, one in zip(range(number), found, strict=False):
        yield one


def circuits_of(steps: dict[tuple[int, int], list[int]], longest: int) -> Iterator[Circuit]:
    """The elementary circuits, each as the positions of its arcs; parallel arcs of two classes make a circuit each."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(sorted(steps))
    for cycle in nx.simple_cycles(graph, length_bound=longest):
        first = cycle.index(min(cycle))
        nodes = cycle[first:] + cycle[:first]
        yield from product(*(steps[pair] for pair in zip(nodes, nodes[1:] + nodes[:1], strict=True)))


def funding_returns(network: Network, most: Floats, supplier: int) -> tuple[Ints, Circulation] | None:
    """The programme of the most that leaves a supplier as funding and comes back as purchases: its arcs, and it; null without a way.

    The supplier is split in two, where money leaves and where it arrives, joined by a free arc; a dollar counts where it arrives.
    """
    import networkx as nx

    sale = network.purchase
    used = network.inner & (most > 0) & ~((network.payers == supplier) & sale) & ~((network.payees == supplier) & ~sale)
    heads = np.where(network.payees == supplier, len(network.firms), network.payees)
    back = len(network.firms)
    steps = [(int(network.payers[arc]), int(heads[arc])) for arc in np.flatnonzero(used)]
    onward: nx.DiGraph[int] = nx.DiGraph([(supplier, supplier), *steps])
    backward: nx.DiGraph[int] = nx.DiGraph([(back, back), *((head, tail) for tail, head in steps)])
    reached, returning = set(nx.descendants(onward, supplier)), set(nx.descendants(backward, back))
    if back not in reached:
        return None
    on_way = (reached & returning) | {supplier, back}
    arcs = np.array(
        [arc for arc in np.flatnonzero(used) if int(network.payers[arc]) in on_way and int(heads[arc]) in on_way], dtype=np.int64
    )
    tails, ends = renumbered(np.append(network.payers[arcs], len(network.firms)), np.append(heads[arcs], supplier))
    return arcs, Circulation(tails, ends, np.append((heads[arcs] == len(network.firms)).astype(np.float64), 0.0), free=1)
