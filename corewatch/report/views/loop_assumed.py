"""What if the firm with most receipts passed a share of them on: a curve that is an assumption, in no indicator and no verdict.

In: the report with its deals. Out: a figure with its table. The firm and the supplier are those that the first verdict asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.loop.scenarios import pass_through
from corewatch.report.charts.trends import TrendLine, TrendPoint, trend_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, folded, fragment, number_cell, table
from corewatch.report.views.loop_limits import boundary_of
from corewatch.report.views.loop_missing import likely_supplier, unfollowed
from corewatch.report.views.verdict_cards import percent, span
from corewatch.tables import records

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MEASURES = {
    "omega": "followed (omega)",
    "kappa": "can return (kappa)",
    "kappa_FP": "fits rounds (kappa_FP)",
    "phi": "returns if mixed (phi)",
}


def pass_through_figure(report: ClosedLoop) -> Fragment:
    """The figure with its table, marked as an assumption."""
    pair = next(((firm, other) for _, firm in unfollowed(report) if (other := likely_supplier(report, firm))), None)
    if pair is None:
        return fragment(
            "figure", takeaway="Assumed: nothing. No firm has receipts that it could pass on to a supplier whom it is not seen to pay",
            basis="", drawing="", scrolls="", key=[],
        )  # fmt: skip
    firm, supplier = pair
    found = records(pass_through(report.loop_deals, report.counting, firm, supplier, boundary_of(report)))
    title = takeaway(report, found, firm, supplier)
    basis = (
        f"An assumption, in no number above. Across: the share of its receipts that {firm} passes on. Up: per cent of the recorded money, "
        f"{report.basis_words}, {report.counted_words}."
    )
    told = "; ".join(
        f"at {percent(row['share'])} " + ", ".join(f"{name} {percent(row[name])}" for name in MEASURES) for row in found[:: len(found) - 1]
    )
    label = (
        f"Lines over an assumed share from 0 to 100 per cent, in per cent of the recorded money: {told}. "
        f"{title.striptags()}. A table follows."
    )
    drawing = trend_plot(lines_of(found), [percent(row["share"]) for row in found], label=label)
    key: list[tuple[str, Words]] = [
        ("Rings, dotted", "assumed; no article says so"),
        ("Other payments", f"of {firm} stay as they are recorded"),
    ]
    lines = [
        TableRow([
            Cell(percent(row["share"])), *(number_cell(percent(row[name]), row[name]) for name in MEASURES),
            number_cell(span(row["beta_low"], row["beta_high"]), row["beta_high"]),
        ])
        for row in found
    ]  # fmt: skip
    columns = [Column("Passed on"), *(Column(name, "num") for name in MEASURES), Column(f"beta of {supplier}", "num")]
    made = folded(table("The assumption as a table", columns, lines, caption="By share passed on", sortable=False), "The same as a table")
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=key) + made


def lines_of(found: list[dict[str, Any]]) -> list[TrendLine]:
    """A line a measure; those that run alike are one."""
    alike: dict[tuple[float, ...], list[str]] = {}
    for name in MEASURES:
        alike.setdefault(tuple(round(100 * row[name], 3) for row in found), []).append(name)
    lines = []
    for values, names in alike.items():
        text = MEASURES[names[0]] if len(names) == 1 else ", ".join(names)
        ends = (0, len(values) - 1)
        points = [TrendPoint(at, value, value, percent(value / 100) if at in ends else "", "implied") for at, value in enumerate(values)]
        lines.append(TrendLine(text, points))
    return lines


def takeaway(report: ClosedLoop, found: list[dict[str, Any]], firm: str, supplier: str) -> Markup:
    """The title: how much would return if everything were passed on."""
    last, first = found[-1], found[0]
    start = f"Assumed: if {firm} passed all that it receives to {supplier}, "
    if last["kappa"] == 0:
        return Markup("{}still nothing would return: {} is not seen to pay anyone who pays {}").format(start, supplier, firm)
    sums = (
        f"The most that can return to its payer (kappa), over all recorded money: {percent(first['kappa'])} as recorded, "
        f"{percent(last['kappa'])} with a payment by {firm} to {supplier} of all that {firm} receives, which no article states."
    )
    most, instead = (report.register.computed(percent(row["kappa"]), sums) for row in (last, first))
    more = Markup(" instead of {}").format(instead) if first["kappa"] else ""
    return Markup("{}at most {} could return{}").format(start, most, more)
