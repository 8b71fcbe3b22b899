"""What can be observed of an event: the evidence from which it is judged whether it is a deal, of which kind, and how far it has got.

In: an event and the memory of its document. Out: features by name with their values, most of them 1.
A feature is a class of words or a place in grammar (the frame of the verb that carries the amount, the kind of noun that it is an
amount of, the trade of the subject), what the rules made of the event, or a common word of its clause; never a name.
"""

from collections.abc import Sequence

from corewatch.language.article import Company
from corewatch.lexicon.deals import pattern, words
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_amounts import HYPOTHESIS, UNSOLD, WHOLE, WORTH, YIELDS
from corewatch.mentions.deal_events import Event, frame_of
from corewatch.mentions.deal_kinds import vote
from corewatch.mentions.deal_memory import Memory
from corewatch.mentions.phrases import Item
from corewatch.mentions.statuses import cue, status_of
from corewatch.mentions.terms import rate_of, term_of

Features = dict[str, float]

CLOSED = frozenset({"prep", "det", "conj", "rel", "to", "aux", "modal", "neg", "sub"})
OPEN = frozenset({"x", "verb", "noun", "adv"})
SLOTS = frozenset({"object", "of", "for", "in", "on", "with", "from", "to", "at", "by", "into", "through", "as"})
DEFINITE = frozenset({"the", "that", "this"})
CONTRACTS = words("contractual") | {"agreement", "commitment", "commitments", "deal", "facility"}
PER_UNIT = tuple(sorted(words("per_unit")))
PASTS = words("irregular_pasts")
STATUS_WORDS = words("status_words")
PATTERNS = {"unsold": UNSOLD, "whole": WHOLE}
LEADS = {"worth": WORTH, "yields": YIELDS}
TIE = pattern("present_habit")
WINDOW = 25


def step(value: float, edges: Sequence[float]) -> str:
    """The first edge that a value does not exceed, as text; `+` past the last."""
    return next((f"{edge:g}" for edge in edges if value <= edge), "+")


def trades(companies: Sequence[Company]) -> list[str]:
    """What some companies do for a living, sorted; `unknown` where nothing is known of them."""
    return sorted({role for company in companies for role in company.roles}) or ["unknown"]


def event_features(event: Event, memory: Memory) -> Features:
    """The features of one event."""
    text = memory.first.article.text
    items = event.items
    found: Features = {"any": 1.0}
    clause = text[items[event.low].start : items[event.high - 1].end].casefold().replace("’", "'")
    _add_votes(event, found)
    _add_nouns(event, found)
    _add_verbs(event, found)
    _add_words(event, found)
    if event.figure is not None:
        _add_amount(event, memory, text, found)
    else:
        _add_act(event, found)
    if term_of(text, items, event.at, event.low, event.high):
        found["term"] = 1.0
    for name, expression in PATTERNS.items():
        if expression.search(clause):
            found[name] = 1.0
    if HYPOTHESIS.search(event.phrase.lower):
        found["doubt"] = 1.0
    for name in ("withdrawn", "talks", "planned", "closed"):
        if cue(name).search(clause):
            found["cue:" + name] = 1.0
    _add_document(event, memory, found)
    return found


def _add_votes(event: Event, found: Features) -> None:
    """What the rules made of it."""
    draft = event.draft
    found["rule:" + (draft.kind if draft is not None else "none")] = 1.0
    if draft is not None:
        found["rule sure:" + draft.kind] = draft.sure
    votes = vote(event.items, event.at, event.links, event.verbs, event.low, event.high)
    noun = event.items[event.at].noun
    if event.figure is None and event.verb is None and noun is not None:
        votes.add(noun.kind, 1.0)
    for kind, weight in votes.kinds.items():
        found["votes:" + kind] = min(weight, 5.0) / 3
    ranked = sorted(votes.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    found["most votes:" + (ranked[0][0] if ranked else "none")] = 1.0
    if ranked and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] > 1):
        found["clear votes:" + ranked[0][0]] = 1.0
    found["votes for any"] = min(votes.deal, 3.0) / 2
    found["votes against"] = min(votes.against, 4.0) / 2


