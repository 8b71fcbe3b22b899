"""The file that says what a text does not say of itself."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corewatch.documents.sources import Source, read_sources
from corewatch.errors import InputError
from corewatch.reconcile.correction_lines import read_corrections

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_seeds_are_all_named_and_nothing_is_invented() -> None:
    assert read_sources(SEEDS) == {path.name: Source() for path in SEEDS.glob("*.txt")}


def test_a_folder_without_the_file_knows_nothing(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("file,url,publisher\n", "line 1: no column published"),
        ("file,url,publisher,published\na.txt,,,28.3.2025\n", "line 2: '28.3.2025' is no date"),
        ("file,url,publisher,published\na.txt,,,2025-02-29\n", "line 2: '2025-02-29' is no date"),
        ("file,url,publisher,published\na.txt,,,2025-13\n", "line 2: '2025-13' is no date"),
        ("file,url,publisher,published\na.txt,,,0000\n", "line 2: '0000' is no date"),
        (f"file,url,publisher,published\na.txt,,{'x' * 200_000},\n", "after line 1: field larger than field limit"),
        ("file,url,publisher,published\na.txt,,Caf\xe9 Press,\n".encode("latin-1"), "byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ("file,url,publisher,published\na.txt,,,2025\na.txt,,,\n", "line 3: a.txt is named twice"),
        ("file,url,publisher,published\n,,The Ledger,\n", "line 2: no file is named"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path: Path, content: str | bytes, message: str) -> None:
    (tmp_path / "sources.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=message):
        read_sources(tmp_path)


@pytest.mark.parametrize("published", ["2024-02-29", "2025-03", "2025"])
def test_a_date_may_be_known_to_the_day_the_month_or_the_year(tmp_path: Path, published: str) -> None:
    (tmp_path / "sources.csv").write_text(f"file,url,publisher,published\na.txt,,,{published}\n", encoding="utf-8")
    assert read_sources(tmp_path)["a.txt"].published == published


@pytest.mark.parametrize(("name", "read"), [("sources.csv", read_sources), ("corrections.csv", lambda folder: read_corrections([folder]))])
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path, name: str, read: Callable[[Path], object]) -> None:
    (tmp_path / "linked").mkdir()
    os.mkfifo(tmp_path / name)
    (tmp_path / "linked" / name).symlink_to("/dev/zero")
    for folder in (tmp_path, tmp_path / "linked"):
        with pytest.raises(InputError, match=rf"{name}: a pipe, socket or device and no file"):
            read(folder)
