"""Whose stake it is: the company of which a part is owned, and who owns it.

In: the items of a sentence with the reading of a stake. Out: an `Owner` whose counterpart is the holder: companies, people, or both.

Judgements made here: the company after "of" or "in" is the one owned, then the one that "in which" takes up, then the one that the text
is about; the holder is the subject, or the one that a stake was sold to. Holders that are joined act together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading
from corewatch.mentions.sentence_items import Item
from corewatch.mentions.subjects import is_oblique, relative_around, subject_before

_PRONOUNS = frozenset(("its", "our", "their"))
_RELATIVES = ([",", "which"], [",", "who"], [",", "whose"])
_HOLDERS = word_class("holders")
_FIRMS = word_class("described")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure, with how surely it was found (1 is written beside it)."""

    company: str
    segment: str | None
    sure: float
    counterpart: str | None = None


def owner_of_stake(items: Sequence[Item], reading: Reading, topic: Owner | None, main: str | None, base: Owner | None) -> Owner | None:
    """The company owned and who owns it: "Google owns around 14% of Anthropic", "Tarn is 40% owned by Hallam"."""
    at = reading.at
    if reading.how == "compare" and base is not None:
        return base
    if reading.how == "owned":
        subject = subject_before(items, at)
        owner = next((name for item in items[at + 1 : at + 6] if (name := name_of(item)) is not None), None)
        return Owner(subject[0].name, None, subject[1], owner) if subject and subject[0].name != owner else None
    owned = _owned_after(items, at) or _owned_by_noun(items, reading)
    company = items[owned].company if owned is not None else None
    antecedent = _relative_holder(items, at)
    if company is not None and not company.by_name and antecedent == company.name:
        # "Alpha buys from Beta, which owns 27 percent of it": of the other one.
        other = next((item.company.name for item in items[:at] if item.company is not None and item.company.name != antecedent), None)
        return Owner(other, None, 0.75, antecedent) if other is not None else None
    holders = _buyers(items, at) or _holders(items, at, company.name if company is not None else None)
    if company is not None and not company.by_name and (not holders or holders == [company.name]):
        # A description cannot stand for the holder itself: "SK Hynix owns 9% of the designer".
        holders = _holders(items, at, None)
        company = next(
            (item.company for item in reversed(items[:at]) if item.company and holders and item.company.name not in holders), None
        )
    counterpart = "; ".join(name for name in holders if company is None or name != company.name) or None
    if base is not None and reading.how in ("to", "list"):
        same = not holders or base.counterpart == counterpart
        return Owner(base.company, base.segment, base.sure if same else 0.6, base.counterpart if same else counterpart)
    if company is not None and company.name != counterpart:
        return Owner(company.name, None, 0.9 if company.by_name else 0.7, counterpart)
    named = (
        _left_behind(items, at)
        or _controlled(items, at)
        or _held_by_many(items)
        or _in_which(items, at)
        or _put_into(items, at)
        or _his_company(items, at)
    )
    if named is not None:
        holders = [name for name in _holders(items, at, named) if name != named]
        return Owner(named, None, 0.85, "; ".join(holders) or None)
    strong, weak = (topic.company, None) if topic is not None and topic.sure > 0.5 else (None, topic.company if topic else None)
    others = [item.company.name for item in items if item.company is not None]
    found = next((name for name in (strong, main, weak, *others) if name and name not in holders), None)
    return Owner(found, None, 0.5, counterpart) if found else None


def name_of(item: Item) -> str | None:
    """The company or person that an item is."""
    return item.company.name if item.company is not None else item.person


def _owned_after(items: Sequence[Item], at: int) -> int | None:
    """Where the company stands of which a part follows: "9% of Alpha", "a 9% stake in Beta's arm Gamma"."""
    for j in range(at + 1, min(at + 9, len(items))):
        company = items[j].company
        if company is not None and (items[j - 1].lower in ("of", "in", "the", "stake in") or company.text.lower() in _PRONOUNS):
            inner = j + 2 < len(items) and items[j + 1].lower == "'s" and items[j + 2].company is not None
            return j + 2 if inner else j
        apposed = j + 1 < len(items) and items[j].lower == "," and items[j - 1].is_word and items[j - 2].lower in ("the", "a", "its")
        if apposed and items[j + 1].company is not None:  # "20 per cent of the venture, Alpha Compute, for"
            return j + 1
        if items[j].figure is not None or items[j].lower in (";", ".", ","):
            return None
    return None


def _owned_by_noun(items: Sequence[Item], reading: Reading) -> int | None:
    """Where the company stands between "its stake in" and the figure."""
    for j in range(reading.head + 1, reading.at):
        if items[j].company is not None and items[j - 1].lower in ("in", "of", "the"):
            return j
    return None


