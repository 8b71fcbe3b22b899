"""Which period a figure of a company holds for, and whether it is a fact or a forecast.

In: the items of a sentence with their readings, and what the document said before. Out: an ISO period or null; `actual` or `forecast`.

Judgements made here: the period that stands right after the figure holds, then one between its head and it, then one before the head,
then one at the head of the sentence. "A year earlier" is a year before the figure that it is compared with. A flow (sales, profit,
spending) without a period has that of the company's last flow, else the one that the document reports on; a level (debt, staff) has none.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corewatch.language.article import Article
from corewatch.mentions.metric_heads import Reading, is_expected, is_per_share, noun_of
from corewatch.mentions.sentence_items import Item, inside

FLOWS = frozenset({"revenue", "revenue_growth", "revenue_share", "net_income", "capex"})
PRICES = frozenset({"share_price", "share_price_change"})
LEVELS = frozenset({"employees", "gpus", "data_centers", "power", "debt", "backlog"})
MONEY_LEVELS = frozenset({"debt", "backlog"})
_FORECAST_PERIOD = re.compile(r"\d{4}(?:-[QH]\d)?")
_BESIDE = frozenset(("compared with", "compared to", "against", "versus", "up from", "down from", "over"))
_NOT_OWN = frozenset(["since", "until", "through", "till", "over", "past", "before", "after", "than", "due", "expires", "running"])
_GOT = frozenset(("took", "taken", "received", "receiving", "got", "left", "bought", "acquired", "giving", "gave"))
_SAID = frozenset(("reported", "said", "announced", "told", "disclosed", "published", "guided", "wrote", "warned"))
_GUIDANCE = frozenset(
    ("forecast", "guidance", "outlook", "target", "range", "estimate", "projection", "raised", "lifted", "cut", "now", "budget", "plan")
)
_TELLS = frozenset(("told", "announced", "disclosed", "warned"))
_BREAKS = frozenset(("but", "while", "whereas", "although", ";"))
_NEXT_CLAUSE = frozenset((",", "as", "and", "while", "but", "(", "—"))
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_EARLIER = frozenset(("earlier", "before", "ago", "previously"))
_NINE = 9.0
_TO_COME = re.compile(r"\b(?:will|to|should|may|could|would)\s(?:\w+\s){1,3}(?:in|by|during|until)\s(?:the\s|its\s)?$")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_REPORTS = re.compile(
    r"\b(?:results|earnings|report(?:s|ed)?|print|quarterly|full-year|highlights|revenue|sales|profit|loss)\b", re.IGNORECASE
)


@dataclass
class Memory:
    """What the document said of periods so far."""

    reported: str | None
    flows: dict[str, str] = field(default_factory=dict)  # the period of a company's last flow that is a fact
    forecasts: dict[str, tuple[int, str]] = field(default_factory=dict)  # that of its last forecast, with the sentence's number
    last: str | None = None  # that of the last revenue, profit or spending of whichever company
    last_at: int = -9  # the number of its sentence
    any: str | None = None  # that of the last figure of any metric
    levels: dict[str, tuple[int, str]] = field(default_factory=dict)  # that of a company's last level, with the sentence's number

    def level_before(self, company: str, reading: Reading, number: int) -> str | None:
        """The day or month of the level that the sentence before gave for a company: "Its backlog came to $71.8 billion"."""
        at, iso = self.levels.get(company, (-9, ""))
        return iso if reading.metric in MONEY_LEVELS and reading.how != "compare" and number - at == 1 and len(iso) > 4 else None


def reported_period(article: Article) -> str | None:
    """The period that a document on results reports on: the first quarter or half that its head names, if its head speaks of results."""
    head = [sentence for sentence in article.sentences if sentence.role != "furniture"][:9]
    words = " ".join(article.text[sentence.start : sentence.end] for sentence in head)
    if not _REPORTS.search(words):
        return None
    for sentence in head:
        for period in inside(sentence, article.periods):
            if re.fullmatch(r"\d{4}-(?:Q\d|H\d)", period.iso) and not _is_ahead(
                article.text[max(sentence.start, period.start - 60) : period.start]
            ):
                return period.iso
    return None


def _is_ahead(before: str) -> bool:
    """Whether the words right before a period look forward: "is expected to close in the fourth quarter"."""
    return _TO_COME.search(before) is not None


def shifted(iso: str, years: int = 0, quarters: int = 0) -> str | None:
    """A period so many years or quarters away: `shifted("2025-Q3", quarters=-1)` is `"2025-Q2"`."""
    if not quarters:
        return f"{int(iso[:4]) + years}{iso[4:]}"
    match = _QUARTER.fullmatch(iso)
    if match is None:
        return None
    count = int(match[1]) * 4 + int(match[2]) - 1 + quarters
    return f"{count // 4}-Q{count % 4 + 1}"


def clause_before(items: Sequence[Item], at: int) -> Sequence[Item]:
    """The items from the start of the figure's clause to it."""
    begin = 0
    for j in range(at - 1, -1, -1):
        comma_and = items[j].lower in ("and", "or") and j > 0 and items[j - 1].lower == ","
        if items[j].lower in _BREAKS or comma_and or (items[j].lower in ("which", "who", "where") and j > 0):
            begin = j + 1
            break
    return items[begin:at]


