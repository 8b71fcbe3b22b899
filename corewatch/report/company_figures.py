"""The one figure of a company's page: the amounts that it is paid and pays, deal by deal, else its revenue over time.

In: a company's deals on both sides and its measures. Out: a fragment, empty where there is too little to see more than in the tables below
it. Judgements made here: three amounts, or two stated revenues of periods of one length, are enough; amounts are in the currency of most.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corewatch.report.charts.ranges import RangeGroup, range_plot
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Fragment, Words, fragment, joined
from corewatch.report.reading import Reading
from corewatch.report.views import deal_rows
from corewatch.report.views.deal_marks import key_of, row_of
from corewatch.report.views.deal_sizes import scale_of
from corewatch.report.views.revenue_lines import lines_of
from corewatch.report.views.revenue_trends import Trend, trend_figure, trends_of
from corewatch.report.wording import amount_of, counted, metric_noun, payee_of, payer_of, period_words, said, start_upper

LEAST_AMOUNTS, LEAST_REVENUES, MOST_ROWS = 3, 2, 8


def company_figure(
    reading: Reading, register: Evidence, name: str, paid: Sequence[Any], pays: Sequence[Any], metrics: Sequence[Any], parts: set[str]
) -> Fragment:
    """The figure of a company; empty where there is too little. `paid` and `pays` are its deals by size, `parts` ids of possible parts."""
    currency = deal_rows.main_currency([*paid, *pays])
    sides = [[deal for deal in side if deal_rows.total_only(amount_of(deal)) and deal.currency == currency] for side in (paid, pays)]
    going = [deal for side in sides for deal in side if deal.status != "withdrawn"]
    if sum(map(len, sides)) >= LEAST_AMOUNTS and going:
        return deals_figure(reading, register, name, sides, str(currency), parts)
    return revenue_figure(reading, register, name, metrics)


def deals_figure(
    reading: Reading, register: Evidence, name: str, sides: Sequence[Sequence[Any]], currency: str, parts: set[str]
) -> Fragment:
    """The amounts that a company is paid above those that it pays, on one axis."""
    shown = [side[:MOST_ROWS] for side in sides]
    drawn = [deal for side in shown for deal in side]
    scale, unit = scale_of(drawn, currency)
    groups = []
    for heading, other, side in (("Is paid, by", payer_of, shown[0]), ("Pays, to", payee_of, shown[1])):
        rows = [
            row_of(
                reading, register, deal, scale, name=start_upper(other(deal)),
                doubts=["may be part of a larger one"] * (deal.deal_id in parts),
            )
            for deal in side
        ]  # fmt: skip
        groups.append(RangeGroup(heading, rows))
    title, spoken = takeaway(reading, register, name, sides)
    label = f"Dot and range plot of {counted(len(drawn), 'deal')} of {name} in {unit[:1].lower()}{unit[1:]}. {spoken}. Tables follow."
    basis = f"{unit}, contract totals, as stated. Nothing is adjusted for time."
    if len(drawn) < sum(map(len, sides)):
        basis += f" The {len(drawn)} largest of {sum(map(len, sides))}; the tables have all."
    rows = [row for group in groups for row in group.rows]
    return fragment("figure", takeaway=title, basis=basis, drawing=range_plot(groups, label=label), scrolls="", key=key_of(drawn, rows))


def takeaway(reading: Reading, register: Evidence, name: str, sides: Sequence[Sequence[Any]]) -> tuple[Markup, str]:
    """The title: of each side how many amounts are stated, the smallest and the largest; and the same without links."""
    linked: list[Words] = []
    for found, verb in ((sides[0], "is paid"), (sides[1], "pays")):
        going = sorted(
            (deal for deal in found if deal.status != "withdrawn"), key=lambda deal: (amount_of(deal).stated or 0.0, deal.deal_id)
        )
        if going:
            ends = [register.link(reading.lead(deal), said(amount_of(deal))) for deal in (going[0], going[-1])]
            same = said(amount_of(going[0])) == said(amount_of(going[-1]))
            span = ends[0] if len(going) == 1 else Markup("each {}").format(ends[0]) if same else Markup("from {} to {}").format(*ends)
            first = f"What {name} {verb} is stated in {counted(len(going), 'deal')}"
            linked.append(
                Markup("{}, {}").format(f"what it {verb} in {counted(len(going), 'deal').split(' ')[0]}" if linked else first, span)
            )
    title = joined(linked, "; ")
    return title, str(title.striptags())


def revenue_figure(reading: Reading, register: Evidence, name: str, metrics: Sequence[Any]) -> Fragment:
    """A company's own revenue over time, of the length of period of which most is stated; empty where there are not two of one."""
    lines = [line for line in lines_of([one for one in metrics if one.company == name and not one.segment]) if line.revenue is not None]
    units = {line.revenue.unit for line in lines}
    found: list[Trend] = [] if len(units) != 1 else [one for one in trends_of(lines, [name]) if len(one.stated) >= LEAST_REVENUES]
    if not found:
        return Fragment(Markup(""))
    chosen = max(found, key=lambda one: len(one.stated))

    def link_of(row: Any) -> Markup:
        label = f"{row.company}, {metric_noun(row)}, {period_words(row.period)}: {said(amount_of(row))}"
        return register.attributes(reading.lead(row), label=label)

    return trend_figure(reading, register, [chosen], currency=str(units.pop()), link_of=link_of)
