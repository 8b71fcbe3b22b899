"""Units: what stands before and after a number and says what it measures.

In: a number among its terms. Out: a `Unit`: kind, unit, the factor that brings the number to it, and the place of both together; or null.
"$2.4bn" is money in USD, "130 kilowatts" 0.13 MW, "400 basis points" 4 percent, "98.5 cents" 0.985 USD, "72-chip" a count of chip.

Judgements made here: a sign before a number outranks what follows. "m" after digits is a million, unless a word of length or
height follows;
"pounds" are money save where something is weighed; "5.2x" and "three times" are multiples.
"""

from dataclasses import dataclass

from corewatch.language.article import FigureKind
from corewatch.language.heads import Head, is_plural, read_head, read_hyphened
from corewatch.language.numbers import Number, read_number
from corewatch.language.terms import DASHES, Terms
from corewatch.lexicon.quantities import figure_words, heads, measures, number_names, quantities

_Q = quantities()
_M = measures()
_N = number_names()
_H = heads()
_W = figure_words("units")
_LENGTH_AFTER = _W["length_after"]
_HARDLY_ONE = _W["hardly_one"]
_WEIGHING = _W["weighing"]
_IDIOMATIC = frozenset({"figures", "digits", "means"})  # "earns six figures"; "four means $2 billion"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the terms from `first` up to but not including `last` that number and unit take together.

    `measure` is whether it is a measure that no name or label ends with ("28°", "40 kg").
    """

    kind: FigureKind
    unit: str
    factor: float
    first: int
    last: int
    measure: bool = False


def read_unit(terms: Terms, number: Number) -> Unit | None:
    """The unit of a number, or null where none is written with it."""
    return _sign_before(terms, number) or _after(terms, number)


def _sign_before(terms: Terms, number: Number) -> Unit | None:
    """A currency's sign or code before the number: "US$ 350m", "CHF 95m", "€40"."""
    if not number.digits:
        return None
    if terms.word(number.first - 1) == "-" and terms.glued(number.first) and not terms.glued(number.first - 1):
        return None
    found = terms.longest_before(number.first, _Q.signs_before, as_written=True)
    if (
        found is None
        and terms.word(number.first - 1) == "("
        and terms.glued(number.first - 1)
        and ")" in terms.low[number.first : number.last]
    ):
        found = terms.longest_before(number.first - 1, _Q.signs_before, as_written=True)
        return Unit("money", found[0].code, found[0].factor, found[1], number.last) if found else None
    if found is None:
        return None
    currency, first = found
    sign = terms.written(number.first - 1)
    if sign == "COP" and not number.scaled and number.value < MANY:
        return None  # the climate summits, "COP28"
    if sign.isalpha() and terms.glued(first) and terms.word(first - 1) not in ("(", "/", "-", "“", '"', "~", ">", "<", "[", "–", "—"):
        return None
    if len(sign) == 1 and not sign.isalpha() and first == number.first - 2 and not terms.glued(number.first - 1):
        first = number.first - 1  # "the US $5" is the country and a sum
        currency = _Q.signs_before[(sign,)]
    last = _repeated_currency(terms, number.last, currency.code)
    step = terms.hyphen(number.last)
    if step > number.last and terms.word(step) == "a":
        last = number.last
    scale = 1.0
    if not number.scaled and (terms.written(number.last) in ("B", "M", "T", "K", "b", "m") and not terms.glued(number.last + 1)):
        scale = _Q.glued_scales[terms.written(number.last)]
        last = number.last + 1
        if terms.word(last) == "." and terms.glued(last) and last + 1 < terms.length and not terms.is_capital(last + 1):
            last += 1
    code = _home(terms, number, sign.lower(), currency.code) if sign == "kr" else currency.code
    return Unit("money", code, currency.factor * scale, first, last)


def _repeated_currency(terms: Terms, last: int, code: str) -> int:
    """The index after a currency that is said twice: "$5 million dollars", "$40 USD"."""
    step = terms.hyphen(last)
    again = terms.longest(step, _Q.money_words)
    if again is not None and again[0].code == code:
        return again[1]
    after = _Q.signs_after.get(terms.written(step))
    if after is not None and after.code == code and terms.written(step).isalpha() and terms.written(step) != "p":
        return step + 1
    return last


