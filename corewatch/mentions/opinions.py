"""Opinions that the reporter's own words credit to a named person: "Roe argues that ...", "She doubts ...", "In his view ...".

In: an article and the quotations already credited. Out: `Statement`s that are not verbatim. Of "argues that" the clause is the quote,
else the sentence. A sentence whose opinion stands in marks has it there already.
"""

import re
from collections.abc import Sequence

from corewatch.language.article import Article, Person, Sentence
from corewatch.lexicon.speech import people_words, speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import inside, last_person
from corewatch.mentions.stance import read_stance

_ADVERB = rf"(?:{speech_words().adverb.pattern}|\w+ly\b)"
_SUBJECT_TAIL = re.compile(
    r",?(?:(?:,[^;:“”\"]{1,160},)|(?: (?:of|from|at) [^,;:“”\"]{1,70}?)|(?: \([^)]{1,60}\))|(?:, for (?:one|his part|her part),))?"
    rf"(?: {_ADVERB})*\s",
    re.I,
)
_PRONOUN = re.compile(rf"\b(?:he|she|the (?:[\w-]+ ){{0,2}}?(?:{people_words().title.pattern}))(?: {_ADVERB})* $", re.I)
_AND = re.compile(rf"\b(?:and|but|yet|or)(?: {_ADVERB})* $", re.I)
_OBJECT = re.compile(r"(?: (?!that\b)[^;:“”\"]{0,70}?)?,? that (?!(?:is|was|one|year|month|week|day|kind|sort)\b)", re.I)
_INVERTED = re.compile(rf", (?:{speech_words().thought.pattern}|warned|argued|added|told) (?=[A-Za-z])(?!that\b)", re.I)
_THOUGHT_NOUN = re.compile(
    rf"['’]s? (?:own |main |first |blunt )?(?:{speech_words().thought_noun.pattern})"
    r"(?:( (?:is|was|remains)(?: simple| plain)?(?: that|:) )|(?=,))",
    re.I,
)
_FOR_TAIL = re.compile(
    r"(?:(?:, [^,;:“”\"]{1,90},)? (?=an? )|(?:(?:, [^,;:“”\"]{1,90},)? |, )(?=(?:the|this|that|it|these|those|such|there)\b))"
)
_TOLD = re.compile(r"told|tells", re.I)
_TOLD_CLAUSE = re.compile(
    r" (?:\w+ ){1,4}?((?:he|she|it|they|the \w+|there|his|her|its) (?:[\w-]+ ){0,3}?"
    r"(?:would|will|was|were|is|are|had|has|could|should|may|might)\b)",
    re.I,
)
_ACCORDING = re.compile(r"\baccording to ", re.I)
_CLAUSE_START = re.compile(rf" (?:{speech_words().clause_start.pattern}|[A-Z€$£¥\d][\w’'-]*|[a-z]+s\b)")


def find_opinions(article: Article, quoted: Sequence[Statement]) -> list[Statement]:
    """Reported opinions, at most one a sentence."""
    rows = []
    at = 0
    for sentence in article.sentences:
        while at < len(quoted) and quoted[at].end <= sentence.start:
            at += 1
        if sentence.role in ("furniture", "headline"):
            continue
        start = sentence.start
        last = at
        while last < len(quoted) and quoted[last].start < sentence.end:
            last += 1
        inner = quoted[at:last]
        if inner:
            after = inner[-1].end + 1
            if not re.match(r"[.!?…]", article.text[inner[-1].end - 1]) or sentence.end - after < 25:
                continue
            start = after
            while start < sentence.end and article.text[start] in ' "”’':
                start += 1
            if not article.text[start].isupper():
                continue
        row = _opinion(article, sentence, start)
        if row:
            rows.append(row)
    return rows


