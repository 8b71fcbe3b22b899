"""The command line: options in, one library call, what came of it out.

Exit codes: 0 good, 1 failed, 2 wrong usage, 3 partly failed, 4 another run holds the lock.
An error is one line, `corewatch: message`, on standard error.
"""

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import corewatch
from corewatch.arguments import GivenPath
from corewatch.errors import CorewatchError, InputError, LockedError, ParameterError
from corewatch.runs.commands import COMMANDS
from corewatch.terminal import guard, guarded, json_line, line

if TYPE_CHECKING:
    from corewatch.tables import Format, Tables

# As in corewatch.tables, which is loaded only when it is needed: with pandas it takes longer than many a command.
FORMATS = ("parquet", "csv", "duckdb")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(corewatch.__version__, prog_name="corewatch")
def commands() -> None:
    """Read news articles on AI-infrastructure deals into tables and reports, each number with the words that it rests on."""


@commands.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=GivenPath())
@click.option("--out", required=True, type=GivenPath(file_okay=False), help="Folder for the tables.")
@click.option(
    "--format", "fmt", type=click.Choice(FORMATS), default="parquet", show_default=True, help="One file a table, or one DuckDB file."
)
@click.option("--no-corrections", is_flag=True, help="Leave out what corrections.csv puts right.")
@click.option("--strict", is_flag=True, help="Fail, after writing, if anything that was given could not be read.")
@click.option(
    "-l",
    "--limit",
    "limits",
    nargs=2,
    multiple=True,
    metavar="KEY VALUE",
    help="A limit of docs/inputs.md, such as pages 900; may be repeated.",
)
def parse(
    inputs: tuple[Path, ...], out: Path, fmt: "Format", no_corrections: bool, strict: bool, limits: tuple[tuple[str, str], ...]
) -> None:
    """Read articles (files of any kind in docs/inputs.md, and folders with all below them) into the tables of docs/tables.md."""
    from corewatch.documents.limits import read_limits

    tables = corewatch.parse(inputs, corrections=not no_corrections, limits=read_limits(dict(limits)))
    corewatch.write_tables(tables, out, fmt)
    for said in summary(tables):
        click.echo(line(said))
    click.echo(f"tables: {out / 'corewatch.duckdb' if fmt == 'duckdb' else out} ({fmt})")
    if tables.documents.empty:
        why = "the lines above say why, and so does the table rejected" if len(tables.rejected) else "there are no files; give articles"
        raise InputError(f"no article was read from {', '.join(map(str, inputs))}; {why}")
    if strict and not tables.rejected.empty:
        raise InputError(f"{len(tables.rejected)} of what was given could not be read; mend or remove it, or leave out --strict")


def summary(tables: "Tables") -> list[str]:
    """What was read and what was not: a line per table, file passed over, copy, and correction that did nothing."""
    from corewatch.tables import records

    width = max(len(name) for name, _ in tables.items())
    lines = [f"{name:<{width}}  {len(table):>6,}" for name, table in tables.items()]
    lines += [f"not read: {row['path']}: {row['reason']}, {row['detail']}" for row in records(tables.rejected)]
    copied = [row for row in records(tables.documents[["path", "copy_of"]]) if row["copy_of"] is not None]
    lines += [f"copy: {row['path']} has most of its words from {row['copy_of']}; the two count as one source" for row in copied]
    lines += [
        f"correction {row['outcome'].replace('_', ' ')}: {row['table']} of {row['doc_id']}, {row['start']} to {row['end']}: {row['detail']}"
        for row in records(tables.corrections)
        if row["outcome"] != "applied"
    ]
    return lines


@commands.command()
@click.argument("articles", metavar="FILE|URL...", nargs=-1, required=True)
@click.option("--to", default="seeds", show_default=True, type=GivenPath(file_okay=False), help="Folder of articles.")
@click.option("--publisher", help="The outlet, where the article doesn't name it or names another.")
@click.option("--published", metavar="DATE", help="The day of publication, like 2025-03-28.")
@click.option("--url", help="The address of a file.")
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1, 3600), help="Seconds for an address, in all.")
@click.option("--max-bytes", default=20_000_000, show_default=True, type=click.IntRange(1), help="The most that is fetched.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too.")
def add(
    articles: tuple[str, ...], to: Path, publisher: str | None, published: str | None, url: str | None,
    timeout: float, max_bytes: int, allow_private: bool,
) -> int:  # fmt: skip
    """Put articles into a folder, each with its line in sources.csv. Files are copied; addresses (http, https) are fetched.

    An article that has most of its words from another one in the folder is added, and that is said. One that cannot be added is said, and
    the others are added: exit code 3, or 1 if none was.
    """
    if url is not None and len(articles) > 1:
        raise click.UsageError("--url is the address of one file; add the others without it.")
    from corewatch.documents.adding import copies_told

    failed = 0
    new: list[Path] = []
    for article in articles:
        try:
            added = corewatch.add_article(
                article, to, publisher=publisher, published=published, url=url, seconds=timeout, most=max_bytes, allow_private=allow_private
            )
        except InputError as error:
            failed += 1
            click.echo(line(f"corewatch: {error}"), err=True)
        else:
            click.echo(line(added))
            new.append(added)
    for said in copies_told(to, new) if new else []:
        click.echo(line(said), err=True)
    return 0 if not failed else 1 if failed == len(articles) else 3


