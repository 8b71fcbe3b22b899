"""Parquet: a document a row, whatever wrote the file, and no row's fault is another's."""

import io
from itertools import repeat
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from corewatch.documents.limits import Limits
from corewatch.documents.opening import opener
from corewatch.documents.parquet_files import read_parquet
from corewatch.documents.pieces import Draft, Piece, RejectedError, Rejection

TEXTS = ["Orrin pays $5 billion.", "Lantern lets halls."]


def rows_of(columns: dict[str, Any]) -> list[Draft | RejectedError]:
    memory = io.BytesIO()
    parquet.write_table(pa.table(columns), memory)
    return [found for _, _, found in read_parquet(memory, Limits())]


def texts_of(columns: dict[str, Any]) -> list[str]:
    return [found.text if isinstance(found, Draft) else found.reason for found in rows_of(columns)]


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([2**31 - 1, 20_175], pa.date32()),
        pa.array([2**53, 20_175 * 86_400], pa.timestamp("s")),
    ],
)
def test_a_date_that_no_calendar_has_leaves_its_row_and_the_others_readable(dates: pa.Array) -> None:
    # Day 20,175 since 1970 is 28 March 2025.
    first, second = rows_of({"text": TEXTS, "date": dates})
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert [(first.text, first.published), (second.text, second.published)] == [(TEXTS[0], None), (TEXTS[1], "2025-03-28")]


def test_a_zone_that_nobody_knows_is_no_fault_of_the_texts() -> None:
    assert texts_of({"text": TEXTS, "date": pa.array([0, 1], pa.timestamp("s", "Mars/Olympus"))}) == TEXTS


def test_texts_that_an_old_program_wrote_as_bytes_are_read() -> None:
    first, second = rows_of({"text": [TEXTS[0].encode(), "Orrin’s café pays Lantern.".encode("cp1252")], "title": [b"Orrin pays", b"\xff"]})
    assert first == Draft(TEXTS[0], "utf-8", "Orrin pays")
    assert second == Draft("Orrin’s café pays Lantern.", "cp1252")


def test_a_text_that_is_not_in_the_encoding_that_the_file_states_is_told_from_its_bytes() -> None:
    held = pa.array([b"Orrin pays.", b"Orrin\x92s caf\xe9 pays."], pa.binary())
    assert texts_of({"text": pa.Array.from_buffers(pa.string(), 2, held.buffers())}) == ["Orrin pays.", "Orrin’s café pays."]


def test_a_column_of_another_type_does_not_stand_for_the_texts() -> None:
    assert texts_of({"text": [[1], [2]], "content": TEXTS}) == TEXTS
    assert texts_of({"Text": TEXTS, "text": [1, 2]}) == TEXTS


def test_posts_of_a_content_system_are_what_it_shows_of_them() -> None:
    shown = {"rendered": "<p>Orrin pays $5 billion.</p>", "protected": False}
    posts = {"content": [shown, None, {"rendered": None}], "title": [{"rendered": "Orrin&#8217;s <em>deal</em>"}, None, None]}
    first, *others = rows_of({**posts, "source": [{"name": "The Ledger"}, None, None]})
    assert first == Draft("Orrin pays $5 billion.", "utf-8", "Orrin’s deal", publisher="The Ledger")
    assert [other.reason for other in others if isinstance(other, RejectedError)] == ["no_text", "no_text"]
    assert texts_of({"content": pa.array([{"rendered": b"<p>Orrin\x92s plan.</p>"}])}) == ["Orrin’s plan."]


def test_a_text_that_is_in_the_file_once_and_in_a_thousand_rows_is_left_at_the_limit() -> None:
    # A text of 1,000,000 characters: the eleventh is above 10 MB, and the file has a few kilobytes.
    text = "Orrin " * 166_666 + "pays"
    memory = io.BytesIO()
    held = pa.DictionaryArray.from_arrays(pa.array(list(repeat(0, 1000))), pa.array([text]))
    parquet.write_table(pa.table({"text": held}), memory, compression="zstd")
    size = memory.tell()
    events = list(opener(size, Limits()).open(io.BytesIO(memory.getvalue()), "feed.parquet", "feed"))
    assert len([one for one in events if isinstance(one, Piece)]) == 10
    assert [(one.name, one.reason) for one in events if isinstance(one, Rejection)] == [("feed.parquet", "archive")]
