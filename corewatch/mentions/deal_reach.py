"""Which verbs and which part of its sentence an amount belongs to.

In: the items and verbs of a sentence and the place of a figure. Out: the bounds of its clause; the verbs that may carry it, with weights.
Judgements: the verb whose reach holds the figure carries it; its governors and the participles that describe its object help.
"""

from corewatch.lexicon.deals import words
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.phrases import Item

SPEECH = words("speech_verbs")
SUBORDINATORS = words("subordinators")
# Frames that say nothing of a deal: a relative clause behind the amount says more.
LIGHT = frozenset({"come", "amount", "change", "make", "forecast", "value"})


def clause_of(items: list[Item], at: int) -> tuple[int, int]:
    """The part of the sentence around a place between semicolons, stops and main clauses joined by "and", "but" or "while"."""
    low = at
    while low > 0 and items[low - 1].tag not in {"semicolon", "stop"} and not _new_clause(items, low):
        low -= 1
    high = at + 1
    while high < len(items) and items[high].tag not in {"semicolon", "stop"} and not _new_clause(items, high):
        high += 1
    return low, high


def _new_clause(items: list[Item], at: int) -> bool:
    """Whether a clause with a subject of its own starts at `at`: ", and X sold", ", while in May X borrowed"."""
    if items[at].lower not in {"and", "but", "while", "whereas"} or at == 0 or items[at - 1].tag != "comma":
        return False
    for step in range(at + 1, min(at + 7, len(items) - 1)):
        item = items[step]
        if item.tag in {"verb", "aux", "modal", "comma", "figure", "to"}:
            return False
        if item.tag == "company":
            after = step + 1
            while after < len(items) and items[after].tag in {"adv", "x"} and after < step + 3:
                after += 1
            return item.possessive or (after < len(items) and items[after].tag in {"verb", "aux", "modal"})
    return False


def governing(items: list[Item], at: int, verbs: list[VerbGroup]) -> list[tuple[VerbGroup, float]]:
    """The verbs that may carry the figure at `at`, the nearest with the weight 1, the others of its clause with less."""
    low, high = clause_of(items, at)
    weights: dict[int, float] = {}
    inside = [verb for verb in verbs if low <= verb.opens < high]
    direct = None
    for verb in inside:
        if verb.opens < at < verb.end:
            direct = verb
    if direct is not None:
        direct = _past_subordinate(items, at, direct, inside)
    if direct is not None and direct.form == "participle" and _plain(items, direct):
        direct = next((verb for verb in reversed(inside) if verb.at < direct.at and not _plain(items, verb)), direct)
    if direct is not None and items[direct.at].lower in SPEECH:
        direct = next((verb for verb in reversed(inside) if verb.at < direct.at and not _plain(items, verb)), direct)
    if direct is None:
        before = [verb for verb in inside if verb.at < at]
        after = [verb for verb in inside if verb.at > at]
        if after and (not before or _subject_side(items, at, after[0])):
            direct = after[0]
            weights[id(direct)] = 0.8
        elif before:
            direct = before[-1]
            weights[id(direct)] = 0.6
    if direct is None:
        return []
    describing = _describing(items, at, direct, inside)
    if describing is not None:
        weights[id(describing)] = 1.0
        weights[id(direct)] = 0.5
        direct = describing
    weights.setdefault(id(direct), 1.0)
    share, step = weights[id(direct)], direct.governor
    while step is not None and share > 0.3:
        share *= 0.6
        weights.setdefault(id(step), share)
        step = step.governor
    recalled = _recalled(items, direct, inside)
    if recalled is not None:
        weights[id(recalled)] = max(0.5, weights.get(id(recalled), 0.0))
    for verb in inside:
        between = any(direct.at < other.at < verb.at for other in inside)
        describes = verb.form == "participle" and direct.at < verb.at and abs(verb.at - at) < 10 and not between
        sense = items[verb.at].verb
        leads = sense is not None and sense.frame == "lead"
        purpose = verb.governor is direct and verb.form in {"infinitive", "ing"}
        weights.setdefault(id(verb), 0.5 if describes or leads or purpose else 0.12)
    return sorted(((verb, weights[id(verb)]) for verb in inside), key=lambda pair: -pair[1])


