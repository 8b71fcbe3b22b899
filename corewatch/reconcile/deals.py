"""Deal mentions of all documents in, one row per real-world deal out; each mention learns its `deal_id`.

The judgements, in the order in which they are made:
1. A sum over several deals (`is_total`) belongs to none.
2. Mentions with an amount are one deal if payer, payee and kind are the same and the amounts can be one number (`agree`), or if one
   sentence says that one amount replaced the other. All amounts of one issuer's public offering are one deal. A withdrawn amount is
   another deal than a bounded one that goes on: "over $10 billion" is not the $12 billion that somebody walked away from.
3. Two kinds are one deal where payer, payee and amount are the same: "invests $12 billion" of a contract worth $12 billion.
4. Two documents that each know one amount, not far apart, for the same parties and kind, speak of one deal and disagree.
5. A mention without one of the parties joins the only deal that its amount and other party fit.
6. A mention without an amount joins the only deal of its parties and kind: talks become the contract that was signed.
   One that says "withdrew" joins a withdrawn deal, else the only deal there is, unless its own document says that this one goes on.

Nothing depends on the order of the input.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pandas import DataFrame

from corewatch.reconcile.amounts import Amount, agree, digits, near
from corewatch.reconcile.disagreements import Row, deal_disagreements
from corewatch.reconcile.grouping import components
from corewatch.reconcile.revisions import is_superseded, tells_change, went_public
from corewatch.reconcile.slugs import number_clashes, slug, slug_amount
from corewatch.tables import frame, records

PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0}
RANK = {status: rank for rank, status in enumerate(("talks", "planned", "signed", "closed"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A deal mention as this stage looks at it."""

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
    superseded: bool
    tells_change: bool
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
        return Amount(low, high, self.amount.unit, True if low == high else self.amount.approx)


Group = tuple[Mention, ...]
GroupTest = Callable[[Group, Group], bool]


