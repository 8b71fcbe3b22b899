"""Ranges, changes and lists: what figures side by side lend each other.

In: the figures of a sentence in the making. Out: the same with ranges made one ("$20-23 billion") and with the scales, signs and
units that one of two leaves out taken from the other ("from 19 to 24 degrees", "7, 8 and 9 percent").

Judgements made here: "X to Y" is a range where Y is larger, both measure the same and nothing before speaks of a change; "from X to Y" is
one only after a word of ranging. "X and Y" is one after "between", "X or Y" where only the second has a unit ("four or five firms").
"""

from corewatch.language.drafts import Draft
from corewatch.language.terms import DASHES, Terms
from corewatch.lexicon.quantities import figure_words, quantities

_Q = quantities()
_W = figure_words("ranges")
_CHANGES = _W["changes"]
_RANGING = _W["ranging"]
_POINTS = ("point", "points")
REACH = 6  # terms before a range in which a word of change is sought


def joined(terms: Terms, drafts: list[Draft]) -> list[Draft]:
    """Ranges made one figure, and units handed on between the ends of ranges, changes and lists."""
    out: list[Draft] = []
    for draft in drafts:
        if out and (_is_range(terms, out[-1], draft) or _is_earlier_range(terms, out, draft)):
            out[-1] = _range(terms, out[-1], draft)
            continue
        out.append(draft)
    share_all(terms, out)
    return out


def _no_percent(left: Draft, right: Draft) -> bool:
    """Whether a bare number after percent is likelier a level: "0.3% to 19,234"; basis points have large values of their own."""
    return left.kind == "percent" and left.factor == 1 and right.number.value > 100


def share_all(terms: Terms, drafts: list[Draft]) -> None:
    """Units handed on between neighbours, from the right first: "7, 8 and 9 percent"."""
    for right in range(len(drafts) - 1, 0, -1):
        _share(terms, drafts[right - 1], drafts[right])
    for right in range(1, len(drafts)):
        _share(terms, drafts[right - 1], drafts[right])


def _between(terms: Terms, left: Draft, right: Draft) -> str:
    return " ".join(terms.low[left.last : right.first])


def _mates(left: Draft, right: Draft) -> bool:
    """Whether two figures can be the ends of one range."""
    if (
        left.ranged
        or right.ranged
        or (left.kind == "multiple" and left.number.last == left.last and left.number.value in (2, 3) and not left.number.digits)
    ):
        return False
    if left.kind is None or right.kind is None:
        if left.kind is None and right.kind is None:
            return True
        if right.kind is None:
            return (left.kind == "money" and left.first < left.number.first) or left.last == left.number.last
        return right.kind != "money" or right.first == right.number.first
    return left.kind == right.kind and left.unit == right.unit


def _value(draft: Draft) -> float:
    return draft.number.value * draft.factor


def _mantissa(terms: Terms, draft: Draft) -> float:
    if draft.number.digits:
        try:
            return float(terms.raw[draft.number.first].replace(",", ""))
        except ValueError:
            return draft.number.value
    return draft.number.value / _scale_in_words(terms, draft)


def _scale_in_words(terms: Terms, draft: Draft) -> float:
    """The scale words with which a number in words ends: a million of "three million"."""
    scale, at = 1.0, draft.number.last - 1
    while draft.number.scaled and at > draft.number.first and terms.low[at] in _Q.scales:
        scale *= _Q.scales[terms.low[at]]
        at -= 1
    return scale


def scale_of(terms: Terms, draft: Draft) -> float:
    """The factor between a number's digits and its value."""
    mantissa = _mantissa(terms, draft)
    return _value(draft) / mantissa if mantissa and (draft.number.scaled or draft.factor > 1) else 1.0


def _ends(terms: Terms, left: Draft, right: Draft) -> tuple[float, float, str, str]:
    """The two values of a range, its kind and unit: what one end leaves out is the other's."""
    kind = left.kind or right.kind
    unit = left.unit or right.unit
    low, high = left.number.value * left.factor, right.number.value * right.factor
    if left.kind is None and right.kind is not None:
        low = left.number.value * right.factor
    elif right.kind is None and left.kind is not None:
        high = right.number.value * left.factor
    scale = scale_of(terms, right)
    if right.number.scaled and not left.number.scaled and low < 1000 and _mantissa(terms, left) <= _mantissa(terms, right):
        low = _mantissa(terms, left) * scale
    return low, high, kind or "", unit


