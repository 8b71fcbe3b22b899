"""Documents given to the process that goes through their texts: rows out, or why there are none, whatever happens to the process.

In: a document. Out: its rows, as `rows.mentions_in` makes them. A document at which the process hangs, dies or runs out of memory is
rejected; a new process goes on with the next.

Judgements made here: time grows with the text, and so does what it may take; nobody is turned away for what an earlier document left
behind in the process, so that only a process that is new may say that memory is short or that a text breaks it.
"""

import atexit
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corewatch.documents.confinement import PATIENCE
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import RejectedError, memory_words
from corewatch.documents.processes import FAILURES, STARTING, Process
from corewatch.errors import LexiconError

# The characters for which the limit of seconds is meant: news takes a tenth of it. A text with a payment every thirty characters, which
# nobody prints, takes more than all of it.
PORTION = 250_000
Rows = dict[str, list[dict[str, Any]]]
# The process that did the last reading, for the next: loading its lexicon takes longer than a small reading. It ends itself when idle.
_idle: list["Extractor"] = []


class Extractor(Process):
    """The process that goes through texts; it is started by the first, or by `start` while there is something else to do."""

    program = "corewatch.mentions.worker"
    answered = 0

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.owner = os.getpid()

    def read(self, doc_id: str, text: str, title: str | None, published: str | None) -> Rows:
        """The rows of a document; raises `RejectedError` where it cannot be gone through, and `LexiconError` where that is our fault."""
        request: dict[str, str | int | None] = {"doc_id": doc_id, "text": text, "title": title, "published": published}
        request["seconds"] = self.limits.seconds * (1 + len(text) // PORTION)
        new = self.answered == 0
        try:
            return self.attempt(request)
        except RejectedError as error:
            if new or error.reason == "timeout":
                raise
        return self.attempt(request)

    def attempt(self, request: dict[str, Any]) -> Rows:
        """As `read`, by the process that there is; where it fails, it is ended."""
        seconds = int(request["seconds"])
        until = time.monotonic() + PATIENCE * seconds + (STARTING if self.answered == 0 else 0)
        try:
            self.ask(request, until)
            # The other process held it whole, and it may have no more than this.
            answer = self.receive(until, self.limits.memory)
            kind, words = str(answer["kind"]), str(answer.get("words"))
            rows: Rows = answer["rows"] if kind == "rows" else {}
        except FAILURES as error:
            death = self.failed(error)
            kind, words = "timeout" if death.slow else "crash", "the process that did it died"
        if kind == "rows":
            self.answered += 1
            return rows
        self.end()
        if kind == "lexicon":
            raise LexiconError(words)
        raise RejectedError(kind, self.detail(kind, words, seconds))

    def detail(self, kind: str, words: str, seconds: int) -> str:
        """What is said of a document at which the process failed."""
        if kind == "timeout":
            return f"going through its text took more than {seconds} seconds; shorten it, or raise the limit with --limit seconds NUMBER"
        if kind == "memory":
            return memory_words(self.limits)
        return f"going through its text failed ({words}); leave it out, or raise the limit with --limit memory NUMBER"

    def end(self) -> int | None:
        """As of any process; the next one is new."""
        self.answered = 0
        return super().end()


@contextmanager
def borrowed(limits: Limits) -> Iterator[Extractor]:
    """An extractor with these limits, kept for whoever asks for the same next; after an error it is ended: nobody knows where it stands."""
    extractor = taken(limits)
    try:
        yield extractor
    except BaseException:
        extractor.end()
        raise
    end_idle()
    _idle.append(extractor)


def taken(limits: Limits) -> Extractor:
    """The idle extractor, if it has these limits and is alive, else a new one."""
    known = _idle.pop() if _idle else None
    if known and known.owner == os.getpid():
        if known.limits == limits and known.process is not None and known.process.poll() is None:
            return known
        known.end()
    return Extractor(limits)


def end_idle() -> None:
    """End the extractor that waits, if it is ours: a process that was forked from its owner leaves it alone."""
    while _idle:
        known = _idle.pop()
        if known.owner == os.getpid():
            known.end()


atexit.register(end_idle)
