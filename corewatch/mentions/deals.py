"""The deals of an article: every transaction that it states, with its parties, amount, term and status.

In: an article and its metric mentions. Out: `DealMention`s in the order of the text.
Judgements: an amount is a deal when a noun or verb of deals carries it and nothing says that it is revenue, worth or a fee;
a deal without an amount needs both parties and an act. What a clause leaves out is filled from the document: an earlier event
that it points back to, or the company that the document is about.
"""

from collections import defaultdict

from corewatch.language.article import Article
from corewatch.mentions.clauses import read_verbs
from corewatch.mentions.credits import credited_to, date_of
from corewatch.mentions.deal_acts import read_acts
from corewatch.mentions.deal_amounts import read_amounts
from corewatch.mentions.deal_ledger import Draft, Ledger
from corewatch.mentions.parties import joined
from corewatch.mentions.phrases import read_phrases
from corewatch.mentions.records import DealMention, MetricMention

HAPPENED = frozenset({"signed", "closed", "withdrawn"})
GOODS = frozenset({"compute", "hardware", "colocation"})
SURE = 0.5
LEAST_SURE = 0.12  # rows below it are right too seldom to raise F1 (development texts)


def find_deal_mentions(article: Article, metrics: list[MetricMention]) -> list[DealMention]:
    """Every deal that the article states; a company's forecast of its own capital spending is one."""
    ledger = Ledger(article, metrics)
    for phrase in read_phrases(article):
        if phrase.lower.startswith("#") or any(item.tag == "company" or item.figure is not None for item in phrase.items):
            ledger.open(phrase)
            verbs = read_verbs(phrase.items)
            for draft in read_amounts(ledger, phrase, verbs):
                ledger.add(draft)
            for draft in read_acts(ledger, phrase, verbs):
                ledger.add(draft)
            ledger.close(phrase)
    kept = _without_restatements(ledger.drafts)
    found = [*(_mention(article, draft) for draft in kept if draft.sure >= LEAST_SURE), *_capex(metrics)]
    return sorted(found, key=lambda mention: (mention.start, mention.figure_start or -1, mention.kind))


def _without_restatements(drafts: list[Draft]) -> list[Draft]:
    """The drafts less what another says more fully: the same amount with more parties, or, without amount, the same parties with one."""
    # What says more of a draft has its sum or its names: a long text would take minutes if each were compared with all.
    rivals: dict[object, list[tuple[int, Draft]]] = defaultdict(list)
    for nth, draft in enumerate(drafts):
        rivals[_names(draft)].append((nth, draft))
        if draft.figure_start is not None:
            rivals[_sum(draft)].append((nth, draft))
    return [
        draft
        for nth, draft in enumerate(drafts)
        if not any(
            _says_more(other, draft, at < nth)
            for at, other in rivals[_names(draft) if draft.figure_start is None else _sum(draft)]
            if other is not draft
        )
    ]


def _names(draft: Draft) -> frozenset[str]:
    return draft.pair[0] | draft.pair[1]


def _sum(draft: Draft) -> tuple[float | None, float | None, str | None]:
    return draft.low, draft.high, draft.currency


def _says_more(other: Draft, draft: Draft, earlier: bool) -> bool:
    if draft.figure_start is None and draft.kind in GOODS and other.kind in GOODS and draft.kind != other.kind and draft.sure < SURE:
        return other.figure_start is not None and _names(draft) == _names(other)
    if draft.figure_start is None:
        return other.kind == draft.kind and other.pair == draft.pair and (other.figure_start is not None or earlier)
    if other.figure_start is None or _sum(other) != _sum(draft):
        return False
    smaller = all(mine <= theirs for mine, theirs in zip(draft.pair, other.pair, strict=True))
    if other.kind == draft.kind:
        return smaller and draft.pair != other.pair
    headline = draft.phrase.sentence.role == "headline" and other.phrase.sentence.role != "headline"
    return headline and draft.sure < 0.5 and bool(_names(draft) & _names(other))


def _mention(article: Article, draft: Draft) -> DealMention:
    sentence = draft.phrase.sentence
    return DealMention(
        start=(draft.first_phrase or draft.phrase).sentence.start,
        end=sentence.end,
        kind=draft.kind,
        payer=joined(draft.payer),
        payee=joined(draft.payee),
        low=draft.low,
        high=draft.high,
        currency=draft.currency,
        approx=draft.approx,
        per=draft.per,
        term_years=draft.term_years,
        through=draft.through,
        status=draft.status,
        asserted_by=credited_to(article, draft.phrase),
        date=date_of(article, draft.phrase, draft.at) if draft.status in HAPPENED else None,
        is_total=draft.is_total,
        figure_start=draft.figure_start,
        confidence=draft.sure,
    )


def _capex(metrics: list[MetricMention]) -> list[DealMention]:
    """Company-wide spending that is guided or planned is a deal of its own as well."""
    return [
        DealMention(
            start=metric.start,
            end=metric.end,
            kind="capex",
            payer=metric.company,
            payee=None,
            low=metric.low,
            high=metric.high,
            currency=metric.unit,
            approx=metric.approx,
            status="planned",
            figure_start=metric.figure_start,
            confidence=metric.confidence,
        )
        for metric in metrics
        if metric.metric == "capex" and metric.basis == "forecast" and metric.segment is None
    ]
