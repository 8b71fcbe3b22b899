"""Standing ties between companies: customers, investors, competitors, partners.

In: an article, its deals and its metrics. Out: `Relation`s, one for a pair and kind of tie, whose spans are the sentences that say so.
A tie is told by a noun ("its largest customer, X"), a verb in the present tense without an amount ("X rents from Y") or a share
("X holds 8 percent of Y", "X accounted for a third of sales"). A past tie counts, a denied one does not. What is bought, borrowed or
announced in a sentence is a deal; a parent is no investor. Where the other side is left out ("X, a rival,"), it is the company that
the article is about.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Company, Sentence
from corewatch.lexicon.ties import tie_words
from corewatch.mentions.records import DealMention, MetricMention, Relation
from corewatch.mentions.tie_patterns import ABSENT, FIRST, SIGN, Found, find_ties

_SYMMETRIC = frozenset({"competitor_of", "partner_of"})
# Organisations that are no parties of a tie: those that a text names as sources or scenery.
_SCENERY = frozenset({"outlet", "research", "exchange", "agency", "association", "project", "law_firm"})
_MEMBER = rf"(?:the (?:[\w-]+ ){{1,3}})?{SIGN}"
_AND = r"(?:and|or|&|as well as|plus)"
_LIST = re.compile(rf"{SIGN}(?:(?:, {_MEMBER})+,? {_AND}| {_AND}) {_MEMBER}(?!'s)")
_SIGNS = re.compile(SIGN)
_TIE_NOUN = re.compile(rf"\b{tie_words().noun}\b")
_OWN_POSSESSIVE = re.compile(r"\b(?:its|our|their)\b")
_OWN = re.compile(rf"^we\b|\bthe (?:start-up|startup|company|firm|lab|miner|designer|group|outfit|club)\b(?! ?[{FIRST}-{ABSENT}])")
_METRIC_TIES = {"stake": "investor_in", "revenue_share": "customer_of"}


@dataclass(frozen=True, slots=True)
class _Masked:
    """A sentence in lower case with a sign for each company or list of companies, and the companies by sign."""

    words: str
    groups: dict[str, tuple[Company, ...]]


def find_relations(article: Article, deals: Sequence[DealMention], metrics: Sequence[MetricMention]) -> list[Relation]:
    """All ties that an article states, one row a pair and kind, in the order of the text."""
    rows: list[Relation] = []
    at = 0
    for sentence in article.sentences:
        while at < len(article.companies) and article.companies[at].start < sentence.start:
            at += 1
        if sentence.role == "furniture":
            continue
        masked = _mask(article, sentence, at)
        for found in find_ties(masked.words):
            rows += [row for row in _rows(article, sentence, masked, found) if not _is_deal(row, deals)]
    rows += _from_metrics(metrics)
    return _distinct(rows)


def _mask(article: Article, sentence: Sentence, at: int) -> _Masked:
    text, companies = article.text, article.companies
    groups: dict[str, tuple[Company, ...]] = {}
    pieces, done = [], sentence.start
    while at < len(companies) and companies[at].end <= sentence.end:
        company = companies[at]
        at += 1
        if (company.roles and company.roles <= _SCENERY) or _describes(article, at - 1):
            continue
        sign = chr(ord(FIRST) + len(groups))
        if sign >= ABSENT:
            break
        groups[sign] = (company,)
        possessive = "'s" if company.text.lower() in ("its", "their", "our") else ""
        pieces += [_lower(text[done : company.start]), sign, possessive]
        done = company.end
    words = "".join([*pieces, _lower(text[done : sentence.end])])
    words = _OWN.sub(ABSENT, _OWN_POSSESSIVE.sub(ABSENT + "'s", words))

    def join(match: re.Match[str]) -> str:
        signs: list[str] = re.findall(SIGN, match.group())
        if ABSENT in signs:
            return match.group()
        groups[signs[0]] = tuple(company for sign in signs for company in groups[sign])
        return signs[0]

    return _Masked(_LIST.sub(join, words), groups)


def _describes(article: Article, at: int) -> bool:
    """Whether a stand-in is better read as words: the tie itself ("the largest customer"), or an apposition ("X, the start-up,")."""
    company = article.companies[at]
    if company.by_name:
        return False
    if _TIE_NOUN.search(company.text.lower()):
        return True
    before = article.companies[at - 1] if at else None
    if before and before.name == company.name and article.text[before.end : company.start] == ", ":
        return True
    after = article.companies[at + 1] if at + 1 < len(article.companies) else None
    return bool(after and after.by_name and article.text[company.end : after.start] == " ")


def _lower(words: str) -> str:
    """Small letters with straight apostrophes; a sign of the text's own (icons of a PDF's font) is no company's."""
    return _SIGNS.sub(" ", words).lower().replace("’", "'").replace("\n", " ")


def _rows(article: Article, sentence: Sentence, masked: _Masked, found: Found) -> Iterator[Relation]:
    """The rows of one tie: every company on the one side with every company on the other."""
    one, other = _side(masked, found.bearer), _side(masked, found.other)
    confidence = found.confidence
    if found.near and not other:
        other = _before(masked, found)
    names = {company.name for company in one}
    if names & {company.name for company in other}:
        # A pronoun cannot stand for the company that its own tie is with.
        confidence -= 0.1
        if found.spare and not names & {company.name for company in _side(masked, found.spare)}:
            other = _side(masked, found.spare)
        elif one and not one[0].by_name and other[0].by_name:
            one = ()
        else:
            other = ()
    if found.tie.whole and _is_parent(one if found.tie.source else other):
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


def _is_parent(owners: Sequence[Company]) -> bool:
    """Whether who has all of a company is its parent: a single owner that does not invest for a living."""
    return len(owners) == 1 and not owners[0].roles & tie_words().investors


def _side(masked: _Masked, sign: str | None) -> tuple[Company, ...]:
    return masked.groups.get(sign, ()) if sign else ()


def _before(masked: _Masked, found: Found) -> tuple[Company, ...]:
    """The last company named before a noun whose other side is left out: "lets chips to cloud customers, including X"."""
    signs = [sign for sign in masked.words[: found.at] if sign in masked.groups]
    return masked.groups[signs[-1]] if signs else ()


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
    pair = {row.source, row.target}
    return any(
        deal.start < row.end and row.start < deal.end and pair <= {*(deal.payer or "").split("; "), *(deal.payee or "").split("; ")}
        for deal in deals
    )


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
