"""Ties told by a verb or by a noun that is the tie itself: "X rents from Y", "Y, backed by X", "X-backed Y", "X's stake in Y".

In: the items of a sentence. Out: `Found`s. A verb's sense says where its other side stands: its own object, or after a preposition.
An amount of money between the two makes the sentence a deal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corewatch.lexicon.ties import OBJECT, Tie, VerbSense, tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import OWN, Item
from corewatch.mentions.tie_nouns import Found

_WORDS = tie_words().classes
_MUTUAL = frozenset({"partnership", "alliance", "collaboration"})
_IN_PART = _WORDS["grammar.in_part"]
_CUSTOMER = Tie("customer_of", True)
_SALES = _WORDS["share.nouns"]
_COMES = _WORDS["supplies.verbs"]
_SUPPLIES = _WORDS["supplies.words"]
_OPERATING = _WORDS["supplies.operating"]
_LETTING = _WORDS["supplies.letting"]
_CONTRACTS = _WORDS["grammar.contracts"]
_MODALS = _WORDS["grammar.modals"]
_CONTINUING = _WORDS["grammar.continuing"]
_PRONOUNS = _WORDS["grammar.pronouns"]
# Items between a verb and the preposition before its other side.
REACH = 14


def ties_by_verbs(items: Sequence[Item], headline: bool = False) -> Iterator[Found]:
    """The ties that the verbs of a sentence tell; in a headline a trade or pact is news, hence a deal."""
    for at, item in enumerate(items):
        for sense in item.verbs:
            if headline and (sense.deal or sense.tie.kind == "partner_of"):
                continue
            yield from _by_verb(items, at, sense)
        if item.bond is not None:
            yield from _by_bond(items, at)
        if item.lower in _COMES and lower_at(items, at + 1) == "from":
            yield from _by_supply(items, at)
        if item.lower in _LETTING and lower_at(items, at + 1) in ("to", "from", "by"):
            yield from _by_letting(items, at)


def _by_verb(items: Sequence[Item], at: int, sense: VerbSense) -> Iterator[Found]:
    if OBJECT in sense.slots and sense.form == "participle":
        agent = _agent(items, at, sense)
        if agent is not None:
            yield from _passive(items, at, sense, agent)
            return
    if not _finite(items, at, sense):
        return
    relative = _before_relative(items, at, sense)
    if relative is not None:
        yield from relative
        return
    others = _other_sides(items, at, sense)
    if not others:
        yield from _mutual(items, at, sense)
        return
    for other in others:
        yield from _active(items, at, sense, other)


def _mutual(items: Sequence[Item], at: int, sense: VerbSense) -> Iterator[Found]:
    """ "X and Y compete", "X and Y have worked together for years"."""
    if not sense.mutual or (sense.form == "participle" and lower_at(items, at - 1) not in ("have", "long")):
        return
    place = grammar.subject(items, at)
    if place is not None and len(items[place].companies) > 1 and not grammar.denied(items, place, at):
        yield Found(sense.tie, items[place], items[place], 0.6, at)


def _active(items: Sequence[Item], at: int, sense: VerbSense, other: int) -> Iterator[Found]:
    place = grammar.subject(items, at)
    if place is None or place == other:
        return
    low = 0 if place < 2 else place
    # Who wants to compete competes.
    if grammar.denied(items, low if sense.tie.kind != "competitor_of" else at - 1, other):
        return
    if sense.tie.whole and any(item.kind == "percent" for item in items[other + 1 : other + 4]):
        sense = replace(sense, tie=replace(sense.tie, whole=False))
    if "on" in sense.slots and _for_sales(items, other):
        yield Found(sense.tie, items[other], items[place], 0.75, at)
        return
    yield Found(sense.tie, items[place], items[other], 0.7, at)


def _for_sales(items: Sequence[Item], other: int) -> bool:
    """Whether a company depends on the other for its sales, so that the other is its customer: "relies on X for half of its revenue"."""
    after = [item.lower for item in items[other + 1 : other + 10]]
    return after[:1] == ["for"] and any(word in _SALES for word in after)


def _before_relative(items: Sequence[Item], at: int, sense: VerbSense) -> list[Found] | None:
    """ "Y, from which X rents": the other side is what the relative stands for; null where there is no such relative."""
    place = grammar.subject(items, at)
    if place is not None and sense.goods and OBJECT in sense.slots:
        whose = next((k for k in range(place - 1, max(-1, place - 5), -1) if items[k].lower == "whose"), None)
        other = grammar.antecedent(items, whose) if whose is not None else None
        if other is not None and items[place - 1].noun is None and not grammar.denied(items, other, at):
            return [Found(sense.tie, items[place], items[other], 0.7, at)]  # "Y, whose chips X buys"
    if place is None or lower_at(items, place - 1) not in ("which", "whom") or lower_at(items, place - 2) not in sense.slots:
        return None
    other = grammar.antecedent(items, place - 1)
    if other is None or grammar.denied(items, other, at):
        return []
    return [Found(sense.tie, items[place], items[other], 0.8, at)]


def _finite(items: Sequence[Item], at: int, sense: VerbSense) -> bool:
    """Whether the form at a place is a verb of its clause and of a tense that tells a tie."""
    before = items[at - 1] if at else None
    step = at - 1
    while step >= 0 and (items[step].lower in grammar.ADVERBS or items[step].lower.endswith("ly")):
        step -= 1
    helper = lower_at(items, step)
    rivals = sense.tie.kind == "competitor_of"
    if sense.form == "present":
        if before is None or not _may_precede(items, at, before) or (helper in grammar.PREPOSITIONS and helper != "to"):
            return False
        return rivals or (lower_at(items, step - 1) in _CONTINUING if helper == "to" else helper not in _MODALS)
    if sense.form == "ing":
        if helper in ("is", "are", "been", "keeps", "kept"):
            return not sense.deal or helper == "been"
        return rivals and helper == ","
    if sense.deal:
        return helper in ("have", "has", "had") and not _object_of_money(items, at) and sense.tie.kind != "customer_of"
    return helper not in ("is", "are", "was", "were", "be") and not (before is not None and before.lower in grammar.DETERMINERS)


def _may_precede(items: Sequence[Item], at: int, before: Item) -> bool:
    """Whether the present form at a place may be a verb after the item before it, not a noun ("its order", "added orders")."""
    word = before.lower
    if before.is_party or before.possessive:
        return not before.possessive
    if word in grammar.DETERMINERS and word not in ("all", "both", "each"):
        return False
    if before.kind == "mark" or any(word in words for words in (grammar.RELATIVES, grammar.JOINERS, grammar.AUXILIARIES, _PRONOUNS)):
        return True
    if word in grammar.ADVERBS or word.endswith("ly"):
        return at > 1 and _may_precede(items, at - 1, items[at - 2])
    named = any(item.is_party for item in items[max(0, at - 4) : at - 1])
    return before.plain and named and items[at].lower.endswith("s") and not word.endswith("ed")  # "the X fund votes"


def _object_of_money(items: Sequence[Item], at: int) -> bool:
    return any(item.kind == "money" for item in items[at : at + REACH])


def _other_sides(items: Sequence[Item], at: int, sense: VerbSense) -> list[int]:
    """The other sides after the verb: the parties after its preposition, its object, or whom it gives something."""
    after = _after_preposition(items, at, sense) if sense.slots != {OBJECT} else []
    if after:
        return after
    place = None
    if OBJECT in sense.slots:
        place = _object(items, at, sense)
    elif "to" in sense.slots:
        place = _receiver(items, at + 1)
    return [place] if place is not None else []


def _object(items: Sequence[Item], at: int, sense: VerbSense) -> int | None:
    """The verb's object where it is the other side; an amount after it makes a deal, "buys its processors from a rival" names nobody."""
    place = grammar.complement(items, at + 1, sense.goods)
    if place is None or grammar.is_brand(items, place) or not _fits(items, at, place, sense) or _amount_after(items, place, sense):
        return None
    own = items[place].lower in OWN and any(item.lower in sense.slots for item in items[place : place + 6])
    return place if not own else None


