"""Deals in, the table `loop_indicators` out: the numbers that the theses of the closed loop are judged by.

`point` is the stated point, `p5` to `p95` are percentiles over draws, `low` and `high` rigorous ends where there are any (for `beta`: the
proportional value and the maximum). Amounts are US dollars, everything else is a share or an index. What an indicator can and cannot say is
told in docs/closed_loop.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from pandas import DataFrame

from corewatch.loop.amounts import Deal, counted_deals
from corewatch.loop.bounds import greatest_share
from corewatch.loop.deals import deals_of_flows
from corewatch.loop.draws import amounts_at, box, draw_amounts
from corewatch.loop.measures import (
    counting_multiple,
    cycling_index,
    end_demand,
    followed_share,
    origin_concentration,
    origin_shares,
    payer_shares,
    ratio,
    reciprocity,
    returns,
)
from corewatch.loop.money import Floats, Money, Network, make_network
from corewatch.loop.origin import Case, origin_cases
from corewatch.loop.percentiles import packed, percentiles
from corewatch.loop.reading import Boundary, Reading
from corewatch.loop.ways import Ways, find_ways, funding_returns

COLUMNS = ("indicator", "subject", "policy", "basis", "boundary", "point", "low", "high", "p5", "p50", "p95", "note")
NUMBERS = ("point", "low", "high", "p5", "p50", "p95")
PAIR = ("Nvidia", "Microsoft")
# So many draws are in memory as matrices at a time.
CHUNK = 1000

Key = tuple[str, str | None]
Values = dict[Key, Floats]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the table; a null subject is the whole graph."""

    indicator: str
    subject: str | None
    policy: str
    basis: str
    boundary: str
    point: float | None = None
    low: float | None = None
    high: float | None = None
    p5: float | None = None
    p50: float | None = None
    p95: float | None = None
    note: str | None = None


NOTES = {
    "W": "US dollars: all recorded amounts",
    "C": "US dollars: the most that can return",
    "omega": "share of receipts that a recorded payment of the recipient follows",
    "kappa": "share of the money that can return",
    "kappa_FP": "share of the money that fits a circuit with funding and a purchase",
    "phi": "share of all throughflow that returns if each firm's money is mixed; an upper bound",
    "mu": "how often an entering dollar is counted",
    "reciprocity": "share of the money that can return between two firms, a check",
    "n_eff": "equal firms of the same concentration",
    "epsilon": "an interval: own resources may come from end customers",
    "epsilon_low": "sales to the outside in the entering money",
    "epsilon_high": "sales to the outside and own resources in the entering money",
    "origin_share": "share of the entering money that are its own resources",
    "beta_proportional": "share of its sales that its own funding pays if money is mixed",
    "beta_maximum": "share of its sales that its own funding can pay at most",
    "outside_sales": "US dollars: known sales to nobody in particular",
    "boundary_known": "share of all throughflow at firms whose outside flows are known",
}


def loop_indicators(
    flows: DataFrame,
    relations: DataFrame | None = None,
    *,
    reading: Reading | None = None,
    outside_sales: Mapping[str, float] | None = None,
    draws: int = 0,
) -> DataFrame:
    """The indicators of a table `flows` in one reading; without draws there are no percentiles.

    `relations` adds the cases in which a backer, by a tie without an amount, funds all that the backed firm pays. `outside_sales` are known
    sales of firms to nobody in particular, in US dollars for the time basis of the reading.
    """
    boundary = Boundary(sales=outside_sales or {})
    return table(indicators_of(deals_of_flows(flows), reading or Reading(), boundary, relations=relations, draws=draws))


def table(rows: Sequence[Indicator]) -> DataFrame:
    """Rows as a data frame with typed columns."""
    made = DataFrame([asdict(row) for row in rows], columns=list(COLUMNS))
    return made.astype(dict.fromkeys(NUMBERS, "float64") | {column: "str" for column in COLUMNS if column not in NUMBERS})