def _past_subordinate(items: list[Item], at: int, direct: VerbGroup, inside: list[VerbGroup]) -> VerbGroup:
    """The verb before a relative or subordinate clause, where the amount stands after that clause.

    "A hall that it is building, at a rent of X"; "placed an order, before the terms were signed, worth X"; "sold shares to investors
    that include Y for X".
    """
    opener = _opener(items, direct)
    if opener is None or opener < 1:
        return direct
    if items[at - 1].lower == "worth" and _plain(items, direct) and direct.theme is not None:
        holds = (verb for verb in reversed(inside) if any(direct.theme in places for places in verb.slots.values()))
        return next((verb for verb in holds if verb.at < opener and not _plain(items, verb)), direct)  # "took a lease that is worth"
    if items[opener].tag == "rel" and not _plain(items, direct) and _loose(items, opener):
        return direct  # "Y, from which X rents halls, at a rent of": the relative clause runs on
    after_comma = any(items[step].tag == "comma" and items[step + 1].tag in {"prep", "to", "figure"} for step in range(direct.at + 1, at))
    price = _plain(items, direct) and items[opener].tag == "rel" and items[at - 1].lower in {"for", "at"}
    if not (after_comma or price):
        return direct
    return next((verb for verb in reversed(inside) if verb.at < opener and items[verb.at].verb is not None), direct)


def _loose(items: list[Item], at: int) -> bool:
    """Whether the relative at `at` stands after a comma, with or without a preposition."""
    before = items[at - 2] if items[at - 1].tag in {"prep", "to"} and at > 1 else items[at - 1]
    return before.tag == "comma"


def _plain(items: list[Item], verb: VerbGroup) -> bool:
    sense = items[verb.at].verb
    return sense is None or sense.frame == "value"


def _opener(items: list[Item], verb: VerbGroup) -> int | None:
    """What opens the clause of a verb: a relative, a subordinator, or the comma before a participle ("the deal, signed in May,")."""
    if verb.form == "participle" and items[verb.first - 1].tag == "comma":
        return verb.first - 1
    for step in range(verb.first - 1, max(-1, verb.first - 9), -1):
        if items[step].tag in {"rel", "sub"} or items[step].lower in SUBORDINATORS:
            return None if items[step].lower == "that" and _told(items, step) else step
        if items[step].tag in {"comma", "verb", "aux", "modal", "semicolon", "stop", "colon", "open"}:
            return None
    return None


def _recalled(items: list[Item], direct: VerbGroup, inside: list[VerbGroup]) -> VerbGroup | None:
    """The verb that told the deal of which the clause only gives the price: "agreed to rent halls from X, and the contract came to Y"."""
    sense = items[direct.at].verb
    theme = items[direct.theme].noun if direct.theme is not None else None
    if (sense is not None and sense.frame not in LIGHT) or theme is None or direct.subject is not None:
        return None
    return next((verb for verb in reversed(inside) if verb.at < direct.first and not _plain(items, verb)), None)


def _told(items: list[Item], at: int) -> bool:
    """Whether the "that" at `at` opens what is said: "said that", "told analysts that"."""
    before = items[max(0, at - 2) : at]
    return bool(before) and (before[-1].tag in {"verb", "period"} or (before[-1].tag == "x" and before[0].tag == "verb"))


def _describing(items: list[Item], at: int, direct: VerbGroup, inside: list[VerbGroup]) -> VerbGroup | None:
    """The verb of deals that describes the amount where the main verb is none: "so is the $5 billion that X has promised"."""
    sense = items[direct.at].verb
    if sense is not None and sense.frame not in LIGHT:
        return None
    for verb in inside:
        if verb.at > at and verb is not direct and verb.theme is not None and at <= verb.theme <= at + 5:
            return verb if items[verb.at].verb is not None else None
    return None


def _subject_side(items: list[Item], at: int, verb: VerbGroup) -> bool:
    """Whether nothing but words of its own phrase stands between a figure and the verb after it."""
    return all(items[step].tag not in {"comma", "rel", "sub", "conj"} for step in range(at + 1, verb.first))
