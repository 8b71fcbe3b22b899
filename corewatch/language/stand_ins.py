"""Words that stand for a company: pronouns ("it", "its") and descriptions ("the chipmaker", "the Leeds-based company").

In: a text, its sentences and the names in it. Out: `Company` spans with `by_name` false, in order.
A mention of a company carries weight by how near it is and by its part in the sentence (a subject outweighs an object, an object a
possessor); a description asks for a company that does what it says; a pronoun takes the weightiest, which is mostly the last subject.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Company, Sentence
from corewatch.language.company_names import Name
from corewatch.lexicon.companies import CompanyWords, company_words

TRIGGER = re.compile(
    r"\b(?:it|its|itself|It|Its|IT'S|(?:[Tt]he|[Tt]his|[Tt]hat|[Ww]hich) )(?![\w’'])|\b[Tt]he (?=\w)|\b[Tt]h(?:is|at) (?=\w)"
)
NEXT_WORDS = re.compile(r"[\w’'&-]+")
LEFT_WORD = re.compile(r"([\w’'-]+)[ “\"‘(]*$")
# "It is clear that", "it takes a year to": nobody is meant.
EMPTY = re.compile(
    r"(?:['’]s| is| was| will be| would be| has been| seems?| seemed| appears?| appeared| turned out| takes?| took| remains| matters| helps| became)"
    r" (?:now |still |not |also |hardly |often |too )*(?:\w+ )?(?:that|to|whether|who|how|why|when|if|for)\b"
)
PREPOSITIONS = frozenset(
    "of in on at by for from with to into onto over under about against between among through via than as like after before "
    "behind toward towards upon within without including and or per alongside".split()
)
NEAR = 100.0
SUBJECT, OBJECT, OBLIQUE, POSSESSOR = 80.0, 50.0, 30.0, 25.0
FADE = 0.5


@dataclass(slots=True)
class Weight:
    """How much one company is on the reader's mind, and what it does."""

    name: str
    segment: str | None
    roles: frozenset[str]
    weight: float = 0.0
    sentence: int = -1
    end: int = -1
    names: int = 0


@dataclass(slots=True)
class Memory:
    """The companies met so far, weighed."""

    companies: dict[str, Weight] = field(default_factory=dict)
    sentence: int = 0

    def fade(self, steps: int) -> None:
        """Let every weight sink as sentences go by."""
        for held in self.companies.values():
            held.weight *= FADE**steps

    def meet(self, name: str, segment: str | None, roles: frozenset[str], part: float, sentence: int, end: int, by_name: bool) -> None:
        """Take note of a mention."""
        held = self.companies.setdefault(name, Weight(name, segment, roles))
        held.weight = max(held.weight, NEAR + part) if held.sentence == sentence else held.weight + NEAR + part
        held.sentence, held.end = sentence, end
        held.roles |= roles
        held.names += by_name


def find_stand_ins(text: str, sentences: Sequence[Sentence], names: Sequence[Name], passive: frozenset[str]) -> list[Company]:
    """The pronouns and descriptions that stand for companies; names with `passive` roles alone are no antecedents."""
    words = company_words()
    memory = Memory()
    found: list[Company] = []
    main = _most_named(names, passive)
    at = 0
    for number, sentence in enumerate(sentences):
        if sentence.role == "furniture":
            continue
        memory.fade(1 if number and sentences[number - 1].paragraph == sentence.paragraph else 2)
        while at < len(names) and names[at].start < sentence.start:
            at += 1
        here = []
        while at < len(names) and names[at].start < sentence.end:
            here.append(names[at])
            at += 1
        events: list[tuple[int, int, Name | None]] = [(n.start, n.end, n) for n in here]
        events += [(a, b, None) for a, b in _triggers(text, sentence, here, words)]
        events.sort(key=lambda event: event[0])
        for start, end, name in events:
            part = _part(text, sentence, start, end)
            if name is not None:
                if not name.roles or name.roles - passive:
                    memory.meet(name.name, name.segment, name.roles, part, number, end, True)
                continue
            held = _resolve(text, start, end, memory, number, main, words)
            if held is not None:
                found.append(Company(start, end, text[start:end], held.name, held.segment, held.roles, False))
                memory.meet(held.name, held.segment, held.roles, part, number, end, False)
    return found


def _most_named(names: Sequence[Name], passive: frozenset[str]) -> str | None:
    count: dict[str, int] = {}
    for name in names:
        if not name.roles or name.roles - passive:
            count[name.name] = count.get(name.name, 0) + 1
    return max(count, key=lambda key: count[key]) if count else None


