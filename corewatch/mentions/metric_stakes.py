"""Parts of a whole: the share of revenue that a customer brings in, and the stake that an owner holds.

In: the items of a sentence and the index of a percentage. Out: its `Reading`; of the metric `other` where it is part of something else.
"""

from collections.abc import Sequence
from itertools import pairwise

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading, gap_before, make, metric_of
from corewatch.mentions.sentence_items import Item


def read_revenue_share(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    """ "67% of revenue", "61 percent of its 2025 revenue", "44% of the C$268 million of revenue that it recorded"."""
    if any(item.lower in ("equal", "equivalent", "equals", "equalled") for item in items[max(0, at - 3) : at]):
        return None
    if before == "revenue_share" and _adds(items, at):
        return make(items, at, "revenue_share", at, "elided", 1.0)
    if at + 1 < len(items) and items[at + 1].lower in ("of", "of all"):
        taken_up = (
            at + 2 < len(items) and items[at + 2].lower in ("it", "that", "this", "the total") and any(i.has("share") for i in items[:at])
        )
        if taken_up and any(reading.metric == "revenue" for reading in readings.values()):
            last = max(k for k, reading in readings.items() if reading.metric == "revenue" and reading.how != "compare")
            return make(items, at, "revenue_share", readings[last].head, "of", 0.6)
        for j in range(at + 2, min(at + 9, len(items))):
            metric = metric_of(items[j])
            if metric is not None:
                return make(items, at, "revenue_share", j, "of", 0.3) if metric[0] == "revenue" else None
            if (
                (items[j].lower == "in" and not items[j - 1].figure)
                or items[j].lower in (",", ";", ".", "and", "or", "at", "which", "to", "for", "on", "market", "from")
                or items[j].figure_kind == "percent"
            ):
                break
    found = gap_before(items, at, "percent")
    # "Gets 33% of its sales from Google, rose 5%": a move of its own.
    moved = at > 0 and items[at - 1].has("up", "down") and items[at - 1].lower not in _DISTANCES
    if found and not moved and found[0] in readings and readings[found[0]].metric == "revenue_share":
        gap = [items[k] for k in range(found[0] + 1, at) if k != readings[found[0]].head]
        if len(gap) <= 14 and not any(metric_of(item) for item in gap):
            how = "compare" if any(item.has("compare") for item in gap[-3:]) else "list"
            return make(items, at, "revenue_share", readings[found[0]].head, how, 0.6, base=found[0])
    for j in range(at + 1, min(at + 4, len(items))):  # "48% and 17% of our revenue, respectively": the first shares the head of the second
        if items[j].figure_kind == "percent":
            later = read_revenue_share(items, j, readings, before) if items[at + 1].lower in ("and", ",") else None
            if later is not None:
                return make(items, at, "revenue_share", later.head, "list", 0.5)
            break
    sales = _of_which(items, at, readings)
    if sales is not None:
        return make(items, at, "revenue_share", readings[sales].head, "of", 0.7, base=sales)
    if any(
        item.lower == "share" and items[k - 1].lower in ("that", "the", "its", "this") for k, item in enumerate(items[:at]) if k
    ) and any(reading.metric == "revenue_share" for reading in readings.values()):
        last = max(k for k, reading in readings.items() if reading.metric == "revenue_share")
        return make(items, at, "revenue_share", readings[last].head, "share", 0.9, base=last)
    share_noun = next((j for j in range(at - 1, max(-1, at - 12), -1) if items[j].lower == "share"), None)
    if share_noun is not None and share_noun + 1 < at:
        near = at - share_noun < 6 and any(item.has("noun:revenue") for item in items[max(0, share_noun - 6) : at])
        of_sales = items[share_noun + 1].lower == "of" and any(item.has("noun:revenue") for item in items[share_noun + 2 : at])
        if near or of_sales:
            return make(items, at, "revenue_share", share_noun, "share", 0.8)
    return None


def _of_which(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> int | None:
    """The sales that "of which" takes up: "sales of $136 million, of which G42 accounted for 87%"."""
    which = next((j for j in range(at - 1, max(0, at - 8), -1) if items[j].lower == "which" and items[j - 1].lower == "of"), None)
    if which is None or not any(item.has("share") for item in items[which:at]):
        return None
    sales = max((k for k in readings if k < which), default=None)
    return sales if sales is not None and readings[sales].metric == "revenue" else None


def _adds(items: Sequence[Item], at: int) -> bool:
    """Whether a second customer is told after a first: "Mistral, the French laboratory, added 9%"."""
    verb = items[at - 1] if at > 0 else None
    further = verb is not None and (verb.has("share") or verb.lower in ("added", "adds", "another", "further", "had been"))
    closing = at + 1 >= len(items) or items[at + 1].lower in (",", ".", ";", "and", "in")
    return further and closing and bool(items) and items[0].company is not None


def read_stake(items: Sequence[Item], at: int, readings: dict[int, Reading], said: str | None) -> Reading | None:
    """A part of a company that somebody owns; metric `other` where the percentage is of something else.

    `said` is the metric of the sentence before: after one stake, "Alpha has 20%" is another.
    """
    before, after = items[max(0, at - 9) : at], items[at + 1 : at + 7]
    if _is_denied(before):
        return None
    if _lowers(after[:2]) in (["owned", "by"], ["held", "by"]):
        return make(items, at, "stake", at, "owned", 0.4)
    noun = _noun_after(after)
    if noun is not None:
        return None if _is_planned_trade(before) else make(items, at, "stake", at + 1 + noun, "noun", 0.6)
    if after and after[0].lower == "of":
        return _part_of(items, at, readings)
    return _of_noun_before(items, at) or _beside_holder(items, at) or _listed(items, at, readings) or _held(items, at, readings, said)


def _is_denied(before: Sequence[Item]) -> bool:
    """Whether the holding is denied: "doesn't own 9 percent"."""
    near = before[-5:]
    return any(
        item.lower in ("not", "never", "no") or (item.lower == "t" and k > 0 and near[k - 1].lower == "'") for k, item in enumerate(near)
    )


def _lowers(items: Sequence[Item]) -> list[str]:
    return [item.lower for item in items]


def _noun_after(after: Sequence[Item]) -> int | None:
    """Where "stake" or "shareholder" stands after a percentage: "a 14.5% shareholder", "at 7.5 percent its second-largest owner"."""
    for k, item in enumerate(after[:4]):
        if item.has("noun:stake") or item.lower in _HOLDER:
            return k
        if not item.is_word and not (k == 0 and item.company is not None and item.lower in ("its", "their", "our")):
            return None
    return None


def _is_planned_trade(before: Sequence[Item]) -> bool:
    """Whether a stake is only to be bought or sold: "is looking to sell a 20% stake"; one that was sold is held by its buyer."""
    if any(item.has("talks") or item.lower in ("sale", "purchase") for item in before):
        return True
    traded = next((k for k in range(len(before) - 1, max(-1, len(before) - 6), -1) if before[k].has("deal")), None)
    if traded is None:
        return False
    if _is_agreed(before):
        return False
    done = before[traded].lower in _DONE
    return not done or any(item.has("forecast") or item.lower == "to" for item in before[max(0, traded - 3) : traded])


def _is_agreed(before: Sequence[Item]) -> bool:
    """Whether a part of a company is bought under an agreement: "has agreed to buy 60 per cent of Alpha"."""
    words = [item.lower for item in before]
    return "agreed" in words and any(word in ("buy", "acquire", "purchase", "take") for word in words[words.index("agreed") :])


def _part_of(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """ "Owns 14% of Anthropic", "took 12 per cent of the shares", "10% of its equity"; `other` where it is part of something else."""
    before, rest = items[max(0, at - 9) : at], items[at + 2 : at + 8]
    strong = any(item.has("noun:stake") or item.lower in _DONE or (item.has("hold") and item.lower not in _WEAK_HOLD) for item in before)
    paid = bool(before) and before[-1].lower == "for" and any(item.lower in ("pay", "pays", "paid", "paying") for item in before)
    paid = paid or _is_agreed(before)
    listed = any(reading.metric == "stake" and at - 9 < k for k, reading in readings.items())
    holds = strong or paid or listed or any(item.has("hold") for item in before[-3:])
    while rest and rest[0].company is None and rest[0].lower in _BEFORE_OWNED:
        rest = rest[1:]
    if rest and rest[0].company is not None:
        following = rest[1:]
        if following and (following[0].lower == "'s" or rest[0].lower in ("its", "our", "their")):
            following = following[1:] if following[0].lower == "'s" else following
            while following and following[0].lower in _BEFORE_OWNED:
                following = following[1:]
            owned = bool(following) and (
                following[0].has("noun:shares") or following[0].lower in ("equity", "capital") or following[0].company is not None
            )
        else:
            plain = not following or not following[0].is_word
            owned = plain or following[0].has("noun:shares", "be", "compare") or following[0].lower in _AFTER_NAME
        return make(items, at, "stake", at, "of", 0.4) if owned and holds else Reading(at, "other", None, None, at, "of", 0.0)
    if holds and (not rest or rest[0].lower == ","):  # "which the government owns 40 percent of"
        return make(items, at, "stake", at, "hold", 0.6) if any(item.lower == "which" for item in before) else None
    apposed = len(rest) > 2 and rest[0].is_word and rest[1].lower == "," and rest[2].company is not None  # "of the venture, Alpha Compute"
    if rest and (rest[0].has("noun:shares") or rest[0].lower in _DESCRIBED or apposed):
        return make(items, at, "stake", at, "of", 0.6) if holds else None
    return Reading(at, "other", None, None, at, "of", 0.0)


def _of_noun_before(items: Sequence[Item], at: int) -> Reading | None:
    """ "A stake of 11%", "lifted its holding to 14%", "the stake in Alpha, and may go to 75%"."""
    raised = at > 1 and items[at - 1].lower == "to" and (items[at - 2].lower in _REACH or items[at - 2].has("up", "grow", "down"))
    for j in range(at - 1, max(-1, at - (18 if raised else 10)), -1):
        if items[j].has("noun:stake"):
            near = items[max(0, j - 4) : j]
            return None if any(item.lower in _TRADES for item in near) else make(items, at, "stake", j, "left", 0.8)
        if items[j].lower == ";" or (items[j].lower == "," and not raised) or metric_of(items[j]) is not None:
            break
    return None


def _beside_holder(items: Sequence[Item], at: int) -> Reading | None:
    """ "The biggest shareholder is Alpha, with 18.3%", "its backers include Alpha (11 per cent)"."""
    before, after = items[max(0, at - 14) : at], items[at + 1 : at + 14]
    if not before:
        return None
    if before[-1].lower == "with" and any(item.lower in _HOLDERS for item in (*before, *after)):
        return make(items, at, "stake", at, "hold", 1.0)
    bracketed = before[-1].lower == "(" and len(before) > 1 and bool(after) and after[0].lower == ")"
    if bracketed and (before[-2].company or before[-2].person) and any(item.lower in _HOLDERS for item in items[:at]):
        return make(items, at, "stake", at, "bracket", 0.9)
    return None


def _listed(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """A second stake after a first: "owns 54% of Alpha and 48%"."""
    found = gap_before(items, at, "percent")
    if found is None or found[0] not in readings or readings[found[0]].metric != "stake" or len(found[1]) > 6:
        return None
    if any(item.has("compare") for item in found[1]):  # "with 44%, down from 61%"
        return make(items, at, "stake", readings[found[0]].head, "compare", 0.7, base=found[0])
    if any(item.has("up", "down", "grow", "shrink") or (item.has("hold") and item.lower != "with") for item in found[1]):
        return None  # a move, or a clause of its own
    return make(items, at, "stake", readings[found[0]].head, "list", 0.7, base=found[0])


def _held(items: Sequence[Item], at: int, readings: dict[int, Reading], said: str | None) -> Reading | None:
    """A stake without "of": "Alpha, which holds 11%", "keeps 9%"; "has 55%" only where the text speaks of owners."""
    after = items[at + 1 : at + 3]
    j = at - 1
    while j >= 0 and items[j].lower in ("a", "further", "the", "another", "other", "remaining", "still", "only", "just"):
        j -= 1
    if j < 0 or not items[j].has("hold") or (after and after[0].lower not in _AFTER_STAKE):
        return None
    verb = items[j].lower
    if verb not in _KEEPS and any(item.lower in ("will", "would", "to") for item in items[max(0, j - 3) : j]):
        return None  # of a venture to come, mostly
    if verb in _WEAK_HOLD:
        owners = any(item.lower in _HOLDERS or item.has("noun:stake") for item in items[max(0, at - 12) : at + 8])
        shared = any(a.lower == "the" and b.lower in ("rest", "remainder") for a, b in pairwise(items[at:]))
        taken_up = any(a.lower in ("in", "of") and b.lower == "which" for a, b in pairwise(items[max(0, at - 6) : at]))
        if not (said == "stake" or owners or shared or taken_up or any(reading.metric == "stake" for reading in readings.values())):
            return None
    elif verb in _TAKEN and any(metric_of(item) not in (None, ("other", False), ("stake", False)) for item in items[:at]):
        return None
    return make(items, at, "stake", at, "hold", 1.0)


_HOLDER = frozenset(("shareholder", "stockholder", "owner", "holder", "investor"))
_DISTANCES = frozenset(("above", "below", "over", "under", "short of"))
_KEEPS = frozenset(("keep", "retain", "be left with"))
_HOLDERS = word_class("holders")
_DONE = word_class("done_trades")
_REACH = word_class("reach")
_TRADES = word_class("trades")
_DESCRIBED = word_class("described")
_AFTER_NAME = word_class("after_name")
_BEFORE_OWNED = word_class("before_owned")
_AFTER_STAKE = word_class("after_stake")
_WEAK_HOLD = word_class("weak_hold")
_TAKEN = word_class("taken")
