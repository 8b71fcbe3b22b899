"""Ties told by a part of a whole: a share of sales ("X brought in a third of Y's revenue") and a holding ("X owns 8% of Y").

In: the items of a sentence. Out: `Found`s. In a list of holders later ones may leave out verb and company ("X has 55 percent and Y the
rest").
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corewatch.lexicon.ties import Tie, tie_words
from corewatch.mentions import tie_grammar as grammar
from corewatch.mentions.tie_grammar import lower_at
from corewatch.mentions.tie_items import Item
from corewatch.mentions.tie_nouns import Found

_WORDS = tie_words().classes
_SALES = _WORDS["share.nouns"]
_PARTS = _WORDS["share.parts"]
_BRINGS = _WORDS["share.verbs"]
_SELLERS = _WORDS["share.sellers"]
_SOURCES = _WORDS["share.sources"]
_HOLDING = _WORDS["stake.holding"]
_TAKING = _WORDS["stake.taking"]
_STAKES = _WORDS["stake.nouns"]
_PAPER = _WORDS["stake.paper"]
_REST = _WORDS["stake.rest"]
_ABOUT = _WORDS["grammar.about"]
_LIGHT = frozenset({"has", "have", "had"})
_PARTED = frozenset({"the", "has", "holds", "owns", "another", "a", "with"})
_FUTURE = frozenset({"will", "would", "could", "may", "might", "to"})
_CUSTOMER = Tie("customer_of", True)
_INVESTOR = Tie("investor_in", True)


def ties_by_shares(items: Sequence[Item], customers: frozenset[str]) -> Iterator[Found]:
    """Shares of sales and holdings; whoever the sentence already calls a customer of somebody is that company's and no other's."""
    held: Item | None = None
    for at, item in enumerate(items):
        if item.lower in _SALES:
            for found in _of_sales(items, at):
                if found.other is not None or not (found.bearer and customers & {company.name for company in found.bearer.companies}):
                    yield found
        if item.lower in _HOLDING or item.lower in _TAKING:
            for found in _holdings(items, at):
                held = found.other
                yield found
        if item.lower == "with" and at > 1 and items[at - 1].lower == "," and items[at - 2].companies:
            yield from _with_part(items, at)
        if item.lower in _REST and lower_at(items, at - 1) == "the":
            holder = _rest_holder(items, at)
            if holder is not None:
                yield Found(_INVESTOR, items[holder], held, 0.6, at)


def _with_part(items: Sequence[Item], at: int) -> Iterator[Found]:
    """ "X, with 27% of Y, is silent"."""
    head = next((k for k in range(at + 1, min(at + 4, len(items))) if items[k].kind == "percent"), None)
    if head is None or items[at - 2].possessive or any(not (item.lower in _ABOUT or item.lower == "a") for item in items[at + 1 : head]):
        return
    target, _ = _held(items, head)
    if target is not None:
        yield Found(_INVESTOR, items[at - 2], items[target], 0.7, at)


def _rest_holder(items: Sequence[Item], rest: int) -> int | None:
    """Who has the rest: "the rest belongs to X", "the remainder is held by X"."""
    for step in range(rest + 1, min(rest + 5, len(items))):
        word = items[step].lower
        if word in ("to", "by", "with"):
            return grammar.complement(items, step + 1)
        if word not in grammar.BEING and word not in ("belongs", "belong", "belonged", "held", "owned", "lies", "controlled", "in"):
            return None
    return None


def _is_part(item: Item) -> bool:
    return item.kind == "percent" or item.lower in _PARTS


def _of_sales(items: Sequence[Item], sales: int) -> Iterator[Found]:
    part = next((k for k in range(sales - 1, max(-1, sales - 12), -1) if _is_part(items[k])), None)
    if part is None or not any(item.lower in ("of", "in") for item in items[part:sales]):
        return
    owner = next((k for k in range(part + 1, sales) if items[k].is_party), None)
    verb = next((k for k in range(sales + 1, min(sales + 7, len(items))) if items[k].lower in _SOURCES), None)
    if verb is not None:
        place = next((k for k in range(verb + 1, min(verb + 6, len(items))) if items[k].lower == "from"), None)
        bearer = grammar.complement(items, place + 1) if place is not None else None
        if bearer is not None and not grammar.denied(items, part, bearer):
            yield Found(_CUSTOMER, items[bearer], items[owner] if owner is not None else None, 0.75, sales)
            return
    seller = next((k for k in range(part - 1, max(-1, part - 7), -1) if items[k].lower in _SELLERS), None)
    source = next((k for k in range(sales + 1, min(sales + 6, len(items))) if items[k].lower in ("from", "to")), None)
    if seller is not None and source is not None:
        bearer, named = grammar.complement(items, source + 1), grammar.subject(items, seller)
        if bearer is not None and named is not None and not grammar.denied(items, named, bearer):
            yield Found(_CUSTOMER, items[bearer], items[named], 0.75, sales)
            return
    brings = next((k for k in range(part - 1, max(-1, part - 9), -1) if items[k].lower in _BRINGS), None)
    if brings is None:
        return
    bearer = grammar.subject(items, brings)
    if bearer is not None and not items[bearer].possessive and not grammar.denied(items, bearer, sales):
        yield Found(_CUSTOMER, items[bearer], items[owner] if owner is not None else None, 0.7, sales)


def _holdings(items: Sequence[Item], verb: int) -> Iterator[Found]:
    """ "X owns 8 percent of Y", "Y, of which X holds 80%", and what follows in the list of holders."""
    head = _stake(items, verb)
    if head is None or not _holds(items, verb, head):
        return
    holder = grammar.subject(items, verb)
    if holder is None or grammar.denied(items, holder, head):
        return
    target, end = _held(items, head)
    if target is None:
        target = _of_which(items, holder)
    if target is None and not (_closes(items, end) and _own_stake(items, verb, head, holder)):
        return
    held = items[target] if target is not None else None
    if held is not None and len(held.companies) > 1 and _has_part(items, end):
        # "55% of Y and Z the rest"
        yield Found(_INVESTOR, replace(held, companies=held.companies[-1:]), replace(held, companies=held.companies[:-1]), 0.7, verb)
        held = replace(held, companies=held.companies[:-1])
    yield Found(_INVESTOR, items[holder], held, 0.75 if held is not None else 0.55, verb)
    yield from _further(items, max(end, verb), held, holder)
    yield from _second_holding(items, end, holder)


def _holds(items: Sequence[Item], verb: int, head: int) -> bool:
    """Whether the verb at a place says that a holding is there: no noun ("its holding"), no future, no taking without a size."""
    before, after = items[max(0, verb - 2) : verb], items[verb + 1]
    if any(item.lower in _FUTURE for item in before):
        return False
    if before and (before[-1].possessive or before[-1].lower in grammar.DETERMINERS - {"each", "both", "all"}):
        return False
    sized = any(item.kind == "percent" for item in items[verb : head + 1])
    if items[verb].lower in _TAKING and not sized:
        return False
    light = after.kind == "percent" or any(after.lower in words for words in (_ABOUT, grammar.DETERMINERS, _STAKES))
    return items[verb].lower not in _LIGHT or light


def _own_stake(items: Sequence[Item], verb: int, head: int, holder: int) -> bool:
    """Whether a holding without its company ("Galaxy holds 22%") is one of the company in hand: with a size, of a holder that is named."""
    named = bool(items[holder].companies) and items[holder].companies[0].by_name
    sized = any(item.kind == "percent" for item in items[verb : head + 1])
    return named and sized and items[verb].lower not in _LIGHT


def _has_part(items: Sequence[Item], at: int) -> bool:
    """Whether a part of a whole stands at a place: "the rest", "45%", "has the other 20%"."""
    while lower_at(items, at) in _PARTED:
        at += 1
    if at >= len(items):
        return False
    return items[at].kind == "percent" or items[at].lower in _REST or items[at].lower.replace(".", "").isdigit()


def _second_holding(items: Sequence[Item], at: int, holder: int) -> Iterator[Found]:
    """ "X owns shares in Y as well as a small holding in Z"."""
    if lower_at(items, at) not in grammar.JOINERS or at + 1 >= len(items) or items[at + 1].lower not in grammar.DETERMINERS:
        return
    head = next((k for k in range(at + 2, min(at + 6, len(items))) if items[k].lower in _STAKES), None)
    target = _held(items, head)[0] if head is not None else None
    if target is not None:
        yield Found(_INVESTOR, items[holder], items[target], 0.7, at)


def _stake(items: Sequence[Item], verb: int) -> int | None:
    """The word of the holding after a verb: a percentage, or a stake."""
    head = None
    for step in range(verb + 1, min(verb + 9, len(items))):
        item = items[step]
        if item.kind == "percent" or item.lower in _STAKES or item.lower in ("half", "quarter", "third", "majority", "minority"):
            head = step
        elif (
            item.kind in ("mark", "money")
            or item.is_party
            or item.lower in grammar.RELATIVES
            or item.lower.endswith("ed")
            or (item.lower in grammar.PREPOSITIONS and item.lower not in _ABOUT and not (item.lower == "of" and _measures(items, step)))
        ):
            break
    return head


def _measures(items: Sequence[Item], at: int) -> bool:
    """Whether the "of" at a place gives the size of a stake: "a stake of about 7%"."""
    return any(item.kind == "percent" for item in items[at + 1 : at + 4])


def _held(items: Sequence[Item], head: int) -> tuple[int | None, int]:
    """The company that is held, and the place after the holding: "of Y", "of the shares in Y", "of Y's stock"."""
    at = head + 1
    for _ in range(2):
        if lower_at(items, at) not in ("of", "in"):
            break
        place = grammar.complement(items, at + 1)
        if place is not None:
            return place, place + 1
        step = at + 1
        while step < len(items) and step - at < 5 and (items[step].lower in _PAPER or items[step].lower in grammar.DETERMINERS):
            step += 1
        if step == at + 1:
            break
        at = step
    return None, at


def _of_which(items: Sequence[Item], holder: int) -> int | None:
    """The company before "of which X holds", "in which X has"."""
    step = holder - 1
    if lower_at(items, step) in ("which", "whom") and lower_at(items, step - 1) in ("of", "in"):
        return grammar.antecedent(items, step)
    return None


def _closes(items: Sequence[Item], at: int) -> bool:
    return (
        at >= len(items) or items[at].kind == "mark" or items[at].lower in ("and", "while", "after", "since", "through", "each", "apiece")
    )


def _further(items: Sequence[Item], at: int, held: Item | None, first: int) -> Iterator[Found]:
    """The holders after the first: ", and Y 21", "Y the rest", "Z with 4%"."""
    while True:
        step = at
        while step < len(items) and (items[step].lower in (",", ";", "and", "with", "while") or _is_part(items[step])):
            step += 1
        if step == at or step + 1 >= len(items) or not items[step].is_party or items[step].possessive or not _has_part(items, step + 1):
            return
        if step != first and (held is None or items[step].companies != held.companies):
            yield Found(_INVESTOR, items[step], held, 0.6, step)
        at = step + 2
