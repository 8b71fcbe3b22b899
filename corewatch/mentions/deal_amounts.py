"""Deals with an amount: each sum of money of a sentence, if it is the amount of a deal, with its kind and parties.

In: a sentence's items and verbs and the document's ledger. Out: drafts, in the order of the amounts.
Judgements: a second currency, a "respectively" and a list of amounts copy the deal that they stand beside; a superseded amount
("from $2 billion") copies it as planned.
"""

from collections.abc import Iterator

from corewatch.lexicon.deals import lexicon, pattern, words
from corewatch.mentions.amounts import NounLink, noun_links
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_copies import copied, join_parts, one_each, part_respectively
from corewatch.mentions.deal_filling import fill_parties, kind_by_context, kind_by_payee
from corewatch.mentions.deal_kinds import Votes, vote
from corewatch.mentions.deal_ledger import Draft, Ledger, label_of
from corewatch.mentions.deal_reach import clause_of, governing
from corewatch.mentions.parties import Binding, Parties, choose, fit, noun_bindings, verb_bindings
from corewatch.mentions.phrases import Item, Phrase
from corewatch.mentions.statuses import status_of
from corewatch.mentions.terms import is_total, rate_of, term_of, through_of

LEAST = 100_000.0
DENIAL = pattern("denial")
HYPOTHESIS = pattern("hypothesis")
IMAGINED = pattern("imagined")
NOT_DENIED = pattern("not_denied")
WORTH = pattern("worth")
WHOLE = pattern("whole")
YIELDS = pattern("yields")
UNSOLD = pattern("unsold")
ENOUGH = 0.75
TALKS = words("talk_nouns")
CONTRACTUAL = words("contractual")
GOODS = ("compute", "hardware", "colocation")
DEFINITE = frozenset({"the", "that", "this"})
PER_UNIT = tuple(sorted(words("per_unit")))
LEANING = 0.15  # a verb that leans to a deal is enough where the trades of both parties make one
WEAK = 0.9
TAKING = frozenset({"obtain", "raise", "borrow", "sell", "issue", "place", "lend", "provide", "lead", "sign", "complete"})
FAINT = 0.3
CLOSE = 1.5
FITTING = 0.5


