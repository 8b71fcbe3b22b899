"""Deal mentions in, deals out: each a group of mentions with the links that hold it together.

The rules are those of `corewatch.reconcile.same_deals`; here is in which order they are asked. A link joins two mentions and names its
rule, so that an analyst can follow why a mention is part of a deal, step by step, and how sure each step is.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TypeVar

import networkx as nx
from networkx.utils import UnionFind

from corewatch.lexicon.joins import joins
from corewatch.reconcile.mention import Group, Mention, place
from corewatch.reconcile.same_deals import (
    ONLY_FACTOR,
    all_differ,
    companies,
    converts,
    differ,
    differ_in_kind,
    either_party,
    either_way,
    is_aside_of,
    is_part_of,
    is_stage_of,
    lacks_a_party,
    lacks_only_a_party,
    names_another,
    one_budget,
    only_goal,
    parties_of,
    remembers,
    replaces,
    same_deal,
    same_parties,
    same_untold,
    sums_of,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """Why a mention is part of its deal: the mention it was joined to, the rule, and how sure the whole way to the deal's amount is."""

    joined_to: str
    joined_by: str
    join_confidence: float


class Joining:
    """Mentions, and the links between them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = {m.id: m for m in mentions}
        self.links: nx.Graph[str] = nx.Graph()
        self.links.add_nodes_from(self.mentions)
        self.parts = UnionFind(self.mentions)

    def join(self, rule: str, one: Group, other: Group) -> None:
        """Link two groups by a rule; it is told of the first mention of each."""
        if self.parts[one[0].id] != self.parts[other[0].id]:
            self.links.add_edge(one[0].id, other[0].id, rule=rule)
            self.parts.union(one[0].id, other[0].id)

    def groups(self) -> list[Group]:
        """The mentions that hang together, in the order of their places."""
        found = [tuple(sorted((self.mentions[name] for name in part), key=place)) for part in nx.connected_components(self.links)]
        return sorted(found, key=lambda group: place(group[0]))

    def steps(self, root: str) -> dict[str, Step]:
        """For each other mention of the deal of the mention with the id `root`, the way there."""
        found: dict[str, Step] = {}
        sure = {root: 1.0}
        for to, name in nx.bfs_edges(self.links, root):
            rule = self.links.edges[to, name]["rule"]
            sure[name] = round(sure[to] * joins()[rule].confidence, 3)
            found[name] = Step(to, rule, sure[name])
        return found


def join_mentions(mentions: Sequence[Mention]) -> Joining:
    """The mentions of each deal, linked."""
    known = [m for m in mentions if m.amount.known]
    joining = Joining(known)
    join_alike(joining, known)
    for rule, joined in (
        ("aside", is_aside_of),
        ("part_elsewhere", is_part_of),
        ("outdated_elsewhere", remembers),
        ("replacing", replaces),
        ("earlier_stage", is_stage_of),
        ("one_budget", one_budget),
    ):
        join_only_goals(joining, rule, joined, parties_of)
    join_only_goals(joining, "converted", converts, parties_of)
    join_contested(joining)
    told = {(m.doc_id, "payer", m.payee, m.kind, name) for m in known if m.payer for name in m.payer.split("; ")}
    told |= {(m.doc_id, "payee", m.payer, m.kind, name) for m in known if m.payee for name in m.payee.split("; ")}
    join_only_goals(joining, "contested_payer", partial(names_another, "payer", told=told), sums_of)
    join_only_goals(joining, "contested_payee", partial(names_another, "payee", told=told), sums_of)
    join_only_goals(joining, "missing_party", lacks_only_a_party, either_party)
    join_only_goals(joining, "missing_party", lacks_a_party, either_party)
    join_unknown(joining, [m for m in mentions if not m.amount.known])
    return joining


def join_alike(joining: Joining, known: Sequence[Mention]) -> None:
    """Join mentions with amounts pair by pair: first what one document or the very same amount joins, then roundings, the closest first.

    What a document tells apart, no rounding and no other kind in another one can join: whoever tells of $3.1 billion "on top of"
    $3 billion, or of $1 billion for shares and $1 billion for computing, settles that these are two.
    """
    certain, roundings = [], []
    for one, other in telling_pairs(known):
        rule = same_deal(one, other)
        if rule is None:
            continue
        doubt = 1 - joins()[rule].confidence
        exact = rule == "same_amount" and one.amount == other.amount
        if rule in ("same_amount", "other_kind") and not exact:
            low, high = sorted((abs(one.total.point), abs(other.total.point)))
            roundings.append((doubt, high / low if low else 1.0, one.id, other.id, rule))
        else:
            certain.append((doubt, one.id, other.id, rule))
    for _, one_id, other_id, rule in sorted(certain):
        joining.join(rule, (joining.mentions[one_id],), (joining.mentions[other_id],))
    members = {m.id: group for group in joining.groups() for m in group}
    for _, _, one_id, other_id, rule in sorted(roundings):
        ours, theirs = members[one_id], members[other_id]
        if ours is not theirs and not told_apart(ours, theirs):
            joining.join(rule, (joining.mentions[one_id],), (joining.mentions[other_id],))
            both = (*ours, *theirs)
            members.update((m.id, both) for m in both)


def telling_pairs(known: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """The pairs of mentions from which all others follow, so that a thousand papers with one deal take a thousand pairs and not a million.

    They are all pairs within a document, and of different documents, where place and order say nothing, one pair for each two statements:
    what says the same is one deal, and the first to say it stands for the others.
    """
    saying: defaultdict[Hashable, list[Mention]] = defaultdict(list)
    for mention in known:
        saying[statement(mention)].append(mention)
    for mentions in of_documents(known).values():
        yield from sharing(mentions, either_way)
    for first, *others in saying.values():
        yield from ((first, other) for other in others if other.doc_id != first.doc_id)
    for one, other in sharing(list(saying.values()), lambda mentions: either_way(mentions[0])):
        if apart := next(((m, n) for m in one for n in other if m.doc_id != n.doc_id), None):
            earlier, later = sorted(apart, key=place)
            yield earlier, later


def statement(mention: Mention) -> Hashable:
    """All of a mention that `same_deal` asks of two in different documents."""
    return mention.key, mention.amount, mention.term_years, mention.withdrawn, mention.aside


def told_apart(one: Group, other: Group) -> bool:
    """Whether a document has mentions in both of two groups, and none in one that it could mean by one in the other."""
    ours, theirs = of_documents(one), of_documents(other)
    return any(not any(same_deal(m, n) for m in ours[name] for n in theirs[name]) for name in ours.keys() & theirs.keys())


def of_documents(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by their documents."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.doc_id].append(mention)
    return found


def sharing(things: Sequence[T], keys: Callable[[T], Iterable[Hashable]]) -> Iterator[tuple[T, T]]:
    """The pairs of things that share a key, in their order."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, thing in enumerate(things):
        for key in dict.fromkeys(keys(thing)):
            holders[key].append(i)
    pairs = sorted({pair for places in holders.values() for pair in combinations(places, 2)})
    return ((things[i], things[j]) for i, j in pairs)


