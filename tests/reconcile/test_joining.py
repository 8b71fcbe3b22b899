"""Each rule that joins mentions into deals: an example, and one that only looks like it."""

import cProfile
import pstats
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tables_told import read
from told import Telling, deal, tell

from corewatch.lexicon.joins import joins
from corewatch.reconcile.changes import find_changes
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.joining import join_mentions
from corewatch.reconcile.mention import read_mentions
from corewatch.tables import Tables, empty, records

Paper = tuple[str, str | None, Sequence[Telling]]
NAMES = "abcdefgh"


def one(
    sentence: str, kind: str, payer: str | None, payee: str | None, amount: float | None = None, words: str | None = None, **more: Any
) -> Telling:
    """A sentence that states one deal."""
    return sentence, [deal(kind, payer, payee, amount, words, **more)]


def compute(sentence: str, amount: float | None = None, words: str | None = None, **more: Any) -> Telling:
    """A sentence that states computing that Orrin buys of Lanternfield."""
    return one(sentence, "compute", "Orrin", "Lanternfield", amount, words, **more)


def mentions_of(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    documents, mentions, _ = tell(*papers)
    return records(reconcile_deals(mentions, documents)[1])


def joined(*documents: Sequence[Telling]) -> list[str | None]:
    """The rules by which the mentions of documents (a, b, ...) that state one deal are joined; the deal must be one."""
    rows = mentions_of([(name, None, told) for name, told in zip(NAMES, documents, strict=False)])
    assert len({row["deal_id"] for row in rows}) == 1
    return sorted(row["joined_by"] for row in rows if row["joined_by"])


def apart(*documents: Sequence[Telling]) -> int:
    """The number of deals in documents."""
    return len({row["deal_id"] for row in mentions_of([(name, None, told) for name, told in zip(NAMES, documents, strict=False)])})


SIGNED = compute("Orrin agreed to pay Lanternfield $6.4 billion.", 6.4, "$6.4 billion")


# same_amount


@pytest.mark.parametrize(
    "again",
    [
        compute("The contract is worth $6.4 billion.", 6.4, "$6.4 billion"),
        compute("The contract is worth over $6 billion.", low=6e9, high=None, words="$6 billion"),
        compute("The contract is worth nearly $6.5 billion.", 6.5, "$6.5 billion", approx=True),
        compute("The contract is worth up to $7 billion.", low=None, high=7e9, words="$7 billion"),
        compute("The contract is worth $6 billion to $7 billion.", low=6e9, high=7e9, words="$6 billion"),
        compute("The contract is worth $6.41 billion.", 6.41, "$6.41 billion"),
        compute("Orrin pays $1.6 billion a year for four years.", 1.6, "$1.6 billion", per="year", term_years=4.0),
        one("Orrin pays Lanternfield Computing $6.4 billion.", "compute", "Orrin", "Lanternfield Computing", 6.4, "$6.4 billion"),
        one("Orrin and Castor pay $6.4 billion.", "compute", "Orrin; Castor", "Lanternfield", 6.4, "$6.4 billion"),
    ],
)
def test_the_same_amount_rounded_bounded_by_the_year_or_under_a_short_name_is_one_deal(again: Telling) -> None:
    assert joined([SIGNED], [again]) == ["same_amount"]


@pytest.mark.parametrize(
    "other",
    [
        compute("The contract is worth over $2 billion.", low=2e9, high=None, words="$2 billion"),
        compute("The contract is worth up to $20 billion.", low=None, high=20e9, words="$20 billion"),
        compute("The contract is worth $64 billion.", 64, "$64 billion"),
        compute("Orrin pays $6.4 billion a year.", 6.4, "$6.4 billion", per="year"),
        one("Castor pays Lanternfield $6.42 billion.", "compute", "Castor", "Lanternfield", 6.42, "$6.42 billion"),
        one("Orrin pays Saltmere $6.42 billion.", "compute", "Orrin", "Saltmere", 6.42, "$6.42 billion"),
        one("Orrin pays Lanternfield 6.4 billion kronor.", "compute", "Orrin", "Lanternfield", 6.4, currency="SEK"),
    ],
)
def test_another_amount_party_or_currency_is_another_deal(other: Telling) -> None:
    assert apart([SIGNED], [other]) == 2


def test_a_dropped_amount_is_not_a_bounded_one_that_goes_on() -> None:
    goes_on = compute("Commitments exceed $6 billion.", low=6e9, high=None, words="$6 billion")
    off = compute("Orrin walked away from $6.4 billion.", 6.4, "$6.4 billion", status="withdrawn")
    assert apart([goes_on], [off]) == 2
    assert joined([SIGNED], [off]) == ["same_amount"]


# Deals that one document tells apart


@pytest.mark.parametrize(
    "sentence",
    [
        "A second contract is worth $6.5 billion.",
        "In addition to that, Orrin ordered $6.5 billion of capacity.",
        "Another $6.5 billion goes into a hall in Iowa.",
        "On top of this come $6.5 billion.",
        "A separate contract of $6.5 billion stands beside it.",
    ],
)
def test_a_deal_beside_another_one_stays_apart_in_its_document_and_elsewhere(sentence: str) -> None:
    beside = compute(sentence, 6.5, "$6.5 billion")
    assert apart([SIGNED, beside]) == 2
    assert apart([SIGNED], [beside]) == 2


def test_two_deals_of_one_document_are_never_joined_by_a_rounding_elsewhere() -> None:
    told_apart = [
        compute("Orrin pays $3 billion.", 3, "$3 billion"),
        compute("A second contract is worth $3.1 billion.", 3.1, "$3.1 billion"),
    ]
    about = compute("Orrin pays about $3 billion.", 3, "$3 billion", approx=True)
    both = [compute("Orrin pays $3 billion.", 3, "$3 billion"), compute("Orrin signed for $3.1 billion.", 3.1, "$3.1 billion")]
    assert apart(told_apart, [about]) == 2
    assert apart(told_apart, both[:1], both[1:]) == 2
    # A document that does not tell them apart gives each of its amounts to the deal that has it.
    assert apart(told_apart, both) == 2
    assert joined(both) == ["same_amount"]


def test_two_documents_with_a_round_and_a_precise_amount_each_tell_one_deal() -> None:
    told = [compute("Orrin pays $12 billion.", 12, "$12 billion"), compute("To be exact, $11.9 billion.", 11.9, "$11.9 billion")]
    assert joined(told, told) == ["same_amount", "same_amount", "same_amount"]


def test_shares_and_computing_of_one_amount_in_one_sentence_are_not_joined_by_a_document_that_knows_one_of_them() -> None:
    rows = [deal(kind, "Orrin", "Lanternfield", 1.2) for kind in ("compute", "equity")]
    both: Telling = ("Orrin pays $1.2 billion for computing and as much for shares.", rows)
    shares = one("Orrin buys shares for $1.2 billion.", "equity", "Orrin", "Lanternfield", 1.2, "$1.2 billion")
    assert apart([both], [shares]) == 2


# one_offering, offering_of_shares


def offering(amount: float, **more: Any) -> Telling:
    return one(f"Lanternfield means to raise ${amount:g} billion.", "ipo", None, "Lanternfield", amount, f"${amount:g} billion", **more)


def test_a_company_goes_public_once_and_another_company_another_time() -> None:
    assert joined([offering(1.2)], [offering(4)]) == ["one_offering"]
    assert apart([offering(1.2)], [one("Saltmere means to raise $4 billion.", "ipo", None, "Saltmere", 4, "$4 billion")]) == 2


def test_shares_sold_to_nobody_by_name_are_the_offering_if_the_amount_is_the_same() -> None:
    raised = one("It sold $1.2 billion of shares.", "equity", None, "Lanternfield", 1.2, "$1.2 billion", status="closed")
    assert joined([offering(1.2)], [raised]) == ["offering_of_shares"]
    assert apart([offering(1.5)], [raised]) == 2
    assert (
        apart([offering(1.2)], [one("Castor bought $1.2 billion of shares.", "equity", "Castor", "Lanternfield", 1.2, "$1.2 billion")]) == 2
    )


# one_takeover


def takeover(amount: float, payer: str = "Orrin", **more: Any) -> Telling:
    return one(
        f"{payer} buys Lanternfield for ${amount:g} billion.", "acquisition", payer, "Lanternfield", amount, f"${amount:g} billion", **more
    )


def test_a_buyer_takes_a_company_over_once_at_whatever_price_is_told() -> None:
    assert joined([takeover(3.9)], [takeover(8)]) == ["one_takeover"]
    assert joined([takeover(3.9, status="withdrawn"), takeover(4.4)]) == ["one_takeover"]


def test_another_buyer_and_a_part_of_the_target_stay_apart() -> None:
    assert apart([takeover(3.9)], [takeover(8, "Castor")]) == 2
    # A tenth of the price and less buys a plant of it.
    assert apart([takeover(3.9)], [takeover(0.3)]) == 2


# other_kind, contested_kind, swapped_parties


def invests(amount: float, payer: str = "Orrin", payee: str = "Lanternfield", **more: Any) -> Telling:
    return one(f"{payer} invests ${amount:g} billion in {payee}.", "equity", payer, payee, amount, f"${amount:g} billion", **more)


def test_a_contract_that_is_called_an_investment_is_one_deal_if_the_amount_is_the_same() -> None:
    assert joined([invests(6.4)], [SIGNED]) == ["other_kind"]
    assert apart([invests(1.5)], [SIGNED]) == 2
    assert apart([invests(6.4, status="withdrawn")], [SIGNED]) == 2
    assert apart([one("Orrin will spend $6.4 billion.", "capex", "Orrin", "Lanternfield", 6.4)], [SIGNED]) == 2


def test_an_investment_and_a_contract_not_far_apart_are_one_deal_if_neither_document_tells_of_both() -> None:
    assert joined([invests(7.1)], [SIGNED]) == ["contested_kind"]
    assert apart([invests(7.1), SIGNED]) == 2
    assert apart([invests(9)], [SIGNED]) == 2
    leases = one("Orrin leases halls for $7.1 billion.", "colocation", "Orrin", "Lanternfield", 7.1, "$7.1 billion")
    assert apart([leases], [SIGNED]) == 2


def test_an_investment_in_one_company_may_be_what_that_company_buys_of_the_investor() -> None:
    back = invests(6.4, "Lanternfield", "Orrin")
    assert joined([SIGNED], [back]) == ["swapped_parties"]
    assert apart([SIGNED, back]) == 2
    assert apart([SIGNED], [invests(6.5, "Lanternfield", "Orrin")]) == 2
    lends = one("Lanternfield lends Orrin $6.4 billion.", "debt", "Lanternfield", "Orrin", 6.4, "$6.4 billion")
    assert apart([SIGNED], [lends]) == 2


# rate, other_currency, converted


def test_one_passage_with_a_rate_and_a_total_is_of_one_deal() -> None:
    def told(*rows: dict[str, Any]) -> Telling:
        return "Orrin pays $2 billion a year, $6.4 billion in all.", rows

    rate = deal("compute", "Orrin", "Lanternfield", 2, "$2 billion", per="year")
    total = deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion")
    assert joined([told(rate, total)]) == ["rate"]
    assert apart([compute("Orrin pays $2 billion a year.", 2, "$2 billion", per="year"), SIGNED]) == 2
    assert apart([told({**rate, "payer": None}, {**total, "payer": None})]) == 2


def currencies(words: str, **more: Any) -> list[dict[str, Any]]:
    dollars = deal("compute", "Orrin", "Lanternfield", 4, "$4 billion")
    return [deal("compute", "Orrin", "Lanternfield", 620, words, currency="JPY"), {**dollars, **more}]


def test_one_passage_with_two_currencies_side_by_side_is_of_one_deal() -> None:
    sentence = "Orrin pays Lanternfield ¥620 billion ($4 billion)."
    assert joined([(sentence, currencies("¥620 billion"))]) == ["other_currency"]
    assert apart([(sentence, currencies("¥620 billion", payee="Saltmere"))]) == 2
    assert apart([(sentence, currencies("¥620 billion", status="talks"))]) == 2
    far = "Orrin pays Lanternfield ¥620 billion for a hall near Osaka that has stood empty since the spring of last year, and $4 billion."
    assert apart([(far, currencies("¥620 billion"))]) == 2


def test_two_documents_with_one_currency_each_tell_one_deal_if_a_rate_of_the_last_years_makes_them_equal() -> None:
    euros = compute("Orrin pays €5.7 billion.", 5.7, "€5.7 billion", currency="EUR")
    assert joined([SIGNED], [euros]) == ["converted"]
    assert apart([SIGNED, euros]) == 2
    assert apart([SIGNED], [compute("Orrin pays €9 billion.", 9, "€9 billion", currency="EUR")]) == 2
    lender = one("Lanternfield borrowed €5.7 billion.", "debt", None, "Lanternfield", 5.7, currency="EUR")
    assert apart([one("Lanternfield borrowed $6.4 billion.", "debt", None, "Lanternfield", 6.4)], [lender]) == 2


# replaced, aside, part_elsewhere, outdated_elsewhere, replacing


def test_one_passage_has_an_amount_and_the_one_whose_place_it_took() -> None:
    rows = [deal("compute", "Orrin", "Lanternfield", 5, "$5 billion"), deal("compute", "Orrin", "Lanternfield", 9, "$9 billion")]
    assert joined([("It will pay $5 billion, instead of the $9 billion announced in May.", rows)]) == ["replaced"]
    assert apart([("It will pay $5 billion for one hall and $9 billion for the other.", rows)]) == 2


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("Originally $9 billion had been planned.", 9),
        ("It has paid a deposit of $0.3 billion.", 0.3),
        ("Should it exercise its option, the bill would come to $9 billion.", 9),
    ],
)
def test_what_is_told_as_outdated_a_part_or_an_option_joins_the_only_deal_of_its_parties(sentence: str, amount: float) -> None:
    aside = compute(sentence, amount, f"${amount:g} billion")
    second = compute("For a hall in Iowa it pays $2 billion.", 2, "$2 billion")
    assert joined([SIGNED, aside]) == ["aside"]
    assert apart([SIGNED, second, aside]) == 3
    assert apart([SIGNED, one(aside[0], "hardware", "Orrin", "Lanternfield", amount, f"${amount:g} billion")]) == 2


