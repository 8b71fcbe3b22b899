"""Spans: half-open character offsets into a document's text.

Every record that rests on words is a span, or holds one. Offsets are born with the record and travel with it;
evidence is always cut from the text, never rebuilt.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, TypeVar


class HasSpan(Protocol):
    """Anything with a half-open range of characters."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""


T = TypeVar("T", bound="HasSpan")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to but not including `end`."""

    start: int
    end: int


def cut(text: str, span: HasSpan) -> str:
    """The words of a span: `cut("for $4 billion", Span(4, 14))` is `"$4 billion"`."""
    return text[span.start : span.end]


def overlaps(a: HasSpan, b: HasSpan) -> bool:
    """Whether two spans share at least one character."""
    return a.start < b.end and b.start < a.end


def contains(outer: HasSpan, inner: HasSpan) -> bool:
    """Whether `inner` lies wholly inside `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


class Cover:
    """What several spans cover, in any order and overlapping or not; asked in the logarithm of their number."""

    def __init__(self, spans: Iterable[HasSpan]) -> None:
        """Sort the spans by their beginnings."""
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._farthest = list(accumulate((end for _, end in ordered), max))

    def meets(self, start: int, end: int) -> bool:
        """Whether any of the spans shares a character with the stretch from `start` up to `end`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._farthest[before - 1] > start


def within(outer: HasSpan, spans: Sequence[T]) -> list[T]:
    """The spans that lie wholly inside `outer`, in their order."""
    return [span for span in spans if contains(outer, span)]
