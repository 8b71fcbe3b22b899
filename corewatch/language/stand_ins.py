"""Words that stand for a company: pronouns ("it", "its"), descriptions ("the chipmaker", "the Leeds-based company"), defined terms.

In: a text, its sentences and the names in it. Out: `Company` spans with `by_name` false, in order.
A mention of a company weighs by how near it is and by its part in the sentence (a subject outweighs an object, an object what stands
after a preposition). A pronoun takes the weightiest company, mostly the last subject; a description asks for one that does what it says;
a party to a deal ("the tenant") is not the company that the article is about. What fits nobody stays out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Company, Sentence
from corewatch.language.company_names import Name
from corewatch.language.topics import weigh
from corewatch.lexicon.companies import CompanyWords, company_words, registry

TRIGGER = re.compile(r"(?<![\w’'-])(?:(?:[Ii]t(?:s|self)?|[Ww]e|[Oo]ur|us)(?![\w’'-])|[Ii]t(?=['’]s\b)|[Tt]h(?:e|is|at) (?=[\w]))")
NEXT_WORDS = re.compile(r"[\w’'&-]+")
LAST_WORD = re.compile(r"([\w’'-]+)[ “\"‘(]*$")
# "It is clear that", "it takes a year to": nobody is meant.
EMPTY = re.compile(
    r"(?:['’]s| is| was| will be| would be| has been| seems?| seemed| appears?| appeared| turned out| remains| matters)"
    r" (?:now |still |not |also |hardly |often |too |only |no )*(?:[\w-]+ )?(?:that|to|whether|who|how|why|when|if|for)\b"
    r"| (?:takes?|took|will take|costs?) (?:[\w-]+ ){1,4}to\b"
)
DEFINED = re.compile(r"\((?:the |collectively,? |together,? )?[“\"]([A-Z][a-z]+(?: [A-Z][a-z]+)?)[”\"]\)")
MAKER_OF = re.compile(r"(?:maker|owner|parent) of (?:the )?\w+")
MAKE_IT = re.compile(r"\b(?:make|makes|made|find|finds|found|think|thinks) $")
# "Acme, already the largest of its lenders": "its" is somebody else.
ASIDE = re.compile(r",(?: [\w-]+){0,5} ?$")
COPULA = re.compile(r" (?:is|was|are|were|became|remains) (?:[\w-]+ ){0,4}$")
PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "by", "for", "from", "with", "to", "into", "onto", "over", "under", "about", "against", "among", "between"}
    | {"through", "via", "than", "as", "like", "after", "before", "behind", "toward", "towards", "upon", "within", "without", "including"}
)
# Prepositions that open a clause as well: "before Acme agreed".
CLAUSE_OPENERS = frozenset({"before", "after", "as", "than", "like"})
# After an "it" that somebody does something to: "lent it the money", "turned it down".
AFTER_OBJECT = frozenset(
    {"a", "an", "the", "its", "up", "down", "out", "back", "away", "and", "or", "but", "more", "another", "some", "so"}
)
HEAD = 12
NEAR = 100.0
SUBJECT, OBJECT, OBLIQUE, POSSESSOR = 80.0, 45.0, 25.0, 45.0
# "ACME: Sold 300 racks"
TOPIC = 180.0
MAIN_BONUS = 40.0
# What the main company of an article never falls below: more where the article hardly names another.
MAIN_FLOOR, MAIN_FLOOR_ALONE, ALONE = 60.0, 90.0, 0.4
DESCRIBED_FLOOR = 150.0
NEAR_SENTENCES = 3
MONEY_MALUS = 60.0
FADE = 0.5
FADE_PARAGRAPH = 0.35
FAR = 12
MANY = 60
BESIDE = 250
YOUNG = frozenset({"lab", "neocloud", "cloud", "start_up", "chipmaker", "software"})
FIRST_PERSON = "we"
SPEAKERS = frozenset({"source", "research"})
AUXILIARIES = frozenset(
    {"have", "had", "will", "would", "also", "now", "then", "are", "were", "recently", "just", "already", "may", "might"}
)
MONEY = frozenset({"bank", "fund", "venture", "private_equity", "credit_fund", "insurer", "research", "hedge_fund", "asset_manager"})


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


def find_stand_ins(text: str, sentences: Sequence[Sentence], names: Sequence[Name], passive: frozenset[str]) -> list[Company]:
    """The pronouns and descriptions that stand for companies; organisations that have `passive` roles alone are nobody's antecedents."""
    words = company_words()
    active = [name for name in names if not name.roles or name.roles - passive]
    main = weigh(sentences, active)
    alone = sum(name.name == main for name in active) >= ALONE * len(active)
    memory = Memory(main, MAIN_FLOOR_ALONE if alone else MAIN_FLOOR, terms=_defined_terms(text, active))
    found: list[Company] = []
    at, headed = 0, False
    for number, sentence in enumerate(sentences):
        if sentence.role == "furniture":
            continue
        if not headed:
            memory.fade(FADE if number and sentences[number - 1].paragraph == sentence.paragraph else FADE_PARAGRAPH)
        while at < len(active) and active[at].start < sentence.start:
            at += 1
        first = at
        while at < len(active) and active[at].start < sentence.end:
            at += 1
        here = active[first:at]
        # A line that is nothing but a name heads what follows.
        headed = len(here) == 1 and here[0].start == sentence.start and here[0].end == sentence.end
        events: list[tuple[int, Name | Trigger]] = [(name.start, name) for name in here]
        events += [(trigger.start, trigger) for trigger in _triggers(text, sentence, here, words)]
        events.sort(key=lambda event: event[0])
        for start, event in events:
            memory.forget(number)
            part = TOPIC if headed else _part(text, sentence, start, event.end)
            if isinstance(event, Name):
                memory.meet(event, part, number, event.end, _traits(text, event, words))
                continue
            if event.noun == FIRST_PERSON and _analysts_near(names, start):
                continue
            near = here[bisect_left(here, start - BESIDE, key=_start) : bisect_left(here, event.end + BESIDE, key=_start)]
            held = _resolve(text, event, part, memory, number, near, words)
            if held is not None:
                found.append(Company(start, event.end, text[start : event.end], held.name, held.segment, held.roles, False))
                memory.meet(held, part, number, event.end)
    return found


