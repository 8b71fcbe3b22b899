"""The tables as a report reads them: rows found by their keys, documents by their names, and what is said of each.

In: `Tables`. Out: rows as named tuples, looked up once; nothing is judged here.
"""

import copy
import re
from collections import defaultdict, namedtuple
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import escape

from corewatch.report.links import article_page, company_pages, deal_pages, passage_link
from corewatch.report.wording import ABOUT, approximate_word, labels, names_of, opening, period_words, present
from corewatch.tables import Tables, plain_cells

# Where a sentence ends: at its mark with what closes it, or at the end of a line.
SENTENCE_END = re.compile(r"([.!?]?[”\"’')]*)(?:(?:(?<=[.!?])|(?<=[.!?][”\"’')]))\s+(?=[A-Z“\"‘])|\s*\n+\s*)")
MOST_AROUND = 500
# How far before a figure a word may stand that says how exact it is.
MOST_BEFORE = 40


class Reading:
    """Fast ways into the tables of one report.

    `root` leads from its page to the top of the site; `here` is the deal or company whose page it is, which is not linked there.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.root = ""
        self.here = ""
        self.documents: list[Any] = rows(tables.documents)
        self.by_id = {row.doc_id: row for row in self.documents}
        self.order = {row.doc_id: place for place, row in enumerate(self.documents)}
        self.labels = labels([row.doc_id for row in self.documents])
        self.figures = {row.figure_id: row for row in rows(tables.figures)}
        self.deals: list[Any] = rows_said(tables, "deals")
        self.metrics: list[Any] = rows_said(tables, "metrics")
        # A conflict may set a statement against mentions: somebody denies what an article says.
        self.statements = {row.statement_id: row for row in rows(tables.statements)}
        said = {name: rows_said(tables, name) for name in ("deal_mentions", "metric_mentions")}
        self.mention = {row.mention_id: row for found in said.values() for row in found}
        self.of_deal = grouped(said["deal_mentions"], "deal_id")
        self.of_metric = grouped(said["metric_mentions"], "metric_id")
        self.conflicts: list[Any] = rows(tables.conflicts)
        self.conflicts_by_key = grouped(self.conflicts, "key")
        self.deal = {row.deal_id: row for row in self.deals}

    def __len__(self) -> int:
        return len(self.documents)

    def below(self, root: str = "../") -> "Reading":
        """The same for pages in a folder below the top of the site; nothing is read again."""
        found = copy.copy(self)
        found.root = root
        # Looked up once for all copies.
        found.__dict__ |= {"deal_files": self.deal_files, "company_files": self.company_files, "company_words": self.company_words}
        return found

    def at(self, here: str) -> "Reading":
        """The same for the page of a deal, by its id, or of a company, by its name."""
        found = copy.copy(self)
        found.here = here
        return found

    @cached_property
    def deal_files(self) -> dict[str, str]:
        """The file of each deal's page."""
        return deal_pages(self.deal)

    @cached_property
    def company_files(self) -> dict[str, str]:
        """The file of each company's page: whoever is a party, is measured, or has a tie."""
        tables = self.tables
        parties = [tables[name][side] for name in ("deals", "deal_mentions") for side in ("payer", "payee")]
        others = [tables.metrics["company"], tables.metrics["counterpart"], tables.relations["source"], tables.relations["target"]]
        return company_pages(name for column in (*parties, *others) for party in column.dropna().unique() for name in names_of(party))

    @cached_property
    def company_words(self) -> dict[str, list[tuple[str, str]]]:
        """The companies that have a page by the first word of their names: each as markup has it, and its name; long ones first."""
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in self.company_files:
            written = str(escape(name))
            if first := re.match(r"\w+", written):
                found[first.group()].append((written, name))
        return {word: sorted(pairs, key=lambda pair: (-len(pair[0]), pair)) for word, pairs in found.items()}

    def article_href(self, doc_id: str) -> str:
        """The address of an article's page."""
        return self.root + quote(article_page(doc_id))

    def passage(self, doc_id: str, start: int) -> str:
        """The address of the passage that starts at `start`."""
        return self.root + passage_link(doc_id, start)

    def deal_href(self, deal_id: str) -> str:
        """The address of a deal's page."""
        return self.root + quote(self.deal_files[deal_id])

    def company_href(self, name: str) -> str | None:
        """The address of a company's page; None for a name that has none."""
        file = self.company_files.get(name)
        return None if file is None else self.root + quote(file)

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

    def row_of(self, key: str) -> Any:
        """The mention or statement with an id, or None."""
        found = self.mention.get(key)
        return found if found is not None else self.statements.get(key)

    def mentions(self, row: Any) -> list[Any]:
        """All mentions of a deal or metric, the leading one first, then in the order of the documents."""
        found = self.of_deal.get(row.deal_id, []) if hasattr(row, "deal_id") else self.of_metric.get(row.metric_id, [])
        return sorted(found, key=lambda one: (one.mention_id != row.mention_id, self.order.get(one.doc_id, 0), one.start))

    def doc_ids(self, mentions: Iterable[Any]) -> list[str]:
        """The documents of mentions, each once, in the order given."""
        return list(dict.fromkeys(one.doc_id for one in mentions))

    def conflicts_of(self, key: str, *, material: bool = True) -> list[Any]:
        """The conflicts of a deal or metric; without `material`, rounding too."""
        return [row for row in self.conflicts_by_key.get(key, ()) if not material or row.severity == "material"]


def rows(frame: pd.DataFrame) -> list[Any]:
    """A table's rows as named tuples, unknown cells None."""
    return [*map(row_of(tuple(frame.columns))._make, zip(*(plain_cells(column) for _, column in frame.items()), strict=True))]


@cache
def row_of(columns: tuple[str, ...]) -> Any:
    """The named tuple of a table's row."""
    return namedtuple("Row", columns)


def rows_said(tables: Tables, name: str) -> list[Any]:
    """A table's rows; those of amounts know how their source says that an amount is not exact, in `approx_word`."""
    frame: pd.DataFrame = tables[name]
    if "approx" not in frame or "mention_id" not in frame:
        return rows(frame)
    said = approximate_words(tables) if frame["approx"].any() else {}
    return rows(frame.assign(approx_word=[said.get(mention_id, ABOUT) for mention_id in frame["mention_id"]]))


def approximate_words(tables: Tables) -> dict[str, str]:
    """How the sources say that amounts are not exact, by mention: the words before the figure, or those that it begins with."""
    starts = {row.figure_id: (int(row.start), str(row.text)) for row in rows(tables.figures)}
    texts = {row.doc_id: str(row.text) for row in rows(tables.documents)}
    said: dict[str, str] = {}
    for frame in (tables.deal_mentions, tables.metric_mentions):
        for row in rows(frame[frame["approx"].fillna(False).astype(bool)]):
            start, figure = starts.get(row.figure_id, (0, ""))
            ahead = re.match(r"[^\d$€£¥]*", figure)
            before = texts.get(row.doc_id, "")[max(int(row.start), start - MOST_BEFORE, 0) : start] + (ahead[0] if ahead else "")
            said[row.mention_id] = approximate_word(before)
    return said


def grouped(found: Sequence[Any], key: str) -> dict[str, list[Any]]:
    """Rows by the value of a column; rows without one are left out."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        value = present(getattr(row, key))
        if value is not None:
            groups[value].append(row)
    return dict(groups)
