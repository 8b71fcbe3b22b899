"""What changed since the last edition, for the first page and for the page of changes: answers, verdicts, and what was read.

In: the answers now and then, and rows of `reconcile.changes.find_changes`. Out: words whose numbers lead to their passages as everywhere,
and links to what they are about. Judgements made here: an answer is unchanged where its sentence, its number and its verdicts are; how sure
it is may change alone. What was said before leads to its passage where that still stands, and is words alone where it does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from corewatch.report.answers import Answers
from corewatch.report.editions import Since
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words
from corewatch.report.name_links import with_names
from corewatch.report.reading import Reading
from corewatch.report.wording import Amount, amount_of, counted, listed, start_upper

FIRST = "First edition"
UNCHANGED = "Unchanged since the last edition"
# What a change is called in a count, by the first part of its `what`, in the order of a sentence.
NOUNS = (
    ("deal_added", "new deal", ""),
    ("deal_removed", "deal told no more", "deals told no more"),
    ("deal", "change of a deal", "changes of deals"),
    ("conflict_appeared", "new contradiction", ""),
    ("conflict_settled", "contradiction settled", "contradictions settled"),
    ("metric", "change of a measure", "changes of measures"),
    ("document_added", "new article", ""),
    ("document", "other change of what was given", "other changes of what was given"),
)


@dataclass(frozen=True)
class Change:
    """One change in words, with links to what it is about: `links` are pairs of an address and its words."""

    words: Words
    links: Sequence[tuple[str, str]] = ()


def was(now: Mapping[str, Any], then: Mapping[str, Any] | None, *, first: bool) -> str:
    """What the last edition said instead: `Was +500%, from two articles in the last edition.`"""
    if first:
        return f"{FIRST}."
    if then is None:
        return "No answer is kept of the last edition."
    if now["number"]["text"] != then["number"]["text"]:
        speak = int(then["articles"]["speak"])
        source = f", from {counted(speak, 'article')}" if speak else ""
        return f"Was {then['number']['text']}{source} in the last edition."
    if verdicts(now) != verdicts(then):
        moved = [
            f"{name}, {verdicts(then).get(name, 'not judged')}" for name, word in verdicts(now).items() if verdicts(then).get(name) != word
        ]
        return f"The number is unchanged; judged otherwise in the last edition: {listed(moved)}."
    if now["claim"] != then["claim"]:
        return f"The number is unchanged; the last edition said: “{then['claim']}”"
    if now["confidence"] != then["confidence"]:
        return f"Unchanged; in the last edition: {then['confidence']['word']}, {then['confidence']['note']}."
    return f"{UNCHANGED}."


def verdicts(answer: Mapping[str, Any]) -> dict[str, str]:
    """The verdicts of an answer by what the claims are called."""
    return {one["name"]: one["verdict"] for one in answer["verdicts"]}


def moved_answers(made: Answers, register: Evidence, since: Since) -> list[Change]:
    """The answers and verdicts that are not what the last edition had; numbers lead to the evidence in `register`."""
    found: list[Change] = []
    for (_, shown), answer in zip(made.made, made.values(), strict=True):
        then = next((one for one in since.answers if one.get("report") == answer["report"]), None)
        if then is None:
            continue
        link = [(f"{answer['report']}.html", "Report")]
        earlier = verdicts(then)
        for one in answer["verdicts"]:
            before = earlier.get(one["name"])
            if before is not None and before != one["verdict"]:
                found.append(Change(f"{one['name']}, “{one['claim']}”: was {before} and is {one['verdict']}.", link))
        if (answer["claim"], answer["number"]["text"]) != (then["claim"], then["number"]["text"]):
            claim, number = (register.adopted(escape(one), made.register) for one in (shown.said.claim, shown.said.one))
            words = Markup("{} {} The number is {}").format(answer["question"], claim, number)
            if answer["number"]["text"] == then["number"]["text"]:
                words += Markup(", as before; the sentence was “{}”").format(then["claim"])
            else:
                words += Markup(" and was {}.").format(earlier_number(register, then["number"]))
            found.append(Change(with_names(register.reading, words), link))
    return found


def earlier_number(register: Evidence, number: Mapping[str, Any]) -> Words:
    """The number of an earlier answer, as a link where the mention that it was read from says it still."""
    row = register.reading.mention.get(number.get("mention_id") or "")
    if row is not None:
        amount: Amount = amount_of(row)
        if (amount.low, amount.high, amount.unit) == (number["low"], number["high"], number["unit"]):
            return register.link(row, number["text"])
    return str(number["text"])


def told(register: Evidence, rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The changes of what was read, as they are given: the largest first, each with links to the pages that are there."""
    return [Change(linked(register, row), links_of(register.reading, str(row["what"]), row)) for row in rows]


