"""Ties told by a noun: "X is a customer of Y", "its largest tenant, X", "Y, whose backers include X", "Y counts X among its clients".

In: the items of a sentence. Out: `Found`s. A noun phrase has an owner (possessive, name before the noun, or complement) and a bearer
(apposition, copula, examples, or the object that is counted among them); each is looked for by its role, whatever the noun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corewatch.lexicon.ties import NounSense, Tie, tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import OWN, PERSON, Item

_WORDS = tie_words().classes
_EXAMPLES = _WORDS["examples.words"]
_COUNTING = _WORDS["counting.verbs"]
_TIMES = _WORDS["grammar.times"]
_FOREIGN = frozenset({"his", "her", "your", "my", "whoever's"})
_QUANTIFIERS = frozenset(
    {
        "one",
        "some",
        "all",
        "both",
        "each",
        "most",
        "many",
        "two",
        "three",
        "among",
        "of",
        "them",
        "which",
        "whom",
        "once",
        "formerly",
        "now",
        "long",
        "also",
        "still",
        "itself",
        "on",
        "the",
        "list",
        "for",
        "years",
        "decades",
        "until",
        "recently",
    }
)
_HAVING = frozenset({"has", "have", "had", "found", "finds", "find", "gained", "got", "sees", "saw", "won", "lost"})
_CALLED = frozenset({"named", "called", "chosen", "made", "appointed", "considered", "deemed"})
_MAKING = frozenset({"make", "makes", "made", "making"})
_HELPERS = frozenset({"does", "do", "did", "has", "have"})
_OLD = frozenset(
    {"existing", "current", "previous", "longtime", "long-time", "early", "earlier", "old", "returning", "original", "present"}
)
SYMMETRIC = frozenset({"competitor_of", "partner_of"})


@dataclass(frozen=True, slots=True)
class Found:
    """A tie between two parties of a sentence; `other` is null where the sentence leaves it out.

    `near` asks for the last company before the noun in that case, `spare` is whom to take where the other side, a pronoun, would be the
    bearer itself.
    """

    tie: Tie
    bearer: Item | None
    other: Item | None
    confidence: float
    at: int
    near: bool = False
    spare: Item | None = None


@dataclass(slots=True)
class _Phrase:
    """A noun phrase around a tie noun: its first place, its noun, the place after it with complement, its owner."""

    start: int
    noun: int
    end: int
    sense: NounSense
    owner: int | None = None
    vague: bool = False
    indefinite: bool = False
    bearers: tuple[int, ...] = ()


def ties_by_nouns(items: Sequence[Item]) -> Iterator[Found]:
    """The ties that the nouns of a sentence tell."""
    phrases = [phrase for at, item in enumerate(items) if item.noun and (phrase := _phrase(items, at, item.noun))]
    for phrase, after in pairwise(phrases):
        if phrase.owner is None and after.owner is not None and after.owner > after.noun and _coordinated(items, after, phrase):
            phrase.owner = after.owner  # "a customer and a supplier of Y"
    before: _Phrase | None = None
    for phrase in phrases:
        yield from _ties(items, phrase, before)
        before = phrase


def likewise(items: Sequence[Item]) -> Iterator[Item]:
    """The parties that a sentence gives the tie of what stands before them: "So is X", "Another is X", "X is another"."""
    for at, item in enumerate(items):
        after, clause = lower_at(items, at + 1), at == 0 or items[at - 1].kind == "mark" or items[at - 1].lower in grammar.JOINERS
        if clause and (
            (item.lower == "so" and (after in grammar.BEING or after in _HELPERS))
            or (item.lower in ("another", "others") and after in _EXAMPLES)
        ):
            place = grammar.complement(items, at + 2)
            if place is not None and (items[place].lower != "it"):
                yield items[place]
        if (
            item.is_party
            and after in grammar.BEING
            and lower_at(items, at + 2) == "another"
            and (at + 3 >= len(items) or items[at + 3].kind == "mark")
        ):
            yield item


def _phrase(items: Sequence[Item], at: int, sense: NounSense) -> _Phrase | None:
    """The noun phrase of the noun at a place; null where it is somebody's whom no table has ("his customers"), or a verb."""
    item = items[at]
    start = at
    owner: int | None = None
    indefinite = False
    while start > 0 and at - start < 7:
        before = items[start - 1]
        if before.is_party:
            if (
                before.possessive
                or (
                    start == at
                    or items[start - 2 : start - 1]
                    and lower_at(items, start - 2) in ("a", "an", "the", "another", "fellow", "one", "all")
                )
                and before.companies
            ):
                owner = start - 1
                start -= 1
                if _pronoun(before) and start > 1 and lower_at(items, start) in grammar.JOINERS and items[start - 1].companies:
                    owner = start - 1  # "X and its partner"
            break
        if before.lower in _FOREIGN:
            return None
        if before.lower == "whose":
            owner = grammar.antecedent(items, start - 1)
            start -= 1
            if owner is None:
                return None
            break
        if before.lower in grammar.DETERMINERS and before.lower not in grammar.NUMERALS:
            indefinite = before.lower in ("a", "an", "another")
            start -= 1
            break
        if not before.plain or before.lower in grammar.BEING or any(verb.form == "present" for verb in before.verbs):
            break
        start -= 1
    while owner is not None and start > 0 and lower_at(items, start - 1) in grammar.DETERMINERS:
        start -= 1
    if item.possessive:
        return None
    if (
        item.verbs
        and owner is not None
        and not items[owner].possessive
        and items[at + 1 : at + 2]
        and items[at + 1].is_party
        and not indefinite
    ):
        return None  # "X rivals Y"
    if sense.tie.whole and (indefinite or sense.plural):
        sense = replace(sense, tie=replace(sense.tie, whole=False))
    phrase = _Phrase(start, at, at + 1, sense, owner, indefinite=indefinite)
    if (
        lower_at(items, at + 1) in grammar.JOINERS
        and at + 3 < len(items)
        and items[at + 2].noun is None
        and lower_at(items, at + 3) == "of"
    ):
        phrase.vague = True  # "an owner and operator of halls"
    _complement(items, phrase)
    return phrase


