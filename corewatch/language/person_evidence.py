"""What the pronouns of a text say of its people: whether a name is a person's at all, and who is "he" and who "she".

In: the text and the place of a name that might be a person's. Out: a yes or no, where neither a title nor a given name says so.
A person is "he" or "she", has "his" or "her" things, and afterwards speaks by the last word of the name alone; a firm is "it", and
speaks by the first word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corewatch.language.article import Person, Sentence
from corewatch.lexicon.companies import company_words
from corewatch.lexicon.speech import speech_words

_OWN = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b")
_GOES_ON = re.compile(r"[\s“\"‘]*(?:But |And |Yet |Still, |Then |So |Now )?(?:He|She|His|Her)\b")
# Where a subject or an agent can stand: at the head of a sentence or clause, after "by", or after its firm ("Oracle's").
_LEADS = re.compile(
    r"(?:^|[,;:.—–“\"‘(] ?|['’]s? |\b(?:by|when|while|as|that|because|where|if|since|after|before|until|though|although|but|so|and|whom) )$"
)
_NEIGHBOUR = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+ [A-Z][\w’'-]+")
_BEHIND = re.compile(r"[,.;:]| (?:who|has|had|is|was)\b| [a-z]+(?:s|ed|t|d|ew|ok|ve)\b|$")
_NO_NAME = re.compile(r"[A-Z]{2,}|\d")
_RUN = re.compile(r"[A-Z](?<![\w’'-].)[\w’'-]*(?: [A-Z][\w’'-]*)*")
_GENDERED = re.compile(r"\b(?P<he>[Hh]e|[Hh]is|[Hh]im|himself)\b|\b(?:[Ss]he|[Hh]er|hers|herself)\b|[“\"\n]")
_HONORIFIC = re.compile(r"\b(?:(?P<he>Mr|Sir|Lord|Baron)|Mrs|Ms|Miss|Dame|Lady|Baroness)\.? $")
_REACH = 250  # characters after a name within which a pronoun can mean it
_SPEAKS = re.compile(rf",? (?:{speech_words().say.pattern})", re.I)


def speaking_words(text: str) -> frozenset[str]:
    """Capitalised words that stand alone before a verb of speech: `Calder` in `"but Calder says so"`."""
    return frozenset(run.group() for run in _RUN.finditer(text) if " " not in run.group() and _SPEAKS.match(text, run.end()))


def is_treated_as_person(text: str, sentences: Sequence[Sentence], nth: int, start: int, end: int, speaking: frozenset[str]) -> bool:
    """Whether pronouns, or the later use of its last word, make a person of the name from `start` to `end` in sentence `nth`."""
    words = text[start:end].split(" ")
    known = company_words()
    if text[start:end] in known.places or _NO_NAME.search(text, start, end) or words[-1] in known.tails:
        return False
    if words[-1] in speaking and words[0] not in speaking and words[-1].lower() not in known.ordinary:
        return True
    sentence = sentences[nth]
    before, after = text[max(sentence.start, start - 30) : start], text[end : min(sentence.end, end + 200)]
    if not _LEADS.search(before) or not _BEHIND.match(after):
        return False
    if own := _OWN.search(after):
        return own.start() > 2 and not _NEIGHBOUR.search(after, 0, own.start()) and not _OWN.search(before)
    if nth + 1 >= len(sentences) or _NEIGHBOUR.search(after):
        return False
    following = sentences[nth + 1]
    return following.paragraph <= sentence.paragraph + 1 and bool(_GOES_ON.match(text, following.start, following.end))


def with_pronouns(text: str, people: Sequence[Person]) -> list[Person]:
    """The people with "he" or "she": what most often follows their names before another name, a quotation or the end of a line."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for nth, person in enumerate(people):
        lead = _HONORIFIC.search(text, max(0, person.start - 10), person.start)
        stop = min(people[nth + 1].start if nth + 1 < len(people) else len(text), person.end + _REACH)
        found = lead or _GENDERED.search(text, person.end, stop)
        if found and found.group() not in '“"\n':
            votes[person.name]["he" if found["he"] else "she"] += 1
    pronoun = {name: count.most_common(1)[0][0] for name, count in votes.items() if len(set(count.values())) == len(count)}
    return [replace(person, pronoun=pronoun[person.name]) if person.name in pronoun else person for person in people]
