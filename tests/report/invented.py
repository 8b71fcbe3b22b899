"""Documents and tables of our own invention for the tests of pages and runs, made without reading anything."""

import hashlib
from typing import Any

from corewatch.contract import CONTRACT
from corewatch.tables import Tables, frame

# Two articles of companies that do not exist; the second is hostile.
HARBOUR = """Tarnfell to rent Ostrava halls from Quillon

Tarnfell agreed to pay Quillon $3.4 billion over six years for computing in Ostrava.  "We pay our own way," said Ada Renk of Tarnfell.
Revenue of Quillon tripled to over $800 million in 2031.

Follow us
"""
HOSTILE = """<script>alert("headline")</script> & more
Brackwater <img src=x onerror=alert(1)> borrowed "&euro;5 million" from Loam & Sons.
"""


def span_of(text: str, words: str) -> dict[str, int]:
    """Where words stand in a text, once."""
    assert text.count(words) == 1, words
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def document(doc_id: str, text: str, **known: Any) -> dict[str, object]:
    """A row of `documents`."""
    return {
        "doc_id": doc_id, "path": f"{doc_id}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text,
        "n_chars": len(text), "n_words": len(text.split()), **known,
    }  # fmt: skip


def invented_tables(doc_id: str = "harbour", hostile_id: str = "2031/may/<b>hostile") -> Tables:
    """Tables of the two articles: two deals, a measure, a tie and a statement, one row put right by an analyst."""
    deal = "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing in Ostrava."
    revenue = "Revenue of Quillon tripled to over $800 million in 2031."
    loan = HOSTILE.splitlines()[1]
    records: dict[str, list[dict[str, object]]] = {name: [] for name in CONTRACT}
    records["documents"] = [
        document(doc_id, HARBOUR, title="Tarnfell to rent Ostrava halls from Quillon", published="2031-05-14", publisher="The Tidewater"),
        document(
            hostile_id, HOSTILE, title='<script>alert("title")</script>', publisher="<i>Nobody</i>", url="https://nowhere.invalid/<a>"
        ),
    ]
    f1, f2, f3 = (f"{doc_id}:f{HARBOUR.index(words)}" for words in ("$3.4 billion", "$800 million", "six years"))
    records["figures"] = [
        {"figure_id": f1, "doc_id": doc_id, **span_of(HARBOUR, "$3.4 billion"), "text": "$3.4 billion", "kind": "money",
         "low": 3.4e9, "high": 3.4e9, "unit": "USD"},
        {"figure_id": f2, "doc_id": doc_id, **span_of(HARBOUR, "$800 million"), "text": "$800 million", "kind": "money",
         "low": 8e8, "unit": "USD"},
        {"figure_id": f3, "doc_id": doc_id, **span_of(HARBOUR, "six years"), "text": "six years", "kind": "duration",
         "low": 6.0, "high": 6.0, "unit": "year"},
    ]  # fmt: skip
    records["deal_mentions"] = [
        {"mention_id": "d1", "doc_id": doc_id, **span_of(HARBOUR, deal), "evidence": deal, "kind": "compute", "payer": "Tarnfell",
         "payee": "Quillon", "low": 3.4e9, "high": 3.4e9, "currency": "USD", "term_years": 6.0, "status": "signed", "figure_id": f1,
         "confidence": 0.9, "deal_id": "deal-1"},
        {"mention_id": "d2", "doc_id": hostile_id, **span_of(HOSTILE, loan), "evidence": loan, "kind": "debt",
         "payer": "Loam & Sons", "payee": "<b>Brackwater</b>", "status": "closed", "confidence": 0.8, "corrected": "the lender is named",
         "deal_id": "deal-2"},
    ]  # fmt: skip
    records["deals"] = [
        {"deal_id": "deal-1", "kind": "compute", "payer": "Tarnfell", "payee": "Quillon", "low": 3.4e9, "high": 3.4e9, "currency": "USD",
         "term_years": 6.0, "status": "signed", "n_documents": 1, "n_sources": 1, "n_mentions": 1,
         "join_confidence": 1.0, "agreed": True, "mention_id": "d1"},
        {"deal_id": "deal-2", "kind": "debt", "payer": "Loam & Sons", "payee": "<b>Brackwater</b>", "status": "closed",
         "n_documents": 1, "n_sources": 1, "n_mentions": 1,
         "join_confidence": 1.0, "agreed": True, "mention_id": "d2"},
    ]  # fmt: skip
    metric = {"company": "Quillon", "metric": "revenue", "period": "2031", "low": 8e8, "unit": "USD", "basis": "actual"}
    records["metric_mentions"] = [
        {"mention_id": "m1", "doc_id": doc_id, **span_of(HARBOUR, revenue), "evidence": revenue, **metric, "figure_id": f2,
         "confidence": 0.9, "metric_id": "metric-1"},
    ]  # fmt: skip
    records["metrics"] = [
        {"metric_id": "metric-1", **metric, "n_documents": 1, "n_sources": 1, "n_mentions": 1, "agreed": True, "mention_id": "m1"}
    ]
    records["relations"] = [
        {"relation_id": "r1", "doc_id": doc_id, **span_of(HARBOUR, deal), "evidence": deal, "source": "Tarnfell",
         "relation": "customer_of", "target": "Quillon", "confidence": 0.7},
    ]  # fmt: skip
    quote = "We pay our own way"
    records["statements"] = [
        {"statement_id": "s1", "doc_id": doc_id, **span_of(HARBOUR, quote), "quote": quote, "speaker": "Ada Renk",
         "affiliation": "Tarnfell", "verbatim": True, "stance": "disputes", "confidence": 0.9},
    ]  # fmt: skip
    return Tables(**{name: frame(name, rows) for name, rows in records.items()})
