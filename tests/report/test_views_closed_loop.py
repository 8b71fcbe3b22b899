"""The report on the closed loop, on small invented corpora."""

import re

import pytest
from view_tables import deal, quote, tables_of, tie

from corewatch.report.page import open_report
from corewatch.report.views.closed_loop import ClosedLoop
from corewatch.report.views.loop_origins import listed_origins
from corewatch.report.views.money_graph import order_of
from corewatch.tables import Tables


def report(tables: Tables) -> ClosedLoop:
    """The report on tables."""
    return open_report("closed_loop", tables=tables)


def one(*passages: tuple[object, ...]) -> Tables:
    """Tables of one article."""
    return tables_of({"one": list(passages)})


BUYS = ("Tarnfell will pay Quillon $6 billion.", deal("Tarnfell", "Quillon", 6e9, 6e9, figure="$6 billion"))
FUNDS = (
    "Quillon put $2 billion into Tarnfell.",
    deal("Quillon", "Tarnfell", 2e9, 2e9, kind="equity", status="closed", figure="$2 billion"),
)
TALKS = (
    "Quillon may put $2 billion into Tarnfell.",
    deal("Quillon", "Tarnfell", 2e9, 2e9, kind="equity", status="talks", figure="$2 billion"),
)
SAID = (
    "“The money goes round in circles,” said Ada Renk.",
    quote("The money goes round in circles", "Ada Renk", "supports", affiliation="Loam"),
)
DENIED = ("“Our customers pay cash,” said Bo Lind.", quote("Our customers pay cash", "Bo Lind", "disputes"))


def test_money_that_does_not_return_is_not_said_to_stay_away() -> None:
    text = repr(report(tables_of({"one": [BUYS], "two": [BUYS]})).answer())
    assert text.startswith("Undetermined: few firms start the money, but none of the $6 billion is seen to come back.")
    assert (
        "The articles name no payment by Quillon, so the trail ends where the money arrives. “Not seen” is not “does not happen”." in text
    )


def test_money_that_can_return_is_a_bound() -> None:
    made = report(one(BUYS, FUNDS))
    assert "at most 50% of the $8 billion can come back" in repr(made.answer())
    assert "At most $4 billion of the counted money can run back to its payer" in repr(made.matrix())
    assert "$6 billion (Tarnfell to Quillon) + $2 billion (Quillon to Tarnfell) = $8 billion." in repr(made.evidence())


def test_a_circuit_through_talks_is_named_and_not_counted() -> None:
    made = report(one(BUYS, TALKS))
    assert "No counted deal runs back to its payer; one circuit runs through ties and deals that are not counted" in repr(made.matrix())
    text = repr(made.circuits())
    assert "Quillon → Tarnfell → Quillon" in text
    assert "The weakest step is in talks, so it is not counted; it would carry at most $2 billion." in text


def test_a_circuit_of_ties_has_no_weight_and_is_the_first_thing_to_look_up() -> None:
    backs = ("Quillon backs Tarnfell.", tie("Quillon", "investor_in", "Tarnfell"))
    text = repr(report(one(BUYS, backs)).circuits())
    assert "Quillon backs Tarnfell and Tarnfell pays Quillon ($6 billion, computing)." in text
    assert "A step has no amount" in text


def test_the_argument_is_in_the_words_of_who_makes_it() -> None:
    made = report(one(BUYS, SAID, DENIED))
    text = repr(made.argument())
    assert text.startswith("“The money goes round in circles,” said Ada Renk.")
    assert "Ada Renk, Loam, as article one has it" in text
    assert "One credited statement supports it, one statement disputes it." in text


def test_without_a_statement_no_argument_is_made_up() -> None:
    made = report(one(BUYS))
    assert "No article that was read credits anybody with the claim, and no statements dispute it." in repr(made.argument())
    assert repr(made.statements()).count("No one in this one article.") == 2


def test_a_quotation_stands_in_its_sentence_and_is_bold() -> None:
    html = str(report(one(BUYS, SAID)).statements().markup)
    assert "<q>“<b>The money goes round in circles</b>,” said Ada Renk.</q>" in html


def test_what_several_articles_quote_stands_once_and_names_them() -> None:
    again = (
        "Ada Renk put it so: 'The money goes  round in circles.'",
        quote("The money goes  round in circles.", "Ada Renk", "supports", affiliation="Loam"),
    )
    other = ("“The money goes round in circles,” said Bo Lind.", quote("The money goes round in circles", "Bo Lind", "supports"))
    html = str(report(tables_of({"one": [BUYS, SAID], "two": [SAID], "three": [again], "four": [other]})).statements().markup)
    assert html.count("<q>") == 2
    said = html.partition('<p class="by">Ada Renk, Loam, ')[2].partition("</p>")[0]
    assert re.sub(r"<[^>]+>", "", said) == "article one; so two and three"


def test_of_many_quotations_the_heading_says_how_many_stand_there() -> None:
    many = [(f"“Round {n} of the same,” said Ada Renk.", quote(f"Round {n} of the same", "Ada Renk", "supports")) for n in range(15)]
    made = report(one(BUYS, *many)).statements()
    assert "For, 12 of 15" in repr(made)
    assert str(made.markup).count("<q>") == 12