def _complement(items: Sequence[Item], phrase: _Phrase) -> None:
    """Finds the other side after the noun: "a supplier of Y", "a supplier of racks to Y"."""
    at = phrase.noun + 1
    for _ in range(2):
        while at < len(items) and items[at].lower in _TIMES:
            at += 1
        if at >= len(items) or items[at].kind != "word" or items[at].lower not in grammar.PREPOSITIONS:
            return
        links = items[at].lower in phrase.sense.links
        if links and phrase.owner is None:
            place = grammar.complement(items, at + 1, goods=phrase.sense.tie.kind == "customer_of")
            if place is not None:
                brand = lower_at(items, place + 1) in grammar.GOODS and not items[place].possessive
                if not (brand and phrase.sense.tie.kind == "customer_of" and not phrase.sense.tie.source):
                    phrase.owner, phrase.end = place, place + 1
                    while phrase.end < len(items) and items[place].possessive and items[phrase.end].plain:
                        phrase.end += 1
                    return
        if items[at].lower not in ("of", "for", "in", "at", "with", "to", "on", "by", "from"):
            return
        phrase.vague = phrase.vague or (items[at].lower in phrase.sense.links and _names_others(items, at))
        step = at + 1
        while step < len(items) and step - at < 6 and _within(items, step, step == at + 1):
            step += 1
        if step == at + 1:
            return
        at = phrase.end = step


def _names_others(items: Sequence[Item], at: int) -> bool:
    """Whether the other side after a preposition is somebody without a name: "a customer of the grid", "an owner of halls"."""
    after = lower_at(items, at + 1)
    return after in grammar.DETERMINERS or (items[at].lower in ("of", "to") and after not in ("long", "old", "its", "many", "such", "date"))


def _within(items: Sequence[Item], at: int, first: bool) -> bool:
    """Whether the word at a place belongs to the noun phrase after a preposition."""
    item = items[at]
    if item.lower in _EXAMPLES or (item.verbs and not first):
        return False
    return item.plain or item.lower in grammar.DETERMINERS or (first and item.lower == "that")


