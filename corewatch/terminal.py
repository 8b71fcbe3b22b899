"""What is shown on a terminal or written into a log: words, and nothing that moves the cursor, hides a line or turns it around.

In: texts that may hold words of articles, names of files and messages of libraries. Out: the same texts with every sign that a terminal
obeys written out, as in `\\x1b[2J`. `run` of `corewatch.cli` puts `guarded` around all that a command does, so that no command has to
think of it; `line` keeps what is one thing on one line.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TextIO, cast

# Signs that could move the cursor, end a line or turn the direction of writing where a text is shown, and halves of characters.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# The same without what lines and columns of output are made of.
OBEYED = re.compile(f"(?![\n\t]){UNSHOWABLE.pattern}")


def line(text: object) -> str:
    """A text on one line, as it may be shown: `line("a\\x1b[2J\\nb")` is `"a\\\\x1b[2J b"`."""
    return OBEYED.sub(written_out, re.sub(r"[\r\n\t]+", " ", str(text)))


def written_out(sign: re.Match[str]) -> str:
    """A sign as Python and JSON write it, both of which read it again: `\\x1b` in a text, `\\u001b` where it has to be."""
    code = ord(sign[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def json_line(text: str) -> str:
    """JSON that says the same and can be shown: JSON writes out the signs below 32 itself, and not those above 126."""
    return OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


class Guarded:
    """A stream of text that writes out whatever a terminal would obey; everything else is the stream's own."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text; lines and tabs stay."""
        return self.stream.write(OBEYED.sub(written_out, text))

    def writelines(self, lines: list[str]) -> None:
        """Write texts one after the other."""
        for text in lines:
            self.write(text)

    def __getattr__(self, name: str) -> object:
        # There is no way around the guard.
        if name in ("buffer", "detach"):
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard standard output and standard error, also against characters that they have no bytes for."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (guard(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def guard(stream: TextIO) -> TextIO:
    """A stream with a guard around it, once."""
    if isinstance(stream, Guarded):
        return cast(TextIO, stream)
    reconfigure = getattr(stream, "reconfigure", None)
    if callable(reconfigure):
        reconfigure(errors="backslashreplace")
    return cast(TextIO, Guarded(stream))


def unguarded(stream: TextIO) -> TextIO:
    """The stream itself, for a progress bar, which moves the cursor; whoever takes it shows words through `line` only."""
    return cast(TextIO, stream.stream) if isinstance(stream, Guarded) else stream