def _buyers(items: Sequence[Item], at: int) -> list[str]:
    """Whom a stake was sold to: "has sold a 19% stake to Vertiv"."""
    if not any(item.lower in ("sold", "sells", "gave", "handed", "issued") for item in items[max(0, at - 5) : at]):
        return []
    for j in range(at + 1, min(at + 9, len(items))):
        name = name_of(items[j])
        if name is not None and items[j - 1].lower == "to":
            return [name]
    return []


def _holders(items: Sequence[Item], at: int, owned: str | None) -> list[str]:
    """Who holds: the subject before the figure with those joined to it, or the one right before it in a list of holders."""
    if at > 1 and items[at - 1].lower == "(" and name_of(items[at - 2]) is not None:
        return [name_of(items[at - 2]) or ""]
    j = at
    while j > 0:
        j -= 1
        name = name_of(items[j])
        if name is None or name == owned:
            if items[j].lower == ";":
                break
            continue
        opened = relative_around(items, j, at)
        if opened is not None:  # "Alpha, the fund that discovered the start-up, owns"
            j = opened
            continue
        if j + 1 < len(items) and items[j + 1].lower == "'s" and not any(item.has("noun:stake") for item in items[j + 2 : at + 5]):
            continue
        antecedent = [item.lower for item in items[j + 1 : j + 3]] in _RELATIVES
        if is_oblique(items, j) and not antecedent:
            continue
        return _joined(items, j)
    return []


def _relative_holder(items: Sequence[Item], at: int) -> str | None:
    """Whom a relative clause that holds the figure is about: "Microsoft, which still owns 27 percent"."""
    for j in range(at - 1, max(1, at - 6), -1):
        if items[j].lower in ("which", "who") and items[j - 1].lower == ",":
            return name_of(items[j - 2])
        if name_of(items[j]) is not None or items[j].lower in (",", ";"):
            return None
    return None


def _joined(items: Sequence[Item], j: int) -> list[str]:
    """A holder with those that "and" joins to it: "Galp, EDP and Sines together hold"."""
    found = [name_of(items[j]) or ""]
    joint = False
    while j > 1:
        if items[j - 1].is_word and items[j - 1].lower.endswith("-based"):  # "Adani and Virginia-based EdgeConneX"
            j -= 1
            continue
        name = name_of(items[j - 2])
        if name is None or items[j - 1].lower not in ("and", "," if joint else "and"):
            break
        if is_oblique(items, j - 2) and not is_oblique(items, j):
            break  # "holds 80% of it and Meta has the rest"
        joint = True
        found.insert(0, name)
        j -= 2
    return list(dict.fromkeys(found))


def _in_which(items: Sequence[Item], at: int) -> str | None:
    """The company that a relative takes up: "Ampere, in which Oracle held 29%", "Vistra, of which it owns 2.2%"."""
    for k in range(at - 1, 0, -1):
        if items[k].lower == "which" and items[k - 1].lower in ("in", "of"):
            companies = (items[j].company for j in range(k - 1, -1, -1) if items[j + 1].lower != "'s")
            return next((company.name for company in companies if company is not None), None)
    return None


def _left_behind(items: Sequence[Item], at: int) -> str | None:
    """The company before a relative that ends in "of": "the foundry, which the government owns about 40 percent of"."""
    if [item.lower for item in items[at + 1 : at + 3]] != ["of", ","]:
        return None
    for k in range(at - 1, 1, -1):
        company = items[k - 2].company
        if items[k].lower == "which" and items[k - 1].lower == ",":
            return company.name if company is not None else None
    return None


def _controlled(items: Sequence[Item], at: int) -> str | None:
    """The company that is controlled with a stake: "Silver Lake controls the company with 44%"."""
    for j in range(at - 1, max(0, at - 6), -1):
        company = items[j].company
        if company is not None:
            return company.name if items[j - 1].lower in ("controls", "controlled", "control") else None
    return None


def _held_by_many(items: Sequence[Item]) -> str | None:
    """The company whose holders are told: "the largest shareholders in CoreWeave"."""
    for j in range(2, len(items)):
        company = items[j].company
        if company is not None and items[j - 1].lower in ("in", "of") and items[j - 2].lower in _HOLDERS:
            return company.name
    return None


def _put_into(items: Sequence[Item], at: int) -> str | None:
    """The company that money was put into for the stake: "put $1 billion into Nxera, receiving 20%"."""
    for j in range(at - 1, 0, -1):
        company = items[j].company
        if company is not None and items[j - 1].lower in ("into", "in") and any(item.has("invest") for item in items[:j]):
            return company.name
    return None


def _his_company(items: Sequence[Item], at: int) -> str | None:
    """The company of a founder who is told by it: "the founder of Wexford Compute, who owns 58% of his company"."""
    words = [item.lower for item in items[at + 1 : at + 4]]
    if len(words) < 3 or words[1] not in ("his", "her") or words[2] not in _FIRMS:
        return None
    return next((item.company.name for item in reversed(items[:at]) if item.company is not None), None)
