"""A process that reads what cannot be trusted, seen from outside: started when it is first needed, asked line by line, ended when it fails.

In: a line of JSON. Out: lines of JSON, or an error where the process hangs, dies or answers nonsense. It gets nothing of the environment
that could be secret.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from types import TracebackType
from typing import IO, Any, TypeVar

from corewatch.documents.limits import Limits

P = TypeVar("P", bound="Process")
# Of the environment, what Python needs to start: nothing secret comes near an untrusted file.
KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
# Starting it takes a second or two on a busy machine, which is no document's fault.
STARTING = 60
# How the system ends a process that took more time than it may.
TOO_SLOW = (-signal.SIGPROF, -signal.SIGALRM)
# Whatever goes wrong with a process: it is gone, it hangs, or it answers what is no answer.
FAILURES = (OSError, ValueError, KeyError, TypeError)


class Died(Exception):  # noqa: N818  # it is caught where it is raised, never seen
    """The process is gone; says whether it was too slow."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__(slow)
        self.slow = slow


class Process:
    """A process that runs the module `program`, as a context; `memory` of the limits is its address space."""

    program: str

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self.ahead = b""

    def __enter__(self: P) -> P:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def command(self) -> list[str]:
        """How the process is started."""
        return [sys.executable, "-P", "-m", self.program, str(self.limits.memory)]

    def start(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none."""
        if self.process is None:
            environment = {name: os.environ[name] for name in KEPT if name in os.environ}
            # The same modules as here, and none from the folder where the command happens to be run. Arenas of unused memory would count,
            # and so does a gigabyte of addresses that Arrow's own allocator takes when it is imported.
            environment |= {
                "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
                "MALLOC_ARENA_MAX": "2",
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "OMP_NUM_THREADS": "1",
            }
            environment |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
            self.process = subprocess.Popen(  # noqa: S603  # this very program
                self.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0
            )
            os.set_blocking(handle_of(self.process.stdin), False)
        return self.process

    def ask(self, request: dict[str, Any], until: float) -> None:
        """Send a request; raises one of `FAILURES` if it is not taken by then (as `time.monotonic` has it)."""
        handle = handle_of(self.start().stdin)
        left = memoryview(json.dumps(request).encode() + b"\n")
        while left:
            if not select.select([], [handle], [], max(until - time.monotonic(), 0))[1]:
                raise TimeoutError
            left = left[os.write(handle, left) :]

    def receive(self, until: float, most: int) -> dict[str, Any]:
        """The next message; raises `TimeoutError` if none comes in time, `ValueError` for what is none or has more than `most` bytes."""
        handle = handle_of(self.start().stdout)
        line = bytearray()
        while b"\n" not in self.ahead:
            line += self.ahead
            if len(line) > most:
                raise ValueError("a message without end")
            if not select.select([handle], [], [], max(until - time.monotonic(), 0))[0]:
                raise TimeoutError
            self.ahead = os.read(handle, 1 << 18)
            if not self.ahead:
                raise ValueError("the process is gone")
        end, _, self.ahead = self.ahead.partition(b"\n")
        return dict(json.loads(line + end))

    def failed(self, error: BaseException) -> Died:
        """End the process that `error` came of; gives what is to be raised."""
        return Died(slow=self.end() in TOO_SLOW or isinstance(error, TimeoutError))

    def end(self) -> int | None:
        """End the process, if there is one, and wait until it is gone; gives what it ended with."""
        if self.process is None:
            return None
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What was not sent to a dead process is lost with it.
                    continue
        ended = self.process.wait()
        self.ahead = b""
        self.process = None
        return ended


def handle_of(pipe: IO[bytes] | None) -> int:
    """The number of a pipe's end."""
    if pipe is None:
        raise ValueError("no pipe")
    return pipe.fileno()
