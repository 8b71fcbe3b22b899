"""The tables of the closed loop: judged from parsed tables, and written beside them."""

from pathlib import Path

from pandas import DataFrame

from corewatch.loop.reading import Study
from corewatch.loop.study import study_loop
from corewatch.tables import Format, Tables, write_frames


def judge_loop(tables: Tables, study: Study | None = None) -> dict[str, DataFrame]:
    """The tables of the closed loop by name: `loop_indicators`, `loop_verdicts`, `loop_circuits`, `loop_origin`, `loop_robustness` and
    `loop_bridge`. Without a study, the years are those of the tables and all parameters their defaults.
    """
    return study_loop(tables, study).tables()


def write_loop(tables: Tables, folder: str | Path, fmt: Format = "parquet", study: Study | None = None) -> list[Path]:
    """Write the tables of the closed loop to `folder`; returns the files. DuckDB's is `loop.duckdb`."""
    return write_frames(judge_loop(tables, study), folder, fmt, "loop")
