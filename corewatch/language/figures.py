"""Figures: every amount that a text states, with its bounds and unit.

In: a text and its sentences. Out: `Figure`s in the order of the text; `text` is number, sign, scale word and unit.

Judgements made here: a range is one figure ("between $38 and $40", "$20-23 billion"), a change two ("from $360 million to $110 million").
A part that is left out comes from the neighbour in the list or range, else from the figure before ("410 employees and Lambda 163").
A bound holds for the whole list ("up to $5 billion and $10 billion").
"""

import math
import re
from dataclasses import dataclass

from corewatch.language.article import Figure, FigureKind, Sentence
from corewatch.language.bounds import bound_after, bound_before
from corewatch.language.elisions import Counted, fill_units
from corewatch.language.no_figures import is_address, is_figure
from corewatch.language.numbers import Number, read_number
from corewatch.language.sentences import find_sentences
from corewatch.language.terms import DASHES, Terms
from corewatch.language.units import Unit, read_unit
from corewatch.lexicon.quantities import quantities

_Q = quantities()
_WORDS = sorted({*_Q.numbers, *(word for word in _Q.scales if len(word) > 3), *_Q.multiples, "half", "gigawatt", "megawatt", "terawatt", "a percentage"}, key=len, reverse=True)
ANCHOR = re.compile(r"\d|[½¼¾]|\b(?:" + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _WORDS) + r")\b", re.ASCII)
IN_THOUSANDS = re.compile(r"\((?:[^()\n]{0,40}[ ,])?in (thousands|millions|billions)\b[^()\n]{0,60}\)", re.IGNORECASE)
_STARTS = frozenset({*_Q.numbers, *(word for word in _Q.scales if len(word) > 3), *_Q.fractions, "a", "an", "half"})
_RANGING = frozenset({"range", "ranges", "ranged", "ranging", "vary", "varies", "varied", "varying", "anywhere", "spanning", "span", "somewhere", "anything", "runs", "running"})
_CHANGES = frozenset({"rose", "fell", "shed", "gained", "lost", "dropped", "climbed", "added", "eased", "widened", "narrowed", "slipped", "jumped", "surged", "slid", "advanced", "declined", "increased", "decreased", "up", "down", "rises", "falls", "gains", "drops", "adding", "rising", "falling", "climbing", "grew", "soared", "tumbled", "sank", "plunged", "edged", "inched", "firmed", "retreated", "rallied"})
_IDIOMS_AFTER_DOUBLE = frozenset({"-", "‑", "bed", "room", "rooms", "check", "digit", "digits", "decker", "glazing", "act", "standard", "standards", "blow", "whammy", "agent", "down", "bottom", "bill", "header", "counting", "fault", "bogey", "play", "jeopardy", "espresso", "vision", "murder", "homicide", "jump", "crown", "net", "-digit", "amputee", "bond", "stack", "gold"})
_DOUBLE = frozenset({"double", "triple", "treble", "quadruple", "quintuple"})
_TWICE_NO = frozenset({"a", "in", "per", "before", "daily", "weekly", "monthly", "yearly", "during", "on", "since", "about", "this", "last", "by", "and", "to", "with", "at", "after", "without", ".", ",", "", ";", "?", "!", "each", "every", "for", "when", "from", "annually"})


@dataclass(slots=True)
class Draft:
    """A figure in the making: the terms from `first` to `last`, and what is known of it so far."""

    number: Number
    first: int
    last: int
    low: float | None
    high: float | None
    kind: FigureKind | None = None
    unit: str = ""
    factor: float = 1.0
    approx: bool = False
    outer_first: int = 0
    outer_last: int = 0
    ranged: bool = False
    bound: str | None = None


def figures_of(text: str) -> list[Figure]:
    """The figures of a text, its sentences found on the way."""
    return find_figures(text, find_sentences(text))


def find_figures(text: str, sentences: list[Sentence]) -> list[Figure]:
    """The figures of a text in order; spans are slices of the text and do not overlap, and each has a bound."""
    found: list[Figure] = []
    counted = Counted()
    notes = list(IN_THOUSANDS.finditer(text))
    paragraph, paragraph_start = -1, 0
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, paragraph_start = sentence.paragraph, sentence.start
        if ANCHOR.search(text, sentence.start, sentence.end) is None:
            continue
        terms = Terms(text, sentence.start, sentence.end)
        drafts = _drafts(terms, is_address(text, sentence.start, sentence.end))
        if not drafts:
            continue
        drafts = _joined(terms, drafts)
        fill_units(terms, drafts, counted)
        _share_all(terms, drafts)
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
        above = [note for note in notes if paragraph_start <= note.start() < terms.starts[draft.first]]
        if above:
            draft.factor = _Q.scales[above[-1].group(1).lower().removesuffix("s")]


