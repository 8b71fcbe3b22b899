"""Whose figure it is: the company, its segment, and the counterpart of a stake or of a share of revenue.

In: the items of a sentence with a reading, and the company that the text is about at that point. Out: an `Owner`.

Judgements made here: a possessor before the head holds ("CoreWeave's revenue"), then a company joined to it ("shares of Oracle"),
then the subject of the clause, then that of an earlier clause, then the topic: the subject of the sentence before, else the main company.
"""

from collections.abc import Sequence

from corewatch.language.article import Company
from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading
from corewatch.mentions.metric_holders import Owner, owner_of_stake
from corewatch.mentions.sentence_items import Item
from corewatch.mentions.subjects import is_neutral, joined_subjects, subject_before

_MODIFIERS = 5
_SAID_OF = 0.5  # how surely a topic is known of which a figure was told
_CUSTOMERS = word_class("customers")


FINANCE = frozenset(
    ("bank", "fund", "hedge_fund", "venture", "private_equity", "credit_fund", "asset_manager", "investor", "research", "insurer")
)


_NO_CUSTOMERS = frozenset(
    ("alone", "together", "which", "who", "that", "them", "also", "still", "latter", "former", "first", "now", "itself", "had", "between")
)


def owner_of(items: Sequence[Item], reading: Reading, topic: Owner | None, main: str | None, base: Owner | None) -> Owner | None:
    """The owner of a figure, or null where nothing says whose it is. `base` is the owner of the figure that it is compared with."""
    if reading.metric == "stake":
        return owner_of_stake(items, reading, topic, main, base)
    if reading.metric == "revenue_share":
        return _owner_of_share(items, reading, topic, main, base)
    if reading.metric == "share_price_change":
        after = items[reading.at + 1 : reading.at + 3]  # "against a drop of 3% for Oracle"
        if len(after) == 2 and after[0].lower == "for" and after[1].company is not None:
            return Owner(after[1].company.name, None, 0.9)
    if base is not None and reading.how in ("compare", "to", "list", "level", "after"):
        return base
    moved = items[reading.head].company
    if reading.how == "company" and moved is not None:
        return Owner(moved.name, moved.segment, 0.88)
    if reading.how == "gapped" and reading.base is not None:
        named = next((item.company for item in reversed(items[reading.base : reading.at]) if item.company is not None), None)
        if named is not None:
            return Owner(named.name, named.segment, 0.88)
    if reading.how == "those":
        of = next((item.company for item in reversed(items[: reading.at]) if item.company is not None), None)
        return Owner(of.name, None, 0.8) if of is not None else None
    if reading.how == "hyphened":
        described = next((item.company for item in items[reading.at + 1 : reading.at + 5] if item.company is not None), None)
        return Owner(described.name, None, 0.9) if described else _topic(topic, main)
    if reading.metric == "share_price" and "target" in items[reading.head].lower:
        return _owner_of_target(items, reading) or _topic(topic, main)
    if reading.metric == "valuation" and _is_described(items, reading):
        return _topic(topic, main)
    found = (
        _possessor(items, reading.head)
        or _joined(items, reading)
        or (_invested(items, reading) if reading.metric == "valuation" else None)
        or _opening(items, reading)
        or subject_before(items, min(reading.head, reading.at), gapped=(reading.how == "gapped" and reading.at) or None)
    )
    if found is not None:
        company, sure = found
        if reading.metric == "valuation" and not company.by_name and company.roles & FINANCE and main is not None and main != company.name:
            return _topic(None, main)  # "the round was led by Alpha Capital and values the company at"
        if company.roles & FINANCE and reading.metric in ("revenue", "revenue_growth", "net_income", "capex"):
            rated = _rated(items, company)
            if rated is not None:
                return Owner(rated.name, None, 0.8)
        definite = reading.head > 0 and items[reading.head - 1].lower == "the"
        if definite and main is not None and company.roles & FINANCE:
            return _topic(None, main)  # "the fund sees the stock at $6"
        return Owner(company.name, company.segment, sure)
    if reading.metric in ("share_price", "share_price_change") and topic is not None and topic.sure < _SAID_OF and main is not None:
        return _topic(None, main)  # "the stock" is that of whom the text is about, not of one who only opened a sentence
    return _topic(topic, main)


def _owner_of_target(items: Sequence[Item], reading: Reading) -> Owner | None:
    """The company that an analyst's target is for: "a target of $40 on Oracle"; never the analyst's own."""
    for j in (*range(reading.head + 1, min(reading.head + 5, len(items))), *range(reading.at + 1, min(reading.at + 4, len(items)))):
        company = items[j].company
        if company is not None and items[j - 1].lower in ("on", "of", "for"):
            return Owner(company.name, None, 0.95)
    return None


