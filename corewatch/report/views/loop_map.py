"""The loop as a map: the firms that counted money can go round among, or, where there are none, the order in which it runs on.

In: the report with its edges. Out: a figure of each component, and the data as a table. Judgements made here: components are those of deals
with amounts that count; arrows among their firms that do not count are drawn too, dotted and grey; a component of more than eight firms
shows those with most money inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from corewatch.report.charts.network import MOST_FIRMS, MOST_NARROW, Arrow, network_plot
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, arrow, folded, fragment, number_cell, table
from corewatch.report.naming import label_links
from corewatch.report.views import money_graph
from corewatch.report.views.loop_circuits import unsure_of
from corewatch.report.wording import counted, listed, money, said, words

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

MOST_MAPS = 3
MOST_ARROWS = 18


def map_figure(report: ClosedLoop) -> Fragment:
    """A map a component, or the acyclic order."""
    edges = [
        edge
        for edge in money_graph.edges_of(report.reading, report.loop_deals, report.counting)
        if money_graph.OUTSIDE not in (edge.payer, edge.payee)
    ]
    solid = [edge for edge in edges if edge.counted]
    if not solid:
        return fragment("figure", takeaway="There is nothing to map: no deal between named firms counts with an amount", basis="",
                        drawing="",
                        scrolls="", key=[])  # fmt: skip
    parts = components(solid)
    if not parts:
        return order_figure(report, edges, solid)
    made = Fragment(Markup(""))
    for firms in parts[:MOST_MAPS]:
        made += component_figure(report, edges, firms)
    if len(parts) > MOST_MAPS:
        made += Fragment(
            Markup('<p class="note after">{}</p>').format(f"Shown are {MOST_MAPS} of {len(parts)} components, those with most money.")
        )
    return made


def components(solid: list[money_graph.Edge]) -> list[list[str]]:
    """The sets of firms in which everybody reaches everybody by counted money, those with most money first."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted({(edge.payer, edge.payee) for edge in solid}))
    found = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    return sorted(found, key=lambda firms: (-sum(edge.amount.stated or 0.0 for edge in among(solid, firms)), firms))


def among(edges: list[money_graph.Edge], firms: list[str]) -> list[money_graph.Edge]:
    """The edges between some firms."""
    inside = set(firms)
    return [edge for edge in edges if edge.payer in inside and edge.payee in inside]


def largest(edges: list[money_graph.Edge], firms: list[str]) -> list[str]:
    """As many firms as a map holds, those with most counted money."""
    total = dict.fromkeys(firms, 0.0)
    for edge in among(edges, firms):
        if edge.counted:
            total[edge.payer] += edge.amount.stated or 0.0
            total[edge.payee] += edge.amount.stated or 0.0
    return sorted(total, key=lambda name: (-total[name], name))[:MOST_FIRMS]


def ring_order(edges: list[money_graph.Edge], firms: list[str]) -> list[str]:
    """Firms around a circle so that most money goes on to the next one."""
    weight = money_graph.weights(money_graph.by_pair(among(edges, firms)))
    return money_graph.order_of(firms, weight)


def component_figure(report: ClosedLoop, edges: list[money_graph.Edge], firms: list[str]) -> Fragment:
    """The firms of a component on a circle."""
    chosen = ring_order(edges, largest(edges, firms))
    inner = among(edges, chosen)
    round_trip = next(
        (row for row in report.circuit_rows() if row["usd"] is not None and row["status"] in ("closed", "signed")
         and set(row["firms"].split("; ")) <= set(firms)),
        None,
    )  # fmt: skip
    title: Words = f"{listed(chosen, 4)} form a component: money can go round among them"
    if round_trip is not None:
        way = round_trip["firms"].split("; ")
        round_ = " → ".join([*way, way[0]])
        sums = f"The least of the amounts on the way {round_}: {money(round_trip['usd'], 'USD', digits=4)}."
        most = report.register.computed(money(round_trip["usd"], "USD", digits=3), sums)
        title = Markup("Money can go round: {} carries at most {}").format(round_, most)
        title += " (read with low confidence)" * (unsure_of(report, round_trip) is not None)
    more = f" The {MOST_FIRMS} with most money of {len(firms)} firms." if len(firms) > MOST_FIRMS else ""
    return figure(report, title, f"{start_words(report)}{more}", chosen, inner, [])


