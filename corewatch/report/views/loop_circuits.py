"""What would close a loop: the circuits that deals and ties form, step by step with the evidence of each.

In: the report with its circuits. Out: a block a circuit, those with most money first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.report.contradictions import article_link
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, folded, fragment, listed_markup, number_cell, quiet, table
from corewatch.report.reading import rows
from corewatch.report.views import deal_rows
from corewatch.report.views.verdict_cards import percent
from corewatch.report.wording import amount_of, counted, kind_noun, money, payee_of, payer_of, said, words
from corewatch.tables import records

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_CIRCUITS = 4
MOST_TABLE = 40
# A longer table is opened by whoever wants it.
MOST_OPEN = 8
ORDER = {True: "yes", False: "no", None: "not known"}


def circuit_blocks(report: ClosedLoop) -> Fragment:
    """What would close a loop: the circuits that the deals and ties form, and what each step of them is."""
    found = report.circuit_rows()
    if not found:
        reversed_grant = grant_block(report)
        if reversed_grant:
            return fragment("cols", blocks=[reversed_grant])
        text = "No deal or tie, however small and however uncertain, leads from a firm back to itself."
        return Fragment(Markup("<p>{}</p>").format(text))
    blocks = [{"heading": circuit_name(row), "lines": circuit_lines(report, row)} for row in found[:MOST_CIRCUITS]]
    if reversed_grant := grant_block(report):
        blocks.append(reversed_grant)
    parts = fragment("cols", blocks=blocks)
    if len(found) > MOST_CIRCUITS:
        number = counted(MOST_CIRCUITS, "circuit").split(" ")[0]
        chosen = f"Shown are {number} of {counted(len(found), 'circuit')}, {order_words(report, found)}."
        parts += Fragment(Markup('<p class="note after">{}</p>').format(chosen))
    return parts


def in_order_of_trust(report: ClosedLoop, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The circuits: those whose every step was read with some confidence first, then those with most money."""

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return unsure_of(report, row) is not None, row["usd"] is None, -(row["usd"] or 0.0), row["firms"].count(";"), row["firms"]

    return sorted(found, key=key)


def order_words(report: ClosedLoop, found: Sequence[Mapping[str, Any]]) -> str:
    """Which circuits are shown, in words."""
    doubtful = any(unsure_of(report, row) is not None for row in found)
    return "those with most money" + (" among those that rest on no row of low confidence first" if doubtful else "")


def unsure_of(report: ClosedLoop, row: Mapping[str, Any]) -> float | None:
    """The confidence of a circuit's least sure step, if that is low; None where every step is sure enough."""
    ids = (row["deal_ids"] or "").split("; ")
    # A step of several deals is as sure as the surest of them.
    steps: dict[tuple[str | None, str | None, str], float] = {}
    for one in ids:
        if one in report.deals:
            deal = report.deals[one]
            step = (deal.payer, deal.payee, deal_letter(deal))
            steps[step] = max(steps.get(step, 0.0), report.deal_confidence[one])
    ties = [report.tie_confidence[one] for one in (row["ties"] or "").split("; ") if one in report.tie_confidence]
    least = min([*steps.values(), *ties], default=1.0)
    return least if least < deal_rows.LEAST_SURE else None


def circuit_lines(report: ClosedLoop, row: Mapping[str, Any]) -> list[Words]:
    """The steps of a circuit with their evidence, then what it weighs."""
    firms = row["firms"].split("; ")
    ties = {tie.relation_id: tie for tie in rows(report.tables.relations)}
    deals = [report.deals[one] for one in (row["deal_ids"] or "").split("; ") if one in report.deals]
    named = [ties[one] for one in (row["ties"] or "").split("; ") if one in ties]
    steps: list[Words] = []
    for payer, payee, letter in zip(firms, firms[1:] + firms[:1], row["classes"], strict=True):
        deal = next(
            (
                d
                for d in deals
                if payer in (d.payer or "").split("; ") and payee in (d.payee or "").split("; ") and deal_letter(d) == letter
            ),
            None,
        )
        tie = next((t for t in named if (t.source, t.target) == (payer, payee)), None)
        if deal is not None:
            status = "" if deal.status in deal_rows.FIRM else f", {words()['statuses'][deal.status]}"
            what = Markup("{} {} {}").format(payer, "funds" if letter == "F" else "pays", payee)
            sum_said = said(amount_of(deal)) if amount_of(deal).known else "sum not stated"
            steps.append(
                Markup("{} ({}, {}{})").format(
                    what, report.register.link(report.reading.lead(deal), sum_said), kind_noun(deal.kind), status
                )
            )
        elif tie is not None:
            verb = {"investor_in": "backs", "customer_of": "is a customer of"}[tie.relation]
            steps.append(Markup("{} {}").format(payer, report.register.link(tie, f"{verb} {payee}")))
    form = "Funding out, purchase back: the very form of the claim." if set(row["classes"]) == {"F", "P"} else ""
    if row["usd"] is None:
        weight = "A step has no amount, so it weighs nothing in the numbers above. It is the first thing to look up."
    elif row["status"] in deal_rows.FIRM:
        weight = f"Every step is closed or signed; at most {money(row['usd'], 'USD', digits=3)} can run round it."
    else:
        weakest = words()["statuses"].get(row["status"], "a tie")
        most = money(row["usd"], "USD", digits=3)
        weight = f"The weakest step is {weakest}, so it is not counted; it would carry at most {most}."
    order = " The dates that are known do not run in its order." if row["in_order"] is False else ""
    unsure = unsure_of(report, row)
    doubt = "" if unsure is None else f" A step was read with low confidence ({unsure:.2f}), so look at its words first."
    return [Markup("{}.").format(listed_markup(steps)), f"{form} {weight}{order}{doubt}".strip()]


