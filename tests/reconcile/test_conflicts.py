"""Where documents contradict each other, or arithmetic, and how it is told."""

from collections.abc import Sequence
from typing import Any

from told import Telling, deal, metric, tell

from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import frame, records


def conflicts(*documents: tuple[str, str | None, Sequence[Telling]]) -> list[dict[str, Any]]:
    papers, deal_mentions, metric_mentions = tell(*documents)
    deals, deal_mentions = reconcile_deals(deal_mentions, papers)
    metrics, metric_mentions = reconcile_metrics(metric_mentions, papers)
    return records(find_conflicts(papers, deals, deal_mentions, metrics, metric_mentions))


SIGNED = ("Orrin agreed to pay Lanternfield $6.4 billion.", [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])
MORE = ("The contract is worth $7.1 billion.", [deal("compute", "Orrin", "Lanternfield", 7.1, "$7.1 billion")])


def test_two_amounts_for_one_deal_are_told_with_both_sides() -> None:
    (row,) = conflicts(("a", None, [SIGNED]), ("b", None, [MORE]))
    assert (row["table"], row["key"], row["field"], row["severity"]) == ("deals", "orrin-lanternfield-compute-6.4bn", "amount", "material")
    assert (row["values"], row["doc_ids"], row["mention_ids"]) == ("$6.4 billion; $7.1 billion", "a; b", "a:d0.1; b:d0.1")
    assert row["explanation"] == (
        "a says $6.4 billion: “Orrin agreed to pay Lanternfield $6.4 billion.”; "
        "b says $7.1 billion: “The contract is worth $7.1 billion.”. "
        "They cannot be one number; $6.4 billion is used."
    )


def test_documents_that_agree_make_no_conflict() -> None:
    assert conflicts(("a", None, [SIGNED]), ("b", None, [SIGNED])) == []


def test_a_rounded_amount_is_only_a_rounding() -> None:
    (row,) = conflicts(
        ("a", None, [SIGNED]), ("b", None, [("Over $6 billion.", [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None)])])
    )
    assert (row["field"], row["severity"], row["values"]) == ("amount", "rounding", "$6.4 billion; over $6 billion")


