"""The report on revenue growth, on small invented corpora."""

from typing import Any

from view_tables import metric, tables_of, tie

from corewatch.report.page import open_report
from corewatch.report.views.revenue_growth import RevenueGrowth
from corewatch.tables import Tables


def report(tables: Tables, **parameters: Any) -> RevenueGrowth:
    """The report on tables."""
    made: RevenueGrowth = open_report("revenue_growth", tables=tables, **parameters)
    return made


def one(*passages: tuple[object, ...]) -> Tables:
    """Tables of one article."""
    return tables_of({"one": list(passages)})


def share_of(customer: str, share: float, **more: Any) -> Any:
    """A share of Quillon's revenue."""
    return metric("Quillon", "revenue_share", share, share, unit="%", counterpart=customer, figure=f"{share}%", **more)


NOW = ("Quillon had revenue of $840 million in 2031.", metric("Quillon", "revenue", 8.4e8, 8.4e8, period="2031", figure="$840 million"))
RATE = ("Its revenue rose 300% in 2031.", metric("Quillon", "revenue_growth", 300.0, 300.0, period="2031", figure="300%"))
THEN = ("In 2030 Quillon had revenue of $210 million.", metric("Quillon", "revenue", 2.1e8, 2.1e8, period="2030", figure="$210 million"))
ODD = ("In 2030 Quillon had revenue of $400 million.", metric("Quillon", "revenue", 4e8, 4e8, period="2030", figure="$400 million"))


def test_a_rate_with_an_amount_implies_the_year_before_and_says_that_nobody_stated_it() -> None:
    made = report(one(NOW, RATE))
    text = repr(made.answer())
    assert "Quillon’s revenue rose 300% in 2031, to $840 million." in text
    assert "It implies about $210 million for 2030, which no article states, so the growth can’t be checked." in text
    assert "+300%" in text
    assert "$840 million ÷ (1 + 300 ÷ 100) = $210 million" in repr(made.evidence())


def test_a_stated_rate_is_compared_with_two_stated_amounts() -> None:
    assert "give +300%, which fits the stated rate." in repr(report(one(NOW, RATE, THEN)).answer())
    assert "give +110%, which does not fit the stated rate." in repr(report(one(NOW, RATE, ODD)).answer())


def test_two_amounts_without_a_rate_give_computed_growth() -> None:
    text = repr(report(one(NOW, THEN)).answer())
    assert "Quillon’s revenue rose from $210 million in 2030 to $840 million in 2031." in text
    assert "No article states the rate; it is computed from the two amounts." in text


def test_one_period_alone_says_nothing_about_growth() -> None:
    text = repr(report(one(NOW)).answer())
    assert "Quillon’s revenue was $840 million in 2031." in text
    assert "Only one period is known, which says nothing about growth." in text


def test_a_rate_without_an_amount_is_drawn_as_a_rate() -> None:
    made = report(one(RATE))
    assert "No amount is stated with it, so the growth can’t be checked." in repr(made.answer())
    assert "One growth is stated: 300%, Quillon, 2031" in repr(made.growth())


def test_a_fall_is_said_as_a_fall() -> None:
    fall = ("Revenue of Loam fell 12% in 2031.", metric("Loam", "revenue_growth", -12.0, -12.0, period="2031", figure="12%"))
    text = repr(report(one(fall)).answer())
    assert "Loam’s revenue fell 12% in 2031." in text
    assert "−12%" in text


def test_a_forecast_is_never_said_as_a_fact() -> None:
    hope = (
        "Osier expects revenue of $2 billion in 2032.",
        metric("Osier", "revenue", 2e9, 2e9, period="2032", basis="forecast", figure="$2 billion"),
    )
    made = report(one(hope))
    assert "Osier’s revenue is expected to be $2 billion in 2032." in repr(made.answer())
    assert "a forecast" in repr(made.growth())


def test_without_any_revenue_the_page_says_so() -> None:
    made = report(one(("Quillon was founded by harbour masters.",)))
    assert "No revenue and no growth of revenue was read from one article." in repr(made.answer())
    assert "nothing to draw" in repr(made.growth())
    assert "No revenue and no growth of revenue is stated." in repr(made.table())
    assert "No article states what share" in repr(made.customers())
    assert "No other measure" in repr(made.sizes())


def test_quarters_are_compared_with_the_quarter_a_year_earlier() -> None:
    late = (
        "Sales were $90 million in the second quarter of 2031.",
        metric("Brack", "revenue", 9e7, 9e7, period="2031-Q2", figure="$90 million"),
    )
    year = ("A year before they were $60 million.", metric("Brack", "revenue", 6e7, 6e7, period="2030-Q2", figure="$60 million"))
    made = report(one(late, year))
    assert "Q2 2031 | $90 million | not stated | +50% | $60 million" in repr(made.table())


def test_shares_of_customers_are_listed_and_others_are_named() -> None:
    share = (
        "Tarnfell brings 44% of Quillon's revenue.",
        metric("Quillon", "revenue_share", 44.0, 44.0, counterpart="Tarnfell", period="2031", figure="44%"),
    )
    text = repr(report(one(share, ("Loam is a customer of Quillon.", tie("Loam", "customer_of", "Quillon")))).customers())
    assert "Quillon | Tarnfell | 44% | 2031" in text
    assert "Named as customers, without a share: Loam of Quillon." in text


