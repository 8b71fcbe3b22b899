"""Where articles disagree: both sides in their own words, which of them the report uses, and how it was read.

In: the `conflicts` table. Out: one block a material conflict, and one line for what is only rounding.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Fragment, Words, fragment, listed_markup
from corewatch.report.reading import Reading
from corewatch.report.wording import (
    NOT_STATED,
    amount_of,
    counted,
    kind_noun,
    metric_noun,
    payee_of,
    payer_of,
    period_words,
    said,
    start_upper,
    words,
)

# More blocks than this are a table of their own in the source audit; a page of answers stays readable.
MOST_BLOCKS = 8
MOST_SIDES = 4
MOST_SMALL = 6
# How the ids and values of some contradictions are written: who took over a contract, and who is paid.
SUCCESSION = ":succession"
PAID = "to "
SMALL = {
    "amount": "Rounding, not disagreement",
    "time": "Earlier and later, not for and against",
    "arithmetic": "Sums whose parts are not all named",
}


@dataclass(frozen=True)
class Side:
    """One saying of a conflict."""

    quote: Markup
    by: Markup
    used: bool


@dataclass(frozen=True)
class Conflict:
    """A conflict as it is shown."""

    question: str
    severity: str
    sides: Sequence[Side]
    reading: str
    page: Words = ""


def conflict_blocks(reading: Reading, register: Evidence, ids: Sequence[str] | None = None, *, most: int = MOST_BLOCKS) -> Fragment:
    """The material conflicts, then a line on rounding. `ids` chooses, None takes all."""
    chosen = [row for row in reading.conflicts if ids is None or row.conflict_id in ids]
    material = [row for row in chosen if row.severity == "material"]
    rounding = [row for row in chosen if row.severity != "material"]
    shown = [block(reading, register, row) for row in material[:most]]
    notes: list[str] = []
    if not material:
        notes.append(none_found(reading))
    if len(material) > most:
        notes.append(f"{start_upper(counted(len(material) - most, 'more disagreement'))}: the source audit lists all.")
    for field, meaning in SMALL.items():
        subjects = [
            f"{subject(reading, row)} ({spoken_values(row)})"
            for row in rounding
            if (row.field if row.field in SMALL else "amount") == field
        ]
        if subjects:
            notes.append(f"{meaning}: {'; '.join(subjects[:MOST_SMALL])}{more_words(len(subjects))}.")
    return fragment("conflicts", conflicts=shown, note=" ".join(notes))


def more_words(number: int) -> str:
    """What is said of the small differences that are not listed."""
    return f"; and {number - MOST_SMALL} more" if number > MOST_SMALL else ""


def none_found(reading: Reading) -> str:
    """What is said where nothing contradicts: one source cannot contradict itself, which is no agreement."""
    if not len(reading):
        return "Nothing: no article was read."
    if len(reading) < 2:
        return "Nothing: a single article has no other to contradict it."
    return "No two sentences that were read contradict each other."


def block(reading: Reading, register: Evidence, row: Any) -> Conflict:
    """One conflict: a side for each different saying with the articles that say it, the used one marked and first."""
    lead = leading(reading, row)
    sayings: dict[str, list[Any]] = {}
    for value, one in zip(row.values.split("; "), row.mention_ids.split("; "), strict=False):
        found = reading.mention.get(one) or reading.statements.get(one)
        if found is not None:
            sayings.setdefault(value, []).append(found)
    sides = []
    for value, mentions in sayings.items():
        chosen = [mention for mention in mentions if used(mention, lead, row)]
        # Of several that say so, the one that the report takes its value from.
        first = min(chosen or mentions, key=lambda mention: lead is None or getattr(mention, "mention_id", "") != lead.mention_id)
        others = [mention for mention in mentions if mention.doc_id != first.doc_id]
        # Of a statement it matters who makes it: the article only passes it on.
        who = reading.credit(first) if hasattr(first, "quote") else None
        where = Markup("{}, {}").format(who, article_link(reading, first, "article ")) if who else article_link(reading, first)
        by = Markup("{}: {}").format(where, spoken(value, row.field))
        if others:
            by += Markup("; so {}").format(listed_markup([article_link(reading, one, "") for one in unique(others)], 4))
        sides.append(Side(words_of(reading, register, first), by, bool(chosen)))
    sides.sort(key=lambda side: not side.used)
    return Conflict(
        question(reading, row),
        f"{row.severity}: {words()['fields'][row.field]}",
        sides[:MOST_SIDES],
        verdict_of(row),
        page_of(reading, lead),
    )


def page_of(reading: Reading, lead: Any) -> Words:
    """The page of the deal, or of the company whose measure it is, as a link from elsewhere."""
    if lead is None:
        return ""
    if hasattr(lead, "deal_id"):
        return "" if lead.deal_id == reading.here else Markup('<a href="{}">the deal</a>').format(reading.deal_href(lead.deal_id))
    href = reading.company_href(lead.company)
    return "" if href is None or lead.company == reading.here else Markup('<a href="{}">{}</a>').format(href, lead.company)


def words_of(reading: Reading, register: Evidence, one: Any) -> Markup:
    """The sentence of a mention with its figure bold, or that of a statement with its quotation bold."""
    if hasattr(one, "mention_id"):
        return register.quote(one)
    bold = (int(one.start), int(one.end)) if one.verbatim else None
    item = register.passage(one.doc_id, *reading.around(one), bold=bold, credit=reading.credit(one), at=int(one.start))
    return Markup("<q>{}</q>").format(register.words(item, [bold]))


def article_link(reading: Reading, mention: Any, word: str = "Article ") -> Markup:
    """An article's name as a link to what it says."""
    return Markup('<a href="{}">{}{}</a>').format(reading.passage(mention.doc_id, int(mention.start)), word, reading.label(mention.doc_id))


