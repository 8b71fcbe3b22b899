"""A whole site from a recipe, in a folder of its own, looked over before it leaves there.

In: articles, parameters, an empty folder. Out: the site below it with `run.json` and `made.json`, and what is to be known of it.

Judgements made here: a document that changes while it is read would make a site that no recipe tells, so that the recipe is taken before
and after the reading and has to be the same; a fault of the site is an error of the program, and such a site is never published.
"""

import json
import platform
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corewatch.errors import InputError, ReportError
from corewatch.pipeline import parse
from corewatch.report.parameters import REPORTS
from corewatch.report.progress import Progress
from corewatch.report.publishing import digests
from corewatch.report.runs import notebooks_of, own, publish
from corewatch.report.wording import counted
from corewatch.reuse import Kept
from corewatch.runs.checking import faults
from corewatch.runs.recipe import Recipe, digest_of, extraction_digest, recipe_of
from corewatch.runs.shelf import MADE, RUN
from corewatch.tables import write_tables

Parameters = Mapping[str, Mapping[str, str | float | int | bool]]
# How often it is begun again where documents change while they are read.
READINGS = 3
# Reading, every notebook, and publishing.
STEPS = len(REPORTS) + 2
FAULTS_SAID = 3


@dataclass(frozen=True)
class Asked:
    """What a run is asked for."""

    seeds: Path
    parameters: Parameters
    corrections: bool = True
    seconds: int | None = None
    cache: Path | None = None


@dataclass(frozen=True)
class Built:
    """A site that was built: where, under which id, and the reports that are in it and that are not."""

    site: Path
    run_id: str
    recipe: Recipe
    made: tuple[str, ...]
    failed: Mapping[str, str]
    files: Mapping[str, str]


def build(asked: Asked, folder: Path, said: Progress) -> Built:
    """Make the site of what is asked in `folder`.

    Raises `InputError` where no article could be read or they do not stop changing, `ReportError` where the site has a fault.
    """
    began = time.perf_counter()
    made, site = folder / "made", folder / "site"
    made.mkdir()
    site.mkdir()
    for _ in range(READINGS):
        recipe = recipe_of(asked.seeds, asked.parameters, corrections=asked.corrections)
        kept = Kept(asked.cache, extraction_digest())
        tables = parse(asked.seeds, corrections=asked.corrections, kept=kept)
        if recipe_of(asked.seeds, asked.parameters, corrections=asked.corrections).inputs == recipe.inputs:
            break
    else:
        raise InputError(f"{asked.seeds}: the articles changed while they were read, {READINGS} times; run again when they are all there")
    kept.tidy()
    if tables.documents.empty:
        reasons = f" ({tables.rejected['path'][0]}: {tables.rejected['detail'][0]})" if len(tables.rejected) else ""
        raise InputError(f"{asked.seeds}: no article could be read{reasons}; put articles there, or name another folder with --seeds")
    write_tables(tables, made / "tables")
    read = time.perf_counter() - began
    counts = {"documents": len(tables.documents), "rejected": len(tables.rejected), "deals": len(tables.deals)}
    words = f"{counted(counts['documents'], 'article')} read: {counted(counts['deals'], 'deal')}"
    said.step(words, "read", **counts, reused=kept.hits, seconds=round(read, 1))

    told = {} if asked.corrections else {"corrections": False}
    given = {name: told | own(asked.parameters.get(name, {})) for name in REPORTS}
    run = publish(tables, notebooks_of(REPORTS), given, asked.corrections, made, site, said, asked.seconds)
    files = digests(site)
    run_id = recipe.run_id if not run.failed else f"{recipe.run_id}-{digest_of(files)[:8]}"
    built = Built(site, run_id, recipe, run.made, run.failed, files)
    if not run.made:
        return built
    if found := faults(site, files):
        raise ReportError(f"the site has faults and is not published: {'; '.join(found[:FAULTS_SAID])}")
    rows = {name: len(table) for name, table in tables.items()}
    recorded = {"run": run_id, "recipe": asdict(recipe), "rows": rows, "made": run.made, "failed": run.failed, "files": files}
    write_json(site / RUN, recorded)
    timings = {"reading": round(read, 2), "all": round(time.perf_counter() - began, 2)}
    write_json(site / MADE, {"seeds": str(asked.seeds.absolute()), "platform": platform.platform(), "seconds": timings})
    return built


def write_json(path: Path, value: object) -> None:
    """A value as sorted JSON in a file."""
    path.write_text(json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, default=dict) + "\n", encoding="utf-8", newline="\n")