def _rated(items: Sequence[Item], speaker: Company) -> Company | None:
    """The company that a bank has a target or forecast for: "cut its target for Marvell and left its forecast of sales"."""
    if not any("target" in item.lower or item.lower in ("forecast", "estimate", "rating") for item in items):
        return None
    for j in range(1, len(items)):
        company = items[j].company
        if company is not None and company.name != speaker.name and items[j - 1].lower in ("on", "of", "for"):
            return company
    return None


def _is_described(items: Sequence[Item], reading: Reading) -> bool:
    """Whether the company valued is told by words only ("values the start-up at"), or the subject is an investor ("led the round at")."""
    head = reading.head
    if items[head].has("verb:valuation"):
        between = items[head + 1 : reading.at]
        return any(item.is_word and item.lower not in ("at", "the", "about", "around") for item in between) and not any(
            item.company for item in between
        )
    before = items[:head]
    invests = any(item.has("invest") for item in before)
    return (
        invests
        and not any(item.lower in ("raise", "raised", "raises", "raising", "closed") for item in before)
        and not _invested(items, reading)
    )


def _topic(topic: Owner | None, main: str | None) -> Owner | None:
    """Whose figures the text is giving at this point."""
    if topic is not None:
        return Owner(topic.company, None, 0.6)
    return Owner(main, None, 0.6) if main else None


def _possessor(items: Sequence[Item], head: int) -> tuple[Company, float] | None:
    """ "Oracle's quarterly revenue", "its net loss", "Nebius shares"."""
    for j in range(head - 1, max(-1, head - _MODIFIERS - 1), -1):
        company = items[j].company
        if items[j].lower == "whose":  # "Ploughshare, a maker of agents for farmers whose 11 employees"
            before = next((item.company for item in reversed(items[:j]) if item.company is not None and item.company.by_name), None)
            return (before, 0.8) if before is not None else None
        if company is not None:
            participle = j > 1 and items[j - 1].lower.endswith("ing") and items[j - 2].lower == ","
            if participle and company.text.lower() in ("its", "their"):  # "Alpha signed a lease with Beta, sending its shares up": Alpha's
                return subject_before(items, j - 2) or (company, 0.7)
            owns = items[j + 1].lower == "'s" or company.text.lower() in ("its", "their", "our", "his", "whose") or j == head - 1
            return (company, 1.0) if owns and not is_neutral(company) else None
        if (
            items[j].figure is not None
            or items[j].lower in (",", ";", ".", "and", "of", "in", "to", "from")
            or items[j].has("deal", "hold")
        ):
            return None
    return None


def _joined(items: Sequence[Item], reading: Reading) -> tuple[Company, float] | None:
    """ "Shares of Oracle", "revenue at Dell", "valued the laboratory at"."""
    head = reading.head
    after = items[head + 1 : head + 5]
    if items[head].has("verb:valuation"):
        for item in after[:4]:
            if item.company is not None:
                return item.company, 0.95
            if item.figure is not None:
                break
        return None
    if after and after[0].lower in ("of", "in", "at", "for", "on"):
        for item in after[1:]:
            if item.company is not None:
                return (item.company, 0.95) if not is_neutral(item.company) else None
            if item.lower not in ("the", "a", "an", "both"):
                break
    return None


def _opening(items: Sequence[Item], reading: Reading) -> tuple[Company, float] | None:
    """The company that a sentence is placed at: "At Alpha, where servers sell best, second-quarter revenue rose 27%"."""
    if (
        len(items) < 4
        or items[0].lower not in ("at", "over at", "for")
        or reading.metric not in ("revenue", "revenue_growth", "net_income")
    ):
        return None
    company = items[1].company
    placed = company is not None and company.by_name and items[2].lower == "," and not is_neutral(company)
    apart = any(item.lower == ";" for item in items[: reading.head])
    others = any(item.company is not None and item.company.name != (company.name if company else "") for item in items[3 : reading.head])
    return (company, 0.85) if company is not None and placed and not apart and not others else None


def _invested(items: Sequence[Item], reading: Reading) -> tuple[Company, float] | None:
    """The company invested in, where the subject is the investor: "put $5 billion into Anthropic at a valuation of"."""
    for j in range(reading.head - 1, 0, -1):
        company = items[j].company
        if company is not None and items[j - 1].lower in ("in", "into", "for") and any(item.has("invest") for item in items[:j]):
            return company, 0.8
    return None