def _after_preposition(items: Sequence[Item], at: int, sense: VerbSense) -> list[int]:
    """The parties after the verb's preposition, with no amount between."""
    prepositions = sense.slots - {OBJECT}
    for step in range(at + 1, min(at + 1 + REACH, len(items))):
        item = items[step]
        if item.lower in prepositions:
            place = grammar.complement(items, step + 1, (sense.goods or sense.tie.kind == "customer_of") and item.lower != "to")
            if place is not None and _own(items, place) and sense.goods:
                return []
            if place is not None and not _amount_after(items, place, sense):
                return [] if grammar.is_brand(items, place) and sense.goods else [place, *_resumed(items, place, item.lower, sense)]
            if OBJECT not in sense.slots and step == at + 1 and not (sense.tie.kind == "customer_of" and "on" not in sense.slots):
                return []
        if item.kind == "money" or item.lower in grammar.BREAKS or item.lower in grammar.RELATIVES or item.lower in ("but", *_SALES):
            return []
        if item.lower == "," and step > at + 1 and lower_at(items, step + 1) not in prepositions and not _parenthetical(items, step):
            return []
        if sense.goods and OBJECT not in sense.slots and step - at > 5:
            return []
    return []


def _receiver(items: Sequence[Item], at: int) -> int | None:
    """Whom a verb of giving names before what is given: "sells X its machines"."""
    if at + 1 >= len(items) or not items[at].is_party or items[at].possessive:
        return None
    if grammar.is_brand(items, at) and items[at].lower != "it":
        return None
    after = items[at + 1]
    return at if (after.plain and not after.verbs) or after.lower in grammar.DETERMINERS or (after.is_party and after.possessive) else None


