"""Numbers: the values that digits, number words and scale words make together, before anybody asks what they count.

In: the terms of a sentence and an index. Out: a `Number`, or null. "two and a half million", "$11.9-billion"'s "11.9-billion",
"1,250.5", "half a billion", "a dozen", "38.6 lakh", "12bn", "one hundred and twenty", "2½" are one number each.

Judgements made here: a comma or full stop groups digits in threes (Indian twos and threes too) or separates decimals. "a hundred" is a
number, "a" and "one" alone are none that stands without a unit. A scale word in the plural after no number ("millions") is vague.
"""

import re
from dataclasses import dataclass

from corewatch.language.terms import Terms
from corewatch.lexicon.quantities import measures, quantities

GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$")
PLAIN = re.compile(r"\d+(?:\.\d+)?$")
DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}$")  # 1.234.567
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}$")  # 3,5 as the Continent writes it
NARROW_SPACES = " \u2009\u202f\u00a0"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LARGEST_EXPONENT = 99
_BRACKETED = ("$", "€", "£", "¥")
_PARTS = {"quarters": 4, "thirds": 3, "third": 3, "fifths": 5, "tenths": 10}
SMALL = 20
LONGEST_NUMBER = 30  # characters; longer ones are keys and serial numbers
_Q = quantities()
_SINGULARS = measures().singulars


@dataclass(frozen=True, slots=True)
class Number:
    """A value made of the terms from `first` up to but not including `last`.

    `scaled` is whether a scale word or letter is in it, `digits` whether it begins with digits, `letter` whether the scale is a single
    letter (which may be a unit instead: "10m").
    """

    first: int
    last: int
    value: float
    scaled: bool
    digits: bool
    letter: str = ""


def read_number(terms: Terms, at: int) -> Number | None:
    """The number that begins at a term, as long as it goes."""
    if terms.is_digits(at):
        return _digits(terms, at)
    word = terms.word(at)
    if word in _Q.numbers:
        return _quarters(terms, at) or _words(terms, at)
    if word == "zero":
        return Number(at, at + 1, 0.0, False, False) if _is_none_of(terms, at + 1) else None
    if word in ("a", "an", "half", "one") or (word == "quarter" and terms.word(at - 1) == "a"):
        return _of_scale(terms, at)
    if word in _Q.fractions and not terms.glued(at):
        return Number(at, at + 1, _Q.fractions[word], False, True)
    if word in _Q.scales and not word.endswith("s") and len(word) > 3:
        return _bare_scale(terms, at)
    return None


def _digits(terms: Terms, at: int) -> Number | None:
    raw = terms.raw[at]
    if len(raw) > LONGEST_NUMBER:
        return None
    if raw.isdecimal():
        value = float(raw)
    elif GROUPED.match(raw):
        value = float(raw.replace(",", ""))
    elif PLAIN.match(raw):
        value = float(raw)
    elif DOTTED.match(raw):
        value = float(raw.replace(".", ""))
    elif DECIMAL_COMMA.match(raw):
        value = float(raw.replace(",", "."))
    else:
        return None
    last = at + 1
    groups = _spaced_groups(terms, last) if len(raw) <= 3 and raw[0] != "0" else 0
    for _ in range(groups):
        value = value * 1000 + float(terms.raw[last])
        last += 1
    if terms.word(last) in _Q.fractions and (terms.glued(last) or terms.word(last) not in ("half",)):
        value += _Q.fractions[terms.word(last)]
        last += 1
    elif (part := _written_fraction(terms, last)) is not None:
        value, last = value + part, last + 3
    elif (half := _and_a_half(terms, last)) is not None:
        value, last = value + half[0], half[1]
    return _scaled(terms, at, last, value, digits=True)


def _written_fraction(terms: Terms, at: int) -> float | None:
    """ "3/8" after a whole number: "7 3/8 percent"."""
    part, whole = terms.word(at), terms.word(at + 2)
    if (
        terms.glued(at)
        or terms.word(at + 1) not in ("/", "⁄")
        or not terms.glued(at + 2)
        or whole not in ("2", "3", "4", "5", "8", "16", "32", "64")
    ):
        return None
    return int(part) / int(whole) if part.isdecimal() and len(part) <= 2 and 0 < int(part) < int(whole) else None


def _spaced_groups(terms: Terms, at: int) -> int:
    """How many groups of three digits follow a number after spaces, as in "12 000"; an ordinary space groups round thousands only."""
    last = at
    firm = True
    while (
        last < terms.length and len(terms.raw[last]) == 3 and terms.raw[last].isdecimal() and terms.starts[last] - terms.ends[last - 1] == 1
    ):
        firm = firm and terms.text[terms.ends[last - 1]] in NARROW_SPACES[1:]
        last += 1
    groups = last - at
    return groups if groups and (firm or groups > 1 or terms.raw[last - 1] == "000") else 0


