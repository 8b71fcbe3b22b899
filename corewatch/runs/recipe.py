"""What a run is made from, told without making it: the same recipe gives the same site, and has the same id.

In: articles or tables, parameters. Out: digests of every input file, of the notebooks and of the package, the versions of what
it runs on, and one id of them all. There is no clock, name of a folder or machine in it. Nothing is imported here that takes long: an
unchanged run is told in well under a second.
"""

import errno
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from email.parser import HeaderParser
from functools import cache
from importlib import metadata
from pathlib import Path

from corewatch.documents.limits import Limits
from corewatch.documents.walking import find_files
from corewatch.report.paths import resolve_path

PACKAGE = Path(__file__).resolve().parents[1]
# What an analyst says of the articles stands beside them, and is an input like they are.
BESIDE = ("sources.csv", "corrections.csv")
# The parts of the package that make mentions of an article; the rest joins and shows them.
EXTRACTION = (
    "documents", "language", "lexicon", "mentions", "contract.py", "errors.py", "pipeline.py", "reuse.py", "spans.py", "tables.py",
)  # fmt: skip
UNREADABLE = "unreadable"
ID_LENGTH = 16
# Files that are one document, or one that was not read.
LONE = (".txt", ".md", ".html", ".pdf")
Parameters = Mapping[str, Mapping[str, str | float | int | bool]]


@dataclass(frozen=True)
class Source:
    """What a run reads: articles, or with `tables` a folder of tables that `corewatch parse` wrote.

    `limits` is what a file of the articles may ask of the machine.
    """

    path: Path
    tables: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Recipe:
    """Everything that a site depends on but for what readers saw before. `parameters` and `notebooks` are of each report in it, by name."""

    inputs: Mapping[str, str]
    parameters: Parameters
    corrections: bool
    notebooks: Mapping[str, str]
    code: str
    versions: Mapping[str, str]
    source: str = "articles"
    # Those that are not the defaults: with another limit other files are read.
    limits: Mapping[str, int] = field(default_factory=dict)
    # The browser that prints the reports as PDF, with its version; empty where they are not printed.
    printer: str = ""

    def run_id(self, since: str | None) -> str:
        """The digest of it all, shortened to what a person can compare; readers saw the run `since` before."""
        return digest_of([asdict(self), since])[:ID_LENGTH]

    def same_but_for_reports(self, other: "Recipe") -> bool:
        """Whether a report with the same notebook and parameters would be the same in both."""
        return replace(self, parameters={}, notebooks={}) == replace(other, parameters={}, notebooks={})


def recipe_of(source: Source, parameters: Parameters, *, corrections: bool = True, printer: str = "") -> Recipe:
    """The recipe of a run of the reports that `parameters` names. Raises `InputError` where the source does not exist."""
    return Recipe(
        inputs=inputs_of(source),
        parameters={name: dict(given) for name, given in parameters.items()},
        corrections=corrections,
        notebooks={name: notebook_digest(name) for name in parameters},
        code=code_digest(),
        versions=versions(),
        source="tables" if source.tables else "articles",
        limits={name: value for name, value in asdict(source.limits).items() if value != getattr(Limits(), name)},
        printer=printer,
    )


def inputs_of(source: Source) -> dict[str, str]:
    """The digest of each file that is given, by its name; what is passed over is named with its reason."""
    if source.tables:
        return {path.name: file_digest(path) for path in sorted(source.path.iterdir()) if path.is_file()}
    found, passed = find_files([source.path])
    inputs = {file.name: file_digest(file.path) for file in found}
    inputs |= {f"{one.name} ({one.reason})": "" for one in passed}
    folder = source.path if source.path.is_dir() else source.path.parent
    return dict(sorted((inputs | {name: file_digest(folder / name) for name in BESIDE if (folder / name).is_file()}).items()))


def notebook_digest(name: str) -> str:
    """The digest of a report's notebook."""
    return file_digest(resolve_path(f"notebooks/{name}.ipynb", what="notebook"))


def extraction_digest() -> str:
    """One digest of what turns a document into mentions: code, lexicon and the versions of what they run on."""
    return digest_of([code_digest(EXTRACTION), versions()])


def code_digest(places: Iterable[str] = (".",)) -> str:
    """One digest of all files of the package in these places, by their names below it."""
    files = (path for place in places for path in ([PACKAGE / place] if place.endswith(".py") else (PACKAGE / place).rglob("*")))
    kept = sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts)
    return digest_of({path.relative_to(PACKAGE).as_posix(): file_digest(path) for path in kept})


@cache
def found_versions() -> tuple[tuple[str, str], ...]:
    """What `versions` gives; found once, because what a process runs on is what it began with."""
    found = {"python": platform.python_version()}
    waiting = ["corewatch"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            told = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            # Needed on another system only.
            continue
        # Without the description below the fields, which would be most of what there is to parse.
        fields = HeaderParser().parsestr((told.read_text("METADATA") or told.read_text("PKG-INFO") or "").partition("\n\n")[0])
        found[name] = fields["Version"]
        # `pandas>=2.3; python_version >= "3.11"`; what an extra asks for is not needed.
        needed = fields.get_all("Requires-Dist", [])
        waiting += [part[0] for line in needed if "extra ==" not in line and (part := re.match(r"[\w.-]+", line))]
    return tuple(sorted(found.items()))


def versions() -> dict[str, str]:
    """The versions of Python, of the package, and of everything that it needs, directly or not."""
    return dict(found_versions())


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, or that it could not be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return UNREADABLE


def digest_of(value: object) -> str:
    """The SHA-256 of a value as sorted JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=dict).encode()).hexdigest()


def not_told(inputs: Mapping[str, str], documents: Mapping[str, str], rejected: Mapping[str, str]) -> list[str]:
    """What was read and is not what the inputs say, or the other way round: a file that came, went or changed for a moment.

    `documents` are digests and `rejected` details, by path; the path of what was inside a file begins with that of the file.
    """
    names = {name if digest else name.rpartition(" (")[0]: digest for name, digest in inputs.items() if name not in BESIDE}
    read = documents.keys() | rejected.keys()
    gone = os.strerror(errno.ENOENT)
    wrong = {path for path, digest in documents.items() if names.get(path, digest) != digest}
    wrong |= {path for path, detail in rejected.items() if detail.startswith(gone)}
    wrong |= {path for path in read if not any(outer in names for outer in outers(path))}
    # An archive may have nothing in it; what is one text is always told.
    return sorted(wrong | {name for name in names if name.endswith(LONE) and name not in read})


def outers(path: str) -> list[str]:
    """A path and all that it is in: `a.zip/b/c.txt`, `a.zip/b`, `a.zip`."""
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(len(parts), 0, -1)]