def _resumed(items: Sequence[Item], at: int, preposition: str, sense: VerbSense) -> list[int]:
    """Further other sides that repeat the preposition: "competes with X, a lab, and, less directly, with Y"."""
    places: list[int] = []
    joined = 0
    for step in range(at + 1, min(at + 2 * REACH, len(items))):
        word = items[step].lower
        if word in (";", ".", ":") or items[step].kind == "money":
            break
        if word in grammar.JOINERS:
            joined = step
        if word == preposition and joined and _resumes(items, joined, step):
            place = grammar.complement(items, step + 1, sense.goods)
            if place is not None:
                places.append(place)
    return places


def _resumes(items: Sequence[Item], joined: int, at: int) -> bool:
    """Whether a preposition goes on with the list: right after "and", an adverb, or what else is bought ("and its gas from Y")."""
    between = items[joined + 1 : at]
    return all(item.lower == "," or item.lower in grammar.ADVERBS or item.lower.endswith("ly") for item in between) or (
        len(between) <= 4
        and (between[0].lower in OWN or between[0].lower in grammar.DETERMINERS)
        and not any(item.verbs for item in between)
    )


def _own(items: Sequence[Item], place: int) -> bool:
    """Whether the other side would be a pronoun's own goods ("relies on its own servers"); of somebody else's the goods are named."""
    if not (items[place].possessive and items[place].lower in OWN):
        return False
    after = [item.lower for item in items[place + 1 : place + 4]]
    return "own" in after or not any(word in grammar.GOODS for word in after)


def _fits(items: Sequence[Item], at: int, place: int, sense: VerbSense) -> bool:
    """Whether a verb's object is its other side: of goods their owner ("uses Y's halls", "uses halls of Y")."""
    item = items[place]
    if sense.goods and sense.deal and not item.possessive and not any(word.lower == "of" for word in items[at:place]):
        return False
    return not _own(items, place) and not (item.possessive and sense.tie.whole)


