"""The explanation of a passage: what was seen, weighed and chosen."""

from pathlib import Path

import pytest

import corewatch
from corewatch.cli import run
from corewatch.errors import InputError

TEXT = "Rain fell on the hall.\n\nTamsel Computing borrowed $90 million from Orrin Bank. It had sales of $4 million.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "loan.txt"
    path.write_text(TEXT)
    return path


def test_a_passage_shows_spans_candidates_and_the_choice(article: Path) -> None:
    said = corewatch.explain(article, TEXT.index("$90"))
    assert "company 24-40 'Tamsel Computing': Tamsel Computing, named" in said
    assert "figure 50-61 '$90 million': money 90000000.0 to 90000000.0 USD" in said
    assert "payer of debt: Orrin Bank " in said
    assert "chosen: debt, Orrin Bank pays Tamsel Computing, closed, confidence 0." in said
    assert "deal_mentions: kind debt, payer Orrin Bank, payee Tamsel Computing" in said
    assert "$4 million" not in said


def test_a_passage_without_a_row_says_why(article: Path) -> None:
    said = corewatch.explain(article, TEXT.index("$4"))
    assert "nothing: it is too unlikely a deal, or nobody can be a party" in said
    assert "metric_mentions: company Tamsel Computing, metric revenue" in said


def test_without_an_offset_the_sentences_with_something_in_them_are_explained(article: Path) -> None:
    said = corewatch.explain(article)
    assert "Rain fell" not in said
    assert said.count("(text): ") == 2


def test_an_offset_outside_the_text_is_an_error(article: Path) -> None:
    with pytest.raises(InputError, match=r"offset 900 is not in the text, which has \d+ characters"):
        corewatch.explain(article, 900)


def test_a_folder_is_no_article(article: Path) -> None:
    article.with_name("other.txt").write_text("Nothing else.")
    with pytest.raises(InputError, match="one article can be explained at a time, 2 were read"):
        corewatch.explain(article.parent)


def test_the_command_says_the_same(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(article), str(TEXT.index("$90"))]) == 0
    assert capsys.readouterr().out.rstrip("\n") == corewatch.explain(article, TEXT.index("$90")).rstrip("\n")
    assert run(["explain", "nowhere.txt"]) == 1
    assert "corewatch: nowhere.txt: no such file or folder" in capsys.readouterr().err
