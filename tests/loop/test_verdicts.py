"""Verdicts on indicators whose bounds are met or missed."""

import pytest
from loop_examples import E1, flows, seed_flows, ties
from pandas import DataFrame

from corewatch.loop.indicators import loop_indicators
from corewatch.loop.verdicts import loop_verdicts
from corewatch.tables import records


def verdicts(table: DataFrame, outside_sales: dict[str, float] | None = None) -> dict[tuple[str, str | None], str]:
    rows = records(loop_verdicts(loop_indicators(table, outside_sales=outside_sales)))
    return {(row["thesis"], row["subject"]): row["verdict"] for row in rows}


def test_money_that_can_return_supports_nothing_while_the_boundary_is_unknown() -> None:
    found = verdicts(flows(E1))
    assert found["H1", None] == "undetermined"
    assert found["H2a", None] == "supported"
    assert found["H2b", None] == "undetermined"
    assert found["H3", "A"] == "undetermined"


def test_known_end_sales_dispute_thin_end_demand() -> None:
    found = verdicts(flows(E1), outside_sales={"A": 60e9})
    assert found["H1", None] == "undetermined"
    assert found["H2a", None] == "undetermined"
    assert found["H2b", None] == "disputed"
    assert found["H3", "A"] == "undetermined"


def test_the_seeds_show_few_payers_and_no_loop() -> None:
    made = loop_verdicts(loop_indicators(seed_flows(), ties(("Microsoft", "investor_in", "OpenAI"))))
    assert dict(zip(made["thesis"], made["verdict"], strict=True)) == {
        "H1": "undetermined", "H2a": "supported", "H2b": "undetermined", "H3": "undetermined",
    }  # fmt: skip
    first, second = records(made)[:2]
    assert first["why"].startswith("No deal with an amount lies on a circuit")
    assert second["number"] == "concentration of origin 0.27 to 0.46"


def test_followed_money_that_cannot_return_disputes_circulation() -> None:
    chain = [("A", "B", "equity", 10), ("B", "C", "compute", 10), ("C", "D", "hardware", 10), ("D", "E", "hardware", 10)]
    assert verdicts(flows(chain))["H1", None] == "disputed"


def test_many_small_payers_dispute_a_narrow_origin() -> None:
    assert verdicts(flows([(f"P{number}", "S", "compute", 1) for number in range(12)]))["H2a", None] == "disputed"


@pytest.mark.parametrize("thesis", ["H1", "H2a", "H2b"])
def test_without_deals_everything_is_undetermined(thesis: str) -> None:
    assert verdicts(flows([]))[thesis, None] == "undetermined"