def read_amounts(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> Iterator[Draft]:
    """The drafts of one sentence."""
    items = phrase.items
    made: dict[int, Draft] = {}
    places = [at for at, item in enumerate(items) if item.figure is not None and item.figure.kind == "money"]
    for at in places:
        draft = copied(phrase, at, made) or _read(ledger, phrase, at, verbs)
        if draft is not None:
            made[at] = draft
    join_parts(items, made, verbs)
    part_respectively(phrase, made)
    for at in sorted(made):
        yield from one_each(items, made[at])


def _read(ledger: Ledger, phrase: Phrase, at: int, verbs: list[VerbGroup]) -> Draft | None:
    items = phrase.items
    figure = items[at].figure
    if figure is None or max(figure.low or 0.0, figure.high or 0.0) < LEAST or _per_unit(ledger, figure.outer_end):
        return None
    links = noun_links(items, at)
    verbs_here = governing(items, at, verbs)
    linked = {link.at for link in links} | {at}
    verbs_here = [(verb, max(share, 0.9) if verb.theme in linked and verb.at > at else share) for verb, share in verbs_here]
    if any(verb.theme == at and verb.at > at and items[at + 1].tag == "rel" for verb, _ in verbs_here):  # "the $2 billion that X raised"
        verbs_here = [(verb, 1.0 if verb.theme == at else 0.1 * share) for verb, share in verbs_here]
    verbs_here.sort(key=lambda pair: -pair[1])
    low, high = clause_of(items, at)
    if doubtful(phrase) or (verbs_here and _negated(items, at, *verbs_here[0])):
        return None
    votes = _weigh(ledger, phrase, at, links, verbs_here, (low, high))
    if votes is None:
        return None
    text = ledger.article.text
    clause = text[items[low].start : items[high - 1].end].casefold().replace("’", "'")
    anaphor = _remember(ledger, phrase, at, votes)
    verb = verbs_here[0][0] if verbs_here else None
    bindings = {
        kind: _bindings(items, at, kind, links, verbs_here, low, high) for kind in (*votes.kinds, *({} if votes.kinds else {"": 0}))
    }
    kind, parties = _decide(votes, bindings)
    fits = bool(parties.payer) and fit(parties.payee, kind, "payee") >= FITTING and votes.kinds.get(kind, 0.0) >= FAINT
    if fits and votes.best < WEAK:
        votes.add(kind, FAINT)
    elif votes.best < WEAK and votes.deal >= LEANING:
        neutral = choose(_bindings(items, at, "", links, verbs_here, low, high), "")
        neutral, _ = fill_parties(ledger, phrase, "", neutral, verbs, anaphor, items, low, high)
        guess = kind_by_context(ledger, phrase, neutral, verb)
        if guess:
            votes.add(guess, WEAK)
            kind = max(sorted(votes.kinds), key=lambda name: votes.kinds[name])
            parties = choose(_bindings(items, at, kind, links, verbs_here, low, high), kind)
    if not kind:
        return None
    evidence = votes.kinds.get(kind, 0.0) + 0.5 * min(votes.deal, 2.0)
    if evidence < ENOUGH or votes.against >= max(evidence, 1.4):
        return None
    kind = kind_by_payee(kind, parties, votes)
    parties, filled = fill_parties(ledger, phrase, kind, parties, verbs, anaphor, items, low, high)
    if not parties.payer and not parties.payee:
        return None
    start, end = items[low].start, items[high - 1].end
    committed = any(
        link.tie
        for link in links
        if items[link.at].lower in {"agreement", "contract", "commitment", "commitments", "deal", "order", "lease", "facility"}
    )
    draft = Draft(
        phrase, at, kind, parties.payer, parties.payee, figure.low, figure.high, figure.unit, figure.approx,
        per=rate_of(text, figure),
        term_years=term_of(text, items, at, low, high),
        through=through_of(text, start, end),
        status=status_of(items, verb, kind, clause, committed=committed),
        is_total=is_total(clause, figure.outer_start - start),
        figure_start=figure.start,
        noun=votes.noun,
        sure=_sure(evidence, votes, parties, filled),
    )  # fmt: skip
    if anaphor is not None and anaphor.term_years and draft.term_years is None and not votes.kinds.get("capex"):
        draft.term_years = None
    return draft


def _weigh(
    ledger: Ledger,
    phrase: Phrase,
    at: int,
    links: list[NounLink],
    verbs_here: list[tuple[VerbGroup, float]],
    bounds: tuple[int, int],
) -> Votes | None:
    """The votes for and against the amount, with what whole phrases and the document's metrics say; null where it is surely no deal."""
    low, high = bounds
    items = phrase.items
    figure = items[at].figure
    if figure is None:
        return None
    votes = vote(items, at, links, verbs_here, low, high)
    text = ledger.article.text
    clause = text[items[low].start : items[high - 1].end].casefold().replace("’", "'")
    named = any(items[link.at].noun is not None and items[link.at].tag == "noun" for link in links)
    if not named and WORTH.search(text[items[low].start : figure.start].casefold()):
        return None
    if UNSOLD.search(clause) and any(
        _frame(items, verb) in {"buy", "take", "rent", "commit", "guarantee"} or _frame(items, verb) == "" for verb, _ in verbs_here
    ):
        votes.add("backstop", 4.0)
    if WHOLE.search(clause):
        votes.add("acquisition", 4.0)
    if "hardware" in votes.kinds and rate_of(text, figure):
        votes.add("compute", votes.kinds.pop("hardware"))  # what is paid by the month is rented
    if ledger.section and label_of(phrase):
        votes.deal += 1.0  # a line of a company's section that another company labels
    level = ledger.levels.get(figure.start, "")
    if YIELDS.search(text[items[low].start : figure.outer_start].casefold()):
        level, votes.against = "", 0.0  # "a lease that represents $3 billion in revenue" is the lease's amount
        votes.deal += 1.0
    if level == "valuation" and links and links[0].strength >= CLOSE and items[links[0].at].noun != lexicon().nouns["valuation"]:
        level = ""  # "an order valued at $1 billion" states no company's worth
    if level == "debt" and verbs_here and _frame(items, verbs_here[0][0]) in TAKING:
        level = ""  # debt that is taken on now is a deal, debt that stands is none
    if level:
        votes.against += 0.0 if level == "capex" else 3.0
        if level == "capex":
            return None
    return votes


def doubtful(phrase: Phrase) -> bool:
    """Whether a sentence denies or only imagines what it tells."""
    return denied(phrase) or HYPOTHESIS.search(phrase.lower) is not None


def denied(phrase: Phrase) -> bool:
    """Whether a sentence denies what it tells ("denied that", "is not true"), or bids us imagine it ("Suppose that")."""
    if IMAGINED.search(phrase.lower):
        return True
    return DENIAL.search(phrase.lower) is not None and NOT_DENIED.search(phrase.lower) is None


def _negated(items: list[Item], at: int, verb: VerbGroup, share: float) -> bool:
    """Whether the verb that carries the amount says that it does not; one before a comma does not carry it."""
    return verb.negated and share >= 1.0 and not any(item.tag == "comma" for item in items[verb.at : at])


def _frame(items: list[Item], verb: VerbGroup) -> str:
    sense = items[verb.at].verb
    return sense.frame if sense is not None else ""


def _per_unit(ledger: Ledger, end: int) -> bool:
    after = ledger.article.text[end : end + 18].casefold().lstrip()
    return after.startswith(PER_UNIT)


def _remember(ledger: Ledger, phrase: Phrase, at: int, votes: Votes) -> Draft | None:
    """The earlier event that a definite noun or "of that" beside the amount points back to; it votes for its kind."""
    items = phrase.items
    anaphora = lexicon().cues["anaphora"]
    window = items[max(0, at - 8) : at + 10]
    for place, item in enumerate(window):
        definite = any(before.lower in DEFINITE for before in window[max(0, place - 3) : place]) and not any(
            before.tag in {"prep", "comma", "verb"} for before in window[max(0, place - 2) : place]
        )
        if item.tag == "noun" and definite and item.lower in anaphora["nouns"]:
            noun = item.noun
            kinds = [noun.kind] if noun is not None and noun.kind else list(GOODS) if item.lower in CONTRACTUAL else []
            for draft in reversed(ledger.drafts):
                if phrase.nth - draft.phrase.nth > 5:
                    break
                if not kinds or draft.kind in kinds:
                    votes.add(draft.kind, 1.0)
                    return draft
    lower = " ".join(item.lower for item in items[at : at + 4])
    start = " ".join(item.lower for item in items[max(0, at - 4) : at + 4])
    if any(lower.find(pronoun) >= 0 for pronoun in anaphora["pronouns"] if pronoun.startswith("of")) or any(
        pronoun in start for pronoun in anaphora["pronouns"] if pronoun.startswith("the")
    ):
        recent = ledger.recent(phrase)
        if recent is not None:
            votes.add(recent.kind, 1.2)
            return recent
    return None


def _bindings(
    items: list[Item], at: int, kind: str, links: list[NounLink], verbs: list[tuple[VerbGroup, float]], low: int, high: int
) -> list[Binding]:
    found: list[Binding] = []
    for verb, share in verbs:
        found += verb_bindings(items, verb, kind, share)
    seen: set[int] = set()
    for link in links:
        seen.add(link.at)
        found += noun_bindings(items, link.at, kind, 0.8)
    for place in range(low, high):
        noun = items[place].noun
        allowed = {kind, ""} if kind not in {"debt", "equity", "ipo"} else {kind}
        if items[place].tag == "noun" and noun is not None and (noun.kind in allowed or items[place].lower in TALKS) and place not in seen:
            near = 1 / (1 + abs(place - at) / 6)
            found += noun_bindings(items, place, kind, 0.6 * near)
    # The figure's own neighbours: "$1.3 billion from Q", "$300 million to Z".
    found += noun_bindings(items, at, kind, 0.7)
    subject = verbs[0][0].subject if verbs else None
    if subject is None:
        return found
    names = {company.name for company in items[subject].companies}
    # "X placed an order with it": a pronoun beside its own subject stands for somebody else.
    return [b for b in found if b.at in {subject, -1} or b.companies[0].by_name or not names & {company.name for company in b.companies}]


def _decide(votes: Votes, bindings: dict[str, list[Binding]]) -> tuple[str, Parties]:
    """The kind and parties that fit together best; where no noun or verb says a kind, the trades of the parties do."""
    best: tuple[float, str, Parties] = (-1.0, "", Parties())
    for kind in sorted(votes.kinds):
        parties = choose(bindings[kind], kind)
        together = votes.kinds[kind]
        together += 0.5 * fit(parties.payer, kind, "payer") + 0.5 * fit(parties.payee, kind, "payee")
        if together > best[0]:
            best = (together, kind, parties)
    return best[1], best[2]


def _sure(evidence: float, votes: Votes, parties: Parties, filled: int) -> float:
    """A probability from how strong the kind, the parties and their lead over doubts are; set by hand on the development texts."""
    margin = evidence - votes.against - 0.5 * sum(sorted(votes.kinds.values())[:-1])
    score = 0.25 + 0.08 * min(max(margin, 0.0), 4.0) + 0.1 * min(parties.payer_weight + parties.payee_weight, 2.5) - 0.1 * filled
    return round(min(max(score, 0.05), 0.95), 2)
