"""All tables of a few invented documents, joined as the program joins them."""

from collections.abc import Sequence

from told import Telling, tell

from corewatch.pipeline import join_documents
from corewatch.tables import Tables, empty


def read(*documents: tuple[str, str | None, Sequence[Telling]]) -> Tables:
    """The tables of documents that are given as to `tell`."""
    papers, deal_mentions, metric_mentions = tell(*documents)
    mentions = {"deal_mentions": deal_mentions, "metric_mentions": metric_mentions}
    mentions |= {name: empty(name) for name in ("figures", "relations", "statements")}
    return join_documents(papers, mentions, empty("rejected"), empty("corrections"))
