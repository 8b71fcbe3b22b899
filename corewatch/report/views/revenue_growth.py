"""The report on how fast revenue grows: growth as stated beside growth as computed, who pays, and other measures of size.

In: `metrics` with their mentions. Judgements made here: growth is over the year before unless a text says otherwise, so a stated rate and
amount imply an earlier amount; a stated earlier amount is compared with it; a forecast is never taken for a fact; one known period says
nothing about growth, and the page says that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from corewatch.report.charts.ranges import RangeGroup, RangeMark, RangeRow, range_plot
from corewatch.report.contradictions import possessive
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    fragment,
    listed_markup,
    number_cell,
    quiet,
    table,
)
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.reading import rows
from corewatch.report.views.deal_rows import article_links, sources_said
from corewatch.report.views.deal_sizes import CURRENCY_NAMES, SCALE_NAMES
from corewatch.report.views.witness import confidence, sides, witness_strip
from corewatch.report.wording import (
    NOT_STATED,
    Amount,
    amount_of,
    counted,
    listed,
    metric_noun,
    money,
    period_label,
    period_words,
    plain,
    said,
    start_upper,
    three,
)
from corewatch.tables import METRICS, Tables

MOST_COMPANIES, MOST_PERIODS = 6, 4
# A stated and a computed rate that differ by less than this share of growth are the same rate, rounded.
SAME_RATE = 0.02
ABOUT_REVENUE = ("revenue", "revenue_growth", "revenue_share")


@dataclass
class Line:
    """What is known of one company's revenue in one period."""

    company: str
    segment: str | None
    period: str | None
    revenue: Any = None
    growth: Any = None
    before: Any = None
    forecasts: list[Any] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str]:
        """The order of lines: by company, the whole company first, the latest period first."""
        return self.company, self.segment or "", self.period or ""

    def implied_before(self) -> float | None:
        """The revenue of the year before that a stated amount and rate imply."""
        if self.revenue is None or self.growth is None:
            return None
        revenue, rate = amount_of(self.revenue), amount_of(self.growth)
        if revenue.stated is None or rate.stated is None or rate.stated <= -100:
            return None
        return revenue.stated / (1 + rate.stated / 100)

    def computed_growth(self) -> float | None:
        """The growth that two stated amounts give, in per cent."""
        if self.revenue is None or self.before is None or self.revenue.unit != self.before.unit:
            return None
        now, then = amount_of(self.revenue).stated, amount_of(self.before).stated
        return (now / then - 1) * 100 if now is not None and then else None


