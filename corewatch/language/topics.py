"""What a passage is about: the company that a sentence leaves unsaid, or calls "the company".

In: a text's sentences and the companies in it. Out: for every sentence a company's name, or null.
An article mostly has one company throughout, and then that is it. Where a paragraph opens with another one and keeps to it, it is the
paragraph's; a line of its own above a paragraph ("Acme Cloud") gives the paragraphs under it theirs.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from corewatch.language.article import Company, Sentence

# Of all names in an article, the share from which on its main company is what every paragraph is about unless it says otherwise.
ONE_COMPANY = 0.3
SECTION_HEAD = 60
EARLY = 4


class Mention(Protocol):
    """A place where a text names or means a company."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def name(self) -> str:
        """The canonical name."""


def weigh(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> str | None:
    """The company that a document is about: named most, and early, above all in its headlines."""
    weight: Counter[str] = Counter()
    early = sentences[min(len(sentences), EARLY) - 1].end if sentences else 0
    headlines = [(s.start, s.end) for s in sentences if s.role == "headline"]
    at = 0
    for mention in mentions:
        while at < len(headlines) and headlines[at][1] <= mention.start:
            at += 1
        in_headline = at < len(headlines) and headlines[at][0] <= mention.start
        weight[mention.name] += 1 + (mention.start < early) + 2 * in_headline
    return max(weight, key=lambda name: weight[name]) if weight else None


def find_topics(sentences: Sequence[Sentence], companies: Sequence[Company], main: str | None) -> list[str | None]:
    """The company that each sentence is about, in the order of the sentences."""
    named = [company for company in companies if company.by_name]
    total = Counter(company.name for company in named)
    steady = main is not None and total[main] >= ONE_COMPANY * sum(total.values())
    topics: list[str | None] = []
    section: str | None = None
    previous: str | None = main
    for group in _paragraphs(sentences):
        start, end = group[0].start, group[-1].end
        inside = [c for c in companies if start <= c.start < end]
        counts = Counter(c.name for c in inside)
        first = next((c.name for c in inside if c.by_name), None)
        if len(group) == 1 and group[0].role == "headline" and end - start < SECTION_HEAD and group[0].paragraph > 0:
            section = first if len(counts) == 1 else None
        topic = _topic(inside, counts, first, main, section, previous, steady)
        topics += [topic] * len(group)
        previous = topic
    return topics


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and groups[-1][-1].paragraph == sentence.paragraph:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _topic(
    inside: Sequence[Company],
    counts: Counter[str],
    first: str | None,
    main: str | None,
    section: str | None,
    previous: str | None,
    steady: bool,
) -> str | None:
    if section is not None:
        return section
    if not inside:
        return main if steady else previous
    if main in counts and steady:
        return main
    if first is not None and counts[first] >= 2 and 2 * counts[first] >= len(inside):
        return first
    if steady:
        return main
    best = max(counts, key=lambda name: (counts[name], name == first, name))
    return best if counts[best] >= 2 else first or previous