def linked(register: Evidence, row: Mapping[str, Any]) -> Markup:
    """The words of a change, what passages say in them as links to these."""
    words, at, shown = str(row["words"]), 0, Markup("")
    values, mention_ids = (str(row.get(name) or "").split("; ") for name in ("values", "mention_ids"))
    for value, mention_id in zip(values, mention_ids, strict=False):
        said, place = register.reading.row_of(mention_id), words.find(value, at)
        if value and said is not None and place >= 0:
            shown += Markup("{}{}").format(words[at:place], register.link(said, value))
            at = place + len(value)
    return with_names(register.reading, shown + words[at:])


def links_of(reading: Reading, what: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a change leads: the deal, its contradiction, the company, the article."""
    key = str(row["key"])
    if what.startswith("document_"):
        return [(reading.article_href(key), "Article")] if key in reading.by_id else []
    if what.startswith("metric_"):
        return company_link(reading, key)
    if what.startswith("conflict_"):
        subject = next((one.key for one in reading.conflicts if one.conflict_id == key), key.rpartition(":")[0])
        mark = "#con" if what == "conflict_appeared" else ""
        if subject in reading.deal:
            return [(reading.deal_href(subject) + mark, "Deal")]
        return [(href + mark, name) for href, name in company_link(reading, subject)]
    keys = [*str(row.get("after") or "").split("; "), key] if what in ("deal_split", "deals_joined") else [key]
    deals = [one for one in dict.fromkeys(keys) if one in reading.deal]
    links = [(reading.deal_href(one), "Deal" if len(deals) == 1 else f"Deal {number}") for number, one in enumerate(deals, 1)]
    if what == "deal_added" and deals:
        # Of each article the passage that tells it first.
        first = {one.doc_id: one for one in sorted(reading.of_deal.get(key, []), key=lambda one: -one.start)}
        doc_ids = sorted(first, key=lambda one: reading.order.get(one, 0))
        links += [(reading.passage(one, int(first[one].start)), f"Article {reading.label(one)}") for one in doc_ids[:3]]
    return links


def company_link(reading: Reading, key: str) -> list[tuple[str, str]]:
    """The page of the company that a measure is of, by the id of the measure or by its company, metric and period."""
    for one in reading.metrics:
        if key in (one.metric_id, f"{one.company}/{one.metric}/{one.period or ''}"):
            href = reading.company_href(one.company)
            return [(href, str(one.company))] if href else []
    return []


def summary(rows: Sequence[Mapping[str, Any]], answers: Sequence[Change]) -> str:
    """All changes counted in a sentence: `Two new deals, one new contradiction and three new articles.`"""
    left = [str(row["what"]) for row in rows]
    parts = [counted(len(answers), "answer or verdict that moved", "answers and verdicts that moved")] if answers else []
    for start, one, several in NOUNS:
        found = [what for what in left if what.startswith(start)]
        left = [what for what in left if not what.startswith(start)]
        if found:
            parts.append(counted(len(found), one, several))
    return f"{start_upper(listed(parts))}." if parts else "Nothing changed."
