"""The tables of the closed loop: judged from parsed tables, and written beside them."""

from dataclasses import replace
from pathlib import Path

from pandas import DataFrame, concat

from corewatch.loop.circuits import find_circuits
from corewatch.loop.graph import Policy, Reading
from corewatch.loop.indicators import loop_indicators
from corewatch.loop.verdicts import loop_verdicts
from corewatch.tables import Format, Tables, write_frames

POLICIES: tuple[Policy, ...] = ("firm", "stated")


def judge_loop(tables: Tables, reading: Reading | None = None) -> dict[str, DataFrame]:
    """`loop_indicators` (firm and stated policy), `loop_verdicts` (on the reading's policy, firm by default) and `loop_circuits`."""
    reading = reading or Reading()
    readings = [reading, *(replace(reading, policy=policy) for policy in POLICIES if policy != reading.policy)]
    indicators = [loop_indicators(tables.flows, tables.relations, reading=one) for one in readings]
    return {
        "loop_indicators": concat(indicators, ignore_index=True),
        "loop_verdicts": loop_verdicts(indicators[0]),
        "loop_circuits": find_circuits(tables.flows, tables.relations),
    }


def write_loop(tables: Tables, folder: str | Path, fmt: Format = "parquet") -> list[Path]:
    """Write the tables of the closed loop to `folder`; returns the files. DuckDB's is `loop.duckdb`."""
    return write_frames(judge_loop(tables), folder, fmt, "loop")
