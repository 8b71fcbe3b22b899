"""Where the grammar of a sentence puts the parties of a tie: subjects, antecedents, appositions, objects and complements.

In: the items of a sentence and a place in them. Out: the place of a party, or the party itself.
Judgements: the subject of a verb is the party before it, else the one that its relative pronoun stands for, else the first one of the
clause that no preposition governs; an apposition belongs to the party right before its comma.
"""

from collections.abc import Sequence

from corewatch.lexicon.ties import tie_words
from corewatch.mentions.tie_items import PERSON, Item

_WORDS = tie_words().classes
AUXILIARIES = _WORDS["grammar.auxiliaries"]
BEING = _WORDS["being.words"]
ROLES = _WORDS["being.roles"]
ADVERBS = _WORDS["grammar.adverbs"]
BREAKS = _WORDS["grammar.breaks"]
DETERMINERS = _WORDS["grammar.determiners"]
NUMERALS = _WORDS["grammar.numerals"]
JOINERS = _WORDS["grammar.joiners"]
PREPOSITIONS = _WORDS["grammar.prepositions"]
RELATIVES = _WORDS["grammar.relatives"]
GOODS = _WORDS["goods.words"]
_PAPER = _WORDS["stake.paper"]
_DENIAL = _WORDS["denial.words"]
_ALLOWED = _WORDS["denial.allowed"]
_OPENING = _WORDS["grammar.openers"]
_INCLUDING = frozenset({"include", "includes", "included"})
_CLAUSE = frozenset({"after", "before", "as", "than"})
_PARTITIVES = frozenset({"all", "both", "some", "each", "most", "many"})
# Items that an aside between two commas may hold, and an apposition before its noun.
ASIDE, APPOSITION = 24, 14


def denied(items: Sequence[Item], low: int, high: int) -> bool:
    """Whether a word between two places denies what they say, or says it of the future or a wish."""
    return any(
        (item.lower in _DENIAL or (item.lower == "may" and lower_at(items, k + 1) in ("be", "become", "have", "soon", "also")))
        and (k + 1 >= len(items) or items[k + 1].lower not in _ALLOWED)
        for k, item in enumerate(items[max(0, low) : high + 1], max(0, low))
    )


def lower_at(items: Sequence[Item], at: int) -> str:
    """The word at a place, nothing outside the sentence."""
    return items[at].lower if 0 <= at < len(items) else ""


def subject(items: Sequence[Item], verb: int) -> int | None:
    """The party that is the subject of the verb at a place."""
    at = verb - 1
    while at >= 0 and (items[at].lower in AUXILIARIES or items[at].lower in ADVERBS or items[at].lower.endswith("ly")):
        at -= 1
    if at < 0:
        return None
    if items[at].lower in RELATIVES:
        return antecedent(items, at)
    if items[at].lower in (",", ")"):
        opened = opening(items, at)
        if opened is not None:
            return party_before(items, opened)
        if at > 1 and items[at - 1].is_party and items[at - 2].lower == "," and not items[at - 1].possessive:
            return at - 1  # "its largest customer, X, supplied"
        return clause_subject(items, at)
    if items[at].lower in JOINERS or items[at].lower == "but":
        return clause_subject(items, at)
    return _walk_left(items, at)


def _walk_left(items: Sequence[Item], at: int) -> int | None:
    """The nearest party to the left that no preposition governs; asides and relative clauses are jumped."""
    step = at
    while step >= 0:
        item = items[step]
        if item.lower in BREAKS:
            return None
        if item.lower in RELATIVES and step < at:
            return antecedent(items, step)
        if item.lower in (",", ")"):
            opened = opening(items, step)
            if opened is None:
                return None if item.lower == "," and step < at - 6 else _past_comma(items, step)
            found = party_before(items, opened)
            if found is not None:
                return found
            step = opened - 1
            continue
        if item.is_party and step == at and not item.possessive:
            return None if _governed_right(items, step) else step
        if item.is_party and (not item.possessive or step >= at - 2) and not governed(items, step):
            return step
        if item.is_party and item.possessive and step >= at - 3 and not governed(items, step):
            return step
        step -= 1
    return None


