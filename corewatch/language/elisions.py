"""Elisions: the unit of a number whose noun is left out.

In: the numbers of a sentence, those without a unit still open, and what the sentences before it counted. Out: the open ones filled
where it is clear what is meant; the others stay open and are dropped.

Judgements made here: the noun is that of the figure before it in the same sentence or the one before ("410 employees and Lambda 163"),
else a noun in the plural earlier in the sentence ("our customers now number above 4,000"). A small bare number needs a word before it
that asks for an amount ("to", "from", "against", "of"); a number in words needs "of which", "of them" or the end of its clause after it.
"""

from dataclasses import dataclass

from corewatch.language.drafts import Draft
from corewatch.language.heads import is_plural, read_head, singular
from corewatch.language.ranges import scale_of
from corewatch.language.terms import DASHES, Terms
from corewatch.lexicon.quantities import figure_words, heads, measures, quantities

_Q = quantities()
_H = heads()
_M = measures()
_W = figure_words("elisions")
_ASKING = _W["asking"]
_CLOSING = _W["closing"]
_PLACED = _W["placed"]
_MEASURED = frozenset((*_M.signs.values(), *_M.plurals.values(), *_M.written.values()))
_THEM = frozenset({"them", "these", "those"})
FEW = 10  # below this a bare number is likelier no amount
LEVEL = 1000  # from here on a bare number after a change in percent is the level of an index
OLDEST = 120  # years
RACES = (50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10000)  # metres
ALIKE = 20  # times that a figure and that of the year before may differ
KEEP = 2  # sentences for which a counted noun is remembered

Source = tuple[str, str, float]  # kind, unit, factor
PERSON: Source = ("count", "person", 1.0)
EMPLOYEE: Source = ("count", "employee", 1.0)
VOTE: Source = ("count", "vote", 1.0)
YEAR: Source = ("duration", "year", 1.0)


class Counted:
    """What the last figures of a text measured, and where the sentence before stands."""

    def __init__(self) -> None:
        self.unit: Source | None = None
        self.count: Source | None = None
        self.span: Source | None = None
        self.money: Source | None = None
        self.rate: Source | None = None
        self.last: Source | None = None
        self.last_age = 0  # sentences since the last figure of all
        self.previous: tuple[str, int, int] | None = None
        self.age = 0  # sentences since the unit
        self.span_age = 0


@dataclass(slots=True)
class _Sentence:
    """What the figures of a sentence so far measured; `last` is the figure right before, `rate` a multiple or percentage after all else.

    `count` is the last noun that was counted and `total` its number.
    """

    seen: Source | None = None
    rate: Source | None = None
    last: Draft | None = None
    count: Source | None = None
    span: Source | None = None
    total: float = 0.0
    pointed: bool = False  # whether percentage or basis points were counted


def fill_units(terms: Terms, drafts: list[Draft], counted: Counted) -> None:
    """Fill the open units of a sentence in place, and remember the last noun that was counted."""
    counted.age += 1
    counted.span_age += 1
    counted.last_age += 1
    if counted.age > KEEP:
        counted.unit = counted.count = None
    if counted.span_age > KEEP:
        counted.span = None
    here = _Sentence()
    for draft in drafts:
        if draft.unit == "one" and here.count is not None:
            draft.unit = here.count[1]  # "1,500 temporary jobs and 100 permanent ones"
        if draft.unit == "point" and draft.kind == "count" and here.pointed:
            draft.kind, draft.unit = "percent", "%"  # "1.1 percentage points more, down from 1.4 points"
        if draft.kind is None:
            source = _source(terms, draft, here, counted)
            if source is not None:
                draft.kind, draft.unit, draft.factor = source[0], source[1], 1.0 if draft.ranged else source[2]  # type: ignore[assignment]  # a source names one of the kinds
        _remember(draft, here, counted)
        if draft.kind == "percent" and terms.word(draft.last - 1) in ("points", "point", "bp", "bps", "basis"):
            here.pointed = True
    counted.rate = here.rate
    if here.last is not None:
        last = here.last
        counted.last, counted.last_age = (str(last.kind), last.unit, last.factor if last.kind in ("power", "percent") else 1.0), 0


