"""Indicators in, the table `loop_verdicts` out: supported, disputed or undetermined, per thesis and supplier.

The bounds were fixed before any article was read: 0.10 is the line of customer disclosure in ASC 280-10-50-42, 0.18 and 0.10 are the
concentration lines of the 2023 US Merger Guidelines, used by analogy; 0.05, 0.25, 0.5 and 0.8 are conventions.

Upper bounds can only dispute; support needs the boundary. A verdict holds where both time bases give it and no single document overturns it
when left out; otherwise the thesis is undetermined, and `why` says what breaks it. Without draws the rigorous ends stand for percentiles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pandas import DataFrame

from corewatch.tables import records

COLUMNS = ("thesis", "subject", "verdict", "number", "why", "would_overturn")
FOLLOWED = 0.5
CARRIED = 0.8
CIRCULATION_SUPPORT, CIRCULATION_DISPUTE = 0.10, 0.05
ORIGIN_SUPPORT, ORIGIN_DISPUTE = 0.18, 0.10
DEMAND_SUPPORT, DEMAND_DISPUTE = 0.25, 0.50
VENDOR = 0.10
ALONE = "Without the document {document} the figures would not say {word}."
# Two ways of computing a share that is exactly on a line may differ by rounding; on the line is on its far side.
ROUNDING = 1e-9

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


def loop_verdicts(indicators: DataFrame, without: Mapping[str, DataFrame] | None = None) -> DataFrame:
    """The verdicts on a table `loop_indicators`, by its rows of the policy `firm` (else of its first policy), all time bases together.

    `without` are the same indicators with one document left out, by its name; a verdict that one of them does not give is undetermined.
    """
    rows = list(judged(indicators))
    for document, other in (without or {}).items():
        found = {(row.thesis, row.subject): row.verdict for row in judged(other)}
        rows = [
            row if found.get((row.thesis, row.subject), "undetermined") == row.verdict or row.verdict == "undetermined"
            else replace(row, verdict="undetermined", why=f"{row.why} {ALONE.format(document=document, word=row.verdict)}")
            for row in rows
        ]  # fmt: skip
    return DataFrame([asdict(row) for row in rows], columns=list(COLUMNS)).astype("str")


def judged(indicators: DataFrame) -> Iterator[Verdict]:
    """The verdicts on indicators: those that every time basis gives."""
    rows = records(indicators)
    policies = list(dict.fromkeys(row["policy"] for row in rows))
    policy = "firm" if "firm" in policies else next(iter(policies), "firm")
    bases = list(dict.fromkeys(row["basis"] for row in rows if row["policy"] == policy)) or ["total"]
    by_basis: list[dict[tuple[str, str | None], Verdict]] = []
    for basis in bases:
        values = {(row["indicator"], row["subject"]): row for row in rows if (row["policy"], row["basis"]) == (policy, basis)}
        found = [circulation(values), narrow_origin(values), end_demand(values), *vendor_funding(values)]
        by_basis.append({(one.thesis, one.subject): one for one in found})
    for key, first in by_basis[0].items():
        words = [one[key].verdict if key in one else "undetermined" for one in by_basis]
        if len(set(words)) == 1:
            yield first
        else:
            said = ", ".join(f"{basis} {word}" for basis, word in zip(bases, words, strict=True))
            yield replace(first, verdict="undetermined", why=f"The time bases differ ({said}). {first.why}")


def value(values: Values, name: str, subject: str | None = None, *columns: str) -> float | None:
    """The first of the columns that has a number; null where none has."""
    row = values.get((name, subject), {})
    return next((row[column] for column in columns or ("point",) if row.get(column) is not None), None)


def at_least(number: float | None, line: float) -> bool:
    """Whether a number is known and not below a line."""
    return number is not None and number >= line - ROUNDING


def below(number: float | None, line: float) -> bool:
    """Whether a number is known and below a line."""
    return number is not None and number < line - ROUNDING


def circulation(values: Values) -> Verdict:
    """H1: money comes back to the firm that paid it."""
    omega = value(values, "omega", None, "point", "p50") or 0.0
    kappa = value(values, "kappa", None, "point", "p50") or 0.0
    tied_low, tied_high = value(values, "kappa_FP", None, "p5", "low"), value(values, "kappa_FP", None, "p95", "high", "point")
    returned, known = value(values, "phi", None, "p5"), value(values, "boundary_known", None, "p5", "point")
    number = f"at most {percent(kappa)} can return; {percent(omega)} of receipts are followed"
    limit = percent(CIRCULATION_DISPUTE)
    if at_least(returned, CIRCULATION_SUPPORT) and at_least(tied_low, CIRCULATION_SUPPORT) and at_least(known, CARRIED):
        why = (
            f"At least {percent(returned or 0)} of the throughflow returns and {percent(tied_low or 0)} of the money fits circuits of "
            f"funding and purchases, with outside flows known for firms carrying {percent(known or 0)} of it."
        )
        return Verdict("H1", None, "supported", number, why, "sales to the outside that are not counted yet")
    if at_least(omega, FOLLOWED) and below(tied_high, CIRCULATION_DISPUTE):
        why = "Most receipts are followed to a next payment, and hardly any of the money can return by funding and purchases."
        return Verdict("H1", None, "disputed", number, why, "payments that close a circuit")
    overturn = f"records of what the recipients pay: disputed if half of receipts is followed and less than {limit} can return"
    why = (
        "No deal with an amount lies on a circuit, and too few receipts are followed to say that none does."
        if kappa == 0
        else "Some of the money can return; whether it does is open, because the flows from and to the outside are not known."
    )
    return Verdict("H1", None, "undetermined", number, why, overturn)


def narrow_origin(values: Values) -> Verdict:
    """H2a: few firms start the money."""
    low, high = value(values, "H_o", None, "low"), value(values, "H_o", None, "high")
    overturn = f"many small payers: undetermined below {ORIGIN_SUPPORT:.2f}, disputed below {ORIGIN_DISPUTE:.2f}"
    if low is None or high is None:
        return Verdict("H2a", None, "undetermined", "no amount", "No amount is known.", "deals with amounts")
    number = f"concentration of origin {low:.2f} to {high:.2f}"
    equal = value(values, "n_eff", None, "point", "p50")
    origin = "No named firm starts any of the money." if equal is None else f"The origin is as concentrated as {equal:.1f} equal firms."
    why = f"{origin} Articles are written about deals of known firms, which favours support."
    verdict = "supported" if at_least(low, ORIGIN_SUPPORT) else "disputed" if below(high, ORIGIN_DISPUTE) else "undetermined"
    return Verdict("H2a", None, verdict, number, why, overturn if verdict == "supported" else "amounts of payers that are missing")


def end_demand(values: Values) -> Verdict:
    """H2b: little of the money comes from end customers."""
    low, high = value(values, "epsilon", None, "low"), value(values, "epsilon", None, "high")
    if low is None or high is None:
        return Verdict("H2b", None, "undetermined", "no amount", "No amount is known.", "deals with amounts")
    number = f"{percent(low)} to {percent(high)} of the money that enters"
    verdict = (
        "disputed" if at_least(low, DEMAND_DISPUTE) else "undetermined" if not below(high, DEMAND_SUPPORT + 2 * ROUNDING) else "supported"
    )
    why = "Whether the payers' own resources come from sales to end customers is not said, so the share is an interval."
    overturn = f"the payers' AI revenue: supported at {percent(DEMAND_SUPPORT)} or less, disputed at {percent(DEMAND_DISPUTE)} or more"
    return Verdict("H2b", None, verdict, number, why, overturn)


def vendor_funding(values: Values) -> Iterator[Verdict]:
    """H3, for each supplier: its sales are paid with its own funding."""
    omega = value(values, "omega", None, "point", "p50") or 0.0
    for name, subject in values:
        if name != "beta":
            continue
        low, high = (value(values, "beta", subject, *columns) or 0.0 for columns in (("low", "p5"), ("high", "p95")))
        mixed, most = value(values, "beta", subject, "p5"), value(values, "beta", subject, "p95", "high")
        known = value(values, "outside_sales", subject, "point", "p50") is not None
        number = f"{percent(low)} to {percent(high)} of its recorded sales"
        overturn = f"what {subject} gives its customers and what they pay: supported from {percent(VENDOR)}"
        if at_least(mixed, VENDOR) and known:
            why = f"Its revenue is known, and its own funding pays at least {percent(mixed or 0)} of its sales if money is mixed."
            yield Verdict("H3", subject, "supported", number, why, f"revenue of {subject} that is not counted yet")
        elif at_least(omega, FOLLOWED) and below(most, VENDOR):
            why = (
                f"Most receipts are followed, and at most {percent(most or 0)} of the sales of {subject} can be paid with its own funding."
            )
            yield Verdict("H3", subject, "disputed", number, why, overturn)
        else:
            why = (
                f"No recorded funding of {subject} comes back to it as sales, and too few receipts are followed to say that none does."
                if high == 0
                else f"Some funding of {subject} can come back as sales; its revenue and the flows from the outside are not known."
            )
            yield Verdict("H3", subject, "undetermined", number, why, overturn)


def percent(share: float) -> str:
    """A share in words: `1.9%`, `0%`."""
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "%"
