"""The other end of the worker process: files in, pieces and rejections out, whatever happens to the process.

In: a path, its name, the limits. Out: the pieces and rejections of it, as they come. The process is started when it is first needed. One
that hangs, dies or answers nonsense is ended; the document that it was at is rejected (`timeout`, `crash`), a new one goes on behind it.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Piece, Rejection, from_row

# Documents of one file at which the reader may die before the rest of the file is left.
MOST_DEATHS = 5
# Of the environment, what Python needs to start: nothing secret comes near an untrusted file.
KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
# Starting it takes a second or two on a busy machine, which is no document's fault.
STARTING = 60


class Died(Exception):  # noqa: N818  # it is caught where it is raised, never seen
    """The worker is gone; says whether it was too slow."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__(slow)
        self.slow = slow


class Worker:
    """A worker process, as a context; it is started by the first file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self.ahead = b""

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def read(self, path: Path, name: str, stem: str) -> Iterator[Piece | Rejection]:
        """The pieces and rejections of a file."""
        skip: set[int] = set()
        resume = restarts = 0
        while True:
            number, at, done = 0, name, False
            try:
                for message in self.ask(path, name, stem, resume, skip):
                    if message["kind"] == "begun":
                        number, at, done = int(message["number"]), str(message["name"]), False
                    else:
                        done = True
                        yield from_row(message)
                return
            except Died as death:
                if done and number >= resume and restarts < MOST_DEATHS:
                    # Between two documents, and further than before: it may have been killed for another's sake, and goes on behind.
                    restarts += 1
                    resume = number + 1
                    continue
                # With nothing read since, it is the file itself that the reader died of.
                yield rejection(name if done else at, self.limits, slow=death.slow)
                if done or len(skip) == MOST_DEATHS - 1:
                    if not done:
                        detail = f"the reader failed at {MOST_DEATHS} documents of it; the rest was not read; unpack it and look at those"
                        yield Rejection(name, "archive", detail)
                    return
                skip.add(number)
                resume = max(resume, number + 1)

    def ask(self, path: Path, name: str, stem: str, resume: int, skip: set[int]) -> Iterator[dict[str, Any]]:
        """The messages on one file; raises `Died`."""
        request = {"path": os.fspath(path.absolute()), "name": name, "stem": stem, "resume": resume, "skip": sorted(skip)}
        request["limits"] = asdict(self.limits)
        seconds = self.limits.seconds + (STARTING if self.process is None else 0)
        process = self.start()
        try:
            # Far less than a pipe holds, so that it never waits.
            os.write(handle_of(process.stdin), json.dumps(request).encode() + b"\n")
            while True:
                message = self.receive(handle_of(process.stdout), time.monotonic() + seconds)
                if message["kind"] == "end":
                    if message.get("spent"):
                        self.end()
                    return
                seconds = self.limits.seconds
                yield message
        except (OSError, ValueError, KeyError, TypeError, TimeoutError) as error:
            self.end()
            raise Died(slow=isinstance(error, TimeoutError)) from error

    def receive(self, handle: int, until: float) -> dict[str, Any]:
        """The next message; raises `TimeoutError` if none comes in time, `ValueError` for what is none."""
        line = bytearray()
        while b"\n" not in self.ahead:
            line += self.ahead
            if len(line) > 12 * self.limits.file + 100_000:
                # A character is at most twelve bytes of JSON.
                raise ValueError("a message without end")
            if not select.select([handle], [], [], max(until - time.monotonic(), 0))[0]:
                raise TimeoutError
            self.ahead = os.read(handle, 1 << 18)
            if not self.ahead:
                raise ValueError("the process is gone")
        end, _, self.ahead = self.ahead.partition(b"\n")
        message = dict(json.loads(line + end))
        if message["kind"] in ("piece", "rejection"):
            from_row(message)
        elif message["kind"] == "begun":
            message = {"kind": "begun", "number": int(message["number"]), "name": str(message["name"])}
        elif message["kind"] != "end":
            raise ValueError(message["kind"])
        return message

    def start(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none."""
        if self.process is None:
            environment = {name: os.environ[name] for name in KEPT if name in os.environ}
            # The same modules as here, and none from the folder where the command happens to be run. Arenas of unused memory would count.
            environment |= {
                "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
                "MALLOC_ARENA_MAX": "2",
                "OMP_NUM_THREADS": "1",
            }
            environment |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
            self.process = subprocess.Popen(  # noqa: S603  # this very program
                self.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0
            )
        return self.process

    def command(self) -> list[str]:
        """How the process is started."""
        return [sys.executable, "-P", "-m", "corewatch.documents.worker", str(self.limits.memory)]

    def end(self) -> None:
        """End the process, if there is one, and wait until it is gone."""
        if self.process is None:
            return
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What was not sent to a dead process is lost with it.
                    continue
        self.process.wait()
        self.ahead = b""
        self.process = None


def handle_of(pipe: IO[bytes] | None) -> int:
    """The number of a pipe's end."""
    if pipe is None:
        raise ValueError("no pipe")
    return pipe.fileno()


def rejection(name: str, limits: Limits, *, slow: bool) -> Rejection:
    """The rejection of the document that a worker died of."""
    if slow:
        return Rejection(name, "timeout", f"it took more than {limits.seconds} seconds; use a simpler file, or --limit seconds NUMBER")
    return Rejection(name, "crash", "the reader of this kind of file broke on it; save the article's text as a .txt file")
