"""Who took over what: a firm is told to take the place of another in a contract, and elsewhere to have made a contract of its own.

It matters for what is counted: one contract with a new payer, or two of which one was dropped.
"""

from collections.abc import Iterator, Mapping, Sequence

from corewatch.lexicon.phrase_lists import read_phrases
from corewatch.reconcile.amounts import near, say
from corewatch.reconcile.disagreements import FIRM, Disagreement, Row, amount_of
from corewatch.reconcile.parties import nested


def contested_successions(deals: Sequence[Row], mentions: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Disagreement]]:
    """Each firm deal that some documents tell as taken over from another payer's dropped one and others do not, with its id."""
    dropped = [deal for deal in deals if deal["status"] == "withdrawn" and deal["payer"] and deal["payee"]]
    for deal in deals:
        if deal["status"] not in FIRM or not deal["payer"] or not deal["payee"]:
            continue
        told = [row for row in mentions[deal["deal_id"]] if row["status"] in FIRM and amount_of(row).known]
        over = [row for row in told if read_phrases("taking_over.txt").search(str(row["evidence"]).lower())]
        own = [row for row in told if row["doc_id"] not in {one["doc_id"] for one in over}]
        left = [other for other in dropped if follows(deal, other)]
        if not over or not own or len(left) != 1:
            continue
        left_by = left[0]["payer"]
        sides = (
            *((f"taken over from {left_by}", row) for row in over[:1]),
            *(("a contract of its own", row) for row in {row["doc_id"]: row for row in reversed(own)}.values()),
        )
        reading = (
            f"Whether it is the contract of {say(amount_of(left[0]))} that {left_by} left is open; "
            "they are counted as two, and the one that was left as withdrawn."
        )
        yield deal["deal_id"], Disagreement("payer", "material", tuple(sorted(sides, key=lambda side: side[1]["doc_id"])), reading)


def follows(deal: Row, dropped: Row) -> bool:
    """Whether a deal may be another payer's dropped one: the same kind and payee, and an amount not far off."""
    same = deal["kind"] == dropped["kind"] and nested(deal["payee"], dropped["payee"]) and not nested(deal["payer"], dropped["payer"])
    return same and near(amount_of(deal), amount_of(dropped))
