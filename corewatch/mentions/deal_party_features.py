"""Who may be a party of an event, and what can be observed of each: grammar first, then the document.

In: an event and the memory of its document. Out: `Candidate`s, the first of which is nobody.
Candidates are the groups of companies of the sentence, each member of a list, the companies of the sentences around, and what the
document is about. A feature says where a candidate stands (subject of the verb that carries the event, after "from", owner of the
amount's noun), what it does for a living, and what the rules made of it; never its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Company
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_event_features import Features, step, trades
from corewatch.mentions.deal_events import Event, frame_of
from corewatch.mentions.deal_ledger import Draft, label_of
from corewatch.mentions.deal_memory import Memory, names_of
from corewatch.mentions.parties import noun_bindings, verb_bindings
from corewatch.mentions.phrases import Item

BACK = 5
LEAST_SHARE = 0.3  # a verb that carries less of an event says nothing of its parties
FAR = 4
SELF = frozenset({"its", "their", "our"})
PLAIN = frozenset({"it", "they", "we"})
GRAMMAR = ("verb 1", "verb 2", "verb:", "owner", "noun ", "figure ")


@dataclass(slots=True)
class Candidate:
    """A group of companies that may be a party, with its features; nobody has no names."""

    names: tuple[str, ...]
    companies: tuple[Company, ...]
    features: Features = field(default_factory=dict)
    trades: list[str] = field(default_factory=list)


Add = Callable[[tuple[Company, ...], Sequence[str]], None]


def candidates_of(event: Event, memory: Memory) -> list[Candidate]:
    """Every candidate of an event, nobody first, then those of the sentence from the nearest on, then those of the document."""
    found: dict[tuple[str, ...], Candidate] = {}

    def add(companies: tuple[Company, ...], features: Sequence[str]) -> None:
        names = names_of(companies)
        if names:
            candidate = found.setdefault(names, Candidate(names, companies))
            candidate.features.update(dict.fromkeys(features, 1.0))

    places = sorted((at for at, item in enumerate(event.items) if item.tag in {"company", "brand"}), key=lambda at: abs(at - event.at))
    seen: set[tuple[str, ...]] = set()
    for at in places:
        item = event.items[at]
        features = _where(event, at)
        names = names_of(item.companies)
        if names in seen:  # a second place adds only what grammar says there
            features = [feature for feature in features if feature.startswith(GRAMMAR)]
        seen.add(names)
        add(item.companies, features)
        if len(item.companies) > 1:
            for company in item.companies:
                add((company,), ["member", features[0] if features else "member"])
    said = set(found)
    for item in event.items[event.low : event.high]:
        if item.lower in memory.makers:
            add((memory.makers[item.lower],), ["maker"])
    _around(event, memory, add, said)
    for draft in memory.drafts_near(event.phrase):
        add(draft.payer, ())
        add(draft.payee, ())
    pronouns = _pronouns(event, places)
    others = _others(event, memory)
    for candidate in found.values():
        _describe(candidate, event, memory, said, pronouns)
        candidate.features.update(others.get(candidate.names, {}))
    return [_nobody(event, len(said)), *found.values()]


def _where(event: Event, at: int) -> list[str]:
    """Where a company stands in the sentence of the event."""
    items, item = event.items, event.items[at]
    side = "before" if at < event.at else "after"
    found = [f"in {'clause' if event.low <= at < event.high else 'sentence'} {side}"]
    found.append(f"distance {side}:{step(abs(at - event.at), (1, 2, 4, 7, 12))}")
    if item.tag == "brand":
        found.append("brand")
    if item.possessive:
        found.append("possessive")
    word = item.companies[0].text.casefold()
    found.append("by name" if item.companies[0].by_name else "stands in:" + ("its" if word in SELF else "it" if word in PLAIN else "the"))
    if not item.companies[0].by_name:
        found.append("called:" + item.companies[0].text.casefold().split()[-1])
    found += _governed(items, at)
    found += _beside_amounts(event, at)
    bound = False
    for nth, (verb, share) in enumerate(event.verbs[:4]):
        role = _role(event, verb, at)
        if role and (share >= 0.3 or nth == 0):
            bound = True
            found += _verb_features(items, verb, role, 1 if nth == 0 else 2)
    if not bound:
        for verb, role in event.reading.roles.get(at, ()):
            frame = frame_of(items, verb)
            found.append(f"other verb:{frame if frame != 'plain' else items[verb.at].lower.split()[0]}:{role}:{_voice(verb)}")
            if role == "subject":
                found.append("other verb:subject:" + _voice(verb))
    found += _owned(event, at)
    return found


def _governed(items: Sequence[Item], at: int) -> list[str]:
    """The preposition or sign before a company, and the noun or figure that the preposition belongs to."""
    back = at - 1
    while back >= 0 and items[back].tag in {"det", "x", "adv", "hyphen"} and at - back < 4:
        back -= 1
    if back < 0:
        return ["after:start"]
    before = items[back]
    if before.tag in {"comma", "conj"}:
        return ["after:" + before.tag]
    if before.tag not in {"prep", "to"}:
        return []
    found = ["after:" + before.lower]
    head = items[back - 1] if back else None
    if head is not None and head.tag == "noun" and head.noun is not None:
        found.append(f"noun {head.noun.kind or 'any'}:{before.lower}")
    elif head is not None and head.tag == "figure":
        found.append("figure " + before.lower)
    outer = _outer_noun(items, back)
    if outer is not None:
        found.append(f"noun {outer}:{before.lower}")
        found.append(f"far noun {outer}:{before.lower}")
    return found


def _outer_noun(items: Sequence[Item], at: int) -> str | None:
    """The kind of the noun that the preposition at `at` belongs to over others: "the sale of X | to", "a loan of $30m | from"."""
    if items[at].lower in {"of", "in", "on", "at"} or at == 0 or items[at - 1].tag == "noun":
        return None
    for place in range(at - 1, max(-1, at - 12), -1):
        item = items[place]
        if item.tag in {"verb", "aux", "modal", "rel", "sub", "stop", "semicolon", "colon"}:
            return None
        if item.tag == "noun" and item.noun is not None and place + 1 < at and items[place + 1].tag in {"prep", "to", "comma"}:
            return item.noun.kind or "any"
    return None


def _beside_amounts(event: Event, at: int) -> list[str]:
    """The word after a company, and whether a verb or another amount stands between it and the amount or act."""
    items = event.items
    after = items[at + 1] if at + 1 < len(items) else None
    found = ["then:" + ("end" if after is None else after.lower if after.tag in {"prep", "to", "conj"} else after.tag)]
    between = items[min(at, event.at) + 1 : max(at, event.at)]
    side = "before" if at < event.at else "after"
    amounts = any(item.figure is not None and item.figure.kind == "money" for item in between)
    acts = any(item.tag in {"verb", "aux", "modal"} for item in between)
    found.append(f"between {side}:{'amount' if amounts else 'verb' if acts else 'words'}")
    if not amounts and not any(item.tag == "company" for item in between):
        found.append(f"next to it {side}{' without a verb' if not acts else ''}")
    return found


def _role(event: Event, verb: VerbGroup, at: int) -> str:
    """The role of a place with a verb of the sentence, or nothing."""
    return next((role for other, role in event.reading.roles.get(at, ()) if other is verb), "")


def _voice(verb: VerbGroup) -> str:
    return "passive" if verb.passive else "active"


def _verb_features(items: Sequence[Item], verb: VerbGroup, role: str, rank: int) -> list[str]:
    frame, voice = frame_of(list(items), verb), _voice(verb)
    found = [f"verb {rank}:{role}:{voice}", f"verb {rank}:{frame}:{role}:{voice}"]
    objects = (items[place].noun for place in verb.slots.get("object", []) if items[place].tag == "noun")
    kind = next((noun.kind for noun in objects if noun is not None and noun.kind), "")
    if kind:
        found.append(f"verb:{frame}:{role}:{voice}:{kind}")
    return found


def _owned(event: Event, at: int) -> list[str]:
    """The noun of deals that a company owns or stands before: "Meta's order", "the Meta contract"."""
    items = event.items
    if not items[at].possessive and not (at + 1 < len(items) and items[at + 1].tag == "noun"):
        return []
    for place in range(at + 1, min(at + 5, len(items))):
        item = items[place]
        if item.tag == "noun" and item.noun is not None:
            kind = item.noun.kind or "any"
            linked = any(link.at == place for link in event.links)
            return [f"owner:{kind}"] + ([f"owner of amount:{kind}"] if linked else [])
        if item.tag not in {"x", "figure", "hyphen", "adv", "period"}:
            break
    return []


def _around(event: Event, memory: Memory, add: Add, said: set[tuple[str, ...]]) -> None:
    """The companies of the sentences before and after, and those that the document is about."""
    nth = event.phrase.nth
    for back in range(1, BACK + 1):
        distance = f"back:{min(back, FAR)}"
        for names, companies, free in memory.groups_of(nth - back):
            if names not in said:
                add(companies, [distance, f"{distance}:{'subject' if free else 'other'}"])
            if len(companies) > 1:
                for company in companies:
                    if (company.name,) not in said:
                        add((company,), [distance, "member"])
    for names, companies, _ in memory.groups_of(nth + 1):
        if names not in said:
            add(companies, ["forward"])
    reading = event.reading
    for name, companies in (
        ("main", memory.first.ledger.main),
        ("topic", reading.topic),
        ("section", reading.section),
        ("label", label_of(event.phrase)),
    ):
        if companies:
            add(companies, [name])


def _pronouns(event: Event, places: Sequence[int]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The stand-ins of the sentence: their sort, their role with the carrying verbs, and whom they were read as."""
    found = []
    for at in places:
        item = event.items[at]
        if item.companies[0].by_name or len(item.companies) != 1:
            continue
        word = item.companies[0].text.casefold()
        sort = "its" if item.possessive else "it" if word in PLAIN else "the"
        role = "far"
        for nth, (verb, _) in enumerate(event.verbs[:2]):
            place = _role(event, verb, at)
            if place:
                role = f"{nth + 1} {place}" + (f" {_voice(verb)}" if place == "subject" else "")
        found.append((sort, role, names_of(item.companies)))
    return found


