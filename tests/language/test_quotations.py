"""What stands between quotation marks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.language.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We pay,” she said. “They don’t.”", ["We pay,", "They don’t."]),
        ('"It\'s late," said Abban, "and dark."', ["It's late,", "and dark."]),
        ("‘The lenders’ terms are odd,’ he said.", ["The lenders’ terms are odd,"]),
        ("The mill's owner said the workers' pay isn't due.", []),
        ("“He said ‘never’ to me,” she said.", ["He said ‘never’ to me,"]),
        ("“It began well.\n\n“It ended badly,” he said.", ["It began well.", "It ended badly,"]),
        ("«Non», he wrote.", ["Non"]),
        ('A 12" disc and nothing more.', []),
    ],
)
def test_marks_quote_and_apostrophes_do_not(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab .,\n\"'“”‘’«»s", max_size=120))
def test_quotations_are_in_order_and_do_not_overlap(text: str) -> None:
    quotations = find_quotations(text)
    assert all(0 <= q.start <= q.end <= len(text) for q in quotations)
    assert all(a.end <= b.start for a, b in itertools.pairwise(quotations))