def test_an_earlier_plan_that_was_scrapped_is_another_deal_than_the_one_that_goes_on() -> None:
    scrapped = compute("An earlier plan for $9 billion was scrapped.", 9, "$9 billion", status="withdrawn")
    lapsed = compute("The remaining $1 billion lapsed.", 1, "$1 billion", status="withdrawn")
    assert apart([SIGNED, scrapped]) == 2
    assert joined([SIGNED, lapsed]) == ["aside"]


def test_a_part_joins_the_whole_that_another_document_has_unless_it_is_larger() -> None:
    assert joined([SIGNED], [compute("It has paid a deposit of $0.3 billion.", 0.3, "$0.3 billion")]) == ["part_elsewhere"]
    assert apart([SIGNED], [compute("It has paid a deposit of $9 billion.", 9, "$9 billion")]) == 2
    assert apart([SIGNED], [compute("Chairs come to $0.3 billion.", 0.3, "$0.3 billion")]) == 2


def test_what_one_document_tells_as_outdated_may_be_the_amount_of_another() -> None:
    was = compute("Originally it was to pay $9 billion.", 9, "$9 billion")
    had = compute("The contract is worth nearly $9 billion.", 9.1, "$9 billion", approx=True)
    assert joined([was], [had]) == ["outdated_elsewhere"]
    assert apart([was], [compute("The contract is worth $2 billion.", 2, "$2 billion")]) == 2


