"""The cases over which the origin of the money is taken: the ends of every amount, non-cash deals, and funding without an amount.

Who starts the money changes most with funding that is known and its amount is not: the case is added in which it pays for all that the
receiver is recorded to spend. So it is with a tie `investor_in`, which has no amount at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pandas import DataFrame

from corewatch.loop.amounts import Deal, Stated, counted_deals
from corewatch.loop.draws import amounts_at
from corewatch.loop.measures import end_demand, origin_concentration, origin_shares, returns
from corewatch.loop.money import Floats, Money, make_network
from corewatch.loop.reading import FUNDING, Boundary, Reading
from corewatch.tables import records


@dataclass(frozen=True)
class Case:
    """A case in words, and the indicators of the origin in it (`H_o`, `pair_share`, `epsilon_low`, `epsilon_high`; NaN for none)."""

    label: str
    values: Mapping[str, float]


def origin_cases(
    deals: Sequence[Deal],
    relations: DataFrame | None,
    reading: Reading,
    boundary: Boundary,
    pair: tuple[str, str] = ("Nvidia", "Microsoft"),
) -> Iterator[Case]:
    """The cases of a reading: stated amounts, lower and upper ends, non-cash deals as told and reversed, each with every backer."""
    labels = {
        "the stated amounts": reading,
        "the lower ends": replace(reading, bound="low"),
        "the upper ends": replace(reading, bound="high"),
        "non-cash deals as told": replace(reading, noncash="include"),
        "non-cash deals reversed": replace(reading, noncash="reverse"),
    }
    noncash = any(deal.noncash or deal.deal_id in reading.grants for deal in deals)
    for label, other in labels.items():
        if "non-cash" in label and not noncash:
            continue
        counted = counted_deals(deals, other)
        money = money_of(counted, other, boundary)
        yield Case(label, origin_values(money, pair))
        for backer, backed in backers(counted, relations, money):
            cap = float(money.paid[0, money.network.firms.index(backed)])
            funding = Deal("", (backer,), (backed,), "equity", Stated(cap, cap), "closed", date=str(other.year))
            more = replace(other, threshold=0.0)
            amounts = np.append(amounts_at(counted, other), [[cap]], axis=1)
            yield Case(
                f"{label}, and {backer} funds all that {backed} pays",
                origin_values(money_of([*counted, funding], more, boundary, amounts), pair),
            )


def money_of(counted: Sequence[Deal], reading: Reading, boundary: Boundary, amounts: Floats | None = None) -> Money:
    """The money of deals that count, one case."""
    network = make_network(counted, boundary)
    return Money(network, (amounts_at(counted, reading) if amounts is None else amounts) @ network.parts)


def origin_values(money: Money, pair: tuple[str, str]) -> dict[str, float]:
    """The indicators of the origin in one case."""
    least, most = end_demand(money)
    named = [firm in pair for firm in money.network.firms]
    return {
        "H_o": float(origin_concentration(money)[0]),
        "pair_share": float(origin_shares(money)[0, named].sum()),
        "epsilon_low": float(least[0]),
        "epsilon_high": float(most[0]),
    }


def backers(counted: Sequence[Deal], relations: DataFrame | None, money: Money) -> list[tuple[str, str]]:
    """Who funds whom by an amount that is not known: deals without one, and ties of firms that no deal with one joins."""
    funded = {
        (payer, payee) for deal in counted if not deal.purchase and deal.amount.known for payer in deal.payers for payee in deal.payees
    }
    found = {
        (payer, payee)
        for deal in counted
        if deal.kind in FUNDING and not deal.amount.known
        for payer in deal.payers
        for payee in deal.payees
        if payer is not None and payee is not None
    }
    if relations is not None:
        found |= {(row["source"], row["target"]) for row in records(relations) if row["relation"] == "investor_in"}
    spends = {firm for firm, usd in zip(money.network.firms, money.paid[0], strict=True) if usd > 0}
    return sorted(pair for pair in found - funded if pair[1] in spends and pair[0] != pair[1])


def origin_attribution(money: Money) -> DataFrame:
    """Where each firm's money starts, of the first case: `firm`, `origin`, `share` = z_i N_ij / T_j, shares of one firm adding up to 1.

    A firm in a block that nothing enters or leaves has no rows.
    """
    steps, firms = returns(money).steps[0], money.network.firms
    through = money.through[0]
    shares = money.entering[0][:, None] * steps / np.where(through > 0, through, 1.0)
    rows = [
        {"firm": firms[at], "origin": firms[start], "share": float(shares[start, at])}
        for at in range(len(firms))
        for start in range(len(firms))
        if through[at] > 0 and shares[start, at] > 0
    ]
    return DataFrame(rows, columns=["firm", "origin", "share"])
