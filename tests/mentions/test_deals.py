"""What deals a text states: cases as data, each worked out by hand, and what holds for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corewatch.language.reading import read_article
from corewatch.mentions.deals import find_deal_mentions
from corewatch.mentions.metrics import find_metric_mentions
from corewatch.mentions.records import DealMention

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "deals.toml").read_text(encoding="utf-8"))["case"]
IDENTITY = {"kind": None, "payer": None, "payee": None, "low": None, "high": None}


def deals_of(text: str) -> list[DealMention]:
    return find_deal_mentions(read_article("doc", text), [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_states_these_deals(case: dict[str, Any]) -> None:
    found = deals_of(case["text"])
    expected = [{**IDENTITY, **deal} for deal in case["deals"]]
    assert [{key: getattr(mention, key) for key in wanted} for mention, wanted in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)


def test_the_round_of_the_sentence_before_has_its_lead_as_payer() -> None:
    text = "Liquid AI raised $180 million in a Series B in May. Accel led the round."
    (deal,) = deals_of(text)
    assert (deal.kind, deal.payer, deal.payee, deal.low) == ("equity", "Accel", "Liquid AI", 180e6)
    assert text[deal.start : deal.end] == text


def test_evidence_reaches_the_later_sentence_that_names_the_payer() -> None:
    text = "Hollin Grid raised $80 million in June. It makes cables. Accel led the round. Rain fell."
    (deal,) = deals_of(text)
    assert (deal.payer, text[deal.start : deal.end]) == ("Accel", text.removesuffix(" Rain fell."))


def test_a_forecast_of_capital_spending_is_a_planned_deal() -> None:
    article = read_article("doc", "Oracle said that it expects capital expenditures of $9 billion in fiscal 2027.")
    (deal,) = find_deal_mentions(article, find_metric_mentions(article))
    assert (deal.kind, deal.payer, deal.payee, deal.low, deal.status) == ("capex", "Oracle", None, 9e9, "planned")


def test_capital_spending_that_was_done_is_no_deal() -> None:
    article = read_article("doc", "Oracle's capital expenditures were $9 billion in the second quarter of 2026.")
    assert find_deal_mentions(article, find_metric_mentions(article)) == []


def test_an_amount_that_was_revised_was_planned() -> None:
    deals = deals_of("Hollin Grid sold $320 million of bonds to Pimco, upsized from $250 million.")
    assert [(deal.payee, deal.low, deal.status) for deal in deals] == [("Hollin Grid", 320e6, "closed"), ("Hollin Grid", 250e6, "planned")]


def test_an_outlet_is_credited_and_never_a_party() -> None:
    (deal,) = deals_of("Bloomberg reported that Meta will lend Crusoe $150 million.")
    assert (deal.payer, deal.payee, deal.asserted_by) == ("Meta", "Crusoe", "Bloomberg")


def test_the_same_deal_without_its_amount_is_not_said_twice() -> None:
    text = "Cohere signed a contract with CoreWeave worth $300 million.\nCohere has signed a contract with CoreWeave."
    assert [deal.low for deal in deals_of(text)] == [300e6]


def test_evidence_is_the_sentence_and_confidence_a_probability() -> None:
    text = "Macquarie lent Firmus A$90 million. Firmus bought servers from Dell for A$60 million."
    for deal in deals_of(text):
        assert text[deal.start : deal.end].endswith(".")
        assert 0 < deal.confidence < 1


def test_a_text_without_deals_gives_none() -> None:
    assert deals_of("The orchard lost a third of its apples to frost.\nPickers earn £14 an hour, and the fair drew 3,000 people.") == []