def _describe(
    candidate: Candidate,
    event: Event,
    memory: Memory,
    said: set[tuple[str, ...]],
    pronouns: Sequence[tuple[str, str, tuple[str, ...]]],
) -> None:
    """What holds of a candidate wherever it stands."""
    found, names = candidate.features, candidate.names
    distance = next((name for name in found if name.startswith("back:")), "said" if names in said else "elsewhere")
    for sort, role, read_as in pronouns:
        if names == read_as:
            found[f"read as:{sort}:{role}"] = 1.0
        else:
            found[f"might be:{sort}:{role}"] = 1.0
            found[f"might be:{sort}:{distance}"] = 1.0
    found["any"] = 1.0
    found["said" if names in said else "not said"] = 1.0
    candidate.trades = trades(candidate.companies)
    for trade in candidate.trades:
        found["trade:" + trade] = 1.0
    found["one" if len(names) == 1 else "several"] = 1.0
    for name in names:
        for head in memory.called.get(name, ()):
            found["elsewhere called:" + head] = 1.0
    share = sum(memory.shares.get(name, 0.0) for name in names) / len(names)
    found["share:" + step(share, (0.05, 0.1, 0.2, 0.4))] = 1.0
    if all(name in memory.title_names for name in names):
        found["title"] = 1.0
    _by_rule(found, names, event.draft)