class RevenueGrowth(Report):
    """How fast revenue grows."""

    name = "revenue_growth"

    def __init__(self, tables: Tables, parameters: Mapping[str, Value]) -> None:
        super().__init__(tables, parameters)
        asked = str(self.parameters.get("company", "")).strip().casefold()
        self.metrics = [row for row in self.reading.metrics if not asked or row.company.casefold() == asked]
        self.lines = lines_of(self.metrics)
        self.companies = by_weight(self.metrics)

    def chosen_conflicts(self) -> list[str] | None:
        """The disagreements about the measures that are shown."""
        keys = {row.metric_id for row in self.metrics} | {f"{m.company}/{m.metric}/{m.period or ''}" for m in self.metrics}
        return [row.conflict_id for row in self.reading.conflicts if row.table == "metrics" and row.key in keys]

    def headline(self) -> Line | None:
        """The line that says most: growth before amounts, two periods before one, then the company most written about."""
        whole = [line for line in self.lines if line.revenue is not None or line.growth is not None]
        if not whole:
            return None

        def rank(line: Line) -> tuple[Any, ...]:
            says = (line.growth is not None, line.computed_growth() is not None, line.revenue is not None)
            return (
                line.segment is not None, not (says[0] or says[1]), self.companies.index(line.company), -sum(says),
                "".join(chr(0x10FFFF - ord(c)) for c in line.period or ""),
            )  # fmt: skip

        return min(whole, key=rank)

    def answer(self, question: str = "", href: str = "") -> Fragment:
        """How fast revenue grew, who says so, and whether it can be checked."""
        line = self.headline()
        more = {"href": href, "text": "Every measure"} if href else None
        if line is None:
            sure = confidence(self.reading, ())
            return fragment(
                "answer", question=question, claim=self.nothing("revenue and no growth of revenue"), but=[], more=more,
                one="0", one_note="statements of revenue", strip=witness_strip(self.reading, ()), sure=sure.word, sure_note=sure.note,
            )  # fmt: skip
        growth = line.growth
        computed = line.computed_growth()
        main = growth if growth is not None else line.revenue
        mentions = self.reading.mentions(main)
        agree, differ = sides(main, mentions, self.metric_conflicts(main))
        if growth is not None:
            one, note = self.register.link(self.reading.lead(growth), signed(amount_of(growth))), growth_note(line)
            says = "state the growth"
        elif computed is not None:
            one, note = self.computed_link(line, computed), growth_note(line)
            says = "state the revenue"
        else:
            one = self.register.link(self.reading.lead(line.revenue), said(amount_of(line.revenue), short=True))
            note, says = f"{metric_noun(line.revenue)}, {period_words(line.period)}", "state the revenue"
        sure = confidence(self.reading, agree, differ)
        return fragment(
            "answer", question=question, claim=self.claim(line), but=self.but_lines(line), more=more, one=one,
            one_note=f"{line.company}: {note}",
            strip=witness_strip(self.reading, agree, differ, says=says), sure=sure.word, sure_note=sure.note,
        )  # fmt: skip

    def metric_conflicts(self, row: Any) -> list[Any]:
        """The material conflicts of a metric, whichever way its key is written."""
        return [c for key in (row.metric_id, f"{row.company}/{row.metric}/{row.period or ''}") for c in self.reading.conflicts_of(key)]

    def claim(self, line: Line) -> Markup:
        """The answer in a sentence."""
        whose = f"{possessive(line.company)} {line.segment + ' ' if line.segment else ''}revenue"
        when = f" in {period_words(line.period)}" if line.period else ""
        link = self.register.link
        if line.growth is not None:
            rate = amount_of(line.growth)
            fell = (rate.stated or 0) < 0
            shown = link(self.reading.lead(line.growth), said(unsigned(rate)))
            to = (
                Markup(", to {}").format(link(self.reading.lead(line.revenue), said(amount_of(line.revenue))))
                if line.revenue is not None
                else Markup("")
            )
            expected = "is expected to " if line.growth.basis == "forecast" else ""
            verb = {(False, ""): "rose", (True, ""): "fell"}.get((fell, expected), f"{expected}{'fall' if fell else 'rise'}")
            return Markup("{} {} {}{}{}.").format(whose, verb, shown, when, to)
        revenue = link(self.reading.lead(line.revenue), said(amount_of(line.revenue)))
        computed = line.computed_growth()
        if computed is not None and line.before is not None:
            before = link(self.reading.lead(line.before), said(amount_of(line.before)))
            verb = "rose" if computed >= 0 else "fell"
            return Markup("{} {} from {} in {} to {}{}.").format(whose, verb, before, period_words(line.before.period), revenue, when)
        verb = "is expected to be" if line.revenue.basis == "forecast" else "was"
        return Markup("{} {} {}{}.").format(whose, verb, revenue, when)

    def but_lines(self, line: Line) -> list[Words]:
        """Whether the growth can be checked: against a stated earlier amount, else what it implies for one."""
        out: list[Words] = []
        implied, computed = line.implied_before(), line.computed_growth()
        earlier = period_words(year_before(line.period)) if year_before(line.period) else "the year before"
        if implied is not None and line.before is None:
            says = counted(len({m.doc_id for m in self.reading.mentions(line.growth)}), "article")
            out.append(
                Markup("{} {} so. It implies about {} for {}, which no article states, so the growth can’t be checked.").format(
                    start_upper(says), "says" if says.startswith("one ") else "say", self.implied_link(line, implied), earlier
                )
            )
        elif line.growth is not None and computed is not None:
            rate = amount_of(line.growth).stated or 0.0
            same = abs(computed - rate) <= max(SAME_RATE * abs(rate), 1.0)
            out.append(
                Markup("The amounts stated for both periods give {}, which {} the stated rate.").format(
                    self.computed_link(line, computed), "fits" if same else "does not fit"
                )
            )
        elif line.growth is None and computed is None:
            out.append("Only one period is known, which says nothing about growth.")
        elif line.growth is None:
            out.append("No article states the rate; it is computed from the two amounts.")
        else:
            out.append("No amount is stated with it, so the growth can’t be checked.")
        others = [name for name in self.companies if name != line.company and any(x.company == name for x in self.lines)]
        if others:
            out.append(f"Revenue is also stated for {listed(others, 4)}.")
        return out

    def implied_link(self, line: Line, value: float) -> Markup:
        """The earlier revenue that a stated amount and rate imply, as a computed number."""
        revenue = amount_of(line.revenue)
        few = 2 if value < (revenue.stated or 0.0) / 3 else 3
        return self.register.computed(money(value, revenue.unit, digits=few), implied_words(line, value))

    def computed_link(self, line: Line, value: float) -> Markup:
        """The growth that two stated amounts give, as a computed number."""
        now, then = amount_of(line.revenue), amount_of(line.before)
        sums = (
            f"{money(now.stated or 0, now.unit)} ÷ {money(then.stated or 0, then.unit)} − 1 = {three(value)}%, "
            f"{line.company}, {period_words(line.period)} over {period_words(line.before.period)}."
        )
        return self.register.computed(f"{'+' if value >= 0 else ''}{three(value)}%", sums)

    def growth(self) -> Fragment:
        """Revenue by company and period on one axis, with what a stated growth implies for the year before."""
        currencies = [line.revenue.unit for line in self.lines if line.revenue is not None]
        if not currencies:
            return self.rates()
        currency = max(dict.fromkeys(sorted(currencies)), key=lambda code: (currencies.count(code), code == "USD"))
        chosen = [line for line in self.lines if line.revenue is not None and line.revenue.unit == currency]
        names = [name for name in self.companies if any(line.company == name for line in chosen)]
        latest = {name: [line for line in chosen if line.company == name][:MOST_PERIODS] for name in names[:MOST_COMPANIES]}
        drawn = [line for found in latest.values() for line in found]
        largest = max(abs(amount_of(line.revenue).stated or 0.0) for line in drawn)
        scale, word = next(((size, word) for size, word in SCALE_NAMES if largest >= size), (1.0, "Units"))
        unit = f"{word} of {CURRENCY_NAMES.get(currency, currency)}"
        groups = [
            RangeGroup(name, [self.range_row(line, scale) for line in drawn if line.company == name]) for name in names[:MOST_COMPANIES]
        ]
        top = max(drawn, key=lambda line: amount_of(line.revenue).stated or 0.0)
        spoken = f"The largest is {said(amount_of(top.revenue))}, {line_words(top)}."
        label = f"Dot plot of the revenue of {listed(names[:MOST_COMPANIES], 4)} in {unit.lower()}. {spoken} A table follows."
        basis = f"{unit}, each for its own period, as stated. A quarter is not made a year."
        if len(drawn) < len(chosen):
            basis += f" The latest periods of {counted(len(latest), 'company', 'companies')}; the table has all."
        return fragment(
            "figure", takeaway=self.takeaway(drawn), basis=basis, drawing=range_plot(groups, label=label), scrolls="", key=self.key(drawn)
        )

    def rates(self) -> Fragment:
        """The stated rates of growth on one axis, where no article states an amount."""
        found = [line for line in self.lines if line.growth is not None]
        if not found:
            return Fragment(Markup('<p class="note">{}</p>').format("No revenue is stated, so there is nothing to draw."))
        groups = [
            RangeGroup(
                "Growth over the year before",
                [
                    RangeRow(line.company, line_detail(line), [mark_of(amount_of(line.growth), 1.0, self.link_of(line.growth))], "i")
                    for line in found[:18]
                ],
            )
        ]  # fmt: skip
        top = max(found, key=lambda line: amount_of(line.growth).stated or 0.0)
        takeaway = f"The highest stated growth is {said(amount_of(top.growth))}, {line_words(top)}"
        label = f"Dot plot of {counted(len(found), 'rate')} of growth in per cent. {takeaway}. A table follows."
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
            line = max(pairs, key=lambda one: one.computed_growth() or 0.0)
            value = line.computed_growth() or 0.0
            return Markup("{} revenue changed most: {} between {} and {}").format(
                possessive(line.company), self.computed_link(line, value), period_words(line.before.period), period_words(line.period)
            )
        if implied:
            line = implied[0]
            before = line.implied_before()
            if before is not None:
                return Markup("{} {} for {} is stated; {} for the year before is only implied").format(
                    possessive(line.company), said(amount_of(line.revenue)), period_words(line.period), self.implied_link(line, before)
                )
        if len(drawn) == 1:
            return f"One revenue is known: {said(amount_of(drawn[0].revenue))}, {line_words(drawn[0])}"
        names = list(dict.fromkeys(line.company for line in drawn))
        return f"{start_upper(counted(len(drawn), 'revenue'))} of {listed(names, 3)}; no two periods of one company can be compared"

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
            item = self.register.computation(implied_words(line, implied))
            link = Markup(' class="n computed" href="#e{0}" data-e="{0}" aria-describedby="e{0}" aria-label="{1}"').format(
                item.number, f"{line.company}, the year before, implied: {money(implied, line.revenue.unit, digits=3)}"
            )
            marks.append(RangeMark(implied / scale, implied / scale, f"{three(implied / scale)} implied", "ring", link))
        return RangeRow(period_label(line.period), line_detail(line), marks, "i")

    def link_of(self, row: Any) -> Markup:
        """The attributes of a mark's link."""
        return self.register.attributes(
            self.reading.lead(row), label=f"{row.company}, {metric_noun(row)}, {period_words(row.period)}: {said(amount_of(row))}"
        )

    def table(self) -> Fragment:
        """Revenue and growth by company and period, as stated and as computed."""
        shown = [line for line in self.lines if line.revenue is not None or line.growth is not None]
        if not shown:
            return Fragment(Markup('<p class="note">{}</p>').format("No revenue and no growth of revenue is stated."))
        found = [
            TableRow([*self.line_cells(line)])
            for line in sorted(shown, key=lambda line: (self.companies.index(line.company), line.segment or "", reverse(line.period)))
        ]
        columns = [
            Column("Company"), Column("Period"), Column("Revenue", "num"), Column("Growth, stated", "num"),
            Column("Growth, computed", "num"),
            Column("The year before", "num"), Column("Articles"),
        ]  # fmt: skip
        caption = f"{start_upper(counted(len(found), 'period'))}. Dots under a number: computed, and by no one stated."
        return table("Revenue by company and period", columns, found, caption=caption)

    def line_cells(self, line: Line) -> list[Cell]:
        """A line as the cells of its row."""
        computed, implied = line.computed_growth(), line.implied_before()
        before: Words = quiet(NOT_STATED)
        if line.before is not None:
            before = self.register.link(self.reading.lead(line.before), said(amount_of(line.before)))
        elif implied is not None:
            before = Markup("{} implied").format(self.implied_link(line, implied))
        name: Words = Markup("{}<br>{}").format(line.company, quiet(line.segment)) if line.segment else line.company
        forecast = any(one is not None and one.basis == "forecast" for one in (line.revenue, line.growth))
        period = period_label(line.period) if line.period else NOT_STATED
        mentions = [m for one in (line.revenue, line.growth) if one is not None for m in self.reading.mentions(one)]
        return [
            Cell(name),
            Cell(
                Markup("{}<br>{}").format(period, quiet("forecast")) if forecast else period if line.period else quiet(period),
                line.period or "",
            ),
            self.amount_cell(line.revenue),
            self.amount_cell(line.growth, sign=True),
            number_cell(self.computed_link(line, computed) if computed is not None else quiet("not possible"), computed),
            number_cell(before, amount_of(line.before).stated if line.before is not None else implied),
            Cell(article_links(self.reading, mentions)),
        ]

    def amount_cell(self, row: Any, *, sign: bool = False) -> Cell:
        """A metric's amount as a linked cell, or what is missing."""
        if row is None:
            return number_cell(quiet(NOT_STATED), None)
        amount = amount_of(row)
        return number_cell(self.register.link(self.reading.lead(row), signed(amount) if sign else said(amount)), amount.stated)

    def customers(self) -> Fragment:
        """Who drives revenue: stated shares of it, then customers that are only named."""
        shares = [row for row in self.metrics if row.metric == "revenue_share"]
        names = {row.company for row in self.metrics}
        found = [
            TableRow([
                Cell(row.company), Cell(row.counterpart or quiet("unnamed")), self.amount_cell(row),
                Cell(period_label(row.period) if row.period else quiet(NOT_STATED), row.period or ""),
                Cell(article_links(self.reading, self.reading.mentions(row))), Cell(sources_said(self.reading, row, row.metric_id)),
            ])
            for row in sorted(shares, key=lambda one: (one.company, -(amount_of(one).stated or 0.0), one.counterpart or ""))
        ]  # fmt: skip
        parts = Markup("")
        if found:
            columns = [
                Column("Company"), Column("Customer"), Column("Share of revenue", "num"), Column("Period"),
                Column("Articles"), Column("Sources", "roomy"),
            ]  # fmt: skip
            parts += table(
                "Shares of revenue", columns, found, caption=f"{start_upper(counted(len(found), 'share'))} of revenue, as stated"
            ).markup
        else:
            parts += Markup('<p class="note">{}</p>').format("No article states what share of a company’s revenue comes from a customer.")
        ties = [row for row in rows(self.tables.relations) if row.relation == "customer_of" and (row.target in names or not names)]
        if ties:
            by_target: dict[str, dict[str, Any]] = {}
            for tie in ties:
                by_target.setdefault(tie.target, {}).setdefault(tie.source, tie)
            spoken = [
                Markup("{} of {}").format(listed_markup([self.register.link(tie, source) for source, tie in sources.items()], 6), target)
                for target, sources in sorted(by_target.items())
            ]
            parts += Markup('<p class="note after">Named as customers, without a share: {}.</p>').format(Markup("; ").join(spoken))
        return Fragment(parts)

    def sizes(self) -> Fragment:
        """Every other measure of a company: price, size, debt, power."""
        shown = [row for row in self.metrics if row.metric not in ABOUT_REVENUE]
        if not shown:
            return Fragment(Markup('<p class="note">{}</p>').format("No other measure of a company is stated."))
        order = {name: place for place, name in enumerate(METRICS)}
        shown.sort(key=lambda row: (self.companies.index(row.company), order[row.metric], reverse(row.period), row.metric_id))
        found = [
            TableRow([
                Cell(row.company), Cell(start_upper(metric_noun(row))), self.amount_cell(row, sign=row.metric == "share_price_change"),
                Cell(period_cell(row), row.period or ""),
                Cell(article_links(self.reading, self.reading.mentions(row))), Cell(sources_said(self.reading, row, row.metric_id)),
            ])
            for row in shown
        ]  # fmt: skip
        columns = [
            Column("Company"),
            Column("Measure"),
            Column("Value", "num"),
            Column("Period"),
            Column("Articles"),
            Column("Sources", "roomy"),
        ]
        caption = f"{start_upper(counted(len(found), 'measure'))} of {counted(len({row.company for row in shown}), 'company', 'companies')}"
        return table("Other measures", columns, found, caption=caption)


