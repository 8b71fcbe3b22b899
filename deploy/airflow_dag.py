"""Two DAGs for Apache Airflow: `corewatch`, one task that makes the site, and `corewatch_notebooks`, with a task for each notebook.

Put this file into Airflow's folder of DAGs. Where the project is, and what is read and written there, is told by environment variables.
corewatch stays in its own `.venv`; Airflow needs its provider for papermill, and a kernel that leads there. See docs/schedulers.md.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

PROJECT = Path(os.environ.get("COREWATCH_PROJECT", "/srv/corewatch"))
SEEDS = os.environ.get("COREWATCH_SEEDS", "seeds")
OUT = os.environ.get("COREWATCH_OUT", "reports")
# Tables and executed notebooks of the second DAG, which the next night writes over.
WORK = PROJECT / os.environ.get("COREWATCH_WORK", "airflow-work")
# Among Airflow's kernels the one that is in corewatch's environment.
KERNEL = os.environ.get("COREWATCH_KERNEL", "corewatch")
# Parameters by notebook, as in {"deal_sizes": {"min_usd": 1e9}}.
PARAMETERS = json.loads(os.environ.get("COREWATCH_PARAMETERS", "{}"))
NOTEBOOKS = ("revenue_growth", "deal_sizes", "closed_loop", "source_audit")

COREWATCH = quote(str(PROJECT / ".venv" / "bin" / "corewatch"))
GIVEN = "".join(f" -p {quote(key)} {quote(str(value))}" for given in PARAMETERS.values() for key, value in given.items())
PARSE = f"{COREWATCH} parse {quote(SEEDS)} --out {quote(str(WORK / 'tables'))}"
RUN = f"{COREWATCH} run --seeds {quote(SEEDS)} --out {quote(OUT)}{GIVEN} --keep 30 --log json"

NIGHTLY = {
    "schedule": "30 2 * * *",
    "start_date": datetime(2026, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {"retries": 1, "retry_delay": timedelta(minutes=10), "execution_timeout": timedelta(hours=2)},
}
# Exit code 4 is no failure: another run is at work in the same folder. 99 is how a command says that itself.
LEFT_ALONE = [4, 99]


def publish() -> BashOperator:
    """Make the site and switch it in; fails with code 1 where nothing was published, with 3 where a part is missing."""
    return BashOperator(task_id="publish", bash_command=RUN, cwd=str(PROJECT), skip_on_exit_code=LEFT_ALONE)


with DAG("corewatch", **NIGHTLY) as one_task:
    publish()

with DAG("corewatch_notebooks", **NIGHTLY) as a_task_for_each_notebook:
    parse = BashOperator(task_id="parse", bash_command=f"mkdir -p {quote(str(WORK / 'notebooks'))} && {PARSE}", cwd=str(PROJECT))
    notebooks = [
        PapermillOperator(
            task_id=name,
            input_nb=str(PROJECT / "notebooks" / f"{name}.ipynb"),
            output_nb=str(WORK / "notebooks" / f"{name}.ipynb"),
            parameters={"tables": str(WORK / "tables"), **PARAMETERS.get(name, {})},
            kernel_name=KERNEL,
        )
        for name in NOTEBOOKS
    ]
    # Only where every notebook ran: what is published was seen to run whole.
    parse >> notebooks >> publish()
