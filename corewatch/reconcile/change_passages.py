"""What the words of a change rest on: for each amount or word that a passage says, the mention that says it.

In: the tables before and after. Out: `values` and `mention_ids` of the table of changes. A mention is named by its id in the tables after:
what was said before is told with its passage only where that still stands, in an article that was not edited there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from corewatch.reconcile.amounts import say
from corewatch.reconcile.disagreements import amount_of
from corewatch.tables import Tables, records

Row = dict[str, Any]
# Words of a change, and the mention that says them; null where none is known.
Saying = tuple[str, str | None]
# The tables whose rows may be named, with their ids and their words.
SAID = (("deal_mentions", "mention_id", "evidence"), ("metric_mentions", "mention_id", "evidence"), ("statements", "statement_id", "quote"))


class Passages:
    """The mentions of one reading; of the earlier one, `kept` are those whose passage is in the later one too."""

    def __init__(self, tables: Tables, later: Tables | None = None) -> None:
        mine = passages_of(tables)
        theirs = mine if later is None else passages_of(later)
        self.kept = {key for key, passage in mine.items() if theirs.get(key) == passage}
        self.by_id = {row["mention_id"]: row for row in records(tables.deal_mentions)}
        self.of_deal: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.by_id.values():
            if row["deal_id"]:
                self.of_deal[row["deal_id"]].append(row)

    def says(self, words: str, mention_id: str | None) -> Saying:
        """Words with the mention that says them."""
        return words, mention_id if mention_id in self.kept else None

    def amount(self, row: Row) -> list[Saying]:
        """The amount of a deal as its name or sentence has it; none where none is stated."""
        amount = amount_of(row)
        return [self.says(say(amount), row["mention_id"])] if amount.known else []

    def field(self, deal: Row, name: str, words: str) -> Saying:
        """What a deal is in one field, with the mention that says so: the one that it takes its amount from, if that does."""
        if deal[name] is None:
            return words, None
        lead = self.by_id.get(deal["mention_id"])
        found = [row for row in ([lead] if lead else []) + self.of_deal[deal["deal_id"]] if row[name] == deal[name]]
        return self.says(words, found[0]["mention_id"] if found else None)

    def sides(self, conflict: Row, words: Iterable[str]) -> list[Saying]:
        """The values of a contradiction as `words` has them, each once, with the first mention that says it."""
        first: dict[str, str] = {}
        for value, mention_id in zip(words, (conflict["mention_ids"] or "").split("; "), strict=False):
            first.setdefault(value, mention_id)
        return [self.says(value, mention_id) for value, mention_id in first.items()]


def passages_of(tables: Tables) -> dict[str, tuple[str, int, str]]:
    """Where each mention and statement stands, and its words."""
    return {
        row[key]: (row["doc_id"], row["start"], row[words])
        for name, key, words in SAID
        for row in records(tables[name][["doc_id", "start", key, words]])
    }


def told(sayings: Sequence[Saying]) -> Row:
    """The sayings as cells of a table: `values` and `mention_ids`, in parallel and in the order of the words; null without any."""
    known = [(words, mention_id) for words, mention_id in sayings if mention_id and "; " not in words]
    values, ids = ("; ".join(one[at] or "" for one in known) or None for at in (0, 1))
    return {"values": values, "mention_ids": ids}
