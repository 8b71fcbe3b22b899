"""The process that reads what cannot be trusted: HTML, PDF, e-mail, exports, archives.

In, on standard input: one line of JSON a file, with its path, name and limits. Out, on standard output: a line of JSON for each event of
it, and one to end it. The process may not write files, gets no more memory than it is told, and is ended by the system when a document
takes longer than it may, also if nobody is left to end it.
"""

import json
import os
import resource
import signal
import sys
from typing import Any

from corewatch.documents.limits import Limits
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Piece, Rejection, to_row

# The parent ends a slow reader itself and says so; this is for a parent that is gone.
GRACE = 10


def confine(memory: int) -> None:
    """Give up what a reader does not need."""
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(limit)[1]
        try:
            resource.setrlimit(limit, (value, value) if hard == resource.RLIM_INFINITY else (min(value, hard), hard))
        except (ValueError, OSError):
            # Not every system has each of them; time is limited everywhere.
            continue


def answer(request: dict[str, Any]) -> bool:
    """Send the events of one file; says whether memory ran out, after which nobody knows how much is left for the next."""
    spent = False
    limits = Limits(**request["limits"])
    path, name, stem = request["path"], request["name"], request["stem"]
    signal.alarm(limits.seconds + GRACE)
    with open(path, "rb") as file:  # noqa: PTH123  # the hot path of a small program
        size = os.fstat(file.fileno()).st_size
        for event in opener(size, limits, request["resume"], frozenset(request["skip"])).open(file, name, stem):
            signal.alarm(limits.seconds + GRACE)
            spent = spent or (isinstance(event, Rejection) and event.reason == "memory")
            send(to_row(event) if isinstance(event, Piece | Rejection) else {"kind": "begun", "number": event[0], "name": event[1]})
    return spent


def send(message: dict[str, Any]) -> None:
    """Write a line; ASCII, so that halves of characters pass."""
    OUT.write(json.dumps(message) + "\n")
    OUT.flush()


def main() -> None:
    """Answer requests until there are no more."""
    # What a library prints is no answer.
    os.dup2(2, 1)
    confine(int(sys.argv[1]))
    for line in sys.stdin:
        request = json.loads(line)
        spent = True
        try:
            spent = answer(request)
        except (OSError, MemoryError) as error:
            reason, why = ("memory", "no memory is left") if isinstance(error, MemoryError) else ("unreadable", error.strerror)
            send(to_row(Rejection(request["name"], reason, f"{why}; make the file readable or smaller and parse again")))
        signal.alarm(0)
        send({"kind": "end", "spent": spent})


if __name__ == "__main__":
    OUT = os.fdopen(os.dup(1), "w", encoding="ascii")
    main()
