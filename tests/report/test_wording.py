"""Values in the words of a report."""

import pytest

from corewatch.report.wording import (
    Amount,
    approximate_word,
    counted,
    labels,
    listed,
    money,
    opening,
    period_label,
    period_words,
    plain,
    said,
    start_upper,
    three,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(4.2e9, 4.2e9, "USD"), "$4.2 billion"),
        (Amount(7e9, None, "USD"), "over $7 billion"),
        (Amount(None, 650e6, "USD"), "up to $650 million"),
        (Amount(3e9, 3e9, "USD", approx=True), "about $3 billion"),
        (Amount(38.0, 41.5, "USD"), "$38 to $41.50"),
        (Amount(1.1e9, 1.1e9, "EUR"), "€1.1 billion"),
        (Amount(9e8, 9e8, "SEK"), "SEK 900 million"),
        (Amount(2e9, 2e9, "USD", per="year"), "$2 billion a year"),
        (Amount(-3.5, -3.5, "%"), "−3.5%"),
        (Amount(-240e6, -240e6, "USD"), "−$240 million"),
        (Amount(1300.0, 1300.0, "MW"), "1.3 GW"),
        (Amount(90.0, None, "MW"), "over 90 MW"),
        (Amount(180000.0, None, "count"), "over 180,000"),
        (Amount(2019.0, 2019.0, "year"), "2019"),
        (Amount(None, None, "USD"), "not stated"),
    ],
)
def test_an_amount_keeps_the_bound_and_the_unit_of_its_source(amount: Amount, words: str) -> None:
    assert said(amount) == words


def test_an_amount_is_written_as_exactly_as_it_was_stated() -> None:
    assert money(1.2345e9, "USD") == "$1.2345 billion"
    assert money(1234567.0, "USD") == "$1.23457 million"
    assert money(999_999_999.9, "USD") == "$1 billion"
    assert money(4.6e9, "USD", short=True) == "$4.6 bn"


def test_a_computed_number_has_three_figures() -> None:
    assert three(0.2269) == "0.227"
    assert three(34.2857) == "34.3"
    assert money(8134567890.0, "USD", digits=3) == "$8.13 billion"


def test_a_tiny_or_huge_number_is_never_written_in_powers_of_ten() -> None:
    assert plain(0.00002) == "0.00002"
    assert plain(12345678.0) == "12,345,678"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no deals"), (1, "one deal"), (12, "twelve deals"), (13, "13 deals"), (1200, "1,200 deals")]
)
def test_things_are_counted_in_words_up_to_twelve(number: int, words: str) -> None:
    assert counted(number, "deal") == words


def test_a_list_ends_in_and_or_in_or_and_says_how_many_it_leaves_out() -> None:
    assert listed(["Loam and Sons"]) == "Loam and Sons"
    assert listed(["Loam and Sons", "Brack"], word="or") == "Loam and Sons or Brack"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C", "D", "E"], 3) == "A, B, C and 2 others"
    # One more than the limit is named rather than counted.
    assert listed(["A", "B", "C", "D"], 3) == "A, B, C and D"
    assert listed([]) == ""


def test_a_sentence_starts_with_a_capital_but_a_name_keeps_its_own() -> None:
    assert start_upper("share buyers") == "Share buyers"
    assert start_upper("xAI and Loam") == "xAI and Loam"


@pytest.mark.parametrize(
    ("period", "words", "label"),
    [
        ("2031", "2031", "2031"),
        ("2031-Q4", "the fourth quarter of 2031", "Q4 2031"),
        ("2031-H1", "the first half of 2031", "H1 2031"),
        ("2031-03", "March 2031", "March 2031"),
        ("2031-03-28", "28 March 2031", "28 March 2031"),
        (None, "a period that is not stated", "A period that is not stated"),
    ],
)
def test_a_period_is_said_in_a_sentence_and_short_in_a_table(period: str | None, words: str, label: str) -> None:
    assert period_words(period) == words
    assert period_label(period) == label


def test_an_article_is_called_by_its_file_without_a_hash_unless_two_would_be_called_the_same() -> None:
    assert labels(["010_0123456789abcdef", "011_fedcba9876543210"]) == {"010_0123456789abcdef": "010", "011_fedcba9876543210": "011"}
    assert labels(["a/x_01234567", "a/x_89abcdef"]) == {"a/x_01234567": "a/x_01234567", "a/x_89abcdef": "a/x_89abcdef"}
    assert labels(["march_news"]) == {"march_news": "march_news"}


def test_a_text_without_a_title_is_named_by_its_first_words() -> None:
    assert opening("one two three four", 3) == "one two three\u00a0…"
    assert opening("one two", 3) == "one two"


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("Quillon borrowed nearly ", "nearly"),
        ("It is worth Close to ", "close to"),
        ("a plant for roughly a ", "roughly"),
        ("valued at somewhere around ", "somewhere around"),
        ("The estimate is ", "about"),
        ("They nearly failed to raise ", "about"),
        ("the handsome ", "about"),
    ],
)
def test_how_a_source_says_that_a_number_is_not_exact(before: str, word: str) -> None:
    assert approximate_word(before) == word
