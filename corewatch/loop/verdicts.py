"""Indicators in, the table `loop_verdicts` out: supported, disputed or undetermined, per thesis and supplier.

The bounds were fixed before any article was read: 0.10 is the line of customer disclosure in ASC 280-10-50-42, 0.18 and 0.10 are the
concentration lines of the 2023 US Merger Guidelines, used by analogy; 0.05, 0.25 and 0.5 are conventions.

A thesis is undetermined unless its bound is met by what is computed. Upper bounds can only dispute: the circulation theses are supported
only with percentiles and a known boundary, so that totals as stated never support them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pandas import DataFrame

from corewatch.tables import records

COLUMNS = ("thesis", "subject", "verdict", "number", "why", "would_overturn")
FOLLOWED = 0.5
CIRCULATION_SUPPORT, CIRCULATION_DISPUTE = 0.10, 0.05
ORIGIN_SUPPORT, ORIGIN_DISPUTE = 0.18, 0.10
DEMAND_SUPPORT, DEMAND_DISPUTE = 0.25, 0.50
VENDOR = 0.10

Values = Mapping[tuple[str, str | None], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of the table; `number` says the figure that decides, with its bounds."""

    thesis: str
    subject: str | None
    verdict: str
    number: str
    why: str
    would_overturn: str


def loop_verdicts(indicators: DataFrame) -> DataFrame:
    """The verdicts on a table `loop_indicators` of one policy and basis."""
    values: Values = {(row["indicator"], row["subject"]): row for row in records(indicators)}
    rows = [circulation(values), narrow_origin(values), end_demand(values), *vendor_funding(values)]
    return DataFrame([asdict(row) for row in rows], columns=list(COLUMNS)).astype("str")


def point(values: Values, name: str, subject: str | None = None, column: str = "point") -> float | None:
    """A number of the table; null where it is not there."""
    row = values.get((name, subject))
    return None if row is None else row[column]


def circulation(values: Values) -> Verdict:
    """H1: money comes back to the firm that paid it."""
    omega, kappa = point(values, "omega") or 0.0, point(values, "kappa") or 0.0
    most = point(values, "kappa", column="p95")
    number = f"at most {percent(kappa)} can return; {percent(omega)} of receipts are followed"
    limit = percent(CIRCULATION_DISPUTE)
    overturn = f"records of what the recipients pay: disputed if half of receipts is followed and less than {limit} can return"
    if omega >= FOLLOWED and (kappa if most is None else max(kappa, most)) < CIRCULATION_DISPUTE:
        why = "Most receipts are followed to a next payment, and hardly any of the money can return."
        return Verdict("H1", None, "disputed", number, why, "payments that close a circuit")
    why = (
        "No deal with an amount lies on a circuit, and too few receipts are followed to say that none does."
        if kappa == 0
        else "Some of the money can return; whether it does is open, because the flows from and to the outside are not known."
    )
    return Verdict("H1", None, "undetermined", number, why, overturn)


def narrow_origin(values: Values) -> Verdict:
    """H2a: few firms start the money."""
    low, high = point(values, "H_o", column="low"), point(values, "H_o", column="high")
    overturn = f"many small payers: undetermined below {ORIGIN_SUPPORT:.2f}, disputed below {ORIGIN_DISPUTE:.2f}"
    if low is None or high is None:
        return Verdict("H2a", None, "undetermined", "no amount", "No amount is known.", "deals with amounts")
    number = f"concentration of origin {low:.2f} to {high:.2f}"
    equal = point(values, "n_eff")
    origin = "No named firm starts any of the money." if equal is None else f"The origin is as concentrated as {equal:.1f} equal firms."
    why = f"{origin} Articles are written about deals of known firms, which favours support."
    verdict = "supported" if low >= ORIGIN_SUPPORT else "disputed" if high < ORIGIN_DISPUTE else "undetermined"
    return Verdict("H2a", None, verdict, number, why, overturn if verdict == "supported" else "amounts of payers that are missing")


def end_demand(values: Values) -> Verdict:
    """H2b: little of the money comes from end customers."""
    low, high = point(values, "epsilon", column="low"), point(values, "epsilon", column="high")
    if low is None or high is None:
        return Verdict("H2b", None, "undetermined", "no amount", "No amount is known.", "deals with amounts")
    number = f"{percent(low)} to {percent(high)} of the money that enters"
    verdict = "supported" if high <= DEMAND_SUPPORT else "disputed" if low >= DEMAND_DISPUTE else "undetermined"
    why = "Whether the payers' own resources come from sales to end customers is not said, so the share is an interval."
    overturn = f"the payers' AI revenue: supported at {percent(DEMAND_SUPPORT)} or less, disputed at {percent(DEMAND_DISPUTE)} or more"
    return Verdict("H2b", None, verdict, number, why, overturn)


def vendor_funding(values: Values) -> Iterator[Verdict]:
    """H3, for each supplier: its sales are paid with its own funding."""
    omega = point(values, "omega") or 0.0
    for name, subject in values:
        if name != "beta":
            continue
        low, high = (point(values, "beta", subject, column) or 0.0 for column in ("low", "high"))
        number = f"{percent(low)} to {percent(high)} of its recorded sales"
        verdict = "disputed" if omega >= FOLLOWED and high < VENDOR else "undetermined"
        why = (
            f"No recorded funding of {subject} comes back to it as sales, and too few receipts are followed to say that none does."
            if high == 0
            else f"Some funding of {subject} can come back as sales; its revenue and the flows from the outside are not known."
        )
        overturn = f"what {subject} gives its customers and what they pay: supported from {percent(VENDOR)}"
        yield Verdict("H3", subject, verdict, number, why, overturn)


def percent(share: float) -> str:
    """A share in words: `1.9%`, `0%`."""
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "%"