def indicators_of(
    deals: Sequence[Deal],
    reading: Reading,
    boundary: Boundary | None = None,
    *,
    relations: DataFrame | None = None,
    draws: int = 0,
    pair: tuple[str, str] = PAIR,
) -> list[Indicator]:
    """The indicators of deals in one reading, as rows: first those of the whole graph, then those of each firm."""
    boundary = boundary or Boundary()
    counted = counted_deals(deals, reading)
    network = make_network(counted, boundary)
    stated = Money(network, amounts_at(counted, reading) @ network.parts)
    drawn = Money(network, draw_amounts(counted, reading, draws) @ network.parts)
    low, high = box(counted, reading)
    ends = Money(network, np.vstack([low, high]) @ network.parts)
    ways = find_ways(network, np.vstack([stated.arcs, drawn.arcs, ends.arcs]).max(axis=0))
    # Under a policy of probabilities there is no one graph, only draws.
    points = {} if reading.policy == "weighted" else {key: one[0] for key, one in values(stated, ways, pair).items()}
    over_draws = values(drawn, ways, pair) if draws else {}
    spread = {key: percentiles(one) for key, one in over_draws.items()}
    fixed = rigorous(ends, ways, low, high)
    cases = list(origin_cases(deals, relations, reading, boundary, pair))
    rows = []
    for indicator, subject in {**points, **spread}:
        p5, p50, p95 = spread.get((indicator, subject), [None, None, None])
        point = points.get((indicator, subject), np.nan)
        least, most = fixed.get((indicator, subject), (None, None))
        solved = len(over_draws.get((indicator, subject), ())) or draws
        few = f"; percentiles of the first {solved} draws, the others have too little in common" if solved < draws else ""
        rows.append(Indicator(
            indicator, subject, reading.policy, reading.basis_name, boundary.name, None if np.isnan(point) else float(point),
            least, most, p5, p50, p95, f"{NOTES.get(indicator, '')}{few}" or None,
        ))  # fmt: skip
    return list(finished(rows, spread, cases, network, ways))


def values(money: Money, ways: Ways, pair: tuple[str, str]) -> Values:
    """Every indicator of every case, by name and firm; each an array of one number a case, NaN where there is nothing to share."""
    parts: list[Values] = [algebra(money.some(slice(at, at + CHUNK)), pair) for at in range(0, len(money.arcs), CHUNK)]
    found = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    network, most, capacities = money.network, money.arcs.max(axis=0), money.arcs[:, ways.arcs]
    round_trips = ways.circulation(network).solve_draws(capacities) if len(ways.arcs) else np.zeros(len(money.arcs))
    mixed = packed(ways.packing(mixed=True), capacities)
    totals: Values = {
        ("C", None): round_trips,
        ("kappa", None): ratio(round_trips, money.total[: len(round_trips)]),
        ("kappa_FP", None): ratio(mixed, money.total[: len(mixed)]),
    }
    sales = money.bought + money.outside_sales
    for at, firm in enumerate(network.firms):
        if (firm_key := ("beta_proportional", firm)) in found:
            programme = funding_returns(network, most, at)
            returned = np.zeros(len(money.arcs)) if programme is None else programme[1].solve_draws(money.arcs[:, programme[0]])
            found["beta_maximum", firm] = ratio(returned, sales[: len(returned), at])
            found[firm_key] = np.minimum(found[firm_key], 1.0)
    order = {"W": 0, "C": 1, "omega": 2, "kappa": 3, "kappa_FP": 4}
    merged = {**found, **totals}
    return {key: merged[key] for key in sorted(merged, key=lambda key: (key[1] is not None, key[1] or "", order.get(key[0], 9)))}


def algebra(money: Money, pair: tuple[str, str]) -> Values:
    """The indicators that need no programme."""
    back = returns(money)
    concentration = origin_concentration(money)
    least, most = end_demand(money)
    origin = origin_shares(money)
    firms = money.network.firms
    found: Values = {
        ("W", None): money.total,
        ("omega", None): followed_share(money),
        ("phi", None): cycling_index(money, back.probability),
        ("mu", None): counting_multiple(money),
        ("reciprocity", None): reciprocity(money),
        ("H_o", None): concentration,
        ("n_eff", None): ratio(np.ones(len(money.arcs)), concentration),
        ("pair_share", None): np.asarray(origin[:, [firm in pair for firm in firms]].sum(axis=1)),
        ("epsilon", None): np.full(len(money.arcs), np.nan),
        ("epsilon_low", None): least,
        ("epsilon_high", None): most,
    }
    known = (money.network.sales > 0) | ~np.isnan(money.network.revenue)
    found["boundary_known", None] = ratio(money.through[:, known].sum(axis=1), money.through.sum(axis=1))
    _, shares = payer_shares(money)
    concentrations, tops = (shares**2).sum(axis=1), shares.max(axis=1, initial=0.0)
    could_pay = np.asarray(money.network.incidence(money.network.payers).any(axis=0))
    sells = np.asarray(money.network.incidence(money.network.payees)[money.network.purchase].any(axis=0))
    for at, firm in enumerate(firms):
        if known[at]:
            found["outside_sales", firm] = money.outside_sales[:, at]
        if could_pay[at]:
            found["origin_share", firm] = origin[:, at]
        if sells[at]:
            found["HHI", firm], found["top_share", firm] = concentrations[:, at], tops[:, at]
            found["beta_proportional", firm] = back.vendor_funded[:, at]
    return found


