"""Names of companies and deals as links to their pages.

In: rows and names, with the reading of the page. Out: markup; a name without a page of its own stays text.
"""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from corewatch.lexicon.telling import sentence
from corewatch.report.fragments import Words, joined, listed_markup
from corewatch.report.reading import Reading
from corewatch.report.wording import (
    amount_of,
    kind_noun,
    metric_noun,
    names_of,
    payee_of,
    payer_of,
    period_words,
    present,
    said,
    start_upper,
    words,
)

MOST_NAMES = 3


def company_link(reading: Reading, name: str) -> Words:
    """A company's name as a link to its page, elsewhere than on that page."""
    href = reading.company_href(name)
    return name if href is None or name == reading.here else Markup('<a class="plain" href="{}">{}</a>').format(href, name)


def label_links(reading: Reading, names: Iterable[str]) -> dict[str, Markup]:
    """For names in a drawing, the attributes of links to their pages; a name without a page of its own has none."""
    found = {name: reading.company_href(name) for name in names}
    return {name: Markup(' class="plain" href="{}"').format(href) for name, href in found.items() if href and name != reading.here}


def party_link(reading: Reading, deal: Any, side: str) -> Words:
    """The payer or payee of a deal as links; what kind of party it is where none is named."""
    names = names_of(present(getattr(deal, side)))
    if not names:
        return str(words()["kinds"][deal.kind][side])
    return listed_markup([company_link(reading, name) for name in names], MOST_NAMES)


def deal_link(reading: Reading, deal: Any, shown: Words = "") -> Markup:
    """A deal as a link to its page, elsewhere than on that page: `OpenAI → CoreWeave`."""
    text = shown or Markup('{} <span class="to">{}</span>').format(start_upper(payer_of(deal)), payee_of(deal))
    if deal.deal_id == reading.here:
        return Markup("{}").format(text)
    return Markup('<a class="plain" href="{}">{}</a>').format(reading.deal_href(deal.deal_id), text)


def deal_name(deal: Any) -> str:
    """What a deal is called where nothing around says it: `OpenAI to CoreWeave, computing, $11.9 billion`."""
    amount = amount_of(deal)
    return f"{start_upper(payer_of(deal))} to {payee_of(deal)}, {kind_noun(deal.kind)}" + (f", {said(amount)}" if amount.known else "")


def deal_sentence(deal: Any, amount: Words, payer: Words = "", payee: Words = "") -> Markup:
    """A deal in a sentence without its full stop: `OpenAI is to pay CoreWeave $11.9 billion for computing`."""
    frame = sentence(deal.kind, deal.status, present(deal.payer), present(deal.payee), amount=amount_of(deal).known)
    # A page says elsewhere that no amount is stated.
    frame = frame.partition(";")[0]
    first = "payer" if frame.startswith("{payer}") else "payee"
    sides = {"payer": payer or payer_of(deal), "payee": payee or payee_of(deal)}
    if not present(getattr(deal, first)):
        sides[first] = start_upper(str(sides[first]))
    return Markup(frame).format(**sides, amount=amount)  # noqa: S704  # the frame is ours


def row_words(reading: Reading, table: str, row: Any, amount: Words) -> Markup:
    """A row of a mention table as it is said beside its passage, `amount` standing for what it states; a deal leads to its page."""
    return Markup("{}").format(SAY[table](reading, row, amount))


def say_deal(reading: Reading, row: Any, amount: Words) -> Markup:
    """`OpenAI → CoreWeave, computing, $11.9 billion, signed`."""
    parties: Words = f"{start_upper(payer_of(row))} → {payee_of(row)}"
    deal_id = present(row.deal_id)
    if deal_id in reading.deal:
        parties = deal_link(reading, reading.deal[deal_id], parties)
    parts: list[Words] = [parties, kind_noun(row.kind), amount if amount_of(row).known else "no amount"]
    parts += ["sum of several deals"] * bool(row.is_total)
    return joined([*parts, str(words()["statuses"][row.status])])


def say_metric(reading: Reading, row: Any, amount: Words) -> Markup:
    """`CoreWeave, revenue, 2024: $1.9 billion`."""
    about = [metric_noun(row), *([period_words(row.period)] if present(row.period) else [])]
    forecast = ", forecast" if row.basis == "forecast" else ""
    return Markup("{}, {}: {}{}").format(company_link(reading, row.company), ", ".join(about), amount, forecast)


def say_relation(reading: Reading, row: Any, _: Words) -> Markup:
    """`Microsoft is an investor in OpenAI`."""
    verb = words()["relations"][row.relation]
    return Markup("{} {} {}").format(company_link(reading, row.source), verb, company_link(reading, row.target))


def say_statement(reading: Reading, row: Any, _: Words) -> Markup:
    """`Rohan Goswami, reported, supports the claim`."""
    who = [present(row.speaker), company_link(reading, row.affiliation) if present(row.affiliation) else None]
    stance = f", {row.stance} the claim" if present(row.stance) else ""
    named = joined([name for name in who if name]) or "nobody named"
    return Markup("{}, {}{}").format(named, "verbatim" if row.verbatim else "reported", stance)


SAY = {"deal_mentions": say_deal, "metric_mentions": say_metric, "relations": say_relation, "statements": say_statement}