def _drafts(terms: Terms, hidden: list[tuple[int, int]]) -> list[Draft]:
    """Every number of a sentence with its unit, those without one still open; what is no figure is left out."""
    titled = _is_titled(terms)
    drafts: list[Draft] = []
    at = 0
    while at < terms.length:
        word = terms.low[at]
        if not ("0" <= word[0] <= "9" or word in _STARTS or word in _Q.multiples):
            at += 1
            continue
        if hidden and any(start < terms.ends[at] and terms.starts[at] < end for start, end in hidden):
            at += 1
            continue
        if word in _Q.multiples:
            if _is_multiple(terms, at):
                value = _Q.multiples[word]
                number = Number(at, at + 1, value, False, False)
                drafts.append(Draft(number, at, at + 1, value, value, "multiple", "x", 1.0))
            at += 1
            continue
        if _is_odds(terms, at):
            at += 3
            continue
        number = read_number(terms, at) or _single_unit(terms, at, drafts)  # type: ignore[assignment]
        if number is None:
            at += 1
            continue
        unit = read_unit(terms, number)
        if word in ("a", "an", "half") and unit is None and not number.scaled:
            at += 1
            continue
        if not is_figure(terms, number, unit, titled):
            at = max(number.last, at + 1)
            continue
        draft = _draft(number, unit)
        if draft is not None:
            drafts.append(draft)
            at = max(draft.last, number.last)
        else:
            at = max(number.last, at + 1)
    return drafts


def _is_odds(terms: Terms, at: int) -> bool:
    """ "one in five", "9 in 10": a fraction in words."""
    if terms.word(at + 1) != "in" or terms.glued(at) or not (terms.word(at) in _Q.numbers or terms.is_digits(at)):
        return False
    return terms.word(at + 2) in _Q.numbers if terms.word(at) in _Q.numbers else terms.raw[at].isdigit() and terms.word(at + 2) in ("5", "10", "20", "100", "1,000")


def _draft(number: Number, unit: Unit | None) -> Draft | None:
    if not math.isfinite(number.value):
        return None
    if unit is None:
        if number.value == 1 and not number.digits and not number.scaled:
            return None
        return Draft(number, number.first, number.last, number.value, number.value)
    return Draft(number, unit.first, max(unit.last, number.last), number.value, number.value, unit.kind, unit.unit, unit.factor)


def _single_unit(terms: Terms, at: int, drafts: list[Draft]) -> Number | None:
    """ "a gigawatt" and "a percentage point" are one, but as a rate ("$10 million a megawatt") nothing."""
    if terms.word(at) not in ("a", "an"):
        return None
    step = terms.hyphen(at + 1)
    word = terms.word(step)
    if drafts and drafts[-1].last == at:
        return None
    if word in ("gigawatt", "terawatt", "megawatt") or (word == "percentage" and terms.word(terms.hyphen(step + 1)) == "point"):
        bound = bound_before(terms, at, "power", False, step + 1)[0]
        if bound is None and (word == "megawatt" or (at > 0 and terms.word(at - 1) in ("for", "per")) or terms.word(at - 1) in ("cents", "dollars")):
            return None
        return Number(at, step, 1.0, False, False)
    return None


