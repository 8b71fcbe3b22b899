"""Which mentions are one deal, and what is said of it."""

from collections.abc import Sequence
from typing import Any

import pytest
from told import Telling, deal, tell

from corewatch.reconcile.deals import reconcile_deals
from corewatch.tables import records


def reconciled(*documents: tuple[str, str | None, Sequence[Telling]]) -> dict[str, dict[str, Any]]:
    papers, mentions, _ = tell(*documents)
    return {row["deal_id"]: row for row in records(reconcile_deals(mentions, papers)[0])}


SIGNED = ("Orrin agreed to pay Lanternfield $6.4 billion.", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", term_years=4.0)])
ROUNDED = ("The contract is worth over $6 billion.", [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None, words="$6 billion")])


def test_an_amount_and_its_rounding_are_one_deal_with_the_precise_amount() -> None:
    rows = reconciled(("a", None, [ROUNDED]), ("b", None, [SIGNED]))
    assert list(rows) == ["orrin-lanternfield-compute-6.4bn"]
    row = rows["orrin-lanternfield-compute-6.4bn"]
    assert (row["low"], row["high"], row["term_years"], row["n_documents"], row["n_mentions"], row["agreed"]) == (
        6.4e9,
        6.4e9,
        4.0,
        2,
        2,
        True,
    )


def test_a_precise_amount_is_used_though_a_rounded_one_is_paid_or_later() -> None:
    paid = (
        "It has taken over the nearly $6 billion contract.",
        [deal("compute", "Orrin", "Lanternfield", 6.3, "$6 billion", approx=True, status="closed")],
    )
    (row,) = reconciled(("a", "2026-01-01", [SIGNED]), ("b", "2026-03-01", [paid])).values()
    assert (row["low"], row["approx"], row["status"]) == (6.4e9, False, "closed")


def test_the_order_of_documents_and_mentions_changes_nothing() -> None:
    papers, mentions, _ = tell(("a", None, [ROUNDED]), ("b", None, [SIGNED]), ("c", None, [SIGNED]))
    straight = reconcile_deals(mentions, papers)[0]
    turned = reconcile_deals(mentions.iloc[::-1].reset_index(drop=True), papers.iloc[::-1].reset_index(drop=True))[0]
    assert straight.equals(turned)


def test_every_mention_knows_its_deal_and_a_sum_over_deals_has_none() -> None:
    total = ("That brings the sum to $9 billion.", [deal("compute", "Orrin", "Lanternfield", 9, "$9 billion", is_total=True)])
    papers, mentions, _ = tell(("a", None, [SIGNED, total]))
    deals, told = reconcile_deals(mentions, papers)
    assert len(deals) == 1
    assert [row["deal_id"] for row in records(told)] == ["orrin-lanternfield-compute-6.4bn", None]
    assert "deal_id" in mentions
    assert mentions["deal_id"].isna().all()


def test_two_amounts_of_which_one_is_no_rounding_of_the_other_are_two_deals() -> None:
    small = (
        "A second contract is worth over $2 billion.",
        [deal("compute", "Orrin", "Lanternfield", low=2e9, high=None, words="$2 billion")],
    )
    assert len(reconciled(("a", None, [SIGNED, small]))) == 2


def test_a_dropped_contract_is_another_deal_than_a_bounded_one_that_goes_on() -> None:
    goes_on = (
        "Orrin has commitments of over $6 billion.",
        [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None, words="$6 billion")],
    )
    off = ("Orrin dropped a $7 billion contract.", [deal("compute", "Orrin", "Lanternfield", 7, "$7 billion", status="withdrawn")])
    vague = ("Orrin has withdrawn from some contracts.", [deal("compute", "Orrin", "Lanternfield", status="withdrawn")])
    rows = reconciled(("a", None, [goes_on, vague]), ("b", None, [off]))
    assert {row["status"]: (row["n_mentions"], row["low"]) for row in rows.values()} == {"signed": (1, 6e9), "withdrawn": (2, 7e9)}


def test_talks_without_an_amount_become_the_contract_that_was_signed() -> None:
    talks = ("Orrin is in talks with Lanternfield.", [deal("compute", "Orrin", "Lanternfield", status="talks")])
    rows = reconciled(("a", "2026-01-03", [talks]), ("b", "2026-02-10", [SIGNED]))
    assert [(row["status"], row["n_documents"], row["agreed"]) for row in rows.values()] == [("signed", 2, True)]


def test_talks_of_another_kind_stay_another_deal() -> None:
    talks = ("Orrin is in talks to lease space from Lanternfield.", [deal("colocation", "Orrin", "Lanternfield", status="talks")])
    assert set(reconciled(("a", None, [SIGNED, talks]))) == {"orrin-lanternfield-compute-6.4bn", "orrin-lanternfield-colocation"}


