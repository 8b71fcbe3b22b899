"""Where documents contradict each other, or arithmetic, and how it is told."""

from collections.abc import Sequence
from typing import Any

import pytest
from told import Telling, deal, metric, tell

from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import frame, records


def conflicts(
    *documents: tuple[str, str | None, Sequence[Telling]], shares: dict[str, Sequence[float]] | None = None
) -> list[dict[str, Any]]:
    """The conflicts of documents; `shares` says which counts of shares each of them names."""
    papers, deal_mentions, metric_mentions = tell(*documents)
    deals, deal_mentions = reconcile_deals(deal_mentions, papers)
    metrics, metric_mentions = reconcile_metrics(metric_mentions, papers)
    counts = [
        {
            "figure_id": f"{name}:f{at}", "doc_id": name, "start": at, "end": at + 1, "text": str(count), "kind": "count",
            "low": count, "high": count, "unit": "share", "approx": False,
        }
        for name, found in (shares or {}).items()
        for at, count in enumerate(found)
    ]  # fmt: skip
    return records(find_conflicts(papers, deals, deal_mentions, metrics, metric_mentions, None, frame("figures", counts)))


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


def share(customer: str | None, percent: float, **more: Any) -> dict[str, Any]:
    return metric("Quartzline", "revenue_share", percent, "%", **{"counterpart": customer, "period": "2025"} | more)


def test_shares_of_one_revenue_that_come_to_more_than_all_of_it_contradict_each_other() -> None:
    one = ("Orrin brought 64% of Quartzline's revenue in 2025.", [share("Orrin", 64.0)])
    other = ("Lanternfield brought 41% of it.", [share("Lanternfield", 41.0)])
    (row,) = conflicts(("a", None, [one]), ("b", None, [other]))
    assert (row["table"], row["key"], row["field"], row["severity"]) == (
        "metrics", "quartzline-revenue-share-orrin-2025", "arithmetic", "material",
    )  # fmt: skip
    assert (row["values"], row["doc_ids"]) == ("Lanternfield 41%; Orrin 64%", "b; a")
    assert row["explanation"].endswith("These shares of the revenue of Quartzline come to 105%, and no whole has more than 100%.")


@pytest.mark.parametrize(
    "second",
    [
        share("Lanternfield", 36.0),
        # 64% and 36.4% round to a whole.
        share("Lanternfield", 36.4),
        share("Lanternfield", 41.0, period="2024"),
        share("Lanternfield", 41.0, basis="forecast"),
        share(None, 41.0),
        share("Lanternfield", None, low=None, high=41.0),  # type: ignore[arg-type]  # "up to 41%" has no least value
        share("Lanternfield", 41.0, segment="Quartzline Cloud"),
        share("Orrin", 64.0),
    ],
)
def test_shares_that_a_whole_has_room_for_are_no_contradiction(second: dict[str, Any]) -> None:
    assert conflicts(("a", None, [("It had two customers.", [share("Orrin", 64.0), second])])) == []


def test_stakes_hold_until_they_change_so_that_those_of_different_days_add_up() -> None:
    def stake(owner: str, percent: float, period: str) -> dict[str, Any]:
        return metric("Lanternfield", "stake", percent, "%", counterpart=owner, period=period)

    told = [stake("Orrin", 55.0, "2025-03"), stake("Castor", 51.0, "2025-06")]
    (row,) = conflicts(("a", None, [("They own it.", told)]))
    assert (row["key"], row["values"]) == ("lanternfield-stake-orrin-2025-03", "Orrin 55%; Castor 51%")
    assert row["explanation"].endswith("These shares of Lanternfield come to 106%, and no whole has more than 100%.")
    assert conflicts(("a", None, [("They own it.", [*told, stake("Orrin", 40.0, "2025-06")])])) == []


def test_a_rate_over_its_term_that_is_not_the_total_is_a_contradiction_of_arithmetic() -> None:
    sentence = "Orrin pays Lanternfield $2 billion a year for four years, $6.4 billion in all."
    rows = [
        deal("compute", "Orrin", "Lanternfield", 2, "$2 billion", per="year", term_years=4.0),
        deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", term_years=4.0),
    ]
    found = conflicts(("a", None, [(sentence, rows)]))
    (row,) = [row for row in found if row["field"] == "arithmetic"]
    assert (row["key"], row["severity"]) == ("orrin-lanternfield-compute-6.4bn", "material")
    assert row["values"] == "$2 billion a year; $6.4 billion"
    assert row["explanation"].endswith("$2 billion a year over 4 years is about $8 billion.")


@pytest.mark.parametrize(
    ("rate", "total"),
    [
        (1.6, 6.4),
        # 1.55 to 1.65 billion a year is 6.2 to 6.6 billion in four years.
        (1.6, 6.5),
    ],
)
def test_a_rate_over_its_term_that_rounds_to_the_total_is_none(rate: float, total: float) -> None:
    said = f"Orrin pays ${rate:g} billion a year for four years, ${total:g} billion in all."
    rows = [
        deal("compute", "Orrin", "Lanternfield", rate, f"${rate:g} billion", per="year", term_years=4.0),
        deal("compute", "Orrin", "Lanternfield", total, f"${total:g} billion", term_years=4.0),
    ]
    assert [row for row in conflicts(("a", None, [(said, rows)])) if row["severity"] == "material"] == []


def offering(billions: float, price: float) -> Telling:
    said = f"Lanternfield raised ${billions:g} billion at ${price:g} a share."
    return said, [
        deal("ipo", None, "Lanternfield", billions, f"${billions:g} billion", status="closed"),
        metric("Lanternfield", "share_price", price),
    ]


