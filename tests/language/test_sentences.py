"""Where a sentence ends, and what part it plays on the page."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.sentences import find_sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orrin Inc. sold out. Its Corp. bonds fell.", ["Orrin Inc. sold out.", "Its Corp. bonds fell."]),
        ("It is No. 2 in Ghana. Mr. Abban, of J. K. Mills, agreed.", ["It is No. 2 in Ghana.", "Mr. Abban, of J. K. Mills, agreed."]),
        ("The U.S. navy paid $3.5 million. It left on Sept. 30.", ["The U.S. navy paid $3.5 million.", "It left on Sept. 30."]),
        ("“We are late.” She shrugged.", ["“We are late.”", "She shrugged."]),
        ('"Why now?" he asked.', ['"Why now?" he asked.']),
        ("The hall opened in Texas.The first guests came.", ["The hall opened in Texas.", "The first guests came."]),
        ("They see www.orrin.com daily. Node.js is old.", ["They see www.orrin.com daily.", "Node.js is old."]),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_one_is_over(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_line_break_ends_a_sentence_and_begins_a_paragraph() -> None:
    sentences = find_sentences("Mills close\nThe mills of Tema\nclose. All of them.")
    assert [sentence.paragraph for sentence in sentences] == [0, 1, 2, 2]


def test_headlines_datelines_items_and_furniture_have_their_part() -> None:
    text = (
        "Mills close in Tema\n\nACCRA, Feb 9 - The mills closed on Monday.\n- Two hundred jobs went.\n1. Next comes Takoradi.\n"
        "Share on X\nADVERTISEMENT\nThe owner wept."
    )
    assert [sentence.role for sentence in find_sentences(text)] == [
        "headline", "dateline", "text", "item", "item", "furniture", "furniture", "text",
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    sentences = find_sentences(text)
    covered = "".join(text[sentence.start : sentence.end] for sentence in sentences)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in sentences)
