"""What the whole document says of its deals and companies, counted once for all its events.

In: the first reading of an article. Out: a `Memory`: which kinds of deal its nouns speak of, how often each company is named,
and which companies and kinds its first lines have.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from corewatch.language.article import Company
from corewatch.lexicon.deals import lexicon
from corewatch.mentions.deal_ledger import Draft
from corewatch.mentions.deal_readings import FirstReading
from corewatch.mentions.phrases import Phrase

NEAR = 8  # drafts within so many sentences lend their parties to an event


@dataclass(slots=True)
class Memory:
    """Shares, counts and places of a document; `levels` says of which metric a figure is the value, by its offset;
    `called` has the last words of the descriptions that stand for a company ("lender" of "the Texan lender"),
    `makers` who makes a product that is known by its own name ("Blackwell"), where the document names that company.
    """

    first: FirstReading
    kinds: dict[str, float] = field(default_factory=dict)
    title_kinds: set[str] = field(default_factory=set)
    title_names: set[str] = field(default_factory=set)
    shares: dict[str, float] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=dict)
    makers: dict[str, Company] = field(default_factory=dict)
    phrases: dict[int, Phrase] = field(default_factory=dict)
    sums: dict[tuple[float | None, float | None, str | None], list[Draft]] = field(default_factory=dict)

    def drafts_near(self, phrase: Phrase) -> list[Draft]:
        """The drafts of the sentences around."""
        return [draft for draft in self.first.ledger.drafts if abs(draft.phrase.nth - phrase.nth) <= NEAR]


def remember(first: FirstReading) -> Memory:
    """The memory of an article."""
    nouns: Counter[str] = Counter()
    names: Counter[str] = Counter()
    memory = Memory(first, phrases={phrase.nth: phrase for phrase in first.phrases})
    for phrase in first.phrases:
        opens = phrase.sentence.role == "headline" or phrase.nth == 0
        for item in phrase.items:
            if item.tag == "noun" and item.noun is not None:
                nouns[item.noun.kind] += 1
                if opens:
                    memory.title_kinds.add(item.noun.kind)
            elif item.tag in {"company", "brand"}:
                names.update(company.name for company in item.companies)
                if opens:
                    memory.title_names.update(company.name for company in item.companies)
    memory.kinds = {kind: count / nouns.total() for kind, count in nouns.items()}
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
    sums = defaultdict(list)
    for draft in first.ledger.drafts:
        if draft.figure_start is not None:
            sums[draft.low, draft.high, draft.currency].append(draft)
    memory.sums = dict(sums)
    return memory


def names_of(companies: tuple[Company, ...]) -> tuple[str, ...]:
    """The canonical names of a group, each once, in order."""
    return tuple(dict.fromkeys(company.name for company in companies))