def deal_letter(deal: Any) -> str:
    """The class of a deal in a circuit."""
    return "F" if words()["kinds"][deal.kind]["verb"] == "funds" else "P"


def circuit_name(row: Mapping[str, Any]) -> str:
    """A circuit as a way: `A → B → A`."""
    firms = row["firms"].split("; ")
    return " → ".join([*firms, firms[0]])


def grant_block(report: ClosedLoop) -> dict[str, Any] | None:
    """What shares that may be no cash would do if the supplier granted them: the money would run the other way."""
    grants = [deal for deal in report.loop_deals if deal.deal_id in report.noncash]
    table_ = report.numbers.result.robustness
    values = [row for row in records(table_) if (row["family"], row["element"], row["indicator"]) == ("noncash", "reverse", "kappa")]
    if not grants or not values:
        return None
    deal = report.deals[grants[0].deal_id]
    payer, payee = payer_of(deal), payee_of(deal)
    lead = report.reading.lead(deal)
    share = values[0]["value"]
    told = Markup("{} has {} put {} into {}.").format(
        article_link(report.reading, lead), payer, report.register.link(lead, said(amount_of(deal))), payee
    )
    change = f"Shares that a supplier grants its customer are no cash and would run from {payee} to {payer}; read that way, " + (
        f"{percent(share)} of the money could return." if share else "nothing would return either."
    )
    return {"heading": f"{payee} → {payer}", "lines": [told, change]}


def circuit_table(report: ClosedLoop) -> Fragment:
    """Every circuit with its form, the least amount on the way, its weakest step, its documents and its order."""
    found = report.circuit_rows()
    if not found:
        return Fragment(Markup(""))
    ties = {tie.relation_id: tie for tie in rows(report.tables.relations)}
    lines = []
    found = report.circuit_rows()
    for row in found[:MOST_TABLE]:
        told = [m for one in (row["deal_ids"] or "").split("; ") if one in report.deals for m in report.reading.mentions(report.deals[one])]
        told += [ties[one] for one in (row["ties"] or "").split("; ") if one in ties]
        told.sort(key=lambda one: (report.reading.order[one.doc_id], one.start))
        usd = row["usd"]
        form = (
            "funding and purchase" if set(row["classes"]) == {"F", "P"} else "purchases only" if "P" in row["classes"] else "funding only"
        )
        weakest = str(words()["statuses"].get(row["status"], "a tie"))
        sure = "low" if unsure_of(report, row) is not None else "good"
        lines.append(TableRow([
            Cell(circuit_name(row)), Cell(form, group=form),
            number_cell(quiet("not known") if usd is None else money(usd, "USD", digits=3), usd),
            Cell(weakest, group=weakest), Cell(sure, group=sure), Cell(deal_rows.article_links(report.reading, told)),
            Cell(ORDER[row["in_order"]]),
        ]))  # fmt: skip
    columns = [
        Column("Circuit"), Column("Form", filter="Form"), Column("At most", "num"), Column("Weakest step", filter="Weakest step"),
        Column("Confidence", filter="Confidence"), Column("Articles"), Column("Dates run in its order"),
    ]  # fmt: skip
    more = f"; the first {MOST_TABLE} of {len(found):,}" if len(found) > MOST_TABLE else ""
    caption = f"All circuits of at most six firms, uncertain ones and ties included{more}"
    made = table("All circuits", columns, lines, caption=caption, sources=("flows", "relations"))
    if len(lines) > MOST_OPEN:
        made = folded(made, "All circuits as a table")
    return Fragment(Markup('<div class="after-verdicts">{}</div>').format(made.markup))