def unique(mentions: Sequence[Any]) -> list[Any]:
    """The first mention of each document."""
    return list({mention.doc_id: mention for mention in reversed(mentions)}.values())[::-1]


def spoken(value: str, field: str) -> str:
    """A value of a conflict in words."""
    if field == "kind" and value in words()["kinds"]:
        return kind_noun(value)
    if field in ("status", "time"):
        return str(words()["statuses"].get(value, value))
    # Values are written for a file: in words a currency is a sign before its amount, and a minus is not a hyphen.
    signs = words()["currencies"]
    value = re.sub(r"([\d.,]+(?: (?:trillion|billion|million))?) ([A-Z]{3})\b", lambda m: f"{signs.get(m[2], m[2] + ' ')}{m[1]}", value)
    return re.sub(r"(?<![\w)])-(?=[\d$€£¥])", "−", value)


def verdict_of(row: Any) -> str:
    """How a conflict was read: its explanation after the quotations, which stand beside it already."""
    reading = str(row.explanation).rsplit("”. ", 1)[-1]
    for kind in words()["kinds"]:
        reading = re.sub(rf"\b{kind}\b", kind_noun(kind), reading) if row.field == "kind" else reading
    return reading


def leading(reading: Reading, row: Any) -> Any:
    """The deal or metric that a conflict is about."""
    return deal_of(reading, row.key) or metric_of(reading, row.key)


def deal_of(reading: Reading, key: str) -> Any:
    """The deal with an id, or None."""
    return reading.deal.get(key)


def metric_of(reading: Reading, key: str) -> Any:
    """The metric with an id, or with its company/metric/period, or None."""
    return next((m for m in reading.metrics if key in (m.metric_id, f"{m.company}/{m.metric}/{m.period or ''}")), None)


def used(mention: Any, lead: Any, row: Any) -> bool:
    """Whether a mention says what the report uses, in the field that is in dispute."""
    if lead is None or not hasattr(mention, "mention_id"):
        return False
    if row.conflict_id.endswith(SUCCESSION):
        return False
    if mention.mention_id == lead.mention_id:
        return True
    if row.field == "payer" and row.values.startswith(PAID):
        return bool(mention.payee == lead.payee)
    if row.field in ("status", "kind", "payer"):
        return bool(getattr(mention, row.field, None) == getattr(lead, row.field, None))
    if row.field == "amount":
        return bool((mention.low, mention.high) == (lead.low, lead.high))
    return False


def subject(reading: Reading, row: Any) -> str:
    """What a conflict is about: `OpenAI to CoreWeave, computing`, `CoreWeave’s revenue for 2024`."""
    lead = leading(reading, row)
    if lead is None:
        return str(row.key)
    if hasattr(lead, "deal_id"):
        return f"{payer_of(lead)} to {payee_of(lead)}, {kind_noun(lead.kind)}"
    return f"{possessive(lead.company)} {metric_noun(lead)}" + (f" for {period_words(lead.period)}" if lead.period else "")


def question(reading: Reading, row: Any) -> str:
    """The heading of a conflict, a question that its sides answer differently."""
    lead = leading(reading, row)
    about = subject(reading, row)
    if lead is None:
        return f"What holds for {about}?"
    if hasattr(lead, "deal_id"):
        payer, payee = payer_of(lead), payee_of(lead)
        deal = f"deal of {payer} and {payee}" + (f" for {said(amount_of(lead))}" if amount_of(lead).known else "")
        if row.field == "status" and lead.status == "withdrawn":
            return f"Is the {deal} off?"
        if row.conflict_id.endswith(SUCCESSION):
            return f"Is the {deal} one that another firm left?"
        if row.field == "payer" and row.values.startswith(PAID):
            return f"Whom does {payer} pay?"
        if row.field == "time" and "years" in row.values:
            return f"How long does the {deal} run?"
        return {
            "amount": f"How much goes from {payer} to {payee}?",
            "status": f"How far is the {deal}?",
            "kind": f"What does {payer} pay {payee} for?",
            "payer": f"Who pays {payee}?",
            "time": f"When do {payer} and {payee} act?",
            "arithmetic": f"Do the numbers of {payer} and {payee} add up?",
        }.get(row.field, f"What holds for {about}?")
    if row.field == "arithmetic":
        return f"Do the numbers on {about} add up?"
    return f"What is {about}?"


def spoken_values(row: Any) -> str:
    """The different values of a conflict: `$12 billion or $11.9 billion`."""
    return " or ".join(dict.fromkeys(spoken(value, row.field) for value in row.values.split("; "))) or NOT_STATED


def possessive(name: str) -> str:
    """A company's own: `CoreWeave’s`, `Dell Technologies’`."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
