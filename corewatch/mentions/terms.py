"""How long a deal runs, until when, and whether its amount is for a year, a quarter or a month, or a sum over several deals.

In: the items of a sentence and a range of them. Out: years as a float, a last year, a rate.
"""

from collections.abc import Sequence

from corewatch.language.article import Figure
from corewatch.lexicon.deals import pattern
from corewatch.mentions.phrases import Item

YEARS = {"year": 1.0, "month": 1 / 12, "quarter": 0.25, "decade": 10.0, "week": 7 / 365, "day": 1 / 365}
SHORTEST = 0.5
RATE_AFTER = pattern("rate_after")
RATE_BEFORE = pattern("rate_before")
RATE_OF = {"annually": "year", "annual": "year", "yearly": "year", "quarterly": "quarter", "monthly": "month"}
NOT_TERM_AFTER = pattern("not_term_after")
NOT_TERM_BEFORE = pattern("not_term_before")
TERM_BEFORE = pattern("term_before")
TERM_AFTER = pattern("term_after")
THROUGH = pattern("through")
BY_YEAR = pattern("by_year")
ANOTHER_YEAR = pattern("another_year")
# A deal of these kinds has no term; one of TERMED may run until a year.
TERMLESS = frozenset({"equity", "acquisition", "ipo", "backstop"})
ENDLESS = TERMLESS - {"backstop"}
RAISED_TO = pattern("raised_to")
TOTAL_BEFORE = pattern("total_before")
TOTAL_AFTER = pattern("total_after")
AMOUNT = pattern("amount")
TOTAL_OF_SEVERAL = pattern("total_of_several")
SEVERAL = pattern("several_deals")


def rate_of(text: str, figure: Figure) -> str | None:
    """`year`, `quarter` or `month` when the amount is a rate ("$30 billion a year"), or null."""
    after = RATE_AFTER.search(text[figure.outer_end : figure.outer_end + 60].casefold())
    if after:
        return after.group(1) or RATE_OF[after.group(2)]
    before = RATE_BEFORE.search(text[max(0, figure.outer_start - 45) : figure.outer_start].casefold())
    return RATE_OF[before.group(1)] if before else None


def term_of(text: str, items: Sequence[Item], at: int | None, low: int, high: int) -> float | None:
    """The term in years: the duration between `low` and `high` (places of items) that is nearest to `at` and reads as a term."""
    best: tuple[int, float] | None = None
    for place in range(low, min(high, len(items))):
        figure = items[place].figure
        if figure is None or figure.kind != "duration" or figure.low is None or figure.unit not in YEARS:
            continue
        years = figure.low * YEARS[figure.unit]
        if years < SHORTEST or (figure.high is not None and figure.high != figure.low):
            continue
        if not _reads_as_term(text, figure) or (at is not None and _apart(items, at, place)):
            continue
        distance = abs(place - at) if at is not None else place
        if best is None or distance < best[0]:
            best = (distance, years)
    return None if best is None else round(best[1], 4)


def _reads_as_term(text: str, figure: Figure) -> bool:
    """Whether a duration is one over which something runs: not "the past five years", "a five-year-old firm", "options of five years"."""
    before = text[max(0, figure.outer_start - 40) : figure.start]
    after = text[figure.outer_end : figure.outer_end + 25]
    hyphened = "-" in figure.text
    if NOT_TERM_AFTER.match(after.lstrip(" -")) or (not hyphened and NOT_TERM_BEFORE.search(before)):
        return False
    return hyphened or TERM_BEFORE.search(before) is not None or TERM_AFTER.match(after) is not None


def _apart(items: Sequence[Item], at: int, place: int) -> bool:
    """Whether a duration belongs to something else than the amount: another amount or another verb after "and" stands between them."""
    between = items[min(at, place) + 1 : max(at, place)]
    for step, item in enumerate(between):
        if item.figure is not None and item.figure.kind == "money":
            twin = step <= 2 and any(other.tag == "open" or other.lower in {"or", "about"} for other in between[:step])
            if not twin:
                return True
        if item.tag == "conj":
            ahead = next((other for other in between[step + 1 :] if other.tag not in {"adv", "neg", "aux", "modal"}), None)
            if ahead is not None and ahead.tag == "verb":
                return True
    return False


def through_of(text: str, start: int, end: int, figure: Figure | None = None, kind: str = "") -> int | None:
    """The last year of the term where the passage names it ("through 2031", "notes due 2030"), the first that follows the amount.

    A plan of spending runs until the year "by" which the money is spent; two years ("due in 2030 and 2032") are none, nor is one beyond
    another amount.
    """
    passage = text[start:end]
    at = 0 if figure is None else figure.outer_end - start
    found = [*THROUGH.finditer(passage), *(BY_YEAR.finditer(passage, at) if kind == "capex" else ())]
    found = [match for match in found if not ANOTHER_YEAR.match(passage, match.end())]
    if figure is not None:
        first = figure.outer_start - start
        found = [match for match in found if not AMOUNT.search(_less_brackets(passage[min(at, match.end()) : max(first, match.start())]))]
    if not found:
        return None
    nearest = min(found, key=lambda match: (match.start() < at, abs(match.start() - at)))
    return int(nearest.group(1))


def _less_brackets(between: str) -> str:
    """A stretch less the amount in brackets that it starts with, which says the same in another currency."""
    rest = between.lstrip()
    return rest.partition(")")[2] if rest.startswith("(") else between


def is_total(passage: str, at: int) -> bool:
    """Whether the amount at `at` of the passage (lower case) is a sum over several deals."""
    before = passage[max(0, at - 80) : at]
    after = passage[at + 1 : at + 80]
    own = AMOUNT.search(after)
    beyond = AMOUNT.search(after, own.end() if own and own.start() < 15 else 0)
    after = after[: beyond.start()] if beyond else after
    earlier = [match.end() for match in AMOUNT.finditer(before)]
    before = before[earlier[-1] :] if earlier else before
    if RAISED_TO.search(before) or TOTAL_BEFORE.search(before) or TOTAL_AFTER.search(after):
        return True
    return (TOTAL_OF_SEVERAL.search(before) or TOTAL_OF_SEVERAL.search(after)) is not None and SEVERAL.search(passage) is not None
