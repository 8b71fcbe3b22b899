"""Printed interviews, panels, calls and monologues: paragraphs that are somebody's words without marks.

In: an article and the quotations already credited. Out: `Statement`s for those answers that hold an opinion; facts are no statements.
A turn begins with a name, its capitals or initials and a colon ("Roe:", "ROE:", "JR:"), with "A:", or it follows a question that has
a paragraph to itself. "A:" and unlabelled answers belong to the person whom the introduction names, or else a note at the end. A line
that is a name and a post ("Jane Roe, night guard") heads a monologue, of which only the sentences that are told as opinions count.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Person
from corewatch.lexicon.companies import company_words
from corewatch.lexicon.speech import people_words, speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import inside
from corewatch.mentions.stance import read_stance
from corewatch.spans import Cover

_LABEL = re.compile(r"[ \t>*_#-]*([A-Z][^:\n!?“”\"]{0,70}?)[*_]*[:.][*_]*[ \t]+(?=\S)|[ \t>*_#-]*([A-Z][^:\n!?“”\"]{0,70}?)[*_]*:[ \t]*$")
_QUESTION = re.compile(r"(?:Q\d?|Question|Interviewer|Host|Moderator|Operator|Audience)\b", re.I)
_ANSWER = re.compile(r"(?:A\d?|Answer|Reply|Guest|Interviewee)$")
_ASKS = re.compile(r"\b(?:by|words|text|told to|photos?|interviewer)[: ]+$", re.I)
_BEFORE_NOTE = 60
_NOTE = re.compile(r" was (?:speaking|talking|interviewed)\b")
_QUESTION_LINE = re.compile(r"[ \t>*_#“\"-]*[A-Z][^\n]{8,240}\?[*_”\"]*$")
_HEADING = re.compile(
    r"[ \t>*_#]*(?P<name>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:van|von|de|der|den|al|bin|la) ){0,2}[A-ZÀ-Þ][\w’'.-]+){1,3})"
    r"(?P<post>, [a-zà-þ][^.!?:“”\"]{2,60})?(?: \([^)]{1,40}\))?[*_ ]*$"
)
# What tells a fact from an opinion: numbers, names, one's own past; a sentence with none of them speaks of things in general.
_OURS = re.compile(r"\b(?:I|[Ww]e|us|[Oo]ur|[Mm]y|me)\b")
_THEIRS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|him)\b|(?<=[a-z,] )[A-ZÀ-Þ][a-z]")
_PAST = re.compile(r"\b(?:was|were|had|did|went|came|took|got|made|said|told|sold|lost|paid|bought|put|began|grew|\w+ed)\b|[’']ve \w+ed\b")
_NUMBER = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d\b)\d")
_GENERAL = 0.25  # the share of general sentences that makes an opinion of an answer without a word of opinion
_SHORT_QUESTION = 70  # characters of a remark that takes the place of a question
_MIN_TURNS = 3
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Turn:
    """One paragraph of an interview; `speaker` is null for questions and for voices without a name."""

    start: int
    end: int
    speaker: Person | None
    marked: bool
    monologue: bool = False


def find_answers(article: Article, quoted: Sequence[Statement]) -> list[Statement]:
    """Opinions among the answers of an interview; a text with fewer than three turns is none."""
    turns = list(_turns(article))
    if sum(turn.marked for turn in turns) < _MIN_TURNS:
        return []
    rows, credited = [], Cover(quoted)
    for turn in turns:
        if turn.speaker is None or credited.meets(turn.start, turn.end):
            continue
        for start, end in _told(article, turn) if turn.monologue else _opinion(article, turn):
            rows.append(
                Statement(
                    start=start, end=end, speaker=turn.speaker.name, affiliation=turn.speaker.affiliation,
                    verbatim=False, stance=read_stance(article.text[start:end]), confidence=0.6,
                )
            )  # fmt: skip
    return rows


def _turns(article: Article) -> Iterator[_Turn]:
    guest, names = _guest(article), _names(article)
    asked = monologue = False
    speaker: Person | None = None
    for match in re.finditer(r"[^\n]+", article.text):
        start, end, line = match.start(), match.end(), match.group()
        label = _LABEL.match(line)
        name = (label.group(1) or label.group(2)).strip("*_ ") if label else ""
        if label and _QUESTION.match(name):
            asked, speaker = True, None
            yield _Turn(start, end, None, True)
        elif label and ":" in label.group() and (person := _labelled(article, names, start, name, guest)):
            asked, speaker, monologue = False, person, False
            yield _Turn(start + label.end(), end, person, True)
        elif label and _ANSWER.match(name):
            asked, speaker, monologue = False, guest, False
            yield _Turn(start + label.end(), end, guest, True)
        elif (heading := _HEADING.match(line)) and (person := _headed(names, start, heading)):
            asked, speaker, monologue = False, person, True
            yield _Turn(start, end, None, True)
        elif line.isupper():
            asked, speaker = False, None
        elif _QUESTION_LINE.match(line) and len(line) < 240:
            asked, speaker = True, None
            yield _Turn(start, end, None, line.count(". ") == 0)
        elif guest and speaker is guest and not monologue and len(line) < _SHORT_QUESTION and line.count(". ") == 0 and label is None:
            asked, speaker = True, None
            yield _Turn(start, end, None, False)
        elif asked and guest:
            asked, speaker, monologue = False, guest, False
            yield _Turn(start, end, guest, False)
        elif speaker is not None:
            yield _Turn(start, end, speaker, False, monologue)


def _guest(article: Article) -> Person | None:
    """Whom the introduction names first: the person who answers; else whom a note names that says who was speaking."""
    top = article.text.find("?")
    early = [
        person
        for person in article.people
        if person.start < max(top, 400) and not _ASKS.search(article.text, max(0, person.start - 20), person.start)
    ]
    if early:
        return early[0]
    noted = _NOTE.search(article.text)
    named = inside(article, noted.start() - _BEFORE_NOTE, noted.start()) if noted else []
    return named[-1] if named else None


def _headed(names: dict[str, Person], start: int, heading: re.Match[str]) -> Person | None:
    """Who speaks under a line that is a name, with a post or known already."""
    known = names.get(heading["name"].casefold())
    if known or not heading["post"]:
        return known
    words = heading["name"].split()
    if any(word in people_words().impersonal for word in words) or words[-1] in company_words().tails:
        return None
    end = start + heading.end("name")
    return Person(start + heading.start("name"), end, heading["name"], heading["name"], None)


def _names(article: Article) -> dict[str, Person]:
    """People by full name, surname and first name, in small letters; of two with one name the first."""
    names: dict[str, Person] = {}
    for person in article.people:
        full = person.name.casefold()
        for name in (full, full.split()[-1], full.split()[0]):
            names.setdefault(name, person)
    return names


def _labelled(article: Article, names: dict[str, Person], start: int, label: str, guest: Person | None) -> Person | None:
    """The person whom a label names: in full, by surname, in capitals, or by initials."""
    people = inside(article, start, start + len(label) + 12)
    if people and people[0].start - start < 6:
        rest = article.text[people[0].end : start + len(label)].strip("*_ ")
        return people[0] if not rest or rest[0] in ",(" else None
    wanted = re.split(r"[,(]", label)[0].strip().casefold()
    if wanted in names:
        return names[wanted]
    if guest and label.isupper() and wanted == "".join(part[0] for part in re.split(r"[ -]", guest.name.casefold()) if part):
        return guest
    return None


def _opinion(article: Article, turn: _Turn) -> Iterator[tuple[int, int]]:
    """The part of an answer that is an opinion: from the sentence that says so, or what it says of things in general."""
    text = article.text
    sentences = _sentences(article, turn)
    if not sentences or len(text[turn.start : turn.end].split()) < _SHORTEST:
        return
    for start, end in sentences:
        if _is_told(text, start, end):
            yield start, sentences[-1][1]
            return
    weights = [_generality(text, start, end) for start, end in sentences]
    if sum(weights) >= _GENERAL * len(sentences):
        general = [span for span, weight in zip(sentences, weights, strict=True) if weight > 0]
        yield general[0][0], general[-1][1]


def _told(article: Article, turn: _Turn) -> Iterator[tuple[int, int]]:
    """The sentences of a monologue that are told as opinions, each on its own."""
    return ((start, end) for start, end in _sentences(article, turn) if _is_told(article.text, start, end))


def _sentences(article: Article, turn: _Turn) -> list[tuple[int, int]]:
    low = bisect_right(article.sentences, turn.start, key=lambda sentence: sentence.end)
    high = bisect_left(article.sentences, turn.end, key=lambda sentence: sentence.start)
    return [(max(sentence.start, turn.start), sentence.end) for sentence in article.sentences[low:high]]


def _is_told(text: str, start: int, end: int) -> bool:
    return bool(speech_words().opinion.search(text, start, end) or read_stance(text[start:end]))


def _generality(text: str, start: int, end: int) -> float:
    """How far a sentence speaks of things in general: 1 wholly, a half in the first person, less than nothing of numbers or the past."""
    sentence = text[start:end]
    ours = bool(_OURS.search(sentence))
    if ours and (_NUMBER.search(sentence) or _PAST.search(sentence)):
        return -1.0
    if _NUMBER.search(sentence):
        return -0.5
    if _THEIRS.search(sentence) or _PAST.search(sentence) or len(sentence.split()) < 2:
        return 0.0
    return 0.5 if ours else 1.0
