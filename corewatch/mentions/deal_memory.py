"""What the whole document says of its deals and companies, counted once for all its events.

In: the first reading of an article. Out: a `Memory`: how often each company is named, which companies and kinds of deal its
first lines have, and what the rules drafted where.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, chain

from corewatch.language.article import Company
from corewatch.lexicon.deals import lexicon
from corewatch.mentions.deal_ledger import Draft
from corewatch.mentions.deal_readings import FirstReading
from corewatch.mentions.phrases import Phrase

MOST_NEAR = 40  # drafts on either side; no article has so many in so few sentences
NEAR = 8  # drafts within so many sentences lend their parties to an event

# The names of companies that stand together, the companies, and whether they stand as a subject does.
Group = tuple[tuple[str, ...], tuple[Company, ...], bool]


@dataclass(slots=True)
class Memory:
    """Shares, counts and places of a document; `levels` says of which metric a figure is the value, by its offset;
    `called` has the last words of the descriptions that stand for a company ("lender" of "the Texan lender"),
    `makers` who makes a product that is known by its own name ("Blackwell"), where the document names that company,
    `sums` the kinds of the drafts with the same bounds and currency, and in which sentences they are.
    """

    first: FirstReading
    title_kinds: set[str] = field(default_factory=set)
    title_names: set[str] = field(default_factory=set)
    shares: dict[str, float] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=dict)
    makers: dict[str, Company] = field(default_factory=dict)
    phrases: dict[int, Phrase] = field(default_factory=dict)
    sums: dict[tuple[float | None, float | None, str | None], dict[str, set[int]]] = field(default_factory=dict)
    by_sentence: dict[int, list[int]] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)
    groups: dict[int, list[Group]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the drafts by their sentences; a draft may stand in a later sentence than the one after it."""
        for at, draft in enumerate(self.first.ledger.drafts):
            self.by_sentence.setdefault(draft.phrase.nth, []).append(at)
        self.told = sorted(self.by_sentence)
        self.latest = list(accumulate((self.by_sentence[nth][-1] for nth in self.told), max))

    def groups_of(self, nth: int) -> list[Group]:
        """The groups of companies of a sentence, each once, and once more where it stands free."""
        if nth not in self.groups:
            phrase = self.phrases.get(nth)
            found: dict[tuple[tuple[str, ...], bool, bool], Group] = {}
            for at, item in enumerate(phrase.items if phrase is not None else ()):
                if item.tag != "company" or phrase is None:
                    continue
                names, companies, free = names_of(item.companies), item.companies, _stands_free(phrase, at)
                found.setdefault((names, len(companies) > 1, free), (names, companies, free))
            self.groups[nth] = list(found.values())
        return self.groups[nth]

    def drafts_near(self, phrase: Phrase) -> list[Draft]:
        """The drafts of the sentences around."""
        near = (self.by_sentence.get(nth, ()) for nth in range(phrase.nth - NEAR, phrase.nth + NEAR + 1))
        places = sorted(chain.from_iterable(near))
        own = bisect_left(places, next(iter(self.by_sentence.get(phrase.nth, ())), len(self.first.ledger.drafts)))
        return [self.first.ledger.drafts[at] for at in places[max(0, own - MOST_NEAR) : own + MOST_NEAR]]

    def draft_before(self, phrase: Phrase) -> Draft | None:
        """The last draft of the sentences before."""
        before = bisect_left(self.told, phrase.nth)
        return self.first.ledger.drafts[self.latest[before - 1]] if before else None


def remember(first: FirstReading) -> Memory:
    """The memory of an article."""
    names: Counter[str] = Counter()
    memory = Memory(first, phrases={phrase.nth: phrase for phrase in first.phrases})
    for phrase in first.phrases:
        opens = phrase.sentence.role == "headline" or phrase.nth == 0
        for item in phrase.items:
            if item.tag == "noun" and item.noun is not None:
                if opens:
                    memory.title_kinds.add(item.noun.kind)
            elif item.tag in {"company", "brand"}:
                names.update(company.name for company in item.companies)
                if opens:
                    memory.title_names.update(company.name for company in item.companies)
    memory.shares = {name: count / names.total() for name, count in names.items()}
    memory.levels = {metric.figure_start: f"{metric.metric}:{metric.basis}" for metric in first.metrics if metric.figure_start is not None}
    called = defaultdict(set)
    for company in first.article.companies:
        if not company.by_name and " " in company.text:
            called[company.name].add(company.text.casefold().split()[-1])
    memory.called = dict(called)
    by_name = {company.name: company for company in reversed(first.article.companies)}
    memory.makers = {
        product: by_name[name] for name, products in lexicon().cues["makers"].items() if name in by_name for product in products
    }
    for draft in first.ledger.drafts:
        if draft.figure_start is not None:
            sentences = memory.sums.setdefault((draft.low, draft.high, draft.currency), {}).setdefault(draft.kind, set())
            sentences.add(draft.phrase.nth)
    return memory


def _stands_free(phrase: Phrase, at: int) -> bool:
    """Whether no preposition governs a company and it owns nothing, as a subject stands."""
    return not phrase.items[at].possessive and (at == 0 or phrase.items[at - 1].tag not in {"prep", "to"})


def names_of(companies: tuple[Company, ...]) -> tuple[str, ...]:
    """The canonical names of a group, each once, in order."""
    return tuple(dict.fromkeys(company.name for company in companies))