def _others(event: Event, memory: Memory) -> dict[tuple[str, ...], Features]:
    """What companies do in the other drafts of the sentences around."""
    found: dict[tuple[str, ...], Features] = {}
    for draft in memory.drafts_near(event.phrase):
        if draft is event.draft:
            continue
        gap = event.phrase.nth - draft.phrase.nth
        when = "same" if gap == 0 else "later" if gap < 0 else "just before" if gap <= 2 else "before"
        for side, party in (("payer", draft.payer), ("payee", draft.payee)):
            features = found.setdefault(names_of(party), {})
            features[f"{side} of other:{draft.kind}"] = 1.0
            features[f"{side} of other:{when}"] = 1.0
    return found


def _by_rule(found: Features, names: tuple[str, ...], draft: Draft | None) -> None:
    """What the rules made of a candidate."""
    if draft is None:
        found["no rule"] = 1.0
        return
    payer, payee = names_of(draft.payer), names_of(draft.payee)
    if names == payer:
        found["rule:payer"] = 1.0
    if names == payee:
        found["rule:payee"] = 1.0
    if names not in {payer, payee}:
        found["rule:neither"] = 1.0
        if set(names) & set(payer):
            found["rule:part of payer"] = 1.0
        if set(names) & set(payee):
            found["rule:part of payee"] = 1.0


