"""From everything that is stated to the money that enters: the bridge of the closed-loop report, with its table.

In: the report with the bridge of its study. Out: a figure. The step to one year changes the time basis; it is the only figure in which two
bases meet, and the step says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.report.charts.rows import Bar, PlotGroup, PlotRow, row_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, folded, fragment, number_cell, table
from corewatch.report.views.verdict_cards import percent
from corewatch.report.wording import money, start_upper
from corewatch.tables import records

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

WHY = {
    "stated total": "everything that was not withdrawn, at the stated bound",
    "not firm": "talks and plans",
    "not cash": "shares that a supplier may have granted",
    "possible parts of others": "smaller deals of the same two firms without a term",
    "“up to”": "what nobody has promised",
    "passed on between firms": "counted again at each next firm",
}  # fmt: skip
LARGEST = {
    "not firm": "what is not firm", "not cash": "shares that may be no cash", "possible parts of others": "possible parts of larger deals",
    "“up to”": "what “up to” allows", "passed on between firms": "what is only passed on",
}  # fmt: skip


def bridge_figure(report: ClosedLoop) -> Fragment:
    """The figure with its table."""
    steps = records(report.numbers.result.bridge)
    whole = steps[0]["left"] if steps else 0.0
    if not whole:
        return fragment("figure", takeaway="There is no total to take apart: no deal has an amount in US dollars", basis="", drawing="",
                        scrolls="", key=[])  # fmt: skip
    unit, size = ("billions", 1e9) if whole >= 5e8 else ("millions", 1e6)
    rows = [row for number, step in enumerate(steps) for row in bars(steps, number, size)]
    last = PlotRow(
        "Money that enters", [Bar(0, steps[-1]["left"] / size, "ink")], label=written(steps[-1]["left"], size), detail="in that year"
    )
    title = takeaway(report, steps)
    year = report.counting.year
    basis = f"{start_upper(unit)} of US dollars. Contract totals down to the step of {year}, then what falls in that year."
    told = "; ".join(f"{step['step']} {money(step['change'], 'USD', digits=3)}" for step in steps)
    label = (
        f"Bridge of floating bars, in {unit} of US dollars, from the stated total to the money that enters in {year}: {told}. "
        f"{title.striptags()}. A table follows."
    )
    drawing = row_plot([PlotGroup("", [*rows, last])], label=label)
    found = [
        TableRow([
            Cell(step_words(step["step"])), number_cell(money(step["change"], "USD", digits=4) if number else "", step["change"]),
            number_cell(money(step["left"], "USD", digits=4), step["left"]), Cell(why(step["step"])),
        ])
        for number, step in enumerate(steps)
    ]  # fmt: skip
    columns = [Column("Step"), Column("Change", "num"), Column("Left", "num"), Column("What it is", "roomy")]
    made = folded(table("The bridge as a table", columns, found, caption="Step by step", sortable=False), "The same as a table")
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=[]) + made


def bars(steps: list[dict[str, Any]], number: int, size: float) -> list[PlotRow]:
    """The row of a step: what is left before and after it, the difference as a bar."""
    step = steps[number]
    if number == 0:
        return [
            PlotRow(
                step_words(step["step"]), [Bar(0, step["left"] / size, "soft")], label=written(step["left"], size), detail=why(step["step"])
            )
        ]
    before = steps[number - 1]["left"]
    moved = abs(step["change"]) > 0
    bar = [Bar(step["left"] / size, before / size, "dashed")] if moved else []
    rest = [Bar(0, step["left"] / size, "soft", thin=True)] if step["left"] > 0 else []
    label = written(step["change"], size) if moved else "nothing"
    return [PlotRow(step_words(step["step"]), [*rest, *bar], label=label, detail=why(step["step"]))]


def written(usd: float, size: float) -> str:
    """An amount in the figure's unit: `−4`, `35.8`."""
    return f"{float(f'{usd:.3g}') / size:,.3g}".replace("-", "−")


def step_words(step: str) -> str:
    """A step with a capital."""
    return step[:1].upper() + step[1:]


def why(step: str) -> str:
    """What a step is."""
    return WHY.get(step, "parts of contracts before and after" if step.startswith("other years") else "")


def takeaway(report: ClosedLoop, steps: list[dict[str, Any]]) -> Markup:
    """The title: what is left, and which step takes most."""
    whole, left = steps[0]["left"], steps[-1]["left"]
    most = min(steps[1:], key=lambda step: step["change"])
    stated, new = money(whole, "USD", digits=3), money(left, "USD", digits=3)
    sums = " ".join(f"{'−' if step['change'] < 0 else '+'} {money(abs(step['change']), 'USD', digits=4)} ({step['step']})"
                    for step in steps[1:] if step["change"])  # fmt: skip
    total = report.register.computed(stated, f"{money(whole, 'USD', digits=4)}: {WHY['stated total']}, each deal once.")
    rest = report.register.computed(new, f"{money(whole, 'USD', digits=4)} {sums} = {money(left, 'USD', digits=4)}.".replace("  ", " "))
    start = Markup("Of {} that is stated, {} ({})").format(total, rest, percent(left / whole))
    year = next((step["step"].removeprefix("other years than ") for step in steps if step["step"].startswith("other years")), "")
    title = Markup("{} is new money of {}").format(start, year)
    if most["change"] < 0:
        title += f"; the largest step is {LARGEST.get(most['step'], 'what belongs to other years')}"
    return title