def test_an_amount_that_took_the_place_of_another_joins_the_one_deal_of_another_document() -> None:
    raised = compute("Orrin has raised its order to $19 billion.", 19, "$19 billion")
    assert joined([SIGNED], [raised]) == ["replacing"]
    assert apart([SIGNED], [compute("Orrin has placed an order of $19 billion.", 19, "$19 billion")]) == 2
    small = compute("A second contract is worth $2 billion.", 2, "$2 billion")
    assert apart([SIGNED, small], [raised]) == 3


# earlier_stage, one_budget


@pytest.mark.parametrize("status", ["talks", "planned"])
def test_talks_and_plans_of_about_the_amount_become_the_contract(status: str) -> None:
    early = compute("Orrin may pay $4 billion.", 4, "$4 billion", status=status)
    assert joined([early], [SIGNED]) == ["earlier_stage"]
    assert apart([early, SIGNED]) == 2
    assert apart([compute("Orrin may pay $2 billion.", 2, "$2 billion", status=status)], [SIGNED]) == 2
    second = compute("For a hall in Iowa it pays $7.5 billion.", 7.5, "$7.5 billion")
    assert apart([early], [SIGNED, second]) == 3


def budget(sentence: str, amount: float, payee: str | None = None) -> Telling:
    return one(sentence, "capex", "Lanternfield", payee, amount, f"${amount:g} billion", status="planned")


