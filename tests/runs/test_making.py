"""Sites as `corewatch report` and `corewatch run` make them, with real kernels and small notebooks."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, cast

import pandas
import pytest
from stubs import ARTICLE, GOOD, bytes_of, notebook, project

from corewatch.cli import run as command
from corewatch.errors import ContractError, InputError, LockedError, ParameterError, ReportError
from corewatch.pipeline import parse
from corewatch.report.links import passage_link
from corewatch.report.publishing import locked
from corewatch.report.rendering import OURS
from corewatch.runs.checking import broken_links, wrong_files
from corewatch.runs.making import run_reports
from corewatch.runs.manifest import Manifest
from corewatch.runs.recipe import Recipe, Source, recipe_of
from corewatch.runs.shelf import Shelf
from corewatch.tables import write_tables

LINKED = f"""from IPython.display import HTML
HTML('{OURS}<p>To Quillon: <a class="n" href="{passage_link("tarnfell", 0)}" data-e="1">$3.4 billion</a></p><p>' + str(min_usd) + '</p>'
     '<ol class="evidence"><li id="e1">A sentence.</li></ol>')"""
DIES = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
CHANGED = "Loam paid Brackwater $5 million."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to work in."""
    folder = project(tmp_path / "an analyst's {folder}")
    monkeypatch.chdir(folder)
    return folder


def manifest(site: Path) -> dict[str, object]:
    """What a run says of itself."""
    told: dict[str, object] = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    return told


def test_a_site_is_made_once_and_again_only_when_something_changes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook(here, "deal_sizes", LINKED, question="How large?")
    asked = ["report", "deal_sizes", "closed_loop", "--out", "site"]
    assert command(asked) == 0
    shelf = Shelf(here / "site")
    first = shelf.latest
    assert first is not None
    assert sorted(path.name for path in shelf.out.iterdir()) == [
        ".cache",
        ".lock",
        ".seeds.json",
        first,
        "index.html",
        "latest",
        "runs.json",
    ]
    captured = capsys.readouterr()
    assert captured.out == f"run {first}: {shelf.out}/latest/index.html\n"
    assert captured.err.splitlines()[0] == "[1/4] one article read: one deal"
    site = shelf.folder(first)
    before = bytes_of(site)
    assert str(here).encode() not in b"".join(before.values())
    page = before["deal_sizes.html"].decode()
    assert '<a href="closed_loop.html">Closed loop</a>' in page
    assert '<a href="../index.html">All runs</a>' in page
    assert "Edition of undated documents, read from one article, input " in page
    assert '<a href="../deal_sizes.html#e1">Deal sizes</a></span>' in before["articles/tarnfell.html"].decode()
    told = manifest(site)
    assert told["parameters"] == {"deal_sizes": {}, "closed_loop": {}}
    assert list(told["inputs"]) == ["tarnfell.txt"]  # type: ignore[call-overload]  # a dictionary
    assert told["since"] is None
    assert told["outputs"].keys() == before.keys()  # type: ignore[attr-defined]  # a dictionary
    # The same of articles in another folder, also where a damaged site is made again.
    assert command(asked) == 0
    assert capsys.readouterr().out.startswith(f"nothing changed since run {first}")
    (here / "seeds").rename(here / "articles")
    (site / "index.html").write_text("half a p")
    # The page of all runs cannot be written then, which is no reason not to publish.
    (shelf.out / "index.html").unlink()
    (shelf.out / "index.html").mkdir()
    again = run_reports(["deal_sizes", "closed_loop"], seeds="articles", out="site")
    assert (again.fresh, again.run_id, again.code) == (True, first, 3)
    assert "the site is published, but the page of all runs is not written" in again.unfinished
    assert bytes_of(site) == before
    (shelf.out / "index.html").rmdir()
    assert run_reports(["deal_sizes", "closed_loop"], seeds="articles", out="site").code == 0
    assert (shelf.out / "index.html").is_file()
    # And from nothing, elsewhere, without a cache.
    assert run_reports(["deal_sizes", "closed_loop"], seeds="articles", out="else/where {x}").run_id == first
    assert bytes_of(here / "else" / "where {x}" / "latest") == before