def _ties(items: Sequence[Item], phrase: _Phrase, before: _Phrase | None) -> Iterator[Found]:
    counted = _counted(items, phrase)
    if counted is not None:
        bearer, owner = counted
        if owner is None and (phrase.owner is None or _pronoun(items[phrase.owner])):
            return
        if not grammar.denied(items, min(bearer, owner or bearer), phrase.noun):
            other = (
                phrase.owner
                if phrase.owner is not None and items[phrase.owner].companies and items[phrase.owner].companies[0].by_name
                else owner
            )
            yield _found(items, phrase, bearer, other)
        return
    bearer = _held_in(items, phrase)
    if bearer is not None:
        if grammar.denied(items, phrase.start - 3, bearer):
            return
        yield _found(items, phrase, bearer, grammar.subject(items, phrase.start - 1))
        return
    bearer, low = _bearer(items, phrase, before)
    if bearer is None:
        return
    phrase.bearers = (bearer,)
    if grammar.denied(items, min(low, bearer), max(phrase.noun, bearer)):
        return
    if phrase.owner is None and _reciprocal(items, phrase, bearer):
        yield Found(phrase.sense.tie, items[bearer], items[bearer], 0.7, phrase.noun)
        return
    near = phrase.owner is None and bearer > phrase.noun and phrase.sense.plural and phrase.sense.implied
    if near and phrase.sense.tie.kind == "investor_in" and not _standing(items, phrase):
        return
    if phrase.owner is not None and before is not None and before.bearers == phrase.bearers and _pronoun(items[phrase.owner]):
        if before.vague and before.owner is None:
            return  # "a shareholder in the new company and its supplier"
        if before.owner is not None and not _pronoun(items[before.owner]):
            phrase.owner = before.owner  # "a shareholder in Y and its supplier"
    if phrase.owner is None and before is not None and _coordinated(items, phrase, before) and before.owner is not None:
        phrase.owner = before.owner
    if phrase.owner is None and not near and (phrase.vague or not phrase.sense.implied or _generic(items, phrase, bearer)):
        return
    if phrase.owner is None:
        phrase.owner = _within_which(items, phrase, bearer)
    yield _found(items, phrase, bearer, phrase.owner, near and phrase.sense.tie.kind != "investor_in")


def _within_which(items: Sequence[Item], phrase: _Phrase, bearer: int) -> int | None:
    """The other side of "Y, in which X is a shareholder"."""
    at = bearer - 1
    if lower_at(items, at) in ("both", "all"):
        at -= 1
    if lower_at(items, at) in ("which", "whom") and lower_at(items, at - 1) in phrase.sense.links:
        return grammar.antecedent(items, at)
    return None


def _standing(items: Sequence[Item], phrase: _Phrase) -> bool:
    """Whether investors whose company is left out are called its investors already, not the buyers of an offer."""
    return not items[phrase.noun].lower.startswith("investor") or any(item.lower in _OLD for item in items[phrase.start : phrase.noun])


def _pronoun(item: Item) -> bool:
    return item.possessive and item.lower in OWN


def _generic(items: Sequence[Item], phrase: _Phrase, bearer: int) -> bool:
    """Whether the noun says what a company does for a living: "MGX, the Abu Dhabi investor"."""
    if phrase.sense.tie.kind != "investor_in" or bearer > phrase.noun:
        return False
    named = lower_at(items, phrase.start) == "the" and phrase.noun - phrase.start > 1
    return named or bool(items[bearer].companies and items[bearer].companies[0].roles & PERSON)


def _found(items: Sequence[Item], phrase: _Phrase, bearer: int, owner: int | None, near: bool = False) -> Found:
    other = items[owner] if owner is not None else None
    sure = 0.8 if other is not None and other.companies else 0.6
    spare = None
    if other is not None and _pronoun(other):
        place = grammar.clause_subject(items, owner or 0)
        spare = items[place] if place is not None else None
    return Found(phrase.sense.tie, items[bearer], other, sure, phrase.noun, near, spare)


def _counted(items: Sequence[Item], phrase: _Phrase) -> tuple[int, int | None] | None:
    """Bearer and owner of "Y counts X among its customers", "Y has X as a tenant", "X, whom Y names as a client"."""
    at = phrase.start - 1
    while at >= 0 and (items[at].lower in _QUANTIFIERS - {"among"} or items[at].lower in grammar.ADVERBS):
        at -= 1
    if at < 1 or items[at].lower not in ("among", "as"):
        return None
    step = at - 1
    while (
        step > 0 and not items[step].is_party and at - step < 8 and (items[step].plain or items[step].lower in (",", ")", "(", "of", "in"))
    ):
        if items[step].lower in _COUNTING:
            break
        step -= 1
    if items[step].is_party and not items[step].possessive:
        verb = step - 1
        while (
            verb > 0
            and (items[verb].plain or items[verb].lower in grammar.DETERMINERS)
            and step - verb < 5
            and items[verb].lower not in _COUNTING
        ):
            verb -= 1
        if items[verb].lower in _COUNTING and verb > 0:
            return step, grammar.subject(items, verb)
        if items[verb].lower in _COUNTING and phrase.owner is not None:
            return step, phrase.owner
        if items[verb].lower in ("with", "from") and items[at].lower == "as" and (phrase.owner is None or _pronoun(items[phrase.owner])):
            owner = grammar.clause_subject(items, verb)
            return (step, owner) if owner is not None else None
        return None
    if items[step].lower in _COUNTING and step > 1:
        owner = grammar.subject(items, step)
        relative = (owner or 0) - 1
        if owner is not None and lower_at(items, relative) in ("which", "whom", "that"):
            bearer = grammar.antecedent(items, relative)
            return (bearer, owner) if bearer is not None else None
    return None