def test_a_plan_and_a_contract_of_undated_documents_contradict_each_other() -> None:
    plan = (
        "Orrin plans to pay Lanternfield $6.4 billion.",
        [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", status="planned")],
    )
    (row,) = conflicts(("a", None, [plan]), ("b", None, [SIGNED]))
    assert (row["field"], row["severity"], row["values"]) == ("status", "material", "planned; signed")
    (row,) = conflicts(("a", "2026-01-01", [plan]), ("b", "2026-02-01", [SIGNED]))
    assert (row["field"], row["severity"]) == ("time", "rounding")
    (row,) = conflicts(("a", "2026-03-01", [plan]), ("b", "2026-02-01", [SIGNED]))
    assert (row["field"], row["severity"]) == ("status", "material")


def test_talks_before_a_contract_are_no_contradiction() -> None:
    talks = ("Orrin is in talks with Lanternfield.", [deal("compute", "Orrin", "Lanternfield", status="talks")])
    (row,) = conflicts(("a", None, [talks]), ("b", None, [SIGNED]))
    assert (row["field"], row["severity"]) == ("time", "rounding")


def test_a_contract_that_a_headline_calls_an_investment_is_material() -> None:
    headline = ("Orrin invests $6.4 billion in Lanternfield.", [deal("equity", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])
    (row,) = conflicts(("a", None, [headline]), ("b", None, [SIGNED]), ("c", None, [SIGNED]))
    assert (row["field"], row["severity"], row["values"]) == ("kind", "material", "equity; compute; compute")
    assert row["explanation"].endswith("Read as compute, as most sources have it.")


def test_growth_that_does_not_fit_its_levels_is_a_contradiction_of_arithmetic() -> None:
    rows = [
        metric("Quartzline", "revenue", 9.1e9, period="2025-Q4"),
        metric("Quartzline", "revenue", 7e9, period="2024-Q4"),
        metric("Quartzline", "revenue_growth", 42.0, "%", period="2025-Q4"),
    ]
    (row,) = conflicts(("a", None, [("Revenue rose 42% to $9.1 billion from $7 billion.", rows)]))
    assert (row["table"], row["key"], row["field"]) == ("metrics", "quartzline-revenue-growth-2025-q4", "arithmetic")
    assert row["explanation"].endswith("From $7 billion to $9.1 billion is 30%.")


def test_growth_that_fits_within_rounding_is_none() -> None:
    rows = [
        metric("Quartzline", "revenue", 9.1e9, period="2025"),
        metric("Quartzline", "revenue", 7e9, period="2024"),
        metric("Quartzline", "revenue_growth", 31.0, "%", period="2025"),
    ]
    assert conflicts(("a", None, [("Revenue rose 31% to $9.1 billion from $7 billion.", rows)])) == []


def test_every_conflict_has_an_id_of_its_own_and_material_ones_come_first() -> None:
    rounded = ("About $6 billion.", [deal("compute", "Orrin", "Lanternfield", 6.4, approx=True)])
    rows = conflicts(
        ("a", None, [SIGNED]),
        ("b", None, [MORE]),
        ("c", None, [("It is $1.", [metric("Saltmere", "share_price", 1.0)])]),
        ("d", None, [rounded]),
    )
    assert len({row["conflict_id"] for row in rows}) == len(rows)
    assert [row["severity"] for row in rows] == sorted(row["severity"] for row in rows)


def test_documents_that_name_different_lenders_of_one_loan_disagree_about_the_payer() -> None:
    one = ("Northgate lent it $1.5 billion.", [deal("debt", "Northgate", "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    other = ("Castor lent it $1.5 billion.", [deal("debt", "Castor", "Lanternfield", 1.5, "$1.5 billion", status="closed")])
    (row,) = conflicts(("a", None, [one]), ("b", None, [other]), ("c", None, [one]))
    assert (row["key"], row["field"], row["severity"]) == ("northgate-lanternfield-debt-1.5bn", "payer", "material")
    assert row["values"] == "Northgate; Castor; Northgate"
    assert conflicts(("a", None, [one, other]), ("b", None, [other])) == []


def test_a_sum_that_is_smaller_than_its_parts_is_a_contradiction_of_arithmetic() -> None:
    more = ("A second one is worth $3 billion.", [deal("compute", "Orrin", "Lanternfield", 3, "$3 billion")])
    total = ("Together that is $8 billion.", [deal("compute", "Orrin", "Lanternfield", 8, "$8 billion", is_total=True)])
    (row,) = conflicts(("a", None, [SIGNED, more, total]))
    assert (row["key"], row["field"]) == ("orrin-lanternfield-compute-6.4bn", "arithmetic")
    assert row["values"] == "$3 billion; $6.4 billion; sum $8 billion"
    assert row["explanation"].endswith("The parts come to $9.4 billion.")
    right = ("Together that is about $9.5 billion.", [deal("compute", "Orrin", "Lanternfield", 9.5, "$9.5 billion", is_total=True)])
    assert conflicts(("a", None, [SIGNED, more, right])) == []


def test_a_party_that_denies_that_a_deal_is_off_contradicts_it() -> None:
    off = ("Orrin dropped its contract with Lanternfield.", [deal("compute", "Orrin", "Lanternfield", 7, status="withdrawn")])
    denial = "Lanternfield said that “our contracts remain in place,” and no more."
    papers, deal_mentions, metric_mentions = tell(("a", None, [off, (denial, [])]))
    start = papers["text"][0].index("our contracts")
    said = {
        "statement_id": "a:s60",
        "doc_id": "a",
        "start": start,
        "end": start + 32,
        "quote": "our contracts remain in place",
        "confidence": 0.9,
    }
    found = []
    for affiliation in ("Lanternfield", "Quartzline"):
        statements = frame("statements", [said | {"affiliation": affiliation, "verbatim": True}])
        deals, told = reconcile_deals(deal_mentions, papers)
        metrics, metric_told = reconcile_metrics(metric_mentions, papers)
        found.append(records(find_conflicts(papers, deals, told, metrics, metric_told, statements)))
    ((row,), nothing) = found
    assert (row["field"], row["severity"], row["values"], row["mention_ids"]) == (
        "status",
        "material",
        "withdrawn; denied",
        "a:d0.1; a:s60",
    )
    assert denial in row["explanation"]
    assert nothing == []


def test_a_later_document_with_another_amount_contradicts_unless_the_deal_has_moved_on() -> None:
    (row,) = conflicts(("a", "2026-02-10", [SIGNED]), ("b", "2026-02-12", [MORE]))
    assert (row["field"], row["severity"]) == ("amount", "material")
    talks = ("They talk about $7 billion.", [deal("compute", "Orrin", "Lanternfield", 7, "$7 billion", status="talks")])
    rows = conflicts(("a", "2026-02-10", [SIGNED]), ("b", "2026-01-12", [talks]))
    assert {(row["field"], row["severity"]) for row in rows} == {("time", "rounding")}
    assert [row["conflict_id"].rsplit(":")[-1] for row in rows] == ["time", "time-2"]


def test_a_plan_that_was_cut_is_told_as_earlier_and_later() -> None:
    hoped = (
        "It had originally hoped for as much as $1.9 billion.",
        [deal("ipo", None, "Lanternfield", low=None, high=1.9e9, words="$1.9 billion", status="planned")],
    )
    plans = ("It plans to raise $1.2 billion.", [deal("ipo", None, "Lanternfield", 1.2, "$1.2 billion", status="planned")])
    (row,) = conflicts(("a", None, [plans, hoped]))
    assert (row["field"], row["severity"], row["values"]) == ("time", "rounding", "$1.2 billion; up to $1.9 billion")
