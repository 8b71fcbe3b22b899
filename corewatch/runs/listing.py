"""The page of all runs, `OUT/index.html`: newest first, which of them readers see, what each holds and what it changed.

In: the shelf. Out: the page, exchanged in one step whenever what it says has changed. Everything on it is read from the manifests.
"""

from collections.abc import Mapping

from corewatch.reconcile.change_kinds import counted_changes
from corewatch.report.shell import LABELS, Site, whole_page
from corewatch.runs.shelf import LATEST, ORDER, Shelf, replace_text

LISTING = "index.html"
# The pages that say what went wrong where no notebook succeeded and so no site was made.
FAILED = "failed-run"


def write_listing(shelf: Shelf, *, always: bool = True) -> None:
    """Write the page; unless `always`, only where it is older than what it says or not there."""
    path = shelf.out / LISTING
    told = [shelf.out / name for name in (LATEST, ORDER, FAILED)]
    if (
        not always
        and path.exists()
        and all(path.stat().st_mtime_ns >= one.lstat().st_mtime_ns for one in told if one.is_symlink() or one.exists())
    ):
        return
    replace_text(path, listing(shelf))


def listing(shelf: Shelf) -> str:
    """The page as HTML."""
    # Here, because a run in which nothing changed has no use for them.
    from corewatch.report.rendering import render
    from corewatch.report.wording import counted, listed

    order, latest = shelf.order(), shelf.latest
    rows = []
    for run_id in reversed(order.published):
        kept = shelf.read(run_id)
        marks = ["what readers see"] * (run_id == latest) + ["rolled back"] * (run_id in order.rolled_back)
        rows.append(
            {
                "id": run_id,
                "marks": marks,
                "edition": kept.edition if kept else "The manifest of this run cannot be read.",
                "articles": f"{kept.rows.get('documents', 0):,}" if kept else "",
                "deals": f"{kept.rows.get('deals', 0):,}" if kept else "",
                "made": listed([LABELS.get(name, name) for name in kept.made]) if kept else "",
                "failed": [(name, LABELS.get(name, name)) for name in kept.failed] if kept else [],
                "changed": changed_words(kept.changed) if kept else "",
            }
        )
    failed = sorted(path.stem for path in (shelf.out / FAILED).glob("*.html"))
    body = render(
        "runs.html.j2",
        rows=rows,
        number=counted(len(rows), "run"),
        latest=latest in order.published,
        failed=[(name, LABELS.get(name, name)) for name in failed],
    )
    return whole_page("All runs", body, here="runs", site=Site())


def changed_words(changed: Mapping[str, int] | None) -> str:
    """What changed in a line: `2 articles new; 1 deal new; 3 details of deals told differently`."""
    return "the first run" if changed is None else counted_changes(changed)
