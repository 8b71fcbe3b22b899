"""Changes in the words of a reader: who is to pay whom how much, which article says so, and what was said before.

In: rows of tables. Out: sentences without ids; `OpenAI is to pay CoreWeave $11.9 billion for computing: new, from article 004.`
"""

from collections.abc import Iterable
from typing import Any

from corewatch.lexicon.telling import party_words, sentence, telling
from corewatch.reconcile.amounts import Amount, say
from corewatch.reconcile.disagreements import amount_of

Row = dict[str, Any]
NOT_STATED = "not stated"
MOST_ARTICLES = 4


def deal_sentence(row: Row) -> str:
    """A deal as a sentence without its full stop."""
    amount = amount_of(row)
    frame = sentence(row["kind"], row["status"], row["payer"], row["payee"], amount=amount.known)
    parties = {side: party_words(row["kind"], side, row[side]) for side in ("payer", "payee")}
    return upper(frame.format(**parties, amount=say(amount)))


def deal_name(row: Row, *, amount: bool = True) -> str:
    """What a deal is called: `OpenAI to CoreWeave, computing, $11.9 billion`."""
    payer, payee = (party_words(row["kind"], side, row[side]) for side in ("payer", "payee"))
    known = amount_of(row)
    stated = f", {say(known)}" if amount and known.known else ""
    return f"{upper(payer)} to {payee}, {telling()['kinds'][row['kind']]['noun']}{stated}"


def metric_name(row: Row) -> str:
    """What a measure is called: `CoreWeave, revenue, 2024`."""
    noun = telling()["metrics"][row["metric"]]
    noun += f", {row['segment']}" if row["segment"] and row["segment"] != row["company"] else ""
    noun += f" {'held by' if row['metric'] == 'stake' else 'from'} {row['counterpart']}" if row["counterpart"] else ""
    period = f", {row['period']}" if row["period"] else ""
    return f"{row['company']}, {noun}{period}{', forecast' if row['basis'] == 'forecast' else ''}"


def metric_amount(row: Row) -> str:
    """The value of a measure in words."""
    return say(Amount(row["low"], row["high"], row["unit"], bool(row["approx"])))


def articles(names: Iterable[str]) -> str:
    """`article 004`, `articles 001 and 004`, `articles 001, 002, 003, 004 and 12 more`."""
    found = list(names)
    shown = [*found[:MOST_ARTICLES], f"{len(found) - MOST_ARTICLES} more"] if len(found) > MOST_ARTICLES + 1 else found
    return f"article {shown[0]}" if len(shown) == 1 else f"articles {', '.join(shown[:-1])} and {shown[-1]}"


def status_word(status: str) -> str:
    """How far a deal is: `in talks`."""
    return str(telling()["statuses"][status])


def conflict_sides(row: Row) -> list[str]:
    """The values of a contradiction in words, one for each mention of it."""
    kinds, statuses = telling()["kinds"], telling()["statuses"]
    said = row["values"].split("; ")
    return [str(kinds[value]["noun"] if row["field"] == "kind" and value in kinds else statuses.get(value, value)) for value in said]


def conflict_values(row: Row) -> str:
    """The different values of a contradiction: `$6.4 billion or $7.1 billion`, `computing or shares`."""
    return " or ".join(dict.fromkeys(conflict_sides(row)))


def conflict_field(row: Row) -> str:
    """What a contradiction is on: `the amount`, `who pays`."""
    word = str(telling()["fields"][row["field"]])
    return word if word.startswith("who ") else f"the {word}"


def upper(text: str) -> str:
    """The text with a large first letter where its first word is no name: `unnamed lenders`, not `xAI`."""
    return text[:1].upper() + text[1:] if text.split(" ")[0].islower() else text
