"""Noun phrases around the nouns of ties: "one of Y's largest customers", "a supplier of racks to Y", "backers".

In: the items of a sentence and a noun's place. Out: a `NounPhrase` with its owner: the possessive or name before the noun, what "whose"
stands for, or the complement after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corewatch.lexicon.ties import NounSense, tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import OWN, Item

_WORDS = tie_words().classes
_EXAMPLES = _WORDS["examples.words"]
_TIMES = _WORDS["grammar.times"]
_FOREIGN = _WORDS["grammar.foreign"]
# Determiners between which and a noun a name is the other side: "an Nvidia partner".
_BEFORE_NAMES = frozenset({"a", "an", "the", "another", "fellow", "one", "all"})
# After a preposition they begin no name and yet leave the other side open: "a customer of long standing".
_IDIOMS = frozenset({"long", "old", "its", "many", "such", "date"})
# Prepositions that may go on with a noun phrase, and the items that it may have on either side of its noun.
_ATTACHED = frozenset({"of", "for", "in", "at", "with", "to", "on", "by", "from"})
WIDTH, WITHIN = 7, 6


@dataclass(slots=True)
class NounPhrase:
    """A noun phrase: its first place, its noun, the place after it with complement, its owner.

    `vague`: the other side is somebody without a name. `bearer` is found later.
    """

    start: int
    noun: int
    end: int
    sense: NounSense
    owner: int | None = None
    vague: bool = False
    indefinite: bool = False
    bearer: int | None = None


def read_phrase(items: Sequence[Item], at: int, sense: NounSense) -> NounPhrase | None:
    """The noun phrase of the noun at a place; null where it is somebody's whom no table has ("his customers"), or a verb."""
    phrase = NounPhrase(at, at, at + 1, sense)
    if items[at].possessive or not _look_left(items, phrase) or _is_verb(items, phrase):
        return None
    if sense.tie.whole and (phrase.indefinite or sense.plural):
        phrase.sense = replace(sense, tie=replace(sense.tie, whole=False))
    # "an owner and operator of halls"
    joined = lower_at(items, at + 1) in grammar.JOINERS and at + 3 < len(items) and items[at + 2].noun is None
    phrase.vague = joined and lower_at(items, at + 3) == "of"
    _look_right(items, phrase)
    return phrase


def is_pronoun(items: Sequence[Item], at: int | None) -> bool:
    """Whether "its", "their" or "our" stands at a place."""
    return at is not None and items[at].possessive and items[at].lower in OWN


def coordinated(items: Sequence[Item], phrase: NounPhrase, before: NounPhrase) -> bool:
    """Whether two noun phrases are joined: "a customer and a supplier", "shareholder, seller and insurer"."""
    between = items[before.end : phrase.start]
    joined = any(item.lower in grammar.JOINERS or item.lower == "," for item in between)
    return len(between) <= 4 and joined and not any(item.is_party for item in between)


def _look_left(items: Sequence[Item], phrase: NounPhrase) -> bool:
    """Finds where the phrase starts and its owner before the noun; false where the owner is none of ours."""
    while phrase.start > 0 and phrase.noun - phrase.start < WIDTH:
        before = items[phrase.start - 1]
        if before.is_party:
            _take_owner(items, phrase)
            break
        if before.lower in _FOREIGN:
            return False
        if before.lower == "whose":
            phrase.owner = grammar.antecedent(items, phrase.start - 1)
            phrase.start -= 1
            return phrase.owner is not None
        if before.lower in grammar.DETERMINERS and before.lower not in grammar.NUMERALS:
            phrase.indefinite = before.lower in ("a", "an", "another")
            phrase.start -= 1
            break
        if not before.plain or before.lower in grammar.BEING or any(verb.form == "present" for verb in before.verbs):
            break
        phrase.start -= 1
    while phrase.owner is not None and lower_at(items, phrase.start - 1) in grammar.DETERMINERS:
        phrase.start -= 1
    return True


def _take_owner(items: Sequence[Item], phrase: NounPhrase) -> None:
    """Makes the party before the phrase its owner: "Y's rival", "Y rival", "a Y cloud customer", "Y and its partner"."""
    owner = phrase.start - 1
    named = phrase.start == phrase.noun or lower_at(items, owner - 1) in _BEFORE_NAMES
    if not items[owner].possessive and not (named and items[owner].companies):
        return
    phrase.owner = phrase.start = owner
    if is_pronoun(items, owner) and owner > 1 and lower_at(items, owner - 1) in grammar.JOINERS and items[owner - 2].companies:
        phrase.owner = owner - 2


def _is_verb(items: Sequence[Item], phrase: NounPhrase) -> bool:
    """Whether the noun is a verb between two parties: "X rivals Y"."""
    item, after = items[phrase.noun], items[phrase.noun + 1 : phrase.noun + 2]
    named = phrase.owner is not None and not items[phrase.owner].possessive and not phrase.indefinite
    return bool(item.verbs) and named and bool(after) and after[0].is_party


def _look_right(items: Sequence[Item], phrase: NounPhrase) -> None:
    """Finds the other side after the noun: "a supplier of Y", "a supplier of racks to Y"."""
    at = phrase.noun + 1
    for _ in range(2):
        while lower_at(items, at) in _TIMES:
            at += 1
        word = lower_at(items, at)
        if word not in grammar.PREPOSITIONS:
            return
        if word in phrase.sense.links and phrase.owner is None and _take_complement(items, phrase, at + 1):
            return
        if word not in _ATTACHED:
            return
        phrase.vague = phrase.vague or (word in phrase.sense.links and _names_others(items, at))
        step = at + 1
        while step < len(items) and step - at < WITHIN and _within(items, step, step == at + 1):
            step += 1
        if step == at + 1:
            return
        at = phrase.end = step


def _take_complement(items: Sequence[Item], phrase: NounPhrase, at: int) -> bool:
    """Makes the party at a place, if any, the phrase's owner; who supplies "Nvidia chips" need not supply Nvidia."""
    customers = phrase.sense.tie.kind == "customer_of"
    place = grammar.complement(items, at, goods=customers)
    if place is None or (customers and not phrase.sense.tie.source and grammar.is_brand(items, place)):
        return False
    phrase.owner, phrase.end = place, place + 1
    while phrase.end < len(items) and items[place].possessive and items[phrase.end].plain:
        phrase.end += 1
    return True


def _names_others(items: Sequence[Item], at: int) -> bool:
    """Whether the other side after a preposition is somebody without a name: "a customer of the grid", "an owner of halls"."""
    after = lower_at(items, at + 1)
    return after in grammar.DETERMINERS or (items[at].lower in ("of", "to") and after not in _IDIOMS)


def _within(items: Sequence[Item], at: int, first: bool) -> bool:
    """Whether the word at a place belongs to the noun phrase after a preposition."""
    item = items[at]
    if item.lower in _EXAMPLES or (item.verbs and not first):
        return False
    return item.plain or item.lower in grammar.DETERMINERS or (first and item.lower == "that")
