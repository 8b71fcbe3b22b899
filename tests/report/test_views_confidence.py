"""What was read with low confidence says so on the reports, and leads none while there is anything surer."""

from typing import Any

from view_tables import deal, metric, tables_of

from corewatch.report.page import open_report
from corewatch.tables import Tables

SURE = ("Tarnfell will pay Quillon $3 billion.", deal("Tarnfell", "Quillon", 3e9, 3e9, figure="$3 billion"))
BACK = ("Quillon put $1 billion into Tarnfell.", deal("Quillon", "Tarnfell", 1e9, 1e9, kind="equity", figure="$1 billion"))
GUESS = ("Loam will pay Brack $8 billion.", deal("Loam", "Brack", 8e9, 8e9, figure="$8 billion"))
GUESS_BACK = ("Brack put $7 billion into Loam.", deal("Brack", "Loam", 7e9, 7e9, kind="equity", figure="$7 billion"))


def doubted(*passages: Any) -> Tables:
    """Tables of one article in which all that Loam and Brack do was read with a confidence of 0.3."""
    tables = tables_of({"one": list(passages)})
    mentions = tables.deal_mentions
    return tables.replace(
        deal_mentions=mentions.assign(confidence=mentions["confidence"].where(mentions["payer"].isin(["Tarnfell", "Quillon"]), 0.3))
    )


def test_the_largest_deal_is_one_that_was_read_with_some_confidence() -> None:
    made = open_report("deal_sizes", tables=doubted(SURE, GUESS))
    text = repr(made.answer())
    assert "The largest stated amount is $3 billion, from Tarnfell to Quillon." in text
    assert "Larger, but read with low confidence (0.30): $8 billion, from Loam to Brack." in text
    rows = [line for line in repr(made.table()).splitlines() if "Brack" in line]
    assert len(rows) == 1
    assert "read with low confidence" in rows[0]
    assert "read with low confidence" in made.sizes().markup


def test_where_there_is_nothing_surer_the_answer_says_how_sure_it_is() -> None:
    text = repr(open_report("deal_sizes", tables=doubted(GUESS)).answer())
    assert "The largest stated amount is $8 billion, from Loam to Brack. It was read with low confidence (0.30)." in text


def test_a_circuit_that_rests_on_low_confidence_comes_after_the_others_and_says_so() -> None:
    made = open_report("closed_loop", tables=doubted(SURE, BACK, GUESS, GUESS_BACK))
    text = repr(made.circuits())
    sure, guess = text.index("Quillon → Tarnfell → Quillon"), text.index("Brack → Loam → Brack")
    assert sure < guess
    assert "A step was read with low confidence (0.30), so look at its words first." in text[guess:]
    assert "low confidence" not in text[sure:guess]
    # Of the map only the larger component is the doubtful one, and its title says so.
    assert "Brack → Loam → Brack carries at most $7 billion (read with low confidence)" in repr(made.loop_map())


GROWTH = ("Quillon grew 40% in 2031.", metric("Quillon", "revenue_growth", 40, 40, period="2031", figure="40%"))
REVENUE = ("Loam took in $2 billion in 2031.", metric("Loam", "revenue", 2e9, 2e9, period="2031", figure="$2 billion"))
OTHER = ("Quillon grew 55% in 2031.", metric("Quillon", "revenue_growth", 55, 55, period="2031", figure="55%"))


def test_growth_says_of_each_period_how_sure_it_is_with_its_count() -> None:
    def cells(articles: Any, name: str = "Quillon") -> str:
        made = open_report("revenue_growth", tables=tables_of(articles))
        return next(line for line in repr(made.table()).splitlines() if line.startswith(name)).rpartition(" | ")[2]

    assert cells({"a": [GROWTH, REVENUE]}) == "low one article"
    assert cells({"a": [GROWTH], "b": [GROWTH]}) == "high two articles agree"
    assert cells({"a": [GROWTH], "b": [OTHER]}) == "contested one of two articles differs"
    income = ("Quillon took in $1 billion in 2031.", metric("Quillon", "revenue", 1e9, 1e9, period="2031", figure="$1 billion"))
    assert cells({"a": [GROWTH, income], "b": [GROWTH]}) == "revenue low one article growth high two articles agree"


def test_growth_that_was_read_with_low_confidence_says_so_and_does_not_lead() -> None:
    tables = tables_of({"a": [GROWTH, REVENUE]})
    mentions = tables.metric_mentions
    doubtful = tables.replace(metric_mentions=mentions.assign(confidence=mentions["confidence"].where(mentions["company"] == "Loam", 0.3)))
    made = open_report("revenue_growth", tables=doubtful)
    assert "Loam’s revenue was $2 billion in 2031." in repr(made.answer())
    (row,) = [line for line in repr(made.table()).splitlines() if line.startswith("Quillon")]
    assert row.endswith("low one article read with low confidence")
    alone = tables.replace(metric_mentions=mentions.assign(confidence=0.3))
    assert "Quillon’s revenue rose 40% in 2031. It was read with low confidence (0.30)." in repr(
        open_report("revenue_growth", tables=alone).answer()
    )


def test_two_articles_that_are_one_source_are_low_confidence() -> None:
    tables = tables_of({"a": [SURE, GROWTH], "b": [SURE, GROWTH]})
    one = tables.replace(deals=tables.deals.assign(n_sources=1), metrics=tables.metrics.assign(n_sources=1))
    for given, words in ((tables, "High confidence 2 of 2 articles agree"), (one, "Low confidence 2 of 2 articles, which are one source")):
        answers = open_report("deal_sizes", tables=given).answer(), open_report("revenue_growth", tables=given).answer()
        assert [words in " ".join(repr(answer).split()) for answer in answers] == [True, True]
