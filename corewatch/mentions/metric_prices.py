"""Prices of shares: closes, issue prices, targets. In: the items of a sentence and a small amount of money. Out: its `Reading`, or null.

A price per share in a takeover, a placement or a purchase is no share price, and neither are earnings a share.
"""

from collections.abc import Sequence

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading, make
from corewatch.mentions.sentence_items import Item

_LISTINGS = word_class("listings")


_QUOTED_THINGS = word_class("quoted_things")
_BUYS = word_class("placements")


def read_per_share(items: Sequence[Item], at: int) -> Reading | None:
    """An amount that is said of one share, where the sentence speaks of a listing or a market price."""
    after = [item.lower for item in items[at + 1 : at + 4]]
    around = items[max(0, at - 25) : at + 8]
    listed = any(item.has("price", "noun:share_price") for item in around)
    listed = listed or any(item.lower in _LISTINGS for item in items[max(0, at - 25) : at + 15])
    if not listed or any(item.lower in _BUYS for item in items[max(0, at - 9) : at]):
        return None
    if after[:1] in (["apiece"], ["each"]) and not any(
        item.has("noun:shares") or (item.figure and item.figure.unit == "share") for item in around
    ):
        return None
    if (
        any(item.has("takeover", "noun:net_income", "verb:net_income", "loss:net_income", "loss_verb:net_income") for item in around)
        or "diluted" in after
    ):
        return None
    return make(items, at, "share_price", at, "per_share", 1.0)


def read_price(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The price of a share: "closed at $76", "to $181.20" after a move of the shares, a price target."""
    if [item.lower for item in items[at + 1 : at + 4]] == ["on", "the", "dollar"]:
        return None  # a bond
    if any(item.lower in _QUOTED_THINGS for item in items[max(0, at - 6) : at + 4]):
        return None
    if _is_quoted(items, at) or _shares_were_at(items, at):
        return make(items, at, "share_price", at, "price", 0.7)
    for j in range(at - 1, max(-1, at - 9), -1):
        item = items[j]
        if item.has("noun:share_price") or item.lower in ("target", "targets"):
            return make(items, at, "share_price", j, "noun", 0.3)
        if item.figure_kind == "percent":
            if j in readings and readings[j].metric == "share_price_change" and not any(i.has("deal", "other") for i in items[j + 1 : at]):
                return make(items, at, "share_price", readings[j].head, "level", 0.2, base=j)
            continue
        beside = [other.lower for other in items[j + 1 : at] if other.lower != ","]
        if item.has("noun:shares") and 1 <= at - j <= 3 and (beside[:1] == ["at"] or beside in (["are", "worth"], ["is", "worth"])):
            return make(items, at, "share_price", j, "price", 0.8)
        if item.lower in _FETCHED and j >= at - 3 and any(other.has("noun:shares") or other.lower == "share" for other in items[:j]):
            return make(items, at, "share_price", j, "price", 0.7)
        if item.has("price"):
            linked = items[j + 1 : at]
            if len(linked) == 1 and linked[0].lower in (":", "of"):  # "First trade: €12.05", "Monday's close of $2.85"
                return make(items, at, "share_price", j, "price", 0.6)
            if any(i.lower in ("at", "on") or i.lower.endswith((" at", " for", " of")) for i in [*linked, item]) and not any(
                i.has("deal", "other") for i in linked
            ):
                return make(items, at, "share_price", j, "price", 0.6)
        if item.lower in (";", ".") or item.has("other", "deal"):
            break
    if _moved_to(items, at):
        return make(items, at, "share_price", next(j for j in range(at - 1, -1, -1) if items[j].has("noun:shares")), "level", 0.5)
    if [item.lower for item in items[at + 1 : at + 3]] == ["at", "which"] and any(item.has("price") for item in items[at + 3 : at + 9]):
        return make(items, at, "share_price", at, "price", 0.6)
    for j in range(at + 1, min(len(items), at + 5)):
        if items[j].has("noun:share_price") and items[j].lower.endswith(("price", "target")):
            return make(items, at, "share_price", j, "noun", 0.4)
        if items[j].figure or items[j].lower in (",", ";"):
            break
    return None


_FETCHED = frozenset(("fetched", "fetches", "cost", "costs", "had for"))
_ARROWS = frozenset(("▲", "▼", "↑", "↓", "+", "-", "−"))


def _is_quoted(items: Sequence[Item], at: int) -> bool:
    """Whether an amount stands in a line of quotations: "Alpha (ALP) $16.42 ▼ 3.1%"."""
    after = items[at + 1 : at + 4]
    moved = len(after) > 1 and after[0].lower in _ARROWS and after[1].figure_kind == "percent"
    return moved and at > 0 and (items[at - 1].lower == ")" or items[at - 1].company is not None)


def _shares_were_at(items: Sequence[Item], at: int) -> bool:
    """ "Shares of Alpha, which have doubled, were at $204.50"."""
    if at < 2 or items[at - 1].lower != "at" or items[at - 2].lower not in ("was", "were", "is", "are", "now"):
        return False
    return any(item.has("noun:shares") for item in items[:at])


def _moved_to(items: Sequence[Item], at: int) -> bool:
    """Whether the shares rose or fell to a price: "shares fell to $42", "slid to a low of $62"."""
    j = at - 1
    while j >= 0 and (
        items[j].lower in ("a", "an", "of", "record", "year", "around", "about") or items[j].has("peak") or "-" in items[j].lower
    ):
        j -= 1
    if j < 1 or items[j].lower != "to":
        return False
    before = items[max(0, j - 6) : j]
    return any(item.has("up", "down") for item in before) and any(item.has("noun:shares") for item in before)
