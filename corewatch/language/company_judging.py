"""Which of a text's capitalised names are companies, judged by all that the text says of each.

In: what one pass over the text collected (`Found`). Out: the forms that stand for companies (`Known`), each with its canonical name.
A name is judged by all its places together: its ending ("Capital", "Inc."), what stands before it ("chipmaker", "from") and after it
("'s shares", "agreed", ", a cloud start-up"). Its canonical form is the longest in the document without the ending that the law asks
for; shorter forms and abbreviations in brackets stand for the longest.
"""

import re
from dataclasses import dataclass, field

from corewatch.lexicon.companies import CompanyWords, Entry, registry

CURRENCY = re.compile(r"(?:[A-Z]{1,2}|SKr|NKr|DKr|Rs|Rp|Dh|Sfr)\d[\d.,]*$")
# Endings of nouns that open sentences ("Depreciation", "Swimming") and are too seldom names.
COMMON_ENDING = re.compile(r"(?:ing|[ts]ion|ment|ness|ity|ship|ance|ence|ism|ings|[ts]ions|ments|ities)$")
# The weight of evidence from which a name is a company's; of a single word that only ever opens sentences the capital says nothing.
ENOUGH, ENOUGH_FOR_OPENERS = 1.5, 6.0
# A name of several words within a sentence is rather a firm's than anything else; one that ends like a road's or a feast's is not.
SEVERAL_WORDS, NO_FIRM = 0.8, 3.0
# What a list with a known company says for its other members.
BESIDE_KNOWN = 2.0


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in the text."""

    start: int
    end: int
    name: str
    segment: str | None
    roles: frozenset[str]


@dataclass(slots=True)
class Candidate:
    """A form that might be a company's name, and all that the text says for and against it."""

    form: str
    places: int = 0
    company: float = 0.0
    person: float = 0.0
    roles: set[str] = field(default_factory=set)
    opens_only: bool = True
    legal: bool = False
    employers: int = 0