def _opinion(article: Article, sentence: Sentence, start: int) -> Statement | None:
    text, words = article.text, speech_words()
    end = sentence.end
    zone = text[start:end]
    view = words.view.search(zone)
    if view and view.start() < 40:
        person = _named(article, start + view.start(), None)
        return _row(article, start, end, person, 0.8) if person else None
    credit = _ACCORDING.search(zone)
    if credit:
        people = [person for person in inside(article, start + credit.end(), end) if person.start - start - credit.end() < 40]
        if people:
            tail = text.find(",", people[0].end, end)
            if credit.start() == 0 and tail > 0:
                return _row(article, tail + 2, _trim(text, end), people[0], 0.8)
            return _row(article, start, end, people[0], 0.75)
    if noun := _THOUGHT_NOUN.search(zone):
        people = inside(article, start, start + noun.start() + 2)
        if people and people[-1].end == start + noun.start():
            return _row(
                article, start + noun.end() if noun.group(1) else start, _trim(text, end) if noun.group(1) else end, people[-1], 0.75
            )
    people = inside(article, start, min(end, start + 90)) if zone.startswith("For ") else []
    if people and people[0].start == start + 4 and (aside := _FOR_TAIL.match(text, people[0].end, end)):
        return _row(article, aside.end(), _trim(text, end), people[0], 0.5)
    for verb in words.clause.finditer(zone):
        person = _subject(article, start, start + verb.start())
        if not person:
            continue
        rest = _OBJECT.match(zone, verb.end())
        if rest:
            return _row(article, start + rest.end(), _trim(text, end), person, _trust(text[start + rest.end() : end], verb.group().lower()))
        if (
            re.match(r"\s*[,.]", zone[verb.end() :])
            and re.search(r",[^,]*$", zone[: verb.start()])
            and not words.whole.fullmatch(verb.group())
        ):
            return _row(article, start, end, person, 0.55)
        if _TOLD.fullmatch(verb.group()) and (rest := _TOLD_CLAUSE.match(zone, verb.end())):
            return _row(article, start + rest.start(1), _trim(text, end), person, 0.6)
        if words.thought.fullmatch(verb.group()) and _CLAUSE_START.match(zone, verb.end()):
            return _row(article, start + verb.end() + 1, _trim(text, end), person, 0.6)
        if colon := re.match(
            r"(?: to me| to us)?(?: like this| this way| thus| bluntly| simply)?: (?=\w)", zone[verb.end() : verb.end() + 40]
        ):
            return _row(article, start + verb.end() + colon.end(), _trim(text, end), person, 0.6)
    if inverted := _INVERTED.search(zone):
        # "The wells will run dry, said planning officer Jane Roe."
        people = inside(article, start + inverted.end(), end)
        if people and people[0].start - start - inverted.end() < 50 and people[0].end > end - 120:
            whole = inverted.start() < 25
            return _row(article, start, end if whole else start + inverted.start(), people[0], 0.6)
    for verb in words.whole.finditer(zone):
        person = _subject(article, start, start + verb.start())
        if person:
            return _row(article, start, end, person, 0.6)
    return None


def _subject(article: Article, start: int, verb: int) -> Person | None:
    """The person who is the subject of a verb: named before it, perhaps with an apposition, or meant by a pronoun or title."""
    text = article.text
    for person in reversed(inside(article, start, verb)):
        if _SUBJECT_TAIL.fullmatch(text, person.end, verb) and text[person.end : person.end + 2] not in ("'s", "’s"):
            return person
    if _AND.search(text, max(start, verb - 40), verb):
        # "Roe, who holds shares, has a target of $5 and says that": the subject is that of the sentence.
        people = inside(article, start, verb)
        if people and people[0].start - start < 60 and re.match(r"[, ]", text[people[0].end]):
            return people[0]
        if re.match(r"(?:He|She)\b", text[start : start + 4]):
            return _named(article, start, None)
    pronoun = _PRONOUN.search(text, max(start, verb - 60), verb)
    if pronoun and not re.search(r"\b(?:which|what|that|as|if|when|than)\s*$", text[start : pronoun.start()][-8:]):
        return _named(article, pronoun.start(), start)
    return None


def _named(article: Article, at: int, start: int | None) -> Person | None:
    """Whom a pronoun means: the first named in this sentence before it, else the last before."""
    if start is not None and (here := inside(article, start, at)):
        return here[0]
    return last_person(article, at)


def _trust(clause: str, verb: str) -> float:
    """How surely a reported clause is an opinion: a plain "said" about the speaker's own affairs is a fact more often than not."""
    own = re.match(r"(?:the|his|her|its|their) (?:company|firm|group|lab|start-up)\b|(?:it|he|she|they|we)\b", clause, re.I)
    plain = verb in {"said", "says", "told", "tells", "added", "adds"}
    return 0.45 if own and plain else 0.7 if plain else 0.8


def _trim(text: str, end: int) -> int:
    while text[end - 1] in '.!?… )"”':
        end -= 1
    return end


def _row(article: Article, start: int, end: int, person: Person, confidence: float) -> Statement:
    return Statement(
        start=start, end=end, speaker=person.name, affiliation=person.affiliation, verbatim=False,
        stance=read_stance(article.text[start:end]), confidence=confidence,
    )  # fmt: skip
