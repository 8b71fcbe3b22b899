"""The measures of the closed loop as intervals, by policy and time basis, with the stretches at which a verdict changes.

In: the report with the indicators of its study. Out: a figure and its table. The dot is the stated point, which public diagrams count; the
line holds the middle nine tenths of the draws. Of `beta` the line runs from money mixed in proportion to the most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from corewatch.loop.verdicts import CIRCULATION_DISPUTE, CIRCULATION_SUPPORT, FOLLOWED, VENDOR
from corewatch.report.charts.rows import Bar, Dot, PlotGroup, PlotRow, row_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, folded, fragment, number_cell, table
from corewatch.report.views.verdict_cards import basis_words, percent, span, statement
from corewatch.report.wording import counted, start_upper

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_SUPPLIERS = 2
POLICY_WORDS = {
    "firm": "closed and signed", "stated": "all but withdrawn", "weighted": "weighted by status", "counterfactual": "firm and withdrawn",
}  # fmt: skip
# Indicator, heading, note, and the stretches of shares in which the measure supports or disputes.
MEASURES: tuple[tuple[str, str, str, tuple[tuple[float, float], ...]], ...] = (
    ("omega", "Followed receipts (omega)", f"Shaded: enough to dispute, from {percent(FOLLOWED)} on.", ((FOLLOWED, 1.0),)),
    (
        "kappa_FP",
        "Rounds of funding and purchase (kappa_FP)",
        f"Shaded: supported from {percent(CIRCULATION_SUPPORT)}, disputed below {percent(CIRCULATION_DISPUTE)} if enough is followed.",
        ((0.0, CIRCULATION_DISPUTE), (CIRCULATION_SUPPORT, 1.0)),
    ),
    ("phi", "Mixed return (phi)", f"Shaded: supported from {percent(CIRCULATION_SUPPORT)}.", ((CIRCULATION_SUPPORT, 1.0),)),
)


def interval_figure(report: ClosedLoop) -> Fragment:
    """The figure with its table."""
    numbers = report.numbers
    keys = list(dict.fromkeys((policy, basis) for policy, basis, _, _ in numbers.rows))
    suppliers = [str(row["subject"]) for row in report.verdict_rows("H3")[:MOST_SUPPLIERS]]
    groups = [PlotGroup(heading, rows_of(report, name, None, keys), note, shares(bands)) for name, heading, note, bands in MEASURES]
    note = f"Shaded: supported from {percent(VENDOR)}. From money mixed in proportion to the most."
    groups += [
        PlotGroup(f"Vendor-funded sales of {name} (beta)", rows_of(report, "beta", name, keys), note, shares(((VENDOR, 1.0),)))
        for name in suppliers
    ]
    if not any(row.bars or row.dots for group in groups for row in group.rows):
        return fragment("figure", takeaway="No measure has a value: no amount is known", basis="", drawing="", scrolls="", key=[])
    title = takeaway(report)
    draws = numbers.study.draws
    basis = f"Shares of the recorded money, in per cent; {draws:,} draws. Verdicts rest on closed and signed deals, on both time bases."
    label = (
        "Intervals of four measures by policy and time basis, in per cent from 0 to 100. "
        + " ".join(f"{start_upper(heading)}, closed and signed: {rows_said(report, name)}." for name, heading, _, _ in MEASURES)
        + f" {title.striptags()}. A table follows."
    )
    drawing = row_plot(groups, label=label, suffix="%", most=100.0)
    key: list[tuple[str, Words]] = [
        ("Line", "the middle nine tenths of the draws"),
        ("Dot", "the stated point, as public diagrams count; ring: by the year"),
        ("Weighted", "each deal happens with a probability by its status; these are assumed"),
    ]
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=key) + interval_table(report, keys, suppliers)


def shares(bands: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Stretches in per cent."""
    return [(100 * low, 100 * high) for low, high in bands]


