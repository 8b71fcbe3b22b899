"""The day on which an article appeared, by its own first lines."""

from pathlib import Path

import pytest

from corewatch.documents.datelines import date_stated
from corewatch.documents.reading import read_documents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hut lets halls\n\nOSLO, June 3, 2025 (Wire) - Tamsel has let a hall.", "2025-06-03"),
        ("ST. PAUL, Minn., June 3, 2025 (Wire) - Tamsel has let a hall.", "2025-06-03"),
        ("CHICAGO, Jan. 5, 2025 /Northwire/ -- Tamsel has let a hall.", "2025-01-05"),
        ("Tamsel lets a hall\nBy Ada Quill\nSept. 13, 2025\nTamsel has let a hall.", "2025-09-13"),
        ("Tamsel lets a hall\n5 March 2025\nTamsel has let a hall.", "2025-03-05"),
        ("Tuesday, 3 June 2025\n\nTamsel has let a hall.", "2025-06-03"),
        ("Published: 2025-06-03\n\nTamsel has let a hall.", "2025-06-03"),
        ("Updated on June 3, 2025 at 10:20 a.m.\n\nTamsel has let a hall.", "2025-06-03"),
        ("2025-06-03 08:15\nTamsel has let a hall.", "2025-06-03"),
        ("June 3, 2025, Oslo\nTamsel has let a hall.", "2025-06-03"),
    ],
)
def test_a_dateline_dates_its_article(text: str, day: str) -> None:
    assert date_stated(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Tamsel let a hall on June 3, 2025, to Orrin.",
        "Tamsel has let a hall.\n\nThe lease of June 3, 2025 runs for ten years.",
        "June 3, 2025 was a good day for Tamsel.",
        "OSLO, June 3 (Wire) - Tamsel has let a hall.",
        "June 2025\nTamsel has let a hall.",
        "OSLO, June 31, 2025 (Wire) - Tamsel has let a hall.",
        "2025-13-45\nTamsel has let a hall.",
        "2025-02-29\nTamsel has let a hall.",
        "",
    ],
)
def test_a_date_in_a_sentence_or_without_a_day_or_year_dates_nothing(text: str) -> None:
    assert date_stated(text) is None


def test_a_date_below_the_first_six_lines_is_no_dateline() -> None:
    lines = ["Tamsel lets a hall", "A deck", "By Ada Quill", "Photo: Orrin", "Share"]
    assert date_stated("\n\n".join([*lines, "June 3, 2025"])) == "2025-06-03"
    assert date_stated("\n\n".join([*lines, "Print", "June 3, 2025"])) is None


def test_what_the_file_of_sources_says_goes_before_the_dateline(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"OSLO, June 3, 2025 (Wire) - Tamsel has let hall {name}.\n")
    (tmp_path / "sources.csv").write_text("file,url,publisher,published\na.txt,,,2025-06-04\nb.txt,,,\n")
    documents, _ = read_documents([tmp_path])
    assert list(documents["published"]) == ["2025-06-04", "2025-06-03"]


def test_a_full_stop_ends_a_dateline_only_where_the_date_is_all_there_is_of_it() -> None:
    assert date_stated("Halls let\n\nJune 2, 2025. The landlord has let two halls.\n") == "2025-06-02"
    assert date_stated("Halls let\n\nThe landlord, founded in Oslo, June 2, 2025. It has let two halls.\n") is None
