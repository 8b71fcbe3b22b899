"""The figures of revenue: amounts or rates of companies on one axis, each with the way to who says so.

In: the lines of a report, its companies in order. Out: fragments. At most six companies and four periods each are drawn; a table has all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.charts.ranges import RangeGroup, RangeMark, RangeRow, range_plot
from corewatch.report.contradictions import possessive
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Fragment, Words, fragment
from corewatch.report.naming import label_links
from corewatch.report.reading import Reading
from corewatch.report.views.deal_rows import unsure
from corewatch.report.views.revenue_lines import Line, computed_link, implied_attributes, implied_link, line_detail, line_words
from corewatch.report.views.revenue_trends import GRAINS, axis_unit, trend_figure, trends_of
from corewatch.report.wording import (
    Amount,
    amount_of,
    counted,
    listed,
    metric_noun,
    period_label,
    period_words,
    said,
    start_upper,
    three,
)

MOST_COMPANIES, MOST_PERIODS, MOST_RATES = 6, 4, 18


@dataclass(frozen=True)
class RevenueFigures:
    """The drawings of one report."""

    reading: Reading
    register: Evidence
    lines: Sequence[Line]
    companies: Sequence[str]

    def all(self) -> Fragment:
        """Revenue by company and period on one axis, with what a stated growth implies for the year before."""
        currencies = [line.revenue.unit for line in self.lines if line.revenue is not None]
        if not currencies:
            return self.rates()
        currency = max(dict.fromkeys(sorted(currencies)), key=lambda code: (currencies.count(code), code == "USD"))
        chosen = [line for line in self.lines if line.revenue is not None and line.revenue.unit == currency]
        trends = trends_of(chosen, self.companies)
        shown = Fragment(Markup(""))
        for grain in GRAINS:
            same = [trend for trend in trends if trend.grain == grain]
            if same:
                shown += trend_figure(self.reading, self.register, same, currency=currency, link_of=self.link_of)
                chosen = [line for line in chosen if not any(line in trend.stated.values() for trend in same)]
        return shown + self.apart(chosen, currency, alone=not trends) if chosen else shown

    def apart(self, chosen: Sequence[Line], currency: str, *, alone: bool) -> Fragment:
        """Amounts on one axis, company by company; not `alone` where a figure of the trends stands above."""
        names = [name for name in self.companies if any(line.company == name for line in chosen)]
        latest = {name: [line for line in chosen if line.company == name][:MOST_PERIODS] for name in names[:MOST_COMPANIES]}
        drawn = [line for found in latest.values() for line in found]
        scale, unit = axis_unit(drawn, currency)
        pages = label_links(self.reading, names[:MOST_COMPANIES])
        groups = [
            RangeGroup(name, [self.range_row(line, scale) for line in drawn if line.company == name], pages.get(name))
            for name in names[:MOST_COMPANIES]
        ]
        top = max(drawn, key=lambda line: amount_of(line.revenue).stated or 0.0)
        spoken = f"The largest is {said(amount_of(top.revenue))}, {line_words(top)}."
        label = f"Dot plot of the revenue of {listed(names[:MOST_COMPANIES], 4)} in {unit[:1].lower()}{unit[1:]}. {spoken} A table follows."
        basis = f"{unit}, each for its own period, as stated. A quarter is not made a year."
        if len(drawn) < len(chosen):
            basis += f" The latest periods of {counted(len(latest), 'company', 'companies')}; the table has all."
        title = self.takeaway(drawn) if alone else self.more_words(drawn)
        plot = range_plot(groups, label=label)
        return fragment("figure", takeaway=title, basis=basis, drawing=plot, scrolls="", key=self.key(drawn))

    def rates(self) -> Fragment:
        """The stated rates of growth on one axis, where no article states an amount."""
        found = [line for line in self.lines if line.growth is not None]
        if not found:
            return Fragment(Markup('<p class="note">{}</p>').format("No revenue is stated, so there is nothing to draw."))
        pages = label_links(self.reading, [line.company for line in found])
        groups = [
            RangeGroup(
                "Growth over the year before",
                [
                    RangeRow(
                        line.company, line_detail(line) + doubt(self.reading, line),
                        [mark_of(amount_of(line.growth), 1.0, self.link_of(line.growth))], "i", pages.get(line.company),
                    )
                    for line in found[:MOST_RATES]
                ],
            )
        ]  # fmt: skip
        top = max(found, key=lambda line: amount_of(line.growth).stated or 0.0)
        shown = found[:MOST_RATES]
        start = "The highest stated growth is" if len(found) > 1 else "One growth is stated:"
        takeaway = Markup("{} {}, {}").format(start, self.linked(top.growth), line_words(top))
        label = f"Dot plot of {counted(len(shown), 'rate')} of growth in per cent. {takeaway.striptags()}. A table follows."
        return fragment(
            "figure", takeaway=takeaway, basis="Per cent, as stated. No article states the amounts.",
            drawing=range_plot(groups, label=label),
            scrolls="", key=[],
        )  # fmt: skip

    def takeaway(self, drawn: Sequence[Line]) -> Words:
        """The figure's title."""
        pairs = [line for line in drawn if line.computed_growth() is not None]
        implied = [line for line in drawn if line.growth is not None and line.before is None]
        if pairs:
            line = max(pairs, key=lambda one: abs(one.computed_growth() or 0.0))
            shown = computed_link(self.register, line, line.computed_growth() or 0.0)
            between = f"between {period_words(line.before.period)} and {period_words(line.period)}"
            most = "changed most" if len(pairs) > 1 else "changed"
            return Markup("{} revenue {}: {} {}").format(possessive(line.company), most, shown, between)
        if implied:
            line = implied[0]
            before = line.implied_before()
            if before is not None:
                amount, when = self.linked(line.revenue), period_words(line.period)
                stated = Markup("{} {} for {} is stated").format(possessive(line.company), amount, when)
                return Markup("{}; {} for the year before is only implied").format(stated, implied_link(self.register, line, before))
        if len(drawn) == 1:
            return Markup("One revenue is known: {}, {}").format(self.linked(drawn[0].revenue), line_words(drawn[0]))
        names = list(dict.fromkeys(line.company for line in drawn))
        return f"{start_upper(counted(len(drawn), 'revenue'))} of {listed(names, 3)}; no two periods of one company can be compared"

    def linked(self, row: Any) -> Markup:
        """A measure's amount as a link to its words."""
        return self.register.link(self.reading.lead(row), said(amount_of(row)))

    def more_words(self, drawn: Sequence[Line]) -> str:
        """The title where the trends of others stand above."""
        names = listed(list(dict.fromkeys(line.company for line in drawn)), 3)
        return f"{start_upper(counted(len(drawn), 'more revenue'))} of {names}, with no other period of the same length"

    def key(self, drawn: Sequence[Line]) -> list[tuple[str, Words]]:
        """How to read the marks that are there."""
        entries: list[tuple[str, Words]] = [("Disc", "an amount as stated")]
        implied = any(line.implied_before() is not None and line.before is None for line in drawn)
        rings = ["a forecast"] * any(line.revenue.basis == "forecast" for line in drawn)
        rings += ["the year before as a stated growth implies it, written “implied”; no one states it"] * implied
        if rings:
            entries.append(("Ring", "; or ".join(rings)))
        if any(amount_of(line.revenue).high is None for line in drawn):
            entries.append(("Bar open to the right", "“over”: no upper limit stated"))
        return entries

    def range_row(self, line: Line, scale: float) -> RangeRow:
        """A line as a row of the figure."""
        marks = [mark_of(amount_of(line.revenue), scale, self.link_of(line.revenue), forecast=line.revenue.basis == "forecast")]
        implied = line.implied_before()
        if implied is not None and line.before is None:
            link = implied_attributes(self.register, line)
            marks.append(RangeMark(implied / scale, implied / scale, f"{three(implied / scale)} implied", "ring", link))
        return RangeRow(period_label(line.period), line_detail(line) + doubt(self.reading, line), marks, "i")

    def link_of(self, row: Any) -> Markup:
        """The attributes of a mark's link."""
        return self.register.attributes(
            self.reading.lead(row), label=f"{row.company}, {metric_noun(row)}, {period_words(row.period)}: {said(amount_of(row))}"
        )


def doubt(reading: Reading, line: Line) -> str:
    """That a line was read with low confidence, after its detail."""
    return ", read with low confidence" if any(unsure(reading, row) for row in (line.revenue, line.growth) if row is not None) else ""


def mark_of(amount: Amount, scale: float, link: Markup, *, forecast: bool = False) -> RangeMark:
    """An amount as a mark in the axis' unit."""
    low = None if amount.low is None else amount.low / scale
    high = None if amount.high is None else amount.high / scale
    unit = amount.unit if amount.unit == "%" else None
    return RangeMark(low, high, said(Amount(low, high, unit, amount.approx, word=amount.word)), "ring" if forecast else "disc", link)