def _power_of_ten(terms: Terms, at: int) -> tuple[float, int] | None:
    """ "× 10^8", "x 10⁶" after a number: the factor and the index after it."""
    if terms.word(at) not in ("x", "×", "·", "*") or terms.word(at + 1) != "10":
        return None
    last = at + 2
    if terms.word(last) == "^":
        minus = terms.word(last + 1) in ("-", "−", "–")
        exponent, last = terms.word(last + 1 + minus), last + 2 + minus
    else:
        minus = terms.word(last) == "⁻"
        begin = last = last + minus
        while terms.word(last) in SUPERSCRIPTS and terms.glued(last):
            last += 1
        exponent = "".join(str(SUPERSCRIPTS.index(terms.word(place))) for place in range(begin, last))
    if not exponent.isdecimal() or int(exponent) > LARGEST_EXPONENT:
        return None
    return 10.0 ** (-int(exponent) if minus else int(exponent)), last


def _exponent(terms: Terms, at: int) -> tuple[float, int] | None:
    """ "e6", "E-12" where it touches a number's digits, as programs write a power of ten."""
    written = terms.low[at] if terms.glued(at) else ""
    if written[:1] != "e" or not (written[1:].isdecimal() or written == "e"):
        return None
    if written != "e":
        return (10.0 ** int(written[1:]), at + 1) if len(written) <= 3 else None
    sign, exponent = terms.word(at + 1), terms.word(at + 2)
    if sign not in ("-", "−", "+") or not terms.glued(at + 1) or not terms.glued(at + 2) or not exponent.isdecimal() or len(exponent) > 2:
        return None
    return 10.0 ** (int(exponent) if sign == "+" else -int(exponent)), at + 3


def is_bracketed(terms: Terms, first: int, last: int) -> bool:
    """Whether a number stands in brackets after its currency's sign, as accountants write a loss: "$(3.2) million"."""
    return (
        terms.word(first - 1) == "("
        and terms.word(last) == ")"
        and terms.glued(first)
        and terms.glued(last)
        and terms.word(first - 2) in _BRACKETED
    )


def _scaled(terms: Terms, first: int, last: int, value: float, *, digits: bool) -> Number:
    """The number with the scale words after it: "2.4 bn", "11.9-billion", "50k", "3 lakh crore"."""
    scaled = False
    letter = ""
    if digits and is_bracketed(terms, first, last):
        last += 1
    power = _power_of_ten(terms, last) or _exponent(terms, last) if digits else None
    if power is not None:
        return Number(first, power[1], value * power[0], True, True)
    while True:
        at = terms.hyphen(last)
        written = terms.written(at)
        if written in _Q.glued_scales and terms.glued(at) and at == last and digits and not scaled:
            if written == "t" and terms.glued(at + 1):
                break
            value *= _Q.glued_scales[written]
            letter = written
            last, scaled = at + 1, True
            continue
        word = terms.word(at)
        if word == "odd" and at > last and terms.word(terms.hyphen(at + 1)) in _Q.scales:
            last = at + 1  # "20-odd million"
            continue
        if word in _Q.scales and (word != "dozen" or not digits or not scaled):
            value *= _Q.scales[word]
            last, scaled = at + 1, True
            continue
        break
    return Number(first, last, value, scaled, digits, letter)


def _is_none_of(terms: Terms, at: int) -> bool:
    """Whether "zero" measures something: "zero percent", "zero degrees"; "zero emissions" and "zero-day" are no amounts."""
    step = terms.hyphen(at)
    return terms.longest(step, _Q.percent) is not None or terms.word(step) in ("degree", "degrees")


def _quarters(terms: Terms, at: int) -> Number | None:
    """ "three quarters of a billion", "two-thirds of a million"."""
    part = terms.hyphen(at + 1)
    whole = _PARTS.get(terms.word(part))
    if whole is None or _Q.numbers[terms.low[at]] >= whole or terms.word(part + 1) != "of" or terms.word(part + 2) not in ("a", "one"):
        return None
    if terms.word(part + 3) not in _Q.scales:
        return None
    return _scaled(terms, at, part + 3, _Q.numbers[terms.low[at]] / whole, digits=False)


def _under_hundred(terms: Terms, at: int) -> tuple[float, int] | None:
    value = _Q.numbers.get(terms.word(at))
    if value is None:
        return None
    last = at + 1
    if value >= SMALL:
        step = terms.hyphen(last)
        unit = _Q.numbers.get(terms.word(step), 0)
        if 1 <= unit <= 9 and (step > last or unit):
            return value + unit, step + 1
    return value, last


