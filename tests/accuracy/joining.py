"""How well mentions are joined into deals, against the pairs that a reader joined.

    python tests/accuracy/joining.py [CORPUS ...]

The mentions are those of the annotated articles, so that only the joining is measured, not the reading. `pairs/seeds_dev.csv` and
`pairs/worlds.csv` give each annotated deal (`corpus`, `doc_id`, `deal`: its place in the annotation) a `cluster`; a sum has none. Two
mentions of one corpus with one cluster are a pair that belongs together; precision, recall and F1 are over such pairs.

The corpora are the seeds, `dev`, and the 14 worlds of `pairs/worlds.jsonl`: a few deals each, told by several outlets that contradict
each other. The rules were written with seeds, dev and the worlds `READ` in view; the others were only scored.
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
PAIRS = HERE / "pairs"
READ = ("seeds", "dev", *(f"g{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 10, 11)))
SEEDS = HERE.parents[1] / "seeds"
TOLD = ("kind", "payer", "payee", "low", "high", "currency", "per", "term_years", "through", "status")
Pair = tuple[str, str]
Row = dict[str, Any]


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


def read_corpora() -> dict[str, Corpus]:
    """All corpora by name."""
    folders = {"seeds": (HERE / "gold" / "seeds", SEEDS), "dev": (HERE / "gold" / "dev", HERE / "gold" / "dev")}
    told: dict[str, list[Row]] = {
        name: [
            {
                **json.loads(path.read_text(encoding="utf-8")),
                "doc_id": path.stem,
                "text": (texts / f"{path.stem}.txt").read_text(encoding="utf-8"),
            }
            for path in sorted(gold.glob("*.json"))
        ]
        for name, (gold, texts) in folders.items()
    }
    for line in (PAIRS / "worlds.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told.setdefault(row["corpus"], []).append(row)
    judged: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in ("seeds_dev.csv", "worlds.csv"):
        with (PAIRS / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["cluster"]:
                    judged[row["corpus"]][mention_id(row["doc_id"], int(row["deal"]))] = row["cluster"]
    return {name: corpus_of(rows, judged[name]) for name, rows in told.items()}


def corpus_of(told: list[Row], clusters: dict[str, str]) -> Corpus:
    """Annotated articles as tables."""
    documents = [
        {
            "doc_id": row["doc_id"],
            "path": f"{row['doc_id']}.txt",
            "published": date_stated(row["text"]),
            "sha256": sha256(row["text"].encode()).hexdigest(),
            "text": row["text"],
            "n_chars": len(row["text"]),
            "n_words": len(row["text"].split()),
        }
        for row in told
    ]
    mentions = [mention for row in told for mention in mentions_of(row["doc_id"], row["text"], row)]
    return Corpus(frame("documents", documents), frame("deal_mentions", mentions), clusters)


def mentions_of(doc_id: str, text: str, annotated: Row) -> list[Row]:
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


def pooled(corpora: dict[str, Corpus]) -> dict[str, float]:
    """The score over all pairs of some corpora."""
    right = {(f"{name}/{one}", other) for name, corpus in corpora.items() for one, other in corpus.pairs}
    found = {(f"{name}/{one}", other) for name, corpus in corpora.items() for one, other in corpus.joined()}
    return score(right, found)


def main(names: list[str]) -> None:
    """Print the score of each corpus, the misses of those named, and how often each rule is right."""
    corpora = read_corpora()
    for name, corpus in corpora.items():
        pairs, joined = corpus.pairs, corpus.joined()
        print(name, rounded(score(pairs, joined)), f"{len(pairs)} pairs, {len(joined)} joined")
        if name in names:
            said = {row["mention_id"]: row for row in records(corpus.mentions)}
            for sign, one, other in sorted([("-", *pair) for pair in pairs - joined] + [("+", *pair) for pair in joined - pairs]):
                print(sign, *(line(said[mention]) for mention in (one, other)), sep="\n    ")
    worlds = {name: corpus for name, corpus in corpora.items() if name not in ("seeds", "dev")}
    print("worlds read", rounded(pooled({name: corpus for name, corpus in worlds.items() if name in READ})))
    print("worlds unread", rounded(pooled({name: corpus for name, corpus in worlds.items() if name not in READ})))
    for rule, (good, made) in right_by_rule([corpus for name, corpus in corpora.items() if name in READ]).items():
        print(f"{rule:20} {good} of {made}, {(good + 1) / (made + 2):.2f}")


def rounded(scores: dict[str, float]) -> dict[str, float]:
    """Scores to three digits."""
    return {name: round(value, 3) for name, value in scores.items()}


def line(row: Row) -> str:
    """A mention in a line."""
    cells = (row[name] for name in ("mention_id", "kind", "payer", "payee", "low", "high", "term_years", "status"))
    return " · ".join(map(str, cells)) + f" · {row['evidence'][:140]!r}"


if __name__ == "__main__":
    main(sys.argv[1:])
