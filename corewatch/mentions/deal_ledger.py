"""What a document has said of deals so far: the drafts of its mentions, and what they let later sentences leave out.

In: drafts in the order of the text. Out: for a kind and a clause, the event that "the round" or "that loan" points back to,
the direction that a pair of companies has had, and the company that the text is speaking of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from corewatch.language.article import Article, Company
from corewatch.mentions.phrases import SCENERY, Phrase
from corewatch.mentions.records import MetricMention

# Metrics whose figures are never the amount of a deal; a level of debt or spending may be said in the words of one.
# A company with this share of all mentions leads its document (judged on the development texts).
LEADING = 0.2
RECENT = 3
SHORT = 60
REMEMBERED = 200  # drafts; a text with more is no article, and would be searched through for each of its sentences
LEVELS = frozenset({"revenue", "net_income", "backlog", "valuation", "share_price", "debt"})


@dataclass(slots=True)
class Draft:
    """A deal mention in the making; `sure` is how certain the reading is."""

    phrase: Phrase
    at: int
    kind: str
    payer: tuple[Company, ...] = ()
    payee: tuple[Company, ...] = ()
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    approx: bool = False
    per: str | None = None
    term_years: float | None = None
    through: int | None = None
    status: str = "signed"
    is_total: bool = False
    figure_start: int | None = None
    noun: str = ""
    sure: float = 0.5

    @property
    def pair(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names on both sides."""
        return frozenset(company.name for company in self.payer), frozenset(company.name for company in self.payee)


@dataclass(slots=True)
class Ledger:
    """The memory of one document."""

    article: Article
    metrics: list[MetricMention]
    drafts: list[Draft] = field(default_factory=list)
    main: tuple[Company, ...] = ()
    topic: tuple[Company, ...] = ()
    levels: dict[int, str] = field(default_factory=dict)
    leads: bool = True
    topic_at: int = -10
    section: tuple[Company, ...] = ()

    def __post_init__(self) -> None:
        """Find the document's main company among its companies, and the figures that are levels of a metric."""
        name = self.article.main_company
        named = [company for company in self.article.companies if company.name == name]
        self.main = (next((company for company in named if company.by_name), named[0]),) if named else ()
        parties = [company for company in self.article.companies if is_party(company)]
        self.leads = len(named) >= LEADING * len(parties)
        self.levels = {
            m.figure_start: m.metric for m in self.metrics if m.figure_start is not None and (m.metric in LEVELS or m.metric == "capex")
        }

    def focus(self, phrase: Phrase) -> list[tuple[Company, ...]]:
        """Whom the text speaks of where a clause leaves it out: its main company where one leads the text, else the latest topic."""
        if self.section:
            return [self.section, self.main]
        topic = self.topic if phrase.nth - self.topic_at <= RECENT else ()
        return [self.main, topic] if self.leads else [topic, self.main]

    def open(self, phrase: Phrase) -> None:
        """Before a sentence: a company's name alone, or in a heading, opens its section; any other heading closes it."""
        names = [item for item in phrase.items if item.tag == "company"]
        words = [item for item in phrase.items if item.tag not in {"company", "stop", "comma"} and any(c.isalpha() for c in item.lower)]
        heading = phrase.lower.startswith("#")
        if names and not words and len(names) == 1 and len(names[0].companies) == 1 and phrase.sentence.end - phrase.sentence.start < SHORT:
            self.section = names[0].companies
        elif heading:
            self.section = names[0].companies if len(names) == 1 else ()

    def add(self, draft: Draft) -> None:
        """Remember a draft."""
        self.drafts.append(draft)

    def fund(self, phrase: Phrase, kind: str, payer: tuple[Company, ...]) -> bool:
        """ "X led the round": name the payer of an event of the last sentences that has none; whether there was one."""
        for draft in reversed(self.drafts):
            if phrase.nth - draft.phrase.nth > 2:
                return False
            if draft.kind == kind and draft.figure_start is not None and not draft.payer and not draft.is_total:
                draft.payer = payer
                draft.phrase = phrase
                return True
        return False

    def close(self, phrase: Phrase) -> None:
        """After a sentence: its first company that nothing governs is what the text speaks of."""
        for i, item in enumerate(phrase.items):
            if item.tag == "company" and not item.possessive and len(item.companies) == 1:
                before = phrase.items[i - 1] if i else None
                if before is None or before.tag not in {"prep", "to"}:
                    self.topic, self.topic_at = item.companies, phrase.nth
                    return

    def latest(self) -> Iterator[Draft]:
        """The drafts from the latest back, as many as any article has."""
        return islice(reversed(self.drafts), REMEMBERED)

    def last(self, kind: str, phrase: Phrase, within: int = 4) -> Draft | None:
        """The latest event of a kind within some sentences before this one."""
        for draft in self.latest():
            if draft.kind == kind and phrase.nth - draft.phrase.nth <= within:
                return draft
        return None

    def recent(self, phrase: Phrase, within: int = 2) -> Draft | None:
        """The latest event of any kind within some sentences."""
        if self.drafts and phrase.nth - self.drafts[-1].phrase.nth <= within:
            return self.drafts[-1]
        return None


def is_party(company: Company) -> bool:
    """Whether a company may be a party: an outlet or research firm is a source."""
    return not (company.roles and company.roles <= SCENERY)


def label_of(phrase: Phrase) -> tuple[Company, ...]:
    """The company that labels a line of a list: "* Meta: up to $14 billion"."""
    for place, item in enumerate(phrase.items[:4]):
        if item.tag == "company":
            after = phrase.items[place + 1] if place + 1 < len(phrase.items) else None
            return item.companies if after is not None and after.tag == "colon" else ()
        if any(c.isalpha() for c in item.lower):
            return ()
    return ()
