"""Deals without an amount: an act or an agreement between two parties.

In: a sentence's items and verbs and the document's ledger. Out: drafts.
Judgements: the present tense ("rents machines from it") is a tie, not an act, unless a term stands beside it; a verb that may
mean anything ("take", "get") needs a noun of deals in its object; one side may be the company that the text speaks of,
the other must be said.
"""

from collections.abc import Iterator

from corewatch.language.article import Company
from corewatch.lexicon.deals import NO_DEAL, lexicon, words
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_amounts import doubtful
from corewatch.mentions.deal_kinds import Votes, vote
from corewatch.mentions.deal_ledger import Draft, Ledger
from corewatch.mentions.deal_reach import clause_of
from corewatch.mentions.parties import Binding, Parties, choose, fit, has_trade, noun_bindings, verb_bindings
from corewatch.mentions.phrases import Item, Phrase
from corewatch.mentions.statuses import status_of
from corewatch.mentions.terms import term_of, through_of

ENOUGH = 1.15
ENOUGH_FILLED = 1.9
ENOUGH_NOUN = 1.2
SIDE = 0.3
GOODS = ("compute", "hardware", "colocation")
ACT_FRAMES = frozenset(
    {"buy", "acquire", "order", "rent", "let", "invest", "lend", "borrow", "sign", "win", "contract", "lead", "join", "guarantee",
     "provide", "obtain", "talk", "cancel", "announce", "sell", "take", "offer", "complete", "book", "raise", "supply", "fund",
     "commit", "reject", "seek", "place", "contribute", "pay", "issue", "make"}
)  # fmt: skip
TIE_FRAMES = frozenset({"buy", "rent", "sell", "supply", "provide", "let", "fund", "order", "pay", "take", "make"})
PASTS = words("irregular_pasts")
ROUNDS = words("rounds")
MONEY = words("money_words")
AGREEMENTS = words("agreements")