def test_what_a_company_means_to_spend_in_one_year_is_one_plan() -> None:
    first = budget("Lanternfield guided to $25 billion of spending for 2026.", 25)
    assert joined([first], [budget("It now means to spend $32 billion in 2026.", 32)]) == ["one_budget"]
    assert apart([first], [budget("It means to spend $32 billion in 2027.", 32)]) == 2
    assert apart([first], [budget("It means to spend $32 billion.", 32)]) == 2
    assert apart([first], [budget("It means to spend $32 billion at Saltmere in 2026.", 32, "Saltmere")]) == 2


# contested_amount, contested_payer, contested_payee


def test_documents_that_each_know_one_amount_not_far_apart_disagree_about_one_deal() -> None:
    assert (
        joined([SIGNED], [compute("It is worth $7.1 billion.", 7.1)], [compute("It is worth $7.5 billion.", 7.5)])
        == ["contested_amount"] * 2
    )
    # Only two documents that know one deal each may differ by half.
    assert joined([SIGNED], [compute("It is worth $9.6 billion.", 9.6)]) == ["contested_amount"]
    assert apart([SIGNED], [compute("It is worth $12 billion.", 12)]) == 2
    assert apart([SIGNED, compute("It is worth $7.1 billion.", 7.1)]) == 2
    assert apart([compute("It runs for five years.", 6.4, term_years=5.0)], [compute("It runs for ten years.", 7.1, term_years=10.0)]) == 2
    assert apart([compute("In May.", 6.4, date="2025-05")], [compute("In June.", 7.1, date="2025-06")]) == 2