def _parenthetical(items: Sequence[Item], at: int) -> bool:
    """Whether a comma belongs to a short aside between verb and other side ("rents, among others, from")."""
    return any(item.lower == "," for item in items[at + 1 : at + 9]) or any(item.lower == "," for item in items[max(0, at - 8) : at])


def _amount_after(items: Sequence[Item], place: int, sense: VerbSense) -> bool:
    """Whether an amount or a contract follows right after the other side of a trade: "rents it from X for $3 million" is a deal."""
    if not sense.deal or sense.tie.kind != "customer_of":
        return False
    if any(item.kind == "money" for item in items[place + 1 : place + 5]):
        return True
    return _under_contract(items, place)


def _under_contract(items: Sequence[Item], place: int) -> bool:
    """Whether the other side is followed by a contract: "from X under a ten-year lease" is a deal."""
    after = [item.lower for item in items[place + 1 : place + 9]]
    return "under" in after and any(word in _CONTRACTS for word in after)


def _agent(items: Sequence[Item], at: int, sense: VerbSense) -> int | None:
    """The place of the party after a participle's "by"."""
    step = at + 1
    while (
        step < len(items)
        and step - at < 4
        and (
            items[step].lower in grammar.ADVERBS - {"by"}
            or items[step].lower in ("in", "part", "whole", "full")
            or items[step].kind == "percent"
            or items[step].lower.endswith("ly")
        )
    ):
        step += 1
    if lower_at(items, step) != "by":
        return None
    agent = grammar.complement(items, step + 1, sense.goods or sense.tie.kind == "customer_of")
    if agent is not None and grammar.is_brand(items, agent):
        return None
    return agent if agent is not None else _listed_agents(items, step + 1)


def _passive(items: Sequence[Item], at: int, sense: VerbSense, agent: int) -> Iterator[Found]:
    """ "Y is backed by X", "Y, a start-up backed by X", "Backed by X, Y"."""
    if sense.tie.whole and (items[at - 1].lower in _IN_PART or items[at - 1].kind == "percent"):
        sense = replace(sense, tie=replace(sense.tie, whole=False))
    patient = _patient(items, at, agent)
    if patient is None and sense.tie == _CUSTOMER:
        patient = _operator(items, at)
    if (
        patient is not None
        and patient != agent
        and not grammar.denied(items, min(at, patient), max(agent, patient) if patient < agent else agent)
    ):
        yield Found(sense.tie, items[agent], items[patient], 0.75, at)


def _listed_agents(items: Sequence[Item], at: int) -> int | None:
    """ "backed by investors including X", "by a group of banks led by X" is none."""
    for step in range(at, min(at + 7, len(items))):
        if items[step].lower in ("including", "such", "like", "namely"):
            return grammar.complement(items, step + (2 if items[step].lower == "such" else 1))
        if items[step].kind == "mark" and items[step].lower != ",":
            return None
    return None


def _operator(items: Sequence[Item], at: int) -> int | None:
    """Whose hall a passive is about: "X operates a data center in Texas, which is used by"."""
    place = grammar.clause_subject(items, at)
    return place if place is not None and any(item.lower in _OPERATING for item in items[place + 1 : place + 3]) else None


def _patient(items: Sequence[Item], at: int, agent: int) -> int | None:
    """Whom a passive is about: the subject, or what the participle describes, which may follow it at the head of a sentence."""
    step = at - 1
    while step >= 0 and (items[step].lower in grammar.ADVERBS or items[step].lower.endswith("ly") or items[step].kind == "percent"):
        step -= 1
    if step >= 0 and (items[step].lower in grammar.BEING or items[step].lower in ("been", "being")):
        return grammar.subject(items, step)
    if step < 0:
        after = agent + 1
        return grammar.complement(items, after + 1) if lower_at(items, after) == "," else None
    if items[step].lower in (",", "(", "-"):
        return grammar.apposed(items, step)
    if items[step].lower in grammar.JOINERS:
        return grammar.clause_subject(items, step)
    found = grammar.party_before(items, step + 1)
    return found if found is not None else grammar.described(items, step)


