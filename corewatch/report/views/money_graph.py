"""The money graph of the closed-loop report: its cells, and the order of its firms.

In: `flows` and `relations`. Out: cells a pair of firms, an order in which most money runs forward. Judgements made here: what counts is
judged by corewatch.loop.amounts; a withdrawn deal that does not count is no cell; a pair with several deals shows the largest counted one
and says how many more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corewatch.loop.amounts import Deal, counted_deals, inside, probability, year_share
from corewatch.loop.reading import Reading as Counting
from corewatch.report.reading import Reading, rows
from corewatch.report.wording import Amount, amount_of, counted, is_funding, start_upper

TIES = {"customer_of": "p", "investor_in": "f"}
OUTSIDE = "Others, unnamed"
MOST_FIRMS = 25


@dataclass(frozen=True)
class Edge:
    """Money, or a standing tie without a deal, from one firm to another."""

    payer: str
    payee: str
    funding: bool
    amount: Amount
    firm: bool
    tie: bool
    row: Any
    share: int = 1

    @property
    def counted(self) -> bool:
        """Whether it counts and has an amount."""
        return self.firm and not self.tie and self.amount.known

    @property
    def elsewhere(self) -> Amount:
        """What the articles state in another currency, which is not converted and so not counted; unknown for dollars and ties."""
        stated = Amount(None, None, "USD") if self.tie else amount_of(self.row)
        return stated if stated.unit not in (None, "USD") else Amount(None, None, "USD")

    @property
    def rank(self) -> tuple[bool, bool, bool, float]:
        """The order in which edges of one pair are shown: counted before known, deals before ties, large before small."""
        return (not self.counted, self.tie, not self.firm, -(self.amount.stated or 0.0))


def edges_of(reading: Reading, deals: Sequence[Deal], counting: Counting, *, everything: bool = False) -> list[Edge]:
    """Every deal that goes on and every tie in which money goes, a party each, as `counting` reads them.

    Without `everything`, deals are left out that would count but may be no cash or a part of another deal, or are too small.
    """
    counted = {deal.deal_id: deal for deal in counted_deals(deals, counting)}
    known = {deal.deal_id: deal for deal in deals}
    said = {deal.deal_id: deal for deal in reading.deals}
    found: list[Edge] = []
    for flow in rows(reading.tables.flows):
        chosen = counted.get(flow.deal_id)
        deal = chosen or inside(known[flow.deal_id], counting.core)
        if chosen is None and (deal.status == "withdrawn" or (probability(deal, counting) > 0 and not everything)):
            continue
        found += edges_of_deal(deal, said[flow.deal_id], counting, counts=chosen is not None)
    pairs = {(edge.payer, edge.payee) for edge in found}
    for tie in rows(reading.tables.relations):
        ends = (tie.source, tie.target)
        if tie.relation in TIES and ends not in pairs and (not counting.core or set(ends) <= set(counting.core)):
            pairs.add(ends)
            found.append(Edge(*ends, TIES[tie.relation] == "f", Amount(None, None, "USD"), False, True, tie))
    return found


def edges_of_deal(deal: Deal, row: Any, counting: Counting, *, counts: bool) -> list[Edge]:
    """A deal, a party each, at the share of its amount that falls in the time of the reading."""
    parts = len(deal.payers) * len(deal.payees)
    low, high = (
        None if usd is None else usd * year_share(deal, counting, bound) / parts
        for usd, bound in ((deal.amount.low, "low"), (deal.amount.high, "high"))
    )
    if deal.amount.known and not low and not high:
        return []
    if counting.basis != "total" and low == 0.0:
        low = None
    amount = Amount(low, high, "USD", bool(row.approx), word=amount_of(row).word)
    return [
        Edge(payer or OUTSIDE, payee or OUTSIDE, is_funding(deal.kind), amount, counts, False, row, parts)
        for payer in deal.payers
        for payee in deal.payees
        if (payer or OUTSIDE) != (payee or OUTSIDE)
    ]


def by_pair(edges: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    """Edges of each pair, the one to show first."""
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        pairs[edge.payer, edge.payee].append(edge)
    return {pair: sorted(found, key=lambda edge: edge.rank) for pair, found in pairs.items()}


def weights(pairs: Mapping[tuple[str, str], Sequence[Edge]]) -> dict[tuple[str, str], float]:
    """How much it matters that a pair runs forward: its counted amount, a little for a deal without one, least for a tie."""
    weight = {}
    for pair, found in pairs.items():
        counted = sum(edge.amount.stated or 0.0 for edge in found if edge.counted)
        weight[pair] = counted + (1e6 if any(not edge.tie for edge in found) else 1.0)
    return weight


def order_of(firms: Iterable[str], weight: Mapping[tuple[str, str], float]) -> list[str]:
    """Firms in an order in which little weight runs back: payers first, receivers last (the greedy of Eades, Lin and Smyth)."""
    left = sorted(set(firms))
    front: list[str] = []
    back: list[str] = []
    while left:
        here = set(left)
        inner = {pair: w for pair, w in weight.items() if pair[0] in here and pair[1] in here}
        out = {name: sum(w for (payer, _), w in inner.items() if payer == name) for name in left}
        into = {name: sum(w for (_, payee), w in inner.items() if payee == name) for name in left}
        sinks = [name for name in left if not out[name]]
        sources = [name for name in left if not into[name] and out[name]]
        if sinks:
            # Among the last, the one that receives most is the very last.
            chosen = max(sinks, key=lambda name: (-into[name], name)) if len(sinks) < len(left) else sinks[-1]
            back.insert(0, chosen)
        else:
            chosen = min(sources or left, key=lambda name: (into[name] - out[name], name))
            front.append(chosen)
        left.remove(chosen)
    return front + back


def matrix_of(edges: Sequence[Edge]) -> tuple[dict[tuple[str, str], list[Edge]], list[str], list[str], list[str], list[str]]:
    """Pairs with their edges, then rows that only pay, firms that are row and column, rows outside, and all columns, in order.

    Customers of one firm of whom nothing else is known are one row.
    """
    edges = grouped_customers(edges)
    named = most_weighty(edges)
    edges = [edge for edge in edges if {edge.payer, edge.payee} - {OUTSIDE} <= named]
    pairs = by_pair(edges)
    weight = weights(pairs)
    paid = {payee for _, payee in pairs if payee != OUTSIDE}
    inner = {pair: w for pair, w in weight.items() if OUTSIDE not in pair}
    square = order_of(paid, {pair: w for pair, w in inner.items() if pair[0] in paid})
    first: dict[str, tuple[int, float]] = {}
    for (payer, payee), w in weight.items():
        if payer not in paid and payer != OUTSIDE:
            at, most = first.get(payer, (len(square), 0.0))
            first[payer] = (min(at, square.index(payee) if payee in paid else len(square)), max(most, w))
    before = sorted(first, key=lambda name: (first[name][0], -first[name][1], name))
    outside = [OUTSIDE] * any(payer == OUTSIDE for payer, _ in pairs)
    columns = [*square, *[OUTSIDE] * any(payee == OUTSIDE for _, payee in pairs)]
    return pairs, before, square, outside, columns


def grouped_customers(edges: Sequence[Edge]) -> list[Edge]:
    """Edges in which several firms that are only named as customers of one firm, and nothing else, are one payer."""
    seen: dict[str, int] = defaultdict(int)
    for edge in edges:
        seen[edge.payer] += 1
        seen[edge.payee] += 1
    lone: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.tie and not edge.funding and seen[edge.payer] == 1:
            lone[edge.payee].append(edge)
    groups = {payee: found for payee, found in lone.items() if len(found) > 1}
    kept = [edge for edge in edges if edge not in groups.get(edge.payee, [])]
    return kept + [replace(found[0], payer=group_name(payee, len(found))) for payee, found in sorted(groups.items())]


def group_name(payee: str, number: int) -> str:
    """What several customers are called: `Four customers of Google`."""
    return start_upper(f"{counted(number, 'customer')} of {payee}")


def most_weighty(edges: Sequence[Edge]) -> set[str]:
    """The firms to draw: all, or where there are too many those with most money, then most edges."""
    money: dict[str, tuple[float, int]] = {}
    for edge in edges:
        for name in (edge.payer, edge.payee):
            usd, number = money.get(name, (0.0, 0))
            money[name] = (usd + (edge.amount.stated or 0.0) * edge.counted, number + 1)
    money.pop(OUTSIDE, None)
    return set(sorted(money, key=lambda name: (-money[name][0], -money[name][1], name))[:MOST_FIRMS])
