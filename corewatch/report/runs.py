"""Articles to a site of reports: parse once, run the notebooks, make their pages, put everything into place.

In: names of reports, parameters, articles, an output folder. Out: the folder as a reader opens it: `index.html`, a page a report,
`articles/`, `notebooks/` (executed), `tables/`, `manifest.json`.

Judgements made here: parameters are refused before anything runs; a notebook that fails does not stop the others, and the last good
page of its report stays; nothing is in place before it is whole; the same articles and parameters give the same bytes in any folder.
"""

import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from corewatch.errors import InputError, ReportError
from corewatch.pipeline import parse
from corewatch.report.parameters import REPORTS, Value, check_names, check_parameters
from corewatch.report.paths import resolve_path
from corewatch.report.progress import Progress, shown
from corewatch.report.publishing import Manifest, digests, move_into_place, read_manifest, staging
from corewatch.report.wording import counted
from corewatch.tables import Tables, read_tables, write_tables

# Kernels at a time. Four small notebooks on 2 cores took 17 s one after the other, 10 s two at a time, 11 s all at once.
AT_A_TIME = 2


@dataclass(frozen=True)
class Run:
    """What a run left: the folder and its first page, the reports made, and for each that failed what went wrong."""

    out: Path
    index: Path
    made: tuple[str, ...]
    failed: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        """One line for who waits for it."""
        left = f" ({self.rejected} not read)" if self.rejected else ""
        return f"{counted(len(self.made), 'report')} from {counted(self.documents, 'article')}{left}: {self.index}"


def run_reports(
    names: Iterable[str] = (),
    parameters: Mapping[str, Value] | None = None,
    seeds: str | Path | Iterable[str | Path] = "seeds",
    out: str | Path = "reports",
    *,
    corrections: bool = True,
    progress: bool = False,
) -> Run:
    """Make the reports named (all by default) from the articles in `seeds` and put them into `out`.

    `parameters` go to the reports that know them: `{"min_usd": 1e9}`, or as text from a command line; `tables`, `seeds` and
    `corrections` may be among them. With `progress`, steps are said on standard error.
    Raises `ParameterError` and `InputError` before anything is run, and `ReportError` after everything else is in place, naming each
    report that failed, its cell and the message.
    """
    chosen = check_names(names)
    asked = check_parameters(chosen, dict(parameters or {}))
    common = asked[chosen[0]]
    corrections = corrections and bool(common.get("corrections", True))
    paths = notebooks_of(chosen)
    folder = Path(out).absolute()
    # Reading, every notebook, and publishing.
    with staging(folder) as made, Progress(len(chosen) + 2, shown(progress)) as said:
        tables = tables_for(common, seeds, corrections)
        write_tables(tables, made / "tables")
        read = counted(len(tables.documents), "article")
        said.step(f"{read} read: {counted(len(tables.deals), 'deal')} and {counted(len(tables.metrics), 'measure')}", "read")
        origin = origin_of(common, seeds, corrections)
        given = {name: origin | own(asked[name]) for name in chosen}
        run = publish(tables, paths, given, corrections, made, folder, said)
        said.step(str(run), "published")
    if run.failed:
        raise ReportError("; ".join(f"{paths[name].name}, {problem}" for name, problem in run.failed.items()))
    return run


def quicken_jupyter() -> None:
    """Keep a module from being imported that takes half of Jupyter's start: nbformat checks addresses with it where it is found.

    It compiles 35 grammars, 1.5 s; no notebook's format has such an address.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None keeps a module from being imported


def notebooks_of(names: Iterable[str]) -> dict[str, Path]:
    """The notebook of each report."""
    return {name: resolve_path(f"notebooks/{name}.ipynb", what="notebook") for name in names}


def tables_for(common: Mapping[str, Value], seeds: str | Path | Iterable[str | Path], corrections: bool) -> Tables:
    """The tables that the notebooks are to read: those given, else read from the articles.

    Raises `InputError` where no article could be read, so that reports about nothing do not take the place of the last good ones.
    """
    if common.get("tables"):
        return read_tables(resolve_path(str(common["tables"]), what="folder of tables"))
    seeds = str(common.get("seeds", "")) or seeds
    given = [seeds] if isinstance(seeds, str | Path) else list(seeds)
    tables = parse([resolve_path(path) for path in given], corrections=corrections)
    if tables.documents.empty:
        raise InputError(f"{', '.join(map(str, given))}: no article could be read; put articles there, or name another folder with --seeds")
    return tables


def origin_of(common: Mapping[str, Value], seeds: str | Path | Iterable[str | Path], corrections: bool) -> dict[str, Value]:
    """Where the tables come from, as a notebook is told: only what differs from its defaults, and no folder of this machine alone."""
    said: dict[str, Value] = {} if corrections else {"corrections": False}
    source = common.get("seeds") or seeds
    if not common.get("tables") and isinstance(source, str | Path) and str(source) != "seeds":
        path = Path(source)
        name = path.name if path.is_absolute() else path.as_posix()
        said |= {"seeds": name} if name != "seeds" else {}
    return said


def own(given: Mapping[str, Value]) -> dict[str, Value]:
    """A report's parameters but for those on its tables: every notebook of a run reads the same."""
    return {key: value for key, value in given.items() if key not in ("tables", "seeds", "corrections")}


