"""The report on deal sizes, on small invented corpora."""

from typing import Any

import pytest
from view_tables import deal, tables_of

from corewatch.report.page import open_report
from corewatch.report.views.deal_sizes import DealSizes
from corewatch.tables import Tables


def report(tables: Tables, **parameters: Any) -> DealSizes:
    """The report on tables."""
    made: DealSizes = open_report("deal_sizes", tables=tables, **parameters)
    return made


def sizes(*passages: tuple[object, ...]) -> Tables:
    """Tables of one article."""
    return tables_of({"one": list(passages)})


HARBOUR = (
    "Tarnfell will pay Quillon $3.4 billion over six years.",
    deal("Tarnfell", "Quillon", 3.4e9, 3.4e9, term_years=6.0, figure="$3.4 billion"),
)
OPEN = ("Brack ordered chips for over $2 billion from Osier.", deal("Brack", "Osier", 2e9, None, kind="hardware", figure="$2 billion"))
GONE = (
    "Loam dropped its $9 billion lease from Quillon.",
    deal("Loam", "Quillon", 9e9, 9e9, status="withdrawn", kind="colocation", figure="$9 billion"),
)
SILENT = ("Brack rents servers from Tarnfell.", deal("Brack", "Tarnfell"))
EURO = (
    "Loam lent Osier 700 million euros.",
    deal("Loam", "Osier", 7e8, 7e8, kind="debt", status="closed", currency="EUR", figure="700 million euros"),
)


def test_the_answer_names_the_largest_firm_deal_and_what_may_be_larger() -> None:
    text = repr(report(sizes(HARBOUR, OPEN, GONE)).answer())
    assert "The largest stated amount is $3.4 billion, from Tarnfell to Quillon over six years." in text
    assert "One other deal is over $2 billion, with no upper limit stated, so it may be larger." in text
    assert "$3.4 bn" in text
    assert "1 of 1 article, unconfirmed" in text


def test_a_plan_that_is_larger_is_said_to_be_a_plan() -> None:
    plan = (
        "Osier hopes to borrow $8 billion from Loam.",
        deal("Loam", "Osier", 8e9, 8e9, kind="debt", status="talks", figure="$8 billion"),
    )
    assert "Larger, but in talks: $8 billion, from Loam to Osier." in repr(report(sizes(HARBOUR, plan)).answer())


def test_without_any_deal_the_answer_says_that_none_was_read() -> None:
    made = report(sizes(("Nothing happened.",)))
    assert "No deal was read from one article." in repr(made.answer())
    assert "No deal has an amount that could be drawn." in repr(made.sizes())
    assert "There is no deal to list." in repr(made.table())


def test_without_any_article_the_page_still_stands() -> None:
    made = report(tables_of({}))
    assert "No article was read." in repr(made.answer())
    assert "No number on this page rests on a sentence" in repr(made.evidence())


def test_deals_without_amounts_are_counted_and_listed_as_not_stated() -> None:
    made = report(sizes(SILENT))
    assert "No article states the amount of a deal that goes on; one deal is known." in repr(made.answer())
    assert "Brack Tarnfell | not stated" in repr(made.table())


def test_a_corpus_in_another_currency_is_answered_in_it() -> None:
    made = report(sizes(EURO))
    assert "The largest stated amount is €700 million, from Loam to Osier." in repr(made.answer())
    assert "Millions of euros" in repr(made.sizes())


def test_amounts_in_another_currency_are_listed_and_not_compared() -> None:
    made = report(sizes(HARBOUR, EURO))
    assert "Not compared: one amount in another currency." in repr(made.answer())
    assert "€700 million" in repr(made.table())
    assert "700" not in repr(made.sizes()).replace("one amount in another currency", "")


def test_every_amount_links_to_its_sentence_with_its_figure() -> None:
    html = str(report(sizes(HARBOUR)).answer().markup)
    assert '<a class="n" href="articles/one.html#c0" data-e="1" data-q="$3.4 billion" aria-describedby="e1">$3.4 billion</a>' in html


def test_a_sentence_is_evidence_once_and_its_figure_is_bold() -> None:
    made = report(sizes(HARBOUR, OPEN))
    made.answer()
    made.table()
    html = str(made.evidence().markup)
    assert html.count("Tarnfell will pay Quillon") == 1
    assert "<q>Tarnfell will pay Quillon <b>$3.4 billion</b> over six years.</q>" in html


def test_the_amount_of_a_year_states_its_arithmetic() -> None:
    made = report(sizes(HARBOUR))
    assert "$567 million" in repr(made.table())
    assert "$3.4 billion ÷ 6 years = $567 million a year in equal parts" in repr(made.evidence())


def test_what_was_withdrawn_is_crossed_and_comes_last() -> None:
    made = report(sizes(GONE, HARBOUR))
    lines = repr(made.table()).splitlines()
    assert lines[-1].startswith("Loam Quillon | $9 billion")
    assert "Cross withdrawn" in repr(made.sizes())


def test_parameters_leave_deals_out_and_the_page_says_so() -> None:
    tables = sizes(HARBOUR, OPEN, GONE, SILENT)
    assert "Tarnfell Quillon" not in repr(report(tables, min_usd=5e9).table())
    assert "Left out by the parameters: three deals." in repr(report(tables, min_usd=5e9).table())
    assert "withdrawn" not in repr(report(tables, include_withdrawn=False).table())
    assert "Brack Osier" not in repr(report(tables, kinds="compute, colocation").table())


