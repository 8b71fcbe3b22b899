"""A file with a table `flows`, as somebody may have written it by hand, in; tables of which all others are empty out."""

import math
from pathlib import Path

import pandas as pd

from corewatch.breaches import breaches, untyped
from corewatch.contract import CONTRACT
from corewatch.errors import ContractError, InputError
from corewatch.spreadsheets import original
from corewatch.tables import Tables, cells, frame, records, typed

SUFFIXES = (".csv", ".parquet")
NEEDED = ("payer", "payee", "kind", "usd_low", "usd_high", "status")
# Columns of a deal that a flow may have too.
MORE = ("approx", "through")


def read_flows(path: str | Path) -> Tables:
    """Read a table `flows` from a CSV or Parquet file.

    `payer`, `payee`, `kind`, `usd_low`, `usd_high` and `status` are needed. The others may be missing: `term_years`, `start`, `noncash`,
    `approx`, `through`, and `deal_id`, which is then the number of the row (`row-001`).
    Raises `InputError` for a file that cannot be read, and `ContractError` for columns or cells that are wrong.
    """
    path = Path(path)
    try:
        raw = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, keep_default_na=False, na_values=[""])
    except (ValueError, OSError) as error:  # a file that is no Parquet, no UTF-8, or no table at all
        raise InputError(
            f"{path}: no table can be read from it ({error}); write CSV in UTF-8 or Parquet with the columns of flows"
        ) from error
    strange = [str(column) for column in raw.columns if column not in (*CONTRACT["flows"], *MORE)]
    missing = [column for column in NEEDED if column not in raw.columns]
    if missing or strange:
        said = [f"without the column {', '.join(missing)}"] * bool(missing) + [f"with the unknown column {', '.join(strange)}"] * bool(
            strange
        )
        raise ContractError(f"{path}: {' and '.join(said)}; a table flows has {', '.join((*CONTRACT['flows'], *MORE))}")
    # A line of a CSV file as an editor counts them, the head being the first.
    place, first = ("line", 2) if path.suffix == ".csv" else ("row", 1)
    rows = [{**dict.fromkeys((*CONTRACT["flows"], *MORE)), **row} for row in records(cells(raw, original))]
    for number, row in enumerate(rows, start=1):
        row["deal_id"] = str(row["deal_id"]) if row["deal_id"] is not None else f"row-{number:03}"
        row["start"] = None if row["start"] is None else str(row["start"])
        row["noncash"] = bool(row["noncash"])
    typed_rows = pd.DataFrame([{name: row[name] for name in CONTRACT["flows"]} for row in rows], columns=list(CONTRACT["flows"]))
    for wrong in [found for name, rule in CONTRACT["flows"].items() if (found := untyped(name, rule, typed_rows[name]))]:
        raise ContractError(f"{path}, {place} {wrong.row + first - 1}, column {wrong.column}: {wrong.told}")
    flows = typed("flows", typed_rows)
    for wrong in breaches(CONTRACT["flows"], flows):
        raise ContractError(f"{path}, {place} {wrong.row + first - 1}, column {wrong.column}: {wrong.told}")
    for number, row in enumerate(rows, start=first):
        low, high = row["usd_low"], row["usd_high"]
        if not all(bound is None or math.isfinite(bound) for bound in (low, high)):
            raise ContractError(
                f"{path}, {place} {number}: usd_low {low} and usd_high {high}; give finite amounts, or nothing where none is known"
            )
        if (low is not None and low < 0) or (high is not None and high < 0) or (low is not None and high is not None and low > high):
            raise ContractError(
                f"{path}, {place} {number}: usd_low {low} and usd_high {high}; give amounts of 0 or more, the lower one first"
            )
    counts = {"agreed": True, "n_documents": 0, "n_sources": 0, "n_mentions": 0, "join_confidence": 1.0}
    deals = [
        {**{name: row[name] for name in ("deal_id", "kind", "payer", "payee", "status", "approx", "through")}, **counts} for row in rows
    ]
    return Tables(**{name: flows if name == "flows" else frame(name, deals if name == "deals" else []) for name in CONTRACT})
