"""What was read once and need not be read again: values kept in a folder by the digest of everything that they were made from.

In: a folder, and the version of the code that makes the values. Out: a kept value, or none. A value is made of lists, dictionaries, texts,
numbers, truth values and nulls; what comes back is equal to what was kept, floating-point numbers to the last bit.

Judgements made here: whatever is not whole (a disk that was full, a process that was killed) counts as not there; what was not asked for
since the folder was opened belongs to documents that are gone, and `tidy` removes it.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Kept:
    """Values kept in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, version: str = "") -> None:
        self.folder = folder
        self.version = version
        self.asked: set[str] = set()
        self.hits = 0

    def get(self, source: object, make: Callable[[], T], lasting: Callable[[T], bool] | None = None) -> T:
        """The value that was made from `source` before, else the one that `make` makes now; that is kept if it is `lasting`."""
        if self.folder is None:
            return make()
        name = hashlib.sha256(json.dumps([self.version, source]).encode()).hexdigest()
        self.asked.add(name)
        path = self.folder / name[:2] / name
        try:
            digest, _, text = path.read_text(encoding="ascii").partition("\n")
            if digest == hashlib.sha256(text.encode()).hexdigest():
                self.hits += 1
                known: T = json.loads(text)
                return known
        except (OSError, ValueError):
            pass
        value = make()
        if lasting is not None and not lasting(value):
            return value
        # Pure ASCII: half a character of a text comes back as it was.
        text = json.dumps(value)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{name}.{os.getpid()}.part")
        aside.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="ascii")
        aside.replace(path)
        return value

    def tidy(self, most: int = 0) -> None:
        """Remove what was not asked for, but for the `most` that were made last, and what a killed process left."""
        if self.folder is None:
            return
        others = [path for path in self.folder.glob("*/*") if path.name not in self.asked]
        spared = sorted((path for path in others if path.suffix != ".part"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in set(others) - set(spared[-most:] if most else []):
            path.unlink(missing_ok=True)