def read_acts(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> Iterator[Draft]:
    """The drafts without amount of one sentence."""
    items = phrase.items
    if doubtful(phrase):
        return
    _funders(ledger, phrase, verbs)
    names = {company.name for item in items for company in item.companies if item.tag == "company"}
    if not names:
        return
    done = {(draft.kind, frozenset(draft.pair[0] | draft.pair[1])) for draft in ledger.latest() if draft.phrase is phrase}
    for verb in verbs:
        sense = items[verb.at].verb
        if sense is None or sense.frame not in ACT_FRAMES or verb.negated:
            continue
        draft = _act(ledger, phrase, verb, verbs)
        if draft is not None and (draft.kind, frozenset(draft.pair[0] | draft.pair[1])) not in done:
            done.add((draft.kind, frozenset(draft.pair[0] | draft.pair[1])))
            yield draft
    pairs = {pair for _, pair in done}
    for at, item in enumerate(items):
        if item.tag == "noun" and item.lower in AGREEMENTS:
            draft = _agreement(ledger, phrase, at, verbs)
            if draft is not None and frozenset(draft.pair[0] | draft.pair[1]) not in pairs:
                pairs.add(frozenset(draft.pair[0] | draft.pair[1]))
                yield draft


def _funders(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> None:
    """ "X led the round", "the money came from X": who paid in an event that the sentences before gave without a payer."""
    items = phrase.items
    for verb in verbs:
        sense = items[verb.at].verb
        low, high = clause_of(items, verb.at)
        if _has_money(items, low, high) or sense is None:
            continue
        nouns = {items[at].lower for at in range(verb.at + 1, verb.end)}
        if sense.frame == "lead" and verb.subject is not None and not verb.passive and nouns & ROUNDS:
            ledger.fund(phrase, "equity", items[verb.subject].companies)
        elif sense.frame == "provide" and verb.subject is not None and not verb.passive and nouns & MONEY:
            for kind in ("debt", "equity"):
                if ledger.fund(phrase, kind, items[verb.subject].companies):
                    break
        elif sense.frame == "come" and any(item.lower in MONEY for item in items[low : verb.at]):
            for at in verb.slots.get("from", [])[:1]:
                if items[at].tag == "company" and not ledger.fund(phrase, "equity", items[at].companies):
                    ledger.fund(phrase, "debt", items[at].companies)


def _has_money(items: list[Item], low: int, high: int) -> bool:
    return any(
        item.figure is not None and item.figure.kind == "money" and (item.figure.low or item.figure.high or 0) > 1e5
        for item in items[low:high]
    )


def _act(ledger: Ledger, phrase: Phrase, verb: VerbGroup, verbs: list[VerbGroup]) -> Draft | None:
    """What one verb says."""
    items = phrase.items
    sense = items[verb.at].verb
    if sense is None or any(other.governor is verb and other.form == "infinitive" for other in verbs):
        return None  # "agreed to buy": the infinitive carries the deal
    low, high = clause_of(items, verb.at)
    end = min(high, verb.end)
    first = min(verb.first if verb.governor is None else verb.governor.first, verb.first if verb.theme is None else verb.theme)
    if _has_money(items, verb.at, end) or (verb.theme is not None and _has_money(items, max(low, verb.theme - 3), verb.at)):
        return None
    chain = [(verb, 1.0)]
    if verb.governor is not None:
        chain.append((verb.governor, 0.5))
    chain += [(other, 0.6) for other in verbs if other is not verb and other.form == "participle" and verb.at < other.at < verb.at + 12]
    votes = vote(items, verb.at, [], chain, verb.first, end)
    nouns = [at for at in range(first, end) if _deal_noun(items[at])]
    weak = lexicon().frames[sense.frame].weight < 0.3
    best, strength, filled = _choose_kind(ledger, phrase, votes, chain, nouns, _by_trades(items, verb))
    kind, parties = best
    need = ENOUGH_FILLED if filled else ENOUGH + (0.2 if weak else 0.0)
    if not kind or strength < need or (filled and not (nouns and _done(items, verb))):
        return None
    governor = verb.governor if verb.form == "infinitive" else None
    far = governor is not None and verb.first - governor.at > 2
    if governor is not None and (_frame(items, governor) in {"cost", "amount"} or _has_money(items, low if far else governor.at, verb.at)):
        return None  # "pays $1 billion to rent servers": a purpose, told with its amount
    if (
        items[verb.at].verb is not None
        and _closed_by_tie(items, verb)
        and term_of(ledger.article.text, items, verb.at, verb.first, end) is None
    ):
        status = status_of(items, verb, kind, _clause(ledger, items, low, high), committed=True)
        if status == "signed":
            return None
    return _draft(ledger, phrase, verb.at, kind, parties, votes, verb, (first, end), strength - (0.8 if filled else 0.0))


def _frame(items: list[Item], verb: VerbGroup) -> str:
    sense = items[verb.at].verb
    return sense.frame if sense is not None else ""


def _done(items: list[Item], verb: VerbGroup) -> bool:
    """Whether a verb tells an act that was done or will be: a past, a perfect or a future, and no habit."""
    head = items[verb.at].lower.split()[0]
    return verb.form == "finite" and (bool(verb.modal) or verb.passive or head.endswith("ed") or head in PASTS)


def _deal_noun(item: Item) -> bool:
    return item.tag == "noun" and item.noun is not None and item.noun.kind != NO_DEAL


def _choose_kind(
    ledger: Ledger, phrase: Phrase, votes: Votes, chain: list[tuple[VerbGroup, float]], nouns: list[int], trades: list[str]
) -> tuple[tuple[str, Parties], float, bool]:
    """The kind and parties that fit best, their strength, and whether a side was left to the document."""
    items = phrase.items
    best, strength, filled = ("", Parties()), 0.0, False
    for kind in sorted(votes.kinds) or trades:
        if kind in {"ipo", "capex"}:
            continue
        found: list[Binding] = []
        for part, share in chain:
            found += verb_bindings(items, part, kind, share)
        for at in nouns[:4]:
            found += noun_bindings(items, at, kind, 1.0)
        parties = choose(found, kind)
        lacking = not parties.payer or not parties.payee
        if lacking:
            parties = _with_focus(ledger, phrase, parties, kind)
        if not parties.payer or not parties.payee or max(parties.payer_weight, parties.payee_weight) < SIDE:
            continue
        if not lacking and min(parties.payer_weight, parties.payee_weight) < SIDE:
            continue
        score = votes.kinds.get(kind, 0.6) + 0.4 * fit(parties.payer, kind, "payer") + 0.4 * fit(parties.payee, kind, "payee")
        score += 0.3 * min(votes.deal, 1.5)
        if score > strength:
            best, strength, filled = (kind, parties), score, lacking
    return best, strength, filled


def _with_focus(ledger: Ledger, phrase: Phrase, parties: Parties, kind: str) -> Parties:
    """The parties with the missing side taken from whom the text speaks of, where its trade does not forbid it."""
    said = parties.payer or parties.payee
    if not said or not any(company.by_name for company in said):
        return parties
    for focus in ledger.focus(phrase)[:1]:
        if not focus or {company.name for company in focus} & {company.name for company in said}:
            continue
        if not parties.payee and not (kind in {"debt", "equity"} and has_trade(focus, "financiers")):
            return Parties(parties.payer, focus, parties.payer_weight, 0.2)
        if not parties.payer and kind in (*GOODS, "acquisition"):
            return Parties(focus, parties.payee, 0.2, parties.payee_weight)
    return parties


def _agreement(ledger: Ledger, phrase: Phrase, at: int, verbs: list[VerbGroup]) -> Draft | None:
    """What a noun alone says: "X's contract with Y", "talks between X and Y", "the purchase of Y by X"."""
    items = phrase.items
    low, high = clause_of(items, at)
    if _has_money(items, max(low, at - 6), min(high, at + 14)):
        return None
    noun = items[at].noun
    carrier = next((verb for verb in reversed(verbs) if low <= verb.at < at < verb.end), None)
    if carrier is not None and carrier.negated:
        return None
    votes = vote(items, at, [], [], max(low, at - 2), min(high, at + 10))
    if noun is not None:
        votes.add(noun.kind, 1.2 if noun.kind else 0.6)
    best: tuple[float, str, Parties] = (0.0, "", Parties())
    for kind in sorted(votes.kinds) or list(GOODS):
        found = noun_bindings(items, at, kind, 1.0)
        if carrier is not None and carrier.subject is not None and not carrier.passive and found:
            found.append(Binding("party", items[carrier.subject].companies, 0.8, carrier.subject))
        parties = choose(found, kind)
        if not parties.payer or not parties.payee or kind in {"ipo", "capex"}:
            continue
        score = votes.kinds.get(kind, 0.5) + 0.5 * fit(parties.payer, kind, "payer") + 0.5 * fit(parties.payee, kind, "payee")
        if score > best[0]:
            best = (score, kind, parties)
    score, kind, parties = best
    if score < ENOUGH_NOUN:
        return None
    return _draft(ledger, phrase, at, kind, parties, votes, carrier, (low, high), score - 0.4)


def _clause(ledger: Ledger, items: list[Item], low: int, high: int) -> str:
    return ledger.article.text[items[low].start : items[high - 1].end].casefold().replace("’", "'")


def _draft(
    ledger: Ledger,
    phrase: Phrase,
    at: int,
    kind: str,
    parties: Parties,
    votes: Votes,
    verb: VerbGroup | None,
    reach: tuple[int, int],
    score: float,
) -> Draft:
    items, text = phrase.items, ledger.article.text
    low, high = clause_of(items, at)
    return Draft(
        phrase,
        at,
        kind,
        parties.payer,
        parties.payee,
        term_years=term_of(text, items, at, *reach),
        through=through_of(text, items[low].start, items[high - 1].end),
        status=status_of(items, verb, kind, _clause(ledger, items, low, high), committed=True),
        noun=votes.noun,
        sure=round(min(max(0.2 + 0.12 * score, 0.1), 0.75), 2),
    )


def _by_trades(items: list[Item], verb: VerbGroup) -> list[str]:
    """The kinds that the trades of the companies around the verb suggest."""
    near: list[Company] = [
        company for slot in ("with", "from", "object") for at in verb.slots.get(slot, []) for company in items[at].companies
    ]
    sells = lexicon().sells
    roles = [role for company in near for role in sorted(company.roles)]
    return list(dict.fromkeys(sells[role] for role in roles if role in sells))


def _closed_by_tie(items: list[Item], verb: VerbGroup) -> bool:
    """Whether the verb states a standing tie: an active present of a verb that can be a habit."""
    sense = items[verb.at].verb
    head = items[verb.at].lower.split()[0]
    present = verb.form == "finite" and not verb.passive and not verb.modal and head.endswith("s") and not head.endswith("ss")
    return present and sense is not None and sense.frame in TIE_FRAMES
