"""What corewatch is built of: the bill of materials has it all, and no answer about vulnerabilities is not taken for a good one."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
AUDIT = runpy.run_path(str(ROOT / "supply" / "audit.py"))
SBOM = runpy.run_path(str(ROOT / "supply" / "sbom.py"))


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = []
    for name in ("one.json", "two.json"):
        path = tmp_path_factory.mktemp("dist") / "below" / name
        command = [sys.executable, "supply/sbom.py", "requirements.lock", "pyproject.toml", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        made.append(path.read_bytes())
    # The same build, the same bytes.
    assert made[0] == made[1]
    return json.loads(made[0])


def test_the_bill_of_materials_lists_exactly_the_packages_of_the_lock(bill: Any) -> None:
    # Read in another way than the program does: a pin is a block that begins at the margin.
    pins = re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text().strip())
    locked = {pin.split("==")[0]: (pin.split("==")[1].split()[0], pin.count("sha256:")) for pin in pins}
    assert {part["name"]: (part["version"], len(part["hashes"])) for part in bill["components"]} == locked
    assert bill["dependencies"][0]["dependsOn"] == [part["purl"] for part in bill["components"]]


def test_the_bill_of_materials_has_licences_and_neither_time_nor_place(bill: Any) -> None:
    licences = {part["name"]: part["licenses"] for part in bill["components"] if "licenses" in part}
    assert licences["ahocorasick-rs"] == [{"license": {"name": "Apache 2.0"}}]
    assert licences["click"] == [{"expression": "BSD-3-Clause"}]
    assert len(licences) == len(bill["components"])
    assert not {"serialNumber", "timestamp"} & {*bill, *bill["metadata"]}
    assert not re.search(r"/(home|root|tmp|work|usr)/", json.dumps(bill))


def test_a_pin_over_several_lines_has_all_its_digests() -> None:
    (part,) = SBOM["components_of"]("Zope.Interface==7.1 ; sys_platform == 'linux' \\\n    --hash=sha256:0b \\\n    --hash=sha256:0a\n")
    assert (part["name"], part["version"], part["purl"]) == ("zope-interface", "7.1", "pkg:pypi/zope-interface@7.1")
    assert [digest["content"] for digest in part["hashes"]] == ["0a", "0b"]


def clean(name: str) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "vulns": []}


def unknown(name: str) -> dict[str, Any]:
    return {"name": name, "skip_reason": f"Dependency not found on PyPI and could not be audited: {name} (1.0)"}


FOUND = {"name": "b", "version": "1.0", "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["1.1"]}]}


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([[clean("a"), clean("b")]], 0, "2 of 2 packages were looked up; vulnerabilities known: 0."),
        ([[clean("a"), FOUND]], 1, "b 1.0: PYSEC-2025-1; versions without it: 1.1"),
        # One database says nothing of b, the other does.
        ([[clean("a"), unknown("b")], [unknown("a"), clean("b")]], 0, "2 of 2 packages were looked up; vulnerabilities known: 0."),
        ([[clean("a"), unknown("b")]], 2, "Not looked up: b."),
        # What pip-audit writes, with exit code 0, where a mirror has no advisories.
        ([[unknown("a"), unknown("b")]], 2, "No database of advisories was reachable"),
        ([None, None], 2, "No database of advisories was reachable"),
        ([None, [clean("a"), FOUND]], 1, "2 of 2 packages were looked up; vulnerabilities known: 1."),
    ],
)
def test_no_answer_is_not_taken_for_a_good_one(answers: list[list[dict[str, Any]] | None], code: int, said: str) -> None:
    given = [None if answer is None else {"dependencies": answer} for answer in answers]
    found, lines = AUDIT["verdict"](given)
    assert found == code
    assert any(line.startswith(said) for line in lines), lines


def test_the_environment_of_the_audit_is_locked() -> None:
    pins = re.split(r"\n(?=\w)", (ROOT / "requirements-audit.lock").read_text().strip())
    assert {"pip-audit", "cyclonedx-python-lib", "jsonschema"} <= {pin.split("==")[0].split("[")[0] for pin in pins}
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in "".join(pins)
