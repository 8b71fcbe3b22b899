"""The report on how fast revenue grows: growth as stated beside growth as computed, who pays, and other measures of size.

In: `metrics` with their mentions. Judgements made here: growth is over the year before unless a text says otherwise, so a stated rate and
amount imply an earlier amount; a stated earlier amount is compared with it; a forecast is never taken for a fact; one known period says
nothing about growth, and the page says that.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from corewatch.contract import METRICS
from corewatch.report.answer import Answer, answer
from corewatch.report.contradictions import possessive
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    listed_markup,
    number_cell,
    quiet,
    table,
)
from corewatch.report.naming import company_link
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.reading import rows
from corewatch.report.views.concentration import concentrations
from corewatch.report.views.deal_rows import LEAST_SURE, article_links, sources_said, sureness_of, unsure
from corewatch.report.views.revenue_figures import RevenueFigures
from corewatch.report.views.revenue_lines import (
    ABOUT_REVENUE,
    Line,
    by_weight,
    computed_link,
    growth_note,
    implied_link,
    lines_of,
    moved,
    reverse,
    signed,
    unsigned,
    year_before,
)
from corewatch.report.views.witness import confidence, sides, sure_words, witness_strip
from corewatch.report.wording import (
    NOT_STATED,
    Amount,
    amount_of,
    counted,
    listed,
    metric_noun,
    names_of,
    period_label,
    period_words,
    said,
    start_upper,
)
from corewatch.tables import Tables

# A stated and a computed rate that differ by less than this share of growth are the same rate, rounded.
SAME_RATE = 0.02


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
                # What was read with low confidence alone does not lead while there is anything else.
                self.doubtful(line), line.segment is not None, not (says[0] or says[1]), self.companies.index(line.company), -sum(says),
                "".join(chr(0x10FFFF - ord(c)) for c in line.period or ""),
            )  # fmt: skip

        return min(whole, key=rank)

    def answer(self, question: str = "", href: str = "") -> Answer:
        """How fast revenue grew, who says so, and whether it can be checked."""
        line = self.headline()
        more = {"href": href, "text": "Every measure"} if href else None
        if line is None:
            sure = confidence(self.reading, ())
            return answer(
                self.reading, question=question, claim=self.nothing("revenue and no growth of revenue"), but=[], more=more,
                one="0", one_note="statements of revenue", strip=witness_strip(self.reading, ()), sure=sure.word, sure_note=sure.note,
            )  # fmt: skip
        growth = line.growth
        computed = line.computed_growth()
        main = growth if growth is not None else line.revenue
        mentions = self.reading.mentions(main)
        agree, differ = sides(main, mentions, self.metric_conflicts(main))
        if growth is not None:
            one, note = self.register.link(self.reading.lead(growth), signed(amount_of(growth))), growth_note(line)
            says, number = "state the growth", amount_of(growth)
        elif computed is not None:
            one, note = computed_link(self.register, line, computed), growth_note(line)
            says, number = "state the revenue", Amount(computed, computed, "%")
        else:
            one = self.register.link(self.reading.lead(line.revenue), said(amount_of(line.revenue), short=True))
            note, says = f"{metric_noun(line.revenue)}, {period_words(line.period)}", "state the revenue"
            number = amount_of(line.revenue)
        sure = confidence(self.reading, agree, differ, sources=int(main.n_sources))
        return answer(
            self.reading, question=question, claim=self.claim(line) + self.doubt(line), but=self.but_lines(line), more=more, one=one,
            one_note=f"{line.company}: {note}",
            strip=witness_strip(self.reading, agree, differ, says=says), sure=sure.word, sure_note=sure.note,
            number=number, articles=len(agree | differ),
            mention_id=None if growth is None and computed is not None else self.reading.lead(main).mention_id,
        )  # fmt: skip

    def doubtful(self, line: Line) -> bool:
        """Whether a stated amount or rate of a line was read with low confidence."""
        return any(unsure(self.reading, row) for row in (line.revenue, line.growth) if row is not None)

    def doubt(self, line: Line) -> str:
        """That a line was read with low confidence, as a sentence; nothing where it was not."""
        least = min(sureness_of(self.reading, row) for row in (line.growth, line.revenue) if row is not None)
        return f" It was read with low confidence ({least:.2f})." if least < LEAST_SURE else ""

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
            verb = moved(amount_of(line.before), amount_of(line.revenue))
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
                    start_upper(says), "says" if says.startswith("one ") else "say", implied_link(self.register, line, implied), earlier
                )
            )
        elif line.growth is not None and computed is not None:
            rate = amount_of(line.growth).stated or 0.0
            same = abs(computed - rate) <= max(SAME_RATE * abs(rate), 1.0)
            out.append(
                Markup("The amounts stated for both periods give {}, which {} the stated rate.").format(
                    computed_link(self.register, line, computed), "fits" if same else "does not fit"
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

    def growth(self) -> Fragment:
        """Revenue by company and period, drawn, with what a stated growth implies for the year before."""
        return self.named(RevenueFigures(self.reading, self.register, self.lines, self.companies).all())

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
            Column("Company", filter="Company"), Column("Period"), Column("Revenue", "num"), Column("Growth, stated", "num"),
            Column("Growth, computed", "num"),
            Column("The year before", "num"), Column("Articles"), Column("Confidence", "roomy", "Confidence"),
        ]  # fmt: skip
        caption = f"{start_upper(counted(len(found), 'period'))}. Dots under a number: computed, and by no one stated."
        return table("Revenue by company and period", columns, found, caption=caption, sources=("metrics", "metric_mentions"))

    def line_cells(self, line: Line) -> list[Cell]:
        """A line as the cells of its row."""
        computed, implied = line.computed_growth(), line.implied_before()
        before: Words = quiet(NOT_STATED)
        if line.before is not None:
            before = self.register.link(self.reading.lead(line.before), said(amount_of(line.before)))
        elif implied is not None:
            before = Markup("{} implied").format(implied_link(self.register, line, implied))
        name = company_link(self.reading, line.company)
        name = Markup("{}<br>{}").format(name, quiet(line.segment)) if line.segment else name
        forecast = any(one is not None and one.basis == "forecast" for one in (line.revenue, line.growth))
        period = period_label(line.period) if line.period else NOT_STATED
        mentions = [m for one in (line.revenue, line.growth) if one is not None for m in self.reading.mentions(one)]
        return [
            Cell(name, group=line.company),
            Cell(
                Markup("{}<br>{}").format(period, quiet("forecast")) if forecast else period if line.period else quiet(period),
                line.period or "",
            ),
            self.amount_cell(line.revenue),
            self.amount_cell(line.growth, sign=True),
            number_cell(computed_link(self.register, line, computed) if computed is not None else quiet("not possible"), computed),
            number_cell(before, amount_of(line.before).stated if line.before is not None else implied),
            Cell(article_links(self.reading, mentions)),
            self.confidence_cell(line),
        ]

    def confidence_cell(self, line: Line) -> Cell:
        """How sure revenue and growth are, in words with their count; of both where they differ in it."""
        told: dict[tuple[str, str], list[str]] = {}
        for row, noun in ((line.revenue, "revenue"), (line.growth, "growth")):
            if row is not None:
                agree, differ = sides(row, self.reading.mentions(row), self.metric_conflicts(row))
                told.setdefault(sure_words(agree, differ, int(row.n_sources)), []).append(noun)
        parts = [
            Markup("{}{} {}").format("" if len(told) == 1 else f"{names[0]} ", word, quiet(count)) for (word, count), names in told.items()
        ]
        least = min(told, key=lambda one: ("contested", "none", "low", "high").index(one[0]))[0]
        doubts = [quiet("read with low confidence")] * self.doubtful(line)
        return Cell(Markup("<br>").join([*parts, *doubts]), group=least)

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
                Cell(company_link(self.reading, row.company)),
                Cell(company_link(self.reading, row.counterpart) if row.counterpart else quiet("unnamed")), self.amount_cell(row),
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
                "Shares of revenue",
                columns,
                found,
                sources=("metrics", "metric_mentions"),
                caption=f"{start_upper(counted(len(found), 'share'))} of revenue, as stated",
            ).markup
            parts += Markup("").join(
                Markup('<p class="note after">{}</p>').format(line) for line in concentrations(self.reading, self.register, shares)
            )
        else:
            parts += Markup('<p class="note">{}</p>').format("No article states what share of a company’s revenue comes from a customer.")
        told = {(row.company, name) for row in shares for name in names_of(row.counterpart)}
        ties = [row for row in rows(self.tables.relations) if row.relation == "customer_of" and (row.target in names or not names)]
        ties = [row for row in ties if (row.target, row.source) not in told]
        if ties:
            by_target: dict[str, dict[str, Any]] = {}
            for tie in ties:
                by_target.setdefault(tie.target, {}).setdefault(tie.source, tie)
            spoken = [
                Markup("{} of {}").format(listed_markup([self.register.link(tie, source) for source, tie in sources.items()], 6), target)
                for target, sources in sorted(by_target.items())
            ]
            parts += Markup('<p class="note after">Named as customers, without a share: {}.</p>').format(Markup("; ").join(spoken))
        return self.named(Fragment(parts))

    def sizes(self) -> Fragment:
        """Every other measure of a company: price, size, debt, power."""
        shown = [row for row in self.metrics if row.metric not in ABOUT_REVENUE]
        if not shown:
            return Fragment(Markup('<p class="note">{}</p>').format("No other measure of a company is stated."))
        order = {name: place for place, name in enumerate(METRICS)}
        shown.sort(key=lambda row: (self.companies.index(row.company), order[row.metric], reverse(row.period), row.metric_id))
        found = [
            TableRow([
                Cell(company_link(self.reading, row.company), group=row.company),
                Cell(self.measure(row), group=start_upper(metric_noun(row))),
                self.amount_cell(row, sign=row.metric == "share_price_change"),
                Cell(period_cell(row), row.period or ""),
                Cell(article_links(self.reading, self.reading.mentions(row))), Cell(sources_said(self.reading, row, row.metric_id)),
            ])
            for row in shown
        ]  # fmt: skip
        columns = [
            Column("Company", filter="Company"),
            Column("Measure", filter="Measure"),
            Column("Value", "num"),
            Column("Period"),
            Column("Articles"),
            Column("Sources", "roomy"),
        ]
        caption = f"{start_upper(counted(len(found), 'measure'))} of {counted(len({row.company for row in shown}), 'company', 'companies')}"
        return table("Other measures", columns, found, caption=caption, sources=("metrics", "metric_mentions"))

    def measure(self, row: Any) -> Words:
        """What is measured, and that it was read with low confidence where it was."""
        noun = start_upper(metric_noun(row))
        return Markup("{}<br>{}").format(noun, quiet("read with low confidence")) if unsure(self.reading, row) else noun


def period_cell(row: Any) -> Words:
    """A period, or that none is stated; a forecast says so."""
    shown: Words = period_label(row.period) if row.period else quiet(NOT_STATED)
    return Markup("{}<br>{}").format(shown, quiet("forecast")) if row.basis == "forecast" else shown


REPORT = RevenueGrowth
