"""A run: nothing where nothing changed, else a site built beside, checked, and switched in at once.

In: articles, parameters, the folder of runs. Out: what became of it. Whatever happens, the run that readers see stays whole.

Judgements made here: a run that is whole on the shelf is not made again, a run in which a notebook failed is (a kernel may die of
anything); a run that was rolled back is not switched in again by itself.
"""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corewatch.errors import InputError, ReportError
from corewatch.report.publishing import STAGING, clear_away, locked
from corewatch.runs.checking import wrong_files
from corewatch.runs.recipe import Recipe, recipe_of
from corewatch.runs.shelf import MADE, RUN, Shelf

if TYPE_CHECKING:
    from corewatch.report.progress import Progress
    from corewatch.runs.building import Asked, Parameters

# The pages that say what went wrong where no notebook succeeded and so no site was made.
FAILED = "failed-run"
# What was read of each document, so that it is read again only if it changed.
CACHE = ".cache"


@dataclass(frozen=True)
class Outcome:
    """What became of a run. `fresh` says whether anything was made, `failed` holds a line for each report that could not be."""

    run_id: str
    site: Path
    fresh: bool
    published: bool = True
    failed: Mapping[str, str] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    not_told: str = ""

    def __str__(self) -> str:
        """One line for who waits for it."""
        if not self.published:
            return f"run {self.run_id} was rolled back; `corewatch rollback {self.run_id}` brings it back, and what is shown stays"
        if not self.fresh:
            return f"nothing changed since run {self.run_id}: {self.site / 'index.html'}"
        missing = f", without {', '.join(self.failed)}" if self.failed else ""
        return f"run {self.run_id}{missing}: {self.site / 'index.html'}"


def run_site(
    seeds: str | Path = "seeds",
    out: str | Path = "reports",
    parameters: "Parameters | None" = None,
    *,
    corrections: bool = True,
    keep: int | None = None,
    wait: bool = False,
    seconds: int | None = None,
    progress: bool = False,
    log_json: bool = False,
    notify: str | None = None,
) -> Outcome:
    """Make the site of the articles in `seeds` below `out` and let `out/latest` point at it; do nothing where it does so already.

    `parameters` are those of each report, typed. `keep` runs are kept, all of them by default; `seconds` is what each notebook may take.
    The command `notify` gets what changed on its standard input, as JSON, if that is material; where it fails, `not_told` says how.
    Raises `LockedError` where another run is at work there and `wait` is false, `InputError` where nothing could be read, and `ReportError`
    where no notebook succeeded or the site has a fault: nothing is changed then.
    """
    shelf = Shelf(Path(out).absolute())
    folder = Path(seeds).absolute()
    if shelf.out.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{shelf.out} is inside {folder}, and its runs would be read as articles; choose another folder with --out")
    with locked(shelf.out, wait=wait):
        clear_away(shelf.out)
        recipe = recipe_of(folder, parameters or {}, corrections=corrections)
        outcome = shown_again(shelf, recipe, tell=bool(notify))
        if outcome is None:
            # Here, because pandas and Jupyter take seconds to import, which an unchanged run has no use for.
            from corewatch.report.progress import Progress, shown
            from corewatch.runs.building import STEPS, Asked

            asked = Asked(folder, parameters or {}, corrections, seconds, shelf.out / CACHE)
            with Progress(STEPS, shown(progress or log_json), as_json=log_json) as said:
                outcome = published(shelf, asked, said, tell=bool(notify))
        not_told = told_to(shelf, notify) if notify else ""
        pruned = shelf.prune(keep, shelf.untold) if keep else []
    return replace(outcome, pruned=tuple(pruned), not_told=not_told)


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


def shown_again(shelf: Shelf, recipe: Recipe, *, tell: bool) -> Outcome | None:
    """The run of this recipe that is on the shelf, shown from now on if it was not; none where there is none or it is damaged."""
    run_id = recipe.run_id
    if not whole(shelf, run_id):
        return None
    if run_id in shelf.order().rolled_back:
        return Outcome(run_id, shelf.out / "latest", fresh=False, published=False)
    if shelf.latest != run_id:
        shelf.switch(run_id, tell=tell)
    return Outcome(run_id, shelf.out / "latest", fresh=False)


def whole(shelf: Shelf, run_id: str) -> bool:
    """Whether a run is on the shelf with every file as it was written down."""
    kept = shelf.read(run_id)
    return kept is not None and not [
        line for line in wrong_files(shelf.folder(run_id), kept.files) if line.split(" ")[0] not in (RUN, MADE)
    ]


def published(shelf: Shelf, asked: "Asked", said: "Progress", *, tell: bool) -> Outcome:
    """Build the site and switch it in; where no notebook succeeded only the pages that say why are kept."""
    from corewatch.runs.building import build

    folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=shelf.out))
    try:
        built = build(asked, folder, said)
        shutil.rmtree(shelf.out / FAILED, ignore_errors=True)
        if not built.made:
            (built.site / "failed").rename(shelf.out / FAILED)
            lines = "; ".join(f"{name}, {problem}" for name, problem in built.failed.items())
            raise ReportError(f"no report could be made, what is shown stays ({shelf.out / FAILED} says why): {lines}")
        # Where the same notebook failed in the same way, the run is there already, and may be what readers see.
        if not whole(shelf, built.run_id):
            shelf.put(built.site, built.run_id)
        shelf.switch(built.run_id, tell=tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    outcome = Outcome(built.run_id, shelf.out / "latest", fresh=True, failed=built.failed)
    said.step(str(outcome), "published", run=built.run_id, failed=len(built.failed))
    return outcome