@commands.command()
@click.argument("source", metavar="INPUT", type=GivenPath())
@click.option("--out", type=GivenPath(file_okay=False), help="Folder for the results; INPUT if it is a folder of tables.")
@click.option(
    "--format", "fmt", type=click.Choice(FORMATS), default="parquet", show_default=True, help="One file a table, or one DuckDB file."
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    type=click.Choice(("firm", "stated", "weighted", "counterfactual")),
    default=("firm", "stated", "weighted"),
    show_default=True,
    help="Which deals count; may be repeated.",
)
@click.option(
    "--basis",
    "bases",
    multiple=True,
    type=click.Choice(("total", "annual")),
    default=("total", "annual"),
    show_default=True,
    help="Contract totals, or what falls in one year; may be repeated.",
)
@click.option("--year", type=click.IntRange(1900, 2200), help="The year of the annual basis; the latest in which a deal begins by default.")
@click.option("--reference-year", type=click.IntRange(1900, 2200), help="The year of deals without a date; that latest year by default.")
@click.option("--draws", type=click.IntRange(min=0), default=10_000, show_default=True, help="Draws of the uncertain amounts; 0 for none.")
@click.option("--over", type=float, default=1.25, show_default=True, help="How far “over X” reaches, in X.")
@click.option("--spread", type=float, default=0.05, show_default=True, help="How far “about X” reaches to both sides, as a share of X.")
@click.option(
    "--noncash",
    type=click.Choice(("exclude", "include", "reverse")),
    default="exclude",
    show_default=True,
    help="Shares that a supplier grants to its customer.",
)
@click.option(
    "--grant", "grants", multiple=True, nargs=2, metavar="DEAL DIRECTION", help="A non-cash deal: as_told or reversed; repeatable."
)
@click.option("--subsets", is_flag=True, help="Count deals that may be a part of a larger one.")
@click.option("--fill", is_flag=True, help="Amounts that are not known may be up to the largest of their kind.")
@click.option("--threshold", type=float, default=0.0, show_default=True, help="Leave out deals below so many US dollars.")
@click.option("--core", multiple=True, metavar="FIRM", help="A firm of the core set, all others being outside; may be repeated.")
@click.option(
    "--pair", nargs=2, metavar="FIRM FIRM", default=("Nvidia", "Microsoft"), show_default=True, help="Whose share of the origin is told."
)
@click.option("--outside-sales", "sales", multiple=True, nargs=2, metavar="FIRM USD", help="Known sales to others, of contract totals.")
@click.option("--outside-sales-year", "annual_sales", multiple=True, nargs=2, metavar="FIRM USD", help="Known sales to others in the year.")
@click.option("--term", "terms", multiple=True, nargs=3, metavar="KIND LOW HIGH", help="Years of a contract without a term; repeatable.")
@click.option(
    "--probability", "odds", multiple=True, nargs=2, metavar="STATUS SHARE", help="How likely a status is, under weighted; repeatable."
)
@click.option("--null-draws", type=click.IntRange(min=0), default=0, show_default=True, help="Random pairings to compare kappa_FP with.")
@click.option("--no-documents", is_flag=True, help="Leave no document out in turn: quicker, and verdicts are not tested by it.")
@click.option("--no-corrections", is_flag=True, help="Leave out what corrections.csv of the articles puts right.")
def loop(source: Path, out: Path | None, fmt: "Format", no_corrections: bool, **parameters: Any) -> None:
    """Judge the closed loop from INPUT: a folder that parse wrote, a folder of articles, or one table flows (.csv, .parquet)."""
    from corewatch.loop.options import study_from

    tables = corewatch.open_tables(source, corrections=not no_corrections)
    if out is None and not any((source / name).exists() for name in ("corewatch.duckdb", "flows.parquet", "flows.csv")):
        raise click.UsageError(f"Missing option '--out': {source} is no folder of tables.")
    for path in corewatch.write_loop(tables, out or source, fmt, study_from(tables, **parameters)):
        click.echo(str(path))


