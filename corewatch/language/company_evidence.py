"""What the words around a capitalised name say of it: a company, a person, a place; and what the company does.

In: a text and the place of one name in it. Out: `Evidence` for that place; places of one name add up.
The numbers are weights of a kind: 2 is enough to call a name a company's, 4 is as good as said ("the chipmaker Acme").
"""

import re
from dataclasses import dataclass

from corewatch.lexicon.companies import CompanyWords, registry

LEGAL = re.compile(
    r",? (?:Inc|PBC|Corp|Pvt|Pte|Pty|Sdn|Ltd|LLC|PLC|plc|Co|N\.?V|S\.?A|SAS|AG|SE|GmbH|BV|LP|L\.P|LLP|AB|AD|AS|A/S|ApS|ASA|Oyj?|SpA|S\.p\.A"
    r"|S\.?r\.?l|Kft|KK|K\.K|s\.r\.o|d\.o\.o)\b\.?(?![-\w])"
)
TICKER = re.compile(r" ?\((?:[A-Za-z][A-Za-z ]{1,25}: ?)[A-Z0-9][A-Z0-9.]{0,6}[,;) ]")
POSSESSIVE = re.compile(r"['’]s?(?= )")
WORD_AFTER = re.compile(r" ?([\w’'-]+)")
APPOSITION = re.compile(
    r"(?:,| \() ?(?:an?|the|one of the|another|now an?|once an?|formerly an?|its|their|his|her|our|itself an?) ([^,.;:()]{0,90})"
)
RELATIVE = re.compile(r", (?:which|whose) ")
OF_PLACE = re.compile(r",? of [A-ZÀ-Þ]\w")
# What stands between a name and its verb: "Acme, after two meetings, declined".
ASIDE = re.compile(r", [^,.;:!?()\n]{3,90}, ([\w’'-]+)")
WORDS = re.compile(r"[\w’'-]+")
# "Acme (6 per cent)", "Acme, €20 million", "Acme with 2.2 billion": a part of something that somebody paid or holds.
AMOUNT = re.compile(
    r"(?:,| \(| with|, with| at)? ?(?:up to |about |some |nearly |around )?"
    r"(?:[A-Z]{0,3}[$€£¥₩₹]\d|\d[\d.,]*(?:%| ?(?:per ?cent|[mb]illion|bn|mn)\b))"
)
OWNED = re.compile(r"(?:\b(?:[Ii]ts|[Tt]heir|[Tt]he)|['’]s) $")
OWNER = re.compile(r"([\w.’'-]+(?: [A-ZÀ-Þ][\w.’-]*)?)['’]s? $")
# "her company, Acme", "its rival across the river, Acme".
SET_OFF = re.compile(r"([^,.;:()“”—–]{3,70}), $")
STRONG, GOOD, FAIR, SLIGHT = 4.0, 2.5, 1.5, 0.7
# Characters before a name that are read.
BEFORE = 90


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
    _after(text, (begin, end), size, words, evidence)
    return evidence


def _before(text: str, begin: int, size: int, words: CompanyWords, evidence: Evidence) -> None:
    left = text[max(0, begin - BEFORE) : begin]
    line = left.rfind("\n")
    left = left[line + 1 :]
    if left.endswith(words.renaming):
        evidence.company += GOOD
        return
    if left.endswith(", "):
        _set_off(left, size, words, evidence)
        return
    owner = OWNER.search(left)
    if owner:
        _owned(owner[1], size, words, evidence)
        return
    left = left.rstrip('“"‘( ') if left[-1:] in ' “"‘(' else ""
    parts = left.lower().replace("’", "'").split()[-9:]
    if parts and parts[-1][-1] == "." and parts[-1][:-1] in words.titles:  # "Mr. Roe"
        evidence.person += 4
        return
    if not parts or not (parts[-1][-1].isalnum() or parts[-1][-1] == "%"):
        return
    word = parts[-1]
    noun = _description_at_end(parts, words)
    if noun is not None:
        _described(noun, size, words, evidence)
        return
    previous = parts[-2] if len(parts) > 1 else ""
    if word in words.titles or (word == "by" and not previous):  # the latter is a byline
        evidence.person += 4
    elif word in words.object_verbs:
        evidence.company += 2
    elif word.endswith(words.placed_links) or _is_owned(word, previous, words):
        evidence.company += GOOD
    elif word == "including" or (word == "as" and previous == "such"):
        _listed(parts[: -1 if word == "including" else -2], size, words, evidence)
    elif word in ("with", "by", "from", "to"):
        dealt = any(part in words.dealing for part in parts[:-1])
        evidence.company += GOOD if dealt else 2 if word in ("with", "by") else FAIR
    elif word in ("and", "or") and previous and _ends_a_name(left, words):
        evidence.company += 2
    elif word == "of" and re.search(r"[A-ZÀ-Þ][\w’'-]+ of$", left):
        evidence.company += GOOD
        evidence.employer = True
    elif word in ("of", "for", "between", "against", "than", "via", "through", "like"):
        evidence.company += SLIGHT
    elif word in words.place_preps:
        evidence.company -= SLIGHT
    elif word == "the":
        evidence.company -= FAIR
    elif word in words.person_verbs and size > 1:
        evidence.person += 3


