"""What goes into a report as a value stays one, and what comes out says nothing of the machine that made it.

One run of the real command, with real kernels, for both: its parameters and the name of its folder are programs, and its user, home,
folder for temporary files and working folder have names that are met nowhere else.
"""

import ast
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "\"; import os; os.system('touch INJECTED'); \""
MORE = "'''\n%system touch INJECTED\n!touch INJECTED\n{{config}} ${HOME} \\\"; exec(\"open('INJECTED', 'w')\") #"
# A file's name cannot have a slash; what it has besides is a program in Python, in a shell and in HTML.
FOLDER = "\"; open('INJECTED', 'w') #$(touch INJECTED)<img src=x>"
NEWS = """Quartzline signs with Orrin

LONDON, March 28, 2025 (Wire) - Quartzline Inc. said that Microsoft Corp. will pay it $11.9 billion over five years for data centers.

Nvidia Corp. invested $2 billion in Quartzline. Quartzline's revenue rose 737% to $1.92 billion in 2024.

Quartzline bought chips from Nvidia for $3 billion.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, "subprocess.CompletedProcess[bytes]"]:
    """The working folder and the folder of reports of a run, and how it ended."""
    base = tmp_path_factory.mktemp("xanthippe-base")
    work, home, temporary = (base / name for name in ("wuthering-cwd", "home-of-zaphodia", "qwertz-tmp"))
    for folder in (work, home, temporary, work / FOLDER):
        folder.mkdir()
    (work / FOLDER / "note.txt").write_text(NEWS)
    (work / FOLDER / "broken.pdf").write_bytes(b"no PDF")
    environment = os.environ | {
        "HOME": str(home), "USER": "zaphodia", "LOGNAME": "zaphodia", "TMPDIR": str(temporary), "COREWATCH_SECRET": "beeblebrox-key",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    parameters = ["-p", "company", PROGRAM, "-p", "core", MORE]
    command = [sys.executable, "-m", "corewatch", "report", "--seeds", FOLDER, "--out", "out", *parameters]
    return base, work, subprocess.run(command, cwd=work, env=environment, capture_output=True, check=False)


def test_a_parameter_that_is_a_program_stays_a_text(made: tuple[Path, Path, "subprocess.CompletedProcess[bytes]"]) -> None:
    base, work, done = made
    assert done.returncode == 0, done.stderr.decode()
    assert "not read: broken.pdf: unreadable, " in done.stderr.decode()
    assert [*base.rglob("INJECTED*"), *(ROOT / "notebooks").rglob("INJECTED*")] == []
    found: dict[str, set[object]] = {}
    for path in (work / "out").rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                for line in ast.parse(cell.source).body:
                    assert isinstance(line, ast.Assign)
                    assert isinstance(line.targets[0], ast.Name)
                    found.setdefault(line.targets[0].id, set()).add(ast.literal_eval(line.value))
    assert found["company"] == {PROGRAM}
    assert found["core"] == {MORE}
    assert {Path(str(seeds)).name for seeds in found.get("seeds", {FOLDER})} == {FOLDER}


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder as text, what is in a zip or a table too, with its name."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        name = str(path.relative_to(folder))
        yield name, name
        yield name, path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".parquet":
            yield name, pd.read_parquet(path).to_csv()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{name}/{member}", archive.read(member).decode("utf-8", "replace")) for member in archive.namelist())


def test_nothing_of_the_machine_is_in_what_a_run_leaves(made: tuple[Path, Path, "subprocess.CompletedProcess[bytes]"]) -> None:
    base, work, _ = made
    secrets = ["xanthippe", "wuthering", "zaphodia", "qwertz-tmp", "beeblebrox", str(base), str(ROOT), str(Path.home()) + "/", sys.prefix]
    secrets += [name for name in (socket.gethostname(), socket.getfqdn()) if len(name) > 5 and name != "localhost"]
    # What a run says of itself to whoever runs it is not shown to readers.
    told = [(name, text) for name, text in texts_of(work / "out") if not name.startswith((".", "latest/."))]
    assert len({name for name, _ in told}) > 20
    assert sorted({(name, secret) for name, text in told for secret in secrets if secret in text}) == []
