"""Where documents disagree, and where a document disagrees with arithmetic.

In: the reconciled tables with their mentions. Out: the table `conflicts`, material ones first, each explained in a sentence.
`values`, `doc_ids` and `mention_ids` are parallel lists: the first value is what the first document says in the first mention.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pandas import DataFrame

from corewatch.contract import CONFLICT_FIELDS, SEVERITIES
from corewatch.reconcile.arithmetic import (
    growth_against_levels,
    parts_against_totals,
    price_times_shares,
    rates_against_totals,
    shares_of_one_whole,
)
from corewatch.reconcile.denials import denied_withdrawals
from corewatch.reconcile.disagreements import Disagreement, Row, deal_disagreements, metric_disagreement
from corewatch.reconcile.revisions import aside, is_revised
from corewatch.reconcile.slugs import number_clashes
from corewatch.reconcile.successions import contested_successions
from corewatch.tables import frame, records


def find_conflicts(
    documents: DataFrame,
    deals: DataFrame,
    deal_mentions: DataFrame,
    metrics: DataFrame,
    metric_mentions: DataFrame,
    statements: DataFrame | None = None,
    figures: DataFrame | None = None,
) -> DataFrame:
    """The table `conflicts`.

    With `statements`, denials are found too, and `mention_ids` then holds the id of a statement; with `figures`, offerings and takeovers
    are checked against their shares.
    """
    published = {row["doc_id"]: row["published"] for row in records(documents[["doc_id", "published"]])}
    of_deal = by_key(deal_mentions, "deal_id", published)
    of_metric = by_key(metric_mentions, "metric_id", published)
    found: list[dict[str, Any]] = []
    for deal in records(deals):
        differing = deal_disagreements(deal, of_deal[deal["deal_id"]])
        found.extend(conflict("deals", deal["deal_id"], disagreement) for disagreement in differing)
    for metric in records(metrics):
        one = metric_disagreement(metric, of_metric[metric["metric_id"]])
        if one is not None:
            found.append(conflict("metrics", metric["metric_id"], one))
    of_levels = growth_against_levels(records(metrics), of_metric)
    of_shares = shares_of_one_whole(records(metrics), of_metric)
    found += [conflict("metrics", key, disagreement) for key, disagreement in (*of_levels, *of_shares)]
    of_parts = parts_against_totals(records(deals), of_deal, records(deal_mentions))
    of_rates = rates_against_totals(records(deals), of_deal)
    told = [] if figures is None else records(figures[figures["unit"] == "share"])
    of_prices = price_times_shares(records(deals), of_deal, records(metric_mentions), told)
    found += [conflict("deals", key, disagreement) for key, disagreement in (*of_parts, *of_rates, *of_prices)]
    for key, disagreement in contested_successions(records(deals), of_deal):
        found.append(conflict("deals", key, disagreement) | {"conflict_id": f"{key}:succession"})
    if statements is not None:
        texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
        for key, disagreement in denied_withdrawals(records(deals), of_deal, records(statements), texts):
            found.append(conflict("deals", key, disagreement) | {"conflict_id": f"{key}:denied"})
    found.sort(key=lambda row: (SEVERITIES.index(row["severity"]), row["table"], row["key"], CONFLICT_FIELDS.index(row["field"])))
    return frame("conflicts", number_clashes(found, "conflict_id"))


def by_key(mentions: DataFrame, key: str, published: dict[str, str | None]) -> defaultdict[str, list[Row]]:
    """The mentions of each reconciled row, with the date of their document."""
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in records(mentions):
        told = {"aside": aside(row), "revised": is_revised(row)} if key == "deal_id" else {}
        grouped[row[key]].append({**row, **told, "published": published.get(row["doc_id"])})
    return grouped


def conflict(table: str, key: str, disagreement: Disagreement) -> dict[str, Any]:
    """A row of the table."""
    return {
        "conflict_id": f"{key}:{disagreement.field}",
        "table": table,
        "key": key,
        "field": disagreement.field,
        "values": join(value for value, _ in disagreement.sides),
        "doc_ids": join(row["doc_id"] for _, row in disagreement.sides),
        "mention_ids": join(row["mention_id"] for _, row in disagreement.sides),
        "severity": disagreement.severity,
        "explanation": f"{said(disagreement)} {disagreement.reading}",
    }


def said(disagreement: Disagreement) -> str:
    """Who says what: `Document a says signed: “X has agreed ...”; document b says planned: “X plans ...”.`"""
    sides: dict[str, list[Row]] = {}
    for value, row in disagreement.sides:
        sides.setdefault(value, []).append(row)
    parts = []
    for value, rows in sides.items():
        who = " and ".join(dict.fromkeys(str(row["doc_id"]) for row in rows))
        parts.append(f"{who} {'say' if ' and ' in who else 'says'} {value}: “{' '.join(str(rows[0]['evidence']).split())}”")
    return "; ".join(parts) + "."


def join(values: Iterable[str]) -> str:
    """Several things in one cell."""
    return "; ".join(values)
