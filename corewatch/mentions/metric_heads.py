"""The head that governs a figure: the noun or verb that says what it measures, or the figure before it that it is compared with.

In: the items of a sentence. Out: a `Reading` of one figure: its metric, its bounds, and where its head stands.

Judgements made here: the nearest head governs, at a cost that grows with what stands between; heads that are no metric
("contract", "operating profit") compete and win their figures away; a figure after "from" or "against" is of the metric of the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.sentence_items import Item, figure_of

MOST = 3.2  # cost above which a head no longer governs a figure; of 2.2, 3.2 and 4.2 the best balance on development articles
SMALL = 1_000_000.0  # a share never costs as much, in any currency
_SIGNS = {",": 0.6, ";": 4.0, ":": 0.3, "—": 0.9, "(": 1.2, ")": 0.3, ".": 5.0, "/": 0.5, '"': 0.3, "-": 0.3, "?": 5.0, "|": 2.0}
_JOINTS = {
    "and": 0.5, "but": 1.6, "while": 1.8, "whereas": 1.8, "although": 1.6, "though": 1.2, "as": 0.5, "which": 0.7, "who": 0.8, "that": 0.3,
    "where": 0.8, "when": 1.2, "because": 1.6, "with": 0.4, "for": 0.1, "after": 0.5, "having": 0.5,
}  # fmt: skip
_LIGHT = word_class("light")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the figure at `at` measures. `head` is the item that says so; `base` the figure that it is compared with or listed after."""

    at: int
    metric: str
    low: float | None
    high: float | None
    head: int
    how: str
    cost: float
    base: int | None = None


def make(
    items: Sequence[Item], at: int, metric: str, head: int, how: str, cost: float, *, negative: bool = False, base: int | None = None
) -> Reading:
    """A reading with the figure's bounds; a negative one turns them round."""
    figure = figure_of(items[at])
    low, high = figure.low, figure.high
    if negative:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Reading(at, metric, low, high, head, how, cost, base)


def step(item: Item, same_kind: bool = False) -> float:
    """What it costs to look past an item for the head of a figure."""
    if item.figure is not None:
        return 1.2 if same_kind else 0.3
    if item.company is not None:
        return 0.35
    if item.period is not None:
        return 0.1
    if item.lower in _SIGNS:
        return _SIGNS[item.lower]
    if item.lower in _JOINTS:
        return _JOINTS[item.lower]
    return 2.2 if item.has("deal") and not item.has("price", "up", "down", "share") else 0.08


def noun_of(item: Item) -> tuple[str, bool] | None:
    """As `metric_of`, for nouns only: a verb is no thing that can rise or fall."""
    return None if any(tag.startswith(("verb:", "loss_verb:")) for tag in item.tags) else metric_of(item)


def metric_of(item: Item) -> tuple[str, bool] | None:
    """The metric that a head names and whether it is a loss; `other` for one that names no metric."""
    for tag in sorted(item.tags):
        kind, _, metric = tag.partition(":")
        if kind in ("noun", "loss", "verb", "loss_verb") and metric:
            return metric, kind.startswith("loss")
    return ("other", False) if "other" in item.tags else None


def gap_before(items: Sequence[Item], at: int, kind: str) -> tuple[int, Sequence[Item]] | None:
    """The figure of the same kind before `at`, and what stands between."""
    for before in range(at - 1, -1, -1):
        if items[before].figure_kind == kind:
            return before, items[before + 1 : at]
    return None


def says_again(items: Sequence[Item]) -> bool:
    """Whether a pronoun takes up a head said before: "in 2024 it was", "they had come to"."""
    pronouns = ("it", "they", "that", "this", "those")
    return any((a.lower in pronouns or a.lower == "'s") and b.has("level") for a, b in pairwise(items))


