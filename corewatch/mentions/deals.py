"""The deals of an article: every transaction that it states, with its parties, amount, term and status.

In: an article and its metric mentions. Out: `DealMention`s in the order of the text.
Judgements: the rules read each sentence first; then, for each amount and each act of an agreement, kind and parties are chosen
among candidates by learned weights (`deal_choice`); rows that are likelier wrong than useful are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corewatch.language.article import Article, Company
from corewatch.lexicon.weights import DealWeights, deal_weights
from corewatch.mentions.credits import credited_to, date_of
from corewatch.mentions.deal_choice import Choice, choose, confidence_of, is_kept, status_of_choice, without_restatements
from corewatch.mentions.deal_events import Event, read_events
from corewatch.mentions.deal_memory import Memory, names_of, remember
from corewatch.mentions.deal_party_features import Candidate
from corewatch.mentions.deal_readings import read_first
from corewatch.mentions.parties import joined
from corewatch.mentions.records import DealMention, MetricMention
from corewatch.mentions.terms import ENDLESS, TERMLESS, is_total, rate_of, term_of, through_of

HAPPENED = frozenset({"signed", "closed", "withdrawn"})
EACH = frozenset({"apiece", "each"})


def find_deal_mentions(article: Article, metrics: list[MetricMention]) -> list[DealMention]:
    """Every deal that the article states."""
    weights = deal_weights()
    memory = remember(read_first(article, metrics))
    choices = judge(read_events(memory.first), memory, weights)
    kept = without_restatements([choice for choice in choices if is_kept(choice, weights.cuts)])
    return [mention for choice in kept for mention in _mentions(article, choice, weights)]


def judge(events: Sequence[Event], memory: Memory, weights: DealWeights) -> list[Choice]:
    """The choice for each event that may be a deal; an amount that restates or revises another has the choice of that one."""
    choices: list[Choice] = []
    amounts: dict[tuple[int, int], Choice] = {}
    for event in events:
        first = amounts.get((event.phrase.nth, event.twin)) if event.twin is not None else None
        choice = replace(first, event=event) if first is not None else choose(event, memory, weights)
        if choice is not None:
            choice = _funded(_respective(choice))
            choices.append(choice)
            if event.figure is not None:
                amounts[event.phrase.nth, event.at] = choice
    return choices


def _respective(choice: Choice) -> Choice:
    """ "X and Y sold $6 billion and $2 billion, respectively": of a list, the member that the rules counted to for this amount."""
    draft = choice.event.draft
    if draft is None or not any(item.lower == "respectively" for item in choice.event.items):
        return choice
    payer, payee = (
        replace(side, names=names_of(own), companies=own) if len(own) == 1 and own[0].name in side.names and len(side.names) > 1 else side
        for side, own in ((choice.payer, draft.payer), (choice.payee, draft.payee))
    )
    return replace(choice, payer=payer, payee=payee)


def _funded(choice: Choice) -> Choice:
    """ "Accel led the round", said later: the payer of an event that names none."""
    draft = choice.event.draft
    if choice.payer.names or draft is None or not draft.payer or draft.kind != choice.kind or draft.phrase is choice.event.phrase:
        return choice
    names = names_of(draft.payer)
    return choice if set(names) & set(choice.payee.names) else replace(choice, payer=Candidate(names, draft.payer))


def _mentions(article: Article, choice: Choice, weights: DealWeights) -> Iterator[DealMention]:
    event, text = choice.event, article.text
    items, sentence, figure = event.items, event.phrase.sentence, event.figure
    start, end = items[event.low].start, items[event.high - 1].end
    status = "planned" if event.revised else status_of_choice(choice, text, weights)
    for payer in _one_each(choice):
        yield DealMention(
            start=sentence.start,
            end=_told_until(choice),
            kind=choice.kind,
            payer=joined(payer),
            payee=joined(choice.payee.companies),
            low=figure.low if figure is not None else None,
            high=figure.high if figure is not None else None,
            currency=figure.unit if figure is not None else None,
            approx=figure.approx if figure is not None else False,
            per=rate_of(text, figure) if figure is not None else None,
            term_years=term_of(text, items, event.at, event.low, event.high) if choice.kind not in TERMLESS else None,
            through=through_of(text, start, end, figure, choice.kind) if choice.kind not in ENDLESS else None,
            status=status,
            asserted_by=credited_to(article, event.phrase),
            date=date_of(article, event.phrase, event.at) if status in HAPPENED else None,
            is_total=figure is not None and is_total(text[start:end].casefold(), figure.outer_start - start),
            figure_start=figure.start if figure is not None else None,
            confidence=confidence_of(choice, weights.cuts),
        )


def _told_until(choice: Choice) -> int:
    """Where the evidence ends: with the sentence of the event, or with a later one that names its payer ("Accel led the round")."""
    end, draft = choice.event.phrase.sentence.end, choice.event.draft
    if draft is None or draft.phrase is choice.event.phrase or names_of(draft.payer) != choice.payer.names:
        return end
    return max(end, draft.phrase.sentence.end)


def _one_each(choice: Choice) -> list[tuple[Company, ...]]:
    """ "A and B took $250 million apiece" is one deal for each payer; any other is one for all."""
    event, payers = choice.event, choice.payer.companies
    if event.figure is None or len(payers) < 2:
        return [payers]
    near = {item.lower for item in (*event.items[max(0, event.at - 4) : event.at], *event.items[event.at + 1 : event.at + 2])}
    return [(payer,) for payer in payers] if near & EACH else [payers]