def order_figure(report: ClosedLoop, edges: list[money_graph.Edge], solid: list[money_graph.Edge]) -> Fragment:
    """The acyclic order: payers first, each firm after all who pay it."""
    chosen = largest(solid, sorted({name for edge in solid for name in (edge.payer, edge.payee)}))
    inner = [edge for edge in among(edges, chosen) if not edge.tie]
    depth = dict.fromkeys(chosen, 0)
    for _ in chosen:
        for edge in among(solid, chosen):
            depth[edge.payee] = max(depth[edge.payee], depth[edge.payer] + 1)
    layers = untangled([sorted(name for name in chosen if depth[name] == level) for level in range(max(depth.values()) + 1)], solid)
    ends = listed(layers[-1], 3)
    title = f"No component: the counted money runs one way, in {counted(len(layers), 'step')}, and ends with {ends}"
    firms = {name for edge in solid for name in (edge.payer, edge.payee)}
    more = f" The {MOST_FIRMS} with most money of {len(firms)} firms." if len(firms) > MOST_FIRMS else ""
    return figure(report, title, f"{start_words(report)}{more}", chosen, inner, layers)


def untangled(layers: list[list[str]], solid: list[money_graph.Edge]) -> list[list[str]]:
    """Layers with each firm near those whom it pays, so that few arrows cross."""
    place = {name: at / len(layer) for layer in layers for at, name in enumerate(layer)}
    for layer in reversed(layers[:-1]):
        paid = {name: [place[edge.payee] for edge in solid if edge.payer == name and edge.payee in place] for name in layer}
        mean = {name: sum(found) / len(found) if found else 0.0 for name, found in paid.items()}
        layer.sort(key=lambda name: (mean[name], name))
        place |= {name: at / len(layer) for at, name in enumerate(layer)}
    return layers


def start_words(report: ClosedLoop) -> str:
    """Unit and reading of a map."""
    return f"US dollars, {report.basis_words}, {report.counted_words}. An arrow is money from payer to payee, its width the amount."


def figure(
    report: ClosedLoop, title: Words, basis: str, firms: list[str], inner: list[money_graph.Edge], layers: list[list[str]]
) -> Fragment:
    """A map with its key and its table."""
    pairs = sorted(money_graph.by_pair(inner).items(), key=lambda pair: (pair[1][0].rank, pair[0]))
    shown = [edge for _, found in pairs for edge in one_a_class(found)][:MOST_ARROWS]
    most = max((edge.amount.stated or 0.0 for edge in shown if edge.counted), default=1.0) or 1.0
    arrows = [drawn(report, edge, most) for edge in shown]
    told = "; ".join(f"{edge.payer} to {edge.payee} {said(edge.amount)}" for edge in shown if edge.counted)
    label = (
        f"Node-link map of {counted(len(firms), 'firm')} with arrows from payer to payee, in US dollars. {told}. "
        f"{escape(title).striptags()}. A table follows."
    )
    key: list[tuple[str, Words]] = []
    if any(edge.counted and not edge.funding for edge in shown):
        key.append(("Solid", "a purchase"))
    if any(edge.counted and edge.funding for edge in shown):
        key.append(("Dashed", "funding: a loan or shares"))
    if any(not edge.counted for edge in shown):
        key.append(("Dotted", "not counted: in talks, planned, a tie, or without an amount"))
    if not layers and len(shown) > MOST_NARROW:
        key.append(("On a phone", f"the {MOST_NARROW} largest arrows; the table has all"))
    drawing = network_plot(firms, arrows, label=label, layers=layers, links=label_links(report.reading, firms))
    lines = [
        TableRow([
            Cell(arrow(edge.payer, edge.payee)), number_cell(said(edge.amount), edge.amount.stated),
            Cell("funding" if edge.funding else "purchase"),
            Cell("yes" if edge.counted else "no"),
        ])
        for edge in sorted(inner, key=lambda edge: (edge.rank, edge.payer, edge.payee))
    ]  # fmt: skip
    columns = [Column("Payer → payee"), Column("Amount", "num"), Column("Form"), Column("Counted")]
    made = folded(table("The map as a table", columns, lines, caption="All arrows"), "The same as a table")
    return fragment("figure", takeaway=title, basis=basis, drawing=drawing, scrolls="", key=key) + made


def one_a_class(found: list[money_graph.Edge]) -> list[money_graph.Edge]:
    """The leading edge of funding and that of purchases between two firms."""
    return [next(edge for edge in found if edge.funding is funding) for funding in sorted({edge.funding for edge in found})]


def drawn(report: ClosedLoop, edge: money_graph.Edge, most: float) -> Arrow:
    """An edge as an arrow, with the way to its evidence."""
    mention = edge.row if edge.tie else report.reading.lead(edge.row)
    text = said(edge.amount, short=True) if edge.amount.known else "a tie" if edge.tie else "no sum"
    if not edge.tie and not edge.firm:
        text = str(words()["statuses"][edge.row.status])
    link = report.register.attributes(
        mention, label=f"{edge.payer} {'funds' if edge.funding else 'pays'} {edge.payee}: {said(edge.amount)}"
    )
    size = (edge.amount.stated or 0.0) / most
    return Arrow(edge.payer, edge.payee, text, min(size, 1.0), "f" if edge.funding else "p", edge.firm and not edge.tie, edge.counted, link)
