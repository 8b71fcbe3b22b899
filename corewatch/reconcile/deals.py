"""Deal mentions of all documents in, one row per real-world deal out; each mention learns its `deal_id`.

Which mentions are one deal is judged in `corewatch.reconcile.joining`; each mention says to which other it was joined and by which rule.
The judgements made here, about a deal's row:
- `status` is the most advanced one that a document gives, unless the deal was withdrawn and no later document has it going on. A planned
  public offering is closed once a document says that the company went public.
- The amount is that of the furthest status, then of the latest document, of one that tells of a change, and the most precise: of
  "$12 billion", "nearly $12 billion" and "$11.9 billion" it is the last. Parts, options and outdated amounts are not the deal's amount.
- `kind` is what most sources call it; documents that copy one text or credit one outlet are one source. `agreed` is false where mentions
  differ in a way that could change a number.

Nothing depends on the order of the input.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict

from pandas import DataFrame

from corewatch.reconcile.amounts import alike, digits
from corewatch.reconcile.disagreements import Row, deal_disagreements
from corewatch.reconcile.joining import join_mentions
from corewatch.reconcile.mention import FIRM, Group, Mention, read_mentions
from corewatch.reconcile.revisions import went_public
from corewatch.reconcile.same_deals import in_other_currency
from corewatch.reconcile.slugs import number_clashes, slug, slug_amount
from corewatch.reconcile.sources import count_sources, sources_of
from corewatch.tables import frame, records

RANK = {status: rank for rank, status in enumerate(("talks", "planned", "signed", "closed"))}

# Kinds of deals in which money changes hands once.
PAID_ONCE = ("ipo", "equity", "debt", "acquisition")


def reconcile_deals(deal_mentions: DataFrame, documents: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The table `deals`, sorted by id, and the mentions with their `deal_id` (null for a sum over several deals)."""
    rows = records(deal_mentions)
    sources = sources_of(rows, documents)
    deal_mentions = frame("deal_mentions", [{**row, "source": sources[row["mention_id"]]} for row in rows])
    mentions = read_mentions(deal_mentions, documents)
    public = {m.payee for m in mentions if m.kind == "ipo" and m.payee is not None}
    listed = {company for company in public if any(went_public(company, text) for text in documents["text"])}
    told = {row["mention_id"]: row for row in records(deal_mentions)}
    context = {m.id: {**told[m.id], "published": m.published, "aside": m.aside, "revised": m.revised} for m in mentions}
    joining = join_mentions(mentions)
    rows = [describe(group, listed, context) for group in joining.groups()]
    rows = number_clashes(sorted(rows, key=lambda row: (row["deal_id"], row["mention_ids"])), "deal_id")
    steps: dict[str, Row] = {}
    for row in rows:
        found = joining.steps(row["mention_id"])
        row["joined_by"] = "; ".join(sorted({step.joined_by for step in found.values()})) or None
        row["join_confidence"] = min((step.join_confidence for step in found.values()), default=1.0)
        for mention in row.pop("mention_ids"):
            step = found.get(mention)
            why = {"joined_to": None, "joined_by": None, "join_confidence": None} if step is None else asdict(step)
            steps[mention] = {"deal_id": row["deal_id"], **why}
    made = frame("deals", sorted(rows, key=lambda row: str(row["deal_id"])))
    return made, frame("deal_mentions", [{**row, **steps.get(mention, {})} for mention, row in told.items()])


def describe(group: Group, listed: Collection[str], context: Mapping[str, Row]) -> Row:
    """The row of a deal; `mention_ids` are taken out before it becomes a table."""
    kinds = {m.kind for m in group}
    kind = "ipo" if kinds == {"equity", "ipo"} else common([m.kind for m in group], group)
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
        "n_sources": count_sources((m.doc_id, m.source) for m in group),
        "n_mentions": len(group),
        "mention_id": best.id,
        "corrected": "; ".join(sorted({m.corrected for m in group if m.corrected})) or None,
        "mention_ids": sorted(m.id for m in group),
    }
    differing = deal_disagreements(deal, [context[m.id] for m in group])
    return deal | {"agreed": all(one.severity != "material" for one in differing)}


