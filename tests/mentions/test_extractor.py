"""The process that goes through texts: whatever happens to it, one document is rejected and the others are gone through."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from corewatch.documents.limits import MEGABYTE, Limits
from corewatch.documents.pieces import RejectedError
from corewatch.mentions.confining import Extractor, borrowed
from corewatch.mentions.rows import mentions_in
from corewatch.pipeline import parse

NEWS = "Orrin agreed to pay Nvidia $5 billion in March 2025, said Orla Brandt. Its revenue rose 5%. "


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(Limits()) as shared:
        yield shared


def kill(extractor: Extractor) -> None:
    os.kill(extractor.start().pid, signal.SIGKILL)


def test_the_rows_are_those_of_this_process_to_the_last_bit(extractor: Extractor) -> None:
    told = ("doc", f"Café news\n\n{NEWS}“We need it,” said Orla Brandt.", "Café news", "2025-03-28")
    assert extractor.read(*told) == mentions_in(*told)


def test_a_text_that_takes_too_long_is_rejected_with_the_flag_and_the_rest_goes_on(tmp_path: Path) -> None:
    # For a quarter of a million characters no machine that we know needs less than two seconds.
    (tmp_path / "long.txt").write_text(NEWS * 2600)
    (tmp_path / "note.txt").write_text(NEWS)
    (tmp_path / "sent.txt").write_text(NEWS * 2800)
    tables = parse(tmp_path, limits=Limits(seconds=1))
    assert list(tables.documents["doc_id"]) == ["note"]
    # Nobody is a copy of what is not there.
    assert tables.documents["copy_of"].isna().all()
    assert tables.deal_mentions["low"].tolist() == [5e9]
    words = "going through its text took more than {} seconds; shorten it, or raise the limit with --limit seconds NUMBER"
    # What is longer may take longer, by a second for each quarter of a million characters here.
    assert tables.rejected.values.tolist() == [["long.txt", "timeout", words.format(1)], ["sent.txt", "timeout", words.format(2)]]


def test_a_text_that_needs_too_much_memory_is_rejected_and_the_next_is_gone_through() -> None:
    with Extractor(Limits(memory=140 * MEGABYTE)) as extractor:
        with pytest.raises(RejectedError) as caught:
            extractor.read("doc", NEWS * 900, None, None)
        words = "more than 140 MB of memory are needed; split it, or raise the limit with --limit memory BYTES"
        assert (caught.value.reason, caught.value.detail) == ("memory", words)
        assert extractor.read("doc", NEWS, None, None) == mentions_in("doc", NEWS, None, None)


def test_a_new_process_that_dies_rejects_its_document_and_another_goes_on(extractor: Extractor) -> None:
    extractor.end()
    kill(extractor)
    with pytest.raises(RejectedError, match="the process that did it died") as caught:
        extractor.read("doc", NEWS, None, None)
    assert caught.value.reason == "crash"
    assert extractor.read("doc", NEWS, None, None)["deal_mentions"]


def test_what_an_earlier_document_left_behind_turns_no_other_away(extractor: Extractor) -> None:
    extractor.read("doc", NEWS, None, None)
    kill(extractor)
    assert extractor.read("doc", NEWS, None, None)["deal_mentions"]


def test_a_process_is_kept_for_the_next_reading_with_the_same_limits_and_not_after_an_error() -> None:
    def used(limits: Limits) -> int:
        with borrowed(limits) as extractor:
            return extractor.start().pid

    first = used(Limits())
    assert used(Limits()) == first
    with pytest.raises(KeyboardInterrupt), borrowed(Limits()):
        raise KeyboardInterrupt
    second = used(Limits())
    assert second != first
    for _ in range(2):
        # It may have left while it was idle.
        with borrowed(Limits(seconds=9)) as extractor:
            assert extractor.read("doc", NEWS, None, None)["deal_mentions"]
            assert extractor.start().pid != second
        kill(extractor)
    # Only one is ever left, and the first ones are gone.
    for gone in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(gone, 0)
