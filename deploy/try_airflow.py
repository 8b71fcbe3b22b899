"""Does Airflow run our DAGs? Both once, on the articles of the tests, with SQLite and without a network.

In: an environment that has Airflow with its provider for papermill, and beside it corewatch's own `.venv`. Out: a line for each DAG; an
`AssertionError` where one fails or what it publishes is not whole. Run by `make schedulers`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
DAGS = ("corewatch", "corewatch_notebooks")
# What the report on deals says first of tests/examples.
SAID = "$7.1 billion"


def main(environment: Path) -> None:
    """Try both DAGs in `environment`."""
    told = [PYTHON, "-m", "ipykernel", "install", "--prefix", environment, "--name", "corewatch", "--display-name", "corewatch"]
    subprocess.run(told, check=True, capture_output=True)  # noqa: S603  # our own words
    with tempfile.TemporaryDirectory(prefix="corewatch-airflow-") as folder:
        dags, out, work = (Path(folder, name) for name in ("dags", "out", "work"))
        dags.mkdir()
        shutil.copy(ROOT / "deploy" / "airflow_dag.py", dags)
        own = {
            "AIRFLOW_HOME": folder,
            "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            # The default of 30 seconds is short for a machine that is busy elsewhere.
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "300",
            "COREWATCH_PROJECT": str(ROOT),
            "COREWATCH_SEEDS": "tests/examples",
            "COREWATCH_OUT": str(out),
            "COREWATCH_WORK": str(work),
            "COREWATCH_PARAMETERS": json.dumps({"deal_sizes": {"min_usd": 1e9}}),
        }
        airflow(environment, own, "db", "migrate")
        for dag in DAGS:
            began = time.monotonic()
            airflow(environment, own, "dags", "test", dag, "2026-03-28")
            page = (out / "latest" / "deal_sizes.html").read_text()
            assert SAID in page, f"{dag}: the site does not say {SAID}"  # noqa: S101  # what is tried here
            print(f"{dag}: success in {time.monotonic() - began:.0f} s")  # noqa: T201  # it says how it went
            # So that the second DAG publishes by itself, too.
            shutil.rmtree(out)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            executed = json.loads((work / "notebooks" / path.name).read_text())
            code = [cell for cell in executed["cells"] if cell["cell_type"] == "code" and cell["source"]]
            assert all(cell["execution_count"] for cell in code), f"{path.name}: a cell did not run"  # noqa: S101  # what is tried here
            (given,) = (cell for cell in code if "injected-parameters" in cell["metadata"].get("tags", []))
            print(f"{path.name}: {len(code)} cells, with {''.join(given['source']).splitlines()[1:]}")  # noqa: T201  # it says how it went


def airflow(environment: Path, own: dict[str, str], *words: str) -> None:
    """A command of Airflow; raises `AssertionError` with its last lines where it fails."""
    told = [environment / "bin" / "airflow", *words]
    done = subprocess.run(told, env=os.environ | own, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    assert done.returncode == 0, f"airflow {' '.join(words)}: {done.returncode}\n{(done.stdout + done.stderr)[-5000:]}"  # noqa: S101  # what is tried here


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
