"""The one figure of a company's page: there where it shows more than the tables, true of them, and not where there is too little."""

import re

from markupsafe import Markup
from view_tables import Passage, deal, metric, tables_of

from corewatch.report.company_pages import CompanyPage
from corewatch.report.fragments import plain_text
from corewatch.report.ledger import Ledger
from corewatch.report.reading import Reading
from corewatch.report.shell import Site

SERVERS = ("Quillon will pay Tarnfell $300 million.", deal("Quillon", "Tarnfell", 3e8, 3e8, kind="hardware", figure="$300 million"))
HALLS = ("Quillon rents from Loam for over $2 billion.", deal("Quillon", "Loam", 2e9, None, kind="colocation", figure="$2 billion"))
SHARES = ("Brack put $1.5 billion into Quillon.", deal("Brack", "Quillon", 1.5e9, 1.5e9, kind="equity", figure="$1.5 billion"))
OFF = ("Orrin dropped its $9 billion deal with Quillon.", deal("Orrin", "Quillon", 9e9, 9e9, status="withdrawn", figure="$9 billion"))
EUROS = ("Orrin pays Quillon €5 billion.", deal("Orrin", "Quillon", 5e9, 5e9, currency="EUR", figure="€5 billion"))


def year(of: int, billions: float) -> Passage:
    words = f"${billions:g} billion"
    return (f"Quillon took in {words} in {of}.", metric("Quillon", "revenue", billions * 1e9, billions * 1e9, period=str(of), figure=words))


def page(*passages: Passage) -> str:
    """Quillon's page from one article."""
    ledger = Ledger(Reading(tables_of({"a": list(passages)})).below())
    return CompanyPage(ledger, "Quillon", Site(("deal_sizes",), "Edition.")).made(Markup("<p>fold</p>"))[1]


def figure(html: str) -> str:
    """The figure, in the words of a terminal."""
    found = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert len(found) <= 1
    return plain_text(Markup(found[0])) if found else ""  # noqa: S704  # only read


def test_amounts_that_a_company_is_paid_and_pays_stand_on_one_axis() -> None:
    html = page(SERVERS, HALLS, SHARES, OFF, EUROS)
    title, basis, label, *key = figure(html).splitlines()
    assert title == "What Quillon is paid is stated in one deal, $1.5 billion; what it pays in two, from $300 million to over $2 billion"
    assert basis == "Billions of US dollars, contract totals, as stated. Nothing is adjusted for time."
    assert label == (
        "[Dot and range plot of four deals of Quillon in billions of US dollars. What Quillon is paid is stated in one deal, $1.5 billion; "
        "what it pays in two, from $300 million to over $2 billion. Tables follow.]"
    )
    assert "Cross withdrawn" in key
    drawings = re.findall(r'<svg class="(\w+)".*?</svg>', html, re.DOTALL)
    assert drawings == ["wide", "narrow"]
    drawn = re.search(r'<svg class="wide".*?</svg>', html, re.DOTALL)
    assert drawn is not None
    words = re.findall(r"<text [^>]*>([^<]*)</text>", drawn[0])
    assert {"Is paid, by", "Brack", "1.5", "Pays, to", "Loam", "over 2", "Tarnfell", "0.3", "Orrin", "9"} <= set(words)
    assert 'href="../deals/quillon-tarnfell-hardware-300m.html"><text' in drawn[0]
    assert re.search(r'class="n" href="\.\./articles/a\.html#c0"[^>]*aria-label="Quillon to Tarnfell: \$300 million"', drawn[0])
    assert html.index("</figure>") < html.index("<table")


def test_revenue_over_time_where_there_are_no_amounts_of_deals() -> None:
    text = figure(page(year(2030, 1), year(2031, 2.5), SHARES))
    assert text.startswith("Quillon’s revenue rose from $1 billion in 2030 to $2.5 billion in 2031")


def test_too_little_is_no_figure() -> None:
    assert figure(page(SERVERS, SHARES)) == ""
    assert figure(page(year(2031, 2.5))) == ""
    assert figure(page(OFF, OFF, OFF)) == ""
