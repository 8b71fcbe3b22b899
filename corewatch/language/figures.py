"""Figures: every amount that a text states, with its bounds and unit.

In: a text and its sentences. Out: `Figure`s in the order of the text; `text` is number, sign, scale word and unit.

Judgements made here: a range is one figure ("between $38 and $40", "$20-23 billion"), a change two ("from $360 million to $110 million").
A part that is left out comes from the neighbour in the list or range, else from the figure before ("410 employees and Lambda 163").
A bound holds for the whole list ("up to $5 billion and $10 billion").
"""

import bisect
import math
import re

from corewatch.language.article import Figure, Sentence
from corewatch.language.bounds import bound_after, bound_before
from corewatch.language.drafts import Draft
from corewatch.language.elisions import Counted, fill_units
from corewatch.language.heads import read_head
from corewatch.language.no_figures import is_address, is_figure
from corewatch.language.numbers import Number, read_number
from corewatch.language.ranges import joined, share_all
from corewatch.language.sentences import find_sentences
from corewatch.language.terms import DASHES, Terms
from corewatch.language.units import Unit, read_unit
from corewatch.lexicon.quantities import figure_words, quantities

_Q = quantities()
DIGIT = re.compile(r"[\d½¼¾]")
WORD = re.compile(r"[^\W\d_]+")
_LONG_SCALES = [word for word in _Q.scales if len(word) > 3]
_AMOUNTS = [
    *_Q.numbers,
    *_LONG_SCALES,
    *_Q.multiples,
    "zero",
    "half",
    "quarter",
    "dollar",
    "cent",
    "euro",
    "gigawatt",
    "megawatt",
    "terawatt",
    "percentage",
]
# A sentence without a digit or one of these states nothing.
_SIGNS_OF_AMOUNT = frozenset(form for word in _AMOUNTS for form in (word, word.capitalize(), word.upper()))
IN_THOUSANDS = re.compile(r"\((?:[^()\n]{0,40}[ ,])?in (thousands|millions|billions)\b[^()\n]{0,60}\)", re.IGNORECASE)
_STARTS = frozenset({*_Q.numbers, *_LONG_SCALES, *_Q.fractions, *_Q.multiples, "a", "an", "half", "zero"})
_W = figure_words("figures")
_IDIOMS_AFTER_DOUBLE = _W["idioms_after_double"]
_DOUBLE = _W["double"]


def figures_of(text: str) -> list[Figure]:
    """The figures of a text, its sentences found on the way."""
    return find_figures(text, find_sentences(text))


def find_figures(text: str, sentences: list[Sentence]) -> list[Figure]:
    """The figures of a text in order; spans are slices of the text and do not overlap, and each has a bound."""
    found: list[Figure] = []
    counted = Counted()
    notes = list(IN_THOUSANDS.finditer(text))
    paragraph, paragraph_start = -1, 0
    for index, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            paragraph, paragraph_start = sentence.paragraph, sentence.start
        start, end = sentence.start, sentence.end
        if DIGIT.search(text, start, end) is None and _SIGNS_OF_AMOUNT.isdisjoint(WORD.findall(text, start, end)):
            continue
        terms = Terms(text, sentence.start, sentence.end)
        drafts = _drafts(terms, is_address(text, sentence.start, sentence.end))
        if not drafts:
            continue
        drafts = joined(terms, drafts)
        counted.previous = (text, sentences[index - 1].start, sentences[index - 1].end) if index else None
        fill_units(terms, drafts, counted)
        share_all(terms, drafts)
        drafts = [draft for draft in drafts if draft.kind is not None]
        if notes:
            _in_thousands(terms, drafts, notes, paragraph_start)
        _bound(terms, drafts)
        for draft in drafts:
            figure = _figure(terms, draft)
            if figure is not None and (not found or found[-1].end <= figure.start):
                found.append(figure)
    return found


def _in_thousands(terms: Terms, drafts: list[Draft], notes: list[re.Match[str]], paragraph_start: int) -> None:
    """A note "(in thousands)" raises the plain sums that follow it in its paragraph."""
    for draft in drafts:
        if draft.kind != "money" or draft.number.scaled or draft.first == draft.number.first or draft.ranged or draft.factor != 1:
            continue
        above = bisect.bisect_left(notes, terms.starts[draft.first], key=re.Match.start) - 1
        if above >= 0 and notes[above].start() >= paragraph_start:
            draft.factor = _Q.scales[notes[above].group(1).lower().removesuffix("s")]