def _after(terms: Terms, number: Number) -> Unit | None:
    """The unit that follows the number, joined by a hyphen or not."""
    step = terms.hyphen(number.last)
    hyphened = step > number.last
    if not hyphened and terms.word(step) == "+" and terms.glued(step):
        step += 1  # "40k+ GPUs"
    if terms.word(step) == "plus" and hyphened and terms.word(step + 1).isalpha() and terms.word(step + 1) not in _H.stops:
        step = terms.hyphen(step + 1)
    word = terms.word(step)
    if word == "odd" and hyphened:
        step = terms.hyphen(step + 1)
        hyphened = False
        word = terms.word(step)
    if word == "or" and terms.word(step + 1) in ("more", "fewer", "so", "less") and not number.digits | (terms.word(step + 2) == "than"):
        step += 2  # "three or more years"
        word = terms.word(step)
    if not word:
        return None
    percent = terms.longest(step, _Q.percent)
    if percent is not None and not (terms.word(step) == "pc" and not terms.glued(step) and not number.digits):
        last = percent[1]
        joined = terms.hyphen(last)
        if joined > last and terms.word(joined) in ("point", "points"):
            last = joined + 1
        return Unit("percent", "%", percent[0], number.first, last)
    if word == "point" and number.value in (0.25, 0.5) and not number.digits and not number.scaled:
        return Unit("percent", "%", 1.0, number.first, step + 1)  # "a quarter-point"
    if word in ("percentage", "basis") and terms.word(terms.hyphen(step + 1)) in ("point", "points"):
        return Unit("percent", "%", 0.01 if word == "basis" else 1.0, number.first, terms.hyphen(step + 1) + 1)
    money = _money_after(terms, number, step)
    if money is not None:
        return money
    if word in _Q.power and _cased(terms, step, number):
        following = terms.word(terms.hyphen(step + 1))
        if following not in ("hour", "hours", "h"):
            return Unit("power", "MW", _Q.power[word], number.first, step + 1)
        return Unit(
            "count",
            f"{'megawatt' if _Q.power[word] == 1 else 'kilowatt' if word.startswith('k') else 'gigawatt'}_hour",
            1.0,
            number.first,
            terms.hyphen(step + 1) + 1,
        )
    if terms.written(step) == "h" and number.digits and not number.scaled and terms.word(step + 1) not in DASHES:
        return Unit("duration", "hour", 1.0, number.first, step + 1)
    if terms.word(number.first - 1) == "of" and terms.word(number.first - 2) == "factor" and step == number.last:
        return Unit("multiple", "x", 1.0, number.first, number.last)
    multiple = _times(terms, number, step)
    if multiple is not None:
        return multiple
    return _measure(terms, number, step) or _counted(terms, number, step, hyphened)


def _cased(terms: Terms, at: int, number: Number) -> bool:
    """Whether a short unit is written so that it can be no other word."""
    written = terms.written(at)
    if written.lower() == "w":
        return written == "W" and number.digits
    if len(written) == 2:
        return (number.digits and written[1] == "W") or (written.isupper() and number.digits) or terms.glued(at)
    return True


def _measure(terms: Terms, number: Number, step: int) -> Unit | None:
    """A measure that follows its number: "5 km/h", "0.5 kilogram", "12 megapixel", "300mm", "30°C"."""
    letter = _letter_measure(terms, number)
    if letter is not None:
        return letter
    found = terms.longest(step, _M.written, as_written=True)
    if found is not None:
        if number.digits and _fits(terms, number, step):
            unit, last = _per(terms, *found)
            return Unit("count", unit, 1.0, number.first, last, len(terms.raw[step]) > 1)
        return None
    found = terms.longest(step, _M.signs)
    if found is not None and (number.digits or len(terms.low[step]) > 3):
        unit, last = _per(terms, *found)
        return Unit("count", unit, 1.0, number.first, last, True)
    found = terms.longest(step, _M.plurals)
    if found is None and (number.digits or number.value < 1 or (number.value == 1 and terms.low[step] not in _HARDLY_ONE)):
        found = terms.longest(step, _M.singulars)
    if found is not None and (terms.raw[step].islower() or terms.titled):
        unit, last = _per(terms, *found)
        return Unit("count", unit, 1.0, number.first, last, True)
    if terms.low[step] in ("c", "f") and number.digits and not number.scaled and _is_temperature(terms, number, step):
        return Unit("count", "degree", 1.0, number.first, step + 1)
    return None


