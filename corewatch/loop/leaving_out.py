"""Tables in, the same tables without one document out: reconciled again from the mentions, as if it had never been read."""

from collections import Counter
from collections.abc import Iterable, Iterator

from corewatch.loop.flows import build_flows
from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import Tables, records


def without_document(tables: Tables, doc_id: str) -> Tables:
    """The tables as they are without a document."""
    kept = {
        name: tables[name][tables[name]["doc_id"] != doc_id].reset_index(drop=True)
        for name in ("documents", "figures", "deal_mentions", "metric_mentions", "relations", "statements")
    }
    deals, deal_mentions = reconcile_deals(kept["deal_mentions"], kept["documents"])
    metrics, metric_mentions = reconcile_metrics(kept["metric_mentions"], kept["documents"])
    conflicts = find_conflicts(kept["documents"], deals, deal_mentions, metrics, metric_mentions)
    flows = build_flows(deals, kept["documents"], deal_mentions)
    return tables.replace(
        **kept | {"deals": deals, "deal_mentions": deal_mentions, "metrics": metrics, "metric_mentions": metric_mentions},
        conflicts=conflicts, flows=flows,
    )  # fmt: skip


def each_left_out(tables: Tables, documents: Iterable[str]) -> Iterator[tuple[str, Tables]]:
    """Each of the documents, with the tables without it."""
    for doc_id in documents:
        yield doc_id, without_document(tables, doc_id)


def stating(tables: Tables) -> list[str]:
    """The documents that state a deal, a metric or a tie: first those by which most money hangs, each deal's shared among who tells it."""
    found = set(tables.deal_mentions["doc_id"]) | set(tables.metric_mentions["doc_id"]) | set(tables.relations["doc_id"])
    tellers = [set(tables.deal_mentions["doc_id"][tables.deal_mentions["deal_id"] == row["deal_id"]]) for row in records(tables.deals)]
    hangs: Counter[str] = Counter()
    for row, who in zip(records(tables.deals), tellers, strict=True):
        bounds = [bound for bound in (row["low"], row["high"]) if bound is not None]
        if bounds and row["currency"] == "USD":
            for doc_id in who:
                hangs[doc_id] += max(bounds) / len(who)
    return sorted(found, key=lambda doc_id: (-hangs[doc_id], doc_id))
