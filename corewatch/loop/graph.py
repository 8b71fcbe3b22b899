"""Flows in, the money graph out: who paid whom how much under a policy, as the indicators count it.

The judgements made (parameters in `Reading`):
- `firm` counts closed and signed deals, `stated` all that were not withdrawn. A backstop is contingent and counts in `stated` only.
- The stated point is the bound that the text gives: "over $10 billion" counts as 10. `low` and `high` are the ends of what the words leave
  room for: "over X" reaches to L times X, "up to X" starts at 0.
- Shares that a supplier grants to its customer are no cash: left out, unless `noncash` says to include them as told or to reverse them.
- A deal that may be a part of a larger one (same payer, payee and class, smaller, without a term) is left out, unless `subsets` is set.
- Joint parties share an amount equally. A party that is not named is outside; an acquisition pays the sellers, who are outside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pandas import DataFrame

from corewatch.tables import records

Policy = Literal["firm", "stated"]
Bound = Literal["point", "low", "high"]
Noncash = Literal["exclude", "include", "reverse"]

FUNDING = ("equity", "debt", "ipo", "backstop")
PURCHASE = ("compute", "hardware", "colocation")
COUNTED: Mapping[Policy, tuple[str, ...]] = {"firm": ("signed", "closed"), "stated": ("talks", "planned", "signed", "closed")}


@dataclass(frozen=True, slots=True)
class Reading:
    """How flows are read; every value is printed in a report that uses it."""

    policy: Policy = "firm"
    bound: Bound = "point"
    noncash: Noncash = "exclude"
    subsets: bool = False
    over: float = 1.25


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
    reading = reading or Reading()
    rows = [row for row in records(flows) if counts(row, reading)]
    if not reading.subsets:
        smaller = possible_subsets(rows)
        rows = [row for row in rows if row["deal_id"] not in smaller]
    edges = [edge for row in sorted(rows, key=lambda row: str(row["deal_id"])) for edge in edges_of(row, reading)]
    return Graph(tuple(edges), dict(sorted((outside_sales or {}).items())))


def counts(row: Mapping[str, Any], reading: Reading) -> bool:
    """Whether a flow counts under the policy."""
    if row["kind"] == "backstop" and reading.policy == "firm":
        return False
    return row["status"] in COUNTED[reading.policy] and not (row["noncash"] and reading.noncash == "exclude")


def possible_subsets(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The deals that may be a part of a larger one of the same payer, payee and class."""
    groups: defaultdict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["payer"] is not None and row["payee"] is not None and stated(row) is not None:
            groups[row["payer"], row["payee"], row["kind"] in PURCHASE, bool(row["noncash"])].append(row)
    return {
        str(row["deal_id"])
        for group in groups.values()
        for row in group
        if row["term_years"] is None and any((row["usd_low"] or 0.0) < (other["usd_low"] or 0.0) for other in group)
    }


def stated(row: Mapping[str, Any]) -> float | None:
    """The bound that the text states; of a range the middle, of an unknown amount null."""
    low, high = row["usd_low"], row["usd_high"]
    if low is None or high is None:
        return None if low is high else float(high if low is None else low)
    return float(low + high) / 2


def amount(row: Mapping[str, Any], reading: Reading) -> float:
    """The amount of a flow in a reading; 0 where none is known."""
    low, high = row["usd_low"], row["usd_high"]
    if reading.bound == "low" and high is not None:
        return float(low or 0.0)
    if reading.bound == "high" and low is not None:
        return float(high if high is not None else reading.over * low)
    return float(stated(row) or 0.0)


def edges_of(row: Mapping[str, Any], reading: Reading) -> list[Edge]:
    """The edges of a flow: one, or one for each of the joint parties with an equal share."""
    usd = amount(row, reading)
    payers, payees = parties(row["payer"]), parties(None if row["kind"] == "acquisition" else row["payee"])
    if row["noncash"] and reading.noncash == "reverse":
        payers, payees = payees, payers
    share = usd / (len(payers) * len(payees))
    purchase = row["kind"] not in FUNDING
    return [Edge(one, other, share, purchase, str(row["deal_id"])) for one in payers for other in payees if share > 0 and one != other]


def parties(cell: str | None) -> list[str | None]:
    """The companies of a cell; one outsider for null."""
    return [None] if cell is None else list(cell.split("; "))
