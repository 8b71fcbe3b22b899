"""A run made again from what it was made from, and compared byte for byte.

In: a run on the shelf, or the digests that a site should have, and articles. Out: a line for each difference, nothing where there is none.
Compared is every file of the site, and of its manifest what it holds; what readers saw before is taken from the run itself, and so are
pages that it carried over from an earlier one.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from corewatch.documents.limits import Limits
from corewatch.errors import InputError, ReportError
from corewatch.report.parameters import REPORTS
from corewatch.report.paths import resolve_path
from corewatch.report.pdf import chromium_version
from corewatch.report.progress import Progress, shown
from corewatch.runs.building import Asked, build
from corewatch.runs.checking import wrong_files
from corewatch.runs.manifest import MANIFEST, Manifest, write_json
from corewatch.runs.recipe import Source, code_digest, inputs_of, versions
from corewatch.runs.shelf import Shelf
from corewatch.runs.since import read_since

INPUTS_SAID = 5
# What a manifest says of the site that was made; the rest says what it was made from.
HOLDS = ("edition", "changed", "rows", "made", "failed", "earlier")


def verify_run(out: str | Path, run_id: str | None = None, seeds: str | Path | None = None, *, progress: bool = False) -> list[str]:
    """What differs where the run, by default the latest, is made again from its articles; `seeds` says where they are if they were moved.

    Raises `InputError` where there is no such run or its articles are others now.
    """
    shelf = Shelf(Path(out).absolute())
    kept = shelf.read(run_id or shelf.latest or "")
    if kept is None:
        raise InputError(f"{shelf.out}: no run {run_id or 'is the latest one'}; `corewatch runs` lists those that are there")
    site = shelf.folder(kept.run)
    place = seeds or shelf.places().get(kept.run)
    if place is None:
        raise InputError(f"{shelf.out}: where the articles of run {kept.run} are was not kept; name their folder with --seeds")
    source = Source(resolve_path(place), kept.recipe.source == "tables", Limits(**kept.recipe.limits))
    same_inputs(source, kept.recipe.inputs)
    differences = wrong_files(site, kept.outputs)
    try:
        since = read_since(site)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{site}: what readers saw before cannot be read ({error}), so that it cannot be made again") from error
    printer = chromium_version() if kept.recipe.printer else ""
    asked = Asked(source, kept.recipe.parameters, kept.recipe.corrections, lambda _: since, (site, kept.earlier), printer=printer)
    again = made_again(asked, progress=progress)
    differences += compare(again.outputs, kept.outputs)
    was, now = kept.compared(), again.compared()
    differences += [f"{MANIFEST} says something else of {name}" for name in HOLDS if was[name] != now[name]]
    return differences + other_program(kept) if differences else []


def verify_expected(expected: str | Path, seeds: str | Path = "seeds", *, write: bool = False, progress: bool = False) -> list[str]:
    """What differs between the site of the articles in `seeds` and the digests in the file `expected`, which `write` writes instead."""
    made = made_again(Asked(Source(resolve_path(seeds)), {name: {} for name in REPORTS}), progress=progress).outputs
    if write:
        write_json(Path(expected), made)
        return []
    try:
        return compare(made, json.loads(Path(expected).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"{expected}: no digests of a site can be read there ({error}); write them with --write") from error


def made_again(asked: Asked, *, progress: bool) -> Manifest:
    """What a site that is made for this only says of itself."""
    with tempfile.TemporaryDirectory(prefix="corewatch-") as folder, Progress(asked.steps, shown(progress)) as said:
        manifest = build(asked, Path(folder), said).manifest
        if not manifest.made:
            raise ReportError("; ".join(f"{name}, {problem['kind']}: {problem['message']}" for name, problem in manifest.failed.items()))
        said.step("compared", "compared")
        return manifest


def compare(made: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """The files that differ, in words."""
    return [
        f"{name} {'was not made again' if name not in made else 'is new' if name not in expected else 'has other bytes'}"
        for name in sorted(made.keys() | expected.keys())
        if made.get(name) != expected.get(name)
    ]


def same_inputs(source: Source, recorded: Mapping[str, str]) -> None:
    """Raise `InputError`, naming the first of them, where the articles are others than those that were recorded."""
    found = inputs_of(source)
    others = sorted(name for name in found.keys() | recorded.keys() if found.get(name) != recorded.get(name))
    if others:
        more = f" and {len(others) - INPUTS_SAID} more" if len(others) > INPUTS_SAID else ""
        names = ", ".join(others[:INPUTS_SAID])
        raise InputError(f"{source.path}: not what the run was made from: {names}{more} changed; bring the articles back, or run again")


def other_program(kept: Manifest) -> list[str]:
    """What else is another one now, and so may be the reason."""
    now = versions()
    names = [name for name, version in kept.recipe.versions.items() if now.get(name) != version]
    was = ", ".join(f"{name} {kept.recipe.versions[name]}" for name in names)
    said = [f"the run was made with {was}"] if names else []
    return said + ["the run was made with other code of corewatch"] * (kept.recipe.code != code_digest())
