"""What changed between two readings: documents, deals, amounts, statuses, measures and conflicts, in words, the largest first.

In: the tables before and after. Out: the table of changes, a row a change: `what`, `key` (the id after, or before if it is gone),
`before`, `after` (in words, null where there was nothing), `usd` (the largest dollar amount concerned, null without one), `words`, and
`values` with `mention_ids` in parallel (joined by "; ", null without any): what of the words a passage says, and the mention that says it.

Deals are followed through their mentions, whose ids do not depend on other documents: the deal after that holds most mentions of the one
before is the same deal. Where mentions that were one deal are several now, or the other way round, that is told as a change of its own,
so that no document splits or joins deals unnoticed. Tables that do not hold together, as where a row was taken out of one of them by hand,
are refused: nothing can be followed through them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pandas import DataFrame

from corewatch.documents.labels import labels
from corewatch.lexicon.telling import telling
from corewatch.reconcile.amounts import say
from corewatch.reconcile.change_kinds import KINDS
from corewatch.reconcile.change_passages import Passages, Saying, told
from corewatch.reconcile.change_words import (
    NOT_STATED,
    articles,
    conflict_field,
    conflict_sides,
    conflict_values,
    deal_name,
    deal_sentence,
    metric_amount,
    metric_name,
    status_word,
)
from corewatch.reconcile.disagreements import amount_of
from corewatch.reconcile.explaining import in_words
from corewatch.reconcile.holding_together import check_holds_together
from corewatch.tables import Tables, records

Row = dict[str, Any]
COLUMNS = ("what", "key", "before", "after", "usd", "words", "values", "mention_ids")
# What comes first of changes of one size, by the first part of `what`.
ORDER = ("deal", "deals", "conflict", "metric", "document")
# Measures that can be set beside the size of a deal.
MONEY = ("revenue", "net_income", "backlog", "capex", "debt")


def find_changes(before: Tables, after: Tables) -> DataFrame:
    """The changes, those of large deals first; no rows where nothing changed.

    Raises `ContractError` where a mention is of a deal or document that is not in its table, or a deal has no mention.
    """
    for tables in (before, after):
        check_holds_together(tables)
    past, present = Passages(before, after), Passages(after)
    heir, deals = of_deals(before, after, past, present)
    found = [
        *deals, *of_conflicts(before, after, heir, past, present), *of_metrics(before, after, past, present),
        *of_documents(before, after), *of_files(before, after),
    ]  # fmt: skip
    found.sort(key=lambda row: (-(row["usd"] or 0.0), ORDER.index(row["what"].partition("_")[0]), row["what"], row["key"]))
    return DataFrame(found, columns=list(COLUMNS))


def change(
    what: str, key: str, before: str | None, after: str | None, words: str, usd: float | None = None, says: Sequence[Saying] = ()
) -> Row:
    """A row of the table; `says` are the words that passages say, in their order. `KeyError` for a kind without words in `change_kinds`."""
    if what not in KINDS:
        raise KeyError(f"{what}: no words in corewatch.reconcile.change_kinds")
    return {"what": what, "key": key, "before": before, "after": after, "usd": usd, "words": words, **told(says)}


def of_documents(before: Tables, after: Tables) -> Iterator[Row]:
    """Documents that came, went, were edited, could be read no longer, or at last."""
    old, new = ({row["doc_id"]: row for row in records(tables.documents)} for tables in (before, after))
    refused, reading = ({row["path"]: row for row in records(tables.rejected)} for tables in (after, before))
    names = (labels(list(old)), labels(list(new)))
    for key in sorted(old.keys() | new.keys()):
        row = new.get(key) or old[key]
        name = f"Article {names[key in new][key]}" + (f", “{row['title']}”," if row["title"] else "")
        if key not in old:
            first = reading.get(row["path"])
            if first:
                yield change("document_read", key, first["reason"], key, f"{name} could not be read before and is read now.")
            else:
                yield change("document_added", key, None, key, f"{name} is new.")
        elif key not in new:
            why = refused.get(row["path"])
            if why:
                yield change(
                    "document_rejected", key, key, why["reason"], f"{name} was read before and is not now: {clause(why['detail'])}."
                )
            else:
                yield change("document_removed", key, key, None, f"{name} is gone.")
        elif old[key]["sha256"] != row["sha256"]:
            yield change("document_edited", key, key, key, f"{name} was edited.")


def of_files(before: Tables, after: Tables) -> Iterator[Row]:
    """Files that were never read and are newly given, or given no longer."""
    old, new = ({row["path"]: row for row in records(tables.rejected)} for tables in (before, after))
    known = {row["path"] for tables in (before, after) for row in records(tables.documents)}
    for path in sorted((old.keys() ^ new.keys()) - known):
        if path in new:
            words = f"File {path} is new and could not be read: {clause(new[path]['detail'])}."
            yield change("document_unread", path, None, new[path]["reason"], words)
        else:
            yield change("document_unread_gone", path, old[path]["reason"], None, f"File {path}, which could not be read, is gone.")


def clause(detail: str) -> str:
    """A sentence without its full stop."""
    return detail.rstrip(". ")


def of_deals(before: Tables, after: Tables, past: Passages, present: Passages) -> tuple[dict[str, str], list[Row]]:
    """The deal after that each deal before became, and the deals that are new, gone, split, joined, or told differently."""
    old, new = ({row["deal_id"]: row for row in records(tables.deals)} for tables in (before, after))
    was, now = (holders(tables) for tables in (before, after))
    said_in = articles_of(after)
    goes_to: defaultdict[str, Counter[str]] = defaultdict(Counter)
    comes_from: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in was.keys() & now.keys():
        goes_to[was[mention]][now[mention]] += 1
        comes_from[now[mention]][was[mention]] += 1
    heir = {deal: heirs.most_common()[0][0] if heirs else None for deal, heirs in ((deal, ordered(goes_to[deal], deal)) for deal in old)}
    found: list[Row] = []
    for deal in sorted(old):
        # The id of a deal that is gone may be that of another one now.
        if heir[deal] is None and (deal not in new or comes_from[deal]):
            words = f"{deal_sentence(old[deal])}: no article tells it any more."
            found.append(change("deal_removed", deal, in_words(old[deal]), None, words, usd(old[deal]), past.amount(old[deal])))
        if len(goes_to[deal]) > 1:
            parts = sorted(goes_to[deal])
            words = f"What was read as one deal, {deal_name(old[deal])}, is now read as {len(parts)}: {listing(new, parts)}."
            says = [*past.amount(old[deal]), *(one for part in parts for one in present.amount(new[part]))]
            found.append(change("deal_split", deal, deal, "; ".join(parts), words, usd(old[deal]), says))
    for deal in sorted(new):
        olds = sorted(comes_from[deal])
        if len(olds) > 1:
            words = f"What were {len(olds)} deals, {listing(old, olds)}, are read as one now: {deal_name(new[deal])}."
            says = [*(one for earlier in olds for one in past.amount(old[earlier])), *present.amount(new[deal])]
            found.append(change("deals_joined", deal, "; ".join(olds), deal, words, usd(new[deal]), says))
        if not olds and (deal not in old or heir[deal] is not None):
            words = f"{deal_sentence(new[deal])}: new, from {articles(said_in[deal])}."
            found.append(change("deal_added", deal, None, in_words(new[deal]), words, usd(new[deal]), present.amount(new[deal])))
            continue
        first = ordered(comes_from[deal], deal).most_common()[0][0] if olds else deal
        if heir.get(first) in (deal, None):
            found += of_one_deal(old[first], new[deal], past, present)
    return {deal: after_it for deal, after_it in heir.items() if after_it is not None}, found


def listing(deals: Mapping[str, Row], names: Iterable[str]) -> str:
    """Deals by their names, one after the other."""
    return "; ".join(deal_name(deals[name]) for name in names)


def articles_of(tables: Tables) -> dict[str, list[str]]:
    """What the articles of each deal are called, each once, in the order of the documents."""
    names = labels(list(tables.documents["doc_id"]))
    order = {doc_id: place for place, doc_id in enumerate(names)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in records(tables.deal_mentions[["doc_id", "deal_id"]]):
        if row["deal_id"]:
            found[row["deal_id"]].add(row["doc_id"])
    return {deal: [names[doc_id] for doc_id in sorted(docs, key=order.__getitem__)] for deal, docs in found.items()}


def holders(tables: Tables) -> dict[str, str]:
    """The deal of each mention that has one."""
    return {row["mention_id"]: row["deal_id"] for row in records(tables.deal_mentions[["mention_id", "deal_id"]]) if row["deal_id"]}


def ordered(counts: Counter[str], name: str) -> Counter[str]:
    """Counts with ties broken for a name, then by the alphabet."""
    return Counter(dict(sorted(counts.items(), key=lambda item: (-item[1], item[0] != name, item[0]))))


def of_one_deal(old: Row, new: Row, past: Passages, present: Passages) -> Iterator[Row]:
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
            then, now = (in_a_word(what, value) for value in (was, is_now))
            name = deal_name(new, amount=what != "amount")
            words = f"{name}: the {what} was {then} and is {now}." if what != "status" else f"{name}: was {then} and is {now}."
            if what == "amount":
                says = [*past.amount(old), *present.amount(new)]
            else:
                field = "term_years" if what == "term" else what
                says = [*present.amount(new), past.field(old, field, then), present.field(new, field, now)]
            yield change(f"deal_{what}", key, was, is_now, words, max(usd(old) or 0.0, usd(new) or 0.0) or None, says)


def in_a_word(what: str, value: str | None) -> str:
    """A field of a deal as a reader calls it."""
    if value is None:
        return NOT_STATED
    if what == "status":
        return status_word(value)
    return str(telling()["kinds"][value]["noun"]) if what == "kind" else " and ".join(value.split("; "))


def years(row: Row) -> str | None:
    """The length of a deal in words; null where none is stated."""
    return f"{row['term_years']:g} years" if row["term_years"] else None


def of_conflicts(before: Tables, after: Tables, heir: Mapping[str, str], past: Passages, present: Passages) -> Iterator[Row]:
    """Material contradictions that appeared or were settled; one that is told of a deal under another id is the same."""
    old, new = (
        {row["conflict_id"]: row for row in records(tables.conflicts) if row["severity"] == "material"} for tables in (before, after)
    )
    was, now = (about(tables) for tables in (before, after))
    become = {heir.get(row["key"], row["key"]) + name.removeprefix(row["key"]): name for name, row in old.items()}
    for name in sorted(new.keys() - become.keys()):
        row = new[name]
        subject, size, amount = now.get(row["key"], (row["key"], None, None))
        words = f"{subject}: contradicted on {conflict_field(row)} ({conflict_values(row)})."
        says = [*(present.amount(amount) if amount else []), *present.sides(row, conflict_sides(row))]
        yield change("conflict_appeared", name, None, row["values"], words, size, says)
    for name in sorted(become[moved] for moved in become.keys() - new.keys()):
        row = old[name]
        subject, size, amount = was.get(row["key"], (row["key"], None, None))
        words = f"{subject}: no longer contradicted on {conflict_field(row)} (it was {conflict_values(row)})."
        says = [*(past.amount(amount) if amount else []), *past.sides(row, conflict_sides(row))]
        yield change("conflict_settled", name, row["values"], None, words, size, says)


def about(tables: Tables) -> dict[str, tuple[str, float | None, Row | None]]:
    """What a contradiction may be about, by its key: its name, its size in dollars, and the deal whose amount is in the name."""
    found: dict[str, tuple[str, float | None, Row | None]] = {
        row["deal_id"]: (deal_name(row), usd(row), row) for row in records(tables.deals)
    }
    for row in records(tables.metrics):
        keys = (row["metric_id"], f"{row['company']}/{row['metric']}/{row['period'] or ''}")
        found |= dict.fromkeys(keys, (metric_name(row), metric_usd(row), None))
    return found


def of_metrics(before: Tables, after: Tables, past: Passages, present: Passages) -> Iterator[Row]:
    """Measures that are new, told no more, or told differently."""
    old, new = ({row["metric_id"]: row for row in records(tables.metrics)} for tables in (before, after))
    for key in sorted(old.keys() | new.keys()):
        was, is_now = (metric_amount(rows[key]) if key in rows else None for rows in (old, new))
        row = new.get(key) or old[key]
        then = [past.says(was, old[key]["mention_id"])] if was else []
        now = [present.says(is_now, new[key]["mention_id"])] if is_now else []
        size = max((metric_usd(rows[key]) or 0.0 for rows in (old, new) if key in rows), default=0.0) or None
        if was is None:
            yield change("metric_added", key, None, is_now, f"{metric_name(row)}: {is_now}, new.", size, now)
        elif is_now is None:
            yield change("metric_removed", key, was, None, f"{metric_name(row)}: {was}, no article tells it any more.", size, then)
        elif was != is_now:
            yield change("metric_amount", key, was, is_now, f"{metric_name(row)}: was {was} and is {is_now}.", size, [*then, *now])
        elif old[key]["basis"] != row["basis"]:
            words = f"{metric_name({**row, 'basis': 'actual'})}: {is_now}, was {old[key]['basis']} and is {row['basis']}."
            yield change("metric_basis", key, old[key]["basis"], row["basis"], words, size, now)


def metric_usd(row: Row) -> float | None:
    """The dollars of a measure of money that comes in, goes out or is owed; null for prices and valuations, which are no deal's size."""
    bounds = [abs(bound) for bound in (row["low"], row["high"]) if bound is not None]
    return max(bounds) if bounds and row["unit"] == "USD" and row["metric"] in MONEY else None


def usd(row: Row) -> float | None:
    """The amount of a deal in dollars, its larger bound; null where none is stated in dollars."""
    bounds = [bound for bound in (row["low"], row["high"]) if bound is not None]
    return max(bounds) if bounds and row["currency"] == "USD" else None
