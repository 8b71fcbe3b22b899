"""Flows in, the table `loop_indicators` out: the numbers that the theses of the closed loop are judged by.

`point` is the stated point; `low` and `high` are its ends as far as they are computed, with the case that gives them in `note`.
Amounts are US dollars, everything else is a share or an index. What an indicator can and cannot say is told in docs/method.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from pandas import DataFrame

from corewatch.loop.circulation import circulable, cycling_index, vendor_funded
from corewatch.loop.graph import Edge, Graph, Reading, build_graph
from corewatch.tables import records

COLUMNS = ("indicator", "subject", "policy", "basis", "boundary", "point", "low", "high", "p5", "p50", "p95", "note")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the table; a null subject is the whole graph."""

    indicator: str
    subject: str | None
    policy: str
    basis: str
    boundary: str
    point: float | None
    low: float | None = None
    high: float | None = None
    p5: float | None = None
    p50: float | None = None
    p95: float | None = None
    note: str | None = None


def loop_indicators(
    flows: DataFrame,
    relations: DataFrame | None = None,
    *,
    reading: Reading | None = None,
    outside_sales: Mapping[str, float] | None = None,
) -> DataFrame:
    """The indicators of a table `flows` as contract totals.

    `relations` adds the cases in which a backer, by a tie without an amount, funds all that the backed firm pays.
    `outside_sales` are known sales of firms to nobody in particular, in US dollars.
    """
    reading = reading or Reading()
    graph = build_graph(flows, reading, outside_sales)
    cases = list(origin_cases(flows, relations, reading, outside_sales))
    rows = [*of_graph(graph, cases, reading), *of_suppliers(graph, reading)]
    boundary = "minimal closure" if not outside_sales else "known outside sales"
    made = DataFrame([asdict(replace(row, boundary=boundary)) for row in rows], columns=list(COLUMNS))
    numbers = ["point", "low", "high", "p5", "p50", "p95"]
    return made.astype(dict.fromkeys(numbers, "float64") | {column: "str" for column in COLUMNS if column not in numbers})


def of_graph(graph: Graph, cases: list[tuple[str, Graph]], reading: Reading) -> Iterator[Indicator]:
    """The indicators of the whole graph."""

    def row(name: str, point: float | None, low: float | None = None, high: float | None = None, note: str | None = None) -> Indicator:
        return Indicator(name, None, reading.policy, "total", "", point, low, high, note=note)

    total, entering, circuit = graph.total, graph.entering, circulable(graph)
    followed = sum(min(graph.received(firm), graph.paid(firm)) for firm in graph.firms)
    through = sum(graph.throughflow(firm) for firm in graph.firms)
    yield row("W", total, note="US dollars: all recorded amounts")
    yield row("C", circuit, note="US dollars: the most that can return")
    yield row("omega", ratio(followed, total), note="share of receipts that a recorded payment of the recipient follows")
    yield row("kappa", ratio(circuit, total), note="share of the money that can return")
    yield row("phi", cycling_index(graph), note="share of all throughflow that returns if each firm's money is mixed; an upper bound")
    yield row("mu", ratio(through, entering), note="how often an entering dollar is counted")
    concentrations = [(label, value) for label, case in cases if (value := origin_concentration(case)) is not None]
    least = min(concentrations, key=lambda one: one[1], default=None)
    most = max(concentrations, key=lambda one: one[1], default=None)
    point = origin_concentration(graph)
    if point is None or least is None or most is None:
        yield row("H_o", point)
        yield row("n_eff", None)
    else:
        yield row("H_o", point, least[1], most[1], f"least: {least[0]}; greatest: {most[0]}")
        yield row("n_eff", ratio(1, point), ratio(1, most[1]), ratio(1, least[1]), "equal firms of the same concentration")
    own = sum(graph.own_resources(firm) for firm in graph.firms)
    sales = end_sales(graph)
    yield row(
        "epsilon", None, ratio(sales, entering), ratio(sales + own, entering), "an interval: own resources may come from end customers"
    )


def of_suppliers(graph: Graph, reading: Reading) -> Iterator[Indicator]:
    """The indicators of each firm that somebody buys from."""
    for supplier in graph.firms:
        bought = payers_of(graph, supplier)
        sales = sum(bought.values())
        if sales == 0:
            continue
        shares = {payer: usd / sales for payer, usd in bought.items()}
        top = max(sorted(shares), key=lambda payer: shares[payer])
        hhi = sum(share**2 for share in shares.values())
        yield Indicator(
            "HHI",
            supplier,
            reading.policy,
            "total",
            "",
            hhi,
            note=f"{len(shares)} {'payer' if len(shares) == 1 else 'payers'} of its recorded sales",
        )
        yield Indicator("top_share", supplier, reading.policy, "total", "", shares[top], note=top)
        beta = vendor_funded(graph, supplier)
        if beta is not None:
            note = "low is mixed proportionally, high is the most; the sales are those recorded"
            yield Indicator("beta", supplier, reading.policy, "total", "", None, beta[0], beta[1], note=note)


def payers_of(graph: Graph, supplier: str) -> dict[str, float]:
    """What each named payer buys from a supplier, and what payers do that are not named."""
    bought: dict[str, float] = {}
    for edge in graph.edges:
        if edge.payee == supplier and edge.purchase:
            payer = edge.payer or "payers not named"
            bought[payer] = bought.get(payer, 0.0) + edge.usd
    return bought


def end_sales(graph: Graph) -> float:
    """Sales to the outside: purchases by payers that are not named, and known outside sales."""
    return sum(edge.usd for edge in graph.edges if edge.payer is None and edge.purchase) + sum(graph.outside_sales.values())


def origin_concentration(graph: Graph) -> float | None:
    """H_o: the sum of the squared shares of each firm's own resources in the money that enters."""
    entering = graph.entering
    return None if entering == 0 else sum((graph.own_resources(firm) / entering) ** 2 for firm in graph.firms)


def origin_cases(
    flows: DataFrame, relations: DataFrame | None, reading: Reading, outside_sales: Mapping[str, float] | None
) -> Iterator[tuple[str, Graph]]:
    """The cases over which the concentration of origin is taken: the ends of every bound, non-cash deals, and backers without an amount."""
    labels = {
        "the stated amounts": reading,
        "the lower ends": replace(reading, bound="low"),
        "the upper ends": replace(reading, bound="high"),
        "non-cash deals as told": replace(reading, noncash="include"),
        "non-cash deals reversed": replace(reading, noncash="reverse"),
    }
    for label, other in labels.items():
        graph = build_graph(flows, other, outside_sales)
        yield label, graph
        if relations is not None:
            for backer, backed in backers(relations, graph):
                yield f"{label}, and {backer} funds all that {backed} pays", with_backing(graph, backer, backed)


def backers(relations: DataFrame, graph: Graph) -> list[tuple[str, str]]:
    """The ties `investor_in` of named firms to firms that pay somebody and have no recorded funding from them."""
    funded = {(edge.payer, edge.payee) for edge in graph.edges if not edge.purchase}
    ties = {(row["source"], row["target"]) for row in records(relations) if row["relation"] == "investor_in"}
    return sorted(tie for tie in ties - funded if graph.own_resources(tie[1]) > 0 and tie[0] != tie[1])


def with_backing(graph: Graph, backer: str, backed: str) -> Graph:
    """The graph in which a backer funds all that a firm pays from its own resources."""
    return replace(graph, edges=(*graph.edges, Edge(backer, backed, graph.own_resources(backed), purchase=False)))


def ratio(part: float, whole: float) -> float | None:
    """A share; null where there is nothing to share."""
    return part / whole if whole else None
