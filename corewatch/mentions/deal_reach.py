"""Which verbs and which part of its sentence an amount belongs to.

In: the items and verbs of a sentence and the place of a figure. Out: the bounds of its clause; the verbs that may carry it, with weights.
Judgements: the verb whose reach holds the figure carries it; its governors and the participles that describe its object help.
"""

from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.phrases import Item


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
    inside = [verb for verb in verbs if low <= verb.at < high]
    direct = None
    for verb in inside:
        if verb.at < at < verb.end:
            direct = verb
    if direct is not None and direct.first > 0 and items[direct.first - 1].tag in {"rel", "company"}:
        direct = _past_relative(items, at, direct, inside)
    if direct is not None and direct.form == "participle" and items[direct.at].verb is None:
        direct = next((verb for verb in reversed(inside) if verb.at < direct.at and items[verb.at].verb is not None), direct)
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
    weights.setdefault(id(direct), 1.0)
    share, step = weights[id(direct)], direct.governor
    while step is not None and share > 0.3:
        share *= 0.6
        weights.setdefault(id(step), share)
        step = step.governor
    for verb in inside:
        between = any(direct.at < other.at < verb.at for other in inside)
        describes = verb.form == "participle" and direct.at < verb.at and abs(verb.at - at) < 10 and not between
        sense = items[verb.at].verb
        leads = sense is not None and sense.frame == "lead"
        purpose = verb.governor is direct and verb.form in {"infinitive", "ing"}
        weights.setdefault(id(verb), 0.5 if describes or leads or purpose else 0.12)
    return sorted(((verb, weights[id(verb)]) for verb in inside), key=lambda pair: -pair[1])


def _past_relative(items: list[Item], at: int, direct: VerbGroup, inside: list[VerbGroup]) -> VerbGroup:
    """ "a hall that it is building, at a rent of X": after a comma and a preposition the amount belongs to the verb before the relative."""
    first = direct.first - 1 if items[direct.first - 1].tag == "rel" else direct.first - 2
    if first < 1 or items[first].tag != "rel":
        return direct
    commas = [step for step in range(direct.at + 1, at) if items[step].tag == "comma"]
    if not commas or items[commas[-1] + 1].tag not in {"prep", "figure"}:
        return direct
    return next((verb for verb in reversed(inside) if verb.at < first), direct)


def _subject_side(items: list[Item], at: int, verb: VerbGroup) -> bool:
    """Whether nothing but words of its own phrase stands between a figure and the verb after it."""
    return all(items[step].tag not in {"comma", "rel", "sub", "conj"} for step in range(at + 1, verb.first))
