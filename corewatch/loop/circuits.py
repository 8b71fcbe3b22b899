"""The circuits of the money graph: firms that money can run through and come back, however small the amounts.

In: flows, and ties without an amount if asked. Out: a row per elementary circuit of at most six firms, the ones with money first.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from pandas import DataFrame

from corewatch.loop.amounts import Stated
from corewatch.loop.deals import parties
from corewatch.loop.reading import FUNDING
from corewatch.tables import records

LONGEST = 6
COLUMNS = ("firms", "classes", "usd", "status", "deal_ids", "ties", "in_order")
# From the weakest to the firmest; a tie says nothing of any of them.
STATUS_ORDER = ("tie", "talks", "planned", "signed", "closed")
# A tie from the firm whose money it is to the firm that gets it.
TIE_CLASS = {"investor_in": "F", "customer_of": "P"}


def find_circuits(flows: DataFrame, relations: DataFrame | None = None) -> DataFrame:
    """Circuits among deals that were not withdrawn, and through the ties `investor_in` and `customer_of` if relations are given.

    `firms` is "A; B; C" for A pays B pays C pays A; `classes` has F for funding and P for a purchase, in the same order; `usd` is the least
    amount on the way, null where one is not known; `status` the weakest on the way; `in_order` whether the dates, as far as known, run
    in the order of the circuit from some firm on, null where fewer than two are known.
    """
    import networkx as nx

    steps = all_steps(flows, relations)
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_edges_from(sorted({(payer, payee) for payer, payee, _ in steps}))
    found: list[dict[str, Any]] = []
    for cycle in nx.simple_cycles(network, length_bound=LONGEST):
        first = cycle.index(min(cycle))
        firms = cycle[first:] + cycle[:first]
        pairs = list(zip(firms, firms[1:] + firms[:1], strict=True))
        choices = [sorted(letter for payer, payee, letter in steps if (payer, payee) == pair) for pair in pairs]
        found.extend(describe(firms, letters, [steps[payer, payee, letter] for (payer, payee), letter in zip(pairs, letters, strict=True)])
                     for letters in product(*choices))  # fmt: skip
    found.sort(key=lambda row: (-(row["usd"] or 0.0), row["firms"], row["classes"]))
    return DataFrame(found, columns=list(COLUMNS))


def all_steps(flows: DataFrame, relations: DataFrame | None) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """The deals and ties from one firm to another, by payer, payee and class."""
    steps: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in records(flows):
        if row["status"] == "withdrawn" or row["kind"] == "acquisition":
            continue
        letter = "F" if row["kind"] in FUNDING else "P"
        for payer, payee in product(parties(row["payer"]), parties(row["payee"])):
            if payer is not None and payee is not None and payer != payee:
                steps[payer, payee, letter].append(row)
    for row in records(relations) if relations is not None else []:
        if row["relation"] in TIE_CLASS and row["source"] != row["target"]:
            key = (row["source"], row["target"], TIE_CLASS[row["relation"]])
            # Where a deal is known, the tie adds nothing.
            if all("relation_id" in step for step in steps[key]):
                steps[key].append(row)
    return {key: rows for key, rows in steps.items() if rows}


def describe(firms: list[str], letters: tuple[str, ...], steps: Sequence[Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """A row of the table."""
    amounts = [[Stated(row["usd_low"], row["usd_high"]).point for row in rows if "deal_id" in row] for rows in steps]
    known = [sum(usd for usd in some if usd is not None) for some in amounts]
    statuses = [max((str(row.get("status", "tie")) for row in rows), key=STATUS_ORDER.index) for rows in steps]
    dates = [min((str(row["start"]) for row in rows if "deal_id" in row and row["start"]), default=None) for rows in steps]
    return {
        "firms": "; ".join(firms),
        "classes": "".join(letters),
        "usd": min(known) if all(usd > 0 for usd in known) else None,
        "status": min(statuses, key=STATUS_ORDER.index),
        "deal_ids": "; ".join(str(row["deal_id"]) for rows in steps for row in rows if "deal_id" in row) or None,
        "ties": "; ".join(str(row["relation_id"]) for rows in steps for row in rows if "relation_id" in row) or None,
        "in_order": in_order(dates),
    }


def in_order(dates: list[str | None]) -> bool | None:
    """Whether the dates that are known rise, starting from one of them; null for fewer than two."""
    known = [date for date in dates if date is not None]
    if len(known) < 2:
        return None
    return any(rotated == sorted(rotated) for at in range(len(known)) for rotated in [known[at:] + known[:at]])