@commands.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read a JSON string a line, write a JSON list a line.")
def figures(jsonl: bool) -> None:  # noqa: ARG001  # the only form there is, asked for by name so that others can be added
    """Find the figures in texts: one JSON string a line on standard input, one list of figures a line on standard output."""
    for number, given in enumerate(sys.stdin.buffer, start=1):
        found = [asdict(figure) for figure in corewatch.find_figures(text_of(given, number))]
        told = [{key: cell for key, cell in one.items() if not key.startswith("outer_")} for one in found]
        click.echo(json_line(json.dumps(told, ensure_ascii=False)))
        sys.stdout.flush()


@commands.command()
@click.argument("document", metavar="DOC|deal")
@click.argument("place", metavar="[OFFSET|ID]", required=False)
@click.option("--in", "given", default="seeds", show_default=True, type=GivenPath(), help="For a deal: tables or articles.")
def explain(document: str, place: str | None, given: Path) -> None:
    """Say why a sentence gave its rows, or why mentions are one deal.

    `explain DOC OFFSET` is of the sentence at OFFSET of the article DOC, `explain DOC` of all its sentences; `explain deal ID` is of a deal
    in a folder that parse wrote, or in articles that are read for it.
    """
    if document == "deal" and not Path(document).exists():
        if place is None:
            raise ParameterError("explain deal needs the id of a deal, as in the table deals")
        click.echo(corewatch.explain_deal(corewatch.open_tables(given), place), nl=False)
    elif place is not None and not place.isdecimal():
        raise ParameterError(f"{place!r} is no offset; give the number of a character in {document}")
    else:
        click.echo(corewatch.explain(Path(document), None if place is None else int(place)))


@commands.command()
@click.argument("old", type=GivenPath())
@click.argument("new", type=GivenPath())
@click.option("--json", "as_json", is_flag=True, help="A JSON list of changes instead of a line a change.")
def changes(old: Path, new: Path, as_json: bool) -> None:
    """Say what changed from OLD to NEW, two folders of tables (or of articles): documents, deals, amounts, statuses, contradictions."""
    found = corewatch.find_changes(corewatch.open_tables(old), corewatch.open_tables(new))
    if as_json:
        click.echo(json_line(found.to_json(orient="records", force_ascii=False, indent=2)))
    else:
        click.echo("\n".join(map(line, found["words"])) or "nothing changed")


def text_of(given: bytes, number: int) -> str:
    """The string that a line holds; raises `InputError` that names the line."""
    try:
        text = json.loads(given.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"line {number} of standard input is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"line {number} of standard input is no JSON ({error.msg}, character {error.pos + 1}); write one JSON string"
        ) from error
    except RecursionError as error:
        raise InputError(f"line {number} of standard input holds lists in lists without end; write one JSON string") from error
    if isinstance(text, str) and (half := re.search("[\ud800-\udfff]", text)):
        raise InputError(f"line {number} of standard input holds half a character, \\u{ord(half[0]):04x}; write both halves or neither")
    if not isinstance(text, str):
        raise InputError(f"line {number} of standard input holds {json.dumps(text)[:40]}; write one JSON string")
    return text


for command in COMMANDS:
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    # Not only while it runs: what went wrong for an unknown reason is shown by Python at the end.
    sys.stdout, sys.stderr = guard(sys.stdout), guard(sys.stderr)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    with guarded():
        return answered(arguments)


def answered(arguments: Sequence[str] | None) -> int:
    """The exit code, with what went wrong in one line on standard error."""
    try:
        code = commands.main(args=None if arguments is None else list(arguments), prog_name="corewatch", standalone_mode=False)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "corewatch"
        click.echo(line(f"corewatch: {error.format_message()} Try '{where} --help'."), err=True)
        return 2
    except ParameterError as error:
        click.echo(line(f"corewatch: {error}"), err=True)
        return 2
    except LockedError as error:
        click.echo(line(f"corewatch: {error}"), err=True)
        return 4
    except (CorewatchError, click.ClickException) as error:
        click.echo(line(f"corewatch: {error}"), err=True)
        return 1
    except click.Abort:
        click.echo("corewatch: stopped", err=True)
        return 1
    except BrokenPipeError:
        # Who reads our output has seen enough; nothing is left to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # Libraries that are not written in Python may say it in words alone.
        click.echo(line(f"corewatch: {error.filename or 'output'}: {error.strerror or error}"), err=True)
        return 1
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
