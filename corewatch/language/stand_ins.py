"""Words that stand for a company: pronouns ("it", "its"), descriptions ("the chipmaker", "the Leeds-based company"), defined terms.

In: a text, its sentences and the names in it. Out: `Company` spans with `by_name` false, in order.
This module finds the words and the part that each mention plays in its sentence; `antecedents` says whom they mean. What fits nobody
stays out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corewatch.language.antecedents import FIRST_PERSON, LAST_WORD, NEXT_WORDS, SUBJECT, Memory, Trigger, resolve
from corewatch.language.article import Company, Sentence
from corewatch.language.company_judging import Name
from corewatch.language.topics import weigh
from corewatch.lexicon.companies import CompanyWords, company_words

TRIGGER = re.compile(r"(?<![\w’'-])(?:(?:[Ii]t(?:s|self)?|[Ww]e|[Oo]ur|us)(?![\w’'-])|[Ii]t(?=['’]s\b)|[Tt]h(?:e|is|at) (?=[\w]))")
# "It is clear that", "it takes a year to": nobody is meant.
EMPTY = re.compile(
    r"(?:['’]s| is| was| will be| would be| has been| seems?| seemed| appears?| appeared| turned out| remains| matters)"
    r" (?:now |still |not |also |hardly |often |too |only |no )*(?:[\w-]+ )?(?:that|to|whether|who|how|why|when|if|for)\b"
    r"| (?:takes?|took|will take|costs?) (?:[\w-]+ ){1,4}to\b"
)
DEFINED = re.compile(r"\((?:the |collectively,? |together,? )?[“\"]([A-Z][a-z]+(?: [A-Z][a-z]+)?)[”\"]\)")
MAKER_OF = re.compile(r"(?:maker|owner|parent) of (?:the )?\w+")
# "the designer of graphics processors": what is made, up to a verb or a mark.
MADE = re.compile(r"( of (?:[a-z][\w’'-]*,? ){0,3}?[a-z][\w’'-]*s)(?=[ ,])")
PLAIN_WORDS = re.compile(r"[\w&-]+")
MAKE_IT = re.compile(r"\b(?:make|makes|made|find|finds|found|think|thinks) $")
# Characters from a sentence's start in which its subject, or the name that heads it, stands.
HEAD = 12
# The weight of a mention by its part in the sentence; `SUBJECT` is the most but for a heading ("ACME: Sold 300 racks").
OBJECT, OBLIQUE, POSSESSOR = 45.0, 25.0, 45.0
TOPIC = 180.0
# What the main company of an article never falls below: more where the article hardly names another.
MAIN_FLOOR, MAIN_FLOOR_ALONE, ALONE = 60.0, 90.0, 0.4
# What is left of a weight after a sentence, and after a paragraph.
FADE, FADE_PARAGRAPH = 0.5, 0.35
# Characters on either side of a stand-in in which names are asked.
BESIDE = 250


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
            held = resolve(text, event, part, memory, number, near, words)
            if held is not None:
                found.append(Company(start, event.end, text[start : event.end], held.name, held.segment, held.roles, False))
                memory.meet(held, part, number, event.end)
    return found


def _analysts_near(names: Sequence[Name], at: int) -> bool:
    """Whether a firm of analysts, or one that is only somebody's employer, is named near by: then "we" are they."""
    near = names[bisect_left(names, at - BESIDE, key=_start) : bisect_left(names, at + BESIDE, key=_start)]
    return any(name.roles & company_words().role_groups["analysts"] for name in near)


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
    while after and after[0] in words.auxiliaries:
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
    # Most of what follows "the" is no company: none of its words ends a description.
    if words.description_ends.isdisjoint(PLAIN_WORDS.findall(text[start : min(limit, start + 80)].lower())):
        return None
    parts = [(m.start(), m.end()) for m in NEXT_WORDS.finditer(text, start, min(limit, start + 80))][:7]
    lower = [text[a:b].lower().replace("’", "'") for a, b in parts]
    for first in range(min(6, len(parts))):
        if (
            (first and text[parts[first - 1][1] : parts[first][0]] != " ")
            or lower[first] in words.prepositions
            or lower[first] in words.openers
        ):
            return None
        for last in range(min(len(parts), first + words.longest_description) - 1, first - 1, -1):
            noun, end = " ".join(lower[first : last + 1]), parts[last][1]
            possessive = noun.endswith("'s")
            if possessive:
                noun, end = noun[:-2], end - 2
            if noun not in words.descriptions or len(text[parts[first][0] : end]) != len(noun):
                continue
            opens = the == 0 or text[the - 1] == "\n" or text[the - 2 : the - 1] in (".", "!", "?")
            following = lower[last + 1] if last + 1 < len(parts) and text[end : parts[last + 1][0]] == " " else ""
            if opens and following == "of" and noun in words.makers and (whole := MADE.match(text, end, limit)):
                return Trigger(the, _made_end(text, whole.end(1), words), "company")
            if not possessive and following and _goes_on(noun, following, text[parts[last + 1][0] : parts[last + 1][1]], words):
                break
            if any(
                name.end > start for name in here[max(0, bisect_left(here, start, key=_start) - 1) : bisect_left(here, end, key=_start)]
            ):
                return None
            whose = opens and lower[0].endswith("'s")  # "The world's largest chipmaker said"
            if (set(lower[:first]) & words.singling and not whose) or (noun in words.no_stand_ins and not first and the + 4 == parts[0][0]):
                return None
            return Trigger(the, end, noun, tuple(lower[:first]))
    return None


def _made_end(text: str, end: int, words: CompanyWords) -> int:
    """Where "of graphics processors" ends: with the last plural before the verb."""
    following = NEXT_WORDS.match(text, end + 1) if text[end : end + 1] == " " else None
    longer = following is not None and following[0].endswith("s") and following[0] not in words.subject_verbs | words.auxiliaries
    return following.end() if following is not None and longer else end


def _goes_on(noun: str, following: str, written: str, words: CompanyWords) -> bool:
    """Whether the next word makes the description mean something else: "the company car", "the bank of", "the chipmaker Acme"."""
    if following in ("of", "that", "which", "behind") or written[:1].isupper():
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
        acts = after.isalpha() and after not in words.prepositions and after not in words.after_object
        return SUBJECT if acts and before not in words.object_verbs else OBLIQUE if before in words.prepositions else OBJECT
    if after in words.subject_verbs and (before not in words.prepositions or before in words.clause_openers):
        return SUBJECT
    if before in words.prepositions:
        return OBLIQUE
    if before in ("and", "or", "but", "while"):
        return SUBJECT if text[left.start() - 2 : left.start()] == ", " else OBJECT
    return SUBJECT if start - sentence.start < HEAD else OBJECT
