"""The project's own files: what they promise each other, and what they must not say."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from corewatch.contract import CONTRACT
from corewatch.documents.limits import Limits
from corewatch.report.parameters import MODELS, Common

ROOT = Path(__file__).parents[1]
# Where conda-forge calls a package something else; "-base" and "-core" are the builds without Qt, pandoc and the like.
CONDA_NAMES = {"python-duckdb": "duckdb", "matplotlib-base": "matplotlib", "seaborn-base": "seaborn", "nbconvert-core": "nbconvert"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def declared() -> dict[str, SpecifierSet]:
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"]
    return {canonicalize_name(Requirement(line).name): Requirement(line).specifier for line in wanted}


def locked(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1].split()[0] for line in lines if re.match(r"\w", line)}


def conda() -> dict[str, SpecifierSet]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    by_pip = [line for line in listed[-1]["pip"] if not line.startswith("-e")]
    requirements = [Requirement(line) for line in listed[:-1] + by_pip if not line.startswith(("python=", "pip"))]
    return {canonicalize_name(CONDA_NAMES.get(one.name, one.name)): one.specifier for one in requirements}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_the_conda_environment_asks_for_what_the_project_declares() -> None:
    assert conda() == declared()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", "requirements-train.lock", "requirements-bench.lock"])
def test_the_lock_admits_every_declared_bound(lock: str) -> None:
    pins = locked(lock)
    assert {name: bound for name, bound in declared().items() if not bound.contains(pins.get(name, "0"))} == {}


def test_the_test_lock_only_adds_to_the_lock() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-test.lock").items()


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.split(r"\n(?=\w)", text.strip())
    assert len(pins) > 40
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text
    assert "--index" not in text


def test_the_conda_environment_takes_a_python_that_the_project_runs_on() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert listed["channels"] == ["conda-forge"]
    (python,) = (line.split("=")[1] for line in listed["dependencies"] if isinstance(line, str) and line.startswith("python="))
    assert SpecifierSet(PROJECT["requires-python"]).contains(python)


def test_notebooks_are_committed_without_outputs() -> None:
    notebooks = [path for path in tracked() if path.suffix == ".ipynb"]
    assert len(notebooks) >= 4
    for path in notebooks:
        for cell in json.loads(path.read_text())["cells"]:
            assert not cell.get("outputs"), path
            assert cell.get("execution_count") is None, path


def test_no_file_names_a_registry_host_or_a_place_of_one_machine() -> None:
    # Written in pieces, so that this file does not name them itself.
    forbidden = re.compile(
        "|".join([r"pypi\." + "org", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian", "/wo" + "rk/", "/ro" + "ot/"])
    )
    texts = {path: path.read_bytes().decode("utf-8", errors="ignore") for path in tracked()}
    assert [path.name for path, text in texts.items() if forbidden.search(text)] == []


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_page_on_the_tables_names_every_column_of_the_contract() -> None:
    page = (ROOT / "docs" / "tables.md").read_text()
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    for table, columns in CONTRACT.items():
        assert re.findall(r"`(\w+)`", rows[table].split("|")[3]) == list(columns)


def test_the_page_on_inputs_names_every_limit_and_every_reason() -> None:
    limits, reasons = (ROOT / "docs" / "inputs.md").read_text().split("## Why something was not read")
    told = {line.split("|")[1].strip(" `"): line.split("|")[2].strip() for line in limits.splitlines() if line.startswith("| `")}
    wanted = {name: f"{value:,}" for name, value in asdict(Limits()).items()}
    assert {name: told[name] for name in wanted} == wanted
    words = tomllib.loads((ROOT / "corewatch" / "report" / "words.toml").read_text())["rejected"]
    assert sorted(re.findall(r"^\| `(\w+)`", reasons, re.MULTILINE)) == sorted(words)


def test_the_page_on_reports_names_every_parameter() -> None:
    page = (ROOT / "docs" / "reports.md").read_text()
    told = {(row[0].strip(" `"), row[1].strip(" `")) for row in (line.split("|")[1:] for line in page.splitlines() if line.startswith("|"))}
    common = set(Common.model_fields)
    wanted = {("all", key) for key in common} | {
        (name, key) for name, model in MODELS.items() for key in model.model_fields if key not in common
    }
    assert told - {("report", "parameter"), ("---", "---")} == wanted


def test_what_tells_that_nothing_changed_waits_for_neither_pandas_nor_jupyter() -> None:
    program = "import sys, corewatch.runs.making; print(sorted({'pandas', 'numpy', 'nbformat', 'matplotlib'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
