"""What changed since the last edition, on its own page and on the first one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from view_tables import deal, metric, tables_of

from corewatch.reconcile.change_kinds import KINDS
from corewatch.reconcile.changes import find_changes
from corewatch.report.answers import answered, answers_of
from corewatch.report.changes_page import changes_page
from corewatch.report.editions import Edition, Since
from corewatch.report.fragments import plain_text
from corewatch.report.pages import write_pages
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
    return changes_page(answered(after), seen, SITE, Markup("<p>fold</p>"))


@pytest.fixture(scope="module")
def told() -> tuple[Tables, Tables]:
    """Two editions: growth by two articles, then other growth by one, and a loan."""
    return tables_of({"a": [GROWTH], "b": [GROWTH]}), tables_of({"c": [MORE], "d": [LOAN]})


def test_an_answer_has_its_sentence_number_bounds_and_confidence(told: Any) -> None:
    growth, sizes, loop = answers_of(told[0])
    assert growth["claim"] == "Lanternfield’s revenue rose 500% in 2030."
    assert growth["number"] == {
        "text": "+500%", "value": 500.0, "low": 500.0, "high": 500.0, "unit": "%", "mention_id": "a:m0.0",
    }  # fmt: skip
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
    assert '<a href="deals/orrin-lanternfield-debt-2bn.html">Deal</a>, <a href="articles/d.html#c0">Article d</a>' in html
    assert '<a href="articles/c.html">Article</a>' in html
    assert text.index("How fast does revenue grow?") < text.index("Orrin lent") < text.index("Article a is gone.")


def test_nothing_changed_and_a_first_edition_are_said_plainly(told: Any) -> None:
    before, _ = told
    nothing, first = (text_of(page(before, seen)) for seen in (since(before, before), None))
    assert "What changed since the last edition? Nothing changed. Compared with edition 20310101-abc" in nothing
    assert "This is the first edition. There is none before it to compare it with." in first


def numbers(html: str) -> list[tuple[str, str]]:
    """The numbers of the changes with where they lead."""
    shown = re.findall(r'<ul class="changes">.*?</ul>', str(html), re.DOTALL)
    return re.findall(r'<a class="n" href="([^"]*)"[^>]*>(.*?)</a>', "".join(shown))


def test_the_numbers_of_a_change_lead_to_their_passages_old_and_new() -> None:
    over = ("Orrin is to pay Lanternfield over $6 billion.", deal("Orrin", "Lanternfield", 6e9, None, figure="$6 billion"))
    exact = ("Orrin agreed to pay Lanternfield $6.4 billion.", deal("Orrin", "Lanternfield", 6.4e9, 6.4e9, figure="$6.4 billion"))
    before, after = tables_of({"a": [over], "b": [GROWTH]}), tables_of({"a": [over], "b": [MORE], "c": [("It rained.",), exact]})
    html = page(after, since(before, after))
    assert "the amount was over $6 billion and is $6.4 billion. Deal" in text_of(html)
    assert ("articles/a.html#c0", "over $6 billion") in numbers(html)
    assert ("articles/c.html#c11", "$6.4 billion") in numbers(html)
    # What article b said before it was edited stands nowhere any more; what it says now does.
    assert "The number is +737% and was +500%." in text_of(html)
    assert [one for one in numbers(html) if "%" in one[1]] == [
        ("articles/b.html#c0", "737%"), ("articles/b.html#c0", "+737%"), ("articles/b.html#c0", "737%"),
    ]  # fmt: skip
    assert 'data-e="1" data-q="737%" aria-describedby="e1">737%</a>' in html
    assert '<li id="e1"><q>Lanternfield grew <b>737%</b> in 2030.</q>' in html


def test_a_status_and_the_sides_of_a_contradiction_lead_to_who_says_so() -> None:
    planned = (
        "Orrin plans to pay Lanternfield $6.4 billion.",
        deal("Orrin", "Lanternfield", 6.4e9, 6.4e9, status="planned", figure="$6.4 billion"),
    )
    signed = ("Orrin signed to pay Lanternfield $6.4 billion.", deal("Orrin", "Lanternfield", 6.4e9, 6.4e9, figure="$6.4 billion"))
    more = ("Orrin is to pay Lanternfield $7.1 billion.", deal("Orrin", "Lanternfield", 7.1e9, 7.1e9, figure="$7.1 billion"))
    known = {"a": {"published": "2031-01-05"}, "b": {"published": "2031-02-05"}, "c": {"published": "2031-02-05"}}
    before, after = tables_of({"a": [planned]}, known), tables_of({"a": [planned], "b": [signed], "c": [more]}, known)
    html = page(after, since(before, after))
    found = numbers(html)
    assert ("articles/a.html#c0", "planned") in found
    assert ("articles/b.html#c0", "signed") in found
    assert ("articles/c.html#c0", "$7.1 billion") in found


def test_a_deal_that_is_told_no_more_has_no_link_for_its_amount(told: Any) -> None:
    before, after = told
    html = page(before, since(after, before))
    assert "Orrin lent Lanternfield $2 billion: no article tells it any more." in text_of(html)
    assert not any("$2 billion" in words for _, words in numbers(html))


def test_what_readers_saw_changes_no_other_page_and_no_number_of_an_item(told: Any, tmp_path: Path) -> None:
    # The pages of articles say where their passages are used, and are the same whatever was published before.
    before, after = told
    for name, seen in (("first", None), ("later", since(before, after))):
        write_pages(after, {}, SITE, Edition(since=seen), tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.html"))
    differ = [str(path) for path in files if (tmp_path / "first" / path).read_bytes() != (tmp_path / "later" / path).read_bytes()]
    assert differ == ["changes.html", "index.html"]
    # On the first page a change rests on a passage and its card; its items come after all others.
    first, later = ((tmp_path / name / "index.html").read_text() for name in ("first", "later"))
    assert not numbers(first)
    assert {words for _, words in numbers(later)} >= {"737%", "$2 billion"}
    items = [re.findall(r'<li id="e\d+">.*?</li>', html, re.DOTALL) for html in (first, later)]
    assert items[1][: len(items[0])] == items[0]


@pytest.mark.parametrize("what", KINDS)
def test_every_kind_of_change_is_counted_on_the_first_page(what: str) -> None:
    subject = {"document": "article given", "deal": "deal", "deals": "deal", "conflict": "contradiction", "metric": "measure"}
    said = summary([{"what": what}], [])
    assert said.startswith("One ")
    assert any(word in said for word in subject[what.partition("_")[0]].split())
