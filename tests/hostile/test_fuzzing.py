"""A minute's part of the fuzzing: some files of each kind, the same each time. `benchmarks/fuzz.py` goes on for as long as is wanted."""

from pathlib import Path

import pytest
from fuzz_checks import ForbiddenError, check_extraction, check_folder, check_reading, guarded, warm
from fuzz_files import KINDS, file
from fuzz_texts import chance_of

from corewatch.documents.pieces import Piece

FILES = 6


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm()


def test_broken_and_hostile_files_of_all_kinds_give_documents_or_known_reasons_and_true_tables() -> None:
    pieces: list[Piece] = []
    reasons: set[str] = set()
    with guarded():
        for kind in KINDS:
            for number in range(FILES):
                name, content = file(kind, chance_of(f"{kind} {number}"))
                found, why = check_reading(name, content)
                pieces += found[:3]
                reasons |= why.keys()
        tables = check_extraction(pieces[::2])
    # What is made has to reach the readers: most of it is read, the rest for many reasons.
    assert len(pieces) > 2 * len(KINDS)
    assert len(reasons) > 6
    assert len(tables.figures) > 100


def test_a_folder_of_them_is_read_by_the_whole_program_and_nothing_is_left_behind(tmp_path: Path) -> None:
    files = dict(file(kind, chance_of(f"folder {kind}")) for kind in KINDS)
    assert check_folder(tmp_path, files).total() > 0


def test_what_a_file_may_not_do_would_be_seen(tmp_path: Path) -> None:
    with pytest.raises(ForbiddenError), guarded():
        (tmp_path / "written").write_text("x")
    with pytest.raises(ForbiddenError), guarded():
        (tmp_path / "made").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_makes_the_same_files() -> None:
    assert [file(kind, chance_of("same")) for kind in KINDS] == [file(kind, chance_of("same")) for kind in KINDS]
