"""Reconciled deals in, the edges of the money graph out: who pays whom how many US dollars.

The judgements made:
- A firm's own spending plan (`capex`) is no edge: it would count its suppliers' contracts twice. A sum over several deals is no deal.
- Only amounts in US dollars are carried; in another currency the edge stays and its amount is unknown.
- A rate ("$2 billion a year") becomes a total where the term is known, else the amount is unknown.
- `start` is the date of the deal, else of the first document that states it.
- Shares or warrants that a supplier gives a customer are `noncash`: an equity deal of a pair in which the payer also buys from the payee,
  told in words of granting, or as a part of the purchase.
"""

from typing import Any

from pandas import DataFrame

from corewatch.lexicon.phrase_lists import grants
from corewatch.tables import frame, records

PURCHASES = ("compute", "hardware", "colocation")
NO_EDGE = ("capex",)
PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0}


def build_flows(deals: DataFrame, documents: DataFrame, deal_mentions: DataFrame) -> DataFrame:
    """The table `flows`, one row per deal that is an edge, sorted by deal."""
    rows = records(deals)
    published = {row["doc_id"]: row["published"] for row in records(documents[["doc_id", "published"]])}
    mentions: dict[str, list[dict[str, Any]]] = {}
    for row in records(deal_mentions):
        mentions.setdefault(row["deal_id"], []).append(row)
    bought = {(row["payer"], row["payee"]) for row in rows if row["kind"] in PURCHASES}
    flows = []
    for deal in rows:
        if deal["kind"] in NO_EDGE:
            continue
        told = mentions[deal["deal_id"]]
        dates = sorted(str(published[row["doc_id"]]) for row in told if published.get(row["doc_id"]))
        low, high = usd_bounds(deal)
        flows.append(
            {
                "payer": deal["payer"],
                "payee": deal["payee"],
                "kind": deal["kind"],
                "usd_low": low,
                "usd_high": high,
                "status": deal["status"],
                "term_years": deal["term_years"],
                "start": deal["date"] or (dates[0] if dates else None),
                "noncash": (deal["payer"], deal["payee"]) in bought and is_grant(deal, told),
                "deal_id": deal["deal_id"],
            }
        )
    return frame("flows", sorted(flows, key=lambda flow: str(flow["deal_id"])))


def usd_bounds(deal: dict[str, Any]) -> tuple[float | None, float | None]:
    """The bounds of a deal's total in US dollars; null where the currency is another or the term of a rate is unknown."""
    if deal["currency"] != "USD" or (deal["per"] is not None and deal["term_years"] is None):
        return None, None
    times = 1.0 if deal["per"] is None else PER_YEAR[deal["per"]] * deal["term_years"]
    low, high = (None if bound is None else bound * times for bound in (deal["low"], deal["high"]))
    return low, high


def is_grant(deal: dict[str, Any], mentions: list[dict[str, Any]]) -> bool:
    """Whether a deal in shares is told as a grant, or as a part of a purchase: "the contract includes", "warrants", "in return for"."""
    return deal["kind"] == "equity" and any(grants().search(str(row["evidence"]).lower()) for row in mentions)
