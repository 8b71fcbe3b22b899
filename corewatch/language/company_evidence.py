"""What the words around a capitalised name say of it: a company, a person, a place; and what the company does.

In: a text and the place of one name in it. Out: `Evidence` for that place; places of one name add up.
The numbers are weights of a kind: 2 is enough to call a name a company's, 4 is as good as said ("the chipmaker Acme").
"""

import re
from dataclasses import dataclass

from corewatch.lexicon.companies import CompanyWords, registry

LEGAL = re.compile(r",? (?:Inc|PBC|Corp|Ltd|LLC|PLC|plc|Co|N\.?V|S\.?A|AG|SE|GmbH|LP|L\.P|LLP|AB|ASA|Oyj|SpA|S\.p\.A)\b\.?(?![-\w])")
TICKER = re.compile(r" ?\((?:[A-Za-z][A-Za-z ]{1,25}: ?)[A-Z0-9][A-Z0-9.]{0,6}[,;) ]")
POSSESSIVE = re.compile(r"['’]s?(?= )")
WORD_AFTER = re.compile(r" ?([\w’'-]+)")
APPOSITION = re.compile(r"(?:,| \() ?(?:an?|the|one of the|another|now an?|once an?|formerly an?|its|their|itself an?) ([^,.;:()]{0,90})")
RELATIVE = re.compile(r", (?:which|whose) ")
OF_PLACE = re.compile(r" of [A-ZÀ-Þ]\w")
WORDS = re.compile(r"[\w’'-]+")
STRONG, GOOD, FAIR, SLIGHT = 4.0, 2.5, 1.5, 0.7


@dataclass(slots=True)
class Evidence:
    """What one place says: a weight for a company, a weight for a person, roles, and whether somebody is said to work there."""

    company: float = 0.0
    person: float = 0.0
    roles: frozenset[str] = frozenset()
    employer: bool = False


def read_evidence(text: str, begin: int, end: int, size: int, words: CompanyWords) -> Evidence:
    """The evidence of one place of a name of `size` words that stands at `begin` to `end` (its legal ending included)."""
    evidence = Evidence()
    _before(text, begin, size, words, evidence)
    _after(text, end, size, words, evidence)
    return evidence


def _before(text: str, begin: int, size: int, words: CompanyWords, evidence: Evidence) -> None:
    left = text[max(0, begin - 70) : begin]
    line = left.rfind("\n")
    left = left[line + 1 :].rstrip('“"‘( ') if left[-1:] in ' “"‘(' else ""
    parts = left.lower().replace("’", "'").split()[-6:]
    if not parts or not (parts[-1][-1].isalnum() or parts[-1][-1] == "%"):
        return
    word = parts[-1]
    for length in range(min(words.longest_description, len(parts)), 0, -1):
        noun = " ".join(parts[-length:])
        if noun in words.descriptions:
            if size == 2 and noun in words.person_descriptions:
                evidence.person += 1
                return
            evidence.roles |= words.descriptions[noun]
            evidence.company += STRONG
            return
    previous = parts[-2] if len(parts) > 1 else ""
    if word in words.titles or (word == "by" and not previous):  # the latter is a byline
        evidence.person += 4
    elif word in words.object_verbs:
        evidence.company += 2
    elif (word == "by" and previous in words.agent_verbs) or (word in ("in", "of", "at") and previous in words.holding_nouns):
        evidence.company += GOOD
    elif word in ("with", "by"):
        evidence.company += 2
    elif word in ("from", "to"):
        evidence.company += FAIR
    elif word in ("and", "or") and previous and _ends_a_name(left, words):
        evidence.company += 2
    elif word == "of" and re.search(r"[A-ZÀ-Þ][\w’'-]+ of$", left):
        evidence.company += GOOD
        evidence.employer = True
    elif word in ("of", "for", "between", "against", "than", "via", "through", "like", "including"):
        evidence.company += SLIGHT
    elif word in words.place_preps:
        evidence.company -= SLIGHT
    elif word == "the":
        evidence.company -= FAIR
    elif word in words.person_verbs and size > 1:
        evidence.person += 3


def _ends_a_name(left: str, words: CompanyWords) -> bool:
    """Whether the word before a final "and" ends a company's name: "from Acme Capital and"."""
    word = left.split()[-2].rstrip(",")
    return word in words.tails or word in registry().by_form


def _after(text: str, end: int, size: int, words: CompanyWords, evidence: Evidence) -> None:
    if TICKER.match(text, end):
        evidence.company += 6
        return
    right = text[end : end + 40]
    if right[:1] == "-":
        link = WORDS.match(right[1:])
        if link:
            evidence.company += 3 if link[0].lower().split("-")[0] in words.strong_links else -3 if link[0].lower() == "based" else 0
        return
    if right[:2] in (", ", " ("):
        _aside(text, end, size, words, evidence)
        return
    possessive = POSSESSIVE.match(right)
    following = WORD_AFTER.match(right, possessive.end() if possessive else 0)
    if not following:
        return
    word = following[1].lower()
    if possessive:
        evidence.company += GOOD if word in words.company_nouns else 0.5
    elif word == "who":
        evidence.person += 4
    elif word in words.person_verbs:
        evidence.person += 1.5 if size > 1 else 0.3
        evidence.company += 0.3
    elif word in words.subject_verbs:
        evidence.company += 2
    elif word in words.company_nouns or (word == "of" and OF_PLACE.match(right)):
        evidence.company += FAIR
    elif following[1][0].isdigit():
        evidence.company -= 2


def _aside(text: str, end: int, size: int, words: CompanyWords, evidence: Evidence) -> None:
    """An apposition, a relative clause or a post after a comma."""
    apposition = APPOSITION.match(text, end)
    if apposition:
        roles = describe(apposition[1], words, size)
        if roles is not None:
            evidence.company += STRONG
            evidence.roles |= roles
            return
    parts = WORDS.findall(text[end : end + 60].lower())[:3]
    if any(part in words.posts for part in parts[:2]) or (parts[1:] and parts[0] in ("a", "an", "the", "its") and parts[1] in words.titles):
        evidence.person += 4
    elif RELATIVE.match(text, end):
        evidence.company += GOOD


def describe(phrase: str, words: CompanyWords, size: int = 1) -> frozenset[str] | None:
    """The roles of the first description in an apposition: "cloud start-up in Leeds" says `cloud` and `start_up`; None if it has none."""
    parts = WORDS.findall(phrase.lower().replace("’", "'"))[:9]
    for last in range(len(parts)):
        for first in range(max(0, last - words.longest_description + 1), last + 1):
            noun = " ".join(parts[first : last + 1])
            roles = words.descriptions.get(noun)
            if roles is None or (" ".join(parts[first : last + 2]) in words.descriptions and last + 1 < len(parts)):
                continue
            if last + 1 < len(parts) and f"{parts[last]} {parts[last + 1]}" in words.descriptions:
                continue
            if size == 2 and noun in words.person_descriptions:
                return None
            return roles
        if parts[last] in ("of", "that", "which", "who", "with", "for", "from"):
            return None
    return None
