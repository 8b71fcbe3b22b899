"""The tables as data frames: made, checked, written and read.

In: data frames made by the stages, or a folder of tables on disk.
Out: the same frames with their columns in order and typed, or a `ContractError` that names the table, the column and the row.

Judgement made here: columns that are not in the contract are refused, so that a misspelt one is found at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from corewatch.breaches import breaches, keeps_all, untyped
from corewatch.contract import CONTRACT, EVIDENCE, Column
from corewatch.errors import ContractError, InputError
from corewatch.spreadsheets import harmless, original

if TYPE_CHECKING:
    import pandera.pandas as pa

Format = Literal["parquet", "csv", "duckdb"]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "duckdb")


@dataclass(frozen=True)
class Tables:
    """Every table of the contract, as pandas data frames; `tables.deals` and `tables["deals"]` are the same."""

    documents: pd.DataFrame
    figures: pd.DataFrame
    deal_mentions: pd.DataFrame
    deals: pd.DataFrame
    metric_mentions: pd.DataFrame
    metrics: pd.DataFrame
    relations: pd.DataFrame
    statements: pd.DataFrame
    conflicts: pd.DataFrame
    flows: pd.DataFrame
    rejected: pd.DataFrame
    corrections: pd.DataFrame

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and frame of every table, in the order of the contract."""
        return ((field.name, self[field.name]) for field in fields(self))

    def replace(self, **frames: pd.DataFrame) -> Tables:
        """The same tables with some exchanged; nothing is changed in place."""
        return replace(self, **frames)


def empty(name: str) -> pd.DataFrame:
    """A table without rows, with its columns typed."""
    return blank(name).copy()


@cache
def blank(name: str) -> pd.DataFrame:
    """The table without rows that `empty` copies; it took 8 ms to make, and a reading makes dozens."""
    return pd.DataFrame({column: pd.Series(dtype=rule.dtype) for column, rule in CONTRACT[name].items()})


