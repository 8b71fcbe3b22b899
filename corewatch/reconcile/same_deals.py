"""Deal mentions in, groups of mentions of one real-world deal out.

The judgements, in the order in which they are made:
1. A sum over several deals (`is_total`) belongs to none.
2. Two mentions with amounts are one deal if payer, payee and kind are the same and the amounts alike. A withdrawn amount is another deal
   than a bounded one that goes on: "over $10 billion" is not the $12 billion that somebody walked away from.
3. A company goes public once, and is bought by another once: all amounts of one offering, and of one takeover, are one deal.
4. One passage with two currencies, or with an amount and the one that it replaced, is of one deal.
5. Two kinds are one deal where payer, payee and amount are the same: "invests $12 billion" of a contract worth $12 billion. Shares sold
   to nobody by name for the amount of a public offering are that offering.
6. What is told as outdated, as a part or as an option joins the one deal of its parties and kind in its document; talks join the one deal
   that was signed; an amount "raised to", or told as outdated, joins the one deal of another document that has it or what it replaced.
7. Documents that each know one amount, all not far apart, for the same parties and kind, speak of one deal and disagree.
8. Documents that name different payers of one exact amount of one kind to one payee speak of one deal and disagree.
9. A mention without one of the parties joins the one deal that its amount and other party fit.
10. A mention without an amount joins the one deal of its parties and kind. One that says "withdrew" joins a withdrawn deal, else the only
   deal there is, unless its own document says that this one goes on.

Where there are two to join, nothing is joined: a deal too many is seen in the table, one that was merged away is not.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pandas import DataFrame

from corewatch.reconcile.amounts import Amount, alike, digits, near
from corewatch.reconcile.grouping import components, satellites
from corewatch.reconcile.revisions import Aside, aside, is_revised
from corewatch.tables import records

PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0}
RANK = {status: rank for rank, status in enumerate(("talks", "planned", "signed", "closed"))}
FIRM = ("signed", "closed")
# Talks about less than half or more than twice the amount were about something else.
TALKS_FACTOR = 2.0
# The figures of an amount and of its conversion stand at most so many characters apart.
BESIDE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A deal mention as this stage looks at it; `aside` says why its amount is not the deal's, `revised` that it replaced another."""

    id: str
    doc_id: str
    start: int
    end: int
    kind: str
    payer: str | None
    payee: str | None
    amount: Amount
    status: str
    term_years: float | None
    through: int | None
    date: str | None
    published: str | None
    figure_at: int | None
    aside: Aside | None
    revised: bool
    confidence: float
    corrected: str | None

    @property
    def key(self) -> tuple[str | None, str | None, str]:
        """Who pays whom for what."""
        return self.payer, self.payee, self.kind

    @property
    def withdrawn(self) -> bool:
        """Whether the mention says that the deal is off."""
        return self.status == "withdrawn"

    @property
    def total(self) -> Amount:
        """The amount over the whole term where a rate and a term are stated, else the amount."""
        if self.amount.per is None or self.term_years is None:
            return self.amount
        times = PER_YEAR[self.amount.per] * self.term_years
        low, high = (None if bound is None else bound * times for bound in (self.amount.low, self.amount.high))
        return Amount(low, high, self.amount.unit, self.amount.approx or low == high)


Group = tuple[Mention, ...]


def read_mentions(deal_mentions: DataFrame, documents: DataFrame) -> list[Mention]:
    """The mentions that can be part of a deal, in an order that does not depend on the input's."""
    published = {row["doc_id"]: row["published"] for row in records(documents[["doc_id", "published"]])}
    mentions = [
        Mention(
            id=row["mention_id"],
            doc_id=row["doc_id"],
            start=row["start"],
            end=row["end"],
            kind=row["kind"],
            payer=row["payer"],
            payee=row["payee"],
            amount=Amount(row["low"], row["high"], row["currency"], row["approx"], row["per"]),
            status=row["status"],
            term_years=row["term_years"],
            through=row["through"],
            date=row["date"],
            published=published.get(row["doc_id"]),
            figure_at=None if row["figure_id"] is None else int(str(row["figure_id"]).rsplit(":f", 1)[1]),
            aside=aside(row),
            revised=is_revised(row),
            confidence=row["confidence"],
            corrected=row["corrected"],
        )
        for row in records(deal_mentions)
        if not row["is_total"]
    ]
    return sorted(mentions, key=place)


def place(mention: Mention) -> tuple[str, int, str]:
    """Where a mention stands."""
    return mention.doc_id, mention.start, mention.id


