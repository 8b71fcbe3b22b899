"""Deals without an amount: an act or an agreement between two named parties.

In: a sentence's items and verbs and the document's ledger. Out: drafts.
Judgements: the present tense ("rents machines from it") is a tie, not an act, unless a term stands beside it; a verb that may
mean anything ("take", "get") needs a noun of deals in its object.
"""

from collections.abc import Iterator

from corewatch.lexicon.deals import NO_DEAL, lexicon
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_amounts import KIND_OF_PAYEE, clause_of, doubtful
from corewatch.mentions.deal_kinds import vote
from corewatch.mentions.deal_ledger import Draft, Ledger
from corewatch.mentions.parties import Binding, choose, fit, noun_bindings, verb_bindings
from corewatch.mentions.phrases import Item, Phrase
from corewatch.mentions.statuses import status_of
from corewatch.mentions.terms import term_of, through_of

ENOUGH = 1.15
BOTH_SIDES = 0.5
ACT_FRAMES = frozenset(
    {
        "buy",
        "acquire",
        "order",
        "rent",
        "let",
        "invest",
        "lend",
        "borrow",
        "sign",
        "reach",
        "win",
        "contract",
        "lead",
        "join",
        "guarantee",
        "provide",
        "obtain",
        "talk",
        "cancel",
        "announce",
        "sell",
        "take",
        "offer",
        "complete",
        "book",
        "raise",
        "supply",
        "fund",
        "commit",
        "reject",
        "seek",
        "place",
    }
)
TIE_FRAMES = frozenset({"buy", "rent", "sell", "supply", "provide", "let", "fund", "order"})


def read_acts(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> Iterator[Draft]:
    """The drafts without amount of one sentence."""
    items = phrase.items
    if doubtful(phrase):
        return
    _funders(ledger, phrase, verbs)
    if len({company.name for item in items for company in item.companies if item.tag == "company"}) < 2:
        return
    done = {frozenset(draft.pair[0] | draft.pair[1]) for draft in ledger.drafts if draft.phrase is phrase}
    spent: set[int] = set()
    for verb in verbs:
        sense = items[verb.at].verb
        if sense is None or sense.frame not in ACT_FRAMES or verb.at in spent or verb.negated:
            continue
        draft = _act(ledger, phrase, verb, verbs)
        if draft is None:
            continue
        names = frozenset(draft.pair[0] | draft.pair[1])
        if names in done:
            continue
        done.add(names)
        yield draft


def _funders(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> None:
    """ "X led the round", "the money came from X": who paid in an event that the sentences before gave without a payer."""
    items = phrase.items
    for verb in verbs:
        sense = items[verb.at].verb
        low, high = clause_of(items, verb.at)
        if any(item.figure is not None and item.figure.kind == "money" for item in items[low:high]):
            continue
        nouns = {items[at].lower for at in verb.slots.get("object", [])}
        if (
            sense is not None
            and sense.frame == "lead"
            and verb.subject is not None
            and not verb.passive
            and nouns & {"round", "financing", "series a", "series b", "series c", "fundraise", "funding round", "investment"}
        ):
            ledger.fund(phrase, "equity", items[verb.subject].companies)
        elif items[verb.at].lower in {"came", "come", "comes"} and any(
            item.lower in {"money", "cash", "funds", "proceeds"} for item in items[low : verb.at]
        ):
            for at in verb.slots.get("from", [])[:1]:
                if items[at].tag == "company":
                    _ = ledger.fund(phrase, "equity", items[at].companies) or ledger.fund(phrase, "debt", items[at].companies)


def _act(ledger: Ledger, phrase: Phrase, verb: VerbGroup, verbs: list[VerbGroup]) -> Draft | None:
    items = phrase.items
    sense = items[verb.at].verb
    if sense is None:
        return None
    low, high = clause_of(items, verb.at)
    chain = [(verb, 1.0)]
    for other in verbs:
        if other.governor is verb and other.form == "infinitive":
            return None  # "agreed to buy": the infinitive carries the deal
    if verb.governor is not None:
        chain.append((verb.governor, 0.5))
    for other in verbs:
        if other is not verb and other.form == "participle" and verb.at < other.at < verb.at + 12:
            chain.append((other, 0.6))
    end = min(high, verb.end)
    if any(items[at].figure is not None and items[at].figure.kind == "money" for at in range(verb.at, end) if items[at].figure):
        return None
    votes = vote(items, verb.at, [], chain, verb.first, end)
    nouns = [
        at for at in range(verb.first, end) if items[at].tag == "noun" and items[at].noun is not None and items[at].noun.kind != NO_DEAL
    ]
    best: Draft | None = None
    strength = 0.0
    for kind in sorted(votes.kinds) or _by_trades(items, verb):
        found: list[Binding] = []
        for part, share in chain:
            found += verb_bindings(items, part, kind, share)
        for at in nouns[:3]:
            found += noun_bindings(items, at, kind, 1.0)
        parties = choose(found, kind)
        if not parties.payer or not parties.payee or min(parties.payer_weight, parties.payee_weight) < BOTH_SIDES * 0.6:
            continue
        score = (
            votes.kinds.get(kind, 0.6)
            + 0.4 * fit(parties.payer, kind, "payer")
            + 0.4 * fit(parties.payee, kind, "payee")
            + 0.3 * min(votes.deal, 1.5)
        )
        if score > strength and kind not in {"ipo", "capex"}:
            strength = score
            text = ledger.article.text
            start, stop = items[low].start, items[high - 1].end
            clause = text[start:stop].casefold().replace("’", "'")
            term = term_of(text, items, verb.at, verb.first, end)
            status = status_of(items, verb, kind, clause, votes.noun, committed=True)
            if _tie(items, verb) and term is None and status == "signed":
                continue
            best = Draft(
                phrase,
                verb.at,
                kind,
                parties.payer,
                parties.payee,
                term_years=term,
                through=through_of(text, start, stop),
                status=status,
                noun=votes.noun,
                sure=round(min(0.2 + 0.12 * score, 0.75), 2),
            )
    return best if strength >= ENOUGH + (0.2 if lexicon().frames[sense.frame].weight < 0.3 else 0.0) else None


def _by_trades(items: list[Item], verb: VerbGroup) -> list[str]:
    """The kind that the trades of the companies around the verb suggest."""
    roles = [
        role
        for at in (*verb.slots.get("with", []), *verb.slots.get("from", []), *verb.slots.get("object", []))
        for company in items[at].companies
        for role in sorted(company.roles)
    ]
    return list(dict.fromkeys(KIND_OF_PAYEE[role] for role in roles if role in KIND_OF_PAYEE))


def _tie(items: list[Item], verb: VerbGroup) -> bool:
    """Whether the verb states a standing tie: an active present of a verb that can be a habit."""
    sense = items[verb.at].verb
    head = items[verb.at].lower.split()[0]
    present = verb.form == "finite" and not verb.passive and not verb.modal and head.endswith("s") and not head.endswith("ss")
    return present and sense is not None and sense.frame in TIE_FRAMES
