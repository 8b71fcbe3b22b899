"""What the mentions of one deal or metric do not agree about.

In: the mention rows of one reconciled row, with the date of their documents as `published`; those of a deal also say whether their amount
is an `aside` or `revised` (see `corewatch.reconcile.revisions`). Out: `Disagreement`s, each with its sides.

A disagreement is material if it can change a number of a report. These are not: an amount that is rounded or bounded differently, a state
of affairs that another has followed (talks, then a contract; a plan for 2.5, then for 1.5), a list of parties that is fuller elsewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corewatch.contract import STATUSES
from corewatch.reconcile.amounts import Amount, agree, say
from corewatch.reconcile.parties import nested

Row = dict[str, Any]
FIRM = ("signed", "closed")
PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which mentions differ; `sides` has each value with its mention, one for each document that gives it."""

    field: str
    severity: str
    sides: tuple[tuple[str, Row], ...]
    reading: str


def amount_of(row: Row, unit: str = "currency") -> Amount:
    """The amount of a mention or deal, over the whole term where a rate and a term are stated."""
    amount = Amount(row["low"], row["high"], row[unit], row["approx"], row.get("per"))
    if amount.per is None or not row.get("term_years"):
        return amount
    times = PER_YEAR[amount.per] * row["term_years"]
    low, high = (None if bound is None else bound * times for bound in (amount.low, amount.high))
    return Amount(low, high, amount.unit, amount.approx or low == high)


def deal_disagreements(deal: Row, rows: Sequence[Row]) -> list[Disagreement]:
    """What the mentions of a deal differ in, in the order of the contract's fields."""
    found = [amounts(deal, rows), statuses(deal, rows), kinds(deal, rows), payers(deal, rows), terms(deal, rows), dates(rows)]
    return [one for one in found if one is not None]


