"""Values of the tables in the words of a report: "over $10 billion", "nearly", "not stated", "five articles".

In: cells and rows. Out: plain text, never markup. Judgements made here: the source's bound is kept and never turned into a guess;
an amount is written as exactly as it was stated; what is computed has three figures; unknown is "not stated".
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from corewatch.documents.labels import labels as labels
from corewatch.lexicon.telling import telling

NOT_STATED = "not stated"
ABOUT = "about"
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SCALES = ((1e12, "trillion", "tn"), (1e9, "billion", "bn"), (1e6, "million", "m"))
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True)
class Amount:
    """A quantity with its bounds as stated, in plain units; `per` names a rate's period."""

    low: float | None
    high: float | None
    unit: str | None
    approx: bool = False
    per: str | None = None
    # How the source says that the amount is not exact.
    word: str = ABOUT

    @property
    def known(self) -> bool:
        """Whether any bound is stated."""
        return self.low is not None or self.high is not None

    @property
    def stated(self) -> float | None:
        """The bound that the text states; of a range the lower one."""
        return self.low if self.low is not None else self.high


@cache
def words() -> Mapping[str, Any]:
    """What the reports call things."""
    own = tomllib.loads(files("corewatch.report").joinpath("words.toml").read_text(encoding="utf-8"))
    return {**telling(), **own}


def present(value: Any) -> Any:
    """The value, or None for whatever pandas writes for unknown."""
    return None if value is None or value is pd.NA or (isinstance(value, float) and value != value) else value


def amount_of(row: Any) -> Amount:
    """The amount of a deal, metric or mention row, an `itertuples` record."""
    unit = present(getattr(row, "currency", None)) or present(getattr(row, "unit", None))
    low, high = present(row.low), present(row.high)
    per, word = present(getattr(row, "per", None)), getattr(row, "approx_word", ABOUT)
    return Amount(low, high, unit, bool(getattr(row, "approx", False)), per, word)


def approximate_word(before: str) -> str:
    """How the words before a figure say that it is not exact: `nearly` of `a loan of nearly`, else `about`."""
    found = [word for word in words()["bounds"]["approximate"] if re.search(rf"\b{re.escape(word)}\s+(?:an?\s+)?$", before, re.IGNORECASE)]
    return max(found, key=len, default=ABOUT)


def plain(value: float, digits: int = 6) -> str:
    """A number without needless zeros: 11.9, 250,000, 0.35."""
    text = f"{value:,.0f}" if abs(value) >= 1000 and float(value).is_integer() else f"{value:,.{digits}g}"
    if "e" in text:
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def three(value: float) -> str:
    """A computed number: three figures, and no more digits than a reader can use."""
    return plain(float(f"{value:.3g}"), 3) if abs(value) < 1000 else f"{value:,.0f}".replace("-", "−")


def money(value: float, currency: str | None, *, short: bool = False, digits: int = 6) -> str:
    """An amount of money: `$11.9 billion`; short, for the one large number of an answer, `$11.9 bn`."""
    code = currency or "USD"
    sign = words()["currencies"].get(code, f"{code} ")
    minus, value = ("−", -value) if value < 0 else ("", value)
    value = float(f"{value:.{digits}g}")
    for size, word, brief in SCALES:
        if value >= size:
            return f"{minus}{sign}{plain(value / size, digits)} {brief if short else word}"
    cents = f"{value:,.2f}" if not float(value).is_integer() and value < 1000 else plain(value, digits)
    return f"{minus}{sign}{cents}"


def quantity(value: float, unit: str | None, *, short: bool = False) -> str:
    """A number with its unit: `$4 billion`, `16%`, `1,300 MW`, `250,000`, a year `2017`."""
    if unit is None or unit == "count":
        return plain(value)
    if unit == "%":
        return f"{plain(value)}%"
    if unit == "year":
        return f"{value:.0f}"
    if unit == "x":
        return f"{plain(value)} times"
    if unit == "MW":
        return f"{plain(value / 1000)} GW" if value >= 1000 else f"{plain(value)} MW"
    if re.fullmatch(r"[A-Z]{3}", unit):
        return money(value, unit, short=short)
    return f"{plain(value)} {unit.replace('_', ' ')}"


