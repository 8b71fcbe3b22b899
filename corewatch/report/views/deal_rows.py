"""Deals as the views show them: their linked amounts, their order, what their sources say, and what they are called.

In: rows of `deals` with the reading and register of a report. Out: words and markup; the numbers are those of the table.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words, joined, quiet, tag
from corewatch.report.reading import Reading
from corewatch.report.wording import (
    NOT_STATED,
    Amount,
    amount_of,
    counted,
    kind_noun,
    listed,
    payee_of,
    payer_of,
    said,
    start_upper,
    term_of,
    words,
)

FIRM = ("closed", "signed")
STATUS_ORDER = ("closed", "signed", "planned", "talks", "withdrawn")
MOST_ARTICLES = 6
# A row less sure than this is of low confidence; the source audit lists such rows.
LEAST_SURE = 0.5


def by_size(deals: Iterable[Any], currency: str | None = "USD") -> list[Any]:
    """Deals by size: those that go on before what was withdrawn, those in `currency` before others, those without an amount last."""

    def key(deal: Any) -> tuple[Any, ...]:
        amount = amount_of(deal)
        group = 2 if not amount.known else 1 if amount.unit != currency else 0
        names = (STATUS_ORDER.index(deal.status), payer_of(deal), payee_of(deal), deal.deal_id)
        return (deal.status == "withdrawn", group, amount.per is not None, -(amount.stated or 0.0), *names)

    return sorted(deals, key=key)


def main_currency(deals: Iterable[Any]) -> str | None:
    """The currency of most totals of deals that go on, else of most amounts; US dollars on a tie, None where no amount is stated."""
    known = [d for d in deals if amount_of(d).known]
    going = [d for d in known if total_only(amount_of(d)) and d.status != "withdrawn"]
    found = Counter(d.currency for d in going or known)
    return min(found, key=lambda code: (-found[code], code != "USD", code)) if found else None


def linked_amount(reading: Reading, register: Evidence, deal: Any) -> Words:
    """A deal's amount as a link to the words that it was read from, or `not stated`."""
    amount = amount_of(deal)
    return register.link(reading.lead(deal), said(amount)) if amount.known else quiet(NOT_STATED)


def sureness_of(reading: Reading, deal: Any) -> float:
    """How sure it is that there is this deal, from 0 to 1: that of its surest mention; what an analyst put right is sure."""
    return max((1.0 if mention.corrected else float(mention.confidence) for mention in reading.mentions(deal)), default=0.0)


def unsure(reading: Reading, deal: Any) -> bool:
    """Whether a deal rests on rows of low confidence alone."""
    return sureness_of(reading, deal) < LEAST_SURE


def what_for(deal: Any) -> str:
    """What the money is for and how long: `computing, over five years`."""
    return ", ".join(part for part in (kind_noun(deal.kind), term_of(deal)) if part)


def status_word(deal: Any) -> str:
    """How far a deal is: `in talks`."""
    return str(words()["statuses"][deal.status])


def status_tag(deal: Any) -> Markup:
    """The status with its disc."""
    return tag(deal.status, status_word(deal))


def between(deal: Any) -> str:
    """Who pays whom in a sentence: `from OpenAI to CoreWeave`, where a party is not named what it is."""
    return f"from {payer_of(deal)} to {payee_of(deal)}"


def direction(deal: Any) -> str:
    """Who pays whom on a drawing."""
    return f"{start_upper(payer_of(deal))} → {payee_of(deal)}"


def article_links(reading: Reading, mentions: Sequence[Any], most: int = MOST_ARTICLES) -> Markup:
    """The articles of mentions, each once, as links to their passages."""
    first: dict[str, Any] = {}
    for mention in mentions:
        first.setdefault(mention.doc_id, mention)
    links: list[Words] = [
        Markup('<a href="{}">{}</a>').format(reading.passage(doc_id, int(mention.start)), reading.label(doc_id))
        for doc_id, mention in list(first.items())[:most]
    ]
    if len(first) > most:
        links.append(quiet(f"and {len(first) - most} more"))
    return joined(links)


def sources_said(reading: Reading, row: Any, key: str) -> Words:
    """Whether the sources of a deal or metric agree; documents that copy one text or credit one outlet are one source."""
    material, every = reading.conflicts_of(key), reading.conflicts_of(key, material=False)
    corrected = Markup("<br>{}").format(put_right(row.corrected)) if row.corrected else Markup("")
    if material:
        fields = dict.fromkeys(words()["fields"][one.field] for one in material)
        return Markup("<b>differ:</b> {}").format(listed(fields)) + corrected
    if row.n_sources < 2:
        copies = f" of {counted(row.n_documents, 'article')}" if row.n_documents > 1 else ""
        return escape(f"one source{copies}") + corrected
    small = {one.field for one in every}
    how = "agree: earlier and later" if small == {"time"} else "agree within rounding" if small else "agree"
    return escape(how) + corrected


def sources_group(reading: Reading, row: Any, key: str) -> str:
    """What a filter calls the sources of a deal or metric: `differ`, `agree` or `one source`."""
    return "differ" if reading.conflicts_of(key) else "one source" if row.n_sources < 2 else "agree"


def put_right(corrected: str) -> Markup:
    """That an analyst put something right, with the reasons behind a fold; one reason may stand for several mentions."""
    reasons = [Markup("<li>{}</li>").format(reason) for reason in dict.fromkeys(corrected.split("; "))]
    return Markup('<details class="quiet"><summary>corrected</summary><ul>{}</ul></details>').format(Markup("").join(reasons))


def total_only(amount: Amount) -> bool:
    """Whether an amount is a total, which may stand beside other totals; a yearly rate may not."""
    return amount.known and amount.per is None