def _add_nouns(event: Event, found: Features) -> None:
    """What the amount is an amount of, and which nouns of deals stand near."""
    items, at = event.items, event.at
    for nth, link in enumerate(event.links[:2]):
        noun = items[link.at].noun
        if noun is not None:
            kind = noun.kind or "any"
            found[f"link {nth + 1}:{link.tie}:{kind}"] = 1.0
            found[f"link:{kind}:{step(link.strength, (1, 2, 3))}"] = 1.0
            found["link noun:" + items[link.at].lower] = 1.0
    if event.figure is not None and not event.links:
        found["link none"] = 1.0
    for place in range(max(0, at - WINDOW), min(len(items), at + WINDOW)):
        item = items[place]
        if place != at and item.noun is not None and item.tag in {"noun", "figure"}:
            where = "out"
            if event.low <= place < event.high:
                where = ("before " if place < at else "after ") + step(abs(place - at), (2, 5, 10))
            found[f"near:{item.noun.kind or 'any'}:{where}"] = 1.0
        if item.tag == "company" and event.low <= place < event.high:
            for trade in trades(item.companies):
                found["clause trade:" + trade] = 1.0
    for place in range(max(1, at - 8), min(len(items), at + 8)):
        noun = items[place].noun
        if items[place].tag == "noun" and noun is not None and any(item.lower in DEFINITE for item in items[max(0, place - 2) : place]):
            found["definite:" + (noun.kind or "any")] = 1.0


def _add_verbs(event: Event, found: Features) -> None:
    """The verb that carries it, with its voice, slots, subject and governor."""
    items = event.items
    if not event.verbs:
        found["verb none"] = 1.0
        return
    verb, share = event.verbs[0]
    frame = frame_of(items, verb)
    sense = items[verb.at].verb
    found["verb:" + frame] = 1.0
    found["lemma:" + (sense.lemma if sense is not None else items[verb.at].lower.split()[0])] = 1.0
    found[f"verb:{frame}:{_voice(verb)}:{verb.form}"] = 1.0
    found["verb share:" + step(share, (0.3, 0.6, 0.9))] = 1.0
    if verb.modal:
        found["modal"] = 1.0
    if verb.negated:
        found["negated"] = 1.0
    if verb.governor is not None:
        governor = frame_of(items, verb.governor)
        found["governor:" + (governor if governor != "plain" else items[verb.governor.at].lower.split()[0])] = 1.0
    for slot, places in verb.slots.items():
        name = slot if slot in SLOTS else "other"
        for place in places[:4]:
            item = items[place]
            if item.tag == "noun" and item.noun is not None:
                kind = item.noun.kind or "any"
                found[f"slot {name}:{kind}"] = 1.0
                found[f"verb:{frame}:{name}:{kind}"] = 1.0
            elif item.tag == "company":
                found[f"verb:{frame}:{name}:company"] = 1.0
                for trade in trades(item.companies):
                    found[f"slot {name} trade:{trade}"] = 1.0
    if verb.subject is not None:
        found["subject"] = 1.0
        for trade in trades(items[verb.subject].companies):
            found["subject trade:" + trade] = 1.0
    theme = items[verb.theme].noun if verb.theme is not None else None
    if theme is not None:
        found["theme:" + (theme.kind or "any")] = 1.0
    for other, weight in event.verbs[1:3]:
        if weight >= 0.4 and items[other.at].verb is not None:
            found["second verb:" + frame_of(items, other)] = 1.0


def _voice(verb: VerbGroup) -> str:
    return "passive" if verb.passive else "active"


def _add_words(event: Event, found: Features) -> None:
    """The words beside it and the common words of its clause."""
    items, at = event.items, event.at
    for distance in (1, 2):
        for side, place in (("before", at - distance), ("after", at + distance)):
            if 0 <= place < len(items):
                item = items[place]
                found[f"{side} {distance}:{item.lower if item.tag in CLOSED else item.tag}"] = 1.0
            else:
                found[f"{side} {distance}:edge"] = 1.0
    for item in items[event.low : event.high]:
        if item.tag in OPEN and item.lower.isalpha():
            found["word:" + item.lower] = 1.0
    companies = {company.name for item in items if item.tag in {"company", "brand"} for company in item.companies}
    found["companies:" + step(len(companies), (0, 1, 2, 3))] = 1.0
    found["in:" + event.phrase.sentence.role] = 1.0


