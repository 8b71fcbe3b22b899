"""The process that goes through the text of a document that cannot be trusted, for what it states.

In, on standard input: one line of JSON a document, with its id, text, title, date, and the seconds of the processor that it may take.
Out, on standard output: a line of JSON each, with its rows, or that memory ran out, or that a data file of our own is wrong.
"""

import gc
import json
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from corewatch.documents.confinement import allow, answers, confine, send
from corewatch.documents.pieces import said
from corewatch.errors import LexiconError

# Seconds that the process waits for another document before it leaves the memory to others.
IDLE = 60


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request."""
    try:
        # Loaded here, so that a data file that is wrong is said.
        from corewatch.mentions.rows import mentions_in

        allow(request["seconds"])
        rows = mentions_in(request["doc_id"], request["text"], request["title"], request["published"])
    except LexiconError as error:
        return {"kind": "lexicon", "words": str(error)}
    except MemoryError:
        return {"kind": "memory"}
    except Exception as error:  # whatever one text breaks, the others are gone through
        return {"kind": "crash", "words": f"{type(error).__name__}: {said(error)}"}
    return {"kind": "rows", "rows": rows}


def settle() -> None:
    """Free what a document left behind, and take what is still alive for lexicons that stay."""
    gc.collect()
    gc.freeze()


def main() -> None:
    """Answer requests until there are no more."""
    out = answers()
    confine(int(sys.argv[1]))
    with suppress(LexiconError):
        # Before anybody asks; what is wrong with it is said to who does.
        import_module("corewatch.mentions.rows")
    # The collector goes through all that is alive again and again while a text is gone through, for next to nothing: of a long text it
    # took half of the time. It is asked for once a document instead, and passes over what stays.
    gc.disable()
    settle()
    for line in sys.stdin:
        try:
            send(out, answer(json.loads(line)))
        except MemoryError:
            send(out, {"kind": "memory"})
        settle()
        allow(0)
        # From the second request on a process that is gone is replaced (`confining`).
        signal.alarm(IDLE)


if __name__ == "__main__":
    main()
