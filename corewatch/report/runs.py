"""From tables to the pages of a site: run the notebooks that are wanted, make their pages and all others.

In: tables, for each report its parameters, what readers saw before, an empty folder. Out: the site below it, but for what says how it was
made, which is `corewatch.runs`' to add.

Judgements made here: a notebook that fails does not stop the others, and the last good page of its report is carried over, saying of which
edition it is; the same tables and parameters give the same bytes in any folder. A notebook that was run with the same tables, parameters,
code and versions before is not run again.
"""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corewatch.report.parameters import REPORTS, Value
from corewatch.report.paths import resolve_path
from corewatch.report.progress import Progress
from corewatch.report.publishing import digests
from corewatch.reuse import Kept
from corewatch.tables import Tables, write_tables

if TYPE_CHECKING:
    from corewatch.report.execution import Executed, Problem
    from corewatch.report.kernels import Limits
    from corewatch.report.site import Since

TABLES = "tables"


@dataclass(frozen=True)
class Wanted:
    """A site that is wanted: the parameters of each report that is to be in it, and what readers saw before.

    `earlier` holds, for reports that have a good page, the folder of the site that it is in, for the case that their notebook fails now.
    """

    reports: Mapping[str, Mapping[str, Value]]
    corrections: bool = True
    since: "Since | None" = None
    earlier: Mapping[str, Path] = field(default_factory=dict)
    limits: "Limits | None" = None
    pdf: bool = False


@dataclass(frozen=True)
class Made:
    """What a site has: reports made, for each that failed what went wrong, and the edition line of pages that were carried over."""

    edition: str
    made: tuple[str, ...]
    failed: Mapping[str, "Problem"]
    earlier: Mapping[str, str]


def notebook_of(name: str) -> Path:
    """The notebook of a report."""
    return resolve_path(f"notebooks/{name}.ipynb", what="notebook")


def make_site(tables: Tables, wanted: Wanted, site: Path, work: Path, said: Progress, kept: Kept) -> Made:
    """Make every page in the folder `site`; the notebooks are run in the folder `work`. Both are empty before.

    Where no notebook succeeds, there are only the pages in `site/failed` that say what went wrong.
    """
    # Here, because Jupyter takes a second to import and a wrong parameter should not wait for it.
    from corewatch.report.page_files import write_earlier, write_executed
    from corewatch.report.pages import write_pages
    from corewatch.report.pdf import print_reports
    from corewatch.report.shell import Site
    from corewatch.report.site import Edition, edition_line

    write_tables(tables, site / TABLES)
    # A notebook may write where it runs; what readers get is not there.
    (work / TABLES).mkdir()
    for path in sorted((site / TABLES).iterdir()):
        # One by one, so that a full disk is said as such: copytree makes a list of it.
        shutil.copy(path, work / TABLES)
    results = executed(wanted, work, said, kept)
    failed = {name: result.problem for name, result in results.items() if result.problem}
    good = tuple(name for name in results if name not in failed)
    notebooks = {name: folder / "notebooks" / f"{name}.ipynb" for name, folder in wanted.earlier.items() if name in failed and good}
    reports = tuple(name for name in REPORTS if name in good or name in notebooks)
    around = Site(reports, edition_line(tables), pdf=wanted.pdf)
    for name, result in results.items():
        write_executed(result, site, around, wanted.reports[name])
    earlier = {name: write_earlier(path, site, reports) for name, path in notebooks.items()}
    if good:
        edition = Edition(
            {name: given for name, given in wanted.reports.items() if given}, wanted.corrections,
            {name: problem.told for name, problem in failed.items()}, earlier,
            tuple(name for name in REPORTS if name not in wanted.reports), wanted.since,
        )  # fmt: skip
        # What an article says of its use is true of the pages of this edition.
        pages = {name: (site / f"{name}.html").read_text(encoding="utf-8") for name in reports if name in good}
        write_pages(tables, pages, around, edition, site)
        if wanted.pdf:
            print_reports(site, reports)
    return Made(around.edition, good, failed, earlier)


def executed(wanted: Wanted, work: Path, said: Progress, kept: Kept) -> dict[str, "Executed"]:
    """The executed notebook of each report that is wanted, several at a time; those that are `kept` are not run."""
    from papermill.iorw import local_file_io_cwd

    from corewatch.report.execution import Executed, execute, restored, saved
    from corewatch.report.kernels import at_a_time

    tables = digests(work / TABLES)

    def run_one(name: str) -> Executed:
        path = notebook_of(name)
        own = {"tables": TABLES} | dict(wanted.reports[name])
        ran: list[Executed] = []

        def run() -> dict[str, str]:
            ran.append(execute(path, own, work, wanted.limits))
            return saved(ran[0])

        # One that is no text at all fails by itself, when it is run.
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        value = kept.get(["notebook", name, text, own, tables], run, lasting=lambda _: ran[0].problem is None)
        result = ran[0] if ran and ran[0].problem else restored(name, value, ran[0].seconds if ran else 0.0)
        problem = result.problem
        facts: dict[str, str | int] = {"cell": problem.cell, "error": problem.kind} if problem else {}
        words = problem or (f"{result.seconds:.1f} s" if ran else "as before, not run again")
        said.step(f"{name}: {words}", "notebook", report=name, seconds=round(result.seconds, 1), reused=not ran, **facts)
        return result

    # papermill goes to "its" folder around every file it reads; set once for all threads, that is where they are anyway.
    with local_file_io_cwd(), ThreadPoolExecutor(at_a_time()) as pool:
        try:
            return {result.name: result for result in pool.map(run_one, wanted.reports)}
        except BaseException:
            # Whoever stops a run waits for the notebooks that are at work, not for those that are not.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
