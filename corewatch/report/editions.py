"""What an edition is: what it was made from and with, what readers saw before, and the line that names it.

In: tables, and what a run made and could not make. Out: values; nothing here knows a clock.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from corewatch.report.parameters import Value
from corewatch.report.wording import counted, period_words
from corewatch.tables import Tables


@dataclass(frozen=True)
class Since:
    """What readers saw before: the last edition that was published, and how this one differs.

    `changes` holds the rows of `reconcile.changes.find_changes` (last edition's tables to this one's), each as a dict of its columns;
    `answers` is what `report.answers.answers_of` gave for the last edition. Both hold only what JSON can hold.
    """

    run_id: str
    changes: Sequence[Mapping[str, Any]] = ()
    answers: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Edition:
    """What the index says of a run.

    `failed` holds one line for each report that could not be made, `earlier` the edition line of the last good page of those that have
    one, `left_out` the reports that were not asked for. `since` is null on a first edition; only `index.html` and `changes.html` depend
    on it.
    """

    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    corrections: bool = True
    failed: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    since: Since | None = None


def input_digest(documents: pd.DataFrame) -> str:
    """One digest of all documents: of their ids and contents, in order."""
    lines = "".join(f"{row.sha256}  {row.doc_id}\n" for row in documents.itertuples())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def edition_line(tables: Tables) -> str:
    """`Edition of 28 March 2025, read from five articles, input 1f0c52d99a31.`; without a clock."""
    dates = sorted(tables.documents["published"].dropna())
    what = period_words(dates[-1]) if dates else "undated documents"
    number = counted(len(tables.documents), "article")
    return f"Edition of {what}, read from {number}, input {input_digest(tables.documents)[:12]}."
