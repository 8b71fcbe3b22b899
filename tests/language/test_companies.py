import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.language.article import Company, Sentence
from corewatch.language.companies import find_companies, find_main_company
from corewatch.language.sentences import find_sentences

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return loaded


def read(text: str) -> tuple[list[Sentence], list[Company]]:
    sentences = find_sentences(text)
    return sentences, find_companies(text, sentences)


@pytest.mark.parametrize("case", cases("company_names.toml"), ids=lambda case: case["why"])
def test_a_text_names_its_companies(case: dict[str, Any]) -> None:
    _, companies = read(case["text"])
    assert [company.name for company in companies if company.by_name] == case["names"]


@pytest.mark.parametrize("case", cases("stand_ins.toml"), ids=lambda case: case["why"])
def test_a_stand_in_is_the_company_that_it_stands_for(case: dict[str, Any]) -> None:
    _, companies = read(case["text"])
    assert [[company.text, company.name] for company in companies if not company.by_name] == case["stands"]


def test_a_segment_is_kept_beside_its_company() -> None:
    _, companies = read("Google Cloud grew faster than Azure.")
    assert [(company.name, company.segment) for company in companies] == [("Google", "Google Cloud"), ("Microsoft", "Azure")]


def test_roles_come_from_the_registry_the_name_and_the_text() -> None:
    _, companies = read("CoreWeave borrowed from Petrel Capital and from the insurer Mossvale.")
    roles = {company.name: company.roles for company in companies}
    assert "neocloud" in roles["CoreWeave"]
    assert "fund" in roles["Petrel Capital"]
    assert "insurer" in roles["Mossvale"]


def test_a_firm_named_only_as_an_employer_is_a_source() -> None:
    _, companies = read("“We shall see,” said Orla Brandt of Wexcombe Securities. Lambda fell 3%.")
    assert {company.name: "source" in company.roles for company in companies} == {"Wexcombe Securities": True, "Lambda": False}


def test_the_main_company_is_named_most_and_first() -> None:
    text = "Brandle Cloud raises a round\n\nBrandle Cloud raised $5 million from Lux Capital. Brandle Cloud rents boards from Nvidia."
    sentences, companies = read(text)
    assert find_main_company(sentences, companies) == "Brandle Cloud"


def test_a_text_without_companies_has_no_main_company() -> None:
    text = "Rain fell on the fair."
    sentences, companies = read(text)
    assert find_main_company(sentences, companies) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Nvidia", "Acme Capital", "it", "the company", "said", "Orla Brandt", "’s", ",", ".", "\n", "(", "“", "of", "&", "İ"]
        )
    )
)
def test_any_text_at_all_has_companies_in_order_with_their_own_words(words: list[str]) -> None:
    text = " ".join(words)
    _, companies = read(text)
    assert all(text[company.start : company.end] == company.text for company in companies)
    assert all(a.end <= b.start for a, b in pairwise(companies))
