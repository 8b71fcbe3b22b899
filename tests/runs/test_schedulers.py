"""The recipes for schedulers, as the schedulers take them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).parent / "corewatch"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_systemd_units_are_sound(tmp_path: Path) -> None:
    for unit in (ROOT / "deploy").glob("corewatch.*"):
        text = unit.read_text().replace("/srv/corewatch/.venv/bin/corewatch", str(PROGRAM))
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(unit).name for unit in units] == ["corewatch.service", "corewatch.timer"]
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_line_for_cron_says_what_went_wrong_in_the_bare_environment_of_cron(tmp_path: Path) -> None:
    (line,) = re.findall(r"^ +30 2 \* \* \* (.+)$", (ROOT / "docs" / "runs.md").read_text(), re.MULTILINE)
    bare = {"HOME": str(tmp_path), "LOGNAME": "nobody", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    (tmp_path / "seeds").mkdir()
    told = line.replace("/srv/corewatch", f"'{tmp_path}'").replace(".venv/bin/corewatch", f"'{PROGRAM}'")
    done = subprocess.run(["/bin/sh", "-c", told], env=bare, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    failed = json.loads(done.stdout.splitlines()[-1])
    assert (failed["event"], failed["error"]) == ("failed", "InputError")