def amounts(deal: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Amounts that are not the same words, and whether they can be the same number."""
    used = amount_of(deal)
    known = [row for row in rows if amount_of(row).known and amount_of(row).unit == used.unit and row["aside"] not in ("part", "option")]
    if len({(amount.low, amount.high, amount.per) for amount in map(amount_of, known)}) < 2:
        return None
    others = [row for row in known if row["aside"] == "earlier" or not agree(amount_of(row), used)]
    sides = sides_of(known, lambda row: say(amount_of(row)))
    if not others:
        return Disagreement(
            "amount", "rounding", sides, f"Rounded or bounded differently, they can be one number; {say(used)} is used, the most precise."
        )
    if all(is_earlier(row, deal, rows) for row in others):
        return Disagreement("time", "rounding", sides, f"Earlier and later amounts of one deal; {say(used)} is used, the one that holds.")
    return Disagreement("amount", "material", sides, f"They cannot be one number; {say(used)} is used.")


def is_earlier(row: Row, deal: Row, rows: Sequence[Row]) -> bool:
    """Whether a mention is of an earlier state of the deal than the one whose amount is used."""
    best = next(one for one in rows if one["mention_id"] == deal["mention_id"])
    later = STATUSES.index(row["status"]) < STATUSES.index(best["status"])
    plan = row["status"] in ("talks", "planned") and (later or deal["kind"] == "ipo")
    outdated = any(one["aside"] == "earlier" and agree(amount_of(one), amount_of(row)) for one in rows)
    return outdated or best["revised"] or plan


def statuses(deal: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Whether it depends on the document if the deal counts, or is off."""
    rows = [row for row in rows if row["aside"] is None]
    if len({row["status"] for row in rows}) < 2:
        return None
    sides = sides_of(rows, lambda row: str(row["status"]))
    against = [
        row
        for row in rows
        if (row["status"] in FIRM) != (deal["status"] in FIRM) or (row["status"] == "withdrawn") != (deal["status"] == "withdrawn")
    ]
    if not against:
        return None
    used = f"read as {deal['status']}"
    # Without an amount a mention counts for nothing, so its status can change no number; talks come before the contract.
    weighs = [row for row in against if amount_of(row).known and not (row["status"] == "talks" and deal["status"] in FIRM)]
    if deal["kind"] == "ipo" or in_order(rows) or not weighs:
        return Disagreement("time", "rounding", sides, f"Earlier and later states of one deal; {used}.")
    return Disagreement(
        "status", "material", sides, f"Without dates it is open which came last; {used}, the furthest state that a document gives."
    )


def in_order(rows: Sequence[Row]) -> bool:
    """Whether all documents are dated and none goes back behind the state that an earlier one gives."""
    if any(row["published"] is None for row in rows):
        return False
    ranks = [STATUSES.index(row["status"]) for row in sorted(rows, key=lambda row: (row["published"], STATUSES.index(row["status"])))]
    return ranks == sorted(ranks)


def kinds(deal: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Whether documents call the same deal different things; shares sold in a public offering are both."""
    found = {row["kind"] for row in rows}
    if len(found) < 2 or found == {"equity", "ipo"}:
        return None
    saying = {kind: len({row.get("source") or row["doc_id"] for row in rows if row["kind"] == kind}) for kind in found}
    most = all(saying[deal["kind"]] > number for kind, number in saying.items() if kind != deal["kind"])
    why = "as most sources have it" if most else "as the passage has it whose amount is used"
    return Disagreement("kind", "material", sides_of(rows, lambda row: str(row["kind"])), f"Read as {deal['kind']}, {why}.")


def payers(deal: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Whether documents name different payers, or different firms that are paid; naming some of several is no disagreement."""
    named = [row for row in rows if row["payer"] is not None]
    if not all(nested(row["payer"], deal["payer"]) for row in named):
        return Disagreement("payer", "material", sides_of(named, lambda row: str(row["payer"])), f"Read as paid by {deal['payer']}.")
    paid = [row for row in rows if row["payee"] is not None]
    if not all(nested(row["payee"], deal["payee"]) for row in paid):
        return Disagreement("payer", "material", sides_of(paid, lambda row: f"to {row['payee']}"), f"Read as paid to {deal['payee']}.")
    return None


def terms(deal: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Whether documents give the contract different lengths, as long as no change of it is told."""
    told = [row for row in rows if row["term_years"] is not None and row["aside"] is None and row["status"] in FIRM]
    changed = any(row["revised"] or row["aside"] == "earlier" for row in rows)
    if len({row["term_years"] for row in told}) < 2 or changed:
        return None
    sides = sides_of(told, lambda row: f"{row['term_years']:g} years")
    used = "no length is used" if deal["term_years"] is None else f"{deal['term_years']:g} years are used"
    return Disagreement("time", "material", sides, f"The contract cannot run for both; {used}.")


def dates(rows: Sequence[Row]) -> Disagreement | None:
    """Whether a document is older than the day on which it reports something as done; a month or year may be another's."""
    early = [row for row in rows if row["status"] in FIRM and is_day(row["date"]) and is_before(row["published"], row["date"])]
    if not early:
        return None
    sides = sides_of(early, lambda row: f"{row['status']} {row['date']}")
    papers = " and ".join(sorted({f"{row['doc_id']} is of {row['published']}" for row in early}))
    return Disagreement("time", "material", sides, f"{papers}, before the day that it gives for what it reports as done.")


def is_before(published: str | None, day: str) -> bool:
    """Whether a document is of before a day; one of that month, or of that year, may be of later."""
    return published is not None and published < day and not day.startswith(published)


def is_day(date: str | None) -> bool:
    """Whether a date is exact to the day."""
    return date is not None and date.count("-") == 2


def sides_of(rows: Sequence[Row], value: Callable[[Row], str]) -> tuple[tuple[str, Row], ...]:
    """Each value with the first mention of each document that gives it, in the order of the documents."""
    sides: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (row["doc_id"], row["start"], row["mention_id"])):
        sides.setdefault((row["doc_id"], value(row)), row)
    return tuple((value(row), row) for row in sides.values())


def metric_disagreement(metric: Row, rows: Sequence[Row]) -> Disagreement | None:
    """Values of one metric that are not the same words, and whether they can be the same number."""
    same = [row for row in rows if row["basis"] == metric["basis"] and row["unit"] == metric["unit"]]
    used = amount_of(metric, "unit")
    if len({(row["low"], row["high"]) for row in same}) < 2:
        return None
    sides = sides_of(same, lambda row: say(amount_of(row, "unit")))
    if all(agree(amount_of(row, "unit"), used) for row in same):
        return Disagreement("amount", "rounding", sides, f"Rounded or bounded differently, they can be one number; {say(used)} is used.")
    if metric["period"] is None:
        return Disagreement("time", "rounding", sides, f"No period is stated, so they may be of different days; {say(used)} is used.")
    return Disagreement("amount", "material", sides, f"They cannot be one number; {say(used)} is used.")