def _is_range(terms: Terms, left: Draft, right: Draft) -> bool:
    joint = _between(terms, left, right)
    if joint not in (
        "to",
        "-",
        "–",
        "—",
        "‑",
        "and",
        "or",
        "- to -",
        "-to-",
        "up to",
        "to about",
        "and about",
        "to around",
        "to roughly",
        "to as much as",
        "to nearly",
        "to as many as",
        "and roughly",
        "and around",
    ) or not _mates(left, right):
        return False
    low, high, kind, _unit = _ends(terms, left, right)
    if high <= low:
        return False
    before = terms.word(left.first - 1)
    earlier = terms.word(left.first - 2)
    if joint.startswith("and"):
        if left.kind is not None and terms.hyphen(left.number.last) > left.number.last:
            return False  # "split between five-year and eight-year notes"
        return "between" in (before, earlier) or (terms.word(left.first - 3) == "between")
    if joint == "or":
        near = not left.number.digits or low * 2 >= high
        consecutive = not left.number.digits and not right.number.digits and right.number.value == left.number.value + 1
        return near and left.kind is None and (right.kind is not None or consecutive) and not left.number.scaled
    if joint in DASHES:
        return (left.kind is not None or right.kind is not None or "," in terms.raw[left.number.first]) and not (
            joint == "—" and not terms.glued(left.last)
        )
    if joint == "up to":
        return False
    if before == "from" or (earlier == "from" and terms.longest_before(left.first, _Q.bounds_before) is not None):
        verb = terms.low[max(0, left.first - 5) : left.first]
        return any(word in _RANGING for word in verb)
    if before == "by" and kind not in ("percent",) and high > 2 * low:
        return False
    if any(word in _CHANGES for word in terms.low[max(0, left.first - REACH) : left.first]) or _mixed(terms, left, right):
        return False
    if left.kind is None and right.kind is None:
        return left.number.digits and right.number.digits
    return left.kind is not None or right.kind is not None


def _is_earlier_range(terms: Terms, drafts: list[Draft], right: Draft) -> bool:
    """ "between $6 billion and $7 billion, up from $5 billion to $6 billion": after a range, the one that it replaces."""
    left = drafts[-1]
    if terms.word(left.first - 1) != "from" or _between(terms, left, right) != "to" or not _mates(left, right):
        return False
    low, high, _, unit = _ends(terms, left, right)
    earlier = next((draft for draft in reversed(drafts[:-1]) if draft.unit == unit), None)
    return high > low and earlier is not None and earlier.ranged


def _mixed(terms: Terms, left: Draft, right: Draft) -> bool:
    """Whether two figures of one kind have units of different size: "four basis points to 2.91 percent", "half a point to 4.75%"."""
    if left.kind == right.kind == "percent" and terms.word(left.last - 1) in _POINTS and terms.word(right.last - 1) not in _POINTS:
        return True
    return (
        left.kind == right.kind and left.kind in ("percent", "money") and left.factor != right.factor and min(left.factor, right.factor) < 1
    )


def _range(terms: Terms, left: Draft, right: Draft) -> Draft:
    low, high, kind, unit = _ends(terms, left, right)
    merged = Draft(right.number, left.first, right.last, low, high, kind or None, unit, 1.0, ranged=True)  # type: ignore[arg-type]  # an end names one of the kinds
    merged.approx = any(terms.word(at) in ("about", "around", "roughly") for at in range(left.last, right.first))
    return merged


def _share(terms: Terms, left: Draft, right: Draft) -> None:
    """A unit handed from one figure to the next in a list or change: "$5 billion and 10 billion", "from 19 to 24 degrees"."""
    joint = terms.low[left.last : right.first]
    if len(joint) == 2 and joint[0] == "of" and joint[1] in ("the", "its", "their", "those", "these", "his", "her") and left.kind is None:
        if right.kind == "count":
            left.kind, left.unit = right.kind, right.unit  # "three of the six"
        return
    if joint and joint[0] == "-":
        joint = joint[1:]  # "three- and five-year"
    if (
        not joint
        or len(joint) > 3
        or not all(
            word
            in (
                "to",
                "and",
                "or",
                ",",
                "versus",
                "vs",
                "about",
                "around",
                "roughly",
                "&",
                "/",
                "up",
                "over",
                "nearly",
                "against",
                "by",
                "x",
                "×",
            )
            for word in joint
        )
        or left.ranged
    ):
        return
    if left.kind is None and right.kind is not None:
        if right.kind == "money" and right.first < right.number.first:
            return
        left.kind, left.unit, left.factor = right.kind, right.unit, right.factor
        if (
            right.number.scaled
            and not left.number.scaled
            and right.kind in ("money", "count")
            and joint[0] in ("to", "and")
            and _mantissa(terms, left) < 1000
        ):
            left.factor = scale_of(terms, right)
    elif right.kind is None and left.kind is not None and left.kind != "duration":
        if left.kind == "money" and (right.number.scaled or (not left.number.scaled and right.number.digits)):
            right.kind, right.unit, right.factor = left.kind, left.unit, left.factor if left.factor < 1 else 1.0
        elif left.kind != "money" and joint[-1] != "," and right.number.digits and not _no_percent(left, right):
            right.kind, right.unit, right.factor = left.kind, left.unit, left.factor
    elif (
        left.kind == right.kind == "money"
        and left.unit == right.unit
        and right.number.scaled
        and not left.number.scaled
        and joint[0] == "to"
        and _mantissa(terms, left) < 1000
    ) or (left.kind == "money" and right.kind == "money" and not left.number.scaled and right.number.scaled and joint == ["to"]):
        left.factor = scale_of(terms, right)
