"""What the documents say, one after the other: the article, its words, and what they were read as.

In: rows of mention tables in the order of the documents. Out: a list for a page; each sentence stands once, and its numbers lead to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from corewatch.report.contradictions import words_of
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words
from corewatch.report.naming import row_words
from corewatch.report.reading import Reading
from corewatch.report.rendering import render
from corewatch.report.wording import amount_of, period_words, present, said, start_upper


@dataclass
class Told:
    """A passage with its words and what is said of it; `first` where it is the first of its article."""

    doc_id: str
    href: str
    article: str
    by: str
    words: Markup
    lines: list[Words] = field(default_factory=list)
    first: bool = True


def history(
    reading: Reading,
    register: Evidence,
    found: Iterable[tuple[str, Any]],
    *,
    most: int,
    more: Callable[[Any], Sequence[Words]] = lambda _: (),
) -> tuple[Markup, int]:
    """The passages of rows (table, row) in the order of the documents, and how many were left out beyond `most`.

    `more` gives further lines of a row, below what it was read as.
    """

    def place(one: tuple[str, Any]) -> tuple[str, int, int]:
        table, row = one
        span = reading.around(row) if table == "statements" else (int(row.start), int(row.end))
        return row.doc_id, *span

    ordered = sorted(((place(one), one) for one in found), key=lambda one: (reading.order[one[0][0]], *one[0][1:]))
    groups = [(key, [one for _, one in several]) for key, several in groupby(ordered, key=lambda one: one[0])]
    shown: list[Told] = []
    for (doc_id, _, _), several in groups[:most]:
        # A quotation in a sentence that says more is marked in it.
        lead = next((one for one in several if one[0] != "statements"), several[0])
        first = not shown or shown[-1].doc_id != doc_id
        words = words_of(reading, register, lead[1]) if lead[0] == "statements" else register.quote(lead[1])
        told = Told(doc_id, reading.passage(doc_id, int(lead[1].start)), reading.label(doc_id), by(reading, doc_id), words, first=first)
        for table, row in several:
            line = row_words(reading, table, row, linked(register, row))
            told.lines += [one for one in (line, *more(row)) if one not in told.lines]
        shown.append(told)
    return render("history.html.j2", shown=shown), max(0, len(groups) - most)


def linked(register: Evidence, row: Any) -> Words:
    """What a row states, as a link to its words; empty for rows that state no amount."""
    if not hasattr(row, "low"):
        return ""
    amount = amount_of(row)
    return register.link(row, said(amount)) if amount.known else said(amount)


def by(reading: Reading, doc_id: str) -> str:
    """The outlet and date of an article, as far as they are known."""
    row = reading.by_id[doc_id]
    parts = [present(row.publisher), period_words(row.published) if present(row.published) else None]
    return start_upper(", ".join(part for part in parts if part) or "outlet and date not stated")
