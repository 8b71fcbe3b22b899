"""Whom a stand-in means: the companies on the reader's mind, weighed, and the one that fits a pronoun or description.

In: the companies met so far, each with a weight, and a `Trigger`. Out: the company that it stands for, or null.
A mention of a company weighs by how near it is and by its part in the sentence (a subject outweighs an object, an object what stands
after a preposition). A pronoun takes the weightiest company, mostly the last subject; a description asks for one that does what it says;
a party to a deal ("the tenant") is not the company that the article is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corewatch.language.company_judging import Name
from corewatch.lexicon.companies import CompanyWords, company_words, registry

NEXT_WORDS = re.compile(r"[\w’'&-]+")
LAST_WORD = re.compile(r"([\w’'-]+)[ “\"‘(]*$")
# "Acme, already the largest of its lenders": "its" is somebody else.
ASIDE = re.compile(r",(?: [\w-]+){0,5} ?$")
COPULA = re.compile(r"(?:, \w+,)? (?:is|was|are|were|became|remains|remained|has been|have been|had been) (?:[\w-]+ ){0,4}$")
JOINS = frozenset({", ", " and ", ", and ", " and the ", ", and the ", " and also "})
NEAR = 100.0
SUBJECT = 80.0
MAIN_BONUS = 20.0
DESCRIBED_FLOOR = 110.0
MONEY_MALUS = 60.0
# Sentences after which a pronoun, and a description, no longer mean a company.
NEAR_SENTENCES, FAR = 3, 12
# Companies that are kept in mind.
MANY = 60
FIRST_PERSON = "we"


@dataclass(slots=True)
class Weight:
    """How much one company is on the reader's mind, what it does, and what the text calls it by ("British")."""

    name: str
    segment: str | None
    roles: frozenset[str]
    weight: float = 0.0
    part: float = 0.0
    sentence: int = -1
    end: int = -1
    traits: frozenset[str] = frozenset()


