"""Which documents are copies of one text."""

from random import Random

import pytest
from pandas import DataFrame

from corewatch.documents.copies import near_copies
from corewatch.documents.reading import read_documents
from corewatch.tables import frame

WORDS = [
    line.split()
    for line in ("hall rack lease grid bond chip", "quiet northern coastal rented idle cold", "builds leases sells cools powers rents")
]


def article(seed: int, sentences: int = 40) -> str:
    """An invented article; two seeds give texts that share no run of five words but by chance."""
    draw = Random(seed)  # noqa: S311  # texts are drawn, nothing is kept secret
    return " ".join(
        f"The {draw.choice(WORDS[1])} {draw.choice(WORDS[0])} {draw.choice(WORDS[2])} {draw.randint(10, 99_999)} "
        f"{draw.choice(WORDS[0])}s of {draw.choice(WORDS[1])} kind."
        for _ in range(sentences)
    )


def papers(**texts: str | tuple[str, str]) -> DataFrame:
    """Documents by name; a pair is a text and its date."""
    rows = []
    for name, told in texts.items():
        text, published = told if isinstance(told, tuple) else (told, None)
        rows.append(
            {
                "doc_id": name,
                "path": f"{name}.txt",
                "sha256": name,
                "published": published,
                "text": text,
                "n_chars": len(text),
                "n_words": 1,
            }
        )
    return frame("documents", rows)


def test_a_text_under_another_headline_is_a_copy_of_the_first_by_name() -> None:
    wire = article(1)
    assert near_copies(papers(b=f"Lanternfield rents a hall\n\n{wire}", a=f"A hall is let\n\n{wire}")) == {"b": "a"}


def test_the_earlier_by_date_is_the_one_that_was_copied_and_an_undated_one_copies() -> None:
    wire = article(1)
    assert near_copies(papers(a=(wire + " Late.", "2025-03-02"), b=(wire + " Early.", "2025-03-01"), c=wire)) == {"a": "b", "c": "b"}


def test_an_excerpt_is_a_copy_of_what_it_was_cut_from() -> None:
    wire = article(1)
    assert near_copies(papers(whole=(wire, "2025-03-01"), cut=(wire[: len(wire) // 2], "2025-03-02"))) == {"cut": "whole"}


def test_the_letter_case_and_the_punctuation_make_no_difference() -> None:
    wire = article(1)
    assert near_copies(papers(a=wire, b=wire.upper().replace(".", " —"))) == {"b": "a"}


def test_two_articles_on_one_subject_are_no_copies() -> None:
    assert near_copies(papers(a=article(1), b=article(2))) == {}


def test_a_quarter_of_the_words_in_common_is_a_quotation() -> None:
    wire, other = article(1), article(2)
    assert near_copies(papers(a=wire, b=wire[: len(wire) // 4] + " " + other[len(other) // 4 :])) == {}


def test_texts_of_a_few_words_say_too_little_to_be_told_copies() -> None:
    assert near_copies(papers(a="Lanternfield let a hall to Orrin.", b="Lanternfield let a hall to Orrin!")) == {}


def test_standing_text_makes_no_copies() -> None:
    about = article(99, sentences=5)
    assert near_copies(papers(**{f"p{number}": f"{article(number)} {about}" for number in range(8)})) == {}


@pytest.mark.parametrize("prints", [49, 70])
def test_a_text_that_many_papers_print_is_one_text(prints: int) -> None:
    wire = article(1)
    names = [f"p{number:02d}" for number in range(prints)]
    assert near_copies(papers(**{name: f"The {name} paper\n\n{wire}" for name in names})) == dict.fromkeys(names[1:], "p00")


def test_standing_text_of_many_documents_makes_no_copies_either() -> None:
    about = article(99, sentences=5)
    assert near_copies(papers(**{f"p{number}": f"{article(number)} {about}" for number in range(60)})) == {}


def test_the_order_of_documents_changes_nothing() -> None:
    wire = article(1)
    table = papers(a=wire + " One.", b=wire + " Two.", c=article(2))
    assert near_copies(table.iloc[::-1].reset_index(drop=True)) == near_copies(table) == {"b": "a"}


def test_the_table_of_documents_says_what_is_copied(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("news")
    wire = article(1)
    (folder / "courier.txt").write_text(f"A hall is let\n\n{wire}\n")
    (folder / "wire.txt").write_text(f"OSLO, March 1, 2025 (Wire) - {wire}\n")
    (folder / "other.txt").write_text(article(2))
    documents, _ = read_documents([folder])
    told = dict(zip(documents["doc_id"], documents["copy_of"].astype(object).where(documents["copy_of"].notna(), None), strict=True))
    assert told == {"courier": "wire", "other": None, "wire": None}
