"""Relations: the standing ties that a text states between companies."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.reading import read_article
from corewatch.mentions.records import DealMention, MetricMention
from corewatch.mentions.relations import find_relations

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "relations.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_ties_are_read_from_nouns_verbs_and_shares(case: dict[str, Any]) -> None:
    found = find_relations(read_article("a", case["text"]), [], [])
    assert sorted([row.source, row.relation, row.target] for row in found) == sorted(case["ties"])


def metric(name: str, basis: str) -> MetricMention:
    return MetricMention(
        start=0, end=10, company="Nebius", metric=name, low=12.0, high=12.0, unit="%", counterpart="Accel; Nvidia", basis=basis
    )  # fmt: skip


def test_an_actual_stake_is_a_tie_of_every_holder() -> None:
    found = find_relations(read_article("a", "They hold it."), [], [metric("stake", "actual")])
    assert [(row.source, row.relation, row.target) for row in found] == [
        ("Accel", "investor_in", "Nebius"),
        ("Nvidia", "investor_in", "Nebius"),
    ]


def test_an_actual_share_of_revenue_is_a_tie_of_the_customer() -> None:
    found = find_relations(read_article("a", "They buy it."), [], [metric("revenue_share", "actual")])
    assert {row.relation for row in found} == {"customer_of"}


def test_a_forecast_stake_is_no_tie() -> None:
    assert find_relations(read_article("a", "They will hold it."), [], [metric("stake", "forecast")]) == []


def test_a_partnership_that_is_the_announced_deal_is_no_tie() -> None:
    text = "Oracle announced its partnership with Lambda."
    deal = DealMention(start=0, end=len(text), kind="compute", payer="Oracle", payee="Lambda")
    assert find_relations(read_article("a", text), [deal], []) == []
    assert len(find_relations(read_article("a", text), [], [])) == 1


def test_an_icon_in_the_text_is_no_company() -> None:
    text = "Oracle leads the field. \ue000 is a customer of Oracle, and \uf8ff rivals \ue123."
    assert find_relations(read_article("a", text), [], []) == []


@given(st.text(alphabet="Oracle is Nvidia's custmer, rival of its 8% \ue000.\n", max_size=100))
def test_any_text_gives_ties_between_two_companies(text: str) -> None:
    for row in find_relations(read_article("a", text), [], []):
        assert 0 <= row.start < row.end <= len(text)
        assert row.source != row.target
        assert 0 <= row.confidence <= 1
