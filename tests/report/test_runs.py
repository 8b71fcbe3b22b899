import json
from pathlib import Path

import nbformat
import pytest
from invented import invented_tables
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from corewatch.errors import InputError, ParameterError, ReportError
from corewatch.report.execution import execute
from corewatch.report.links import passage_link
from corewatch.report.publishing import staging
from corewatch.report.rendering import OURS
from corewatch.report.runs import run_reports
from corewatch.tables import write_tables

OPENING = """from pathlib import Path
from IPython.display import HTML
found = sorted(path.stem for path in Path(tables).iterdir())"""
LINK = passage_link("harbour", 46)
ANSWER = f"""HTML('{OURS}<p>' + str(len(found)) + ' tables; <a class="n" href="{LINK}" data-e="1">$3.4 billion</a></p>'
     '<ol class="evidence"><li id="e1">A sentence.</li></ol>')"""


def notebook(path: Path, *cells: str, question: str = "How much?") -> Path:
    """A notebook with a title, a cell of parameters, and the given cells."""
    parameters = new_code_cell(
        'tables: str = ""  # folder\nseeds: str = "seeds"  # articles\ncorrections: bool = True  # apply\nmin_usd: float = 0.0  # least',
        metadata={"tags": ["parameters"]},
    )
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = new_notebook(cells=[new_markdown_cell(f"# {question}"), parameters, *map(new_code_cell, cells)], metadata=metadata)
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with tables and three notebooks of which one fails."""
    folder = tmp_path / "an analyst's {folder}"
    folder.mkdir()
    write_tables(invented_tables(), folder / "given")
    notebook(folder / "notebooks" / "deal_sizes.ipynb", OPENING, ANSWER, "print(min_usd)")
    notebook(folder / "notebooks" / "closed_loop.ipynb", OPENING, ANSWER, question="Does it run in a loop?")
    notebook(folder / "notebooks" / "source_audit.ipynb", "fine = 1", "raise ValueError('no <such> deal')", "fine = 2")
    monkeypatch.chdir(folder)
    return folder


def test_a_run_makes_a_site_of_reports_and_articles(project: Path) -> None:
    run = run_reports(["deal_sizes", "closed_loop"], {"tables": "given", "min_usd": "2e9"}, out="site")
    assert run.made == ("deal_sizes", "closed_loop")
    assert run.index == project / "site" / "index.html"
    site = project / "site"
    page = (site / "deal_sizes.html").read_text(encoding="utf-8")
    assert "<p>12 tables; " in page
    assert "2000000000.0" in page
    assert '<a href="closed_loop.html">Closed loop</a>' in page
    assert "source_audit.html" not in page
    assert "Edition of 14 May 2031, read from two articles, input " in page
    article = (site / "articles" / "harbour.html").read_text(encoding="utf-8")
    assert 'Used in <a href="../deal_sizes.html#e1">Deal sizes</a>, <a href="../closed_loop.html#e1">Closed loop</a>' in article
    assert (site / "tables" / "deals.parquet").is_file()
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "articles/harbour.html" in index
    assert "2,000,000,000" in index
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["reports"]["deal_sizes"]["parameters"] == {"min_usd": 2e9}
    assert set(manifest["files"]) == {
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and path.name not in ("manifest.json", ".lock")
    }


def test_two_runs_in_two_folders_give_the_same_bytes(project: Path) -> None:
    for out in ("one", "another/place {x}"):
        run_reports(["deal_sizes"], {"tables": "given"}, out=out)
    one, other = project / "one", project / "another" / "place {x}"
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert Path("notebooks/deal_sizes.ipynb") in names
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_a_notebook_that_fails_is_named_and_the_others_are_made(project: Path) -> None:
    with pytest.raises(ReportError) as failure:
        run_reports(["deal_sizes", "source_audit"], {"tables": "given"}, out="site")
    assert "source_audit.ipynb, cell 3 (raise ValueError('no <such> deal')): ValueError: no <such> deal" in str(failure.value)
    site = project / "site"
    assert (site / "deal_sizes.html").is_file()
    assert not (site / "source_audit.html").exists()
    assert "Source audit could not be made in this run." in (site / "index.html").read_text(encoding="utf-8")
    page = (site / "failed" / "source_audit.html").read_text(encoding="utf-8")
    assert "<b>ValueError</b>: no &lt;such&gt; deal" in page
    assert '<a href="../index.html">Answers</a>' in page


def test_the_last_good_report_stays_when_its_notebook_fails_and_its_failure_goes_when_it_is_mended(project: Path) -> None:
    path = project / "notebooks" / "deal_sizes.ipynb"
    page = project / "site" / "deal_sizes.html"
    run_reports(["deal_sizes", "closed_loop"], {"tables": "given"}, out="site")
    good = page.read_bytes()
    notebook(path, OPENING, "1 / 0")
    with pytest.raises(ReportError, match=r"deal_sizes.ipynb, cell 3 .*ZeroDivisionError"):
        run_reports(["deal_sizes", "closed_loop"], {"tables": "given"}, out="site")
    assert page.read_bytes() == good
    assert '<a href="deal_sizes.html">Deal sizes</a>' in (project / "site" / "index.html").read_text(encoding="utf-8")
    notebook(path, OPENING, ANSWER)
    run_reports(["deal_sizes", "closed_loop"], {"tables": "given"}, out="site")
    assert page.read_bytes() != good
    assert not (project / "site" / "failed").exists()


def test_where_no_notebook_succeeds_everything_stays_as_it_was(project: Path) -> None:
    run_reports(["deal_sizes"], {"tables": "given"}, out="site")
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    with pytest.raises(ReportError):
        run_reports(["source_audit"], {"tables": "given"}, out="site")
    assert {path: path.read_bytes() for path in before} == before


def test_pages_of_articles_that_are_no_longer_read_go(project: Path) -> None:
    run_reports(["deal_sizes", "closed_loop"], {"tables": "given"}, out="site")
    mine = project / "site" / "README.md"
    mine.write_text("mine")
    write_tables(invented_tables("quay", "barge"), project / "given")
    run_reports(["deal_sizes", "closed_loop"], {"tables": "given"}, out="site")
    assert sorted(path.name for path in (project / "site" / "articles").iterdir()) == ["barge.html", "quay.html"]
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("import sys\nsys.exit(0)", "after = 1"), "cell 2 (import sys): SystemExit: 0"),
        (("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "after = 1"), "cell 2 (import os, signal): DeadKernelError"),
        (("import time\ntime.sleep(60)",), "cell 2 (import time): CellTimeoutError"),
    ],
    ids=["exits", "is killed", "never ends"],
)
def test_a_notebook_that_ends_early_is_not_taken_for_a_success(tmp_path: Path, cells: tuple[str, ...], said: str) -> None:
    executed = execute(notebook(tmp_path / "notebooks" / "deal_sizes.ipynb", *cells), {}, tmp_path, cell_seconds=3)
    assert said in str(executed.problem)


def test_two_runs_never_write_the_same_folder_at_once(project: Path) -> None:
    with staging(project / "site"), pytest.raises(ReportError, match="another run is writing reports there"):
        run_reports(["deal_sizes"], {"tables": "given"}, out="site")


def test_what_a_killed_run_left_behind_is_cleared_away(project: Path) -> None:
    left = project / "site" / ".making-abandoned"
    left.mkdir(parents=True)
    with staging(project / "site") as made:
        assert not left.exists()
        assert made.parent == project / "site"
    assert not made.exists()


def test_an_output_folder_that_cannot_be_written_is_named(project: Path) -> None:
    (project / "site").write_text("a file")
    with pytest.raises(ReportError, match="site: cannot be written"):
        run_reports(["deal_sizes"], {"tables": "given"}, out="site")


def test_a_wrong_parameter_is_refused_before_anything_is_written(project: Path) -> None:
    with pytest.raises(ParameterError, match="min_usd"):
        run_reports(parameters={"min_usd": "much"}, out="site")
    with pytest.raises(InputError, match="nowhere"):
        run_reports(["deal_sizes"], {"tables": "nowhere"}, out="site")
    assert not (project / "site" / "index.html").exists()


def test_progress_is_a_plain_line_a_step_where_there_is_no_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_reports(["deal_sizes"], {"tables": "given"}, out="site", progress=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "[1/3] two articles read: two deals and one measure"
    assert lines[1].startswith("[2/3] deal_sizes: ")
    assert lines[2] == f"[3/3] one report from two articles: {project / 'site' / 'index.html'}"


def test_articles_that_are_not_there_leave_the_last_report_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    kept = tmp_path / "out" / "index.html"
    kept.parent.mkdir()
    kept.write_text("the last good report")
    with pytest.raises(InputError, match="no article could be read; put articles there"):
        run_reports((), {}, tmp_path / "empty", tmp_path / "out")
    assert kept.read_text() == "the last good report"
