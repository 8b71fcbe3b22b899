"""Indicators of graphs whose numbers were worked out by hand."""

import pytest
from loop_examples import E1, flows, seed_flows, ties
from pandas import DataFrame

from corewatch.loop.circulation import return_probabilities
from corewatch.loop.graph import build_graph
from corewatch.loop.indicators import loop_indicators
from corewatch.loop.reading import Reading

EXACT = 1e-12


def value(made: DataFrame, indicator: str, subject: str | None = None, column: str = "point") -> float:
    rows = made[(made["indicator"] == indicator) & (made["subject"].isna() if subject is None else made["subject"] == subject)]
    assert len(rows) == 1
    return float(rows[column].iloc[0])


@pytest.mark.parametrize(
    ("indicator", "subject", "column", "expected"),
    [
        ("W", None, "point", 92e9),
        ("C", None, "point", 50e9),
        ("omega", None, "point", 51 / 92),
        ("kappa", None, "point", 50 / 92),
        ("kappa_FP", None, "point", 42 / 92),
        ("reciprocity", None, "point", 20 / 92),
        ("phi", None, "point", 137030683 / 849526860),
        ("mu", None, "point", 133 / 41),
        ("H_o", None, "point", 1185 / 1681),
        ("n_eff", None, "point", 1681 / 1185),
        ("HHI", "B", "point", 0.3856),
        ("top_share", "B", "point", 0.48),
        ("beta", "A", "low", 139 / 912),
        ("beta", "A", "high", 0.25),
        ("beta", "D", "low", 19 / 52),
        ("beta", "D", "high", 1.0),
        ("beta", "B", "low", 0.0),
        ("beta", "B", "high", 0.0),
        ("epsilon", None, "low", 0.0),
        ("epsilon", None, "high", 1.0),
    ],
)
def test_five_firms_give_the_numbers_worked_out_by_hand(indicator: str, subject: str | None, column: str, expected: float) -> None:
    assert value(loop_indicators(flows(E1)), indicator, subject, column) == pytest.approx(expected, rel=EXACT)


def test_each_firms_money_returns_with_the_probability_worked_out_by_hand() -> None:
    graph = build_graph(flows(E1))
    expected = {"A": 923 / 114, "B": 2019 / 431, "C": 2769 / 760, "D": 523 / 104, "E": 0.0}
    found = {firm: graph.throughflow(firm) / 1e9 * share for firm, share in return_probabilities(graph).items()}
    assert found == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize(
    ("indicator", "subject", "column", "expected"),
    [
        ("W", None, "point", 152e9),
        ("phi", None, "point", 5299577923 / 68278102536),
        ("mu", None, "point", 193 / 101),
        ("kappa", None, "point", 50 / 152),
        ("kappa_FP", None, "point", 42 / 152),
        ("omega", None, "point", 51 / 152),
        ("H_o", None, "point", 1185 / 10201),
        ("epsilon", None, "low", 60 / 101),
        ("epsilon", None, "high", 1.0),
        ("beta", "A", "low", 0.060964912280702),
        ("beta", "A", "high", 0.10),
    ],
)
def test_known_outside_sales_lower_what_returns(indicator: str, subject: str | None, column: str, expected: float) -> None:
    made = loop_indicators(flows(E1), outside_sales={"A": 60e9})
    assert value(made, indicator, subject, column) == pytest.approx(expected, rel=1e-11)
    assert set(made["boundary"]) == {"known outside sales"}


def test_money_that_cannot_leave_a_block_returns_for_certain() -> None:
    block = loop_indicators(flows([("A", "B", "equity", 6), ("B", "A", "compute", 6)]))
    assert value(block, "phi") == 1.0
    assert str(value(block, "mu")) == "nan"
    entered = loop_indicators(flows([("A", "B", "equity", 6), ("B", "A", "compute", 6), ("C", "B", "equity", 3)]))
    assert value(entered, "phi") == pytest.approx(5 / 9, rel=EXACT)


def test_a_letter_of_intent_carries_most_of_what_can_return() -> None:
    made = loop_indicators(flows(E1, d1={"status": "planned"}))
    expected = {"W": 82e9, "kappa": 20 / 82, "kappa_FP": 12 / 82, "omega": 31 / 82, "phi": 0.048120300751880}
    assert {name: value(made, name) for name in expected} == pytest.approx(expected, rel=1e-12)
    assert value(made, "beta", "A", "high") == 0.0


def test_the_ends_hold_for_all_amounts_that_the_words_leave_room_for() -> None:
    made = loop_indicators(flows(E1, d1={"usd_low": None}, d6={"usd_high": None}))
    assert (value(made, "C", None, "low"), value(made, "C", None, "high")) == pytest.approx((20e9, 50e9), rel=EXACT)
    assert value(made, "kappa", None, "low") == pytest.approx(0.203562340966921, rel=EXACT)
    assert value(made, "kappa", None, "high") == pytest.approx(0.543478260869565, rel=EXACT)


