"""What is wrong with a cell, in words: where it stands, what it holds, and what it may hold.

In: the rules of a table's columns and the table. Out: the cells that break them, in the order of columns and rows; and, by whole columns at
once, whether there is nothing to look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from corewatch.contract import Column

TYPES = {"str": "a text", "int64": "a whole number", "Int64": "a whole number", "float64": "a number", "bool": "true or false"}
LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Breach:
    """A cell that breaks its rule: column, row (from 1), what it holds, and what is needed."""

    column: str
    row: int
    value: Any
    wanted: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.told}"

    @property
    def told(self) -> str:
        """What is wrong, without the place."""
        held = "nothing" if is_null(self.value) else repr(self.value if not isinstance(self.value, str) else self.value[:LONGEST_VALUE])
        return f"{held} was given; {self.wanted}"


def keeps_all(rules: Mapping[str, Column], table: pd.DataFrame) -> bool:
    """Whether the table plainly has these columns and no cell breaks a rule; where it is not plain, it is no."""
    return list(table.columns) == list(rules) and all(keeps(rule, table[name]) for name, rule in rules.items())


def keeps(rule: Column, cells: pd.Series) -> bool:
    """Whether a column plainly keeps to its rule."""
    if str(cells.dtype) != rule.dtype:
        return False
    values = cells.tolist()
    known = {value for value in values if not is_null(value)}
    if rule.unique:
        return len(known) == len(values) and all(fits(rule, value) for value in known)
    return (rule.nullable or not any(map(is_null, values))) and all(fits(rule, value) for value in known)


def breaches(rules: Mapping[str, Column], table: pd.DataFrame) -> Iterator[Breach]:
    """The cells of a typed table that break the rules of their columns; columns that are missing have none."""
    for name, rule in rules.items():
        if name not in table.columns:
            continue
        cells = table[name].astype("object").where(table[name].notna(), None)
        twice = table[name].duplicated() if rule.unique else None
        for row, value in enumerate(cells, start=1):
            if is_null(value):
                if not rule.nullable:
                    yield Breach(name, row, value, f"give {allowed(rule)}")
            elif not fits(rule, value):
                yield Breach(name, row, value, f"give {allowed(rule)}")
            elif twice is not None and twice.iloc[row - 1]:
                yield Breach(name, row, value, "an earlier row has it already; give each row one of its own")


def untyped(name: str, rule: Column, cells: pd.Series) -> Breach | None:
    """The first cell that cannot be of the column's type."""
    for row, value in enumerate(cells, start=1):
        try:
            pd.Series([value], dtype="object").astype(rule.dtype)
        except (TypeError, ValueError):
            return Breach(name, row, value, f"give {allowed(rule)}")
    return None


def is_null(value: object) -> bool:
    """Whether a cell is empty: null in one of the ways that pandas has for it."""
    return value is None or value is pd.NA or value != value  # only "not a number" differs from itself


def fits(rule: Column, value: Any) -> bool:
    """Whether a value that is of the column's type keeps to the column's rule."""
    if rule.dtype == "str" and (not isinstance(value, str) or not value):
        return False
    if rule.values and value not in rule.values:
        return False
    if rule.pattern and not re.fullmatch(rule.pattern, value):
        return False
    return (rule.least is None or value >= rule.least) and (rule.most is None or value <= rule.most)


def allowed(rule: Column) -> str:
    """What a column may hold, in words: `one of talks, planned, signed, closed, withdrawn`."""
    if rule.values:
        said = f"one of {', '.join(rule.values)}"
    elif rule.pattern and "Q" in rule.pattern:
        said = "a period like 2025, 2025-Q1, 2025-03 or 2025-03-28"
    elif rule.pattern and r"\d{4}" in rule.pattern:
        said = "a date like 2025, 2025-03 or 2025-03-28"
    elif rule.pattern:
        said = f"a text of the form {rule.pattern}"
    else:
        said = TYPES[rule.dtype]
    if rule.least is not None:
        said += f" of at least {rule.least:g}" + ("" if rule.most is None else f" and at most {rule.most:g}")
    return f"{said}, or nothing" if rule.nullable else said
