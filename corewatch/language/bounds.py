"""Bounds: the words around a figure that make it a minimum, a maximum or an estimate.

In: the terms of a sentence and a figure's place among them. Out: the sense (`low`, `high`, `about` or null) and where
the words begin or end.
"over $10 billion" is `low`, "as many as 40" `high`, "some 300" `about`, "$1 billion-plus" `low`, "$1 million or less" `high`.

Judgements made here: of two senses the outer decides, save that an estimate gives way to a bound ("up to about 5"). A comparison with
another figure is no bound ("6.8% under $28", "twice as much as $3"), nor is "over five years" after an amount, nor "the past two weeks".
"""

from corewatch.language.terms import DASHES, Terms
from corewatch.lexicon.quantities import figure_words, measures, quantities

_Q = quantities()
_MEASURES = measures().plurals
_W = figure_words("bounds")
_SOFT = _W["soft"]
_ARTICLES = _W["articles"]
_COMPARING = _W["comparing"]
_BEFORE_SPAN = _W["before_span"]
_AFTER_SPAN = _W["after_span"]
_FILLERS = _W["fillers"]


_PREPOSITIONS = _W["prepositions"]
_DETERMINERS = _W["determiners"]
_OVER_VERBS = _W["over_verbs"]
_ABOUT_OVER = _W["about_over"]
_UP_VERBS = _W["up_verbs"]
_NONE = _W["none"]
_EQUALLY = _W["equally"]
_LIMITED = _W["limited"]
_NO_COMPARATIVE = _W["no_comparative"]


SMALL = 10  # up to here a count after "over" is likelier that of the parts of something
LONG = 100


def _comparative(terms: Terms, end: int) -> tuple[str, int] | None:
    """ "hotter than", "taller than" are like "more than"."""
    word = terms.word(end - 2)
    if terms.word(end - 1) == "than" and len(word) > 4 and word.endswith("er") and word not in _NO_COMPARATIVE:
        return "low", end - 2
    return None


def bound_before(terms: Terms, first: int, kind: str, after_figure: bool, last: int, amount: float = 0) -> tuple[str | None, int]:
    """The sense of the words before a figure that begins at `first`, and the index where they begin.

    `after_figure` tells that another figure ends right before those words could begin being a bound of this one.
    """
    end = first
    for _ in range(4):
        found = terms.longest_before(end, _Q.bounds_before) or (_comparative(terms, end) if end == first else None)
        if found is not None:
            break
        if terms.word(end - 1) in _FILLERS and end - 1 > 0:
            end -= 1
            continue
        return None, first
    else:
        return None, first
    sense, begin = found
    if sense == "high" and terms.word(begin) == "as" and terms.word(begin - 1) in _EQUALLY and kind != "money":
        return "about", begin - 1  # "about as much as 200 houses use"
    words = " ".join(terms.low[begin:end])
    if _is_spatial(terms, begin, end, words) or _is_comparison(terms, begin, end, first, words, sense, after_figure):
        return None, first
    if words.startswith("pass") and terms.word(last) in ("on", "along", "to", "over", "up", "down", "back"):
        return None, first  # "passed $1 billion on to its insurer"
    if words in ("over", "under") and not _counts(terms, begin, last, kind, amount):
        return None, first
    if sense == "low" and _is_denied(terms, begin, words):
        return "high", begin  # "no customer makes up more than 35%", "none above 12%"
    # What stands before the phrase may turn or outrank it: "not", "no", "just under", "up to about", "a little over".
    before = terms.word(begin - 1)
    if words in ("more than", "over", "above") and before in ("not", "no", "never") and kind:
        return "high", begin - 1
    if words in ("less than", "under", "below") and before in ("not", "no", "never"):
        return "low", begin - 1
    while begin > 0 and terms.word(begin - 1) in _SOFT:
        begin -= 1
    if sense == "about":
        outer = terms.longest_before(begin, _Q.bounds_before)
        outer_words = " ".join(terms.low[outer[1] : begin]) if outer is not None else ""
        if outer is not None and kind == "duration" and outer_words in _PREPOSITIONS:
            outer = None  # "over about five years" is a term
        if outer is not None and outer[0] != "about" and terms.word(outer[1] - 1) not in _ARTICLES:
            return "high" if outer[0] == "low" and _is_denied(terms, outer[1], outer_words) else outer[0], outer[1]
    if begin > 0 and terms.word(begin - 1) == "a" and terms.word(begin) in ("little", "bit"):
        begin -= 1
    return sense, begin


