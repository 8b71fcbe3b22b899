"""The day on which an article appeared, where the article itself says so in one of its first lines.

`date_stated("Hut lets halls\n\nOSLO, June 3, 2025 (Wire) - ...")` is `"2025-06-03"`. Only a full date at the head of a line counts,
alone, after a place or a word such as "Published", and only where a dateline would end: a date in a sentence is of what it tells.
"""

import re
from datetime import date
from functools import cache

from corewatch.lexicon.calendar import calendar

# A dateline stands below a headline, a deck and a byline at most.
LINES = 6


@cache
def dateline() -> re.Pattern[str]:
    """A line that begins with a date, after a place or a word of publishing."""
    month = "|".join(sorted((re.escape(word) for word in calendar().months), key=len, reverse=True))
    day = (
        rf"(?:(?P<month>{month})\.? (?P<day>\d{{1,2}}),? (?P<year>20\d\d)"
        rf"|(?P<day2>\d{{1,2}}) (?P<month2>{month})\.?,? (?P<year2>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d))"
    )
    opening = r"(?:\W*(?:published|updated|posted|issued|date|last updated)(?: on)?:? ?|[^\n.!?“\"]{2,60}(?:[A-Z]\.)*[^\n!?“\"]{0,20}, )?"
    # "June 2, 2025. The firm ...": a full stop ends a dateline only where the date is all there is of it.
    ends = r"\s*(?:$|[(/|·—–-]|at \d|\d\d?:\d\d|, [^.!?]{2,40}$)"
    return re.compile(rf"^(?:(?={day.replace('?P<', '?P<_')}\.\s)|{opening}(?={day.replace('?P<', '?P<__')}{ends})){day}", re.IGNORECASE)


def date_stated(text: str) -> str | None:
    """The ISO date of an article's dateline; null where it has none with a year."""
    lines = [line.strip() for line in text[:2000].splitlines() if line.strip()][:LINES]
    for line in lines:
        found = dateline().match(line)
        if found:
            try:
                if found["iso"]:
                    return date.fromisoformat(found["iso"]).isoformat()
                month = calendar().months[(found["month"] or found["month2"]).lower()]
                return date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"])).isoformat()
            except ValueError:
                return None
    return None