def test_other_measures_keep_their_bounds_and_units() -> None:
    gpus = ("Quillon has over 90,000 GPUs.", metric("Quillon", "gpus", 90000.0, None, figure="90,000"))
    power = ("It has 1.2 gigawatts.", metric("Quillon", "power", 1200.0, 1200.0, figure="1.2 gigawatts"))
    text = repr(report(one(gpus, power)).sizes())
    assert "GPUs | over 90,000" in text
    assert "Power | 1.2 GW" in text


def test_one_company_can_be_asked_for() -> None:
    loam = ("Loam had revenue of $7 billion in 2031.", metric("Loam", "revenue", 7e9, 7e9, period="2031", figure="$7 billion"))
    made = report(one(NOW, loam), company="loam")
    assert "Loam’s revenue was $7 billion in 2031." in repr(made.answer())
    assert "Quillon" not in repr(made.table())


def test_many_companies_are_drawn_by_who_is_written_about_most() -> None:
    articles = {}
    for n in range(1, 21):
        revenue = metric(f"Firm {n}", "revenue", n * 1e9, n * 1e9, period="2031", figure=f"${n} billion")
        articles[f"a{n}"] = [(f"Firm {n} had revenue of ${n} billion in 2031.", revenue)]
    made = report(tables_of(articles))
    assert "The latest periods of six companies; the table has all." in repr(made.growth())
    assert len(repr(made.table()).splitlines()) == 22


def revenue(company: str, amount: str, period: str, low: float, **known: Any) -> tuple[object, ...]:
    """A sentence that states a revenue."""
    return f"{company} had revenue of {amount} in {period}.", metric(company, "revenue", low, low, period=period, figure=amount, **known)


def test_two_years_of_a_company_are_a_line() -> None:
    shown = repr(report(one(NOW, THEN)).growth())
    assert "Quillon’s revenue rose from $210 million in 2030 to $840 million in 2031" in shown
    assert "Line chart of the revenue of Quillon by year, in millions of US dollars." in shown
    assert "Dot plot" not in shown


def test_an_implied_year_before_is_a_point_of_the_line_that_says_so() -> None:
    made = report(one(NOW, RATE))
    assert "210 implied" in made.growth().markup
    assert "Quillon’s $840 million for 2031 is stated; $210 million for the year before is only implied" in repr(made.growth())
    assert "Ring, dotted line the year before as a stated growth implies it; no one states it" in repr(made.growth())


def test_a_year_and_a_quarter_are_never_one_line() -> None:
    quarter = revenue("Quillon", "$90 million", "2031-Q1", 9e7)
    shown = repr(report(one(NOW, quarter)).growth())
    assert "Line chart" not in shown
    assert "Dot plot" in shown


def test_quarters_are_a_figure_apart_from_years_and_the_rest_is_not_lost() -> None:
    quarters = [revenue("Brack", f"${n}00 million", f"2031-Q{n}", n * 1e8) for n in (1, 2, 3)]
    shown = repr(report(one(NOW, THEN, *quarters, revenue("Osier", "$5 billion", "2031", 5e9))).growth())
    assert "Line chart of the revenue of Quillon by year" in shown
    assert "Line chart of the revenue of Brack by quarter, in millions of US dollars." in shown
    assert "One more revenue of Osier, with no other period of the same length" in shown


def test_a_forecast_at_the_end_of_a_line_is_said_to_be_expected() -> None:
    hope = revenue("Quillon", "$950 million", "2032", 9.5e8, basis="forecast")
    shown = report(one(NOW, hope)).growth()
    assert "Quillon’s revenue was $840 million in 2031; $950 million is expected for 2032" in repr(shown)
    assert "950 expected" in shown.markup
    assert 'class="si dash"' in shown.markup


def test_a_customer_whose_share_is_stated_is_not_said_to_have_none() -> None:
    share = ("Loam brings 44% of Quillon's revenue.", metric("Quillon", "revenue_share", 44.0, 44.0, counterpart="Loam", figure="44%"))
    shown = repr(report(one(share, ("Loam is a customer of Quillon.", tie("Loam", "customer_of", "Quillon")))).customers())
    assert "without a share" not in shown


def test_stated_shares_give_the_largest_customer_and_the_ends_of_the_index() -> None:
    shares = [
        (f"{name} was {share}% of Quillon's revenue in 2031.", share_of(name, share, period="2031"))
        for name, share in (("Loam", 60.0), ("Tarnfell", 20.0))
    ]  # fmt: skip
    made = report(one(*shares))
    text = repr(made.customers())
    assert "60%" in text
    assert "Loam, is the largest share of revenue that is stated of Quillon in 2031." in text
    # 0.6² + 0.2² is 0.40; the other 20% from one customer add 0.2².
    assert "0.40 to 0.44" in text
    assert "0.6² + 0.2² = 0.40" in repr(made.evidence())


def test_shares_over_a_whole_give_no_index() -> None:
    shares = [
        (f"{name} was {share}% of Quillon's revenue.", share_of(name, share))
        for name, share in (("Loam", 70.0), ("Tarnfell", 45.0))
    ]  # fmt: skip
    text = repr(report(one(*shares)).customers())
    assert "The stated shares come to 115%, more than there is, so that no index is given." in text
