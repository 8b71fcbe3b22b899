"""What one article states, as rows of the mention tables; they depend on nothing but the article.

In: an article. Out: rows of `figures`, `deal_mentions`, `metric_mentions`, `relations` and `statements`, each with its exact words.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from corewatch.language.article import Article
from corewatch.language.reading import read_article
from corewatch.lexicon.weights import calibration
from corewatch.mentions.deals import find_deal_mentions
from corewatch.mentions.metrics import find_metric_mentions
from corewatch.mentions.relations import find_relations
from corewatch.mentions.statements import find_statements
from corewatch.spans import cut

Rows = dict[str, list[dict[str, Any]]]


def mentions_in(doc_id: str, text: str, title: str | None, published: str | None) -> Rows:
    """The mentions of one document; they depend on nothing else."""
    return read_mentions(read_article(doc_id, text, title, published))


def read_mentions(article: Article) -> Rows:
    """What one article states, as rows of the mention tables, relations and statements; each row knows its exact words."""
    metrics = find_metric_mentions(article)
    deals = find_deal_mentions(article, metrics)
    relations = find_relations(article, deals, metrics)
    statements = find_statements(article)
    return {
        "figures": rows_of(article, article.figures, "figure_id", "f", "text"),
        "deal_mentions": rows_of(article, deals, "mention_id", "d", "evidence"),
        "metric_mentions": calibrated("metric_mentions", rows_of(article, metrics, "mention_id", "m", "evidence")),
        "relations": calibrated("relations", rows_of(article, relations, "relation_id", "r", "evidence")),
        "statements": calibrated("statements", rows_of(article, statements, "statement_id", "s", "quote")),
    }


def calibrated(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a table with the confidence of the rules turned into how often such a row is right (Platt scaling)."""
    slope, offset = calibration(table)
    for row in rows:
        sure = min(max(row["confidence"], 0.01), 0.99)
        row["confidence"] = round(1 / (1 + math.exp(-slope * math.log(sure / (1 - sure)) - offset)), 3)
    return rows


def rows_of(article: Article, found: Sequence[Any], key: str, letter: str, words: str) -> list[dict[str, Any]]:
    """Records with their document, their words, and an id from where they stand: `doc:d120`, then `doc:d120.2` for a second one there.

    Ids are stable: they do not depend on other documents.
    """
    seen: Counter[int] = Counter()
    rows = []
    for record in found:
        # Not `asdict`, which copies each value for the case that it is a container.
        row = {each.name: getattr(record, each.name) for each in fields(record)}
        seen[record.start] += 1
        nth = f".{seen[record.start]}" if seen[record.start] > 1 else ""
        row[key] = f"{article.doc_id}:{letter}{record.start}{nth}"
        row["doc_id"] = article.doc_id
        row[words] = cut(article.text, record)
        if "figure_start" in row:
            at = row.pop("figure_start")
            row["figure_id"] = None if at is None else f"{article.doc_id}:f{at}"
        rows.append({name: value for name, value in row.items() if not name.startswith("outer_")})
    return rows
