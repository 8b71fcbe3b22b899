"""Draws of uncertain amounts, and the programmes over all of them."""

import numpy as np
import pytest
from loop_examples import drawn_deals, e1_deals, exact

from corewatch.loop.amounts import Deal, Stated, amount_at, counted_deals, supports, year_share
from corewatch.loop.circulation import circulable
from corewatch.loop.draws import draw_amounts, stream
from corewatch.loop.graph import graph_of
from corewatch.loop.indicators import indicators_of
from corewatch.loop.money import Money, make_network
from corewatch.loop.percentiles import packed
from corewatch.loop.reading import Policy, Reading
from corewatch.loop.ways import find_ways

# p5, p50, p95 of 2000 draws, worked out by two separate programs.
TABLE: dict[Policy, dict[str, tuple[float, float, float]]] = {
    "firm": {
        "kappa": (0.228243927, 0.236177812, 0.245022726),
        "kappa_FP": (0.136946356, 0.141706687, 0.147013635),
        "phi": (0.042318140, 0.045662813, 0.049590792),
    },
    "weighted": {
        "kappa": (0.158689905, 0.253716656, 0.505003360),
        "kappa_FP": (0.136841554, 0.167262611, 0.421232763),
        "phi": (0.024826635, 0.055551810, 0.146100674),
    },
    "stated": {
        "kappa": (0.251973494, 0.394200855, 0.518268169),
        "kappa_FP": (0.158226324, 0.305489660, 0.432997365),
        "phi": (0.050614130, 0.099695694, 0.149551704),
    },
}


@pytest.mark.parametrize("policy", TABLE)
def test_percentiles_of_uncertain_amounts_are_those_worked_out_apart(policy: Policy) -> None:
    rows = {(row.indicator, row.subject): row for row in indicators_of(drawn_deals(), Reading(policy=policy), draws=2000)}
    for name, expected in TABLE[policy].items():
        row = rows[name, None]
        assert (row.p5, row.p50, row.p95) == pytest.approx(expected, abs=1e-6)


def test_a_deal_more_leaves_the_draws_of_the_others_as_they_are() -> None:
    deals = drawn_deals()
    few = counted_deals(deals[2:5], Reading())
    more = counted_deals(deals, Reading())
    columns = [[deal.deal_id for deal in more].index(deal.deal_id) for deal in few]
    assert np.array_equal(draw_amounts(few, Reading(), 50), draw_amounts(more, Reading(), 50)[:, columns])
    assert np.array_equal(stream("d1", 2000)[:10], stream("d1", 10))


def test_each_source_of_a_conflict_is_equally_likely() -> None:
    (deal,) = counted_deals([drawn_deals()[3]], Reading())
    assert supports(deal, Reading()) == [(11e9, 11e9), (12e9, 12e9)]
    drawn = draw_amounts([deal], Reading(), 2000)[:, 0]
    assert set(drawn) == {11e9, 12e9}
    assert (drawn == 11e9).mean() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("policy", ["firm", "weighted", "stated"])
def test_every_draw_is_what_the_network_simplex_and_the_circuits_find_alone(policy: Policy) -> None:
    reading = Reading(policy=policy)
    counted = counted_deals(drawn_deals(), reading)
    network = make_network(counted)
    amounts = draw_amounts(counted, reading, 40)
    money = Money(network, amounts @ network.parts)
    ways = find_ways(network, money.arcs.max(axis=0))
    capacities = money.arcs[:, ways.arcs]
    together = ways.circulation(network).solve_draws(capacities)
    assert ways.packing(mixed=False).solve_draws(capacities) == pytest.approx(together, rel=1e-6, abs=1)
    mixed = packed(ways.packing(mixed=True), capacities)
    for draw in range(40):
        alone = [
            Deal(deal.deal_id, deal.payers, deal.payees, deal.kind, Stated(usd, usd), "closed")
            for deal, usd in zip(counted, amounts[draw], strict=True)
        ]
        assert circulable(graph_of(alone, Reading(subsets=True))) == pytest.approx(together[draw], rel=1e-6, abs=1)
        assert ways.packing(mixed=True).solve(capacities[draw]) == pytest.approx(mixed[draw], rel=1e-6, abs=1)


def test_a_contract_falls_in_its_years_in_equal_parts() -> None:
    yearly = Reading(basis="annual", year=2026)
    five = exact("A", "B", "compute", 10, 1, term_years=5.0, date="2025-03")
    assert amount_at(five, yearly) == 2e9
    through = exact("A", "B", "compute", 12, 1, through=2030, date="2025")
    assert amount_at(through, yearly) == 2e9
    assert amount_at(exact("A", "B", "equity", 10, 1, date="2025"), yearly) == 0
    assert amount_at(exact("A", "B", "equity", 10, 1, date="2026-01-02"), yearly) == 10e9
    unknown = exact("A", "B", "hardware", 10, 1, date="2025")
    assert (year_share(unknown, yearly, "low"), year_share(unknown, yearly, "high")) == (0.0, 1.0)
    assert amount_at(exact("A", "B", "compute", 10, 1, date="2027"), yearly) == 0


def test_many_circuits_are_bounded_by_prices_that_were_learned() -> None:
    generator = np.random.default_rng(5)
    firms = "ABCDEFGH"
    deals = [
        Deal(f"{payer}{payee}{kind}", (payer,), (payee,), kind, Stated(None, float(generator.integers(1, 50)) * 1e9), "signed")
        for payer in firms for payee in firms for kind in ("equity", "compute")
        if payer != payee and generator.random() < 0.35
    ]  # fmt: skip
    network = make_network(counted_deals(deals, Reading()))
    money = Money(network, draw_amounts(network.deals, Reading(), 300) @ network.parts)
    ways = find_ways(network, money.arcs.max(axis=0))
    capacities = money.arcs[:, ways.arcs]
    assert len(ways.mixed) > 400
    found = packed(ways.packing(mixed=True), capacities)
    alone = [ways.packing(mixed=True).solve(row) for row in capacities[: len(found) : 10]]
    assert found[::10] == pytest.approx(np.array(alone), rel=1e-5)


def test_the_stated_graph_has_one_value_however_it_is_computed() -> None:
    graph = graph_of(e1_deals())
    network = make_network(counted_deals(e1_deals(), Reading()))
    ways = find_ways(network, np.ones(len(network.payers)))
    assert circulable(graph) == 50e9
    assert len(ways.circuits) == 5
    assert len(ways.mixed) == 4
