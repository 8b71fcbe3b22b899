"""What is known of revenue, period by period: stated amounts, stated rates, and what the two imply.

In: rows of `metrics`. Out: a `Line` for each company, segment and period, and the words for it. Judgements made here: growth is over the
year before, so a stated rate and amount imply an earlier amount; a stated fact stands before a forecast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.evidence import Evidence
from corewatch.report.wording import Amount, amount_of, money, period_words, plain, said, three

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
    return text.replace(f"{amount.word} ", f"{amount.word} +") if amount.approx else f"+{text}"


def unsigned(amount: Amount) -> Amount:
    """A fall as the size of the fall."""
    if (amount.stated or 0) >= 0:
        return amount
    low, high = amount.low, amount.high
    return Amount(-high if high is not None else None, -low if low is not None else None, amount.unit, amount.approx, word=amount.word)


def moved(then: Amount, now: Amount) -> str:
    """How one amount became another: `rose` or `fell` where their bounds leave no doubt of it, else `went`."""
    if now.low is not None and then.high is not None and now.low > then.high:
        return "rose"
    if now.high is not None and then.low is not None and now.high < then.low:
        return "fell"
    return "went"


def growth_note(line: Line) -> str:
    """What the one number of the answer is: `revenue, 2024 over 2023`."""
    before = year_before(line.period)
    return f"revenue, {period_words(line.period)} over {period_words(before)}" if before else "growth of revenue"


def line_words(line: Line) -> str:
    """Whose and when, in a sentence."""
    return (
        f"{line.company}{', ' + line.segment if line.segment else ''}, {period_words(line.period) if line.period else 'period not stated'}"
    )


def line_detail(line: Line) -> str:
    """The second line of a row: segment, what was stated, forecast."""
    parts = [line.segment] if line.segment else []
    parts += ["forecast"] if line.revenue is not None and line.revenue.basis == "forecast" else []
    if line.growth is not None and line.revenue is not None:
        parts.append(f"growth stated as {signed(amount_of(line.growth))}")
    elif line.revenue is None:
        parts.append(period_words(line.period))
    return ", ".join(parts) or "as stated"


def implied_words(line: Line, value: float) -> str:
    """The arithmetic of an implied earlier revenue."""
    revenue, rate = amount_of(line.revenue), amount_of(line.growth)
    return (
        f"{money(revenue.stated or 0, revenue.unit)} ÷ (1 + {plain(rate.stated or 0)} ÷ 100) = {money(value, revenue.unit, digits=3)}, "
        f"the revenue of {line.company} a year before {period_words(line.period)} that the two figures imply."
    )


def implied_link(register: Evidence, line: Line, value: float) -> Markup:
    """The earlier revenue that a stated amount and rate imply, as a computed number."""
    revenue = amount_of(line.revenue)
    few = 2 if value < (revenue.stated or 0.0) / 3 else 3
    return register.computed(money(value, revenue.unit, digits=few), implied_words(line, value))


def computed_link(register: Evidence, line: Line, value: float) -> Markup:
    """The growth that two stated amounts give, as a computed number."""
    now, then = amount_of(line.revenue), amount_of(line.before)
    sums = (
        f"{money(now.stated or 0, now.unit)} ÷ {money(then.stated or 0, then.unit)} − 1 = {three(value)}%, "
        f"{line.company}, {period_words(line.period)} over {period_words(line.before.period)}."
    )
    return register.computed(f"{'+' if value >= 0 else ''}{three(value)}%", sums)


def implied_attributes(register: Evidence, line: Line) -> Markup:
    """The attributes of the same as a link, for a mark of a drawing."""
    value = line.implied_before() or 0.0
    item = register.computation(implied_words(line, value))
    return Markup(' class="n computed" href="#e{0}" data-e="{0}" aria-describedby="e{0}" aria-label="{1}"').format(
        item.number, f"{line.company}, the year before, implied: {money(value, line.revenue.unit, digits=3)}"
    )
