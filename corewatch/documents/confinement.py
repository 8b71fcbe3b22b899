"""What a process that reads what cannot be trusted gives up: files to write, memory, and time of the processor.

In: limits. Out: nothing; the system holds the process to them, whatever is in its memory. Time is that of the processor, so that a busy
machine turns no document away; the clock only ends a process that waits for ever, also where nobody is left to end it.
"""

import json
import os
import resource
import signal
from pathlib import Path
from typing import IO, Any

# How many times its processor time a document may take by the clock, and the seconds that the process outlives its parent's patience.
PATIENCE, GRACE = 5, 10


def confine(memory: int) -> None:
    """Give up what a reader does not need; `memory` is in bytes of address space."""
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(limit)[1]
        try:
            resource.setrlimit(limit, (value, value) if hard == resource.RLIM_INFINITY else (min(value, hard), hard))
        except (ValueError, OSError):
            # Not every system has each of them; time is limited everywhere.
            continue
    for alarm in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(alarm, signal.SIG_DFL)


def allow(seconds: int) -> None:
    """From now on so many seconds of the processor are left, after which the system ends the process; 0 for as many as it likes."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(seconds and PATIENCE * seconds + GRACE)


def crowded(memory: int) -> bool:
    """Whether the process holds so much of its address space, `memory` bytes, that the next document would be short of it.

    Libraries keep what a large file made them take, and the next one is not to blame for it. False where the system does not say.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return False
    return 2 * pages * resource.getpagesize() > memory


def answers() -> IO[str]:
    """Where answers go: standard output, which from now on is no other's, because what a library prints is no answer."""
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return out


def send(out: IO[str], message: dict[str, Any]) -> None:
    """Write a message as a line of JSON; ASCII, so that halves of characters pass."""
    out.write(json.dumps(message) + "\n")
    out.flush()
