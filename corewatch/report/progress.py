"""What a run says while it works: a bar on a terminal, plain lines in a log, or a JSON object a line for programs.

JSON lines have events and facts (names, counts, seconds, kinds of errors) and none of the words said to people, because a message may
hold words of an article; those go to the logger `corewatch` at the level of debugging.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from shutil import get_terminal_size
from types import TracebackType
from typing import Any, TextIO

from tqdm import tqdm

from corewatch.terminal import json_line, line, unguarded

LOGGER = logging.getLogger("corewatch")


class Progress:
    """Counts the steps of a run on `stream`; silent without one.

    On a terminal it is one bar that names the step; elsewhere, as in a scheduler's log, a line a step; with `as_json` an object a step.
    """

    def __init__(self, steps: int, stream: TextIO | None = None, *, as_json: bool = False) -> None:
        self.stream = stream
        self.as_json = as_json
        self.bar: Any = None
        self.done = 0
        self.steps = steps
        if stream is not None and not as_json and stream.isatty():
            # A terminal without a size, as containers give, would leave no room for the bar; this takes 80 columns then.
            room = get_terminal_size()
            style = "{bar:24} {n_fmt}/{total_fmt} {desc}"
            self.bar = tqdm(
                total=steps, file=unguarded(stream), bar_format=style, leave=False, ncols=room.columns, nrows=room.lines, mininterval=0
            )

    def step(self, said: str, event: str = "step", **facts: str | int | float) -> None:
        """One more step is done: said to people in words, logged as an event with facts."""
        self.done += 1
        said = line(said)
        if self.bar is not None:
            self.bar.set_description_str(said, refresh=False)
            self.bar.update()
        elif self.as_json:
            LOGGER.debug("%s", said)
            print(log_line(event, step=self.done, of=self.steps, **facts), file=self.stream, flush=True)
        elif self.stream is not None:
            print(f"[{self.done}/{self.steps}] {said}", file=self.stream, flush=True)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()


def log_line(event: str, **facts: str | int | float) -> str:
    """An event and its facts as a line of JSON: `{"time": "2025-03-28T01:00:07.123+00:00", "event": "read", "documents": 5}`."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json_line(json.dumps({"time": time, "event": event} | facts, ensure_ascii=False))


def shown(progress: bool) -> TextIO | None:
    """The stream to say progress on: standard error, because standard output is for results."""
    return sys.stderr if progress else None
