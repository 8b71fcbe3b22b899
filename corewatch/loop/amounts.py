"""Deals in, what each may be worth out: the support of its amount, its share of a year, and the probability that it counts.

The support is what the words leave room for: exact [v, v]; approximate [(1-d)v, (1+d)v]; "over" [low, L low]; "up to" [0, high]. Where
documents conflict, every independent source has its own, and the interval is their hull. Amounts are US dollars.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corewatch.loop.reading import ONCE, PURCHASE, Reading

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount as a text states it, in US dollars: its bounds, and whether it is said to be approximate."""

    low: float | None
    high: float | None
    approx: bool = False

    @property
    def known(self) -> bool:
        """Whether there is an amount."""
        return self.low is not None or self.high is not None

    @property
    def point(self) -> float | None:
        """The bound that the text states; of a range the middle."""
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low
        return (self.low + self.high) / 2

    def support(self, over: float, spread: float) -> Interval | None:
        """What the words leave room for; null for an unknown amount."""
        if self.low is None or self.high is None:
            if self.low is not None:
                return self.low, over * self.low
            return None if self.high is None else (0.0, self.high)
        if self.approx and self.low == self.high:
            return (1 - spread) * self.low, (1 + spread) * self.high
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Deal:
    """A reconciled deal as the loop looks at it; a null party is outside.

    `values` are the amounts of independent sources where these conflict; `start` is the year of the deal, null where no date is known;
    `date` is as precise as it is known.
    """

    deal_id: str
    payers: tuple[str | None, ...]
    payees: tuple[str | None, ...]
    kind: str
    amount: Stated
    status: str
    term_years: float | None = None
    through: int | None = None
    date: str | None = None
    noncash: bool = False
    values: tuple[Stated, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def purchase(self) -> bool:
        """Whether it is a purchase, class P, and no funding."""
        return self.kind in PURCHASE

    @property
    def start(self) -> int | None:
        """The year in which it begins."""
        return None if self.date is None else int(self.date[:4])

    @property
    def has_term(self) -> bool:
        """Whether its term is known."""
        return self.term_years is not None or self.through is not None


def probability(deal: Deal, reading: Reading) -> float:
    """How likely the deal is to happen under the policy. A backstop is contingent and counts where everything stated does."""
    if deal.kind == "backstop" and reading.policy != "stated":
        return 0.0
    return reading.probabilities[reading.policy][deal.status]


def supports(deal: Deal, reading: Reading, most: float | None = None) -> list[Interval]:
    """The support of the deal's amount, one of each source that conflicts; none where it is unknown and `most` does not fill it."""
    stated = [one.support(reading.over, reading.spread) for one in (deal.values or (deal.amount,))]
    found = [one for one in stated if one is not None]
    if not found and most is not None:
        return [(0.0, most)]
    return found


def term(deal: Deal, reading: Reading) -> Interval:
    """The years that a purchase runs, as an interval. Less than a year is a year: all of it is paid within one."""
    if deal.term_years is not None:
        return max(deal.term_years, 1.0), max(deal.term_years, 1.0)
    begin = deal.start if deal.start is not None else reading.reference_year
    if deal.through is not None and deal.through >= begin:
        return float(deal.through - begin + 1), float(deal.through - begin + 1)
    return reading.terms[deal.kind]


def year_share(deal: Deal, reading: Reading, bound: str) -> float:
    """Which share of the deal's amount falls in the year of the reading, at its `low` or `high` end or with the middle of its term."""
    if reading.basis == "total":
        return 1.0
    begin = deal.start if deal.start is not None else reading.reference_year
    if deal.kind in ONCE:
        return 1.0 if begin == reading.year else 0.0
    least, most = term(deal, reading)
    gone = reading.year - begin
    if gone < 0 or gone >= most:
        return 0.0
    if bound == "low":
        return 0.0 if gone >= least and least < most else 1.0 / most
    if bound == "high":
        return 1.0 / max(least, float(gone))
    middle = (least + most) / 2
    return 1.0 / middle if gone < middle else 0.0


def amount_at(deal: Deal, reading: Reading, most: float | None = None) -> float | None:
    """The deal's amount at the bound of the reading, for its time basis; null where it is unknown."""
    ends = supports(deal, reading, most)
    if not ends:
        return None
    low, high = min(one[0] for one in ends), max(one[1] for one in ends)
    if reading.bound == "low":
        return low * year_share(deal, reading, "low")
    if reading.bound == "high":
        return high * year_share(deal, reading, "high")
    middle = (low + high) / 2
    value = middle if reading.bound == "central" or deal.amount.point is None else deal.amount.point
    return value * year_share(deal, reading, "point")


def possible_subsets(deals: Sequence[Deal]) -> set[str]:
    """The deals that may be a part of a larger one: of the same payer, payee and class, with a smaller low bound and no term."""
    groups: dict[tuple[object, ...], list[Deal]] = {}
    for deal in deals:
        if deal.payers != (None,) and deal.payees != (None,) and deal.amount.known:
            groups.setdefault((deal.payers, deal.payees, deal.purchase, deal.noncash), []).append(deal)
    return {
        deal.deal_id
        for group in groups.values()
        for deal in group
        if not deal.has_term and any((deal.amount.low or 0.0) < (other.amount.low or 0.0) for other in group)
    }


def counted_deals(deals: Sequence[Deal], reading: Reading) -> list[Deal]:
    """The deals that can count in a reading, by id: without parts of others, what is no cash, what is too small, and turned if so told."""
    found = []
    for deal in deals:
        noncash = deal.noncash or deal.deal_id in reading.grants
        if probability(deal, reading) == 0 or (noncash and reading.noncash == "exclude"):
            continue
        reversed_grant = noncash and (reading.noncash == "reverse" or reading.grants.get(deal.deal_id) == "reversed")
        found.append(turned(deal) if reversed_grant else deal)
    if not reading.subsets:
        parts = possible_subsets(found)
        found = [deal for deal in found if deal.deal_id not in parts]
    if reading.threshold:
        found = [deal for deal in found if deal.amount.point is None or deal.amount.point >= reading.threshold]
    return sorted((inside(deal, reading.core) for deal in found), key=lambda deal: deal.deal_id)


def turned(deal: Deal) -> Deal:
    """The deal with the money running the other way."""
    return replace(deal, payers=deal.payees, payees=deal.payers)


def inside(deal: Deal, core: Sequence[str]) -> Deal:
    """The deal with the parties that are not in the core outside; all are inside where the core is empty."""
    if not core:
        return deal
    payers, payees = (tuple(name if name in core else None for name in names) for names in (deal.payers, deal.payees))
    return replace(deal, payers=payers, payees=payees)


def fillings(deals: Sequence[Deal], reading: Reading) -> dict[str, float]:
    """The most that each unknown amount may be, by deal: the largest stated amount of its kind; nothing unless the reading fills.

    Unknown funding is capped at what its receiver is recorded to spend.
    """
    if not reading.fill:
        return {}
    largest: dict[str, float] = {}
    spent: dict[str | None, float] = {}
    for deal in deals:
        if deal.amount.known:
            largest[deal.kind] = max(largest.get(deal.kind, 0.0), deal.amount.point or 0.0)
            for payer in deal.payers:
                spent[payer] = spent.get(payer, 0.0) + (deal.amount.point or 0.0) / len(deal.payers)
    found = {}
    for deal in deals:
        if not deal.amount.known and not deal.values:
            most = largest.get(deal.kind, 0.0)
            found[deal.deal_id] = most if deal.purchase else min(most, sum(spent.get(payee, 0.0) for payee in deal.payees))
    return found
