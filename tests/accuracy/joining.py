"""How well mentions are joined into deals, against the pairs that a reader joined.

    python tests/accuracy/joining.py [FOLDER CLUSTERS]

The mentions are those of the annotated articles, so that only the joining is measured, not the reading. `pairs/seeds_dev.csv` gives
each annotated deal (`corpus`, `doc_id`, `deal`: its place in the annotation) a `cluster`; a sum has none. Two mentions of one corpus
with one cluster are a pair that belongs together; precision, recall and F1 are over such pairs.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from pandas import DataFrame

from corewatch.documents.datelines import date_stated
from corewatch.reconcile.joining import Joining, join_mentions
from corewatch.reconcile.mention import read_mentions
from corewatch.tables import frame, records

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
TOLD = ("kind", "payer", "payee", "low", "high", "currency", "per", "term_years", "through", "status")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Corpus:
    """Documents and their annotated mentions as tables, and the cluster of each mention that has one."""

    documents: DataFrame
    mentions: DataFrame
    clusters: dict[str, str]

    @property
    def pairs(self) -> set[Pair]:
        """The pairs that belong together."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for name, cluster in self.clusters.items():
            members[cluster].append(name)
        return {pair for names in members.values() for pair in combinations(sorted(names), 2)}

    def join(self) -> Joining:
        """The mentions as the program joins them."""
        return join_mentions(read_mentions(self.mentions, self.documents))

    def joined(self) -> set[Pair]:
        """The pairs that the program joins."""
        return {pair for group in self.join().groups() for pair in combinations(sorted(m.id for m in group), 2)}


def mention_id(doc_id: str, nth: int) -> str:
    """The id of the nth annotated deal of a document."""
    return f"{doc_id}:d{nth}"


def read_corpus(gold: Path, texts: Path, clusters: Path, corpus: str) -> Corpus:
    """A folder of annotations and one of texts (`DOC.json`, `DOC.txt`), and who belongs together."""
    with clusters.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["corpus"] == corpus]
    documents, mentions = [], []
    for path in sorted(gold.glob("*.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
        documents.append(
            {
                "doc_id": path.stem,
                "path": f"{path.stem}.txt",
                "published": date_stated(text),
                "sha256": sha256(text.encode()).hexdigest(),
                "text": text,
                "n_chars": len(text),
                "n_words": len(text.split()),
            }
        )
        mentions += mentions_of(path.stem, text, annotated)
    return Corpus(
        frame("documents", documents),
        frame("deal_mentions", mentions),
        {mention_id(row["doc_id"], int(row["deal"])): row["cluster"] for row in rows if row["cluster"]},
    )


def mentions_of(doc_id: str, text: str, annotated: dict[str, Any]) -> list[dict[str, Any]]:
    """The annotated deals of a document as rows of `deal_mentions`, each at its words and with its figure where one has its bounds."""
    figures, at = [], 0
    for figure in annotated["figures"]:
        start = text.find(figure["text"], at)
        if start >= 0:
            figures.append((start, figure))
            at = start + len(figure["text"])
    found = []
    for nth, deal in enumerate(annotated["deals"]):
        start = max(text.find(deal["evidence"]), 0)
        end = start + len(deal["evidence"])
        value = deal["low"] if deal["low"] is not None else deal["high"]
        own = [
            place for place, figure in figures if start <= place < end and value in (figure["low"], figure["high"]) and value is not None
        ]
        found.append(
            {
                name: deal.get(name)
                for name in ("kind", "payer", "payee", "low", "high", "currency", "per", "term_years", "through", "status")
            }
            | {
                "mention_id": mention_id(doc_id, nth),
                "doc_id": doc_id,
                "start": start,
                "end": end,
                "evidence": text[start:end],
                "approx": deal["approx"],
                "is_total": deal.get("is_total", False),
                "figure_id": f"{doc_id}:f{own[0]}" if own else None,
                "confidence": 1.0,
            }
        )
    return found


def score(right: set[Pair], found: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs; the F1 of nothing against nothing is 1."""
    both = len(right & found)
    precision, recall = (both / len(one) if one else 1.0 for one in (found, right))
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0}


def right_by_rule(corpora: list[Corpus]) -> dict[str, tuple[int, int]]:
    """For each rule, how many of its links join mentions of one cluster, and how many links it made."""
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for corpus in corpora:
        links = corpus.join().links
        for one, other in links.edges:
            rule = links.edges[one, other]["rule"]
            made[rule] += 1
            right[rule] += corpus.clusters.get(one, one) == corpus.clusters.get(other, other)
    return {rule: (right[rule], made[rule]) for rule in sorted(made)}


def main(arguments: list[str]) -> None:
    """Print the score of each corpus, each miss, and how often each rule is right."""
    if arguments:
        folder, clusters = Path(arguments[0]), Path(arguments[1])
        named = [(path.name, path, path, clusters) for path in sorted(folder.iterdir()) if path.is_dir()]
    else:
        clusters = HERE / "pairs" / "seeds_dev.csv"
        named = [("seeds", HERE / "gold" / "seeds", SEEDS, clusters), ("dev", HERE / "gold" / "dev", HERE / "gold" / "dev", clusters)]
    corpora = {name: read_corpus(gold, texts, judged, name) for name, gold, texts, judged in named}
    right: set[Pair] = set()
    found: set[Pair] = set()
    for name, corpus in corpora.items():
        said = {row["mention_id"]: row for row in records(corpus.mentions)}
        pairs, joined = corpus.pairs, corpus.joined()
        print(name, {key: round(value, 3) for key, value in score(pairs, joined).items()}, len(pairs), len(joined))  # noqa: T201
        for sign, one, other in sorted([("-", *pair) for pair in pairs - joined] + [("+", *pair) for pair in joined - pairs]):
            print(sign, *(line(said[mention]) for mention in (one, other)), sep="\n    ")  # noqa: T201
        right |= {(f"{name}/{one}", other) for one, other in pairs}
        found |= {(f"{name}/{one}", other) for one, other in joined}
    print("all", {key: round(value, 3) for key, value in score(right, found).items()}, len(right), len(found))  # noqa: T201
    for corpus in corpora.values():
        links = corpus.join().links
        for one, other in links.edges:
            if corpus.clusters.get(one) != corpus.clusters.get(other):
                print(links.edges[one, other]["rule"], one, other)  # noqa: T201
    for rule, (good, made) in right_by_rule(list(corpora.values())).items():
        print(f"{rule:20} {good} of {made}")  # noqa: T201


def line(row: dict[str, Any]) -> str:
    """A mention in a line."""
    cells = (row[name] for name in ("mention_id", "kind", "payer", "payee", "low", "high", "term_years", "status"))
    return " · ".join(map(str, cells)) + f" · {row['evidence'][:140]!r}"


if __name__ == "__main__":
    main(sys.argv[1:])
