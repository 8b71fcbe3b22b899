"""Standing ties between companies: customers, investors, competitors, partners.

In: an article, its deals and its metrics. Out: `Relation`s, one for a pair and kind of tie, whose spans are the sentences that say so.
A tie is told by a noun ("its largest customer, X"), a verb in the present tense without an amount ("X rents from Y") or a share
("X holds 8 percent of Y", "X accounted for a third of sales"). A past tie counts, a denied one does not. What is bought, borrowed or
announced in a sentence is a deal; a parent is no investor. Where the other side is left out ("X, a rival,"), it is the company that
the article is about.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Company, Sentence
from corewatch.lexicon.ties import Tie
from corewatch.mentions.records import DealMention, MetricMention, Relation
from corewatch.mentions.tie_items import PERSON, Item, read_items, surnames_of
from corewatch.mentions.tie_nouns import Found, likewise, ties_by_nouns
from corewatch.mentions.tie_shares import ties_by_shares
from corewatch.mentions.tie_verbs import ties_by_compounds, ties_by_verbs

_SYMMETRIC = frozenset({"competitor_of", "partner_of"})
_METRIC_TIES = {"stake": "investor_in", "revenue_share": "customer_of"}


@dataclass(frozen=True, slots=True)
class _Told:
    """The last tie of a sentence and its other side, for what follows: "So is X", "Another is X"."""

    tie: Tie
    others: tuple[str, ...]


def find_relations(article: Article, deals: Sequence[DealMention], metrics: Sequence[MetricMention]) -> list[Relation]:
    """All ties that an article states, one row a pair and kind, in the order of the text."""
    rows: list[Relation] = []
    surnames = surnames_of(article)
    before: _Told | None = None
    for sentence in article.sentences:
        if sentence.role == "furniture":
            continue
        items = read_items(article, sentence, surnames)
        told: _Told | None = None
        for found in _ties(items, _is_headline(article, sentence)):
            made = list(_rows(article, sentence, items, found))
            rows += [row for row in made if not _is_deal(row, deals)]
            if made:
                told = _Told(found.tie, tuple(dict.fromkeys(row.target if found.tie.source else row.source for row in made)))
        same = told or before
        if same:
            rows += [row for party in likewise(items) for row in _same_tie(sentence, party, same)]
        before = told
    rows += _from_metrics(metrics)
    return _distinct(rows)


def _ties(items: Sequence[Item], headline: bool = False) -> Iterator[Found]:
    """The ties of a sentence, by nouns, verbs and parts."""
    if not items:
        return
    nouns = list(ties_by_nouns(items))
    yield from nouns
    # "relies on X, its largest buyer": the noun is plainer than the verb.
    said = {(found.tie.kind, *_ends(found)) for found in nouns}
    for found in ties_by_verbs(items, headline):
        source, target = _ends(found)
        if (found.tie.kind, target, source) not in said:
            yield found
    yield from ties_by_compounds(items)
    bearers = (found.bearer for found in nouns if found.tie.kind == "customer_of" and found.tie.source)
    yield from ties_by_shares(items, frozenset(company.name for bearer in bearers if bearer for company in bearer.companies))


def _is_headline(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence is a headline; one that ends with a full stop is text, on a page of a single paragraph too."""
    return sentence.role == "headline" and not article.text[sentence.start : sentence.end].endswith((".", ".”", '."'))


def _ends(found: Found) -> tuple[str, str]:
    """The names of the source and the target of a tie."""
    bearer, other = ("; ".join(company.name for company in _side(item)) for item in (found.bearer, found.other))
    return (bearer, other) if found.tie.source else (other, bearer)