def lines_of(metrics: Sequence[Any]) -> list[Line]:
    """Revenue, its growth and the revenue of the year before, joined by company, segment and period."""
    lines: dict[tuple[str, str, str], Line] = {}
    revenue = [row for row in metrics if row.metric == "revenue" and not row.counterpart]
    growth = [row for row in metrics if row.metric == "revenue_growth" and not row.counterpart]
    for row in sorted([*revenue, *growth], key=lambda one: (one.basis == "forecast", -one.n_documents, one.metric_id)):
        line = lines.setdefault((row.company, row.segment or "", row.period or ""), Line(row.company, row.segment, row.period))
        if row.metric == "revenue" and line.revenue is None:
            line.revenue = row
        elif row.metric == "revenue_growth" and line.growth is None:
            line.growth = row
    for line in lines.values():
        earlier = lines.get((line.company, line.segment or "", year_before(line.period) or "none"))
        line.before = earlier.revenue if earlier is not None else None
    return sorted(lines.values(), key=lambda line: (line.company, line.segment or "", reverse(line.period)))


def by_weight(metrics: Sequence[Any]) -> list[str]:
    """Companies, those first that most articles and then most mentions speak of."""
    weight: dict[str, tuple[int, int]] = {}
    for row in metrics:
        about = row.metric in ABOUT_REVENUE
        most, total = weight.get(row.company, (0, 0))
        weight[row.company] = (max(most, row.n_documents if about else 0), total + row.n_mentions)
    return sorted(weight, key=lambda name: (-weight[name][0], -weight[name][1], name))