def _analysts_near(names: Sequence[Name], at: int) -> bool:
    """Whether a firm of analysts, or one that is only somebody's employer, is named near by: then "we" are they."""
    near = names[bisect_left(names, at - BESIDE, key=_start) : bisect_left(names, at + BESIDE, key=_start)]
    return any(name.roles & SPEAKERS for name in near)


def _start(name: Name) -> int:
    return name.start


def _defined_terms(text: str, names: Sequence[Name]) -> dict[str, str]:
    """What a contract or filing defines: `Acme Compute Corp. (the “Company”)` makes "the Company" Acme Compute."""
    terms: dict[str, str] = {}
    for match in DEFINED.finditer(text):
        place = bisect_right(names, match.start(), key=lambda name: name.end)
        if place and names[place - 1].end > match.start() - 120:
            terms.setdefault(match[1], names[place - 1].name)
    return terms


def _traits(text: str, name: Name, words: CompanyWords) -> frozenset[str]:
    """Nationalities and places beside a name: "the British cloud Acme", "Acme, a Danish group"."""
    around = NEXT_WORDS.findall(text[max(0, name.start - 30) : name.start])[-3:] + NEXT_WORDS.findall(text[name.end : name.end + 60])[:7]
    return frozenset(
        word.lower() for word in around if word[:1].isupper() and (word.lower() in words.nationalities or word in words.places)
    )


def _triggers(text: str, sentence: Sentence, here: Sequence[Name], words: CompanyWords) -> Iterator[Trigger]:
    """The words of a sentence that might stand for a company."""
    taken = -1
    for match in TRIGGER.finditer(text, sentence.start, sentence.end):
        if match.start() < taken:
            continue
        word = match[0].lower()
        if word.startswith("it"):
            if word == "it" and (EMPTY.match(text, match.end()) or MAKE_IT.search(text, max(0, match.start() - 9), match.start())):
                continue
            yield Trigger(match.start(), match.end())
            continue
        if word in ("we", "us", "our"):
            if _deals_in_first_person(text, word, match.start(), match.end(), words):
                yield Trigger(match.start(), match.end(), FIRST_PERSON)
            continue
        trigger = _description(text, match.start(), match.end(), sentence.end, here, words)
        if trigger is not None:
            taken = trigger.end
            yield trigger


def _deals_in_first_person(text: str, word: str, start: int, end: int, words: CompanyWords) -> bool:
    """Whether "we", "us" or "our" is a company that buys, sells or borrows ("lends us", "we paid"), not people who think and hope."""
    after = [w.lower() for w in NEXT_WORDS.findall(text[end : end + 40])[:4]]
    while after and after[0] in AUXILIARIES:
        after.pop(0)
    if not after:
        return False
    if word == "us":
        left = LAST_WORD.search(text, max(0, start - 30), start)
        return left is not None and (left[1].lower() in words.object_verbs or left[1].lower() in ("from", "with", "to"))
    return after[0] in (words.company_nouns if word == "our" else words.first_person_verbs)