def _is_owned(word: str, previous: str, words: CompanyWords) -> bool:
    """Whether the last two words before a name make a company of it: "led by", "shares in", "the purchase of", "known as"."""
    if (word == "by" and previous in words.agent_verbs) or (word in ("in", "of", "at") and previous in words.holding_nouns):
        return True
    return (word == "of" and previous in words.owned_nouns) or word in words.naming or f"{previous} {word}" in words.naming


def _description_at_end(parts: list[str], words: CompanyWords) -> str | None:
    """The longest description that the last words are: "model maker" of "a model maker"."""
    for length in range(min(words.longest_description, len(parts)), 0, -1):
        noun = " ".join(parts[-length:])
        if noun in words.descriptions:
            return noun
    return None


def _described(noun: str, size: int, words: CompanyWords, evidence: Evidence, weight: float = STRONG) -> None:
    """Count a description; beside two words that might be a person's name, one that a person may bear counts for that."""
    if size == 2 and noun in words.person_descriptions:
        evidence.person += 1
        return
    evidence.roles |= words.descriptions[noun]
    evidence.company += weight


def _owned(owner: str, size: int, words: CompanyWords, evidence: Evidence) -> None:
    """A name after a possessive: "Norway's Acme" is a firm, "Nvidia's Acme" a product or somebody who works there."""
    if owner in words.places or owner.split(" ")[-1] in words.places:
        evidence.company += GOOD if size < 4 else FAIR
    elif size == 1:
        evidence.company -= FAIR


def _listed(parts: list[str], size: int, words: CompanyWords, evidence: Evidence) -> None:
    """The first of several that a plural describes: "newcomers such as Acme"."""
    noun = _description_at_end(parts, words) or _description_at_end([*parts[:-1], parts[-1].removesuffix("s")] if parts else [], words)
    if noun is None:
        evidence.company += SLIGHT
    else:
        _described(noun, size, words, evidence, GOOD)


def _set_off(left: str, size: int, words: CompanyWords, evidence: Evidence) -> None:
    """A name set off by a comma after what it is: "her company, Acme", "two competitors last week, Acme and ..."."""
    phrase = SET_OFF.search(left)
    if phrase is None:
        return
    parts = WORDS.findall(phrase[1].lower().replace("’", "'"))[-8:]
    for last in range(len(parts), 0, -1):
        noun = _description_at_end(parts[:last], words) or _description_at_end(
            [*parts[: last - 1], parts[last - 1].removesuffix("s")], words
        )
        if noun is not None:
            _described(noun, size, words, evidence, GOOD)
            return


def _ends_a_name(left: str, words: CompanyWords) -> bool:
    """Whether the word before a final "and" ends a company's name: "from Acme Capital and"."""
    word = left.split()[-2].rstrip(",")
    return word in words.tails or word in registry().by_form


def _after(text: str, place: tuple[int, int], size: int, words: CompanyWords, evidence: Evidence) -> None:
    begin, end = place
    if TICKER.match(text, end):
        evidence.company += 6
        return
    right = text[end : end + 60]
    if right[:1] == "-":
        link = WORDS.match(right[1:])
        if link:
            evidence.company += 3 if link[0].lower().split("-")[0] in words.strong_links else -3 if link[0].lower() == "based" else 0
        return
    if AMOUNT.match(right):
        evidence.company += FAIR
        return
    if right[:2] in (", ", " ("):
        _aside(text, end, size, words, evidence)
        return
    possessive = POSSESSIVE.match(right)
    following = WORD_AFTER.match(right, possessive.end() if possessive else 0)
    if not following:
        if possessive and AMOUNT.match(right, possessive.end()):
            evidence.company += GOOD
        return
    word = following[1].lower()
    if possessive:
        owned = [part.lower() for part in WORDS.findall(right[possessive.end() :])[:3]]
        evidence.company += GOOD if word in words.company_nouns else FAIR if set(owned) & words.company_nouns else 0.5
        return
    later = WORD_AFTER.match(right, following.end())
    second = later[1].lower() if later else ""
    if word in words.adverbs or (word.endswith("ly") and second in words.subject_verbs):
        word, second = second, ""
    if word == "who":
        evidence.person += 4
    elif word in words.person_verbs:
        its = second in ("it", "its")
        evidence.person += 0.0 if its else 1.5 if size > 1 else 0.3
        evidence.company += 2.0 if its else 0.3
    elif word in words.subject_verbs:
        evidence.company += 2
    elif word in words.site_nouns and OWNED.search(text, max(0, begin - 8), begin):
        evidence.company -= FAIR  # "its Abilene campus"
    elif word in words.company_nouns or (word == "of" and OF_PLACE.match(right)):
        evidence.company += FAIR
    elif following[1][0].isdigit():
        evidence.company -= 2


def _aside(text: str, end: int, size: int, words: CompanyWords, evidence: Evidence) -> None:
    """An apposition, a relative clause or a post after a comma; and the verb after what stands between."""
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
    elif RELATIVE.match(text, end) or OF_PLACE.match(text, end):
        evidence.company += GOOD
    else:
        verb = ASIDE.match(text, end, end + 130)
        if verb is not None and verb[1].lower() in words.subject_verbs:
            evidence.company += FAIR


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