def test_a_contested_amount_is_a_diamond_and_the_answer_is_contested() -> None:
    other = (
        "Tarnfell pays Quillon $3.9 billion over six years.",
        deal("Tarnfell", "Quillon", 3.9e9, 3.9e9, term_years=6.0, figure="$3.9 billion"),
    )
    made = report(tables_of({"one": [HARBOUR], "two": [other]}))
    assert "Contested" in repr(made.answer())
    assert "Diamond an amount that contradicts" in repr(made.sizes())
    assert "One amount differs by 15% between sources" in repr(made.sizes())
    assert "How much goes from Tarnfell to Quillon?" in repr(made.contradictions())
    assert repr(made.contradictions()).count("Used.") == 1


def test_own_spending_is_no_deal_between_firms() -> None:
    plan = (
        "Brack will spend $6 billion on its own halls.",
        deal("Brack", None, 6e9, 6e9, kind="capex", status="planned", figure="$6 billion"),
    )
    made = report(sizes(HARBOUR, plan))
    assert "Not a deal between firms: $6 billion (Brack) of own spending." in repr(made.table())
    assert "$6 billion" not in repr(made.answer())


def test_a_yearly_rate_is_never_drawn_beside_totals() -> None:
    rate = ("Brack pays Tarnfell $1 billion a quarter.", deal("Brack", "Tarnfell", 1e9, 1e9, per="quarter", figure="$1 billion"))
    made = report(sizes(HARBOUR, rate))
    assert "one rate by the year, quarter or month" in repr(made.sizes())
    assert "$4 billion" in repr(made.table())


def test_hostile_names_are_escaped_everywhere() -> None:
    hostile = (
        "<script>x</script> pays <b>Quillon</b> $2 billion.",
        deal("<script>x</script>", "<b>Quillon</b>", 2e9, 2e9, figure="$2 billion"),
    )
    made = report(sizes(hostile))
    for part in (made.answer(), made.sizes(), made.table(), made.evidence()):
        assert "<script>" not in str(part.markup)
        assert "<b>Quillon" not in str(part.markup)


@pytest.mark.parametrize("number", [45, 130])
def test_a_large_corpus_is_counted_instead_of_drawn_in_squares(number: int) -> None:
    articles = {
        f"a{n:03}": [
            (
                f"Firm {n} pays Quillon ${n + 1} billion.",
                deal(f"Firm {n}", "Quillon", (n + 1) * 1e9, (n + 1) * 1e9, figure=f"${n + 1} billion"),
            )
        ]
        for n in range(number)
    }
    made = report(tables_of(articles))
    answer = str(made.answer().markup)
    assert '<p class="strip"' not in answer
    assert f"Of {number} articles 1 states the amount, the others are silent." in answer
    assert f"The 18 largest of {number}; the table has all." in repr(made.sizes())


def test_a_number_that_is_not_exact_keeps_the_word_of_its_source() -> None:
    loan = ("Brack lent Osier nearly $3 billion.", deal("Brack", "Osier", 3e9, 3e9, kind="debt", approx=True, figure="$3 billion"))
    made = report(tables_of({"one": [loan]}))
    assert "nearly $3 billion" in repr(made.answer())
    assert "about" not in repr(made.answer())


def test_deals_with_the_same_open_bound_are_told_once_and_others_are_one_list() -> None:
    def order(buyer: str, low: float, words: str) -> tuple[object, ...]:
        return f"{buyer} ordered chips for over {words} from Osier.", deal(buyer, "Osier", low, None, kind="hardware", figure=words)

    same = [order(name, 2e9, "$2 billion") for name in ("Brack", "Loam")]
    assert "Two other deals are over $2 billion each, with no upper limit stated" in repr(report(sizes(HARBOUR, *same)).answer())
    four = [order(f"Firm {n}", n * 1e8, f"${n}00 million") for n in (5, 6, 7, 8)]
    text = repr(report(sizes(HARBOUR, *four)).answer())
    assert "are over $800 million, over $700 million, over $600 million and one other, with no upper limit" in text


def test_the_smallest_amount_of_the_figure_is_the_smallest_that_still_counts() -> None:
    loan = ("Brack lent Osier $90 million.", deal("Brack", "Osier", 9e7, 9e7, kind="debt", figure="$90 million"))
    assert "the smallest $90 million" in report(sizes(HARBOUR, loan, GONE)).sizes().markup


def test_a_large_deal_that_was_dropped_is_among_the_largest_that_are_drawn() -> None:
    articles = {}
    for n in range(18):
        said = f"${n + 1} million"
        paid = deal(f"Firm {n:02}", "Quillon", (n + 1) * 1e6, (n + 1) * 1e6, figure=said)
        articles[f"a{n:02}"] = [(f"Firm {n:02} pays Quillon {said}.", paid)]
    dropped = deal("Osier", "Quillon", 2e9, 2e9, status="withdrawn", figure="$2 billion")
    articles["b"] = [("Osier dropped a $2 billion order from Quillon.", dropped)]
    drawn = str(report(tables_of(articles)).sizes().markup)
    assert "The 18 largest of 19; the table has all." in drawn
    assert "Osier" in drawn
    assert "Firm 01" in drawn
    assert "Firm 00" not in drawn
