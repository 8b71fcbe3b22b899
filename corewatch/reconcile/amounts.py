"""When two stated amounts can be one amount.

In: amounts as the contract has them (`low`, `high`, `approx`). Out: yes or no, and the words for an amount.

A figure says more than its number: "$12 billion" is what a reporter makes of 11.9, "over $10 billion" is rarely said of 20.
`agree` asks whether two amounts may be the same number, rounded or bounded differently; `alike` whether they probably are; `near` whether
they are close enough for two sources to mean one thing. `L` and `D` are those of the closed-loop report.
"""

from dataclasses import dataclass
from decimal import Decimal

from corewatch.lexicon.exchange import dollars

# "Over X" is read as at most L times X, "about X" as X give or take the share D.
L = 1.25
D = 0.05
# Two sources whose amounts differ by more than this factor are not speaking of one thing.
NEAR = 1.25
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as stated: both bounds equal (exact, or approximate), a range, "over X" (no `high`) or "up to X" (no `low`)."""

    low: float | None
    high: float | None
    unit: str | None = None
    approx: bool = False
    per: str | None = None

    @property
    def known(self) -> bool:
        """Whether any bound is stated."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> bool:
        """Whether the text states one number, without "about"."""
        return self.low is not None and self.low == self.high and not self.approx

    @property
    def point(self) -> float:
        """The number that stands in the text; for a range its middle."""
        if self.low is None or self.high is None:
            return self.low if self.low is not None else self.high or 0.0
        return (self.low + self.high) / 2


def support(amount: Amount, *, rounded: bool = True) -> tuple[float, float]:
    """The least and greatest value that the statement leaves room for, its rounding included unless `rounded` is false.

    12 billion is 11.5 to 12.5 billion, "about 12" is 11.4 to 12.6, "over 10" is 10 to 12.5, "up to 3" is 0 to 3.
    """
    if amount.low is None and amount.high is None:
        return float("-inf"), float("inf")
    if amount.low is None or amount.high is None:
        point = amount.point
        upward = amount.high is None
        # The sign turns the bound: "fell more than 3%" is at most -3.
        outer = point * L if upward == (point > 0) else 0.0
        return (point, outer) if upward else (outer, point)
    slack_low, slack_high = (rounding(amount.low), rounding(amount.high)) if rounded else (0.0, 0.0)
    if amount.approx:
        slack_low, slack_high = max(slack_low, D * abs(amount.low)), max(slack_high, D * abs(amount.high))
    return amount.low - slack_low, amount.high + slack_high


def digits(value: float) -> int:
    """How many digits carry meaning: 11900000000 has 3, 250000 has 2."""
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def rounding(value: float) -> float:
    """Half a unit of the last digit that carries meaning, at most one part in twenty: 0.05 billion for 11.9 billion, 0.05 for 1."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    half_unit = 0.5 * 10.0**exponent if isinstance(exponent, int) else 0.0
    return min(half_unit, D * abs(value))


def agree(a: Amount, b: Amount) -> bool:
    """Whether two amounts can be one number: 11.9 and 12, "over 10" and 11.9, but not "over 4" and "over 10"."""
    if a.unit != b.unit or a.per != b.per:
        return False
    if not a.known or not b.known:
        return True
    return meet(support(a), support(b, rounded=False)) or meet(support(a, rounded=False), support(b))


def meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two intervals share a value. Only one of two figures is taken as rounded: 6.4 and 6.5 are not both 6.45."""
    return max(a[0], b[0]) <= min(a[1], b[1])


def alike(a: Amount, b: Amount) -> bool:
    """Whether two amounts are probably one number: as `agree`, but "up to 2" is near 2, and an unknown amount is like none."""
    if not a.known or not b.known or a.unit != b.unit or a.per != b.per:
        return False
    return meet(likely(a), likely(b, rounded=False)) or meet(likely(a, rounded=False), likely(b))


def likely(amount: Amount, *, rounded: bool = True) -> tuple[float, float]:
    """Where a stated amount probably lies: as `support`, but "up to 2" is 1.6 to 2."""
    low, high = support(amount, rounded=rounded)
    return (high / L, high) if amount.low is None and high > 0 else (low, high)


def near(a: Amount, b: Amount) -> bool:
    """Whether two numbers are close enough to be one thing that two sources state differently."""
    if a.unit != b.unit or a.per != b.per or not a.known or not b.known or a.point * b.point <= 0:
        return False
    small, large = sorted((abs(a.point), abs(b.point)))
    return large <= NEAR * small


def convertible(a: Amount, b: Amount) -> bool:
    """Whether two amounts in different currencies may be one, at a rate of the last years: 2.1 billion euros and $2.4 billion."""
    if a.unit == b.unit or a.per != b.per or not a.known or not b.known or {a.unit, b.unit} - set(dollars()):
        return False
    in_dollars = []
    for amount in (a, b):
        low, high = likely(amount)
        least, most = dollars()[str(amount.unit)]
        in_dollars.append((low * least, high * most))
    return meet(*in_dollars)


def say(amount: Amount) -> str:
    """An amount in words: `over $10 billion`, `about $12 billion`, `737%`, `not stated`."""
    if amount.low is None and amount.high is None:
        return "not stated"
    rate = f" a {amount.per}" if amount.per else ""
    if amount.low is None:
        return f"up to {number(amount.high, amount.unit)}{rate}"
    if amount.high is None:
        return f"over {number(amount.low, amount.unit)}{rate}"
    if amount.low != amount.high:
        return f"{number(amount.low, amount.unit)} to {number(amount.high, amount.unit)}{rate}"
    return f"{'about ' if amount.approx else ''}{number(amount.low, amount.unit)}{rate}"


def number(value: float | None, unit: str | None) -> str:
    """A number with its unit, in the largest scale that leaves something before the point."""
    if value is None:
        return "not stated"
    scale, word = next(((scale, f" {word}") for scale, word in SCALES if abs(value) >= scale), (1.0, ""))
    plain = f"{abs(value) / scale:,.3f}".rstrip("0").rstrip(".")
    sign = "-" if value < 0 else ""
    if unit == "%":
        return f"{sign}{plain}%"
    if unit == "USD":
        return f"{sign}${plain}{word}"
    if unit in (None, "count"):
        return f"{sign}{plain}{word}"
    if unit == "year":
        return f"{value:.0f}"
    return f"{sign}{plain}{word} {unit}"