def _description(text: str, the: int, start: int, limit: int, here: Sequence[Name], words: CompanyWords) -> Trigger | None:
    """A description after "the": the longest noun of the lexicon within six words, with nothing after it that makes it another thing."""
    made = MAKER_OF.match(text, start, limit)
    if made is not None and made[0].lower() in words.nicknames:
        return Trigger(the, made.end(), made[0].lower())
    parts = [(m.start(), m.end()) for m in NEXT_WORDS.finditer(text, start, min(limit, start + 80))][:7]
    lower = [text[a:b].lower().replace("’", "'") for a, b in parts]
    for first in range(min(6, len(parts))):
        if (first and text[parts[first - 1][1] : parts[first][0]] != " ") or lower[first] in PREPOSITIONS or lower[first] in words.openers:
            return None
        for last in range(min(len(parts), first + words.longest_description) - 1, first - 1, -1):
            noun, end = " ".join(lower[first : last + 1]), parts[last][1]
            possessive = noun.endswith("'s")
            if possessive:
                noun, end = noun[:-2], end - 2
            if noun not in words.descriptions or len(text[parts[first][0] : end]) != len(noun):
                continue
            following = lower[last + 1] if last + 1 < len(parts) and text[end : parts[last + 1][0]] == " " else ""
            if not possessive and following and _goes_on(noun, following, text[parts[last + 1][0] : parts[last + 1][1]], words):
                break
            if any(
                name.end > start for name in here[max(0, bisect_left(here, start, key=_start) - 1) : bisect_left(here, end, key=_start)]
            ):
                return None
            if set(lower[:first]) & words.singling or (noun in words.no_stand_ins and not first and the + 4 == parts[0][0]):
                return None
            return Trigger(the, end, noun, tuple(lower[:first]))
    return None


def _goes_on(noun: str, following: str, written: str, words: CompanyWords) -> bool:
    """Whether the next word makes the description mean something else: "the company car", "the bank of", "the chipmaker Acme"."""
    if following in ("of", "that", "which", "behind", "for") or written[:1].isupper():
        return True
    return f"{noun.split(' ')[-1]} {following}" in words.descriptions or following in words.company_nouns - words.subject_verbs


def _part(text: str, sentence: Sentence, start: int, end: int) -> float:
    """A mention's part in its sentence, read off the words before and after it."""
    if text[end : end + 2] in ("'s", "’s", "' ", "’ "):
        return POSSESSOR
    word = text[start:end].lower()
    if word == "its":
        return OBLIQUE
    if start - sentence.start < HEAD and text[end : end + 1] == ":":
        return TOPIC
    left = LAST_WORD.search(text, max(sentence.start, start - 30), start)
    if left is None:
        return SUBJECT
    before = left[1].lower()
    words = company_words()
    following = NEXT_WORDS.match(text, end + 1, min(sentence.end, end + 21)) if text[end : end + 1] == " " else None
    after = following[0].lower() if following else ""
    if word == "it":
        acts = after.isalpha() and after not in PREPOSITIONS and after not in AFTER_OBJECT
        return SUBJECT if acts and before not in words.object_verbs else OBLIQUE if before in PREPOSITIONS else OBJECT
    if after in words.subject_verbs and (before not in PREPOSITIONS or before in CLAUSE_OPENERS):
        return SUBJECT
    if before in PREPOSITIONS:
        return OBLIQUE
    if before in ("and", "or", "but", "while"):
        return SUBJECT if text[left.start() - 2 : left.start()] == ", " else OBJECT
    return SUBJECT if start - sentence.start < HEAD else OBJECT


def _resolve(
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
        young = [w for w in held if w.roles & YOUNG and "established" not in w.roles] or held
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
    later = _named_later(text, trigger, here)
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
            if left is not None and (left[1].lower() in PREPOSITIONS or "," not in text[trigger.end : name.start]):
                later.add(name.name)
    return later


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
        money = bool(w.roles) and w.roles <= MONEY and (described or w.part != SUBJECT)
        return w.weight - (MONEY_MALUS if money else 0.0), w.end

    return max(held, key=weight) if held else None


def _counterparty(roles: frozenset[str], held: Sequence[Weight], memory: Memory) -> Weight | None:
    """The other party: not the company that the text is about, and one that does what such a party does where there is one."""
    others = [w for w in held if w.name != memory.main]
    fitting = [w for w in others if w.roles & roles]
    pool = fitting or [w for w in others if not w.roles] or ([] if roles else others)
    return max(pool, key=lambda w: (w.weight, w.end)) if pool else None
