"""The file that says what a text does not say of itself."""

from pathlib import Path

import pytest

from corewatch.documents.sources import Source, read_sources
from corewatch.errors import InputError

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
        ("file,url,publisher,published\na.txt,,,2025\na.txt,,,\n", "line 3: a.txt is named twice"),
        ("file,url,publisher,published\n,,The Ledger,\n", "line 2: no file is named"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "sources.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_sources(tmp_path)
