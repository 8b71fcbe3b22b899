"""What kind of deal an amount belongs to, and whether it belongs to one at all.

In: the nouns tied to the amount, the verbs that govern it, the items of the clause. Out: `Votes`: a score for each kind, for a deal of
no certain kind, and against any deal. The head noun of the amount counts most, then the verb, then what else the clause holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corewatch.lexicon.deals import NO_DEAL, lexicon, words
from corewatch.mentions.amounts import NounLink
from corewatch.mentions.clauses import VerbGroup, sold_company
from corewatch.mentions.phrases import Item

OUTSTANDING = words("outstanding")
# Words for a company that no name stands for: money put into one buys a part of it.
CONCERNS = words("concerns")
INVESTMENTS = words("investments")
MEANS = words("means_of_payment")
BUILT = words("built")
BUYING = words("buying")
RENTING = words("renting")


@dataclass(slots=True)
class Votes:
    """Scores of the kinds, of a deal of whatever kind, and against."""

    kinds: dict[str, float] = field(default_factory=dict)
    deal: float = 0.0
    against: float = 0.0
    noun: str = ""

    def add(self, kind: str, weight: float) -> None:
        """Count a vote: "" is for a deal of any kind, "-" against one."""
        if kind == NO_DEAL:
            self.against += weight
        elif kind:
            self.kinds[kind] = self.kinds.get(kind, 0.0) + weight
        else:
            self.deal += weight

    @property
    def best(self) -> float:
        """The highest score of a kind."""
        return max(self.kinds.values(), default=0.0)


def vote(items: Sequence[Item], at: int, links: Sequence[NounLink], verbs: Sequence[tuple[VerbGroup, float]], low: int, high: int) -> Votes:
    """The votes for the amount at `at` (or the verb there), within the clause from `low` to `high`."""
    votes = Votes()
    seen: set[int] = set()
    for link in links:
        noun = items[link.at].noun
        if noun is not None:
            level = link.tie == "subject" and items[link.at].lower in OUTSTANDING
            kind = "capex" if items[link.at].lower in INVESTMENTS and _in_no_company(items, link.at) else noun.kind
            votes.add(NO_DEAL if level else kind, link.strength * noun.weight / 3)
            votes.noun = votes.noun or items[link.at].lower
            seen.add(link.at)
            if _bought(items, link.at):
                votes.add("acquisition", 2.5)
    for verb, share in verbs:
        _verb_votes(items, verb, share, votes, seen)
    for place in range(low, high):
        noun = items[place].noun
        if noun is not None and items[place].tag == "noun" and place not in seen and not noun.kind:
            votes.deal += 0.3 / (1 + abs(place - at) / 8)
        elif noun is not None and items[place].tag == "noun" and place not in seen and noun.kind != NO_DEAL:
            votes.add(noun.kind, (1.6 if noun.kind == "ipo" else 0.5) * noun.weight / 3 / (1 + abs(place - at) / 8))
            if abs(place - at) <= 6 and not votes.noun:
                votes.noun = items[place].lower
    carrier = items[verbs[0][0].at].verb if verbs else None
    if carrier is not None and carrier.frame in {"raise", "gather", "seek"} and any(_flotation(items[place]) for place in range(low, high)):
        votes.add("ipo", 0.6)
    if carrier is not None and carrier.frame in {"build", "cost", "forecast"} and "colocation" in votes.kinds:
        votes.add("capex", votes.kinds.pop("colocation"))
    if carrier is not None and carrier.frame == "buy":
        built = any(
            items[place].lower in BUILT or (items[place].figure is not None and items[place].tag == "figure") for place in range(low, high)
        )
        for kind in ("capex", "colocation"):
            if built and 0 < votes.kinds.get(kind, 0.0) < 1.2:
                votes.add("acquisition", votes.kinds.pop(kind))  # a plant, a site, a building that is bought
    if "hardware" in votes.kinds and any(items[place].lower in RENTING for place in range(low, high)):
        votes.add("compute", votes.kinds.pop("hardware"))
    return votes


def _flotation(item: Item) -> bool:
    return item.tag == "noun" and item.noun is not None and item.noun.kind == "ipo" and item.noun.weight >= 3


def _generic(items: Sequence[Item], at: int) -> bool:
    noun = items[at].noun
    return items[at].tag == "noun" and noun is not None and not noun.kind


def _in_no_company(items: Sequence[Item], at: int) -> bool:
    """Whether an investment is in a thing ("in AI", "in data centres") and not in a company."""
    if at + 1 >= len(items) or items[at + 1].lower not in {"in", "into"}:
        return False
    return not any(item.tag == "company" or item.lower in CONCERNS for item in items[at + 2 : at + 7])


def _bought(items: Sequence[Item], at: int) -> bool:
    """Whether a noun of buying has a company as what is bought: "the purchase of X", "the sale of X"."""
    if items[at].lower not in BUYING or at + 2 >= len(items) or items[at + 1].lower != "of":
        return False
    step = at + 2
    while step < len(items) - 1 and items[step].tag in {"det", "x"} and step < at + 5:
        step += 1
    return items[step].tag == "company" and not items[step].possessive


def _verb_votes(items: Sequence[Item], verb: VerbGroup, share: float, votes: Votes, seen: set[int]) -> None:
    sense = items[verb.at].verb
    if sense is None:
        return
    frame = lexicon().frames[sense.frame]
    if sense.lemma == "put" and "at" in verb.slots:
        return  # "put at $2 billion" states a worth
    if verb.theme is not None and verb.theme not in seen and items[verb.theme].tag == "noun":
        noun = items[verb.theme].noun
        if noun is not None and noun.kind != NO_DEAL:
            votes.add(noun.kind, share * 1.5 * noun.weight / 3)
            votes.noun = votes.noun or items[verb.theme].lower
            seen.add(verb.theme)
    objects = [place for place in verb.slots.get("object", []) if place not in seen]
    nouns = [place for place in objects if items[place].tag == "noun"]
    nouns += [place for place in objects if items[place].tag == "figure" and items[place].noun is not None]
    for slot in ("of", "for", "in", "on", "through", "to", "into", *(("with",) if sense.frame == "provide" else ())):
        nouns += [
            place
            for place in verb.slots.get(slot, [])[:2]
            if items[place].noun is not None and place not in seen and items[place].lower not in MEANS
        ]
    heads = [place for place in nouns if place + 1 not in nouns]
    for place in nouns:
        noun = items[place].noun
        if noun is not None:
            rank = 1.4 if heads and place == heads[0] else 0.8 if place in heads else 0.3
            votes.add(noun.kind, share * rank * noun.weight / 3 * (0.3 if noun.kind == NO_DEAL else 1.0))
            seen.add(place)
            votes.noun = votes.noun or items[place].lower
            if _bought(items, place):
                votes.add("acquisition", share * 2.0)
    named = [place for place in objects if items[place].tag == "company" and not items[place].possessive]
    votes.deal += share * frame.weight
    if sense.frame == "invest":
        into = verb.slots.get("in", []) + verb.slots.get("into", []) + verb.slots.get("of in", []) + verb.slots.get("of into", [])
        companies = any(
            items[place].tag == "company" and (items[place].companies[0].by_name or not items[place].possessive) for place in into
        )
        reach = range(verb.at + 1, verb.end)
        placed = any(items[place].lower in {"in", "into"} and place + 1 < verb.end and items[place + 1].tag != "figure" for place in reach)
        concern = any(items[place].lower in CONCERNS for place in reach)
        votes.add("equity" if companies or concern or not placed else "capex", share * (2.0 if placed or sense.lemma != "put" else 1.2))
    elif sense.frame == "buy" and verb.passive and verb.subject is not None:
        votes.add("acquisition", share * 2.5)  # "X was bought by Y"
    elif sense.frame == "sell" and not verb.passive and sold_company(items, verb) is not None:
        votes.add("acquisition", share * 2.5)  # "Y is selling X for a sum"
    elif sense.frame == "buy":
        bare = named and (named[0] == verb.at + 1 or items[named[0] - 1].tag in {"det", "adv", "x"})
        plain = not any(items[place].tag == "noun" for place in objects)
        votes.add("acquisition" if bare and plain else "", share * (2.5 if bare and plain else 2.0))
    elif sense.frame == "pay" and any(
        items[place].tag == "company" and not items[place].possessive for place in verb.slots.get("for", [])[:1]
    ):
        votes.add("acquisition", share * 2.5)
    elif sense.frame == "guarantee":
        votes.add("backstop", share * 5.0)
    elif sense.frame == "sell" and not verb.passive and "to" in verb.slots and not votes.best:
        votes.add("acquisition", share * 0.9)
    elif sense.frame == "sell" and verb.passive and verb.subject is not None:
        votes.add("acquisition", share * 2.5)  # "X was sold to Y"
    elif sense.frame == "rent":
        votes.add("colocation", share * 1.2)
    elif sense.frame == "raise":
        votes.add("equity", share * 0.95)
    elif sense.frame == "issue":
        votes.add("debt", share * 0.6)
    elif sense.frame == "offer":
        votes.add("acquisition", share * (2.0 if any(items[place].figure is not None for place in objects) else 0.8))
    elif sense.frame == "spend":
        sold = any(items[place].tag == "company" for slot in ("at", "with") for place in verb.slots.get(slot, []))
        votes.add("" if sold else "capex", share * (1.6 if not votes.best else 0.6))
    elif sense.frame == "acquire" and not named and any(_generic(items, place) for place in verb.slots.get("object", [])):
        votes.add("", share * 1.5)  # "took over the contract"
    elif sense.frame == "cost" and not verb.modal and verb.form != "infinitive":
        return  # what something cost is no plan
    elif sense.kind:
        votes.add(sense.kind, share * 2.2 * max(frame.weight, 0.3))