def loan(payer: str | None, payee: str = "Lanternfield", amount: float = 1.5) -> Telling:
    return one(f"{payee} borrowed ${amount:g} billion of {payer}.", "debt", payer, payee, amount, f"${amount:g} billion", status="closed")


def test_a_lead_that_one_document_names_and_another_does_not_is_no_other_loan() -> None:
    assert joined([loan("Castor")], [loan(None, amount=1.7)]) == ["contested_amount"]
    assert apart([loan("Castor")], [loan(None, amount=4)]) == 2


def test_documents_that_name_different_lenders_of_one_exact_loan_disagree() -> None:
    assert joined([loan("Castor")], [loan("Northgate")]) == ["contested_payer"]
    assert apart([loan("Castor"), loan("Northgate")], [loan("Northgate")]) == 2
    assert apart([loan("Castor")], [loan("Northgate", amount=1.52)]) == 2
    # One digit is shared by many loans.
    assert apart([loan("Castor", amount=2)], [loan("Northgate", amount=2)]) == 2
    assert apart([takeover(3.9)], [takeover(3.9, "Castor")]) == 2


def test_documents_that_name_different_firms_as_paid_by_one_disagree() -> None:
    assert joined([loan("Castor")], [loan("Castor", "Saltmere")]) == ["contested_payee"]
    assert apart([loan("Castor"), loan("Castor", "Saltmere")], [loan("Castor", "Saltmere")]) == 2
    assert apart([loan("Castor", amount=2)], [loan("Castor", "Saltmere", 2)]) == 2