def frame(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows as a table with its columns in order and typed; a column that no row has is null (false for a flag)."""
    return typed(name, pd.DataFrame.from_records(rows, columns=list(CONTRACT[name]))) if rows else empty(name)


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with its columns in the contract's order and dtypes; raises `ContractError` where a column is missing or strange."""
    rules = CONTRACT[name]
    if [(column, str(dtype)) for column, dtype in table.dtypes.items()] == [(column, rule.dtype) for column, rule in rules.items()]:
        return table.reset_index(drop=True)
    missing = [column for column in rules if column not in table.columns]
    strange = [column for column in table.columns if column not in rules]
    if missing or strange:
        said = [f"without {', '.join(missing)}"] * bool(missing) + [f"with the unknown {', '.join(strange)}"] * bool(strange)
        raise ContractError(f"table {name}: {' and '.join(said)}; its columns are {', '.join(rules)}")
    cells = {}
    for column, rule in rules.items():
        cell = table[column]
        if rule.dtype == "bool":
            cell = cell.astype("object").where(cell.notna(), False)
        try:
            cells[column] = cell.astype(rule.dtype)
        except (TypeError, ValueError) as error:
            wrong = untyped(column, rule, table[column])
            raise ContractError(f"table {name}, {wrong or f'column {column}: not {rule.dtype} ({error})'}") from error
    return pd.DataFrame(cells).reset_index(drop=True)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries in which null is None; `frame(name, records(table))` is the table again."""
    # Column by column: pandas' own way, by a table of objects, took 1.7 to 5 times as long, by the table, and reconciling is made of this.
    names = [str(column) for column in table.columns]
    cells = [plain_cells(column) for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def plain_cells(column: pd.Series) -> list[Any]:
    """A column's cells as Python has them, null as None."""
    cells, dtype = column.tolist(), column.dtype
    if dtype == "str" or dtype == "float64":
        # Only "not a number" differs from itself. To ask pandas which cells are null took up to twenty times as long.
        return [None if cell != cell else cell for cell in cells]
    if dtype in ("int64", "bool"):
        return cells
    return [None if gone else cell for cell, gone in zip(cells, column.isna().tolist(), strict=True)] if column.hasnans else cells


@cache
def schema(name: str) -> pa.DataFrameSchema:
    """The table's pandera schema; pandera is loaded here, because its import takes longer than a small parse."""
    import pandera.pandas as pa

    def column(rule: Column) -> pa.Column:
        checks = []
        if rule.values:
            checks.append(pa.Check.isin(rule.values))
        if rule.pattern:
            checks.append(pa.Check.str_matches(f"^(?:{rule.pattern})$"))
        if rule.least is not None:
            checks.append(pa.Check.ge(rule.least))
        if rule.most is not None:
            checks.append(pa.Check.le(rule.most))
        if rule.dtype == "str":
            checks.append(pa.Check(lambda cell: cell.str.len() > 0, error="an empty text, which should be null"))
        return pa.Column(rule.dtype, checks, nullable=rule.nullable, unique=rule.unique)

    return pa.DataFrameSchema({title: column(rule) for title, rule in CONTRACT[name].items()}, strict=True, ordered=True)


def check(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is, if it keeps to its contract; raises `ContractError` that names the first cells that do not."""
    # Nearly always, and seen without pandera, whose import and checks took 2 s of each kernel's start.
    if keeps_all(CONTRACT[name], table):
        return table
    import pandera.errors

    try:
        schema(name).validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        found = list(breaches(CONTRACT[name], table))
        cells = "a cell breaks" if len(found) == 1 else f"{len(found)} cells break"
        said = "; ".join(map(str, found[:3])) or "its columns are not of the types in corewatch.contract.CONTRACT"
        raise ContractError(f"table {name}: {cells} the contract: {said}") from error
    return table


def check_all(tables: Tables) -> Tables:
    """All tables as they are, if each keeps to its contract and every passage is exactly the words of its document."""
    for name, table in tables.items():
        check(name, table)
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    for name, words in EVIDENCE.items():
        rows = zip(*(tables[name][column] for column in ("doc_id", "start", "end", words)), strict=True)
        for number, (doc_id, start, end, said) in enumerate(rows, start=1):
            if texts.get(doc_id, "")[start:end] != said:
                raise ContractError(f"table {name}, row {number}: {words} is not the text of {doc_id} from {start} to {end}")
    return tables


def write_tables(tables: Tables, folder: str | Path, fmt: Format = "parquet") -> list[Path]:
    """Write every table to `folder`, checked first; returns the files in the contract's order.

    `parquet` and `csv` are one file a table; `duckdb` is one file `corewatch.duckdb` with a table each. The same tables give the same
    bytes in parquet and csv; DuckDB writes a random number and checksums into its file, so that only its content is the same.
    In csv a text that a spreadsheet would calculate has an apostrophe before it (`corewatch.spreadsheets`), which `read_tables` takes away.
    Raises `ContractError` before anything is written.
    """
    check_all(tables)
    return write_frames(dict(tables.items()), folder, fmt, "corewatch")


def write_frames(frames: Mapping[str, pd.DataFrame], folder: str | Path, fmt: Format, store: str) -> list[Path]:
    """Write frames by their names, unchecked; `store` names the one file of DuckDB. Each file is in place only when it is whole."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if fmt == "duckdb":
        return [_write_duckdb(frames, folder / f"{store}.duckdb")]
    written = []
    for name, table in frames.items():
        path = folder / f"{name}.{fmt}"
        aside = path.with_name(f".{path.name}.part")
        if fmt == "parquet":
            table.to_parquet(aside, engine="pyarrow", index=False, compression="zstd")
        else:
            cells(table, harmless).to_csv(aside, index=False, lineterminator="\n")
        aside.replace(path)
        written.append(path)
    return written


def read_tables(folder: str | Path) -> Tables:
    """Read a folder that `write_tables` wrote, in whichever format; every table is checked on the way in.

    Of a table in several formats the parquet file is read, else the csv file, else DuckDB's.

    Raises `InputError` where a table is missing and `ContractError` where one does not keep to its contract.
    """
    found = {name: _read_table(Path(folder), name) for name in CONTRACT}
    return check_all(Tables(**found))


def _read_table(folder: Path, name: str) -> pd.DataFrame:
    parquet, csv, duck = folder / f"{name}.parquet", folder / f"{name}.csv", folder / "corewatch.duckdb"
    if parquet.exists():
        return typed(name, pd.read_parquet(parquet, engine="pyarrow"))
    if csv.exists():
        dtypes = {column: rule.dtype for column, rule in CONTRACT[name].items()}
        table = pd.read_csv(csv, dtype=dtypes, keep_default_na=False, na_values=[""], lineterminator="\n")
        return typed(name, cells(table, original))
    if duck.exists():
        return _read_duckdb(duck, name)
    raise InputError(
        f"{folder}: no table {name} (.parquet, .csv or corewatch.duckdb); make the folder with `corewatch parse INPUT --out {folder}`"
    )


def cells(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """The table with every text in it changed; other cells and null stay."""
    changed = {
        column: table[column].map(lambda cell: change(cell) if isinstance(cell, str) else cell).astype(table[column].dtype)
        for column in table.columns
        if pd.api.types.is_string_dtype(table[column].dtype) or pd.api.types.is_object_dtype(table[column].dtype)
    }
    return table.assign(**changed)


def _write_duckdb(frames: Mapping[str, pd.DataFrame], path: Path) -> Path:
    import duckdb

    aside = path.with_name(f".{path.name}.part")
    aside.unlink(missing_ok=True)
    with duckdb.connect(str(aside)) as store:
        for name, table in frames.items():
            store.from_df(table).create(name)
    aside.replace(path)
    return path


def _read_duckdb(path: Path, name: str) -> pd.DataFrame:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as store:
        return typed(name, store.table(name).df())