def test_reports_that_are_asked_for_stand_beside_those_that_would_be_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook(here, "deal_sizes", LINKED)
    run_reports(["deal_sizes", "closed_loop"], {}, out="site")
    site = here / "site" / "latest"
    assert "Not in this edition: Revenue growth and Source audit." in (site / "index.html").read_text()
    loop = (site / "closed_loop.html").read_bytes()
    capsys.readouterr()
    assert command(["report", "deal_sizes", "-p", "min_usd", "2e9", "--out", "site"]) == 0
    assert "closed_loop: as before, not run again" in capsys.readouterr().err
    assert (site / "closed_loop.html").read_bytes() == loop
    assert "<p>2000000000.0</p>" in (site / "deal_sizes.html").read_text()
    assert manifest(site)["parameters"] == {"deal_sizes": {"min_usd": 2e9}, "closed_loop": {}}
    # With other articles the other reports would be others, and are left out.
    (here / "seeds" / "more.txt").write_text(CHANGED)
    assert command(["report", "deal_sizes", "--out", "site"]) == 0
    assert not (site / "closed_loop.html").exists()
    assert "Not in this edition: Revenue growth, Closed loop and Source audit." in (site / "index.html").read_text()


def test_run_makes_all_reports_and_tells_it_to_programs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["run", "--out", "site", "--log", "json", "--keep", "3"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["read", *["notebook"] * 4, "published", "done"]
    assert (lines[-1]["made"], lines[-1]["code"], lines[-1]["pruned"]) == (True, 0, 0)
    assert len(list((here / "site" / "latest" / "notebooks").iterdir())) == 4


def test_tables_can_be_given_instead_of_articles(here: Path) -> None:
    write_tables(parse(here / "seeds"), here / "given")
    run = run_reports(["deal_sizes"], {"tables": "given"}, out="site")
    assert next(iter(manifest(run.site)["inputs"])) == "conflicts.parquet"  # type: ignore[call-overload]  # a dictionary
    assert not run_reports(["deal_sizes"], {"tables": "given"}, out="site").fresh
    # Tables that do not hold together are refused at once, not by the run after this one.
    deals = pandas.read_parquet(here / "given" / "deals.parquet")
    deals[:0].to_parquet(here / "given" / "deals.parquet", index=False)
    with pytest.raises(ContractError, match=r"of deal tarnfell-quillon-compute-3\.4bn, not in deals"):
        run_reports(["deal_sizes"], {"tables": "given"}, out="site")


def test_a_notebook_that_fails_is_shown_its_last_good_page_is_carried_over_and_it_is_tried_again(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook(here, "deal_sizes", LINKED)
    asked = ["report", "deal_sizes", "closed_loop", "--out", "site"]
    assert command(asked) == 0
    site, shelf = here / "site" / "latest", Shelf(here / "site")
    first = shelf.latest
    edition = manifest(site)["edition"]
    notebook(here, "deal_sizes", DIES, "1")
    (here / "seeds" / "more.txt").write_text(CHANGED)
    assert command([*asked, "-p", "min_usd", "2e9"][:-3]) == 3
    assert "corewatch: deal_sizes, cell 2 (import os, signal): DeadKernelError" in capsys.readouterr().err
    index = (site / "index.html").read_text()
    assert "Deal sizes could not be made in this run." in index
    assert f'<a href="deal_sizes.html">its last good page</a> is of an earlier edition: {edition}' in index
    page = (site / "deal_sizes.html").read_text()
    assert "This page is of an earlier edition." in page
    assert 'href="#e1"' in page
    assert "Cell 2: DeadKernelError" in (site / "failed" / "deal_sizes.html").read_text()
    assert (site / "failed" / "deal_sizes.ipynb").is_file()
    second = shelf.latest
    assert manifest(site)["earlier"] == {"deal_sizes": first}
    assert "Deal sizes failed" in (shelf.out / "index.html").read_text()
    # The same failure again is the same run, and a page that was carried over is carried on; verify does the same.
    assert command(asked) == 3
    assert shelf.latest == second
    assert command(["verify", "--out", "site"]) == 0
    # Mended, it is what it would have been at once; readers had not seen what changed.
    notebook(here, "deal_sizes", GOOD)
    assert command(asked) == 0
    assert not (site / "failed").exists()
    changes = json.loads((site / "changes.json").read_text())
    assert changes["run_id"] == second


def test_where_no_notebook_succeeds_everything_stays_and_is_said(here: Path) -> None:
    good = run_reports(["deal_sizes"], {"min_usd": "2e9"}, out="site")
    notebook(here, "deal_sizes", "import time\ntime.sleep(60)")
    with pytest.raises(ReportError, match=r"no report could be made.*CellTimeoutError"):
        run_reports(["deal_sizes"], {"min_usd": "2e9"}, out="site", seconds=5)
    assert Shelf(here / "site").latest == good.run_id
    page = (here / "site" / "failed-run" / "deal_sizes.html").read_text()
    assert "CellTimeoutError" in page
    assert "<code>min_usd = 2000000000.0</code>" in page
    assert '<a href="failed-run/deal_sizes.html">Deal sizes</a>' in (here / "site" / "index.html").read_text()


def test_what_readers_saw_before_is_part_of_an_edition(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf, note = Shelf(here / "site"), here / "seeds" / "tarnfell.txt"
    ids = []
    for text in (ARTICLE, ARTICLE.replace("3.4", "3.9"), ARTICLE):
        note.write_text(text)
        ids.append(run_reports(["deal_sizes"], out="site").run_id)
    assert len(set(ids)) == 3
    changes = json.loads((shelf.folder(ids[2]) / "changes.json").read_text())
    assert changes["run_id"] == ids[1]
    assert {row["what"]: (row["before"], row["after"]) for row in changes["changes"]} == {
        "deal_amount": ("$3.9 billion", "$3.4 billion"),
        "document_edited": ("tarnfell", "tarnfell"),
    }
    deals = [(shelf.folder(run_id) / "tables" / "deals.parquet").read_bytes() for run_id in ids]
    assert deals[0] == deals[2] != deals[1]
    listed = (shelf.out / "index.html").read_text()
    assert [listed.index(f'"{run_id}/index.html"') for run_id in reversed(ids)] == sorted(
        listed.index(f'"{run_id}/index.html"') for run_id in ids
    )
    assert "1 article edited; 1 detail of deals told differently" in listed
    capsys.readouterr()
    assert command(["verify", "--out", "site"]) == 0
    assert capsys.readouterr().out == "the same, byte for byte\n"
    # What was rolled back is not made again while nothing changes.
    assert command(["rollback", "--out", "site"]) == 0
    assert "rolled back" in (shelf.out / "index.html").read_text()
    again = run_reports(["deal_sizes"], out="site")
    assert (again.fresh, again.published, again.run_id, shelf.latest) == (False, False, ids[2], ids[1])
    note.write_text(ARTICLE + "More.")
    assert run_reports(["deal_sizes"], out="site").fresh
    assert json.loads((shelf.out / "latest" / "changes.json").read_text())["run_id"] == ids[1]


def test_a_second_run_leaves_and_a_wrong_one_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(here / "site"), pytest.raises(LockedError):
        run_reports(out="site")
    with locked(here / "site"):
        assert command(["run", "--out", "site"]) == 4
        assert command(["report", "deal_sizes", "--out", "site"]) == 4
        assert command(["run", "--out", "site", "--log", "json"]) == 4
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"] == "LockedError"
    # An error that nobody foresaw, here of a manifest that somebody edited, is told by its kind and place alone.
    (here / "site" / ("a" * 16)).mkdir()
    (here / "site" / "latest").symlink_to("a" * 16)
    Manifest("a" * 16, Recipe({}, {}, True, {}, "", {}), outputs=cast(Any, ["Tarnfell"])).write(here / "site" / "latest")
    assert command(["run", "--out", "site", "--log", "json"]) == 1
    told = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (told["event"], told["error"]) == ("failed", "AttributeError")
    assert re.fullmatch(r"runs/checking\.py:\d+", told["place"])
    shutil.rmtree(here / "site" / ("a" * 16))
    # Somebody copied the site with its files in the place of the link.
    (here / "site" / "latest").unlink()
    (here / "site" / "latest").mkdir()
    assert command(["run", "--out", "site"]) == 1
    assert "latest is no link to a run, so that none can be shown; move it away" in capsys.readouterr().err
    (here / "site" / "latest").rmdir()
    for wrong in (["run", "-p", "min_usd", "much"], ["run", "-p", "tables", "x"], ["report", "deal_size"], ["report", "-p", "min_us", "1"]):
        assert command([*wrong, "--out", "site"]) == 2
    with pytest.raises(ParameterError, match="min_usd"):
        run_reports(parameters={"min_usd": "much"}, out="site")
    (here / "elsewhere").symlink_to(here)
    for failing in (["--seeds", "nowhere"], ["--seeds", "."], ["--seeds", "elsewhere"], ["-p", "tables", "nowhere"]):
        assert command(["report", *failing, "--out", "site"]) == 1
    (here / "seeds" / "tarnfell.txt").unlink()
    with pytest.raises(InputError, match="no article could be read"):
        run_reports(out="site")
    assert {path.name for path in (here / "site").iterdir()} <= {".cache", ".lock"}
    (here / "file").write_text("")
    assert command(["report", "--seeds", "notebooks", "--out", "file/below"]) == 1
    assert "below: cannot be written (Not a directory)" in capsys.readouterr().err
    for name in ("report", "run"):
        assert command([name, "--help"]) == 0
        assert "4 another run holds the lock" in " ".join(capsys.readouterr().out.split())


def test_links_and_digests_are_checked(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="articles/a%20b.html#c3">x</a><a href="https://far.invalid/">y</a><a href="#top" id="top">z</a>'
    )
    (tmp_path / "articles" / "a b.html").write_text('<p id="c3"><a href="../index.html">up</a><a href="../../index.html">all runs</a></p>')
    assert list(broken_links(tmp_path)) == []
    (tmp_path / "articles" / "a b.html").write_text('<p id="c4"><a href="../gone.html">up</a><a href="../../gone.html">out</a></p>')
    assert list(broken_links(tmp_path)) == [
        "articles/a b.html: the link ../../gone.html leads to no file",
        "articles/a b.html: the link ../gone.html leads to no file",
        "index.html: the link articles/a%20b.html#c3 leads to no place in articles/a b.html",
    ]
    assert wrong_files(tmp_path, {"index.html": "0", "gone.html": "1"}) == [
        "articles/a b.html is not expected", "gone.html is missing", "index.html has other bytes than were written down",
    ]  # fmt: skip


def test_a_run_is_made_again_from_its_articles_and_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run_reports(["deal_sizes", "closed_loop"], out="site")
    notebook(here, "closed_loop", "print('another answer')")
    assert command(["verify", "--out", "site", first.run_id]) == 1
    said = capsys.readouterr().err
    assert "corewatch: closed_loop.html has other bytes" in said
    assert "deal_sizes.html" not in said
    (here / "seeds" / "tarnfell.txt").write_text(ARTICLE + "More.")
    assert command(["verify", "--out", "site"]) == 1
    assert "not what the run was made from: tarnfell.txt changed" in capsys.readouterr().err
    assert command(["verify", "--out", "site", "0" * 16]) == 1
    assert command(["verify", "--write"]) == 2


def test_a_limit_of_reading_is_part_of_what_a_run_is_made_from(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "seeds" / "long.txt").write_text("Loam paid Brackwater $5 million. " * 20)
    without = recipe_of(Source(here / "seeds"), {"deal_sizes": {}})
    assert command(["report", "deal_sizes", "--out", "site", "-l", "file", "300"]) == 0
    told = manifest(here / "site" / "latest")
    assert told["run"] != without.run_id(None)
    assert (without.limits, told["limits"]) == ({}, {"file": 300})
    assert [told["rows"][name] for name in ("documents", "rejected")] == [1, 1]  # type: ignore[index]  # a table in a table
    capsys.readouterr()
    # Nothing has to be said again: the run knows its limits.
    assert command(["verify", "--out", "site"]) == 0
    assert command(["report", "deal_sizes", "--out", "site", "--limit", "file", "300"]) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert command(["run", "--out", "site", "--limit", "pags", "300"]) == 2
    assert "did you mean 'pages'?" in capsys.readouterr().err


def test_strict_publishes_nothing_where_anything_could_not_be_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "seeds" / "empty.txt").write_text("")
    (here / "seeds" / "scan.tiff").write_bytes(b"II")
    for name in ("run", "report"):
        assert command([name, "--strict", "--out", "site"]) == 1
        said = capsys.readouterr().err
        assert "corewatch: 2 of what was given could not be read (empty.txt: the file has no text; " in said
        assert "nothing is published; mend or remove it, or leave out --strict" in said
        assert not (here / "site" / "latest").exists()
    # What was published without it is not called good because nothing changed.
    first = run_reports(["deal_sizes"], out="site")
    assert command(["report", "deal_sizes", "--strict", "--out", "site"]) == 1
    assert "corewatch: 2 of what was given could not be read; nothing" in capsys.readouterr().err
    assert Shelf(here / "site").latest == first.run_id