@dataclass(slots=True)
class Memory:
    """The companies met so far, weighed."""

    main: str | None
    floor: float
    companies: dict[str, Weight] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)

    def fade(self, factor: float) -> None:
        """Let every weight sink as sentences go by."""
        for held in self.companies.values():
            held.weight *= factor

    def forget(self, sentence: int) -> None:
        """Let go of companies that nothing will refer to any more, so that a long text costs no more a sentence than a short one."""
        if len(self.companies) > MANY:
            last = sorted(self.companies.values(), key=lambda held: held.end)[-MANY // 2 :]
            kept = {held.name for held in last if sentence - held.sentence <= 3 * FAR} | {self.main, *self.terms.values()}
            self.companies = {name: held for name, held in self.companies.items() if name in kept}

    def meet(self, mention: Name | Weight, part: float, sentence: int, end: int, traits: frozenset[str] = frozenset()) -> None:
        """Take note of a mention."""
        held = self.companies.setdefault(mention.name, Weight(mention.name, mention.segment, mention.roles))
        if held.sentence == sentence:
            held.weight += max(0.0, part - held.part)
            held.part = max(held.part, part)
        else:
            held.weight, held.part = held.weight + NEAR + part, part
        held.sentence, held.end = sentence, end
        held.roles |= mention.roles
        held.traits |= traits


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may stand for a company: a pronoun, or "the" with a description (`noun`) and what goes before its noun."""

    start: int
    end: int
    noun: str | None = None
    modifiers: tuple[str, ...] = ()


def resolve(
    text: str, trigger: Trigger, part: float, memory: Memory, number: int, here: Sequence[Name], words: CompanyWords
) -> Weight | None:
    """The company that a pronoun or description most likely stands for."""
    if trigger.noun == FIRST_PERSON:
        # Whoever speaks at length works for the company that the text is about; analysts were left out before.
        return memory.companies.get(memory.main or "")
    if trigger.noun is None:
        return _antecedent(text, trigger, part, memory, number, here, words)
    term = memory.terms.get(text[trigger.start + 4 : trigger.end])
    if term is None and text[trigger.start + 4 : trigger.end] == "Company":
        term = memory.main
    if term is not None:
        return memory.companies.get(term)
    beside = next((name for name in here if text[name.end : trigger.start] == ", "), None)
    if beside is not None and text[trigger.end : trigger.end + 1] in (",", ".", ";", ")"):
        return memory.companies.get(beside.name)
    nickname = memory.companies.get(
        words.nicknames.get(" ".join((*trigger.modifiers[-1:], trigger.noun)), words.nicknames.get(trigger.noun, ""))
    )
    if nickname is not None:
        return nickname
    asked = words.descriptions.get(trigger.noun, frozenset())
    later = _named_later(text, trigger, here)
    held = [w for w in memory.companies.values() if number - w.sentence <= FAR and w.name not in later]
    if part != SUBJECT:
        # Nobody buys from "the company" and means himself: what stands before in the same clause is out.
        since = _clause_start(text, trigger)
        actors = _actors(text, held, number, since, trigger)
        held = [w for w in held if w.name not in actors]
    marks = {m.removesuffix("-based") for m in trigger.modifiers if m in words.nationalities or m.endswith("-based")}
    if marks:
        marked = [w for w in held if (w.traits | registry().homes.get(w.name, frozenset())) & marks]
        if marked:
            return max(marked, key=lambda w: (bool(w.roles & asked), w.weight, w.end))
        # Whoever is known to live elsewhere is not meant.
        held = [w for w in held if not registry().homes.get(w.name)] or held
    if trigger.noun in words.parts and trigger.noun != "landlord":
        return _counterparty(words.parts[trigger.noun], held, memory)
    specific = asked - {"operator", "start_up"}
    if specific:
        fitting = [
            w
            for w in memory.companies.values()
            if (w.roles & specific and w in held) or (w.roles & specific and number - w.sentence <= 3 * FAR)
        ]
        if fitting:
            return max(fitting, key=lambda w: (w.weight, w.end))
        strangers = [w for w in held if not w.roles]
        return max(strangers, key=lambda w: (w.weight, w.end)) if strangers else None
    if "start_up" in asked:
        young = [w for w in held if w.roles & words.role_groups["young"] and "established" not in w.roles] or held
        return _weightiest(young, memory, described=True)
    return _weightiest(held, memory, described=True)


def _clause_start(text: str, trigger: Trigger) -> int:
    """Where the clause of a stand-in begins: after the last semicolon, or comma with "and", "but", "which" or a verb of speech."""
    left = text[max(0, trigger.start - 200) : trigger.start]
    breaks = [m.end() for m in re.finditer(r"[;:]|, (?:and|but|while|as)\b|\bthat\b|[“\"]", left)]
    return max(0, trigger.start - 200) + (breaks[-1] if breaks else 0)


def _antecedent(
    text: str, trigger: Trigger, part: float, memory: Memory, number: int, here: Sequence[Name], words: CompanyWords
) -> Weight | None:
    """Whom "it", "its" or "itself" means."""
    word = text[trigger.start : trigger.end].lower()
    held = [w for w in memory.companies.values() if number - w.sentence <= NEAR_SENTENCES or w.name == memory.main]
    if word == "itself":
        beside = [w for w in held if w.end == trigger.start - 1]
        return beside[0] if beside else _weightiest(held, memory)
    later = _named_later(text, trigger, here) | _told_together(text, trigger, here)
    held = [w for w in held if w.name not in later]
    apart: list[Weight] = []
    left = LAST_WORD.search(text, max(0, trigger.start - 20), trigger.start)
    if (word == "it" and part != SUBJECT) or (word == "its" and left is not None and left[1].lower() in words.funding_verbs):
        since = _clause_start(text, trigger)
        actors = _actors(text, held, number, since, trigger)
        apart = [w for w in held if w.name not in actors]
    elif word == "its" and any(w.lower() in words.tie_nouns for w in NEXT_WORDS.findall(text[trigger.end : trigger.end + 40])[:3]):
        # "Acme, already the largest of its lenders", "Acme is its main supplier": "its" is somebody else's.
        apart = [w for w in held if not (w.sentence == number and _same_phrase(text[w.end : trigger.start]))]
    if word in ("it", "its") and part == SUBJECT and not apart:
        last = [w for w in held if w.sentence == number - 1 and w.part == SUBJECT]
        if last and not any(w.sentence == number for w in held):
            return max(last, key=lambda w: (w.weight, w.end))
    return _weightiest(apart or held, memory)


def _actors(text: str, held: Sequence[Weight], number: int, since: int, trigger: Trigger) -> set[str]:
    """The subject of the clause that a stand-in is the object of: the last before it, with those who act together with it; by name."""
    subjects = [w for w in held if w.sentence == number and since <= w.end <= trigger.start and w.part == SUBJECT]
    if not subjects:
        return set()
    last = max(subjects, key=lambda w: w.end)
    together = text[max(since, last.end - len(last.name) - 40) : last.end]
    return {last.name} | {w.name for w in held if w.sentence == number and f"{w.name} and " in together}


def _named_later(text: str, trigger: Trigger, here: Sequence[Name]) -> set[str]:
    """Companies named further on in the clause, not as its subject: "it buys from Acme" is not about Acme."""
    later: set[str] = set()
    for name in here:
        if name.start >= trigger.end and not re.search(r";|, (?:and|but|while|which|who)\b", text[trigger.end : name.start]):
            left = LAST_WORD.search(text, max(0, name.start - 30), name.start)
            if left is not None and (left[1].lower() in company_words().prepositions or "," not in text[trigger.end : name.start]):
                later.add(name.name)
    return later


def _told_together(text: str, trigger: Trigger, here: Sequence[Name]) -> set[str]:
    """Companies that "and" joins before the stand-in: two or more are "they", never "it" ("Meta and OpenAI buy its chips")."""
    together: set[str] = set()
    row: list[str] = []
    joined = False
    for before, name in pairwise(name for name in here if name.end <= trigger.start):
        link = text[before.end : name.start]
        if link not in JOINS:
            together |= set(row) if joined else set()
            row, joined = [], False
            continue
        row += [before.name, name.name]
        joined |= link != ", "
    return together | (set(row) if joined else set())


def _same_phrase(between: str) -> bool:
    return ASIDE.fullmatch(between) is not None or COPULA.fullmatch(between) is not None


def _weightiest(held: Sequence[Weight], memory: Memory, described: bool = False) -> Weight | None:
    """The company that is most on the reader's mind.

    The main one never quite leaves it, least of all where it is `described` as "the company"; those who lend or invest rarely hold it.
    """
    floor = max(memory.floor, DESCRIBED_FLOOR) if described else memory.floor

    def weight(w: Weight) -> tuple[float, int]:
        if w.name == memory.main:
            return max(w.weight + MAIN_BONUS, floor), w.end
        money = bool(w.roles) and w.roles <= company_words().role_groups["money"] and (described or w.part != SUBJECT)
        return w.weight - (MONEY_MALUS if money else 0.0), w.end

    return max(held, key=weight) if held else None


def _counterparty(roles: frozenset[str], held: Sequence[Weight], memory: Memory) -> Weight | None:
    """The other party: not the company that the text is about, and one that does what such a party does where there is one."""
    others = [w for w in held if w.name != memory.main]
    fitting = [w for w in others if w.roles & roles]
    pool = fitting or [w for w in others if not w.roles] or ([] if roles else others)
    return max(pool, key=lambda w: (w.weight, w.end)) if pool else None
