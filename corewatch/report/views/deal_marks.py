"""The amounts of a deal as marks of a figure, and how to read the marks that are there.

In: rows of `deals` with the reading and register of a page. Out: marks of a range plot with their links, and entries of its key. Judgements
made here: the amount that is used comes first; another is a diamond where it contradicts, a ring where it is earlier, planned or rounded.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corewatch.report.charts.ranges import RangeMark, RangeRow, Shape
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words
from corewatch.report.reading import Reading
from corewatch.report.views import deal_rows
from corewatch.report.wording import Amount, amount_of, is_funding, payee_of, payer_of, said

MOST_MARKS = 4


def marks_of(reading: Reading, register: Evidence, deal: Any, scale: float) -> list[RangeMark]:
    """The amount used, then every other amount of the deal: a diamond where it contradicts, a ring where it is earlier or rounded."""
    against = {one for c in reading.conflicts_of(deal.deal_id) if c.field == "amount" for one in c.mention_ids.split("; ")}
    found: list[RangeMark] = []
    seen: set[Amount] = set()
    for mention in reading.mentions(deal):
        amount = amount_of(mention)
        if mention.mention_id == deal.mention_id:
            amount = amount_of(deal)
        if not deal_rows.total_only(amount) or amount in seen or mention.is_total or amount.unit != deal.currency:
            continue
        seen.add(amount)
        differs = mention.mention_id in against and amount.stated != amount_of(deal).stated
        shape: Shape = "cross" if deal.status == "withdrawn" else "disc" if not found else "diamond" if differs else "ring"
        low = None if amount.low is None else amount.low / scale
        high = None if amount.high is None else amount.high / scale
        link = register.attributes(mention, label=f"{payer_of(deal)} to {payee_of(deal)}: {said(amount)}")
        found.append(RangeMark(low, high, said(Amount(low, high, None, amount.approx, word=amount.word)), shape, link))
    return found[:MOST_MARKS]


def row_of(reading: Reading, register: Evidence, deal: Any, scale: float, *, name: str = "", doubts: Sequence[str] = ()) -> RangeRow:
    """A deal as a row of a figure: its name leads to its page."""
    details = [deal_rows.what_for(deal), deal_rows.status_word(deal), *doubts]
    details += ["read with low confidence"] * deal_rows.unsure(reading, deal)
    page = Markup(' class="plain" href="{}"').format(reading.deal_href(deal.deal_id))
    tone = "i" if deal.status == "withdrawn" else "f" if is_funding(deal.kind) else "p"
    return RangeRow(name or deal_rows.direction(deal), ", ".join(details), marks_of(reading, register, deal, scale), tone, page)  # type: ignore[arg-type]  # the words are of the literal


def key_of(deals: Sequence[Any], rows: Sequence[RangeRow]) -> list[tuple[str, Words]]:
    """How to read the marks of some deals in their rows."""
    amounts, shapes = [amount_of(deal) for deal in deals], {mark.shape for row in rows for mark in row.marks}
    entries: list[tuple[str, Words]] = []
    if len({is_funding(deal.kind) for deal in deals}) == 2:
        entries.append(("Blue", Markup("buys, <b>brown</b> funds")))
    if "disc" in shapes:
        entries.append(("Disc", "an amount as stated"))
    if any(amount.high is None for amount in amounts):
        entries.append(("Bar open to the right", "“over”: it starts at the bound and has no end"))
    if any(amount.low is None for amount in amounts):
        entries.append(("Bar open to the left", "“up to”"))
    if "diamond" in shapes:
        entries.append(("Diamond", "an amount that contradicts"))
    if "ring" in shapes:
        entries.append(("Ring", "another amount, earlier, planned or rounded"))
    if "cross" in shapes:
        entries.append(("Cross", "withdrawn"))
    return entries