# missing_party


def test_a_mention_without_a_party_joins_the_one_deal_of_its_amount() -> None:
    assert joined([loan("Castor")], [loan(None)]) == ["missing_party"]
    assert apart([loan("Castor")], [loan(None, "Saltmere")]) == 2
    assert apart([loan("Castor"), loan("Northgate")], [loan(None)]) == 3
    over = one("Lanternfield borrowed over $1.4 billion.", "debt", None, "Lanternfield", low=1.4e9, high=None, words="$1.4 billion")
    assert "missing_party" not in [row["joined_by"] for row in mentions_of([("a", None, [loan("Castor")]), ("b", None, [over])])]


# without_amount, same_parties


def test_a_mention_without_an_amount_joins_the_only_deal_of_its_parties_and_kind() -> None:
    vague = compute("Orrin is a customer of Lanternfield.")
    second = compute("A second contract is worth $2 billion.", 2, "$2 billion")
    assert joined([SIGNED], [vague]) == ["without_amount"]
    assert apart([SIGNED, second], [vague]) == 3
    assert apart([SIGNED], [one("Orrin leases space.", "colocation", "Orrin", "Lanternfield")]) == 2
    assert apart([compute("It pays $6.4 billion.", 6.4, term_years=4.0)], [compute("It runs for ten years.", term_years=10.0)]) == 2
    assert apart([SIGNED], [compute("Orrin has signed a second contract.")]) == 2


def test_what_was_dropped_without_an_amount_is_not_what_its_own_document_has_going_on() -> None:
    vague = compute("Orrin has withdrawn from some contracts.", status="withdrawn")
    assert joined([SIGNED], [vague]) == ["without_amount"]
    assert apart([SIGNED, vague]) == 2


def test_the_same_parties_and_kind_without_any_amount_are_one_deal() -> None:
    talks, vague = compute("Orrin talks with Lanternfield.", status="talks"), compute("Orrin is a customer.")
    assert joined([talks], [vague]) == ["same_parties"]
    assert apart([talks], [compute("Orrin has signed a second contract.")]) == 2
    assert apart([talks], [compute("Orrin dropped its contract.", status="withdrawn")]) == 2
    assert apart([talks], [one("Saltmere is a customer.", "compute", "Saltmere", "Lanternfield")]) == 2
    assert apart([compute("Four years.", term_years=4.0)], [compute("Ten years.", term_years=10.0)]) == 2


def test_a_sum_over_deals_is_of_none() -> None:
    total = compute("Together that is $6.4 billion.", 6.4, "$6.4 billion", is_total=True)
    rows = mentions_of([("a", None, [SIGNED, total])])
    assert [(row["deal_id"], row["joined_to"], row["joined_by"]) for row in rows] == [
        ("orrin-lanternfield-compute-6.4bn", None, None),
        (None, None, None),
    ]


# How mentions tell of it


def test_each_mention_says_to_which_it_was_joined_by_what_and_how_surely() -> None:
    rounded = compute("The contract is worth over $6 billion.", low=6e9, high=None, words="$6 billion")
    papers: list[Paper] = [("a", None, [rounded]), ("b", None, [SIGNED]), ("c", None, [compute("Orrin is a customer.")])]
    rows = {row["doc_id"]: (row["joined_to"], row["joined_by"], row["join_confidence"]) for row in mentions_of(papers)}
    assert rows == {
        "a": ("b:d0.1", "same_amount", 0.99),
        "b": (None, None, None),
        # Two steps: 0.99 times 0.75.
        "c": ("a:d0.1", "without_amount", 0.742),
    }
    (made,) = records(read(*papers).deals)
    assert (made["joined_by"], made["join_confidence"], made["mention_id"]) == ("same_amount; without_amount", 0.742, "b:d0.1")