def _remember(draft: Draft, here: _Sentence, counted: Counted) -> None:
    if draft.kind is None:
        return
    here.last = draft
    source = (draft.kind, draft.unit, draft.factor if draft.kind in ("power", "percent", "multiple") or draft.factor < 1 else 1.0)
    if draft.kind in ("multiple", "percent"):
        here.rate = source if draft.number.digits else here.rate
    elif draft.kind == "duration":
        counted.span, counted.span_age, here.span = source, 0, source
    else:
        here.rate = None
        if here.count is not None and draft.unit in _W["times"]:
            return  # "32 sensors for three winters. Eleven froze."
        here.seen = source
        if draft.kind == "count":
            here.count, here.total = source, draft.number.value
            counted.count = source
        if draft.kind == "money":
            counted.money = source
        else:
            counted.unit, counted.age, counted.money = source, 0, None


def _source(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """What an open number measures: the first rule that knows."""
    if draft.number.letter == "m" and _is_length(terms, draft, here):
        return "count", "meter", 1e-6
    return (
        _age(terms, draft)
        or _of_them(terms, draft, here, counted)
        or _people(terms, draft)
        or _vote(terms, draft)
        or _ratio(terms, draft)
        or _labelled(terms, draft, here)
        or _rate_of_exchange(terms, draft)
        or _year_before(terms, draft, here)
        or _span(terms, draft, here, counted)
        or _price(terms, draft, here)
        or _placed(terms, draft, here, counted)
        or _dimension(terms, draft, here)
        or _compared(terms, draft, here)
        or (_next_measure(terms, draft, counted) if here.last is None else None)
        or (_in_digits if draft.number.digits or draft.number.scaled else _in_words)(terms, draft, here, counted)
        or (_like(terms, draft, here.rate) if here.seen is None and here.rate is not None else None)
        or (_next_rate(terms, draft, counted) if here.last is None else None)
        or _parallel(terms, draft, here)
    )


def _is_length(terms: Terms, draft: Draft, here: _Sentence) -> bool:
    """Whether the "m" that touches an open number is a metre: "visibility fell to 200m", "weighs 70kg and stands 1.80m"."""
    if here.seen is not None and here.seen[0] == "count" and here.seen[1] in _MEASURED:
        return True
    race = terms.word(draft.first - 1) == "the" and draft.number.value * 1e-6 in RACES
    return race or not _W["length_before"].isdisjoint(terms.low[max(0, draft.first - 6) : draft.first])


def _ends(terms: Terms, at: int) -> bool:
    """Whether a number's phrase ends before a term, so that no noun of its own can follow."""
    after = terms.word(at)
    return after in _CLOSING or after[:1].isdigit()


def _age(terms: Terms, draft: Draft) -> Source | None:
    """ "Aged 34", "she turned 40", "he is 61", "the oldest of them is 34"."""
    if not draft.number.digits or draft.number.value >= OLDEST or draft.number.scaled:
        return None
    lead = terms.low[max(0, draft.first - 3) : draft.first]
    if any(word in ("aged", "age", "ages") for word in lead):
        return YEAR
    asked = terms.word(draft.first - 1)
    turned = asked in ("turned", "turns", "turning") and terms.word(draft.first - 2) not in ("it", "that", "which")
    oldest = asked in ("is", "was") and not _W["oldest"].isdisjoint(terms.low[max(0, draft.first - 7) : draft.first])
    told = asked in ("is", "was") and terms.word(draft.first - 2) in ("he", "she") and draft.number.value > FEW
    return YEAR if (turned or oldest or told) and _ends(terms, draft.last) else None


def _of_them(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """ "Four of them", "212 of those", "three of which", "nine of us"."""
    if terms.word(draft.last) != "of":
        return None
    whole = terms.word(draft.last + 1)
    if here.span is not None and whole in _THEM and (here.seen is None or here.seen[1] in _MEASURED):
        return here.span  # "22 minutes, fifteen of them"
    if whole in ("us", "you"):
        return PERSON
    seen = here.seen if here.seen and here.seen[0] == "count" else None
    before = counted.unit if counted.unit and counted.unit[0] == "count" else None
    noun = _noun_before(terms, draft.first)
    if whole in _THEM:
        closest = noun if draft.number.digits and seen is None else None
        return seen or closest or (before if counted.age <= 1 else None) or noun or _last_noun(counted) or before
    if whole in ("which", "whom"):
        return (here.seen if draft.number.digits and here.seen and here.seen[0] != "money" else seen) or noun or before
    return None


def _people(terms: Terms, draft: Draft) -> Source | None:
    """ "A family of four", "employing over 30,000", "a coach that seats 16", "population 3,700"."""
    first, after = draft.first, terms.word(draft.last)
    if terms.word(first - 1) == "of" and terms.word(first - 2) in _W["groups"]:
        return PERSON
    casualties = after in _W["casualties"] or (terms.word(first - 1) in _W["harming"] and _ends(terms, draft.last))
    bound = " ".join(terms.low[max(0, first - 4) : first])
    if casualties or any(f"{verb} at least" in bound or f"{verb} more than" in bound for verb in _W["harming"]):
        return PERSON
    if not draft.number.digits or not (_ends(terms, draft.last) or after in ("will", "that", "who", "which")):
        return None
    lead = terms.low[max(0, first - 8) : first]
    if not _W["staff"].isdisjoint(lead) or ("staff" in lead and not _W["numbering"].isdisjoint(lead[-3:])):
        return EMPLOYEE
    if not _W["peoples"].isdisjoint(lead[-3:]) or (lead[-1:] == ["at"] and "crowd" in lead):
        return PERSON
    if not (draft.number.scaled or draft.number.value >= FEW):
        return None
    if any(word in _W["employing"] for word in lead[-4:]):
        return EMPLOYEE
    return PERSON if terms.word(first - 1) in ("seat", "seats", "seating", "seated") else None


def _vote(terms: Terms, draft: Draft) -> Source | None:
    """ "The motion was lost by 18 to 16": both sides of a vote."""
    if _W["voting"].isdisjoint(terms.low[max(0, draft.first - 12) : draft.first]) or draft.number.scaled or draft.ranged:
        return None
    first = terms.word(draft.first - 1) in ("by", "voted", "split") and terms.word(draft.last) == "to" and _is_number(terms, draft.last + 1)
    second = (
        terms.word(draft.first - 1) == "to"
        and _is_number(terms, draft.first - 2)
        and terms.word(draft.first - 3) in ("by", "voted", "split")
    )
    return VOTE if first or second else None


def _is_number(terms: Terms, at: int) -> bool:
    return terms.is_digits(at) or terms.word(at) in _Q.numbers


def _ratio(terms: Terms, draft: Draft) -> Source | None:
    """ "A multiple above 20", "a p/e of 35": times, which nobody writes there."""
    if not draft.number.digits or draft.number.scaled or draft.number.value >= LEVEL:
        return None
    lead = terms.low[max(0, draft.first - 4) : draft.first]
    said = not _W["ratios"].isdisjoint(lead) or "".join(lead[:3]).endswith("p/e") or "".join(lead[:4]).endswith("p/e")
    return (
        ("multiple", "x", 1.0)
        if said and lead[-1] in ("of", "above", "below", "over", "under", "than", "to", "at", "around", "about")
        else None
    )


def _labelled(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "Offices: 14", "Data centers: 33", "Siemens's turbines (six)"."""
    asked, after = terms.word(draft.first - 1), terms.word(draft.last)
    if not ((asked == ":" and draft.number.digits and _ends(terms, draft.last)) or (asked == "(" and after == ")" and here.last is None)):
        return None
    noun = terms.word(draft.first - 2)
    if not is_plural(noun) or noun in _Q.duration or noun in _Q.scales:
        return None
    compound = terms.longest(draft.first - 3, _H.compounds) if draft.first > 2 else None
    return "count", compound[0] if compound else singular(noun), 1.0


def _year_before(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "Net sales amounted to SEK 1,903 million (1,842)": the figure of the year before, in the unit and scale of the one it follows."""
    last = here.last
    alone = terms.low[draft.first - 1 : draft.first] == ["("] and terms.word(draft.last) == ")"
    if last is None or not alone or last.last != draft.first - 1 or not draft.number.digits or draft.number.scaled or last.ranged:
        return None
    scale = scale_of(terms, last) if last.number.scaled else last.factor
    ratio = draft.number.value * scale / (last.number.value * last.factor or 1.0)
    return (str(last.kind), last.unit, scale) if 1 / ALIKE <= ratio <= ALIKE else None


def _rate_of_exchange(terms: Terms, draft: Draft) -> Source | None:
    """ "The won was little changed, at 1,466 to the dollar": the currency that the sentence speaks of."""
    if not draft.number.digits or terms.word(draft.last) not in ("to", "per", "against", "a"):
        return None
    step = draft.last + 1
    while terms.word(step) in ("the", "one", "u.s", "us", "u.s.", "."):
        step += 1
    if terms.word(step) not in _W["counter_currencies"]:
        return None
    for at in range(draft.first - 1, -1, -1):
        currency = _Q.money_words.get((terms.low[at],))
        if currency is not None and currency.factor == 1 and currency.code != "cent":
            return "money", currency.code, 1.0
    return None


def _span(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """The span of time that a number leaves out: "four years rather than five", "runs for seven", "$1 billion a year for 15"."""
    number, span = draft.number, counted.span
    if number.scaled:
        return None
    asked, before, after = terms.word(draft.first - 1), terms.word(draft.first - 2), terms.word(draft.last)
    if (
        asked == "for"
        and before in _Q.duration
        and terms.word(draft.first - 3) in ("a", "per", "each")
        and after in ("", ".", ",", ";", ")")
    ):
        return "duration", _Q.duration[before], 1.0
    if (
        span is not None
        and number.digits
        and asked in _W["taking"]
        and counted.span_age <= 1 < counted.age
        and after in (".", "", ",", ";")
    ):
        return span  # "It gave its borrower 60 days. Crusoe needed 48."
    fresh = counted.last is not None and counted.last[0] == "duration" and counted.last_age <= 1 and here.last is None
    if (
        asked == "for"
        and not number.digits
        and (fresh or (here.last is not None and here.last.kind == "duration"))
        and _ends(terms, draft.last)
    ):
        return span  # "The first lease is for ten years, the second for fifteen"
    signed = asked == "for" and before in _W["lasting"] and not number.digits
    if signed and span is None:
        rated = [at for at in range(draft.first) if terms.low[at] in _Q.duration and terms.word(at - 1) in ("a", "per")]
        return ("duration", _Q.duration[terms.low[rated[-1]]], 1.0) if rated else None
    if span is None or after not in ("", ".", ",", ";", ")", "would", "is", "was", "that", "without", "with", "instead"):
        return None
    recent = here.last is not None and here.last.kind == "duration"
    if (
        (asked == "over" and before != "take" and not number.digits)
        or (asked == "than" and before in ("rather", "more", "less", "longer", "shorter"))
        or (not number.digits and asked in ("not", "thinks", "say", "last", "lasted"))
        or signed
        or (recent and not number.digits and asked in ("after", "within", "to", "the", "past", "last", "next", "of"))
    ):
        return span
    return None


def _price(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "88 cents; at New Year it had cost 19": a sum in the money of the one before."""
    number = draft.number
    if here.last is None or here.last.kind != "money" or not number.digits or number.scaled or here.last.number.scaled:
        return None
    stopped = terms.word(draft.last) in _W["after_price"]
    asked = terms.word(draft.first - 1) in _W["price_verbs"]
    return ("money", here.last.unit, here.last.factor) if stopped and asked else None


def _placed(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """The parts of a count, each with its place: "five plants: three in Ohio, two in Texas"; "the other 30"; "all but three"."""
    asked, after = terms.word(draft.first - 1), terms.word(draft.last)
    seen = here.seen if here.seen and here.seen[0] in ("count", "power") else None
    earlier = counted.unit if counted.age <= 1 else None
    known = seen or earlier
    if terms.word(0) == "of" and asked == "," and after in _W["deeds"]:
        head = read_head(terms, 1 + (terms.word(1) in ("the", "its", "their", "those", "these", "our")))
        return ("count", head.unit, 1.0) if head and not head.duration else known  # "Of its tenants, three have gone"
    if known is None or draft.ranged:
        return None
    if asked in ("other", "remaining") and after not in DASHES:
        return known
    if asked == "but" and terms.word(draft.first - 2) == "all":
        return known
    if after == "more" and seen is not None and terms.word(draft.last + 1) in ("", ".", ",", ";", ")", "in", "by", "at", "for", "later"):
        return seen
    if here.count is not None and draft.number.value <= here.total and asked in (":", ",", ";", "and", "but", "while", "—", "–"):
        acted = after.endswith("ed") or after in _W["acts"] or (draft.number.scaled and after[:1].isalpha())  # "12 refused"
        sized = after == "of" and terms.is_digits(draft.last + 1)  # "six turbines of 38 MW and two of 55"
        if acted or sized or (after in _PLACED and not draft.number.scaled):
            return here.count
    return None


def _like(terms: Terms, draft: Draft, rate: Source) -> Source | None:
    """ "45 times earnings, against an average of 28"; after a change in percent, the level of an index ("0.3% to 19,234")."""
    asked, number = terms.word(draft.first - 1), draft.number
    if not number.digits or number.scaled or not _ends(terms, draft.last):
        return None
    if rate[0] == "percent" and number.value >= LEVEL and asked in ("to", "at"):
        return "count", "point", 1.0
    if number.value >= LEVEL or (rate[0] == "percent" and number.value * rate[2] > 100):
        return None
    if terms.is_capital(draft.first - 1) and terms.low[draft.first - 1][0].isalpha():
        return rate  # "39 percent of the shares, and Toshiba 21"
    if rate[0] == "multiple" and asked == "at":
        return rate
    if asked not in ("of", "against", "versus", "from", "with"):
        return None
    return None if _W["compared"].isdisjoint(terms.low[max(0, draft.first - 4) : draft.first]) else rate


def _next_rate(terms: Terms, draft: Draft, counted: Counted) -> Source | None:
    """ "Azure grew 36 per cent. The whisper was 37.": the rate with which the sentence before ended."""
    asked, owner = terms.word(draft.first - 1), terms.word(draft.first - 2)
    fits = asked in ("was", "were", "leaves", "left", "said", "wanted", "sought", "expected", "forecast") and owner not in (
        "he",
        "she",
        "they",
        "we",
        "who",
    )
    number = draft.number
    if (
        counted.rate is None
        or not fits
        or not number.digits
        or number.scaled
        or number.value > 100
        or terms.word(draft.last) not in (".", "", ",", ";")
    ):
        return None
    return counted.rate


def _compared(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "420 basis points instead of 190", "nine times, compared with 14": the other of two rates."""
    last, number, at = here.last, draft.number, draft.first
    if last is None or last.kind not in ("percent", "multiple") or not last.number.digits or not number.digits or number.scaled:
        return None
    while terms.word(at - 1) in _W["hedges"]:
        at -= 1
    if " ".join(terms.low[max(0, at - 2) : at]) not in _W["comparisons"] or not _ends(terms, draft.last):
        return None
    ratio = number.value / (last.number.value or 1.0)
    return (str(last.kind), last.unit, last.factor) if 1 / ALIKE <= ratio <= ALIKE else None


def _dimension(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "400 metres long, 61 wide"."""
    measured = here.count is not None and here.count[1] in _MEASURED and here.last is not None and here.last.kind == "count"
    return here.count if measured and terms.word(draft.last) in _W["dimensions"] else None


def _next_measure(terms: Terms, draft: Draft, counted: Counted) -> Source | None:
    """ "At rest you hear 34 decibels. At full tilt it is 58.": the measure with which the sentence before ended."""
    last, verb = counted.last, draft.first - 1
    while terms.word(verb) in _W["hedges"]:
        verb -= 1
    if last is None or counted.last_age > 1 or not draft.number.digits or draft.number.scaled or not _ends(terms, draft.last):
        return None
    fits = terms.word(verb) in _W["measuring"] and terms.word(verb - 1) not in ("he", "she", "they", "we", "who", "there")
    return last if fits and (last[0] in ("duration", "power") or last[1] in _MEASURED) else None


def _parallel(terms: Terms, draft: Draft, here: _Sentence) -> Source | None:
    """ "88bp for a five-year tranche and 105 for a seven-year one": the same word follows both numbers."""
    last = here.last
    if last is not None and last.kind == "percent" and terms.word(draft.last) in ("wider", "tighter", "lower", "higher"):
        return "percent", "%", last.factor  # "closed at 265 basis points, eight wider"
    if last is None or not draft.number.digits or draft.number.scaled or draft.ranged or last.kind in ("count", "duration"):
        return None
    after = terms.word(draft.last)
    same = after in _PLACED and after in terms.low[last.last : last.last + 3]
    return (str(last.kind), last.unit, last.factor) if same and terms.word(draft.first - 1) in ("and", ",", "but") else None


def _in_words(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """A number in words without its noun, before the end of its clause: "closed four", "all three are"."""
    asked, after = terms.word(draft.first - 1), terms.word(draft.last)
    if asked in ("are", "were") and terms.word(draft.first - 2) == "there" and _ends(terms, draft.last):
        told = _noun_before(terms, draft.first)
        if told is not None:
            return told  # "the lenders (there are fourteen)"
    if asked == "the" and draft.number.value < FEW and after in _W["deeds"]:
        earlier = counted.unit if counted.age <= 1 and counted.unit and counted.unit[0] == "count" else None
        return (
            here.count or earlier or ("count", "company", 1.0)
        )  # "Meta and Blue Owl, and the two have agreed": of companies tell most reports
    if asked in ("the", "these", "those", "or", "page", "part", "chapter"):
        return None
    if not (
        (asked == "between" and draft.ranged)
        or after in _W["closing_words"]
        or (draft.first == 0 and (after in _W["deeds"] or after in _W["acts"] or after.endswith("ed")))
        or (asked == "all" and after in ("are", "were", "have", "will", "had", "of"))
    ):
        return None
    seen = here.seen if here.seen and here.seen[0] in ("count", "power") else None
    nearest = counted.last if counted.last_age <= 1 and counted.last and counted.last[0] in ("duration", "power") else None
    if asked in _W["no_ellipsis"] and after != "," and not draft.ranged:
        return (seen or nearest) if asked in ("to", "from", "and", "by", "about") else None
    subject = draft.first == 0 or asked in _W["no_ellipsis"] or asked == "all"
    return seen or (None if subject else nearest) or counted.count


def _in_digits(terms: Terms, draft: Draft, here: _Sentence, counted: Counted) -> Source | None:
    """A number in digits, or with a scale word, without its noun: "from 32,000", "410 employees and Lambda 63"."""
    number, first, seen = draft.number, draft.first, here.seen
    before = counted.unit
    asked, after = terms.word(first - 1), terms.word(draft.last)
    if draft.ranged and asked == "between":
        return seen or (before if before and before[0] == "count" else None)
    large = draft.ranged or number.scaled or "," in terms.raw[number.first] or number.value >= 100
    stopped = _ends(terms, draft.last) or (number.scaled and after.endswith("ed"))  # "about a dozen stayed"
    if number.value == int(number.value) and not stopped:
        return None
    more = after == "more" and seen
    named = seen and terms.is_capital(first - 1) and number.value >= FEW  # "410 employees and Lambda 63"
    noted = asked == ":" and after == ")" and seen  # "(a year earlier: 64)"
    changes = after == "to" and terms.is_digits(draft.last + 1)  # its unit comes with the second
    if here.last is None and not changes and asked in ("to", "from") and not _W["moves"].isdisjoint(terms.low[max(0, first - 6) : first]):
        return _noun_before(terms, first)  # "Visits rose to 41 in September"
    if not large and not more and not noted and (asked not in _ASKING or seen is None) and not named:
        return before if _finds(terms, draft) and counted.age <= 1 and number.value >= FEW else None
    if number.scaled:
        if seen is not None:
            return seen if seen[0] == "money" or seen[1] not in ("building", "site", "campus") else None
        noun = _noun_before(terms, first)
        return counted.money or (before if before and before[0] == "count" else noun)
    if seen is not None and seen[0] != "money":
        return seen
    if not large:
        return None
    noun = _noun_before(terms, first)
    if noun is not None:
        return noun
    if seen is None and (asked in _ASKING or _finds(terms, draft)):
        return before or (_last_noun(counted) if asked in _W["owning"] else None)
    return None


def _finds(terms: Terms, draft: Draft) -> bool:
    """ "The company's own found 58", "the permit says 230"."""
    after = terms.word(draft.last)
    return terms.word(draft.first - 1) in _W["finding"] and after in (".", "", ",", ";", "after", "before", "at", "in")


def _last_noun(counted: Counted) -> Source | None:
    """The last noun in the plural of the sentence before."""
    if counted.previous is None:
        return None
    terms = Terms(*counted.previous)
    return _noun_before(terms, terms.length + 1)


def _noun_before(terms: Terms, first: int) -> Source | None:
    """The nearest noun in the plural before a number that the lexicon or the sentence's grammar shows to be counted."""
    for at in range(min(first - 2, terms.length - 1), max(-1, first - 14), -1):  # right before a number stands a verb
        word = terms.low[at]
        if word in _W["fleets"] and at and terms.raw[at - 1].isupper() and len(terms.raw[at - 1]) > 1:
            return "count", terms.low[at - 1], 1.0  # "its GPU fleet grew from 32,000"
        if (
            is_plural(word)
            and len(word) > 3
            and word not in _Q.duration
            and word not in _Q.scales
            and word not in ("points", "percent")
            and not terms.is_capital(at if at else 1)
            and terms.word(at + 1) not in ("'",)
            and terms.word(at - 1) not in _W["subjects"]
            and terms.word(at + 1) not in _W["after_verb"]
        ):
            if word in _W["sizes"] and at and terms.low[at - 1].isalpha() and terms.low[at - 1] not in _H.stops:
                return "count", terms.low[at - 1], 1.0  # "visitor numbers fell to 3.1 million"
            if at > 1 and terms.low[at - 1] in ("for", "by", "from", "against") and is_plural(terms.low[at - 2]):
                continue  # "visits for headaches rose to 41"
            compound = terms.longest(at - 1, _H.compounds) if at else None
            return "count", compound[0] if compound else singular(word), 1.0
    return None
