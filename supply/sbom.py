"""The bill of materials of a build: what is installed beside corewatch, as CycloneDX 1.6.

    python supply/sbom.py requirements.lock pyproject.toml dist/sbom.json

In: the lock, and the environment that was installed from it, of which come the licences. Out: one component a package, with its version,
the digests that its files may have, and its licence as it states it. Neither a time nor a number of its own is in it: the same lock makes
the same bytes. `supply/audit.py` holds it to its schema.
"""

import json
import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

# A line of the lock, with those that it goes on to; what follows a semicolon says for which machines it holds.
LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>[^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
LONGEST_LICENCE = 80


def components_of(lock: str) -> list[dict[str, Any]]:
    """The packages of a lock, sorted by name, each with its version, address as a package, and digests.

    >>> [part["purl"] for part in components_of("b==2 --hash=sha256:00\\na==1.0")]
    ['pkg:pypi/a@1.0', 'pkg:pypi/b@2']
    """
    found = []
    for line in LINE.finditer(lock):
        name, version = re.sub(r"[-_.]+", "-", line["name"]).lower(), line["version"]
        purl = f"pkg:pypi/{name}@{version}"
        digests = sorted(re.findall(r"--hash=sha256:([0-9a-f]+)", line["rest"]))
        hashes = [{"alg": "SHA-256", "content": digest} for digest in digests]
        found.append({"type": "library", "bom-ref": purl, "name": name, "version": version, "hashes": hashes, "purl": purl})
    return sorted(found, key=lambda part: part["name"])


def licences_of(package: Distribution) -> list[dict[str, Any]]:
    """The licence of a package as its makers state it: an expression, else the classifiers, else a short text."""
    said = package.metadata
    if expression := said["License-Expression"]:
        return [{"expression": expression}]
    names = sorted(
        {name.split(" :: ")[-1] for name in said.get_all("Classifier") or [] if name.startswith("License :: ")} - {"OSI Approved"}
    )
    if not names and (text := (said["License"] or "").strip()) and len(text) <= LONGEST_LICENCE and "\n" not in text:
        names = [text]
    return [{"license": {"name": name}} for name in names]


def bill(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The bill of materials of a project; licences are those of the environment in which this runs."""
    components = components_of(lock)
    for part in components:
        try:
            package = distribution(part["name"])
        except PackageNotFoundError:
            # For another machine than this one.
            continue
        if package.version == part["version"] and (licences := licences_of(package)):
            part["licenses"] = licences
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    made = {"type": "application", "bom-ref": root, "name": project["name"], "version": project["version"], "purl": root}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**made, "description": project["description"]}},
        "components": components,
        # Which package needs which is left to the lock: what is written here is that the build needs them all.
        "dependencies": [{"ref": root, "dependsOn": [part["bom-ref"] for part in components]}],
    }


def main(lock: Path, project: Path, out: Path) -> None:
    """Write the bill."""
    made = bill(lock.read_text(encoding="utf-8"), tomllib.loads(project.read_text(encoding="utf-8"))["project"])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
