"""Elisions: the unit of a number whose noun is left out.

In: the numbers of a sentence, those without a unit still open, and what the sentences before it counted. Out: the open ones filled
where it is clear what is meant; the others stay open and are dropped.

Judgements made here: the noun is that of the figure before it in the same sentence or the one before ("410 employees and Lambda 163"),
else a noun in the plural earlier in the sentence ("our customers now number above 4,000"). A small bare number needs a word before it
that asks for an amount ("to", "from", "against", "of"); a number in words needs "of which", "of them" or the end of its clause after it.
"""

from corewatch.language.drafts import Draft
from corewatch.language.heads import is_plural, singular
from corewatch.language.terms import Terms
from corewatch.lexicon.quantities import figure_words, heads, quantities

_Q = quantities()
_H = heads()
_W = figure_words("elisions")
_COMPARED = _W["compared"]
_STAFF = _W["staff"]
_FLEETS = _W["fleets"]
_GROUPS = _W["groups"]
_ASKING = _W["asking"]
_CLOSING = _W["closing"]
FEW = 10
_COMPARED = frozenset({"average", "versus", "against", "from", "compared"})
FEW = 10  # below this a bare number is likelier no amount
LEVEL = 1000  # from here on a bare number after a change in percent is the level of an index
KEEP = 2  # sentences for which a counted noun is remembered


class Counted:
    """What the last figures of a text measured."""

    def __init__(self) -> None:
        self.unit: tuple[str, str, float] | None = None
        self.span: tuple[str, str, float] | None = None
        self.money: tuple[str, str, float] | None = None
        self.age = 0


def fill_units(terms: Terms, drafts: list[Draft], counted: Counted) -> None:
    """Fill the open units of a sentence in place, and remember the last noun that was counted."""
    counted.age += 1
    if counted.age > KEEP:
        counted.unit = counted.span = None
    seen: tuple[str, str, float] | None = None
    last: tuple[str, str, float] | None = None  # a multiple or percentage, if nothing was counted after it
    for draft in drafts:
        if draft.kind is None:
            source = _span(terms, draft, counted.span) or _source(terms, draft, seen, counted.unit, counted.money)
            if source is None and seen is None and last is not None:
                source = _like(terms, draft, last)
            if source is not None:
                draft.kind, draft.unit, draft.factor = source[0], source[1], 1.0 if draft.ranged else source[2]  # type: ignore[assignment]  # a source names one of the kinds
        if draft.kind in ("count", "power") or (draft.kind == "money" and draft.first <= draft.number.first):
            last = None
            seen = (draft.kind, draft.unit, draft.factor if draft.kind == "power" else 1.0)
            if draft.kind == "money":
                counted.money = seen
            else:
                counted.unit, counted.age, counted.money = seen, 0, None
        elif draft.kind in ("multiple", "percent") and draft.number.digits:
            last = (draft.kind, draft.unit, draft.factor)
        elif draft.kind == "duration":
            counted.span = ("duration", draft.unit, 1.0)
        elif draft.kind == "money":
            counted.money = (draft.kind, draft.unit, 1.0)


def _like(terms: Terms, draft: Draft, last: tuple[str, str, float]) -> tuple[str, str, float] | None:
    """ "45 times earnings, against an average of 28"; after a change in percent, the level of an index ("0.3% to 19,234")."""
    asked, after = terms.word(draft.first - 1), terms.word(draft.last)
    if not draft.number.digits or draft.number.scaled or (after not in _CLOSING and not after[:1].isdigit()):
        return None
    if last[0] == "percent" and draft.number.value >= LEVEL and asked in ("to", "at"):
        return "count", "point", 1.0
    if (
        asked not in ("of", "against", "versus", "from")
        or draft.number.value >= LEVEL
        or (last[0] == "percent" and draft.number.value > 100)
    ):
        return None
    return None if _COMPARED.isdisjoint(terms.low[max(0, draft.first - 4) : draft.first]) else last


def _span(terms: Terms, draft: Draft, span: tuple[str, str, float] | None) -> tuple[str, str, float] | None:
    """The span of time that a number in words leaves out: "four years rather than five", "the guarantee runs for seven"."""
    if (
        span is None
        or draft.number.digits
        or draft.number.scaled
        or terms.word(draft.last) not in ("", ".", ",", ";", "would", "is", "was")
    ):
        return None
    asked, before = terms.word(draft.first - 1), terms.word(draft.first - 2)
    if asked == "over":
        return span
    if (
        (asked == "than" and before in ("rather", "more", "less"))
        or asked in ("not", "thinks")
        or (asked == "for" and before in ("runs", "ran", "lasts", "lasted", "holds", "run", "last"))
    ):
        return span
    return None