def year_before(period: str | None) -> str | None:
    """The same period a year earlier: `2023-Q4` of `2024-Q4`."""
    if not period or not period[:4].isdigit():
        return None
    return f"{int(period[:4]) - 1}{period[4:]}"


def reverse(period: str | None) -> tuple[int, ...]:
    """A key that puts later periods first and unknown ones last."""
    return tuple(-ord(character) for character in period or "") or (1,)


def signed(amount: Amount) -> str:
    """A rate with its sign: `+737%`, `−5%`, `over +100%`."""
    text = said(amount)
    first = amount.stated
    if first is None or first < 0 or amount.low != amount.high:
        return text
    return text.replace("about ", "about +") if amount.approx else f"+{text}"


def unsigned(amount: Amount) -> Amount:
    """A fall as the size of the fall."""
    if (amount.stated or 0) >= 0:
        return amount
    low, high = amount.low, amount.high
    return Amount(-high if high is not None else None, -low if low is not None else None, amount.unit, amount.approx)


def growth_note(line: Line) -> str:
    """What the one number of the answer is: `revenue, 2024 over 2023`."""
    before = year_before(line.period)
    return f"revenue, {period_words(line.period)} over {period_words(before)}" if before else "growth of revenue"


def line_words(line: Line) -> str:
    """Whose and when, in a sentence."""
    return f"{line.company}{', ' + line.segment if line.segment else ''}, {period_words(line.period)}"


