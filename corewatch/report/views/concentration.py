"""On how few customers a company lives, as far as articles state shares of its revenue.

The measure is the Herfindahl-Hirschman index, the sum of the squared shares (US Merger Guidelines 2023, section 2.1, there for markets;
here by analogy). What no article attributes to a customer may be spread over many, which adds nothing, or all come from one: the index
is given as these two ends.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corewatch.report.evidence import Evidence
from corewatch.report.reading import Reading
from corewatch.report.wording import amount_of, counted, period_words, plain, said

WHOLE = 100.0


def concentrations(reading: Reading, register: Evidence, shares: Sequence[Any]) -> list[Markup]:
    """A sentence for each company and period with stated shares: the largest customer, and the ends of the index."""
    groups: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in shares:
        if row.basis == "actual" and amount_of(row).stated is not None:
            groups[row.company, row.segment or "", row.period or ""].append(row)
    return [sentence(reading, register, of) for _, of in sorted(groups.items())]


def sentence(reading: Reading, register: Evidence, shares: Sequence[Any]) -> Markup:
    """Who is the largest customer of one company in one period, and how concentrated its revenue is."""
    top = max(shares, key=lambda row: (amount_of(row).stated, row.metric_id))
    whose = f"{top.segment} of {top.company}" if top.segment else top.company
    when = f" in {period_words(top.period)}" if top.period else ""
    customer = top.counterpart or "a customer that is not named"
    largest = Markup("{}, {}, is the largest share of revenue that is stated of {}{}.").format(
        register.link(reading.lead(top), said(amount_of(top))), customer, whose, when
    )
    stated = [float(amount_of(row).stated or 0.0) for row in shares]
    rest = WHOLE - sum(stated)
    if rest < 0:
        return largest + Markup(" The stated shares come to {}%, more than there is, so that no index is given.").format(
            plain(sum(stated), 4)
        )
    squares = " + ".join(f"{plain(share / WHOLE, 4)}²" for share in stated)
    least = sum((share / WHOLE) ** 2 for share in stated)
    most = least + (rest / WHOLE) ** 2
    sums = (
        f"{squares} = {least:.2f}, if the other {plain(rest, 4)}% come from many customers; with {plain(rest / WHOLE, 4)}² "
        f"for one customer that pays them all, {most:.2f}. {whose}{when}, from {counted(len(stated), 'stated share')}."
    )
    ends = register.computed(f"{least:.2f} to {most:.2f}", sums)
    return largest + Markup(" The index of concentration of its customers is {}, of 0 (many small ones) to 1 (a single one).").format(ends)