def _nobody(event: Event, count: int) -> Candidate:
    """The candidate that no party is named."""
    found: Features = {"any": 1.0, "nobody": 1.0, "nobody of:" + step(count, (0, 1, 2, 3)): 1.0}
    found["nobody of amount" if event.figure is not None else "nobody of act"] = 1.0
    if event.draft is None:
        found["no rule"] = 1.0
    else:
        if not event.draft.payer:
            found["nobody by rule:payer"] = 1.0
        if not event.draft.payee:
            found["nobody by rule:payee"] = 1.0
    if not event.verbs:
        found["nobody:no verb"] = 1.0
        return Candidate((), (), found)
    verb = event.verbs[0][0]
    found[f"nobody:verb:{frame_of(event.items, verb)}:{_voice(verb)}"] = 1.0
    if verb.subject is None:
        found["nobody:no subject"] = 1.0
    for slot in ("from", "to", "with", "by", "in", "for"):
        if any(event.items[place].tag == "company" for place in verb.slots.get(slot, [])):
            found["nobody:beside:" + slot] = 1.0
    return Candidate((), (), found)


def role_features(event: Event, kind: str, candidates: Sequence[Candidate]) -> list[Features]:
    """What the frames of verbs and the prepositions of nouns say of each candidate in a deal of a kind, beside its other features."""
    items = event.items
    bindings = [binding for verb, share in event.verbs if share >= LEAST_SHARE for binding in verb_bindings(items, verb, kind, share)]
    for link in event.links:
        bindings += noun_bindings(items, link.at, kind, 0.8)
    if event.verb is None:
        bindings += noun_bindings(items, event.at, kind, 0.7)
    said: dict[tuple[str, ...], Features] = {}
    for binding in bindings:
        features = said.setdefault(names_of(binding.companies), {})
        features[f"grammar:{binding.role}:{step(binding.weight, (0.3, 0.6, 0.9))}"] = 1.0
        features["grammar:" + binding.role] = 1.0
    return [said.get(candidate.names, {}) for candidate in candidates]


def pair_features(payer: Candidate, payee: Candidate) -> Features:
    """What holds of a payee beside a payer: their trades together, and their places beside each other."""
    if not payer.names or not payee.names:
        found = {"alone:" + ("payee" if not payer.names else "payer"): 1.0}
        if not payer.names and not payee.names:
            found["neither party"] = 1.0
        return found
    found = {f"trades:{a}>{b}": 1.0 for a in payer.trades for b in payee.trades}
    said = ("said" in payer.features, "said" in payee.features)
    found["pair:" + {(True, True): "both", (True, False): "payer", (False, True): "payee", (False, False): "none"}[said] + " said"] = 1.0
    if all(said):
        one = next((name for name in payer.features if name.startswith("verb 1:")), "")
        other = next((name for name in payee.features if name.startswith("verb 1:")), "")
        if one and other:
            found[f"pair:{one}>{other}"] = 1.0
    return found
