"""Whether a known vulnerability is in what corewatch is built of, and whether the bill of materials is one.

    python supply/audit.py dist/sbom.json requirements.lock ...

In: the bill of materials and the locks. pip-audit asks the databases of advisories, each package in each. Out: a line for each
vulnerability, and one that says how many packages were looked up. The exit code says what is known:

    0  every package was looked up, and none has a known vulnerability
    1  some has one, or the bill of materials breaks its schema
    2  not every package could be looked up, so that nothing is known; where no database is reachable, that is all of them

pip-audit itself ends with 0 when a database knows none of the packages. That is no answer, and here it does not count as one.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Both have the advisories of the Python Packaging Authority; the first has others as well.
SOURCES = ("osv", "pypi")
SECONDS = 600
CLEAN, VULNERABLE, UNKNOWN = 0, 1, 2


def verdict(answers: Iterable[dict[str, Any] | None]) -> tuple[int, list[str]]:
    """The exit code and what is to be said, from what pip-audit wrote (null where it came to no end), one answer a lock and database.

    A package counts as looked up where at least one database knew it.
    """
    known: dict[str, bool] = {}
    told: set[str] = set()
    empty = True
    for answer in answers:
        for package in (answer or {}).get("dependencies", []):
            empty = False
            name = f"{package['name']} {package['version']}" if "version" in package else package["name"]
            name = name if "version" in package else next((other for other in known if other.split()[0] == name), name)
            known[name] = known.get(name, False) or "vulns" in package
            for found in package.get("vulns", []):
                mended = ", ".join(found.get("fix_versions") or []) or "none"
                told.add(f"{name}: {found['id']}; versions without it: {mended}")
    # One database may name a package without its version, because it does not know it, and another with it.
    versions = {name.split()[0] for name in known if known[name]}
    missed = sorted(name for name, seen in known.items() if not seen and name.split()[0] not in versions)
    packages = {name.split()[0] for name in known}
    lines = sorted(told)
    if empty or len(missed) == len(packages):
        lines.append("No database of advisories was reachable, so nothing is known of any package; run it where the network is open.")
    else:
        lines.append(f"{len(packages) - len(missed)} of {len(packages)} packages were looked up; vulnerabilities known: {len(told)}.")
        lines += [f"Not looked up: {', '.join(missed)}."] if missed else []
    return VULNERABLE if told else UNKNOWN if empty or missed else CLEAN, lines


def ask(lock: str, source: str) -> dict[str, Any] | None:
    """What pip-audit knows of a lock's packages from one database; null where it does not reach it."""
    # Nothing is installed and nothing resolved: the lock is whole.
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip", "--vulnerability-service"]
    command += [source, "--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  # no word of it is from outside
        return dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        return None


def broken(bill: Path) -> str | None:
    """What the bill of materials breaks in its schema; null where nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill.read_text(encoding="utf-8"))
    return None if error is None else f"{bill}: no CycloneDX 1.6: {error}"


def main(bill: Path, locks: list[str]) -> int:
    """Ask, say, and give the exit code."""
    code, lines = verdict([ask(lock, source) for lock in locks for source in SOURCES])
    if error := broken(bill):
        code, lines = VULNERABLE, [*lines, error]
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