def group_mentions(mentions: Sequence[Mention]) -> list[Group]:
    """The mentions of each deal."""
    known = [m for m in mentions if m.amount.known]
    groups = components(known, same_deal, keys=lambda m: companies(m.payer, m.payee))
    for joins in (is_aside_of, remembers, replaces, is_stage_of):
        groups = [flat(one) for one in satellites(groups, joins, keys=parties_of)]
    groups = [part for one in components(groups, differ, keys=parties_of) for part in ([flat(one)] if all_differ(one) else one)]
    paid_for = {(m.doc_id, m.payee, m.kind, name) for m in mentions if m.payer for name in m.payer.split("; ")}
    groups = [flat(one) for one in satellites(groups, partial(names_another_payer, paid_for=paid_for), keys=parties_of)]
    groups = [flat(one) for one in satellites(groups, lacks_a_party, keys=either_party)]
    return join_unknown(groups, [m for m in mentions if not m.amount.known])


def flat(groups: Sequence[Group]) -> Group:
    """Several groups as one."""
    return tuple(sorted((m for group in groups for m in group), key=place))


def companies(payer: str | None, payee: str | None) -> Iterator[tuple[str, str | None]]:
    """What two mentions of the same parties have in common: a payee, or without one a payer."""
    if payee is not None:
        yield from (("payee", name) for name in payee.split("; "))
    elif payer is not None:
        yield from (("payer", name) for name in payer.split("; "))


def parties_of(group: Group) -> Iterator[tuple[str, str | None]]:
    """The same for a group."""
    for payer, payee in dict.fromkeys((m.payer, m.payee) for m in group):
        yield from companies(payer, payee)


def either_party(group: Group) -> Iterator[tuple[str, str | None]]:
    """The payee and the payer of a group."""
    yield "payee", group[0].payee
    yield "payer", group[0].payer


def same_parties(a: Mention, b: Mention) -> bool:
    """Whether payer and payee are the same, or one mention names only some of the joint parties."""
    return nested(a.payer, b.payer) and nested(a.payee, b.payee)


def nested(one: str | None, other: str | None) -> bool:
    """Whether all companies of one cell are among those of the other: `Blackstone` and `Blackstone; Magnetar`."""
    if one is None or other is None:
        return one is other
    a, b = set(one.split("; ")), set(other.split("; "))
    return a <= b or b <= a


def same_deal(a: Mention, b: Mention) -> bool:
    """Whether two mentions with amounts are one deal (judgements 2 to 5)."""
    if not same_parties(a, b):
        return False
    passage = a.doc_id == b.doc_id and a.start < b.end and b.start < a.end
    if a.kind != b.kind:
        if {a.kind, b.kind} == {"equity", "ipo"}:
            return a.payer is b.payer is None and a.payee is not None and alike(a.total, b.total)
        named = a.payer is not None and a.payee is not None and "capex" not in (a.kind, b.kind)
        return named and not passage and both_bounds(a, b) and alike(a.total, b.total) and a.withdrawn == b.withdrawn
    if a.payee is not None and (a.kind == "ipo" or (a.kind == "acquisition" and a.payer is not None)):
        return True
    if passage and (in_other_currency(a, b) or (a.aside == "earlier") != (b.aside == "earlier")):
        return True
    if a.withdrawn != b.withdrawn and not both_bounds(a, b):
        return False
    return a.aside == b.aside and alike(a.total, b.total)


def in_other_currency(a: Mention, b: Mention) -> bool:
    """Whether the second of two amounts only says the first in another currency: "¥620 billion ($4 billion)"."""
    beside = a.figure_at is not None and b.figure_at is not None and abs(a.figure_at - b.figure_at) <= BESIDE
    return a.doc_id == b.doc_id and beside and a.amount.unit != b.amount.unit and a.status == b.status


def both_bounds(*mentions: Mention) -> bool:
    """Whether each of the amounts is one number or a range, not "over" or "up to"."""
    return all(m.amount.low is not None and m.amount.high is not None for m in mentions)


def one_thing(one: Group, other: Group) -> bool:
    """Whether two groups are of the same parties and kind."""
    return one[0].kind == other[0].kind and same_parties(one[0], other[0])


def is_aside_of(one: Group, other: Group) -> bool:
    """Whether a group is only outdated amounts, parts or options of the deal that another is about, in the same document."""
    shared = {m.doc_id for m in one} & {m.doc_id for m in other}
    return one_thing(one, other) and bool(shared) and all(m.aside for m in one) and not all(m.aside for m in other)


def remembers(one: Group, other: Group) -> bool:
    """Whether a group has as outdated what is the amount of another group in other documents."""
    return one_thing(one, other) and any(
        m.aside == "earlier" and n.aside is None and m.doc_id != n.doc_id and alike(m.total, n.total) for m in one for n in other
    )


