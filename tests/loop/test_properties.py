"""What holds for every graph of deals, whatever its amounts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loop_examples import flows

from corewatch.loop.circulation import circulable, cycling_index, return_probabilities
from corewatch.loop.graph import Graph, build_graph

FIRMS = st.sampled_from(["A", "B", "C", "D", "E"])
Deal = tuple[str | None, str | None, str, float]
DEALS = st.lists(
    st.tuples(
        FIRMS | st.none(), FIRMS | st.none(), st.sampled_from(["equity", "debt", "compute", "hardware"]), st.integers(1, 50).map(float)
    ),
    min_size=1,
    max_size=8,
).filter(lambda deals: any(payer != payee for payer, payee, *_ in deals))


def shares(graph: Graph) -> tuple[float, float]:
    """kappa and omega."""
    followed = sum(min(graph.received(firm), graph.paid(firm)) for firm in graph.firms)
    return circulable(graph) / graph.total, followed / graph.total


@settings(max_examples=60, deadline=None)
@given(DEALS)
def test_what_can_return_is_at_most_what_is_followed(deals: list[Deal]) -> None:
    graph = build_graph(flows(deals))
    kappa, omega = shares(graph)
    assert -1e-12 <= kappa <= omega + 1e-12 <= 1 + 2e-12
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in return_probabilities(graph).values())


@settings(max_examples=40, deadline=None)
@given(DEALS)
def test_reversing_every_deal_changes_no_share(deals: list[Deal]) -> None:
    graph = build_graph(flows(deals))
    turned = build_graph(flows([(payee, payer, "compute", usd) for payer, payee, _, usd in deals]))
    straight = build_graph(flows([(payer, payee, "compute", usd) for payer, payee, _, usd in deals]))
    assert shares(turned) == pytest.approx(shares(straight))
    assert cycling_index(turned) == pytest.approx(cycling_index(straight), abs=1e-9)
    assert circulable(graph) == circulable(straight) or any(kind in ("equity", "debt") for *_, kind, _ in deals)


@settings(max_examples=40, deadline=None)
@given(DEALS, st.sampled_from([0.5, 2.0, 1000.0]))
def test_scaling_every_amount_changes_no_share(deals: list[Deal], factor: float) -> None:
    graph, scaled = build_graph(flows(deals)), build_graph(flows([(*deal[:3], deal[3] * factor) for deal in deals]))
    assert shares(scaled) == pytest.approx(shares(graph))
    assert cycling_index(scaled) == pytest.approx(cycling_index(graph), abs=1e-9)
    assert scaled.total == pytest.approx(graph.total * factor)


@settings(max_examples=40, deadline=None)
@given(DEALS, st.integers(1, 50))
def test_money_to_or_from_the_outside_never_raises_the_share_that_returns(deals: list[Deal], more: int) -> None:
    before = cycling_index(build_graph(flows(deals))) or 0.0
    for extra in ((None, "A", "compute", float(more)), ("A", None, "compute", float(more))):
        after = cycling_index(build_graph(flows([*deals, extra]))) or 0.0
        assert after <= before + 1e-9


def test_without_a_circuit_nothing_returns() -> None:
    graph = build_graph(flows([("A", "B", "equity", 3), ("B", "C", "compute", 3), ("A", "C", "debt", 9)]))
    assert (circulable(graph), cycling_index(graph)) == (0.0, 0.0)
