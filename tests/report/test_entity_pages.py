"""The pages of companies and deals, and the lists of both."""

import re
from typing import Any

import pytest
from invented import invented_tables
from markupsafe import Markup
from view_tables import deal, metric, quote, tables_of, tie

from corewatch.report.articles import article_pages
from corewatch.report.fragments import plain_text
from corewatch.report.links import company_pages as files_of
from corewatch.report.links import deal_pages as deal_files
from corewatch.report.pages import entity_pages
from corewatch.report.reading import Reading
from corewatch.report.shell import Site
from corewatch.report.usage import Use
from corewatch.tables import Tables

SITE = Site(("deal_sizes", "closed_loop"), "Edition of 14 May 2031.")
# Orrin pays Lanternfield by three articles, of which one says another amount and one another kind; Lanternfield has revenue and a tie.
SIXES = deal("Orrin", "Lanternfield", 6.4e9, 6.4e9, figure="$6.4 billion")
SEVENS = deal("Orrin", "Lanternfield", 7.1e9, 7.1e9, figure="$7.1 billion")
OWN_WAY = quote("Lanternfield pays its own way", "Ada Renk", affiliation="Tamsel")
TOLD: dict[str, list[Any]] = {
    "a": [
        (
            "Orrin agreed to pay Lanternfield $6.4 billion for computing.",
            deal("Orrin", "Lanternfield", 6.4e9, 6.4e9, figure="$6.4 billion"),
        ),
        ("Lanternfield sold for $900 million in 2030.", metric("Lanternfield", "revenue", 9e8, 9e8, period="2030", figure="$900 million")),
        ("Lanternfield is a customer of Quartzline.", tie("Lanternfield", "customer_of", "Quartzline")),
    ],
    "b": [
        (
            "The contract of Orrin with Lanternfield is worth $7.1 billion.",
            deal("Orrin", "Lanternfield", 7.1e9, 7.1e9, figure="$7.1 billion"),
        ),
        (
            "Lanternfield pays its own way, said Ada Renk of Tamsel.",
            quote("Lanternfield pays its own way", "Ada Renk", affiliation="Tamsel"),
        ),
    ],
    "c": [("Orrin may rent a hall from Lanternfield.", deal("Orrin", "Lanternfield", kind="colocation", status="talks"))],
}
DEAL, HALL = "orrin-lanternfield-compute-6.4bn", "orrin-lanternfield-colocation"


def pages_of(tables: Tables) -> tuple[dict[str, str], dict[str, dict[tuple[str, int], Use]]]:
    """HTML and used passages by file."""
    made = list(entity_pages(Reading(tables), SITE, Markup("<p>fold</p>")))
    return {name: html for name, html, _ in made}, {name: used for name, _, used in made}


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, str], dict[str, dict[tuple[str, int], Use]]]:
    return pages_of(tables_of(TOLD, {"a": {"published": "2031-02-03", "publisher": "The Tidewater"}}))


def text_of(html: str) -> str:
    """What a reader sees of a page, in one line."""
    main = re.sub(r".*<main[^>]*>|</main>.*", "", str(html), flags=re.DOTALL)
    return " ".join(plain_text(Markup(main)).split())  # noqa: S704  # only read


def test_there_is_a_page_for_each_party_measured_company_and_tie_and_for_each_deal(made: Any) -> None:
    pages, _ = made
    companies = {"lanternfield", "orrin", "quartzline"}
    assert set(pages) == {
        "companies/index.html", "deals/index.html", *(f"companies/{name}.html" for name in companies), f"deals/{DEAL}.html",
        f"deals/{HALL}.html",
    }  # fmt: skip


def test_a_deals_page_says_what_it_is_and_shows_every_mention_with_what_it_says_otherwise(made: Any) -> None:
    text = text_of(made[0][f"deals/{DEAL}.html"])
    assert "What does Orrin pay Lanternfield for computing?" in text
    assert "Orrin is to pay Lanternfield $6.4 billion for computing." in text
    assert "Contested on the amount" in text
    assert "Two passages in two articles, read as one deal." in text
    assert "Article a The Tidewater, 3 February 2031" in text
    assert "Orrin → Lanternfield, computing, $7.1 billion, signed Differs: amount Joined to a: each document knows one amount" in text
    assert "right in 75 of 100 such cases" in text
    assert "Its amount is used." in text
    assert "One disagreement: amount ($6.4 billion or $7.1 billion)." in text
    assert "Closed loop: counted by its verdicts, as $6.4 billion" in text


def test_a_deals_page_leads_to_its_parties_its_evidence_and_the_other_deals_of_the_parties(made: Any) -> None:
    page = made[0][f"deals/{DEAL}.html"]
    assert '<a class="plain" href="../companies/orrin.html">Orrin</a>' in page
    assert '<a class="n" href="../articles/a.html#c0" data-e="1" data-q="$6.4 billion" aria-describedby="e1">$6.4 billion</a>' in page
    assert f'<a class="plain" href="../deals/{HALL}.html">Orrin <span class="to">Lanternfield</span></a>' in page
    assert f'href="../deals/{DEAL}.html"' not in page
    assert page.index("</ol>") < page.index("<p>fold</p>") < page.index("</main>")


