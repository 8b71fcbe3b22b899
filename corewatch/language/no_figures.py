"""Numbers that are no figures: years, dates, times, names, labels, scores, list numbers, addresses.

In: a number among its terms and what unit was read for it. Out: whether it is a figure at all.
"""

import re

from corewatch.language.heads import is_plural
from corewatch.language.numbers import Number
from corewatch.language.terms import DASHES, Terms
from corewatch.language.units import Unit
from corewatch.lexicon.quantities import figure_words, heads, measures, number_names, quantities

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|co|gov|edu)\b(?:/\S*)?", re.IGNORECASE
)
PHONE = re.compile(r"\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){2,}\b")
ADDRESS_SIGN = re.compile(r"@|www|://|\.(?:com|org|net|io|ai|co|gov|edu)\b", re.IGNORECASE)  # most sentences have none
PHONE_SIGN = re.compile(r"\d\)?[ .-]\(?\d{2,4}\)?[ .-]\(?\d{2}")
PHONE_DIGITS = 9
_N = number_names()
_H = heads()
_Q = quantities()
_M = measures()
FIRST_YEAR, LAST_YEAR = 1700, 2100
_W = figure_words("no_figures")
_WORDS_OF_SENTENCE = _W["words_of_sentence"]
_PAIRING = _W["pairing"]
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")
_PEOPLES = ("ans", "ese", "ists", "crats", "ish", "ites", "is")


