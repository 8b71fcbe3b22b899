"""Files given to the process that reads them: pieces and rejections out, whatever happens to the process.

In: a path, its name, the limits. Out: the pieces and rejections of it, as they come. A process that hangs, dies or answers nonsense is
ended; the document that it was at is rejected (`timeout`, `crash`), a new one goes on behind it.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corewatch.documents.confinement import PATIENCE
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Piece, Rejection, from_row
from corewatch.documents.processes import FAILURES, STARTING, Died, Process

# Documents of one file at which the reader may die before the rest of the file is left.
MOST_DEATHS = 5


class Worker(Process):
    """The process that reads files; it is started by the first."""

    program = "corewatch.documents.worker"

    def read(self, path: Path, name: str, stem: str) -> Iterator[Piece | Rejection]:
        """The pieces and rejections of a file."""
        skip: set[int] = set()
        resume = restarts = 0
        while True:
            number, at, done = 0, name, False
            try:
                for message in self.messages(path, name, stem, resume, skip):
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

    def messages(self, path: Path, name: str, stem: str, resume: int, skip: set[int]) -> Iterator[dict[str, Any]]:
        """The messages on one file; raises `Died`."""
        request = {"path": os.fspath(path.absolute()), "name": name, "stem": stem, "resume": resume, "skip": sorted(skip)}
        request["limits"] = asdict(self.limits)
        patience = PATIENCE * self.limits.seconds
        until = time.monotonic() + patience + (STARTING if self.process is None else 0)
        try:
            self.ask(request, until)
            # A character is at most twelve bytes of JSON.
            while (message := checked(self.receive(until, 12 * self.limits.file + 100_000)))["kind"] != "end":
                yield message
                until = time.monotonic() + patience
            if message.get("spent"):
                self.end()
        except FAILURES as error:
            raise self.failed(error) from error


def checked(message: dict[str, Any]) -> dict[str, Any]:
    """A message on a file as it is; raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    if message["kind"] in ("piece", "rejection"):
        from_row(message)
    elif message["kind"] == "begun":
        return {"kind": "begun", "number": int(message["number"]), "name": str(message["name"])}
    elif message["kind"] != "end":
        raise ValueError(message["kind"])
    return message


def rejection(name: str, limits: Limits, *, slow: bool) -> Rejection:
    """The rejection of the document that a worker died of."""
    if slow:
        detail = f"it took more than {limits.seconds} seconds; use a simpler file, or raise the limit with --limit seconds NUMBER"
        return Rejection(name, "timeout", detail)
    return Rejection(name, "crash", "the reader of this kind of file broke on it; save the article's text as a .txt file")