def _is_titled(terms: Terms) -> bool:
    """Whether a sentence capitalises its words as a headline does."""
    if terms.raw[-1] in ".!?":
        return False
    words = [raw for raw in terms.raw if raw[0].isalpha() and len(raw) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _is_multiple(terms: Terms, at: int) -> bool:
    word = terms.word(at)
    after, before = terms.word(at + 1), terms.word(at - 1)
    if word in ("twice", "thrice"):
        return before != "think" and before != "thought" and (after not in _TWICE_NO or before in ("than", "nearly", "almost", "about", "over", "roughly"))and not (before == "once" )
    if word in _DOUBLE:
        if after in _IDIOMS_AFTER_DOUBLE or before in ("-", "a", "an", "body") or terms.glued(at) and before in DASHES:
            return False
        return not (terms.is_capital(at) and at > 0 and not _is_titled(terms))
    if word in ("halves", "halving") and (before in ("two", "both", "the") or after == "of"):
        return False
    if word == "doubles" and (before in ("the", "a", "'s", "men's", "women's", "mixed", "in") or after in ("title", "final", "match", "partner", "as")):
        return False
    return not (after == "down" and word.startswith("doubl")) and not (before in DASHES and terms.glued(at))


def _joined(terms: Terms, drafts: list[Draft]) -> list[Draft]:
    """Ranges made one figure, and units handed on between the ends of ranges, changes and lists."""
    out: list[Draft] = []
    for draft in drafts:
        if out and _is_range(terms, out[-1], draft):
            out[-1] = _range(terms, out[-1], draft)
            continue
        out.append(draft)
    _share_all(terms, out)
    return out


def _share_all(terms: Terms, drafts: list[Draft]) -> None:
    """Units handed on between neighbours, from the right first: "7, 8 and 9 percent"."""
    for right in range(len(drafts) - 1, 0, -1):
        _share(terms, drafts[right - 1], drafts[right])
    for right in range(1, len(drafts)):
        _share(terms, drafts[right - 1], drafts[right])


def _between(terms: Terms, left: Draft, right: Draft) -> str:
    return " ".join(terms.low[left.last : right.first])


def _mates(left: Draft, right: Draft) -> bool:
    """Whether two figures can be the ends of one range."""
    if left.ranged or right.ranged or left.kind == "multiple" and left.number.last == left.last and left.number.value in (2, 3) and not left.number.digits:
        return False
    if left.kind is None or right.kind is None:
        if left.kind is None and right.kind is None:
            return True
        if right.kind is None:
            return left.kind == "money" and left.first < left.number.first or left.last == left.number.last
        return right.kind != "money" or right.first == right.number.first
    return left.kind == right.kind and (left.unit == right.unit or left.kind == "duration" and False)


def _value(draft: Draft) -> float:
    return draft.number.value * draft.factor


def _mantissa(terms: Terms, draft: Draft) -> float:
    if draft.number.digits:
        try:
            return float(terms.raw[draft.number.first].replace(",", ""))
        except ValueError:
            return draft.number.value
    return draft.number.value


def _scale(terms: Terms, draft: Draft) -> float:
    """The factor between a number's digits and its value."""
    mantissa = _mantissa(terms, draft)
    return _value(draft) / mantissa if mantissa and draft.number.digits and (draft.number.scaled or draft.factor > 1) else 1.0


def _ends(terms: Terms, left: Draft, right: Draft) -> tuple[float, float, str, str]:
    """The two values of a range, its kind and unit: what one end leaves out is the other's."""
    kind = left.kind or right.kind
    unit = left.unit or right.unit
    low, high = left.number.value * left.factor, right.number.value * right.factor
    if left.kind is None and right.kind is not None:
        low = left.number.value * right.factor
    elif right.kind is None and left.kind is not None:
        high = right.number.value * left.factor
    scale = _scale(terms, right)
    if right.number.scaled and not left.number.scaled and low < 1000 and _mantissa(terms, left) <= _mantissa(terms, right):
        low = _mantissa(terms, left) * scale
    return low, high, kind or "", unit


def _is_range(terms: Terms, left: Draft, right: Draft) -> bool:
    joint = _between(terms, left, right)
    if joint not in ("to", "-", "–", "—", "‑", "and", "or", "- to -", "-to-", "up to", "to about", "and about", "to around", "to roughly", "to as much as", "to nearly", "to as many as", "and roughly", "and around") or not _mates(left, right):
        return False
    low, high, kind, _unit = _ends(terms, left, right)
    if high <= low:
        return False
    before = terms.word(left.first - 1)
    earlier = terms.word(left.first - 2)
    if joint.startswith("and"):
        return "between" in (before, earlier) or (terms.word(left.first - 3) == "between")
    if joint == "or":
        near = not left.number.digits or low * 2 >= high
        return near and left.kind is None and right.kind is not None and not left.number.scaled
    if joint in DASHES:
        return (left.kind is not None or right.kind is not None or "," in terms.raw[left.number.first]) and not (joint == "—" and not terms.glued(left.last))
    if joint == "up to":
        return False
    if before == "from" or (earlier == "from" and terms.longest_before(left.first, _Q.bounds_before) is not None):
        verb = terms.low[max(0, left.first - 5) : left.first]
        return any(word in _RANGING for word in verb)
    if before == "by" and kind not in ("percent",) and high > 2 * low:
        return False
    if any(word in _CHANGES for word in terms.low[max(0, left.first - 3) : left.first]) or _mixed(left, right):
        return False
    if left.kind is None and right.kind is None:
        return left.number.digits and right.number.digits
    return left.kind is not None or right.kind is not None


def _mixed(left: Draft, right: Draft) -> bool:
    """Whether two figures of one kind have units of different size: "four basis points to 2.91 percent"."""
    return left.kind == right.kind and left.kind in ("percent", "money") and left.factor != right.factor and min(left.factor, right.factor) < 1


def _range(terms: Terms, left: Draft, right: Draft) -> Draft:
    low, high, kind, unit = _ends(terms, left, right)
    merged = Draft(right.number, left.first, right.last, low, high, kind or None, unit, 1.0, ranged=True)  # type: ignore[arg-type]
    merged.approx = any(terms.word(at) in ("about", "around", "roughly") for at in range(left.last, right.first))
    return merged


def _share(terms: Terms, left: Draft, right: Draft) -> None:
    """A unit handed from one figure to the next in a list or change: "$5 billion and 10 billion", "from 19 to 24 degrees"."""
    joint = terms.low[left.last : right.first]
    if joint and joint[0] == "-":
        joint = joint[1:]  # "three- and five-year"
    if not joint or len(joint) > 3 or not all(word in ("to", "and", "or", ",", "versus", "vs", "about", "around", "roughly", "&", "/", "up", "over", "nearly", "against") for word in joint) or left.ranged:
        return
    if left.kind is None and right.kind is not None:
        if right.kind == "money" and right.first < right.number.first:
            return
        left.kind, left.unit, left.factor = right.kind, right.unit, right.factor
        if right.number.scaled and not left.number.scaled and right.kind in ("money", "count") and joint[0] in ("to", "and") and _mantissa(terms, left) < 1000:
            left.factor = _scale(terms, right)
    elif right.kind is None and left.kind is not None and left.kind != "duration":
        if left.kind == "money" and (right.number.scaled or (not left.number.scaled and right.number.digits)):
            right.kind, right.unit, right.factor = left.kind, left.unit, left.factor if left.factor < 1 else 1.0
        elif left.kind != "money" and joint[-1] != "," and right.number.digits:
            right.kind, right.unit, right.factor = left.kind, left.unit, left.factor
    elif left.kind == right.kind == "money" and left.unit == right.unit and right.number.scaled and not left.number.scaled and joint[0] == "to" and _mantissa(terms, left) < 1000:
        left.factor = _scale(terms, right)
    elif left.kind == "money" and right.kind == "money" and not left.number.scaled and right.number.scaled and joint == ["to"]:
        left.factor = _scale(terms, right)


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
        after, draft.outer_last = bound_after(terms, draft.last) if not _plus_inside(terms, draft) else ("low", draft.last)
        if index + 1 < len(drafts) and draft.outer_last > drafts[index + 1].first:
            after, draft.outer_last = None, draft.last
        if after is not None and draft.kind == "count" and draft.number.last < draft.last and after == "low" and terms.word(draft.last) == "plus" and not terms.glued(draft.last):
            after, draft.outer_last = None, draft.last
        said = sense if sense in ("low", "high") else after or sense
        if draft.ranged:
            draft.approx = draft.approx or said == "about" or sense == "about"
        else:
            if said is None and index and terms.low[drafts[index - 1].last : draft.first] == ["("] and _same_amount(drafts[index - 1], draft):
                said = drafts[index - 1].bound
            if said is None and index and not drafts[index - 1].ranged:
                said = _carried(terms, drafts[index - 1], draft)
            if said is None and terms.low[draft.number.last : draft.number.last + 2] in (["-", "odd"], ["or", "so"]):
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


def _same_amount(left: Draft, right: Draft) -> bool:
    """ "one hundred million dollars ($100,000,000)"."""
    return left.unit == right.unit and left.number.value * left.factor == right.number.value * right.factor


def _plus_inside(terms: Terms, draft: Draft) -> bool:
    """ "40k+ GPUs", "500-plus workers"."""
    inside = terms.low[draft.number.last : min(draft.number.last + 2, draft.last)]
    return "+" in inside or "plus" in inside or inside == ["or", "more"]


def _carried(terms: Terms, left: Draft, right: Draft) -> str | None:
    joint = terms.low[left.outer_last : right.first]
    if left.bound is None or left.kind != right.kind or left.unit != right.unit or not joint or any(word not in (",", "and", "or") for word in joint):
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
    return None if value is None else float(f"{value:.12g}")
