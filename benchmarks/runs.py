"""What a run costs beside its floor: `python benchmarks/runs.py 3`, one JSON line a measurement, medians of so many rounds.

The floor is the same number of empty notebooks through papermill and nbconvert as they are: as two commands a notebook, and all in one
process. Against it stands `corewatch run` of all reports from `seeds/`: cold, with nothing kept, and again when nothing changed.
All are measured in turn in each round, so that what else the machine does is in all of them. `cpu` is what all processes took together.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from corewatch.report.shell import LABELS

PROJECT = Path(__file__).resolve().parents[1]
IN_ONE = """
import sys, papermill
from nbconvert import HTMLExporter
for path in sys.argv[1:]:
    papermill.execute_notebook(path, path + '.out.ipynb', progress_bar=False)
    page, _ = HTMLExporter().from_filename(path + '.out.ipynb')
    open(path + '.html', 'w').write(page)
"""


def measured(*commands: list[str]) -> tuple[float, float]:
    """The seconds that commands take one after the other: by the clock, and of processors."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(PROJECT)})  # noqa: S603  # ours
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def round_of(folder: Path) -> dict[str, tuple[float, float]]:
    """Each measurement once."""
    python, empty = [sys.executable, "-m"], []
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name in LABELS:
        empty.append(str(folder / f"{name}.ipynb"))
        nbformat.write(new_notebook(cells=[new_code_cell("")], metadata=metadata), empty[-1])
    two = [
        command
        for path in empty
        for command in (
            [*python, "papermill", "--no-progress-bar", path, f"{path}.out.ipynb"],
            [*python, "nbconvert", "--to", "html", f"{path}.out.ipynb"],
        )
    ]
    run = [*python, "corewatch", "run", "--seeds", str(PROJECT / "seeds"), "--out", str(folder / "site")]
    return {
        "floor, two commands a notebook": measured(*two),
        "floor, in one process": measured([sys.executable, "-c", IN_ONE, *empty]),
        "run, cold": measured(run),
        "run, unchanged": measured(run),
    }


def main(rounds: int) -> None:
    """Measure and print."""
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            found.append(round_of(Path(folder)))
    wall = {name: statistics.median(each[name][0] for each in found) for name in found[0]}
    for name, seconds in wall.items():
        cpu = statistics.median(each[name][1] for each in found)
        line = {"what": name, "seconds": round(seconds, 2), "cpu": round(cpu, 2)}
        sys.stdout.write(json.dumps(line) + "\n")
    cold = wall["run, cold"]
    ratios = {f"cold to {name}": round(cold / wall[name], 2) for name in wall if name.startswith("floor")}
    sys.stdout.write(json.dumps(ratios | {"unchanged to cold": round(wall["run, unchanged"] / cold, 4), "load": os.getloadavg()[0]}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
