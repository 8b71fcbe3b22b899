"""One notebook through papermill, in a kernel of its own.

In: a notebook, typed parameters, a working folder. Out: the executed notebook with what went wrong, if anything did.

Judgements made here: a run is judged by its exception and by every code cell having run, never by the status in the saved file
(a killed kernel leaves all cells "completed", and `sys.exit()` in a cell ends a run as a success). Kernels talk over ipc: there are no
ports that two runs could want at once. What differs between two runs of the same notebook (times, paths, random ids) is taken out.
"""

import asyncio
import math
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbconvert.filters.ansi import strip_ansi
from traitlets.config import Config

from corewatch.report.parameters import Value

KERNEL = "python3"
CELL_SECONDS = 300
NOTEBOOK_SECONDS = 900
START_SECONDS = 60
LONGEST_SOCKET = 90
LONGEST_MESSAGE = 240


@dataclass(frozen=True)
class Problem:
    """What stopped a notebook: the number of its code cell from 1 (0 where none had begun), its source, and the message."""

    cell: int
    source: str
    message: str

    def __str__(self) -> str:
        """One line that says where and what."""
        where = f"cell {self.cell} ({first_line(self.source)})" if self.cell else "before its first cell"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class Executed:
    """A notebook that was run, in how many seconds, and what stopped it."""

    name: str
    notebook: nbformat.NotebookNode
    seconds: float
    problem: Problem | None = None


def execute(
    path: Path, parameters: Mapping[str, Value], folder: Path, *, cell_seconds: int = CELL_SECONDS, seconds: int = NOTEBOOK_SECONDS
) -> Executed:
    """Run a notebook with its kernel in `folder`. What goes wrong in it is in the result and does not raise.

    A cell may take `cell_seconds`, and the whole notebook `seconds` from here on.
    """
    began = time.perf_counter()

    def left(_: nbformat.NotebookNode) -> int:
        # Never 0, which would be no limit at all.
        return max(1, min(cell_seconds, math.ceil(began + seconds - time.perf_counter())))

    aside = folder / f".{path.stem}.executed.ipynb"
    problem = None
    started: list[str] = []
    try:
        with event_loop_closed(), tempfile.TemporaryDirectory(prefix="corewatch-", ignore_cleanup_errors=True) as sockets:
            papermill.execute_notebook(
                literal(path),
                literal(aside),
                parameters=dict(parameters),
                kernel_name=KERNEL,
                progress_bar=False,
                start_timeout=START_SECONDS,
                timeout_func=left,
                autosave_cell_every=0,
                # By name, not by chdir: the folder of a process is shared by its threads.
                resources={"metadata": {"path": str(folder)}},
                record_timing=False,
                shutdown_kernel="immediate",
                config=channels(Path(sockets)),
                # A kernel that is killed may not say which cell it was in.
                on_cell_start=lambda cell, **_: started.append(cell.get("id", "")),
            )
    except papermill.PapermillExecutionError as error:
        problem = Problem(0, error.source, f"{error.ename}: {first_line(strip_ansi(str(error.evalue)))}")
    except Exception as error:
        problem = Problem(0, "", f"{type(error).__name__}: {first_line(str(error))}")
    notebook = nbformat.read(aside if aside.exists() else path, as_version=4)
    aside.unlink(missing_ok=True)
    notebook = settled(notebook)
    return Executed(path.stem, notebook, time.perf_counter() - began, located(notebook, problem, started))


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


def channels(folder: Path) -> Config:
    """How a kernel is talked to: through sockets in `folder`, which have a full path because the kernel works elsewhere.

    A socket's path may have about a hundred characters; where the folder's is too long, through ports.
    """
    prefix = folder / "kernel"
    sockets = os.name == "posix" and len(bytes(prefix)) <= LONGEST_SOCKET
    return Config(KernelManager={"transport": "ipc", "ip": str(prefix)} if sockets else {})


def located(notebook: nbformat.NotebookNode, problem: Problem | None, started: Sequence[str]) -> Problem | None:
    """The problem with its cell, the last one of the ids `started`; also that of a notebook that ended early and said nothing."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip() and not injected(cell)]
    for number, cell in enumerate(cells, 1):
        for output in cell.outputs:
            if output.output_type == "error":
                return Problem(number, cell.source, problem.message if problem else f"{output.ename}: {output.evalue}")
    if problem:
        begun = [(number, cell) for number, cell in enumerate(cells, 1) if cell.get("id", "") in started]
        return Problem(begun[-1][0], begun[-1][1].source, problem.message) if begun else problem
    for number, cell in enumerate(cells, 1):
        if not cell.execution_count:
            return Problem(number, cell.source, "it was never run, because a cell before it ended the kernel")
    return None


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
