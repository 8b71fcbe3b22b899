"""What an amount of money measures: sales, profit, backlog, capital spending, debt, a company's value, a share's price.

In: the items of a sentence, the index of the amount and the readings before it. Out: its `Reading`, or null where it states no metric.
"""

from collections.abc import Sequence
from dataclasses import replace

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import (
    MOST,
    SMALL,
    Reading,
    chained,
    is_per_share,
    is_per_unit,
    left_head,
    make,
    metric_of,
    right_head,
    says_again,
)
from corewatch.mentions.metric_periods import clause_before
from corewatch.mentions.metric_prices import read_per_share, read_price
from corewatch.mentions.sentence_items import Item, figure_of
from corewatch.mentions.subjects import is_oblique


def read_money(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    """What the amount at `at` measures; `before` is the metric of the sentence before."""
    figure = figure_of(items[at])
    size = max(figure.low or 0.0, figure.high or 0.0)
    if is_per_share(items, at):
        return read_per_share(items, at) if size < SMALL else None
    if is_per_unit(items, at) or _is_step(items, at) or (at > 1 and items[at - 1].lower == "at" and items[at - 2].lower == "running"):
        return None
    relative = _relative_head(items, at) if size >= SMALL else None
    if relative is not None:
        return relative
    right = right_head(items, at)
    if right is None or right.cost > 0.5:
        after = chained(items, at, readings, "money")
        if after is not None:
            return after
    if size < SMALL:
        price = read_price(items, at, readings)
        if price is not None:
            return price
    if _is_put_into_plant(items, at):
        return make(items, at, "capex", at - 1, "spend", 0.8)
    own = _own_programme(items, at)
    if own is not None:
        return own
    after_move = _level_after_move(items, at, readings)
    if after_move is not None:
        return after_move
    other = _of_segment(items, at, readings, before)
    if other is not None:
        return other if size >= SMALL else None
    left = left_head(items, at)
    if left is not None and right is not None and right.metric == "revenue" and items[left.head].has("verb:net_income"):
        left = None  # "earned $9.2 billion in revenue"
    best = min((found for found in (left, right) if found is not None), key=lambda reading: reading.cost, default=None)
    if best is None or best.cost > MOST:
        return _elided(items, at, before) if size >= SMALL / 10 else None
    found = _checked(items, best, size, before)
    if found is None and best.metric == "spend" and before == "capex":
        return _elided(items, at, before)
    return found


def _is_put_into_plant(items: Sequence[Item], at: int) -> bool:
    """ "Put more than $88 billion into property and equipment"."""
    put = at > 0 and items[at - 1].lower in ("put", "puts", "poured", "pours", "ploughed", "plowed", "sank", "sunk", "pumped")
    after = items[at + 1 : at + 5]
    return put and len(after) > 1 and after[0].lower in ("into", "in") and after[1].lower in _PLANT


def _own_programme(items: Sequence[Item], at: int) -> Reading | None:
    """A company's own spending on its trade as a noun: "its $80 billion investment in AI"; not one in another company."""
    owner = items[at - 1] if at else None
    if owner is None or not (owner.lower == "'s" or owner.lower in ("its", "our", "their")):
        return None
    j = at + 1
    while j < len(items) and (items[j].lower == '"' or items[j].period is not None or items[j].lower in ("capital", "annual", "ai")):
        j += 1
    if j + 2 >= len(items) or not items[j].has("programme") or items[j + 1].lower not in ("in", "on", "for"):
        return None
    return make(items, at, "capex", j, "spend", 1.0) if items[j + 2].has("spend_on") or items[j + 2].lower == "ai" else None


def _is_step(items: Sequence[Item], at: int) -> bool:
    """Whether an amount is by how much something moved: "climbed by $29 billion to"."""
    if at + 1 < len(items) and items[at + 1].lower in ("more", "less", "higher", "lower"):
        return True
    if at > 1 and items[at - 1].lower == "by":
        return any(item.has("up", "down", "grow", "shrink") or item.lower in _CHANGED for item in items[max(0, at - 10) : at - 1])
    if (
        at > 0 and items[at - 1].has("up") and items[at - 1].lower in ("add", "added", "adds", "adding")
    ):  # "added $36 million to its forecast"
        return [item.lower for item in items[at + 1 : at + 2]] == ["to"] and any(item.has("forecast") for item in items[at + 2 : at + 8])
    return False


_CHANGED = word_class("changed")


def _of_segment(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    """The sales of a part of a company: "its data center division made $22.6 billion", "and interconnection $384 million"."""
    if at < 1:
        return None
    if items[at - 1].has("segment"):
        listed = any(reading.how == "segment" for k, reading in readings.items() if at - 8 < k < at)
        return make(items, at, "revenue", at - 1, "segment", 0.9) if listed else None
    at_verb = at - 2 if at > 1 and items[at - 1].lower in ("only", "just", "almost", "fully") else at - 1
    if items[at - 1].lower == ":" and at > 1 and items[at - 2].has("segment") and before == "revenue":
        return make(items, at, "revenue", at - 2, "segment", 0.9)
    if not items[at_verb].has("earns"):
        return None
    j, jumped = at_verb - 1, 0
    while j >= 0 and at - j < 24 and jumped < 14:
        item = items[j]
        if item.lower == ",":  # "Gaming, once the heart of the business, brought in"
            opened = next((k for k in range(j - 1, max(-1, j - 12), -1) if items[k].lower == ","), None)
            if opened is None:
                return None
            told = next((k for k in range(opened + 1, j) if items[k].has("segment")), None)
            if told is not None:  # "Cloud products, a segment that includes servers, brought in"
                return make(items, at, "revenue", told, "segment", 0.9)
            j, jumped = opened - 1, jumped + 1
            continue
        if item.has("segment"):
            return make(items, at, "revenue", j, "segment", 0.9)
        if not (item.has("level") or item.lower in ("itself", "alone", "also", "should", "will", "would", "could", "had", "has")):
            return None
        j -= 1
    return None


def _relative_head(items: Sequence[Item], at: int) -> Reading | None:
    """A verb in the clause that takes the figure up: "the $25 million that it had earned", "the $5 billion at which it was valued"."""
    after = items[at + 1 : at + 9]
    words = [item.lower for item in after]
    if words[:2] == ["at", "which"]:
        verb = next((k for k, item in enumerate(after) if item.has("verb:valuation") or item.lower in ("raised", "invested")), None)
        return make(items, at, "valuation", at + 1 + verb, "relative", 0.6) if verb is not None else None
    start = 1 if words[:1] in (["that"], ["which"]) else 0
    if start >= len(after) or not (after[start].company is not None or after[start].lower in ("it", "they", "we")):
        return None
    verb = next((k for k, item in enumerate(after[start + 1 : start + 4], start + 1) if _tells(item)), None)
    if verb is None or any(item.figure is not None or item.lower == "," for item in after[:verb]):
        return None
    told = metric_of(after[verb])
    return make(items, at, told[0], at + 1 + verb, "relative", 0.6, negative=told[1]) if told is not None else None


def _tells(item: Item) -> bool:
    return item.has("verb:net_income", "loss_verb:net_income", "verb:valuation")


def _level_after_move(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The level that a growth led to: "rose 34% to $15.2 billion"."""
    j = at - 1
    while j >= 0 and (items[j].lower in ("to", "a", "about", "at", ",", "record", "around", "nearly", "by") or items[j].period):
        j -= 1
    if j < 0 or j not in readings or not any(item.lower == "to" for item in items[j + 1 : at]):
        return None
    base = readings[j]
    return make(items, at, "revenue", base.head, "level", 0.2, base=j) if base.metric == "revenue_growth" else None


AGREEMENT = "agreement"  # what the sentence before told of, instead of a metric
_NO_PLACE = frozenset(("all", "fiscal", "its", "our", "total", "the", "that", "this", "each", "every", "calendar", "full-year"))
_PLANT = frozenset(("property", "plant", "plants", "equipment", "facilities", "factories", "capital projects"))
_OF_COMPANIES = frozenset(("deal", "purchase"))  # these value companies too
AGREEMENTS = word_class("agreements")
_TAKEN_OVER = word_class("debts_taken_over")
_BIDS = word_class("bids")
_REACHED = word_class("reached")
_DESCRIBED = word_class("described")
_FIRMS = word_class("firms")


def _checked(items: Sequence[Item], found: Reading, size: float, before: str | None) -> Reading | None:
    """The reading, if what else the sentence says of its head allows it."""
    head, at = items[found.head], found.at
    if found.metric in ("other", "shares", "stake", "employees"):
        return None
    if at > 0 and items[at - 1].lower in ("annualised", "annualized"):
        return None
    if head.lower == "income from" and items[found.head + 1].company is not None:
        return None  # from a customer or a lease, not from a trade
    if found.metric == "share_price":
        return found if size < SMALL else None
    if found.metric == "worth":
        return _worth(items, found, before)
    if found.metric == "spend":
        return _spend(items, found)
    if found.metric == "debt" and not any(tag.startswith("verb") for tag in head.tags) and _is_borrowed(items, found):
        return None
    if found.metric == "valuation" and head.has("verb:valuation") and (not _values_a_company(items, found) or _is_takeover(items[:at])):
        return None
    if found.metric in ("debt", "valuation", "backlog") and [item.lower for item in items[at + 1 : at + 3]] in (
        ["a", "year"],
        ["per", "year"],
    ):
        return None
    if found.metric == "debt" and head.has("verb:debt"):
        # "Dell is owed $1.3 billion", "it would owe the other"
        owed_to_it = found.head > 0 and (items[found.head - 1].has("be") or items[found.head - 1].lower in ("would", "could", "will"))
        between = items[found.head + 1 : at]
        to_one = any(
            item.company is not None or item.lower in (",", "fund", "bank", "lender", "lenders", "city", "state", "for") for item in between
        )
        if owed_to_it or to_one or found.how == "right":
            return None
    if found.metric == "net_income" and head.has("verb:net_income") and size < SMALL / 10:
        return None
    if found.metric == "revenue" and (_is_over_term(items, max(at, found.head)) or (head.has("verb:revenue") and _is_of_orders(items, at))):
        return None
    if head.has("verb:revenue") and head.lower in _TOOK_IN and before not in ("revenue", "revenue_growth") and not _is_takings(items, at):
        return None
    if found.metric == "net_income" and head.has("loss_verb:net_income"):
        lost = items[at + 1 : at + 4]
        if any(item.has("noun:valuation", "noun:shares") or item.lower in ("value", "worth") for item in lost) or size < SMALL / 10:
            return None
    if found.metric in ("revenue", "net_income", "backlog", "capex", "debt") and size < 1000:
        return None
    if found.metric == "valuation" and (size < SMALL / 10 or _is_of_agreement(items, found)):
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


_TOOK_IN = frozenset(("took in", "takes in", "taken in", "take in"))


def _is_of_agreement(items: Sequence[Item], found: Reading) -> bool:
    """Whether the value is that of a contract: "a lease that the landlord values at", "an order with a value of"."""
    near = items[max(0, found.head - 7) : found.head]
    return items[found.head].has("verb:valuation", "noun:valuation") and any(item.lower in AGREEMENTS - _OF_COMPANIES for item in near)


def _is_over_term(items: Sequence[Item], at: int) -> bool:
    """Whether sales are those of a contract over its life: "$7 billion of revenue over 15 years"."""
    after = items[at + 1 : at + 12]
    over = next((k for k, item in enumerate(after) if item.lower in ("over", "during", "throughout")), None)
    if over is None or any(item.lower in (",", ";") for item in after[:over]):
        return False
    return any(item.figure_kind == "duration" or item.lower in ("term", "terms", "life", "lifetime") for item in after[over + 1 : over + 6])


def _is_of_orders(items: Sequence[Item], at: int) -> bool:
    after = items[at + 1 : at + 4]
    return bool(after) and after[0].lower in ("of", "in") and any(item.has("other", "noun:backlog") for item in after[1:])


def _is_takings(items: Sequence[Item], at: int) -> bool:
    """Whether money taken in is revenue: that of a year or quarter, not what was raised "since it was founded" or by going public."""
    after = items[at + 1 : at + 6]
    raised = any(
        item.lower in ("since", "so far", "before", "issued", "public", "investors") or item.has("invest") for item in [*items[:at], *after]
    )
    return not raised and any(
        item.period is not None or item.has("year_before", "quarter_before") or item.lower in ("year", "quarter", "every") for item in items
    )


_BEFORE_VALUED = frozenset(
    (
        *(",", "which", "who", "and", "was", "is", "'s", "were", "be", "been", "being", "has", "had"),
        *("would", "could", "will", "might", "last", "currently", "once", "now"),
    )
)


def _values_a_company(items: Sequence[Item], found: Reading) -> bool:
    """ "Valued it at", "which was valued at"; not "turbines valued at"."""
    head, at = found.head, found.at
    between = items[head + 1 : at]
    if not items[head].lower.endswith(" at") and not any(item.lower in ("at", "on") for item in between):
        return False
    if any(item.company is not None or item.lower == "it" or item.lower in _FIRMS or item.lower in _DESCRIBED for item in between):
        return not any(item.has("other") for item in between)
    j = head - 1
    while j >= 0 and items[j].lower in _BEFORE_VALUED:
        j -= 1
    opening = _is_passive(items, head)
    shared = (
        j >= 0 and items[j].figure is not None and any(item.lower == "and" for item in items[j:head])
    )  # "raised $6 million and was valued"
    return j >= 0 and (
        shared or opening or items[j].company is not None or items[j].lower in ("it", ")", "company", "group", "firm", "start-up")
    )


def _is_passive(items: Sequence[Item], head: int) -> bool:
    """Whether a company is what "is valued": no thing is the subject of the clause ("the turbines were valued at")."""
    be = next((j for j in range(head - 1, max(-1, head - 4), -1) if items[j].lower in ("is", "was", "were", "been", "are")), None)
    if be is None:
        return False
    subject = items[max(0, be - 12) : be]
    things = any(item.has("other", "deal") or item.figure_kind == "count" for item in subject[-2:])
    return not things and not any(item.has("noun:shares", "noun:stake") for item in subject)


def _is_borrowed(items: Sequence[Item], found: Reading) -> bool:
    """Whether a debt is one that is just raised, sold or taken over, not what a company owes in all."""
    if found.how == "left" and any(item.lower in _REACHED for item in items[max(0, found.at - 3) : found.at]):
        return False
    first, last = sorted((found.at, found.head))
    near = items[max(0, first - 7) : last + 1]
    return any(item.has("deal") or item.has("other") or item.lower in _TAKEN_OVER for item in near)


def _is_takeover(items: Sequence[Item]) -> bool:
    """Whether a sentence tells of an offer for a whole company, whose price is that of a deal and no valuation."""
    bid = any(item.has("takeover") or item.lower in _BIDS for item in items)
    return bid and not any(item.lower in ("round", "funding", "raised", "raise", "raising", "stake", "investors") for item in items)


def _worth(items: Sequence[Item], found: Reading, before_metric: str | None) -> Reading | None:
    """What a company is worth: "is now worth $3 billion", "put its worth at"; not "a contract worth $3 billion"."""
    if _is_takeover(items[: found.at]):
        return None
    before = items[max(0, found.head - 6) : found.head]
    if found.at - found.head > 3 and not any(item.lower == "at" for item in items[found.head : found.at]):
        return None
    if any(item.lower == "at" for item in items[found.head : found.at]) and before and (before[-1].lower == "'s" or before[-1].company):
        return replace(found, metric="valuation", how="worth")
    be = next((j for j in range(found.head - 1, max(-1, found.head - 4), -1) if items[j].has("be")), None)
    if be is None and found.head > 1 and items[found.head - 1].lower == "'s":
        be = found.head - 1  # "a company that's worth $2 trillion"
    if found.at == found.head + 1 and items[found.head - 1].lower in _FIRMS:  # "the first company worth $5 trillion"
        return replace(found, metric="valuation", how="worth")
    made = any(item.lower in ("makes", "made", "making") for item in items[max(0, found.head - 8) : found.head])
    if made and not any(item.has("other") for item in before):
        return replace(found, metric="valuation", how="worth")
    if be is None or be == 0:
        return None
    named = (items[be - 1].company is not None and not is_oblique(items, be - 1)) or items[be - 1].lower in (
        "it",
        "company",
        "group",
        "firm",
        "start-up",
    )
    told = any(item.has("other", "worth") for item in items[:be])
    pronoun = items[be - 1].lower in ("it", "that", "this", "which")
    if pronoun and (told or before_metric == AGREEMENT):
        return None  # "It got the contract; it is worth $140 million"
    joined = items[be - 1].lower == "and" and any(item.company is not None for item in items[:2])  # "Alpha passed a mark, and is now worth"
    return replace(found, metric="valuation", how="worth") if named or joined or not told else None


def _spend(items: Sequence[Item], found: Reading) -> Reading | None:
    """A company's spending on its plant, or in a year: "will spend $2.3 billion in 2026 on plant"."""
    if found.at - found.head > 4:
        return None
    after = items[found.at + 1 : found.at + 9]
    left = items[max(0, found.head - 5) : found.head]
    if _over_years(after) and any(item.has("plans") for item in left[-3:]) and not any(item.lower == "which" for item in left):
        return replace(found, metric="capex", how="spend", cost=found.cost + 0.6)
    on = next((k for k, item in enumerate(after) if item.lower in ("on", "for", "in") and not _dates(after[k + 1 : k + 3])), None)
    if on is None or any(item.has("not_run") and not item.has("deal") for item in after[: on + 2]):
        return None
    what = next((k for k, item in enumerate(after[on + 1 :]) if item.has("spend_on", "noun:capex")), None)
    if on + 1 < len(after) and after[on + 1].lower in ("a", "an", "one", "another"):
        return None
    dated = any(item.period for item in after)
    if what is not None and _at_a_place(after[on + 2 + what :]):
        return None  # "on data centers in Pennsylvania"
    if what is not None and ((what <= 1 and after[on].lower == "on") or (dated and what <= 3)):
        return replace(found, metric="capex", how="spend", cost=found.cost + 0.6)
    return None


def _at_a_place(after: Sequence[Item]) -> bool:
    """Whether a place follows, so that the plan is for that place alone."""
    while after and after[0].has("spend_on", "segment"):
        after = after[1:]
    if len(after) < 2 or after[0].lower not in ("in", "across", "at", "near"):
        return False
    return after[1].is_word and not after[1].tags and after[1].lower not in _NO_PLACE


def _dates(after: Sequence[Item]) -> bool:
    """Whether a period follows, dated or not: "in 2026", "in the quarter"."""
    words = [item.lower for item in after]
    return bool(after) and (
        after[0].period is not None or words in (["the", "quarter"], ["the", "year"], ["that", "quarter"], ["that", "year"])
    )


def _over_years(after: Sequence[Item]) -> bool:
    """Whether spending is told by its years alone, so that it is all of a company's: "over the next five years", "through 2030"."""
    if not after or after[0].lower not in ("over", "through", "between", "by"):
        return False
    k = next((k for k, item in enumerate(after[:5]) if item.period is not None or item.figure_kind == "duration"), None)
    if k is None:
        return False
    rest = after[k + 1 : k + 2]
    return not rest or rest[0].lower in (",", ".", ";", "—", "and")


def _elided(items: Sequence[Item], at: int, before: str | None) -> Reading | None:
    """A head of the sentence before that is left out: "Analysts had looked for $223 million", "a year earlier it was $117 million"."""
    before = "revenue" if before == "revenue_growth" else before
    if (
        before is None
        and at > 1
        and items[at - 1].lower in ("of", "to", "at")
        and items[at - 2].lower in ("forecast", "guidance", "outlook")
    ):
        before = "revenue"
    if before not in ("revenue", "net_income", "capex", "backlog", "valuation", "debt"):
        return None
    left = clause_before(items, at)
    if (
        len(left) > (14 if any(item.has("analysts") for item in left) else 10)
        or any(metric_of(item) is not None for item in left if not item.has("analysts"))
        or any(item.has("deal") for item in left)
    ):
        return None
    if right_head(items, at) is not None:
        return None
    said = any(item.has("analysts") for item in left) and any(item.has("forecast") or item.lower in ("had", "wanted") for item in left)
    owned = len(left) > 1 and (left[0].company or left[0].period) is not None and left[1].lower == "'s"
    if before == "capex" and any(item.lower in ("spent", "laid out", "ploughed", "poured", "plowed") for item in left[-2:]):
        return make(items, at, before, at, "elided", 1.3)  # "last year it spent $40.9 billion"
    pronoun = says_again(left[-4:])
    dated = any(item.period or item.lower in ("management", "quarter", "year") for item in left)
    guided = dated and any(item.has("forecast") for item in left)
    guided = guided or any(item.has("guess") for item in left)
    if left and left[-1].lower in ("bring in", "brings in", "brought in"):
        before = "revenue"
    return make(items, at, before, at, "elided", 1.5) if said or owned or pronoun or guided else None