def is_address(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of web addresses, mail addresses and telephone numbers in a sentence."""
    spans: list[tuple[int, int]] = []
    if ADDRESS_SIGN.search(text, start, end):
        spans.extend(match.span() for match in ADDRESS.finditer(text, start, end))
    if PHONE_SIGN.search(text, start, end):
        spans.extend(match.span() for match in PHONE.finditer(text, start, end) if sum(c.isdigit() for c in match.group()) >= PHONE_DIGITS)
    return spans


def is_figure(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """Whether a number states an amount."""
    strong = unit is not None and (unit.measure or unit.kind not in ("count", "duration"))
    return not (
        _is_date_or_time(terms, number, unit)
        or (not strong and _is_year(terms, number, unit))
        or _is_part_of_word(terms, number, unit)
        or (
            not strong
            and (
                _is_label(terms, number, unit)
                or _is_name(terms, number, unit)
                or _begins_name(terms, number, unit)
                or _is_score(terms, number, unit)
            )
        )
        or _is_known_name(terms, number, unit)
        or _is_pairing(terms, number)
        or _is_list_number(terms, number, unit)
    )


def _is_year(terms: Terms, number: Number, unit: Unit | None) -> bool:
    raw = terms.raw[number.first]
    if not (number.digits and not number.scaled and len(raw) == 4 and raw.isdigit() and number.value >= FIRST_YEAR):
        return False
    if number.value > LAST_YEAR:
        return unit is None and number.value < 3000 and terms.word(number.first - 1) in ("until", "till", "by", "since", "through")
    if unit is None:
        return True
    step = terms.hyphen(number.last)
    if step > number.last and unit.kind == "count":
        return True
    return not (
        terms.word(step) in _H.after_year
        or (
            terms.word(number.first - 1) in ("than", "about", "nearly", "some", "over", "around", "roughly", "almost", "least")
            and 1 < unit.last - number.last < 3
        )
    )


def _is_date_or_time(terms: Terms, number: Number, unit: Unit | None) -> bool:
    first, last = number.first, number.last
    before, after = terms.word(first - 1), terms.word(last)
    if before in ("past", "to") and terms.word(first - 2) in _W["clock_parts"] and number.value <= 12 and not number.scaled:
        return unit is None or before == "past"  # "half past six"
    if not number.digits:
        return after in ("o'clock", "a.m.", "p.m.", "am", "pm")
    raw = terms.raw[first]
    if first == 0 and _CLOCK.match(raw) and terms.is_capital(last) and (unit is None or unit.kind == "count") and not terms.glued(last):
        return True  # "21.24 Sales weren't shabby": the entry of a live blog
    if unit is not None and unit.kind in ("money", "percent", "power"):
        return False
    if ":" in (before, after) and (
        (terms.glued(first) and terms.is_digits(first - 2))
        or (after == ":" and terms.glued(last) and terms.is_digits(last + 1) and terms.glued(last + 1))
    ):
        return True
    if after in ("a.m.", "p.m.", "a.m", "p.m", "am", "pm", "gmt", "o'clock", "cet", "bst", "utc") and not (
        after == "am" and terms.word(last + 1)[:1].isalpha() and not terms.glued(last)
    ):
        return True
    if after == "p" and terms.word(last + 1) == "." and terms.word(last + 2) == "m":
        return True
    if raw.isdigit() and number.value <= 31 and not number.scaled:
        if after in _N.months and terms.is_capital(last):
            return True
        month = terms.word(first - 2) if before == "." and terms.glued(first - 1) else before
        if month in _N.months and terms.is_capital(first - (2 if before == "." else 1)) and terms.hyphen(last) == last:
            return True
        if month in _N.months and terms.is_capital(first - 1) and terms.is_digits(terms.hyphen(last)):
            return True
        # "March 10-12", "19-20 May", "May 19 and 20"
        listed = (before in DASHES or before in ("and", "to", "or", ",")) and terms.is_digits(first - 2)
        if listed and terms.word(first - 3) in _N.months and terms.is_capital(first - 3) and unit is None:
            return True
        if (
            (after in DASHES or after in ("and", "to", "or"))
            and terms.is_digits(last + 1)
            and terms.word(last + 2) in _N.months
            and terms.is_capital(last + 2)
        ):
            return True
    if after in ("/", ".") and terms.glued(last) and terms.is_digits(last + 1) and terms.glued(last + 1):
        return True
    return (before == "/" and terms.glued(first) and terms.is_digits(first - 2)) or (
        before == "'" and terms.glued(first) and len(raw) == 2 and unit is None
    )


def _is_part_of_word(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """ "GPT-4", "2Q25", "8-K", "3D", "1990s", "5th"."""
    first, last = number.first, number.last
    begin = unit.first if unit else first
    before = terms.word(begin - 1)
    if begin > 0 and terms.glued(begin) and before in DASHES and terms.glued(begin - 1):
        left = terms.word(begin - 2)
        if before in ("—", "–") and not terms.is_digits(begin - 2) and unit is not None:
            return False
        if (
            left
            and left[-1].isalpha()
            and (unit is None or unit.kind in ("count", "duration"))
            and left not in ("mid", "sub", "pre", "post", "us", "plus", "near", "to", "or", "and")
            and left not in _Q.scales
            and left not in _Q.numbers
            and left not in _Q.glued_scales
        ):
            return True
        if (
            terms.is_digits(begin - 2)
            and terms.word(begin - 3) in DASHES
            and terms.word(begin - 4)[-1:].isalpha()
            and terms.glued(begin - 3)
        ):
            return True  # "CVE-2024-1234"
        if left == ")" or (terms.is_digits(begin - 2) and unit is None):
            return False
    if number.digits and terms.glued(begin) and begin > 0 and before[-1:].isalpha():
        return True
    if number.digits and terms.glued(begin) and (before in ("#", "@", "_", "№") or (before == "." and not terms.glued(begin - 1))):
        return True
    if terms.glued(last) and last < terms.length:
        glued = terms.word(last)
        if glued[0].isalpha() and (unit is None or unit.last <= last):
            return True
        if glued[0].isalpha() and unit is not None and unit.kind == "count" and not _may_touch(terms, last, unit):
            return True
        if glued in ("th", "st", "nd", "rd", "s"):
            return True
        if (
            glued in DASHES
            and terms.glued(last + 1)
            and number.digits
            and len(terms.written(last + 1)) == 1
            and terms.written(last + 1).isupper()
        ):
            return True
        if glued in ("'",) and terms.word(last + 1) == "s":
            return True
    return False


def _may_touch(terms: Terms, at: int, unit: Unit) -> bool:
    """Whether a word that touches its number can be its unit: "12g", "24h", "8GPUs" can, "5G masts" cannot."""
    word = terms.low[at]
    return (
        unit.measure
        or (terms.raw[at],) in _M.written
        or word in _Q.duration
        or word == "x"
        or unit.unit == "degree"
        or (is_plural(word) and len(word) > 3)
    )


def _is_label(terms: Terms, number: Number, unit: Unit | None) -> bool:
    if not number.digits and unit is not None:
        return False
    before = terms.word(number.first - 1)
    if before == "." and terms.glued(number.first - 1):
        before = terms.word(number.first - 2)
        if before in ("no", "nos", "vol", "fig", "pp", "p"):
            return True
    if before in ("no", "nos", "no.", "vol", "fig", "pp", "#", "§"):
        return True
    if before == ":" and terms.word(number.first - 2) in _W["exchanges"] and terms.is_capital(number.first - 2):
        return True  # "HKEX: 9698"
    if before == "number" and is_plural(terms.word(number.first - 2)):
        return False  # "employees number 412"
    if before in _N.labels and number.value < 3000 and not number.scaled and "," not in terms.raw[number.first]:
        if terms.word(number.first - 2) in _Q.numbers or terms.is_digits(number.first - 2):
            return False
        return unit is None or (
            number.digits
            and before
            not in (
                "call",
                "point",
                "site",
                "line",
                "group",
                "number",
                "numbers",
                "model",
                "hall",
                "building",
                "minute",
                "unit",
                "class",
                "season",
                "run",
            )
        )
    return False


def _begins_name(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """ "Six Flags", "Three Rivers Electrical": a capitalised number word before a capitalised plural, which is no people or party."""
    noun = number.last
    capitals = terms.is_capital(number.first) and terms.is_capital(noun) and not terms.raw[noun][:-1].isupper()
    named = capitals and not number.digits and not number.scaled and unit is not None and unit.kind == "count" and not terms.titled
    return named and is_plural(terms.low[noun]) and not terms.low[noun].endswith(_PEOPLES)


def _is_name(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """A number after a capitalised word that it belongs to: "Hut 8", "Llama 3 models", "Formula One"."""
    first = number.first
    if unit is not None and unit.first < first:
        return False
    at = first - 1
    if at < 0 or not terms.raw[at][0].isalpha() or terms.glued(first):
        return bool(
            not number.digits
            and terms.is_capital(first)
            and first > 0
            and not terms.titled
            and terms.raw[at] not in (".", "“", '"', ":", "—", "”", "!", "?", "(", "*", "•", "-", "‘", "'", "–", ";")
            and unit is None
        )
    if number.digits and terms.word(at) in _N.products and (not number.scaled or number.letter) and "," not in terms.raw[first]:
        return True
    if terms.low[at].endswith(("'s", "s'")) and unit is not None:
        return False
    capital = any(letter.isupper() for letter in terms.raw[at])
    if not number.digits:
        return (
            terms.is_capital(first)
            and not terms.titled
            and not number.scaled
            and (unit is None or (capital and terms.word(at) not in _WORDS_OF_SENTENCE))
        )
    if not capital or terms.word(at) in _WORDS_OF_SENTENCE or number.scaled or "," in terms.raw[first]:
        return False
    if unit is not None and (terms.titled or at == 0 or terms.raw[at - 1] in (".", ":", "“", '"', "•", "-", "*")):
        return False
    if unit is not None and unit.last - terms.hyphen(number.last) <= 1 and unit.kind == "duration":
        return False
    if unit is not None and unit.kind == "count" and _is_given(terms, at):
        return False
    if unit is not None and (terms.written(at) in _H.places or " ".join(terms.raw[max(0, at - 1) : at + 1]) in _H.places):
        return False
    gapped = terms.word(at - 1) in ("and", ",", "while", "but") and terms.word(number.last) in ("", ".", ",", ";")
    return not (unit is None and (number.value >= 100 or gapped) and not terms.titled)  # "Apollo 39 percent, and Toshiba 21"


def _is_given(terms: Terms, at: int) -> bool:
    """Whether a name that ends at a term is whom something is given: "sold Duke Energy 19 turbines", "owes Dell 40 racks"."""
    while at > 0 and terms.is_capital(at):
        at -= 1
    return terms.low[at] in _W["giving"]


def _is_score(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """ "3-1", "a 5-4 ruling", "out of 10" is none."""
    if not number.digits or number.scaled or number.value > 200 or number.value != int(number.value):
        return False
    for here, there in ((number.last, number.last + 1), (number.first - 1, number.first - 2)):
        if (
            terms.word(here) in DASHES
            and terms.glued(here)
            and terms.glued(here + 1)
            and terms.is_digits(there)
            and "." not in terms.word(there)
        ):
            following = max(number.last, there + 1)
            if (
                unit is None
                and terms.word(following) not in _H.stops | {",", ".", ")", ""}
                and is_plural(terms.word(following))
                and terms.word(following) not in _N.score_nouns
            ):
                continue
            nxt = terms.word(following)
            if (
                nxt in _N.score_nouns
                or unit is None
                or nxt in ("", ",", ".", ")", "in", "at", "to", "against", "on", "and", "by", "with", "after")
            ):
                if unit is not None and unit.kind == "duration":
                    continue
                joined = terms.hyphen(following)
                if (
                    joined > following
                    or _measured(terms, following)
                    or nxt in ("%", "percent", "per", "x", "times", "bn", "m")
                    or nxt in _Q.power
                    or nxt in _Q.scales
                    or nxt in _Q.duration
                ):
                    continue
                left = there if there < number.first else number.first
                if terms.longest_before(left, _Q.signs_before, as_written=True) is not None:
                    continue
                return True
    return False


def _measured(terms: Terms, at: int) -> bool:
    """Whether a measure begins at a term, so that two numbers before it are a range and no score."""
    return any(terms.longest(at, table, as_written=table is _M.written) is not None for table in (_M.signs, _M.plurals, _M.written))


def _is_known_name(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """ "S&P 500", "Chapter 11"; "the top four" without a noun."""
    end = number.first + 1
    return terms.longest_before(end, _N.indices) is not None or (unit is None and terms.longest_before(end, _N.rankings) is not None)


def _is_pairing(terms: Terms, number: Number) -> bool:
    """ "a 2-for-1 split", "two-to-one", "9-of-12": two numbers that say one thing, which is no amount."""
    for here, there in ((number.last, 1), (number.first - 1, -1)):
        if terms.word(here) != "-":
            continue
        dashes = (terms.word(here), terms.word(here + 2 * there))
        far = here + 3 * there
        if dashes == ("-", "-") and terms.word(here + there) in _PAIRING and terms.glued(here) and terms.glued(here + 2 * there):
            return terms.is_digits(far) or terms.word(far) in _Q.numbers
    return False


def _is_list_number(terms: Terms, number: Number, unit: Unit | None) -> bool:
    """ "1) ", "2. ", "(3)", "[4]"."""
    if not number.digits or number.scaled or (unit is not None and unit.kind in ("money", "percent", "power")):
        return False
    before, after = terms.word(number.first - 1), terms.word(number.last)
    opening = number.first == 0 or (number.first <= 2 and all(word in "#([*-•>" for word in terms.low[: number.first]))
    if opening and after in (".", ")", "]", ":") and terms.glued(number.last) and number.value < 1000:
        return True
    return before == "[" and after == "]"
