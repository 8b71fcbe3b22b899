"""What a run says while it works: a bar on a terminal, plain lines in a log."""

import sys
from shutil import get_terminal_size
from types import TracebackType
from typing import Any, TextIO

from tqdm import tqdm


class Progress:
    """Counts the steps of a run on `stream`; silent without one.

    On a terminal it is one bar that names the step; elsewhere, as in a scheduler's log, a line a step.
    """

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        self.stream = stream
        self.bar: Any = None
        self.done = 0
        self.steps = steps
        if stream is not None and stream.isatty():
            # A terminal without a size, as containers give, would leave no room for the bar; this takes 80 columns then.
            room = get_terminal_size()
            style = "{bar:24} {n_fmt}/{total_fmt} {desc}"
            self.bar = tqdm(total=steps, file=stream, bar_format=style, leave=False, ncols=room.columns, nrows=room.lines, mininterval=0)

    def step(self, said: str) -> None:
        """One more step is done."""
        self.done += 1
        if self.bar is not None:
            self.bar.set_description_str(said, refresh=False)
            self.bar.update()
        elif self.stream is not None:
            print(f"[{self.done}/{self.steps}] {said}", file=self.stream, flush=True)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()


def shown(progress: bool) -> TextIO | None:
    """The stream to say progress on: standard error, because standard output is for results."""
    return sys.stderr if progress else None
