"""What a clause leaves out of a deal: a party, or the kind, from the sentence, an earlier event, or what the document is about.

In: the parties that grammar gave, the sentence, the ledger. Out: the parties filled in, and a kind.
Judgements: the subjects of the sentence come first, then whom the text speaks of; a financier is never filled in as the one who is
financed; where no word says the kind, what the pair has done before says it, then what the payee sells.
"""

from corewatch.language.article import Company
from corewatch.lexicon.deals import lexicon
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_kinds import Votes
from corewatch.mentions.deal_ledger import Draft, Ledger, label_of
from corewatch.mentions.parties import Parties, fit, has_trade, lean
from corewatch.mentions.phrases import Item, Phrase

STRONG = 1.5
CERTAIN = 0.6
SELLING = frozenset({"seek", "sell", "issue", "raise", "place", "draw", "enlarge", "change", "forecast", "offer"})


def kind_by_context(ledger: Ledger, phrase: Phrase, parties: Parties, verb: VerbGroup | None) -> str:
    """The kind where no word says it: what the pair has done before, or what the trades of the two deal in."""
    pair = {company.name for company in (*parties.payer, *parties.payee)}
    sense = phrase.items[verb.at].verb if verb is not None else None
    frame = sense.frame if sense is not None else ""
    if frame in SELLING:
        last = next((draft for draft in ledger.latest() if draft.kind in {"debt", "equity", "ipo"}), None)
        if last is not None and phrase.nth - last.phrase.nth <= 3 and pair & (last.pair[0] | last.pair[1]):
            return last.kind
    for draft in ledger.latest():
        if len(pair) > 1 and pair <= draft.pair[0] | draft.pair[1]:
            return draft.kind
    if has_trade(parties.payer, "lenders"):
        return "debt"
    if has_trade(parties.payer, "financiers"):
        return "equity"
    if not parties.payee or not (parties.payer or frame in {"book", "win"}):
        return ""
    sells = lexicon().sells
    certain = parties.payer_weight >= CERTAIN
    if (
        certain
        and any(company.roles & {"chipmaker"} for company in parties.payer)
        and any("lab" in company.roles for company in parties.payee)
    ):
        return "equity"  # a maker of chips pays a lab for nothing else
    for side in (parties.payee, parties.payer if parties.payee and not certain else ()):  # grammar alone may have them the wrong way round
        for company in side:
            for role in sells:
                if role in company.roles:
                    return sells[role]
    return "compute" if any("lab" in company.roles for company in parties.payer) else ""


def kind_by_payee(kind: str, parties: Parties, votes: Votes) -> str:
    """A kind of goods that its words say only weakly gives way to what the payee sells."""
    if kind not in {"compute", "hardware", "colocation"} or votes.kinds.get(kind, 0.0) >= STRONG or not parties.payee:
        return kind
    sells = lexicon().sells
    sold = {sells[role] for company in parties.payee for role in company.roles if role in sells}
    return next(iter(sold)) if len(sold) == 1 else kind


def fill_parties(
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
        if not payee and not share_a_name(anaphor.payee, payer):
            payee = anaphor.payee
        if not payer and not share_a_name(anaphor.payer, payee) and kind not in {"debt", "equity", "ipo"}:
            payer = anaphor.payer
    subjects = list(dict.fromkeys(items[verb.subject].companies for verb in verbs if verb.subject is not None))
    label = label_of(phrase)
    near = [
        *([label] if label else []),
        *subjects,
        *ledger.focus(phrase),
        *(item.companies for item in items[low:high] if item.tag == "company"),
    ]
    if kind == "backstop" and not payee:
        landlords = [companies for companies in near if fit(companies, "colocation", "payee") > 0.7 and not share_a_name(companies, payer)]
        last = ledger.last("colocation", phrase, 6)
        payee = landlords[0] if landlords else last.payee if last is not None and not share_a_name(last.payee, payer) else ()
    if not payee and kind in {"equity", "hardware"}:
        payee = (
            next((item.companies for item in items[low:high] if item.tag == "brand" and not share_a_name(item.companies, payer)), ())
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
        said = (item.companies for item in items[low:high] if item.tag == "company" and not item.possessive)
        payer = next((companies for companies in said if not share_a_name(companies, payee)), ())
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
    if share_a_name(payer, payee):
        payer = () if kind in {"debt", "equity", "ipo"} else payer
    return Parties(payer, payee, parties.payer_weight, parties.payee_weight), count


def _likeliest(pool: list[tuple[Company, ...]], kind: str) -> tuple[tuple[Company, ...], tuple[Company, ...]]:
    """The pair of a pool whose trades fit payer and payee best; earlier groups win ties."""
    best: tuple[float, tuple[Company, ...], tuple[Company, ...]] = (0.9, (), ())
    for n, payer in enumerate(pool):
        for m, payee in enumerate(pool):
            if payer and payee and not share_a_name(payer, payee):
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
        if companies and not share_a_name(companies, other):
            tilt = lean(companies, kind) * (1 if side == "payer" else -1)
            financier = has_trade(companies, "financiers")
            if tilt > -0.3 and not (side == "payee" and kind in {"debt", "equity", "ipo"} and financier):
                return companies
    return ()


def share_a_name(a: tuple[Company, ...], b: tuple[Company, ...]) -> bool:
    """Whether two groups have a company in common."""
    return bool({company.name for company in a} & {company.name for company in b})
