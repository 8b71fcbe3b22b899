import re
from html import unescape
from pathlib import PurePosixPath

import pytest
from invented import HARBOUR, HOSTILE, invented_tables, span_of

from corewatch.report.articles import article_pages
from corewatch.report.links import article_page, passage_link
from corewatch.report.passages import mark_text, number_passages
from corewatch.report.reading import Reading
from corewatch.report.shell import Site
from corewatch.report.usage import Use, read_uses
from corewatch.spans import Span

SITE = Site(("deal_sizes", "closed_loop"), "Edition of 14 May 2031, read from two articles.")
DEAL = HARBOUR.index("Tarnfell agreed")


def pages(uses: dict[tuple[str, int], list[Use]] | None = None) -> dict[str, str]:
    return dict(article_pages(Reading(invented_tables()), uses or {}, SITE))


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def words_of(page: str) -> str:
    """The article as the page shows it: its paragraphs one after the other."""
    return "\n".join(text_of(part) for part in re.findall(r'<p class="said[^"]*">(.*?)</p>', page, re.DOTALL))


@pytest.mark.parametrize(("page", "text"), [("articles/harbour.html", HARBOUR), (article_page("2031/may/<b>hostile"), HOSTILE)])
def test_the_text_of_an_article_is_on_its_page_unchanged(page: str, text: str) -> None:
    assert words_of(pages()[page]) == "\n".join(line for line in text.splitlines() if line)


def test_every_row_has_a_mark_that_holds_exactly_its_words() -> None:
    page = pages()["articles/harbour.html"]
    for words in ("Tarnfell agreed to pay Quillon $3.4 billion over six years for computing in Ostrava.", "We pay our own way"):
        start = span_of(HARBOUR, words)["start"]
        marked = re.search(rf'<mark id="c{start}"[^>]*>(.*?)</mark>', page, re.DOTALL)
        assert marked is not None
        assert text_of(marked[1]) == words


def test_the_rows_read_from_a_passage_stand_beside_it_with_its_number() -> None:
    page = pages()["articles/harbour.html"]
    note = re.search(r"<li><i>1</i>(.*?)</li>", page, re.DOTALL)
    assert note is not None
    assert f'<mark id="c{DEAL}" data-n="1">' in page
    assert '<b>Deal</b> <a class="plain" href="../deals/deal-1.html">Tarnfell → Quillon</a>, computing' in note[1]
    text = text_of(page)
    assert "Deal Tarnfell → Quillon, computing, $3.4 billion, signed" in text
    assert "Tie Tarnfell is a customer of Quillon" in text
    assert "Statement Ada Renk, Tarnfell, verbatim, disputes the claim" in text
    assert "Measure Quillon, revenue, 2031: over $800 million" in text
    assert "3 figures, 1 deal, 1 measure, 1 tie, 1 statement" in page


def test_a_passage_names_the_reports_that_use_it_and_says_when_none_does() -> None:
    page = pages({("articles/harbour.html", DEAL): [Use("deal_sizes", "e4"), Use("closed_loop")]})["articles/harbour.html"]
    assert 'Used in <a href="../deal_sizes.html#e4">Deal sizes</a>, <a href="../closed_loop.html">Closed loop</a>' in page
    assert page.count("Not used in a report") == 2


def test_a_place_that_a_report_leads_to_without_a_row_is_marked_as_context() -> None:
    start = HARBOUR.index("Follow us")
    page = pages({("articles/harbour.html", start): [Use("closed_loop", "e2")]})["articles/harbour.html"]
    assert f'<mark id="c{start}" data-n="4">Follow us</mark>' in page
    assert "<b>Context</b>" in page


def test_a_corrected_row_says_so_with_the_reason() -> None:
    assert "Corrected by an analyst: the lender is named" in pages()[article_page("2031/may/<b>hostile")]


def test_nothing_that_an_article_brings_along_is_markup() -> None:
    page = pages()[article_page("2031/may/<b>hostile")]
    body = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in body
    assert "<img" not in body
    assert "<i>Nobody" not in body
    assert "<b>Brackwater" not in body
    assert "&lt;script&gt;alert(&#34;headline&#34;)&lt;/script&gt; &amp; more" in body
    assert "href=" not in body.partition("https://nowhere.invalid")[0].rpartition("<span")[2]


