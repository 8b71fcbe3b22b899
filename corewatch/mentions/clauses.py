"""Verbs of a sentence with what grammar gives them: voice, subject, object, prepositional slots, governor.

In: the items of a sentence. Out: `VerbGroup`s in the order of the text; places are indices into the items.
Judgements: a subject is the nearest company to the left that no preposition governs and that stands outside relative clauses
and appositions; an infinitive has its governor's subject; a participle after a noun has the noun as its theme.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corewatch.lexicon.deals import lexicon, words
from corewatch.mentions.phrases import Item

NAMING = words("naming")
SUBORDINATORS = words("subordinators")
VALUING = words("valuing")
PRONOUNS = words("pronouns")
EXAMPLES = words("example_words")
BASES = frozenset({"bring", "string", "ring", "swing"})
TIMES = words("time_words")
RUN = frozenset({"managed", "advised", "run", "led", "headed"})
BODIES = words("bodies")
TRADES = words("agents") | words("concerns")
UNITS = words("parts_of_companies")
BREAKS = frozenset({"semicolon", "stop", "colon"})


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries: `first` to `at` in the items; `end` is where its reach ends.

    Of "A took $5 million, B $2 million" the second clause is a group too, with the verb of the first.
    """

    first: int
    at: int
    end: int
    form: str = "finite"
    passive: bool = False
    negated: bool = False
    modal: str = ""
    subject: int | None = None
    theme: int | None = None
    elided: bool = False
    governor: "VerbGroup | None" = None
    antecedent: tuple[str, int] | None = None  # "X, from which": the company and its slot
    opens: int = -1  # after which its reach starts: `at`, or the subject of a clause that leaves the verb out
    slots: dict[str, list[int]] = field(default_factory=dict)


def read_verbs(items: Sequence[Item]) -> list[VerbGroup]:
    """Every verb group of the sentence, with subjects and slots."""
    groups: list[VerbGroup] = []
    for at, item in enumerate(items):
        if item.tag == "verb" or (item.tag == "aux" and not _helps(items, at)):
            groups.append(_group(items, at))
    for nth, group in enumerate(groups):
        group.end = _reach(items, group, groups[nth + 1 :])
    for nth, group in enumerate(groups):
        group.opens = group.at
        _find_subject(items, group, groups[:nth])
        if group.subject is not None and _pronoun(items[group.subject]):
            group.subject = _matrix_subject(items, group, groups[:nth])
        _fill_slots(items, group)
        _fill_antecedent(items, group)
    _front(items, groups)
    return [part for group in groups for part in (group, *_gapped(items, group))]


def _pronoun(item: Item) -> bool:
    return len(item.companies) == 1 and item.companies[0].text.casefold() in PRONOUNS


def _matrix_subject(items: Sequence[Item], group: VerbGroup, earlier: Sequence[VerbGroup]) -> int | None:
    """ "X said that it": a pronoun stands for the subject before it in the sentence, when there is one."""
    for other in reversed(earlier):
        if other.subject is not None and other.at < (group.subject or 0) and items[other.subject].companies[0].by_name:
            between = items[other.at : group.subject]
            several = items[group.subject or 0].lower == "it" and len(items[other.subject].companies) > 1
            far = several or any(item.tag in {"semicolon", "colon"} for item in between)
            return group.subject if far else other.subject
    return group.subject


def _helps(items: Sequence[Item], at: int) -> bool:
    """Whether an auxiliary belongs to a verb that follows it."""
    step = at + 1
    while step < len(items) and items[step].tag in {"adv", "neg", "aux", "modal"}:
        step += 1
    return step < len(items) and items[step].tag == "verb"


def _group(items: Sequence[Item], at: int) -> VerbGroup:
    words = lexicon().words
    first, parts = at, []
    while first > 0 and items[first - 1].tag in {"aux", "modal", "neg", "adv", "to"}:
        first -= 1
        parts.append(items[first])
    while first < at and items[first].tag == "adv":
        first += 1
    lower = items[at].lower.split()[0]
    group = VerbGroup(first, at, len(items))
    tags = {part.tag for part in parts}
    group.negated = "neg" in tags or any(part.lower in words["negations"] for part in parts)
    group.modal = next((part.lower for part in parts if part.tag == "modal"), "")
    be = _is_passive_be(items, at, parts)
    helped = "aux" in tags or "modal" in tags
    if lower.endswith("ing") and lower not in BASES:
        group.form = "finite" if be else "ing"
    elif "to" in tags and (not helped or (items[first].tag == "to" and not be)):
        group.form = "infinitive"  # "to buy", "is said to have bought"
    elif be and _is_participle(lower):
        group.passive = True
    elif not helped and _is_participle(lower):
        group.passive = _reduced(items, first, at)
        group.form = "participle" if group.passive else "finite"
    if be and "to" in tags and not group.passive:
        group.modal = group.modal or "is to"
    return group


