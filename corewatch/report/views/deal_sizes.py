"""The report on how large the deals are: the largest one, all of them on one axis, and the table.

In: `deals` with their mentions and conflicts. Judgements made here: the answer names the largest amount of a deal that is closed or
signed; an amount "over" a bound is never drawn beyond it; a yearly rate, another currency and a deal without amount are in the table
and said to be missing from the figure.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from corewatch.contract import DEAL_KINDS
from corewatch.loop.graph import parts_left_out
from corewatch.report.answer import Answer, answer
from corewatch.report.charts.ranges import RangeGroup, RangeRow, range_plot
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    fragment,
    joined,
    listed_markup,
    number_cell,
    quiet,
    table,
)
from corewatch.report.naming import deal_link
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.views import deal_rows
from corewatch.report.views.deal_marks import key_of, row_of
from corewatch.report.views.witness import Confidence, confidence, sides, witness_strip
from corewatch.report.wording import (
    Amount,
    amount_of,
    counted,
    kind_noun,
    listed,
    money,
    payee_of,
    payer_of,
    plain,
    said,
    start_upper,
    term_of,
    three,
    words,
)
from corewatch.tables import Tables

# A figure with more rows than this is a table.
MOST_ROWS = 18
SCALE_NAMES = ((1e12, "Trillions"), (1e9, "Billions"), (1e6, "Millions"), (1e3, "Thousands"))
CURRENCY_NAMES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen"}


class DealSizes(Report):
    """How large the deals are."""

    name = "deal_sizes"

    def __init__(self, tables: Tables, parameters: Mapping[str, Value]) -> None:
        super().__init__(tables, parameters)
        self.noncash = {row.deal_id for row in self.tables.flows.itertuples() if row.noncash}
        self.parts = parts_left_out(tables.flows)
        kinds = {kind.strip() for kind in str(self.parameters.get("kinds", "")).split(",") if kind.strip()} or set(DEAL_KINDS)
        least = float(self.parameters.get("min_usd", 0.0))
        everything = self.reading.deals
        self.plans = [deal for deal in everything if deal.kind == "capex" and not deal.payee]
        kept = [deal for deal in everything if deal not in self.plans and deal.kind in kinds]
        if not self.parameters.get("include_withdrawn", True):
            kept = [deal for deal in kept if deal.status != "withdrawn"]
        shown = [deal for deal in kept if large_enough(amount_of(deal), least)]
        self.currency = deal_rows.main_currency(shown)
        self.deals = deal_rows.by_size(shown, self.currency)
        self.left_out = len(everything) - len(self.plans) - len(self.deals)

    def chosen_conflicts(self) -> list[str] | None:
        """The disagreements about the deals that are shown."""
        shown = {deal.deal_id for deal in self.deals}
        return [row.conflict_id for row in self.reading.conflicts if row.key in shown]

    def candidates(self) -> list[Any]:
        """The deals whose amounts can stand on one axis: totals in the main currency that were not withdrawn, the largest first."""
        return [d for d in self.deals if deal_rows.total_only(amount_of(d)) and d.currency == self.currency and d.status != "withdrawn"]

    def answer(self, question: str = "", href: str = "") -> Answer:
        """The largest stated amount, who says so, and what may be larger."""
        firm = [deal for deal in self.candidates() if deal.status in deal_rows.FIRM]
        # What was read with low confidence alone does not lead while there is anything else.
        sure_ones = [deal for deal in firm if not deal_rows.unsure(self.reading, deal)]
        chosen = sure_ones or firm or self.candidates()
        more = {"href": href, "text": "All deals by size"} if href else None
        if not chosen:
            return self.no_answer(question, more)
        top = chosen[0]
        reading, register = self.reading, self.register
        lead, amount = reading.lead(top), amount_of(top)
        described = Markup(", {}").format(between_words(top)) + (f" {term_of(top)}" if term_of(top) else "")
        status = "" if firm else f", {words()['statuses'][top.status]}"
        claim = Markup("The largest stated amount is {}{}{}.").format(register.link(lead, said(amount)), described, status)
        named = deal_link(reading, top, f"{start_upper(payer_of(top))} to {payee_of(top)}")
        agree, differ = sides(top, amounts_said(reading.mentions(top)), reading.conflicts_of(top.deal_id))
        sure = self.sureness(top)
        if deal_rows.unsure(reading, top):
            claim = Markup("{} It was read with low confidence ({}).").format(claim, f"{deal_rows.sureness_of(reading, top):.2f}")
        return answer(
            self.reading, question=question, claim=claim, but=self.but_lines(top, firm), more=more,
            one=register.link(lead, said(amount, short=True)),
            one_note=Markup("{}, {}, {}").format(named, kind_noun(top.kind), words()["statuses"][top.status]),
            strip=witness_strip(reading, agree, differ, says="state the amount"), sure=sure.word, sure_note=sure.note,
            number=amount, articles=len(agree | differ), mention_id=lead.mention_id,
        )  # fmt: skip

    def sureness(self, deal: Any) -> Confidence:
        """How sure a deal's amount is, and in what else its sources differ."""
        reading, fields = self.reading, words()["fields"]
        conflicts = reading.conflicts_of(deal.deal_id)
        mentions = amounts_said(reading.mentions(deal))
        agree, differ = sides(deal, mentions, [one for one in conflicts if one.field == "amount"])
        other = list(dict.fromkeys(fields[one.field] for one in conflicts if one.field != "amount"))
        if not other:
            return confidence(reading, agree, differ, sources=int(deal.n_sources))
        about = f" on the amount and on the {listed(other)}" if differ else f" on the amount, contested on the {listed(other)}"
        sure = confidence(reading, agree, differ, about=about, sources=int(deal.n_sources))
        against = sides(deal, mentions, conflicts)[1]
        verb = "differs" if len(against) == 1 else "differ"
        total = f"{len(reading):,} {'article' if len(reading) == 1 else 'articles'}"
        note = f"{len(agree | differ)} of {total}; {counted(len(against), 'article')} {verb}"
        return Confidence(sure.word, note)

    def no_answer(self, question: str, more: Mapping[str, str] | None) -> Answer:
        """What is said where no amount can be compared."""
        if not self.deals:
            said_of = (
                self.nothing("deal between firms" if self.plans else "deal")
                if not self.left_out
                else "No deal is as large as was asked for."
            )
            but = [self.table_note()] if self.table_note() else []
        else:
            verb = "is" if len(self.deals) == 1 else "are"
            said_of = f"No article states the amount of a deal that goes on; {counted(len(self.deals), 'deal')} {verb} known."
            but = []
        sure = confidence(self.reading, ())
        return answer(
            self.reading, question=question, claim=said_of, but=but, more=more, one="0",
            one_note=f"amounts to compare, in {counted(len(self.deals), 'deal')}" if self.deals else "deals to compare",
            strip=witness_strip(self.reading, ()), sure=sure.word, sure_note=sure.note,
        )  # fmt: skip

    def but_lines(self, top: Any, firm: list[Any]) -> list[Words]:
        """What speaks against the answer: open bounds that may be larger, larger plans, amounts in another unit."""
        lines: list[Words] = []
        register, reading = self.register, self.reading
        stated = amount_of(top).stated or 0.0
        unlimited = [d for d in firm if d is not top and amount_of(d).high is None and d.deal_id not in self.parts]
        if amount_of(top).high is None:
            lines.append("No upper limit is stated for it.")
        elif unlimited:
            named: list[Words] = [register.link(reading.lead(d), said(amount_of(d))) for d in unlimited[:3]]
            named += [counted(len(unlimited) - 3, "other")] if len(unlimited) > 3 else []
            several = len(unlimited) > 1
            if len(unlimited) == 2 and said(amount_of(unlimited[0])) == said(amount_of(unlimited[1])):
                named = [Markup("{} {}").format(named[0], register.link(reading.lead(unlimited[1]), "each"))]
            lines.append(
                Markup("{} {}, with no upper limit stated, so {} may be larger.").format(
                    start_upper(counted(len(unlimited), "other deal")) + (" are" if several else " is"), listed_markup(named),
                    "any of them" if len(unlimited) > 2 else "either" if several else "it",
                )
            )  # fmt: skip
        doubtful = [d for d in firm if (amount_of(d).stated or 0.0) > stated and deal_rows.unsure(reading, d)]
        if doubtful:
            d = doubtful[0]
            lines.append(
                Markup("Larger, but read with low confidence ({}): {}, {}.").format(
                    f"{deal_rows.sureness_of(reading, d):.2f}", register.link(reading.lead(d), said(amount_of(d))), between_words(d)
                )
            )
        larger = [d for d in self.candidates() if d.status not in deal_rows.FIRM and (amount_of(d).stated or 0) > stated] if firm else []
        if larger:
            d = larger[0]
            lines.append(
                Markup("Larger, but {}: {}, {}.").format(
                    words()["statuses"][d.status], register.link(reading.lead(d), said(amount_of(d))), between_words(d)
                )
            )
        elsewhere = [d for d in self.deals if amount_of(d).known and d.currency != self.currency]
        if elsewhere:
            lines.append(f"Not compared: {foreign_words(len(elsewhere))}.")
        return lines

    def sizes(self) -> Fragment:
        """Every deal with an amount on one axis, bounds as bounds, what contradicts as a diamond, what was withdrawn as a cross."""
        shown = [d for d in self.deals if deal_rows.total_only(amount_of(d)) and d.currency == self.currency]
        if not shown:
            return Fragment(Markup('<p class="note">{}</p>').format("No deal has an amount that could be drawn."))
        # The order puts what was dropped last, however large it was.
        largest = {d.deal_id for d in sorted(shown, key=lambda d: (-(amount_of(d).stated or 0.0), d.deal_id))[:MOST_ROWS]}
        drawn = [d for d in shown if d.deal_id in largest]
        scale, unit = scale_of(drawn, self.currency or "USD")
        groups = [
            RangeGroup(heading, [self.range_row(deal, scale) for deal in drawn if deal.status in statuses])
            for heading, statuses in (
                ("Closed or signed", deal_rows.FIRM), ("Planned or in talks", ("planned", "talks")), ("Withdrawn", ("withdrawn",)),
            )
        ]  # fmt: skip
        takeaway, spoken = self.takeaway(drawn)
        label = f"Dot and range plot of {counted(len(drawn), 'deal')} in {unit[:1].lower()}{unit[1:]}. {spoken} A table follows."
        basis = f"{unit}, contract totals, as stated. Nothing is adjusted for time."
        if len(shown) > len(drawn):
            basis += f" The {len(drawn)} largest of {len(shown)}; the table has all."
        return fragment(
            "figure",
            takeaway=takeaway,
            basis=basis,
            drawing=range_plot(groups, label=label),
            scrolls="",
            key=self.key(drawn, [row for group in groups for row in group.rows]),
        )

    def takeaway(self, shown: list[Any]) -> tuple[Words, str]:
        """The figure's title: what is open, what is contested, else the span; and the same with the extremes for its description."""
        top = shown[0]
        opened = [d for d in shown if amount_of(d).high is None and d.status != "withdrawn" and d.deal_id not in self.parts]
        contested = [(d, c) for d in shown for c in self.reading.conflicts_of(d.deal_id) if c.field == "amount"]
        parts: list[Words] = []
        if opened:
            number = start_upper(counted(len(opened), "deal"))
            parts.append(f"{number} {'states' if len(opened) == 1 else 'state'} no upper limit")
        if contested:
            parts.append(self.contest(contested, alone=not parts))
        smallest = min((d for d in shown if d.status != "withdrawn" or top.status == "withdrawn"), key=lambda d: amount_of(d).stated or 0.0)
        if not parts:
            least, most = (self.register.link(self.reading.lead(deal), said(amount_of(deal))) for deal in (smallest, top))
            parts.append(
                Markup("From {} to {}: {} with an amount").format(least, most, counted(len(shown), "deal"))
                if len(shown) > 1 else Markup("One deal states an amount: {}").format(most)
            )  # fmt: skip
        smallest_said = f"; the smallest {said(amount_of(smallest))}" if len(shown) > 1 else ""
        spoken = f"The largest is {said(amount_of(top))}, {between_words(top)}{smallest_said}."
        return joined(parts, "; "), spoken

    def contest(self, contested: list[tuple[Any, Any]], *, alone: bool) -> Words:
        """How far amounts are contested: `one amount differs 34-fold between sources`, of several the one that differs most; computed."""
        wide: list[tuple[float, float, float, Any]] = []
        for deal, conflict in contested:
            stated = [amount_of(m).stated for m in self.reading.mentions(deal) if m.mention_id in conflict.mention_ids.split("; ")]
            values = sorted({v for v in stated if v and v > 0})
            if len(values) > 1:
                wide.append((values[-1] / values[0], values[-1], values[0], deal))
        number = len({deal.deal_id for deal, _ in contested})
        start = "one amount differs" if number == 1 else f"{counted(number, 'amount')} differ"
        start = start_upper(start) if alone else start
        if not wide:
            return f"{start} between sources"
        ratio, most, least, deal = max(wide, key=lambda one: (one[0], one[3].deal_id))
        sums = f"{money(most, deal.currency)} ÷ {money(least, deal.currency)} = {three(ratio)}, for {between_words(deal)}."
        shown = self.register.computed(f"{ratio:.0f}-fold" if ratio >= 1.95 else f"by {(ratio - 1) * 100:.0f}%", sums)
        if number == 1:
            return Markup("{} {} between sources").format(start, shown)
        return Markup("{} between sources, at most {}").format(start, shown)

    def key(self, drawn: list[Any], rows: list[RangeRow]) -> list[tuple[str, Words]]:
        """How to read the marks that are there, and what is not drawn."""
        missing = self.not_drawn()
        return [*key_of(drawn, rows), *([("Not drawn", missing)] if missing else [])]

    def not_drawn(self) -> str:
        """What the figure leaves out."""
        silent = sum(not amount_of(d).known for d in self.deals)
        rates = sum(amount_of(d).known and amount_of(d).per is not None for d in self.deals)
        foreign = sum(amount_of(d).known and d.currency != self.currency for d in self.deals)
        parts = [f"{counted(silent, 'deal')} without amount"] * bool(silent)
        parts += [f"{counted(rates, 'rate')} by the year, quarter or month"] * bool(rates)
        parts += [foreign_words(foreign)] * bool(foreign)
        return "; ".join(parts)

    def range_row(self, deal: Any, scale: float) -> RangeRow:
        """A deal as a row of the figure."""
        doubts = ["may not be cash"] * (deal.deal_id in self.noncash) + ["may be part of a larger one"] * (deal.deal_id in self.parts)
        return row_of(self.reading, self.register, deal, scale, doubts=doubts)

    def table(self) -> Fragment:
        """Every deal in a table, those without an amount too."""
        found = [
            TableRow(
                [
                    Cell(deal_link(self.reading, deal)),
                    self.sortable(deal, deal_rows.linked_amount(self.reading, self.register, deal), amount_of(deal).stated),
                    self.sortable(deal, *self.yearly(deal)),
                    Cell(self.what_for(deal), group=kind_noun(deal.kind)),
                    Cell(deal_rows.status_tag(deal), str(deal_rows.STATUS_ORDER.index(deal.status)), words()["statuses"][deal.status]),
                    Cell(deal_rows.article_links(self.reading, self.reading.mentions(deal))),
                    Cell(
                        deal_rows.sources_said(self.reading, deal, deal.deal_id),
                        group=deal_rows.sources_group(self.reading, deal, deal.deal_id),
                    ),
                ],
                off=deal.status == "withdrawn",
            )
            for deal in self.deals
        ]
        if not found:
            return self.named(Fragment(Markup('<p class="note">There is no deal to list. {}</p>').format(self.table_note())))
        caption = f"{start_upper(counted(len(found), 'deal'))}. An amount leads to its evidence."
        return table(
            "Every deal",
            [
                Column("Payer → payee"), Column("Amount", "num"), Column("A year", "num"), Column("For", filter="For"),
                Column("Status", filter="Status"), Column("Articles"), Column("Sources", "roomy", filter="Sources"),
            ],
            found, caption=caption, note=self.table_note(), sources=("deals", "deal_mentions"),
        )  # fmt: skip

    def sortable(self, deal: Any, shown: Words, value: float | None) -> Cell:
        """An amount's cell; only those in the main currency can be sorted among each other."""
        return number_cell(shown, value if deal.currency == self.currency else None)

    def what_for(self, deal: Any) -> Words:
        """What a deal is for, with a note where it may be no cash or a part of another."""
        text = deal_rows.what_for(deal)
        doubts = [
            "may not be cash" if deal.deal_id in self.noncash else "may be part of a larger one" if deal.deal_id in self.parts else ""
        ]
        doubts += ["read with low confidence" * deal_rows.unsure(self.reading, deal)]
        return Markup("<br>").join([text, *(quiet(doubt) for doubt in doubts if doubt)])

    def yearly(self, deal: Any) -> tuple[Words, float | None]:
        """What a deal comes to in a year where its term is stated, computed; a stated yearly rate is that."""
        amount = amount_of(deal)
        if not amount.known:
            return "", None
        bound = "over " if amount.high is None else "up to " if amount.low is None else ""
        if amount.per is not None:
            times = {"year": 1, "quarter": 4, "month": 12}[amount.per]
            value = (amount.stated or 0.0) * times
            if times == 1:
                return self.register.link(self.reading.lead(deal), bound + money(value, deal.currency)), value
            sums = f"{money(amount.stated or 0.0, deal.currency)} × {times} = {money(value, deal.currency, digits=3)} a year."
            return self.register.computed(bound + money(value, deal.currency, digits=3), sums), value
        if not deal.term_years or amount.stated is None:
            return "", None
        value = amount.stated / deal.term_years
        shown = bound + money(value, deal.currency, digits=3)
        sums = (
            f"{money(amount.stated, deal.currency)} ÷ {plain(deal.term_years)} years = {money(value, deal.currency, digits=3)} a year "
            f"in equal parts, {between_words(deal)}. No article says that the parts are equal."
        )
        return self.register.computed(shown, sums), value

    def table_note(self) -> Words:
        """What is no deal between firms, what is left out, and why."""
        parts: list[Words] = []
        if self.plans:
            named = [
                Markup("{} ({})").format(deal_rows.linked_amount(self.reading, self.register, d), payer_of(d))
                for d in deal_rows.by_size(self.plans)
            ]
            parts.append(
                Markup("Not a deal between firms: {} of own spending. {} no payee and would count contracts a second time.").format(
                    listed_markup(named, 4), "It names" if len(named) == 1 else "They name"
                )
            )
        if self.left_out:
            parts.append(f"Left out by the parameters: {counted(self.left_out, 'deal')}.")
        return joined([escape(part) for part in parts], " ")


