"""Printed interviews, panels and calls: paragraphs that are somebody's words without marks.

In: an article and the quotations already credited. Out: `Statement`s for those answers that hold an opinion; facts are no statements.
A turn begins with a name, its capitals or initials and a colon ("Roe:", "ROE:", "JR:"), with "A:", or it follows a question that has
a paragraph to itself. "A:" and unlabelled answers belong to the person whom the introduction names.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Person
from corewatch.lexicon.speech import speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import inside
from corewatch.mentions.stance import read_stance
from corewatch.spans import Cover

_LABEL = re.compile(r"[ \t>*_#-]*([A-Z][^:\n!?“”\"]{0,70}?)[*_]*[:.][*_]*[ \t]+(?=\S)|[ \t>*_#-]*([A-Z][^:\n!?“”\"]{0,70}?)[*_]*:[ \t]*$")
_QUESTION = re.compile(r"(?:Q\d?|Question|Interviewer|Host|Moderator|Operator|Audience)\b", re.I)
_ANSWER = re.compile(r"(?:A\d?|Answer|Reply|Guest|Interviewee)$")
_QUESTION_LINE = re.compile(r"[ \t>*_#“\"-]*[A-Z][^\n]{8,240}\?[*_”\"]*$")
# An answer with such figures about the speaker's own firm, and no word of opinion, reports facts.
_OURS = re.compile(r"\b(?:we|us|our)\b", re.I)
_ACCOUNTS = frozenset({"money", "percent", "power"})
_MIN_TURNS = 3
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Turn:
    """One paragraph of an interview; `speaker` is null for questions and for voices without a name."""

    start: int
    end: int
    speaker: Person | None
    marked: bool


def find_answers(article: Article, quoted: Sequence[Statement]) -> list[Statement]:
    """Opinions among the answers of an interview; a text with fewer than three turns is none."""
    turns = list(_turns(article))
    if sum(turn.marked for turn in turns) < _MIN_TURNS:
        return []
    rows, credited = [], Cover(quoted)
    for turn in turns:
        if turn.speaker is None or credited.meets(turn.start, turn.end):
            continue
        found = _opinion(article, turn)
        if found:
            start, end = found
            rows.append(
                Statement(
                    start=start, end=end, speaker=turn.speaker.name, affiliation=turn.speaker.affiliation,
                    verbatim=False, stance=read_stance(article.text[start:end]), confidence=0.6,
                )
            )  # fmt: skip
    return rows


def _turns(article: Article) -> Iterator[_Turn]:
    guest, names = _guest(article), _names(article)
    asked = False
    speaker: Person | None = None
    for match in re.finditer(r"[^\n]+", article.text):
        start, end, line = match.start(), match.end(), match.group()
        label = _LABEL.match(line)
        name = (label.group(1) or label.group(2)).strip("*_ ") if label else ""
        if label and _QUESTION.match(name):
            asked, speaker = True, None
            yield _Turn(start, end, None, True)
        elif label and ":" in label.group() and (person := _labelled(article, names, start, name, guest)):
            asked, speaker = False, person
            yield _Turn(start + label.end(), end, person, True)
        elif label and _ANSWER.match(name):
            asked, speaker = False, guest
            yield _Turn(start + label.end(), end, guest, True)
        elif _QUESTION_LINE.match(line) and len(line) < 240:
            asked, speaker = True, None
            yield _Turn(start, end, None, line.count(". ") == 0)
        elif asked and guest:
            asked, speaker = False, guest
            yield _Turn(start, end, guest, False)
        elif speaker is not None:
            yield _Turn(start, end, speaker, False)


def _guest(article: Article) -> Person | None:
    """Whom the introduction names, most often: the person who answers."""
    top = article.text.find("?")
    early = [person for person in article.people if person.start < max(top, 400)]
    return early[0] if early else None


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


def _opinion(article: Article, turn: _Turn) -> tuple[int, int] | None:
    """The part of an answer that is an opinion: from the sentence that says so, or the whole answer if it states no numbers."""
    text = article.text
    low = bisect_right(article.sentences, turn.start, key=lambda sentence: sentence.end)
    high = bisect_left(article.sentences, turn.end, key=lambda sentence: sentence.start)
    sentences = article.sentences[low:high]
    if not sentences or len(text[turn.start : turn.end].split()) < _SHORTEST:
        return None
    stop = sentences[-1].end
    for sentence in sentences:
        start = max(sentence.start, turn.start)
        if speech_words().opinion.search(text, start, sentence.end) or read_stance(text[start : sentence.end]):
            return start, stop
    first, last = (bisect_left(article.figures, at, key=lambda figure: figure.start) for at in (turn.start, turn.end))
    numbers = any(figure.kind in _ACCOUNTS for figure in article.figures[first:last])
    if not (numbers and _OURS.search(text, turn.start, turn.end)):
        return turn.start, stop
    return None