def _is_passive_be(items: Sequence[Item], at: int, parts: Sequence[Item]) -> bool:
    """Whether the auxiliary next to the verb is a form of "be": "have been sold", not "were to have sold"; "'s" without an object."""
    last = next((part for part in parts if part.tag == "aux"), None)
    if last is None:
        return False
    if last.lower != "'s":
        return last.lower in lexicon().words["be_forms"]
    after = items[at + 1] if at + 1 < len(items) else None
    return items[at].lower.endswith("ing") or after is None or after.tag not in {"company", "figure", "det", "noun"}


IRREGULAR_PARTICIPLES = words("irregular_participles")
ONLY_PARTICIPLES = words("only_participles")
BOTH_PAST = IRREGULAR_PARTICIPLES - ONLY_PARTICIPLES


def _is_participle(lower: str) -> bool:
    return lower.endswith("ed") or lower in IRREGULAR_PARTICIPLES


def _reduced(items: Sequence[Item], first: int, at: int) -> bool:
    """Whether a participle without auxiliary describes what stands before it ("notes sold by", "chips ordered from") or is a past tense."""
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and after.lower == "by":
        return True
    if first == 0:
        return after is not None and after.tag == "prep"
    if items[at].lower in VALUING and after is not None and after.lower == "at":
        return True
    if items[at].lower in NAMING and items[first - 1].tag != "company":
        return True
    bare = _past_adverbials(items, first - 1)
    if bare >= 0 and items[bare].tag == "comma" and _opening(items, bare) is not None and _may_be_past(items[at]):
        return False
    before = items[first - 1]
    if before.tag == "company" and not before.possessive:
        return False
    if before.tag in {"rel", "conj"}:
        return False
    lower = items[at].lower.split()[0]
    if lower not in BOTH_PAST and not lower.endswith("ed"):
        return True
    if before.tag in {"noun", "figure", "x"}:
        return after is not None and after.tag in {"prep", "period", "comma", "stop", "to"} and not _bare_company_before(items, first)
    if before.tag == "comma":
        return after is not None and after.tag in {"prep", "period"} and _opening(items, first - 1) is None
    return False


def _may_be_past(item: Item) -> bool:
    """Whether a participle is a past tense as well: "sold", "agreed", not "drawn"."""
    head = item.lower.split()[0]
    return head.endswith("ed") or head in BOTH_PAST


def _past_adverbials(items: Sequence[Item], at: int) -> int:
    """The place before the adverbs and times that end at `at`: "Meta, which | in September", "Meta | last month"."""
    step = at
    while step >= 0:
        item = items[step]
        if item.tag in {"adv", "neg"}:
            step -= 1
        elif item.tag == "period" or (item.lower in TIMES and step > 0 and items[step - 1].tag in {"det", "prep", "adv"}):
            step -= 1
            while step >= 0 and (items[step].lower in {"last", "this", "next", "that", "early", "late"} or items[step].tag in {"prep"}):
                if items[step].tag == "rel":
                    break
                step -= 1
        else:
            break
    return step


def _bare_company_before(items: Sequence[Item], at: int) -> bool:
    """Whether the clause has no other verb to the left, so that the form at hand must be its past tense."""
    for step in range(at - 1, -1, -1):
        tag = items[step].tag
        if tag in {"verb", "aux", "modal"}:
            return False
        if tag in BREAKS or tag == "rel":
            break
    return True


def _reach(items: Sequence[Item], group: VerbGroup, later: Sequence[VerbGroup]) -> int:
    """Where the clause of a verb ends: at a stop, a relative, a subordinator, or before the next finite verb's own subject."""
    end = len(items)
    for at in range(group.at + 1, len(items)):
        item = items[at]
        if item.tag in BREAKS or item.tag == "rel" or (item.tag == "sub" and at > group.at + 1):
            end = at
            break
    for other in later:
        if other.first >= end:
            break
        if other.form in {"infinitive", "participle", "ing"}:
            return min(end, other.first)
        start = other.first
        step = start - 1
        while step > group.at and items[step].tag in {"company", "x", "det", "noun", "adv", "figure"}:
            step -= 1
        if items[step].tag in {"conj", "comma", "prep"} and step > group.at:
            start = step
        return min(end, max(start, group.at + 1))
    return end