def large_enough(amount: Amount, least: float) -> bool:
    """Whether a deal stays: only US dollars can be compared with the limit, so other and unknown amounts stay without one alone."""
    if least <= 0:
        return True
    if not amount.known or amount.unit != "USD":
        return False
    return (amount.high if amount.high is not None else amount.low or 0.0) >= least


def foreign_words(number: int) -> str:
    """`one amount in another currency`, `two amounts in other currencies`."""
    return "one amount in another currency" if number == 1 else f"{counted(number, 'amount')} in other currencies"


def amounts_said(mentions: list[Any]) -> list[Any]:
    """The mentions that state an amount."""
    return [mention for mention in mentions if amount_of(mention).known]


def between_words(deal: Any) -> str:
    """Who pays whom in a sentence."""
    return deal_rows.between(deal)


def scale_of(deals: list[Any], currency: str) -> tuple[float, str]:
    """The power of ten that suits the middle of the amounts, and its name with the currency: `Billions of US dollars`."""
    stated = sorted(amount_of(d).stated or 0.0 for d in deals)
    largest = stated[-1]
    name = CURRENCY_NAMES.get(currency, currency)
    for size, word in SCALE_NAMES:
        if largest >= size * (2 if size == 1e12 else 1):
            return size, f"{word} of {name}"
    return 1.0, name


REPORT = DealSizes