def is_stage_of(one: Group, other: Group) -> bool:
    """Whether a group is only talks and plans, of about the amount that another group has as signed, closed or withdrawn elsewhere."""
    if not one_thing(one, other) or any(m.status not in ("talks", "planned") or m.aside == "option" for m in one):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    talks = all(m.status == "talks" for m in one)
    settled = [m for m in other if m.status in (*FIRM, "withdrawn") and m.aside is None]
    return (apart or talks) and any(within(m.total, n.total, TALKS_FACTOR) for m in one for n in settled)


def within(a: Amount, b: Amount, factor: float) -> bool:
    """Whether neither number is more than so many times the other."""
    small, large = sorted((abs(a.point), abs(b.point)))
    return a.unit == b.unit and a.per == b.per and 0 < large <= factor * small


def replaces(one: Group, other: Group) -> bool:
    """Whether a group's amount is told as having taken the place of another, which other documents have."""
    revised = {m.doc_id for m in one if m.revised}
    return one_thing(one, other) and bool(revised) and any(m.aside is None for m in other) and not revised & {m.doc_id for m in other}


def differ(one: Group, other: Group) -> bool:
    """Whether two documents may state one deal with different amounts (judgement 7)."""
    a = one[0]
    if not one_thing(one, other) or a.payee is None or a.payer is None or any(m.aside for m in (*one, *other)):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    terms = {m.term_years for m in (*one, *other) if m.term_years is not None}
    dates = {m.date[:7] for m in (*one, *other) if m.date is not None}
    off = {m.withdrawn for m in (*one, *other)}
    return apart and len(terms) <= 1 and len(dates) <= 1 and len(off) == 1 and any(near(m.total, n.total) for m in one for n in other)


def all_differ(groups: Sequence[Group]) -> bool:
    """Whether each of the groups may be the same deal as each other one."""
    return all(differ(one, other) for at, one in enumerate(groups) for other in groups[:at])


def lacks_a_party(one: Group, other: Group) -> bool:
    """Whether a group differs from another in nothing but a party that it does not name (judgement 9)."""
    a, b = one[0], other[0]
    if a.kind != b.kind or a.kind == "ipo" or (a.payer, a.payee) == (b.payer, b.payee):
        return False
    payer = a.payer is None or (b.payer is not None and nested(a.payer, b.payer))
    payee = a.payee is None or (b.payee is not None and nested(a.payee, b.payee))
    return payer and payee and any(alike(m.total, n.total) and both_bounds(m, n) for m in one for n in other)


def names_another_payer(one: Group, other: Group, paid_for: Collection[tuple[str, str | None, str, str]]) -> bool:
    """Whether two documents may say of one deal that different firms pay it (judgement 8); `paid_for` has who else each document names."""
    a, b = one[0], other[0]
    if a.kind != b.kind or a.kind in ("ipo", "acquisition", "capex") or a.payee != b.payee or None in (a.payee, a.payer, b.payer):
        return False
    names = [{name for m in group if m.payer for name in m.payer.split("; ")} for group in (one, other)]
    documents = [{m.doc_id for m in group} for group in (one, other)]
    known = any(
        (doc_id, a.payee, a.kind, name) in paid_for
        for here, there in ((0, 1), (1, 0))
        for doc_id in documents[here]
        for name in names[there]
    )
    return (
        not names[0] & names[1]
        and not known
        and {m.withdrawn for m in one} == {m.withdrawn for m in other}
        and any(m.total.exact and n.total.exact and m.total == n.total and digits(m.total.point) > 1 for m in one for n in other)
    )


def join_unknown(groups: list[Group], unknown: Sequence[Mention]) -> list[Group]:
    """Mentions without an amount, each joined to a deal of its parties and kind or made one of their own (judgement 10)."""
    joined = {at: list(group) for at, group in enumerate(groups)}
    left: dict[tuple[str | None, str | None, str], list[Mention]] = {}
    for mention in unknown:
        of_kind = [at for at, group in enumerate(groups) if mention.kind in {m.kind for m in group} and same_parties(mention, group[0])]
        goal = only_goal(mention, {at: groups[at] for at in of_kind})
        if goal is None:
            left.setdefault(mention.key, []).append(mention)
        else:
            joined[goal].append(mention)
    alone = [tuple(group) for _, group in sorted(left.items(), key=lambda item: str(item[0]))]
    return [flat([tuple(group)]) for group in joined.values()] + alone


def only_goal(mention: Mention, groups: dict[int, Group]) -> int | None:
    """The one deal that a mention without an amount can mean."""
    off = [at for at, group in groups.items() if any(m.withdrawn and m.aside is None for m in group)]
    alive = [at for at in groups if at not in off]
    if not mention.withdrawn:
        return alive[0] if len(alive) == 1 else None
    if off:
        return off[0] if len(off) == 1 else None
    goes_on = any(m.doc_id == mention.doc_id and m.status in FIRM for at in alive for m in groups[at])
    return alive[0] if len(alive) == 1 and not goes_on else None
