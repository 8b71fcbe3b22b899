"""Periods: what a text names, and which ISO period it means."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.article import Sentence
from corewatch.language.periods import find_periods

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "periods.toml").read_text("utf-8"))["case"]


def sentences_of(text: str) -> list[Sentence]:
    found, at = [], 0
    for part in text.split(". "):
        found.append(Sentence(at, at + len(part), 0, "text"))
        at += len(part) + 2
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_periods_are_found_and_dated(case: dict[str, Any]) -> None:
    found = find_periods(case["text"], sentences_of(case["text"]), case.get("published"))
    assert [[case["text"][period.start : period.end], period.iso] for period in found] == case["periods"]


def dated(text: str, published: str | None) -> list[str]:
    return [period.iso for period in find_periods(text, sentences_of(text), published)]


def test_the_day_of_issue_goes_before_a_date_in_the_text() -> None:
    assert dated("LYON, 4 May 2024. It shut on 3 March.", "2025-06-02") == ["2024-05-04", "2025-03-03"]


def test_a_date_in_the_first_lines_dates_a_text() -> None:
    assert dated("Alder shuts a hall\n\nLYON, 4 May 2024. It shut on 3 March.", None) == ["2024-05-04", "2024-03-03"]


def test_a_day_of_a_text_without_a_year_has_no_date() -> None:
    assert dated("It shut on 3 March, a Wednesday.", None) == []


@given(st.text(alphabet=st.sampled_from(list("JunMarchQ1234 of20fiscalquarter,.-'FYyear'H")), max_size=80))
def test_any_text_gives_periods_in_order_that_do_not_overlap(text: str) -> None:
    found = find_periods(text, [Sentence(0, len(text), 0, "text")], "2025-06-01")
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    assert all(0 <= period.start < period.end <= len(text) for period in found)