def _rows(article: Article, sentence: Sentence, items: Sequence[Item], found: Found) -> Iterator[Relation]:
    """The rows of one tie: every company on the one side with every company on the other."""
    one, other = _side(found.bearer), _side(found.other)
    confidence = found.confidence
    if found.near and not other:
        other = _before(items, found)
    names = {company.name for company in one}
    if found.bearer is not found.other and names & {company.name for company in other}:
        # A pronoun cannot stand for the company that its own tie is with.
        confidence -= 0.1
        if found.spare and not names & {company.name for company in found.spare.companies}:
            other = found.spare.companies
        elif one and not one[0].by_name and other[0].by_name:
            one = ()
        else:
            other = ()
    if found.tie.whole and len(one if found.tie.source else other) == 1:
        return
    if any(company.roles & PERSON for company in (other if found.tie.source else one)) or (
        found.tie.kind != "investor_in" and any(company.roles & PERSON for company in (*one, *other))
    ):
        return
    left, right = [company.name for company in one], [company.name for company in other]
    if not left:
        left, confidence = _meant(article, sentence, right), confidence - 0.1
    if not right:
        right, confidence = _meant(article, sentence, left), confidence - 0.1
    for a in dict.fromkeys(left):
        for b in dict.fromkeys(right):
            source, target = (a, b) if found.tie.source else (b, a)
            if source != target:
                yield Relation(
                    start=sentence.start, end=sentence.end, source=source, relation=found.tie.kind, target=target, confidence=confidence
                )  # fmt: skip


def _same_tie(sentence: Sentence, party: Item, told: _Told) -> Iterator[Relation]:
    """The rows of a party that has the same tie as the one before it."""
    for company in party.companies:
        for other in told.others:
            source, target = (company.name, other) if told.tie.source else (other, company.name)
            if source != target and not company.roles & PERSON:
                yield Relation(start=sentence.start, end=sentence.end, source=source, relation=told.tie.kind, target=target, confidence=0.6)


def _side(item: Item | None) -> tuple[Company, ...]:
    return item.companies if item is not None else ()


def _before(items: Sequence[Item], found: Found) -> tuple[Company, ...]:
    """The last company named before a noun whose other side is left out: "lets chips to cloud customers, including X"."""
    return next((item.companies for item in reversed(items[: found.at]) if item.companies and not item.companies[0].roles & PERSON), ())


def _meant(article: Article, sentence: Sentence, exclude: Sequence[str]) -> list[str]:
    """The company that a text means where it names none: the one it is about, or else the last that it named before the sentence."""
    if article.main_company and article.main_company not in exclude:
        return [article.main_company]
    before = bisect_right(article.companies, sentence.start, key=lambda company: company.end)
    for at in range(before - 1, -1, -1):
        if article.companies[at].name not in exclude:
            return [article.companies[at].name]
    return []


def _is_deal(row: Relation, deals: Sequence[DealMention]) -> bool:
    """Whether a partnership is just the deal that the same sentence announces."""
    if row.relation != "partner_of":
        return False
    for deal in deals:
        payers, payees = (deal.payer or "").split("; "), (deal.payee or "").split("; ")
        crossed = (row.source in payers and row.target in payees) or (row.target in payers and row.source in payees)
        if crossed and deal.start < row.end and row.start < deal.end:
            return True
    return False


def _from_metrics(metrics: Sequence[MetricMention]) -> Iterator[Relation]:
    """An actual stake or share of revenue with a counterpart is a tie of the counterpart to the company."""
    for metric in metrics:
        kind = _METRIC_TIES.get(metric.metric)
        if kind and metric.counterpart and metric.basis == "actual":
            for counterpart in metric.counterpart.split("; "):
                if counterpart != metric.company:
                    yield Relation(
                        start=metric.start, end=metric.end, source=counterpart, relation=kind, target=metric.company,
                        confidence=min(0.9, metric.confidence + 0.1),
                    )  # fmt: skip


def _distinct(rows: Sequence[Relation]) -> list[Relation]:
    """One row for a pair and kind of tie, whichever way round where both ways say the same: the surest, else the first."""
    best: dict[tuple[str, ...], Relation] = {}
    for row in rows:
        pair = sorted((row.source, row.target)) if row.relation in _SYMMETRIC else [row.source, row.target]
        key = (row.relation, *pair)
        if key not in best or row.confidence > best[key].confidence:
            best[key] = row
    return sorted(best.values(), key=lambda row: (row.start, row.end, row.relation, row.source, row.target))