def _letter_measure(terms: Terms, number: Number) -> Unit | None:
    """A measure that was read as a scale because it touches its number: "300mm", "200m tall", "20t of"."""
    following = terms.word(number.last)
    if number.letter == "mm":
        return Unit("count", "millimeter", 1 / _Q.glued_scales["mm"], number.first, number.last, True)
    if number.letter == "m" and terms.word(terms.hyphen(number.last)) in _LENGTH_AFTER and terms.hyphen(number.last) > number.last:
        return Unit("count", "meter", 1 / _Q.glued_scales["m"], number.first, number.last)  # "a 3m-tall statue"
    if number.letter in ("m", "M") and (following in _LENGTH_AFTER or (following == "from" and not terms.is_digits(number.last + 1))):
        return Unit("count", "meter", 1 / _Q.glued_scales["m"], number.first, number.last)
    if number.letter == "t" and read_head(terms, number.last) is None:
        return Unit("count", "tonne", 1 / _Q.glued_scales["t"], number.first, number.last)
    return None


def _fits(terms: Terms, number: Number, at: int) -> bool:
    """Whether a sign in its own case can be a measure where it stands; a single capital is as often part of a name ("Tier 3 A")."""
    sign, following = terms.raw[at], terms.word(at + 1)
    if sign == "in":
        return at == number.last and (terms.glued(at) or following in (")", "(", "/", "×", "x"))
    if sign == "s":
        return not terms.glued(at)
    if len(sign) > 1 or sign.islower():
        return not (following == "-" and terms.glued(at + 1))
    initial = following == "." and terms.glued(at + 1) and terms.is_capital(at + 2)
    if initial or (number.first > 1 and terms.is_capital(number.first - 1)) or following in DASHES or number.scaled:
        return False
    return sign in "LWV" or not following[:1].isalnum() or (following in _H.stops and sign != "A")


def _per(terms: Terms, unit: str, last: int) -> tuple[str, int]:
    """A measure and its end, with the span of time that makes it a speed: "60 miles per hour", "5 km/h"."""
    step = terms.hyphen(last)
    joint = terms.word(step)
    after = terms.hyphen(step + 1)
    if joint == "/" and terms.glued(step) and terms.glued(after):
        below = _M.rate_spans.get(terms.written(after)) or _M.written.get((terms.written(after),)) or _M.signs.get((terms.word(after),))
    elif joint == "per" and unit in _M.rate_lengths:
        below = _M.rate_spans.get(terms.word(after))
    else:
        return unit, last
    return (f"{unit}_per_{below}", after + 1) if below else (unit, last)


def _is_temperature(terms: Terms, number: Number, at: int) -> bool:
    """Whether "35C" is a temperature and no name: heat is spoken of nearby."""
    if not terms.raw[at].isupper() or terms.is_capital(at + 1) or number.first == 0:
        return False
    near = terms.text[max(0, terms.starts[number.first] - BESIDE) : terms.starts[number.first] + BESIDE].lower()
    return any(word in near for word in _W["thermal"])


def _money_after(terms: Terms, number: Number, step: int) -> Unit | None:
    """A currency after the number: "12 billion dollars", "31.4 billion yen", "28p", "98.5 cents", "€"."""
    found = terms.longest(step, _Q.money_words)
    word = terms.word(step)
    if word == "grand" and not number.scaled and not (terms.word(step + 1)[:1].isalpha() and terms.word(step + 1) not in _H.stops):
        return Unit("money", "USD", 1000.0, number.first, step + 1)
    if found is not None:
        currency, last = found
        if word in ("pound", "pounds") and last == step + 1 and _is_weight(terms, number, last):
            return Unit("count", "pound", 1.0, number.first, last, True)
        small = number.value < 100 and not number.scaled and number.value == int(number.value)
        if word in _W["homonyms"] and last == step + 1 and (small or (word == "won" and not number.digits and not number.scaled)):
            return None
        code = _home(terms, number, word, currency.code) if last == step + 1 else currency.code
        return Unit("money", "USD" if code == "cent" else code, currency.factor, number.first, last)
    written = terms.written(step)
    after = _Q.signs_after.get(written)
    if after is None or not number.digits:
        return None
    if written == "p" and (not terms.glued(step) or number.scaled):
        return None
    if written in ("$", "£", "€") and (
        (terms.is_digits(step + 1) and terms.glued(step + 1))
        or not (terms.glued(step) or terms.text[terms.ends[step - 1] : terms.starts[step]] in ("\u00a0", "\u202f", " "))
    ):
        return None
    code = _home(terms, number, written, after.code) if written == "kr" else after.code
    return Unit("money", code, after.factor, number.first, step + 1)


