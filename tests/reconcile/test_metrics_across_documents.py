"""Which value a company's metric has, and whether documents agree on it."""

from collections.abc import Sequence
from typing import Any

from told import Telling, metric, tell

from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import records


def reconciled(*documents: tuple[str, str | None, Sequence[Telling]]) -> dict[str, dict[str, Any]]:
    papers, _, mentions = tell(*documents)
    return {row["metric_id"]: row for row in records(reconcile_metrics(mentions, papers)[0])}


def revenue(value: float, **more: Any) -> Telling:
    return f"Quartzline had revenue of {value}.", [metric("Quartzline", "revenue", value, period="2025-Q4", **more)]


def test_a_rounded_value_agrees_and_the_precise_one_is_used() -> None:
    rows = reconciled(("a", None, [revenue(9.1e9)]), ("b", None, [revenue(9.12e9)]))
    row = rows["quartzline-revenue-2025-q4"]
    assert (row["low"], row["n_documents"], row["agreed"], row["mention_id"]) == (9.12e9, 2, True, "b:m0.1")


def test_values_that_cannot_be_one_number_disagree() -> None:
    row = reconciled(("a", None, [revenue(9.1e9)]), ("b", None, [revenue(8.4e9)]))["quartzline-revenue-2025-q4"]
    assert row["agreed"] is False


def test_what_was_achieved_goes_before_what_was_forecast() -> None:
    rows = reconciled(("a", "2026-01-29", [revenue(9.1e9)]), ("b", "2026-02-20", [revenue(9.8e9, basis="forecast")]))
    row = rows["quartzline-revenue-2025-q4"]
    assert (row["low"], row["basis"], row["agreed"]) == (9.1e9, "actual", True)


def test_each_period_segment_and_counterpart_has_its_own_row() -> None:
    rows = [
        metric("Quartzline", "revenue", 9.1e9, period="2025-Q4"),
        metric("Quartzline", "revenue", 7e9, period="2024-Q4"),
        metric("Quartzline", "revenue", 5e9, period="2025-Q4", segment="Quartzline Cloud"),
        metric("Quartzline", "revenue_share", 11.0, "%", counterpart="Lanternfield"),
    ]
    assert set(reconciled(("a", None, [("Figures.", rows)]))) == {
        "quartzline-revenue-2025-q4", "quartzline-revenue-2024-q4", "quartzline-quartzline-cloud-revenue-2025-q4",
        "quartzline-revenue-share-lanternfield",
    }  # fmt: skip


def test_of_prices_without_a_day_the_last_one_told_is_used_and_none_is_wrong() -> None:
    rows = [metric("Lanternfield", "share_price", 24.0), metric("Lanternfield", "share_price", 26.0)]
    (row,) = reconciled(("a", None, [("It was sold at $24 and closed at $26.", rows)])).values()
    assert (row["low"], row["n_mentions"], row["agreed"]) == (26.0, 2, True)


def test_the_dollar_is_used_where_there_are_two_currencies() -> None:
    rows = [metric("Tanaka", "revenue", 3e10, "JPY", period="2025"), metric("Tanaka", "revenue", 2e8, period="2025")]
    (row,) = reconciled(("a", None, [("Revenue was ¥30 billion ($200 million).", rows)])).values()
    assert (row["unit"], row["agreed"]) == ("USD", True)


def test_the_order_of_documents_and_mentions_changes_nothing() -> None:
    papers, _, mentions = tell(("a", None, [revenue(9.1e9)]), ("b", None, [revenue(8.4e9)]), ("c", None, [revenue(9.12e9)]))
    straight, told = reconcile_metrics(mentions, papers)
    assert straight.equals(reconcile_metrics(mentions.iloc[::-1].reset_index(drop=True), papers.iloc[::-1].reset_index(drop=True))[0])
    assert set(told["metric_id"]) == {"quartzline-revenue-2025-q4"}
