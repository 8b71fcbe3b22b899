"""What is missing for a verdict: the payments that no article names, found in the graph, in the words of somebody who could look them up.

In: the report with its graph of closed and signed deals. Out: sentences. Judgements made here: the first payment to look up is that of the
firm with most receipts that nobody follows, to the largest seller of hardware that it is not seen to pay, else to the largest other
seller; a firm that nothing is known to leave is named before one that pays little.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from corewatch.loop.verdicts import CARRIED, DEMAND_DISPUTE, DEMAND_SUPPORT, FOLLOWED
from corewatch.report.fragments import Words, joined
from corewatch.report.reading import rows
from corewatch.report.wording import listed, money

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_NAMED = 3
ALONE = re.compile(r"Without the document (.+) the figures would not say (\w+)\.")


def unfollowed(report: ClosedLoop) -> list[tuple[float, str]]:
    """The firms with receipts that no recorded payment follows, and how much, the most first."""
    graph = report.firm_graph
    found = [(graph.received(firm) - min(graph.received(firm), graph.paid(firm)), firm) for firm in graph.firms]
    return sorted(((usd, firm) for usd, firm in found if usd > 0), key=lambda pair: (-pair[0], pair[1]))


def likely_supplier(report: ClosedLoop, firm: str) -> str | None:
    """Whom a firm most likely pays without an article saying so: the largest seller of hardware, else the largest seller."""
    graph = report.firm_graph
    paid = {edge.payee for edge in graph.edges if edge.payer == firm}
    sold: dict[str, tuple[bool, float]] = {}
    for row in rows(report.tables.flows):
        if row.kind in ("hardware", "compute", "colocation") and row.payee and row.status != "withdrawn":
            for name in row.payee.split("; "):
                hardware, usd = sold.get(name, (False, 0.0))
                sold[name] = (hardware or row.kind == "hardware", usd + (row.usd_low or row.usd_high or 0.0))
    inside = set(graph.firms)
    found = [name for name in sold if name != firm and name not in paid and name in inside]
    return min(found, key=lambda name: (not sold[name][0], -sold[name][1], name), default=None)


def payers_of(report: ClosedLoop, firm: str) -> list[str]:
    """Who buys from a firm, those who pay most first."""
    graph = report.firm_graph
    paid: dict[str, float] = {}
    for edge in graph.edges:
        if edge.payee == firm and edge.purchase and edge.payer:
            paid[edge.payer] = paid.get(edge.payer, 0.0) + edge.usd
    return sorted(paid, key=lambda name: (-paid[name], name))


def missing(report: ClosedLoop, thesis: str, why: str, subject: str | None = None) -> Words:
    """What is missing for a verdict on a thesis that is undetermined."""
    if not report.firm_graph.edges:
        return "Any deal that is closed or signed, with its amount."
    if carried := ALONE.search(why):
        return second_source(report, carried[1], carried[2])
    if thesis == "H3":
        return vendor(report, subject)
    return {"H1": circulation, "H2a": origin, "H2b": demand}[thesis](report)


def second_source(report: ClosedLoop, document: str, word: str) -> Words:
    """What only one document tells, so that it carries a verdict alone."""
    only = [deal for deal in report.loop_deals if deal.documents == (document,) and deal.deal_id in report.counted_ids]
    only.sort(key=lambda deal: (-(deal.amount.point or 0.0), deal.deal_id))
    told = listed([f"{report.parties(deal)}" for deal in only[:MOST_NAMED]]) or "the figures"
    label = report.reading.label(document)
    return f"A second source for what article {label} alone tells of: {told}. Without it the word would not be {word}."


def circulation(report: ClosedLoop) -> Words:
    """The payments that would show whether the money comes back."""
    graph = report.firm_graph
    parts: list[Words] = []
    left = unfollowed(report)
    omega, _ = report.numbers.hull("omega", "point", "point")
    kappa = report.numbers.hull("kappa", "p5", "p95")[1] or 0.0
    if left and (omega or 0.0) < FOLLOWED:
        usd, firm = left[0]
        supplier = likely_supplier(report, firm)
        received = report.register.computed(money(usd, "USD", digits=3), f"{report.receipts_words(firm)} that no recorded payment follows.")
        silent = "is not named as paying anyone" if graph.paid(firm) == 0 else "is seen to pay less"
        whom = f"pays {supplier}" if supplier else "pays its suppliers"
        parts.append(Markup("What {} {}: it receives {} and {}.").format(firm, whom, received, silent))
        if supplier and graph.paid(supplier) == 0:
            parts.append(
                Markup("Then what {} puts into {} or into its customers: only that leg would close a loop.").format(supplier, firm)
            )
    if kappa > 0:
        parts.append(outside_of(report))
    tied = [row for row in report.circuit_rows() if row["usd"] is None]
    if tied and kappa == 0:
        firms = tied[0]["firms"].split("; ")
        which = "the one circuit that a tie already forms" if len(tied) == 1 else f"the first of {len(tied)} circuits that lack one"
        parts.append(Markup("And the amounts between {}, {}.").format(listed(firms), which))
    return joined(parts, " ") if parts else "The flows between the named firms and everybody else."


def outside_of(report: ClosedLoop) -> Words:
    """The firms whose flows from and to the outside are not known, those with most money first."""
    graph = report.firm_graph
    known = set(report.numbers.subjects("outside_sales"))
    through = sorted(((graph.throughflow(firm), firm) for firm in graph.firms), key=lambda pair: (-pair[0], pair[1]))
    need, total, names = sum(usd for usd, firm in through if firm in known), sum(usd for usd, _ in through), []
    for usd, firm in through:
        if need >= CARRIED * total:
            break
        if firm not in known:
            names.append(firm)
            need += usd
    if not names:
        return Markup("Payments between the named firms that no article tells of.")
    share = f"{100 * CARRIED:.0f}%"
    return Markup("The yearly revenue of {}: with it the outside is known for {} of the throughflow.").format(
        listed(names, MOST_NAMED + 1), share
    )


def origin(report: ClosedLoop) -> Words:
    """The amounts that would show how narrow the origin is."""
    open_deals = [deal for deal in report.loop_deals if deal.deal_id in report.counted_ids and not deal.amount.known]
    if open_deals:
        names = listed([report.parties(deal) for deal in open_deals[:MOST_NAMED]], MOST_NAMED)
        return f"The amounts of deals that state none: {names}."
    return "Amounts of payers that no article names: the origin lies between the two bounds."


def demand(report: ClosedLoop) -> Words:
    """The sales to end customers that would show who pays in the end."""
    graph = report.firm_graph
    own = sorted(((graph.own_resources(firm), firm) for firm in graph.firms), key=lambda pair: (-pair[0], pair[1]))
    names = [firm for usd, firm in own if usd > 0]
    if not names:
        return "Who the unnamed payers are, and whether they are end customers."
    entering = graph.entering
    least, most = (money(share * entering, "USD", digits=3) for share in (DEMAND_SUPPORT, DEMAND_DISPUTE))
    sums = f"{money(entering, 'USD', digits=4)} that enters × {DEMAND_SUPPORT:.2f} = {least}; × {DEMAND_DISPUTE:.2f} = {most}."
    return Markup("What end customers pay {} for AI: up to {} would support the claim, from {} on would dispute it.").format(
        listed(names, MOST_NAMED), report.register.computed(least, sums), report.register.computed(most, sums)
    )


def vendor(report: ClosedLoop, subject: str | None) -> Words:
    """What a supplier gives its customers."""
    if subject is None:
        return "Deals in which a supplier is paid, with their amounts."
    buyers = listed(payers_of(report, subject), 2) or "its customers"
    known = subject in report.numbers.subjects("outside_sales")
    low = report.numbers.hull("beta", "p5", "p95", subject)[1] or 0.0
    what = (
        Markup("What {} lends to or invests in {}").format(subject, buyers)
        if not low
        else Markup("Where the money of {} comes from").format(buyers)
    )
    return what + ("." if known else Markup(", and the revenue of {} itself.").format(subject))
