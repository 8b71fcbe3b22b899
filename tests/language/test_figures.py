"""What a sentence states in figures, and what it does not."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.language.figures import figures_of

CASES = Path(__file__).parents[1] / "cases" / "figures.txt"
Expected = tuple[str, str, float | None, float | None, str, bool]


def _bound(cell: str) -> float | None:
    return None if cell == "-" else float(cell)


def _cases() -> list[tuple[str, list[Expected]]]:
    cases: list[tuple[str, list[Expected]]] = []
    for block in CASES.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        rows = [[cell.strip() for cell in line.split("|")] for line in lines[1:]]
        cases.append((lines[0], [(row[0], row[1], _bound(row[2]), _bound(row[3]), row[4], row[-1] == "~") for row in rows]))
    return cases


@pytest.mark.parametrize(("sentence", "expected"), _cases(), ids=[case[0][:60] for case in _cases()])
def test_a_sentence_states_these_figures_and_no_others(sentence: str, expected: list[Expected]) -> None:
    found = [(figure.text, figure.kind, figure.low, figure.high, figure.unit, figure.approx) for figure in figures_of(sentence)]
    assert found == expected


@pytest.mark.parametrize("row", ["7 8 9 ", "7 eight ", "1\t2\t", "0.1 0.2 "])
def test_a_long_row_of_numbers_states_nothing(row: str) -> None:
    assert figures_of(row * 1000) == []


WORDS = st.sampled_from(
    [
        "$",
        "€",
        "£",
        "US$",
        "12",
        "3.5",
        "1,200",
        "2024",
        "half",
        "a",
        "an",
        "one",
        "two",
        "twenty",
        "and",
        "or",
        "to",
        "-",
        "–",
        "bn",
        "m",
        "million",
        "dozen",
        "%",
        "percent",
        "point",
        "MW",
        "gigawatts",
        "year",
        "years",
        "dollars",
        "pence",
        "of",
        "the",
        "over",
        "up",
        "least",
        "at",
        "more",
        "than",
        "about",
        "shares",
        "data",
        "centers",
        ",",
        ".",
        "(",
        ")",
        "\n",
        "+",
        "x",
        "times",
        "double",
        "twice",
        "Series",
        "GPT",
        "'s",
        "½",
        "1/2",
        "between",
        "from",
        "respectively",
        "each",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join)))
def test_any_text_leaves_figures_in_order_that_are_slices_of_it_with_a_finite_bound(text: str) -> None:
    end = 0
    for figure in figures_of(text):
        assert figure.start >= end
        assert figure.outer_start <= figure.start < figure.end <= figure.outer_end
        assert text[figure.start : figure.end] == figure.text
        bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
        assert bounds
        assert all(math.isfinite(bound) for bound in bounds)
        end = figure.end


def test_the_words_that_bound_a_figure_are_outside_of_it_and_inside_its_outer_span() -> None:
    text = "They paid just over $10 billion for it."
    figure = figures_of(text)[0]
    assert figure.text == "$10 billion"
    assert text[figure.outer_start : figure.outer_end] == "just over $10 billion"


def test_a_note_in_thousands_raises_the_plain_sums_of_its_paragraph() -> None:
    figures = figures_of("Results (in thousands). Sales were $41,300 in the year.\n\nA share costs $12.")
    assert [figure.low for figure in figures] == [41_300_000, 12]