def _is_weight(terms: Terms, number: Number, last: int) -> bool:
    """Whether pounds are a weight: something is weighed, money is counted in dollars nearby, or what follows is a thing and no sum."""
    if any(word in _WEIGHING for word in terms.low[max(0, number.first - 6) : number.first]):
        return not number.scaled
    if terms.word(last) == "per":
        return True
    near = terms.text[max(0, terms.starts[number.first] - NEAR) : terms.starts[number.first] + NEAR]
    if "£" in near or "sterling" in near:
        return False
    if terms.hyphen(number.last) > number.last:
        return terms.word(last)[:1].isalpha() and terms.word(last) not in _W["paid"] | _H.stops
    if terms.word(last) == "of":
        return _W["paid"].isdisjoint(terms.low[last + 1 : last + 4])
    return "$" in near and not number.scaled


def _home(terms: Terms, number: Number, word: str, code: str) -> str:
    """The code of a currency whose name several countries share: that of the country which the text names nearest before, else after."""
    homes = _Q.homes.get(_ALSO_WRITTEN.get(word, word.removesuffix("s")))
    if homes is None:
        return code
    at = terms.starts[number.first]
    before = terms.text[max(0, at - NEAR) : at].lower()
    nearest = max((before.rfind(stem) + len(stem), len(stem), stem) if stem in before else (0, 0, "") for stem in homes)[2]
    if not nearest:
        after = terms.text[terms.ends[number.last - 1] : at + NEAR].lower()
        nearest = min(((after.find(stem), stem) for stem in homes if stem in after), default=(0, ""))[1]
    return homes.get(nearest, code)


def _times(terms: Terms, number: Number, step: int) -> Unit | None:
    """ "10x", "3.5 times", "eight-fold"."""
    word = terms.word(step)
    if word in ("x", "×") and number.digits and (terms.glued(step) or word == "x") and not (terms.is_digits(step + 1)):
        return Unit("multiple", "x", 1.0, number.first, step + 1)
    if word == "fold" and (step > number.last or terms.glued(step)):
        return Unit("multiple", "x", 1.0, number.first, step + 1)
    if word == "times" and step == number.last and terms.raw[step] != "Times":
        return Unit("multiple", "x", 1.0, number.first, step + 1)
    return None


_ALSO_WRITTEN = {"kroner": "krone", "rouble": "ruble", "roubles": "ruble", "lei": "leu"}
LONGEST_ACRONYM = 5
LONGEST_NAME = 4
FEW = 10
MANY = 1000
NEAR = 2000  # characters
BESIDE = 150


def _of_size(terms: Terms, number: Number) -> Unit | None:
    """The noun after a size, which is a figure of its own: "two five-year options", "three 100MW halls"."""
    size = read_number(terms, number.last)
    if size is not None and _begins_number(terms.word(size.last)):
        return None  # a row of numbers, each of which would be asked for the one after it
    unit = read_unit(terms, size) if size is not None and not terms.glued(number.last) else None
    if unit is None or size is None or unit.first < number.last:
        return None
    joined = terms.hyphen(size.last) > size.last or (size.digits and (unit.measure or unit.kind == "power"))
    if not joined or unit.kind == "multiple" or (unit.kind == "count" and is_plural(terms.low[unit.last - 1])):
        return None
    head = read_head(terms, unit.last)
    return Unit("count", head.unit, 1.0, number.first, number.last) if head and not head.duration else None


def _begins_number(word: str) -> bool:
    """Whether a number is written here, in digits or in words."""
    return word[:1].isdigit() or word in _Q.numbers