def tail_of(items: Sequence[Item], at: int) -> Sequence[Item]:
    """The items after a figure that can still be about it: to the next figure of its kind or the end of the clause."""
    kind = items[at].figure_kind
    for j in range(at + 1, len(items)):
        if kind is not None and items[j].figure_kind == kind and all(item.lower in ("and", ",") for item in items[at + 1 : j]):
            continue  # a list: what follows it is of all
        if kind == "money" and items[j].figure_kind == kind and is_per_share(items, j):
            continue
        if (kind is not None and items[j].figure_kind == kind) or items[j].lower in _BREAKS:
            return items[at + 1 : j]
    return items[at + 1 :]


def _own(items: Sequence[Item], j: int) -> bool:
    """Whether a period dates the figure beside it: "in 2025" does, "since June" and "through 2031" do not."""
    before = items[j - 1].lower if j > 0 else ""
    if any(item.has("founded") for item in items[max(0, j - 3) : j]):
        return False
    if _is_dateline(items, j):
        return False
    if before in ("the", "late", "early", "mid", "end of", "its"):
        before = items[j - 2].lower if j > 1 else ""
    period = items[j].period
    if before in ("in", "on", "last") and j > 1 and items[j - 2].lower in _SAID and period is not None and len(period.iso) > 4:
        return False  # "it reported in May"
    return before not in _NOT_OWN


def _is_dateline(items: Sequence[Item], j: int) -> bool:
    """Whether a date tells where and when the text was written: "PARIS, 3 May -", "Oct. 22, 2025 (Wire) -"."""
    if j >= 12 or len(items[j].lower) <= 4 or items[j].lower.isdigit():
        return False
    return any(item.lower in ("—", "-", ":", "/") for item in items[j + 1 : j + 2]) or (
        j < 5 and [item.lower for item in items[j + 1 : j + 2]] == ["("]
    )


