"""Why a deal is what it is: its mentions with what joined them, what contradicts, and which deals stand beside it.

In: the tables and the id of a deal. Out: lines of text for an analyst.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from corewatch.errors import InputError
from corewatch.lexicon.joins import joins
from corewatch.reconcile.amounts import say
from corewatch.reconcile.disagreements import Row, amount_of
from corewatch.reconcile.parties import nested
from corewatch.tables import Tables, records


def explain_deal(tables: Tables, deal_id: str) -> str:
    """The explanation of a deal; raises `InputError` for an id that is not in `deals`, with the ids that are like it."""
    deals = {row["deal_id"]: row for row in records(tables.deals)}
    if deal_id not in deals:
        near = get_close_matches(deal_id, deals, n=3, cutoff=0.4)
        said = f"; did you mean {' or '.join(near)}?" if near else "; the table deals lists them"
        raise InputError(f"no deal has the id {deal_id}{said}")
    deal = deals[deal_id]
    mentions = [row for row in records(tables.deal_mentions) if row["deal_id"] == deal_id]
    lines = [f"{deal_id}: {in_words(deal)}", f"  {counts(deal)}", *said_by(deal, mentions)]
    conflicts = [row for row in records(tables.conflicts) if row["table"] == "deals" and row["key"] == deal_id]
    lines += [f"  conflict of {row['field']}, {row['severity']}: {row['explanation']}" for row in conflicts]
    beside = [row for row in deals.values() if row["deal_id"] != deal_id and same_sides(row, deal)]
    lines += [f"  another deal of the same parties: {row['deal_id']}, {in_words(row)}" for row in beside]
    return "\n".join(lines) + "\n"


def in_words(row: Row) -> str:
    """A deal or mention in a line: who pays whom for what, how much, how long, how far it has come."""
    amount = say(amount_of({**row, "term_years": None}))
    term = f", {row['term_years']:g} years" if row["term_years"] else ""
    through = f", through {row['through']}" if row["through"] else ""
    return (
        f"{row['payer'] or 'nobody named'} pays {row['payee'] or 'nobody named'}, {row['kind']}, {amount}{term}{through}, {row['status']}"
    )


def counts(deal: Row) -> str:
    """How many tell it, from how many sources, and whether they agree."""
    agreed = "they agree" if deal["agreed"] else "they disagree"
    numbers = ((deal["n_mentions"], "mention"), (deal["n_documents"], "document"), (deal["n_sources"], "independent source"))
    told = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in numbers)
    sure = f"; joined with a confidence of at least {deal['join_confidence']:.2f}" if deal["joined_by"] else ""
    return f"{told}; {agreed}{sure}"


def said_by(deal: Row, mentions: list[Row]) -> Iterator[str]:
    """Each mention with why it belongs to the deal, the one whose amount is used first."""
    for row in sorted(mentions, key=lambda row: (row["mention_id"] != deal["mention_id"], row["doc_id"], row["start"], row["mention_id"])):
        if row["joined_by"] is None:
            why = "its amount is used"
        else:
            rule = joins()[row["joined_by"]]
            why = f"joined to {row['joined_to']} ({row['joined_by']}, {row['join_confidence']:.2f}): {rule.why}"
        yield f"  {row['mention_id']}, source {row['source']}: {in_words(row)}"
        yield f"    {why}"
        yield f"    “{' '.join(str(row['evidence']).split())}”"


def same_sides(one: Row, other: Row) -> bool:
    """Whether two deals are between the same parties, either way round."""
    straight = nested(one["payer"], other["payer"]) and nested(one["payee"], other["payee"])
    named = None not in (one["payer"], one["payee"])
    return straight or (named and nested(one["payer"], other["payee"]) and nested(one["payee"], other["payer"]))
