"""Money in, the indicators that are sums and linear equations out, for all cases at once.

The probability that money returns is taken from N = (I - G)^-1. A block of firms that nothing leaves (and so nothing enters) makes I - G
singular: there everything returns. Cases in which N is so large that it is imprecise are computed by first passage, firm by firm.
"""

from dataclasses import dataclass

import numpy as np

from corewatch.loop.first_passage import arrival
from corewatch.loop.money import Flags, Floats, Money

# Beyond this, N has lost about half of the digits of a float.
LARGE = 1e7


@dataclass(frozen=True)
class Returns:
    """What comes back if each firm mixes its money, a row a case.

    `probability` (cases x n): r_i, that money leaving i returns to i. `vendor_funded` (cases x n): beta, the share of each firm's sales
    that its own funding pays; NaN without sales. `steps` (cases x n x n): N, how often money at i visits j; NaN in a block that nothing
    leaves.
    """

    probability: Floats
    vendor_funded: Floats
    steps: Floats


def ratio(part: Floats, whole: Floats) -> Floats:
    """A share, NaN where there is nothing to share."""
    return np.asarray(np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0))


def followed_share(money: Money) -> Floats:
    """omega: which share of receipts is followed by recorded spending of the recipient."""
    return ratio(np.minimum(money.received, money.paid).sum(axis=1), money.total)


def counting_multiple(money: Money) -> Floats:
    """mu: how often an entering dollar is counted in the gross total; NaN where none enters."""
    return ratio(money.through.sum(axis=1), money.entering.sum(axis=1))


def reciprocity(money: Money) -> Floats:
    """Which share of the money goes back directly, between two firms: the part of kappa by circuits of two, as a check."""
    return ratio(np.minimum(money.inner, money.inner.transpose(0, 2, 1)).sum(axis=(1, 2)), money.total)


def origin_shares(money: Money) -> Floats:
    """(cases x n) which share of the entering money is each firm's own resources."""
    return ratio(money.own, money.entering.sum(axis=1, keepdims=True))


def origin_concentration(money: Money) -> Floats:
    """H_o: the sum of the squared shares of the origin."""
    return ratio((money.own**2).sum(axis=1), money.entering.sum(axis=1) ** 2)


def end_demand(money: Money) -> tuple[Floats, Floats]:
    """epsilon: which share of the entering money is sales to the outside, at least, and at most (own resources counted too)."""
    entering = money.entering.sum(axis=1)
    return ratio(money.end_sales, entering), ratio(money.end_sales + money.own.sum(axis=1), entering)


def payer_shares(money: Money) -> tuple[list[str | None], Floats]:
    """(cases x payers x n) each payer's share of the recorded purchases from each firm; the payers by name, null for those outside."""
    n = len(money.network.firms)
    bought = np.zeros((len(money.arcs), n + 1, n))
    for arc in np.flatnonzero(money.network.purchase & (money.network.payees < n)):
        bought[:, money.network.payers[arc], money.network.payees[arc]] += money.arcs[:, arc]
    return [*money.network.firms, None], ratio(bought, money.bought[:, None, :])


def returns(money: Money) -> Returns:
    """The probabilities that money returns, and what share of sales a firm's own funding pays in proportion."""
    cases, n = len(money.arcs), len(money.network.firms)
    mixing = money.mixing
    kept = can_leave(money)
    held = (money.through > 0) & ~kept
    # Firms of a block that nothing leaves are cut out of the equations; everything returns there.
    free = np.where(kept[:, :, None], mixing, 0.0)
    steps = np.linalg.inv(np.eye(n) - free) if n else np.zeros((cases, 0, 0))
    visits = np.einsum("kii->ki", steps)
    probability = np.where(held, 1.0, 1.0 - 1.0 / visits)
    purchases = mixing_of(money, money.network.purchase)
    reached = steps @ np.where(kept[:, :, None], purchases, 0.0)
    last = np.einsum("kii->ki", reached) / visits
    by_purchase = reached - (steps - np.eye(n)) * last[:, None, :]
    funding = money.matrix(~money.network.purchase)
    funded = np.einsum("ksj,kjs->ks", funding, by_purchase)
    for case in np.flatnonzero(held.any(axis=1) | (np.abs(steps).max(axis=(1, 2), initial=0.0) > LARGE)):
        for firm in range(n):
            probability[case, firm] = mixing[case, firm] @ arrival(mixing[case], firm, mixing[case][:, firm])
            funded[case, firm] = funding[case, firm] @ arrival(mixing[case], firm, purchases[case][:, firm])
    known = np.where(held[:, :, None] | held[:, None, :], np.nan, steps)
    return Returns(np.clip(probability, 0.0, 1.0), ratio(np.clip(funded, 0.0, None), money.bought + money.outside_sales), known)


def cycling_index(money: Money, probability: Floats) -> Floats:
    """phi, Finn's cycling index under minimal closure: which share of all throughflow returns."""
    return ratio((money.through * probability).sum(axis=1), money.through.sum(axis=1))


def mixing_of(money: Money, chosen: Flags) -> Floats:
    """G of some arcs only (cases x n x n)."""
    return np.asarray(money.matrix(chosen) / np.where(money.through > 0, money.through, 1.0)[:, :, None])


def can_leave(money: Money) -> Flags:
    """(cases x n) whether money at each firm can leave, there or by a way to another firm."""
    leaves = money.leaving > 0
    linked = money.inner > 0
    for _ in money.network.firms:
        further = leaves | (linked & leaves[:, None, :]).any(axis=2)
        if (further == leaves).all():
            break
        leaves = further
    return np.asarray(leaves, dtype=np.bool_)
