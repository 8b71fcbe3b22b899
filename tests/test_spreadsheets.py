"""No text becomes a formula, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.spreadsheets import harmless, original


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1 (555) 0100", "'+1 (555) 0100"),
        ("-5%", "'-5%"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\rOrrin", "'\rOrrin"),
        ("\n =1+1", "'\n =1+1"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
    ],
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str, cell: str) -> None:
    assert harmless(text) == cell
    assert original(cell) == text


@pytest.mark.parametrize("text", ["", "'", "''", "’tis", "'tis", "up 5% = more", "$5 billion", "\n\nOrrin signs", "–5%", " "])
def test_any_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == original(text) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝a1", max_size=8) | st.text())
def test_every_text_comes_back(text: str) -> None:
    assert original(harmless(text)) == text
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@"))
