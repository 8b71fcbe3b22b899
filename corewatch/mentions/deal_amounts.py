"""Deals with an amount: each sum of money of a sentence, if it is the amount of a deal, with its kind and parties.

In: a sentence's items and verbs and the document's ledger. Out: drafts, in the order of the amounts.
Judgements: a second currency, a "respectively" and a list of amounts copy the deal that they stand beside; a superseded amount
("from $2 billion") copies it as planned.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from corewatch.language.article import Company
from corewatch.lexicon.deals import lexicon, pattern, words
from corewatch.mentions.amounts import NounLink, noun_links, second_currency_of
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_kinds import Votes, vote
from corewatch.mentions.deal_ledger import Draft, Ledger
from corewatch.mentions.parties import FINANCIERS, Binding, Parties, choose, fit, lean, noun_bindings, verb_bindings
from corewatch.mentions.phrases import Item, Phrase
from corewatch.mentions.statuses import status_of
from corewatch.mentions.terms import is_total, rate_of, term_of, through_of

LEAST = 100_000.0
DENIAL = pattern("denial")
HYPOTHESIS = pattern("hypothesis")
NOT_DENIED = pattern("not_denied")
WORTH = pattern("worth")
WHOLE = pattern("whole")
UNSOLD = pattern("unsold")
ENOUGH = 0.75
PER_UNIT = tuple(sorted(words("per_unit")))
LEANING = 0.15  # a verb that leans to a deal is enough where the trades of both parties make one
WEAK = 0.9
STRONG = 2.5
SELLING = frozenset({"seek", "sell", "issue", "raise", "place", "draw", "enlarge", "change", "forecast", "offer"})
LENDERS = frozenset({"bank", "credit_fund", "insurer"})
TRADES = (
    "server_maker",
    "chipmaker",
    "neocloud",
    "hyperscaler",
    "cloud",
    "power_equipment",
    "chip_equipment",
    "miner",
    "landlord",
    "utility",
    "network",
)
KIND_OF_PAYEE = {
    "chipmaker": "hardware",
    "server_maker": "hardware",
    "power_equipment": "hardware",
    "chip_equipment": "hardware",
    "network": "hardware",
    "neocloud": "compute",
    "cloud": "compute",
    "hyperscaler": "compute",
    "landlord": "colocation",
    "miner": "colocation",
    "utility": "colocation",
}


def read_amounts(ledger: Ledger, phrase: Phrase, verbs: list[VerbGroup]) -> Iterator[Draft]:
    """The drafts of one sentence."""
    items = phrase.items
    made: dict[int, Draft] = {}
    places = [at for at, item in enumerate(items) if item.figure is not None and item.figure.kind == "money"]
    for at in places:
        draft = _copied(ledger, phrase, at, made, verbs) or _read(ledger, phrase, at, verbs)
        if draft is not None:
            made[at] = draft
    _parts(items, made, verbs)
    _respectively(phrase, made)
    for at in sorted(made):
        yield from _each(items, made[at])


def clause_of(items: list[Item], at: int) -> tuple[int, int]:
    """The part of the sentence around a place between semicolons, stops and main clauses joined by "and", "but" or "while"."""
    low = at
    while low > 0 and items[low - 1].tag not in {"semicolon", "stop"} and not _new_clause(items, low):
        low -= 1
    high = at + 1
    while high < len(items) and items[high].tag not in {"semicolon", "stop"} and not _new_clause(items, high):
        high += 1
    return low, high


def _new_clause(items: list[Item], at: int) -> bool:
    """Whether a clause with a subject of its own starts at `at`: ", and X sold", ", while in May X borrowed"."""
    if items[at].lower not in {"and", "but", "while", "whereas"} or at == 0 or items[at - 1].tag != "comma":
        return False
    for step in range(at + 1, min(at + 7, len(items) - 1)):
        item = items[step]
        if item.tag in {"verb", "aux", "modal", "comma", "figure", "to"}:
            return False
        if item.tag == "company":
            after = step + 1
            while after < len(items) and items[after].tag in {"adv", "x"} and after < step + 3:
                after += 1
            return item.possessive or (after < len(items) and items[after].tag in {"verb", "aux", "modal"})
    return False


def governing(items: list[Item], at: int, verbs: list[VerbGroup]) -> list[tuple[VerbGroup, float]]:
    """The verbs that may carry the figure at `at`, the nearest with the weight 1, the others of its clause with less."""
    low, high = clause_of(items, at)
    weights: dict[int, float] = {}
    inside = [verb for verb in verbs if low <= verb.at < high]
    direct = None
    for verb in inside:
        if verb.at < at < verb.end:
            direct = verb
    if direct is not None and direct.first > 0 and items[direct.first - 1].tag in {"rel", "company"}:
        direct = _past_relative(items, at, direct, inside)
    if direct is None:
        before = [verb for verb in inside if verb.at < at]
        after = [verb for verb in inside if verb.at > at]
        if after and (not before or _subject_side(items, at, after[0])):
            direct = after[0]
            weights[id(direct)] = 0.8
        elif before:
            direct = before[-1]
            weights[id(direct)] = 0.6
    if direct is None:
        return []
    weights.setdefault(id(direct), 1.0)
    share, step = weights[id(direct)], direct.governor
    while step is not None and share > 0.3:
        share *= 0.6
        weights.setdefault(id(step), share)
        step = step.governor
    for verb in inside:
        describes = verb.form == "participle" and direct.at < verb.at and abs(verb.at - at) < 10
        sense = items[verb.at].verb
        leads = sense is not None and sense.frame == "lead"
        purpose = verb.governor is direct and verb.form == "infinitive"
        weights.setdefault(id(verb), 0.5 if describes or leads or purpose else 0.12)
    return sorted(((verb, weights[id(verb)]) for verb in inside), key=lambda pair: -pair[1])


def _past_relative(items: list[Item], at: int, direct: VerbGroup, inside: list[VerbGroup]) -> VerbGroup:
    """ "a hall that it is building, at a rent of X": after a comma and a preposition the amount belongs to the verb before the relative."""
    first = direct.first - 1 if items[direct.first - 1].tag == "rel" else direct.first - 2
    if first < 1 or items[first].tag != "rel":
        return direct
    commas = [step for step in range(direct.at + 1, at) if items[step].tag == "comma"]
    if not commas or items[commas[-1] + 1].tag not in {"prep", "figure"}:
        return direct
    return next((verb for verb in reversed(inside) if verb.at < first), direct)


def _subject_side(items: list[Item], at: int, verb: VerbGroup) -> bool:
    """Whether nothing but words of its own phrase stands between a figure and the verb after it."""
    return all(items[step].tag not in {"comma", "rel", "sub", "conj"} for step in range(at + 1, verb.first))


def _read(ledger: Ledger, phrase: Phrase, at: int, verbs: list[VerbGroup]) -> Draft | None:
    items = phrase.items
    figure = items[at].figure
    if figure is None or max(figure.low or 0.0, figure.high or 0.0) < LEAST or _per_unit(ledger, figure.outer_end):
        return None
    links = noun_links(items, at)
    verbs_here = governing(items, at, verbs)
    low, high = clause_of(items, at)
    votes = vote(items, at, links, verbs_here, low, high)
    text = ledger.article.text
    clause = text[items[low].start : items[high - 1].end].casefold().replace("’", "'")
    if doubtful(phrase) or (verbs_here and _negated(items, at, *verbs_here[0])):
        return None
    if not any(items[link.at].noun is not None and items[link.at].tag == "noun" for link in links):
        if WORTH.search(text[items[low].start : figure.start].casefold()):
            return None
    if UNSOLD.search(clause) and any(
        _frame(items, verb) in {"buy", "take", "rent", "commit", "guarantee"} or _frame(items, verb) == "" for verb, _ in verbs_here
    ):
        votes.add("backstop", 4.0)
    if WHOLE.search(clause):
        votes.add("acquisition", 4.0)
    if "hardware" in votes.kinds and rate_of(text, figure):
        votes.add("compute", votes.kinds.pop("hardware"))  # what is paid by the month is rented
    level = ledger.levels.get(figure.start, "")
    if level:
        votes.against += 0.0 if level == "capex" else 3.0
        if level == "capex":
            return None
    anaphor = _remember(ledger, phrase, at, votes)
    linked = {link.at for link in links} | {at}
    verbs_here = [(verb, max(share, 0.9) if verb.theme in linked and verb.at > at else share) for verb, share in verbs_here]
    if any(verb.theme == at and verb.at > at and items[at + 1].tag == "rel" for verb, _ in verbs_here):  # "the $2 billion that X raised"
        verbs_here = [(verb, 1.0 if verb.theme == at else 0.3 * share) for verb, share in verbs_here]
    verbs_here.sort(key=lambda pair: -pair[1])
    verb = verbs_here[0][0] if verbs_here else None
    bindings = {
        kind: _bindings(items, at, kind, links, verbs_here, low, high) for kind in (*votes.kinds, *({} if votes.kinds else {"": 0}))
    }
    kind, parties = _decide(votes, bindings)
    if votes.best < WEAK and votes.deal >= LEANING:
        neutral = choose(_bindings(items, at, "", links, verbs_here, low, high), "")
        neutral, _ = _filled(ledger, phrase, "", neutral, verbs, anaphor, items, low, high)
        guess = _by_context(ledger, phrase, neutral, verb)
        if guess:
            votes.add(guess, WEAK)
            kind = max(sorted(votes.kinds), key=lambda name: votes.kinds[name])
            parties = choose(_bindings(items, at, kind, links, verbs_here, low, high), kind)
    if not kind:
        return None
    evidence = votes.kinds.get(kind, 0.0) + 0.5 * min(votes.deal, 2.0)
    if evidence < ENOUGH or votes.against >= max(evidence, 1.4):
        return None
    kind = _by_payee(kind, parties, votes)
    parties, filled = _filled(ledger, phrase, kind, parties, verbs, anaphor, items, low, high)
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
        status=status_of(items, verb, kind, clause, votes.noun, committed=committed),
        is_total=is_total(clause, figure.outer_start - start),
        figure_start=figure.start,
        noun=votes.noun,
        sure=_sure(evidence, votes, parties, filled),
    )  # fmt: skip
    if anaphor is not None and anaphor.term_years and draft.term_years is None and not votes.kinds.get("capex"):
        draft.term_years = None
    return draft


def doubtful(phrase: Phrase) -> bool:
    """Whether a sentence denies or only imagines what it tells."""
    denied = DENIAL.search(phrase.lower) is not None and NOT_DENIED.search(phrase.lower) is None
    return denied or HYPOTHESIS.search(phrase.lower) is not None


def _negated(items: list[Item], at: int, verb: VerbGroup, share: float) -> bool:
    """Whether the verb that carries the amount says that it does not; one before a comma ("it cannot sell, a deal worth") does not carry it."""
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
        definite = place > 0 and window[place - 1].lower in {"the", "that", "this"}
        if item.tag == "noun" and definite and item.lower in anaphora["nouns"]:
            noun = item.noun
            kinds = [noun.kind] if noun is not None and noun.kind else []
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
        if items[place].tag == "noun" and noun is not None and noun.kind in allowed and place not in seen:
            near = 1 / (1 + abs(place - at) / 6)
            found += noun_bindings(items, place, kind, 0.6 * near)
    # The figure's own neighbours: "$1.3 billion from Q", "$300 million to Z".
    found += noun_bindings(items, at, kind, 0.7)
    return found


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


def _by_context(ledger: Ledger, phrase: Phrase, parties: Parties, verb: VerbGroup | None) -> str:
    """The kind where no word says it: what the pair has done before, or what the trades of the two deal in."""
    pair = {company.name for company in (*parties.payer, *parties.payee)}
    sense = phrase.items[verb.at].verb if verb is not None else None
    frame = sense.frame if sense is not None else ""
    if frame in SELLING:
        last = next((draft for draft in reversed(ledger.drafts) if draft.kind in {"debt", "equity", "ipo"}), None)
        if last is not None and phrase.nth - last.phrase.nth <= 3 and pair & (last.pair[0] | last.pair[1]):
            return last.kind
    for draft in reversed(ledger.drafts):
        if len(pair) > 1 and pair <= draft.pair[0] | draft.pair[1]:
            return draft.kind
    if any(company.roles & LENDERS for company in parties.payer):
        return "debt"
    if any(company.roles & FINANCIERS for company in parties.payer):
        return "equity"
    if not parties.payee or not parties.payer:
        return ""
    for company in parties.payee:
        for role in TRADES:
            if role in company.roles:
                return KIND_OF_PAYEE[role]
    if any(company.roles & {"lab"} for company in parties.payer):
        return "compute"
    return ""


def _by_payee(kind: str, parties: Parties, votes: Votes) -> str:
    """A kind of goods that its words say only weakly gives way to what the payee sells."""
    if kind not in {"compute", "hardware", "colocation"} or votes.kinds.get(kind, 0.0) >= STRONG or not parties.payee:
        return kind
    sold = {KIND_OF_PAYEE[role] for company in parties.payee for role in company.roles if role in KIND_OF_PAYEE}
    return next(iter(sold)) if len(sold) == 1 else kind


def _filled(
    ledger: Ledger,
    phrase: Phrase,
    kind: str,
    parties: Parties,
    verbs: list[VerbGroup],
    anaphor: Draft | None,
    items: list[Item],
    low: int,
    high: int,
) -> tuple[Parties, int]:
    """The parties with what the clause leaves out taken from an earlier event, the sentence, or the document; and how many were."""
    payer, payee, count = parties.payer, parties.payee, 0
    if kind == "ipo":
        payer = ()
    if kind == "capex":
        payee = ()
        payer = payer or parties.payee
    if anaphor is not None and anaphor.kind == kind:
        if not payee and not _same(anaphor.payee, payer):
            payee, count = anaphor.payee, count + 1
        if not payer and not _same(anaphor.payer, payee) and kind not in {"debt", "equity", "ipo"}:
            payer, count = anaphor.payer, count + 1
    subjects = list(dict.fromkeys(items[verb.subject].companies for verb in verbs if verb.subject is not None))
    near = [*subjects, *ledger.focus(phrase), *(item.companies for item in items[low:high] if item.tag == "company")]
    if kind == "backstop" and not payee:
        landlords = [companies for companies in near if fit(companies, "colocation", "payee") > 0.7 and not _same(companies, payer)]
        last = ledger.last("colocation", phrase, 6)
        payee = landlords[0] if landlords else last.payee if last is not None and not _same(last.payee, payer) else ()
    if not payee and kind in {"equity", "hardware"}:
        payee = (
            next((item.companies for item in items[low:high] if item.tag == "brand" and not _same(item.companies, payer)), ())
            if payer
            else ()
        )
    if not payer and not payee and kind in {"", "compute", "hardware", "colocation"}:
        payer, payee = _likeliest(near, kind or "compute")
        count += 2
    if (
        not payer
        and payee
        and kind == "equity"
        and len(near) > 1
        and any(item.lower in {"investment", "stake"} for item in items[low:high])
    ):
        payer = _fill(near, payee, kind, "payer")
        count += 1
    if not payee and kind == "hardware":
        payee = _maker(ledger, items[low:high])
    if not payee and kind not in {"capex"}:
        fitting = _fill(
            [ledger.main, *near, ledger.topic] if kind in {"debt", "equity", "ipo"} else [*near, ledger.main, ledger.topic],
            payer,
            kind,
            "payee",
        )
        if fitting:
            payee, count = fitting, count + 1
    if not payer and kind in {"", "compute", "hardware", "colocation", "acquisition", "capex", "backstop"}:
        fitting = _fill(near, payee, kind, "payer")
        if fitting:
            payer, count = fitting, count + 1
    if _same(payer, payee):
        payer = () if kind in {"debt", "equity", "ipo"} else payer
    return Parties(payer, payee, parties.payer_weight, parties.payee_weight), count


def _likeliest(pool: list[tuple[Company, ...]], kind: str) -> tuple[tuple[Company, ...], tuple[Company, ...]]:
    """The pair of a pool whose trades fit payer and payee best; earlier groups win ties."""
    best: tuple[float, tuple[Company, ...], tuple[Company, ...]] = (0.9, (), ())
    for n, payer in enumerate(pool):
        for m, payee in enumerate(pool):
            if payer and payee and not _same(payer, payee):
                score = fit(payer, kind, "payer") + fit(payee, kind, "payee") - 0.05 * (n + m) + (0.2 if n < m else 0.0)
                if score > best[0]:
                    best = (score, payer, payee)
    return best[1], best[2]


def _maker(ledger: Ledger, items: list[Item]) -> tuple[Company, ...]:
    """The maker of a product that is named without it ("Blackwell chips"), if the document names that maker."""
    makers = lexicon().cues["makers"]
    for item in items:
        for name, products in makers.items():
            if item.tag == "x" and item.lower in products:
                return next(((company,) for company in ledger.article.companies if company.name == name), ())
    return ()


def _fill(pool: list[tuple[Company, ...]], other: tuple[Company, ...], kind: str, side: str) -> tuple[Company, ...]:
    for companies in pool:
        if companies and not _same(companies, other):
            tilt = lean(companies, kind) * (1 if side == "payer" else -1)
            financier = any(company.roles & FINANCIERS for company in companies)
            if tilt > -0.3 and not (side == "payee" and kind in {"debt", "equity", "ipo"} and financier):
                return companies
    return ()


def _same(a: tuple[Company, ...], b: tuple[Company, ...]) -> bool:
    return bool({company.name for company in a} & {company.name for company in b})


def _sure(evidence: float, votes: Votes, parties: Parties, filled: int) -> float:
    """A probability from how strong the kind, the parties and their lead over doubts are; set by hand on the development texts."""
    margin = evidence - votes.against - sum(sorted(votes.kinds.values())[:-1])
    score = 0.25 + 0.08 * min(max(margin, 0.0), 4.0) + 0.1 * min(parties.payer_weight + parties.payee_weight, 2.5) - 0.12 * filled
    return round(min(max(score, 0.05), 0.95), 2)


def _copied(ledger: Ledger, phrase: Phrase, at: int, made: dict[int, Draft], verbs: list[VerbGroup]) -> Draft | None:
    """The amount as another of the same sentence: a second currency, the amount before a change, a next member of a list."""
    items = phrase.items
    figure = items[at].figure
    if figure is None:
        return None
    currency = second_currency_of(items, at)
    if currency is not None and currency in made:
        return replace(
            made[currency], at=at, low=figure.low, high=figure.high, currency=figure.unit, approx=figure.approx, figure_start=figure.start
        )
    source = made.get(currency) if currency is not None else None
    if source is not None:
        return source
    before = max((place for place in made if place < at), default=None)
    if before is None:
        return None
    gap = items[before + 1 : at]
    words = " ".join(item.lower for item in gap if item.tag != "company")
    draft = made[before]
    superseded = (
        "from",
        "instead of",
        "rather than",
        "upsized from",
        ", upsized from",
        ", up from",
        ", down from",
        "up from",
        "down from",
        ", rather than",
        ", instead of",
        "rather than the",
        "from the",
        "from an original",
    )
    if words in superseded:
        return replace(
            draft,
            at=at,
            low=figure.low,
            high=figure.high,
            currency=figure.unit,
            approx=figure.approx,
            figure_start=figure.start,
            status="planned",
            sure=round(draft.sure * 0.8, 2),
        )
    if any(item.tag in {"verb", "aux", "modal", "rel", "stop"} for item in gap):
        return None
    places = [place for place in range(before + 1, at) if items[place].tag == "company" and not items[place].possessive]
    if not places or any(items[place].tag not in {"adv", "det"} for place in range(places[-1] + 1, at)):
        return None
    opening = places[-1] - 1
    while opening > before and items[opening].tag in {"x", "company", "det"} and places[-1] - opening < 5:
        opening -= 1
    return _gapped(draft, items, at, places[-1], before) if items[opening].tag in {"conj", "comma", "semicolon"} else None


def _gapped(draft: Draft, items: list[Item], at: int, place: int, before: int) -> Draft | None:
    """ "X sold $30 billion of bonds, Y $17 billion": the clause again with another subject."""
    figure, company = items[at].figure, items[place]
    if figure is None:
        return None
    subject_pays = draft.payer and draft.payer[0].start < items[before].start and draft.payer[0].start >= items[0].start
    subject_paid = draft.payee and draft.payee[0].start < items[before].start and draft.payee[0].start >= items[0].start
    if subject_pays and (not subject_paid or draft.payer[0].start < draft.payee[0].start):
        return replace(
            draft,
            at=at,
            payer=company.companies,
            low=figure.low,
            high=figure.high,
            currency=figure.unit,
            approx=figure.approx,
            figure_start=figure.start,
            is_total=False,
        )
    if subject_paid:
        return replace(
            draft,
            at=at,
            payee=company.companies,
            low=figure.low,
            high=figure.high,
            currency=figure.unit,
            approx=figure.approx,
            figure_start=figure.start,
            is_total=False,
        )
    return None


def _parts(items: list[Item], made: dict[int, Draft], verbs: list[VerbGroup]) -> None:
    """ "$1 billion of the $3 billion that X raised": the part is of the whole's kind, for the same payee, from its own subject."""
    for at in sorted(made):
        whole = next((place for place in range(at + 1, min(at + 4, len(items))) if items[place].figure is not None), None)
        if whole not in made or items[at + 1].lower != "of" or made[whole].kind not in {"debt", "equity", "ipo"}:
            continue
        part, carrier = made[at], next((verb for verb in reversed(verbs) if verb.at < at < verb.end), None)
        payer = items[carrier.subject].companies if carrier is not None and carrier.subject is not None and not carrier.passive else ()
        kind = "equity" if made[whole].kind == "ipo" else made[whole].kind
        if not _same(payer, made[whole].payee):
            made[at] = replace(part, kind=kind, payee=made[whole].payee, payer=payer or made[whole].payer, sure=made[whole].sure)
        else:
            made[at] = replace(part, kind=kind, payee=made[whole].payee, payer=made[whole].payer, sure=made[whole].sure)


