"""The story: from files to tables, one call a stage, in the order in which the data moves."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from pandas import DataFrame, concat

from corewatch.documents.limits import Limits
from corewatch.documents.reading import read_documents
from corewatch.errors import InputError
from corewatch.language.article import Article
from corewatch.language.reading import read_article
from corewatch.lexicon.weights import calibration
from corewatch.loop.flows import build_flows
from corewatch.loop.inputs import SUFFIXES, read_flows
from corewatch.mentions.deals import find_deal_mentions
from corewatch.mentions.metrics import find_metric_mentions
from corewatch.mentions.relations import find_relations
from corewatch.mentions.statements import find_statements
from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.corrections import apply_corrections, read_corrections
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.reuse import Kept
from corewatch.spans import cut
from corewatch.tables import Tables, empty, frame, read_tables, records

MENTIONS = ("figures", "deal_mentions", "metric_mentions", "relations", "statements")
# So many documents at a time: their rows as Python objects take some megabytes, and columns are cheap to join.
BATCH = 100
Rows = dict[str, list[dict[str, Any]]]


def parse(
    inputs: str | Path | Iterable[str | Path], *, corrections: bool = True, limits: Limits | None = None, kept: Kept | None = None
) -> Tables:
    """Read articles into the tables of the contract.

    `inputs` is one or several files and folders. A `sources.csv` in a folder tells what a text does not say of itself;
    a `corrections.csv` there is applied after extraction unless `corrections` is false. `limits` says what a file may ask of the machine.
    What is in `kept` is not read again; the tables are the same with and without it.
    Raises `InputError` for a path that does not exist; what exists and cannot be read is a row of `rejected`.
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if any(isinstance(path, str) and not path.strip() for path in given):
        raise InputError("an empty path was given; give a file or a folder, or . for the folder that you are in")
    paths = [Path(path) for path in given]
    documents, rejected = read_documents(paths, limits, kept)
    mentions = mentions_of(documents, kept)
    lines = read_corrections(paths) if corrections else []
    mentions, applied = apply_corrections(mentions, documents, lines)
    return join_documents(documents, mentions, rejected, applied)


def mentions_of(documents: DataFrame, kept: Kept | None = None) -> dict[str, DataFrame]:
    """The mention tables of all documents; only one batch of them is held as Python objects at a time, the rest as columns."""
    kept = kept or Kept(None)
    parts: dict[str, list[DataFrame]] = {name: [empty(name)] for name in MENTIONS}
    for first in range(0, len(documents), BATCH):
        rows: Rows = {name: [] for name in MENTIONS}
        for document in records(documents.iloc[first : first + BATCH]):
            told = [document[name] for name in ("doc_id", "text", "title", "published")]
            for name, found in kept.get(["mentions", *told], partial(mentions_in, *told)).items():
                rows[name] += found
        for name, found in rows.items():
            parts[name].append(frame(name, found))
    return {name: concat(tables, ignore_index=True) for name, tables in parts.items()}


def mentions_in(doc_id: str, text: str, title: str | None, published: str | None) -> Rows:
    """The mentions of one document; they depend on nothing else."""
    return read_mentions(read_article(doc_id, text, title, published))


def open_tables(source: str | Path, *, corrections: bool = True) -> Tables:
    """The tables of a folder that `corewatch parse` wrote, of a folder of articles, which is parsed, or of one table `flows` in a file.

    Raises `InputError` where there is nothing to read, and `ContractError` where a table is not as it should be.
    """
    source = Path(source)
    if source.suffix in SUFFIXES and not source.is_dir():
        if not source.exists():
            raise InputError(f"{source}: no such file; give a table flows, a folder of tables or a folder of articles")
        return read_flows(source)
    if any((source / name).exists() for name in ("corewatch.duckdb", "flows.parquet", "flows.csv")):
        return read_tables(source)
    tables = parse(source, corrections=corrections)
    if tables.documents.empty:
        raise InputError(f"{source}: no table flows is there and no article; give a folder of tables, of articles, or a file with flows")
    return tables


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


def join_documents(documents: DataFrame, mentions: dict[str, DataFrame], rejected: DataFrame, applied: DataFrame) -> Tables:
    """Everything that is judged across documents, from what each of them states."""
    deals, deal_mentions = reconcile_deals(mentions["deal_mentions"], documents)
    metrics, metric_mentions = reconcile_metrics(mentions["metric_mentions"], documents)
    conflicts = find_conflicts(documents, deals, deal_mentions, metrics, metric_mentions, mentions["statements"], mentions["figures"])
    deals, metrics = agreed(deals, "deals", "deal_id", conflicts), agreed(metrics, "metrics", "metric_id", conflicts)
    return Tables(
        documents=documents,
        figures=mentions["figures"],
        deal_mentions=deal_mentions,
        deals=deals,
        metric_mentions=metric_mentions,
        metrics=metrics,
        relations=mentions["relations"],
        statements=mentions["statements"],
        conflicts=conflicts,
        flows=build_flows(deals, documents, deal_mentions),
        rejected=rejected,
        corrections=applied,
    )


def agreed(rows: DataFrame, table: str, key: str, conflicts: DataFrame) -> DataFrame:
    """The reconciled rows with `agreed` false for each that has a material conflict, be it with a document or with arithmetic."""
    contested = conflicts.loc[(conflicts["table"] == table) & (conflicts["severity"] == "material"), "key"]
    return rows.assign(agreed=rows["agreed"] & ~rows[key].isin(contested))


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
