"""The money of the closed-loop report as a matrix: its cells in words, its title from the data, and what is not drawn.

In: the report with its deals, ties and indicators. Out: the figure. The order of firms and what an edge is are in `money_graph`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from corewatch.report.charts.matrix import Matrix, MatrixCell, matrix_plot, scrolls
from corewatch.report.fragments import Fragment, Words, fragment, joined
from corewatch.report.naming import deal_link, label_links
from corewatch.report.views import deal_rows, money_graph
from corewatch.report.wording import amount_of, counted, kind_noun, money, payee_of, payer_of, plain, said, words

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop


def matrix_figure(report: ClosedLoop) -> Fragment:
    """Who pays whom, as a matrix: what falls below the diagonal runs back."""
    edges = drawn_edges(report)
    if not edges:
        return Fragment(Markup('<p class="note">{}</p>').format("No deal and no tie between firms was read, so there is nothing to draw."))
    pairs, before, square, outside, columns = money_graph.matrix_of(edges)
    cells = [cell(report, row, column, found, scale(edges)) for (row, column), found in sorted(pairs.items())]
    matrix = Matrix(before, square, outside, columns, cells, label_links(report.reading, [*before, *square]))
    title = takeaway(report, edges)
    unit = {1e9: "Billions", 1e6: "Millions"}[scale(edges)]
    shown = [one for one in edges if one.counted]
    spoken = "; ".join(f"{one.payer} to {one.payee} {said(one.amount)}" for one in sorted(shown, key=lambda one: one.rank)[:6])
    label = (
        f"Matrix of payers in rows and payees in columns, in {unit.lower()} of US dollars. Largest counted: {spoken or 'none'}. "
        f"{escape(title).striptags()}. A table follows."
    )
    basis = (
        f"{unit} of US dollars, {report.basis_words}, {report.counted_words}. A row pays a column; "
        "what falls in the shaded corner runs back."
    )
    firms = {name for one in edges for name in (one.payer, one.payee)} - {money_graph.OUTSIDE}
    if len(firms) > money_graph.MOST_FIRMS:
        basis += f" The {money_graph.MOST_FIRMS} firms with most money of {len(firms)}; the table has all."
    return fragment(
        "figure", takeaway=title, basis=basis, drawing=matrix_plot(matrix, label=label),
        scrolls="The matrix of payers and payees" if scrolls(matrix) else "", key=key(report, edges),
    )  # fmt: skip


def scale(edges: list[money_graph.Edge]) -> float:
    """The unit of the matrix: billions, or millions where no amount reaches one."""
    return 1e9 if max((edge.amount.stated or 0.0 for edge in edges), default=0.0) >= 5e8 else 1e6


def drawn_edges(report: ClosedLoop) -> list[money_graph.Edge]:
    """The edges that the matrix has: without what may be no cash or a part of another deal."""
    return money_graph.edges_of(report.reading, report.loop_deals, report.counting)


def cell(report: ClosedLoop, row: str, column: str, found: list[money_graph.Edge], scale: float) -> MatrixCell:
    """A cell in words with its link."""
    edge = found[0]
    verb = "funds" if edge.funding else "buys"
    more = f", +{len(found) - 1}" if len(found) > 1 else ""
    if edge.counted:
        first, second, brief = in_units(edge, scale), f"{verb}{more}", verb
    elif edge.tie:
        first, second, brief = verb, "tie only", "tie"
    elif edge.firm and edge.elsewhere.known:
        first, second, brief = verb, "not in dollars", "not in $"
    elif edge.firm:
        first, second, brief = verb, "sum not stated", "no sum"
    else:
        status = str(words()["statuses"][edge.row.status])
        first, second, brief = (in_units(edge, scale) if edge.amount.known else verb), status, status
    if edge.amount.known:
        amount = said(edge.amount)
    elif edge.elsewhere.known:
        amount = f"{said(edge.elsewhere)}, not counted, because it is not in dollars"
    else:
        amount = "a standing tie, no deal" if edge.tie else "sum not stated"
    mention = edge.row if edge.tie else report.reading.lead(edge.row)
    link = report.register.attributes(mention, label=f"{row} {'funds' if edge.funding else 'pays'} {column}: {amount}")
    return MatrixCell(
        row,
        column,
        first,
        second,
        brief,
        "filled" if edge.counted else "dashed" if edge.tie else "outlined",
        "f" if edge.funding else "p",
        link,
    )


def takeaway(report: ClosedLoop, edges: list[money_graph.Edge]) -> Words:
    """The figure's title: whether counted money can run back, and what would make it."""
    returns = report.point("C") or 0.0
    if not any(edge.counted for edge in edges):
        first = "No deal here counts with an amount"
    elif returns == 0:
        first = "No counted deal runs back to its payer"
    else:
        total = money(report.graph.total, "USD", digits=4)
        sums = f"The most of {total} that can lie on circuits of counted deals: {money(returns, 'USD', digits=4)}."
        most = report.register.computed(money(returns, "USD", digits=3), sums)
        first = Markup("At most {} of the counted money can run back to its payer").format(most)
    open_circuits = [row for row in report.circuit_rows() if row["usd"] is None or row["status"] not in deal_rows.FIRM]
    if not open_circuits:
        return first
    number = counted(len(open_circuits), "circuit")
    runs = "runs" if len(open_circuits) == 1 else "run"
    return Markup("{}; {} {} through ties and deals that are not counted").format(first, number, runs)