def rigorous(ends: Money, ways: Ways, low: Floats, high: Floats) -> dict[Key, tuple[float | None, float | None]]:
    """The ends of C, kappa and kappa_FP over all amounts in the box: what they cannot be below and above."""
    network, capacities = ends.network, ends.arcs[:, ways.arcs]
    found: dict[Key, tuple[float | None, float | None]] = {}
    # The total is largest where all amounts are and, apart from them, outside sales.
    largest = float(ends.arcs[1].sum() + ends.outside_sales.max(axis=0, initial=0.0).sum())
    found["W", None] = (float(ends.arcs[0].sum() + ends.outside_sales.min(axis=0, initial=np.inf).sum()) if network.firms else 0.0, largest)
    for name, mixed in (("kappa", False), ("kappa_FP", True)):
        if largest == 0:
            continue
        programme = ways.packing(mixed=True) if mixed else ways.circulation(network) if len(ways.arcs) else None
        least, most = (programme.solve(row) for row in capacities) if programme else (0.0, 0.0)
        found[name, None] = (least / largest, greatest_share(network, low, high, ways, mixed=mixed))
        if not mixed:
            found["C", None] = (least, most)
    return found


def finished(
    rows: Sequence[Indicator], spread: Mapping[Key, Sequence[float | None]], cases: Sequence[Case], network: Network, ways: Ways
) -> Iterator[Indicator]:
    """The rows with what is known only together: ranges over cases, notes, and one row `beta` a supplier."""
    by_key = {(row.indicator, row.subject): row for row in rows}
    for row in rows:
        if row.indicator in ("H_o", "pair_share", "epsilon"):
            yield with_cases(row, spread, cases)
        elif row.indicator == "n_eff":
            origin = with_cases(by_key["H_o", None], spread, cases)
            yield replace(row, low=inverse(origin.high), high=inverse(origin.low))
        elif row.indicator in ("kappa", "kappa_FP"):
            more = f"; circuits of up to {ways.longest} firms, longer ones may exist" if ways.more and row.indicator == "kappa_FP" else ""
            yield replace(row, note=f"{row.note}{more}")
        elif row.indicator in ("HHI", "top_share"):
            if row.point is not None or row.p50 is not None:
                yield replace(row, note=payers_note(network, str(row.subject)))
        elif row.indicator == "beta_proportional":
            most = by_key["beta_maximum", row.subject]
            if row.point is not None or row.p50 is not None:
                note = "low is mixed proportionally, high is the most; the sales are those recorded"
                yield replace(row, indicator="beta", point=None, low=row.point, high=most.point, p50=None, p95=most.p95, note=note)
                yield row
                yield most
        elif row.indicator != "beta_maximum" and not (row.subject and row.point is None and row.p50 is None):
            yield row


def with_cases(row: Indicator, spread: Mapping[Key, Sequence[float | None]], cases: Sequence[Case]) -> Indicator:
    """A row with its least and greatest value over the cases and the percentiles, and which cases these are."""
    keys = ("epsilon_low", "epsilon_high") if row.indicator == "epsilon" else (row.indicator, row.indicator)
    found: list[tuple[float, str]] = []
    most: list[tuple[float, str]] = []
    for ends, key in ((found, keys[0]), (most, keys[1])):
        ends += [(case.values[key], case.label) for case in cases if not np.isnan(case.values[key])]
        fifth, _, last = spread.get((key, None), (None, None, None))
        ends += [(one, label) for one, label in ((fifth, "5 % of the draws"), (last, "95 % of the draws")) if one is not None]
    if not found:
        return row
    least, greatest = min(found, key=lambda one: one[0]), max(most, key=lambda one: one[0])
    note = NOTES["epsilon"] if row.indicator == "epsilon" else f"least: {least[1]}; greatest: {greatest[1]}"
    if row.indicator == "epsilon":
        return replace(
            row,
            low=least[0],
            high=greatest[0],
            p5=spread.get(("epsilon_low", None), [None])[0],
            p95=spread.get(("epsilon_high", None), [None])[-1],
            note=note,
        )
    return replace(row, low=least[0], high=greatest[0], note=note)


def payers_note(network: Network, supplier: str) -> str:
    """Who buys from a supplier."""
    at = network.firms.index(supplier)
    names = sorted(
        {network.name(int(network.payers[arc])) or "payers not named" for arc in np.flatnonzero(network.purchase & (network.payees == at))}
    )
    return f"payers of its recorded sales: {', '.join(names)}"


def inverse(share: float | None) -> float | None:
    """One over a share; null for nothing."""
    return 1 / share if share else None
