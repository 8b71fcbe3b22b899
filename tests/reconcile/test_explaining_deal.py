"""Why mentions are one deal, for an analyst."""

from pathlib import Path

import pytest
from tables_told import read
from told import Telling, deal

import corewatch
from corewatch.cli import run
from corewatch.errors import InputError
from corewatch.reconcile.explaining import explain_deal

SIGNED: Telling = (
    "Orrin agreed to pay Lanternfield $6.4 billion over four years.",
    [deal("compute", "Orrin", "Lanternfield", 6.4, "$6.4 billion", term_years=4.0)],
)
ROUNDED: Telling = ("The contract is worth over $6 billion.", [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None)])
VAGUE: Telling = ("Orrin is a customer.", [deal("compute", "Orrin", "Lanternfield")])
HEADLINE: Telling = ("Orrin invests $6.4 billion in Lanternfield.", [deal("equity", "Orrin", "Lanternfield", 6.4, "$6.4 billion")])


def test_a_deal_is_told_with_every_mention_the_rule_that_joined_it_and_its_words() -> None:
    said = explain_deal(read(("a", None, [ROUNDED]), ("b", None, [SIGNED]), ("c", None, [VAGUE])), "orrin-lanternfield-compute-6.4bn")
    assert said.splitlines() == [
        "orrin-lanternfield-compute-6.4bn: Orrin pays Lanternfield, compute, $6.4 billion, 4 years, signed",
        "  3 mentions, 3 documents, 3 independent sources; they agree; joined with a confidence of at least 0.74",
        "  b:d0.1, source b: Orrin pays Lanternfield, compute, $6.4 billion, 4 years, signed",
        "    its amount is used",
        "    “Orrin agreed to pay Lanternfield $6.4 billion over four years.”",
        "  a:d0.1, source a: Orrin pays Lanternfield, compute, over $6 billion, signed",
        "    joined to b:d0.1 (same_amount, 0.99): payer, payee and kind are the same, and the amounts can be one number",
        "    “The contract is worth over $6 billion.”",
        "  c:d0.1, source c: Orrin pays Lanternfield, compute, not stated, signed",
        "    joined to a:d0.1 (without_amount, 0.74): the only deal of these parties and kind",
        "    “Orrin is a customer.”",
        "  conflict of amount, rounding: a says over $6 billion: “The contract is worth over $6 billion.”; "
        "b says $6.4 billion: “Orrin agreed to pay Lanternfield $6.4 billion over four years.”. "
        "Rounded or bounded differently, they can be one number; $6.4 billion is used, the most precise.",
    ]


def test_one_mention_alone_is_told_without_a_word_of_joining() -> None:
    said = explain_deal(read(("a", None, [VAGUE])), "orrin-lanternfield-compute")
    assert said.splitlines()[1] == "  1 mention, 1 document, 1 independent source; they agree"
    assert "joined" not in said


def test_documents_that_disagree_are_told_with_the_contradiction() -> None:
    said = explain_deal(read(("a", None, [HEADLINE]), ("b", None, [SIGNED])), "orrin-lanternfield-compute-6.4bn")
    assert "2 independent sources; they disagree; joined with a confidence of at least 0.67" in said
    assert "  conflict of kind, material: a says equity: “Orrin invests" in said
    assert "(other_kind, 0.67): the parties and the amount are the same, though it is called something else" in said


def test_deals_of_the_same_parties_either_way_round_stand_beside_it() -> None:
    back: Telling = ("Lanternfield takes a stake of $1 billion in Orrin.", [deal("equity", "Lanternfield", "Orrin", 1)])
    other: Telling = ("Castor lends Lanternfield $2 billion.", [deal("debt", "Castor", "Lanternfield", 2)])
    said = explain_deal(read(("a", None, [SIGNED, back, other])), "orrin-lanternfield-compute-6.4bn")
    beside = [line for line in said.splitlines() if "another deal" in line]
    assert beside == [
        "  another deal of the same parties: lanternfield-orrin-equity-1bn, Lanternfield pays Orrin, equity, $1 billion, signed"
    ]


def test_an_offering_and_a_spending_plan_of_one_company_are_no_deals_of_the_same_parties() -> None:
    plan: Telling = ("Lanternfield will spend $3 billion.", [deal("capex", "Lanternfield", None, 3)])
    offering: Telling = ("Lanternfield will raise $1 billion.", [deal("ipo", None, "Lanternfield", 1)])
    assert "another deal" not in explain_deal(read(("a", None, [plan, offering])), "lanternfield-ipo-1bn")


def test_an_unknown_id_is_an_error_that_names_those_like_it() -> None:
    tables = read(("a", None, [SIGNED]))
    with pytest.raises(
        InputError, match=r"no deal has the id orrin-lanternfield-compute; did you mean orrin-lanternfield-compute-6\.4bn\?"
    ):
        explain_deal(tables, "orrin-lanternfield-compute")
    with pytest.raises(InputError, match="no deal has the id zzz; the table deals lists them"):
        explain_deal(tables, "zzz")


@pytest.mark.parametrize("fmt", ["parquet", "csv", "duckdb"])
def test_the_command_explains_a_deal_of_tables_and_of_articles(fmt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "loan.txt").write_text("Orrin Bank lent Tamsel Computing $90 million in May.\n")
    assert run(["parse", str(tmp_path / "news"), "--out", str(tmp_path / "tables"), "--format", fmt]) == 0
    capsys.readouterr()
    said = []
    for folder in ("tables", "news"):
        assert run(["explain", "deal", "orrin-bank-tamsel-computing-debt-90m", "--in", str(tmp_path / folder)]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == corewatch.explain_deal(corewatch.parse(tmp_path / "news"), "orrin-bank-tamsel-computing-debt-90m")
    assert said[0].splitlines() == [
        "orrin-bank-tamsel-computing-debt-90m: Orrin Bank pays Tamsel Computing, debt, $90 million, closed",
        "  1 mention, 1 document, 1 independent source; they agree",
        "  loan:d0, source loan: Orrin Bank pays Tamsel Computing, debt, $90 million, closed",
        "    its amount is used",
        "    “Orrin Bank lent Tamsel Computing $90 million in May.”",
    ]


def test_the_command_says_what_is_missing_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loan.txt").write_text("Orrin Bank lent Tamsel Computing $90 million in May.\n")
    assert run(["explain", "deal"]) == 2
    assert capsys.readouterr().err == "corewatch: explain deal needs the id of a deal, as in the table deals\n"
    assert run(["explain", "deal", "orrin-bank-tamsel", "--in", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == "corewatch: no deal has the id orrin-bank-tamsel; did you mean orrin-bank-tamsel-computing-debt-90m?\n"
    assert run(["explain", "deal", "x", "--in", str(tmp_path / "nowhere")]) == 1
    assert "no such file or folder" in capsys.readouterr().err
    assert run(["explain", str(tmp_path / "loan.txt"), "first"]) == 2
    assert "'first' is no offset" in capsys.readouterr().err
