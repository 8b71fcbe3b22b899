"""Files that hold documents: archives and compressed files, read in the worker process without anything being unpacked to disk."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corewatch.documents.limits import Limits
from corewatch.documents.reading import read_documents
from corewatch.tables import check, records

NEWS = "Quartzline signs with Orrin\n\nQuartzline said on Monday that it had signed a five-year, $11.9 billion contract, number {}.\n"


def read(folder: Path, limits: Limits | None = None) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    documents, rejected = read_documents([folder], limits)
    check("documents", documents)
    check("rejected", rejected)
    return {row["doc_id"]: row for row in records(documents)}, {row["path"]: row["reason"] for row in records(rejected)}


def news(number: int) -> bytes:
    return NEWS.format(number).encode()


def zipped(**members: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return memory.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=mode) as archive:  # type: ignore[call-overload]  # a mode chosen at run time
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_dot_", "."))
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return memory.getvalue()


def zstd(content: bytes) -> bytes:
    memory = pa.BufferOutputStream()
    with pa.CompressedOutputStream(memory, "zstd") as stream:
        stream.write(content)
    return bytes(memory.getvalue().to_pybytes())


def test_compressed_texts_are_the_texts(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_bytes(news(1))
    (tmp_path / "same.txt.gz").write_bytes(gzip.compress(news(1)))
    (tmp_path / "two.md.gz").write_bytes(gzip.compress(news(2)))
    (tmp_path / "three.txt.zst").write_bytes(zstd(news(3)))
    documents, rejected = read(tmp_path)
    assert {name: row["text"] for name, row in documents.items()} == {
        "plain": NEWS.format(1), "two": NEWS.format(2), "three": NEWS.format(3),
    }  # fmt: skip
    assert documents["two"]["title"] == "Quartzline signs with Orrin"
    assert rejected == {"same.txt.gz": "duplicate"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_read_however_it_is_compressed(tmp_path: Path, mode: str) -> None:
    name = {"w": "pack.tar", "w:gz": "pack.tgz", "w:bz2": "pack.tar.bz2", "w:xz": "pack.tar.xz"}[mode]
    members = {"_dot_hidden_dot_txt": b"x", "sources_dot_csv": b"x"}
    (tmp_path / name).write_bytes(tarred(mode, a__note_dot_txt=news(1), b__note_dot_md=news(2), run_dot_exe=b"MZ", **members))
    documents, rejected = read(tmp_path)
    assert {row["path"]: name for name, row in documents.items()} == {
        f"{name}/a/note.txt": f"{name.split('.')[0] if mode in ('w', 'w:gz') else 'pack'}/a/note",
        f"{name}/b/note.md": f"{name.split('.')[0] if mode in ('w', 'w:gz') else 'pack'}/b/note",
    }
    assert rejected == {f"{name}/run.exe": "unsupported"}


def test_archives_in_archives_are_read_and_nothing_is_left_on_disk(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({"text": NEWS.format(at)}).encode() + b"\n" for at in (3, 4))
    inner = zipped(note_dot_txt=news(1), feed_dot_jsonl=rows)
    (tmp_path / "pack.tar.zst").write_bytes(zstd(tarred("w", deep__inner_dot_zip=inner, two_dot_txt_dot_gz=gzip.compress(news(2)))))
    documents, rejected = read(tmp_path)
    assert sorted(row["path"] for row in documents.values()) == [
        "pack.tar.zst/deep/inner.zip/feed.jsonl/1",
        "pack.tar.zst/deep/inner.zip/feed.jsonl/2",
        "pack.tar.zst/deep/inner.zip/note.txt",
        "pack.tar.zst/two.txt.gz",
    ]
    assert "pack/deep/inner/feed/1" in documents
    assert rejected == {}
    assert [path.name for path in tmp_path.iterdir()] == ["pack.tar.zst"]


def test_a_source_may_name_a_document_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(zipped(note_dot_txt=news(1)))
    (tmp_path / "sources.csv").write_text("file,url,publisher,published\npack.zip/note.txt,,The Ledger,2025-03\npack.zip/no.txt,,,\n")
    documents, rejected = read(tmp_path)
    assert (documents["pack/note"]["publisher"], documents["pack/note"]["published"]) == ("The Ledger", "2025-03")
    assert rejected == {"pack.zip/no.txt": "missing"}


@pytest.mark.parametrize(
    ("limits", "rejected"),
    [
        (Limits(file=100), {"pack.zip/a.txt": "too_large", "pack.zip/in.zip": "too_large"}),
        (Limits(archive=100), {"pack.zip": "too_large"}),
        (Limits(members=1), {"pack.zip": "archive"}),
        (Limits(unpacked=200), {"pack.zip": "archive"}),
        (Limits(depth=1), {"pack.zip/in.zip": "archive"}),
    ],
)
def test_each_limit_can_be_set_and_is_said(tmp_path: Path, limits: Limits, rejected: dict[str, str]) -> None:
    (tmp_path / "pack.zip").write_bytes(zipped(a_dot_txt=news(1), in_dot_zip=zipped(b_dot_txt=news(2))))
    table = read_documents([tmp_path], limits)[1]
    assert dict(zip(table["path"], table["reason"], strict=True)) == rejected
    assert all("--limit" in detail for detail in table["detail"])


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "Page.html").write_text(f"<html><body><article><h1>Quartzline signs</h1><p>{NEWS}</p></article></body></html>")
    (tmp_path / "Page_files").mkdir()
    (tmp_path / "Page_files" / "advert.html").write_text("<p>Buy!</p>")
    (tmp_path / "Page-Dateien").mkdir()
    (tmp_path / "Page-Dateien" / "advert.html").write_text("<p>Buy!</p>")
    (tmp_path / "our_files").mkdir()
    (tmp_path / "our_files" / "note.txt").write_bytes(news(1))
    documents, rejected = read(tmp_path)
    assert (list(documents), rejected) == (["Page", "our_files/note"], {})


def test_the_same_article_as_page_and_text_is_one_source(tmp_path: Path) -> None:
    paragraphs = [
        f"In the year {year} Quartzline paid Orrin {year - 1990} billion dollars for chips of the {year % 7}th kind."
        for year in range(2000, 2020)
    ]
    (tmp_path / "a.txt").write_text("Quartzline pays\n\n" + "\n\n".join(paragraphs))
    page = "".join(f"<p>{text}</p>" for text in paragraphs)
    (tmp_path / "b.html").write_text(f"<html><head><title>Quartzline pays</title></head><body><article>{page}</article></body></html>")
    assert read(tmp_path)[0]["b"]["copy_of"] == "a"