def _held_in(items: Sequence[Item], phrase: _Phrase) -> int | None:
    """The bearer of "Y has a loyal customer in X"."""
    if phrase.start < 2 or lower_at(items, phrase.start - 1) not in _HAVING or phrase.sense.tie.kind == "investor_in":
        return None
    if lower_at(items, phrase.noun + 1) != "in" or phrase.owner is None or items[phrase.owner].possessive:
        return None
    return phrase.owner if phrase.owner > phrase.noun else None


def _bearer(items: Sequence[Item], phrase: _Phrase, before: _Phrase | None) -> tuple[int | None, int]:
    """Whom the noun describes, and the first place that belongs to the tie."""
    at = phrase.start - 1
    while at >= 0 and (items[at].lower in _QUANTIFIERS or (items[at].lower in grammar.ADVERBS)):
        at -= 1
    if lower_at(items, phrase.start - 1) in ("them", "which", "whom") and lower_at(items, phrase.start - 3) not in ("all", "both", "each"):
        return None, at  # "two of them customers": which, is not said
    among = any(item.lower == "among" for item in items[at + 1 : phrase.start])
    word = lower_at(items, at)
    after = _after(items, phrase, among)
    if after is not None and after[1]:
        return after[0], phrase.start
    if lower_at(items, phrase.start).endswith("ing") and word in grammar.BEING and items[phrase.start].noun is None:
        return None, at  # "are sounding out investors"
    if at >= 0 and items[at].is_party and among and not items[at].possessive and lower_at(items, at - 1) != "with":
        return at, at  # "X among backers"
    if lower_at(items, phrase.start - 1) == "(" and lower_at(items, phrase.end) == ")":
        return None, at  # a term that a contract defines
    if word in ("become", "be") and lower_at(items, at - 1) in ("will", "to") and phrase.sense.tie.kind == "investor_in":
        return None, at
    maker = grammar.lower_at(items, at - 1)
    if at > 0 and items[at].is_party and not items[at].possessive and maker in _MAKING and phrase.start > at + (word != ""):
        return at, at  # "makes X the largest customer of Y"
    if word in _CALLED and at > 0 and (lower_at(items, at - 1) in grammar.BEING or items[at - 1].lower == "been"):
        place = grammar.subject(items, at - 1)
        return place, at
    if word in grammar.BEING or (word == "as" and lower_at(items, at - 1) in grammar.ROLES):
        place = grammar.subject(items, at if word != "as" else at - 1)
        if place is not None and not (lower_at(items, at - 1) in ("there",)):
            return place, place
    if word in grammar.JOINERS or (word == "," and before is not None and before.end >= at and before.owner is None):
        if before is not None and before.bearers and before.bearers[0] < before.noun and phrase.start - before.end <= 5:
            return before.bearers[0], before.noun
        place = _coordinate(items, at)
        if place is not None:
            return place, place
    if after is not None and word not in (",", "(", "-"):
        return after[0], phrase.start
    if word in (",", "(", "-") and at > 0:
        place = grammar.apposed(items, at)
        if place is not None:
            return place, at
    return (after[0], phrase.start) if after is not None else (None, at)


def _coordinate(items: Sequence[Item], at: int) -> int | None:
    """Whom a noun after "and" describes where the one before it is no tie: "X is a bank and a customer of Y"."""
    for step in range(at - 1, max(-1, at - 8), -1):
        item = items[step]
        if item.lower in grammar.BEING:
            return grammar.subject(items, step)
        if item.lower == ",":
            return grammar.party_before(items, step)
        if item.verbs or item.is_party or item.kind == "mark":
            return None
    return None


def _coordinated(items: Sequence[Item], phrase: _Phrase, before: _Phrase) -> bool:
    between = items[before.end : phrase.start]
    return (
        len(between) <= 4
        and any(item.lower in grammar.JOINERS or item.lower == "," for item in between)
        and not any(item.is_party for item in between)
    )