def _explicit(items: Sequence[Item], reading: Reading, forecast: bool) -> str | None:
    """The period that the sentence gives to a figure itself.

    A forecast is for a year or a quarter: a month beside it is when it was made.
    """
    at, head = reading.at, reading.head
    if forecast and reading.metric in FLOWS:
        items = [
            item if item.period is None or _FORECAST_PERIOD.fullmatch(item.period.iso) else replace(item, period=None) for item in items
        ]
    tail = tail_of(items, at)
    reach = 9 if reading.metric in LEVELS else 7
    near = _in_tail(items, max(at, head), tail_of(items, max(at, head)) if head > at else tail, reach)
    if near is not None:
        closer = (item.period.iso for item in items[max(0, head - 2) : head] if item.period is not None and head > at)
        return next((iso for iso in closer if len(near) == 4 and iso.startswith(near)), near)  # "third-quarter revenue in 2025"
    first, last = sorted((head, at))
    for j in range(first + 1, last):
        period = items[j].period
        if period is not None and _own(items, j) and not any(item.has("compare") for item in items[max(first + 1, j - 2) : j]):
            figures = [item for item in items[j + 1 : last] if item.figure_kind == "money"]
            if not figures or reading.base is None:
                return period.iso
    for j in range(head - 1, max(-1, head - 4), -1):
        period = items[j].period
        if period is not None and _own(items, j):
            return period.iso
        if items[j].lower in ("and", "but", "or"):
            break
        if not items[j].is_word and items[j].lower != "'s" and items[j].company is None:
            break
    if reading.metric == "valuation" and _dated_round(items):
        other = next(
            (k for k in range(at + 1, len(items)) if items[k].has("noun:revenue", "noun:net_income", "loss:net_income", "compare")),
            len(items),
        )
        tail = [item for item in items[at + 1 : other] if item.figure is None][:14]
        after = next((item.period.iso for item in tail if item.period is not None and _own(items, items.index(item))), None)
        return after or _nearest_before(items, first)
    wide = _in_tail(items, at, tail, 14)
    if wide is not None and reading.metric not in LEVELS:
        return wide
    front = _front(items, first)
    if front is not None:
        return front
    if reading.metric in LEVELS:
        return None
    for item in reversed(clause_before(items, first)):
        if item.period is not None and _own(items, at := items.index(item)) and len(item.period.iso) <= 7:
            compared = any(other.lower in _BESIDE for other in items[max(0, at - 6) : at])
            return None if compared and reading.base is None else item.period.iso
    return None


def _front(items: Sequence[Item], first: int) -> str | None:
    """The period that a sentence opens with: "In 2024, sales rose"."""
    for j in range(min(7, first)):
        period = items[j].period
        if period is not None and _own(items, j) and not any(item.figure for item in items[:j]):
            return period.iso
    return None


def _front_of_sentence(items: Sequence[Item], at: int) -> str | None:
    """The quarter or year that the sentence names before a semicolon, where nothing nearer is known."""
    for item in reversed(items[:at]):
        if item.period is not None and _FORECAST_PERIOD.fullmatch(item.period.iso) and _own(items, items.index(item)):
            return item.period.iso
    return None


def _nearest_before(items: Sequence[Item], first: int) -> str | None:
    """The nearest period before a head that dates something: "raised in September 2025, a round that valued"."""
    for j in range(first - 1, -1, -1):
        period = items[j].period
        if period is not None and _own(items, j):
            return period.iso
    return None


def dated_after(items: Sequence[Item], at: int) -> str | None:
    """The period right after a figure."""
    return _in_tail(items, at, tail_of(items, at), 7)


def _in_tail(items: Sequence[Item], at: int, tail: Sequence[Item], most: int) -> str | None:
    for k, item in enumerate(tail[:most]):
        source = item.lower == "from" and not any(other.figure or other.has("year_before") for other in tail[k + 1 : k + 4])
        if (item.has("compare") and not source) or item.lower in ("which", "—", "whose") or (item.lower == "," and most < 5 and k > 0):
            return None
        if item.lower == "," and k + 1 < len(tail) and tail[k + 1].has("compare", "up", "down", "deal"):
            return None
        if item.figure_kind in ("percent", "multiple") and any(
            other.has("up", "down", "grow", "shrink") for other in tail[max(0, k - 3) : k + 2]
        ):
            return None  # "a 2% decrease from the previous quarter": a move of its own
        head = noun_of(item)
        if (
            k
            and head is not None
            and head[0] != "other"
            and not any(other.lower in ("of", "in", "on") for other in tail[max(0, k - 2) : k])
        ):
            return None  # another figure's head
        if item.has("deal") or (item.company is not None and k > 4):
            return None
        if item.lower in _TELLS:
            return None  # "70 employees, told its landlord last month"
        if item.period is not None:
            told = (
                k > 0 and tail[k - 1].lower in ("and", ",") and k + 1 < len(tail) and tail[k + 1].lower in ("was", "were", "is", "had been")
            )
            return item.period.iso if _own(items, at + 1 + k) and not told else None
    return None


