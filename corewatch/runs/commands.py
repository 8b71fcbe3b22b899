"""The commands that make sites and keep them; `corewatch.cli` puts them beside the others."""

from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corewatch.arguments import GivenPath
from corewatch.errors import CorewatchError, InputError, LockedError, ParameterError
from corewatch.terminal import line

if TYPE_CHECKING:
    from corewatch.runs.making import Run

MOST_NOT_READ = 20
PACKAGE = Path(__file__).resolve().parents[1]
CODES = """Exit codes: 0 good, also where nothing had to be done; 1 failed, and what readers see is as it was; 2 wrong usage; 3 partly
failed (the other reports are published, with a note; or all are, and the command of --notify failed or old runs could not be removed);
4 another run holds the lock."""
OUT = click.option("--out", default="reports", show_default=True, type=GivenPath(file_okay=False), help="Folder of the runs.")
SEEDS = click.option(
    "--seeds", default="seeds", show_default=True, type=GivenPath(), help="Folder or file of articles."
)  # fmt: skip
LIMIT = click.option(
    "-l", "--limit", "limits", nargs=2, multiple=True, metavar="KEY VALUE", help="A limit of docs/inputs.md for each file; repeatable."
)
MAKING = (
    SEEDS,
    OUT,
    LIMIT,
    click.option(
        "-p", "--parameter", "given", nargs=2, multiple=True, metavar="KEY VALUE", help="A parameter of the notebooks; repeatable."
    ),
    click.option("--no-corrections", is_flag=True, help="Leave out what corrections.csv puts right."),
    click.option("--strict", is_flag=True, help="Fail, and publish nothing, if anything that was given could not be read."),
    click.option("--wait/--no-wait", help="Wait for another run in OUT to end, or leave with 4 (default)."),
    click.option("--seconds", type=click.IntRange(min=1), help="What each notebook may take; 900 by default."),
    click.option("--pdf", is_flag=True, help="Make each report a PDF too; this needs Chromium."),
    click.option("--memory", "memory", type=click.IntRange(min=256), metavar="MB", help="What each notebook may take; 4096 by default."),
)
Command = TypeVar("Command", bound=Callable[..., Any])


def making(command: Command) -> Command:
    """The options of a command that makes a site."""
    for option in reversed(MAKING):
        command = option(command)
    return command