def is_expected(items: Sequence[Item], at: int) -> bool:
    """Whether a figure is what others had expected, so that "short of" or "above" before it bounds the one it is compared with."""
    after = items[at + 1 : at + 14]
    end = next((k for k, item in enumerate(after) if item.lower in (",", ";", ".") or item.figure is not None), len(after))
    clause = after[:end]
    if not clause or not (
        clause[0].lower in ("that", "which", "expected", "forecast", "estimated", "predicted") or clause[0].has("analysts")
    ):
        return False
    return any(item.has("analysts", "forecast", "guess") for item in clause)


def _is_earlier(items: Sequence[Item], at: int) -> bool:
    """Whether a bounded figure is one of a year or quarter before, so that its bound measures the figure before it."""
    figure = figure_of(items[at])
    bounded = (figure.low is None) != (figure.high is None)
    return bounded and any(item.has("year_before", "quarter_before") for item in items[at + 1 : at + 4])


def apposition_start(items: Sequence[Item], comma: int) -> int | None:
    """Where an apposition opens that a comma before the verb closes: "The backlog, or the value of contracts signed, reached"."""
    if comma + 1 >= len(items) or not items[comma + 1].has("up", "down", "grow", "shrink", "level", "actual", "reach", "be"):
        return None
    for k in range(comma - 1, max(-1, comma - 18), -1):
        if items[k].figure is not None or items[k].lower in (";", "."):
            return None
        if items[k].lower == ",":
            return k if items[k + 1].lower in _APPOSITIONS or items[comma - 1].lower in ("included", "excluded", "aside", "alone") else None
    return None


_APPOSITIONS = frozenset(
    ("a", "an", "or", "the", "which", "that", "its", "one", "known", "also", "meaning", "all", "most", "much", "some", "including")
)


def chained(items: Sequence[Item], at: int, readings: dict[int, Reading], kind: str) -> Reading | None:
    """A figure that is compared with the one before or listed after it: the same metric, no new head."""
    found = gap_before(items, at, kind)
    if found is not None and found[0] not in readings and is_per_unit(items, found[0], of_share=True):
        found = gap_before(items, found[0], kind)  # "$3.4 billion, or $1.16 a share, against $2.9 billion"
    if found is None or found[0] not in readings:
        return None
    before, base = found[0], readings[found[0]]
    gap = [items[j] for j in range(before + 1, at) if j != base.head]  # "$4 billion in revenue, up from $3 billion": the head of both
    dated = len(gap) <= 5 and any(item.period for item in gap)
    if base.metric != "share_price" and is_small(items, at) and kind == "money" and not is_small(items, before):
        return None
    if base.metric == "share_price" and (not is_small(items, at) or any(item.has("price") for item in gap)):
        return None
    if any(metric_of(item) is not None or item.lower == "." for item in gap) or any(item.has("deal", "worth", "spend") for item in gap):
        return None
    if len(gap) > 14 or (
        any(item.lower == ";" for item in gap) and not dated and not (says_again(gap[-5:]) or any(item.has("forecast") for item in gap))
    ):
        return None
    how = None
    if (
        says_again(gap[-5:])
        or is_expected(items, at)
        or any(item.has("compare", "analysts") or item.figure_kind == "multiple" for item in gap)
        or (any(item.lower == ";" for item in gap) and not dated)
    ):
        how = "compare"
    elif gap and gap[0].lower == "to" and len(gap) <= 3:
        how = "to"
    elif (gap and len(gap) <= 9 and any(item.lower in ("and", ",", "or") for item in gap) and any(item.period for item in gap)) or (
        gap and len(gap) <= 2 and all(item.lower in ("and", ",", "or") for item in gap)
    ):
        how = "list"
    elif any(item.has("forecast") for item in gap[-3:]) and base.metric != "share_price":
        how = "list"  # "revenue in 2025 was $400 million, and he is aiming for $1.1 billion in 2026"
    elif gap and gap[0].lower == "(" and any(item.period or item.has("year_before") for item in gap):
        how = "compare"  # "£48m in 2025 (2024: £29m)"
    elif [item.lower for item in gap] == ["("] and at + 1 < len(items) and items[at + 1].lower == ")":
        # The same amount in a second currency, or in the same one that of a year before: "SEK 1,903 million (1,842)".
        how = "compare" if figure_of(items[at]).unit == figure_of(items[before]).unit else "list"
    if how is None:
        return None
    negative = (base.low or base.high or 0.0) < 0
    measured = not any(item.has("compare") for item in gap) and (is_expected(items, at) or _is_earlier(items, at))
    made = make(items, at, base.metric, base.head, "compare" if measured else how, base.cost + 0.3, negative=negative, base=before)
    if measured and (made.low is None) != (made.high is None):  # "well short of the $2.9 billion of the quarter before" is exactly that
        exact = made.high if made.low is None else made.low
        made = replace(made, low=exact, high=exact)
    return made