def test_a_headline_that_calls_a_contract_an_investment_is_the_same_deal_and_a_contradiction() -> None:
    headline = ("Orrin invests $6.4 billion in Lanternfield.", [deal("equity", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])
    (row,) = reconciled(("a", None, [headline]), ("b", None, [SIGNED]), ("c", None, [SIGNED])).values()
    assert (row["kind"], row["n_mentions"], row["agreed"]) == ("compute", 3, False)


def test_shares_and_computing_in_one_sentence_are_two_deals() -> None:
    rows = [deal(kind, "Orrin", "Lanternfield", 1, "$1 billion") for kind in ("compute", "equity")]
    both = ("Orrin pays $1 billion for computing and $1 billion for shares.", rows)
    assert len(reconciled(("a", None, [both]))) == 2


OFFERING = (
    "It had originally hoped for as much as $1.9 billion, and now plans to raise $1.2 billion.",
    [
        deal("ipo", None, "Lanternfield", low=None, high=1.9e9, words="$1.9 billion", status="planned"),
        deal("ipo", None, "Lanternfield", 1.2, "$1.2 billion", status="planned"),
    ],
)


def test_an_offering_that_was_cut_is_one_deal_of_the_later_amount() -> None:
    rumour = ("It may raise $1.7 billion.", [deal("ipo", None, "Lanternfield", 1.7, "$1.7 billion", status="planned")])
    rows = reconciled(("a", None, [rumour]), ("b", None, [OFFERING]))
    assert [(key, row["status"], row["n_mentions"], row["agreed"]) for key, row in rows.items()] == [
        ("lanternfield-ipo-1.2bn", "planned", 3, True)
    ]


def test_an_offering_is_closed_once_a_document_says_that_the_company_went_public() -> None:
    public: Telling = ("Lanternfield went public at $24 on Friday.", [])
    other: Telling = ("Quartzline went public at $24 on Friday.", [])
    assert reconciled(("a", None, [OFFERING]), ("b", None, [public]))["lanternfield-ipo-1.2bn"]["status"] == "closed"
    assert reconciled(("a", None, [OFFERING]), ("b", None, [other]))["lanternfield-ipo-1.2bn"]["status"] == "planned"


@pytest.mark.parametrize(
    ("sentence", "words", "status"),
    [
        ("Orrin has paid a deposit of $300 million.", "$300 million", "closed"),
        ("Of that it has already drawn $300 million.", "$300 million", "closed"),
        ("With an option on a third hall the bill would come to $9 billion.", "$9 billion", "planned"),
    ],
)
def test_a_part_or_an_option_belongs_to_the_deal_and_leaves_its_amount_alone(sentence: str, words: str, status: str) -> None:
    amount = 9.0 if "9" in words else 0.3
    more = (sentence, [deal("compute", "Orrin", "Lanternfield", amount, words, status=status)])
    rows = reconciled(("a", None, [SIGNED, more]))
    assert {key: (row["status"], row["n_mentions"]) for key, row in rows.items()} == {"orrin-lanternfield-compute-6.4bn": ("signed", 2)}


def test_an_amount_that_took_the_place_of_another_holds() -> None:
    cut = (
        "It will now take $5 billion of capacity, instead of the $6.4 billion announced in May.",
        [deal("compute", "Orrin", "Lanternfield", 5, "$5 billion"), deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion")],
    )
    (row,) = reconciled(("a", None, [SIGNED]), ("b", None, [cut])).values()
    assert (row["low"], row["n_mentions"], row["agreed"]) == (5e9, 3, True)


def test_one_amount_in_two_currencies_is_one_deal() -> None:
    both = (
        "Tanaka Cloud will pay Quartzline ¥30 billion ($200 million).",
        [
            deal("hardware", "Tanaka Cloud", "Quartzline", 30, "¥30 billion", currency="JPY"),
            deal("hardware", "Tanaka Cloud", "Quartzline", 0.2, "$200 million"),
        ],
    )
    (row,) = reconciled(("a", None, [both])).values()
    assert (row["n_mentions"], row["currency"]) == (2, "USD")


def test_a_rate_over_its_term_is_the_total() -> None:
    rate = (
        "Orrin pays $1.6 billion a year over four years.",
        [deal("compute", "Orrin", "Lanternfield", 1.6, "$1.6 billion", per="year", term_years=4.0)],
    )
    (row,) = reconciled(("a", None, [SIGNED]), ("b", None, [rate])).values()
    assert (row["low"], row["per"], row["agreed"]) == (6.4e9, None, True)


def test_documents_that_each_know_one_amount_not_far_apart_disagree_about_one_deal() -> None:
    other = ("The contract is worth $7.1 billion.", [deal("compute", "Orrin", "Lanternfield", 7.1, "$7.1 billion", term_years=4.0)])
    (row,) = reconciled(("a", "2026-02-10", [SIGNED]), ("b", "2026-02-10", [other])).values()
    assert (row["n_documents"], row["agreed"]) == (2, False)


def test_different_terms_make_different_deals() -> None:
    other = ("The contract is worth $7.1 billion.", [deal("compute", "Orrin", "Lanternfield", 7.1, "$7.1 billion", term_years=10.0)])
    assert len(reconciled(("a", None, [SIGNED]), ("b", None, [other]))) == 2


def test_a_lender_that_is_not_named_is_the_only_one_it_can_be() -> None:
    loan = ("Lanternfield borrowed $1.5 billion.", [deal("debt", None, "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    named = ("Northgate lent Lanternfield $1.5 billion.", [deal("debt", "Northgate", "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    other = ("Castor lent Lanternfield $1.5 billion.", [deal("debt", "Castor", "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    assert list(reconciled(("a", None, [loan]), ("b", None, [named]))) == ["northgate-lanternfield-debt-1.5bn"]
    assert len(reconciled(("a", None, [loan]), ("b", None, [named]), ("c", None, [named, other]))) == 3


def test_some_of_the_joint_lenders_are_the_same_deal() -> None:
    one = ("Northgate lent Lanternfield $1.5 billion.", [deal("debt", "Northgate", "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    both = (
        "Northgate and Castor lent it $1.5 billion.",
        [deal("debt", "Northgate; Castor", "Lanternfield", 1.5, "$1.5 billion", status="closed")],
    )
    (row,) = reconciled(("a", None, [one]), ("b", None, [both])).values()
    assert (row["payer"], row["agreed"]) == ("Northgate; Castor", True)


def test_a_deal_that_was_dropped_and_signed_later_goes_on() -> None:
    off = ("Orrin dropped its $6.4 billion contract.", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", status="withdrawn")])
    (row,) = reconciled(("a", "2026-01-01", [off]), ("b", "2026-02-01", [SIGNED])).values()
    assert row["status"] == "signed"
    (row,) = reconciled(("a", "2026-03-01", [off]), ("b", "2026-02-01", [SIGNED])).values()
    assert (row["status"], row["agreed"]) == ("withdrawn", True)


def test_without_dates_dropped_and_signed_contradict_each_other() -> None:
    off = ("Orrin dropped its $6.4 billion contract.", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", status="withdrawn")])
    (row,) = reconciled(("a", None, [off]), ("b", None, [SIGNED])).values()
    assert (row["status"], row["agreed"]) == ("withdrawn", False)


def test_two_deals_of_one_name_are_numbered() -> None:
    first = ("Orrin pays for land in Ohio.", [deal("colocation", "Orrin", None, 1, status="signed")])
    notes = ("Ōrrin pays for land in Iowa.", [deal("colocation", "Ōrrin", None, 1, status="signed")])
    assert list(reconciled(("a", None, [first]), ("b", None, [notes]))) == ["orrin-colocation-1bn", "orrin-colocation-1bn-2"]


def test_shares_sold_to_nobody_by_name_for_the_amount_of_an_offering_are_the_offering() -> None:
    raised = ("It raised $1.2 billion.", [deal("equity", None, "Lanternfield", 1.2, "$1.2 billion", status="closed")])
    (row,) = reconciled(("a", None, [OFFERING]), ("b", None, [raised])).values()
    assert (row["deal_id"], row["status"], row["n_mentions"], row["agreed"]) == ("lanternfield-ipo-1.2bn", "closed", 3, True)


def test_an_offer_that_was_dropped_for_another_in_one_document_does_not_kill_the_deal() -> None:
    made = ("Orrin will buy Lanternfield for $640 million.", [deal("acquisition", "Orrin", "Lanternfield", 0.64, "$640 million")])
    first = (
        "It withdrew its offer of $700 million in March.",
        [deal("acquisition", "Orrin", "Lanternfield", 0.7, "$700 million", status="withdrawn")],
    )
    (row,) = reconciled(("a", None, [made, first])).values()
    assert (row["low"], row["status"]) == (6.4e8, "signed")


def test_money_that_was_raised_is_not_called_off_by_an_undated_document() -> None:
    raised = (
        "Lanternfield raised $960 million in its offering.",
        [deal("ipo", None, "Lanternfield", 0.96, "$960 million", status="closed")],
    )
    off = ("Lanternfield has pulled its offering.", [deal("ipo", None, "Lanternfield", status="withdrawn")])
    (row,) = reconciled(("a", None, [raised]), ("b", None, [off])).values()
    assert row["status"] == "closed"


def test_a_headline_and_a_text_that_credits_an_outlet_are_one_source() -> None:
    headline = ("Orrin pays Lanternfield $6.4 billion\n\n", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])
    text = ("It pays $6.4 billion, Reuters reported.", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])
    (row,) = reconciled(("a", None, [headline, text])).values()
    assert (row["n_documents"], row["n_sources"]) == (1, 1)
