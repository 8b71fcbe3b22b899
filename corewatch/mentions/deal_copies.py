"""Amounts that repeat the deal of another amount of their sentence.

In: the drafts made so far, by the place of their amounts. Out: a copy with the amount at hand, or a change of the drafts.
Judgements: a second currency copies the whole row; the amount before a change ("from $2 billion") was planned; in a list
("X sold $30 billion of bonds, Y $17 billion") the new company stands where the old subject stood.
"""

from collections.abc import Iterator
from dataclasses import replace

from corewatch.language.article import Figure
from corewatch.lexicon.deals import words
from corewatch.mentions.amounts import second_currency_of
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.deal_filling import share_a_name
from corewatch.mentions.deal_ledger import Draft
from corewatch.mentions.phrases import Item, Phrase

SUPERSEDED = words("superseded")


def copied(phrase: Phrase, at: int, made: dict[int, Draft]) -> Draft | None:
    """The amount as another of the same sentence: a second currency, the amount before a change, a next member of a list."""
    items = phrase.items
    figure = items[at].figure
    if figure is None:
        return None
    currency = second_currency_of(items, at)
    if currency is not None and currency in made:
        return with_amount(made[currency], figure, at)
    before = max((place for place in made if place < at), default=None)
    if before is None:
        return None
    gap = items[before + 1 : at]
    said = " ".join(item.lower for item in gap if item.tag != "company")
    draft = made[before]
    if said in SUPERSEDED:
        return replace(with_amount(draft, figure, at), status="planned", sure=round(draft.sure * 0.8, 2))
    if any(item.tag in {"verb", "aux", "modal", "rel", "stop"} for item in gap):
        return None
    places = [place for place in range(before + 1, at) if items[place].tag == "company" and not items[place].possessive]
    if not places or any(items[place].tag not in {"adv", "det"} for place in range(places[-1] + 1, at)):
        return None
    opening = places[-1] - 1
    while opening > before and items[opening].tag in {"x", "company", "det"} and places[-1] - opening < 5:
        opening -= 1
    return _gapped(draft, items, at, places[-1], before) if items[opening].tag in {"conj", "comma", "semicolon"} else None


def with_amount(draft: Draft, figure: Figure, at: int) -> Draft:
    """The same deal with the amount of another figure, the item `at` of its sentence."""
    return replace(
        draft,
        at=at,
        low=figure.low,
        high=figure.high,
        currency=figure.unit,
        approx=figure.approx,
        figure_start=figure.start,
    )


def _gapped(draft: Draft, items: list[Item], at: int, place: int, before: int) -> Draft | None:
    """ "X sold $30 billion of bonds, Y $17 billion": the clause again with another subject."""
    figure, company = items[at].figure, items[place]
    if figure is None:
        return None
    subject_pays = draft.payer and draft.payer[0].start < items[before].start and draft.payer[0].start >= items[0].start
    subject_paid = draft.payee and draft.payee[0].start < items[before].start and draft.payee[0].start >= items[0].start
    again = replace(with_amount(draft, figure, at), is_total=False)
    if subject_pays and (not subject_paid or draft.payer[0].start < draft.payee[0].start):
        return replace(again, payer=company.companies)
    return replace(again, payee=company.companies) if subject_paid else None


def join_parts(items: list[Item], made: dict[int, Draft], verbs: list[VerbGroup]) -> None:
    """ "$1 billion of the $3 billion that X raised": the part is of the whole's kind, for the same payee, from its own subject."""
    for at in sorted(made):
        whole = next((place for place in range(at + 1, min(at + 4, len(items))) if items[place].figure is not None), None)
        if whole not in made or items[at + 1].lower != "of" or made[whole].kind not in {"debt", "equity", "ipo"}:
            continue
        part, carrier = made[at], next((verb for verb in reversed(verbs) if verb.at < at < verb.end), None)
        payer = items[carrier.subject].companies if carrier is not None and carrier.subject is not None and not carrier.passive else ()
        kind = "equity" if made[whole].kind == "ipo" else made[whole].kind
        if not share_a_name(payer, made[whole].payee):
            made[at] = replace(part, kind=kind, payee=made[whole].payee, payer=payer or made[whole].payer, sure=made[whole].sure)
        else:
            made[at] = replace(part, kind=kind, payee=made[whole].payee, payer=made[whole].payer, sure=made[whole].sure)


def one_each(items: list[Item], draft: Draft) -> Iterator[Draft]:
    """ "A and B took $250 million apiece" is one deal for each."""
    after = items[draft.at + 1].lower if draft.at + 1 < len(items) else ""
    around = {item.lower for item in items[max(0, draft.at - 4) : draft.at]}
    if len(draft.payer) > 1 and (after in {"apiece", "each"} or "each" in around):
        for company in draft.payer:
            yield replace(draft, payer=(company,))
        return
    yield draft


def part_respectively(phrase: Phrase, made: dict[int, Draft]) -> None:
    """ "A and B took $1 billion and $2 billion, respectively": as many companies as amounts, one each, in order."""
    items = phrase.items
    end = next((place for place, item in enumerate(items) if item.lower == "respectively"), None)
    if end is None:
        return
    for place in range(end - 1, -1, -1):
        group = items[place].companies if items[place].tag == "company" else ()
        amounts = [at for at in sorted(made) if place < at < end][-len(group) :] if len(group) > 1 else []
        if len(amounts) != len(group) or not group:
            continue
        names = {company.name for company in group}
        paid = any(names & made[at].pair[1] for at in amounts) and not any(names & made[at].pair[0] for at in amounts)
        for company, at in zip(group, amounts, strict=True):
            draft = replace(made[at], is_total=False)
            other = draft.payer if paid else draft.payee
            rest = () if share_a_name(other, group) else other
            made[at] = replace(draft, payee=(company,), payer=rest) if paid else replace(draft, payer=(company,), payee=rest)
        return
