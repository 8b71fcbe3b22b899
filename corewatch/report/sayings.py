"""Who says what, for the pages that quote: a sentence that several articles credit to the same speaker is quoted once.

In: rows of `statements`. Out: quotations with who says it and every article that has it, for the templates `quotes` and `neither`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.contradictions import article_link, unique, words_of
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words, listed_markup
from corewatch.report.reading import Reading

MOST_QUOTES = 12
MOST_ARTICLES = 4


@dataclass(frozen=True)
class Quotations:
    """The first quotations of some statements, and what their heading adds where they are not all."""

    quotes: list[dict[str, Words]]
    more: str

    def __bool__(self) -> bool:
        return bool(self.quotes)


def quotations(reading: Reading, register: Evidence, found: Sequence[Any]) -> Quotations:
    """At most `MOST_QUOTES` quotations of the rows of `statements` given, in their order; what stands in quotation marks is bold."""
    groups: dict[tuple[str, str, str, bool], list[Any]] = {}
    for row in found:
        groups.setdefault((plain(row.quote), row.speaker or "", row.affiliation or "", bool(row.verbatim)), []).append(row)
    chosen = list(groups.values())[:MOST_QUOTES]
    more = f", {MOST_QUOTES} of {len(groups)}" if len(groups) > MOST_QUOTES else ""
    return Quotations([quotation(reading, register, rows) for rows in chosen], more)


def plain(words: str) -> str:
    """Words without what differs when two articles print the same quotation: spaces, the form of quotation marks, the last mark."""
    return re.sub(r"\s+", " ", words).translate(str.maketrans("’‘“”", "''\"\"")).strip(" .,;:!?\"'")


def quotation(reading: Reading, register: Evidence, said: Sequence[Any]) -> dict[str, Words]:
    """A statement in its sentence, with who says it and the articles that have it."""
    first, *others = unique(said)
    reported = "" if first.verbatim else ", reported"
    by = Markup("{}{}, {}").format(who(first), reported, article_link(reading, first, "article "))
    if others:
        by += Markup("; so {}").format(listed_markup([article_link(reading, one, "") for one in others], MOST_ARTICLES))
    return {"words": words_of(reading, register, first), "by": by}


def who(row: Any) -> str:
    """Who says it: `Jane Poe, Acme`, `Acme, no speaker named`."""
    if row.speaker and row.affiliation:
        return f"{row.speaker}, {row.affiliation}"
    return str(row.speaker or (f"{row.affiliation}, no speaker named" if row.affiliation else "no speaker named"))
