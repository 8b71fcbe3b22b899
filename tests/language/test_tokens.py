"""The words of a text and their places."""

from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.reading import read_article
from corewatch.language.tokens import find_tokens


def test_words_keep_their_hyphens_and_numbers_their_separators() -> None:
    words = [token.text for token in find_tokens("The U.S. GPU-backed loan isn’t $1,250.5, he said.")]
    assert words == ["The", "U.S.", "GPU-backed", "loan", "isn’t", "$", "1,250.5", ",", "he", "said", "."]


def test_what_is_matched_on_has_straight_apostrophes_and_hyphens() -> None:
    assert [token.lower for token in find_tokens("Abban’s Tema–Accra")][:2] == ["abban's", "tema"]


@given(st.text(max_size=200))
def test_tokens_are_slices_in_order_and_hold_all_that_is_no_white_space(text: str) -> None:
    tokens = find_tokens(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(text.split())


def test_an_article_is_read_with_everything_in_it() -> None:
    article = read_article("one", "“We paid $4 million,” said Ama Abban of Orrin Foods on March 3, 2025.", published="2025-03-04")
    assert [figure.text for figure in article.figures] == ["$4 million"]
    assert [period.iso for period in article.periods] == ["2025-03-03"]
    assert len(article.quotations) == len(article.sentences) == 1
