"""What an article is about: of all companies in it, the one that it names most and first.

In: a text's sentences and the places where companies stand in it. Out: a company's name, or null.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from corewatch.language.article import Sentence

# A company in the first sentences counts twice.
EARLY = 4
# What the first company in the headlines has before the others: it mostly acts there.
LEADS = 1


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
    at, led = 0, False
    for mention in mentions:
        while at < len(headlines) and headlines[at][1] <= mention.start:
            at += 1
        in_headline = at < len(headlines) and headlines[at][0] <= mention.start
        weight[mention.name] += 1 + (mention.start < early) + 2 * in_headline
        if in_headline and not led:
            weight[mention.name] += LEADS
        led |= in_headline
    return max(weight, key=lambda name: weight[name]) if weight else None
