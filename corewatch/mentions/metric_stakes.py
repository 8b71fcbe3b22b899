"""Parts of a whole: the share of revenue that a customer brings in, and the stake that an owner holds.

In: the items of a sentence and the index of a percentage. Out: its `Reading`; of the metric `other` where it is part of something else.
"""

from collections.abc import Sequence

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading, gap_before, make, metric_of
from corewatch.mentions.sentence_items import Item


def read_revenue_share(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """ "67% of revenue", "61 percent of its 2025 revenue", "44% of the C$268 million of revenue that it recorded"."""
    if at + 1 < len(items) and items[at + 1].lower in ("of", "of all"):
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
    if found and found[0] in readings and readings[found[0]].metric == "revenue_share":
        gap = found[1]
        if len(gap) <= 12 and not any(metric_of(item) for item in gap):
            return make(items, at, "revenue_share", readings[found[0]].head, "list", 0.6, base=found[0])
    for j in range(at + 1, min(at + 4, len(items))):  # "48% and 17% of our revenue, respectively": the first shares the head of the second
        if items[j].figure_kind == "percent":
            later = read_revenue_share(items, j, {}) if items[at + 1].lower in ("and", ",") else None
            return make(items, at, "revenue_share", later.head, "list", 0.5) if later else None
    if any(
        item.lower == "share" and items[k - 1].lower in ("that", "the", "its", "this") for k, item in enumerate(items[:at]) if k
    ) and any(reading.metric == "revenue_share" for reading in readings.values()):
        last = max(k for k, reading in readings.items() if reading.metric == "revenue_share")
        return make(items, at, "revenue_share", readings[last].head, "share", 0.9, base=last)
    share_noun = next((j for j in range(at - 1, max(-1, at - 6), -1) if items[j].lower == "share"), None)
    if share_noun is not None and any(item.has("noun:revenue") for item in items[max(0, share_noun - 6) : at]):
        return make(items, at, "revenue_share", share_noun, "share", 0.8)
    return None


def read_stake(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """A part of a company that somebody owns; metric `other` where the percentage is of something else."""
    after = items[at + 1 : at + 6]
    before = items[max(0, at - 9) : at]
    holds = any(item.has("hold") for item in before)
    noun_after = next(
        (k for k, item in enumerate(after) if item.has("noun:stake") or item.lower in ("shareholder", "owner", "holder")), None
    )
    if noun_after is not None and all(item.is_word for item in after[:noun_after]) and noun_after <= 2:
        bought = any(item.has("deal") for item in before[-4:])
        return None if bought else make(items, at, "stake", at + 1 + noun_after, "noun", 0.6)
    if len(after) > 1 and after[0].lower == "owned" and after[1].lower == "by":
        return make(items, at, "stake", at, "owned", 0.4)
    if after and after[0].lower == "of":
        rest = after[1:]
        while rest and rest[0].lower in ("the", "its", "their", "our", "all", "outstanding", "'s"):
            if rest[0].company is not None:
                break
            rest = rest[1:]
        if rest and rest[0].company is not None:
            following = rest[1:]
            if following and following[0].lower == "'s":
                following = following[1:]
                ok = bool(following) and (following[0].has("noun:shares") or following[0].lower in ("equity", "capital"))
            else:
                ok = (
                    not following
                    or not following[0].is_word
                    or following[0].has("noun:shares", "be", "compare")
                    or following[0].lower in _AFTER_NAME
                )
            if ok and (holds or any(item.has("noun:stake") for item in before)):
                return make(items, at, "stake", at, "of", 0.4)
            return Reading(at, "other", None, None, at, "of", 0.0)
        if rest and (rest[0].has("noun:shares") or rest[0].lower in _DESCRIBED):
            return make(items, at, "stake", at, "of", 0.6) if holds or any(item.has("noun:stake") for item in before) else None
        return Reading(at, "other", None, None, at, "of", 0.0)
    for j in range(at - 1, max(-1, at - 10), -1):
        if items[j].has("noun:stake"):
            near = items[max(0, j - 4) : j]
            return None if any(item.lower in _TRADES for item in near) else make(items, at, "stake", j, "left", 0.8)
        if items[j].lower in (";", ",") or metric_of(items[j]) is not None:
            break
    if (
        before
        and before[-1].lower == "with"
        and any(item.lower in ("owner", "shareholder", "investor", "holder") for item in (*before[-4:], *items[at + 1 : at + 8]))
    ):
        return make(items, at, "stake", at, "hold", 1.0)
    found = gap_before(items, at, "percent")
    if (
        found
        and found[0] in readings
        and readings[found[0]].metric == "stake"
        and len(found[1]) <= 6
        and not any(item.has("up", "down") for item in found[1])
    ):
        return make(items, at, "stake", readings[found[0]].head, "list", 0.7, base=found[0])
    closing = not after or after[0].lower in (",", ".", ";", "and")
    if (
        closing
        and before
        and (before[-1].has("hold") or (len(before) > 1 and before[-1].lower in ("a", "further", "the") and before[-2].has("hold")))
    ):
        if before[-1].lower in ("with", "has", "had", "have", "came to", "come to", "took", "left"):
            return None
        return make(items, at, "stake", at, "hold", 1.0)
    return None


_TRADES = word_class("trades")


_DESCRIBED = word_class("described")


_AFTER_NAME = word_class("after_name")