def reconcile_deals(deal_mentions: DataFrame, documents: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The table `deals`, sorted by id, and the mentions with their `deal_id` (null for a sum over several deals)."""
    mentions = read_mentions(deal_mentions, documents)
    public = {m.payee for m in mentions if m.kind == "ipo" and m.payee is not None}
    listed = {company for company in public if any(went_public(company, text) for text in documents["text"])}
    told = {row["mention_id"]: row for row in records(deal_mentions)}
    context = {m.id: {**told[m.id], "published": m.published, "superseded": m.superseded} for m in mentions}
    rows = [describe(group, listed, context) for group in group_mentions(mentions)]
    rows = number_clashes(rows, "deal_id", order=lambda row: row["mention_ids"][0])
    deal_of = {mention: row["deal_id"] for row in rows for mention in row.pop("mention_ids")}
    made = frame("deals", sorted(rows, key=lambda row: str(row["deal_id"])))
    return made, frame("deal_mentions", [{**row, "deal_id": deal_of.get(mention)} for mention, row in told.items()])


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
            superseded=is_superseded(row),
            tells_change=tells_change(row["evidence"]),
            confidence=row["confidence"],
            corrected=row["corrected"],
        )
        for row in records(deal_mentions)
        if not row["is_total"]
    ]
    return sorted(mentions, key=lambda m: (m.doc_id, m.start, m.id))


def group_mentions(mentions: Sequence[Mention]) -> list[Group]:
    """The mentions of each deal."""
    known = [m for m in mentions if m.amount.known]
    groups = components(known, same_deal)
    groups = merge_groups(groups, superseded_by)
    groups = merge_groups(groups, differently_stated)
    groups = merge_groups(groups, with_party_missing)
    return join_unknown(groups, [m for m in mentions if not m.amount.known])


def same_parties(a: Mention, b: Mention) -> bool:
    """Whether payer and payee are the same, or one mention names only some of the joint parties."""
    return all(
        one == other or (one is not None and other is not None and nested(one, other))
        for one, other in ((a.payer, b.payer), (a.payee, b.payee))
    )


def nested(one: str, other: str) -> bool:
    """Whether all companies of one cell are among those of the other: `Blackstone` and `Blackstone; Magnetar`."""
    a, b = set(one.split("; ")), set(other.split("; "))
    return a <= b or b <= a


def same_deal(a: Mention, b: Mention) -> bool:
    """Whether two mentions with amounts are one deal (judgements 2 and 3)."""
    if not same_parties(a, b):
        return False
    passage = a.doc_id == b.doc_id and a.start < b.end and b.start < a.end
    if a.kind != b.kind:
        named = a.payer is not None and a.payee is not None
        return (
            named
            and not passage
            and a.kind != "capex" != b.kind
            and both_bounds(a, b)
            and agree(a.total, b.total)
            and a.withdrawn == b.withdrawn
        )
    if a.kind == "ipo" and a.payee is not None:
        return True
    if passage and (a.tells_change or a.amount.unit != b.amount.unit):
        return True
    if a.withdrawn != b.withdrawn and not both_bounds(a, b):
        return False
    return agree(a.total, b.total)


def both_bounds(*mentions: Mention) -> bool:
    """Whether each of the amounts is one number or a range, not "over" or "up to"."""
    return all(m.amount.low is not None and m.amount.high is not None for m in mentions)


def merge_groups(groups: list[Group], same: GroupTest) -> list[Group]:
    """Groups joined in pairs where each is the only partner of the other; who has two possible partners stays alone."""
    partners = {i: [j for j in range(len(groups)) if j != i and same(groups[i], groups[j])] for i in range(len(groups))}
    merged: list[Group] = []
    taken: set[int] = set()
    for i, group in enumerate(groups):
        if i in taken:
            continue
        joined = list(group)
        # A group may be the one goal of several others: all of them are joined to it.
        sources = [j for j in partners[i] if partners[j] == [i]] if len(partners[i]) != 1 else [j for j in partners[i] if i in partners[j]]
        for j in sources:
            if j not in taken:
                joined += groups[j]
                taken.add(j)
        merged.append(tuple(sorted(joined, key=lambda m: (m.doc_id, m.start, m.id))))
    return merged


def superseded_by(one: Group, other: Group) -> bool:
    """Whether a group holds only amounts that its document calls outdated, and the other the current one of the same parties and kind."""
    if one[0].kind != other[0].kind or not same_parties(one[0], other[0]) or not {m.doc_id for m in one} & {m.doc_id for m in other}:
        return False
    return all(m.superseded for m in one) != all(m.superseded for m in other)


def differently_stated(one: Group, other: Group) -> bool:
    """Whether two documents state one deal with different amounts (judgement 4)."""
    a, b = one[0], other[0]
    if a.kind != b.kind or not same_parties(a, b) or a.payee is None or (a.payer is None and a.kind != "ipo"):
        return False
    apart = not {m.doc_id for m in one} & {m.doc_id for m in other}
    terms = {m.term_years for m in (*one, *other) if m.term_years is not None}
    dates = {m.date[:7] for m in (*one, *other) if m.date is not None}
    off = {m.withdrawn for m in (*one, *other)}
    return apart and len(terms) <= 1 and len(dates) <= 1 and len(off) == 1 and any(near(m.total, n.total) for m in one for n in other)


def with_party_missing(one: Group, other: Group) -> bool:
    """Whether two groups differ in nothing but a party that one of them does not name (judgement 5)."""
    a, b = one[0], other[0]
    if a.kind != b.kind or a.kind == "ipo" or (a.payer, a.payee) == (b.payer, b.payee):
        return False
    payer = a.payer == b.payer or None in (a.payer, b.payer)
    payee = a.payee == b.payee or None in (a.payee, b.payee)
    shared = (a.payer is not None and a.payer == b.payer) or (a.payee is not None and a.payee == b.payee)
    return payer and payee and shared and any(agree(m.total, n.total) and both_bounds(m, n) for m in one for n in other)


def join_unknown(groups: list[Group], unknown: Sequence[Mention]) -> list[Group]:
    """Mentions without an amount, each joined to a deal of its parties and kind or made one of their own (judgement 6)."""
    joined = {i: list(group) for i, group in enumerate(groups)}
    left: dict[tuple[str | None, str | None, str], list[Mention]] = {}
    for mention in unknown:
        of_kind = [i for i, group in enumerate(groups) if mention.kind in {m.kind for m in group} and same_parties(mention, group[0])]
        goal = only_goal(mention, {i: groups[i] for i in of_kind})
        if goal is None:
            left.setdefault(mention.key, []).append(mention)
        else:
            joined[goal].append(mention)
    return [tuple(group) for group in joined.values()] + [tuple(group) for _, group in sorted(left.items(), key=lambda item: str(item[0]))]


def only_goal(mention: Mention, groups: dict[int, Group]) -> int | None:
    """The one deal that a mention without an amount can mean."""
    off = [i for i, group in groups.items() if any(m.withdrawn for m in group)]
    alive = [i for i in groups if i not in off]
    if not mention.withdrawn:
        return alive[0] if len(alive) == 1 else None
    if off:
        return off[0] if len(off) == 1 else None
    goes_on = any(m.doc_id == mention.doc_id and RANK[m.status] >= RANK["signed"] for i in alive for m in groups[i])
    return alive[0] if len(alive) == 1 and not goes_on else None


def describe(group: Group, listed: Collection[str], context: Mapping[str, Row]) -> Row:
    """The row of a deal; `mention_ids` are taken out before it becomes a table."""
    kind = common([m.kind for m in group], group)
    status = status_of(group)
    if kind == "ipo" and status == "planned" and group[0].payee in listed:
        status = "closed"
    best = amount_mention(group)
    payer, payee = fullest(m.payer for m in group), fullest(m.payee for m in group)
    terms = [m.term_years for m in group if m.term_years is not None]
    amount = best.amount
    deal = {
        "deal_id": slug(payer, payee, kind, slug_amount(amount)),
        "kind": kind,
        "payer": payer,
        "payee": payee,
        "low": amount.low,
        "high": amount.high,
        "currency": amount.unit if amount.known else None,
        "approx": amount.approx,
        "per": amount.per,
        "term_years": best.term_years if best.term_years is not None else common_value(terms),
        "through": best.through if best.through is not None else common_value([m.through for m in group if m.through is not None]),
        "status": status,
        "date": latest_date(group, status),
        "n_documents": len({m.doc_id for m in group}),
        "n_mentions": len(group),
        "mention_id": best.id,
        "corrected": "; ".join(sorted({m.corrected for m in group if m.corrected})) or None,
        "mention_ids": sorted(m.id for m in group),
    }
    differing = deal_disagreements(deal, [context[m.id] for m in group])
    return deal | {"agreed": all(one.severity != "material" for one in differing)}


def status_of(group: Sequence[Mention]) -> str:
    """How far the deal has come: the most advanced status, unless it was withdrawn and no later document has it going on."""
    off = [m for m in group if m.withdrawn]
    alive = [m for m in group if not m.withdrawn]
    if off and alive:
        last_off = max((m.published or "" for m in off), default="")
        revived = [m for m in alive if last_off and m.published and m.published > last_off and RANK[m.status] >= RANK["signed"]]
        alive = revived
    if not alive:
        return "withdrawn"
    current = [m for m in alive if not m.superseded] or alive
    return max((m.status for m in current), key=RANK.__getitem__)


def amount_mention(group: Sequence[Mention]) -> Mention:
    """The mention whose amount holds: not outdated, of the furthest status, of the latest document, the most precise."""
    known = [m for m in group if m.amount.known] or list(group)
    current = [m for m in known if not m.superseded] or known
    changing = {m.doc_id for m in known if len({(n.amount.low, n.amount.high) for n in known if n.doc_id == m.doc_id}) > 1}

    def preference(m: Mention) -> tuple[object, ...]:
        return (
            len(RANK) if m.withdrawn else RANK[m.status],
            m.published or "",
            m.doc_id in changing,
            m.amount.per is None,
            m.amount.low is not None and m.amount.low == m.amount.high,
            not m.amount.approx,
            digits(m.amount.point) if m.amount.known else 0,
            m.amount.unit == "USD",
            m.term_years is not None,
            m.confidence,
        )

    top = max(preference(m) for m in current)
    # Within one document the later passage is the later word; between documents the first by name.
    best = [m for m in current if preference(m) == top]
    return next(m for m in reversed(best) if m.doc_id == best[0].doc_id)


def common(values: list[str], group: Sequence[Mention]) -> str:
    """The value that most documents give, then most mentions, then that of the amount."""
    documents: Counter[str] = Counter()
    for value, _ in {(value, m.doc_id) for value, m in zip(values, group, strict=True)}:
        documents[value] += 1
    mentions = Counter(values)
    first = amount_mention(group).kind
    return max(sorted(set(values)), key=lambda value: (documents[value], mentions[value], value == first))


def common_value(values: Sequence[object]) -> object:
    """The most frequent value, the least of those if several are; null for none."""
    counted = Counter(values)
    return min((value for value in counted if counted[value] == max(counted.values())), key=str) if counted else None


def fullest(names: Iterable[str | None]) -> str | None:
    """The cell that names the most companies, the most frequent of those."""
    counted = Counter(name for name in names if name is not None)
    return max(sorted(counted), key=lambda name: (name.count("; "), counted[name])) if counted else None


def latest_date(group: Sequence[Mention], status: str) -> str | None:
    """The date of the deal: that of the mentions with its status, else any; the most precise, then the latest."""
    dated = [m for m in group if m.date is not None and m.status == status] or [m for m in group if m.date is not None]
    return max((m.date for m in dated if m.date is not None), key=lambda date: (len(date), date), default=None)