def is_small(items: Sequence[Item], at: int) -> bool:
    """Whether an amount could be the price of a share."""
    figure = items[at].figure
    return figure is not None and max(figure.low or 0.0, figure.high or 0.0) < SMALL


def is_per_unit(items: Sequence[Item], at: int, of_share: bool = False) -> bool:
    """Whether an amount is a price of one of something: "$2 an hour", "€14 a month"."""
    after = [item.lower for item in items[at + 1 : at + 3]]
    return len(after) == 2 and after[0] in ("a", "an", "per", "each") and (of_share or after[1] not in ("year", "quarter", "share"))


def is_per_share(items: Sequence[Item], at: int) -> bool:
    """Whether an amount is said of one share: "$21 a share", "€4 apiece"."""
    after = [item.lower for item in items[at + 1 : at + 3]]
    each = after[:1] in (["apiece"], ["each"], ["per share"])
    return each or (len(after) > 1 and after[0] in ("a", "per") and after[1] in ("share", "ads", "diluted"))


def right_head(items: Sequence[Item], at: int) -> Reading | None:
    """A head right after the figure: "$2.1 billion backlog", "$3 billion in annual revenue", "$18.8 billion of debt"."""
    j, cost = at + 1, 0.15
    if j < len(items) and items[j].lower in ("in", "of", "worth of"):
        j, cost = j + 1, 0.4
    for k in range(j, min(j + 4, len(items))):
        metric = metric_of(items[k])
        if metric is not None and items[k].lower not in ("costs", "cost") and noun_of(items[k]) is not None:
            return make(items, at, metric[0], k, "right", cost, negative=metric[1])
        if items[k].lower in ("including", "excluding", "counting", "plus", "less"):
            return None  # "a valuation of $60 billion including debt"
        light = items[k].period is not None or items[k].company is not None or items[k].lower == "'s" or items[k].lower in _LIGHT
        if not light and not (items[k].is_word and k == j and cost < 0.2 and not items[k].tags and items[k].lower not in _NO_MODIFIERS):
            return None
        cost += 0.1
    return None


_NO_MODIFIERS = word_class("no_modifiers")


def left_head(items: Sequence[Item], at: int) -> Reading | None:
    """The nearest head before the figure, and what it costs to reach it."""
    cost, kind = 0.2, items[at].figure_kind
    stands = at > 0 and items[at - 1].lower == "stood at"  # it can only be said of what the sentence is about
    j = at
    while j > 0:
        j -= 1
        item = items[j]
        opened = apposition_start(items, j) if item.lower == "," else None
        if opened is not None:
            cost, j = cost + 0.5, opened
            continue
        metric = metric_of(item)
        if metric is not None and not (metric[0] in ("shares", "stake") and item.has("noun:shares", "noun:stake")):
            return make(items, at, metric[0], j, "left", cost, negative=metric[1])
        if item.has("worth", "spend"):
            return make(items, at, "worth" if item.has("worth") else "spend", j, "left", cost)
        passed = step(item, item.figure_kind == kind)
        cost += min(passed, 0.5) if stands and passed < 3 else passed
        if cost > MOST:
            return None
    return None
