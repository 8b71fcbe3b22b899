"""Which files become documents, what they are called, and what is said of the others."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corewatch.documents.describing import title_of
from corewatch.documents.reading import read_documents
from corewatch.errors import InputError
from corewatch.tables import check, records

EXAMPLES = Path(__file__).parents[1] / "examples"


def read(*paths: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    documents, rejected = read_documents(paths)
    check("documents", documents)
    check("rejected", rejected)
    return {row["doc_id"]: row for row in records(documents)}, {row["path"]: row["reason"] for row in records(rejected)}


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def test_a_folder_gives_its_articles_and_names_what_it_passes_over() -> None:
    documents, rejected = read(EXAMPLES)
    assert list(documents) == [
        "lanternfield_first_day",
        "lanternfield_listing",
        "markup_in_the_text",
        "older/lease_dropped",
        "orrin_contract_doubts",
        "orrin_signs",
        "quartzline_results",
    ]
    assert rejected == {"empty.txt": "empty", "feed.json": "no_text", "older/quartzline_results_again.md": "duplicate"}


def test_sources_tell_what_a_text_does_not_say_of_itself() -> None:
    documents, _ = read(EXAMPLES)
    row = documents["older/lease_dropped"]
    assert (row["path"], row["publisher"], row["published"], row["url"]) == ("older/lease_dropped.txt", "Inland Wire", "2025-11-20", None)
    assert documents["markup_in_the_text"]["publisher"] == 'Page & "Notice" <Desk>'


def test_the_text_is_the_decoded_file_unchanged(tmp_path: Path) -> None:
    content = "Chips – running  short\r\n\r\nMakers of “chips” can’t keep up.\t\r\n".encode()
    write(tmp_path, note_dot_txt=content)
    row = read(tmp_path)[0]["note"]
    assert row["text"].encode() == content
    assert (row["n_chars"], row["n_words"], row["sha256"]) == (len(content.decode()), 10, sha256(content).hexdigest())


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    write(tmp_path, note_dot_txt="\ufeffMakers of chips.".encode())
    assert read(tmp_path)[0]["note"]["text"] == "Makers of chips."


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a_dot_txt", b"", "empty"),
        ("a_dot_txt", b" \n\t\n", "empty"),
        ("a_dot_txt", b"\xef\xbb\xbf", "empty"),
        ("a_dot_txt", b"\x01\x02\x03\x04\xff", "binary"),
        ("a_dot_md", b"\x89PNG\x00\x01", "binary"),
        ("a_dot_docx", b"PK", "unreadable"),
        ("a_dot_doc", b"PK", "unsupported"),
        ("README", b"text", "unsupported"),
    ],
)
def test_a_file_without_text_is_named_with_its_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path, **{name: content})
    documents, rejected = read(tmp_path)
    assert (documents, list(rejected.values())) == ({}, [reason])


def test_a_name_that_is_no_text_is_passed_over_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path, note_dot_txt="first")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("second")
    documents, rejected = read(tmp_path)
    assert (list(documents), rejected) == (["note"], {"caf\\xe9.txt": "name"})


def test_hidden_files_and_configuration_are_no_articles(tmp_path: Path) -> None:
    write(
        tmp_path,
        _dot_hidden_dot_txt="x",
        _dot_git__config_dot_txt="x",
        corrections_dot_csv="x",
        sources_dot_csv="file,url,publisher,published\n",
    )
    assert read(tmp_path) == ({}, {})


def test_a_path_that_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt: no such file or folder"):
        read_documents([tmp_path / "missing.txt"])


def test_files_of_one_stem_keep_apart(tmp_path: Path) -> None:
    write(tmp_path, one__note_dot_txt="first", one__note_dot_md="second", two__note_dot_txt="third", two__deep__note_dot_txt="fourth")
    documents, _ = read(tmp_path / "one", tmp_path / "two")
    assert {doc_id: row["text"] for doc_id, row in documents.items()} == {
        "note": "second", "note.txt": "first", "two/note": "third", "deep/note": "fourth",
    }  # fmt: skip


def test_names_that_differ_by_capitals_or_the_spelling_of_an_accent_alone_keep_apart(tmp_path: Path) -> None:
    write(tmp_path, Note_dot_txt="first", note_dot_txt="second")
    write(tmp_path, **{"caf\u00e9_dot_txt": "third", "cafe\u0301_dot_txt": "fourth"})
    documents, _ = read(tmp_path)
    assert {doc_id: row["text"] for doc_id, row in documents.items()} == {
        "Note": "first", "note.txt": "second", "cafe\u0301": "fourth", "caf\u00e9.txt": "third",
    }  # fmt: skip


def test_a_file_given_twice_or_in_its_folder_too_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, note_dot_txt="first")
    documents, rejected = read(tmp_path / "note.txt", tmp_path, tmp_path / "note.txt")
    assert (list(documents), rejected) == (["note"], {})


def test_a_single_file_is_called_by_its_stem_and_has_its_source() -> None:
    documents, rejected = read(EXAMPLES / "orrin_signs.txt")
    assert [(row["doc_id"], row["path"], row["publisher"]) for row in documents.values()] == [
        ("orrin_signs", "orrin_signs.txt", "Inland Wire")
    ]
    assert rejected == {}


def test_the_order_in_which_paths_are_given_changes_nothing() -> None:
    paths = [EXAMPLES / "orrin_signs.txt", EXAMPLES / "older", EXAMPLES / "feed.json"]
    straight, turned = read_documents(paths), read_documents(paths[::-1])
    assert all(one.equals(other) for one, other in zip(straight, turned, strict=True))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chips run short\n\nMakers of chips can't keep up.", "Chips run short"),
        ("# Chips run short\nMakers of chips.", "Chips run short"),
        ("\n  Is it a “loop”?\nIt is asked.", "Is it a “loop”?"),
        ("Makers of chips can't keep up.\nThey said so.", None),
        ("Makers of chips can't keep up", None),
        (f"{'A very long first line ' * 9}\nText.", None),
        ("", None),
    ],
)
def test_a_headline_is_a_short_first_line_that_no_full_stop_ends(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_a_file_of_blanks_and_signs_without_width_is_empty(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text("\n \u200b\ufeff\n", encoding="utf-8")
    assert read(tmp_path) == ({}, {"blank.txt": "empty"})


def test_a_name_with_control_signs_in_the_sources_is_told_in_plain_signs(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Orrin Labs pays Corvane $3 billion for chips that it will use.", encoding="utf-8")
    (tmp_path / "sources.csv").write_bytes(b"file,url,publisher,published\na\x1b[2Jb.txt,,,\n")
    _, rejected = read_documents([tmp_path])
    assert list(rejected["path"]) == ["a\\x1b[2Jb.txt"]


def test_a_source_of_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Quartzline opened a site.", encoding="utf-8")
    (tmp_path / "sources.csv").write_text("file,url,publisher,published\nnote.txt,,The Ledger,\nnoet.txt,,The Ledger,2025-03-01\n")
    documents, rejected = read(tmp_path)
    assert (list(documents), rejected) == (["note"], {"noet.txt": "missing"})


def test_the_head_of_a_markdown_file_says_what_it_is_and_stays_in_the_text(tmp_path: Path) -> None:
    news = (
        '---\ntitle: "Chips run short"\nsource: https://ledger.example/chips\npublisher: The Ledger\ndate: 2025-03-28T10:00\n---\n'
        "# Chips run short\n\nMakers of chips pay $5 billion.\n"
    )
    write(
        tmp_path, note_dot_md=news, plain_dot_md="---\n\nChips run short\n\nMakers pay.\n", open_dot_md="---\ntitle: Chips\n\nMakers pay.\n"
    )
    documents = read(tmp_path)[0]
    row = documents["note"]
    assert (row["title"], row["published"], row["publisher"], row["url"]) == (
        "Chips run short", "2025-03-28", "The Ledger", "https://ledger.example/chips",
    )  # fmt: skip
    assert row["text"] == news
    assert documents["open"]["url"] is None
