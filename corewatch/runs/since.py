"""What readers saw before a run, told from the run that they saw, and kept in the new one so that it can be made again alone.

In: the folder of a run, and the tables of another. Out: `Since`, and the file `changes.json` that holds it.
"""

import json
from pathlib import Path

from corewatch.errors import ContractError, InputError
from corewatch.reconcile.changes import find_changes
from corewatch.reconcile.holding_together import check_holds_together
from corewatch.report.site import Since
from corewatch.runs.manifest import write_json
from corewatch.tables import Tables, read_tables, records

CHANGES = "changes.json"
ANSWERS = "answers.json"


def since_run(folder: Path, run_id: str, tables: Tables) -> Since | None:
    """What readers of the run in `folder` do not know yet; null where its tables are of another contract and cannot be compared."""
    try:
        before = read_tables(folder / "tables")
        check_holds_together(before)
    except (ContractError, InputError):
        return None
    return Since(run_id, records(find_changes(before, tables)), read_list(folder / ANSWERS))


def write_since(site: Path, since: Since | None) -> None:
    """Keep it in the folder of the new run."""
    write_json(site / CHANGES, vars(since) if since else None)


def read_since(site: Path) -> Since | None:
    """What was kept of it there. Raises `OSError`, `ValueError` or `TypeError` where that is damaged."""
    kept = json.loads((site / CHANGES).read_text(encoding="utf-8"))
    return Since(**kept) if kept else None


def read_list(path: Path) -> list[dict[str, object]]:
    """A list in a file; empty where there is none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return kept if isinstance(kept, list) else []
