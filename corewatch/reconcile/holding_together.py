"""Whether the tables of one reading lead to each other, as those that were written together do.

In: tables. Out: nothing, or a `ContractError` that names the first row that leads nowhere.
"""

from corewatch.errors import ContractError
from corewatch.tables import Tables, records


def check_holds_together(tables: Tables) -> None:
    """Raise `ContractError`, naming the first of them, where a mention leads nowhere or no mention leads to a deal."""
    mentions = records(tables.deal_mentions[["mention_id", "doc_id", "deal_id"]])
    documents, deals = set(tables.documents["doc_id"]), set(tables.deals["deal_id"])
    told = {row["deal_id"] for row in mentions if row["deal_id"]}
    unknown = told - deals
    unread = [row for row in mentions if row["doc_id"] not in documents]
    lost = [f"mention {row['mention_id']} is of document {row['doc_id']}, not in documents" for row in unread]
    lost += [f"mention {row['mention_id']} is of deal {row['deal_id']}, not in deals" for row in mentions if row["deal_id"] in unknown]
    lost += [f"deal {deal} has no mention" for deal in sorted(deals - told)]
    if lost:
        more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise ContractError(f"the tables do not hold together: {lost[0]}{more}; give whole tables, as `corewatch parse` wrote them")