def months_before(iso: str, months: int) -> str | None:
    """A period so many months before; quarters and years go by whole ones: `months_before("2025-Q3", 12)` is `"2024-Q3"`."""
    if months % 12 == 0:
        return shifted(iso, years=-(months // 12))
    month = re.fullmatch(r"(\d{4})-(\d{2})", iso)
    if month is None:
        return shifted(iso, quarters=-(months // 3)) if months % 3 == 0 else None
    count = int(month[1]) * 12 + int(month[2]) - 1 - months
    return f"{count // 12}-{count % 12 + 1:02d}"


def _compared(items: Sequence[Item], at: int) -> int | None:
    """How many months before its base a figure is said to hold: "a year earlier" is 12, "two quarters ago" 6."""
    begin = at
    while begin > 0 and (items[begin - 1].figure_kind in (None, "duration")) and items[begin - 1].lower not in (";", "."):
        begin -= 1
    tail = tail_of(items, at)
    stop = next((k for k, item in enumerate(tail) if _ends_comparison(item)), len(tail))
    for place, part in ((True, tail[: min(stop, 8)]), (False, items[begin:at])):
        for k in range(len(part)):
            months = _months_back(part, k)
            if months is None:
                continue
            before = part[k - 1] if k else None
            # "rose 29% from a year earlier": what is compared is the growth, and the figure is today's.
            if before is not None and (before.has("compare") or before.lower in ("on", "over")):
                continue
            measured = [other.lower for other in part[max(0, k - 2) : k]] in (["that", "of"], ["those", "of"])
            if measured and any(other.figure_kind in ("percent", "multiple") for other in (items[at], *part[:k])):
                continue  # "64% above that of a year before"
            if place and any(other.lower in (",", "(") for other in part[:k]) and not (before and before.lower == "in"):
                continue
            joined = any(other.lower in _NEXT_CLAUSE for other in part[k + 1 :])
            if not place and (k == 0 or joined) and begin > 0 and items[begin - 1].figure is not None:
                continue  # it follows the figure before, and is that one's
            return months
    return None


def _ends_comparison(item: Item) -> bool:
    other = item.figure is not None and item.figure_kind != "duration"
    return other or (item.has("compare") and not item.has("year_before"))


def _months_back(part: Sequence[Item], k: int) -> int | None:
    """The months that "a year earlier", "two months ago" or "in the first" (of a quarter) at a place go back."""
    item = part[k]
    if item.has("year_before"):
        return 12
    if item.has("quarter_before"):
        return 3
    if item.figure is not None and item.figure_kind == "duration" and k + 1 < len(part) and part[k + 1].lower in _EARLIER:
        return round((item.figure.low or 0) * _MONTHS.get(item.figure.unit, 0)) or None
    if item.figure is not None and item.figure_kind == "duration" and k > 0 and part[k - 1].lower in ("previous", "prior", "preceding"):
        return round((item.figure.low or 0) * _MONTHS.get(item.figure.unit, 0)) or None  # "57% in the previous three months"
    words = [other.lower for other in part[k : k + 3]]
    return 3 if words[:2] == ["in", "the"] and words[2:] and words[2] in ("first", "second", "third") and _ends_at(part, k + 3) else None


def _ends_at(part: Sequence[Item], k: int) -> bool:
    """Whether the stretch ends at a place, or a sign or conjunction stands there: "in the second, and expects"."""
    return len(part) <= k + 1 or part[k].lower in (",", ".", ";", "and", "but")


def is_compared(items: Sequence[Item], at: int) -> bool:
    """Whether a figure is one of a year or quarter before, so that it does not date what follows."""
    return _compared(items, at) is not None


def period_of(
    items: Sequence[Item], reading: Reading, forecast: bool, base: str | None, company: str, memory: Memory, number: int, main: bool
) -> str | None:
    """The period of one reading; `base` is that of the figure it is compared with, `number` counts the document's sentences."""
    metric = reading.metric
    if metric == "founded":
        return None
    if metric in PRICES:
        return _day_of_price(items, reading, base)
    explicit = _explicit(items, reading, forecast)
    if metric in FLOWS and explicit is None and base is None:
        measured, known = _measured_against(items, reading.at), memory.flows.get(company) or (memory.reported if main else None)
        explicit = measured if forecast or known is None or (measured or "") <= known else None
    if metric == "revenue_growth":
        since = _grown_from(items, reading.at)
        if since is not None:
            front = _front(items, reading.at)
            return base or front or memory.flows.get(company) or shifted(since, years=1)
    if metric in ("capex", "revenue_share") and explicit is not None and _by_then(items, reading.at):
        return None  # spent in all until then, or reached only then
    if metric in FLOWS and _is_of_months(items, reading.at):
        return None
    step = _compared(items, reading.at)
    anchor = base or (memory.any if reading.how == "elided" else None) or memory.flows.get(company) or memory.reported
    if step is not None and metric != "stake":
        near = _in_tail(items, reading.at, tail_of(items, reading.at), 4)
        earlier = months_before(anchor, step) if anchor is not None else None
        if near is not None:  # "in the same period of the previous year": the quarter of that year
            return earlier if earlier is not None and len(near) == 4 and earlier.startswith(near) else near
        return earlier
    if is_expected(items, reading.at) and base is not None and metric in FLOWS:
        return base
    if reading.how == "compare" and metric != "stake":
        near = _in_tail(items, reading.at, tail_of(items, reading.at), 8) or _between(items, reading)
        if near is not None and not (forecast and metric in FLOWS and not _FORECAST_PERIOD.fullmatch(near)):
            return near
        if metric in FLOWS and not forecast:
            return shifted(base, years=-1) if base else None
        if metric in FLOWS and base is None and any(item.has("analysts") for item in items):
            return memory.last
        return base if metric in FLOWS else None
    if metric == "valuation" and explicit is not None and dated_after(items, reading.at) is None and not _dated_round(items):
        return None
    if metric == "stake":
        got = _dated_round(items) and any(item.lower in _GOT for item in items[max(0, reading.at - 12) : reading.at])
        return explicit if explicit is not None and (got or dated_after(items, reading.at) == explicit) else None
    if reading.how == "to" and base is not None and dated_after(items, reading.at) is None:
        return base  # "raised its forecast for the year from $10 billion to $12 billion"
    if explicit is not None:
        return explicit if metric not in MONEY_LEVELS or not _ends_period(items, reading.at) else _last_month(explicit)
    if reading.base is not None and base is not None and reading.how != "compare":
        return base
    if _undated(items, reading.at):
        return None
    if metric == "backlog" and main and not forecast and any(item.has("up", "down", "grow") for item in items):
        return memory.reported  # it moved in the period that is reported
    if metric not in FLOWS:
        return None
    if reading.how == "elided":
        return memory.last
    if forecast and any(item.has("analysts") for item in items):
        return base or memory.flows.get(company) or memory.last
    if forecast:
        last = memory.forecasts.get(company)
        return last[1] if last and number - last[0] <= 2 else None
    if metric == "revenue_share" and any(item.has("present") for item in items):
        return None
    near = memory.last if number - memory.last_at <= 2 else None
    known = memory.flows.get(company) or (memory.reported if main else near)
    if known is None and metric in FLOWS and reading.how != "compare":
        known = _front_of_sentence(items, reading.at)
    return known


def _ends_period(items: Sequence[Item], at: int) -> bool:
    """Whether a level is told for the end of a period: "owed $6 billion at the end of the quarter"."""
    tail = tail_of(items, at)[:8]
    k = next((k for k, item in enumerate(tail) if item.period is not None), None)
    return k is not None and tail[k].lower == "the quarter" and any(item.lower in ("end of", "end") for item in tail[max(0, k - 3) : k])


def _last_month(iso: str) -> str:
    """The month in which a quarter ends; any other period is as it is."""
    match = _QUARTER.fullmatch(iso)
    return f"{match[1]}-{int(match[2]) * 3:02d}" if match is not None else iso


def _is_of_months(items: Sequence[Item], at: int) -> bool:
    """Whether a flow is that of several quarters, which no ISO period names: "in the first nine months of 2025"."""
    for part in (tail_of(items, at)[:9], [*reversed(items[max(0, at - 14) : at])]):
        for item, beside in itertools.pairwise([*part, *items[:1]]):
            figure = item.figure
            if item.period is not None and not item.lower.isdigit():
                break
            if figure is not None and figure.unit == "month" and figure.low == _NINE:
                return any(other.lower in ("first", "nine-month") for other in (beside, *part[: part.index(item)][-1:]))
    return False


def _grown_from(items: Sequence[Item], at: int) -> str | None:
    """The period that a growth is measured from: "up 71% from 2024", "12% above the third quarter of 2024"."""
    after = items[at + 1 : at + 4]
    for k, item in enumerate(after):
        if item.period is not None:
            earlier = k > 0 and (after[k - 1].has("compare") or after[k - 1].lower in ("on", "over"))
            return item.period.iso if earlier else None
    return None


def _measured_against(items: Sequence[Item], at: int) -> str | None:
    """The quarter of a flow that is told by the one of a year before: "$61 million, against $48 million in the second quarter of 2025"."""
    tail = items[at + 1 : at + 12]
    compared = next((k for k, item in enumerate(tail) if item.lower in _BESIDE), len(tail))
    for k, item in enumerate(tail):
        if item.period is not None:
            quarter = k > compared and _QUARTER.fullmatch(item.period.iso) and item.lower[-4:].isdigit()
            return shifted(item.period.iso, years=1) if quarter else None
        if item.lower in (";", "."):
            return None
    return None


def _by_then(items: Sequence[Item], at: int) -> bool:
    """Whether an amount is told by the year by which it is spent: "will spend €4 billion by the end of 2027"."""
    tail = tail_of(items, at)[:12]
    for k, item in enumerate(tail):
        if item.period is not None:
            span = k + 2 < len(tail) and tail[k + 1].lower in ("and", "to", "through") and tail[k + 2].period is not None
            return span or any(other.lower == "by" for other in tail[max(0, k - 4) : k])
    return False


def _between(items: Sequence[Item], reading: Reading) -> str | None:
    """A period between a compared figure and the one before it: "in 2024 it was $117.5 million"."""
    if reading.base is None:
        return None
    for j in range(reading.base + 1, reading.at):
        period = items[j].period
        compared = any(item.has("compare") for item in items[reading.base + 1 : j])
        if period is not None and compared:
            return period.iso
    return None


def _dated_round(items: Sequence[Item]) -> bool:
    """Whether the sentence tells of a round of funding, whose date is that of the value."""
    return any(item.has("invest") or item.lower in ("raised", "raise", "funding", "financing") for item in items)


def _undated(items: Sequence[Item], at: int) -> bool:
    """Whether the sentence dates the figure by words that no document can resolve ("last year" of an undated text, "today", "now")."""
    around = [*items[max(0, at - 10) : at], *tail_of(items, at)[:6]]
    pairs = itertools.pairwise(around)
    return any(a.lower in ("last", "this") and b.lower in ("year", "quarter", "month") for a, b in pairs)


def _day_of_price(items: Sequence[Item], reading: Reading, base: str | None) -> str | None:
    """The day of a share's price; a rise "this year" has that year."""
    for j, item in enumerate(items):
        if item.period is None:
            continue
        before = items[j - 1].lower if j else ""
        if len(item.period.iso) == 10 and before not in _NOT_OWN and before != "from" and not _is_dateline(items, j):
            return item.period.iso
    listed = next(
        (j for j in range(max(0, reading.at - 7), reading.at) if items[j].lower in ("public", "listed", "debuted", "floated", "ipo")), None
    )
    if listed is not None and reading.metric == "share_price" and not any(item.figure for item in items[listed : reading.at]):
        dated = next((item.period.iso for item in items[listed : reading.at] if item.period is not None), None)
        if dated is not None:
            return dated
    closing = [items[j].period for j in range(max(1, reading.at - 3), reading.at) if items[j - 1].has("price")]
    closed = next((period.iso for period in closing if period is not None), None)
    if reading.metric == "share_price" and closed is not None and len(closed) == 7:
        return closed  # "closed January at $141"
    tail = tail_of(items, reading.at)
    sold = [item.period for before, item in itertools.pairwise(tail[:14]) if before.lower == "last"]
    month = next((period.iso for period in sold if period is not None and len(period.iso) == 7), None)
    if reading.metric == "share_price" and month is not None:
        return month  # "at which it sold them last October"
    for k, item in enumerate(tail[:7]):
        if item.lower in ("day", "week", "session"):
            break  # "its worst day of the year"
        yearly = item.lower in ("this year", "the year") or (item.lower.isdigit() and k > 0 and tail[k - 1].lower == "in")
        if item.period is not None and yearly and reading.metric == "share_price_change":
            return item.period.iso
        if (
            item.period is not None
            and k > 0
            and tail[k - 1].lower == "in"
            and len(item.period.iso) == 7
            and reading.metric == "share_price"
        ):
            return item.period.iso
        if item.figure is not None:
            break
    return base if base is not None and reading.how in ("level", "gapped", "list") else None


def is_forecast(items: Sequence[Item], reading: Reading, base_forecast: bool, own_period: bool) -> bool:
    """Whether a figure is guidance, a consensus, a target or a plan."""
    at, head = reading.at, reading.head
    tail = tail_of(items, at)[:8]
    if reading.metric == "share_price":
        return _price_is_forecast(items, reading, base_forecast)
    if reading.how in ("compare", "list", "to", "gapped"):
        gap = items[(reading.base or 0) + 1 : at]
        if any(item.has("forecast", "analysts") for item in [*gap, *_relative(tail)]):
            return True
        if any(item.lower in ("up from", "down from") for item in gap) and not any(item.lower in _GUIDANCE for item in items[:at]):
            return False  # "will come to $1.5 billion, up from $700 million": the year before
        return base_forecast and not own_period
    if any(item.has("analysts") or item.has("forecast") for item in _relative(tail)):
        return True
    if reading.how == "level" and reading.base is not None:
        return base_forecast
    if reading.how == "spend" and reading.head > at:
        return True  # a programme is spent over years to come
    before = list(clause_before(items, at))
    if head < at and items[head] not in before:
        before = list(items[head:at])
    for j, item in enumerate(before):
        if item.has("forecast") and not (j > 0 and before[j - 1].lower == "than"):
            if item.lower in ("committed", "commitment", "planned", "promised", "may") and reading.metric in (
                "stake",
                "valuation",
                "backlog",
            ):
                continue
            return True
        if item.has("analysts") and reading.metric in ("revenue", "net_income", "capex"):
            return True
    if reading.metric == "valuation":
        return any(item.has("talks") for item in items)
    return False


def _relative(tail: Sequence[Item]) -> Sequence[Item]:
    """What follows the figure at once and qualifies it: "that analysts expected", "of the analysts' consensus"."""
    soon = next((k for k, item in enumerate(tail[:3]) if item.has("analysts") or item.lower in (",", ";", ".")), 3)
    if len(tail) > soon and tail[soon].has("analysts"):  # "the $75 billion average estimate"
        return tail[: soon + 1]
    if tail and (tail[0].lower in ("that", "of", "expected", "forecast", "estimated", "for") or tail[0].has("analysts", "forecast")):
        end = next((k for k, item in enumerate(tail) if item.lower in (",", ";")), len(tail))
        return tail[:end]
    return []


def _price_is_forecast(items: Sequence[Item], reading: Reading, base_forecast: bool) -> bool:
    if reading.how in ("compare", "to", "list") and base_forecast:
        return True
    if items[reading.head].has("noun:share_price") and "target" in items[reading.head].lower:
        return True
    span = reading.low is not None and reading.high is not None and reading.low != reading.high
    if span:
        return True
    near = items[max(0, reading.at - 6) : reading.at]
    return any(item.lower in ("target", "sees", "expected", "expects", "forecast", "targets") for item in near)