def _past_comma(items: Sequence[Item], at: int) -> int | None:
    before = at - 1
    return before if before >= 0 and items[before].is_party and not items[before].possessive and not governed(items, before) else None


def governed(items: Sequence[Item], at: int) -> bool:
    """Whether a preposition governs the party at a place ("shares in X" does; "In March X", "after X said" do not)."""
    step = at - 1
    while step >= 0 and at - step < 5 and (items[step].lower in DETERMINERS or items[step].plain) and not items[step].capital:
        if items[step].verbs:
            return False
        step -= 1
    return (
        step >= 0
        and at - step < 5
        and items[step].lower in PREPOSITIONS
        and not (items[step].lower in ("after", "before", "as") and step == at - 1)
    )


def clause_subject(items: Sequence[Item], at: int) -> int | None:
    """The first party of the clause before a place that no preposition governs: "X runs three halls and counts"."""
    start = next((k + 1 for k in range(at - 1, -1, -1) if items[k].lower in (";", ":", ".") or _reports(items, k)), 0)
    for step in range(start, at):
        item = items[step]
        if item.is_party and not item.possessive and not (_governed_right(items, step) if acts(items, step) else governed(items, step)):
            return step
        if item.lower in RELATIVES and step > start:
            break
    return None


def acts(items: Sequence[Item], at: int) -> bool:
    """Whether a verb follows the party at a place."""
    after = items[at + 1] if at + 1 < len(items) else None
    return after is not None and (
        after.lower in AUXILIARIES - {"to"} or after.lower.endswith("ed") or (bool(after.verbs) and after.noun is None)
    )


def _governed_right(items: Sequence[Item], at: int) -> bool:
    """Whether a preposition stands right before the party at a place, an article between at most."""
    step = at - 2 if lower_at(items, at - 1) in DETERMINERS else at - 1
    return lower_at(items, step) in PREPOSITIONS - _CLAUSE


def _reports(items: Sequence[Item], at: int) -> bool:
    """Whether the "that" at a place opens what somebody said: after a verb or a person, not after a noun or comma."""
    return items[at].lower == "that" and at > 0 and items[at - 1].lower.endswith(("ed", "said", "says", "told", "adds"))


def opening(items: Sequence[Item], at: int) -> int | None:
    """Where the aside opens that closes at a comma or bracket: right after a party, and with an article, participle or relative."""
    if items[at].lower == ")":
        return next((k for k in range(at - 1, max(-1, at - ASIDE), -1) if items[k].lower == "("), None)
    for step in range(at - 1, max(-1, at - ASIDE), -1):
        if items[step].lower in BREAKS:
            return None
        if items[step].lower == "," and step + 1 < at and opens_aside(items, step):
            return step
    return None


def opens_aside(items: Sequence[Item], at: int) -> bool:
    """Whether what follows the comma at a place describes what stands before it."""
    if party_before(items, at) is None:
        return False
    item = items[at + 1]
    closed = any(item.lower in words for words in (DETERMINERS, RELATIVES, PREPOSITIONS, _OPENING))
    return closed or item.lower.endswith(("ed", "ing")) or item.possessive or item.noun is not None


def party_before(items: Sequence[Item], at: int) -> int | None:
    """The party that ends right before a place, with a place-name or bracket between at most: "X of Zurich,", "X (NYSE: X),"."""
    step = at - 1
    if step >= 0 and items[step].lower == ")":
        step = next((k for k in range(step - 1, max(-1, step - 9), -1) if items[k].lower == "("), 0) - 1
    if step > 1 and items[step].is_party and lower_at(items, step - 1) == "of" and _firm(items[step - 2]):
        return step - 2  # "X of Abu Dhabi,"
    tail = step
    while tail >= 0 and step - tail < 4 and items[tail].capital and not items[tail].is_party:
        tail -= 1
    if tail < step and tail >= 1 and items[tail].lower in ("of", "in", "from"):
        step = tail - 1
    return step if step >= 0 and items[step].is_party and not items[step].possessive else None


