"""The page of what changed since the last edition, and the short list of it on the first page.

In: tables, and what readers saw before. Out: a whole page, and a section.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corewatch.report.answers import Answers
from corewatch.report.editions import Since
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import fragment
from corewatch.report.rendering import render
from corewatch.report.shell import Site, whole_page
from corewatch.report.telling_changes import moved_answers, summary, told

PAGE = "changes.html"
TITLE = "What changed since the last edition?"
FIRST = "This is the first edition. There is none before it to compare it with."
# Beyond so many the page is a list that nobody reads; the first page shows a few.
MOST, MOST_ON_INDEX = 400, 5


def changes_page(answers: Answers, since: Since | None, site: Site, fold: Markup) -> str:
    """The page `changes.html`; `answers` are those of this edition."""
    register = Evidence(answers.reading)
    moved = moved_answers(answers, register, since) if since else []
    rows = list(since.changes) if since else []
    body = render(
        "changes.html.j2",
        title=TITLE,
        claim=summary(rows, moved) if since else FIRST,
        since=since.run_id if since else "",
        moved=reachable(site, moved),
        found=told(register, rows[:MOST]),
        more=len(rows) - MOST,
        compared=since is not None,
        evidence=fragment("evidence", items=register.listing()).markup if register else "",
    )
    return whole_page("What changed", body, here="changes", site=site, fold=fold)


def reachable(site: Site, moved: Sequence[Any]) -> list[dict[str, Any]]:
    """The answers that moved, with links to the reports that were made."""
    made = {f"{name}.html" for name in site.reports}
    return [{"words": one.words, "links": [link for link in one.links if link[0] in made]} for one in moved]


def largest_changes(answers: Answers, since: Since | None) -> Markup:
    """The section of the first page: the largest changes, and a link to all; on a first edition that it is the first.

    Its numbers lead to the page's own list of evidence, in which they come last.
    """
    moved = moved_answers(answers, answers.register, since) if since else []
    rows = list(since.changes) if since else []
    return render(
        "largest_changes.html.j2",
        claim=summary(rows, moved) if since else FIRST,
        found=[*moved, *told(answers.register, rows[:MOST_ON_INDEX])][:MOST_ON_INDEX],
        number=len(rows) + len(moved),
        page=PAGE,
    )