def said(amount: Amount, *, short: bool = False) -> str:
    """The amount with the source's bound: `over $10 billion`, `up to 5%`, `nearly $12 billion`, `$38 to $40`, `not stated`."""

    def one(value: float) -> str:
        return quantity(value, amount.unit, short=short)

    if amount.low is None and amount.high is None:
        return NOT_STATED
    if amount.high is None and amount.low is not None:
        text = f"over {one(amount.low)}"
    elif amount.low is None and amount.high is not None:
        text = f"up to {one(amount.high)}"
    elif amount.low == amount.high and amount.low is not None:
        text = f"{amount.word} {one(amount.low)}" if amount.approx else one(amount.low)
    else:
        assert amount.low is not None  # noqa: S101  # the three cases above
        assert amount.high is not None  # noqa: S101  # the three cases above
        text = f"{one(amount.low)} to {one(amount.high)}"
    return f"{text} a {amount.per}" if amount.per else text


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things in words up to twelve: `one article`, `no deals`, `40 deals`."""
    word = NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else f"{number:,}"
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def start_upper(text: str) -> str:
    """The text with its first letter large: a sentence's beginning, where a name like `xAI` stays as it is."""
    return text[:1].upper() + text[1:] if text.split(" ")[0].islower() else text


def listed(items: Iterable[str], most: int = 0, word: str = "and") -> str:
    """Items as a sentence lists them: `A`, `A and B`, `A, B and C`; beyond `most`, `A, B and 3 others`; `word` may be "or"."""
    given = list(items)
    if most and len(given) > most + 1:
        given = [*given[:most], f"{len(given) - most} others"]
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} {word} {given[-1]}" if given else ""


def names_of(party: str | None) -> list[str]:
    """The companies of a party: joint ones are joined by "; " in the tables."""
    return party.split("; ") if party else []


def payer_of(row: Any) -> str:
    """Who pays, in words; where no one is named, what kind of party it is."""
    return listed(names_of(present(row.payer)), 3) or str(words()["kinds"][row.kind]["payer"])


def payee_of(row: Any) -> str:
    """Who receives, in words."""
    return listed(names_of(present(row.payee)), 3) or str(words()["kinds"][row.kind]["payee"])


def kind_noun(kind: str) -> str:
    """What the money is for: `computing`, `loan`."""
    return str(words()["kinds"][kind]["noun"])


def is_funding(kind: str) -> bool:
    """Whether the money funds its receiver (a loan, shares) or else pays for goods and services."""
    return bool(words()["kinds"][kind]["verb"] == "funds")


def term_of(row: Any) -> str:
    """How long a deal runs: `over five years`, `through 2030`, or nothing."""
    years, through = present(row.term_years), present(row.through)
    if years is not None:
        whole = float(years).is_integer() and years < len(NUMBER_WORDS)
        return f"over {counted(int(years), 'year')}" if whole else f"over {plain(years)} years"
    return f"through {int(through)}" if through is not None else ""


def period_words(period: str | None) -> str:
    """A period as a reader says it: `2024`, `the fourth quarter of 2024`, `March 2025`, `28 March 2025`."""
    if not period:
        return "a period that is not stated"
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        return f"the {('first', 'second', 'third', 'fourth')[int(match[2]) - 1]} quarter of {match[1]}"
    if match := re.fullmatch(r"(\d{4})-H([12])", period):
        return f"the {('first', 'second')[int(match[2]) - 1]} half of {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", period):
        month = f"{MONTHS[int(match[2]) - 1]} {match[1]}" if 1 <= int(match[2]) <= 12 else match[1]
        return f"{int(match[3])} {month}" if match[3] else month
    return period


def period_label(period: str | None) -> str:
    """A period as a table or figure has it: `2024`, `Q4 2024`, `March 2025`; in a sentence it is `period_words`."""
    match = re.fullmatch(r"(\d{4})-([QH]\d)", period or "")
    return f"{match[2]} {match[1]}" if match else start_upper(period_words(period))


def metric_noun(row: Any) -> str:
    """What is measured: `revenue`, `share of revenue from Meta`, `revenue of the segment Cloud`."""
    noun = str(words()["metrics"][row.metric])
    segment, counterpart = present(row.segment), present(row.counterpart)
    noun += f", {segment}" if segment and segment != row.company else ""
    return f"{noun} {'held by' if row.metric == 'stake' else 'from'} {counterpart}" if counterpart else noun


def opening(text: str, most: int = 8) -> str:
    """The first words of a text that has no title, with an ellipsis where it goes on."""
    parts = text.split()
    return " ".join(parts[:most]) + ("\u00a0…" if len(parts) > most else "")