def _firm(item: Item) -> bool:
    return bool(item.companies) and not item.possessive and not item.companies[0].roles & PERSON


def antecedent(items: Sequence[Item], at: int) -> int | None:
    """The party that the relative pronoun at a place stands for: right before it, or what the noun before it describes."""
    step = at - 1
    while step >= 0 and (items[step].lower in (",", "-") or items[step].lower in PREPOSITIONS or items[step].lower in _PARTITIVES):
        step -= 1
    found = party_before(items, step + 1)
    if found is not None:
        return found
    if step > 0 and items[step].lower == "group" and items[step - 1].is_party:
        return step - 1  # "the X group, which"
    return described(items, step)


def described(items: Sequence[Item], at: int) -> int | None:
    """The party that the noun phrase which ends at a place describes: by apposition ("X, a maker of racks") or copula ("X is a maker")."""
    for step in range(at, max(-1, at - APPOSITION), -1):
        item = items[step]
        if item.lower in BREAKS or item.lower in RELATIVES or item.lower in _INCLUDING or item.lower == "whose":
            return None
        if item.lower in (",", "-", "("):
            return apposed(items, step)
        if item.lower in BEING:
            return subject(items, step)
        if step < at and any(verb.form == "present" for verb in item.verbs) and item.noun is None:
            return None
    return None


def apposed(items: Sequence[Item], at: int) -> int | None:
    """The party that the noun phrase after the comma, dash or bracket at a place describes; a second apposition describes it too."""
    found = party_before(items, at)
    if found is not None or items[at].lower != ",":
        return found
    opened = opening(items, at)
    return party_before(items, opened) if opened is not None else None


def complement(items: Sequence[Item], at: int, goods: bool = False) -> int | None:
    """The party that a noun phrase names: "the French start-up X"; "X's rival Z" is Z; with `goods` "X's cloud" is X."""
    step = at
    while step < len(items) and step - at < 6 and not items[step].is_party:
        if not _leads(items, at, step, goods):
            return None
        step += 1
        if lower_at(items, step) in ("such", "like", "including") and step > at and items[step - 1].lower.endswith("s"):
            return complement(items, step + (2 if items[step].lower == "such" else 1), goods)
    if step >= len(items) or not items[step].is_party:
        return None
    return step if not items[step].possessive else _owned(items, step, goods)


def _leads(items: Sequence[Item], start: int, at: int, goods: bool) -> bool:
    """Whether the word at a place may stand before the name in a noun phrase: an article, an adjective, "the likes of", "clouds of"."""
    item = items[at]
    if item.lower == "of":
        return lower_at(items, at - 1) in ("likes", "both", "all", "one") or (goods and start < at <= start + 3)
    if item.lower in _INCLUDING or (item.verbs and item.noun is None and at > start + 2):
        return False
    return item.plain or item.lower in DETERMINERS or item.lower in ADVERBS


def _owned(items: Sequence[Item], step: int, goods: bool) -> int | None:
    """The party that a possessive leads to: "X's rival Z" is Z, "X's stock" X, and "X's cloud" X where goods count."""
    after = step + 1
    while after < len(items) and after - step < 5 and items[after].plain and items[after].noun is None:
        after += 1
    if after < len(items) and items[after].noun is not None:
        inner = complement(items, after + 1, goods)
        return inner if inner is not None or not goods else step
    if after < len(items) and after > step + 1 and items[after].is_party and not items[after].possessive:
        return after  # "its sister company X"
    follows = lower_at(items, step + 1)
    if goods or follows in _PAPER or follows in GOODS or step + 1 >= len(items) or not items[step + 1].plain:
        return step
    return after if after < len(items) and items[after].is_party and not items[after].possessive else None


def is_brand(items: Sequence[Item], at: int) -> bool:
    """Whether a name stands before goods: "Nvidia chips" are made by Nvidia, and by whom they are sold is not said."""
    return not items[at].possessive and lower_at(items, at + 1) in GOODS