@dataclass(slots=True)
class Found:
    """What one pass over the runs of capitalised words collects."""

    names: list[Name] = field(default_factory=list)
    forms: dict[str, set[str]] = field(default_factory=dict)
    doubtful: list[tuple[int, int, Entry]] = field(default_factory=list)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    shorts: dict[str, set[str]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    places: list[tuple[int, int, str]] = field(default_factory=list)
    chains: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """A form that stands for a company in this document."""

    form: str
    name: str
    roles: frozenset[str]


def judge(found: Found, words: CompanyWords) -> list[Known]:
    """Which candidates are companies, and which longer form each shorter one stands for."""
    people = found.people | {c.form for c in found.candidates.values() if c.person >= 3 > c.company - c.person}
    surnames = {name.split(" ")[-1] for name in people}
    registered = {form for forms in found.forms.values() for form in forms}
    accepted = {form: c for form, c in found.candidates.items() if _is_company(c, surnames, words)}
    accepted |= {c.form: c for c in _beside_known(found, accepted, registered) if _is_company(c, surnames, words)}
    for title in sorted(found.titles):
        parts = title.split(" ")
        if any(part.lower() in words.openers or part.lower() in words.subject_verbs for part in parts) or len(parts) > 5:
            continue
        if (
            len(parts) > 1
            and parts[-1] in words.tails
            and (parts[0] in found.candidates or title in found.candidates)
            and title not in accepted
        ):
            accepted[title] = Candidate(title, roles=set(words.tails[parts[-1]]))
    by_first: dict[str, list[str]] = {}
    for form in accepted:
        by_first.setdefault(form.split(" ")[0], []).append(form)
    by_registered: dict[str, set[str]] = {}
    for name, forms in found.forms.items():
        for form in forms:
            if " " in form:
                by_registered.setdefault(form.split(" ")[0], set()).add(name)
    known: dict[str, Known] = {}
    for form in list(found.candidates) + [title for title in accepted if title not in found.candidates]:
        wholes = by_registered.get(form, set())
        if len(wholes) == 1 and len(by_first.get(form, ())) <= (form in accepted) and (form in accepted or _is_distinct(form, words)):
            # "Sakura" beside "Sakura Internet"
            name = next(iter(wholes))
            known[form] = Known(form, name, registry().roles.get(name, frozenset()))
            continue
        target = _longest(form, accepted, by_first, registered)
        if target is None or (form not in accepted and form in surnames):
            continue
        roles = accepted[target].roles | (found.candidates[form].roles if form in found.candidates else set())
        if accepted[target].employers and accepted[target].employers == accepted[target].places:
            roles = roles | {"source"}
        known[form] = Known(form, target, words.widen(roles))
    for short, forms in found.shorts.items():
        for form in sorted(forms):
            if form in known and short.lower() not in words.descriptions and short not in words.places:
                known[short] = Known(short, known[form].name, known[form].roles)
    return list(known.values())


def _beside_known(found: Found, accepted: dict[str, Candidate], registered: set[str]) -> list[Candidate]:
    """The candidates that a list tells in one breath with a company: where one of them is a firm, the others are."""
    raised = []
    for chain in found.chains:
        if any(form in accepted or form in registered for form in chain):
            for form in chain:
                candidate = found.candidates.get(form)
                if candidate is not None and form not in accepted and candidate.person < 3:
                    candidate.company += BESIDE_KNOWN
                    raised.append(candidate)
    return raised


def is_no_company(form: str, words: CompanyWords) -> bool:
    """Whether a form is no company's name whatever stands around it: a place, people, day, currency, product or thing."""
    lower = form.lower()
    if form in words.places or lower in words.nationalities or lower in words.openers or lower in words.calendar:
        return True
    return form in words.suffixes or lower in words.things or lower.rstrip("0123456789") in words.things or bool(CURRENCY.match(form))


def _is_company(candidate: Candidate, surnames: set[str], words: CompanyWords) -> bool:
    """Whether all that was said of a form is enough to call it a company's (or other organisation's) name."""
    form, parts = candidate.form, candidate.form.split(" ")
    lower = form.lower()
    if lower.split(" ")[0] in words.things and len(parts) == 2 and parts[1][0].isdigit():
        return False
    tail = _tail(parts, words)
    if parts[-1] == "AI" and (parts[0] in words.places or (lower.split(" ")[0] in words.ordinary and candidate.opens_only)):
        return False
    score = candidate.company + (6.0 if candidate.legal else 0.0)
    if len(parts) > 1 and parts[-1] in words.no_firms:
        score -= NO_FIRM
    elif len(parts) > 1 and not candidate.opens_only and parts[0] not in words.first_names and not words.places.intersection(parts):
        score += SEVERAL_WORDS
    if tail is not None:
        candidate.roles |= tail
        plain = all(part.lower() in words.ordinary or part.lower() in words.things for part in parts[:-1])
        score += 1.0 if plain and candidate.company <= 0 else 4.0  # "Intelligent Cloud", "Generative AI"
    elif candidate.person >= 3 and score < 8:
        return False
    score -= 0.0 if tail is not None else candidate.person
    if "&" in parts:
        score += 2.5
    if len(parts) == 1:
        if form in surnames and score < 8:
            return False
        if re.search(r"[a-z][A-Z]|[a-z]\d|\.ai$", form):
            score += 1.5
        if candidate.opens_only:
            common = lower in words.ordinary or form in words.first_names or lower.rstrip("s") in words.ordinary or not form.isascii()
            common = common or COMMON_ENDING.search(form) is not None
            return score >= (ENOUGH_FOR_OPENERS if common else ENOUGH)
        if lower in words.ordinary:
            score -= 2.0
    return score >= ENOUGH


def _tail(parts: list[str], words: CompanyWords) -> frozenset[str] | None:
    """The roles that the last word of a name gives it, or the last before "of" ("University of Leeds", "Automobile Club of Utah")."""
    if "of" in parts[1:-1]:
        head = parts[parts.index("of") - 1]
        if head in words.tails or head.lower() in words.heads_of:
            return words.tails.get(head, frozenset())
    return words.tails.get(parts[-1]) if len(parts) > 1 else None


def _is_distinct(form: str, words: CompanyWords) -> bool:
    """Whether a single word is nothing but a name: no plain word, place or given name."""
    return form.lower() not in words.ordinary and form not in words.places and form not in words.first_names


def _longest(form: str, accepted: dict[str, Candidate], by_first: dict[str, list[str]], registered: set[str]) -> str | None:
    """The longest accepted form that begins with this one, else the form itself where it is accepted."""
    if form in registered:
        return None
    longer = [other for other in by_first.get(form.split(" ")[0], ()) if other.startswith(form + " ")]
    if longer:
        return max(longer, key=lambda other: (accepted[other].places, -len(other), other))
    return form if form in accepted else None