def key(report: ClosedLoop, edges: list[money_graph.Edge]) -> list[tuple[str, Words]]:
    """How to read the cells that are there, and what is not drawn."""
    entries: list[tuple[str, Words]] = []
    if any(edge.counted for edge in edges):
        which = report.counted_words.removeprefix("deals ").removeprefix("that were ")
        entries.append(("Filled", f"a deal {which}, with its amount"))
    if any(not edge.counted and not edge.tie for edge in edges):
        foreign = " or one in dollars" if any(edge.elsewhere.known for edge in edges) else ""
        entries.append(("Outlined", f"a deal without a stated sum{foreign}, or only planned or in talks"))
    if any(edge.tie for edge in edges):
        entries.append(("Dashed", "a standing tie, no deal stated"))
    entries.append(("Buys", Markup("pays for goods or services; <b>funds</b> lends or buys shares")))
    if any(not edge.tie and edge.row.kind == "acquisition" for edge in edges):
        entries.append(("Takeovers", "pay the sellers, who are not named"))
    missing = [
        Markup("{}, withdrawn").format(deal_words(report, deal))
        for deal in report.deals.values()
        if deal.status == "withdrawn" and deal.payee and report.counting.policy != "counterfactual"
    ]
    missing += [
        Markup("{}, which may be part of a larger one").format(deal_words(report, report.deals[one])) for one in sorted(report.parts)
    ]
    missing += [Markup("{}, which may not be cash").format(deal_words(report, report.deals[one])) for one in report.noncash]
    if missing:
        rest = f"; and {len(missing) - 5} more, in the table" if len(missing) > 5 else ""
        entries.append(("Not drawn", joined(missing[:5], "; ") + rest))
    return entries


def in_units(edge: money_graph.Edge, scale: float) -> str:
    """An amount in the matrix' unit, with its bound: `over 10`."""
    amount = edge.amount
    value = (amount.stated or 0.0) / scale
    text = plain(float(f"{value:.4g}"), 4)
    bound = "over " if amount.high is None else "up to " if amount.low is None else f"{amount.word} " if amount.approx else ""
    if amount.low is not None and amount.high is not None and amount.low != amount.high:
        return f"{text}–{plain(float(f'{amount.high / scale:.3g}'), 3)}"
    return bound + text


def deal_words(report: ClosedLoop, deal: Any) -> Markup:
    """A deal in a list, as a link to its page, its amount to its words: `Microsoft to CoreWeave, $12 billion`."""
    amount = amount_of(deal)
    what = report.register.link(report.reading.lead(deal), said(amount)) if amount.known else kind_noun(deal.kind)
    return Markup("{}, {}").format(deal_link(report.reading, deal, f"{payer_of(deal)} to {payee_of(deal)}"), what)