def test_an_offering_is_its_price_times_its_shares() -> None:
    (row,) = conflicts(("a", None, [offering(0.86, 24)]), shares={"a": [40e6]})
    assert (row["key"], row["field"], row["severity"]) == ("lanternfield-ipo-860m", "arithmetic", "material")
    assert row["values"] == "$860 million; $24 a share"
    assert row["mention_ids"] == "a:d0.1; a:m0.2"
    assert row["explanation"].endswith("40 million shares at $24 come to about $960 million.")


@pytest.mark.parametrize(
    ("document", "shares"),
    [
        (offering(0.96, 24), [40e6]),
        (offering(0.86, 24), []),
        # Whose shares these are is open where an article names two counts.
        (offering(0.86, 24), [40e6, 35e6]),
        (("It raised $860 million.", [deal("ipo", None, "Lanternfield", 0.86), metric("Quartzline", "share_price", 24.0)]), [40e6]),
        (
            (
                "It raised €860 million.",
                [deal("ipo", None, "Lanternfield", 0.86, currency="EUR"), metric("Lanternfield", "share_price", 24.0)],
            ),
            [40e6],
        ),
        (("It borrowed $860 million.", [deal("debt", None, "Lanternfield", 0.86), metric("Lanternfield", "share_price", 24.0)]), [40e6]),
    ],
)
def test_without_one_price_and_one_count_of_shares_there_is_nothing_to_multiply(document: Telling, shares: list[float]) -> None:
    assert conflicts(("a", None, [document]), shares={"a": shares}) == []


def test_a_sum_that_is_larger_than_its_parts_may_have_others_that_are_not_named() -> None:
    more = ("A second one is worth $3 billion.", [deal("compute", "Orrin", "Lanternfield", 3, "$3 billion")])
    total = ("Together that is $12 billion.", [deal("compute", "Orrin", "Lanternfield", 12, "$12 billion", is_total=True)])
    (row,) = conflicts(("a", None, [SIGNED, more, total]))
    assert (row["field"], row["severity"], row["values"]) == ("arithmetic", "rounding", "$3 billion; $6.4 billion; sum $12 billion")
    assert row["explanation"].endswith("The parts that are named come to $9.4 billion; the article may leave some out.")


@pytest.mark.parametrize(
    "more",
    [
        {"payer": "Castor"},
        {"kind": "debt"},
        {"currency": "EUR"},
        {"status": "planned"},
    ],
)
def test_only_signed_deals_of_the_parties_kind_and_currency_of_a_sum_are_its_parts(more: dict[str, Any]) -> None:
    second = {**deal("compute", "Orrin", "Lanternfield", 3, "$3 billion"), **more}
    total = ("Together that is $8 billion.", [deal("compute", "Orrin", "Lanternfield", 8, "$8 billion", is_total=True)])
    assert conflicts(("a", None, [SIGNED, ("A second one is worth $3 billion.", [second]), total])) == []


def test_a_contract_of_two_lengths_is_a_contradiction_unless_it_was_changed() -> None:
    four, five = (
        (f"It runs for {years} years.", [deal("compute", "Orrin", "Lanternfield", 6.4, term_years=float(years))]) for years in (4, 5)
    )
    (row,) = conflicts(("a", None, [four]), ("b", None, [five]), ("c", None, [five]))
    assert (row["field"], row["severity"], row["values"]) == ("time", "material", "4 years; 5 years; 5 years")
    assert row["explanation"].endswith("The contract cannot run for both; 4 years are used.")
    extended = (
        "Orrin has extended the contract to $6.4 billion and five years.",
        [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", term_years=5.0)],
    )
    assert conflicts(("a", None, [four]), ("b", None, [extended])) == []


def test_a_document_that_is_older_than_what_it_reports_as_done_is_stale_or_wrong() -> None:
    priced = ("It was signed on June 12.", [deal("compute", "Orrin", "Lanternfield", 6.4, date="2025-06-12")])
    (row,) = conflicts(("a", "2025-06-09", [priced]))
    assert (row["field"], row["severity"], row["values"]) == ("time", "material", "signed 2025-06-12")
    assert row["explanation"].endswith("a is of 2025-06-09, before the day that it gives for what it reports as done.")


@pytest.mark.parametrize(
    ("published", "date", "status"),
    [
        ("2025-06-12", "2025-06-12", "signed"),
        ("2025-06-13", "2025-06-12", "signed"),
        ("2025-06-09", "2025-06", "signed"),
        ("2025-06", "2025-06-12", "signed"),
        ("2025-06-09", "2025-06-12", "planned"),
        (None, "2025-06-12", "signed"),
    ],
)
def test_a_document_may_report_what_was_done_by_its_day_and_what_is_planned(published: str | None, date: str, status: str) -> None:
    assert conflicts(("a", published, [("Signed.", [deal("compute", "Orrin", "Lanternfield", 6.4, date=date, status=status)])])) == []


def test_documents_that_name_different_firms_as_paid_disagree_about_the_payee() -> None:
    one, other = (
        (f"Orrin will pay {payee} $6.4 billion.", [deal("compute", "Orrin", payee, 6.4, "$6.4 billion")])
        for payee in ("Lanternfield", "Saltmere")
    )
    (row,) = conflicts(("a", None, [one]), ("b", None, [other]), ("c", None, [one]))
    assert (row["key"], row["field"], row["severity"]) == ("orrin-lanternfield-compute-6.4bn", "payer", "material")
    assert row["values"] == "to Lanternfield; to Saltmere; to Lanternfield"
    assert row["explanation"].endswith("Read as paid to Lanternfield.")
    assert conflicts(("a", None, [one, other]), ("b", None, [other])) == []
