"""The process that reads files that cannot be trusted: text in any encoding, HTML, PDF, e-mail, exports, archives.

In, on standard input: one line of JSON a file, with its path, name and limits. Out, on standard output: a line of JSON for each event of
it, and one to end it.
"""

import json
import os
import sys
from typing import IO, Any

from corewatch.documents.confinement import allow, answers, confine, crowded, send
from corewatch.documents.limits import Limits
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Piece, RejectedError, Rejection, to_row
from corewatch.documents.walking import opened


def answer(out: IO[str], request: dict[str, Any]) -> bool:
    """Send the events of one file; says whether memory ran out, after which nobody knows how much is left for the next."""
    spent = False
    limits = Limits(**request["limits"])
    path, name, stem = request["path"], request["name"], request["stem"]
    allow(limits.seconds)
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        for event in opener(size, limits, request["resume"], frozenset(request["skip"])).open(file, name, stem):
            allow(limits.seconds)
            spent = spent or (isinstance(event, Rejection) and event.reason == "memory")
            send(out, to_row(event) if isinstance(event, Piece | Rejection) else {"kind": "begun", "number": event[0], "name": event[1]})
    return spent


def main() -> None:
    """Answer requests until there are no more."""
    out = answers()
    memory = int(sys.argv[1])
    confine(memory)
    for line in sys.stdin:
        request = json.loads(line)
        spent = False
        try:
            spent = answer(out, request)
        except RejectedError as error:
            send(out, to_row(Rejection(request["name"], error.reason, error.detail)))
        except MemoryError:
            spent = True
            send(out, to_row(Rejection(request["name"], "memory", "no memory is left; make the file smaller and parse again")))
        allow(0)
        send(out, {"kind": "end", "spent": spent or crowded(memory)})


if __name__ == "__main__":
    main()
