"""Dates and periods: the words of a text that name one, each with the ISO period that it means.

In: a text, its sentences, the day it was published (or null). Out: `Period`s in the order of the text.
"2024" is `2024`, "the third quarter of fiscal 2026" `2026-Q3`, "March 28" with a document of 2025 `2025-03-28`.

Judgements made here: the anchor is the day of publication, else the first full date in the document's head; without one,
the latest year that the document gives to a month or quarter stands for a missing year. A fiscal period keeps its label.
A month after the anchor belongs to the year before, unless the words before it look ahead. "The quarter" is the one last named.
What cannot be dated ("Wednesday", "now", "this autumn") is no period; comparisons ("a year earlier") are left to the reader of the figures.
"""

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Period, Sentence
from corewatch.lexicon.calendar import calendar

HEAD = 700  # characters in which a dateline or a line with the date of issue stands


def _words(found: Sequence[str]) -> str:
    return "|".join(sorted((re.escape(word).replace(r"\ ", r"[\s-]") for word in found), key=len, reverse=True))


_CALENDAR = calendar()
_MONTH_NAMES = [word.title() for word in _CALENDAR.months] + [word.upper() for word in _CALENDAR.months if len(word) > 3]
_MONTH = rf"(?:{_words(_MONTH_NAMES)})\b\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![\d%]|[.,]\d)"
# "2025 M&A" is no 2025 million: short units keep their case.
_UNITS = [word if len(word) < 3 or word.isupper() else f"(?i:{word})" for word in _CALENDAR.after_number]
_NOT_COUNTED = rf"(?!\s?%|[.,]\d|[\s-](?:{'|'.join(_UNITS)})\b)"
_YEAR = rf"(?:19[5-9]\d|20[0-4]\d)(?![a-z\d]){_NOT_COUNTED}"  # a capital may follow: saved pages lose the space after a date
_NTH = rf"(?:{_words(list(_CALENDAR.ordinals))})"
_SHORT = r"(?:'|’)?\d\d\b"
_FISCAL = r"(?i:fiscal|financial)"
_NOT_MONEY = r"(?<![$€£¥₹#\d.,/-])"


def _compiled(pattern: str) -> re.Pattern[str]:
    names = {"MONTH": _MONTH, "DAY": _DAY, "YEAR": _YEAR, "NTH": f"(?i:{_NTH})", "SHORT": _SHORT, "FISCAL": _FISCAL}
    for name, part in names.items():
        pattern = pattern.replace(f"<{name}>", part)
    return re.compile(r"(?<!\w)" + pattern)