def test_a_deal_of_one_mention_was_not_joined_and_is_sure() -> None:
    (made,) = records(read(("a", None, [SIGNED])).deals)
    assert (made["joined_by"], made["join_confidence"]) == (None, 1.0)


def test_every_rule_has_its_example_here_and_a_confidence() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in joins() if f'"{rule}"' not in text] == []
    assert all(0.5 < rule.confidence < 1 and rule.why for rule in joins().values())


# Any small corpus


@dataclass(frozen=True)
class Stock:
    """What invented documents are drawn from."""

    sentences: tuple[str, ...] = (
        "Orrin pays ${0:g} billion.",
        "A second contract is worth ${0:g} billion.",
        "Originally ${0:g} billion had been planned.",
        "It has paid a deposit of ${0:g} billion.",
        "It was raised to ${0:g} billion.",
        "It is worth over ${0:g} billion.",
    )
    amounts: tuple[float | None, ...] = (None, 1.0, 1.1, 1.5, 2.0, 2.04, 6.4)
    kinds: tuple[str, ...] = ("compute", "equity", "debt", "ipo", "acquisition", "capex")
    payers: tuple[str | None, ...] = ("Orrin", "Castor", "Orrin; Castor", None)
    payees: tuple[str | None, ...] = ("Lanternfield", "Lanternfield Computing", "Orrin", None)
    statuses: tuple[str, ...] = ("talks", "planned", "signed", "closed", "withdrawn")


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """A sentence that states one or two deals of few parties."""
    stock = Stock()
    amount = draw(st.sampled_from(stock.amounts))
    sentence = draw(st.sampled_from(stock.sentences)).format(amount or 1.0)
    rows = []
    for _ in range(draw(st.integers(1, 2))):
        row = deal(
            draw(st.sampled_from(stock.kinds)), draw(st.sampled_from(stock.payers)), draw(st.sampled_from(stock.payees)), amount,
            f"${amount:g} billion" if amount else None, status=draw(st.sampled_from(stock.statuses)),
            term_years=draw(st.sampled_from([None, None, 4.0, 5.0])),
        )  # fmt: skip
        rows.append({**row, "high": None} if "over" in sentence and amount else row)
    return sentence, rows


@st.composite
def corpora(draw: st.DrawFn, least: int = 1) -> list[Paper]:
    """A few documents, dated or not."""
    dates = st.sampled_from([None, "2025-01-05", "2025-02-05"])
    return [(name, draw(dates), draw(st.lists(tellings(), min_size=1, max_size=3))) for name in NAMES[: draw(st.integers(least, 4))]]


QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_and_rows_changes_nothing(papers: list[Paper], order: Any) -> None:
    documents, mentions, _ = tell(*papers)
    rows, places = list(range(len(mentions))), list(range(len(documents)))
    order.shuffle(rows)
    order.shuffle(places)
    straight, told = reconcile_deals(mentions, documents)
    turned, told_again = reconcile_deals(mentions.iloc[rows].reset_index(drop=True), documents.iloc[places].reset_index(drop=True))
    assert straight.equals(turned)
    assert {row["mention_id"]: row for row in records(told)} == {row["mention_id"]: row for row in records(told_again)}


@QUICK
@given(corpora())
def test_the_mentions_of_each_deal_are_a_tree_that_grows_from_the_one_whose_amount_is_used(papers: list[Paper]) -> None:
    documents, mentions, _ = tell(*papers)
    made, told = reconcile_deals(mentions, documents)
    of_deal: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(told):
        of_deal[row["deal_id"]].append(row)
    assert set(of_deal) == set(made["deal_id"])
    for row in records(made):
        rows = {one["mention_id"]: one for one in of_deal[row["deal_id"]]}
        assert [name for name, one in rows.items() if one["joined_to"] is None] == [row["mention_id"]]
        assert (rows[row["mention_id"]]["low"], rows[row["mention_id"]]["high"]) == (row["low"], row["high"])
        steps = nx.DiGraph((one["joined_to"], name) for name, one in rows.items() if one["joined_to"])
        steps.add_nodes_from(rows)
        assert set(steps) == set(rows)
        assert nx.is_arborescence(steps)
        for to, name in steps.edges:
            sure = joins()[rows[name]["joined_by"]].confidence * (rows[to]["join_confidence"] or 1.0)
            assert rows[name]["join_confidence"] == pytest.approx(sure, abs=0.001)
        assert row["join_confidence"] == min((one["join_confidence"] for one in rows.values() if one["joined_to"]), default=1.0)
        assert row["joined_by"] == ("; ".join(sorted({one["joined_by"] for one in rows.values() if one["joined_by"]})) or None)