def _source(
    terms: Terms,
    draft: Draft,
    seen: tuple[str, str, float] | None,
    before: tuple[str, str, float] | None,
    money: tuple[str, str, float] | None,
) -> tuple[str, str, float] | None:
    number = draft.number
    if (
        any(word in ("aged", "age", "ages") for word in terms.low[max(0, draft.first - 3) : draft.first])
        and number.digits
        and number.value < 120
    ):
        return "duration", "year", 1.0
    first = draft.first
    if number.digits and terms.word(draft.last) == "of" and terms.word(draft.last + 1) in ("them", "whom", "which"):
        return seen or _noun_before(terms, first)
    if _is_people(terms, draft):
        return "count", "person", 1.0
    asked = terms.word(first - 1)
    after = terms.word(draft.last)
    if not number.digits and not number.scaled:
        if asked in ("the", "these", "those", "or", "page", "part", "chapter"):
            return None
        partitive = after == "of" and terms.word(draft.last + 1) in ("which", "them", "these", "those")
        if (
            (asked == "between" and draft.ranged)
            or partitive
            or (after == "" or after in ".,;)")
            or (asked == "all" and after in ("are", "were", "have", "will", "had", "of"))
        ):
            noun = _noun_before(terms, first) if partitive else None
            count = seen if seen and seen[0] == "count" else None
            if partitive and terms.word(draft.last + 1) != "which":
                return count or (before if before and before[0] == "count" else None) or noun
            if partitive:
                return count or noun or before
            if asked in ("of", "in", "by", "at", "about", "like", "for", "chapter", "and", "or", "-", "from", "to") and after not in (",",):
                return count if asked in ("to", "from", "and", "by", "about") else None
            return count or (before if before and before[0] == "count" else None)
        return None
    if draft.ranged and asked == "between":
        return seen or (before if before and before[0] == "count" else None)
    large = draft.ranged or number.scaled or "," in terms.raw[number.first] or number.value >= 100
    whole = number.value == int(number.value)
    stopped = after in _CLOSING or after[:1].isdigit() or (number.scaled and after.endswith("ed"))  # "about a dozen stayed"
    if whole and not stopped:
        return None
    more = terms.word(draft.last) == "more" and seen
    named = seen and terms.is_capital(first - 1) and number.value >= FEW  # "410 employees and Lambda 63"
    if not large and not more and (asked not in _ASKING or seen is None) and not named:
        return None
    if number.scaled:
        if seen is not None:
            return seen if seen[0] == "money" or seen[1] not in ("building", "site", "campus") else None
        noun = _noun_before(terms, first)
        return money or (before if before and before[0] == "count" else noun)
    if seen is not None and seen[0] != "money":
        return seen
    if not large:
        return None
    noun = _noun_before(terms, first)
    if noun is not None:
        return noun
    if asked in _ASKING and before is not None and seen is None:
        return before
    return None


def _is_people(terms: Terms, draft: Draft) -> bool:
    """ "A family of four", "employing over 30,000", "a coach that seats 16"."""
    first, after = draft.first, terms.word(draft.last)
    if after not in _CLOSING and after != "will":
        return False
    if terms.word(first - 1) == "of" and terms.word(first - 2) in _GROUPS:
        return True
    if draft.number.digits and not _STAFF.isdisjoint(terms.low[max(0, first - 5) : first]):
        return True
    lead = terms.low[max(0, first - 3) : first]
    verb = any(word.startswith("employ") for word in lead) or terms.word(first - 1) in ("seat", "seats", "seating", "seated")
    return verb and draft.number.digits and (draft.number.scaled or draft.number.value >= FEW)


def _noun_before(terms: Terms, first: int) -> tuple[str, str, float] | None:
    """The nearest noun in the plural before a number that the lexicon or the sentence's grammar shows to be counted."""
    for at in range(first - 2, max(-1, first - 14), -1):  # right before a number stands a verb
        word = terms.low[at]
        if word in _FLEETS and at and terms.raw[at - 1].isupper() and len(terms.raw[at - 1]) > 1:
            return "count", terms.low[at - 1], 1.0  # "its GPU fleet grew from 32,000"
        if (
            is_plural(word)
            and len(word) > 3
            and word not in _Q.duration
            and word not in _Q.scales
            and word not in ("points", "percent")
            and (at == 0 or not terms.is_capital(at))
            and terms.word(at + 1) not in ("'",)
        ):
            compound = terms.longest(at - 1, _H.compounds) if at else None
            return "count", compound[0] if compound else singular(word), 1.0
    return None
