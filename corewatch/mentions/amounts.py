"""What the words around an amount say that it is an amount of: "$30 billion of bonds", "a $2 billion loan", "an order worth $3 billion".

In: the items of a sentence and the place of a figure. Out: `NounLink`s, each a noun of the lexicon with how it is tied to the figure.
Judgement: the head noun says more than a modifier, and what stands closer says more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corewatch.lexicon.deals import NO_DEAL, words
from corewatch.mentions.phrases import Item

PARTITIVES = words("partitives")
LINKS = words("amount_links")
MEANS = words("means_of_payment")
PUTS = words("puts_at")
REACHING = words("reaching_verbs")
OF_DEALS = frozenset({"with", "aggregate", "initial", "combined", "total"})
LOOSE = frozenset({"with", "by", "from", "as"})
EQUIVALENT = words("equivalence_words")
FOR = 3.2  # what is paid for says a little less than what the sum is a sum of


@dataclass(frozen=True, slots=True)
class NounLink:
    """A noun tied to an amount: its item, the tie (`premod`, `partitive`, `postmod`, `subject`) and the tie's strength."""

    at: int
    tie: str
    strength: float


def noun_links(items: Sequence[Item], at: int) -> list[NounLink]:
    """The nouns that name what the figure at `at` is an amount of, strongest first."""
    links = [*_after(items, at), *_before(items, at), *_bought_for(items, at)]
    return sorted(links, key=lambda link: (-link.strength, link.at))


def _after(items: Sequence[Item], at: int) -> list[NounLink]:
    """`$650 million delayed-draw term loan`, `$30 billion of bonds`, `$1.4 billion in loans`, `$640 million worth of chips`."""
    step = at + 1
    partitive = False
    strength = 4.0
    while step < len(items) and items[step].lower in PARTITIVES:
        partitive = True
        if items[step].lower == "in":
            strength = 3.0
            if step + 1 < len(items) and items[step + 1].lower in MEANS:
                return []  # "for $3 billion in stock and cash": how it is paid
        step += 1
    if partitive and items[step - 1].lower == "in" and step < len(items) and _definite(items[step]):
        return []  # "invest $3 billion in the campus": what it goes into
    if step < len(items) and items[step].tag == "shut":
        step += 1
    found: list[int] = []
    for ahead in range(step, min(step + 9, len(items))):
        item = items[ahead]
        if item.tag == "noun":
            found.append(ahead)
            continue
        if item.tag == "company":
            if found or (not partitive and not item.possessive and ahead > step):
                break
            continue
        if item.tag == "figure":
            if found or item.figure is None or item.figure.kind == "money":
                break
            if item.figure.kind == "duration" or partitive:
                if item.figure.kind in {"count", "power"}:
                    break
                continue
            break
        if item.tag == "det" and not partitive and ahead == step and item.lower not in {"further", "new", "second", "first", "initial"}:
            break
        if item.tag in {"x", "det", "adv", "hyphen"}:
            if found and item.tag != "hyphen":
                break
            continue
        if item.tag == "comma" and not partitive and not found and ahead + 1 < len(items) and items[ahead + 1].tag == "figure":
            continue
        break
    if not found:
        return []
    tie = "partitive" if partitive else "premod"
    head = found[-1]
    links = [NounLink(head, tie, strength)]
    links += [NounLink(other, tie, strength - 3.0) for other in found[:-1]]
    return links


def _definite(item: Item) -> bool:
    return item.tag == "det" or (item.tag == "company" and item.possessive)


def _bought_for(items: Sequence[Item], at: int) -> list[NounLink]:
    """`$5 billion for cloud capacity`: what a sum is paid for."""
    if at + 1 >= len(items) or items[at + 1].lower != "for":
        return []
    for place in range(at + 2, min(at + 6, len(items))):
        noun = items[place].noun
        if items[place].tag == "noun" and noun is not None:
            return [NounLink(place, "postmod", FOR)] if noun.kind not in {"", NO_DEAL} else []
        if items[place].tag not in {"x", "det", "figure", "brand", "hyphen"}:
            break
    return []


def _before(items: Sequence[Item], at: int) -> list[NounLink]:
    """`an order worth $3 billion`, `a loan of $1.4 billion`, `notes for`, `the price is $2 billion`, `notes: $3 billion`."""
    step, strength = at - 1, 3.0
    tie = "postmod"
    linked = put = False
    while step >= 0 and at - step < 12:
        item = items[step]
        if item.lower == "value" and any(other.lower in OF_DEALS for other in items[max(0, step - 4) : step]):
            step -= 1  # "an order with a value of": the order is what it is the value of
            continue
        if item.tag == "noun":
            if not linked and at - step > 3:
                return []
            return [NounLink(step, tie, strength if linked else strength - 1.5)]
        if item.lower in LINKS and item.tag in {"prep", "to"}:
            linked = True
        elif item.tag == "verb" and item.lower.split()[0] in REACHING:
            linked = True
            tie = "subject" if item.verb is not None or item.lower.startswith(("st", "rem")) else tie
        elif item.lower in PUTS and step + 1 < len(items) and items[step + 1].lower == "at":
            linked, put = True, True
        elif item.tag == "rel" and put:
            put = False
        elif item.tag == "rel" and tie == "subject":
            strength -= 0.3  # "a lease that is worth"
        elif item.tag in {"aux", "modal"}:
            linked, tie = True, "subject"
        elif (
            item.tag in {"verb"}
            or item.tag in {"semicolon", "stop", "rel", "sub"}
            or (item.tag == "figure" and item.figure is not None and item.figure.kind == "money")
        ):
            return []
        elif item.tag == "colon":
            linked = True
            strength -= 0.5
        elif item.tag == "comma":
            strength -= 0.7
        strength -= 0.12
        step -= 1
    return []


def second_currency_of(items: Sequence[Item], at: int) -> int | None:
    """The amount that the figure at `at` restates in another currency: "8 billion yuan ($1.1 billion)"."""
    figure = items[at].figure
    if figure is None:
        return None
    step = at - 1
    seen = ""
    while step >= 0 and at - step < 6:
        item = items[step]
        if item.tag == "figure":
            other = item.figure
            if other is not None and other.kind == "money" and other.unit != figure.unit and ("(" in seen or "," in seen or " or" in seen):
                return step
            return None
        if item.tag in {"open", "comma", "dash"}:
            seen += "(" if item.tag == "open" else ","
        elif item.lower in EQUIVALENT:
            seen += " " + item.lower
        else:
            return None
        step -= 1
    return None
