"""What an analyst put right, and what becomes of each line."""

from pathlib import Path
from typing import Any

import pytest
from pandas import DataFrame
from told import deal, metric, tell

from corewatch.errors import CorrectionError
from corewatch.reconcile.correction_lines import Line
from corewatch.reconcile.corrections import apply_corrections, read_corrections
from corewatch.tables import empty, frame, records

HEADER = "doc_id,table,start,end,action,field,value,reason,row,passage"
SENTENCE = "Orrin pays Lanternfield $6 billion and borrows $2 billion."


def article() -> tuple[DataFrame, dict[str, DataFrame]]:
    stated = [
        deal("compute", "Orrin", "Lanternfield", 6, "$6 billion", status="talks"),
        deal("debt", None, "Orrin", 2, "$2 billion"),
        metric("Orrin", "employees", 1300.0, "count"),
    ]
    papers, deals, metrics = tell(("a", None, [(SENTENCE, stated), ("The end.", [])]))
    place = {
        "figure_id": "a:f24",
        "doc_id": "a",
        "start": 24,
        "end": 34,
        "text": "$6 billion",
        "kind": "money",
        "low": 6e9,
        "high": 6e9,
        "unit": "USD",
    }
    figures = frame("figures", [place])
    mentions = {
        "figures": figures,
        "deal_mentions": deals,
        "metric_mentions": metrics,
        "relations": empty("relations"),
        "statements": empty("statements"),
    }
    return papers, mentions


def lines_of(folder: Path, *lines: str, header: str = HEADER) -> list[Line]:
    (folder / "corrections.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return read_corrections([folder])


def corrected(folder: Path, *lines: str) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    papers, mentions = article()
    after, told = apply_corrections(mentions, papers, lines_of(folder, *lines))
    return {name: records(table) for name, table in after.items()}, records(told)


def test_a_changed_column_has_its_value_and_the_row_its_reason(tmp_path: Path) -> None:
    after, told = corrected(tmp_path, "a,deal_mentions,0,58,change,status,signed,the contract is signed,kind=compute,")
    first, second = after["deal_mentions"]
    assert (first["status"], first["corrected"]) == ("signed", "the contract is signed")
    assert (second["status"], second["corrected"]) == ("signed", None)
    assert [(row["outcome"], row["detail"]) for row in told] == [("applied", "status was talks")]


def test_a_semicolon_in_a_reason_does_not_make_two_of_it(tmp_path: Path) -> None:
    lines = (
        "a,deal_mentions,0,58,change,status,closed,paid; in full,kind=compute,",
        "a,deal_mentions,0,58,change,approx,true,paid; in full,kind=compute,",
    )
    after, _ = corrected(tmp_path, *lines)
    assert after["deal_mentions"][0]["corrected"] == "paid, in full"


def test_nothing_is_changed_in_place(tmp_path: Path) -> None:
    papers, mentions = article()
    before = {name: table.copy() for name, table in mentions.items()}
    apply_corrections(mentions, papers, lines_of(tmp_path, "a,deal_mentions,0,58,drop,,,wrong,kind=debt,"))
    assert all(before[name].equals(mentions[name]) for name in before)


def test_a_dropped_row_is_gone(tmp_path: Path) -> None:
    after, _ = corrected(tmp_path, "a,deal_mentions,0,58,drop,,,no deal,low=2000000000,")
    assert [row["kind"] for row in after["deal_mentions"]] == ["compute"]


def test_lines_with_one_label_add_one_row_with_its_words_its_figure_and_certainty(tmp_path: Path) -> None:
    after, told = corrected(
        tmp_path,
        "a,deal_mentions,0,58,add,kind,equity,shares too,new 1,",
        "a,deal_mentions,0,58,add,payer,Orrin,shares too,new 1,",
        "a,deal_mentions,0,58,add,payee,Castor,shares too,new 1,",
        "a,deal_mentions,0,58,add,low,6000000000,shares too,new 1,",
        "a,deal_mentions,0,58,add,high,6000000000,shares too,new 1,",
        "a,deal_mentions,0,58,add,status,signed,shares too,new 1,",
    )
    added = after["deal_mentions"][-1]
    assert (added["mention_id"], added["evidence"], added["figure_id"], added["confidence"]) == ("a:d0", SENTENCE, "a:f24", 1.0)
    assert (added["corrected"], added["is_total"], added["term_years"]) == ("shares too", False, None)
    assert {row["outcome"] for row in told} == {"applied"}


def test_a_corrected_passage_cuts_its_words_anew(tmp_path: Path) -> None:
    after, _ = corrected(tmp_path, "a,metric_mentions,0,58,change,end,34,only the first half,,")
    assert after["metric_mentions"][0]["evidence"] == "Orrin pays Lanternfield $6 billion"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("a,deal_mentions,0,58,change,status,talks,so it is,kind=compute,", "without_effect"),
        ("a,relations,0,58,drop,,,nobody said so,,", "without_effect"),
        ("a,relations,0,58,change,target,Castor,not read,,", "stale"),
        ("a,deal_mentions,0,580,drop,,,beyond the end,,", "stale"),
        ("b,deal_mentions,0,58,drop,,,no such document,,", "stale"),
        ('a,deal_mentions,0,58,drop,,,the text is new,kind=debt,"Orrin pays Castor $6 billion and borrows $2 billion."', "stale"),
        ("a,deal_mentions,50,67,drop,,,moved,kind=debt,The end.", "stale"),
    ],
)
def test_a_line_that_does_nothing_says_so(tmp_path: Path, line: str, outcome: str) -> None:
    papers, mentions = article()
    after, told = apply_corrections(mentions, papers, lines_of(tmp_path, line))
    assert list(told["outcome"]) == [outcome]
    assert all(after[name].equals(mentions[name]) for name in mentions)


