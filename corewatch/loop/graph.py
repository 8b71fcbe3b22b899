"""Flows in, the money graph of one reading out, as edges with names: who paid whom how much.

It is what a page lists and draws. The same money as arrays, for many draws at once, is in `corewatch.loop.money`; which deals count and at
what amount is judged in `corewatch.loop.amounts`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pandas import DataFrame

from corewatch.loop.amounts import Deal, amount_at, counted_deals, fillings, possible_subsets, probability
from corewatch.loop.deals import deals_of_flows
from corewatch.loop.reading import Reading


@dataclass(frozen=True, slots=True)
class Edge:
    """An amount in US dollars from one firm to another; a null party is outside. `purchase` is false for funding."""

    payer: str | None
    payee: str | None
    usd: float
    purchase: bool
    deal_id: str = ""


@dataclass(frozen=True)
class Graph:
    """The edges that count, and each firm's sales to nobody in particular where they are known."""

    edges: tuple[Edge, ...]
    outside_sales: Mapping[str, float] = field(default_factory=dict)

    @property
    def firms(self) -> list[str]:
        """Every named firm with an amount, by name."""
        named = {party for edge in self.edges for party in (edge.payer, edge.payee) if party is not None}
        return sorted(named | {firm for firm, usd in self.outside_sales.items() if usd > 0})

    @property
    def total(self) -> float:
        """W: all recorded amounts, those from and to the outside and known outside sales included."""
        return sum(edge.usd for edge in self.edges) + sum(self.outside_sales.values())

    def inner(self) -> dict[tuple[str, str], float]:
        """F: the money between named firms, by payer and payee."""
        money: defaultdict[tuple[str, str], float] = defaultdict(float)
        for edge in self.edges:
            if edge.payer is not None and edge.payee is not None:
                money[edge.payer, edge.payee] += edge.usd
        return dict(sorted(money.items()))

    def received(self, firm: str) -> float:
        """All that a firm receives, from the outside too."""
        return sum(edge.usd for edge in self.edges if edge.payee == firm) + self.outside_sales.get(firm, 0.0)

    def paid(self, firm: str) -> float:
        """All that a firm pays, to the outside too."""
        return sum(edge.usd for edge in self.edges if edge.payer == firm)

    def throughflow(self, firm: str) -> float:
        """T: the larger of what a firm receives and pays."""
        return max(self.received(firm), self.paid(firm))

    def own_resources(self, firm: str) -> float:
        """What a firm pays beyond what it is recorded to receive."""
        return self.throughflow(firm) - self.received(firm)

    def outside_inflow(self, firm: str) -> float:
        """What a firm receives from payers that are not named, and from sales to nobody in particular."""
        return sum(edge.usd for edge in self.edges if edge.payer is None and edge.payee == firm) + self.outside_sales.get(firm, 0.0)

    @property
    def entering(self) -> float:
        """Sum of z: the money that enters, from the outside or from the firms' own resources."""
        return sum(self.outside_inflow(firm) + self.own_resources(firm) for firm in self.firms)


def build_graph(flows: DataFrame, reading: Reading | None = None, outside_sales: Mapping[str, float] | None = None) -> Graph:
    """The graph of a table `flows`; a deal whose amount is unknown, or zero in this reading, has no edge."""
    return graph_of(deals_of_flows(flows), reading, outside_sales)


def graph_of(deals: Sequence[Deal], reading: Reading | None = None, outside_sales: Mapping[str, float] | None = None) -> Graph:
    """The graph of deals."""
    reading = reading or Reading()
    counted = counted_deals(deals, reading)
    most = fillings(counted, reading)
    edges = []
    for deal in counted:
        share = (amount_at(deal, reading, most.get(deal.deal_id)) or 0.0) / (len(deal.payers) * len(deal.payees))
        edges += [
            Edge(payer, payee, share, deal.purchase, deal.deal_id)
            for payer in deal.payers
            for payee in deal.payees
            if share > 0 and payer != payee
        ]
    return Graph(tuple(edges), dict(sorted((outside_sales or {}).items())))


def parts_left_out(flows: DataFrame, reading: Reading | None = None) -> set[str]:
    """The deals that would count but may be a part of a larger one, by id."""
    reading = reading or Reading()
    deals = [deal for deal in deals_of_flows(flows) if probability(deal, reading) > 0]
    return possible_subsets([deal for deal in deals if reading.noncash != "exclude" or not deal.noncash])