def ties_by_compounds(items: Sequence[Item]) -> Iterator[Found]:
    """ "X-backed Y", "Y, the X-backed start-up"."""
    for at, item in enumerate(items):
        if not item.lower.startswith("-") or len(item.lower) < 3 or not at or not items[at - 1].is_party:
            continue
        senses = [sense for sense in tie_words().verbs.get(item.lower[1:], ()) if OBJECT in sense.slots and sense.form == "participle"]
        place = grammar.complement(items, at + 1) if senses else None
        if senses and place is None:
            opened = next((k for k in range(at - 2, max(-1, at - 6), -1) if items[k].lower == "," or items[k].lower in grammar.BEING), None)
            if opened is not None:
                place = grammar.apposed(items, opened) if items[opened].lower == "," else grammar.subject(items, opened)
        if place is not None:
            yield Found(senses[0].tie, items[at - 1], items[place], 0.8, at)


def _by_supply(items: Sequence[Item], at: int) -> Iterator[Found]:
    """ "X's power comes from Y", "all of X's accelerators come from Y"."""
    goods = next((k for k in range(at - 1, max(-1, at - 7), -1) if items[k].lower in _SUPPLIES), 0)
    owner = next((k for k in range(goods - 1, max(-1, goods - 5), -1) if items[k].is_party), None)
    if owner is None or not items[owner].possessive:
        return
    other = grammar.complement(items, at + 2)
    if other is not None and not grammar.denied(items, owner, other) and not _under_contract(items, other):
        yield Found(_CUSTOMER, items[owner], items[other], 0.7, at)


def _by_letting(items: Sequence[Item], at: int) -> Iterator[Found]:
    """ "Y's campus is leased to X", "both of which are leased to X", "X's site is leased from Y", "a hall leased by X from Y"."""
    word, tenant = items[at + 1].lower, grammar.complement(items, at + 2)
    if tenant is None:
        return
    if word == "by":
        owner = grammar.complement(items, tenant + 2) if lower_at(items, tenant + 1) == "from" else None
    else:
        owner = next((k for k in range(at - 1, max(-1, at - REACH), -1) if items[k].is_party), None)
        owner = owner if owner is not None and items[owner].possessive else None
    if owner is None or grammar.denied(items, min(owner, at), tenant):
        return
    if word == "from":
        tenant, owner = owner, tenant
    yield Found(_CUSTOMER, items[tenant], items[owner], 0.6, at)


def _by_bond(items: Sequence[Item], at: int) -> Iterator[Found]:
    """ "X's partnership with Y", "the alliance between X and Y", "competition from Y"."""
    bond = items[at].bond
    if bond is None:
        return
    if lower_at(items, at + 1) not in bond.links:
        place = grammar.clause_subject(items, at) if items[at].lower in _MUTUAL and lower_at(items, at + 1) != "between" else None
        if place is not None and len(items[place].companies) > 1 and not grammar.denied(items, place, at):
            yield Found(bond.tie, items[place], items[place], 0.5, at)
        return
    other = grammar.complement(items, at + 2, goods=bond.tie.kind == "customer_of")
    if other is None or grammar.is_brand(items, other):
        return
    if items[at + 1].lower == "between":
        if len(items[other].companies) > 1:
            yield Found(bond.tie, items[other], items[other], 0.6, at)
        return
    owner = next((k for k in range(at - 1, max(-1, at - 6), -1) if items[k].is_party or not (items[k].plain)), None)
    if owner is None or not items[owner].is_party or not (items[owner].possessive or owner == at - 1):
        if bond.tie.kind == "investor_in":
            return
        owner = grammar.clause_subject(items, at)
        if owner is None and bond.tie.kind != "competitor_of":
            return
    if grammar.denied(items, owner if owner is not None else at, other):
        return
    bearer = items[owner] if owner is not None else None
    yield Found(bond.tie, bearer, items[other], 0.6 if bearer is not None else 0.5, at)
