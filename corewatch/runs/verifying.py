"""A run made again from what it was made from, and compared byte for byte.

In: a run on the shelf, or the digests that a site should have, and articles. Out: a line for each difference, nothing where there is none.
Compared is every file of the site but `run.json` and `made.json`, which say how it was made.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from corewatch.errors import InputError, ReportError
from corewatch.report.paths import resolve_path
from corewatch.report.progress import Progress, shown
from corewatch.runs.building import STEPS, Asked, build, write_json
from corewatch.runs.checking import wrong_files
from corewatch.runs.recipe import code_digest, inputs_of, versions
from corewatch.runs.shelf import MADE, RUN, Kept, Shelf

INPUTS_SAID = 5


def verify_run(out: str | Path, run_id: str | None = None, seeds: str | Path | None = None, *, progress: bool = False) -> list[str]:
    """What differs where the run, by default the latest, is made again from its articles; `seeds` says where they are if they were moved.

    Raises `InputError` where there is no such run or its articles are others now.
    """
    shelf = Shelf(Path(out).absolute())
    kept = shelf.read(run_id or shelf.latest or "")
    if kept is None:
        raise InputError(f"{shelf.out}: no run {run_id or 'is the latest one'}; `corewatch runs` lists those that are there")
    folder = resolve_path(seeds or seeds_of(shelf, kept))
    same_inputs(folder, kept.recipe["inputs"])
    differences = [line for line in wrong_files(shelf.folder(kept.run_id), kept.files) if line.split(" ")[0] not in (RUN, MADE)]
    asked = Asked(folder, kept.recipe["parameters"], kept.recipe["corrections"])
    differences += compare(files_made(asked, progress=progress), kept.files)
    return differences + other_program(kept) if differences else []


def verify_expected(expected: str | Path, seeds: str | Path = "seeds", *, write: bool = False, progress: bool = False) -> list[str]:
    """What differs between the site of the articles in `seeds` and the digests in the file `expected`, which `write` writes instead."""
    made = files_made(Asked(resolve_path(seeds), {}), progress=progress)
    if write:
        write_json(Path(expected), made)
        return []
    try:
        return compare(made, json.loads(Path(expected).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"{expected}: no digests of a site can be read there ({error}); write them with --write") from error


def files_made(asked: Asked, *, progress: bool) -> dict[str, str]:
    """The digests of a site that is made for this only."""
    with tempfile.TemporaryDirectory(prefix="corewatch-") as folder, Progress(STEPS, shown(progress)) as said:
        built = build(asked, Path(folder), said)
        if not built.made:
            raise ReportError("; ".join(f"{name}, {problem}" for name, problem in built.failed.items()))
        said.step("compared", "compared")
        return dict(built.files)


def compare(made: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """The files that differ, in words."""
    return [
        f"{name} {'was not made again' if name not in made else 'is new' if name not in expected else 'has other bytes'}"
        for name in sorted(made.keys() | expected.keys())
        if made.get(name) != expected.get(name)
    ]


def seeds_of(shelf: Shelf, kept: Kept) -> str:
    """Where the articles of a run were; raises `InputError` where that was lost."""
    try:
        return str(json.loads((shelf.folder(kept.run_id) / MADE).read_text(encoding="utf-8"))["seeds"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{shelf.folder(kept.run_id) / MADE} does not say where the articles were; give --seeds") from error


def same_inputs(folder: Path, recorded: Mapping[str, str]) -> None:
    """Raise `InputError`, naming the first of them, where the articles are others than those that were recorded."""
    found = inputs_of(folder)
    others = sorted(name for name in found.keys() | recorded.keys() if found.get(name) != recorded.get(name))
    if others:
        more = f" and {len(others) - INPUTS_SAID} more" if len(others) > INPUTS_SAID else ""
        names = ", ".join(others[:INPUTS_SAID])
        raise InputError(f"{folder}: not what the run was made from: {names}{more} changed; bring the articles back, or run again")


def other_program(kept: Kept) -> list[str]:
    """What else is another one now, and so may be the reason."""
    now = versions()
    names = [name for name, version in kept.recipe["versions"].items() if now.get(name) != version]
    was = ", ".join(f"{name} {kept.recipe['versions'][name]}" for name in names)
    said = [f"the run was made with {was}"] if names else []
    return said + ["the run was made with other code of corewatch"] * (kept.recipe["code"] != code_digest())
