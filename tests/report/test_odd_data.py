"""What pages say of odd data: nothing, one of each, no dollars, a plan that is no deal. Each sentence is true of it and in good grammar."""

from typing import Any

import pytest
from view_tables import deal, metric, tables_of

from corewatch.report.answers import answered, answers_of
from corewatch.report.company_pages import CompanyPage
from corewatch.report.fragments import plain_text
from corewatch.report.ledger import Ledger
from corewatch.report.page import open_report
from corewatch.report.reading import Reading
from corewatch.report.shell import Site
from corewatch.report.views.index import body_of
from corewatch.tables import Tables

EUROS = ("Tarnfell will pay Quillon €3 billion.", deal("Tarnfell", "Quillon", 3e9, 3e9, currency="EUR", figure="€3 billion"))
OFF = ("Loam dropped a $1 million deal.", deal("Loam", "Quillon", 1e6, 1e6, status="withdrawn", figure="$1 million"))
PLAN = ("Orrin will spend $80 billion.", deal("Orrin", None, 8e10, 8e10, kind="capex", status="planned", figure="$80 billion"))
LOSS = ("Dell lost $2 billion in 2031.", metric("Dell", "net_income", -2e9, -2e9, period="2031", figure="$2 billion"))


def index_text(tables: Tables) -> str:
    return " ".join(plain_text(body_of(answered(tables))).split())


def text(made: Any) -> str:
    return " ".join(repr(made).split())


def test_no_article_is_not_called_a_single_one() -> None:
    nothing = tables_of({})
    index = index_text(nothing)
    assert "Nothing: no article was read." in index
    assert "No article was read, and no file was given." in index
    assert "single article" not in index
    loop = open_report("closed_loop", tables=nothing)
    assert "For No article was read. Against No article was read." in text(loop.statements())
    limits = text(loop.limits())
    assert "Here no article was read." in limits
    assert "No receipt is known with its amount, so that none can be followed to a next payment." in limits


def test_one_of_each_is_in_the_singular() -> None:
    one = tables_of({"a": [EUROS]})
    assert "The square is article a: full says so, half differs wholly or in part, empty is silent." in index_text(one)
    audit = text(open_report("source_audit", tables=one).answer())
    assert "1 statement with its exact words" in audit
    assert "None of 1 row below 0.5" in audit


def test_several_contested_amounts_are_counted_and_the_widest_is_the_one_told() -> None:
    def told(payer: str, words: str, millions: float) -> Any:
        return (f"{payer} pays Quillon {words}.", deal(payer, "Quillon", millions * 1e6, millions * 1e6, term_years=5.0, figure=words))

    one = {"a": [told("Loam", "$6.4 billion", 6400), told("Brack", "$2.2 billion", 2200)]}
    other = {"b": [told("Loam", "$7.1 billion", 7100), told("Brack", "$3.3 billion", 3300)]}
    title = text(open_report("deal_sizes", tables=tables_of({**one, **other})).sizes())
    assert "Two amounts differ between sources, at most by 50%" in title


def test_a_withdrawn_deal_in_dollars_does_not_hide_one_that_goes_on_in_euros() -> None:
    made = open_report("deal_sizes", tables=tables_of({"a": [EUROS, OFF]}))
    assert "The largest stated amount is €3 billion, from Tarnfell to Quillon. Not compared: one amount in another currency." in text(
        made.answer()
    )
    assert "One deal states an amount: €3 billion Billions of euros" in text(made.sizes())


def test_own_spending_is_told_where_there_is_no_deal() -> None:
    made = open_report("deal_sizes", tables=tables_of({"a": [PLAN]}))
    told = "Not a deal between firms: $80 billion (Orrin) of own spending. It names no payee and would count contracts a second time."
    assert f"No deal between firms was read from one article. {told}" in text(made.answer())
    assert f"There is no deal to list. {told}" in text(made.table())
    assert 'href="articles/a.html#c0"' in made.answer().markup


def test_a_company_with_measures_alone_is_not_said_to_have_nothing_stated() -> None:
    page = CompanyPage(Ledger(Reading(tables_of({"a": [LOSS]})).below()), "Dell", Site(("deal_sizes",), "")).answer()
    assert "Dell’s net income in 2031 is stated as −$2 billion." in text(page)


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        ((5e9, None), (6e9, 6e9), "went"),
        ((5e9, 5e9), (6e9, None), "rose"),
        ((5e9, 5e9), (None, 4e9), "fell"),
        ((5e9, 5e9), (5e9, 5e9), "went"),
    ],
)
def test_an_amount_is_said_to_rise_only_where_its_bounds_leave_no_doubt(before: Any, after: Any, verb: str) -> None:
    rows = [
        (f"Quillon took in this in {year}.", metric("Quillon", "revenue", *bounds, period=str(year)))
        for year, bounds in ((2030, before), (2031, after))
    ]
    made = open_report("revenue_growth", tables=tables_of({"a": rows}))
    assert f"Quillon’s revenue {verb} from" in text(made.growth())
    (growth, *_) = answers_of(tables_of({"a": rows}))
    assert growth["claim"].startswith(f"Quillon’s revenue {verb} from ")