def test_a_deal_without_an_amount_says_so_and_why_it_is_not_counted(made: Any) -> None:
    text = text_of(made[0][f"deals/{HALL}.html"])
    assert "Orrin is in talks to pay Lanternfield for data-centre space. No article states the amount." in text
    assert "not counted by its verdicts: only talked of" in text
    assert "One passage tells it." in text


def test_a_companys_page_answers_in_a_sentence_what_it_is_paid_pays_and_earns(made: Any) -> None:
    text = text_of(made[0]["companies/lanternfield.html"])
    assert "What do three articles say of Lanternfield?" in text
    assert (
        "Orrin is to pay Lanternfield $6.4 billion for computing, the largest stated amount of two deals in which it is paid; "
        "it pays no one by name; its revenue in 2030 was $900 million."
    ) in text
    assert "In 3 of 3 articles" in text


def test_a_companys_page_has_its_measures_ties_statements_and_what_each_article_says(made: Any) -> None:
    page = made[0]["companies/lanternfield.html"]
    text = text_of(page)
    assert "Revenue | 2030 | $900 million | a | one source" in text
    assert "Lanternfield is a customer of Quartzline | a" in text
    assert "Said of Lanternfield Lanternfield pays its own way, said Ada Renk of Tamsel. Ada Renk, Tamsel, article b" in text
    assert "Said by Lanternfield Nothing that an article credits it with." in text
    history = page[page.index('id="history"') :]
    order = [history.index(f"Article {name}</a>") for name in "abc"]
    assert order == sorted(order)
    assert 'href="../companies/lanternfield.html"' not in page


def test_a_company_that_only_has_a_tie_is_told_by_it(made: Any) -> None:
    assert "Lanternfield is a customer of Quartzline." in text_of(made[0]["companies/quartzline.html"])


def test_the_lists_have_every_deal_and_company_with_counts(made: Any) -> None:
    companies, deals = (text_of(made[0][f"{name}/index.html"]) for name in ("companies", "deals"))
    assert "Three companies, those in most articles first" in companies
    assert "Lanternfield | 2 | 0 | 1 | 1 | 3 Orrin | 0 | 2 | 0 | 0 | 3 Quartzline | 0 | 0 | 0 | 1 | 1" in companies
    assert "Two deals, the largest first." in deals
    assert deals.index("$6.4 billion") < deals.index("not stated")


def test_an_article_leads_back_to_the_pages_that_rest_on_a_passage(made: Any) -> None:
    uses: dict[tuple[str, int], list[Use]] = {}
    for used in made[1].values():
        for passage, use in used.items():
            uses.setdefault(passage, []).append(use)
    reading = Reading(tables_of(TOLD))
    page = dict(article_pages(reading, uses, SITE))["articles/a.html"]
    assert f'On the pages of <a href="../deals/{DEAL}.html#e1">Orrin → Lanternfield, computing</a>' in page
    assert '<a href="../companies/orrin.html#e1">Orrin</a>' in page


def test_names_with_markup_are_text_and_their_pages_have_plain_names() -> None:
    pages, _ = pages_of(invented_tables())
    assert all(re.fullmatch(r"(companies|deals)/[\w.-]+\.html", name) for name in pages)
    (file,) = (name for name in pages if name.startswith("companies/b-brackwater"))
    body = pages[file][pages[file].index("<main") :]
    assert "What do two articles say of &lt;b&gt;Brackwater&lt;/b&gt;?" in body
    assert "<b>Brackwater" not in body
    assert "Loam &amp; Sons" in body


def test_no_two_names_share_a_page_and_none_is_the_list_or_a_device() -> None:
    names = ["xAI", "XAI", "Index", "con", "CON.x", "a/b", "a-b", "a b", "../..", "", "Ōrrin", "Orrin", "火", "x" * 300, "a.", ".a", "a\0"]
    files = files_of(names)
    assert len({file.lower() for file in files.values()}) == len(names)
    assert all(re.fullmatch(r"companies/[a-z0-9][a-z0-9.-]*\.html", file) and len(file) < 120 for file in files.values())
    assert "companies/index.html" not in files.values()
    assert files["Orrin"] == "companies/orrin.html"
    assert deal_files(["openai-coreweave-compute-11.9bn"]) == {
        "openai-coreweave-compute-11.9bn": "deals/openai-coreweave-compute-11.9bn.html"
    }


def test_without_a_deal_or_an_article_the_lists_say_so() -> None:
    assert "No deal was read from one article." in text_of(pages_of(tables_of({"a": [("Rain fell.",)]}))[0]["deals/index.html"])
    assert "No article was read." in text_of(pages_of(tables_of({}))[0]["companies/index.html"])
