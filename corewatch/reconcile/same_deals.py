"""Deal mentions in, groups of mentions of one real-world deal out.

The judgements, in the order in which they are made:
1. A sum over several deals (`is_total`) belongs to none.
2. Two mentions with amounts are one deal if payer, payee and kind are the same and the amounts alike. A withdrawn amount is another deal
   than a bounded one that goes on: "over $10 billion" is not the $12 billion that somebody walked away from.
3. A company goes public once, and is bought by another once: all amounts of one offering, and of one takeover, are one deal.
4. One passage with two currencies, or with an amount and the one that it replaced, is of one deal.
5. Two kinds are one deal where payer, payee and amount are the same: "invests $12 billion" of a contract worth $12 billion. Shares sold
   to nobody by name for the amount of a public offering are that offering.
6. What is told as outdated, as a part or as an option joins the one deal of its parties and kind in its document, unless it is a plan
   that was scrapped; talks join the one deal that was signed; an amount "raised to", or told as outdated, joins the one deal of another
   document that has it or what it replaced.
7. Documents that each know one amount, all not far apart, for the same parties and kind, speak of one deal and disagree.
8. Documents that name different payers of one exact amount of one kind to one payee speak of one deal and disagree.
9. A mention without one of the parties joins the one deal that its amount and other party fit.
10. A mention without an amount joins the one deal of its parties and kind. One that says "withdrew" joins a withdrawn deal, else the only
   deal there is, unless its own document says that this one goes on.

Where there are two to join, nothing is joined: a deal too many is seen in the table, one that was merged away is not.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product

from corewatch.reconcile.amounts import NEAR, Amount, alike, convertible, digits, near
from corewatch.reconcile.mention import FIRM, Group, Mention
from corewatch.reconcile.parties import first_word, nested

# Talks about less than half or more than twice the amount were about something else.
TALKS_FACTOR = 2.0
# A price of a tenth is that of a part of a company.
TAKEOVER_FACTOR = 10.0
# Two documents that know one deal of two parties each may differ by so much.
ONLY_FACTOR = 1.6
# The figures of an amount and of its conversion stand at most so many characters apart.
BESIDE = 60


def companies(payer: str | None, payee: str | None) -> Iterator[tuple[str, str | None]]:
    """What two mentions of the same parties have in common: a payee, or without one a payer, by the first word of its name."""
    if payee is not None:
        yield from (("payee", first_word(name)) for name in payee.split("; "))
    elif payer is not None:
        yield from (("payer", first_word(name)) for name in payer.split("; "))


def parties_of(group: Group) -> Iterator[tuple[str, str | None]]:
    """The same for a group."""
    for payer, payee in dict.fromkeys((m.payer, m.payee) for m in group):
        yield from companies(payer, payee)


def either_way(mention: Mention) -> Iterator[tuple[str, str | None]]:
    """The same, and what it has in common with a mention that tells the payment the other way round."""
    yield from companies(mention.payer, mention.payee)
    if mention.payer is not None and mention.payee is not None:
        sides = (sorted({str(first_word(name)) for name in side.split("; ")}) for side in (mention.payer, mention.payee))
        yield from (("pair", " ".join(sorted(pair))) for pair in product(*sides))


def sums_of(group: Group) -> Iterator[tuple[str, Amount]]:
    """The kinds and exact amounts of a group, of which two groups that name different parties have to share one."""
    yield from ((m.kind, m.total) for m in group if m.total.exact)


def either_party(group: Group) -> Iterator[tuple[str, str | None]]:
    """The payee and the payer of a group."""
    yield "payee", first_word(group[0].payee)
    yield "payer", first_word(group[0].payer)


def same_parties(a: Mention, b: Mention) -> bool:
    """Whether payer and payee are the same, or one mention names only some of the joint parties."""
    return nested(a.payer, b.payer) and nested(a.payee, b.payee)


def same_deal(a: Mention, b: Mention) -> str | None:
    """The rule by which two mentions with amounts are one deal (judgements 2 to 5), if any."""
    passage = a.doc_id == b.doc_id and a.start < b.end and b.start < a.end
    if not same_parties(a, b):
        return "swapped_parties" if are_swapped(a, b) else None
    if a.kind != b.kind:
        if {a.kind, b.kind} == {"equity", "ipo"}:
            shares = a.payer is b.payer is None and a.payee is not None and alike(a.total, b.total)
            return "offering_of_shares" if shares else None
        named = a.payer is not None and a.payee is not None and "capex" not in (a.kind, b.kind)
        same = named and not passage and both_bounds(a, b) and alike(a.total, b.total) and a.withdrawn == b.withdrawn
        return "other_kind" if same else None
    if a.doc_id == b.doc_id and a.more != b.more and a.amount != b.amount:
        return None
    if a.doc_id != b.doc_id and a.withdrawn == b.withdrawn and a.amount == b.amount and "option" not in (a.aside, b.aside):
        return "same_amount"
    if a.aside == b.aside and a.withdrawn == b.withdrawn and (alike(a.total, b.total) or same_rate(a, b)):
        return "same_amount"
    if a.payee is not None and a.kind == "ipo":
        return "one_offering"
    if a.payee is not None and a.kind == "acquisition" and a.payer is not None and within(a.total, b.total, TAKEOVER_FACTOR):
        return "one_takeover"
    if passage and (a.amount.per is None) != (b.amount.per is None) and None not in (a.payer, a.payee):
        return "rate"
    if passage and in_other_currency(a, b):
        return "other_currency"
    if passage and (a.aside == "earlier") != (b.aside == "earlier"):
        return "replaced"
    return "same_amount" if a.aside == b.aside and both_bounds(a, b) and alike(a.total, b.total) else None


def are_swapped(a: Mention, b: Mention) -> bool:
    """Whether one document has as an investment in a company what another has as that company's purchase from the investor."""
    named = None not in (a.payer, a.payee, b.payer, b.payee)
    kinds = ("equity" in (a.kind, b.kind)) and bool({a.kind, b.kind} & {"compute", "hardware", "colocation"})
    exact = a.total.exact and b.total.exact and a.total == b.total
    return named and kinds and exact and a.doc_id != b.doc_id and nested(a.payer, b.payee) and nested(a.payee, b.payer)


