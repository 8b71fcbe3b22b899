"""Head nouns: what a number counts.

In: the terms after a number. Out: a `Head`: the unit (singular, lower case, with _ for spaces) and where the noun ends.
"250,000 Nvidia GPUs" counts `gpu`, "four used office PCs" `pc`, "two Singapore data centres" `data_center`, "the 72-chip rack" `chip`.

Judgements made here: the head is the first noun in the plural, or the last of several in a row ("gas plants", "sales offices"). A function
word, a finite verb or a full stop ends the search, a comma only where no adjective follows. Two words are one noun only where
the lexicon says so.
"""

import re
from dataclasses import dataclass

from corewatch.language.terms import Terms
from corewatch.lexicon.quantities import heads, quantities

WINDOW = 9  # terms between a number and its noun
_H = heads()
_Q = quantities()
_CHIP = re.compile(r"(?:mi|gb|gh|vr|[ahbl])\d{2,3}\w?s$")  # "24,000 MI355s"
_SIBILANTS = ("ches", "shes", "sses", "xes", "zzes")


@dataclass(frozen=True, slots=True)
class Head:
    """A counted noun and the index after it; `duration` where it is a span of time."""

    unit: str
    last: int
    duration: bool = False


def singular(word: str) -> str:
    """The singular of a noun as a unit: `"companies"` is `"company"`, `"people"` `"person"`."""
    word = word.removesuffix("'s").removesuffix("'")
    known = _H.singular.get(word)
    if known is not None:
        return known
    if _CHIP.match(word):
        return "gpu"
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANTS):
        return word[:-2]
    if word.endswith("uses") and not word.endswith(("ouses", "auses", "cuses", "fuses")) and len(word) > 5:
        return word[:-2]
    if word.endswith("oes") and len(word) > 4:
        return word[:-2]
    return word[:-1]


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like a noun in the plural."""
    if word in _H.singular or word in _H.plural_only:
        return True
    return (
        len(word) > 2
        and word[-1] == "s"
        and word[-2] not in "su'"
        and not word.endswith("'s")
        and word not in _H.no_plural
        and word not in _H.stops
        and word[0].isalpha()
        and not word.endswith(("sis", "nis"))
    )


def read_head(terms: Terms, at: int) -> Head | None:
    """The head noun of the phrase that begins at a term, or null where none is found before the phrase ends."""
    end = min(terms.length, at + WINDOW)
    place = at
    while place < end:
        word = terms.low[place]
        if word in _Q.duration and place > at and not is_plural(word):
            return None
        compound = terms.longest(place, _H.compounds)
        if compound is not None and (is_plural(terms.low[compound[1] - 1])):
            return Head(compound[0], compound[1])
        if is_plural(word):
            return _extended(terms, place, end)
        if word in _H.stops and not _part_of_phrase(terms, at, place):
            return None
        if word in ("-", "‑", "–"):
            if not (terms.glued(place) and terms.glued(place + 1)):
                return None
        elif word == ",":
            if (
                place == at
                or place + 1 >= end
                or terms.is_digits(place + 1)
                or not terms.low[place + 1][0].isalpha()
                or terms.low[place + 1] in _H.stops
                or not _adjective(terms.low[place - 1])
            ):
                return None
        elif word == "&" or (word == "+" and place == at):
            pass
        elif not (word[0].isalpha() or word[0].isdigit()) or (word[0].isdigit() and not terms.glued(place + 1)):
            return None
        place += 1
    return None


def _part_of_phrase(terms: Terms, at: int, place: int) -> bool:
    """Whether a function word is inside a noun phrase: "Class A shares", "US banks", "Meta and Google engineers", "oil and gas fields"."""
    raw, word = terms.raw[place], terms.low[place]
    if len(word) == 1 and raw.isupper() and terms.word(place - 1) in ("class", "series", "type", "grade", "category"):
        return True
    if raw in ("US", "IT"):
        return True
    if word not in ("and", "or") or place == at or terms.word(place + 1) in _H.stops or not terms.word(place + 1)[:1].isalpha():
        return False
    if terms.is_capital(place - 1) and terms.is_capital(place + 1):
        return True
    paired = _adjective(terms.low[place - 1]) and _adjective(terms.low[place + 1])
    return paired or (place == at + 1 and not terms.low[at].endswith("ed") and is_plural(terms.word(place + 2)))


def _adjective(word: str) -> bool:
    return word.endswith(("al", "ed", "ic", "ive", "ous", "ful", "less", "ern", "ish", "able", "ary")) or word in (
        "small",
        "large",
        "new",
        "old",
        "young",
        "big",
        "rural",
        "good",
        "bad",
        "long",
        "short",
        "medium",
        "current",
        "future",
        "former",
        "senior",
        "junior",
        "public",
        "private",
    )


def _extended(terms: Terms, place: int, end: int) -> Head:
    """The last of several plurals in a row: "three sports clubs", "two Siemens turbines"."""
    word = terms.low[place]
    if word in _Q.duration:
        return Head(_Q.duration[word], place + 1, duration=True)
    prefix = _prefix(terms, place)
    if prefix:
        return Head(f"{prefix}-{singular(word)}", place + 1)
    last = place
    while last + 1 < end and (terms.low[last] in _H.adjuncts or terms.is_capital(last) or terms.hyphen(last + 1) > last + 1):
        nxt = terms.low[last + 1]
        joined = terms.hyphen(last + 1)
        if joined > last + 1 and joined < end:
            following = read_head(terms, joined)
            return following or Head(singular(word), last + 1)
        compound = terms.longest(last + 1, _H.compounds)
        if compound is not None and is_plural(terms.low[compound[1] - 1]):
            return Head(compound[0], compound[1])
        if not is_plural(nxt) or nxt in _Q.duration or (terms.is_capital(last + 1) and not terms.is_capital(last)):
            if (
                terms.is_capital(last)
                and nxt[0].isalpha()
                and nxt not in _H.stops
                and last + 2 < end
                and is_plural(terms.low[last + 2])
                and terms.low[last + 2] not in _Q.duration
            ):
                last += 2  # "three Siemens gas turbines"
                continue
            break
        last += 1
    if (
        terms.low[last] == "units"
        and terms.word(last + 1) == "of"
        and terms.written(last + 2).isupper()
        and len(terms.written(last + 2)) > 1
    ):
        return Head(singular(terms.low[last + 2]), last + 3)  # "4,000 units of GPU"
    return Head(singular(terms.low[last]), last + 1)


def _prefix(terms: Terms, place: int) -> str:
    """What a hyphen joins to a noun so that both are one: "e-mails", "meta-analyses", "co-founders"."""
    if place >= 2 and terms.hyphen(place - 1) == place:
        before = terms.low[place - 2]
        return before if (len(before) == 1 and before.isalpha()) or before in ("meta", "co", "ex", "non", "mini", "semi") else ""
    return ""


def read_hyphened(terms: Terms, at: int) -> Head | None:
    """The noun that a hyphen joins to its number: "72-chip", "100-gram", "five-year-old"."""
    word = terms.word(at)
    if not word or not word[0].isalpha():
        return None
    if word in _Q.duration:
        last = at + 1
        step = terms.hyphen(last)
        if terms.word(step) == "old":
            last = step + 1
        return Head(_Q.duration[word], last, duration=True)
    if word == "square" or word == "cubic":
        step = terms.hyphen(at + 1)
        return Head(f"{word}_{singular(terms.word(step))}", step + 1)
    if word == "data" and terms.word(terms.hyphen(at + 1)) in ("center", "centre"):
        return Head("data_center", terms.hyphen(at + 1) + 1)
    if (terms.word(at), terms.word(terms.hyphen(at + 1))) in (
        ("kilowatt", "hour"),
        ("megawatt", "hour"),
        ("gigawatt", "hour"),
        ("light", "year"),
    ):
        return Head(f"{word}_{terms.word(terms.hyphen(at + 1))}", terms.hyphen(at + 1) + 1)
    return Head(singular(word), at + 1)