ROUND = compute("Orrin pays about $6 billion.", 6, "$6 billion", approx=True)


NOTHING = Tables(**{field.name: empty(field.name) for field in fields(Tables)})


def joined_only(papers: Sequence[Paper]) -> Tables:
    """The tables of documents, deals and their mentions; the others are empty, which takes a third of the time."""
    documents, mentions, _ = tell(*papers)
    made, told = reconcile_deals(mentions, documents)
    return NOTHING.replace(documents=documents, deals=made, deal_mentions=told)


@QUICK
@given(corpora(least=2))
@example(
    [
        ("a", None, [ROUND]),
        ("b", None, [SIGNED]),
        ("c", None, [ROUND, compute("A second contract is worth $6.4 billion.", 6.4, "$6.4 billion")]),
    ]
)
def test_a_document_more_never_splits_or_joins_deals_unless_the_changes_say_so(papers: list[Paper]) -> None:
    before, after = joined_only(papers[:-1]), joined_only(papers)
    was, now = (dict(zip(t.deal_mentions["mention_id"], t.deal_mentions["deal_id"], strict=True)) for t in (before, after))
    pairs = [pair for pair in combinations(was, 2) if (was[pair[0]] == was[pair[1]]) != (now[pair[0]] == now[pair[1]])]
    changes = find_changes(before, after)
    keys = {what: set(changes[changes["what"] == what]["key"]) for what in ("deal_split", "deals_joined", "deal_added", "deal_removed")}
    assert keys["deal_split"] == {was[one] for one, other in pairs if was[one] == was[other]}
    assert keys["deals_joined"] == {now[one] for one, other in pairs if now[one] == now[other]}
    assert keys["deal_added"] == set(now.values()) - {now[mention] for mention in was}
    assert keys["deal_removed"] == set()


# many documents


def many_papers(number: int) -> list[Paper]:
    """So many papers with one contract each of twenty, every other one with its term as well; each hundredth tells two contracts apart."""
    papers: list[Paper] = []
    for at in range(number):
        amount = 101.0 + 20 * (at % 20)
        term = {"term_years": 5.0} if at // 20 % 2 else {}
        told = [compute(f"Orrin agreed to pay Lanternfield ${amount:g} billion.", amount, f"${amount:g} billion", **term)]
        if at % 100 == 0:
            told.append(compute("Orrin agreed to pay Lanternfield $2 billion.", 2.0, "$2 billion"))
        papers.append((f"p{at:04}", None, told))
    return papers


def test_a_deal_that_many_papers_tell_is_one_and_each_mention_leads_to_it_in_a_step_or_two() -> None:
    rows = mentions_of(many_papers(200))
    assert len({row["deal_id"] for row in rows}) == 21
    assert all(len({row["deal_id"] for row in rows if row["low"] == amount}) == 1 for amount in (101e9, 481e9, 2e9))
    # Each of the twenty is told five times without and five times with its term: the first to say either is where the others lead, and
    # the first with a term is the deal's.
    steps = Counter(str(row["joined_to"]) for row in rows if row["low"] == 121e9)
    assert steps == {"None": 1, "p0001:d0.1": 4, "p0021:d0.1": 5}


def test_four_times_the_papers_take_about_four_times_the_work() -> None:
    def calls(number: int) -> int:
        documents, mentions, _ = tell(*many_papers(number))
        profile = cProfile.Profile()
        profile.runcall(lambda: join_mentions(read_mentions(mentions, documents)))
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]  # the stubs of pstats leave it out

    calls(20)
    assert calls(800) <= 5 * calls(200)
