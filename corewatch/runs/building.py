"""A whole site from a recipe, in a folder of its own, looked over before it leaves there.

In: articles or tables, parameters, an empty folder. Out: the site below it with its `manifest.json`.

Judgements made here: a document that changes while it is read would make a site that no recipe tells, so that the inputs are told before
and after the reading, and what was read is compared with them; a fault of the site is an error of the program, and such a site is never
published.
"""

import platform
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corewatch.documents.reading import MISSING
from corewatch.errors import InputError, ReportError
from corewatch.pipeline import parse
from corewatch.reconcile.holding_together import check_holds_together
from corewatch.report.kernels import Limits
from corewatch.report.progress import Progress
from corewatch.report.publishing import digests
from corewatch.report.runs import Made, Wanted, make_site
from corewatch.report.shell import LABELS
from corewatch.report.site import Since
from corewatch.report.wording import counted
from corewatch.reuse import Kept
from corewatch.runs.checking import faults
from corewatch.runs.manifest import Manifest, refuse
from corewatch.runs.recipe import (
    Parameters,
    Recipe,
    Source,
    code_digest,
    digest_of,
    extraction_digest,
    inputs_of,
    not_told,
    recipe_of,
    versions,
)
from corewatch.runs.records import write_records
from corewatch.runs.since import write_since
from corewatch.tables import Tables, read_tables, records

# How often it is begun again where documents change while they are read.
READINGS = 3
FAULTS_SAID = 3
# Executed notebooks that are kept beside those of the last run: of a dozen runs, for who goes back and forth.
NOTEBOOKS_KEPT = 48


def nothing_before(_: Tables) -> Since | None:
    """What readers saw before the first run."""
    return None


@dataclass(frozen=True)
class Asked:
    """What a run is asked for: `parameters` of each report that is to be in it.

    With `strict` it fails where anything could not be read. `since` tells what readers saw before, from the tables of this run; `earlier`
    is the folder of a run that has good pages, and for each of its reports the run that it was made in. `printer` is the browser that
    prints the reports, with its version; empty for no PDF.
    """

    source: Source
    parameters: Parameters
    corrections: bool = True
    since: Callable[[Tables], Since | None] = nothing_before
    earlier: tuple[Path, Mapping[str, str]] | None = None
    limits: Limits | None = None
    cache: Path | None = None
    printer: str = ""
    strict: bool = False

    @property
    def steps(self) -> int:
        """Reading, every notebook, and publishing."""
        return len(self.parameters) + 2


@dataclass(frozen=True)
class Built:
    """A site that was built: where, and what it says of itself."""

    site: Path
    manifest: Manifest


@dataclass
class Clock:
    """The seconds that the steps took."""

    began: float = field(default_factory=time.perf_counter)
    last: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def step(self, name: str) -> float:
        """The seconds since the step before."""
        now = time.perf_counter()
        self.seconds[name], self.last = round(now - self.last, 2), now
        self.seconds["all"] = round(now - self.began, 2)
        return self.seconds[name]