def _is_spatial(terms: Terms, begin: int, end: int, words: str) -> bool:
    """Whether the words belong to a verb or phrase before: "a row over $5 million", "built up to 40", "in the past two weeks"."""
    before = terms.word(begin - 1)
    if words == "over":
        return before in _OVER_VERBS or any(word in _ABOUT_OVER for word in terms.low[max(0, begin - 4) : begin])
    if words == "up to":
        return before in _UP_VERBS
    if words == "past":
        return before in _ARTICLES or before in ("in", "half", "quarter") or terms.word(end + 1) in _Q.duration
    return words == "+" or (words in ("c", "ca", "est") and terms.word(end) == ".")


def _is_comparison(terms: Terms, begin: int, end: int, first: int, words: str, sense: str, after_figure: bool) -> bool:
    """Whether a figure is compared with a known one: "more than the $51m of a year before", "6.8% under $28", "twice as much as $3"."""
    between = terms.low[end:first]
    if words in _PREPOSITIONS and not _DETERMINERS.isdisjoint(between):
        return True  # "under a 15-year lease"
    if between and between[-1] == "the" and sense != "about":
        return True
    if words in ("as much as", "as many as", "as high as", "as long as"):
        return terms.word(begin - 1) in ("times", "twice", "half", "x", "thrice")
    return (words in _COMPARING and after_figure) or (words.endswith("than") and terms.word(begin - 1) == "times")


def _counts(terms: Terms, begin: int, last: int, kind: str, amount: float) -> bool:
    """Whether "over" bounds a span or small count: after an amount "over five years" is a term, "over three contracts" tells the parts."""
    before, later = terms.word(begin - 1), terms.word(last)
    if kind == "count" and (terms.word(last - 1),) not in _MEASURES:
        return amount > SMALL or before in _SOFT or before in ("is", "was", "are", "were", "for", "to", "")
    if kind != "duration":
        return True
    worked = later == "of" and terms.word(last + 1) in ("experience", "service")
    return (
        before in _BEFORE_SPAN or later in _AFTER_SPAN or (begin == 0 and later in _W["after_subject"]) or amount >= LONG or worked
    ) and before != "by"


def _is_denied(terms: Terms, begin: int, words: str) -> bool:
    reach = 8 if words.endswith("than") else 2 if words in ("above", "over", "exceeding", "exceeds", "exceeded", "beyond") else 0
    return not _NONE.isdisjoint(terms.low[max(0, begin - reach) : begin])


def bound_after(terms: Terms, first: int, last: int) -> tuple[str | None, int]:
    """The sense of the words after a figure from `first` to `last`, and the index after them."""
    at = last
    if terms.word(at) in DASHES or terms.word(at) == ",":
        at += 1
        if terms.word(last) == "," and terms.word(at) not in ("roughly", "approximately", "give", "or", "more", "at"):
            return None, last
    found = terms.longest(at, _Q.bounds_after)
    if found is None:
        return None, last
    sense, end = found
    words = " ".join(terms.low[at:end])
    if words == "and more" and terms.word(end) == "than":
        return None, last
    if words in (
        "roughly",
        "approximately",
        "approx",
        "at least",
        "at most",
        "at the most",
        "at a minimum",
        "more or less",
    ) and terms.is_digits(end):
        return None, last  # it belongs to the next figure
    if words in ("roughly", "approximately", "approx") and not (end >= terms.length or terms.word(end) in (",", ".", ")", ";", "—")):
        return None, last
    if words == "at least" and not (end >= terms.length or terms.word(end) in (",", ".", ")", ";", "—", "-")):
        return None, last
    if (
        words in ("minimum", "maximum", "max", "tops")
        and at == last
        and not (words != "tops" and terms.word(first - 1) in _LIMITED)
        and not (end >= terms.length or terms.word(end) in (",", ".", ")", ";"))
    ):
        return None, last
    if words == "plus" and at == last and not terms.glued(at):
        following = terms.word(end)
        if terms.is_digits(end) or following in ("$", "€", "£", "a", "an", "the", "its", "another") or following in _Q.numbers:
            return None, last
    if words in ("odd", "ish") and at == last:
        return None, last
    if words == "+" and not terms.glued(at):
        return None, last
    return sense, end