def test_the_words_say_where_a_moved_passage_stands_now(tmp_path: Path) -> None:
    _, told = corrected(tmp_path, "a,deal_mentions,0,8,drop,,,moved,,The end.")
    assert told[0]["detail"] == "the words now stand at 59 to 67; correct start and end"


def test_a_row_that_was_read_already_is_not_added_again(tmp_path: Path) -> None:
    after, told = corrected(
        tmp_path, *[f"a,deal_mentions,0,58,add,{cell},known,new 1," for cell in ("kind,debt", "payee,Orrin", "status,signed")]
    )
    assert len(after["deal_mentions"]) == 2
    assert {row["outcome"] for row in told} == {"without_effect"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a,deals,0,58,drop,,,x,,", "there is no table 'deals' to correct"),
        ("a,deal_mentions,0,58,remove,,,x,,", "'remove' is no action"),
        ("a,deal_mentions,58,0,drop,,,x,,", "is no passage"),
        ("a,deal_mentions,zero,58,drop,,,x,,", "is no passage"),
        ("a,deal_mentions,0,58,change,colour,red,x,,", "has no column 'colour'"),
        ("a,deal_mentions,0,58,change,deal_id,other,x,,", "has no column 'deal_id'"),
        ("a,deal_mentions,0,58,change,status,rumoured,x,,", "it is one of talks"),
        ("a,deal_mentions,0,58,change,low,six billion,x,,", "it is a number"),
        ("a,deal_mentions,0,58,change,approx,perhaps,x,,", "it is true or false"),
        ("a,deal_mentions,0,58,change,kind,,x,,", "it has to have a value"),
        ("a,deal_mentions,0,58,change,,signed,x,,", "no field"),
        ("a,deal_mentions,0,58,drop,,,x,debt,", "'debt' is no condition"),
        ("a,deal_mentions,0,58,drop", "fewer cells than columns"),
        ("a,deal_mentions,0,58,drop,,,x, y, z,,", "more cells than columns"),
        (",deal_mentions,0,58,drop,,,x,,", "no doc_id"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=message) as raised:
        lines_of(tmp_path, line)
    assert str(raised.value).startswith(f"{tmp_path / 'corrections.csv'}, line 2: ")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    header = "doc_id,table,start,end,action,field,value,reason\n"
    (tmp_path / "corrections.csv").write_bytes((header + "a,figures,0,5,drop,,,déjà vu\n").encode("latin-1"))
    with pytest.raises(CorrectionError, match="byte 0xe9 is not UTF-8; save the file as UTF-8"):
        read_corrections([tmp_path])


def test_a_file_without_its_columns_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="line 1: no column reason and an unknown column why"):
        lines_of(tmp_path, header="doc_id,table,start,end,action,field,value,why")


def test_two_rows_that_could_be_meant_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"2 rows stand on the passage .*; say which in the column row"):
        corrected(tmp_path, "a,deal_mentions,0,58,drop,,,one of them,,")


def test_an_added_row_that_lacks_something_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="an added row of relations needs relation"):
        corrected(tmp_path, "a,relations,0,58,add,source,Orrin,a tie,new 1,", "a,relations,0,58,add,target,Castor,a tie,new 1,")


def test_the_optional_columns_may_be_left_out_and_a_single_file_takes_its_own_lines(tmp_path: Path) -> None:
    header = HEADER.removesuffix(",row,passage")
    assert len(lines_of(tmp_path, "a,deal_mentions,0,58,drop,,,x", "b,deal_mentions,0,58,drop,,,x", header=header)) == 2
    (tmp_path / "b.txt").write_text("text")
    assert [line.doc_id for line in read_corrections([tmp_path / "b.txt"])] == ["b"]


def test_the_example_in_the_docs_can_be_read_and_its_passages_are_there(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    block = (root / "docs" / "corrections.md").read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    header, *lines = block.splitlines()
    text = (root / "tests" / "examples" / "orrin_signs.txt").read_text(encoding="utf-8")
    read = lines_of(tmp_path, *lines, header=header)
    assert len(read) == 5
    assert [text[line.start : line.end] for line in read if line.passage] == [line.passage for line in read if line.passage]
    assert text[read[0].start : read[0].end] == text.splitlines()[0]
