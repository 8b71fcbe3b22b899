"""A sentence as a row of items: figures, companies, periods, known phrases, words and signs, in the order of the text.

In: an article and one of its sentences. Out: `Item`s that cover its words once each. A figure holds its unit and the words that
bound it, so that what stands between two items is only what connects them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from corewatch.language.article import Article, Company, Figure, Period, Sentence
from corewatch.lexicon.metric_words import metric_words
from corewatch.spans import HasSpan, contains

_WORD = re.compile(r"['’]s\b|\bvs\.|\w+(?:[-.&]\w+)*|[^\w\s]")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "—"})
_NO_TAGS: frozenset[str] = frozenset()

S = TypeVar("S", bound=HasSpan)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sentence: at most one of `figure`, `company`, `period` and `person` (a full name) is there.

    `tags` are those of the metric words.
    """

    start: int
    end: int
    lower: str
    tags: frozenset[str] = _NO_TAGS
    figure: Figure | None = None
    company: Company | None = None
    period: Period | None = None
    person: str | None = None

    @property
    def figure_kind(self) -> str | None:
        """The kind of its figure, null where it is none."""
        return self.figure.kind if self.figure is not None else None

    @property
    def is_word(self) -> bool:
        """Whether it is a plain word or phrase, no figure, name, period or sign."""
        named = self.figure is not None or self.company is not None or self.period is not None or self.person is not None
        return not named and self.lower[:1].isalnum()

    def has(self, *tags: str) -> bool:
        """Whether it has any of the tags."""
        return not self.tags.isdisjoint(tags)


def figure_of(item: Item) -> Figure:
    """The figure of an item that is one; raises `ValueError` for any other."""
    if item.figure is None:
        raise ValueError(f"{item.lower!r} at {item.start} is no figure; look at figure_kind first")
    return item.figure


def inside(sentence: Sentence, spans: Sequence[S]) -> list[S]:
    """The spans that start inside a sentence; `spans` are in the order of the text."""
    first = bisect_left(spans, sentence.start, key=lambda span: span.start)
    last = bisect_left(spans, sentence.end, key=lambda span: span.start)
    return list(spans[first:last])


def read_items(article: Article, sentence: Sentence) -> list[Item]:
    """The items of one sentence. Figures go before companies, companies before periods, those before people and words."""
    fixed: list[Item] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    periods = inside(sentence, article.periods)
    for figure in inside(sentence, article.figures):
        if figure.kind == "duration" and any(contains(period, figure) for period in periods):
            continue  # "the three months ended June 30" is a period
        start, end = min(figure.start, figure.outer_start), max(figure.end, figure.outer_end)
        taken.append((start, end))
        fixed.append(Item(start, end, article.text[figure.start : figure.end].lower(), figure=figure))
    dated = {(period.start, period.end) for period in periods}
    for company in inside(sentence, article.companies):
        if free(company.start, company.end) and (company.start, company.end) not in dated:  # "July-September"
            taken.append((company.start, company.end))
            fixed.append(Item(company.start, company.end, company.text.lower(), company=company))
    for period in periods:
        if free(period.start, period.end):
            taken.append((period.start, period.end))
            fixed.append(Item(period.start, period.end, article.text[period.start : period.end].lower(), period=period))
    for person in inside(sentence, article.people):
        if free(person.start, person.end):
            taken.append((person.start, person.end))
            fixed.append(Item(person.start, person.end, article.text[person.start : person.end].lower(), person=person.name))
    fixed.sort(key=lambda item: item.start)
    items: list[Item] = []
    at = sentence.start
    for item in fixed:
        items += _words(article.text, at, item.start)
        items.append(item)
        at = max(at, item.end)
    return items + _words(article.text, at, sentence.end)


def _words(text: str, start: int, end: int) -> list[Item]:
    """The words of a stretch without figures, names and periods, known phrases joined."""
    if start >= end:
        return []
    lexicon = metric_words()
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    words = tuple(text[a:b].lower().translate(_STRAIGHT) for a, b in spans)
    items, at = [], 0
    while at < len(words):
        length, tags = 1, _NO_TAGS
        for phrase in lexicon.phrases.get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                length, tags = len(phrase), lexicon.tags[phrase]
                break
        written = words[at] if length == 1 else " ".join(words[at : at + length])
        items.append(Item(spans[at][0], spans[at + length - 1][1], written, tags=tags))
        at += length
    return items