def _find_subject(items: Sequence[Item], group: VerbGroup, earlier: Sequence[VerbGroup]) -> None:
    before = earlier[-1] if earlier else None
    if group.form == "infinitive":
        group.governor = before
        if before is not None:
            group.subject = before.subject if not before.passive or before.subject is not None else None
            group.elided = before.elided
            for at in before.slots.get("object", []):
                if items[at].tag == "company" and at == group.first - 1:
                    group.subject = at  # "asked X to lend"
        owner = _owner_of(items, group.first - 1)
        if owner is not None:
            group.subject = owner  # "its promise to spend"
        if group.subject is None:
            group.subject = _left(items, group.first - 1, earlier)
        return
    if group.form == "ing":
        group.governor = before
        previous = items[group.first - 1] if group.first else None
        if before is None:
            group.subject = _right(items, group)
        elif previous is not None and previous.tag == "company" and not previous.possessive:
            group.subject = group.first - 1
        else:
            group.subject = before.subject
            group.elided = before.elided
        return
    if group.form == "participle":
        group.theme = _theme(items, group.first - 1)
        if group.first == 0:
            group.subject = _right(items, group)
        elif items[group.first - 1].tag == "comma" and group.first > 1 and items[group.first - 2].tag == "company":
            group.subject = group.first - 2
        return
    step = _past_adverbials(items, group.first - 1)
    if step >= 0 and items[step].tag == "rel":
        _relative(items, group, step)
        return
    found = _left(items, step, earlier)
    if found is not None:
        group.subject = found
        relative = _relative_before(items, found)
        if relative is not None:
            group.theme = _theme(items, relative - 1)
        elif found and items[found - 1].tag == "figure" and step == found:
            group.theme = found - 1  # "the $5 billion Meta has promised"
        return
    if (step >= 0 and items[step].tag in {"conj", "comma"}) or before is not None:
        governor = _coordinated(items, step, earlier) or before
        if governor is not None and step >= 0 and (items[step].tag in {"conj", "comma"}):
            group.subject, group.elided = governor.subject, governor.elided
            if group.subject is None and governor.theme is not None:
                group.theme = governor.theme
            return
    group.theme = _theme(items, step)
    group.elided = step < 0 or group.theme is None


def _coordinated(items: Sequence[Item], at: int, earlier: Sequence[VerbGroup]) -> VerbGroup | None:
    """The verb that one after "and" at `at` goes with; after a comma none inside a relative clause ("a plant that makes X, and took")."""
    finite = [other for other in reversed(earlier) if other.form == "finite"]
    if at > 0 and "comma" in {items[at].tag, items[at - 1].tag}:
        free = [other for other in finite if not _in_relative(items, other)]
        finite = free or finite
    return next(iter(finite), None)


def _in_relative(items: Sequence[Item], group: VerbGroup) -> bool:
    """Whether a relative opens the clause of a verb: "which sold", "which the bank permitted", not "said that it sold"."""
    step = group.first - 1
    while step >= 0 and group.first - step < 5 and items[step].tag in {"company", "x", "noun", "det", "adv"}:
        step -= 1
    return step > 0 and items[step].tag == "rel" and not (items[step].lower == "that" and items[step - 1].tag == "verb")


def _relative(items: Sequence[Item], group: VerbGroup, at: int) -> None:
    """The subject of "which raised": the company right before the relative, or else the noun there as its theme."""
    step = at - 1
    while step >= 0 and items[step].tag in {"comma", "prep", "open"}:
        step -= 1
    head = _antecedent(items, at)
    if head is not None and (step < 0 or items[step].tag != "noun"):
        group.subject = head
        return
    if step >= 0 and items[step].tag == "company" and not items[step].possessive:
        group.subject = step
        return
    group.theme = _theme(items, step)
    back = step
    while back >= 0 and step - back < 6:
        if items[back].tag == "company" and not items[back].possessive:
            if group.theme is None or items[step].tag == "x":
                group.subject = back
            return
        if items[back].tag in {"verb", "aux", "prep"} | BREAKS and items[back].lower != "of":
            return
        back -= 1


def _relative_before(items: Sequence[Item], at: int) -> int | None:
    """The relative pronoun right before a subject ("notes that it sold", "for which X pays"), if any."""
    step = at - 1
    while step >= 0 and items[step].tag in {"adv", "det"}:
        step -= 1
    return step if step >= 0 and items[step].tag == "rel" else None