def test_origins_too_small_to_be_told_from_nothing_are_one_row() -> None:
    assert listed_origins({"Tarnfell": 0.9, "Quillon": 0.094, "Loam": 0.004, "Osier": 0.002}, "Quillon") == [
        ("Tarnfell", 0.9), ("itself or the outside", 0.094), ("two others, each below 0.5%", pytest.approx(0.006)),
    ]  # fmt: skip
    assert listed_origins({"Tarnfell": 0.997, "Loam": 0.003}, "Quillon") == [("Tarnfell", 0.997), ("Loam", 0.003)]


def test_there_are_four_verdicts_each_with_its_three_words() -> None:
    html = str(report(one(BUYS, FUNDS)).four_verdicts().markup)
    assert html.count('<article class="verdict">') == 4
    assert html.count('<span class="is">') == 4
    assert html.count("What would overturn it") == 4


def test_without_any_amount_everything_is_undetermined_and_stands() -> None:
    for tables in (tables_of({}), one(("Nothing happened.",)), one(("Tarnfell rents from Quillon.", deal("Tarnfell", "Quillon")))):
        made = report(tables)
        assert repr(made.answer()).startswith("Undetermined: no ")
        assert repr(made.four_verdicts()).count("Verdict: undetermined") >= 3
        for part in (
            made.matrix(),
            made.table(),
            made.circuits(),
            made.statements(),
            made.rests(),
            made.contradictions(),
            made.made(),
            made.evidence(),
        ):
            assert isinstance(repr(part), str)


def test_a_corpus_in_euros_is_undetermined_and_its_deals_are_drawn_as_not_in_dollars() -> None:
    made = report(
        one(("Tarnfell will pay Quillon 6 billion euros.", deal("Tarnfell", "Quillon", 6e9, 6e9, currency="EUR", figure="6 billion euros")))
    )
    assert "no deal that is closed or signed has an amount in US dollars" in repr(made.answer())
    assert "€6 billion" in repr(made.table())
    assert "not in dollars" in str(made.matrix().markup)
    assert "Tarnfell pays Quillon: €6 billion, not counted, because it is not in dollars" in str(made.matrix().markup)


def test_joint_payers_share_an_amount() -> None:
    made = report(
        one(("Loam and Osier lent Quillon $4 billion.", deal("Loam; Osier", "Quillon", 4e9, 4e9, kind="debt", figure="$4 billion")))
    )
    text = repr(made.table())
    assert "Loam Quillon | $4 billion together" in text
    assert "Osier Quillon | $4 billion together" in text


def test_customers_of_one_firm_of_whom_nothing_else_is_known_are_one_row() -> None:
    ties = [(f"{name} is a customer of Quillon.", tie(name, "customer_of", "Quillon")) for name in ("Loam", "Osier", "Brack")]
    html = str(report(one(BUYS, *ties)).matrix().markup)
    assert "Three customers of" in html
    assert ">Osier<" not in html


def test_a_large_graph_draws_the_firms_with_most_money() -> None:
    passages = []
    for n in range(40):
        usd = (n + 1) * 1e9
        passages.append(
            (f"Firm {n} pays Firm {n + 1} ${n + 1} billion.", deal(f"Firm {n}", f"Firm {n + 1}", usd, usd, figure=f"${n + 1} billion"))
        )
    made = report(one(*passages))
    text = repr(made.matrix())
    assert "The 25 firms with most money of 41; the table has all." in text
    assert ">Firm 1<" not in str(made.matrix().markup)


def test_firms_are_ordered_so_that_most_money_runs_forward() -> None:
    weight = {("a", "b"): 5.0, ("b", "c"): 7.0, ("c", "a"): 1.0}
    assert order_of({"a", "b", "c"}, weight) == ["a", "b", "c"]
    assert order_of([], {}) == []


def test_a_takeover_pays_sellers_outside_and_a_payer_of_nobody_named_has_its_row() -> None:
    taken = (
        "Tarnfell has bought Osier for $5 billion.",
        deal("Tarnfell", "Osier", 5e9, 5e9, kind="acquisition", status="closed", figure="$5 billion"),
    )
    made = report(one(taken))
    html = str(made.matrix().markup)
    assert 'aria-label="Tarnfell pays Others, unnamed: $5 billion"' in html
    assert "Takeovers</b> pay the sellers, who are not named" in html
    assert "Tarnfell Osier | $5 billion | takeover" in repr(made.table())


def test_money_of_unnamed_lenders_is_not_said_to_start_with_many_firms() -> None:
    lent = ("Quillon has borrowed $3 billion.", deal(None, "Quillon", 3e9, 3e9, kind="debt", figure="$3 billion"))
    text = repr(report(tables_of({"one": [lent], "two": [lent]})).answer())
    assert "the money does not start with a few named firms" in text


def test_one_article_alone_supports_nothing() -> None:
    text = repr(report(one(BUYS)).four_verdicts())
    assert "Without article one alone the figures would not say supported." in text
    assert "A second source for what article one alone tells of: Tarnfell to Quillon." in text
