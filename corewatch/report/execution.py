"""One notebook through papermill, in a kernel of its own.

In: a notebook, typed parameters, a working folder. Out: the executed notebook with what went wrong, if anything did.

Judgements made here: a run is judged by its exception and by every code cell having run, never by the status in the saved file
(a killed kernel leaves all cells "completed", and `sys.exit()` in a cell ends a run as a success). What differs between two runs of the
same notebook (times, paths, random ids) is taken out. What a problem says in a line has no words of its message, which may be those of an
article: the line goes to logs, the message to the page.
"""

import asyncio
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbconvert.filters.ansi import strip_ansi
from nbformat.v4 import new_notebook

from corewatch.report.kernels import ENGINE, Limits, kernel_settings
from corewatch.report.parameters import Value

KERNEL = "python3"
LONGEST_MESSAGE = 240


@dataclass(frozen=True)
class Problem:
    """What stopped a notebook: the number of its code cell from 1 (0 where none had begun), its source, the error's kind and message."""

    cell: int
    source: str
    kind: str
    message: str

    @property
    def where(self) -> str:
        """`cell 2 (import os, signal)`."""
        return f"cell {self.cell} ({first_line(self.source)})" if self.cell else "before its first cell"

    @property
    def told(self) -> str:
        """One line for the page of the site."""
        return f"{self.where}: {self.kind}: {self.message}"

    def __str__(self) -> str:
        """One line for a log."""
        return f"{self.where}: {self.kind}"


@dataclass(frozen=True)
class Executed:
    """A notebook that was run, in how many seconds, and what stopped it."""

    name: str
    notebook: nbformat.NotebookNode
    seconds: float
    problem: Problem | None = None


def execute(path: Path, parameters: Mapping[str, Value], folder: Path, limits: Limits | None = None) -> Executed:
    """Run a notebook with its kernel in `folder`. What goes wrong in it is in the result and does not raise."""
    limits = limits or Limits()
    began = time.perf_counter()

    def left(_: nbformat.NotebookNode) -> int:
        # Never 0, which would be no limit at all.
        return max(1, min(limits.cell_seconds, math.ceil(began + limits.seconds - time.perf_counter())))

    aside = folder / f".{path.stem}.executed.ipynb"
    problem = None
    started: list[str] = []
    try:
        with event_loop_closed(), kernel_settings(folder / f".{path.stem}.kernel", limits.memory_mb) as settings:
            papermill.execute_notebook(
                literal(path),
                literal(aside),
                parameters=dict(parameters),
                kernel_name=KERNEL,
                progress_bar=False,
                engine_name=ENGINE,
                timeout_func=left,
                autosave_cell_every=0,
                # By name, not by chdir: the folder of a process is shared by its threads.
                resources={"metadata": {"path": str(folder)}},
                record_timing=False,
                shutdown_kernel="immediate",
                config=settings,
                # A kernel that is killed may not say which cell it was in.
                on_cell_start=lambda cell, **_: started.append(cell.get("id", "")),
            )
    except papermill.PapermillExecutionError as error:
        problem = Problem(0, error.source, error.ename, first_line(strip_ansi(str(error.evalue))))
    except Exception as error:
        problem = Problem(0, "", type(error).__name__, first_line(str(error)))
    try:
        notebook = settled(nbformat.read(aside if aside.exists() else path, as_version=4))
    except Exception as error:
        # One that is no notebook fails alone, as others do; what papermill says of it comes first.
        problem = problem or Problem(0, "", type(error).__name__, first_line(str(error)))
        notebook = new_notebook()
    aside.unlink(missing_ok=True)
    problem = located(notebook, problem, started)
    if problem:
        # A kernel that was killed may have said the number of its last cell before, or not.
        for cell in notebook.cells:
            if cell.get("id", "") in started[-1:] and cell.cell_type == "code" and not failed(cell):
                cell.execution_count = None
    return Executed(path.stem, notebook, time.perf_counter() - began, problem)


def saved(executed: Executed) -> dict[str, str]:
    """An executed notebook as a value that can be kept; `restored` makes the same of it again."""
    return {"notebook": nbformat.writes(executed.notebook)}


def restored(name: str, value: Mapping[str, str], seconds: float = 0.0) -> Executed:
    """The executed notebook that was `saved`."""
    return Executed(name, nbformat.reads(value["notebook"], as_version=4), seconds)


@contextmanager
def event_loop_closed() -> Iterator[None]:
    """Close the event loop that nbclient opens in this thread and leaves open, unless it is somebody else's who is using it."""
    loop = ensure_event_loop()
    try:
        yield
    finally:
        if not loop.is_running():
            loop.close()
            asyncio.set_event_loop(None)


def literal(path: Path) -> str:
    """A path as papermill takes it, which fills braces with parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def located(notebook: nbformat.NotebookNode, problem: Problem | None, started: Sequence[str]) -> Problem | None:
    """The problem with its cell, the last one of the ids `started`; also that of a notebook that ended early and said nothing."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip() and not injected(cell)]
    for number, cell in enumerate(cells, 1):
        for output in cell.outputs:
            if output.output_type == "error":
                return Problem(number, cell.source, output.ename, first_line(strip_ansi(output.evalue)))
    if problem:
        begun = [(number, cell) for number, cell in enumerate(cells, 1) if cell.get("id", "") in started]
        return replace(problem, cell=begun[-1][0], source=begun[-1][1].source) if begun else problem
    for number, cell in enumerate(cells, 1):
        if not cell.execution_count:
            return Problem(number, cell.source, "NotRun", "it was never run, because a cell before it ended the kernel")
    return None


def failed(cell: nbformat.NotebookNode) -> bool:
    """Whether the cell says that it failed."""
    return any(output.output_type == "error" for output in cell.outputs)


def settled(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The executed notebook without what differs from run to run: the same input gives the same bytes."""
    settled: nbformat.NotebookNode = nbformat.from_dict(notebook)
    settled.metadata.pop("papermill", None)
    for number, cell in enumerate(settled.cells):
        for noise in ("papermill", "execution"):
            cell.metadata.pop(noise, None)
        if injected(cell):
            cell.id = f"parameters-{number}"
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return settled


def injected(cell: nbformat.NotebookNode) -> bool:
    """Whether papermill put the cell in, to set parameters."""
    return "injected-parameters" in cell.metadata.get("tags", [])


def first_line(text: str) -> str:
    """The first line that says something, cut to what fits in a message."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:LONGEST_MESSAGE] if lines else ""


def parameters_in(path: Path) -> dict[str, Any]:
    """What papermill reads in a notebook's `parameters` cell: by name its type, default and help."""
    return dict(papermill.inspect_notebook(path))
