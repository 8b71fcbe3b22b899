"""How clauses with amounts are read: cases as data, a sentence and what stands where in it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corewatch.language.article import Article
from corewatch.language.reading import read_article
from corewatch.mentions.amounts import noun_links
from corewatch.mentions.clauses import read_verbs
from corewatch.mentions.deal_reach import clause_of, governing
from corewatch.mentions.phrases import Item, read_phrases
from corewatch.mentions.terms import is_total, term_of, through_of

DATA: dict[str, list[dict[str, Any]]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "clauses.toml").read_text(encoding="utf-8"))


def sentence_of(text: str, amount: str) -> tuple[Article, list[Item], int]:
    """The article, the items of the sentence with the amount, and the amount's place among them."""
    article = read_article("doc", text)
    for phrase in read_phrases(article):
        for at, item in enumerate(phrase.items):
            if item.figure is not None and item.figure.text == amount:
                return article, phrase.items, at
    raise AssertionError(f"no figure {amount!r} in {text!r}")


@pytest.mark.parametrize("case", DATA["case"], ids=[case["name"] for case in DATA["case"]])
def test_an_amount_is_carried_by_this_verb(case: dict[str, Any]) -> None:
    article, items, at = sentence_of(case["text"], case["amount"])

    def said(place: int) -> str:
        return article.text[items[place].start : items[place].end].removesuffix("'s")

    verb = governing(items, at, read_verbs(items))[0][0]
    assert said(verb.at) == case["verb"]
    if "subject" in case:
        assert verb.subject is not None
        assert items[verb.subject].names == case["subject"] or said(verb.subject) == case["subject"]
    assert verb.passive is case.get("passive", verb.passive)
    for slot, words in case.get("slots", {}).items():
        assert [said(place) for place in verb.slots.get(slot, [])] == words
    if "links" in case:
        assert [items[link.at].lower for link in noun_links(items, at)] == case["links"]


@pytest.mark.parametrize("case", DATA["term"], ids=[f"{case['amount']} in {case['text'][:50]}" for case in DATA["term"]])
def test_an_amount_has_this_term(case: dict[str, Any]) -> None:
    article, items, at = sentence_of(case["text"], case["amount"])
    low, high = clause_of(items, at)
    start, end = items[low].start, items[high - 1].end
    figure = items[at].figure
    assert figure is not None
    assert term_of(article.text, items, at, low, high) == case.get("years")
    assert through_of(article.text, start, end, figure) == case.get("through")
    assert is_total(article.text[start:end].casefold(), figure.outer_start - start) is case.get("total", False)