def rows_of(report: ClosedLoop, name: str, subject: str | None, keys: list[tuple[str, str]]) -> list[PlotRow]:
    """A row a policy and time basis."""
    found = []
    for policy, basis in keys:
        low, high, point = ends(report, name, subject, policy, basis)
        bars = [] if low is None or high is None else [Bar(100 * low, 100 * high, thin=True)]
        # Where the ends of a measure without a stated point are alike, a line would not be seen.
        value = point if point is not None else low if low == high else None
        dots = [] if value is None else [Dot(100 * value, "disc" if basis == "total" else "ring")]
        found.append(PlotRow(f"{start_upper(POLICY_WORDS[policy])}, {short_basis(basis)}", bars, dots, span(low, high)))
    # Where it makes no difference what is counted, one row says so.
    if len(found) > 1 and all((row.bars, row.label) == (found[0].bars, found[0].label) for row in found):
        return [replace(next((row for row in found if row.dots), found[0]), name="All policies, both time bases")]
    return found


def ends(report: ClosedLoop, name: str, subject: str | None, policy: str, basis: str) -> tuple[float | None, float | None, float | None]:
    """The 5th and 95th percentile and the stated point of a measure."""
    row = report.numbers.row(name, subject, policy, basis)
    return row.get("p5"), row.get("p95"), row.get("point")


def short_basis(basis: str) -> str:
    """A time basis in a row's name: `totals`, `2031`."""
    return "totals" if basis == "total" else basis_words(basis).removeprefix("the year ")


def rows_said(report: ClosedLoop, name: str) -> str:
    """A measure of closed and signed deals over both time bases, in words."""
    return span(*report.numbers.hull(name, "p5", "p95"))


def takeaway(report: ClosedLoop) -> Markup:
    """The title: what fits rounds under each policy, and which of them reach the line."""
    numbers = report.numbers
    rows = [(key[0], row) for key, row in numbers.rows.items() if key[2] == "kappa_FP"]
    most = max((row["p95"] or 0.0 for _, row in rows), default=0.0)
    if most == 0:
        followed = max((row["p95"] or 0.0 for key, row in numbers.rows.items() if key[2] == "omega"), default=0.0)
        nothing = Markup("Nothing is seen to return, whichever deals and years are counted; {}")
        if not followed:
            return nothing.format("no receipt is followed")
        sums = f"Receipts that articles follow to a next payment (omega): the largest 95th percentile of all readings, {percent(followed)}."
        return nothing.format(Markup("at most {} of the receipts is followed").format(report.register.computed(percent(followed), sums)))
    firm = report.register.computed(span(*numbers.hull("kappa_FP", "p5", "p95")), statement(report, "H1"))
    lines = sum((row["p5"] or 0.0) >= CIRCULATION_SUPPORT for _, row in rows)
    reach = f"all {counted(lines, 'reading')}" if lines == len(rows) else f"{counted(lines, 'reading')} of {len(rows)}"
    return Markup("{} of the closed and signed money fits rounds; {} reach {} with 95% of the draws").format(
        firm, reach, percent(CIRCULATION_SUPPORT)
    )


def interval_table(report: ClosedLoop, keys: list[tuple[str, str]], suppliers: list[str]) -> Fragment:
    """The data of the figure."""
    measures = [(name, None, heading) for name, heading, _, _ in MEASURES] + [("beta", name, f"beta of {name}") for name in suppliers]
    found = []
    for name, subject, heading in measures:
        for policy, basis in keys:
            low, high, point = ends(report, name, subject, policy, basis)
            middle = report.numbers.row(name, subject, policy, basis).get("p50")
            cells = [number_cell("–" if one is None else percent(one), one) for one in (point, low, middle, high)]
            found.append(
                TableRow(
                    [
                        Cell(heading, group=heading),
                        Cell(POLICY_WORDS[policy], group=POLICY_WORDS[policy]),
                        Cell(short_basis(basis)),
                        *cells,
                    ]
                )
            )
    columns = [
        Column("Measure", filter="Measure"), Column("Deals", filter="Deals"), Column("Time"), Column("Stated point", "num"),
        Column("5 %", "num"), Column("50 %", "num"), Column("95 %", "num"),
    ]  # fmt: skip
    few = report.numbers.study.other_draws
    note = (
        ""
        if few is None or few >= report.numbers.study.draws
        else f"The policies beside closed and signed have {few} draws: there are very many circuits."
    )
    made = table("The intervals as a table", columns, found, caption="Every measure, policy and time basis", note=note)
    return folded(made, "The same as a table")