def same_rate(a: Mention, b: Mention) -> bool:
    """Whether one mention says by the year what the other says over the whole term: $225 million a year, $900 million over four years."""
    for rate, whole in ((a, b), (b, a)):
        if rate.total.per == "year" and whole.amount.per is None and whole.term_years:
            low, high = (None if bound is None else bound / whole.term_years for bound in (whole.amount.low, whole.amount.high))
            return alike(rate.total, Amount(low, high, whole.amount.unit, whole.amount.approx, "year"))
    return False


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
    beside = any(m.more for m in (*one, *other))
    # An earlier plan that was scrapped is another deal than the one that goes on; a part of this one may lapse.
    scrapped = all(m.withdrawn and m.aside == "earlier" for m in one) and not any(m.withdrawn for m in other)
    asides = all(m.aside for m in one) and not all(m.aside for m in other)
    return one_thing(one, other) and bool(shared) and asides and not beside and not scrapped


def is_part_of(one: Group, other: Group) -> bool:
    """Whether a group is only parts of what another document tells as the whole, which is no smaller."""
    whole = [m for m in other if m.aside is None]
    return one_thing(one, other) and all(m.aside == "part" and all(is_larger(n.total, m.total) for n in whole) for m in one) and bool(whole)


def totals(mentions: Iterable[Mention]) -> list[Amount]:
    """The different totals of some mentions: a deal that a thousand papers tell has a few."""
    return list(dict.fromkeys(m.total for m in mentions))


def is_larger(whole: Amount, part: Amount) -> bool:
    """Whether an amount can hold another as its part."""
    return whole.unit == part.unit and whole.per == part.per and whole.point >= part.point


