"""How far sales and shares moved: percentages and multiples with a direction.

In: the items of a sentence and the index of the figure. Out: its `Reading`, a fall negative. The growth of anything else is no metric.
"""

from collections.abc import Sequence

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import MOST, Reading, apposition_start, gap_before, make, metric_of, noun_of, step
from corewatch.mentions.sentence_items import Item, figure_of
from corewatch.mentions.subjects import NEUTRAL, is_oblique, relative_around, subject_before


def read_move(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
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
        priced = max(k for k, reading in readings.items() if reading.metric == "share_price")
        down = items[at - 2].lower == "discount"
        return make(items, at, "share_price_change", readings[priced].head, "after", 0.8, negative=down, base=priced)
    off = _taken_off(items, at)
    if off is not None:
        return make(items, at, "share_price_change", off, "move", 0.4, negative=True)
    found = gap_before(items, at, "percent")
    if found and found[0] in readings and readings[found[0]].metric == "revenue_growth" and len(found[1]) <= 12:
        compared = any(item.has("compare") and item.lower not in _DISTANCES for item in found[1][-3:])
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
    named = sign[1] == at + 1 and at + 2 < len(items) and items[at + 2].lower in ("in", "of")  # "a 61% drop in profit"
    level = _after_level(items, at, readings) if not named else None
    if level is not None and not any(item.has("analysts") for item in items[at + 1 : at + 6]):
        metric_said = "revenue_growth" if level.metric == "revenue" else "share_price_change"
        return make(items, at, metric_said, level.head, "after", level.cost + 0.2, negative=negative, base=level.at)
    if _is_of_another_level(items, sign[1], readings):
        return None
    said = [reading.metric for reading in readings.values()]
    of_sales = before in ("revenue", "revenue_growth") or "revenue" in said or "revenue_growth" in said
    alone = of_sales or _is_bare_growth(items, sign[1])
    if items[sign[1]].lower == "growth" and alone and not any(noun_of(item) for item in items[max(0, sign[1] - 6) : sign[1]]):
        return make(items, at, "revenue_growth", sign[1], "elided", 1.2, negative=negative)
    if _is_consensus(items, at) and any(reading.metric == "revenue_growth" for reading in readings.values()):
        last = max(k for k, reading in readings.items() if reading.metric == "revenue_growth")
        return make(items, at, "revenue_growth", readings[last].head, "compare", 0.9, negative=negative, base=last)
    moved_before = _taken_up_shares(items, at, readings)
    if moved_before is not None:
        return make(items, at, "share_price_change", moved_before.head, "list", 0.9, negative=negative, base=moved_before.at)
    again = _said_again(items, at, before)
    if again is not None:
        return make(items, at, again, at, "elided", 1.2, negative=negative)
    subject, cost = _moved(items, at, sign[1])
    if sign[1] > at and items[sign[1]].lower in _DISTANCES and any(item.has("takeover") or item.lower in _OFFERS for item in items):
        return None  # a premium in a takeover
    from_peak = sign[1] > at and any(item.has("peak", "noun:share_price") for item in items[at + 2 : at + 7])
    if subject is None or cost > MOST:
        those = any(item.lower == "those" for item in items[max(0, at - 9) : at])
        moved = next((reading for reading in readings.values() if reading.metric == "share_price_change"), None)
        if those and moved is not None:  # "its shares lost 3%; those of Alpha and Beta were 2% lower"
            return make(items, at, "share_price_change", moved.head, "those", 1.0, negative=negative)
        if _is_close(items, at, sign[1]) or _is_price(items, at, before):
            return make(items, at, "share_price_change", at, "elided", 1.5, negative=negative)
        starts = items[0].lower in ("they", "it", "both", "these") or (items[0].company is not None and not items[0].company.by_name)
        taken_up = any(item.lower in ("they", "it") for item in items[:at]) and not any(item.company is not None for item in items[:at])
        if (starts or taken_up) and before in ("share_price", "share_price_change") and at < 9:
            return make(items, at, "share_price_change", at, "elided", 1.5, negative=negative)
        return None
    item = items[subject]
    metric = noun_of(item)
    if (metric is not None and metric[0] == "revenue") or (metric is None and item.has("segment")):
        return make(items, at, "revenue_growth", subject, "move", cost, negative=negative)
    if metric is not None and (metric[0] == "shares" or (metric[0] == "share_price" and "target" not in item.lower)):
        return (
            None
            if items[sign[1]].has("grow", "shrink") and not items[sign[1]].has("up", "down")
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
            if items[j].lower in (",", ";") or items[j].has("quarter_before", "year_before"):
                return None
    return None


def _after_level(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The level that a move right after it belongs to: "$29.7 billion, up 27%", "at $33.15, down 2.8%", "$400 million, a rise of 40%"."""
    heads = {reading.head for reading in readings.values()}
    j = at
    while j > max(0, at - 13):
        j -= 1
        if items[j].lower == ")":  # "£48m in 2025 (2024: £29m), a leap of 66%"
            j = next((k for k in range(j - 1, -1, -1) if items[k].lower == "("), j)
            continue
        if items[j].figure_kind == "money":
            said = readings.get(j)
            near = said is not None and said.metric in ("revenue", "share_price") and said.how != "compare"
            apart = any(item.lower in (",", "(", "—", "and") for item in items[j + 1 : j + 5])
            return said if near and apart else None
        if (
            items[j].figure is not None
            or items[j].company is not None
            or (noun_of(items[j]) is not None and j not in heads and not items[j].has("up", "down", "loss:net_income"))
        ):
            return None
    return None


def _is_of_another_level(items: Sequence[Item], mover: int, readings: dict[int, Reading]) -> bool:
    """Whether a move right after an amount is that of the amount, which is no metric: "a $4.8 billion run-rate, up 55%"."""
    if mover < 2 or items[mover - 1].lower not in (",", "(") or not _is_apposed(items[mover].lower):
        return False
    level = next(
        (k for k in range(mover - 2, max(-1, mover - 10), -1) if items[k].figure is not None or items[k].company is not None), None
    )
    return level is not None and items[level].figure_kind == "money" and level not in readings


def _is_apposed(mover: str) -> bool:
    """Whether a word of moving is no verb of its own clause: "up", "higher", "rising"; "Alpha, which manages $1 billion, rose" has one."""
    return mover in ("up", "down", "higher", "lower", "above", "below", "over", "under", "plus", "minus") or mover.endswith("ing")


def _is_gapped(gap: Sequence[Item]) -> bool:
    """Whether only names and joints stand between two figures: "fell 6.1% and 7.7%", "lost 4.4% and Broadcom 2.9%"."""
    named = any(item.company is not None for item in gap)
    plain = sum(item.is_word and not item.tags and item.lower not in _JOINTS for item in gap)  # the rest of a name
    joints = all(item.company is not None or item.lower in _JOINTS or (named and item.is_word and not item.tags) for item in gap)
    if len(gap) <= 5 and joints and plain <= 1:
        return True
    last = [item.lower for item in gap[-3:-1]]  # "gained 10 percent, the most in months, and Samsung 3.5 percent"
    aside = 3 < len(gap) <= 10 and gap[0].lower == "," and last == [",", "and"] and gap[-1].company is not None
    return aside and all(item.is_word and noun_of(item) is None for item in gap[1:-3])


def _direction(items: Sequence[Item], at: int) -> tuple[int, int] | None:
    """Up (1) or down (-1), and the word that says so: before the figure, or right after it ("29% higher", "a 12% drop")."""
    signed = _signed(items, at)
    if signed is not None:
        return signed, at - 1
    moves = at + 1 < len(items) and items[at + 1].has("up", "grow", "down", "shrink") and items[at + 1].lower != "off"
    if moves and (items[at + 1].lower not in _DISTANCES or _is_distance(items, at + 1)):
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
        if item.has("up", "grow") and item.lower not in _DISTANCES:
            return 1, j
        if item.has("down", "shrink") and item.lower not in _DISTANCES:
            return -1, j
        passed = item.figure_kind == "duration"  # "fell for the first time in nine years, by 7%"
        if item.lower in (";", ".") or (item.figure is not None and not passed) or (item.company is not None and item.company.by_name):
            break
    return None


def _signed(items: Sequence[Item], at: int) -> int | None:
    """A sign before the figure: "plus 26%", "a plus of 9%", "(META -0.45%)", "▲ 2%"; "plus or minus 2%" is none."""
    j = at - 2 if at > 1 and items[at - 1].lower == "of" else at - 1
    if j < 0 or items[j].lower not in _SIGNS:
        return None
    before = items[j - 1] if j > 0 else None
    ticker = j > 1 and items[j - 2].lower == "("
    if before is not None and before.is_word and before.lower not in ("a", "an", "and") and not ticker:
        return None  # "SOFR plus 4.25%", "plus or minus 2%"
    if items[j].lower in ("-", "—") and not (j > 0 and (items[j - 1].company is not None or ticker or items[j - 1].lower in ("(", ":"))):
        return None
    return _SIGNS[items[j].lower]


def _is_distance(items: Sequence[Item], k: int) -> bool:
    """Whether "above" or "below" measures from a price or level; "11% over the previous two sessions" does not."""
    near = items[k + 1 : k + 4] if items[k].lower in ("above", "below") else ()
    if any(item.has("year_before", "quarter_before") or item.lower in ("period", "quarter", "year") for item in near):
        return True
    return any(
        item.has("peak", "analysts", "noun:share_price")
        or item.lower in ("price", "those", "that", "level", "levels", "where")
        or item.figure_kind == "money"
        for item in items[k + 1 : k + 7]
    )


def read_value_lost(items: Sequence[Item], at: int) -> Reading | None:
    """ "Lost about 15% of its value": a move of the shares, though "of" follows."""
    after = [item.lower for item in items[at + 1 : at + 4]]
    if len(after) < 3 or after[0] != "of" or after[1] not in ("its", "their", "the") or after[2] not in _WORTH:
        return None
    direction = _direction(items, at)
    return make(items, at, "share_price_change", at, "move", 0.6, negative=direction[0] < 0) if direction is not None else None


def _is_bare_growth(items: Sequence[Item], at: int) -> bool:
    """Whether "growth" stands alone, so that it is that of sales: "a growth of 27%", "year-on-year growth of 1,100%"."""
    after = items[at + 1].lower if at + 1 < len(items) else ""
    before = items[at - 1] if at > 0 else None
    return after in ("of", "at", "to") and (before is None or before.lower in _BARE or not before.is_word)


def _taken_up_shares(items: Sequence[Item], at: int, readings: dict[int, Reading]) -> Reading | None:
    """The move or price of shares that a pronoun takes up: "fell 8%, leaving them 47% below", "closed up; they had risen 9%"."""
    said = [reading for reading in readings.values() if reading.metric in ("share_price", "share_price_change")]
    start = next((k for k in range(at - 1, max(-1, at - 7), -1) if items[k].lower in ("they", "them", "it")), None)
    clause = items[start if start is not None else max(0, at - 6) : at]
    pronoun = start is not None
    apart = any(item.company is not None and item.company.by_name for item in clause)
    return said[-1] if said and pronoun and not apart and not any(noun_of(item) is not None for item in clause) else None


def _is_consensus(items: Sequence[Item], at: int) -> bool:
    """Whether a move is what analysts had reckoned with: "Wall Street had braced for a drop of 21%"."""
    before = items[max(0, at - 9) : at]
    return any(item.has("analysts") for item in before) and not any(noun_of(item) is not None for item in before)


def _said_again(items: Sequence[Item], at: int, before: str | None) -> str | None:
    """The metric of the sentence before, which a pronoun takes up: "That was up 71% from 2024", "it was down 13%"."""
    said = {"revenue": "revenue_growth", "revenue_growth": "revenue_growth"}.get(before or "")
    if said is None:
        return None
    clause = items[max(0, at - 5) : at]
    taken_up = any(
        item.lower in ("that", "this", "it", "which") and clause[k + 1 : k + 2] and clause[k + 1].has("level", "be")
        for k, item in enumerate(clause)
    )
    compared = any(item.has("year_before") or item.period is not None for item in items)
    return said if taken_up and compared and not any(noun_of(item) for item in clause) else None


def _is_price(items: Sequence[Item], at: int, before: str | None) -> bool:
    """Whether "the price" that moved is a share's: after one was told, or outside the hours of trading."""
    said = any(item.lower == "price" for item in items[max(0, at - 5) : at])
    return said and (before in ("share_price", "share_price_change") or any(item.has("session") for item in items))


def _is_close(items: Sequence[Item], at: int, mover: int) -> bool:
    """Whether a share is said to close, open or trade so much higher or lower, whoever it is of; an index is none."""
    trades = any(item.has("price") for item in items[max(0, at - 2) : at]) and items[mover].lower in ("higher", "lower", "up", "down")
    indices = any(item.lower in _INDICES or (item.company is not None and item.company.roles <= NEUTRAL) for item in items[:at])
    return trades and not indices


def _moved(items: Sequence[Item], at: int, mover: int) -> tuple[int | None, float]:
    """What moved: the nearest head or company before the figure that can be the subject of its clause."""
    if mover == at + 1 and at + 3 < len(items) and items[at + 2].lower in ("in", "of"):  # "a 3% rise in revenue"
        for j in range(at + 3, min(at + 7, len(items))):
            if items[j].lower in (",", ";"):
                break
            if noun_of(items[j]) is not None:
                return j, 0.5
    if (
        1 < mover < at
        and items[mover - 1].lower == ","
        and items[mover - 2].company is not None
        and mover == at - 1
        and _is_apposed(items[mover].lower)
    ):
        return mover - 2, 0.5  # "the ticker of Alpha, up 19%"
    cost = 0.2
    j = at
    while j > 0:
        j -= 1
        item = items[j]
        aside = item.has("other") and items[mover - 1].lower == ","  # "Shares, up 20% since its listing, fell"
        if noun_of(item) is not None and not item.has("up", "down") and not aside:
            return j, cost
        if item.has("segment") and j < mover and all(other.lower in _AUXILIARIES or other.has("level") for other in items[j + 1 : mover]):
            return j, cost
        # "Dragged lower by Alpha, which gave up 3.7%"
        antecedent = [after.lower for after in items[j + 1 : j + 3]] == [",", "which"] and not any(
            k.lower == "," for k in items[j + 3 : at]
        )
        antecedent = antecedent and not (j > 1 and noun_of(items[j - 2]) is not None)
        told = item.company is not None and item.company.text.lower() not in _POSSESSIVES
        if told and item.company is not None and (antecedent or not is_oblique(items, j)):
            after = items[j + 1] if j + 1 < len(items) else None
            moved = j + 2 < len(items) and items[j + 2].has("up", "down")  # "Blue Harbour's fell 3%": its shares
            if after is None or after.lower != "'s" or moved:
                return (None, cost) if item.company.roles and item.company.roles <= NEUTRAL else (j, cost)
        opened = (relative_around(items, j - 1, at) or apposition_start(items, j)) if item.lower == "," else None
        if opened is not None:  # "the stock, which went public at $40, has doubled"
            cost, j = cost + 0.6, opened
            continue
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
_POSSESSIVES = frozenset(("its", "their", "our", "whose"))
_OFFERS = word_class("bids")
_JOINTS = frozenset(("and", ",", "or", "by", "'s"))
_SIGNS = {"+": 1, "plus": 1, "▲": 1, "↑": 1, "-": -1, "—": -1, "−": -1, "minus": -1, "▼": -1, "↓": -1}
_WORTH = frozenset(("value", "market value", "market", "worth", "market capitalisation", "market capitalization", "valuation"))
_BARE = word_class("before_growth")
_INDICES = word_class("indices")
_AUXILIARIES = frozenset(("had", "has", "have", "also", "itself", "alone", "again", "is", "was", "will", "would"))


def read_multiple(items: Sequence[Item], at: int, before: str | None) -> Reading | None:
    """ "Sales doubled", "an eightfold increase in revenue", "whose stock had tripled"."""
    figure = figure_of(items[at])
    verb = figure.text.lower().rstrip("d").rstrip("e") in ("doubl", "tripl", "quadrupl", "quintupl", "trebl") or figure.text.lower() in (
        "doubling", "tripling", "trebling", "quadrupling", "double", "triple", "treble", "quadruple",
    )  # fmt: skip
    after = [item.lower for item in items[at + 1 : at + 3]]
    times = _times_of(items, at)
    if times is not None:
        return times
    grows = verb or any(item.has("up", "grow") for item in [*items[at + 1 : at + 2], *items[max(0, at - 3) : at]])
    if not grows or (after[:1] == ["the"] and not verb):
        return None
    subject, cost = _moved(items, at, at)
    if after[:2] in (["in", "price"], ["in", "value"]):
        whose = subject_before(items, at - 1)
        subject, cost = next((k for k, item in enumerate(items) if whose and item.company is whose[0]), subject), 1.0
    if subject is None and verb and items[0].lower in ("they", "it") and at < 5 and before in ("share_price", "share_price_change"):
        low, high = ((None if bound is None else (bound - 1.0) * 100.0) for bound in (figure.low, figure.high))
        return Reading(at, "share_price_change", low, high, at, "elided", 1.5)  # "They had tripled since"
    if subject is None or cost > 2.2:
        return None
    near = at - subject <= 4  # "Alpha, which has quadrupled since"
    named = _multiplied(items[subject], after, items[at - 1] if near else None)
    if named is None:
        return None
    low, high = ((None if bound is None else (bound - 1.0) * 100.0) for bound in (figure.low, figure.high))
    return Reading(at, named, low, high, subject, "multiple", cost)


def _times_of(items: Sequence[Item], at: int) -> Reading | None:
    """A price told by a multiple of another: "trades at six times its issue price", "closed at $47.90, five times what they fetched"."""
    figure = figure_of(items[at])
    after = items[at + 1 : at + 6]
    if "times" not in figure.text.lower() and "fold" not in figure.text.lower():
        return None
    end = next((k for k, item in enumerate(after) if item.figure is not None or item.lower in (",", ";")), len(after))
    priced = any(item.has("noun:share_price", "peak") or item.lower in ("price", "fetched") for item in after[:end])
    traded = any(item.has("noun:shares", "price") for item in items[:at])
    if not priced or not traded or any("target" in item.lower or item.lower in ("earnings", "sales") for item in after[:end]):
        return None
    low, high = ((None if bound is None else (bound - 1.0) * 100.0) for bound in (figure.low, figure.high))
    return Reading(at, "share_price_change", low, high, at, "multiple", 0.9)


def _multiplied(subject: Item, after: Sequence[str], before: Item | None) -> str | None:
    """What was multiplied: sales, a segment's sales, shares, or a company "in price"."""
    metric = metric_of(subject)
    if (metric is not None and metric[0] == "revenue") or (metric is None and subject.has("segment")):
        return "revenue_growth"
    if metric is not None and (metric[0] == "shares" or (metric[0] == "share_price" and "target" not in subject.lower)):
        return "share_price_change"
    risen = before is not None and (list(after[:1]) == ["since"] or (before.has("up") and list(after[:1]) == ["in"]))
    priced = metric is None and subject.company is not None and (risen or list(after[:2]) in (["in", "price"], ["in", "value"]))
    return "share_price_change" if priced else None
