"""What changed between two readings: documents, deals, amounts, statuses and conflicts, in words, the largest first.

In: the tables before and after. Out: the table of changes, a row a change: `what`, `key` (the id after, or before if it is gone),
`before`, `after` (in words, null where there was nothing), `usd` (the largest dollar amount concerned, null without one) and `words`.

Deals are followed through their mentions, whose ids do not depend on other documents: the deal after that holds most mentions of the one
before is the same deal. Where mentions that were one deal are several now, or the other way round, that is told as a change of its own,
so that no document splits or joins deals unnoticed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from pandas import DataFrame

from corewatch.reconcile.amounts import say
from corewatch.reconcile.disagreements import amount_of
from corewatch.reconcile.explaining import in_words
from corewatch.tables import Tables, records

Row = dict[str, Any]
COLUMNS = ("what", "key", "before", "after", "usd", "words")


def find_changes(before: Tables, after: Tables) -> DataFrame:
    """The changes, those of large deals first; no rows where nothing changed."""
    found = [*of_documents(before, after), *of_deals(before, after), *of_conflicts(before, after)]
    found.sort(key=lambda row: (-(row["usd"] or 0.0), row["what"], row["key"]))
    return DataFrame(found, columns=list(COLUMNS))


def change(what: str, key: str, before: str | None, after: str | None, words: str, usd: float | None = None) -> Row:
    """A row of the table."""
    return {"what": what, "key": key, "before": before, "after": after, "usd": usd, "words": words}


def of_documents(before: Tables, after: Tables) -> Iterator[Row]:
    """Documents that came, went or were edited."""
    old, new = (dict(zip(tables.documents["doc_id"], tables.documents["sha256"], strict=True)) for tables in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield change("document_added", name, None, name, f"Document {name} is new.")
        elif name not in new:
            yield change("document_removed", name, name, None, f"Document {name} is gone.")
        elif old[name] != new[name]:
            yield change("document_edited", name, name, name, f"Document {name} was edited.")


def of_deals(before: Tables, after: Tables) -> Iterator[Row]:
    """Deals that are new, gone, split, joined, or told differently."""
    old, new = ({row["deal_id"]: row for row in records(tables.deals)} for tables in (before, after))
    was, now = (holders(tables) for tables in (before, after))
    goes_to: defaultdict[str, Counter[str]] = defaultdict(Counter)
    comes_from: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in was.keys() & now.keys():
        goes_to[was[mention]][now[mention]] += 1
        comes_from[now[mention]][was[mention]] += 1
    heir = {deal: heirs.most_common()[0][0] if heirs else None for deal, heirs in ((deal, ordered(goes_to[deal], deal)) for deal in old)}
    for deal in sorted(old):
        # The id of a deal that is gone may be that of another one now.
        if heir[deal] is None and (deal not in new or comes_from[deal]):
            yield change("deal_removed", deal, in_words(old[deal]), None, f"{deal} is told no more: {in_words(old[deal])}.", usd(old[deal]))
        if len(goes_to[deal]) > 1:
            parts = sorted(goes_to[deal])
            words = f"{deal} was one deal and is {len(parts)} now: {', '.join(parts)}."
            yield change("deal_split", deal, deal, "; ".join(parts), words, usd(old[deal]))
    for deal in sorted(new):
        olds = sorted(comes_from[deal])
        if len(olds) > 1:
            words = f"{', '.join(olds)} were {len(olds)} deals and are one now: {deal}."
            yield change("deals_joined", deal, "; ".join(olds), deal, words, usd(new[deal]))
        if not olds and (deal not in old or heir[deal] is not None):
            yield change("deal_added", deal, None, in_words(new[deal]), f"{deal} is new: {in_words(new[deal])}.", usd(new[deal]))
            continue
        first = ordered(comes_from[deal], deal).most_common()[0][0] if olds else deal
        if heir.get(first) in (deal, None):
            yield from of_one_deal(old[first], new[deal])


def holders(tables: Tables) -> dict[str, str]:
    """The deal of each mention that has one."""
    return {row["mention_id"]: row["deal_id"] for row in records(tables.deal_mentions[["mention_id", "deal_id"]]) if row["deal_id"]}


def ordered(counts: Counter[str], name: str) -> Counter[str]:
    """Counts with ties broken for a name, then by the alphabet."""
    return Counter(dict(sorted(counts.items(), key=lambda item: (-item[1], item[0] != name, item[0]))))


def of_one_deal(old: Row, new: Row) -> Iterator[Row]:
    """What is told differently of one deal."""
    key = new["deal_id"]
    told: dict[str, tuple[str | None, str | None]] = {
        "amount": (say(amount_of(old)), say(amount_of(new))),
        "status": (old["status"], new["status"]),
        "kind": (old["kind"], new["kind"]),
        "payer": (old["payer"], new["payer"]),
        "payee": (old["payee"], new["payee"]),
        "term": (years(old), years(new)),
    }
    for what, (was, is_now) in told.items():
        if was != is_now:
            words = f"The {what} of {key} was {was or 'not stated'} and is {is_now or 'not stated'}."
            yield change(f"deal_{what}", key, was, is_now, words, max(usd(old) or 0.0, usd(new) or 0.0) or None)


def years(row: Row) -> str | None:
    """The length of a deal in words; null where none is stated."""
    return f"{row['term_years']:g} years" if row["term_years"] else None


def of_conflicts(before: Tables, after: Tables) -> Iterator[Row]:
    """Material contradictions that appeared or were settled."""
    old, new = (
        {row["conflict_id"]: row for row in records(tables.conflicts) if row["severity"] == "material"} for tables in (before, after)
    )
    for name in sorted(new.keys() - old.keys()):
        words = f"The sources contradict each other on the {new[name]['field']} of {new[name]['key']}: {new[name]['values']}."
        yield change("conflict_appeared", name, None, new[name]["values"], words)
    for name in sorted(old.keys() - new.keys()):
        words = f"The contradiction on the {old[name]['field']} of {old[name]['key']} is gone: {old[name]['values']}."
        yield change("conflict_settled", name, old[name]["values"], None, words)


def usd(row: Row) -> float | None:
    """The amount of a deal in dollars, its larger bound; null where none is stated in dollars."""
    bounds = [bound for bound in (row["low"], row["high"]) if bound is not None]
    return max(bounds) if bounds and row["currency"] == "USD" else None