def _counted(terms: Terms, number: Number, step: int, hyphened: bool) -> Unit | None:
    """The counted noun after a number."""
    word = terms.word(step)
    one = number.value == 1 and not number.digits and not number.scaled
    if not hyphened and not one and not number.scaled and number.value < MANY and _begins_number(word):
        return _of_size(terms, number)
    if not hyphened and not terms.glued(step) and word in _Q.numbers and terms.hyphen(step + 1) == step + 1:
        return None  # "from 53,000 two years ago"
    if hyphened:
        if not word[0].isalpha() or word == "quarters" or word in _N.no_measures or (word in _N.fraction_words and not number.digits):
            return None
        written = terms.written(step)
        if 2 <= len(written) <= LONGEST_ACRONYM and written.isalpha() and written.isupper() and not terms.titled:
            return Unit("count", word, 1.0, number.first, step + 1)  # "the 72-GPU rack"
        named = terms.is_capital(step) and not terms.is_capital(number.first) and number.digits
        if len(word) == 1 or (named and not is_plural(word) and word not in _Q.duration):
            head = read_head(terms, step) if number.value >= 2 and len(word) > 1 else None
            return _unit(number, head) if head else None
        head = read_hyphened(terms, step)
        if head is None:
            return None
        if one and not head.duration:
            return None
        plural = read_head(terms, head.last)
        past = word.endswith(("ed", "sided", "legged", "led", "strong", "man", "woman", "member", "person"))
        if past and word not in ("bed",):
            if word == "strong":
                return Unit("count", "person", 1.0, number.first, step + 1)
            if word.endswith("ed"):
                return _unit(number, plural) if plural and not plural.duration else None
        return _unit(number, head)
    if (word in _N.fraction_words or word in _IDIOMATIC) and not number.digits:
        return None
    if word in _Q.duration and not (is_plural(word)):
        head = Head(_Q.duration[word], step + 1, duration=True)
        if one and word in ("day", "minute"):
            return None
        if (
            ((number.value != 1 or number.digits or one) and not (one and word == "day") and word not in ("quarter", "min"))
            or (number.digits and word == "min")
            or number.value < 1
        ):
            if one and terms.word(step + 1) in ("or",):
                return None
            return _unit(number, head)
        return None
    if one:
        return None
    head = read_head(terms, step)
    if head is not None:
        if head.duration and head.unit == "quarter" and number.value == 3 and not number.digits and terms.word(head.last) == "of":
            return None  # "three quarters of"
        return _unit(number, head)
    if terms.word(step) == "of":
        return _part_of(terms, number, step)
    written = terms.written(step)
    if 2 <= len(written) <= LONGEST_ACRONYM and written.isalpha() and written.isupper() and written not in _N.no_acronyms:
        closed = terms.word(step + 1) in ("", ".", ",", ";", ")") or terms.word(step + 1) in _H.stops
        if closed and number.digits and (number.scaled or number.value >= FEW) and not terms.titled:
            return Unit("count", written.lower(), 1.0, number.first, step + 1)  # "24,000 TEU"
    return None


def _part_of(terms: Terms, number: Number, step: int) -> Unit | None:
    """ "three of its 66 factories", "two of the people", "300,000 of Axelera's Europa chips", "0.21 of a share"."""
    at = step + 1
    owner = next((place for place in range(at, at + LONGEST_NAME) if terms.word(place).endswith(("'s", "s'"))), None)
    if owner is not None and all(terms.is_capital(place) for place in range(at, owner + 1)):
        at = owner + 1  # "three of Yotta's 58 racks"
    elif terms.word(at) in ("the", "its", "their", "his", "her", "our", "these", "those", "my", "your", "a", "an"):
        fraction = terms.word(at) in ("a", "an")
        at += 1
        if fraction:
            if not number.digits or number.value >= 1:
                return None
            for place in range(at, min(at + 6, terms.length)):
                if terms.word(place + 1) in ("", ".", ",", "for", ")", ";", "in", "per"):
                    return Unit("count", terms.word(place), 1.0, number.first, place + 1)
            return None
    whole = next((place for place in range(at, at + LONGEST_NAME) if terms.is_digits(place) or terms.word(place) in _Q.numbers), None)
    between = [] if whole is None else terms.low[at:whole]
    if whole is not None and not any(word in _H.stops or (is_plural(word) and not word.endswith(("'s", "s'"))) for word in between):
        size = read_number(terms, whole)
        unit = read_unit(terms, size) if size else None
        if unit is not None and unit.kind in ("count", "power") and unit.first == whole:
            return Unit(unit.kind, unit.unit, unit.factor if unit.kind == "power" else 1.0, number.first, number.last)
    return _unit(number, read_head(terms, at))


def _unit(number: Number, head: Head | None) -> Unit | None:
    if head is None:
        return None
    return Unit("duration" if head.duration else "count", head.unit, 1.0, number.first, head.last)
