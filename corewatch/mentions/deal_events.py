"""Where a deal may be told: each amount of money, and each verb or noun of an agreement, as an `Event` to be judged.

In: the first reading of an article. Out: events in the order of the text. Nothing is left out here that could be a deal:
whether an event is one, of which kind and between whom, is chosen later.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corewatch.language.article import Figure
from corewatch.lexicon.deals import NO_DEAL, words
from corewatch.mentions.amounts import NounLink, noun_links, second_currency_of
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_amounts import denied
from corewatch.mentions.deal_ledger import Draft
from corewatch.mentions.deal_reach import clause_of, governing
from corewatch.mentions.deal_readings import FirstReading, SentenceReading
from corewatch.mentions.phrases import Item, Phrase

LEAST = 100_000.0
ACT_FRAMES = words("act_frames")
AGREEMENTS = words("agreements")
SUPERSEDED = words("superseded")
PLAYERS = words("players")
TELLING_KINDS = frozenset({"equity", "acquisition", "backstop", "debt"})
HEAD_WEIGHT = 3.0


@dataclass(slots=True)
class Event:
    """A place that may tell a deal: the item `at` of a sentence, with its clause, the verbs that carry it and what the rules made of it.

    `figure` is the amount, null for an act without one; `verb` is the act's own verb. `twin` is the place of an amount of the sentence
    whose deal this one is as well: in a second currency, or (`revised`) before a change ("upsized from $250 million").
    `verbs` come with shares from 0 to 1, the carrying verb first.
    """

    reading: SentenceReading
    at: int
    low: int
    high: int
    verbs: list[tuple[VerbGroup, float]]
    links: list[NounLink]
    figure: Figure | None = None
    verb: VerbGroup | None = None
    draft: Draft | None = None
    previous: Draft | None = None
    twin: int | None = None
    revised: bool = False

    @property
    def phrase(self) -> Phrase:
        """The sentence."""
        return self.reading.phrase

    @property
    def items(self) -> list[Item]:
        """The items of the sentence."""
        return self.reading.phrase.items


def read_events(first: FirstReading) -> list[Event]:
    """Every event of the article; what a sentence denies is none."""
    told = (reading for reading in first.sentences if not denied(reading.phrase))
    return [event for reading in told for event in (*_amounts(reading), *_acts(reading))]


def _amounts(reading: SentenceReading) -> Iterator[Event]:
    items = reading.phrase.items
    drafts = {draft.at: draft for draft in reading.drafts if draft.figure_start is not None}
    previous = None
    last: int | None = None
    for at, item in enumerate(items):
        figure = item.figure
        if figure is None or figure.kind != "money" or max(figure.low or 0.0, figure.high or 0.0) < LEAST:
            continue
        carriers = governing(items, at, reading.verbs)
        if carriers and any(items[place].lower in PLAYERS for place in carriers[0][0].slots.get("for", ())):
            continue  # a transfer fee is no deal of any kind
        low, high = clause_of(items, at)
        revised = last is not None and _supersedes(items[last + 1 : at])
        yield Event(
            reading, at, low, high, carriers, noun_links(items, at), figure,
            draft=drafts.get(at), previous=previous, twin=last if revised else second_currency_of(items, at), revised=revised,
        )  # fmt: skip
        previous, last = drafts.get(at, previous), at


def _supersedes(gap: list[Item]) -> bool:
    """Whether the words between two amounts say that the first took the place of the second: "from", "of bonds, upsized from"."""
    said = " ".join(item.lower for item in gap if item.tag != "company")
    return said in SUPERSEDED or any(said.endswith(" " + words) for words in SUPERSEDED if " " in words.strip(", "))


def _acts(reading: SentenceReading) -> Iterator[Event]:
    items = reading.phrase.items
    if not any(item.tag in {"company", "brand"} for item in items):
        return
    drafts = {draft.at: draft for draft in reading.drafts if draft.figure_start is None}
    for verb in reading.verbs:
        sense = items[verb.at].verb
        low, high = clause_of(items, verb.at)
        if (sense is not None and sense.frame in ACT_FRAMES) or _binds(items[low:high]):
            carriers = [(verb, 1.0)] if verb.governor is None else [(verb, 1.0), (verb.governor, 0.5)]
            yield Event(reading, verb.at, low, high, carriers, [], verb=verb, draft=drafts.get(verb.at))
    for at, item in enumerate(items):
        if item.tag == "noun" and _tells(item):
            low, high = clause_of(items, at)
            carrier = next((verb for verb in reversed(reading.verbs) if low <= verb.at < at < verb.end), None)
            yield Event(reading, at, low, high, [] if carrier is None else [(carrier, 0.8)], [], draft=drafts.get(at))


def _binds(clause: list[Item]) -> bool:
    """Whether a clause has companies apart from each other, which any verb may bind: "the chips come from X", "it turned to Y"."""
    return len({item.names for item in clause if item.tag in {"company", "brand"}}) > 1


def _tells(item: Item) -> bool:
    """Whether a noun tells a deal without a verb: "its contract with", "the takeover of", "a stake in"."""
    noun = item.noun
    if noun is None or noun.kind == NO_DEAL:
        return False
    return item.lower in AGREEMENTS or (noun.kind in TELLING_KINDS and noun.weight >= HEAD_WEIGHT)


def frame_of(items: list[Item], verb: VerbGroup) -> str:
    """The frame of a verb of deals, `plain` for any other."""
    sense = items[verb.at].verb
    return sense.frame if sense is not None else "plain"
