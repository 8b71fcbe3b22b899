"""Metrics in, what is known of the firms' outside flows out.

A firm's revenue in the window, less the recorded purchases from it, is sold to nobody in particular. The window is the year of the
reading, or for contract totals all years that the counted deals run; revenue of some of these years only, or where a term is not known,
is not known.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import DataFrame

from corewatch.loop.amounts import Deal, Stated, counted_deals, term
from corewatch.loop.money import Money
from corewatch.loop.reading import ONCE, Boundary, Reading
from corewatch.tables import records


def known_boundary(metrics: DataFrame, deals: Sequence[Deal], reading: Reading, sales: Mapping[str, float]) -> Boundary:
    """The boundary in a reading: revenue of `metrics` for its window, and the sales that are given, in US dollars by firm."""
    years = window(deals, reading)
    found: dict[str, dict[str, float]] = {}
    # What was achieved takes precedence over what was forecast.
    for row in sorted(records(metrics), key=lambda row: (row["basis"] == "actual", str(row["metric_id"]))):
        if is_yearly_revenue(row) and (usd := Stated(row["low"], row["high"]).point) is not None:
            found.setdefault(row["company"], {})[row["period"]] = usd
    revenue = {
        firm: sum(by_year[year] for year in years) for firm, by_year in sorted(found.items()) if years and all(y in by_year for y in years)
    }
    taking_part = {name for deal in counted_deals(deals, reading) for name in (*deal.payers, *deal.payees)}
    return Boundary(dict(sales), {firm: usd for firm, usd in revenue.items() if firm in taking_part})


def is_yearly_revenue(row: Mapping[str, Any]) -> bool:
    """Whether a metric is the revenue of a whole company in a whole year, in US dollars."""
    return row["metric"] == "revenue" and row["segment"] is None and row["unit"] == "USD" and len(row["period"] or "") == len("2025")


def window(deals: Sequence[Deal], reading: Reading) -> list[str]:
    """The years that the money of a reading belongs to; none where a term is not known."""
    if reading.basis == "annual":
        return [str(reading.year)]
    years: set[int] = set()
    for deal in counted_deals(deals, reading):
        if not deal.amount.known:
            continue
        begin = deal.start if deal.start is not None else reading.reference_year
        least, most = (1.0, 1.0) if deal.kind in ONCE else term(deal, reading)
        if least != most:
            return []
        years.update(range(begin, begin + max(1, round(most))))
    return [str(year) for year in sorted(years)]


def revenue_conflicts(money: Money) -> list[str]:
    """Firms whose recorded sales are more than their revenue in the first case, in words."""
    revenue, bought = money.network.revenue, money.bought[0]
    return [
        f"{firm}: purchases of {bought[at]:,.0f} US dollars are recorded, more than its revenue of {revenue[at]:,.0f}"
        for at, firm in enumerate(money.network.firms)
        if revenue[at] < bought[at]
    ]