_OF_YEAR = r"(?P<f2><FISCAL>)?(?:\s?(?i:calendar))?(?:\s(?i:year))?\s?(?P<year><YEAR>)(?:\s(?P<f3><FISCAL>)\s(?i:year))?"
# In the order of precedence: where two overlap, the earlier pattern holds.
_PATTERNS: dict[str, re.Pattern[str]] = {
    "numbers": _compiled(r"(?P<year>19[5-9]\d|20[0-4]\d)(?P<sep>[-./])\s?(?P<m>0[1-9]|1[0-2])(?P=sep)\s?(?P<day>3[01]|[12]\d|0?[1-9])\b"),
    "quarter": _compiled(
        r"(?:(?:(?P<before><YEAR>)(?:['’]s)?|(?P<rel>(?i:last|this|next)\syear)['’]s)\s)?(?P<f1>(?i:fiscal)\s)?(?P<nth><NTH>)[\s-](?P<f4>(?i:fiscal)[\s-])?(?i:quarter)(?:['’]s)?"
        r"(?:(?:[\s,-]*(?:(?i:of|in|for|and\sfull[\s-]year))?\s?(?:(?i:its|the|our|their)\s)?"
        + _OF_YEAR
        + r")|(?:\s(?i:of|in)\s)?(?P<f5>FY)\s?(?P<short><SHORT>|<YEAR>)"
        r"|\s(?i:of\s)?(?P<rel2>(?i:last|this|next)\syear)\b(?!['’])"
        r"|\s(?i:(?:that\s)?ended)(?i:\son)?\s<MONTH>(?:\s<DAY>)?(?:,?\s(?P<ended><YEAR>))?)?"
    ),
    "last_quarter": _compiled(r"(?i:last|closing)\s(?i:quarter)\s(?i:of)\s(?:<FISCAL>\s)?(?P<year><YEAR>)"),
    "span": _compiled(
        rf"(?P<n>(?i:{_words(list(_CALENDAR.spans))}))[,\s]+(?i:(?:that\s)?(?:ended|ending|ends|to|through|until|closed))(?i:\s(?:on|in|at))?"
        r"(?i:\s(?:the\s)?end\sof)?\s(?P<month><MONTH>)(?:\s(?P<day><DAY>))?(?:,?\s(?:of\s)?(?P<year><YEAR>))?"
        r"(?:,\s(?i:the|its|their|our)\s(?P<nth><NTH>)\s(?i:quarter\s)?(?i:of\s(?:its|the|their|our))\s<FISCAL>\s(?i:year)\b)?"
    ),
    "months": _compiled(
        r"(?P<from><MONTH>)(?:\s?[-–—/]\s?|\s(?i:to|through|until)\s)(?P<month><MONTH>)(?=\s(?i:quarter|period|half)|,?\s<YEAR>|[\s,.;])"
        r"(?:\s(?i:quarter|period|half))?(?:,?\s(?:of\s)?(?P<year><YEAR>))?"
    ),
    "between": _compiled(r"(?<=[Bb]etween\s)(?P<from><MONTH>)\sand\s(?P<month><MONTH>)(?:,?\s(?:of\s)?(?P<year><YEAR>))?"),
    "day": _compiled(
        r"(?:(?P<month><MONTH>)\s(?P<day><DAY>)|(?P<day2><DAY>)(?:\sof)?[\s-](?P<month2><MONTH>))(?:,?[\s-](?P<year><YEAR>))?"
        + _NOT_COUNTED
    ),
    "day_alone": _compiled(r"(?<=[Oo]n\sthe\s)(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th))\b"),
    "month_quarter": _compiled(r"(?P<month><MONTH>)[\s-](?i:quarter)(?:\s(?:of\s)?(?P<year><YEAR>))?"),
    "code": _compiled(
        r"(?:Q(?P<n1>[1-4])(?:[\s-]*(?:of\s)?(?P<f1>FY|(?i:fiscal))?\s?(?:(?P<y1><YEAR>)|(?<=[Y'’\dQ])(?P<s1><SHORT>)|(?P<s4>['’]\d\d\b)))?\b"
        r"|(?P<n2>[1-4])Q\s?(?:(?P<y2><YEAR>)|(?P<s2><SHORT>))|(?P<y3><YEAR>)[\s-]?Q(?P<n3>[1-4])\b)"
    ),
    "half": _compiled(
        r"(?:(?P<nth>(?i:first|second))[\s-](?i:half)\s(?:(?i:of|in)\s)?(?:(?i:its|the)\s)?(?:"
        + _OF_YEAR
        + r"|(?P<this>(?i:this|the|that|the\ssame)\s(?i:year)\b(?!-)))|H(?P<n>[12])\s?(?P<y1><YEAR>))"
    ),
    "month": _compiled(r"(?P<month><MONTH>)(?:,?\s(?:of\s)?)(?P<year><YEAR>)"),
    "fiscal": _compiled(
        r"(?:(?:(?P<f1><FISCAL>)(?:[\s-](?i:years?))?|(?P<f2>FY)|(?i:full[\s-]year|calendar(?:\syear)?))[\s-]?(?:(?P<year><YEAR>)(?:[-–/](?P<to>\d\d)\b)?|(?P<short><SHORT>))"
        r"|(?P<y2><YEAR>)(?:[-–/](?P<to2>\d\d))?\s(?P<f3><FISCAL>)\s(?i:year))"
    ),
    "relative": _compiled(
        r"(?:(?P<which>(?i:last|this|next|(?:the\s)?(?:current|previous|prior|past|coming)))\s(?:<FISCAL>\s)?(?P<unit>(?i:year|quarter|month))\b(?!\s(?i:ended|ending)|\sto\s<MONTH>)"
        r"|(?P<full>(?i:full[\s-](?:<FISCAL>[\s-])?year))\b"
        r"|(?:(?<=[Ff]or\s)|(?<=[Ii]n\s)|(?<=[Dd]uring\s)|(?<=[Oo]f\s)|(?<=[Tt]hroughout\s))(?P<the>(?i:the)\s(?i:(?:full|whole|entire|running)\s)?(?i:(?:fiscal|financial)\s)?(?P<unit2>(?i:year|quarter|month)))\b"
        r"(?!-|\s(?i:before|earlier|ago|to|since|ended|ending|that|after|of|in|when|prior|end|until|(?:19|20)\d\d\b))"
        r"|(?P<end>(?i:year[\s-]end))\b)"
    ),
    "bare_month": _compiled(r"(?P<month><MONTH>)"),
    "bare_year": re.compile(rf"(?<![\w$€£¥₹#.,/]){_NOT_MONEY}(?P<year>{_YEAR})(?![-–/]\d)(?!\.\d)"),
}
_BEFORE_BARE = re.compile(
    r"(?:\b(?i:in|of|since|to|until|till|by|from|for|during|through|late|early|mid|last|this|next|and|or|between|after|before|against|than)|-|—|–)\s?$"
)
_STEPS = {"last": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "this": 0}
_FAR = 4  # years after all others in which nothing has happened yet
_RESULTS_MONTH = 2  # in which most fourth quarters are reported
_HALF = 6  # up to this month "at year-end" is that of the year before
_FISCAL_LABEL = re.compile(r"\b(?:fiscal|financial|FY)", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|until|through|by)\s(?:(?:late|early|mid|the\s\w+\sof)\s)?$", re.IGNORECASE)
_OTHER_YEAR = re.compile(r"\b(?:over|than\sin|against|compared\swith|same\s(?:period|quarter|month|months)\s(?:of|in))\s$", re.IGNORECASE)
_SAME = re.compile(r"\bsame\s(?:month|quarter|period|weeks|months|day)\s(?:in|of)\s$")
_AT_THE_END = re.compile(r"\b(?:by|before|at|until)\s(?:the\s)?end\sof\s$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:—]|,\s(?:and|but)\s")
_AHEAD_OF_YEAR = re.compile(
    r"\b(?:by|until|till|through|before|beyond|than|from|due|covering|to|(?:matur|expir|fall|run|begin|start|due|end|schedul|plann|expect|called|complet)\w*"
    r"(?:\s(?:due|through|until|for))?\s(?:in|on|by|late|early|mid))(?:\s(?:the\s)?(?:end|start|middle|spring|summer|autumn|fall)(?:\sof)?)?[\s-]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    name: str
    match: re.Match[str]


@dataclass
class _Reading:
    """What is known while the periods of one document are read in order."""

    text: str
    anchor: tuple[int, int, int | None] | None
    year: int | None
    quarters: dict[int, int]  # the year that the document gives to the nth quarter
    fiscal: int | None
    starts: list[int]
    sure: bool  # whether the year is that of an anchor or of a dated month or quarter, not of a bare year
    years: list[tuple[int, int]]  # where years are named, and which
    quarter: tuple[int, int] | None = None
    named_year: int | None = None
    month: tuple[int, int] | None = None
    resolvers: dict[str, Callable[[re.Match[str]], str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resolvers = {
            "numbers": self.numbers, "span": self.span, "months": self.months, "between": self.months,
            "day": self.day, "day_alone": self.day_alone,
            "quarter": self.nth_quarter, "last_quarter": self.last_quarter,
            "month_quarter": self.month_quarter, "code": self.code, "half": self.half, "month": self.named_month,
            "fiscal": self.fiscal_year, "relative": self.relative, "bare_month": self.named_month, "bare_year": self.bare_year,
        }  # fmt: skip

    def sentence(self, at: int) -> tuple[int, int]:
        nth = bisect.bisect_right(self.starts, at)
        return self.starts[nth - 1] if nth else 0, self.starts[nth] if nth < len(self.starts) else len(self.text)

    def year_beside(self, match: re.Match[str]) -> int | None:
        """The year that the same sentence names, the nearest one."""
        begin, end = self.sentence(match.start())
        beside = [
            (abs(at - match.start()), year + (_SAME.search(self.text[max(0, at - 25) : at]) is not None))  # "above the same month in 2024"
            for at, year in self.years
            if begin <= at < end and not _SINCE.search(self.text[max(0, at - 25) : at])
        ]
        return min(beside)[1] if beside else None

    def ahead(self, match: re.Match[str]) -> bool:
        """Whether the words around a period, in its clause, look to the future."""
        begin, end = self.sentence(match.start())
        before = _CLAUSE_END.split(self.text[begin : match.start()])[-1].lower().split()[-12:]
        after = _CLAUSE_END.split(self.text[match.end() : end])[0].lower().split()[:5]
        return any(word.strip(',."“”()') in _CALENDAR.ahead for word in (*before, *after))

    def year_of_month(self, month: int, match: re.Match[str]) -> int | None:
        """The year that a month without one belongs to."""
        if self.anchor is None:
            return self.year_beside(match) or (self.year if self.sure else None)
        year, now, _ = self.anchor
        if month > now and not self.ahead(match) and not re.search(r"\bend(?:s|ing)\b", match[0]):
            return year - 1
        if month < now and re.search(r"\b(?:next|by|until|until the end of)\s$", self.text[max(0, match.start() - 25) : match.start()]):
            return year + 1
        return year

    def keep_quarter(self, year: int, nth: int, match: re.Match[str]) -> str:
        """The quarter as a period. The latest that is not ahead is the one reported; an earlier one is only compared with."""
        beyond = self.anchor is not None and year > self.anchor[0] and not _FISCAL_LABEL.search(match[0])
        if not beyond and (self.quarter is None or ((year, nth) > self.quarter and not self.ahead(match))):
            self.quarter = (year, nth)
        return f"{year}-Q{nth}"

    def quarter_ending(self, year: int, month: int, match: re.Match[str]) -> str | None:
        return self.keep_quarter(year, month // 3, match) if month % 3 == 0 else None

    def numbers(self, match: re.Match[str]) -> str | None:
        return _day(int(match["year"]), int(match["m"]), match["day"])

    def span(self, match: re.Match[str]) -> str | None:
        month, months = _month(match["month"]), _CALENDAR.spans[re.sub(r"[\s-]", " ", match["n"].lower()).replace("half year", "half-year")]
        year = int(match["year"]) if match["year"] else self.year_of_month(month, match)
        if year is None:
            return None
        if months == 3 and match["nth"]:  # ", the third of its fiscal year": the year is that in which the fiscal year ends
            nth = _CALENDAR.ordinals[match["nth"].lower()]
            return self.keep_quarter(year + int(month + 3 * (4 - nth) > 12), nth, match)
        if months == 3:
            return self.quarter_ending(year, month, match)
        if months == 6:
            return f"{year}-H{month // 6}" if month % 6 == 0 else None
        self.named_year = year
        return str(year)

    def months(self, match: re.Match[str]) -> str | None:
        first, last = _month(match["from"]), _month(match["month"])
        year = int(match["year"]) if match["year"] else self.year_of_month(last, match)
        if year is None:
            return None
        if last - first == 2:
            return self.quarter_ending(year, last, match)
        if last - first == 5 and last % 6 == 0:
            return f"{year}-H{last // 6}"
        return str(year) if last - first == 11 else None

    def day(self, match: re.Match[str]) -> str | None:
        month = _month(match["month"] or match["month2"])
        year = int(match["year"]) if match["year"] else self.year_of_month(month, match)
        return _day(year, month, match["day"] or match["day2"]) if year else None

    def day_alone(self, match: re.Match[str]) -> str | None:
        """ "On the 17th": of the month in which the text appeared, if it has come."""
        if self.anchor is None or self.anchor[2] is None or int(match["day"][:-2]) > self.anchor[2] or self.ahead(match):
            return None
        return _day(self.anchor[0], self.anchor[1], match["day"])

    def nth_quarter(self, match: re.Match[str]) -> str | None:
        nth = _CALENDAR.ordinals[match["nth"].lower()]
        said = match["before"] or match["year"] or match["short"] or match["ended"]
        if said:
            return self.keep_quarter(_full(said), nth, match)
        relative = match["rel"] or match["rel2"]
        if relative:
            now = self.present_year() if self.sure else None
            return self.keep_quarter(now + _STEPS[relative.split()[0].lower()], nth, match) if now else None
        year = self.year_of_quarter(nth, bool(match["f1"] or match["f4"]), match)
        return self.keep_quarter(year, nth, match) if year else None

    def last_quarter(self, match: re.Match[str]) -> str:
        """ "The last quarter of 2025": not the one before, but its fourth."""
        return self.keep_quarter(int(match["year"]), 4, match)

    def year_of_quarter(self, nth: int, fiscal: bool, match: re.Match[str]) -> int | None:
        """The year of a quarter that is named without one."""
        if self.quarter:
            year, last = self.quarter
            if nth == last:
                return year
            if last == 4 and nth == 1 and fiscal:
                return year + 1
            if last == 4 and nth < 4:
                over = self.anchor is not None and (year + 1, nth * 3) <= self.anchor[:2] and not fiscal
                return year + 1 if over or self.ahead(match) else year
            return year - 1 if nth - last >= 2 and not self.ahead(match) else year
        if nth in self.quarters and (self.anchor is None or fiscal):
            return self.quarters[nth]
        if fiscal and self.fiscal:
            return self.fiscal
        if self.anchor is None:
            return self.year_beside(match) or self.fiscal or (self.year if self.sure else None)
        year, now, _ = self.anchor
        if self.ahead(match) and nth * 3 >= now:
            return year
        ended = year if nth * 3 <= now else year - 1
        months_since = (year - ended) * 12 + now - nth * 3
        # A fiscal quarter is reported within weeks of its end: a calendar quarter of long ago must be one of the running fiscal year.
        ended = ended + 1 if fiscal and months_since > 4 else ended
        return max(ended, min(self.quarters.get(nth, ended), year))  # one that the document compares with is of an earlier year

    def month_quarter(self, match: re.Match[str]) -> str | None:
        month = _month(match["month"])
        year = int(match["year"]) if match["year"] else self.year_of_month(month, match)
        return self.quarter_ending(year, month, match) if year else None

    def code(self, match: re.Match[str]) -> str | None:
        nth = int(match["n1"] or match["n2"] or match["n3"])
        said = next((match[name] for name in ("y1", "s1", "s4", "y2", "s2", "y3") if match[name]), None)
        year = _full(said) if said else self.year_of_quarter(nth, bool(match["f1"]), match)
        return self.keep_quarter(year, nth, match) if year else None

    def half(self, match: re.Match[str]) -> str | None:
        nth = int(match["n"]) if match["n"] else _CALENDAR.ordinals[match["nth"].lower()]
        said = match["year"] or match["y1"]
        year = int(said) if said else self.named_year if (match["this"] or "").lower().startswith("that") else self.present_year()
        return f"{year}-H{nth}" if year else None

    def named_month(self, match: re.Match[str]) -> str | None:
        month = _month(match["month"])
        said = match.groupdict().get("year")
        if not said and not _is_month(self.text, match):
            return None
        year = int(said) if said else self.year_of_month(month, match)
        if year is None:
            return None
        self.month = (year, month)
        return f"{year}-{month:02d}"

    def fiscal_year(self, match: re.Match[str]) -> str:
        said = match["to"] or match["to2"] or match["year"] or match["short"] or match["y2"]
        self.named_year = _full(said)
        return str(self.named_year)

    def bare_year(self, match: re.Match[str]) -> str:
        year = int(match["year"])
        # "Founded in 2009" and "due in 2031" name no year that "the year" takes up.
        before = self.text[max(0, match.start() - 30) : match.start()]
        if _OTHER_YEAR.search(before) or _AHEAD_OF_YEAR.search(before):
            return match["year"]
        if self.year is None or self.year - 1 <= year <= self.year + (self.anchor is not None):
            self.named_year = year
        return match["year"]

    def present_year(self) -> int | None:
        return self.anchor[0] if self.anchor else self.year

    def relative(self, match: re.Match[str]) -> str | None:
        """ "Last year", "this quarter", "the full year", "for the month": counted from the anchor, or the period last named."""
        unit = (match["unit"] or match["unit2"] or "year").lower()
        which = re.sub(r"^the\s", "", (match["which"] or "").lower())
        step = _STEPS.get(which, 0)
        if unit == "quarter":
            if self.quarter is None or which == "past":
                return None
            year, nth = self.quarter
            if which in ("this", "current", "last"):  # as the speaker counts: the reported quarter is the last one
                step = {"last": 0}.get(which, 1)
            return _shifted_quarter(year, nth, step)
        if unit == "month":
            if not which:
                return f"{self.month[0]}-{self.month[1]:02d}" if self.month else None
            if self.anchor is None or which == "past":
                return None
            months = self.anchor[0] * 12 + self.anchor[1] - 1 + step
            return f"{months // 12}-{months % 12 + 1:02d}"
        if which == "past":
            return None
        fiscal = re.search(_FISCAL, match[0]) is not None
        if which:
            year_now = (self.fiscal if fiscal else None) or (self.present_year() if self.sure else None)
            return str(year_now + step) if year_now else None
        if match["end"]:
            now = self.present_year()
            past = self.anchor is not None and self.anchor[1] <= _HALF and not self.ahead(match)
            return str(now - past) if now else None
        if self.anchor and _AT_THE_END.search(self.text[max(0, match.start() - 20) : match.start()]) and self.ahead(match):
            return str(self.anchor[0])
        if self.quarter == (self.named_year, 4) and not fiscal and self.ahead(match):
            return str(self.quarter[0] + 1)  # the year is over: what is expected "for the full year" is the next one's
        known = self.named_year or (self.quarter[0] if self.quarter else None) or self.present_year()
        return str(known) if known else None


def find_periods(text: str, sentences: list[Sentence], published: str | None) -> list[Period]:
    """The dates and periods that a text names, in its order, none overlapping another.

    `published` is the document's ISO date or null. What is named but cannot be dated is left out.
    """
    found = list(_found(text))
    quarters: dict[int, int] = {}
    for f in found:
        if f.name == "quarter" and f.match["year"]:
            nth = _CALENDAR.ordinals[f.match["nth"].lower()]
            quarters[nth] = max(_full(f.match["year"]), quarters.get(nth, 0))
    fiscals = [f.match for f in found if f.name in ("fiscal", "quarter") and any(f.match[name] for name in ("f1", "f2", "f3"))]
    fiscals += [f.match for f in found if f.name == "span" and f.match["n"].lower().endswith("year")]
    fiscal = next((_full(said) for match in fiscals if (said := _said_year(match))), None)
    year, sure = _document_year(text, found)
    anchor = _anchor(text, found, year, published)
    reading = _Reading(
        text=text,
        anchor=anchor,
        year=anchor[0] if anchor else year,
        quarters=quarters,
        fiscal=fiscal,
        starts=[sentence.start for sentence in sentences],
        sure=sure or anchor is not None,
        years=[
            (f.start, _full(said)) for f in found if f.name in ("bare_year", "fiscal", "quarter", "span") and (said := _said_year(f.match))
        ],
    )
    periods = []
    for each in found:
        iso = reading.resolvers[each.name](each.match)
        if iso is not None:
            periods.append(Period(each.start, each.end, iso))
    return periods


def _found(text: str) -> Iterator[_Found]:
    taken: list[_Found] = []
    covered = bytearray(len(text) + 1)
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            start, end = match.span()
            if match[0].endswith("."):
                end -= 1
            if not any(covered[start:end]):
                covered[start:end] = b"\1" * (end - start)
                taken.append(_Found(start, end, name, match))
    yield from sorted(taken, key=lambda each: each.start)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a month's name alone is a month: "May" and "March" are verbs and people's names too."""
    word = match["month"]
    if word.rstrip(".").lower() not in ("may", "march", "june", "april", "jan", "mar", "august"):
        return True
    after = text[match.end() : match.end() + 2]
    return _BEFORE_BARE.search(text[max(0, match.start() - 12) : match.start()]) is not None or after in ("'s", "’s")


def _anchor(text: str, found: list[_Found], year: int | None, published: str | None) -> tuple[int, int, int | None] | None:
    if published and re.fullmatch(r"\d{4}-\d{2}(-\d{2})?.*", published):
        parts = published[:10].split("-")
        return int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else None
    head = [each for each in found if each.start < HEAD]
    for each in head:
        if each.name == "numbers":
            return int(each.match["year"]), int(each.match["m"]), int(re.sub(r"\D", "", each.match["day"]))
        if each.name == "day" and each.match["year"]:
            # "as of March 31, 2026" in a text's first lines dates a balance, not the text.
            if (
                re.search(r"\b(?:ended|ending|of|on|to|until|since|until)\s$", text[max(0, each.start - 8) : each.start])
                and each.start > HEAD // 3
            ):
                continue
            day = int(re.sub(r"\D", "", each.match["day"] or each.match["day2"]))
            return int(each.match["year"]), _month(each.match["month"] or each.match["month2"]), day
    for each in head:
        if each.name == "month" and each.start < HEAD // 3:
            return int(each.match["year"]), _month(each.match["month"]), None
    for each in head:
        dateline = each.name == "day" and re.match(r"\s?(?:\(|[-–—]{1,2}\s|:)", text[each.end : each.end + 4])
        # Early in a year the latest year that a text names is often the one before.
        if dateline and year is not None and (month := _month(each.match["month"] or each.match["month2"])) >= 5:
            return year, month, int(re.sub(r"\D", "", each.match["day"] or each.match["day2"]))
    closed = _closed_year(text, found)
    return (closed + 1, _RESULTS_MONTH, None) if closed else None


def _closed_year(text: str, found: list[_Found]) -> int | None:
    """The year whose fourth quarter is the latest that an undated text names: it came with that quarter's results, early in the next."""
    years, last = [], (0, 0)
    for each in found:
        said = _said_year(each.match)
        if not said or _AHEAD_OF_YEAR.search(text[max(0, each.start - 30) : each.start]):
            continue
        years.append(_full(said))
        nth = each.match["nth"] if each.name == "quarter" else "final" if each.name == "last_quarter" else None
        if nth:
            last = max(last, (_full(said), 0 if _FISCAL_LABEL.search(each.match[0]) else _CALENDAR.ordinals[nth.lower()]))
    return last[0] if last[1] == 4 and max(years) <= last[0] + 1 else None


def _document_year(text: str, found: list[_Found]) -> tuple[int | None, bool]:
    """The year that stands for a missing one where no day of issue is known: the latest that the document names and that is not ahead.

    With it, whether the document dates a month, day or quarter by a year: bare years alone may all be history.
    """
    past = [each for each in found if not _AHEAD_OF_YEAR.search(text[max(0, each.start - 30) : each.start])]
    dated = [int(said) for each in past if each.name in ("month", "day", "quarter", "span") and (said := each.match["year"])]
    reported = [int(said) for each in past if each.name in ("quarter", "span") and (said := each.match["year"])]
    bare = [int(each.match["year"]) for each in past if each.name == "bare_year"]
    # Beside quarters that have a year, a later year alone is one that is looked forward to.
    years = sorted({*dated, *(year for year in bare if not reported or year <= max(dated))})
    while len(years) > 1 and years[-1] - years[-2] > _FAR:
        years.pop()  # a maturity, or the end of a contract
    return (years[-1] if years else None), bool(dated)


def _said_year(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return next((groups[name] for name in ("to", "to2", "year", "short", "y2") if groups.get(name)), None)


def _month(word: str) -> int:
    return _CALENDAR.months[word.rstrip(".").lower()]


def _full(said: str) -> int:
    digits = re.sub(r"\D", "", said)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: str) -> str:
    return f"{year}-{month:02d}-{int(re.sub(r'[^0-9]', '', day)):02d}"


def _shifted_quarter(year: int, nth: int, step: int) -> str:
    quarters = year * 4 + nth - 1 + step
    return f"{quarters // 4}-Q{quarters % 4 + 1}"
