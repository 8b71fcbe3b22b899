"""The argument of the closed-loop report in the words of who makes it, and who says what on the question.

In: `statements` with their articles. Out: quotations in their sentences; only what is credited to somebody counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.report.contradictions import article_link
from corewatch.report.fragments import Fragment, fragment
from corewatch.report.reading import rows
from corewatch.report.sayings import quotations, who
from corewatch.report.wording import counted, start_upper, words

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop


def argument(report: ClosedLoop) -> Fragment:
    """The claim in the words of who makes it, and in which articles."""
    found = [row for row in rows(report.tables.statements) if row.stance == "supports"]
    against = sum(row.stance == "disputes" for row in rows(report.tables.statements))
    if not found:
        line = "No article that was read credits anybody with the claim"
        return fragment(
            "claim",
            words="",
            by="",
            lines=[f"{line}, and {counted(against, 'statement')} {'disputes' if against == 1 else 'dispute'} it."],
        )
    said_so = str(words()["argument"]["words"])
    first = min(
        found,
        key=lambda row: (
            not re.search(said_so, sentence(report, row), re.IGNORECASE),
            row.speaker is None,
            report.reading.order[row.doc_id],
            row.start,
        ),
    )
    start, end = report.reading.around(first)
    report.register.passage(first.doc_id, start, end, credit=report.reading.credit(first), at=int(first.start))
    lines = []
    if len(found) > 1 or against:
        lines.append(
            f"{start_upper(counted(len(found), 'credited statement'))} {'supports' if len(found) == 1 else 'support'} it, "
            f"{counted(against, 'statement')} {'disputes' if against == 1 else 'dispute'} it."
        )
    return fragment(
        "claim",
        words=report.reading.text(first.doc_id)[start:end],
        by=Markup("{}, as {} has it").format(who(first), article_link(report.reading, first, "article ")),
        lines=lines,
    )


def sentence(report: ClosedLoop, row: Any) -> str:
    """The sentence of a statement."""
    start, end = report.reading.around(row)
    return report.reading.text(row.doc_id)[start:end]


def statements(report: ClosedLoop) -> Fragment:
    """Who says what on the question: for, against, and neither."""
    found = rows(report.tables.statements)
    groups = []
    none = f"No one in {articles_words(report)}." if len(report.reading) else "No article was read."
    for heading, stance in (("For", "supports"), ("Against", "disputes")):
        said = quotations(report.reading, report.register, [row for row in found if row.stance == stance])
        note = " That says more about the selection than about the claim." if not said and found else ""
        groups.append({"heading": heading + said.more, "quotes": said.quotes, "none": none + note})
    parts = fragment("quotes", groups=groups)
    neither = quotations(report.reading, report.register, [row for row in found if row.stance is None])
    if neither:
        parts += fragment("neither", heading=f"Neither for nor against{neither.more}", quotes=neither.quotes)
    return parts


def articles_words(report: ClosedLoop) -> str:
    """`these five articles`."""
    return "this one article" if len(report.reading) == 1 else f"these {counted(len(report.reading), 'article')}"