def _theme(items: Sequence[Item], at: int) -> int | None:
    """The noun or figure that stands at or shortly before `at`."""
    for step in range(at, max(-1, at - 7), -1):
        if items[step].tag in {"noun", "figure"}:
            return step
        if items[step].tag in {"verb", "aux"} | BREAKS:
            return None
    return None


def _left(items: Sequence[Item], at: int, earlier: Sequence[VerbGroup]) -> int | None:
    """The company that is the subject of a verb whose group starts after `at`."""
    step = at
    apposed: int | None = None
    near = at
    while step >= 0:
        item = items[step]
        if item.tag == "colon" and step > 0 and items[step - 1].tag == "company" and step <= 3:
            return step - 1  # "* BRIDGEPORT DATA: Is sounding out lenders"
        if item.tag in BREAKS:
            return None
        if item.tag == "comma" or item.tag == "shut":
            opened = _opening(items, step)
            if opened is not None:
                inside = [place for place in range(opened + 1, step) if items[place].tag == "company" and not items[place].possessive]
                apposed = inside[0] if inside and inside[0] <= opened + 2 and apposed is None else apposed
                near = opened - 1 if near == step else near
                step = opened - 1
                continue
            named = near == step and step > 1 and items[step - 1].tag == "company" and not items[step - 1].possessive
            if named and items[step - 2].tag in {"comma", "dash"}:
                return step - 1  # "a vehicle that few had heard of, X, sold"
            if step == at:
                step -= 1
                # ", and has agreed": nothing between comma and verb; the clause before it decides
                return None if not _apposition_ends(items, step + 1) else _left(items, step, earlier)
            step -= 1
            continue
        if item.tag in {"verb", "aux", "modal"}:
            return apposed
        if item.tag == "conj" and _with_others(items, step, near):
            step -= 1
            continue
        opens = item.tag in {"conj", "sub"} or (item.lower in SUBORDINATORS and step < near)
        if opens and any(other.at < step for other in earlier):
            return apposed
        if item.tag == "company" and not item.possessive and _eligible(items, step, adjacent=step == near):
            return step
        if item.tag == "company" and item.possessive and _heads_unit(items, step, near):
            return step
        step -= 1
    return apposed


