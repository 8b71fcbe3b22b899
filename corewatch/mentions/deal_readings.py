"""The first reading of an article's deals, by rules: what grammar and word lists alone make of each sentence.

In: an article and its metric mentions. Out: a `FirstReading`: each sentence with its verbs and drafts, and what the document is about.
The choice among candidates (`deal_choice`) weighs these drafts as one witness among others; nothing here is final.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Company
from corewatch.mentions.clauses import VerbGroup, read_verbs
from corewatch.mentions.deal_acts import read_acts
from corewatch.mentions.deal_amounts import read_amounts
from corewatch.mentions.deal_ledger import Draft, Ledger
from corewatch.mentions.phrases import Phrase, read_phrases
from corewatch.mentions.records import MetricMention


@dataclass(slots=True)
class SentenceReading:
    """A sentence that may state deals: its verbs, the drafts that the rules make of it, and whom the text spoke of before it.

    `roles` says of a place which verbs have it, in their order, and as what: `subject`, `theme`, `object` or a preposition.
    """

    phrase: Phrase
    verbs: list[VerbGroup]
    drafts: list[Draft]
    topic: tuple[Company, ...]
    section: tuple[Company, ...]
    roles: dict[int, list[tuple[VerbGroup, str]]]


@dataclass(slots=True)
class FirstReading:
    """All sentences of an article, those that were read, and the memory of the document."""

    article: Article
    phrases: list[Phrase]
    sentences: list[SentenceReading]
    ledger: Ledger
    metrics: list[MetricMention]


def read_first(article: Article, metrics: list[MetricMention]) -> FirstReading:
    """The article as the rules read it, sentence by sentence."""
    ledger = Ledger(article, metrics)
    phrases = read_phrases(article)
    sentences = []
    for phrase in phrases:
        if not (phrase.lower.startswith("#") or any(item.tag == "company" or item.figure is not None for item in phrase.items)):
            continue
        ledger.open(phrase)
        verbs = read_verbs(phrase.items)
        topic, section = ledger.topic, ledger.section
        before = len(ledger.drafts)
        for draft in read_amounts(ledger, phrase, verbs):
            ledger.add(draft)
        for draft in read_acts(ledger, phrase, verbs):
            ledger.add(draft)
        ledger.close(phrase)
        sentences.append(SentenceReading(phrase, verbs, ledger.drafts[before:], topic, section, roles_of(verbs)))
    return FirstReading(article, phrases, sentences, ledger, metrics)


def roles_of(verbs: Sequence[VerbGroup]) -> dict[int, list[tuple[VerbGroup, str]]]:
    """The verbs of each place with the role that it has there; the subject comes before the theme, and that before the slots."""
    found: dict[int, list[tuple[VerbGroup, str]]] = {}
    for verb in verbs:
        roles = {place: slot for slot, places in reversed(verb.slots.items()) for place in places}
        if verb.theme is not None:
            roles[verb.theme] = "theme"
        if verb.subject is not None:
            roles[verb.subject] = "subject"
        for place, role in roles.items():
            found.setdefault(place, []).append((verb, role))
    return found
