"""What the closed-loop report rests on, and what it cannot tell.

In: the report with its study. Out: facts, and a table of the measures with what each answers and cannot say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from corewatch.loop.boundary import known_boundary, revenue_conflicts
from corewatch.loop.reading import Boundary
from corewatch.loop.robustness import Situation, money_of
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, table
from corewatch.report.reading import rows
from corewatch.report.views import deal_rows
from corewatch.report.views.verdict_cards import percent
from corewatch.report.wording import counted, listed, money, start_upper, three

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_TERMS = 12
# What each measure answers, and what it cannot say.
MEASURES = (
    (
        "Followed receipts (omega)",
        "What share of the receipts a recorded payment of the recipient follows",
        "Whether the rest left or was not told",
    ),
    ("Circulable money (kappa)", "The most that can return to its payer", "That it does return; in which order"),
    ("Rounds of funding and purchase (kappa_FP)", "The most that fits “investor funds customer, customer pays investor”", "Intent"),
    (
        "Mixed return (phi)",
        "What returns if each firm’s money is mixed in proportion; the conservative one of its kind",
        "Which dollar returns",
    ),
    ("Counting multiple (mu)", "How often an entering dollar is counted in the total", "Profit or value"),
    (
        "Vendor-funded sales (beta)",
        "The share of a supplier’s sales that its own funding pays, mixed and at most",
        "Whether the sale would have happened anyway",
    ),
    ("Concentration of origin (H_o)", "From how few firms the money starts: 1 is one firm, 0 very many", "Why they spend"),
    (
        "End demand (epsilon)",
        "The share of the entering money that end customers pay, as an interval",
        "Whether own resources were earned from customers",
    ),
)


def rests(report: ClosedLoop) -> Fragment:
    """What the numbers rest on: articles, amounts, what is counted, and how the bounds of a verdict were set."""
    firm = [row for row in rows(report.tables.flows) if row.status in deal_rows.FIRM and row.payer and row.payee]
    known = [row for row in firm if row.usd_low is not None or row.usd_high is not None]
    facts: list[tuple[str, Words]] = [
        ("Articles", start_upper(f"{report.corpus}. Articles are written about deals of known firms, which favours a narrow origin."))
    ]
    if firm:
        listing = "; ".join(f"{row.payer} to {row.payee}" for row in known[:MOST_TERMS])
        facts.append((
            "Amounts",
            Markup("Known for {} firm deals between named firms.").format(
                report.register.computed(
                    f"{len(known)} of {len(firm)}",
                    f"Closed or signed, both parties named: {len(firm)}; with an amount in US dollars: {len(known)} "
                    f"({listing or 'none'}).",
                )
            ),
        ))  # fmt: skip
    facts.append(("Counted", counted_facts(report)))
    mu = report.point("mu")
    if mu:
        through = sum(report.graph.throughflow(firm) for firm in report.graph.firms)
        sums = (
            f"{money(through, 'USD', digits=4)} ÷ {money(report.graph.entering, 'USD', digits=4)} = {three(mu)}: "
            "the larger of receipts and payments of each firm, summed, over the money that enters."
        )
        facts.append(
            (
                "Double counting",
                Markup("Each entering dollar is counted {} if payments and receipts are added up.").format(
                    report.register.computed("once" if three(mu) == "1" else f"{three(mu)} times", sums)
                ),
            )
        )
    if report.point("H_o", "low") is not None:
        note = report.numbers.row("H_o").get("note")
        facts.append(("Range of the origin", f"{report.point('H_o', 'low'):.2f} to {report.point('H_o', 'high'):.2f} ({note})."))
    facts.append(
        (
            "Bounds of a verdict",
            "Fixed before the articles were read. Those of the origin follow the 2023 US Merger Guidelines, used by analogy; "
            "the others are conventions.",
        )
    )
    return fragment("facts", facts=facts)


def counted_facts(report: ClosedLoop) -> str:
    """Which deals count in the figures, and at what amount."""
    reading = report.counting
    rest = {"firm": "Talks, plans and withdrawals count as nothing.", "stated": "Talks and plans count in full.",
            "counterfactual": "Talks and plans count as nothing, what was withdrawn in full."}[reading.policy]  # fmt: skip
    parts = [
        f"{start_upper(report.counted_words)}; {report.basis_words}; “over” at its bound and, in the draws, up to {reading.over:g} times "
        f"it; “about” within {100 * reading.spread:g}%. {rest}",
        f"{start_upper(counted(report.numbers.study.draws, 'draw'))} of the amounts, from the number {reading.seed}.",
    ]
    if reading.core:
        parts.append(f"Inside are {listed(reading.core)}; everybody else is outside.")
    if reading.threshold:
        parts.append(f"Deals below {money(reading.threshold, 'USD')} are left out.")
    if (reading.policy, reading.basis) != ("firm", "total"):
        parts.append("The verdicts are those of closed and signed deals on both time bases all the same.")
    return " ".join(parts)


def limits(report: ClosedLoop) -> Fragment:
    """What the articles cannot tell, then each measure with what it answers and what it cannot say."""
    numbers = report.numbers
    omega = report.point("omega")
    followed = Markup("No receipt is known with its amount, so that none can be followed to a next payment.")
    if omega is not None:
        share = report.register.computed(
            percent(omega), f"Share of receipts that the articles follow to a next payment (omega): {percent(omega)}."
        )
        followed = Markup("The articles follow {} of the receipts to a next payment. The rest may have left or not be told.").format(share)
    firms = counted(len(report.graph.firms), "firm")
    seen = f"{firms} with amounts {'is' if len(report.graph.firms) == 1 else 'are'} seen in {report.corpus}"
    seen = (
        seen
        if report.graph.firms
        else f"no firm is seen with an amount in {report.corpus}"
        if len(report.reading)
        else "no article was read"
    )
    revenue = numbers.subjects("outside_sales")
    conflicts = revenue_conflicts(
        money_of(Situation(tuple(report.loop_deals), {report.counting.basis: boundary_of(report)}), report.counting)
    )
    facts: list[tuple[str, Words]] = [
        ("Where money goes on", followed),
        (
            "The outside",
            f"Revenue for the whole time is known of {listed(revenue, 4)}." if revenue else
            "Of no firm is the revenue known for all the years that the deals run, so that money from end customers cannot be told from "
            "money of its own.",
        ),
        ("Which dollar returns", "Money is fungible: no article can tell whether the dollar that comes back is the one that was paid."),
        ("Order and intent", "A circuit says neither that a sale was paid for with the funding nor that it would not have happened anyway. "
         "It is no evidence of sham trade, which needs an absence of commercial substance."),
        ("Selection", "Articles are written about deals of known firms. Payments to ordinary suppliers and by many small customers are "
         f"missing, which makes the origin look narrower than it is. Here {seen}."),
    ]  # fmt: skip
    if conflicts:
        facts.append(("Sums that do not fit", start_upper("; ".join(conflicts) + ".")))
    found = [TableRow([Cell(name), Cell(answers), Cell(cannot)]) for name, answers, cannot in MEASURES]
    columns = [Column("Measure"), Column("Answers", "roomy"), Column("Cannot say", "roomy")]
    terms = table("The measures", columns, found, caption="The measures, and what each cannot say", sortable=False)
    return fragment("facts", facts=facts) + Fragment(Markup('<div class="after-verdicts">{}</div>').format(terms.markup))


def boundary_of(report: ClosedLoop) -> Boundary:
    """What is known of the outside in the chosen reading."""
    return known_boundary(report.tables.metrics, report.loop_deals, report.counting, {})