def _with_others(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether the "and" at `at` joins a company with unnamed others before the verb: "X and others", "X and two banks"."""
    inner = items[at + 1 : end + 1]
    joined = items[at - 1].tag == "company" and not items[at - 1].possessive
    return joined and 0 < len(inner) < 4 and all(item.tag in {"x", "det", "figure"} for item in inner)


def _heads_unit(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether what a company owns acts for it: "X's venture arm", "the board of X's"."""
    inner = items[at + 1 : end + 1]
    return bool(inner) and inner[-1].lower in UNITS and all(item.tag in {"x", "noun", "hyphen"} for item in inner) and len(inner) < 5


def _owner_of(items: Sequence[Item], at: int) -> int | None:
    """The company that owns the noun at `at`: "its", "Meta's" before "undertaking" with words between."""
    if at < 1 or items[at].tag not in {"noun", "x"}:
        return None
    step = at - 1
    while step >= 0 and at - step < 4 and items[step].tag in {"x", "noun", "figure", "adv", "hyphen"}:
        step -= 1
    return step if step >= 0 and items[step].tag == "company" and items[step].possessive else None


def _antecedent(items: Sequence[Item], at: int) -> int | None:
    """The company that the relative at `at` refers to: "X, which", "X, into which", "X, the maker of chips, from which"."""
    step = at - 1
    if step >= 0 and items[step].tag in {"prep", "to"}:
        step -= 1
    if step < 0:
        return None
    if items[step].tag in {"comma", "shut"}:
        opened = _opening(items, step)
        if opened is not None and opened > 0 and items[opened - 1].tag == "company" and not items[opened - 1].possessive:
            described = items[opened + 1].tag == "det" or items[step - 1].tag != "company"
            if described and not any(item.tag == "rel" for item in items[opened:step]):
                return opened - 1
        step -= 1
    if step >= 0 and items[step].tag in {"x", "noun"}:
        return _described(items, step)
    return step if step >= 0 and items[step].tag == "company" and not items[step].possessive else None


def _described(items: Sequence[Item], at: int) -> int | None:
    """The company that the words up to `at` describe: "X, an electrical contractor", "X, a maker of models"."""
    step = at
    while step >= 0 and at - step < 8 and (items[step].tag in {"x", "noun", "hyphen", "det"} or items[step].lower == "of"):
        step -= 1
    named = step > 0 and items[step].tag == "comma" and items[step + 1].tag == "det"
    return step - 1 if named and items[step - 1].tag == "company" and not items[step - 1].possessive else None


def _fill_antecedent(items: Sequence[Item], group: VerbGroup) -> None:
    """The slot of the company before a relative that is no subject: "X, from which Y rents", "X, which Y agreed to buy"."""
    if group.form == "infinitive":
        group.antecedent = group.governor.antecedent if group.governor is not None else None
    elif group.subject is not None and group.form != "participle":
        group.antecedent = _slot_of_antecedent(items, group, group.subject)
    if group.antecedent is not None:
        slot, head = group.antecedent
        group.slots.setdefault(slot, []).insert(0, head)


def _slot_of_antecedent(items: Sequence[Item], group: VerbGroup, subject: int) -> tuple[str, int] | None:
    step = subject - 1
    while step >= 0 and subject - step < 5 and items[step].tag in {"x", "noun", "det"}:
        step -= 1
    whose = step >= 0 and items[step].lower == "whose"
    relative = step if whose else _relative_before(items, subject)
    if relative is not None and items[relative].lower == "that" and items[relative - 1].tag == "company":
        return None  # "told X that it would buy"
    head = _antecedent(items, relative) if relative is not None else None
    if relative is None or head is None:
        return None
    if whose:
        return "of object", head
    before = items[relative - 1]
    if before.tag in {"prep", "to"}:
        return before.lower, head
    last = items[group.end - 1]
    return (last.lower if last.tag == "prep" and group.end - 1 > group.at else "object"), head


def _front(items: Sequence[Item], groups: Sequence[VerbGroup]) -> None:
    """A company after a preposition at the head of the sentence belongs to the first main verb: "From X it has borrowed"."""
    if not items or items[0].tag not in {"prep", "to"} or items[0].lower not in FRONTED:
        return
    step = 1
    while step < min(4, len(items)) and items[step].tag in {"det", "x"}:
        step += 1
    if step >= len(items) or items[step].tag != "company" or items[step].possessive:
        return
    main = next((group for group in groups if group.form == "finite" and group.at > step), None)
    if main is not None and main.subject != step and all(step not in places for places in main.slots.values()):
        main.slots.setdefault(items[0].lower, []).append(step)


FRONTED = frozenset({"from", "to", "with", "for", "at"})


def _gapped(items: Sequence[Item], group: VerbGroup) -> list[VerbGroup]:
    """Clauses that leave out the verb of the one before: "A took $5 million, B $2 million and C, later, $1 million"."""
    if group.form != "finite" or items[group.at].verb is None or group.subject is None:
        return []
    amounts = sorted(at for places in group.slots.values() for at in places if _is_money(items[at]))
    starts = []
    for at in range(group.at + 2, len(items) - 1):
        item = items[at]
        if item.tag in {"verb", "aux", "modal", "stop", "rel"}:
            break
        if item.tag != "company" or item.possessive or items[at - 1].tag not in {"comma", "conj", "semicolon"}:
            continue
        if items[at - 1].tag == "conj" and not _is_money(items[at - 2]) and items[at - 2].tag not in {"comma", "semicolon"}:
            continue
        step = at + 1
        while amounts and amounts[0] < at and step < len(items) and items[step].tag in {"comma", "adv"}:
            step += 1
        if step < len(items) and _is_money(items[step]) and not (items[at - 1].tag == "comma" and items[at - 2].tag == "prep"):
            starts.append(at)
    parts = []
    for nth, at in enumerate(starts):
        end = starts[nth + 1] - 1 if nth + 1 < len(starts) else len(items)
        stop = next((step for step in range(at + 2, end) if items[step].tag in {"verb", "aux", "modal", "stop", "semicolon"}), end)
        part = VerbGroup(at + 1, group.at, stop, group.form, group.passive, group.negated, group.modal, subject=at, opens=at)
        _fill_slots(items, part)
        parts.append(part)
    if starts:
        first = starts[0] - 1
        group.end = min(group.end, first)
        group.slots = {slot: [at for at in places if at < first] for slot, places in group.slots.items()}
        group.slots = {slot: places for slot, places in group.slots.items() if places}
    return parts


def _is_money(item: Item) -> bool:
    return item.figure is not None and item.figure.kind == "money"


def _eligible(items: Sequence[Item], at: int, *, adjacent: bool = False) -> bool:
    """Whether no preposition governs the company at `at` ("shares in X" does, "In March X" does not)."""
    step = at - 1
    while step >= 0 and items[step].tag in {"det", "x", "adv", "hyphen"} and items[step].tag != "comma":
        if at - step > 4:
            return True
        step -= 1
    if step < 0:
        return True
    if adjacent and step == at - 1 and items[step].lower in SUBORDINATORS:
        return True  # "after X said"
    if adjacent and at - step > 1 and items[at - 1].tag == "x":
        return True  # "after months of hesitation X supplied": the preposition has a noun of its own
    if items[step].lower == "by" and step > 1 and items[step - 1].lower in RUN and items[step - 2].lower in BODIES:
        return True  # "funds managed by X", "a group led by X"
    if adjacent and items[step].lower in EXAMPLES:
        return True  # "banks including X provided"
    return items[step].tag not in {"prep", "to"}


def _opening(items: Sequence[Item], at: int) -> int | None:
    """Where the parenthesis or comma opens that closes at `at`, when what lies between is an apposition or a relative clause."""
    if items[at].tag == "shut":
        return next((step for step in range(at - 1, -1, -1) if items[step].tag == "open"), None)
    for step in range(at - 1, -1, -1):
        if items[step].tag in BREAKS:
            return None
        if items[step].tag == "comma":
            first = items[step + 1] if step + 1 < at else None
            if first is None:
                return None
            if step == 0 or items[step - 1].tag not in {"company", "noun", "x", "shut"}:
                return None
            inner = items[step + 1 : at]
            if first.tag in {"rel"} or (first.lower in {"of", "in", "on", "with", "for"} and len(inner) > 1 and inner[1].tag == "rel"):
                return step
            if first.tag in {"det", "prep", "adv", "period", "to", "company"} or (
                first.tag == "verb" and first.lower.endswith(("ed", "ing"))
            ):
                return step if not _main_verb(inner) else None
            if first.tag in {"x", "noun"} and not _main_verb(inner):
                return step
            return None
    return None


def _main_verb(inner: Sequence[Item]) -> bool:
    """Whether a stretch has a verb of its own outside relative clauses, so that it is no apposition."""
    for item in inner:
        if item.tag == "rel":
            return False
        if item.tag in {"aux", "modal"}:
            return True
    return False


def _apposition_ends(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].tag == "company" and at + 1 < len(items) and items[at + 1].tag in {"aux", "modal", "verb"}


def _right(items: Sequence[Item], group: VerbGroup) -> int | None:
    """The subject of the main clause after a fronted participle: "Backed by X, Y raised"."""
    for step in range(group.at + 1, len(items) - 1):
        if items[step].tag == "comma" and items[step + 1].tag == "company":
            return step + 1
    return None


def _names(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether the words from `at` on lead to a name: "to AI cloud firm X", "to rival X"."""
    step = at
    while step < end and items[step].tag in {"x", "noun"}:
        step += 1
    named = step < end and items[step].tag == "company"
    return named and (step - at > 1 or items[at].lower in TRADES)


def _fill_slots(items: Sequence[Item], group: VerbGroup) -> None:
    """What stands in each slot. A comma closes a slot, but for an apposition or a list ("lent the developer, X, $5 million")."""
    slot = held = "object"
    for at in range(group.opens + 1, group.end):
        item = items[at]
        if item.tag in {"prep", "to"}:
            slot = item.lower if item.lower not in EXAMPLES else slot
            if item.tag == "to" and at + 1 < group.end and items[at + 1].tag == "x" and not _names(items, at + 1, group.end):
                slot = "loose"  # "to install": a verb that is not known
        elif item.tag == "company" and item.possessive:
            group.slots.setdefault("of " + slot, []).append(at)
        elif item.tag in {"company", "figure", "noun"}:
            group.slots.setdefault(slot, []).append(at)
        elif item.tag == "comma":
            held = slot if slot != "loose" else held
            after = items[at + 1] if at + 1 < group.end else None
            listed = after is not None and (after.tag == "figure" or (after.tag == "company" and not after.possessive))
            slot = held if listed else "loose"


def sold_company(items: Sequence[Item], group: VerbGroup) -> int | None:
    """The company that is itself sold: the object right before "to" or "for", not the buyer in "sold X new shares"."""
    for at in group.slots.get("object", [])[:1]:
        after = items[at + 1] if at + 1 < len(items) else None
        if items[at].tag == "company" and not items[at].possessive and after is not None and after.lower in {"to", "for"}:
            return at
    return None