def _after(items: Sequence[Item], phrase: _Phrase, among: bool) -> tuple[int, bool] | None:
    """The bearer after the noun, and whether it is surely that: after "include", "are", a colon, or right at the noun."""
    at = phrase.end
    rival = phrase.sense.tie.kind == "competitor_of"
    if at == phrase.noun + 1 and at < len(items) and items[at].is_party and (rival or not items[at].possessive):
        return (at, True) if _names(items, phrase, at) else None
    while at < len(items) and (items[at].lower in _TIMES or items[at].kind == "percent"):
        at += 1
    several = among or phrase.sense.plural
    place = _examples(items, at, several, phrase.sense.tie.kind == "competitor_of" and phrase.sense.plural)
    if place is not None:
        return place, True
    if lower_at(items, at) in (",", "(", "-"):
        shut = next((k for k in range(at + 1, min(at + 14, len(items))) if items[k].lower in (",", ")", "-")), None)
        if shut is not None:
            place = _examples(items, shut + 1, several)
            if place is not None and not any(item.lower in grammar.BEING for item in items[at:shut]):
                return place, True
    if among and lower_at(items, at) == ",":
        place = grammar.complement(items, at + 1)
        return (place, True) if place is not None else None
    if lower_at(items, at) == ":":
        place = grammar.complement(items, at + 1)
        return (place, True) if place is not None else None
    if lower_at(items, at) in (",", "-") and (phrase.owner is not None or not phrase.vague):
        place = grammar.complement(items, at + 1)
        if place is not None and (_heads(items, phrase.start) or not _new_clause(items, at, place)) and not (phrase.owner is None and not phrase.sense.implied):
            return place, False
    return None


def _names(items: Sequence[Item], phrase: _Phrase, at: int) -> bool:
    """Whether the party right after a noun is named by it: "its rival X", "rival X", "shareholders X and Y"."""
    if not items[at].companies or not items[at].companies[0].by_name:
        return False
    if phrase.owner is not None:
        return True
    bare = lower_at(items, phrase.start) not in grammar.DETERMINERS
    return phrase.sense.tie.source and phrase.sense.implied and (phrase.sense.plural or (bare and phrase.sense.tie.kind == "competitor_of"))


def _heads(items: Sequence[Item], start: int) -> bool:
    """Whether a noun phrase heads its sentence and describes the subject after it: "As a supplier to Y, X stands to gain"."""
    return start == 0 or (start == 1 and items[0].lower == "as")


def _new_clause(items: Sequence[Item], at: int, place: int) -> bool:
    """Whether the party at a place, after the comma, begins a clause of its own ("Unlike its rival, X sells"): no comma follows it."""
    after = place + 1
    if after < len(items) and items[after].lower in ("of", "in", "from") and after + 1 < len(items):
        return False
    return after < len(items) and items[after].kind != "mark" and items[after].lower not in (*grammar.RELATIVES, "and", "whose")


def _examples(items: Sequence[Item], at: int, several: bool, rivals: bool = False) -> int | None:
    """The party after "include", "such as", "are", "among them"; a single one's verb is no "are"."""
    step = at
    if lower_at(items, step) == ",":
        step += 1
    if lower_at(items, step) in grammar.RELATIVES:
        step += 1  # "its customers, which include X"
    if lower_at(items, step) in ("chief", "first") and lower_at(items, step + 1) == "among":
        step += 1
    if lower_at(items, step) == "among" and lower_at(items, step + 1) in ("them", "which", "whom", "others"):
        step += 2
        if lower_at(items, step) in grammar.BEING:
            step += 1
        if lower_at(items, step) == ",":
            step += 1
        return grammar.complement(items, step)
    if lower_at(items, step) in grammar.BEING and lower_at(items, step + 2) == "to" and lower_at(items, step + 3) == "include":
        return grammar.complement(items, step + 4)
    if lower_at(items, step) == "above" and lower_at(items, step + 1) == "all":
        return grammar.complement(items, step + 2)
    if lower_at(items, step) == "at" and rivals:
        return grammar.complement(items, step + 1)
    if lower_at(items, step) not in _EXAMPLES or (not several and lower_at(items, step) in ("are", "were", "include", "remain")):
        return None
    step += 1
    while lower_at(items, step) in grammar.ADVERBS or lower_at(items, step) in ("as", ":", "currently"):
        step += 1
    if lower_at(items, step) == ",":
        shut = next((k for k in range(step + 1, min(step + 6, len(items))) if items[k].lower == ","), None)
        if shut is None:
            return None
        step = shut + 1
    return grammar.complement(items, step)


def _reciprocal(items: Sequence[Item], phrase: _Phrase, bearer: int) -> bool:
    """Whether several bear the noun of each other: "X and Y are rivals"."""
    names = {company.name for company in items[bearer].companies if not company.roles & PERSON}
    return phrase.sense.plural and phrase.sense.tie.kind in SYMMETRIC and len(names) > 1 and bearer < phrase.noun
