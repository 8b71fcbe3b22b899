"""The kinds of change that there are: how many of each is said in words, and whether it is material.

In: how often each kind was found. Out: a line for the page of all runs. `changes.change` makes no change of a kind that is not here, so
that whoever adds one writes its words and says whether it is material.

Judgements made here: material is what the reports are made of, deals, measures and contradictions: a new one, one that is told no more, one
that is told otherwise. That a document came, went, was edited or was read again is not material by itself; what it tells otherwise is a
change of a deal, a measure or a contradiction, and is told as such.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of change, as it is counted: `2 articles new`. Kinds with the same words are counted together."""

    noun: str
    said: str
    material: bool = True

    def count(self, number: int) -> str:
        """So many of them; the first word of the noun has the plural."""
        first, *others = self.noun.split(" ")
        return " ".join([f"{number:,}", first if number == 1 else f"{first}s", *others, self.said])


DETAIL = Kind("detail of deals", "told differently")
# In the order in which they are counted.
KINDS: Mapping[str, Kind] = {
    "document_added": Kind("article", "new", material=False),
    "document_removed": Kind("article", "gone", material=False),
    "document_edited": Kind("article", "edited", material=False),
    "document_read": Kind("article", "read at last", material=False),
    "document_rejected": Kind("article", "no longer read", material=False),
    "document_unread": Kind("file", "new and not read", material=False),
    "document_unread_gone": Kind("file", "gone that could not be read", material=False),
    "deal_added": Kind("deal", "new"),
    "deal_removed": Kind("deal", "told no more"),
    "deal_split": Kind("deal", "split"),
    "deals_joined": Kind("deal", "joined"),
    "deal_amount": DETAIL,
    "deal_status": DETAIL,
    "deal_kind": DETAIL,
    "deal_payer": DETAIL,
    "deal_payee": DETAIL,
    "deal_term": DETAIL,
    "conflict_appeared": Kind("contradiction", "new"),
    "conflict_settled": Kind("contradiction", "settled"),
    "metric_added": Kind("measure", "new"),
    "metric_removed": Kind("measure", "told no more"),
    "metric_amount": Kind("measure", "told differently"),
    "metric_basis": Kind("measure", "told differently"),
}
# A run may have been made by a newer corewatch.
UNKNOWN = Kind("change", "of a kind that this version does not know")


def counted_changes(changed: Mapping[str, int]) -> str:
    """How many of each kind, in a line: `2 articles new; 1 deal new; 3 details of deals told differently`."""
    order = [*dict.fromkeys(KINDS.values()), UNKNOWN]
    counts = Counter[Kind]()
    for what, number in changed.items():
        counts[KINDS.get(what, UNKNOWN)] += number
    return "; ".join(kind.count(counts[kind]) for kind in order if counts[kind]) or "nothing"
