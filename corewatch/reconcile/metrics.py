"""Metric mentions of all documents in, one row per company, segment, metric, counterpart and period out.

Each mention learns its `metric_id`.

The judgements made:
- What was achieved takes precedence over what was forecast, a later document over an earlier one, an exact figure over an approximate one,
  more digits over fewer: of $1.9 billion and $1.915 billion the second is used, and they agree.
- Where no period is stated, values may be of different days; the last one stated is used, and differing is no contradiction in itself.
- Values in two currencies are not compared; the US dollar is used if it is among them.

Nothing depends on the order of the input.
"""

from collections import defaultdict
from typing import Any

from pandas import DataFrame

from corewatch.reconcile.amounts import digits
from corewatch.reconcile.disagreements import amount_of, metric_disagreement
from corewatch.reconcile.slugs import number_clashes, slug
from corewatch.reconcile.sources import count_sources, sources_of
from corewatch.tables import frame, records

Row = dict[str, Any]
KEY = ("company", "segment", "metric", "counterpart", "period")


def reconcile_metrics(metric_mentions: DataFrame, documents: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The table `metrics`, sorted by id, and the mentions with their `metric_id`."""
    published = {row["doc_id"]: row["published"] for row in records(documents[["doc_id", "published"]])}
    told = records(metric_mentions)
    sources = sources_of(told, documents)
    groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(told, key=lambda row: (row["doc_id"], row["start"], row["mention_id"])):
        groups[tuple(row[part] for part in KEY)].append(
            {**row, "source": sources[row["mention_id"]], "published": published.get(row["doc_id"])}
        )
    rows = [describe(group) for group in groups.values()]
    rows = number_clashes(sorted(rows, key=lambda row: (row["metric_id"], row["mention_ids"])), "metric_id")
    metric_of = {mention: row["metric_id"] for row in rows for mention in row.pop("mention_ids")}
    made = frame("metrics", sorted(rows, key=lambda row: str(row["metric_id"])))
    rows = [{**row, "source": sources[row["mention_id"]], "metric_id": metric_of[row["mention_id"]]} for row in told]
    return made, frame("metric_mentions", rows)


def describe(group: list[Row]) -> Row:
    """The row of a metric; `mention_ids` are taken out before it becomes a table."""
    best = best_mention(group)
    row = {part: best[part] for part in (*KEY, "low", "high", "unit", "approx", "basis", "mention_id")} | {
        "metric_id": slug(best["company"], best["segment"], best["metric"].replace("_", "-"), best["counterpart"], best["period"]),
        "n_documents": len({row["doc_id"] for row in group}),
        "n_sources": count_sources((row["doc_id"], row["source"]) for row in group),
        "n_mentions": len(group),
        "corrected": "; ".join(sorted({row["corrected"] for row in group if row["corrected"]})) or None,
        "mention_ids": sorted(row["mention_id"] for row in group),
    }
    disagreement = metric_disagreement(row, group)
    return row | {"agreed": disagreement is None or disagreement.severity != "material"}


def best_mention(group: list[Row]) -> Row:
    """The mention whose value is used; of equals the last of the first document."""

    def preference(row: Row) -> tuple[object, ...]:
        amount = amount_of(row, "unit")
        precise = (amount.low is not None and amount.low == amount.high, not row["approx"], digits(amount.point))
        settled = (row["basis"] == "actual", row["published"] or "", row["unit"] == "USD")
        return settled if row["period"] is None else (*settled, *precise)

    top = max(preference(row) for row in group)
    best = [row for row in group if preference(row) == top]
    return next(row for row in reversed(best) if row["doc_id"] == best[0]["doc_id"])