def status_of(group: Sequence[Mention]) -> str:
    """How far the deal has come: the most advanced status, unless it was withdrawn and no later document has it going on.

    Money that was raised, lent or paid for a company cannot be called off, unless a later document says so.
    """
    current = standing([m for m in group if m.aside is None] or list(group))
    off = [m for m in current if m.withdrawn]
    alive = [m for m in current if not m.withdrawn]
    if off and alive:
        last_off = max((m.published or "" for m in off), default="")
        done = [m for m in alive if m.status == "closed" and m.kind in PAID_ONCE and (m.published or last_off) >= last_off]
        revived = [m for m in alive if last_off and m.published and m.published > last_off and RANK[m.status] >= RANK["signed"]]
        alive = done or revived
    if not alive:
        return "withdrawn"
    return max((m.status for m in alive), key=RANK.__getitem__)


def standing(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions less offers that the same document has as dropped beside the one that was made: "it first offered $700 million"."""
    made = [m for m in mentions if m.status in FIRM and m.amount.known]
    return [
        m
        for m in mentions
        if not (m.withdrawn and any(n.doc_id == m.doc_id and m.amount.known and n.total.point != m.total.point for n in made))
    ]


def amount_mention(group: Sequence[Mention]) -> Mention:
    """The mention whose amount holds: not outdated, of the furthest status, of the latest document, the most precise."""
    known = standing([m for m in group if m.amount.known] or list(group))
    current = [m for m in known if m.aside is None] or known
    # What a document calls outdated is outdated elsewhere too.
    outdated = [m for m in known if m.aside == "earlier"]
    gone = [m for m in current if not m.revised and any(replaced(m, old) for old in outdated)]
    current = [m for m in current if m not in gone and not any(in_other_currency(m, old) for old in gone)] or current
    changing = {m.doc_id for m in known if m.revised or m.aside == "earlier"}

    def preference(m: Mention) -> tuple[object, ...]:
        return (
            len(RANK) if m.withdrawn else RANK[m.status],
            m.published or "",
            m.doc_id in changing,
            m.amount.per is None,
            *precision(m),
            m.amount.unit == "USD",
            m.term_years is not None,
            m.confidence,
        )

    top = max(preference(m) for m in current)
    # Within one document the later passage is the later word; between documents the first by name.
    best = [m for m in current if preference(m) == top]
    chosen = next(m for m in reversed(best) if m.doc_id == best[0].doc_id)
    # Another mention may say the same number more precisely, be it of an earlier document or of a contract before it was paid.
    same = [
        m for m in current if m.amount.per is chosen.amount.per is None and is_firm(m) == is_firm(chosen) and alike(m.amount, chosen.amount)
    ]
    return max([chosen, *same], key=lambda m: (precision(m), m is chosen, preference(m)))


def is_firm(m: Mention) -> bool:
    """Whether a mention says that the deal is made."""
    return m.status in FIRM


def precision(m: Mention) -> tuple[bool, bool, int]:
    """How precisely a mention states its amount."""
    return m.amount.low is not None and m.amount.low == m.amount.high, not m.amount.approx, digits(m.amount.point) if m.amount.known else 0


def replaced(m: Mention, old: Mention) -> bool:
    """Whether another document calls the amount of a mention outdated."""
    return m.doc_id != old.doc_id and alike(m.total, old.total)


def common(values: list[str], group: Sequence[Mention]) -> str:
    """The value that most sources give, then most mentions, then that of the amount."""
    sources = Counter(value for value, _ in {(value, m.source) for value, m in zip(values, group, strict=True)})
    mentions = Counter(values)
    first = amount_mention(group).kind
    return max(sorted(set(values)), key=lambda value: (sources[value], mentions[value], value == first))


def common_value(values: Sequence[object]) -> object:
    """The most frequent value, the least of those if several are; null for none."""
    counted = Counter(values)
    return min((value for value in counted if counted[value] == max(counted.values())), key=str) if counted else None


def fullest(names: Iterable[str | None]) -> str | None:
    """The cell that most mentions name, wholly or in part; of equals the one with the most companies."""
    counted = Counter(name for name in names if name is not None)
    # Joint payers are one list in which others are found; of payers that differ the most frequent is taken.
    lists = {name: sum(counted[other] for other in counted if set(other.split("; ")) <= set(name.split("; "))) for name in counted}
    return max(sorted(lists), key=lambda name: (lists[name], name.count("; "))) if lists else None


def latest_date(group: Sequence[Mention], status: str) -> str | None:
    """The date of the deal: that of the mentions with its status, else any; the most precise, then the latest."""
    dated = [m for m in group if m.date is not None and m.status == status] or [m for m in group if m.date is not None]
    return max((m.date for m in dated if m.date is not None), key=lambda date: (len(date), date), default=None)