def _each(items: list[Item], draft: Draft) -> Iterator[Draft]:
    """ "A and B took $250 million apiece" is one deal for each."""
    after = items[draft.at + 1].lower if draft.at + 1 < len(items) else ""
    around = {item.lower for item in items[max(0, draft.at - 4) : draft.at]}
    if len(draft.payer) > 1 and (after in {"apiece", "each"} or "each" in around):
        for company in draft.payer:
            yield replace(draft, payer=(company,))
        return
    yield draft


def _respectively(phrase: Phrase, made: dict[int, Draft]) -> None:
    """ "A and B took $1 billion and $2 billion, respectively": as many companies as amounts, one each, in order."""
    if "respectively" not in phrase.lower:
        return
    drafts = sorted((at, draft) for at, draft in made.items() if not draft.is_total)
    for side in ("payer", "payee"):
        groups = {tuple(company.name for company in getattr(draft, side)) for _, draft in drafts}
        for group in groups:
            members = [(at, draft) for at, draft in drafts if tuple(company.name for company in getattr(draft, side)) == group]
            if len(group) > 1 and len(members) == len(group):
                for nth, (at, draft) in enumerate(members):
                    one = (getattr(draft, side)[nth],)
                    made[at] = replace(draft, payer=one) if side == "payer" else replace(draft, payee=one)