def line_detail(line: Line) -> str:
    """The second line of a row: segment, what was stated, forecast."""
    parts = [line.segment] if line.segment else []
    parts += ["forecast"] if line.revenue is not None and line.revenue.basis == "forecast" else []
    if line.growth is not None and line.revenue is not None:
        parts.append(f"growth stated as {signed(amount_of(line.growth))}")
    elif line.revenue is None:
        parts.append(period_words(line.period))
    return ", ".join(parts) or "as stated"


def mark_of(amount: Amount, scale: float, link: Markup, *, forecast: bool = False) -> RangeMark:
    """An amount as a mark in the axis' unit."""
    low = None if amount.low is None else amount.low / scale
    high = None if amount.high is None else amount.high / scale
    unit = amount.unit if amount.unit == "%" else None
    return RangeMark(low, high, said(Amount(low, high, unit, amount.approx)), "ring" if forecast else "disc", link)


def implied_words(line: Line, value: float) -> str:
    """The arithmetic of an implied earlier revenue."""
    revenue, rate = amount_of(line.revenue), amount_of(line.growth)
    return (
        f"{money(revenue.stated or 0, revenue.unit)} ÷ (1 + {plain(rate.stated or 0)} ÷ 100) = {money(value, revenue.unit, digits=3)}, "
        f"the revenue of {line.company} a year before {period_words(line.period)} that the two figures imply."
    )


def period_cell(row: Any) -> Words:
    """A period, or that none is stated; a forecast says so."""
    shown: Words = period_label(row.period) if row.period else quiet(NOT_STATED)
    return Markup("{}<br>{}").format(shown, quiet("forecast")) if row.basis == "forecast" else shown


REPORT = RevenueGrowth