def join_only_goals(
    joining: Joining, rule: str, joined: Callable[[Group, Group], bool], keys: Callable[[Group], Iterable[Hashable]]
) -> None:
    """Join each group to the one other group that it may belong to; a group that may belong to several stays alone."""
    goals: defaultdict[Group, list[Group]] = defaultdict(list)
    for one, other in sharing(joining.groups(), keys):
        for a, b in ((one, other), (other, one)):
            if joined(a, b):
                goals[a].append(b)
    for group, found in goals.items():
        if len(found) == 1:
            joining.join(rule, found[0], group)


def join_contested(joining: Joining) -> None:
    """Join groups that may state one deal with different amounts, where all of them may (judgement 7)."""
    candidates: nx.Graph[Group] = nx.Graph()
    candidates.add_edges_from(pair for pair in sharing(joining.groups(), parties_of) if differ(*pair))
    for part in list(nx.connected_components(candidates)):
        groups = sorted(part, key=lambda group: place(group[0]))
        if all_differ(groups):
            for other in groups[1:]:
                joining.join("contested_amount", groups[0], other)
    of_key: defaultdict[tuple[str | None, str | None, str], list[Group]] = defaultdict(list)
    for group in joining.groups():
        of_key[group[0].key].append(group)
    for found in of_key.values():
        if len(found) == 2 and differ(found[0], found[1], ONLY_FACTOR):
            joining.join("contested_amount", found[0], found[1])
    join_only_goals(joining, "contested_kind", differ_in_kind, parties_of)


def join_unknown(joining: Joining, unknown: Sequence[Mention]) -> None:
    """Mentions without an amount, each joined to a deal of its parties and kind or made one of their own (judgement 10)."""
    holders: defaultdict[tuple[str, str | None], list[Group]] = defaultdict(list)
    for group in joining.groups():
        for key in dict.fromkeys(parties_of(group)):
            holders[key].append(group)
    left: defaultdict[tuple[str | None, str | None, str], list[Mention]] = defaultdict(list)
    for mention in unknown:
        joining.mentions[mention.id] = mention
        joining.links.add_node(mention.id)
        near = {group[0].id: group for key in companies(mention.payer, mention.payee) for group in holders[key]}
        of_kind = [group for group in near.values() if mention.kind in {m.kind for m in group} and same_parties(mention, group[0])]
        goal = only_goal(mention, of_kind)
        if goal is None:
            left[mention.key].append(mention)
        else:
            joining.join("without_amount", goal, (mention,))
    for alone in left.values():
        for nth, mention in enumerate(alone):
            found = next((one for one in alone[:nth] if same_untold(one, mention)), None)
            if found is not None:
                joining.join("same_parties", (found,), (mention,))
