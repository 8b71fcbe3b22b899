"""A run: nothing where nothing changed, else a site built beside, checked, and switched in at once.

In: names of reports, parameters, articles, the folder of runs. Out: what became of it. Whatever happens, the run that readers see stays
whole.

Judgements made here: where the run that readers see has the same recipe and is whole, nothing is made again, unless a notebook failed in
it (a kernel may die of anything); a run of the same recipe as one that was rolled back is not made. Where only some reports are asked
for, the others of the run that readers see stay in the site if they would be the same.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corewatch.documents.limits import Limits as ReadingLimits
from corewatch.errors import InputError, ReportError
from corewatch.report.paths import resolve_path
from corewatch.report.pdf import chromium_version
from corewatch.report.publishing import STAGING, clear_away, locked
from corewatch.report.shell import LABELS
from corewatch.runs.listing import FAILED, write_listing
from corewatch.runs.manifest import Manifest, refuse
from corewatch.runs.recipe import Parameters, Recipe, Source, notebook_digest, recipe_of
from corewatch.runs.shelf import LATEST, Shelf

if TYPE_CHECKING:
    from corewatch.report.execution import Problem
    from corewatch.report.kernels import Limits
    from corewatch.report.progress import Progress
    from corewatch.report.site import Since
    from corewatch.runs.building import Asked
    from corewatch.tables import Tables

Value = str | float | int | bool
# What was read of each document and what each notebook gave, so that it is done again only if it would differ.
CACHE = ".cache"
# Parameters that say what all reports of a run are made from.
COMMON = ("tables", "seeds", "corrections")


@dataclass(frozen=True)
class Run:
    """What became of a run. `fresh` says whether anything was made, `failed` holds what stopped each report that could not be made.

    `site` is the folder that readers see, `index` its first page. `not_told` says how the command of `notify` failed, `unfinished` what
    could not be done after the site was published.
    """

    run_id: str
    site: Path
    fresh: bool
    published: bool = True
    made: tuple[str, ...] = ()
    failed: Mapping[str, "Problem"] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    not_told: str = ""
    unfinished: str = ""

    @property
    def index(self) -> Path:
        """The first page of the site."""
        return self.site / "index.html"

    @property
    def code(self) -> int:
        """The exit code of a command that made it."""
        return 3 if self.failed or self.not_told or self.unfinished else 0

    def __str__(self) -> str:
        """One line for who waits for it."""
        if not self.published:
            return f"run {self.run_id} was rolled back; `corewatch rollback {self.run_id}` brings it back, and what is shown stays"
        if not self.fresh:
            return f"nothing changed since run {self.run_id}: {self.index}"
        missing = f", without {', '.join(self.failed)}" if self.failed else ""
        return f"run {self.run_id}{missing}: {self.index}"


def run_reports(
    names: Iterable[str] = (),
    parameters: Mapping[str, Value] | None = None,
    seeds: str | Path = "seeds",
    out: str | Path = "reports",
    *,
    corrections: bool = True,
    keep: int | None = None,
    wait: bool = False,
    seconds: int | None = None,
    memory_mb: int | None = None,
    pdf: bool = False,
    progress: bool = False,
    log_json: bool = False,
    notify: str | None = None,
    limits: ReadingLimits | None = None,
    strict: bool = False,
) -> Run:
    """Make the site of the reports named (all by default) from the articles in `seeds`, below `out`, and let `out/latest` point at it.

    Nothing is done where it does so already. `parameters` go to the reports that know them: `{"min_usd": 1e9}`, or as text from a command
    line; `tables` (a folder that `corewatch parse` wrote), `seeds` and `corrections` may be among them. `keep` runs are kept, all of them
    by default; `seconds` and `memory_mb` (of 2**20 bytes) are what each notebook may take, `limits` what a file of the articles may. With
    `pdf` each report is a PDF too, which Chromium prints. With `progress`, steps are said on standard error, with `log_json` as JSON.
    The command `notify` gets what changed on its standard input, as JSON, if any of it is material (`reconcile.change_kinds` says what is).
    Raises `ParameterError` before anything is read, `LockedError` where another run is at work there and `wait` is false, `InputError`
    where nothing could be read or, with `strict`, not everything, and `ReportError` where no notebook succeeded or the site has a fault:
    what readers see is as it was then.
    """
    chosen, common = checked(tuple(names), dict(parameters or {}))
    corrections = corrections and bool(common.get("corrections", True))
    source = replace(source_of(common, seeds), limits=limits or ReadingLimits())
    shelf = Shelf(Path(out).absolute())
    if shelf.out.resolve().is_relative_to(source.path):
        raise InputError(f"{shelf.out} is inside {source.path}, and its runs would be read as articles; choose another folder with --out")
    printer = chromium_version() if pdf else ""
    with locked(shelf.out, wait=wait):
        if (shelf.out / LATEST).exists() and not (shelf.out / LATEST).is_symlink():
            raise ReportError(f"{shelf.out / LATEST} is no link to a run, so that none can be shown; move it away")
        clear_away(shelf.out)
        seen = shelf.seen()
        recipe = with_others(recipe_of(source, chosen, corrections=corrections, printer=printer), seen, all_asked=not names)
        run = there_already(shelf, recipe, seen, tell=bool(notify), strict=strict)
        if run is None:
            # Here, because pandas and Jupyter take seconds to import, which an unchanged run has no use for.
            from corewatch.report.progress import Progress, shown
            from corewatch.runs.building import Asked

            asked = Asked(
                source,
                recipe.parameters,
                corrections,
                before(shelf, recipe, seen),
                earlier(shelf, seen),
                limits_of(seconds, memory_mb),
                shelf.out / CACHE,
                printer,
                strict,
            )
            with Progress(asked.steps, shown(progress or log_json), as_json=log_json) as said:
                run = published(shelf, asked, said, tell=bool(notify))
        return finished(shelf, run, keep, notify)


def finished(shelf: Shelf, run: Run, keep: int | None, notify: str | None) -> Run:
    """What is done once readers see the site; a fault of it does not make the run a failed one."""
    pruned: list[str] = []
    not_told = ""
    try:
        mended = (shelf.out / FAILED).exists()
        shutil.rmtree(shelf.out / FAILED, ignore_errors=True)
        not_told = told_to(shelf, notify) if notify else ""
        pruned = shelf.prune(keep, shelf.untold) if keep else []
        write_listing(shelf, always=run.fresh or mended or bool(pruned))
    except OSError as error:
        words = f"the site is published, but the page of all runs is not written or runs are not removed ({error.strerror})"
        return replace(run, pruned=tuple(pruned), not_told=not_told, unfinished=words)
    return replace(run, pruned=tuple(pruned), not_told=not_told)


def limits_of(seconds: int | None, memory_mb: int | None) -> "Limits":
    """What each notebook may take."""
    from corewatch.report.kernels import Limits

    given = {"seconds": seconds, "memory_mb": memory_mb}
    return Limits(**{name: value for name, value in given.items() if value is not None})


def checked(names: tuple[str, ...], given: Mapping[str, Value]) -> tuple[Parameters, Mapping[str, Value]]:
    """The parameters of each report that is asked for, and those that all have in common; raises `ParameterError`."""
    if not names and not given:
        return {name: {} for name in LABELS}, {}
    # Here, because a run without parameters need not wait for pandas.
    from corewatch.report.parameters import check_names, check_parameters

    chosen = check_names(names)
    asked = check_parameters(chosen, given)
    own = {name: {key: value for key, value in values.items() if key not in COMMON} for name, values in asked.items()}
    return own, {key: value for key, value in asked[chosen[0]].items() if key in COMMON}


def source_of(common: Mapping[str, Value], seeds: str | Path) -> Source:
    """What is to be read; raises `InputError` where it does not exist."""
    if common.get("tables"):
        return Source(resolve_path(str(common["tables"]), what="folder of tables"), tables=True)
    return Source(resolve_path(str(common.get("seeds", "")) or seeds))


def with_others(recipe: Recipe, seen: Manifest | None, *, all_asked: bool) -> Recipe:
    """The recipe with those other reports that readers see and that would be the same."""
    if all_asked or seen is None or not recipe.same_but_for_reports(seen.recipe):
        return recipe
    others = [name for name, digest in seen.recipe.notebooks.items() if name not in recipe.parameters and digest == notebook_digest(name)]
    told = {name: seen.recipe.parameters[name] for name in others} | dict(recipe.parameters)
    digests = {name: seen.recipe.notebooks[name] for name in others} | dict(recipe.notebooks)
    return replace(
        recipe,
        parameters={name: told[name] for name in LABELS if name in told},
        notebooks={name: digests[name] for name in LABELS if name in told},
    )


def before(shelf: Shelf, recipe: Recipe, seen: Manifest | None) -> "Callable[[Tables], Since | None]":
    """What readers saw before a run of the recipe; where readers see a run of it that is tried again, what they saw before that one."""
    from corewatch.runs.building import nothing_before
    from corewatch.runs.since import read_since, since_run

    if seen is None:
        return nothing_before
    if seen.recipe == recipe:
        kept = read_since(shelf.folder(seen.run))
        return lambda _: kept
    return partial(since_run, shelf.folder(seen.run), seen.run)


def earlier(shelf: Shelf, seen: Manifest | None) -> tuple[Path, Mapping[str, str]] | None:
    """The folder of the run that readers see, and the run that each of its good pages is of."""
    return (shelf.folder(seen.run), dict.fromkeys(seen.made, seen.run) | dict(seen.earlier)) if seen else None


def told_to(shelf: Shelf, command: str) -> str:
    """Tell the command what changed; the words of what went wrong, if anything did."""
    if shelf.untold is None:
        return ""
    from corewatch.runs.telling import NotifyError, tell

    try:
        tell(shelf, command)
    except NotifyError as error:
        return str(error)
    return ""


def there_already(shelf: Shelf, recipe: Recipe, seen: Manifest | None, *, tell: bool, strict: bool) -> Run | None:
    """The run of this recipe that readers see, or that was rolled back, or that was put on the shelf by a process that ended then.

    Raises `InputError` where something could not be read for it and `strict` is true.
    """
    site = shelf.out / LATEST
    if seen and seen.recipe == recipe and shelf.latest == seen.run:
        refuse(seen.rows.get("rejected", 0) if strict else 0)
        return None if seen.failed else Run(seen.run, site, fresh=False, made=seen.made)
    for name in reversed(shelf.order().rolled_back):
        kept = shelf.read(name)
        if kept and kept.recipe == recipe:
            refuse(kept.rows.get("rejected", 0) if strict else 0)
            return Run(name, site, fresh=False, published=False, made=kept.made)
    made = shelf.whole(recipe.run_id(seen.run if seen else None))
    if made is None:
        return None
    refuse(made.rows.get("rejected", 0) if strict else 0)
    shelf.switch(made.run, tell=tell)
    return Run(made.run, site, fresh=True, made=made.made)


def published(shelf: Shelf, asked: "Asked", said: "Progress", *, tell: bool) -> Run:
    """Build the site and switch it in; where no notebook succeeded only the pages that say why are kept."""
    from corewatch.runs.building import build

    folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=shelf.out))
    try:
        built = build(asked, folder, said)
        manifest = built.manifest
        if not manifest.made:
            shutil.rmtree(shelf.out / FAILED, ignore_errors=True)
            (built.site / "failed").rename(shelf.out / FAILED)
            write_listing(shelf)
            lines = "; ".join(f"{name}, {problem}" for name, problem in problems(manifest).items())
            raise ReportError(f"no report could be made, what is shown stays ({shelf.out / FAILED} says why): {lines}")
        # Where the same notebook failed in the same way, the run is there already, and may be what readers see.
        if not shelf.whole(manifest.run):
            shelf.remember(manifest.run, asked.source.path.absolute())
            shelf.put(built.site, manifest.run)
        shelf.switch(manifest.run, tell=tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    run = Run(manifest.run, shelf.out / LATEST, fresh=True, made=manifest.made, failed=problems(manifest))
    said.step(str(run), "published", run=run.run_id, failed=len(run.failed))
    return run


def problems(manifest: Manifest) -> "dict[str, Problem]":
    """What stopped each report that could not be made."""
    from corewatch.report.execution import Problem

    return {name: Problem(**told) for name, told in manifest.failed.items()}
