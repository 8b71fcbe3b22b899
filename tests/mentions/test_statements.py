"""Statements: who said what, in marks or in the reporter's words, and what it says of the closed loop."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.reading import read_article
from corewatch.mentions.stance import read_stance
from corewatch.mentions.statements import find_statements

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "statements.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_statements_have_their_words_speaker_and_stance(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_statements(read_article("a", text))
    assert [[text[row.start : row.end], row.speaker or "", row.verbatim, row.stance or ""] for row in found] == case["statements"]


@pytest.mark.parametrize("marked", [",", " , ", "–", "..."])
def test_marks_around_no_word_quote_nothing(marked: str) -> None:
    assert find_statements(read_article("a", f"“{marked}” said Orla Brandt of Oracle.")) == []


def test_a_firms_own_words_are_affiliated_with_it() -> None:
    found = find_statements(read_article("a", "A spokesman for Oracle said: “We do not discuss customers.”"))
    assert [(row.speaker, row.affiliation) for row in found] == [(None, "Oracle")]


def test_a_speaker_has_the_firm_that_stands_beside_the_name() -> None:
    found = find_statements(read_article("a", "“The grid is full,” said Oisin Tarrant, head of research at Marchbank Securities."))
    assert [row.affiliation for row in found] == ["Marchbank Securities"]


@pytest.mark.parametrize("words", ["The hall opens in May", "We sell chairs", "Power is scarce"])
def test_most_words_say_nothing_of_the_loop(words: str) -> None:
    assert read_stance(words) is None


@given(st.text(alphabet="Ann Bow said that “It is.” Q:A, who he\n\"'", max_size=120))
def test_any_text_gives_statements_inside_it(text: str) -> None:
    for row in find_statements(read_article("a", text)):
        assert 0 <= row.start < row.end <= len(text)
        assert 0 <= row.confidence <= 1