def publish(
    tables: Tables,
    paths: Mapping[str, Path],
    asked: Mapping[str, dict[str, Value]],
    corrections: bool,
    made: Path,
    out: Path,
    said: Progress,
    seconds: int | None = None,
) -> Run:
    """Run the notebooks, make every page in `made` and move them to `out`; where no notebook succeeds, only what went wrong is moved.

    Each notebook may take `seconds`, by default those of `execution`.
    """
    quicken_jupyter()
    # Here, because Jupyter takes a second to import and a wrong parameter should not wait for it.
    from papermill.iorw import local_file_io_cwd

    from corewatch.report.execution import NOTEBOOK_SECONDS, Executed, execute
    from corewatch.report.page_files import write_executed, write_text
    from corewatch.report.pages import write_pages
    from corewatch.report.shell import Site
    from corewatch.report.site import Edition, edition_line, input_digest

    def run_one(name: str) -> Executed:
        executed = execute(paths[name], {"tables": "tables"} | asked[name], made, seconds=seconds or NOTEBOOK_SECONDS)
        problem = executed.problem
        facts: dict[str, str | int] = {"cell": problem.cell, "error": problem.message.split(":")[0]} if problem else {}
        said.step(f"{name}: {problem or f'{executed.seconds:.1f} s'}", "notebook", report=name, seconds=round(executed.seconds, 1), **facts)
        return executed

    # papermill goes to "its" folder around every file it reads; set once for all threads, that is where they are anyway.
    with local_file_io_cwd(), ThreadPoolExecutor(AT_A_TIME) as pool:
        try:
            results = {executed.name: executed for executed in pool.map(run_one, paths)}
        except BaseException:
            # Whoever stops a run waits for the notebooks that are at work, not for those that are not.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    failed = {name: str(result.problem) for name, result in results.items() if result.problem}
    good = tuple(name for name in paths if name not in failed)

    before = read_manifest(out)
    digest = input_digest(tables.documents)
    same = before.inputs == digest and before.corrections == corrections
    kept = {name: entry for name, entry in before.reports.items() if name not in good and (out / f"{name}.html").is_file()}
    linked = {name: entry for name, entry in kept.items() if same or name in failed}
    site = Site(tuple(name for name in REPORTS if name in good or name in linked), edition_line(tables))

    for name, result in results.items():
        write_executed(result, made, site, asked[name])
    run = Run(out, out / "index.html", good, failed, len(tables.documents), len(tables.rejected))
    if not good:
        move_into_place(made / "failed", out / "failed", [])
        return run
    pages = {name: read_page(name, made, out) for name in site.reports}
    edition = Edition({name: given for name, given in asked.items() if given}, corrections, failed)
    write_pages(tables, pages, site, edition, made)

    files = digests(made)
    reports = {name: {"parameters": asked[name], "page": files[f"{name}.html"]} for name in good} | linked
    mine = tuple(f"{name}.html" for name in kept) + tuple(f"notebooks/{name}.ipynb" for name in kept)
    stale = [name for name in before.files if name not in files and name not in mine and not (kept and name.startswith("articles/"))]
    current = files | {name: before.files[name] for name in mine if name in before.files and name not in files}
    manifest = Manifest(
        inputs=digest,
        documents=dict(zip(tables.documents["doc_id"], tables.documents["sha256"], strict=True)),
        reports={name: reports[name] for name in site.reports if name in reports},
        failed=failed,
        corrections=corrections,
        files=current,
        corewatch=version("corewatch"),
    )
    write_text(made / "manifest.json", manifest.text())
    move_into_place(made, out, stale)
    return run


def read_page(name: str, made: Path, out: Path) -> str:
    """A report's page: of this run, else the last good one."""
    page = made / f"{name}.html"
    return (page if page.is_file() else out / f"{name}.html").read_text(encoding="utf-8")
