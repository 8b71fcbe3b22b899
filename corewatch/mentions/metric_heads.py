"""What a figure measures: the noun or verb that governs it, or the figure before it that it is compared with.

In: the items of a sentence. Out: a `Reading` for every figure that states one of the contract's metrics.

Judgements made here: the nearest head governs, at a cost that grows with what stands between; heads that are no metric
("contract", "operating profit") compete and win their figures away; a figure after "from" or "against" is of the metric of the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corewatch.mentions.sentence_items import Item

MOST = 3.2  # cost above which a head no longer governs a figure; swept on development articles
SMALL = 1_000_000.0  # a share never costs as much, in any currency

_SIGNS = {",": 0.6, ";": 4.0, ":": 0.3, "—": 0.9, "(": 1.2, ")": 0.3, ".": 5.0, "/": 0.5, '"': 0.3, "-": 0.3, "?": 5.0, "|": 2.0}
_JOINTS = {
    "and": 0.5, "but": 1.6, "while": 1.8, "whereas": 1.8, "although": 1.6, "though": 1.2, "as": 0.5, "which": 0.7, "who": 0.8, "that": 0.3,
    "where": 0.8, "when": 1.2, "because": 1.6, "with": 0.4, "for": 0.1, "after": 0.5, "having": 0.5,
}  # fmt: skip
NEUTRAL = frozenset(("outlet", "research", "exchange", "agency", "law_firm", "university", "association"))  # their figures are not the news
_LIGHT = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "our",
        "his",
        "her",
        "in",
        "of",
        "for",
        "total",
        "annual",
        "quarterly",
        "about",
        "some",
        "roughly",
        "nearly",
        "new",
        "contracted",
        "existing",
        "outstanding",
        "combined",
        "more",
        "than",
        "additional",
        "secured",
        "current",
        "full",
        "all",
        "reported",
        "expected",
        "net",
        "gross",
        "long-term",
    ]
)


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


def read_figures(items: Sequence[Item], before: str | None) -> dict[int, Reading]:
    """The readings of a sentence by the index of their figure; `before` is the metric of the sentence before, for a head left out."""
    readings: dict[int, Reading] = {}
    for at, item in enumerate(items):
        if item.figure is None:
            continue
        found = _read_figure(items, at, readings, before)
        if found is not None:
            readings[at] = found
    return readings


def _read_figure(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    figure = items[at].figure
    assert figure is not None
    if figure.kind == "money":
        return _money(items, at, readings, before)
    if figure.kind == "percent":
        return _percent(items, at, readings, before)
    if figure.kind == "multiple":
        return _multiple(items, at)
    if figure.kind == "count":
        return _count(items, at)
    if figure.kind == "power":
        return _power(items, at)
    return None


def make(
    items: Sequence[Item], at: int, metric: str, head: int, how: str, cost: float, *, negative: bool = False, base: int | None = None
) -> Reading:
    """A reading with the figure's bounds; a negative one turns them round."""
    figure = items[at].figure
    assert figure is not None
    low, high = figure.low, figure.high
    if negative:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Reading(at, metric, low, high, head, how, cost, base)


# What stands between


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


def _gap(items: Sequence[Item], at: int, kind: str) -> tuple[int, Sequence[Item]] | None:
    """The figure of the same kind before `at`, and what stands between."""
    for before in range(at - 1, -1, -1):
        if items[before].figure_kind == kind:
            return before, items[before + 1 : at]
    return None


def _pronoun_level(items: Sequence[Item]) -> bool:
    """Whether a pronoun takes up a head said before: "in 2024 it was", "they had come to"."""
    pronouns = ("it", "they", "that", "this", "those")
    return any(a.lower in pronouns and b.has("level") for a, b in pairwise(items))


