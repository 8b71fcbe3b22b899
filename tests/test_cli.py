"""The command line, run as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from corewatch.cli import run
from corewatch.contract import CONTRACT
from corewatch.runs.commands import not_read
from corewatch.runs.making import Run
from corewatch.tables import frame, read_tables, write_frames

EXAMPLES = Path(__file__).parent / "examples"
COMMAND = [str(Path(sys.executable).parent / "corewatch")]


def test_parse_writes_the_tables_and_says_what_was_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(EXAMPLES), "--out", str(tmp_path / "new" / "tables")]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines[: len(CONTRACT)]] == list(CONTRACT)
    assert lines[0].split() == ["documents", "7"]
    assert "not read: empty.txt: empty, the file has no text; fetch the article again or remove the file" in lines
    assert any(line.startswith("not read: feed.json: no_text, no object in it has a text") for line in lines)
    assert lines[-1] == f"tables: {tmp_path / 'new' / 'tables'} (parquet)"
    assert said.err == ""
    assert len(read_tables(tmp_path / "new" / "tables").documents) == 7


def test_a_correction_that_does_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("Chips are short.")
    (tmp_path / "corrections.csv").write_text("doc_id,table,start,end,action,field,value,reason\nother,figures,0,5,drop,,,gone\n")
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out"), "--format", "csv"]) == 0
    assert (
        "correction stale: figures of other, 0 to 5: no document other was read; put it back or remove the line" in capsys.readouterr().out
    )
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out"), "--format", "csv", "--no-corrections"]) == 0
    assert "stale" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["parse", "nowhere", "--out", "x"], 1, "corewatch: nowhere: no such file or folder; check the spelling"),
        (["parse", "--out", "x"], 2, "corewatch: Missing argument 'INPUT...'. Try 'corewatch parse --help'."),
        (["parse", "nowhere"], 2, "corewatch: Missing option '--out'. Try 'corewatch parse --help'."),
        (["parse", "nowhere", "--out", "x", "--format", "xls"], 2, "'xls' is not one of 'parquet', 'csv', 'duckdb'"),
        (["parse", "", "--out", "x"], 2, "corewatch: Invalid value for 'INPUT...': an empty path was given; give one, or ."),
        (["run", "--seeds", ""], 2, "corewatch: Invalid value for '--seeds': an empty path was given"),
        (["runs", ""], 2, "an empty path was given"),
        (["parse", "seeds", "--out", ""], 2, "corewatch: Invalid value for '--out': an empty path was given"),
        (["explain", "seeds", "nine"], 2, "corewatch: 'nine' is no offset; give the number of a character in seeds"),
        (["explain", "deal"], 2, "corewatch: explain deal needs the id of a deal"),
        (["pars"], 2, "corewatch: No such command 'pars'."),
        (["figures"], 2, "corewatch: Missing option '--jsonl'."),
        (["report", "deal_size"], 2, "corewatch: no report is called 'deal_size'; did you mean 'deal_sizes'?"),
        (["report", "deal_sizes", "-p", "min_usd", "lots"], 2, "corewatch: parameter min_usd of deal_sizes: 'lots' was given"),
    ],
)
def test_a_mistake_is_one_line_and_a_code(arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_malformed_correction_fails_the_run_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("Chips are short.")
    (tmp_path / "corrections.csv").write_text("doc_id,table,start,end,action,field,value,reason\nnote,figures,0,5,alter,,,x\n")
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith(f"corewatch: {tmp_path / 'corrections.csv'}, line 2: 'alter' is no action")
    assert not (tmp_path / "out").exists()


def test_nothing_readable_fails_the_run_after_its_reasons_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feed.json").write_text("{}")
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert "not read: feed.json" in captured.out
    assert captured.err.startswith("corewatch: no article was read")
    assert len(read_tables(tmp_path / "out").rejected) == 1


def test_strict_makes_whatever_could_not_be_read_an_error_after_writing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(EXAMPLES), "--out", str(tmp_path), "--strict"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "corewatch: 3 of what was given could not be read; mend or remove it, or leave out --strict\n"
    assert len(read_tables(tmp_path).documents) == 7
    assert run(["parse", str(EXAMPLES / "orrin_signs.txt"), "--out", str(tmp_path), "--strict"]) == 0


def test_a_limit_is_set_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.txt").write_text("Chips are short. " * 100)
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out"), "--limit", "file", "1000"]) == 1
    assert "not read: long.txt: too_large, it has 1,700 bytes, and 1,000 are read" in capsys.readouterr().out
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out"), "--limit", "fil", "1000"]) == 2
    assert "did you mean 'file'?" in capsys.readouterr().err


def test_the_loop_is_judged_from_tables_that_were_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(EXAMPLES), "--out", str(tmp_path), "--format", "csv"]) == 0
    capsys.readouterr()
    assert run(["loop", str(tmp_path), "--format", "csv", "--draws", "100"]) == 0
    names = ("indicators", "verdicts", "circuits", "origin", "robustness", "bridge")
    assert capsys.readouterr().out.split() == [str(tmp_path / f"loop_{name}.csv") for name in names]
    header, *rows = (tmp_path / "loop_verdicts.csv").read_text(encoding="utf-8").splitlines()
    assert header == "thesis,subject,verdict,number,why,would_overturn"
    assert [row.split(",")[0] for row in rows][:3] == ["H1", "H2a", "H2b"]
    assert run(["loop", str(tmp_path / "nowhere")]) == 1
    assert "nowhere: no such file or folder" in capsys.readouterr().err


FLOWS = "payer,payee,kind,usd_low,usd_high,status\nAsh,Birch,equity,5e9,5e9,signed\nBirch,Ash,compute,,4e9,closed\n"


def test_the_loop_is_judged_from_a_table_of_flows_and_from_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deals.csv").write_text(FLOWS, encoding="utf-8")
    first, second, articles = tmp_path / "first", tmp_path / "second", tmp_path / "articles"
    for out in (first, second):
        assert run(["loop", str(tmp_path / "deals.csv"), "--out", str(out), "--draws", "50", "--year", "2030"]) == 0
    assert all(path.read_bytes() == (second / path.name).read_bytes() for path in first.iterdir())
    made = pd.read_parquet(first / "loop_indicators.parquet")
    columns = "indicator subject policy basis boundary point low high p5 p50 p95 note"
    assert list(made.columns) == columns.split()
    kappa = made[(made["indicator"] == "kappa") & (made["policy"] == "firm") & (made["basis"] == "total")]
    assert kappa["point"].tolist() == [8 / 9]
    assert set(made["basis"]) == {"total", "annual(2030)"}
    assert run(["loop", str(EXAMPLES), "--out", str(articles), "--draws", "20", "--policy", "firm"]) == 0
    assert (articles / "loop_verdicts.parquet").exists()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("table", "arguments", "code", "said"),
    [
        (FLOWS, [], 2, "Missing option '--out'"),
        (FLOWS.replace("kind", "sort"), ["--out", "x"], 1, "without the column kind and with the unknown column sort"),
        (
            FLOWS.replace("signed", "sealed"),
            ["--out", "x"],
            1,
            "deals.csv, line 2, column status: 'sealed' was given; give one of talks, planned, signed, closed, withdrawn",
        ),
        (
            FLOWS.replace("4e9", "much"),
            ["--out", "x"],
            1,
            "deals.csv, line 3, column usd_high: 'much' was given; give a number, or nothing",
        ),
        (FLOWS.replace(",,4e9", ",5e9,4e9"), ["--out", "x"], 1, "line 3: usd_low 5000000000.0 and usd_high 4000000000.0"),
        (FLOWS, ["--out", "x", "--core", "ashe"], 2, "--core ashe: no flow is to or from such a firm; did you mean Ash?"),
        (
            FLOWS,
            ["--out", "x", "--core", "Quartzline"],
            2,
            "no flow is to or from such a firm; its firms are in the columns payer and payee",
        ),
        (FLOWS, ["--out", "x", "--pair", "Ash", "Brich"], 2, "--pair Brich: no flow is to or from such a firm; did you mean Birch?"),
        (FLOWS, ["--out", "x", "--outside-sales", "Brich", "1"], 2, "--outside-sales Brich: no flow is to or from such a firm"),
        (FLOWS, ["--out", "x", "--outside-sales-year", "Brich", "1"], 2, "--outside-sales-year Brich: no flow"),
        (FLOWS, ["--out", "x", "--year", "20255"], 2, "20255 is not in the range 1900<=x<=2200"),
        (FLOWS, ["--out", "x", "--year", "2062"], 2, "--year 2062: no deal falls in it; the deals begin in 2025"),
        (FLOWS, ["--out", "x", "--reference-year", "1"], 2, "1 is not in the range"),
        ("", ["--out", "x"], 1, "no table can be read from it"),
        (FLOWS, ["--out", "x", "--grant", "s2", "reversed"], 2, "--grant s2: the table flows has no such deal_id"),
        (FLOWS, ["--out", "x", "--outside-sales", "Ash", "much"], 2, "--outside-sales Ash: 'much' was given; give a number of at least 0"),
        (FLOWS, ["--out", "x", "--term", "debt", "1", "2"], 2, "--term debt: no such kind of purchase"),
        (FLOWS, ["--out", "x", "--probability", "talks", "2"], 2, "--probability talks: '2' was given; give a number from 0 to 1"),
        (FLOWS, ["--out", "x", "--over", "0.5"], 2, "over is 0.5; give 1 or more"),
        (FLOWS, ["--out", "x", "--threshold", "nan"], 2, "threshold is nan; give US dollars, 0 or more"),
        (FLOWS.replace(",,4e9", ",,inf"), ["--out", "x"], 1, "give finite amounts"),
    ],
)
def test_a_mistake_about_the_loop_names_what_is_wrong(
    table: str, arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deals.csv").write_text(table, encoding="utf-8")
    assert run(["loop", str(tmp_path / "deals.csv"), *[str(tmp_path / one) if one == "x" else one for one in arguments]]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1
    assert not (tmp_path / "x").exists()


def test_a_folder_of_tables_is_said_to_hold_no_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables, articles = tmp_path / "tables", tmp_path / "articles"
    assert run(["parse", str(EXAMPLES / "orrin_signs.txt"), "--out", str(tables), "--format", "csv"]) == 0
    capsys.readouterr()
    for command in (
        ["parse", str(tables), "--out", str(tmp_path / "out")],
        ["report", "--seeds", str(tables), "--out", str(tmp_path / "out")],
    ):
        assert run(command) == 1
        assert capsys.readouterr().err == (
            f"corewatch: {tables}: a folder of tables, as `corewatch parse` writes them; "
            "give the folder of articles that they were read from\n"
        )
    articles.mkdir()
    (articles / "note.txt").write_text("Orrin pays Quartzline $5 billion for chips.")
    tables.rename(articles / "tables")
    assert run(["parse", str(articles), "--out", str(tmp_path / "out")]) == 0
    assert "not read: tables: unsupported, a folder of tables, as `corewatch parse` writes them and no articles" in capsys.readouterr().out


def test_a_run_says_what_it_could_not_read(tmp_path: Path) -> None:
    rejected = [{"path": f"{at:02}.pdf", "reason": "no_text", "detail": "its pages are pictures"} for at in range(22)]
    site = tmp_path / "site"
    write_frames({"rejected": frame("rejected", rejected)}, site / "tables", "parquet", "x")
    said = not_read(Run("1f0c", site, fresh=True))
    assert said[0] == "not read: 00.pdf: no_text, its pages are pictures"
    assert len(said) == 21
    assert said[-1] == f"not read: 2 more; {site / 'tables' / 'rejected.parquet'} and the source audit name them all"
    assert not_read(Run("1f0c", site, fresh=False)) == []


def test_the_same_article_in_two_files_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news = (EXAMPLES / "lanternfield_listing.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(news, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{news}\nA last line of another paper.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(news, encoding="utf-8")
    assert run(["parse", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "not read: c.txt: duplicate, the same bytes as a.txt, which was read; remove one of the two" in said
    assert "copy: b.txt has most of its words from a; the two count as one source" in said


def test_figures_answer_line_by_line() -> None:
    with subprocess.Popen(
        [*COMMAND, "figures", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(json.dumps("Orrin pays over €3.1 billion.") + "\n")
        program.stdin.flush()
        # The answer is there before the next question is asked.
        (found,) = json.loads(program.stdout.readline())
        assert found == {
            "start": 16, "end": 28, "text": "€3.1 billion", "kind": "money", "low": 3.1e9, "high": None, "unit": "EUR", "approx": False,
        }  # fmt: skip
        program.stdin.write('""\n')
        program.stdin.close()
        assert program.stdout.readline() == "[]\n"
    assert program.returncode == 0


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (b'"fine"\nnot json\n', "corewatch: line 2 of standard input is no JSON"),
        (b'"\\ud83d $5 billion"\n', "corewatch: line 1 of standard input holds half a character, \\ud83d;"),
        (b"[" * 100_000 + b"\n", "corewatch: line 1 of standard input holds lists in lists without end"),
        (b'{"text": "x"}\n', "corewatch: line 1 of standard input holds"),
        (b'"\xff"\n', "corewatch: line 1 of standard input is not UTF-8"),
    ],
)
def test_a_malformed_line_is_named_by_its_number(lines: bytes, said: str) -> None:
    done = subprocess.run([*COMMAND, "figures", "--jsonl"], input=lines, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(said)
    assert len(done.stderr.splitlines()) == 1


def test_importing_the_package_loads_none_of_what_it_is_built_on() -> None:
    heavy = ("pandas", "numpy", "pandera", "matplotlib", "nbconvert", "papermill")
    code = f"import sys, corewatch; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_what_makes_a_site_is_loaded_without_the_grammars_that_take_half_of_jupyters_start() -> None:
    code = "import sys, corewatch.runs.building; print('nbformat' in sys.modules, "
    done = subprocess.run([sys.executable, "-c", code + "'lark' in sys.modules)"], capture_output=True, check=True, text=True)
    assert done.stdout == "True False\n"


def test_the_version_and_the_help_need_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("corewatch, version ")
    assert run(["--help"]) == 0
    assert "parse" in capsys.readouterr().out


@pytest.mark.parametrize("module", ["corewatch", "corewatch.cli"])
def test_the_command_runs_as_a_module(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("corewatch, version ")


def test_a_folder_without_files_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["parse", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
    assert "there are no files; give articles" in capsys.readouterr().err
