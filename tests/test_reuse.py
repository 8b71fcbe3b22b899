"""What is read once gives the same tables as what is read anew, whatever happens to the documents in between."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.pipeline import parse
from corewatch.reuse import Kept
from corewatch.tables import write_frames

SENTENCES = (
    "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.",
    "Quillon said revenue tripled to over $800 million in 2024, from €250 million.",
    "“We pay our own way,” said Ada Renk, chief executive of Tarnfell.",
    "Loam invested about $5 million in Brackwater, its largest customer, in May 2025.",
    "The contract, first put at $3 billion, was dropped, two people said.",
)
NAMES = ("a.txt", "b.txt", "c.md", "below/a.txt")
# (name, sentences): the document is written or edited; without sentences it is deleted.
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(SENTENCES), max_size=4)), min_size=1, max_size=6)


def bytes_of(folder: Path, kept: Kept | None = None) -> dict[str, bytes]:
    """Every table of a folder of articles, as its file."""
    with tempfile.TemporaryDirectory() as out:
        tables = dict(parse(folder, kept=kept).items())
        return {path.name: path.read_bytes() for path in write_frames(tables, out, "parquet", "")}


def edit(path: Path, sentences: list[str]) -> None:
    """Write a document, or delete it."""
    if not sentences:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    text = "\n\n".join(sentences)
    path.write_text(f"<html><body><article><p>{text}</p></article></body></html>" if path.suffix == ".html" else text)


@settings(max_examples=8, deadline=None)
@given(EDITS)
def test_any_sequence_of_edits_gives_the_tables_of_a_reading_from_nothing(edits: list[tuple[str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        for name, sentences in edits:
            edit(Path(folder) / name, sentences)
            kept = Kept(Path(cache), "1")
            assert bytes_of(Path(folder), kept) == bytes_of(Path(folder))
            kept.tidy()


def test_only_what_changed_is_read_again_and_what_is_gone_is_not_kept(tmp_path: Path) -> None:
    folder, cache = tmp_path / "articles", tmp_path / "cache"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.html"):
        edit(folder / name, [f"About {name}. {SENTENCES[0]}", SENTENCES[3]])

    def hits(version: str = "1") -> int:
        kept = Kept(cache, version)
        assert bytes_of(folder, kept) == bytes_of(folder)
        kept.tidy()
        return kept.hits

    assert hits() == 0
    # Three documents, and the page as it was taken apart.
    assert hits() == 4
    edit(folder / "a.txt", [SENTENCES[1]])
    assert hits() == 3
    (folder / "b.txt").unlink()
    assert hits() == 3
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 3
    assert hits("2") == 0


def test_what_is_not_whole_counts_as_not_there(tmp_path: Path) -> None:
    values = [{"text": "half \ud83d a sign", "low": 0.1 + 0.2, "high": None, "approx": True, "start": 3}]
    assert Kept(tmp_path).get("x", lambda: values) == values
    assert Kept(tmp_path).get("x", lambda: pytest.fail("it is kept")) == values
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-1])
    assert Kept(tmp_path).get("x", lambda: ["anew"]) == ["anew"]
    assert Kept(tmp_path).get("y", lambda: ["for now"], lambda _: False) == ["for now"]
    assert Kept(tmp_path).get("y", lambda: ["later"]) == ["later"]
    assert Kept(None).get("x", lambda: 1) == 1
