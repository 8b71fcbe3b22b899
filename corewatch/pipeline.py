"""The story: from files to tables, one call a stage, in the order in which the data moves."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from pandas import DataFrame, concat

from corewatch.documents.limits import Limits
from corewatch.documents.pieces import RejectedError
from corewatch.documents.reading import read_documents, without
from corewatch.errors import InputError
from corewatch.loop.flows import build_flows
from corewatch.loop.inputs import SUFFIXES, read_flows
from corewatch.mentions.confining import borrowed
from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.corrections import apply_corrections, read_corrections
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.reuse import Kept
from corewatch.tables import Tables, empty, frame, read_tables, records

MENTIONS = ("figures", "deal_mentions", "metric_mentions", "relations", "statements")
# So many documents at a time: their rows as Python objects take some megabytes, and columns are cheap to join.
BATCH = 100
Rows = dict[str, list[dict[str, Any]]]
Read = Callable[[str, str, str | None, str | None], Rows]


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
    with borrowed(limits or Limits()) as extractor:
        if kept is None:
            # All of it will be gone through: the process can load its lexicon while the files are read.
            extractor.start()
        documents, rejected = read_documents(paths, limits, kept)
        mentions, failed = mentions_of(documents, extractor.read, kept)
    documents, rejected = without(documents, rejected, failed)
    lines = read_corrections(paths) if corrections else []
    mentions, applied = apply_corrections(mentions, documents, lines)
    return join_documents(documents, mentions, rejected, applied)


def mentions_of(documents: DataFrame, read: Read, kept: Kept | None = None) -> tuple[dict[str, DataFrame], dict[str, tuple[str, str]]]:
    """The mention tables of all documents, and the reason and detail for each that could not be gone through, by its id.

    `read` gives the rows of one document. Only one batch of them is held as Python objects at a time, the rest as columns.
    """
    kept = kept or Kept(None)
    failed: dict[str, tuple[str, str]] = {}
    parts: dict[str, list[DataFrame]] = {name: [empty(name)] for name in MENTIONS}
    for first in range(0, len(documents), BATCH):
        rows: Rows = {name: [] for name in MENTIONS}
        for document in records(documents.iloc[first : first + BATCH]):
            told = [document[name] for name in ("doc_id", "text", "title", "published")]
            try:
                stated = kept.get(["mentions", *told], partial(read, *told))
            except RejectedError as error:
                failed[document["doc_id"]] = (error.reason, error.detail)
                continue
            for name, found in stated.items():
                rows[name] += found
        for name, found in rows.items():
            parts[name].append(frame(name, found))
    return {name: concat(tables, ignore_index=True) for name, tables in parts.items()}, failed


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