def fitting_terms(one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether no two of some mentions state different terms or different last years."""
    both = (*one, *other)
    return all(len({said for said in told if said is not None}) <= 1 for told in ([m.term_years for m in both], [m.through for m in both]))


def remembers(one: Group, other: Group) -> bool:
    """Whether a group has as outdated what is the amount of another group in other documents."""
    outdated, current = [m for m in one if m.aside == "earlier"], [m for m in other if m.aside is None]
    return one_thing(one, other) and any(m.doc_id != n.doc_id and alike(m.total, n.total) for m, n in product(outdated, current))


def is_stage_of(one: Group, other: Group) -> bool:
    """Whether a group is only talks and plans, of about the amount that another group has as signed, closed or withdrawn elsewhere."""
    if not one_thing(one, other) or one[0].kind == "capex":
        return False
    if any(m.status not in ("talks", "planned") or m.aside == "option" or m.more for m in one):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    settled = totals(m for m in other if m.status in (*FIRM, "withdrawn") and m.aside is None and not m.more)
    return apart and any(within(a, b, TALKS_FACTOR) for a, b in product(totals(one), settled))


def one_budget(one: Group, other: Group) -> bool:
    """Whether two groups are what a company means to spend in the same year, as it was told at different times."""
    years = [{m.year for m in group if m.year is not None} for group in (one, other)]
    return one_thing(one, other) and one[0].kind == "capex" and one[0].payee is None and len(years[0]) == 1 and years[0] == years[1]


def within(a: Amount, b: Amount, factor: float) -> bool:
    """Whether neither number is more than so many times the other."""
    small, large = sorted((abs(a.point), abs(b.point)))
    return a.unit == b.unit and a.per == b.per and 0 < large <= factor * small


def replaces(one: Group, other: Group) -> bool:
    """Whether a group's amount is told as having taken the place of another, which only other documents have."""
    revised = [m for m in one if m.revised]
    told = {m.doc_id for m in one if m.aside == "earlier"}
    apart = not {m.doc_id for m in revised} & {m.doc_id for m in other}
    return apart and any(
        m.kind == n.kind and same_parties(m, n) and n.aside is None and m.doc_id not in told for m in revised for n in other
    )


def differ(one: Group, other: Group, factor: float = NEAR) -> bool:
    """Whether two documents may state one deal with amounts that are at most so many times each other (judgement 7).

    Of a loan or a round one of them may name the lender or lead whom the other leaves out.
    """
    a, b = one[0], other[0]
    led = a.kind == b.kind and a.kind in ("debt", "equity") and nested(a.payee, b.payee) and (a.payer is None) != (b.payer is None)
    led = led and not lacks_a_party(one, other) and not lacks_a_party(other, one)
    same = (one_thing(one, other) and a.payer is not None) or led
    ours, theirs = ([m for m in group if m.aside is None] for group in (one, other))
    if not same or a.payee is None or any(m.more for m in (*ours, *theirs)):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    dates = {m.date[:7] for m in (*ours, *theirs) if m.date is not None}
    off = {m.withdrawn for m in (*ours, *theirs)}
    fitting = apart and fitting_terms(ours, theirs) and len(dates) <= 1 and len(off) == 1
    return fitting and any(within(a, b, factor) for a, b in product(totals(ours), totals(theirs)))


def differ_in_kind(one: Group, other: Group) -> bool:
    """Whether two documents may state one deal as different things and with different amounts: an investment of 2.7, a contract of 2.4."""
    a, b = one[0], other[0]
    if a.kind == b.kind or None in (a.payer, a.payee) or {a.kind, b.kind} & {"capex", "ipo", "backstop"} or not same_parties(a, b):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    plain = not any(m.aside or m.more or m.withdrawn for m in (*one, *other))
    return apart and plain and "equity" in (a.kind, b.kind) and any(near(a, b) for a, b in product(totals(one), totals(other)))


def converts(one: Group, other: Group) -> bool:
    """Whether two documents may state one deal in two currencies, so that only one of them can have the amount of the contract."""
    ours, theirs = ([m for m in group if m.aside is None] for group in (one, other))
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    plain = one[0].payer is not None and one[0].payee is not None and not any(m.more for m in (*ours, *theirs))
    shared = {m.amount.unit for m in one} & {m.amount.unit for m in other}
    fitting = apart and plain and not shared and one_thing(one, other) and fitting_terms(ours, theirs)
    sides = ([totals(m for m in told if m.withdrawn is off) for told in (ours, theirs)] for off in (False, True))
    return fitting and any(convertible(a, b) for side in sides for a, b in product(*side))


def all_differ(groups: Sequence[Group]) -> bool:
    """Whether each of the groups may be the same deal as each other one."""
    return all(differ(one, other) for at, one in enumerate(groups) for other in groups[:at])


def lacks_only_a_party(one: Group, other: Group) -> bool:
    """Whether a group differs from another in nothing but a party that it does not name, its very amount being told there as well."""
    return lacks_a_party(one, other) and bool({m.amount for m in one} & {m.amount for m in other})


def lacks_a_party(one: Group, other: Group) -> bool:
    """Whether a group differs from another in nothing but a party that it does not name (judgement 9)."""
    a, b = one[0], other[0]
    if a.kind != b.kind or a.kind == "ipo" or None not in (a.payer, a.payee) or (a.payer, a.payee) == (b.payer, b.payee):
        return False
    payer = a.payer is None or (b.payer is not None and nested(a.payer, b.payer))
    payee = a.payee is None or (b.payee is not None and nested(a.payee, b.payee))
    bounded = (totals(m for m in group if both_bounds(m)) for group in (one, other))
    return payer and payee and any(alike(a, b) for a, b in product(*bounded))


def names_another(role: str, one: Group, other: Group, told: Collection[tuple[str, str, str | None, str, str]]) -> bool:
    """Whether two documents may say of one deal that different firms pay it, or are paid (judgement 8).

    `role` is `payer` or `payee`; `told` has who else each document names in that role: document, role, other party, kind, name.
    """
    a, b = one[0], other[0]
    fixed = "payee" if role == "payer" else "payer"
    names_a, names_b = getattr(a, role), getattr(b, role)
    if a.kind != b.kind or a.kind in ("ipo", "acquisition", "capex") or getattr(a, fixed) != getattr(b, fixed):
        return False
    if None in (getattr(a, fixed), names_a, names_b) or nested(names_a, names_b):
        return False
    named = [{name for m in group if getattr(m, role) for name in getattr(m, role).split("; ")} for group in (one, other)]
    documents = [{m.doc_id for m in group} for group in (one, other)]
    known = any(
        (doc_id, role, getattr(a, fixed), a.kind, name) in told
        for here, there in ((0, 1), (1, 0))
        for doc_id in documents[here]
        for name in named[there] - named[here]
    )
    return (
        not known
        and bool({m.withdrawn for m in one} & {m.withdrawn for m in other})
        and any(total.exact and digits(total.point) > 1 for total in totals(one) if total in totals(other))
    )


def only_goal(mention: Mention, groups: Sequence[Group]) -> Group | None:
    """The one deal that a mention without an amount can mean: of its parties and kind, and if there are several, of its term."""
    if mention.more:
        return None
    groups = [group for group in groups if fitting_terms((mention,), tuple(m for m in group if m.aside is None))]
    off = [group for group in groups if any(m.withdrawn and m.aside is None for m in group)]
    alive = [group for group in groups if group not in off]
    if mention.withdrawn and off:
        return off[0] if len(off) == 1 else None
    if len(alive) > 1 and mention.term_years is not None:
        alive = [group for group in alive if any(m.term_years == mention.term_years for m in group)]
    goes_on = mention.withdrawn and any(m.doc_id == mention.doc_id and m.status in FIRM for group in alive for m in group)
    return alive[0] if len(alive) == 1 and not goes_on else None


def same_untold(one: Mention, other: Mention) -> bool:
    """Whether two mentions of the same parties and kind, both without an amount, are one deal: no other term, none more than the other."""
    return one.key == other.key and not one.more and not other.more and one.withdrawn == other.withdrawn and fitting_terms((one,), (other,))
