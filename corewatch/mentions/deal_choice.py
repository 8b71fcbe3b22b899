"""The choice: is an event a deal, of which kind, who pays, who is paid, how far has it got; each answer with its probability.

In: an event and the memory of its document. Out: a `Choice`, or null where the event is likelier none.
The answers are chosen together: the kind that the event suggests, the payer and the payee that fit that kind best. The weights come
from annotated articles (a multinomial logit for kind and status, a conditional logit over the candidates for each party;
McFadden, "Conditional logit analysis of qualitative choice behavior", 1974).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corewatch.lexicon.weights import DealWeights, Scores, Weights
from corewatch.mentions.deal_event_features import Features, event_features, status_features
from corewatch.mentions.deal_events import Event
from corewatch.mentions.deal_memory import Memory
from corewatch.mentions.deal_party_features import Candidate, candidates_of, pair_features, role_features

NONE = "none"
MOST_KINDS = 3
MOST_PARTIES = 3
LEAST_DEAL = 0.1  # an event that is less likely a deal is never told, whatever the cuts
LEAST_KIND = math.log(0.02)


@dataclass(slots=True)
class Choice:
    """What an event was judged to be: `likely` is the probability that kind and parties are right, `deal` that it is a deal at all."""

    event: Event
    kind: str
    payer: Candidate
    payee: Candidate
    likely: float
    deal: float
    features: Features

    @property
    def names(self) -> frozenset[str]:
        """The names of both sides."""
        return frozenset(self.payer.names) | frozenset(self.payee.names)


def log_shares(scores: Scores) -> Scores:
    """Scores as logarithms of probabilities that sum to one."""
    top = scores.max()
    shifted = scores - top
    shares: Scores = shifted - np.log(np.exp(shifted).sum())
    return shares


def choose(event: Event, memory: Memory, weights: DealWeights) -> Choice | None:
    """The best answers for an event together, null where it is surely no deal or nobody can be a party."""
    features = event_features(event, memory)
    kinds = kind_shares(event, features, weights)
    none = math.exp(kinds.pop(NONE))
    if 1.0 - none < weights.cuts.get(f"{sort_of(event)} deal", LEAST_DEAL):
        return None
    likeliest = sorted(kinds, key=lambda kind: (-kinds[kind], kind))[:MOST_KINDS]
    candidates = candidates_of(event, memory)
    payers = party_scores(event, weights.questions["payer"], [candidate.features for candidate in candidates])
    payees = party_scores(event, weights.questions["payee"], [candidate.features for candidate in candidates])
    beside: dict[int, Scores] = {}
    best: tuple[float, str, int, int] | None = None
    for kind in likeliest:
        # No party is surer than certain, so that a kind no likelier than the best answer so far cannot win.
        if kinds[kind] < LEAST_KIND or (best is not None and kinds[kind] <= best[0]):
            break
        column = weights.questions["payer"].answers.index(kind)
        grammar = role_features(event, kind, candidates)
        paying = log_shares((payers + party_scores(event, weights.questions["payer"], grammar))[:, column])
        by_grammar = party_scores(event, weights.questions["payee"], grammar)[:, column]
        for payer in _top(paying):
            if best is not None and kinds[kind] + float(paying[payer]) <= best[0]:
                break
            if payer not in beside:
                pairs = [pair_features(candidates[payer], candidate) for candidate in candidates]
                beside[payer] = payees + party_scores(event, weights.questions["payee"], pairs)
            paid = log_shares(beside[payer][:, column] + by_grammar)
            for payee in _top(paid):
                total = kinds[kind] + float(paying[payer]) + float(paid[payee])
                if _possible(event, candidates[payer], candidates[payee]) and (best is None or total > best[0]):
                    best = (total, kind, payer, payee)
    if best is None:
        return None
    total, kind, payer, payee = best
    return Choice(event, kind, candidates[payer], candidates[payee], math.exp(total), 1.0 - none, features)


def sort_of(event: Event) -> str:
    """`amount` or `act`: the two sorts of event are judged by weights and cuts of their own."""
    return "amount" if event.figure is not None else "act"


def kind_shares(event: Event, features: Features, weights: DealWeights) -> dict[str, float]:
    """The logarithm of the probability of each kind, and of `none`."""
    question = weights.questions[f"{sort_of(event)}_kind"]
    return dict(zip(question.answers, log_shares(question.score(features)).tolist(), strict=True))


def party_scores(event: Event, weights: Weights, features: list[Features]) -> Scores:
    """The scores of some candidates, a row each and a column a kind, with what amounts or acts add to each."""
    scores = weights.score_each(features)
    shared: Scores = scores[:, [weights.answers.index(sort_of(event))]]
    return scores + shared


def _top(shares: Scores) -> list[int]:
    return [int(place) for place in np.argsort(-shares, kind="stable")[:MOST_PARTIES]]


def _possible(event: Event, payer: Candidate, payee: Candidate) -> bool:
    """Whether two candidates can be the sides of one deal: not the same company, not both nobody; an act needs both."""
    if set(payer.names) & set(payee.names):
        return False
    named = bool(payer.names) + bool(payee.names)
    return named == 2 if event.figure is None else named > 0


def status_of_choice(choice: Choice, text: str, weights: DealWeights) -> str:
    """How far the deal has got."""
    question = weights.questions["status"]
    scores = question.score(status_features(choice.event, choice.kind, choice.features, text))
    return question.answers[int(scores.argmax())]


def is_kept(choice: Choice, cuts: Mapping[str, float]) -> bool:
    """Whether a choice is sure enough to be told; the cuts are those of the best F1 on annotated articles."""
    sort = sort_of(choice.event)
    return choice.deal >= cuts[f"{sort} deal"] and choice.likely >= cuts[f"{sort} likely"]


def confidence_of(choice: Choice, cuts: Mapping[str, float]) -> float:
    """The probability that the row is right, calibrated on articles that the weights had not seen (Platt scaling)."""
    sort = sort_of(choice.event)
    likely = min(max(choice.likely, 1e-6), 1 - 1e-6)
    logit = cuts[f"{sort} slope"] * math.log(likely / (1 - likely)) + cuts[f"{sort} offset"]
    return round(1 / (1 + math.exp(-logit)), 3)


def without_restatements(choices: Sequence[Choice]) -> list[Choice]:
    """The choices less acts that say again, without its amount, what an amount or a surer act says of the same companies.

    In one sentence a pair of companies has one act; in a document, one of each kind and direction.
    """
    told: set[tuple[object, ...]] = set()
    found = []
    for choice in sorted(choices, key=lambda choice: (choice.event.figure is None, -choice.likely)):
        sentence = (choice.event.phrase.nth, choice.names)
        document = (choice.kind, choice.payer.names, choice.payee.names)
        if choice.event.figure is not None or not {sentence, document} & told:
            found.append(choice)
        told |= {sentence, document}
    return sorted(found, key=lambda choice: (choice.event.phrase.nth, choice.event.at))
