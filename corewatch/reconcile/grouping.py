"""Things that belong together, from a test on pairs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def components(things: Sequence[T], same: Callable[[T, T], bool], keys: Callable[[T], Iterable[Hashable]]) -> list[tuple[T, ...]]:
    """The groups in which each thing is the same as at least one other, in the order of their first things.

    Only things that share a key are compared.
    """
    pairs = sorted({(i, j) for j, others in enumerate(sharing(things, keys)) for i in others if i < j})
    return joined(things, [(i, j) for i, j in pairs if same(things[i], things[j])])


def satellites(things: Sequence[T], joins: Callable[[T, T], bool], keys: Callable[[T], Iterable[Hashable]]) -> list[tuple[T, ...]]:
    """The things grouped with the one other thing that each may join; a thing that may join several stays alone."""
    near = sharing(things, keys)
    goals = [[j for j in near[i] if j != i and joins(things[i], things[j])] for i in range(len(things))]
    return joined(things, [(i, goal[0]) for i, goal in enumerate(goals) if len(goal) == 1])


def sharing(things: Sequence[T], keys: Callable[[T], Iterable[Hashable]]) -> list[list[int]]:
    """For each thing the places of those that share a key with it, itself among them."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, thing in enumerate(things):
        for key in keys(thing):
            holders[key].append(i)
    return [sorted({j for key in keys(thing) for j in holders[key]}) for thing in things]


def joined(things: Sequence[T], links: Iterable[tuple[int, int]]) -> list[tuple[T, ...]]:
    """The things grouped by links between their places."""
    owner = list(range(len(things)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, j in links:
        low, high = sorted((find(i), find(j)))
        owner[high] = low
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for i, thing in enumerate(things):
        groups[find(i)].append(thing)
    return [tuple(group) for group in groups.values()]
