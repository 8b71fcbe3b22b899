"""What the texts do not say, shown as an assumption: money passed on to a supplier, payees dealt out at random; and how totals become net.

None of it enters an indicator or a verdict.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from pandas import DataFrame

from corewatch.loop.amounts import Deal, Stated, counted_deals
from corewatch.loop.draws import amounts_at
from corewatch.loop.indicators import indicators_of
from corewatch.loop.money import Money, make_network
from corewatch.loop.reading import Boundary, Reading
from corewatch.loop.robustness import Situation, money_of
from corewatch.loop.ways import find_ways

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def pass_through(
    deals: Sequence[Deal], reading: Reading, firm: str, supplier: str, boundary: Boundary | None = None, shares: Sequence[float] = SHARES
) -> DataFrame:
    """What if a firm pays a share of its receipts to a supplier: `share`, `W` (US dollars), `omega`, `kappa`, `kappa_FP`, `phi`, and
    `beta_low` and `beta_high` of the supplier, for each share; other recorded purchases of the firm stay as they are.
    """
    boundary = boundary or Boundary()
    money = money_of(Situation(tuple(deals), {reading.basis: boundary}), reading)
    received = float(money.received[0, money.network.firms.index(firm)]) if firm in money.network.firms else 0.0
    rows = []
    # What counts is settled before: a payment that is assumed makes no other deal a part of it.
    counted, settled = counted_deals(deals, reading), replace(reading, subsets=True, noncash="include", grants={})
    for share in shares:
        paid = Stated(share * received, share * received)
        passed = Deal("pass-through", (firm,), (supplier,), "hardware", paid, "closed", term_years=1.0, date=str(reading.year))
        found = {(row.indicator, row.subject): row for row in indicators_of([*counted, passed], settled, boundary)}
        beta = found.get(("beta", supplier))
        rows.append({
            "share": share, **{name: found[name, None].point for name in ("W", "omega", "kappa", "kappa_FP", "phi")},
            "beta_low": beta.low if beta else None, "beta_high": beta.high if beta else None,
        })  # fmt: skip
    return DataFrame(rows).astype("float64")


def permutation_null(deals: Sequence[Deal], reading: Reading, draws: int = 2000, seed: int = 20250328) -> dict[str, float]:
    """How much circulates if payees are dealt out at random among edges of the same class, nobody paying himself.

    Gives `kappa_FP` of the deals, the mean over `draws` permutations, and the `share` of these with at least as much (after Squartini
    et al. 2013, who keep each firm's totals; here only the amounts and both lists of parties are kept).
    """
    money = money_of(Situation(tuple(deals), {}), reading)
    network = money.network
    inner = np.flatnonzero(network.inner & (money.arcs[0] > 0))
    total = float(money.total[0])
    generator = np.random.Generator(np.random.PCG64(seed))
    found = []
    payees = network.payees.copy()
    for _ in range(draws):
        for chosen in (inner[network.purchase[inner]], inner[~network.purchase[inner]]):
            payees[chosen] = dealt(network.payers[chosen], network.payees[chosen], generator)
        dealt_out = replace(network, payees=payees.copy())
        ways = find_ways(dealt_out, money.arcs[0])
        found.append(ways.packing(mixed=True).solve(money.arcs[0, ways.arcs]) / total if total else 0.0)
    ways = find_ways(network, money.arcs[0])
    seen = ways.packing(mixed=True).solve(money.arcs[0, ways.arcs]) / total if total else 0.0
    values = np.array(found)
    return {"kappa_FP": seen, "mean": float(values.mean()), "share": float((values >= seen - 1e-12).mean())}


def dealt(
    payers: "np.typing.NDArray[np.int64]", payees: "np.typing.NDArray[np.int64]", generator: np.random.Generator
) -> "np.typing.NDArray[np.int64]":
    """Payees in another order, such that nobody pays himself; as they were where a hundred tries give none."""
    for _ in range(100):
        order = generator.permutation(payees)
        if not (order == payers).any():
            return order
    return payees


def gross_to_net(deals: Sequence[Deal], reading: Reading, boundary: Boundary | None = None) -> DataFrame:
    """The bridge from everything stated to the money that enters: `step`, `change` and what is `left`, in US dollars.

    Each step counts less: what is not firm, what is no cash, parts of other deals, what "up to" allows and nobody promised, what falls in
    other years, and what is only passed on.
    """
    everything = replace(reading, policy="stated", noncash="include", subsets=True, basis="total", bound="point")
    firm = replace(everything, policy="firm")
    cash = replace(firm, noncash=reading.noncash)
    apart = replace(cash, subsets=False)
    lower = [deal for deal in deals if not (deal.amount.known and deal.amount.low is None)]
    yearly = replace(apart, basis="annual")
    totals = [
        ("stated total", total_of(deals, everything)),
        ("not firm", total_of(deals, firm)),
        ("not cash", total_of(deals, cash)),
        ("possible parts of others", total_of(deals, apart)),
        ("“up to”", total_of(lower, apart)),
        (f"other years than {reading.year}", total_of(lower, yearly)),
    ]
    counted = counted_deals(lower, yearly)
    network = make_network(counted, boundary)
    entering = float(Money(network, amounts_at(counted, yearly) @ network.parts).entering.sum())
    totals.append(("passed on between firms", entering))
    rows, before = [], 0.0
    for step, left in totals:
        rows.append({"step": step, "change": left - before, "left": left})
        before = left
    return DataFrame(rows, columns=["step", "change", "left"])


def total_of(deals: Sequence[Deal], reading: Reading) -> float:
    """All amounts that count in a reading, in US dollars."""
    return float(amounts_at(counted_deals(deals, reading), reading).sum())
