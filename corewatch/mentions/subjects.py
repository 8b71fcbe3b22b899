"""Which company is the subject of a clause.

In: the items of a sentence and a place in it. Out: the company that the clause before that place is about, with how surely.

Judgements made here: a subject stands at the start, after a sign, a conjunction or "said", with at most a description before it;
after a preposition it is none, and a relative clause that a comma closes keeps its own.
"""

from collections.abc import Sequence

from corewatch.language.article import Company
from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.sentence_items import Item

NEUTRAL = frozenset(("outlet", "research", "exchange", "agency", "law_firm", "university", "association"))  # their figures are not the news
_PREPOSITIONS = word_class("prepositions")
_DETERMINERS = word_class("determiners")
_CONJUNCTIONS = "and but that which while as when because where after before if said says whereas although though so then"
_OPENERS = frozenset((*',;:—([/-•*|"', *_CONJUNCTIONS.split()))


def is_neutral(company: Company) -> bool:
    """Whether it is one that speaks, ranks or lists rather than one whose figures are news."""
    return bool(company.roles) and company.roles <= NEUTRAL


def subject_before(items: Sequence[Item], before: int, gapped: int | None = None) -> tuple[Company, float] | None:
    """The subject: the nearest company before the head in a subject's place, outside relative clauses that are closed; else any other."""
    end = gapped if gapped is not None else before + 1
    antecedent = _antecedent(items, before)
    if antecedent is not None and gapped is None:
        return antecedent, 0.9
    fallback: tuple[Company, float] | None = None
    possessors: list[Company] = []
    j = min(end, len(items)) - 1
    while j >= 0:
        company = items[j].company
        if company is None or is_neutral(company):
            j -= 1
            continue
        if not company.by_name and j > 1 and items[j - 1].lower == "," and items[j - 2].company is not None:
            j -= 2  # an apposition: "Alpha, the London start-up, took"
            continue
        opened = relative_around(items, j, before)
        if opened is not None:
            j = opened - 1
            continue
        possessive = j + 1 < len(items) and items[j + 1].lower == "'s" and j + 1 < before
        if is_subject(items, j) and not possessive:
            apart = any(item.lower == ";" for item in items[j:before])
            return company, 0.75 if apart else 0.88
        if possessive:
            possessors.append(company)
        elif fallback is None and not is_oblique(items, j):
            fallback = (company, 0.6)
        j -= 1
    if fallback is None and len({company.name for company in possessors}) == 1:
        return possessors[0], 0.6  # "Alpha's growth shows in sales of"
    return fallback


def _antecedent(items: Sequence[Item], before: int) -> Company | None:
    """The company that a relative clause around the head is about: "is buying Alpha, which has 50 sites"."""
    for j in range(before - 1, max(1, before - 12), -1):
        if items[j].lower in (",", ";", ":"):
            return None
        if items[j].lower in ("which", "who", "whose") and items[j - 1].lower == ",":
            aside = items[j - 2].lower == "too" and j > 3 and items[j - 3].lower == ","  # "for Meta, too, which reported"
            company = items[j - (4 if aside else 2)].company
            return company if company is not None and not is_neutral(company) else None
        if items[j].company is not None and not _is_taken_up(items, j):
            return None
    return None


def _is_taken_up(items: Sequence[Item], at: int) -> bool:
    """Whether a pronoun inside a relative clause stands for whom the clause is about: "Equinix, which says that it has"."""
    company = items[at].company
    if company is None or company.text.lower() not in ("it", "they"):
        return False
    said = [item.lower for item in items[max(0, at - 3) : at]]
    return any(word in ("says", "said", "say", "expects", "believes") for word in said) and "which" in [
        item.lower for item in items[max(0, at - 4) : at]
    ]


def relative_around(items: Sequence[Item], at: int, head: int) -> int | None:
    """Where a relative clause opens that holds `at` and is closed by a comma before the head: ", which rents out X processors, raised"."""
    if not any(item.lower == "," for item in items[at + 1 : head]):
        return None
    for j in range(at - 1, max(0, at - 20), -1):
        again = items[j].lower in ("which", "who", "whose") and items[j - 1].lower == "and" and j > 1 and items[j - 2].lower == ","
        if again:
            continue  # ", which builds those, and which gets 33% of its sales from Google, rose"
        if items[j].lower in ("which", "who", "whose", "where") or (
            items[j].lower == "that" and at - j < 4 and not items[j - 1].has("forecast")
        ):
            said = items[j - 1].lower in ("said", "says", "saying", "added", "adding", "reported", "announced", "noted", "showed")
            return None if said else j
        if items[j].lower in (",", ";") and not _goes_on(items, j):
            return None
    return None


def _goes_on(items: Sequence[Item], comma: int) -> bool:
    """Whether a second relative clause follows a comma: ", and which"."""
    words = [item.lower for item in items[comma + 1 : comma + 3]]
    return words in (["and", "which"], ["and", "who"], ["and", "whose"])


def is_oblique(items: Sequence[Item], at: int) -> bool:
    """Whether a company stands after a preposition, alone or in a list after one: "led by Alpha and Beta"."""
    j = at - 1
    while j >= 0 and items[j].is_word and items[j].lower in _DETERMINERS:
        j -= 1
    if j >= 1 and items[j].lower in ("and", ",", "or") and items[j - 1].company is not None:
        acts = items[j].lower == "and" and at + 1 < len(items) and items[at + 1].has("hold", "run", "up", "down", "spend")
        return not acts and is_oblique(items, j - 1)  # "holds 80% of Alpha and Beta has the other 20%"
    absolute = (
        j >= 0 and items[j].lower == "with" and at + 1 < len(items) and items[at + 1].has("run", "up", "down", "grow", "verb:employees")
    )
    return j >= 0 and items[j].lower in _PREPOSITIONS and not absolute


def is_subject(items: Sequence[Item], at: int) -> bool:
    """Whether a company stands where subjects do: at the start, or after a sign, a conjunction, "that" or "said", a description between."""
    if is_oblique(items, at):
        return False
    j, words = at - 1, 0
    while (
        j >= 0
        and items[j].is_word
        and not items[j].tags
        and items[j].lower not in _OPENERS
        and items[j].lower not in _PREPOSITIONS
        and words < 4
    ):
        j, words = j - 1, words + 1
    if j < 0 or items[j].lower in _OPENERS:
        return True
    return items[j].lower in ("and", "or") and j > 0 and items[j - 1].company is not None and is_subject(items, j - 1)


def joined_subjects(items: Sequence[Item], at: int) -> list[Company]:
    """The companies that are joined as subject of the clause before the figure: "Microsoft and Nvidia between them"."""
    found: list[Company] = []
    for j in range(at - 1, -1, -1):
        item = items[j]
        if item.company is not None:
            apposed = not item.company.by_name and j > 1 and items[j - 1].lower == "," and items[j - 2].company is not None
            possessive = j + 1 < at and items[j + 1].lower == "'s"
            if is_oblique(items, j) or apposed or possessive or item.company.text.lower() in ("its", "their", "our"):
                continue
            found.insert(0, item.company)
            joined = j > 0 and items[j - 1].lower in ("and", ",") and j > 1 and items[j - 2].company is not None
            if not joined:
                return found
        elif item.lower in (";", ".") or (item.figure is not None and found):
            return found
    return found
