"""The recipes for schedulers, as far as they can be tried in seconds; `make schedulers` starts Airflow and jupyter-scheduler themselves."""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from corewatch.cli import commands
from corewatch.report.parameters import REPORTS, check_parameters

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCS = (ROOT / "docs" / "schedulers.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).parent / "corewatch"


def understood(line: str) -> str:
    """The name of the command of corewatch in a line of shell; a command or an option that there is not raises `UsageError`."""
    words = shlex.split(line.split("||")[0].split(">>")[0])
    name, *options = words[words.index(next(word for word in words if word.endswith("bin/corewatch"))) + 1 :]
    commands.commands[name].make_context(name, options)
    return name


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_systemd_units_are_sound(tmp_path: Path) -> None:
    for unit in DEPLOY.glob("corewatch.*"):
        text = unit.read_text().replace("/srv/corewatch/.venv/bin/corewatch", str(PROGRAM))
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(unit).name for unit in units] == ["corewatch.service", "corewatch.timer"]
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_line_for_cron_says_what_went_wrong_in_the_bare_environment_of_cron(tmp_path: Path) -> None:
    (line,) = re.findall(r"^ +30 2 \* \* \* (.+)$", DOCS, re.MULTILINE)
    bare = {"HOME": str(tmp_path), "LOGNAME": "nobody", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    (tmp_path / "seeds").mkdir()
    told = line.replace("/srv/corewatch", f"'{tmp_path}'").replace(".venv/bin/corewatch", f"'{PROGRAM}'")
    done = subprocess.run(["/bin/sh", "-c", told], env=bare, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    failed = json.loads(done.stdout.splitlines()[-1])
    assert (failed["event"], failed["error"]) == ("failed", "InputError")


def test_every_recipe_asks_for_commands_and_options_that_there_are() -> None:
    service = (DEPLOY / "corewatch.service").read_text()
    lines = re.findall(r"^ExecStart=(.+)$", service, re.MULTILINE) + re.findall(r"^ +30 2 \* \* \* (.+)$", DOCS, re.MULTILINE)
    lines += [line for step in steps() for line in step.get("run", "").splitlines() if "bin/corewatch" in line]
    dags = constants_of_dags({})
    lines += [dags["PARSE"], dags["RUN"]]
    assert [understood(line) for line in lines] == ["run", "run", "run", "parse", "run"]


def steps() -> list[dict[str, Any]]:
    """The steps of the workflow for GitHub."""
    found: list[dict[str, Any]] = yaml.safe_load((DEPLOY / "github-actions.yml").read_text())["jobs"]["reports"]["steps"]
    return found


def test_the_workflow_for_github_uses_its_own_actions_alone_each_by_a_whole_version() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert len(used) == 5
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+(/[a-z]+)?@v\d+\.\d+\.\d+", action)] == []
    workflow = yaml.safe_load((DEPLOY / "github-actions.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    # YAML takes the word "on" for true.
    assert workflow[True]["schedule"] == [{"cron": "30 2 * * *"}]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {step["run"].split()[1] for step in steps() if step.get("run", "").startswith("make ")} <= set(targets)


def shell(step: dict[str, Any], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A step's shell as GitHub starts it."""
    told = {"OUT": "nightly", "GITHUB_OUTPUT": str(folder / "output"), "PYTHONPATH": str(ROOT)} | more
    return subprocess.run(["bash", "-e", "-c", step["run"]], env=os.environ | told, cwd=folder, capture_output=True, text=True, check=False)


def test_the_workflow_for_github_fails_for_all_to_see_where_a_run_fails_or_a_part_does(tmp_path: Path) -> None:
    by_name = {step["name"]: step for step in steps() if "name" in step}
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "corewatch").symlink_to(PROGRAM)
    (tmp_path / "seeds").mkdir()
    # No article: the step goes on, so that the last one can tell.
    made = shell(by_name["Make the reports"], tmp_path)
    assert made.returncode == 0
    assert json.loads(made.stderr.splitlines()[-1])["error"] == "InputError"
    assert (tmp_path / "output").read_text() == "code=1\n"
    last = by_name["Say whether all went well"]
    failed, partly, good = (shell(last, tmp_path, CODE=code) for code in ("1", "3", "0"))
    assert (failed.returncode, partly.returncode, good.returncode) == (1, 3, 0)
    assert "Nothing was published" in failed.stdout
    assert "The site is published without it" in partly.stdout
    assert good.stdout == ""


def test_the_workflow_for_github_takes_files_out_and_no_link_for_good_and_partly_failed_runs_alone(tmp_path: Path) -> None:
    (take,) = (step for step in steps() if step.get("name") == "Take the site out")
    (tmp_path / "nightly" / ("a" * 16)).mkdir(parents=True)
    (tmp_path / "nightly" / ("a" * 16) / "index.html").write_text("<p>a</p>")
    (tmp_path / "nightly" / "latest").symlink_to("a" * 16)
    assert shell(take, tmp_path).returncode == 0
    assert not (tmp_path / "site").is_symlink()
    assert (tmp_path / "site" / "index.html").read_text() == "<p>a</p>"
    after = [step for step in steps() if "run.outputs.code ==" in step.get("if", "")]
    assert {step["if"] for step in after} == {"steps.run.outputs.code == '0' || steps.run.outputs.code == '3'"}
    assert len(after) == 3


def constants_of_dags(environment: dict[str, str]) -> dict[str, Any]:
    """What the file of DAGs says before it makes any, which needs no Airflow."""
    tree = ast.parse((DEPLOY / "airflow_dag.py").read_text())
    kept: list[ast.stmt] = [
        node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign) and "airflow" not in ast.dump(node)[:80]
    ]
    names: dict[str, Any] = {}
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        exec(compile(ast.Module(kept, []), "airflow_dag.py", "exec"), names)  # noqa: S102  # our own file
    finally:
        os.environ.clear()
        os.environ.update(before)
    return names


def test_the_dags_give_each_notebook_what_it_takes() -> None:
    dags = constants_of_dags({"COREWATCH_PARAMETERS": '{"deal_sizes": {"min_usd": 1e9}, "revenue_growth": {"company": "Fenn & Rook"}}'})
    assert dags["NOTEBOOKS"] == REPORTS
    assert "-p min_usd 1000000000.0 -p company 'Fenn & Rook'" in dags["RUN"]
    assert understood(dags["RUN"]) == "run"
    given = [{"tables": "tables", **dags["PARAMETERS"].get(name, {})} for name in REPORTS]
    assert [check_parameters([name], one)[name] for name, one in zip(REPORTS, given, strict=True)] == given
    assert (dags["PROJECT"], dags["SEEDS"], dags["OUT"]) == (Path("/srv/corewatch"), "seeds", "reports")


def test_the_page_on_schedulers_names_the_versions_that_are_locked() -> None:
    for lock, names in {
        "airflow": ("apache-airflow", "apache-airflow-providers-papermill"),
        "scheduler": ("jupyter-scheduler", "jupyterlab"),
    }.items():
        pins = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / f"requirements-{lock}.lock").read_text(), re.MULTILINE))
        for name in names:
            assert f"{name} {pins[name]}" in DOCS
