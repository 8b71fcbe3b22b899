"""People: whom a text names, under which full name, and with which firm."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.people import find_people
from corewatch.language.reading import read_article
from corewatch.language.sentences import find_sentences

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "people.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_people_are_told_from_firms_and_places(case: dict[str, Any]) -> None:
    found = read_article("a", case["text"]).people
    assert [[person.text, person.name, person.affiliation or ""] for person in found] == case["people"]


@given(st.text(alphabet="Ann Bow said, who “”'.-É\n", max_size=80))
def test_any_text_gives_people_that_are_its_words_in_order(text: str) -> None:
    found = find_people(text, find_sentences(text), [])
    assert [person.text for person in found] == [text[person.start : person.end] for person in found]
    assert all(left.end <= right.start for left, right in pairwise(found))
