"""How long a deal runs, until when, and whether its amount is for a year, a quarter or a month, or a sum over several deals.

In: the items of a sentence and a range of them. Out: years as a float, a last year, a rate.
"""

import re
from collections.abc import Sequence
from functools import cache

from corewatch.language.article import Figure
from corewatch.lexicon.deals import lexicon, pattern
from corewatch.mentions.phrases import Item

YEARS = {"year": 1.0, "month": 1 / 12, "quarter": 0.25, "decade": 10.0, "week": 7 / 365, "day": 1 / 365}
SHORTEST = 0.5
RATE_AFTER = pattern("rate_after")
RATE_BEFORE = pattern("rate_before")
RATE_OF = {"annually": "year", "annual": "year", "yearly": "year", "quarterly": "quarter", "monthly": "month"}
NOT_TERM_AFTER = pattern("not_term_after")
NOT_TERM_BEFORE = pattern("not_term_before")
TERM_BEFORE = pattern("term_before")
THROUGH = pattern("through")


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
        if years < SHORTEST:
            continue
        before = text[max(0, figure.outer_start - 40) : figure.outer_start]
        after = text[figure.outer_end : figure.outer_end + 25]
        hyphened = "-" in figure.text
        if NOT_TERM_AFTER.match(after.lstrip(" -")) or (not hyphened and NOT_TERM_BEFORE.search(before)):
            continue
        if not hyphened and not TERM_BEFORE.search(before) and not re.match(r"\s*(?:lease|contract|deal|agreement|term|loan|order)", after):
            continue
        distance = abs(place - at) if at is not None else place
        if best is None or distance < best[0]:
            best = (distance, years)
    return None if best is None else round(best[1], 4)


def through_of(text: str, start: int, end: int) -> int | None:
    """The last year of the term where the passage names it ("through 2031", "notes due 2030")."""
    found = THROUGH.search(text[start:end])
    return int(found.group(1)) if found else None


@cache
def _totals() -> re.Pattern[str]:
    cues = (cue for cue in lexicon().cues["totals"]["cues"] if cue not in {"since", "come to", "together"})
    return re.compile(r"\b(?:" + "|".join(map(re.escape, cues)) + r")\b")


def is_total(passage: str, at: int) -> bool:
    """Whether the amount at `at` of the passage (lower case) is a sum over several deals."""
    return _totals().search(passage, max(0, at - 45), at + 60) is not None