def _drafts(terms: Terms, hidden: list[tuple[int, int]]) -> list[Draft]:
    """Every number of a sentence with its unit, those without one still open; what is no figure is left out."""
    hidden = sorted(hidden, reverse=True)
    drafts: list[Draft] = []
    free = 0  # the first term after what was read
    for at, word in enumerate(terms.low):
        if at < free or not ("0" <= word[0] <= "9" or word in _STARTS):
            continue
        while hidden and hidden[-1][1] <= terms.starts[at]:
            hidden.pop()
        if hidden and hidden[-1][0] < terms.ends[at]:
            continue
        if word in _Q.multiples:
            if _is_multiple(terms, at):
                value = _Q.multiples[word]
                drafts.append(Draft(Number(at, at + 1, value, False, False), at, at + 1, value, value, "multiple", "x", 1.0))
            continue
        whole = at + 2 if terms.word(at + 1) == "in" else at + 3 if terms.low[at + 1 : at + 3] == ["out", "of"] else 0
        if whole and _is_odds(terms, at, whole):
            free = whole + 1
            continue
        if _is_share(terms, at):
            free = at + 4
            continue
        number = read_number(terms, at) or _single_unit(terms, at, drafts)
        if number is None:
            continue
        unit = read_unit(terms, number)
        if word in ("a", "an", "half") and unit is None and not number.scaled:
            continue
        free = number.last
        if is_figure(terms, number, unit):
            draft = _draft(number, unit, before_or_two=terms.low[number.last : number.last + 2] == ["or", "two"])
            if draft is not None:
                drafts.append(draft)
                free = max(draft.last, number.last)
    return drafts


def _is_odds(terms: Terms, at: int, last: int) -> bool:
    """ "one in five", "nine out of 10": a fraction in words."""
    if terms.glued(at) or terms.word(last + 1) in _Q.duration:
        return False
    part, whole = (_small(terms, place) for place in (at, last))
    return part is not None and whole is not None and part < whole and (whole <= 20 or whole in (100, 1000))


def _is_share(terms: Terms, at: int) -> bool:
    """ "nine dollars in ten", "two patients in five": the same with its noun said; "four sites in five states" counts both."""
    if terms.word(at + 2) != "in" or terms.glued(at) or not terms.low[at + 1].isalpha() or terms.low[at + 1] in _Q.duration:
        return False
    return _is_odds(terms, at, at + 3) and read_head(terms, at + 4) is None


def _small(terms: Terms, at: int) -> float | None:
    """A number of at most four digits, or one in words."""
    word = terms.word(at)
    return float(word) if word.isdecimal() and len(word) <= 4 else _Q.numbers.get(word)


def _draft(number: Number, unit: Unit | None, *, before_or_two: bool) -> Draft | None:
    if not math.isfinite(number.value):
        return None
    if unit is None:
        if number.value == 1 and not number.digits and not number.scaled and not before_or_two:
            return None
        return Draft(number, number.first, number.last, number.value, number.value)
    return Draft(number, unit.first, max(unit.last, number.last), number.value, number.value, unit.kind, unit.unit, unit.factor)


def _single_unit(terms: Terms, at: int, drafts: list[Draft]) -> Number | None:
    """ "a gigawatt" and "a percentage point" are one, but as a rate ("$10 million a megawatt") nothing."""
    if terms.word(at) not in ("a", "an"):
        return None
    step = terms.hyphen(at + 1)
    word = terms.word(step)
    if terms.word(terms.hyphen(step + 1)) in ("scale", "class"):
        return None
    if word in ("dollar", "euro", "pound", "cent"):
        if terms.word(step + 1) in ("each", "apiece"):
            return Number(at, step, 1.0, False, False)  # "warrants at a cent each"
        return Number(at, step, 1.0, False, False) if bound_before(terms, at, "money", False, step + 1)[0] in ("low", "high") else None
    if drafts and drafts[-1].last == at:
        return None
    if word in ("gigawatt", "terawatt", "megawatt") or (word == "percentage" and terms.word(terms.hyphen(step + 1)) == "point"):
        bound = bound_before(terms, at, "power", False, step + 1)[0]
        if bound is None and (
            word == "megawatt"
            or (terms.word(at - 1) in ("for", "per") and drafts and drafts[-1].kind == "money")
            or terms.word(at - 1) in ("cents", "dollars")
        ):
            return None
        return Number(at, step, 1.0, False, False)
    return None


def _is_multiple(terms: Terms, at: int) -> bool:
    word = terms.word(at)
    after, before = terms.word(at + 1), terms.word(at - 1)
    if word in ("twice", "thrice"):
        return before not in ("think", "thinks", "thought", "thinking", "once", "or") and after not in DASHES
    if word in _DOUBLE:
        if after in _IDIOMS_AFTER_DOUBLE or before in ("-", "a", "an", "body") or (terms.glued(at) and before in DASHES):
            return False
        return not (terms.is_capital(at) and at > 0 and not terms.titled)
    if word in ("halves", "halving") and (before in ("two", "both", "the") or after == "of"):
        return False
    if word == "doubles" and (
        before in ("the", "a", "'s", "men's", "women's", "mixed", "in") or after in ("title", "final", "match", "partner", "as")
    ):
        return False
    return not (after == "down" and word.startswith("doubl")) and not (before in DASHES and terms.glued(at))


