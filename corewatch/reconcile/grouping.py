"""Things that belong together, from a test on pairs."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def components(things: Sequence[T], same: Callable[[T, T], bool]) -> list[tuple[T, ...]]:
    """The groups in which each thing is the same as at least one other, in the order of their first things."""
    owner = list(range(len(things)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for j in range(len(things)):
        for i in range(j):
            if find(i) != find(j) and same(things[i], things[j]):
                low, high = sorted((find(i), find(j)))
                owner[high] = low
    groups: dict[int, list[T]] = {}
    for i, thing in enumerate(things):
        groups.setdefault(find(i), []).append(thing)
    return [tuple(group) for group in groups.values()]