def _chained(items: Sequence[Item], at: int, readings: dict[int, Reading], kind: str) -> Reading | None:
    """A figure that is compared with the one before or listed after it: the same metric, no new head."""
    found = _gap(items, at, kind)
    if found is not None and found[0] not in readings and _is_per_unit(items, found[0], of_share=True):
        found = _gap(items, found[0], kind)  # "$3.4 billion, or $1.16 a share, against $2.9 billion"
    if found is None or found[0] not in readings:
        return None
    before, base = found[0], readings[found[0]]
    gap = [items[j] for j in range(before + 1, at) if j != base.head]  # "$4 billion in revenue, up from $3 billion": the head of both
    dated = len(gap) <= 5 and any(item.period for item in gap)
    if base.metric == "share_price" and (not is_small(items, at) or any(item.has("price") for item in gap)):
        return None
    if any(metric_of(item) is not None or item.lower == "." for item in gap) or any(item.has("deal", "worth", "spend") for item in gap):
        return None
    if len(gap) > 14 or (
        any(item.lower == ";" for item in gap) and not dated and not (_pronoun_level(gap) or any(item.has("forecast") for item in gap))
    ):
        return None
    how = None
    if (
        _pronoun_level(gap)
        or any(item.has("compare") or item.figure_kind == "multiple" for item in gap)
        or (any(item.lower == ";" for item in gap) and not dated)
    ):
        how = "compare"
    elif gap and gap[0].lower == "to" and len(gap) <= 3:
        how = "to"
    elif (gap and len(gap) <= 9 and any(item.lower in ("and", ",", "or") for item in gap) and any(item.period for item in gap)) or (
        gap and len(gap) <= 2 and all(item.lower in ("and", ",", "or") for item in gap)
    ):
        how = "list"
    if how is None:
        return None
    figure = items[at].figure
    negative = (base.low or base.high or 0.0) < 0
    assert figure is not None
    return make(items, at, base.metric, base.head, how, base.cost + 0.3, negative=negative, base=before)


# Money


def is_small(items: Sequence[Item], at: int) -> bool:
    """Whether an amount could be the price of a share."""
    figure = items[at].figure
    return figure is not None and max(figure.low or 0.0, figure.high or 0.0) < SMALL


