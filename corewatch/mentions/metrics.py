"""Metric mentions: what an article says about a company in numbers.

In: an article with everything found in it. Out: `MetricMention`s in the order of the text, each resting on its sentence.

The figures of a sentence are read first (`metric_heads`), then their owner (`metric_owners`), then their period (`metric_periods`);
what one sentence says is kept for the next, where a head, a company or a period may be left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Article, Company, Sentence
from corewatch.mentions.metric_heads import Reading, is_expected, is_per_share, noun_of
from corewatch.mentions.metric_holders import Owner
from corewatch.mentions.metric_lists import respective
from corewatch.mentions.metric_money import AGREEMENT, AGREEMENTS
from corewatch.mentions.metric_owners import FINANCE, owner_of
from corewatch.mentions.metric_periods import (
    FLOWS,
    LEVELS,
    Memory,
    dated_after,
    is_compared,
    is_forecast,
    period_of,
    reported_period,
)
from corewatch.mentions.metric_readings import read_figures
from corewatch.mentions.records import MetricMention
from corewatch.mentions.sentence_items import Item, inside, read_items
from corewatch.mentions.subjects import is_neutral

_UNITS = {"gpus": "count", "data_centers": "count", "employees": "count", "power": "MW"}
_SAID_AGAIN = ("revenue", "net_income", "capex", "backlog")  # the metrics whose head the next sentence likes to leave out
_ACTIVE = re.compile(r"\b(?:who|which|that)\s(?:(?:had|has|have|also|once|originally|later|then|jointly)\s)*$|^\s$")
_THE_FIRM = re.compile(r"\bthe\s(?:business|company|firm|group|start-?up|operation|outfit)\b", re.IGNORECASE)
_MEASURES = frozenset(("from", "against", "versus", "vs", "compared with", "compared to", "up from", "down from"))
_AGREEMENT = re.compile(rf"\b(?:{'|'.join(sorted(AGREEMENTS))})\b", re.IGNORECASE)
_BULLETS = frozenset("-–—•*·▪>")
_NAMED_OFTEN = 3
_CLOCK = re.compile(r"\s*\d\d?[.:]\d\d\b")
_LEAD = re.compile(r"(?:\d\d?[.:]\d\d\b|[^\w\s]|(?i:and|but|the|also|so|now|then|here is|first|next)\b|\s)*")
_FOUNDED = re.compile(
    r"\b(?:founded|established|incorporated|co-founded|formed|set\sup|started|spun\sout|spun\soff(?!\sfrom)|around\ssince|in\sbusiness\ssince|started\sout)\b(?P<between>[^.;:,\d]{0,60}?)[\s*:,]+(?:in\s|back\sin\s)?(?P<year>1[89]\d\d|20[0-4]\d)\b",
    re.IGNORECASE,
)


# How often rows of a kind are right, relative to the best: measured on development articles, less what unread ones lose.
_BY_HEAD = {
    "right": 0.8,
    "spend": 0.75,
    "worth": 0.85,
    "of": 0.9,
    "list": 0.88,
    "elided": 0.85,
    "left": 0.95,
    "hold": 0.88,
    "hyphened": 0.9,
}
_BY_METRIC = {
    "stake": 0.85,
    "revenue_share": 0.88,
    "backlog": 0.9,
    "valuation": 0.88,
    "debt": 0.92,
    "capex": 0.94,
    "power": 0.9,
    "gpus": 0.95,
}


@dataclass
class _State:
    """What the sentences so far leave to the next one."""

    memory: Memory
    main: str | None
    topic: Owner | None = None  # whose figures the paragraph has given so far
    heading: Owner | None = None  # the one company of the heading that stands over the paragraph
    paragraph: int = -1
    metric: str | None = None
    mentions: list[MetricMention] = field(default_factory=list)


def find_metric_mentions(article: Article) -> list[MetricMention]:
    """The metrics that an article states, in its order; null bounds are open, `period` is ISO or null.

    A row that says again what another row says (company, metric, counterpart, period and bounds) stays: each has its own evidence.
    """
    state = _State(memory=Memory(reported_period(article)), main=_headliner(article) or article.main_company)
    for number, sentence in enumerate(article.sentences):
        if sentence.role == "furniture":
            continue
        _read_sentence(article, sentence, number, state)
    return state.mentions


def _headliner(article: Article) -> str | None:
    """The company that the first line opens with and that the text goes on to name: its figures are the news, whoever is named most."""
    if not article.sentences:
        return None
    first = article.sentences[0]
    companies = [company for company in inside(first, article.companies) if company.by_name]
    lead = _LEAD.match(article.text, first.start, first.end)
    start = lead.end() if lead else first.start
    opening = companies[0] if companies and companies[0].start - start < 1 and not is_neutral(companies[0]) else None
    if opening is None or article.text[opening.end : opening.end + 2] in ("'s", "’s"):
        return None
    named = sum(company.name == opening.name and company.by_name for company in article.companies)
    own = bool(opening.roles) and not opening.roles & FINANCE
    return opening.name if own and named >= _NAMED_OFTEN else None


def _read_sentence(article: Article, sentence: Sentence, number: int, state: _State) -> None:
    if sentence.paragraph != state.paragraph:
        goes_on = _CLOCK.match(article.text, sentence.start) is not None  # an entry of a live report: what it is about stays
        state.paragraph, state.topic = sentence.paragraph, state.topic if goes_on else state.heading
    companies = inside(sentence, article.companies)
    if _is_heading(article.text, sentence):
        names = {company.name for company in companies}
        state.heading = Owner(names.pop(), None, 0.55) if len(names) == 1 else None
        state.topic = state.heading
    state.mentions += _founded(article, sentence, companies, state)
    if not inside(sentence, article.figures):
        _change_topic(article.text, sentence, companies, state)
        state.metric = _agreement_told(article.text, sentence) or state.metric
        return
    items = without_earnings_per_share(read_items(article, sentence))
    readings = read_figures(items, state.metric)
    _make_mentions(items, readings, sentence, number, state)
    said = [reading.metric for reading in readings.values() if reading.metric != "other"]
    if said:
        state.metric = next((metric for metric in reversed(said) if metric in _SAID_AGAIN), said[0])
    else:
        state.metric = _metric_named(items) or _agreement_told(article.text, sentence)
        _change_topic(article.text, sentence, companies, state)


def _metric_named(items: Sequence[Item]) -> str | None:
    """The one metric that a sentence names without an amount, so that "it stood at $12 billion" after it is read."""
    named = {metric[0] for item in items if (metric := noun_of(item)) is not None} & {"backlog", "capex", "debt", "valuation"}
    return named.pop() if len(named) == 1 else None


def _agreement_told(text: str, sentence: Sentence) -> str | None:
    """Whether a sentence without a metric leaves a contract in mind, so that "it is worth $1 billion" is said of that."""
    return AGREEMENT if _AGREEMENT.search(text, sentence.start, sentence.end) else None


def without_earnings_per_share(items: list[Item]) -> list[Item]:
    """The items less what repeats an amount per share: "$110 million, or 22 cents per share, from"."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        aside = [item.lower for item in items[at : at + 2]] == [",", "or"] and at + 2 < len(items) and items[at + 2].figure_kind == "money"
        if aside and is_per_share(items, at + 2):
            end = next((k for k in range(at + 3, len(items)) if items[k].lower in (",", ";", ".")), len(items))
            at = end + 1 if end < len(items) and items[end].lower == "," else end
            continue
        kept.append(items[at])
        at += 1
    return kept