def _bound(terms: Terms, drafts: list[Draft]) -> None:
    """Bounds and approximations, each carried along a list."""
    end_before = -1
    for index, draft in enumerate(drafts):
        kind = draft.kind or ""
        begin = draft.first
        if draft.ranged:
            if terms.word(begin - 1) in ("between", "from"):
                begin -= 1
            elif terms.word(begin - 2) == "between":
                begin -= 2
                draft.approx = draft.approx or terms.longest_before(draft.first, _Q.bounds_before) is not None
        sense, outer = bound_before(terms, begin, kind, after_figure=False, last=draft.last, amount=draft.number.value)
        if sense is not None and outer <= end_before and end_before > 0:
            sense, outer = bound_before(terms, begin, kind, after_figure=True, last=draft.last)
            if outer < end_before:
                sense, outer = None, begin
        draft.outer_first = outer if sense is not None else begin
        after, draft.outer_last = bound_after(terms, draft.first, draft.last) if not _plus_inside(terms, draft) else ("low", draft.last)
        if index + 1 < len(drafts) and draft.outer_last > drafts[index + 1].first:
            after, draft.outer_last = None, draft.last
        if (
            after is not None
            and draft.kind == "count"
            and draft.number.last < draft.last
            and after == "low"
            and terms.word(draft.last) == "plus"
            and not terms.glued(draft.last)
        ):
            after, draft.outer_last = None, draft.last
        said = sense if sense in ("low", "high") else after or sense
        if draft.ranged:
            draft.approx = draft.approx or said == "about" or sense == "about"
        else:
            if (
                said is None
                and index
                and terms.low[drafts[index - 1].last : draft.first] == ["("]
                and _restates(terms, drafts[index - 1], draft)
            ):
                said = drafts[index - 1].bound
            if said is None and index and not drafts[index - 1].ranged:
                said = _carried(terms, drafts[index - 1], draft)
            after_number = terms.low[draft.number.last : draft.number.last + 2]
            if said is None and (after_number in (["-", "odd"], ["or", "so"]) or "odd" in terms.low[draft.first : draft.number.last]):
                said = "about"
            draft.bound = said
            draft.low = draft.high = draft.number.value * draft.factor
            if said == "low":
                draft.high = None
            elif said == "high":
                draft.low = None
            elif said == "about":
                draft.approx = True
        end_before = draft.last


def _restates(terms: Terms, left: Draft, right: Draft) -> bool:
    """ "up to one hundred million dollars ($100,000,000)", "as much as 95 billion crowns ($10 billion)": a sum again, or in other money."""
    if left.kind == right.kind == "money" and left.unit != right.unit:
        return terms.word(right.last) in (")", ",", ";") and left.bound != "about"
    return left.unit == right.unit and left.number.value * left.factor == right.number.value * right.factor


def _plus_inside(terms: Terms, draft: Draft) -> bool:
    """ "40k+ GPUs", "500-plus workers"."""
    inside = terms.low[draft.number.last : min(draft.number.last + 2, draft.last)]
    return "+" in inside or "plus" in inside or inside == ["or", "more"]


def _carried(terms: Terms, left: Draft, right: Draft) -> str | None:
    joint = terms.low[left.outer_last : right.first]
    both = {left.kind, right.kind} == {"money", "power"} and joint == ["and"]  # "more than $8 billion and 725 megawatts"
    if left.bound is None or (left.unit != right.unit and not both) or not joint or any(word not in (",", "and", "or") for word in joint):
        return None
    if joint == [",", "or"]:
        return None
    return left.bound if left.outer_last == left.last else None


def _figure(terms: Terms, draft: Draft) -> Figure | None:
    if draft.kind is None or (draft.low is None and draft.high is None):
        return None
    low, high = _rounded(draft.low), _rounded(draft.high)
    if not all(value is None or math.isfinite(value) for value in (low, high)):
        return None
    first, last = draft.first, draft.last
    start, end = terms.starts[first], terms.ends[last - 1]
    outer_start = min(start, terms.starts[min(draft.outer_first, first)])
    outer_end = max(end, terms.ends[max(draft.outer_last, last) - 1])
    return Figure(start, end, terms.text[start:end], draft.kind, low, high, draft.unit, draft.approx, outer_start, outer_end)


def _rounded(value: float | None) -> float | None:
    """A value without the dust of floating point: 2.4 * 1e9 is 2400000000.0."""
    return value if value is None or value.is_integer() else float(f"{value:.12g}")
