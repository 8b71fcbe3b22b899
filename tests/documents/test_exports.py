"""JSON Lines and Parquet: a document a row."""

import io
import json
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from corewatch.documents.exports import read_jsonl, read_parquet, read_row
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Draft, RejectedError


def lines(*rows: object) -> io.BytesIO:
    return io.BytesIO(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))


def test_each_line_is_a_document_with_what_its_columns_say() -> None:
    row = {
        "id": "a-1",
        "text": "Orrin pays.",
        "Headline": "Orrin",
        "date": "2025-03-28T10:00:00Z",
        "source": "The Wire",
        "url": "https://w.example",
    }
    ((number, key, draft),) = read_jsonl(lines(row), Limits())
    assert (number, key) == (1, "a-1")
    assert draft == Draft("Orrin pays.", "utf-8", "Orrin", "2025-03-28", "The Wire", "https://w.example")


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    found = list(
        read_jsonl(lines({"text": "One."}, b"{", [1], {"x": 1}, {"text": " "}, b'{"text": "\xff"}', b"", {"content": "Two."}), Limits())
    )
    assert [(number, one.reason if isinstance(one, RejectedError) else one.text) for number, _, one in found] == [
        (1, "One."), (2, "unreadable"), (3, "no_text"), (4, "no_text"), (5, "empty"), (6, "encoding"), (8, "Two."),
    ]  # fmt: skip


def test_a_line_above_the_limit_is_passed_over_and_never_held() -> None:
    class Endless(io.BytesIO):
        longest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.longest = max(self.longest, len(line))
            return line

    file = Endless(b'{"text": "' + b"x" * 5_000_000 + b'"}\n{"text": "Orrin pays."}\n')
    found = list(read_jsonl(file, Limits(file=1000)))
    assert [one.reason if isinstance(one, RejectedError) else one.text for _, _, one in found] == ["too_large", "Orrin pays."]
    assert file.longest <= 1 << 20


@pytest.mark.parametrize("key", ["", "../up", "a/b", ".hidden", "a\x1b[2J", "x" * 200, True, None, 1.5, "tx\u202e"])
def test_an_id_that_cannot_be_a_name_is_none(key: object) -> None:
    assert read_row({"id": key, "text": "Orrin pays."})[0] is None


def test_a_parquet_file_is_read_by_its_columns() -> None:
    memory = io.BytesIO()
    table = pa.table(
        {
            "other": [b"\0"] * 3,
            "article": ["Orrin pays.", None, ""],
            "title": ["Orrin", None, None],
            "date": [date(2025, 3, 28), None, None],
            "doc_id": [7, 8, 9],
        }
    )
    parquet.write_table(table, memory)
    found = list(read_parquet(memory, Limits()))
    assert found[0] == (1, "7", Draft("Orrin pays.", "utf-8", "Orrin", "2025-03-28"))
    assert [one.reason for _, _, one in found[1:] if isinstance(one, RejectedError)] == ["no_text", "empty"]


def test_a_parquet_file_without_texts_or_with_too_many_rows_is_rejected() -> None:
    for table, limits, reason in (
        (pa.table({"n": [1]}), Limits(), "no_text"),
        (pa.table({"text": ["a", "b"]}), Limits(members=1), "too_large"),
    ):
        memory = io.BytesIO()
        parquet.write_table(table, memory)
        with pytest.raises(RejectedError) as caught:
            list(read_parquet(memory, limits))
        assert caught.value.reason == reason
