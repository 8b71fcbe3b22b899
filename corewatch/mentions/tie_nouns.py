"""Ties told by a noun: "X is a customer of Y", "its largest tenant, X", "Y, whose backers include X", "Y counts X among its clients".

In: the items of a sentence. Out: `Found`s. A noun phrase has an owner (`tie_phrases`) and a bearer (`tie_bearers`); each is looked for
by its role, whatever the noun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corewatch.lexicon.ties import Tie, tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_bearers import EXAMPLES, counted, find_bearer, held_in
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import PERSON, Item
from corewatch.mentions.tie_phrases import NounPhrase, coordinated, is_pronoun, read_phrase

_WORDS = tie_words().classes
_HELPERS = _WORDS["grammar.helpers"]
_STANDING = _WORDS["grammar.standing"]
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


def ties_by_nouns(items: Sequence[Item]) -> Iterator[Found]:
    """The ties that the nouns of a sentence tell."""
    phrases = [phrase for at, item in enumerate(items) if item.noun and (phrase := read_phrase(items, at, item.noun))]
    for phrase, after in pairwise(phrases):
        if phrase.owner is None and after.owner is not None and after.owner > after.noun and coordinated(items, after, phrase):
            phrase.owner = after.owner  # "a customer and a supplier of Y"
    before: NounPhrase | None = None
    for phrase in phrases:
        found = _tie(items, phrase, before)
        if found is not None:
            yield found
        before = phrase


def likewise(items: Sequence[Item]) -> Iterator[Item]:
    """The parties that a sentence gives the tie of what stands before them: "So is X", "Another is X", "X is another"."""
    for at, item in enumerate(items):
        after = lower_at(items, at + 1)
        begins = at == 0 or items[at - 1].kind == "mark" or items[at - 1].lower in grammar.JOINERS
        inverted = item.lower == "so" and (after in grammar.BEING or after in _HELPERS)
        if begins and (inverted or (item.lower in ("another", "others") and after in EXAMPLES)):
            place = grammar.complement(items, at + 2)
            if place is not None and items[place].lower != "it":
                yield items[place]
        ends = at + 3 >= len(items) or items[at + 3].kind == "mark"
        if item.is_party and after in grammar.BEING and lower_at(items, at + 2) == "another" and ends:
            yield item


def _tie(items: Sequence[Item], phrase: NounPhrase, before: NounPhrase | None) -> Found | None:
    """The tie that a noun phrase tells, if any."""
    among = counted(items, phrase)
    if among is not None:
        return _counted_tie(items, phrase, *among)
    having = held_in(items, phrase)
    if having is not None:
        owner = grammar.subject(items, phrase.start - 1)
        return None if grammar.denied(items, phrase.start - 3, having) else _found(items, phrase, having, owner)
    bearer, low = find_bearer(items, phrase, before)
    if bearer is None:
        return None
    phrase.bearer = bearer
    if grammar.denied(items, min(low, bearer), max(phrase.noun, bearer)):
        return None
    if phrase.owner is None and _mutual(items, phrase, bearer):
        return Found(phrase.sense.tie, items[bearer], items[bearer], 0.7, phrase.noun)
    return _borne_tie(items, phrase, before, bearer)


def _counted_tie(items: Sequence[Item], phrase: NounPhrase, bearer: int, owner: int | None) -> Found | None:
    """The tie of a party that is counted among the bearers; a name before the noun says whose they are, else the verb's subject does."""
    named = phrase.owner is not None and bool(items[phrase.owner].companies) and items[phrase.owner].companies[0].by_name
    if (owner is None and (phrase.owner is None or is_pronoun(items, phrase.owner))) or grammar.denied(
        items, min(bearer, owner or bearer), phrase.noun
    ):
        return None
    return _found(items, phrase, bearer, phrase.owner if named else owner)


def _borne_tie(items: Sequence[Item], phrase: NounPhrase, before: NounPhrase | None, bearer: int) -> Found | None:
    """The tie of a bearer with the phrase's owner, or with whom the nouns before leave to it."""
    if before is not None and before.bearer == bearer and is_pronoun(items, phrase.owner) and not is_pronoun(items, before.owner):
        if before.vague and before.owner is None:
            return None  # "a shareholder in the new company and its supplier"
        phrase.owner = before.owner if before.owner is not None else phrase.owner  # "a shareholder in Y and its supplier"
    if phrase.owner is None and before is not None and coordinated(items, phrase, before):
        phrase.owner = before.owner
    investor = phrase.sense.tie.kind == "investor_in"
    near = phrase.owner is None and bearer > phrase.noun and phrase.sense.plural and phrase.sense.implied
    if near and investor and not _standing(items, phrase):
        return None
    if phrase.owner is None and not near and (phrase.vague or not phrase.sense.implied or _generic(items, phrase, bearer)):
        return None
    if phrase.owner is None:
        phrase.owner = _in_which(items, phrase, bearer)
    return _found(items, phrase, bearer, phrase.owner, near and not investor)


def _found(items: Sequence[Item], phrase: NounPhrase, bearer: int, owner: int | None, near: bool = False) -> Found:
    other = items[owner] if owner is not None else None
    subject = grammar.clause_subject(items, owner) if owner is not None and is_pronoun(items, owner) else None
    sure = 0.8 if other is not None and other.companies else 0.6
    return Found(phrase.sense.tie, items[bearer], other, sure, phrase.noun, near, items[subject] if subject is not None else None)


def _in_which(items: Sequence[Item], phrase: NounPhrase, bearer: int) -> int | None:
    """The other side of "Y, in which X is a shareholder"."""
    at = bearer - 2 if lower_at(items, bearer - 1) in ("both", "all") else bearer - 1
    linked = lower_at(items, at) in ("which", "whom") and lower_at(items, at - 1) in phrase.sense.links
    return grammar.antecedent(items, at) if linked else None


def _standing(items: Sequence[Item], phrase: NounPhrase) -> bool:
    """Whether investors whose company is left out are called its investors already, not the buyers of an offer."""
    return not items[phrase.noun].lower.startswith("investor") or any(item.lower in _STANDING for item in items[phrase.start : phrase.noun])


def _generic(items: Sequence[Item], phrase: NounPhrase, bearer: int) -> bool:
    """Whether the noun says what its bearer does for a living: "MGX, the Abu Dhabi investor"."""
    if phrase.sense.tie.kind != "investor_in" or bearer > phrase.noun:
        return False
    described = lower_at(items, phrase.start) == "the" and phrase.noun - phrase.start > 1
    return described or any(company.roles & PERSON for company in items[bearer].companies)


def _mutual(items: Sequence[Item], phrase: NounPhrase, bearer: int) -> bool:
    """Whether several bear the noun of each other: "X and Y are rivals"."""
    names = {company.name for company in items[bearer].companies if not company.roles & PERSON}
    return phrase.sense.plural and phrase.sense.tie.kind in SYMMETRIC and len(names) > 1 and bearer < phrase.noun