def _words(terms: Terms, at: int) -> Number | None:
    """Number words: "two hundred and fifty thousand", "one point five billion", "two and a half million"."""
    read = _under_hundred(terms, at)
    if read is None:
        return None
    group, last = read
    total = 0.0
    scaled = False
    while True:
        step = terms.hyphen(last)
        word = terms.word(step)
        if word == "hundred" and group < 100:
            group, last, scaled = group * 100, step + 1, True
            more = last + 1 if terms.word(last) == "and" else last
            rest = _under_hundred(terms, more)
            if rest:
                group, last = group + rest[0], rest[1]
            continue
        if word == "point" and (rest := _under_hundred(terms, step + 1)) and rest[0] < 10:
            part, place = 0.0, 0.1
            last = step + 1
            while (digit := _Q.numbers.get(terms.word(last))) is not None and digit < 10:
                part, place, last = part + digit * place, place / 10, last + 1
            group += part
            continue
        if word == "odd" and step > last and terms.word(terms.hyphen(step + 1)) in _Q.scales:
            last = step + 1  # "twenty-odd million"
            continue
        half = _and_a_half(terms, last)
        if half:
            group, last = group + half[0], half[1]
            continue
        if word in _Q.scales and word != "hundred":
            total += group * _Q.scales[word]
            group, last, scaled = 0.0, step + 1, True
            if word == "dozen":
                break
            more = last + 1 if terms.word(last) in ("and", ",") else last
            rest = _under_hundred(terms, more)
            if (rest and terms.word(rest[1]) in (*_Q.scales, "hundred")) or (
                rest and terms.word(last) == "and" and total >= 1000 and rest[0] < 100
            ):
                group, last = rest
                continue
        break
    return Number(at, last, total + group, scaled, False)


def _and_a_half(terms: Terms, at: int) -> tuple[float, int] | None:
    """ "and a half", "-and-a-half", "and a quarter", "and three quarters" after a number."""
    first = terms.hyphen(at)
    if terms.word(first) != "and":
        return None
    second = terms.hyphen(first + 1)
    third = terms.hyphen(second + 1)
    if terms.word(second) in ("a", "one") and terms.word(third) in ("half", "quarter", "third"):
        return {"half": 0.5, "quarter": 0.25, "third": 1 / 3}[terms.word(third)], third + 1
    if terms.word(second) == "three" and terms.word(third) in ("quarters", "quarter"):
        return 0.75, third + 1
    return None


def _of_scale(terms: Terms, at: int) -> Number | None:
    """ "a million", "half a billion", "a quarter of a million", "half a dozen", "a hundred thousand", "half an" before a unit."""
    word = terms.word(at)
    if word in ("a", "an", "one"):
        nxt = terms.hyphen(at + 1)
        if terms.word(nxt) == "half" and terms.word(nxt + 1) not in ("of",):
            nxt = terms.hyphen(nxt + 1)
            if terms.word(nxt) in _Q.scales:
                return _scaled(terms, at, nxt, 0.5, digits=False)
            return Number(at, nxt, 0.5, False, False)
        if (
            terms.word(nxt) == "quarter"
            and terms.word(nxt + 1) == "of"
            and terms.word(nxt + 2) in ("a", "one")
            and terms.word(nxt + 3) in _Q.scales
        ):
            return _scaled(terms, at, nxt + 3, 0.25, digits=False)
        if terms.word(nxt) == "quarter" and terms.word(terms.hyphen(nxt + 1)) in ("million", "billion", "trillion"):
            return _scaled(terms, at, terms.hyphen(nxt + 1), 0.25, digits=False)
        if terms.word(nxt) == "quarter":
            step = nxt + 3 if terms.word(nxt + 1) == "of" and terms.word(nxt + 2) in ("a", "an", "one") else terms.hyphen(nxt + 1)
            part = terms.word(step) in ("percentage", "percent", "point")
            if part or (step == nxt + 3 and (terms.word(step),) in _SINGULARS):
                return Number(at, step, 0.25, False, False)
        if terms.word(nxt) in _Q.scales and not terms.word(nxt).endswith("s"):
            if terms.word(nxt) in ("hundred", "thousand"):
                inner = _hundreds(terms, nxt)
                if inner:
                    return Number(at, inner[1], inner[0], True, False)
            return _scaled(terms, at, nxt, 1.0, digits=False)
        if word == "one":
            return _words(terms, at)
        return None
    if word == "half":
        nxt = terms.hyphen(at + 1)
        if terms.word(nxt) in ("a", "an"):
            after = terms.hyphen(nxt + 1)
            if terms.word(after) in _Q.scales:
                return _scaled(terms, at, after, 0.5, digits=False)
            return Number(at, after, 0.5, False, False)
        if terms.word(nxt) in _Q.scales and nxt > at + 1:
            return _scaled(terms, at, nxt, 0.5, digits=False)
    return None


def _hundreds(terms: Terms, at: int) -> tuple[float, int] | None:
    """ "hundred and fifty thousand" after its "a"."""
    if terms.word(at) != "hundred" or terms.word(at + 1) != "and":
        return None
    rest = _under_hundred(terms, at + 2)
    if rest is None:
        return None
    number = _scaled(terms, at, rest[1], 100 + rest[0], digits=False)
    return number.value, number.last


def _bare_scale(terms: Terms, at: int) -> Number | None:
    """ "billion-dollar" after an article or possessive: "the billion-dollar deal"; "another million", "the next dozen"."""
    before = terms.word(at - 1)
    joined = terms.word(at + 1) in ("-", "‑", "–") and before not in ("-", "‑", "–") and terms.word(at) != "dozen"
    if joined or (before in ("next", "last", "first", "other", "another", "past") and terms.hyphen(at) == at):
        return _scaled(terms, at, at + 1, _Q.scales[terms.word(at)], digits=False)  # "the next dozen taxpayers"
    return None