@pytest.mark.parametrize(
    ("billions", "expected"),
    [
        (5, (88e9, 0.477272727273, 0.477272727273, 0.143828786860)),
        (8, (71e9, 0.422535211268, 0.422535211268, 0.121829105474)),
        (10, (62e9, 0.483870967742, 0.483870967742, 0.182065217391)),
    ],
)
def test_leaving_small_deals_out_moves_shares_both_ways(billions: int, expected: tuple[float, ...]) -> None:
    made = loop_indicators(flows(E1), reading=Reading(threshold=billions * 1e9))
    assert [value(made, name) for name in ("W", "kappa", "kappa_FP", "phi")] == pytest.approx(expected, rel=1e-11)


def test_a_block_that_is_fed_from_elsewhere_returns_a_part() -> None:
    made = loop_indicators(flows([("A", "B", "equity", 6), ("B", "A", "compute", 6), ("C", "B", "debt", 3)]))
    assert value(made, "phi") == pytest.approx(5 / 9, rel=EXACT)


def test_a_deal_that_is_only_planned_does_not_count_under_the_firm_policy() -> None:
    table = flows(E1, d1={"status": "planned"})
    made = loop_indicators(table)
    assert value(made, "W") == 82e9
    assert value(made, "kappa") == pytest.approx(20 / 82, rel=EXACT)
    assert value(made, "omega") == pytest.approx(31 / 82, rel=EXACT)
    assert value(made, "phi") == pytest.approx(0.048120300751880, abs=1e-12)
    assert value(made, "beta", "A", "high") == 0.0
    assert value(loop_indicators(table, reading=Reading(policy="stated")), "W") == 92e9


SEEDS = {
    "stock as an investment": (
        Reading(noncash="include"),
        {"W": 36.15e9, "kappa": 0, "omega": 0, "phi": 0, "mu": 1.958506224066390, "H_o": 0.272280665507366, "n_eff": 3.672680901292},
    ),
    "upper ends": (
        Reading(noncash="include", bound="high"),
        {"W": 41.15e9, "kappa": 0, "mu": 80.8 / 41.15, "H_o": 468.3225 / 41.15**2},
    ),
    "the smaller contract added": (
        Reading(noncash="include", subsets=True),
        {"W": 40.15e9, "mu": 1.962640099626401, "H_o": 0.280282998531348, "n_eff": 3.567822540931},
    ),
    "stock left out": (
        Reading(),
        {"W": 35.8e9, "kappa": 0, "omega": 0, "mu": 1.958100558659218, "H_o": 0.271035548203864, "n_eff": 3.689552926275},
    ),
    "stock granted to the customer": (
        Reading(noncash="reverse"),
        {
            "W": 36.15e9,
            "kappa": 0.7 / 36.15,
            "omega": 0.7 / 36.15,
            "mu": 1.977433004231312,
            "H_o": 0.269882887954786,
            "phi": 0.007295779008946,
        },
    ),
}


@pytest.mark.parametrize("case", SEEDS)
def test_the_seeds_give_the_numbers_worked_out_by_hand(case: str) -> None:
    reading, expected = SEEDS[case]
    made = loop_indicators(seed_flows(), reading=reading)
    assert {name: value(made, name) for name in expected} == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_seeds_most_dependent_supplier_is_seen() -> None:
    made = loop_indicators(seed_flows(), reading=Reading(noncash="include"))
    assert value(made, "HHI", "CoreWeave") == pytest.approx(0.503763474489690, rel=EXACT)
    assert value(made, "top_share", "CoreWeave") == pytest.approx(0.543378995433790, rel=EXACT)
    assert value(made, "epsilon_high") == pytest.approx(0.958506224066390, rel=EXACT)
    reversed_stock = loop_indicators(seed_flows(), reading=Reading(noncash="reverse"))
    assert value(reversed_stock, "beta", "CoreWeave", "high") == pytest.approx(0.35 / 21.9, rel=EXACT)


def test_a_backer_without_an_amount_widens_the_range_of_the_origin() -> None:
    alone = loop_indicators(seed_flows(), reading=Reading(noncash="include"))
    backed = loop_indicators(seed_flows(), ties(("Microsoft", "investor_in", "OpenAI")), reading=Reading(noncash="include"))
    assert value(alone, "H_o", None, "low") == pytest.approx(0.269882887954786, rel=EXACT)
    assert value(backed, "H_o", None, "high") == pytest.approx(0.459758306885595, rel=EXACT)
    assert value(backed, "H_o") == value(alone, "H_o")


def test_no_deals_give_no_shares() -> None:
    made = loop_indicators(flows([]))
    assert value(made, "W") == 0.0
    assert made[made["indicator"].isin(["omega", "kappa", "phi", "mu", "H_o"])]["point"].isna().all()
