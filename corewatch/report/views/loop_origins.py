"""Where each firm's money starts: the attribution of the closed-loop report as stacked bars, with its table.

In: the report with the origin of its study: of each firm the shares of those from whom its money came in the end, if money is mixed. Out: a
figure. A firm's own share is what it has beyond its receipts, or what comes in from outside the named firms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from corewatch.report.charts.rows import Bar, Look, PlotGroup, PlotRow, row_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, folded, fragment, number_cell, table
from corewatch.report.views.verdict_cards import percent
from corewatch.report.wording import counted, listed, money
from corewatch.tables import records

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_ROWS, MOST_PARTS = 10, 4
SMALL = 0.005
LOOKS: tuple[Look, ...] = ("ink", "soft", "grey", "paper")


def origin_figure(report: ClosedLoop) -> Fragment:
    """The figure with its table."""
    shares: dict[str, dict[str, float]] = {}
    for row in records(report.numbers.result.origin):
        shares.setdefault(row["firm"], {})[row["origin"]] = row["share"]
    graph = report.graph
    receivers = sorted(
        (firm for firm in shares if graph.received(firm) > 0), key=lambda firm: (-graph.throughflow(firm), firm)
    )  # fmt: skip
    if not receivers:
        return fragment("figure", takeaway="No firm receives money that starts with another", basis="", drawing="", scrolls="", key=[])
    total: dict[str, float] = {}
    for firm in receivers:
        for origin, share in shares[firm].items():
            total[origin] = total.get(origin, 0.0) + share * graph.throughflow(firm)
    largest = sorted(total, key=lambda name: (-total[name], name))[:MOST_PARTS]
    looks = dict(zip(largest, LOOKS, strict=False))
    rows = [row_of(report, firm, shares[firm], looks) for firm in receivers[:MOST_ROWS]]
    title = takeaway(report, receivers[0], shares[receivers[0]])
    basis = f"Shares of what passes through each firm, {report.basis_words}, {report.counted_words}. Money is mixed in proportion."
    if len(receivers) > MOST_ROWS:
        basis += f" The {MOST_ROWS} firms with most money of {len(receivers)} that receive any; the table has all."
    label = (
        f"Stacked bars of shares from 0 to 100 per cent, one a firm that receives money: where it starts. "
        f"{'; '.join(f'{firm}: {words_of(shares[firm], firm)}' for firm in receivers[:3])}. {title.striptags()}. A table follows."
    )
    drawing = row_plot([PlotGroup("", rows)], label=label, suffix="%", most=100.0)
    key: list[tuple[str, Words]] = [("Parts", "from left to right in the order of the words below a firm’s name")]
    key.append(("Itself", "what the firm has beyond its receipts, or what comes from outside the named firms"))
    lines = [
        TableRow([Cell(firm), Cell(origin), number_cell(percent(share), share)])
        for firm in receivers
        for origin, share in listed_origins(shares[firm], firm)
    ]
    columns = [Column("Firm"), Column("Its money starts with"), Column("Share", "num")]
    made = folded(table("Origins as a table", columns, lines, caption="Of whom each firm’s money comes in the end"), "The same as a table")
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=key) + made


def ordered(shares: dict[str, float]) -> list[tuple[str, float]]:
    """The parts of a firm, the largest first."""
    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))


def listed_origins(shares: dict[str, float], firm: str) -> list[tuple[str, float]]:
    """The parts of a firm for the table: the many that are too small to be told from nothing are one."""
    parts = ordered(shares)
    small = [share for _, share in parts if share < SMALL]
    kept = parts[: len(parts) - len(small)] if len(small) > 1 else parts
    named = [("itself or the outside" if origin == firm else origin, share) for origin, share in kept]
    return [*named, (f"{counted(len(small), 'other')}, each below {percent(SMALL)}", sum(small))] if len(small) > 1 else named


def row_of(report: ClosedLoop, firm: str, shares: dict[str, float], looks: dict[str, Look]) -> PlotRow:
    """The stacked bar of a firm; what is not among the largest origins is one dashed part."""
    parts: list[Bar] = []
    at = 0.0
    named = [(origin, share) for origin, share in ordered(shares) if origin in looks]
    rest = 100 * sum(share for origin, share in shares.items() if origin not in looks)
    for origin, share in named:
        parts.append(Bar(at, at + 100 * share, looks[origin], "itself" if origin == firm else origin))
        at += 100 * share
    if rest > 0.005:
        parts.append(Bar(at, at + rest, "dashed", "others" if len(shares) - len(named) > 1 else ordered(shares)[-1][0]))
    return PlotRow(firm, parts, label=money(report.graph.throughflow(firm), "USD", digits=3), detail=words_of(shares, firm))


def words_of(shares: dict[str, float], firm: str) -> str:
    """The largest parts in words: `OpenAI 46%, Microsoft 39%, itself 6%`."""
    parts = ordered(shares)
    said = [f"{'itself' if origin == firm else origin} {percent(share)}" for origin, share in parts[:MOST_PARTS]]
    rest = sum(share for _, share in parts[MOST_PARTS:])
    return ", ".join([*said, f"others {percent(rest)}"] if rest else said)


def takeaway(report: ClosedLoop, firm: str, shares: dict[str, float]) -> Markup:
    """The title: with whom most of the largest receiver's money starts."""
    top = ordered(shares)[:2]
    names = listed(["itself or the outside" if origin == firm else origin for origin, _ in top])
    share = percent(sum(share for _, share in top), digits=0)
    through = money(report.graph.throughflow(firm), "USD", digits=3)
    linked = report.register.computed(share, f"Of the {through} that passes through {firm}, if money is mixed: {words_of(shares, firm)}.")
    return Markup("{} of the {} that passes through {} starts with {}").format(linked, through, firm, names)
