"""A folder of documents in all formats, some broken, read by the program itself: each good one, each broken one listed, and nothing else.

`benchmarks/inputs.py` does the same with ten thousand.
"""

import os
import subprocess
import sys
from pathlib import Path

from corpus_files import KINDS, write_files

from corewatch.tables import read_tables

NUMBER = 200


def processes_of(session: int) -> list[str]:
    """The processes that a session still has."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def test_every_good_document_is_read_every_broken_one_is_listed_and_nothing_else_happens(tmp_path: Path) -> None:
    folder, out, temporary, home = (tmp_path / name for name in ("in", "out", "tmp", "home"))
    for path in (folder, temporary, home):
        path.mkdir()
    good, broken = write_files(folder, NUMBER)
    assert (len(good), len(broken)) == (NUMBER - 2 * len(KINDS), 2 * len(KINDS))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    done = subprocess.Popen(
        [sys.executable, "-m", "corewatch", "parse", str(folder), "--out", str(out)], cwd=home, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(temporary), "HOME": str(home)},
    )  # fmt: skip
    _, said = done.communicate(timeout=600)
    assert done.returncode == 0, said
    tables = read_tables(out)
    assert set(tables.documents["path"]) == good
    assert set(tables.rejected["path"]) == broken
    assert set(tables.rejected["reason"]) == {"binary", "no_text", "unreadable", "archive", "empty"}
    # Each has its own sum: nothing was read twice or taken for another.
    assert tables.documents["sha256"].is_unique
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert [*temporary.iterdir(), *home.iterdir()] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "in", "out", "tmp"]
    assert processes_of(done.pid) == []
