"""Who a deal is credited to, and when it happened, as its sentence says.

In: an article, a sentence with its items, and the place of the deal in them. Out: an outlet's or person's name, an ISO date.
Judgements: an outlet beside a verb of reporting is credited before a person; the date is the one nearest to the deal
that does not end its term ("through 2031") or describe its amount.
"""

import re
from bisect import bisect_left

from corewatch.language.article import Article
from corewatch.lexicon.deals import pattern, words
from corewatch.mentions.phrases import Item, Phrase

OUTLET = frozenset({"outlet"})
REPORTING = pattern("reporting")
SPEAKING = pattern("speaking")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
REACH = 15
ENDS = words("term_ends")


def credited_to(article: Article, phrase: Phrase) -> str | None:
    """The outlet or person whom the sentence credits, or null when it speaks for itself."""
    if not REPORTING.search(phrase.lower):
        return None
    for item in phrase.items:
        if item.tag == "source" and item.companies and item.companies[0].roles & OUTLET and not item.possessive:
            return item.companies[0].name
    if not SPEAKING.search(phrase.lower):
        return None
    at = bisect_left(article.people, phrase.sentence.start, key=lambda person: person.start)
    person = article.people[at] if at < len(article.people) else None
    return person.name if person is not None and person.start < phrase.sentence.end else None


def date_of(article: Article, phrase: Phrase, at: int) -> str | None:
    """The date nearest to the item at `at`, to the precision stated, or null."""
    best: tuple[int, str] | None = None
    for place, item in enumerate(phrase.items):
        if item.tag != "period" or _ends(phrase.items, place):
            continue
        period = bisect_left(article.periods, item.start, key=lambda period: period.start)
        iso = article.periods[period].iso if period < len(article.periods) and article.periods[period].start == item.start else ""
        if DATE.fullmatch(iso) and (best is None or abs(place - at) < best[0]):
            best = (abs(place - at), iso)
    return best[1] if best is not None and best[0] <= REACH else None


def _ends(items: list[Item], place: int) -> bool:
    """Whether a date closes or opens a term: "through 2031", "due in 2030", "from April 1"."""
    before = [item.lower for item in items[max(0, place - 3) : place]]
    return any(word in ENDS for word in before[-1:]) or "due" in before or "maturing" in before
