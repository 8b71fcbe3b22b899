"""Whom a noun of a tie describes: by apposition, copula, examples, or as the object that is counted among them.

In: the items of a sentence and a `NounPhrase`. Out: the place of the party that bears the noun.
"""

from collections.abc import Sequence

from corewatch.lexicon.ties import tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import Item
from corewatch.mentions.tie_phrases import NounPhrase, is_pronoun

_WORDS = tie_words().classes
EXAMPLES = _WORDS["examples.words"]
_COUNTING = _WORDS["counting.verbs"]
_TIMES = _WORDS["grammar.times"]
_QUANTIFIERS = _WORDS["grammar.quantifiers"]
_HAVING = _WORDS["grammar.having"]
_CALLING = _WORDS["grammar.calling"]
_MAKING = _WORDS["grammar.making"]
# Marks before which an apposition's party stands.
_OPENERS = (",", "(", "-")
# Verbs that several examples have.
_PLURAL = frozenset({"are", "were", "include", "remain"})
# Items that an aside between a noun and its verb may hold ("its backers, according to the filing, include").
_ASIDE = 14


def counted(items: Sequence[Item], phrase: NounPhrase) -> tuple[int, int | None] | None:
    """Bearer and owner of "Y counts X among its customers", "Y has X as a tenant", "X, whom Y names as a client"."""
    at = phrase.start - 1
    while at >= 0 and (items[at].lower in _QUANTIFIERS - {"among"} or items[at].lower in grammar.ADVERBS):
        at -= 1
    if at < 1 or items[at].lower not in ("among", "as"):
        return None
    step = at - 1
    while step > 0 and at - step < 8 and not items[step].is_party and items[step].lower not in _COUNTING:
        if not (items[step].plain or items[step].lower in (",", ")", "(", "of", "in")):
            break
        step -= 1
    if items[step].is_party:
        return _counted_object(items, phrase, step, items[at].lower) if not items[step].possessive else None
    if items[step].lower not in _COUNTING or step < 2:
        return None
    owner = grammar.subject(items, step)
    if owner is None or lower_at(items, owner - 1) not in ("which", "whom", "that"):
        return None
    bearer = grammar.antecedent(items, owner - 1)
    return (bearer, owner) if bearer is not None else None


def _counted_object(items: Sequence[Item], phrase: NounPhrase, bearer: int, link: str) -> tuple[int, int | None] | None:
    """The bearer with the subject of the verb of counting before it, or of "with X as its tenant"."""
    verb = bearer - 1
    while verb > 0 and bearer - verb < 5 and items[verb].lower not in _COUNTING:
        if not (items[verb].plain or items[verb].lower in grammar.DETERMINERS):
            break
        verb -= 1
    if items[verb].lower in _COUNTING and (verb > 0 or phrase.owner is not None):
        return bearer, grammar.subject(items, verb) if verb > 0 else phrase.owner
    if items[verb].lower in ("with", "from") and link == "as" and (phrase.owner is None or is_pronoun(items, phrase.owner)):
        owner = grammar.clause_subject(items, verb)
        return (bearer, owner) if owner is not None else None
    return None


def held_in(items: Sequence[Item], phrase: NounPhrase) -> int | None:
    """The bearer of "Y has a loyal customer in X"; who has an investor in X is not said so."""
    having = phrase.start > 1 and lower_at(items, phrase.start - 1) in _HAVING and phrase.sense.tie.kind != "investor_in"
    after = phrase.owner is not None and phrase.owner > phrase.noun and not items[phrase.owner].possessive
    return phrase.owner if having and after and lower_at(items, phrase.noun + 1) == "in" else None


def find_bearer(items: Sequence[Item], phrase: NounPhrase, before: NounPhrase | None) -> tuple[int | None, int]:
    """Whom the noun describes, and the first place that belongs to the tie; `before` is the noun phrase before this one."""
    at = phrase.start - 1
    while at >= 0 and (items[at].lower in _QUANTIFIERS or items[at].lower in grammar.ADVERBS):
        at -= 1
    among = any(item.lower == "among" for item in items[at + 1 : phrase.start])
    if _unsaid(items, phrase, at):
        return None, at
    after = _after(items, phrase, among)
    if after is not None and after[1]:
        return after[0], phrase.start
    place = _predicate(items, phrase, at, among)
    if place is None:
        place = _joined(items, phrase, at, before)
    if place is None and lower_at(items, at) in _OPENERS and at > 0:
        place = grammar.apposed(items, at)
    if place is None and after is not None:
        return after[0], phrase.start
    return place, at if place is None else min(at, place)


def _unsaid(items: Sequence[Item], phrase: NounPhrase, at: int) -> bool:
    """Whether it is not said whom the noun describes: "two of them customers", a term that a contract defines, a verb's object."""
    first, word = items[phrase.start], lower_at(items, at)
    some = lower_at(items, phrase.start - 1) in ("them", "which", "whom") and lower_at(items, phrase.start - 3) not in (
        "all",
        "both",
        "each",
    )
    term = lower_at(items, phrase.start - 1) == "(" and lower_at(items, phrase.end) == ")"
    active = word in grammar.BEING and first.lower.endswith("ing") and first.noun is None  # "are sounding out investors"
    future = word in ("become", "be") and lower_at(items, at - 1) in ("will", "to") and phrase.sense.tie.kind == "investor_in"
    return some or term or active or future