def _is_heading(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a line of its own between paragraphs, short and without a full stop."""
    alone = text[sentence.end : sentence.end + 1] in ("", "\n") and text[sentence.start - 1 : sentence.start] == "\n"
    bullet = text[sentence.start] in _BULLETS  # of a list of points under the headline
    return alone and not bullet and sentence.end - sentence.start < 60 and text[sentence.end - 1].isalnum() and sentence.paragraph > 0


def _change_topic(text: str, sentence: Sentence, companies: Sequence[Company], state: _State) -> None:
    """A sentence that opens with a company turns the paragraph to it.

    Not where a pronoun still stands for another: "Beta is its customer".
    """
    lead = _LEAD.match(text, sentence.start, sentence.end)
    opening = companies[0] if companies and companies[0].start - (lead.end() if lead else sentence.start) < 1 else None
    if opening is None or is_neutral(opening):
        return
    if all(company.by_name or company.name == opening.name for company in companies):
        state.topic = Owner(opening.name, None, 0.45)


def _make_mentions(items: Sequence[Item], readings: dict[int, Reading], sentence: Sentence, number: int, state: _State) -> None:
    owners: dict[int, Owner] = {}
    periods: dict[int, str | None] = {}
    forecasts: dict[int, bool] = {}
    by_head: dict[int, str | None] = {}
    first_flow: str | None = None
    shares = respective(items, readings)
    for at, reading in readings.items():
        if reading.metric == "other":
            continue
        base = reading.base
        share = next((k for k, other in readings.items() if other.metric == "revenue_share" and k < at < other.head), None)
        known = owners.get(share) if share is not None else owners.get(base) if base is not None else None
        if share is not None and known is not None:  # "44% of the $268 million of revenue": both are of one company
            owner: Owner | None = Owner(known.company, known.segment, known.sure)
        else:
            owner = owner_of(items, reading, state.topic, state.main, known)
        if owner is None:
            continue
        owner = shares.owner(at, reading, owner)
        owners[at] = owner
        figure = items[at].figure
        if figure is None:
            continue
        based = base is not None and forecasts.get(base, False)
        draft = is_forecast(items, reading, based, False)
        base_period = periods.get(base) if base is not None else first_flow
        if base is not None and readings[base].how == "compare" and is_compared(items, at):
            origin = readings[base].base  # "$9 billion, against $8 billion in June and $5 billion a year ago": a year before the first
            base_period = periods.get(origin, base_period) if origin is not None else base_period
        period = period_of(items, reading, draft, base_period, owner.company, state.memory, number, owner.company == state.main)
        if reading.metric == "revenue_growth" and reading.head in by_head and reading.how != "compare":
            period = by_head[reading.head]
        period = shares.period(at, period)
        own = period is not None and base is not None and period != periods.get(base)
        forecast = is_forecast(items, reading, based, own)
        periods[at], forecasts[at] = period, forecast
        measure = at > 0 and items[at - 1].lower in _MEASURES  # "rose 29% from $2 billion in the first quarter of 2025"
        compared = reading.how == "compare" or measure or is_compared(items, at)
        if reading.metric in FLOWS and is_expected(items, at) and by_head.get(reading.head) is not None:
            period = periods[at] = by_head[reading.head]
        if not compared:
            by_head.setdefault(reading.head, period)
        if reading.metric in FLOWS and period is not None and not compared:
            if forecast:
                state.memory.forecasts[owner.company] = (number, period)
            else:
                first_flow = first_flow or period
                if reading.metric != "revenue_share" and base is None and not _is_history(items, at):
                    state.memory.flows[owner.company] = period
            state.memory.last, state.memory.last_at = period, number
        if period is not None and not compared:
            state.memory.any = period
        state.topic = Owner(owner.company, None, owner.sure)
        if period is None:
            before = None if _is_present(items, at) else state.memory.level_before(owner.company, reading, number)
            period = periods[at] = _of_list(items, at, readings) or before
        if reading.metric in LEVELS and period is not None and not compared:
            state.memory.levels[owner.company] = (number, period)
        unit = _UNITS.get(reading.metric) or ("%" if figure.kind in ("percent", "multiple") else figure.unit)
        state.mentions += [
            MetricMention(
                start=sentence.start, end=sentence.end, company=owner.company, segment=owner.segment, metric=reading.metric,
                counterpart=counterpart, period=period, low=reading.low, high=reading.high, unit=unit, approx=figure.approx,
                basis="forecast" if forecast else "actual", figure_start=figure.start, confidence=_confidence(reading, owner),
            )
            for counterpart in _counterparts(items, at, owner)
        ]  # fmt: skip


def _is_present(items: Sequence[Item], at: int) -> bool:
    """Whether a level is told as of today, whatever day the sentence before named: "its debts have climbed past $130 billion"."""
    return any(item.lower in ("has", "have", "now", "'s") for item in items[max(0, at - 3) : at])


def _is_history(items: Sequence[Item], at: int) -> bool:
    """Whether a figure is told in passing of an earlier time: "and earned $88 million, having lost $140 million in 2024"."""
    return any(item.lower in ("having", "had") for item in items[max(0, at - 3) : at])


def _counterparts(items: Sequence[Item], at: int, owner: Owner) -> list[str | None]:
    """The holders of a stake, or the customers of a share: together one, but one each after "each" or "apiece"."""
    near = items[max(0, at - 4) : at + 5]
    if owner.counterpart is not None and any(item.lower in ("each", "apiece") for item in near):
        return [*owner.counterpart.split("; ")]
    return [owner.counterpart]


def _of_list(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> str | None:
    """The period that stands after the last of a list of levels: "420 MW of active and 800 MW of contracted power on March 31"."""
    later = next((k for k in readings if k > at), None)
    if later is None or readings[at].metric not in LEVELS or readings[later].metric not in LEVELS or readings[later].how == "compare":
        return None
    between = items[at + 1 : later]
    joined = len(between) <= 6 and any(item.lower == "and" for item in between)
    joined = joined and not any(item.period or item.has("forecast") for item in between)
    return dated_after(items, later) if joined else None


def _confidence(reading: Reading, owner: Owner) -> float:
    """The chance that a row is right: how its head was found, how its owner, and how hard the metric is."""
    found = _BY_HEAD.get(reading.how, 1.0) * _BY_METRIC.get(reading.metric, 1.0)
    whose = 1.0 if owner.sure >= 0.95 else 0.95 if owner.sure >= 0.7 else 0.86 if owner.sure > 0.5 else 0.7
    return round(0.9 * found * whose, 3)


def _founded(article: Article, sentence: Sentence, companies: Sequence[Company], state: _State) -> list[MetricMention]:
    """The year in which a company was founded: "Founded in 2017, CoreWeave", "the family, which founded Brasa in 1931"."""
    found = []
    for match in _FOUNDED.finditer(article.text, sentence.start, sentence.end):
        between = [company for company in companies if match.start() <= company.start < match.start("year")]
        before = [company for company in companies if company.end <= match.start()]
        named = match.end()
        if article.text.startswith(" by ", named):  # "Founded in 2019 by Beta, Alpha has": the founder is passed over
            named = article.text.find(",", named, sentence.end)
        after = [company for company in companies if 0 <= named <= company.start]
        if between and re.search(r"\b(?:by|at|in|with|of|from)\s+(?:the\s)?$", article.text[match.start() : between[0].start]):
            between = []
        whose = between[:1] or before[-1:] or after[:1]
        itself = match[0].lower().startswith("started out")
        if not between and before and not itself and _ACTIVE.search(article.text[before[-1].end : match.start()]):
            if not _THE_FIRM.search(match[0]):
                continue  # "which together founded a venture": not those who founded it
            whose = []
        name = whose[0].name if whose else state.topic.company if state.topic else state.main
        if name is not None:
            year = float(match["year"])
            found.append(
                MetricMention(
                    start=sentence.start, end=sentence.end, company=name, metric="founded", low=year, high=year, unit="year",
                    confidence=0.85 if whose else 0.6,
                )
            )  # fmt: skip
    return found
