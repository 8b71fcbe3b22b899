"""Tables in, deals as the loop looks at them out: each flow with what its deal and its mentions add to it.

The judgements made:
- Amounts conflict where the deal is not `agreed` and its conflicts name amounts. Each independent source then has one value: documents that
  copy one another, or that credit the same outlet, are one source, and of several amounts in one source the most precise is taken.
- `flows` alone is enough: then no amount is approximate, no document is known, and `through` and `approx` are read where they are columns.
"""

from collections.abc import Collection, Mapping
from typing import Any

from pandas import DataFrame

from corewatch.loop.amounts import Deal, Stated
from corewatch.loop.flows import usd_bounds
from corewatch.tables import Tables, records

Row = Mapping[str, Any]


def deals_of(tables: Tables) -> list[Deal]:
    """The deals of tables, by id."""
    told = {row["deal_id"]: row for row in records(tables.deals)}
    mentions: dict[str, list[Row]] = {}
    for row in records(tables.deal_mentions):
        if row["deal_id"] is not None:
            mentions.setdefault(row["deal_id"], []).append(row)
    differing = conflicting_mentions(tables.conflicts)
    found = []
    for flow in records(tables.flows):
        deal, rows = told.get(flow["deal_id"], {}), mentions.get(flow["deal_id"], [])
        chosen = [row for row in rows if row["mention_id"] in differing.get(flow["deal_id"], ())]
        values = source_values(chosen, deal) if deal and not deal["agreed"] else ()
        found.append(deal_of(flow, deal, values, sorted({str(row["doc_id"]) for row in rows})))
    return sorted(found, key=lambda one: one.deal_id)


def deals_of_flows(flows: DataFrame) -> list[Deal]:
    """The deals of a table `flows`, by id."""
    return sorted((deal_of(row, row, (), ()) for row in records(flows)), key=lambda one: one.deal_id)


def deal_of(flow: Row, deal: Row, values: tuple[Stated, ...], documents: Collection[str]) -> Deal:
    """A flow as a deal, with what the row of its deal adds."""
    return Deal(
        deal_id=str(flow["deal_id"]),
        payers=parties(flow["payer"]),
        # A takeover pays the sellers, who are outside; the company that is taken over receives nothing.
        payees=(None,) if flow["kind"] == "acquisition" else parties(flow["payee"]),
        kind=flow["kind"],
        amount=Stated(flow["usd_low"], flow["usd_high"], bool(deal.get("approx"))),
        status=flow["status"],
        term_years=flow["term_years"],
        through=None if deal.get("through") is None else int(deal["through"]),
        date=flow["start"],
        noncash=bool(flow["noncash"]),
        values=values,
        documents=tuple(documents),
    )


def conflicting_mentions(conflicts: DataFrame) -> dict[str, set[str]]:
    """The mentions whose amounts differ, by deal."""
    found: dict[str, set[str]] = {}
    for row in records(conflicts):
        if row["table"] == "deals" and row["field"] == "amount":
            found.setdefault(row["key"], set()).update(row["mention_ids"].split("; "))
    return found


def source_values(mentions: Collection[Row], deal: Row) -> tuple[Stated, ...]:
    """The amount of each independent source, the most precise of several; none where fewer than two differ."""
    groups: dict[str, list[tuple[Stated, str]]] = {}
    for row in sorted(mentions, key=lambda one: str(one["mention_id"])):
        amount = stated_usd(row, deal)
        if amount.known:
            groups.setdefault(row["source"] or row["doc_id"], []).append((amount, str(row["mention_id"])))
    values = [max(group, key=lambda one: (precision(one[0]), one[1]))[0] for group in groups.values()]
    return tuple(values) if len({(one.low, one.high) for one in values}) > 1 else ()


def stated_usd(row: Row, deal: Row) -> Stated:
    """A mention's amount as a total in US dollars, as its deal's would be."""
    low, high = usd_bounds({**row, "term_years": row["term_years"] if row["term_years"] is not None else deal["term_years"]})
    return Stated(low, high, bool(row["approx"]))


def precision(amount: Stated) -> tuple[bool, bool, bool]:
    """How precisely an amount is stated."""
    return amount.known, amount.low is not None and amount.low == amount.high, not amount.approx


def parties(cell: str | None) -> tuple[str | None, ...]:
    """The companies of a cell; one outsider for null."""
    return (None,) if cell is None else tuple(cell.split("; "))
