"""The kernels that notebooks run in: how many at a time, what each may take, how it is talked to.

In: limits, a folder for sockets. Out: an engine for papermill, and the settings of a kernel.

Judgements made here: a kernel that asks for more memory than its limit gets none and its notebook fails alone; so does one that gives more
output than a page could show, before that output fills the memory of the run. Kernels talk over sockets in the folder of the run, and
everything they leave there goes with it.
"""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

ENGINE = "corewatch"
# What the reports need was measured on 5, 500 and 10,000 articles; this is enough for what else a notebook does.
MEMORY_MB = 4096
# What a kernel takes as a rule, with pandas and matplotlib loaded.
KERNEL_MB = 700
OUTPUT_BYTES = 20_000_000
# A socket's path may have about a hundred characters.
LONGEST_SOCKET = 90
# How long an output may be on its way after its cell has ended; a machine may be busy.
UNDER_WAY_SECONDS = 30
ENDING_SECONDS = 0.3
START_SECONDS = 120
PLENTY_MB = 2**20
# What papermill hands to an engine and a client of a kernel does not take.
NOT_OURS = ("input_path", "start_timeout", "execution_timeout", "log_output", "stdout_file", "stderr_file")
# What Jupyter logs of a notebook holds its source and its errors; what of it is to be said is in the result.
QUIET = logging.getLogger("corewatch.kernels")
QUIET.propagate = False
QUIET.addHandler(logging.NullHandler())


class OutputError(RuntimeError):
    """A notebook gave more output than it may."""


@dataclass(frozen=True)
class Limits:
    """What each notebook may take: `seconds` in all, `cell_seconds` a cell, memory in MB (2**20 bytes)."""

    seconds: int = 900
    cell_seconds: int = 300
    memory_mb: int = MEMORY_MB


class QuietClient(AsyncKernelClient):
    """A kernel's client that takes no message that is longer than all output may be.

    Who sends one is cut off. The kernel knows nothing of it and what it says in the meantime is lost, so that it counts as dead then;
    otherwise its outputs would be waited for that are never to come.
    """

    cut_off = False
    ends: zmq.asyncio.Socket | None = None

    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, OUTPUT_BYTES)
        return context

    def connect_iopub(self, identity: bytes | None = None) -> zmq.asyncio.Socket:
        """The socket for outputs; another one tells when its connection ends."""
        socket = cast(zmq.asyncio.Socket, super().connect_iopub(identity))
        self.ends = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        return socket

    async def is_alive(self) -> bool:
        """Whether the kernel is there and was not cut off."""
        if self.ends and not self.cut_off and await self.ends.poll(0):
            # A process that ends closes its sockets a moment before it is gone.
            await asyncio.sleep(ENDING_SECONDS)
            self.cut_off = await self._async_is_alive()
        return not self.cut_off and await self._async_is_alive()

    def stop_channels(self) -> None:
        """Close everything."""
        if self.ends:
            self.iopub_channel.socket.disable_monitor()
            self.ends.close(0)
            self.ends = None
        super().stop_channels()


class LimitedNotebook(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """Runs the cells of one notebook, and stops its kernel when it gives too much output."""

    given = 0

    def process_message(self, msg: dict[str, Any], *place: Any) -> Any:
        """One message of the kernel; beyond the limit the kernel is stopped and nothing more is kept."""
        self.given += size(msg["content"])
        if self.given <= OUTPUT_BYTES:
            return super().process_message(msg, *place)
        if self.km.provisioner and self.km.provisioner.has_process:
            os.killpg(self.km.provisioner.pgid, signal.SIGKILL)
        return None

    def execute_cell(self, *arguments: Any, **options: Any) -> Any:
        """Run a cell. Raises `OutputError` where it was stopped for its output."""
        try:
            return super().execute_cell(*arguments, **options)
        except (DeadKernelError, CellTimeoutError) as error:
            if self.given > OUTPUT_BYTES or self.kc.cut_off or "IOPub" in str(error):
                raise OutputError(f"it gave more than {OUTPUT_BYTES // 10**6} MB of output, or some was lost") from error
            raise


class LimitedEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """How papermill runs a notebook here."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run it; the options are those of `LimitedNotebook`."""
        given = {name: value for name, value in options.items() if name not in NOT_OURS}
        notebook = LimitedNotebook(
            nb_man, kernel_name=kernel_name, startup_timeout=START_SECONDS, iopub_timeout=UNDER_WAY_SECONDS, log=QUIET, **given
        )
        # What a kernel's process says beside its messages would be in the log of the run, where nothing of an article may be.
        return notebook.execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


papermill_engines.register(ENGINE, LimitedEngine)


def size(value: Any) -> int:
    """How many characters a message holds, about."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(size, value.values()))
    return sum(map(size, value)) if isinstance(value, list) else 8


@contextmanager
def kernel_settings(folder: Path, memory_mb: int) -> Iterator[Config]:
    """How a kernel is started and talked to, with everything that it leaves in the new folder `folder`.

    A socket's path may have about a hundred characters, so that this process lends the kernel a short one, which is gone with it; where
    the system has none and the path is too long, they talk through ports.
    """
    folder.mkdir()
    manager: dict[str, Any] = {"connection_file": str(folder / "kernel.json"), "client_class": f"{__name__}.{QuietClient.__name__}"}
    handle = os.open(folder, os.O_RDONLY) if os.name == "posix" else None
    short = Path(f"/proc/{os.getpid()}/fd/{handle}")
    prefix = (short if short.exists() else folder) / "k"
    if handle is not None and len(bytes(prefix)) <= LONGEST_SOCKET:
        manager |= {"transport": "ipc", "ip": str(prefix)}
    # Before the first cell, in the kernel itself; a notebook can lower it and not raise it.
    limit = memory_mb * 2**20
    line = f"__import__('resource').setrlimit(__import__('resource').RLIMIT_DATA, ({limit}, {limit}))"
    started = [f"--IPKernelApp.exec_lines={line}"] if sys.platform == "linux" else []
    try:
        yield Config(AsyncKernelManager=manager, NotebookClient={"extra_arguments": started})
    finally:
        if handle is not None:
            os.close(handle)


def at_a_time() -> int:
    """How many kernels run side by side: one a core, as far as there is memory for them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, available_mb() // KERNEL_MB))


def available_mb() -> int:
    """The memory that is to be had, in MB: what the system says, less where this group of processes has a limit; plenty if unknown."""
    known = [PLENTY_MB]
    lines = read(Path("/proc/meminfo")).splitlines()
    known += [int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:")]
    most, used = (read(Path("/sys/fs/cgroup") / name).strip() for name in ("memory.max", "memory.current"))
    if most.isdecimal() and used.isdecimal():
        known.append((int(most) - int(used)) // 2**20)
    return max(0, min(known))


def read(path: Path) -> str:
    """What a file says; nothing where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
