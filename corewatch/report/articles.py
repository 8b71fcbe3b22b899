"""A page for each document: its text as received, every passage that was read marked in it, and beside it what was read.

In: tables, and which reports rest on which passage. Out: file names and whole pages. A link from a report lands on the mark of its
passage (`#c<start>`); passages that no report uses are shown and said to be unused.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from corewatch.report.fragments import Words
from corewatch.report.links import article_page
from corewatch.report.naming import row_words
from corewatch.report.passages import mark_text, number_passages
from corewatch.report.reading import Reading, grouped, rows_said
from corewatch.report.rendering import render
from corewatch.report.shell import LABELS, NOTHING, Site, whole_page
from corewatch.report.usage import Use
from corewatch.report.wording import amount_of, period_words, present, said
from corewatch.spans import Span

# Tables whose rows rest on a passage, with what one row and several are called.
READ = {
    "deal_mentions": ("Deal", "deal", "deals"),
    "metric_mentions": ("Measure", "measure", "measures"),
    "relations": ("Tie", "tie", "ties"),
    "statements": ("Statement", "statement", "statements"),
}
Uses = Mapping[tuple[str, int], Sequence[Use]]


@dataclass
class Line:
    """One row as it is said beside its passage."""

    kind: str
    text: Words
    corrected: str | None = None


@dataclass
class Note:
    """What stands beside a passage: its rows, and links to the reports that use it and to the pages of deals and companies that do."""

    number: int
    lines: list[Line]
    uses: list[dict[str, str]]
    pages: list[dict[str, str]]


@dataclass
class Found:
    """What rests on a document: its spans, and the lines to say of each start."""

    spans: list[Span] = field(default_factory=list)
    lines: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, span: Span, line: Line) -> None:
        """One more row."""
        self.spans.append(span)
        if line not in self.lines[span.start]:
            self.lines[span.start].append(line)


def article_pages(
    reading: Reading, uses: Uses, site: Site, folds: Callable[[str], Markup] = lambda _: NOTHING
) -> Iterator[tuple[str, str]]:
    """File name (below the top of the site) and HTML of every document's page, in the order of the documents.

    `folds` gives what a page ends with, by the way from it to the top of the site.
    """
    tables = reading.tables
    read = {name: grouped(rows_said(tables, name), "doc_id") for name in (*READ, "figures", "corrections")}
    linked: dict[str, set[int]] = defaultdict(set)
    for page, start in uses:
        linked[page].add(start)
    for place, document in enumerate(reading.documents):
        page = article_page(document.doc_id)
        figures = [Span(int(row.start), int(row.end)) for row in read["figures"].get(document.doc_id, [])]
        found = found_in(reading.below("../" * page.count("/")), document, read)
        add_linked(found, document.text, linked[page], figures)
        around = [reading.documents[at] if 0 <= at < len(reading) else None for at in (place - 1, place + 1)]
        yield page, article(reading, document, found, figures, uses, around, site, folds)


def said_of(row: Any) -> str:
    """The amount of a row in words, of those that have one."""
    return said(amount_of(row)) if hasattr(row, "low") else ""


def found_in(reading: Reading, document: Any, read: Mapping[str, Mapping[str, list[Any]]]) -> Found:
    """The rows of every table that rest on a document, and the rows that an analyst dropped."""
    found = Found()
    for table, (kind, _, _) in READ.items():
        for row in read[table].get(document.doc_id, []):
            found.add(Span(int(row.start), int(row.end)), Line(kind, row_words(reading, table, row, said_of(row)), present(row.corrected)))
            found.counts[table] += 1
    for row in read["corrections"].get(document.doc_id, []):
        if row.action == "drop" and row.outcome == "applied" and 0 <= row.start < row.end <= len(document.text):
            kind = READ.get(row.table, ("Row", "", ""))[0]
            reason = present(row.reason) or "no reason given"
            found.add(Span(int(row.start), int(row.end)), Line(kind, f"was read here and taken out by an analyst: {reason}"))
    return found


def add_linked(found: Found, text: str, starts: set[int], figures: list[Span]) -> None:
    """Marks for the places that a report leads to and no row rests on: words that it quotes for context."""
    known = {span.start for span in found.spans} | {figure.start for figure in figures}
    for start in sorted(starts - known):
        if start < len(text):
            end = min((at for at in (text.find(". ", start) + 1, text.find("\n", start), len(text)) if at > start), default=len(text))
            found.add(Span(start, end), Line("Context", ""))


def article(
    reading: Reading,
    document: Any,
    found: Found,
    figures: list[Span],
    uses: Uses,
    around: Sequence[Any],
    site: Site,
    folds: Callable[[str], Markup],
) -> str:
    """One document's page."""
    page = article_page(document.doc_id)
    root = "../" * page.count("/")
    passages = number_passages(found.spans)
    notes = {}
    for passage in passages:
        used = uses.get((page, passage.span.start), ())
        in_reports, on_pages = ([use for use in used if bool(use.label) is own] for own in (False, True))
        lines = found.lines[passage.span.start]
        notes[passage.number] = Note(passage.number, lines, used_in(in_reports, root), used_in(on_pages, root))
    blocks = [
        {"markup": block.markup, "heading": block.heading, "notes": [notes[number] for number in block.numbers]}
        for block in mark_text(document.text, passages, figures)
    ]
    before, after = [
        {"href": root + quote(article_page(other.doc_id)), "label": reading.label(other.doc_id)} if other else None for other in around
    ]
    name = f"Article {reading.label(document.doc_id)}"
    title = present(document.title)
    body = render(
        "article.html.j2",
        title=reading.title(document.doc_id),
        name=name if title else f"{name}, opening words; the file has no title",
        outlet=present(document.publisher) or "Outlet not stated",
        date=period_words(document.published) if present(document.published) else "Date not stated",
        words=f"{document.n_words:,} {'word' if document.n_words == 1 else 'words'}",
        url=present(document.url),
        counts=counts_of(found, len(figures)),
        blocks=blocks,
        before=before,
        after=after,
    )
    return whole_page(f"{name}: {title}" if title else name, body, here="articles/", site=site, root=root, fold=folds(root))


def counts_of(found: Found, figures: int) -> str:
    """`6 figures, 5 deals, 1 measure, 2 ties, 5 statements`."""
    numbers = [(figures, "figure", "figures"), *((found.counts[table], one, several) for table, (_, one, several) in READ.items())]
    return ", ".join(f"{number} {one if number == 1 else several}" for number, one, several in numbers)


def used_in(uses: Sequence[Use], root: str) -> list[dict[str, str]]:
    """Links to the reports and pages, each to its item of evidence."""
    labels = {"index": "Answers"} | LABELS
    return [
        {"href": f"{root}{use.href}" + (f"#{use.item}" if use.item else ""), "label": use.label or labels.get(use.report, use.report)}
        for use in uses
    ]