def _money(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    figure = items[at].figure
    assert figure is not None
    size = max(figure.low or 0.0, figure.high or 0.0)
    if is_per_share(items, at):
        return _per_share(items, at) if size < SMALL else None
    if _is_per_unit(items, at) or _is_step(items, at):
        return None
    right = _right_head(items, at)
    if right is None or right.cost > 0.5:
        chained = _chained(items, at, readings, "money")
        if chained is not None:
            return chained
    if size < SMALL:
        price = _price(items, at, readings)
        if price is not None:
            return price
    after_move = _level_after_move(items, at, readings)
    if after_move is not None:
        return after_move
    left = _left_head(items, at)
    best = min((found for found in (left, right) if found is not None), key=lambda reading: reading.cost, default=None)
    if best is None or best.cost > MOST:
        return _elided(items, at, before) if size >= SMALL / 10 else None
    return _checked(items, best, size)


def _is_per_unit(items: Sequence[Item], at: int, of_share: bool = False) -> bool:
    """Whether an amount is a price of one of something: "$2 an hour", "€14 a month"."""
    after = [item.lower for item in items[at + 1 : at + 3]]
    return len(after) == 2 and after[0] in ("a", "an", "per", "each") and (of_share or after[1] not in ("year", "quarter", "share"))


def _is_step(items: Sequence[Item], at: int) -> bool:
    """Whether an amount is by how much something moved: "climbed by $29 billion to"."""
    if at + 1 < len(items) and items[at + 1].lower in ("more", "less", "higher", "lower"):
        return True
    return at > 1 and items[at - 1].lower == "by" and items[at - 2].has("up", "down", "grow", "shrink")


def is_per_share(items: Sequence[Item], at: int) -> bool:
    """Whether an amount is said of one share: "$21 a share", "€4 apiece"."""
    after = [item.lower for item in items[at + 1 : at + 3]]
    each = after[:1] in (["apiece"], ["each"], ["per share"])
    return each or (len(after) > 1 and after[0] in ("a", "per") and after[1] in ("share", "ads", "diluted"))


_LISTINGS = frozenset(
    ("public", "ipo", "initial public offering", "listing", "listed", "offering", "range", "flotation", "float", "debut", "debuted")
)
_BUYS = frozenset(
    ("buy", "bought", "purchase", "place", "placed", "placing", "subscribe", "subscribed", "acquire", "exercisable", "warrants")
)


def _per_share(items: Sequence[Item], at: int) -> Reading | None:
    after = [item.lower for item in items[at + 1 : at + 4]]
    around = items[max(0, at - 25) : at + 8]
    listed = any(item.has("price", "noun:share_price") or item.lower in _LISTINGS for item in around)
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


def _price(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The price of a share: "closed at $76", "to $181.20" after a move of the shares, a price target."""
    for j in range(at - 1, max(-1, at - 9), -1):
        item = items[j]
        if item.has("noun:share_price") or item.lower in ("target", "targets"):
            return make(items, at, "share_price", j, "noun", 0.3)
        if item.figure_kind == "percent":
            if j in readings and readings[j].metric == "share_price_change" and not any(i.has("deal", "other") for i in items[j + 1 : at]):
                return make(items, at, "share_price", readings[j].head, "level", 0.2, base=j)
            continue
        if item.has("noun:shares") and 1 <= at - j <= 3 and items[j + 1].lower == "at":
            return make(items, at, "share_price", j, "price", 0.8)
        if item.has("price"):
            linked = items[j + 1 : at]
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


def _level_after_move(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The level that a growth led to: "rose 34% to $15.2 billion"."""
    j = at - 1
    while j >= 0 and (items[j].lower in ("to", "a", "about", "at", ",", "record", "around", "nearly", "by") or items[j].period):
        j -= 1
    if j < 0 or j not in readings or not any(item.lower == "to" for item in items[j + 1 : at]):
        return None
    base = readings[j]
    return make(items, at, "revenue", base.head, "level", 0.2, base=j) if base.metric == "revenue_growth" else None


def _right_head(items: Sequence[Item], at: int) -> Reading | None:
    """A head right after the figure: "$2.1 billion backlog", "$3 billion in annual revenue", "$18.8 billion of debt"."""
    j, cost = at + 1, 0.15
    if j < len(items) and items[j].lower in ("in", "of", "worth of"):
        j, cost = j + 1, 0.4
    for k in range(j, min(j + 4, len(items))):
        metric = metric_of(items[k])
        if metric is not None and items[k].lower not in ("costs", "cost") and noun_of(items[k]) is not None:
            return make(items, at, metric[0], k, "right", cost, negative=metric[1])
        light = items[k].period is not None or items[k].company is not None or items[k].lower == "'s" or items[k].lower in _LIGHT
        if not light and not (items[k].is_word and k == j and cost < 0.2 and not items[k].tags and items[k].lower not in _NO_MODIFIERS):
            return None
        cost += 0.1
    return None


_NO_MODIFIERS = frozenset(
    "at on for with to from by as and or in of but while which that who when than into over under after before per is was were are".split()
)
_REACHED = frozenset("stood totalled totaled reached was were is came amounted hit".split())


def _left_head(items: Sequence[Item], at: int) -> Reading | None:
    """The nearest head before the figure, and what it costs to reach it."""
    cost, kind = 0.2, items[at].figure_kind
    stands = at > 0 and items[at - 1].lower == "stood at"  # it can only be said of what the sentence is about
    for j in range(at - 1, -1, -1):
        item = items[j]
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


def _checked(items: Sequence[Item], found: Reading, size: float) -> Reading | None:
    """The reading, if what else the sentence says of its head allows it."""
    head, at = items[found.head], found.at
    if found.metric in ("other", "shares", "stake", "employees"):
        return None
    if found.metric == "share_price":
        return found if size < SMALL else None
    if found.metric == "worth":
        return _worth(items, found)
    if found.metric == "spend":
        return _spend(items, found)
    if found.metric == "debt" and not any(tag.startswith("verb") for tag in head.tags) and _is_borrowed(items, found):
        return None
    if found.metric == "valuation" and head.has("verb:valuation") and not _values_a_company(items, found):
        return None
    if found.metric in ("debt", "valuation", "backlog") and [item.lower for item in items[at + 1 : at + 3]] in (
        ["a", "year"],
        ["per", "year"],
    ):
        return None
    if found.metric == "net_income" and head.has("loss_verb:net_income"):
        lost = items[at + 1 : at + 4]
        if any(item.has("noun:valuation", "noun:shares") or item.lower in ("value", "worth") for item in lost) or size < SMALL / 10:
            return None
    if found.metric in ("revenue", "net_income", "backlog", "capex", "debt") and size < 1000:
        return None
    if (
        found.metric == "revenue"
        and head.has("verb:revenue")
        and any(item.lower in ("from", "valuation", "round") for item in items[at + 1 : at + 6])
    ):
        return None
    if found.metric == "revenue" and any(item.has("other") for item in items[max(0, at - 3) : at]) and found.how == "right":
        return None
    if (
        found.metric == "valuation"
        and found.how == "right"
        and items[at + 1].lower in ("in", "of", "off", "from")
        and any(
            item.has("up", "down", "deal", "worth") or item.lower in ("wiped", "wiping", "erased", "erasing")
            for item in items[max(0, at - 4) : at]
        )
    ):
        return None
    if found.metric == "backlog" and found.how == "right" and any(item.has("other") for item in items[:at]):
        return None
    return found


def _values_a_company(items: Sequence[Item], found: Reading) -> bool:
    """ "Valued it at", "which was valued at"; not "turbines valued at"."""
    head, at = found.head, found.at
    between = items[head + 1 : at]
    if not items[head].lower.endswith(" at") and not any(item.lower in ("at", "on") for item in between):
        return False
    if any(
        item.company is not None or item.lower in ("it", "group", "company", "firm", "start-up", "startup", "business") for item in between
    ):
        return not any(item.has("other") for item in between)
    j = head - 1
    while j >= 0 and items[j].lower in (
        ",",
        "which",
        "was",
        "is",
        "were",
        "be",
        "been",
        "being",
        "last",
        "and",
        "has",
        "had",
        "currently",
        "once",
        "now",
        "who",
    ):
        j -= 1
    return j >= 0 and (items[j].company is not None or items[j].lower in ("it", ")", "company", "group", "firm", "start-up"))


def _is_borrowed(items: Sequence[Item], found: Reading) -> bool:
    """Whether a debt is one that is just raised, sold or taken over, not what a company owes in all."""
    if found.how == "left" and any(item.lower in _REACHED for item in items[max(0, found.at - 3) : found.at]):
        return False
    first, last = sorted((found.at, found.head))
    near = items[max(0, first - 7) : last + 1]
    return any(item.has("deal") or item.has("other") for item in near)


def _worth(items: Sequence[Item], found: Reading) -> Reading | None:
    """What a company is worth: "is now worth $3 billion", "put its worth at"; not "a contract worth $3 billion"."""
    before = items[max(0, found.head - 6) : found.head]
    if found.at - found.head > 3 and not any(item.lower == "at" for item in items[found.head : found.at]):
        return None
    if any(item.lower == "at" for item in items[found.head : found.at]) and before and (before[-1].lower == "'s" or before[-1].company):
        return replace(found, metric="valuation", how="worth")
    be = next((j for j in range(found.head - 1, max(-1, found.head - 4), -1) if items[j].has("be")), None)
    made = any(item.lower in ("makes", "made", "making") for item in items[max(0, found.head - 8) : found.head])
    if made and not any(item.has("other") for item in before):
        return replace(found, metric="valuation", how="worth")
    if be is None or be == 0:
        return None
    named = items[be - 1].company is not None or items[be - 1].lower in ("it", "company", "group", "firm", "start-up")
    told = any(item.has("other", "worth") for item in items[:be])
    return replace(found, metric="valuation", how="worth") if named or not told else None


def _spend(items: Sequence[Item], found: Reading) -> Reading | None:
    """A company's spending on its plant, or in a year: "will spend $2.3 billion in 2026 on plant"."""
    if found.at - found.head > 4:
        return None
    after = items[found.at + 1 : found.at + 9]
    on = next(
        (k for k, item in enumerate(after) if item.lower in ("on", "for", "in") and not (k + 1 < len(after) and after[k + 1].period)), None
    )
    if on is None or any(item.has("not_run") and not item.has("deal") for item in after):
        return None
    what = next((k for k, item in enumerate(after[on + 1 :]) if item.has("spend_on", "noun:capex")), None)
    dated = any(item.period for item in after)
    if what is not None and ((what <= 1 and after[on].lower == "on") or (dated and what <= 3)):
        return replace(found, metric="capex", how="spend", cost=found.cost + 0.6)
    return None


def _elided(items: Sequence[Item], at: int, before: str | None) -> Reading | None:
    """A head of the sentence before that is left out: "Analysts had looked for $223 million", "a year earlier it was $117 million"."""
    before = "revenue" if before == "revenue_growth" else before
    if before not in ("revenue", "net_income", "capex", "backlog", "valuation", "debt"):
        return None
    left = items[:at]
    if (
        len(left) > 9
        or any(metric_of(item) is not None for item in left if not item.has("analysts"))
        or any(item.has("deal") for item in left)
    ):
        return None
    if _right_head(items, at) is not None:
        return None
    said = any(item.has("analysts") for item in left) and any(item.has("forecast") or item.lower in ("had", "wanted") for item in left)
    owned = len(left) > 1 and left[0].company is not None and left[1].lower == "'s"
    pronoun = _pronoun_level(left)
    guided = any(item.has("forecast") for item in left) and any(item.period or item.lower == "management" for item in left)
    guided = guided or any(item.has("guess") for item in left)
    return make(items, at, before, at, "elided", 1.5) if said or owned or pronoun or guided else None


# Percentages


def _percent(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    share = _share_of_revenue(items, at, readings)
    if share is not None:
        return share
    stake = _stake(items, at, readings)
    if stake is not None:
        return stake if stake.metric == "stake" else None
    return _move(items, at, readings, before)


def _share_of_revenue(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """ "67% of revenue", "61 percent of its 2025 revenue", "44% of the C$268 million of revenue that it recorded"."""
    if at + 1 < len(items) and items[at + 1].lower in ("of", "of all"):
        for j in range(at + 2, min(at + 9, len(items))):
            metric = metric_of(items[j])
            if metric is not None:
                return make(items, at, "revenue_share", j, "of", 0.3) if metric[0] == "revenue" else None
            if (
                items[j].lower in (",", ";", ".", "in", "and", "or", "at", "which", "to", "for", "on", "market", "from")
                or items[j].figure_kind == "percent"
            ):
                break
    found = _gap(items, at, "percent")
    if found and found[0] in readings and readings[found[0]].metric == "revenue_share":
        gap = found[1]
        if len(gap) <= 12 and not any(metric_of(item) for item in gap):
            return make(items, at, "revenue_share", readings[found[0]].head, "list", 0.6, base=found[0])
    for j in range(at + 1, min(at + 4, len(items))):  # "48% and 17% of our revenue, respectively": the first shares the head of the second
        if items[j].figure_kind == "percent":
            later = _share_of_revenue(items, j, {}) if items[at + 1].lower in ("and", ",") else None
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


def _stake(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
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
    found = _gap(items, at, "percent")
    if found and found[0] in readings and readings[found[0]].metric == "stake" and len(found[1]) <= 6:
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


_TRADES = frozenset(("buy", "buys", "buying", "bought", "sell", "sells", "selling", "sold", "acquire", "acquires", "acquired"))
_DESCRIBED = frozenset(
    "equity company capital group firm start-up startup business miner designer chipmaker maker lab operator developer provider landlord builder parent".split()
)
_AFTER_NAME = frozenset(
    [
        "and",
        "in",
        "for",
        "on",
        "after",
        "before",
        "as",
        "through",
        "via",
        "with",
        "to",
        "by",
        "when",
        "while",
        "but",
        "now",
        "today",
        "at",
        "since",
        "which",
        "that",
        ",",
        ".",
        ";",
    ]
)


def _move(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    """How far sales or shares moved."""
    if any(
        item.lower == "than" and any(after.has("analysts") for after in items[k + 1 : k + 4])
        for k, item in enumerate(items[: at + 4])
        if k > at
    ):
        return None
    sign = _direction(items, at)
    premium = (
        at > 1 and items[at - 2].lower in ("premium", "discount") and any(item.has("noun:share_price") for item in items[at + 1 : at + 5])
    )
    if premium and any(reading.metric == "share_price" for reading in readings.values()):
        level = max(k for k, reading in readings.items() if reading.metric == "share_price")
        down = items[at - 2].lower == "discount"
        return make(items, at, "share_price_change", readings[level].head, "after", 0.8, negative=down, base=level)
    off = _taken_off(items, at)
    if off is not None:
        return make(items, at, "share_price_change", off, "move", 0.4, negative=True)
    found = _gap(items, at, "percent")
    if found and found[0] in readings and readings[found[0]].metric == "revenue_growth" and len(found[1]) <= 12:
        compared = any(item.lower in ("from", "against", "versus", "compared with", "compared to") for item in found[1][-2:])
        if compared and not any(noun_of(item) for item in found[1]):
            return make(items, at, "revenue_growth", readings[found[0]].head, "compare", 0.8, base=found[0])
    if sign is None:
        if (
            found
            and found[0] in readings
            and readings[found[0]].metric in ("share_price_change", "revenue_growth")
            and _is_gapped(found[1])
        ):
            base = readings[found[0]]
            return make(
                items, at, base.metric, base.head, "gapped", base.cost + 0.2, negative=(base.low or base.high or 0) < 0, base=found[0]
            )
        return None
    negative = sign[0] < 0
    level = _after_level(items, at, readings)
    if level is not None and not any(item.has("analysts") for item in items[at + 1 : at + 6]):
        metric_said = "revenue_growth" if level.metric == "revenue" else "share_price_change"
        return make(items, at, metric_said, level.head, "after", level.cost + 0.2, negative=negative, base=level.at)
    said = [reading.metric for reading in readings.values()]
    if items[sign[1]].lower == "growth" and (before in ("revenue", "revenue_growth") or "revenue" in said or "revenue_growth" in said):
        if not any(noun_of(item) for item in items[max(0, sign[1] - 6) : sign[1]]):
            return make(items, at, "revenue_growth", sign[1], "elided", 1.2, negative=negative)
    subject, cost = _moved(items, at, sign[1])
    from_peak = sign[1] > at and any(item.has("peak", "noun:share_price") for item in items[at + 2 : at + 7])
    if subject is None or cost > MOST:
        starts = items[0].lower in ("they", "it", "both", "these") or (items[0].company is not None and not items[0].company.by_name)
        if starts and before in ("share_price", "share_price_change") and at < 9:
            return make(items, at, "share_price_change", at, "elided", 1.5, negative=negative)
        return None
    item = items[subject]
    metric = noun_of(item)
    if metric is not None and metric[0] == "revenue":
        return make(items, at, "revenue_growth", subject, "move", cost, negative=negative)
    if metric is not None and (metric[0] == "shares" or (metric[0] == "share_price" and "target" not in item.lower)):
        return (
            None
            if items[sign[1]].has("grow", "shrink")
            else make(items, at, "share_price_change", subject, "move", cost, negative=negative)
        )
    if metric is None and item.company is not None:
        if items[subject + 1].lower == "'s" and before in ("revenue", "revenue_growth"):
            return make(items, at, "revenue_growth", subject, "elided", cost + 0.3, negative=negative)
        if item.company.segment is not None:
            return make(items, at, "revenue_growth", subject, "segment", cost + 0.3, negative=negative)
        if any(between.has("forecast") for between in items[subject:at]):
            return None
        if items[sign[1]].has("grow", "shrink") or (sign[1] > at and items[sign[1]].lower in _DISTANCES and not from_peak):
            return None
        return make(items, at, "share_price_change", subject, "company", cost + 0.4, negative=negative)
    return None


def _taken_off(items: Sequence[Item], at: int) -> int | None:
    """The shares that lost so much: "wiped 14% off Alpha's shares"."""
    if at + 1 < len(items) and items[at + 1].lower in ("off", "from"):
        for j in range(at + 2, min(at + 7, len(items))):
            if items[j].has("noun:shares") or (items[j].has("noun:share_price") and "target" not in items[j].lower):
                return j
    return None


def _after_level(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The level that a move right after it belongs to: "$29.7 billion, up 27%", "at $33.15, down 2.8%", "$400 million, a rise of 40%"."""
    for j in range(at - 1, max(-1, at - 9), -1):
        if items[j].figure_kind == "money":
            said = readings.get(j)
            near = said is not None and said.metric in ("revenue", "share_price") and said.how != "compare"
            apart = any(item.lower in (",", "(", "—", "and") for item in items[j + 1 : j + 5])
            return said if near and apart else None
        if (
            items[j].figure is not None
            or items[j].company is not None
            or noun_of(items[j]) is not None
            and not items[j].has("up", "down", "loss:net_income")
        ):
            return None
    return None


def _is_gapped(gap: Sequence[Item]) -> bool:
    """Whether only names and joints stand between two figures: "fell 6.1% and 7.7%", "lost 4.4% and Broadcom 2.9%"."""
    return len(gap) <= 4 and all(item.company is not None or item.lower in ("and", ",", "or", "by") for item in gap)


def _direction(items: Sequence[Item], at: int) -> tuple[int, int] | None:
    """Up (1) or down (-1), and the word that says so: before the figure, or right after it ("29% higher", "a 12% drop")."""
    if at + 1 < len(items) and items[at + 1].has("up", "grow", "down", "shrink") and items[at + 1].lower != "off":
        return 1 if items[at + 1].has("up", "grow") else -1, at + 1
    if at + 3 < len(items) and items[at + 1].lower in ("and", ",") and items[at + 2].figure_kind == "percent":
        listed = _direction(items, at + 2)
        if listed is not None and listed[1] > at + 2:
            return listed
    if at + 1 < len(items) and items[at + 1].lower in ("more", "less") and at + 2 < len(items) and items[at + 2].lower == "than":
        return 1 if items[at + 1].lower == "more" else -1, at + 1
    for j in range(at - 1, max(-1, at - 8), -1):
        item = items[j]
        if item.has("loss:net_income") and items[j + 1].lower == "of":
            return -1, j
        if item.has("up", "grow"):
            return 1, j
        if item.has("down", "shrink"):
            return -1, j
        if item.lower == "+":
            return 1, j
        if item.lower in (";", ".") or item.figure is not None or (item.company is not None and item.company.by_name):
            break
    return None


def _moved(items: Sequence[Item], at: int, mover: int) -> tuple[int | None, float]:
    """What moved: the nearest head or company before the figure that can be the subject of its clause."""
    if mover == at + 1 and at + 3 < len(items) and items[at + 2].lower in ("in", "of"):  # "a 3% rise in revenue"
        for j in range(at + 3, min(at + 7, len(items))):
            if noun_of(items[j]) is not None:
                return j, 0.5
    cost = 0.2
    for j in range(at - 1, -1, -1):
        item = items[j]
        aside = item.has("other") and items[mover - 1].lower == ","  # "Shares, up 20% since its listing, fell"
        if noun_of(item) is not None and not item.has("up", "down") and not aside:
            return j, cost
        if item.company is not None and not _is_oblique(items, j):
            after = items[j + 1] if j + 1 < len(items) else None
            moved = j + 2 < len(items) and items[j + 2].has("up", "down")  # "Blue Harbour's fell 3%": its shares
            if after is None or after.lower != "'s" or moved:
                return (None, cost) if item.company.roles and item.company.roles <= NEUTRAL else (j, cost)
        cost += step(item, item.figure_kind == "percent") * (0.5 if item.figure is not None else 1.0)
        if cost > MOST:
            break
    for j in range(at + 1, min(at + 8, len(items))):  # "a 3% rise in revenue"
        metric = noun_of(items[j])
        if metric is not None and items[j - 1].lower in ("in", "of", "its", "for") and metric[0] in ("revenue", "shares"):
            return j, 1.0
        if items[j].figure is not None or items[j].lower in (",", ";"):
            break
    return None, cost


_DISTANCES = frozenset(("above", "over", "below", "under", "short of", "beneath"))
_BEFORE_OBLIQUE = frozenset(
    [
        "from",
        "with",
        "to",
        "by",
        "of",
        "in",
        "at",
        "for",
        "than",
        "on",
        "against",
        "into",
        "via",
        "under",
        "over",
        "between",
        "among",
        "like",
        "including",
        "after",
    ]
)


def _is_oblique(items: Sequence[Item], at: int) -> bool:
    """Whether a company stands after a preposition, so that it is no subject."""
    j = at - 1
    while j >= 0 and items[j].is_word and items[j].lower in ("the", "a", "an", "its", "rival", "chipmaker", "miner", "company"):
        j -= 1
    return j >= 0 and items[j].lower in _BEFORE_OBLIQUE


def _multiple(items: Sequence[Item], at: int) -> Reading | None:
    """ "Sales doubled", "an eightfold increase in revenue", "whose stock had tripled"."""
    figure = items[at].figure
    assert figure is not None
    verb = figure.text.lower().rstrip("d").rstrip("e") in ("doubl", "tripl", "quadrupl", "quintupl", "trebl") or figure.text.lower() in (
        "doubling", "tripling", "trebling", "quadrupling", "double", "triple", "treble", "quadruple",
    )  # fmt: skip
    after = [item.lower for item in items[at + 1 : at + 3]]
    grows = verb or any(item.has("up", "grow") for item in [*items[at + 1 : at + 2], *items[max(0, at - 3) : at]])
    if not grows or (after[:1] == ["the"] and not verb):
        return None
    subject, cost = _moved(items, at, at)
    if subject is None or cost > 2.2:
        return None
    metric = metric_of(items[subject])
    if metric is None or metric[0] not in ("revenue", "shares"):
        return None
    low, high = ((None if bound is None else (bound - 1.0) * 100.0) for bound in (figure.low, figure.high))
    return Reading(at, "revenue_growth" if metric[0] == "revenue" else "share_price_change", low, high, subject, "multiple", cost)


# Counts and power


_FIRMS = frozenset(("start-up", "startup", "company", "firm", "outfit", "lab", "business", "group"))


def _count(items: Sequence[Item], at: int) -> Reading | None:
    figure = items[at].figure
    assert figure is not None
    unit = figure.unit
    if at + 1 < len(items) and items[at + 1].lower in ("more", "additional", "extra"):
        return None
    before = [item for item in items[max(0, at - 7) : at]]
    words = [item.lower for item in before]
    if (
        "-" in figure.text
        and unit in ("employee", "person", "people")
        and any(i.company or i.lower in _FIRMS for i in items[at + 1 : at + 3])
    ):
        return make(items, at, "employees", at, "hyphened", 0.8)
    if unit in ("employee", "person", "worker", "staff", "staffer") and any(
        item.has("employees.verbs", "verb:employees") for item in before
    ):
        said = any(item.has("verb:employees") for item in before) or unit in ("employee", "staff", "staffer")
        counted = not any(word in ("new", "cut", "hire", "laid", "more", "additional", "another") for word in words[-3:])
        joined = (
            unit != "person" or any(item.has("verb:employees") for item in before) or (bool(before) and before[-1].has("employees.verbs"))
        )
        if counted and (said or joined):
            return make(items, at, "employees", at, "count", 0.5 if said else 1.2)
        return None
    metric = {"gpu": "gpus", "data_center": "data_centers", "data_centre": "data_centers"}.get(unit)
    if metric is None:
        return None
    run = next((item for item in reversed(before) if item.has("run")), None)
    after = [item.lower for item in items[at + 1 : at + 4]]
    serving = after[:2] in (["in", "service"], ["in", "operation"]) or after[:1] in (
        ["deployed"],
        ["online"],
        ["installed"],
        ["operational"],
        ["in operation"],
    )
    if (run is None and not serving) or any(item.has("not_run") for item in before):
        return None
    if any(word in ("deal", "contract", "order", "cluster", "lease") for word in after):
        return None
    return make(items, at, metric, at, "count", 0.6)


def _power(items: Sequence[Item], at: int) -> Reading | None:
    before, after = items[max(0, at - 9) : at], items[at + 1 : at + 8]
    if any(item.has("not_run") for item in before) or any(
        item.lower in ("lease", "campus", "site", "facility", "plant") for item in after[:4]
    ):
        return None
    if before and before[-1].lower in ("runs", "operates", "ran", "operated") and any(item.company is not None for item in before):
        return make(items, at, "power", at, "power", 1.2)
    run = any(item.has("run") and item.lower not in ("with", "across", "and", "from") for item in before)
    named = any(item.has("power") for item in [*before, *after[:6]])
    if not named or not (run or any(item.lower in ("contracted", "active", "secured", "under contract") for item in [*before, *after])):
        return None
    return make(items, at, "power", at, "power", 1.0)