def test_a_page_in_a_folder_leads_back_to_the_top() -> None:
    page = pages()[article_page("2031/may/<b>hostile")]
    assert '<a href="../../../index.html">Answers</a>' in page
    assert '<a href="../../../articles/harbour.html">harbour</a>' in page


def test_what_a_document_does_not_say_is_said_to_be_missing() -> None:
    page = pages()[article_page("2031/may/<b>hostile")]
    assert "<span>Date not stated</span>" in page
    assert "<span>14 May 2031</span>" in pages()["articles/harbour.html"]
    assert "<span>The Tidewater</span>" in pages()["articles/harbour.html"]


@pytest.mark.parametrize(
    "doc_id",
    [
        "../../etc/passwd",
        "..",
        "/root",
        "a//b",
        "C:\\x",
        "nul\x00",
        "a" * 300,
        "ж" * 200,
        ".hidden",
        "x.html/y",
        "q?p#f",
        "%2e%2e",
        "a b",
        "",
    ],
)
def test_a_page_stays_inside_its_folder_whatever_a_document_is_called(doc_id: str) -> None:
    path = PurePosixPath(article_page(doc_id))
    assert path.parts[0] == "articles"
    assert all(part not in ("..", ".", "/") and len(part.encode()) < 255 and "\x00" not in part for part in path.parts)
    assert article_page(doc_id).count("/") == len(path.parts) - 1


def test_two_documents_never_share_a_page() -> None:
    ids = ["a:b", "a?b", "a_b", "a/b", "a/../b", "b", "a*b"]
    assert len({article_page(doc_id) for doc_id in ids}) == len(ids)


def test_a_link_escapes_what_an_address_cannot_hold() -> None:
    assert passage_link("2031/may/deal (2)", 7) == "articles/2031/may/deal%20%282%29.html#c7"


def test_passages_that_overlap_are_nested_and_each_holds_all_its_words() -> None:
    passages = number_passages([Span(0, 9), Span(5, 12), Span(5, 7), Span(20, 22)])
    assert [(passage.number, passage.span) for passage in passages] == [(1, Span(0, 12)), (2, Span(5, 12)), (3, Span(20, 22))]


def test_a_figure_that_a_passage_cuts_stays_whole_in_the_text() -> None:
    text = "Ode paid $5 million."
    (block,) = mark_text(text, number_passages([Span(0, 11)]), [Span(9, 19)])
    assert block.markup == '<mark id="c0" data-n="1">Ode paid <b id="c9">$5</b></mark><b> million</b>.'


def test_lines_that_a_passage_joins_are_one_block() -> None:
    text = "First line here.\nSecond line here.\nThird."
    blocks = mark_text(text, number_passages([Span(6, 23)]), [])
    assert [text_of(block.markup) for block in blocks] == ["First line here.\nSecond line here.", "Third."]


def test_the_use_of_a_passage_is_read_back_from_a_page() -> None:
    html = (
        '<p><a class="n" href="articles/2031/a%20b.html#c7" data-e="3">$1</a> <a href="articles/x.html#c9">x</a></p>'
        '<ol class="evidence"><li id="e5"><a href="articles/x.html#c9">in place</a></li></ol><a href="index.html#c1">no</a>'
    )
    assert read_uses([("deal_sizes", html), ("closed_loop", '<a href="articles/x.html#c9">x</a>')]) == {
        ("articles/2031/a b.html", 7): [Use("deal_sizes", "e3")],
        ("articles/x.html", 9): [Use("deal_sizes", "e5"), Use("closed_loop")],
    }


def test_no_page_is_called_like_a_device() -> None:
    assert article_page("2031/con").startswith("articles/2031/con-")
    assert article_page("LPT1.notes").startswith("articles/LPT1_notes-")
    assert (article_page("index"), article_page("console")) == ("articles/index.html", "articles/console.html")