def _triggers(text: str, sentence: Sentence, here: Sequence[Name], words: CompanyWords) -> Iterator[tuple[int, int]]:
    """The spans of a sentence that might stand for a company."""
    taken = -1
    for match in TRIGGER.finditer(text, sentence.start, sentence.end):
        word = match[0].strip().lower()
        if match.start() < taken or any(n.start <= match.start() < n.end for n in here):
            continue
        if word in ("it", "its", "itself"):
            if word == "it" and not _refers(text, match.end(), sentence.end, match.start(), words):
                continue
            yield match.start(), match.end()
            continue
        end = _description_end(text, match.end(), sentence.end, here, words)
        if end:
            taken = end
            yield match.start(), end


def _refers(text: str, end: int, limit: int, start: int, words: CompanyWords) -> bool:
    right = text[end : min(limit, end + 60)]
    if EMPTY.match(right):
        return False
    return not re.search(r"\b(?:make|makes|made|find|finds|found) $", text[max(0, start - 8) : start])


def _description_end(text: str, start: int, limit: int, here: Sequence[Name], words: CompanyWords) -> int | None:
    """Where a description that begins after "the" ends: at the last word of the longest noun that the lexicon has within six words."""
    parts = [(m.start(), m.end()) for m in NEXT_WORDS.finditer(text, start, min(limit, start + 90))][:6]
    lower = [text[a:b].lower().replace("’", "'") for a, b in parts]
    for first in range(len(parts)):
        if first and text[parts[first - 1][1] : parts[first][0]] != " ":
            return None
        if lower[first] in PREPOSITIONS or lower[first] in words.openers:
            return None
        if any(n.start <= parts[first][0] < n.end for n in here):
            continue
        for last in range(min(len(parts), first + words.longest_description) - 1, first - 1, -1):
            a, b = parts[first][0], parts[last][1]
            noun = " ".join(lower[first : last + 1])
            possessive = noun.endswith("'s")
            if possessive:
                noun, b = noun[:-2], b - 2
            if noun in words.descriptions and " " * (last - first) == "".join(
                text[parts[i][1] : parts[i + 1][0]] for i in range(first, last)
            ):
                if not possessive and last + 1 < len(parts) and text[b : parts[last + 1][0]] == " " and _noun_follows(lower, last, words):
                    continue
                return b
    return None


def _noun_follows(lower: list[str], last: int, words: CompanyWords) -> bool:
    """Whether the description only qualifies the next word ("the company car", "the cloud business")."""
    following = lower[last + 1]
    joined = f"{lower[last]} {following}"
    return joined in words.descriptions or following in words.company_nouns and following not in words.subject_verbs


def _part(text: str, sentence: Sentence, start: int, end: int) -> float:
    """A mention's part in its sentence, read off the word before it and the sign after it."""
    if text[end : end + 2] in ("'s", "’s") or text[start:end].lower() == "its":
        return POSSESSOR
    left = LEFT_WORD.search(text[sentence.start : start][-40:])
    if left is None:
        return SUBJECT
    word = left[1].lower()
    if word in PREPOSITIONS:
        return OBLIQUE if word not in ("and", "or") else OBJECT
    return SUBJECT if start - sentence.start < 0.35 * (sentence.end - sentence.start) else OBJECT


def _resolve(text: str, start: int, end: int, memory: Memory, number: int, main: str | None, words: CompanyWords) -> Weight | None:
    """The company that a pronoun or description most likely stands for."""
    phrase = text[start:end].lower().replace("’", "'")
    held = [w for w in memory.companies.values() if number - w.sentence < 12]
    if phrase in ("it", "its", "itself"):
        near = [w for w in held if number - w.sentence <= 3]
        return max(near, key=lambda w: (w.weight, w.end)) if near else None
    noun = _noun_of(phrase, words)
    asked = words.descriptions.get(noun, frozenset())
    specific = asked - {"operator"}
    if specific:
        fitting = [w for w in memory.companies.values() if w.roles & specific]
        if fitting:
            return max(fitting, key=lambda w: (w.sentence >= number - 2, w.weight, w.end))
        if asked & {"operator"} or not specific - {"fund", "bank"}:
            return None
    if not held:
        return None
    bonus = {w.name: w.weight + (40.0 if w.name == main else 0.0) for w in held}
    unknown = [w for w in held if not specific or not w.roles]
    return max(unknown, key=lambda w: (bonus[w.name], w.end)) if unknown else None


def _noun_of(phrase: str, words: CompanyWords) -> str:
    parts = phrase.split()
    for size in range(min(len(parts) - 1, words.longest_description), 0, -1):
        noun = " ".join(parts[-size:])
        if noun in words.descriptions:
            return noun
    return parts[-1]
