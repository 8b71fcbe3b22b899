"""What changed between two runs, handed to a command.

In: the shelf, and a command line. Out: the command has read the JSON of `find_changes` on its standard input, or `NotifyError`.

Judgements made here: what is material is said in `corewatch.reconcile.change_kinds`: any change of a deal, a measure or a contradiction is,
that a document came, went, was edited or was read again is not by itself. Where anything is material the command gets all changes. The run
that was last told of is written down before another one is shown, so that a message that could not be delivered is delivered by the next
run together with what changed since. Runs whose tables cannot be compared, as those of another contract, are told of as a failure, once.
"""

import shlex
import subprocess

from pandas import DataFrame

from corewatch.errors import ContractError, CorewatchError, InputError
from corewatch.reconcile.change_kinds import KINDS
from corewatch.reconcile.changes import find_changes
from corewatch.runs.shelf import Shelf
from corewatch.tables import read_tables

SECONDS = 60
FAILED = "the command of --notify failed, and is told again by the next run: {}"


class NotifyError(CorewatchError, RuntimeError):
    """The command of --notify failed."""


def tell(shelf: Shelf, command: str) -> int:
    """Hand what changed since the last message to the command, if anything material did; the number of material changes.

    Raises `NotifyError` where the command fails or takes longer than a minute, or where the runs cannot be compared.
    """
    before, after = shelf.untold, shelf.latest
    changes = 0
    if before and after and before != after:
        try:
            found = find_changes(*(read_tables(shelf.folder(run_id) / "tables") for run_id in (before, after)))
        except (ContractError, InputError) as error:
            # It would be so tomorrow, too.
            shelf.forget()
            words = f"what changed from run {before} to {after} cannot be told, because their tables cannot be compared"
            raise NotifyError(f"{words}; `corewatch changes` says why") from error
        changes = len(material(found))
        if changes:
            deliver(command, found.to_json(orient="records", force_ascii=False, indent=2) + "\n")
    shelf.forget()
    return changes


def material(changes: DataFrame) -> DataFrame:
    """The changes of what the reports are made of, without those of the documents alone."""
    return changes[changes["what"].isin([what for what, kind in KINDS.items() if kind.material])]


def deliver(command: str, text: str) -> None:
    """Run a command with a text on its standard input. Its arguments are said to nobody: they may hold a password."""
    try:
        words = shlex.split(command)
        subprocess.run(words, input=text.encode(), timeout=SECONDS, check=True)  # noqa: S603  # it is what the user asked for
    except subprocess.CalledProcessError as error:
        raise NotifyError(FAILED.format(f"{words[0]} gave exit code {error.returncode}")) from error
    except subprocess.TimeoutExpired as error:
        raise NotifyError(FAILED.format(f"{words[0]} took more than {SECONDS} seconds")) from error
    except OSError as error:
        raise NotifyError(FAILED.format(f"{words[0]}: {error.strerror}")) from error
    except (ValueError, IndexError) as error:
        raise NotifyError(FAILED.format("it is no command line")) from error
