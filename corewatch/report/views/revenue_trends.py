"""Revenue over time: a line for each company that has two periods of the same length, years with years and quarters with quarters.

In: the lines of a report. Out: a figure for each length of period. Judgements made here: a stated rate and amount imply the year before,
which is a point of its own kind; nothing is drawn between periods of different length; a forecast is never a fact.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from corewatch.report.charts.trends import PointKind, TrendLine, TrendPoint, trend_plot
from corewatch.report.contradictions import possessive
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Fragment, Words, fragment
from corewatch.report.naming import label_links
from corewatch.report.reading import Reading
from corewatch.report.views.deal_rows import unsure
from corewatch.report.views.deal_sizes import CURRENCY_NAMES, SCALE_NAMES
from corewatch.report.views.revenue_lines import Line, implied_attributes, implied_link, moved
from corewatch.report.wording import Amount, amount_of, listed, period_label, period_words, said, three

MOST_LINES = 6


@dataclass(frozen=True)
class Grain:
    """A length of period: so many to a year, how one is written, what it is called."""

    name: str
    written: str
    to_a_year: int
    form: str

    def step(self, period: str) -> int | None:
        """The place of a period in time, counted in periods of this length."""
        match = re.fullmatch(self.written, period)
        return int(match[1]) * self.to_a_year + (int(match[2]) - 1 if match.lastindex == 2 else 0) if match else None

    def period(self, step: int) -> str:
        """The period at a place."""
        year, part = divmod(step, self.to_a_year)
        return self.form.format(year, part + 1)


GRAINS = (
    Grain("year", r"(\d{4})", 1, "{}"),
    Grain("half-year", r"(\d{4})-H([12])", 2, "{}-H{}"),
    Grain("quarter", r"(\d{4})-Q([1-4])", 4, "{}-Q{}"),
    Grain("month", r"(\d{4})-(\d{2})", 12, "{}-{:02}"),
)


@dataclass
class Trend:
    """The periods of one length that are known of a company or its segment, by their place in time."""

    company: str
    segment: str | None
    grain: Grain
    stated: dict[int, Line] = field(default_factory=dict)
    implied: dict[int, Line] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Whose revenue it is."""
        if not self.segment or self.segment == self.company:
            return self.company
        return self.segment if self.segment.startswith(self.company) else f"{self.company}, {self.segment}"

    @property
    def steps(self) -> list[int]:
        """All places in order."""
        return sorted({*self.stated, *self.implied})

    def facts(self) -> list[Line]:
        """The stated amounts that are no forecasts, in the order of time."""
        return [self.stated[step] for step in sorted(self.stated) if self.stated[step].revenue.basis != "forecast"]


def trends_of(lines: Sequence[Line], companies: Sequence[str]) -> list[Trend]:
    """The trends of lines in one currency: companies in order, the whole one before its segments; two points at least."""
    found: dict[tuple[str, str, str], Trend] = {}
    for line in lines:
        for grain in GRAINS:
            step = grain.step(line.period or "")
            if step is None:
                continue
            trend = found.setdefault((line.company, line.segment or "", grain.name), Trend(line.company, line.segment, grain))
            trend.stated[step] = line
            if line.before is None and line.implied_before() is not None:
                trend.implied[step - grain.to_a_year] = line
    kept = [trend for trend in found.values() if len(trend.steps) > 1]
    return sorted(kept, key=lambda trend: (companies.index(trend.company), trend.segment or ""))


def trend_figure(
    reading: Reading, register: Evidence, trends: Sequence[Trend], *, currency: str, link_of: Callable[[Any], Markup]
) -> Fragment:
    """The figure of trends of one length of period."""
    drawn = trends[:MOST_LINES]
    grain = drawn[0].grain
    scale, unit = axis_unit([line for trend in drawn for line in trend.stated.values()], currency)
    steps = [step for trend in drawn for step in trend.steps]
    ticks = [period_label(grain.period(step)) for step in range(min(steps), max(steps) + 1)]
    title = takeaway(reading, register, drawn)
    names = listed([trend.name for trend in drawn], 4)
    spoken = Markup(title).striptags()  # noqa: S704  # only its text is used
    label = f"Line chart of the revenue of {names} by {grain.name}, in {unit[:1].lower()}{unit[1:]}. {spoken}. A table follows."
    pages = label_links(reading, [trend.company for trend in drawn])
    lines = [
        TrendLine(trend.name, [point(register, trend, step, scale, link_of) for step in trend.steps], pages.get(trend.company))
        for trend in drawn
    ]
    basis = f"{unit}, by {grain.name}, as stated."
    if len(trends) > len(drawn):
        basis += f" The {MOST_LINES} most written about; the table has all."
    return fragment(
        "figure",
        takeaway=title,
        basis=basis,
        drawing=trend_plot(lines, ticks, label=label),
        scrolls="",
        key=key(lines) + doubts(reading, drawn),
    )