@click.command(
    help=f"""Make reports from articles: all of them, or those named (revenue_growth, deal_sizes, closed_loop, source_audit).

    The site is in OUT/<run id>, and OUT/latest points at it; nothing is done where it does so already. Where some reports are named, the
    others stay in the site if they would be the same.

    {CODES}"""
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@making
def report(
    names: tuple[str, ...], seeds: Path, out: Path, given: tuple[tuple[str, str], ...], no_corrections: bool, wait: bool,
    strict: bool, seconds: int | None, pdf: bool, memory: int | None, limits: tuple[tuple[str, str], ...],
) -> int:  # fmt: skip
    """Translate, call, and print; the help is above."""
    from corewatch.documents.limits import read_limits
    from corewatch.runs.making import run_reports

    return told(
        run_reports(
            names, dict(given), seeds, out, corrections=not no_corrections, wait=wait, seconds=seconds, memory_mb=memory, pdf=pdf,
            progress=True, limits=read_limits(dict(limits)), strict=strict,
        )
    )  # fmt: skip


@click.command(
    help=f"""Make the site of all reports in OUT/<run id> and let OUT/latest point at it; do nothing where nothing changed.

    {CODES}"""
)
@making
@click.option("--keep", type=click.IntRange(min=1), help="Remove all runs but the last so many; all are kept by default.")
@click.option("--log", "log", type=click.Choice(("text", "json")), default="text", show_default=True, help="How steps are told.")
@click.option("--notify", metavar="COMMAND", help="Gets what changed, if it is material, as JSON on its standard input.")
def run(
    seeds: Path, out: Path, given: tuple[tuple[str, str], ...], no_corrections: bool, wait: bool, strict: bool, seconds: int | None,
    pdf: bool, memory: int | None, keep: int | None, log: str, notify: str | None, limits: tuple[tuple[str, str], ...],
) -> int:  # fmt: skip
    """Translate, call, and print; the help is above."""
    from corewatch.documents.limits import read_limits
    from corewatch.report.progress import log_line
    from corewatch.runs.making import run_reports

    for name in sorted(dict(given).keys() & {"tables", "seeds", "corrections"}):
        raise ParameterError(f"parameter {name} is the same for all of a run; use --seeds or --no-corrections")
    try:
        outcome = run_reports(
            (), dict(given), seeds, out, corrections=not no_corrections, keep=keep, wait=wait, seconds=seconds, memory_mb=memory, pdf=pdf,
            progress=log == "text", log_json=log == "json", notify=notify, limits=read_limits(dict(limits)),
            strict=strict,
        )  # fmt: skip
    except Exception as error:
        if log == "text" or isinstance(error, ParameterError):
            raise
        # By its kind and place alone: the message of an error may hold words of an article. What nobody foresaw is told like that, too.
        foreseen = isinstance(error, (CorewatchError, OSError))
        click.echo(log_line("failed", error=type(error).__name__, **({} if foreseen else {"place": place_of(error)})), err=True)
        return 4 if isinstance(error, LockedError) else 1
    if log == "json":
        for event, trouble in (("not_told", outcome.not_told), ("unfinished", outcome.unfinished)):
            if trouble:
                click.echo(log_line(event, message=trouble), err=True)
        click.echo(log_line("done", run=outcome.run_id, made=outcome.fresh, code=outcome.code, pruned=len(outcome.pruned)), err=True)
        return outcome.code
    return told(outcome)


def place_of(error: BaseException) -> str:
    """Where in this package an error came up: `reconcile/changes.py:57`."""
    places = [(Path(frame.filename), frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [f"{path.relative_to(PACKAGE).as_posix()}:{line}" for path, line in places if path.is_relative_to(PACKAGE)]
    return ours[-1] if ours else "elsewhere"


def told(outcome: "Run") -> int:
    """Say what became of a run, and give its exit code."""
    for name, problem in outcome.failed.items():
        click.echo(f"corewatch: {name}, {problem}; {outcome.site / 'failed' / name}.html shows it", err=True)
    for trouble in filter(None, (outcome.not_told, outcome.unfinished)):
        click.echo(line(f"corewatch: {trouble}"), err=True)
    for said in not_read(outcome):
        click.echo(line(said), err=True)
    click.echo(str(outcome))
    return outcome.code


def not_read(outcome: "Run") -> list[str]:
    """A line for each file that a new site was made without, with its reason; many are named by the table alone."""
    path = outcome.site / "tables" / "rejected.parquet"
    if not outcome.fresh or not path.exists():
        return []
    from pandas import read_parquet

    rows = read_parquet(path)
    lines = [f"not read: {row.path}: {row.reason}, {row.detail}" for row in rows.head(MOST_NOT_READ).itertuples()]
    more = len(rows) - len(lines)
    return [*lines, f"not read: {more} more; {path} and the source audit name them all"] if more else lines


@click.command()
@click.argument("out", default="reports", type=GivenPath(file_okay=False))
def runs(out: Path) -> None:
    """List the runs in OUT, the first one first, with what each of them changed, and which of them is the latest."""
    from corewatch.reconcile.change_kinds import counted_changes
    from corewatch.runs.shelf import Shelf

    shelf = Shelf(out)
    order = shelf.order()
    for run_id in order.published:
        kept = shelf.read(run_id)
        marks = ["latest"] * (run_id == shelf.latest) + ["rolled back"] * (run_id in order.rolled_back)
        if kept is not None:
            marks += [f"without {', '.join(kept.failed)}"] * bool(kept.failed)
            marks += [f"changed: {counted_changes(kept.changed)}"] if kept.changed is not None else []
            marks = [f"articles: {kept.rows.get('documents', 0):,}, deals: {kept.rows.get('deals', 0):,}", *marks]
        click.echo(f"{run_id:<25}  {'; '.join(marks) if kept else 'its manifest.json cannot be read'}")


@click.command()
@OUT
@click.argument("run_id", metavar="[RUN]", required=False)
def rollback(out: Path, run_id: str | None) -> None:
    """Let readers see an earlier run: the last whole one before the latest, or RUN; exit with 4 where a run is at work.

    What came after it is not shown again until something changes.
    """
    from corewatch.report.publishing import locked
    from corewatch.runs.listing import write_listing
    from corewatch.runs.shelf import Shelf

    shelf = Shelf(out.absolute())
    if not shelf.out.is_dir():
        raise InputError(f"{out}: no such folder of runs; name it with --out")
    with locked(shelf.out):
        shown = shelf.roll_back(run_id)
        write_listing(shelf)
    click.echo(f"{shelf.out / 'latest'} is run {shown}")


@click.command()
@OUT
@click.option("--seeds", type=GivenPath(), help="Where the articles are, if not where the run found them.")
@click.option("--expected", type=GivenPath(dir_okay=False), help="Compare with the digests in this file, not with a run.")
@click.option("--write", is_flag=True, help="Write the file of --expected.")
@click.argument("run_id", metavar="[RUN]", required=False)
def verify(out: Path, seeds: Path | None, expected: Path | None, write: bool, run_id: str | None) -> int:
    """Make the latest run, or RUN, again from its articles and compare it byte for byte; exit with 1 where anything differs."""
    if (write and not expected) or (run_id and expected):
        raise click.UsageError("--write needs --expected, and --expected takes no RUN.")
    from corewatch.runs.verifying import verify_expected, verify_run

    if expected:
        differences = verify_expected(expected, seeds or "seeds", write=write, progress=True)
    else:
        differences = verify_run(out, run_id, seeds, progress=True)
    for difference in differences:
        click.echo(line(f"corewatch: {difference}"), err=True)
    if not differences:
        click.echo(f"written: {expected}" if write else "the same, byte for byte")
    return 1 if differences else 0


COMMANDS = (report, run, runs, rollback, verify)