def build(asked: Asked, folder: Path, said: Progress) -> Built:
    """Make the site of what is asked in `folder`.

    Raises `InputError` where no article could be read, or not all and that is asked for, or they do not stop changing, and `ReportError`
    where the site has a fault.
    """
    clock = Clock()
    work, site = folder / "work", folder / "site"
    work.mkdir()
    site.mkdir()
    tables, recipe, reused = read(asked)
    refuse(len(tables.rejected) if asked.strict else 0, [f"{row['path']}: {row['detail']}" for row in records(tables.rejected.head(3))])
    seconds = clock.step("reading")
    counts = {"documents": len(tables.documents), "rejected": len(tables.rejected), "deals": len(tables.deals)}
    words = f"{counted(counts['documents'], 'article')} read: {counted(counts['deals'], 'deal')}"
    said.step(words, "read", **counts, reused=reused, seconds=round(seconds, 1))

    since = asked.since(tables)
    kept = Kept(asked.cache and asked.cache / "notebooks", digest_of([code_digest(), versions()]))
    told = {} if asked.corrections else {"corrections": False}
    last, origins = asked.earlier or (site, {})
    # In an order that does not depend on how they were asked for or written down.
    wanted = Wanted(
        {name: told | dict(sorted(asked.parameters[name].items())) for name in LABELS if name in asked.parameters},
        asked.corrections, since,
        dict.fromkeys(origins, last), asked.limits, bool(asked.printer),
    )  # fmt: skip
    made = make_site(tables, wanted, site, work, said, kept)
    clock.step("reports")
    if made.made:
        kept.tidy(NOTEBOOKS_KEPT)
        complete(site, tables, recipe, since)
    outputs = digests(site)
    if made.made and (found := faults(site, outputs)):
        raise ReportError(f"the site has faults and is not published: {'; '.join(found[:FAULTS_SAID])}")
    clock.step("checking")
    manifest = manifest_of(recipe, tables, made, since, outputs, origins, clock)
    manifest.write(site)
    return Built(site, manifest)


def read(asked: Asked) -> tuple[Tables, Recipe, int]:
    """The tables, the recipe that tells what they were read from, and how many documents had not to be read again."""
    path = asked.source.path
    for _ in range(READINGS):
        recipe = recipe_of(asked.source, asked.parameters, corrections=asked.corrections, printer=asked.printer)
        kept = Kept(asked.cache and asked.cache / "documents", extraction_digest())
        if asked.source.tables:
            tables = read_tables(path)
            # Now, not when the next run asks what changed since this one.
            check_holds_together(tables)
        else:
            tables = parse(path, corrections=asked.corrections, limits=asked.source.limits, kept=kept)
        if inputs_of(asked.source) == recipe.inputs and (asked.source.tables or not not_told(recipe.inputs, *read_of(tables))):
            break
    else:
        raise InputError(f"{path}: the articles changed while they were read, {READINGS} times; run again when they are all there")
    if not asked.source.tables:
        kept.tidy()
    if tables.documents.empty:
        reasons = f" ({tables.rejected['path'][0]}: {tables.rejected['detail'][0]})" if len(tables.rejected) else ""
        raise InputError(f"{path}: no article could be read{reasons}; put articles there, or name another folder with --seeds")
    return tables, recipe, kept.hits


def read_of(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """The digest of each document that was read, and why each other was not, by its path; what `sources.csv` alone names is no file."""
    documents, rejected = tables.documents, tables.rejected
    rejected = rejected[rejected["reason"] != MISSING]
    return dict(zip(documents["path"], documents["sha256"], strict=True)), dict(zip(rejected["path"], rejected["detail"], strict=True))


def complete(site: Path, tables: Tables, recipe: Recipe, since: Since | None) -> None:
    """What a site has besides its pages: called once when they are all there, before anything is checked. The records list all else."""
    write_since(site, since)
    write_records(site, tables, recipe)


def manifest_of(
    recipe: Recipe, tables: Tables, made: Made, since: Since | None, outputs: Mapping[str, str], origins: Mapping[str, str], clock: Clock,
) -> Manifest:  # fmt: skip
    """What the run says of itself."""
    run_id = recipe.run_id(since.run_id if since else None)
    return Manifest(
        # A run in which a notebook failed is told from other failures of the same recipe by what it gave.
        run=f"{run_id}-{digest_of(outputs)[:8]}" if made.failed else run_id,
        recipe=recipe,
        edition=made.edition,
        since=since.run_id if since else None,
        changed=dict(Counter(str(row["what"]) for row in since.changes)) if since else None,
        rows={name: len(table) for name, table in tables.items()},
        made=made.made,
        failed={name: asdict(problem) for name, problem in made.failed.items()},
        earlier={name: origins[name] for name in made.earlier},
        outputs=outputs,
        not_compared={"platform": platform.platform(), "seconds": dict(clock.seconds)},
    )  # fmt: skip
