"""The first page: the three questions with their answers, what contradicts, the articles read, and the evidence.

In: tables. Out: the body of the page; `corewatch.report.site` puts the rest around it.
"""

from markupsafe import Markup

from corewatch.report.answers import Answers, Parameters, answered
from corewatch.report.changes_page import largest_changes
from corewatch.report.contradictions import conflict_blocks
from corewatch.report.editions import Since
from corewatch.report.fragments import fragment
from corewatch.report.name_links import named
from corewatch.report.reading import Reading
from corewatch.report.telling_changes import was
from corewatch.report.views.article_list import article_rows, article_table
from corewatch.report.views.witness import MOST_SQUARES
from corewatch.report.wording import counted, start_upper
from corewatch.tables import Tables

MOST_CONFLICTS = 5
MOST_ARTICLES = 60
GIVEN_SHORT = ("figures", "deal_mentions", "statements")


def index_body(tables: Tables, parameters: Parameters | None = None, since: Since | None = None) -> Markup:
    """The body of `index.html`; its numbers lead to one list of evidence.

    `parameters` are those of each report, by its name, where they are not the defaults: an answer is that of its report. `since` is what
    readers saw before; None says that this is the first edition.
    """
    return body_of(answered(tables, parameters), since)


def body_of(found: Answers, since: Since | None = None) -> Markup:
    """The body of `index.html` around answers that were made."""
    reading, register, values = found.reading, found.register, found.values()
    answers = Markup("")
    for (report, answer), now in zip(found.made, values, strict=True):
        then = None if since is None else next((one for one in since.answers if one.get("report") == report.name), None)
        answers += answer.since(was(now, then, first=since is None)).markup
    material = sum(row.severity == "material" for row in reading.conflicts)
    contradictions = named(reading, conflict_blocks(reading, register, most=MOST_CONFLICTS))
    articles = article_table(reading, article_rows(reading, GIVEN_SHORT), GIVEN_SHORT, most=MOST_ARTICLES)
    # After all others, so that an item of evidence has the same number whatever readers saw before.
    changes = largest_changes(found, since)
    return Markup("").join(
        [
            Markup('<div class="head"><h1>{}</h1>\n<p>{}</p></div>\n').format(heading(reading), how_to_read()),
            answers,
            Markup('<p class="note after">{}</p>\n').format(squares(reading)),
            changes,
            Markup('<section aria-labelledby="con"><h2 id="con">What contradicts</h2>\n<p class="lede">{}</p>\n{}</section>\n').format(
                contradicting(material), contradictions.markup
            ),
            Markup('<section><h2 id="articles">Articles read</h2>\n{}</section>\n').format(articles.markup),
            Markup('<section aria-labelledby="ev"><h2 id="ev">Evidence</h2>\n<p class="lede">{}</p>\n{}</section>\n').format(
                "The sentences and sums behind this page, in the order of use.", fragment("evidence", items=register.listing()).markup
            ),
        ]
    )


def heading(reading: Reading) -> str:
    """The title of the page."""
    number = counted(len(reading), "article")
    return f"Money in AI infrastructure, as {number} {'tells' if len(reading) == 1 else 'tell'} it"


def how_to_read() -> Markup:
    """What the two lines under a number mean, drawn as they are."""
    return Markup(
        'A number underlined with <span class="line">a line</span> leads to the sentence it was read from; '
        'with <span class="dots">dots</span>, to how it was computed. Where articles disagree, both are shown.'
    )


def squares(reading: Reading) -> str:
    """What the squares of the answers mean."""
    if not len(reading):
        return "No article was read."
    if len(reading) > MOST_SQUARES:
        return f"Counts are of the {len(reading):,} articles that were read."
    first, last = reading.label(reading.documents[0].doc_id), reading.label(reading.documents[-1].doc_id)
    which = f"Squares are the articles {first} to {last} in order" if len(reading) > 1 else f"The square is article {first}"
    return f"{which}: full says so, half differs wholly or in part, empty is silent."


def contradicting(material: int) -> str:
    """How many disagreements matter."""
    if not material:
        return "No disagreement would change a number above."
    return f"{start_upper(counted(material, 'disagreement'))} could change a number."
