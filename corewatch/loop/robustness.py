"""Deals in, the table `loop_robustness` out: the indicators again with one thing changed at a time, and how far each moves.

A firm moved outside is taken out of the numerators only, so that its influence is seen and never raises a share. Everything else is the
stated point of another reading. The table is the data of the tornado figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pandas import DataFrame

from corewatch.loop.amounts import Deal, counted_deals
from corewatch.loop.draws import amounts_at
from corewatch.loop.first_passage import return_probabilities
from corewatch.loop.measures import (
    counting_multiple,
    cycling_index,
    end_demand,
    followed_share,
    origin_concentration,
    returns,
)
from corewatch.loop.money import Money, make_network
from corewatch.loop.reading import BASES, NONCASH, POLICIES, Boundary, Reading
from corewatch.loop.ways import find_ways
from corewatch.tables import records

COLUMNS = ("family", "element", "indicator", "value", "base", "change")
THRESHOLDS = (0.1e9, 1e9, 10e9)
REACHES = (1.0, 1.25, 2.0)


@dataclass(frozen=True)
class Situation:
    """Deals with what else is known of them, as a document left out may change both."""

    deals: tuple[Deal, ...]
    boundaries: Mapping[str, Boundary]


def robustness(
    situation: Situation, reading: Reading, without: Mapping[str, Situation] | None = None, core: Sequence[str] = ()
) -> DataFrame:
    """One row an indicator and change: `family` (document, company, threshold, policy, basis, over, noncash, subsets, fill, core),
    `element` (which one), `value`, the `base` value, and the difference. `without` are the situations without each
    document; `core` the firms of the core set that is compared with all.
    """
    base = stated_values(situation, reading)
    rows: list[dict[str, object]] = []
    for family, element, values in variations(situation, reading, without or {}, core):
        for name, value in values.items():
            known = not (np.isnan(value) or np.isnan(base[name]))
            rows.append({
                "family": family, "element": element, "indicator": name, "value": value, "base": base[name],
                "change": value - base[name] if known else np.nan,
            })  # fmt: skip
    return DataFrame(rows, columns=list(COLUMNS)).astype({"value": "float64", "base": "float64", "change": "float64"})


def extremes(table: DataFrame) -> DataFrame:
    """The least and the greatest value of each indicator, with the family and element that cause them."""
    rows = []
    for name, group in table.dropna(subset=["value"]).groupby("indicator", sort=True):
        told = records(group)
        least, most = min(told, key=lambda row: float(row["value"])), max(told, key=lambda row: float(row["value"]))
        rows.append({
            "indicator": name, "base": least["base"], "least": least["value"], "least_by": f"{least['family']}: {least['element']}",
            "most": most["value"], "most_by": f"{most['family']}: {most['element']}",
        })  # fmt: skip
    return DataFrame(rows, columns=["indicator", "base", "least", "least_by", "most", "most_by"])


def variations(
    situation: Situation, reading: Reading, without: Mapping[str, Situation], core: Sequence[str]
) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Every change with the values that it gives."""
    for document, other in without.items():
        yield "document", document, stated_values(other, reading)
    yield from companies_outside(situation, reading)
    changes: list[tuple[str, str, Reading]] = [("threshold", f"{line:.0f}", replace(reading, threshold=line)) for line in THRESHOLDS]
    changes += [("policy", policy, replace(reading, policy=policy)) for policy in POLICIES if policy not in ("weighted", reading.policy)]
    changes += [("basis", basis, replace(reading, basis=basis)) for basis in BASES if basis != reading.basis]
    changes += [("over", f"{reach:g}", replace(reading, over=reach, bound="high")) for reach in REACHES]
    changes += [("noncash", noncash, replace(reading, noncash=noncash)) for noncash in NONCASH if noncash != reading.noncash]
    changes += [("subsets", "added", replace(reading, subsets=True)), ("fill", "half of the largest", replace(reading, fill=True))]
    if core:
        changes.append(("core", "; ".join(core), replace(reading, core=tuple(core))))
    if reading.core:
        changes.append(("core", "all firms", replace(reading, core=())))
    for family, element, changed in changes:
        yield family, element, stated_values(situation, changed)


def stated_values(situation: Situation, reading: Reading) -> dict[str, float]:
    """omega, kappa, kappa_FP, phi, mu, H_o and the ends of epsilon at the bound of a reading; NaN where there is nothing to share."""
    money = money_of(situation, reading)
    ways = find_ways(money.network, money.arcs[0])
    total = float(money.total[0]) or np.nan
    capacities = money.arcs[0, ways.arcs]
    least, most = end_demand(money)
    return {
        "omega": float(followed_share(money)[0]),
        "kappa": (ways.circulation(money.network).solve(capacities) if len(ways.arcs) else 0.0) / total,
        "kappa_FP": ways.packing(mixed=True).solve(capacities) / total,
        "phi": float(cycling_index(money, returns(money).probability)[0]),
        "mu": float(counting_multiple(money)[0]),
        "H_o": float(origin_concentration(money)[0]) if np.isfinite(total) else np.nan,
        "epsilon_low": float(least[0]),
        "epsilon_high": float(most[0]),
    }


def companies_outside(situation: Situation, reading: Reading) -> Iterator[tuple[str, str, dict[str, float]]]:
    """kappa, kappa_FP and phi without the circuits of each firm, over the same totals."""
    money = money_of(situation, reading)
    ways = find_ways(money.network, money.arcs[0])
    total = float(money.total[0]) or np.nan
    through = money.through[0]
    for at, firm in enumerate(money.network.firms):
        touching = (money.network.payers == at) | (money.network.payees == at)
        capacities = np.where(touching, 0.0, money.arcs[0])[ways.arcs]
        mixing = money.mixing[0].copy()
        mixing[at], mixing[:, at] = 0.0, 0.0
        yield "company", firm, {
            "kappa": (ways.circulation(money.network).solve(capacities) if len(ways.arcs) else 0.0) / total,
            "kappa_FP": ways.packing(mixed=True).solve(capacities) / total,
            "phi": float(through @ return_probabilities(mixing) / through.sum()) if through.sum() else np.nan,
        }  # fmt: skip


def money_of(situation: Situation, reading: Reading) -> Money:
    """The stated money of a situation, one case."""
    counted = counted_deals(situation.deals, reading)
    network = make_network(counted, situation.boundaries.get(reading.basis))
    return Money(network, amounts_at(counted, reading) @ network.parts)
