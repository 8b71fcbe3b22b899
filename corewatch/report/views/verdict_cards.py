"""The verdicts on the four claims as cards: the word, the one number on its scale, why, what is missing, what would overturn it.

In: the report with the verdicts and indicators of its study. Out: one card a claim; suppliers share one, with a line each. Verdicts are of
closed and signed deals, over the percentiles of the draws, on both time bases and without any single article, as corewatch.loop judges.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.loop.verdicts import (
    CARRIED,
    CIRCULATION_DISPUTE,
    CIRCULATION_SUPPORT,
    DEMAND_DISPUTE,
    DEMAND_SUPPORT,
    FOLLOWED,
    ORIGIN_DISPUTE,
    ORIGIN_SUPPORT,
    VENDOR,
)
from corewatch.report.charts.strips import Scale, Zone, strip
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, joined, number_cell, table
from corewatch.report.views.loop_missing import ALONE, missing
from corewatch.report.wording import counted, listed, money, start_upper, words

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

VERDICT_WORDS = ("disputed", "undetermined", "supported")
THESES = ("H1", "H2a", "H2b", "H3")
MOST_SUPPLIERS = 40
NOTHING = "nothing measured"


def verdict_cards(report: ClosedLoop) -> Fragment:
    """The four cards, and the suppliers as a table where there are several."""
    cards = [card(report, thesis) for thesis in THESES]
    return fragment("verdicts", verdicts=cards, words=VERDICT_WORDS) + untried(report) + supplier_table(report)


def untried(report: ClosedLoop) -> Fragment:
    """What is said where there are too many articles to try a verdict without each of them."""
    result = report.numbers.result
    if not result.untried:
        return Fragment(Markup(""))
    tried = counted(result.study.most_documents or 0, "article")
    said = f"Verdicts were tried without each of the {tried} by which most money hangs, and not without the other {result.untried:,}."
    return Fragment(Markup('<p class="note after">{}</p>').format(said))


def card(report: ClosedLoop, thesis: str) -> dict[str, Any]:
    """What a card says."""
    rows = report.verdict_rows(thesis)
    leading = rows[0] if rows else None
    scales = scales_of(report, thesis, leading)
    label = ". ".join(f"{scale.name}: {scale.found}; {', '.join(zone.text for zone in scale.zones)}" for scale in scales) + "."
    number, note = number_of(report, thesis, leading)
    undetermined = leading is None or leading["verdict"] == "undetermined"
    return {
        **words()["theses"][thesis], "words": marked(rows), "number": number, "number_note": note,
        "strip": strip(scales, label=start_upper(label)), "why": why(report, thesis, rows),
        "missing": missing(report, thesis, leading["why"] if leading else "", leading["subject"] if leading else None)
        if undetermined else "",
        "overturn": overturn(report, thesis, rows),
    }  # fmt: skip


def marked(rows: list[dict[str, Any]]) -> dict[str, str | bool]:
    """Which words hold; where suppliers differ, with how many."""
    found = Counter(str(row["verdict"]) for row in rows) or Counter(["undetermined"])
    return {word: (f" for {counted(number, 'supplier').split(' ')[0]}" if len(found) > 1 else True) for word, number in found.items()}


def number_of(report: ClosedLoop, thesis: str, row: dict[str, Any] | None) -> tuple[Words, str]:
    """The one number behind a verdict, and what it is."""
    numbers = report.numbers
    if thesis == "H2a":
        text = span(*numbers.hull("H_o", "low", "high"), share=False)
        note = "concentration of the origin: the squared shares of all payers, summed; 1 is one payer, 0 very many"
    elif thesis == "H2b":
        text, note = (
            span(*numbers.hull("epsilon", "low", "high")),
            "of the entering money may come from end customers outside the named firms",
        )
    elif thesis == "H1":
        text = span(*numbers.hull("kappa_FP", "p5", "p95"))
        note = "of the money fits a round of funding and purchases, at most"
    else:
        subject = None if row is None else row["subject"]
        text = NOTHING if subject is None else span(*beta_of(report, subject))
        note = "of a supplier’s recorded sales" if subject is None else f"of the sales of {subject} can be its own funding come back"
    if text == NOTHING:
        return text, note
    return report.register.computed(text, statement(report, thesis)), note


def statement(report: ClosedLoop, thesis: str) -> str:
    """How the number of a verdict was computed."""
    numbers, draws = report.numbers, report.numbers.study.draws
    bases = listed([basis_words(basis) for basis in numbers.bases])
    drawn = f"5th to 95th percentile of {draws:,} draws of the amounts, of closed and signed deals"
    if thesis == "H1":
        return f"The most that fits circuits with a funding and a purchase, over all recorded money (kappa_FP): {drawn}; over {bases}."
    if thesis == "H2a":
        note = numbers.row("H_o", None, "firm", numbers.bases[0]).get("note") or ""
        return f"The sum of the squared shares of own resources in the entering money (H_o), over {bases}. {start_upper(note)}."
    if thesis == "H2b":
        return (
            f"Outside sales over the entering money, up to outside sales and own resources over it (epsilon), over {bases}; "
            "whether own resources were earned from end customers is not said."
        )
    return f"Own funding that comes back as purchases over its sales (beta), mixed in proportion and at most: {drawn}; over {bases}."


def basis_words(basis: str) -> str:
    """A time basis in words: `contract totals`, `the year 2031`."""
    return "contract totals" if basis == "total" else f"the year {basis.removeprefix('annual(').removesuffix(')')}"


def beta_of(report: ClosedLoop, subject: str) -> tuple[float | None, float | None]:
    """The share of its sales that a supplier funds, mixed and at most, over draws and time bases."""
    low, high = report.numbers.hull("beta", "p5", "p95", subject)
    return (low, high) if low is not None else report.numbers.hull("beta", "low", "high", subject)


def scales_of(report: ClosedLoop, thesis: str, row: dict[str, Any] | None) -> list[Scale]:
    """The measures that a claim is judged by, each with the line that matters."""
    numbers = report.numbers
    omega = numbers.hull("omega", "point", "point")
    followed = Scale(
        "receipts followed to a next payment (omega)", span(*omega), *omega, [Zone(FOLLOWED, 1, f"needed to dispute: {percent(FOLLOWED)}")]
    )
    if thesis == "H1":
        low, high = numbers.hull("kappa_FP", "p5", "p95")
        known = numbers.hull("boundary_known", "p5", "point")
        zones = [
            Zone(0, CIRCULATION_DISPUTE, f"disputed below {percent(CIRCULATION_DISPUTE)}"),
            Zone(CIRCULATION_SUPPORT, 1, f"supported from {percent(CIRCULATION_SUPPORT)}"),
        ]
        circuits = Scale(
            "money that fits such rounds (kappa_FP)", span(low, high), low, high, zones, most=0.4 if (high or 0) <= 0.4 else 1.0
        )
        outside = Scale(
            "money at firms with known outside flows", span(known[0], known[0]), known[0], known[0],
            [Zone(CARRIED, 1, f"needed to support: {percent(CARRIED)}")],
        )  # fmt: skip
        return [circuits, followed, outside]
    if thesis == "H2a":
        low, high = numbers.hull("H_o", "low", "high")
        zones = [
            Zone(0, ORIGIN_DISPUTE, f"disputed to {ORIGIN_DISPUTE:.2f}"),
            Zone(ORIGIN_SUPPORT, 1, f"supported from {ORIGIN_SUPPORT:.2f}"),
        ]
        return [Scale("concentration of origin, 0 to 1 (H_o)", span(low, high, share=False), low, high, zones, most=max(0.6, high or 0.0))]
    if thesis == "H2b":
        low, high = numbers.hull("epsilon", "low", "high")
        zones = [
            Zone(0, DEMAND_SUPPORT, f"supported up to {percent(DEMAND_SUPPORT)}"),
            Zone(DEMAND_DISPUTE, 1, f"disputed from {percent(DEMAND_DISPUTE)}"),
        ]
        return [Scale("money from end customers (epsilon)", span(low, high), low, high, zones)]
    zone = Zone(VENDOR, 1, f"supported from {percent(VENDOR)}, disputed below")
    if row is None:
        return [Scale("sales that suppliers fund", NOTHING, None, None, [zone])]
    low, high = beta_of(report, row["subject"])
    return [Scale("sales funded by the supplier (beta)", span(low, high), low, high, [zone]), followed]


def why(report: ClosedLoop, thesis: str, rows: list[dict[str, Any]]) -> Words:
    """Why a verdict is what it is, with who pays and who is silent."""
    if not rows:
        return "No supplier has recorded sales with an amount."
    row = rows[0]
    text = named(report, str(row["why"]))
    if thesis == "H1":
        silent = report.silent_receivers()
        more = f" No article names a payment by {listed(silent, 3, 'or')}." if silent and row["verdict"] != "supported" else ""
        round_trip = largest_circuit(report) if row["verdict"] == "supported" else ""
        return f"{text}{more}{round_trip}"
    if thesis == "H2a" and report.firm_graph.entering:
        return joined([part for part in (origin_share(report), text) if part], " ")
    if thesis == "H2b":
        if row["verdict"] == "disputed":
            return "At least half of the money that enters is paid by end customers outside the named firms."
        if row["verdict"] == "supported":
            return "Even if all own resources were earned from end customers, no more than a quarter would be."
    if thesis == "H3" and len(rows) > 1:
        others = "The other supplier is" if len(rows) == 2 else f"The other {counted(len(rows) - 1, 'supplier')} are"
        return f"{text} {others} in the table below."
    return text


def named(report: ClosedLoop, text: str) -> str:
    """What the library says, with articles called as everywhere on the page."""
    text = ALONE.sub(lambda found: f"Without article {report.reading.label(found[1])} alone the figures would not say {found[2]}.", text)
    return re.sub(r"annual\((\d+)\)", r"the year \1", text).replace("'", "’")


def largest_circuit(report: ClosedLoop) -> str:
    """The circuit with most money, by name."""
    row = next((one for one in report.circuit_rows() if one["usd"] is not None and one["status"] in ("closed", "signed")), None)
    if row is None:
        return ""
    firms = row["firms"].split("; ")
    return f" The largest round is {' → '.join([*firms, firms[0]])}, {money(row['usd'], 'USD', digits=3)}."


def origin_share(report: ClosedLoop) -> Markup:
    """Who starts the money: the largest payers and their share of what enters."""
    graph = report.firm_graph
    own = sorted(((graph.own_resources(firm), firm) for firm in graph.firms), key=lambda pair: (-pair[0], pair[1]))
    top = [(usd, firm) for usd, firm in own if usd > 0][:3]
    if not top:
        return Markup("")
    share = sum(usd for usd, _ in top) / graph.entering
    terms = " + ".join(f"{money(usd, 'USD', digits=4)} ({firm})" for usd, firm in top)
    sums = f"({terms}) ÷ {money(graph.entering, 'USD', digits=4)} that enters = {percent(share)}."
    return Markup("{} {} {} of what enters.").format(
        listed([firm for _, firm in top]), "pays" if len(top) == 1 else "pay", report.register.computed(percent(share, digits=0), sums)
    )


def overturn(report: ClosedLoop, thesis: str, rows: list[dict[str, Any]]) -> Words:
    """What somebody could look up that would change the verdict."""
    if not rows:
        return "Deals in which a supplier is paid, with their amounts."
    if thesis == "H2a" and rows[0]["verdict"] == "supported":
        return small_payers(report)
    if thesis == "H2a" and rows[0]["verdict"] == "disputed":
        return one_payer(report)
    if thesis == "H2b" and rows[0]["verdict"] == "disputed":
        return other_resources(report)
    if thesis == "H1" and report.firm_graph.edges:
        return {"supported": outside_sales, "disputed": closing_deals}.get(str(rows[0]["verdict"]), follow_half)(report)
    return f"{start_upper_first(named(report, str(rows[0]['would_overturn'])))}."


def follow_half(report: ClosedLoop) -> Words:
    """How much more of the receipts has to be followed before circulation can be disputed."""
    graph = report.firm_graph
    followed = sum(min(graph.received(firm), graph.paid(firm)) for firm in graph.firms)
    needed = (FOLLOWED * graph.total - followed) / (1 - FOLLOWED)
    if needed <= 0:
        dispute = percent(CIRCULATION_DISPUTE)
        return f"Records of what else is paid: disputed if at most {dispute} can return, supported with the outside flows known."
    sums = (
        f"({FOLLOWED:.2f} × {money(graph.total, 'USD', digits=4)} − {money(followed, 'USD', digits=4)} followed) ÷ {1 - FOLLOWED:.2f} = "
        f"{money(needed, 'USD', digits=3)}: each payment is counted too, so that it adds to both sides."
    )
    dispute, support = percent(CIRCULATION_DISPUTE), percent(CIRCULATION_SUPPORT)
    return Markup(
        "Records of another {} that recipients pay on: disputed if less than {} can return then, "
        "supported from {} with the outside flows known for {} of the money."
    ).format(report.register.computed(money(needed, "USD", digits=3), sums), dispute, support, percent(CARRIED))


def outside_sales(report: ClosedLoop) -> Words:
    """How much money from the outside would thin out what returns, so that circulation is no longer supported."""
    total, low = report.firm_graph.total, report.numbers.hull("kappa_FP", "p5", "p95")[0] or 0.0
    needed = total * (low / CIRCULATION_SUPPORT - 1)
    sums = (
        f"{money(total, 'USD', digits=4)} × ({percent(low)} ÷ {percent(CIRCULATION_SUPPORT)} − 1) = {money(needed, 'USD', digits=3)}: "
        "money that enters from the outside and goes round in no circuit adds to the total only."
    )
    return Markup("Another {} at most of sales to the outside: then less than {} of the money fits rounds.").format(
        report.register.computed(money(needed, "USD", digits=3), sums), percent(CIRCULATION_SUPPORT)
    )


def closing_deals(report: ClosedLoop) -> Words:
    """How much money would have to run round before circulation is no longer disputed."""
    total = report.firm_graph.total
    needed = CIRCULATION_DISPUTE * total
    sums = f"{money(total, 'USD', digits=4)} × {percent(CIRCULATION_DISPUTE)} = {money(needed, 'USD', digits=3)}."
    return Markup("Payments that close a circuit of funding and purchase and put {} or more on it.").format(
        report.register.computed(money(needed, "USD", digits=3), sums)
    )


def small_payers(report: ClosedLoop) -> Words:
    """How much money from many small payers would make a narrow origin doubtful, and how much a wide one, by contract totals."""
    entering = report.firm_graph.entering
    row = report.numbers.row("H_o", None, "firm", "total") or report.numbers.row("H_o", None, "firm", report.numbers.bases[0])

    def needed(column: str, bound: float) -> Markup:
        now = row.get(column) or row["point"]
        value = max(0.0, entering * ((now / bound) ** 0.5 - 1))
        sums = (
            f"{money(entering, 'USD', digits=4)} that enters × (√({now:.3f} ÷ {bound:.2f}) − 1) = {money(value, 'USD', digits=3)} from "
            f"payers each too small to matter bring a concentration of {now:.3f} to {bound:.2f}."
        )
        return report.register.computed(money(value, "USD", digits=3), sums)

    return Markup("Another {} from many small payers makes it undetermined, {} disputed.").format(
        needed("low", ORIGIN_SUPPORT), needed("high", ORIGIN_DISPUTE)
    )


def one_payer(report: ClosedLoop) -> Words:
    """How much money of one more payer would make a wide origin doubtful: its share squared has to reach the line alone."""
    entering, root = report.firm_graph.entering, ORIGIN_DISPUTE**0.5
    value = entering * root / (1 - root)
    now, needed, line = money(entering, "USD", digits=4), money(value, "USD", digits=3), f"{ORIGIN_DISPUTE:.2f}"
    sums = f"{now} that enters × √{line} ÷ (1 − √{line}) = {needed}: the share of such a payer, squared, is {line}."
    return Markup("One named firm that pays another {} from its own resources, or fewer payers behind those that are not named.").format(
        report.register.computed(money(value, "USD", digits=3), sums)
    )


def other_resources(report: ClosedLoop) -> Words:
    """How much money that no end customer pays would make end demand doubtful."""
    row = report.numbers.row("epsilon", None, "firm", "total")
    entering, low = report.firm_graph.entering, row.get("low") or 0.0
    value = max(0.0, entering * (low / DEMAND_DISPUTE - 1))
    now, needed = money(entering, "USD", digits=4), money(value, "USD", digits=3)
    sums = f"{now} that enters × ({percent(low)} ÷ {percent(DEMAND_DISPUTE)} − 1) = {needed}."
    return Markup(
        "Another {} that firms put in from resources of their own: then less than {} is known to come from end customers."
    ).format(report.register.computed(money(value, "USD", digits=3), sums), percent(DEMAND_DISPUTE))


def supplier_table(report: ClosedLoop) -> Fragment:
    """Vendor funding supplier by supplier, where there are several."""
    rows = report.verdict_rows("H3")
    if len(rows) < 2:
        return Fragment(Markup(""))
    found = []
    for row in rows[:MOST_SUPPLIERS]:
        low, high = beta_of(report, row["subject"])
        lacks = missing(report, "H3", str(row["why"]), row["subject"]) if row["verdict"] == "undetermined" else ""
        found.append(TableRow([
            Cell(row["subject"]), Cell(row["verdict"]), number_cell(span(low, high), high),
            Cell(lacks or f"{start_upper_first(str(row['would_overturn']))}."),
        ]))  # fmt: skip
    columns = [
        Column("Supplier"), Column("Vendor funding"), Column("Own funding in its sales", "num"), Column("What would decide it", "roomy"),
    ]  # fmt: skip
    more = f"; the first {MOST_SUPPLIERS} of {len(rows)}" if len(rows) > MOST_SUPPLIERS else ""
    return Fragment(Markup('<div class="after-verdicts">{}</div>').format(
        table("Vendor funding by supplier", columns, found, caption=f"Vendor funding, supplier by supplier{more}").markup
    ))  # fmt: skip


def start_upper_first(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def span(low: float | None, high: float | None, *, share: bool = True) -> str:
    """An interval in words: `0 to 96%`, `0.27 to 0.46`, one number where both ends are written alike."""
    if low is None or high is None:
        return NOTHING
    first, second = (percent(low), percent(high)) if share else (f"{low:.2f}", f"{high:.2f}")
    return first if first == second else f"{first.removesuffix('%')} to {second}"


def percent(share: float, digits: int | None = None) -> str:
    """A share in per cent: `0%`, `1.9%`, `96%`."""
    value = 0.0 if abs(share) < 5e-4 else 100 * share
    if digits is not None:
        return f"{value:.{digits}f}%"
    text = f"{value:.1f}" if 0 < abs(value) < 10 else f"{value:.0f}"
    return f"{text.removesuffix('.0')}%"
