"""Small tables of invented companies for the tests of views: written as sentences with what they state, then reconciled as ever."""

import hashlib
from itertools import pairwise
from typing import Any

from corewatch.pipeline import join_documents
from corewatch.tables import Tables, empty, frame

Row = tuple[str, dict[str, Any]]
Passage = tuple[Any, ...]


def deal(payer: str | None, payee: str | None, low: float | None = None, high: float | None = None, **known: Any) -> Row:
    """A deal that a sentence states; an amount without `high=None` is exact. `figure` are its words in the sentence."""
    given = {"kind": "compute", "status": "signed", "currency": "USD" if low is not None or high is not None else None, **known}
    return "deal_mentions", {"payer": payer, "payee": payee, "low": low, "high": high, **given}


def metric(company: str, name: str, low: float | None, high: float | None = None, **known: Any) -> Row:
    """A measure that a sentence states."""
    units = {"revenue_growth": "%", "revenue_share": "%", "gpus": "count", "employees": "count", "power": "MW"}
    return "metric_mentions", {
        "company": company, "metric": name, "low": low, "high": high, "unit": units.get(name, "USD"), "basis": "actual", **known,
    }  # fmt: skip


def tie(source: str, relation: str, target: str) -> Row:
    """A standing tie that a sentence states."""
    return "relations", {"source": source, "relation": relation, "target": target}


def quote(words: str, speaker: str | None = None, stance: str | None = None, **known: Any) -> Row:
    """Words in a sentence that somebody is credited with."""
    return "statements", {"quote": words, "speaker": speaker, "stance": stance, "verbatim": True, **known}


def tables_of(articles: dict[str, list[Passage]], known: dict[str, dict[str, Any]] | None = None) -> Tables:
    """Tables of articles, each a list of a sentence and what it states."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("documents", "figures", "deal_mentions", "metric_mentions", "relations", "statements")
    }
    for doc_id, passages in articles.items():
        text = "\n".join(passage[0] for passage in passages)
        rows["documents"].append({
            "doc_id": doc_id, "path": f"{doc_id}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text,
            "n_chars": len(text), "n_words": len(text.split()), **(known or {}).get(doc_id, {}),
        })  # fmt: skip
        at = 0
        for sentence, *stated in passages:
            for number, (name, row) in enumerate(stated):
                add(rows, name, doc_id, sentence, at, number, dict(row))
            at += len(sentence) + 1
    mentions = {name: frame(name, found) for name, found in rows.items() if name != "documents"}
    return join_documents(frame("documents", rows["documents"]), mentions, empty("rejected"), empty("corrections"))


def add(rows: dict[str, list[dict[str, Any]]], name: str, doc_id: str, sentence: str, at: int, number: int, row: dict[str, Any]) -> None:
    """One row with its place, its words and its figure."""
    key = {"relations": "relation_id", "statements": "statement_id"}.get(name, "mention_id")
    start, end = at, at + len(sentence)
    if name == "statements":
        start = at + sentence.index(row["quote"])
        end = start + len(row["quote"])
    figure = row.pop("figure", None)
    if figure:
        place = at + sentence.index(figure)
        row["figure_id"] = f"{doc_id}:f{place}"
        if row["figure_id"] not in {one["figure_id"] for one in rows["figures"]}:
            unit = row.get("currency") or row.get("unit")
            rows["figures"].append({
                "figure_id": row["figure_id"], "doc_id": doc_id, "start": place, "end": place + len(figure), "text": figure,
                "kind": "money", "low": row["low"], "high": row["high"], "unit": unit, "approx": False,
            })  # fmt: skip
    words = {} if name == "statements" else {"evidence": sentence}
    rows[name].append(
        {**row, **words, key: f"{doc_id}:{name[0]}{at}.{number}", "doc_id": doc_id, "start": start, "end": end, "confidence": 0.9}
    )


# Two corpora in which every fact stands in two articles, so that no single one carries a verdict.
YEAR = {"published": "2031-03-01"}


def pays(payer: str, payee: str, billions: float, kind: str = "compute") -> Passage:
    """A payment that is made within the year."""
    figure = f"${billions:g} billion"
    term = 1.0 if kind == "compute" else None
    row = deal(payer, payee, billions * 1e9, billions * 1e9, kind=kind, figure=figure, status="closed", term_years=term)
    return f"{payer} pays {payee} {figure} within the year.", row


def sells(firm: str, billions: float) -> Passage:
    """The revenue of a firm in the year."""
    figure = f"${billions:g} billion"
    return f"{firm} sold for {figure} in 2031.", metric(firm, "revenue", billions * 1e9, billions * 1e9, period="2031", figure=figure)


def told_twice(passages: list[Passage]) -> Tables:
    """Tables of two articles that say the same in another order."""
    return tables_of({"one": passages, "two": list(reversed(passages))}, {"one": YEAR, "two": YEAR})


def closed_corpus() -> Tables:
    """Money that goes round, with the outside known: Tarnfell funds Quillon, which buys from Marrow, which buys from Tarnfell."""
    deals = [pays("Tarnfell", "Quillon", 10, "equity"), pays("Quillon", "Marrow", 9), pays("Marrow", "Tarnfell", 8)]
    return told_twice([*deals, sells("Tarnfell", 10), sells("Marrow", 10), sells("Quillon", 1)])


def open_corpus() -> Tables:
    """Money that runs through: each firm passes on what it gets, and the last one is silent."""
    firms = ["Ashby", "Bell", "Corran", "Dunmore", "Elland"]
    return told_twice([pays(payer, payee, 10) for payer, payee in pairwise(firms)])