def _predicate(items: Sequence[Item], phrase: NounPhrase, at: int, among: bool) -> int | None:
    """The bearer of "X is a customer", "acts as a supplier", "has been named a partner", "makes X the largest", "X among backers"."""
    if at < 0:
        return None
    word, left = items[at].lower, lower_at(items, at - 1)
    if items[at].is_party and not items[at].possessive:
        return at if (among and left != "with") or (left in _MAKING and phrase.start > at) else None
    if word in _CALLING and left in grammar.BEING:
        return grammar.subject(items, at - 1)
    if word in grammar.BEING and left != "there":
        return grammar.subject(items, at)
    return grammar.subject(items, at - 1) if word == "as" and left in grammar.ROLES else None


def _joined(items: Sequence[Item], phrase: NounPhrase, at: int, before: NounPhrase | None) -> int | None:
    """The bearer of a noun after another: "X is a customer and a supplier", "X is a bank and a customer"."""
    word = lower_at(items, at)
    listed = word == "," and before is not None and before.end >= at and before.owner is None
    if word not in grammar.JOINERS and not listed:
        return None
    if before is not None and before.bearer is not None and before.bearer < before.noun and phrase.start - before.end <= 5:
        return before.bearer
    for step in range(at - 1, max(-1, at - 8), -1):
        item = items[step]
        if item.lower in grammar.BEING:
            return grammar.subject(items, step)
        if item.lower == ",":
            return grammar.party_before(items, step)
        if item.verbs or item.is_party or item.kind == "mark":
            return None
    return None


def _after(items: Sequence[Item], phrase: NounPhrase, among: bool) -> tuple[int, bool] | None:
    """The bearer after the noun, and whether it is surely that: after "include", "are", a colon, or right at the noun."""
    at = phrase.end
    rival, several = phrase.sense.tie.kind == "competitor_of", among or phrase.sense.plural
    if at == phrase.noun + 1 and at < len(items) and items[at].is_party and (rival or not items[at].possessive):
        return (at, True) if _named_by(items, phrase, at) else None
    while at < len(items) and (items[at].lower in _TIMES or items[at].kind == "percent"):
        at += 1
    place = _examples(items, at, several, rival and phrase.sense.plural)
    if place is None and lower_at(items, at) in _OPENERS:
        place = _examples_after_aside(items, at, several)
    if place is None and (lower_at(items, at) == ":" or (among and lower_at(items, at) == ",")):
        place = grammar.complement(items, at + 1)
    if place is not None:
        return place, True
    if lower_at(items, at) not in (",", "-") or (phrase.owner is None and (phrase.vague or not phrase.sense.implied)):
        return None
    place = grammar.complement(items, at + 1)
    return (place, False) if place is not None and (_heads(items, phrase.start) or not _new_clause(items, place)) else None


def _named_by(items: Sequence[Item], phrase: NounPhrase, at: int) -> bool:
    """Whether the party right after a noun is named by it: "its rival X", "rival X", "shareholders X and Y"."""
    if not items[at].companies or not items[at].companies[0].by_name:
        return False
    bare = lower_at(items, phrase.start) not in grammar.DETERMINERS and phrase.sense.tie.kind == "competitor_of"
    return phrase.owner is not None or (phrase.sense.tie.source and phrase.sense.implied and (phrase.sense.plural or bare))


def _heads(items: Sequence[Item], start: int) -> bool:
    """Whether a noun phrase heads its sentence and describes the subject after it: "As a supplier to Y, X stands to gain"."""
    return start == 0 or (start == 1 and items[0].lower == "as")


def _new_clause(items: Sequence[Item], place: int) -> bool:
    """Whether the party at a place, after a comma, begins a clause of its own ("Unlike its rival, X sells"): no comma follows it."""
    after = items[place + 1 : place + 2]
    return bool(after) and after[0].kind != "mark" and after[0].lower not in (*grammar.RELATIVES, "and", "whose", "of", "in", "from")


def _examples_after_aside(items: Sequence[Item], at: int, several: bool) -> int | None:
    """The examples after an aside that opens at a place: "its backers, according to the filing, include X"."""
    shut = next((k for k in range(at + 1, min(at + _ASIDE, len(items))) if items[k].lower in (",", ")", "-")), None)
    if shut is None or any(item.lower in grammar.BEING for item in items[at:shut]):
        return None
    return _examples(items, shut + 1, several, False)


def _examples(items: Sequence[Item], at: int, several: bool, rivals: bool) -> int | None:
    """The party after "include", "such as", "are", "among them"; a single one's verb is no "are". `rivals` may be "at X"."""
    step = at + (lower_at(items, at) == ",")
    step += lower_at(items, step) in grammar.RELATIVES  # "its customers, which include X"
    word, after = lower_at(items, step), [lower_at(items, step + k) for k in (1, 2, 3)]
    if word in ("chief", "first") and after[0] == "among":
        step, word, after = step + 1, "among", [*after[1:], lower_at(items, step + 4)]
    if word == "among":
        step += 2
        step += lower_at(items, step) in grammar.BEING
        step += lower_at(items, step) == ","
        return grammar.complement(items, step) if after[0] in ("them", "which", "whom", "others") else None
    if word in grammar.BEING and after[1:] == ["to", "include"]:  # "are said to include X"
        return grammar.complement(items, step + 4)
    if word == "above" and after[0] == "all":
        return grammar.complement(items, step + 2)
    if word == "at" and rivals:
        return grammar.complement(items, step + 1)
    if word not in EXAMPLES or (not several and word in _PLURAL):
        return None
    return _first_example(items, step + 1)


def _first_example(items: Sequence[Item], at: int) -> int | None:
    """The party after adverbs and a short aside: "include, since May, X"."""
    while lower_at(items, at) in grammar.ADVERBS or lower_at(items, at) in ("as", ":"):
        at += 1
    if lower_at(items, at) == ",":
        shut = next((k for k in range(at + 1, min(at + 6, len(items))) if items[k].lower == ","), None)
        if shut is None:
            return None
        at = shut + 1
    return grammar.complement(items, at)
