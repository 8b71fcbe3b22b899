"""What changed since the last edition, on its own page and on the first one."""

import json
import re
from typing import Any

import pytest
from markupsafe import Markup
from view_tables import deal, metric, tables_of

from corewatch.reconcile.change_kinds import KINDS
from corewatch.reconcile.changes import find_changes
from corewatch.report.answers import answers_of
from corewatch.report.changes_page import changes_page
from corewatch.report.editions import Since
from corewatch.report.fragments import plain_text
from corewatch.report.reading import Reading
from corewatch.report.shell import Site
from corewatch.report.telling_changes import summary
from corewatch.report.views.index import index_body
from corewatch.tables import Tables, records

GROWTH = ("Lanternfield grew 500% in 2030.", metric("Lanternfield", "revenue_growth", 500, 500, period="2030", figure="500%"))
MORE = ("Lanternfield grew 737% in 2030.", metric("Lanternfield", "revenue_growth", 737, 737, period="2030", figure="737%"))
LOAN = ("Orrin lent Lanternfield $2 billion.", deal("Orrin", "Lanternfield", 2e9, 2e9, kind="debt", status="closed", figure="$2 billion"))
SITE = Site(("revenue_growth", "deal_sizes", "closed_loop"), "Edition of 2031.")


def since(before: Tables, after: Tables) -> Since:
    """What readers saw, as it comes back from a file."""
    answers = json.loads(json.dumps(answers_of(before)))
    return Since("20310101-abc", json.loads(json.dumps(records(find_changes(before, after)))), answers)


def text_of(html: str) -> str:
    """What a reader sees of a page, in one line."""
    main = re.sub(r".*<main[^>]*>|</main>.*", "", str(html), flags=re.DOTALL)
    return " ".join(plain_text(Markup(main)).split())  # noqa: S704  # only read


def page(after: Tables, seen: Since | None) -> str:
    return changes_page(Reading(after), answers_of(after), seen, SITE, Markup("<p>fold</p>"))


@pytest.fixture(scope="module")
def told() -> tuple[Tables, Tables]:
    """Two editions: growth by two articles, then other growth by one, and a loan."""
    return tables_of({"a": [GROWTH], "b": [GROWTH]}), tables_of({"c": [MORE], "d": [LOAN]})


def test_an_answer_has_its_sentence_number_bounds_and_confidence(told: Any) -> None:
    growth, sizes, loop = answers_of(told[0])
    assert growth["claim"] == "Lanternfield’s revenue rose 500% in 2030."
    assert growth["number"] == {"text": "+500%", "value": 500.0, "low": 500.0, "high": 500.0, "unit": "%"}
    assert growth["confidence"] == {"word": "High confidence", "note": "2 of 2 articles agree"}
    assert growth["articles"] == {"speak": 2, "read": 2}
    assert (sizes["report"], sizes["number"]["value"]) == ("deal_sizes", None)
    assert [(one["thesis"], one["verdict"]) for one in loop["verdicts"]] == [(name, "undetermined") for name in ("H1", "H2a", "H2b", "H3")]
    assert json.loads(json.dumps([growth, sizes, loop])) == [growth, sizes, loop]


def test_the_first_page_says_under_each_answer_what_the_last_edition_said(told: Any) -> None:
    before, after = told
    text = text_of(index_body(after, None, since(before, after)))
    assert "Was +500%, from two articles in the last edition." in text
    assert "Was 0 in the last edition." in text
    assert text_of(index_body(before)).count("First edition.") == 3
    same = text_of(index_body(before, None, since(before, before)))
    assert same.count("Unchanged since the last edition.") == 3
    assert "What changed Nothing changed." in same


def test_the_page_of_changes_has_answers_first_and_then_the_largest_with_links(told: Any) -> None:
    before, after = told
    html = page(after, since(before, after))
    text = text_of(html)
    assert "Compared with edition 20310101-abc" in text
    assert "How fast does revenue grow? Lanternfield’s revenue rose 737% in 2030. The number is +737% and was +500%. Report" in text
    assert "Orrin lent Lanternfield $2 billion: new, from article d. Deal, Article d" in text
    assert '<a href="deals/orrin-lanternfield-debt-2bn.html">Deal</a>, <a href="articles/d.html">Article d</a>' in html
    assert '<a href="articles/c.html">Article</a>' in html
    assert text.index("How fast does revenue grow?") < text.index("Orrin lent") < text.index("Article a is gone.")


def test_nothing_changed_and_a_first_edition_are_said_plainly(told: Any) -> None:
    before, _ = told
    nothing, first = (text_of(page(before, seen)) for seen in (since(before, before), None))
    assert "What changed since the last edition? Nothing changed. Compared with edition 20310101-abc" in nothing
    assert "This is the first edition. There is none before it to compare it with." in first


def test_what_readers_saw_changes_no_link_to_a_passage(told: Any) -> None:
    # The pages of articles say where their passages are used, and are the same whatever was published before.
    before, after = told
    seen = since(before, after)
    for html in (page(after, seen), str(index_body(after, None, seen))):
        assert '"articles/d.html"' in html
    links = [re.findall(r'href="(articles/[^"]*#c[^"]*)"', str(index_body(after, None, one))) for one in (None, seen)]
    assert links[0] == links[1]


@pytest.mark.parametrize("what", KINDS)
def test_every_kind_of_change_is_counted_on_the_first_page(what: str) -> None:
    subject = {"document": "article given", "deal": "deal", "deals": "deal", "conflict": "contradiction", "metric": "measure"}
    said = summary([{"what": what}], [])
    assert said.startswith("One ")
    assert any(word in said for word in subject[what.partition("_")[0]].split())
