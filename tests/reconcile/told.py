"""Documents and mentions from a few words each, for tests of how documents are joined."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from pandas import DataFrame

from corewatch.tables import frame

Telling = tuple[str, Sequence[dict[str, Any]]]


def deal(
    kind: str, payer: str | None, payee: str | None, billions: float | None = None, words: str | None = None, **more: Any
) -> dict[str, Any]:
    """A deal mention: exactly so many billion dollars, unless `low` and `high` say otherwise; `words` is its figure in the sentence."""
    bound = None if billions is None else billions * 1e9
    row = {"kind": kind, "payer": payer, "payee": payee, "low": bound, "high": bound, "status": "signed", "words": words, "confidence": 0.9}
    return row | {"currency": None if bound is None and not {"low", "high"} & set(more) else "USD"} | more


def metric(company: str, name: str, value: float | None, unit: str = "USD", **more: Any) -> dict[str, Any]:
    """A metric mention: exactly this value, unless `low` and `high` say otherwise."""
    return {"company": company, "metric": name, "low": value, "high": value, "unit": unit, "basis": "actual", "confidence": 0.9} | more


def tell(*documents: tuple[str, str | None, Sequence[Telling]]) -> tuple[DataFrame, DataFrame, DataFrame]:
    """Documents given as id, date and sentences with what each states; out come documents, deal mentions and metric mentions."""
    papers: list[dict[str, Any]] = []
    deals: list[dict[str, Any]] = []
    metrics: list[dict[str, Any]] = []
    for doc_id, published, sentences in documents:
        text = " ".join(sentence for sentence, _ in sentences)
        digest = sha256(text.encode()).hexdigest()
        papers.append(
            {
                "doc_id": doc_id,
                "path": f"{doc_id}.txt",
                "sha256": digest,
                "published": published,
                "text": text,
                "n_chars": len(text),
                "n_words": 1,
            }
        )
        at = 0
        for sentence, rows in sentences:
            for nth, row in enumerate(rows, start=1):
                letter = "m" if "metric" in row else "d"
                place = {
                    "doc_id": doc_id,
                    "start": at,
                    "end": at + len(sentence),
                    "evidence": sentence,
                    "mention_id": f"{doc_id}:{letter}{at}.{nth}",
                }
                words = row.get("words")
                figure = f"{doc_id}:f{at + sentence.index(words)}" if words else None
                told = {key: cell for key, cell in row.items() if key != "words"} | place | {"figure_id": figure}
                (metrics if letter == "m" else deals).append(told)
            at += len(sentence) + 1
    return frame("documents", papers), frame("deal_mentions", deals), frame("metric_mentions", metrics)