def _add_amount(event: Event, memory: Memory, text: str, found: Features) -> None:
    """The amount itself."""
    figure, items = event.figure, event.items
    if figure is None:
        return
    found["level:" + memory.levels.get(figure.start, "none")] = 1.0
    found["size:" + step(max(figure.low or 0.0, figure.high or 0.0), (1e6, 1e7, 1e8, 1e9, 1e10, 1e11))] = 1.0
    if figure.low is None:
        found["at most"] = 1.0
    if figure.high is None:
        found["at least"] = 1.0
    if rate_of(text, figure):
        found["rate"] = 1.0
    if text[figure.outer_end : figure.outer_end + 18].casefold().lstrip().startswith(PER_UNIT):
        found["per unit"] = 1.0
    lead = text[items[event.low].start : figure.start].casefold()
    for name, expression in LEADS.items():
        if expression.search(lead):
            found[name] = 1.0
    if event.previous is not None:
        found["amount before:" + event.previous.kind] = 1.0
    earlier = sum(item.figure is not None and item.figure.kind == "money" for item in items[: event.at])
    found["amounts before:" + step(earlier, (0, 1, 2))] = 1.0
    for kind, sentences in memory.sums.get((figure.low, figure.high, figure.unit), {}).items():
        if len(sentences) > 1 or event.phrase.nth not in sentences:
            found["same sum:" + kind] = 1.0


def _add_act(event: Event, found: Features) -> None:
    """An act without an amount."""
    items = event.items
    if any(
        item.figure is not None and item.figure.kind == "money" and (item.figure.low or item.figure.high or 0) > 1e5
        for item in items[event.low : event.high]
    ):
        found["money"] = 1.0
    found["act:" + items[event.at].lower] = 1.0
    found["act by verb" if event.verb is not None else "act by noun"] = 1.0
    if event.verb is not None and _habit(items, event.verb):
        found["habit"] = 1.0
    noun = items[event.at].noun
    if event.verb is None and noun is not None:
        found["act noun:" + (noun.kind or "any")] = 1.0


def _habit(items: Sequence[Item], verb: VerbGroup) -> bool:
    """Whether a verb is an active present ("rents machines from it"), which tells a tie rather than an act."""
    head = items[verb.at].lower.split()[0]
    return verb.form == "finite" and not verb.passive and not verb.modal and TIE.search(head) is not None


def _add_document(event: Event, memory: Memory, found: Features) -> None:
    """What the headline and the deal before speak of; shares of the whole document would let any later sentence change a row."""
    for kind in memory.title_kinds:
        found["title:" + (kind or "any")] = 1.0
    last = memory.draft_before(event.phrase)
    if last is not None:
        found[f"draft before:{last.kind}:{step(event.phrase.nth - last.phrase.nth, (1, 3))}"] = 1.0


KEPT_FOR_STATUS = (
    "cue", "verb", "lemma", "modal", "negated", "governor", "in", "before 1", "after 1", "doubt", "term", "link", "at most", "at least",
    "word", "act", "second verb", "definite", "same sum",
)  # fmt: skip


def status_features(event: Event, kind: str, features: Features, text: str) -> Features:
    """The features from which it is judged how far a deal of a kind has got."""
    items = event.items
    found = {name: value for name, value in features.items() if name.split(":")[0] in KEPT_FOR_STATUS}
    found["kind:" + kind] = 1.0
    for name in [name for name in found if name.startswith("cue:") or name == "modal"]:
        found[f"{name}:{kind}"] = 1.0
    clause = text[items[event.low].start : items[event.high - 1].end].casefold().replace("’", "'")
    committed = any(item.lower in CONTRACTS for item in items[event.low : event.high])
    by_rule = status_of(items, event.verbs[0][0] if event.verbs else None, kind, clause, committed=committed)
    found["rule:" + by_rule] = 1.0
    found[f"rule:{by_rule}:{kind}"] = 1.0
    for verb, _ in event.verbs[:3]:
        found[f"form:{_ending(items[verb.at].lower.split()[0])}:{verb.form}:{verb.modal or 'plain'}:{_voice(verb)}"] = 1.0
        if verb.modal:
            found["modal:" + verb.modal] = 1.0
    for item in items:
        if item.lower in STATUS_WORDS:
            found["says:" + item.lower] = 1.0
    return found


def _ending(head: str) -> str:
    if head.endswith("ing"):
        return "ing"
    if head.endswith("ed") or head in PASTS:
        return "past"
    return "s" if head.endswith("s") else "base"
