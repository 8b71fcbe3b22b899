"""The tables as a report reads them: rows found by their keys, documents by their names, and what is said of each.

In: `Tables`. Out: rows as named tuples, looked up once; nothing is judged here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from corewatch.report.wording import labels, opening, period_words, present
from corewatch.tables import Tables

# Where a sentence ends: at its mark with what closes it, or at the end of a line.
SENTENCE_END = re.compile(r"([.!?]?[”\"’')]*)(?:(?<=[.!?”\"])\s+(?=[A-Z“\"‘])|\s*\n+\s*)")
MOST_AROUND = 500


class Reading:
    """Fast ways into the tables of one report."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.documents: list[Any] = rows(tables.documents)
        self.by_id = {row.doc_id: row for row in self.documents}
        self.order = {row.doc_id: place for place, row in enumerate(self.documents)}
        self.labels = labels([row.doc_id for row in self.documents])
        self.figures = {row.figure_id: row for row in rows(tables.figures)}
        self.deals: list[Any] = rows(tables.deals)
        self.metrics: list[Any] = rows(tables.metrics)
        # A conflict may set a statement against mentions: somebody denies what an article says.
        self.statements = {row.statement_id: row for row in rows(tables.statements)}
        self.mention = {row.mention_id: row for frame in (tables.deal_mentions, tables.metric_mentions) for row in rows(frame)}
        self.of_deal = grouped(rows(tables.deal_mentions), "deal_id")
        self.of_metric = grouped(rows(tables.metric_mentions), "metric_id")
        self.conflicts: list[Any] = rows(tables.conflicts)

    def __len__(self) -> int:
        return len(self.documents)

    def text(self, doc_id: str) -> str:
        """The whole text of a document."""
        return str(self.by_id[doc_id].text)

    def label(self, doc_id: str) -> str:
        """What a document is called in a table."""
        return self.labels.get(doc_id, doc_id)

    def title(self, doc_id: str) -> str:
        """A document's title, else its opening words."""
        row = self.by_id[doc_id]
        return present(row.title) or opening(row.text)

    def byline(self, doc_id: str, credit: str | None = None) -> str:
        """Who says it: `Article 004, outlet not stated; credits The Information`."""
        row = self.by_id[doc_id]
        said = [present(row.publisher) or "outlet not stated"]
        if present(row.published):
            said.append(period_words(row.published))
        return f"Article {self.label(doc_id)}, {', '.join(said)}" + (f"; credits {credit}" if credit else "")

    def credit(self, mention: Any) -> str | None:
        """Whom the text credits for a mention."""
        credited = present(getattr(mention, "asserted_by", None))
        if credited is None and hasattr(mention, "quote"):
            parts = [present(mention.speaker), present(mention.affiliation)]
            credited = ", ".join(part for part in parts if part) or None
        return str(credited) if credited else None

    def around(self, mention: Any) -> tuple[int, int]:
        """The sentence that a quotation stands in, so that a few quoted words are understood."""
        text = self.text(mention.doc_id)
        before = [found.end() for found in SENTENCE_END.finditer(text, max(0, mention.start - MOST_AROUND), mention.start + 1)]
        after = SENTENCE_END.search(text, mention.end)
        # A sentence that begins too far off is cut to the quotation itself.
        start = before[-1] if before else 0 if mention.start <= MOST_AROUND else mention.start
        end = (
            after.start() + len(after[1])
            if after and after.start() - mention.end < MOST_AROUND
            else len(text)
            if not after
            else mention.end
        )
        return int(start), int(end)

    def figure_span(self, mention: Any) -> tuple[int, int] | None:
        """Where the figure stands that a mention rests on."""
        figure = self.figures.get(present(getattr(mention, "figure_id", None)) or "")
        return (int(figure.start), int(figure.end)) if figure is not None else None

    def lead(self, row: Any) -> Any:
        """The mention that a deal or metric takes its value from."""
        found = self.mention.get(row.mention_id)
        return found if found is not None else self.mentions(row)[0]

    def mentions(self, row: Any) -> list[Any]:
        """All mentions of a deal or metric, the leading one first, then in the order of the documents."""
        found = self.of_deal.get(row.deal_id, []) if hasattr(row, "deal_id") else self.of_metric.get(row.metric_id, [])
        return sorted(found, key=lambda one: (one.mention_id != row.mention_id, self.order.get(one.doc_id, 0), one.start))

    def doc_ids(self, mentions: Iterable[Any]) -> list[str]:
        """The documents of mentions, each once, in the order given."""
        return list(dict.fromkeys(one.doc_id for one in mentions))

    def conflicts_of(self, key: str, *, material: bool = True) -> list[Any]:
        """The conflicts of a deal or metric; without `material`, rounding too."""
        return [row for row in self.conflicts if row.key == key and (not material or row.severity == "material")]


def rows(frame: pd.DataFrame) -> list[Any]:
    """A table's rows as named tuples, unknown cells None."""
    return list(frame.astype("object").where(frame.notna(), None).itertuples(index=False, name="Row"))


def grouped(found: Sequence[Any], key: str) -> dict[str, list[Any]]:
    """Rows by the value of a column; rows without one are left out."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        value = present(getattr(row, key))
        if value is not None:
            groups[value].append(row)
    return dict(groups)
