"""The terms of a sentence: numbers, words and signs with their places, the ground on which the figure grammar works.

In: a text and a sentence's place. Out: `Terms`, three parallel lists (starts, ends, words in lower case) with helpers to step over them.
"""

from typing import TypeVar

from corewatch.lexicon.quantities import Phrases
from corewatch.lexicon.terms import split_terms

V = TypeVar("V")
HYPHENS = frozenset("-‐‑–")
DASHES = frozenset("-‐‑–—−")


class Terms:
    """The terms of one sentence; an index past the end reads as an empty word."""

    __slots__ = ("_titled", "ends", "length", "low", "raw", "starts", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        spans = [span for span in split_terms(text, start, end) if text[span[0]] != "*"]  # stars are emphasis, as in "**$4 billion**"
        self.text = text
        self.starts = [span[0] for span in spans]
        self.ends = [span[1] for span in spans]
        self.raw = [text[a:b] for a, b in spans]
        if text.find("’", start, end) >= 0:
            self.raw = [word.replace("’", "'") for word in self.raw]
        self.low = [word.lower() for word in self.raw]
        self.length = len(spans)
        self._titled: bool | None = None

    @property
    def titled(self) -> bool:
        """Whether the sentence capitalises its words as a headline does, and has no full stop."""
        if self._titled is None:
            words = [raw for raw in self.raw if raw[0].isalpha() and len(raw) > 3]
            capitals = sum(word[0].isupper() for word in words)
            self._titled = len(words) >= 2 and capitals >= 0.7 * len(words) and self.raw[-1] not in ".!?"
        return self._titled

    def word(self, at: int) -> str:
        """The term in lower case, or an empty word outside of the sentence."""
        return self.low[at] if 0 <= at < self.length else ""

    def written(self, at: int) -> str:
        """The term as written, or an empty word outside of the sentence."""
        return self.raw[at] if 0 <= at < self.length else ""

    def glued(self, at: int) -> bool:
        """Whether a term touches the one before it."""
        return 0 < at < self.length and self.starts[at] == self.ends[at - 1]

    def is_digits(self, at: int) -> bool:
        """Whether a term is a number in digits."""
        return 0 <= at < self.length and "0" <= self.raw[at][0] <= "9"

    def is_capital(self, at: int) -> bool:
        """Whether a term begins with a capital."""
        return 0 <= at < self.length and self.raw[at][0].isupper()

    def hyphen(self, at: int) -> int:
        """The index after a hyphen that touches both its neighbours, else `at`."""
        if self.word(at) in HYPHENS and self.glued(at) and self.glued(at + 1):
            return at + 1
        return at

    def longest(self, at: int, table: Phrases[V], *, as_written: bool = False) -> tuple[V, int] | None:
        """The longest phrase of a table that begins at a term, and the index after it."""
        if not 0 <= at < self.length:
            return None
        words = self.raw if as_written else self.low
        for size in table.starts.get(words[at], ()):
            found = table.get(tuple(words[at : at + size]))
            if found is not None and at + size <= self.length:
                return found, at + size
        return None

    def longest_before(self, end: int, table: Phrases[V], *, as_written: bool = False) -> tuple[V, int] | None:
        """The longest phrase of a table that ends before a term, and the index where it begins."""
        if not 0 < end <= self.length:
            return None
        words = self.raw if as_written else self.low
        for size in table.ends.get(words[end - 1], ()):
            found = table.get(tuple(words[end - size : end])) if size <= end else None
            if found is not None:
                return found, end - size
        return None