def _latter(items: Sequence[Item], at: int) -> list[Company]:
    """The customer that "the latter", "the former" or "the first of them" takes up."""
    for j in range(at - 1, 0, -1):
        named = [item.company for item in items[:j] if item.company is not None and item.company.by_name]
        if items[j].lower == "latter" and named:
            return named[-1:]
        if (
            named
            and (items[j].lower == "former" or (items[j].lower == "first" and items[j + 1].lower == "of"))
            and items[j - 1].lower == "the"
        ):
            return named[:1]
    return []


def _seller_of_customers(items: Sequence[Item], at: int) -> Company | None:
    """Whose customer is spoken of: "its largest customer brought in", "Alpha's biggest client"."""
    for j in range(at):
        company = items[j].company
        owns = company is not None and (company.text.lower() in ("its", "their", "our") or items[j + 1].lower == "'s")
        if owns and any(item.lower in ("customer", "customers", "client", "clients", "tenant", "buyer") for item in items[j + 1 : j + 5]):
            return company
    return None


def _owner_of_share(items: Sequence[Item], reading: Reading, topic: Owner | None, main: str | None, base: Owner | None) -> Owner | None:
    """The seller and its customer: "Microsoft accounted for 67% of CoreWeave's revenue", "got 61 percent of its revenue from CoreWeave"."""
    at, head = reading.at, reading.head
    if reading.how == "compare" and base is not None:
        return base
    if reading.how == "share" and head < at and head + 1 < at and items[head + 1].lower == "of":
        whose = next((item.company for item in items[head + 2 : at] if item.company is not None), None)
        customer = next((items[j].company for j in range(head - 1, max(-1, head - 4), -1) if items[j].company is not None), None)
        if (
            whose is not None and customer is not None and whose.name != customer.name
        ):  # "Microsoft's share of CoreWeave's sales fell to 62%"
            return Owner(whose.name, whose.segment, 0.9, customer.name)
    seller = next((item.company for item in items[at + 1 : head] if item.company is not None), None) if head > at else None
    if seller is not None and not seller.by_name and seller.name in {company.name for company in joined_subjects(items, at)}:
        seller = None
    customers: list[Company] = []
    after = items[max(at, head) + 1 : max(at, head) + 9]
    owed = any(item.has("verb:debt") or item.lower in ("due", "sold", "sells") for item in items[max(0, at - 3) : at])  # "owed 87% to G42"
    source = next(
        (k for k, item in enumerate(after) if item.lower == "from" or item.lower.endswith(" from") or (owed and item.lower == "to")), None
    )
    if source is not None:
        customers = [item.company for item in after[source + 1 : source + 4] if item.company is not None][:1]
    verb = next((j for j in range(at - 1, 0, -1) if items[j].has("share")), None)
    told = verb is not None and items[verb - 1].is_word and not items[verb - 1].tags and items[verb - 1].lower not in _NO_CUSTOMERS
    subjects = _latter(items, at) or joined_subjects(items, at)
    if told and seller is None and verb is not None:  # "with servers accounting for 42% of revenue": no company is the customer
        subject = subject_before(items, verb)
        seller, subjects = (subject[0] if subject else None), []
    if seller is None:
        seller = _seller_of_customers(items, at)
        if seller is not None and not seller.by_name and seller.name in {company.name for company in subjects}:
            seller = None  # "Alpha is by far its biggest customer": nobody is a customer of himself
    if seller is None and source is not None and customers and subjects:
        seller, subjects = subjects[-1], []
    unnamed = (
        reading.how == "list"
        and reading.base is not None
        and any(
            item.lower in _CUSTOMERS or (item.figure is not None and item.figure.unit in _CUSTOMERS)
            for item in items[reading.base + 1 : at]
        )
    )
    if not customers and not unnamed:  # "and the next four customers for another 30%": whoever they are
        customers = [company for company in subjects if seller is None or company.name != seller.name]
    if seller is None and base is not None:
        name, segment, sure = base.company, base.segment, base.sure
    elif seller is not None:
        name, segment, sure = seller.name, seller.segment, 0.95
    else:
        others = {company.name for company in customers}
        found = next((name for name in (topic.company if topic else None, main) if name and name not in others), None)
        if found is None and customers:
            found, customers = customers[0].name, []  # "the largest of its customers, which Alpha does not name"
        if found is None:
            return None
        name, segment, sure = found, None, 0.65
    names = list(dict.fromkeys(company.name for company in customers if company.name != name))
    return Owner(name, segment, sure, "; ".join(names) or None)
