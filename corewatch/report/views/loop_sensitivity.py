"""How far the measures of the closed loop move when one thing is changed: a tornado with the causes, and all changes as a table.

In: the report with the robustness of its study. Out: two fragments. Every value is the stated point of another reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.loop.robustness import extremes
from corewatch.report.charts.rows import Bar, PlotGroup, PlotRow, row_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, folded, fragment, number_cell, table
from corewatch.report.views.verdict_cards import percent
from corewatch.report.wording import counted, listed, money, start_upper
from corewatch.tables import records

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

# What a tornado is drawn of, with its name; all are shares from 0 to 1.
DRAWN = {
    "kappa_FP": "Rounds of funding and purchase (kappa_FP)",
    "omega": "Followed receipts (omega)",
    "H_o": "Concentration of origin (H_o), in per cent of its most",
    "epsilon_high": "End demand at most (epsilon)",
}  # fmt: skip
COLUMNS = ("omega", "kappa", "kappa_FP", "phi", "H_o", "epsilon_high", "mu")
NAMES = {
    "omega": "Followed receipts (omega)", "kappa": "Circulable money (kappa)", "kappa_FP": "Rounds of funding and purchase (kappa_FP)",
    "phi": "Mixed return (phi)", "H_o": "Concentration of origin (H_o)", "epsilon_low": "End demand at least (epsilon)",
    "epsilon_high": "End demand at most (epsilon)", "mu": "How often an entering dollar is counted (mu)",
}  # fmt: skip
MOST_BARS = 5
MOST_TABLE = 120
FAMILIES = {
    "document": "An article left out", "company": "A firm moved outside", "threshold": "Small deals left out",
    "policy": "Other deals counted",
    "basis": "Other time basis", "over": "How far “over” reaches", "noncash": "Shares granted to customers",
    "subsets": "Possible parts added",
    "fill": "Unknown amounts filled", "core": "Core set of firms",
}  # fmt: skip


def element_words(report: ClosedLoop, family: str, element: str) -> str:
    """What was changed, in words: `without article 004`, `without Tarnfell`."""
    if family == "document":
        return f"without article {report.reading.label(element)}"
    if family == "threshold":
        return f"only deals from {money(float(element), 'USD')}"
    said = {
        ("policy", "stated"): "all but withdrawn", ("policy", "counterfactual"): "withdrawn deals counted",
        ("policy", "firm"): "closed and signed",
        ("basis", "annual"): f"the year {report.counting.year}", ("basis", "total"): "contract totals",
        ("noncash", "include"): "shares as told", ("noncash", "reverse"): "shares reversed", ("noncash", "exclude"): "shares left out",
        ("subsets", "added"): "possible parts added", ("fill", "half of the largest"): "unknown amounts at half the largest of their kind",
    }.get((family, element))  # fmt: skip
    if said:
        return said
    return {"company": f"{element} outside", "over": f"“over” reaching {element} times", "core": f"core: {element}"}.get(family, element)


def tornado_figure(report: ClosedLoop) -> Fragment:
    """The tornado, and the extremes as a table."""
    robust = report.numbers.result.robustness
    found = [row for row in records(robust) if row["value"] is not None and row["base"] is not None]
    if not found:
        return fragment("figure", takeaway="Nothing can be changed: no amount is known", basis="", drawing="", scrolls="", key=[])
    groups = [group_of(report, name, [row for row in found if row["indicator"] == name]) for name in DRAWN]
    least_most = {row["indicator"]: row for row in records(extremes(robust))}
    title = takeaway(report, least_most)
    basis = (
        f"In per cent, {report.basis_words}, {report.counted_words}, stated points. One thing is changed at a time; "
        "the dashed line is the unchanged value."
    )
    told = "; ".join(
        f"{DRAWN[name].split(' (')[0].lower()} from {percent(row['least'])} to {percent(row['most'])}"
        for name, row in least_most.items() if name in DRAWN
    )  # fmt: skip
    label = f"Tornado of bars, one a kind of change, in per cent: {told}. {title.striptags()}. A table follows."
    drawing = row_plot([group for group in groups if group], label=label, suffix="%", most=100.0)
    columns = [
        Column("Measure"),
        Column("Unchanged", "num"),
        Column("Least", "num"),
        Column("by", "roomy"),
        Column("Most", "num"),
        Column("by", "roomy"),
    ]
    lines = [extreme_row(report, least_most[name]) for name in NAMES if name in least_most]
    made = table("The extremes as a table", columns, lines, caption="The least and the most of each measure, and what causes it")
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=[]) + made


def group_of(report: ClosedLoop, name: str, rows: list[dict[str, Any]]) -> PlotGroup:
    """The bars of a measure, one a kind of change, the longest first."""
    families: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        families.setdefault(row["family"], []).append(row)
    base = 100 * rows[0]["base"] if rows else 0.0
    bars = []
    for family, some in families.items():
        low, high = min(some, key=lambda row: row["value"]), max(some, key=lambda row: row["value"])
        least, most = min(100 * low["value"], base), max(100 * high["value"], base)
        text = f"{percent(least / 100).removesuffix('%')} to {percent(most / 100)}"
        if percent(least / 100) == percent(most / 100):
            continue
        causes = [f"least: {element_words(report, family, low['element'])}"] if least < base - 0.005 else []
        causes += [f"most: {element_words(report, family, high['element'])}"] if most > base + 0.005 else []
        bars.append((most - least, PlotRow(FAMILIES[family], [Bar(least, most, "soft")], label=text, detail="; ".join(causes))))
    bars.sort(key=lambda pair: (-pair[0], pair[1].name))
    still = len(families) - len(bars)
    moves = "moves" if still == 1 else "move"
    note = f"Unchanged {percent(base / 100)}." + (
        f" {start_upper(counted(still, 'kind'))} of change {moves} it by nothing." if still else ""
    )
    shown = [row for _, row in bars[:MOST_BARS]] or [PlotRow("Any change", [], [], percent(base / 100), "none of those tried moves it")]
    return PlotGroup(DRAWN[name], shown, note, line=base)


def extreme_row(report: ClosedLoop, row: Mapping[str, Any]) -> TableRow:
    """A measure with its extremes."""

    def cause(told: str, value: float) -> Words:
        family, element = told.split(": ", 1)
        return "no change that was tried" if abs(value - row["base"]) < 5e-5 else element_words(report, family, element)

    name = row["indicator"]
    base, least, most = (number_cell(written(name, row[key]), row[key]) for key in ("base", "least", "most"))
    return TableRow(
        [Cell(NAMES[name]), base, least, Cell(cause(row["least_by"], row["least"])), most, Cell(cause(row["most_by"], row["most"]))]
    )


def written(name: str, value: float | None) -> str:
    """A value as its measure is written."""
    if value is None:
        return "–"
    return f"{value:.2f}" if name in ("mu", "H_o") else percent(value)


def takeaway(report: ClosedLoop, found: Mapping[str, Mapping[str, Any]]) -> Markup:
    """The title: how far the money that can return is moved, and by what."""
    row = found.get("kappa_FP")
    if row is None:
        return Markup("No measure has a value")
    if row["most"] == 0:
        return Markup("No change that was tried lets anything return to its payer")
    by, low = (element_words(report, *row[name].split(": ", 1)) if row[name] else "" for name in ("most_by", "least_by"))
    sums = (
        f"{DRAWN['kappa_FP']}, once more with each change: unchanged {percent(row['base'])}, "
        + (f"least {percent(row['least'])} ({low}), " if row["base"] else "")
        + f"most {percent(row['most'])} ({by}); {report.basis_words}, {report.counted_words}."
    )
    unchanged, least, most = (report.register.computed(percent(row[name]), sums) for name in ("base", "least", "most"))
    if row["base"] == 0:
        return Markup("One change lets money return, {} of it at most: {}").format(most, by)
    return Markup("What fits rounds moves from {} to {} ({}) and to {} ({})").format(unchanged, least, low, most, by)


def sensitivity_table(report: ClosedLoop) -> Fragment:
    """Every change with the measures that it gives."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    base: dict[str, Any] = {}
    for row in records(report.numbers.result.robustness):
        lines.setdefault((row["family"], row["element"]), {})[row["indicator"]] = row["value"]
        base[row["indicator"]] = row["base"]
    if not lines:
        return Fragment(Markup(""))
    found = [TableRow([Cell("Unchanged"), Cell(""), *cells(base)])]
    found += [
        TableRow([Cell(start_upper(element_words(report, *key))), Cell(FAMILIES[key[0]], group=FAMILIES[key[0]]), *cells(values)])
        for key, values in lines.items()
    ]
    columns = [Column("Change"), Column("Kind", "tight", "Kind"), *(Column(name, "num") for name in COLUMNS)]
    more = f"; the first {MOST_TABLE} of {len(found)}" if len(found) > MOST_TABLE else ""
    kinds = listed([name.lower() for name in dict.fromkeys(FAMILIES[key[0]] for key in lines)])
    note = "A firm moved outside is taken out of the numerators only, so that its influence is seen; the other measures stay as they are."
    made = table("Sensitivity", columns, found[:MOST_TABLE], caption=f"One thing changed at a time: {kinds}{more}", note=note)
    return folded(made, "All changes as a table")


def cells(values: Mapping[str, Any]) -> list[Cell]:
    """The measures of a change."""
    return [number_cell(written(name, values.get(name)), values.get(name)) for name in COLUMNS]