def doubts(reading: Reading, drawn: Sequence[Trend]) -> list[tuple[str, Words]]:
    """Which of the points were read with low confidence."""
    found = [
        f"{trend.name}, {period_words(trend.grain.period(step))}"
        for trend in drawn
        for step in sorted(trend.stated)
        if unsure(reading, trend.stated[step].revenue)
    ]
    return [("Read with low confidence", listed(found, 4))] if found else []


def axis_unit(lines: Sequence[Line], currency: str) -> tuple[float, str]:
    """What an axis counts in, so that the largest of stated revenues is a short number: `(1e9, "Billions of US dollars")`."""
    largest = max(abs(amount_of(line.revenue).stated or 0.0) for line in lines)
    scale, word = next(((size, word) for size, word in SCALE_NAMES if largest >= size), (1.0, "Units"))
    return scale, f"{word} of {CURRENCY_NAMES.get(currency, currency)}"


def point(register: Evidence, trend: Trend, step: int, scale: float, link_of: Callable[[Any], Markup]) -> TrendPoint:
    """A period as a point, in the axis' unit."""
    line = trend.stated.get(step)
    if line is None:
        implied = trend.implied[step]
        value = (implied.implied_before() or 0.0) / scale
        return TrendPoint(step, value, value, f"{three(value)} implied", "implied", implied_attributes(register, implied))
    amount = amount_of(line.revenue)
    low = None if amount.low is None else amount.low / scale
    high = None if amount.high is None else amount.high / scale
    forecast = line.revenue.basis == "forecast"
    kind: PointKind = "forecast" if forecast else "stated"
    text = said(Amount(low, high, None, amount.approx, word=amount.word)) + (" expected" if forecast else "")
    return TrendPoint(step, low, high, text, kind, link_of(line.revenue))


def takeaway(reading: Reading, register: Evidence, drawn: Sequence[Trend]) -> Words:
    """The figure's title: what the company that most is stated of had first and last."""
    main = max(drawn, key=lambda trend: (len(trend.facts()), len(trend.stated)))
    whose = possessive(main.company) + (f" {main.segment}" if main.segment and main.segment != main.company else "")

    def linked(line: Line) -> Markup:
        return register.link(reading.lead(line.revenue), said(amount_of(line.revenue)))

    facts, forecasts = main.facts(), [main.stated[step] for step in sorted(main.stated) if main.stated[step] not in main.facts()]
    if len(facts) > 1:
        first, last = facts[0], facts[-1]
        verb = moved(amount_of(first.revenue), amount_of(last.revenue))
        return Markup("{} revenue {} from {} in {} to {} in {}").format(
            whose, verb, linked(first), period_words(first.period), linked(last), period_words(last.period)
        )
    if facts and forecasts:
        line, expected = facts[0], forecasts[-1]
        return Markup("{} revenue was {} in {}; {} is expected for {}").format(
            whose, linked(line), period_words(line.period), linked(expected), period_words(expected.period)
        )
    if main.implied:
        line = main.implied[min(main.implied)]
        stated = Markup("{} {} for {} is {}").format(whose, linked(line), period_words(line.period), "expected" if forecasts else "stated")
        return Markup("{}; {} for the year before is only implied").format(
            stated, implied_link(register, line, line.implied_before() or 0.0)
        )
    first, last = forecasts[0], forecasts[-1]
    return Markup("{} revenue is expected to be {} in {} and {} in {}").format(
        whose, linked(first), period_words(first.period), linked(last), period_words(last.period)
    )


def key(lines: Sequence[TrendLine]) -> list[tuple[str, Words]]:
    """How to read the marks that are there."""
    points = [one for line in lines for one in line.points]
    kinds = {one.kind for one in points}
    entries: list[tuple[str, Words]] = []
    if "stated" in kinds:
        entries.append(("Disc", "an amount as stated"))
    if "implied" in kinds:
        entries.append(("Ring, dotted line", "the year before as a stated growth implies it; no one states it"))
    if "forecast" in kinds:
        entries.append(("Ring, dashed line", "an amount that is expected"))
    if any(None not in (one.low, one.high) and one.low != one.high for one in points):
        entries.append(("Stroke", "a stated range, from its disc or ring to its end"))
    if any(one.high is None for one in points):
        entries.append(("Arrow up", "“over”: no upper limit stated"))
    if any(one.low is None for one in points):
        entries.append(("Arrow down", "“up to”: no lower limit stated"))
    return entries
