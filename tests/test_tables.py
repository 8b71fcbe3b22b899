"""The contract of the tables: what a frame may hold, and that every format gives it back."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

import corewatch
from corewatch.breaches import keeps_all
from corewatch.contract import CONTRACT
from corewatch.errors import ContractError, InputError
from corewatch.tables import FORMATS, Format, Tables, check, check_all, empty, frame, read_tables, records, schema, typed, write_tables

TEXT = 'He said "no", then:\r\n\tNA; null\r\n \u201c$5 billion\u201d, l\u2019an — 50 % <b>&amp;</b>\n'


def paper(text: str = TEXT) -> dict[str, object]:
    return {
        "doc_id": "a",
        "path": "a.txt",
        "sha256": "0" * 64,
        "title": "NA",
        "text": text,
        "n_chars": len(text),
        "n_words": len(text.split()),
    }


def figure(**changed: object) -> dict[str, object]:
    start = TEXT.index("$5 billion")
    row = {
        "figure_id": "a:f1",
        "doc_id": "a",
        "start": start,
        "end": start + 10,
        "text": "$5 billion",
        "kind": "money",
        "low": 5e9,
        "high": None,
    }
    return row | {"unit": "USD", "approx": False} | changed


def deal(**changed: object) -> dict[str, object]:
    row = {
        "deal_id": "x", "kind": "debt", "payer": None, "payee": "Null", "low": 1.0, "high": 2.0, "currency": "EUR", "through": 2031,
        "term_years": 2.5, "status": "closed", "n_documents": 1, "n_sources": 1, "n_mentions": 1,
        "join_confidence": 1.0, "agreed": True, "mention_id": "a:d1",
    }  # fmt: skip
    return row | changed


def tables(**rows: list[dict[str, object]]) -> Tables:
    return Tables(**{name: frame(name, rows.get(name, [])) for name in CONTRACT})


SMALL = tables(
    documents=[paper()],
    figures=[figure(), figure(figure_id="a:f2", low=0.1 + 0.2, high=1e22 / 3)],
    deals=[deal()],
)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_gives_the_same_tables_back(tmp_path: Path, fmt: Format) -> None:
    written = write_tables(SMALL, tmp_path, fmt)
    assert [path.name for path in written] == (["corewatch.duckdb"] if fmt == "duckdb" else [f"{name}.{fmt}" for name in CONTRACT])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    found = read_tables(tmp_path)
    for name, table in SMALL.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True)


def test_no_cell_of_a_csv_file_is_a_formula_and_every_cell_comes_back(tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://x.example")', "'=1+1", "-5%", "@SUM(A1)", "+1", "\t=1", "'tis"]
    nasty = tables(documents=[paper(text) | {"doc_id": text, "title": text} for text in texts], deals=[deal(payer="=Orrin", low=-1.0)])
    write_tables(nasty, tmp_path, "csv")
    with (tmp_path / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == [
        '\'=HYPERLINK("http://x.example")', "''=1+1", "'-5%", "'@SUM(A1)", "'+1", "'\t=1", "'tis",
    ]  # fmt: skip
    assert "'=Orrin,Null,-1.0,2.0," in (tmp_path / "deals.csv").read_text()
    found = read_tables(tmp_path)
    for name, table in nasty.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_text_that_is_a_query_is_a_text(tmp_path: Path, fmt: Format) -> None:
    texts = [
        "'; DROP TABLE documents; --",
        "\"); COPY documents TO 'x.csv'; (",
        "SELECT * FROM read_csv('/etc/passwd')",
        "$$; ATTACH 'y.db'; $$",
        "?1 :a",
    ]
    nasty = tables(documents=[paper(text) | {"doc_id": text, "path": text, "title": text} for text in texts], deals=[deal(payer=texts[0])])
    folder = tmp_path / "it's; DROP TABLE deals; --"
    write_tables(nasty, folder, fmt)
    found = read_tables(folder)
    for name, table in nasty.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert not {"x.csv", "y.db"} & {path.name for path in (*folder.iterdir(), *Path.cwd().iterdir())}


@pytest.mark.parametrize("fmt", ["parquet", "csv"])
def test_the_same_tables_are_the_same_bytes(tmp_path: Path, fmt: Format) -> None:
    first, second = write_tables(SMALL, tmp_path / "one", fmt), write_tables(SMALL, tmp_path / "two" / "deeper", fmt)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_table_is_exchanged_without_touching_the_others() -> None:
    assert SMALL.replace(figures=empty("figures")).figures.empty
    assert len(SMALL.figures) == 2


def test_tables_without_rows_keep_their_columns_and_types(tmp_path: Path) -> None:
    write_tables(tables(), tmp_path, "csv")
    found = read_tables(tmp_path)
    for name, rules in CONTRACT.items():
        assert list(found[name].columns) == list(rules)
        assert {column: str(dtype) for column, dtype in found[name].dtypes.items()} == {
            column: rule.dtype for column, rule in rules.items()
        }


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": "sum"}, "row 1, column kind: 'sum' was given; give one of money, percent, count, duration, power, multiple"),
        ({"unit": None}, "row 1, column unit: nothing was given; give a text"),
        ({"unit": ""}, "row 1, column unit: '' was given; give a text"),
        ({"start": -1}, "row 1, column start: -1 was given; give a whole number of at least 0"),
    ],
)
def test_a_cell_that_breaks_the_contract_is_named(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ContractError, match="table figures: a cell breaks the contract") as raised:
        check("figures", frame("figures", [figure(**changed)]))
    assert message in str(raised.value)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.data())
def test_what_plainly_keeps_the_contract_is_what_pandera_passes(data: st.DataObject) -> None:
    cells: dict[str, st.SearchStrategy[object]] = {
        "deal_id": st.sampled_from(("x", "y", "", None)),
        "kind": st.sampled_from(("debt", "rent")),
        "payer": st.sampled_from((None, "Null", "")),
        "currency": st.sampled_from((None, "EUR", "euro", "EUR\n")),
        "term_years": st.sampled_from((None, 0.0, -0.5, float("inf"), float("nan"))),
        "through": st.sampled_from((None, 1900, 2031, 2201)),
        "n_documents": st.sampled_from((0, 1, -1)),
        "join_confidence": st.sampled_from((0.0, 1.0, 1.5, None)),
    }
    # Few cells are other ones, so that many tables keep the contract.
    rows = [
        deal(deal_id=name) | {column: data.draw(values) for column, values in cells.items() if data.draw(st.integers(0, 15)) == 0}
        for name in ("x", "y")
    ]
    table = frame("deals", rows)
    try:
        schema("deals").validate(table, lazy=True)
        passed = True
    except SchemaErrors:
        passed = False
    # With a line end after it, a currency is none to us, and one to pandera's pattern.
    assert keeps_all(CONTRACT["deals"], table) == (passed and "EUR\n" not in set(table["currency"]))
    assert not keeps_all(CONTRACT["deals"], table.drop(columns="payer"))
    assert not keeps_all(CONTRACT["deals"], table.astype({"n_documents": "float64"}))


def test_ids_are_unique() -> None:
    with pytest.raises(ContractError, match="row 2, column figure_id: 'a:f1' was given; an earlier row has it already"):
        check("figures", frame("figures", [figure(), figure()]))


def test_a_missing_and_an_unknown_column_are_named() -> None:
    table = frame("figures", [figure()]).rename(columns={"unit": "units"})
    with pytest.raises(ContractError, match="table figures: without unit and with the unknown units"):
        typed("figures", table)


def test_a_column_of_another_type_is_named() -> None:
    with pytest.raises(ContractError, match="table figures, row 1, column start: 'here' was given; give a whole number of at least 0"):
        frame("figures", [figure(start="here")])


def test_evidence_that_is_not_its_passage_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    broken = tables(documents=[paper()], figures=[figure(text="$6 billion")])
    with pytest.raises(ContractError, match="table figures, row 1: text is not the text of a from"):
        check_all(broken)
    with pytest.raises(ContractError):
        write_tables(broken, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_table_is_named(tmp_path: Path) -> None:
    write_tables(SMALL, tmp_path)
    (tmp_path / "flows.parquet").unlink()
    with pytest.raises(InputError, match="no table flows"):
        read_tables(tmp_path)


def test_rows_and_tables_are_the_same_either_way() -> None:
    for name, table in SMALL.items():
        pd.testing.assert_frame_equal(frame(name, records(table)), table)
    assert records(SMALL.figures)[0]["high"] is None


def test_the_public_names_are_there_and_an_unknown_one_is_not() -> None:
    assert corewatch.read_tables is read_tables
    assert {"parse", "run_reports", "find_figures", "write_tables"} <= set(dir(corewatch))
    with pytest.raises(AttributeError, match="corewatch has no 'parze'"):
        _ = corewatch.parze
