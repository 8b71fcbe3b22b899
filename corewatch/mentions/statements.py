"""Statements: who said what, from quotations, reported opinions and the answers of printed interviews.

In: an article. Out: `Statement`s in the order of the text, whose spans are the quotes themselves. A term in marks is no quotation;
a short phrase is one where a verb credits it ("Roe called it ..."). What a firm says counts only in its own marks; what a person
says counts in the reporter's words too, if it is an opinion and the person is named.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Person, Quotation
from corewatch.lexicon.speech import speech_words
from corewatch.mentions.interviews import find_answers
from corewatch.mentions.letters import find_letters
from corewatch.mentions.opinions import find_opinions
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import Speaker, inside, last_person, person_speaker, speaker_after, speaker_before
from corewatch.mentions.stance import read_stance
from corewatch.spans import Cover

_MARKS = "\"“”„«»‘’'"
_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bInc)(?<!\bCo)(?<!\bCorp)[.!?…][\"”’)]?\s+(?=[\"“‘A-Z0-9(]|$)"
)
_OPENING = 5
_SHORTEST_HEADLINE = 4  # words of a quotation in a headline that is more than a term
# "— Jane Roe, credit analyst" on the line below.
_SIGNED = re.compile(r"\s*[—–-]+\s*(?=\w)|\s*(?=[A-Z][^\n.]{4,80}(?:\n|$))")
_SO_CALLED = re.compile(rf"(?:{speech_words().term.pattern}|\bwhat \w+(?: \w+)? calls?)\W*$", re.I)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A quotation with the words between it and its neighbours in the paragraph, cut at the ends of sentences.

    The words before it begin at `lead`, those after it end at `tail`; its paragraph goes from `paragraph` to `bottom`.
    """

    start: int
    end: int
    lead: int
    tail: int
    paragraph: int
    bottom: int


def find_statements(article: Article) -> list[Statement]:
    """All statements of an article; stance is by what the quote itself says."""
    quoted = _find_quoted(article)
    letters = find_letters(article, quoted)
    printed = letters + find_answers(article, quoted + letters)
    opinions = find_opinions(article, quoted)
    told = Cover(printed)
    opinions = [row for row in opinions if not told.meets(row.start, row.end)]
    return sorted(quoted + printed + opinions, key=lambda row: (row.start, row.end))


def _find_quoted(article: Article) -> list[Statement]:
    rows: list[Statement] = []
    unowned: list[_Passage] = []
    previous: tuple[_Passage, Speaker] | None = None
    furniture = [sentence for sentence in article.sentences if sentence.role == "furniture"]
    heads = [bound for sentence in article.sentences if sentence.role == "headline" for bound in (sentence.start, sentence.end)]
    for passage in _passages(article):
        place = bisect_right(furniture, passage.start, key=lambda block: block.start) - 1
        if place >= 0 and passage.start < furniture[place].end:
            continue
        credit = _credit(article, passage, previous)
        if credit is None:
            unowned.append(passage)
            continue
        speaker, confidence = credit
        if speaker.name is None and not speaker.certain and bisect_right(heads, passage.start) % 2:
            unowned.append(passage)  # "Banker on bonds: ‘I know that smell’" names its speaker below
            continue
        rows.append(_quoted(article, passage, speaker, confidence))
        previous = (passage, speaker)
    return sorted(rows + _headlines(article, unowned, rows), key=lambda row: row.start)


def _quoted(article: Article, passage: _Passage, speaker: Speaker, confidence: float) -> Statement:
    return Statement(
        start=passage.start, end=passage.end, speaker=speaker.name, affiliation=speaker.affiliation,
        verbatim=True, stance=read_stance(article.text[passage.start : passage.end]), confidence=confidence,
    )  # fmt: skip


def _headlines(article: Article, unowned: Sequence[_Passage], rows: Sequence[Statement]) -> list[Statement]:
    """Quotations in headlines that name nobody: words of whoever says them again below, or else of the person whom the text quotes most."""
    heads = [sentence for sentence in article.sentences if sentence.role == "headline" or sentence.paragraph == 0]
    spoken = Counter((row.speaker, row.affiliation) for row in rows if row.speaker)
    if spoken:
        first: tuple[str | None, str | None] | None = spoken.most_common(1)[0][0]
    else:
        first = (article.people[0].name, article.people[0].affiliation) if article.people else None
    said = {_opening(article.text[row.start : row.end]): (row.speaker, row.affiliation) for row in reversed(rows)}
    found = []
    for passage in unowned:
        words = article.text[passage.start : passage.end]
        if len(words.split()) < _SHORTEST_HEADLINE or not words[:1].isupper():
            continue
        place = bisect_right(heads, passage.start, key=lambda head: head.start) - 1
        if again := said.get(_opening(words)):
            found.append(_quoted(article, passage, Speaker(*again), 0.7))
        elif place >= 0 and passage.start < heads[place].end and first:
            found.append(_quoted(article, passage, Speaker(*first), 0.5))
    return found


def _opening(words: str) -> tuple[str, ...]:
    """The first words of a quotation, by which it is known again."""
    return tuple(re.findall(r"\w+", words.lower())[:_OPENING])


def _passages(article: Article) -> list[_Passage]:
    text, made = article.text, []
    top = bottom = -1
    marks: list[Quotation] = [mark for mark in article.quotations if _WORD.search(text, mark.start, mark.end)]
    for nth, mark in enumerate(marks):
        start, end = mark.start, mark.end
        while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if end > bottom:  # else the line is that of the quotation before
            top = text.rfind("\n", 0, start) + 1
            bottom = text.find("\n", end)
            bottom = len(text) if bottom < 0 else bottom
        earlier = marks[nth - 1].end + 1 if nth and marks[nth - 1].end > top else top
        later = marks[nth + 1].start - 1 if nth + 1 < len(marks) and marks[nth + 1].start < bottom else bottom
        lead = top if earlier == top else earlier
        for stop in _SENTENCE_END.finditer(text, lead, max(lead, start - 1)):
            lead = stop.end()
        tail_end = _SENTENCE_END.search(text, min(mark.end + 1, later), later)
        made.append(_Passage(start, end, lead, tail_end.start() + 1 if tail_end else later, top, bottom))
    return made


def _credit(article: Article, passage: _Passage, previous: tuple[_Passage, Speaker] | None) -> tuple[Speaker, float] | None:
    """To whom a quotation is credited, and how surely; null for a term in marks and for words that nobody owns."""
    text = article.text
    words = text[passage.start : passage.end]
    count = len(words.split())
    closing = passage.end
    while closing < len(text) and (text[closing] in _MARKS or text[closing] in ", "):
        closing += 1
    opening = passage.start - 1
    lead = text[passage.lead : opening].strip()
    full = bool(re.search(r"[.!?…]$", words)) or (count >= 5 and words[:1].isupper())
    short = count <= 3 and not re.search(r"[.!?…]$", words)
    if _SO_CALLED.search(lead) and not full:
        return None
    if (
        short
        and not _verb_at_hand(lead, count)
        and not (text[passage.end : passage.end + 1] == "," and speaker_after(article, closing, passage.tail))
    ):
        return None
    complete = words.endswith((".", "…")) or text[passage.end : passage.end + 3].rstrip().endswith((".", ";"))
    speaker: Speaker | None = None
    if not complete and closing < passage.tail and not (lead and _verb_at_hand(lead, 9)):
        speaker = speaker_after(article, closing, passage.tail)
        if speaker:
            return speaker, 0.92 if speaker.name else 0.75
    if not lead and (signer := _signer(article, passage)):
        return person_speaker(signer), 0.85
    if lead:
        speaker = speaker_before(article, passage.lead, opening)
        if speaker:
            return speaker, (0.9 if speaker.name else 0.8) if full else 0.75
        if count < 6 and not full:
            return None
    if previous and previous[0].paragraph == passage.paragraph and (full or count > 4):
        gap = text[previous[0].end : passage.start]
        if len(_SENTENCE_END.findall(gap)) <= 1 and not lead:
            return previous[1], 0.9
        since = inside(article, previous[0].end, passage.start)
        person = last_person(article, passage.start) if since else None
        return (person_speaker(person) if person else previous[1]), 0.7
    if full or count > 6:
        people = inside(article, passage.paragraph, passage.start)
        person = last_person(article, passage.start) if people else None
        if person:
            return person_speaker(person), 0.7
        after = inside(article, passage.end, passage.bottom)
        if after:
            return person_speaker(after[0]), 0.6
        if previous and not lead and _follows(article, previous[0], passage):
            return previous[1], 0.5
        if (person := last_person(article, passage.start)) and not lead:
            return person_speaker(person), 0.4
    return None


def _follows(article: Article, previous: _Passage, passage: _Passage) -> bool:
    """Whether a quotation goes on with the one before: whole paragraphs both, with nothing but marks between them."""
    return not article.text[previous.end : passage.start].strip(_MARKS + " .,\n")


def _signer(article: Article, passage: _Passage) -> Person | None:
    """Who signs a quotation that has its paragraph to itself on the next line."""
    text = article.text
    if text[passage.end : passage.bottom].strip(_MARKS + " .,"):
        return None
    signed = _SIGNED.match(text, passage.bottom)
    people = inside(article, signed.end(), signed.end() + 60) if signed else []
    return people[0] if signed and people and people[0].start == signed.end() else None


def _verb_at_hand(lead: str, count: int) -> bool:
    """Whether a verb of speech, or of naming, stands close enough before a quoted phrase to credit it."""
    words = speech_words()
    # A single word needs a verb of naming, or to be said of something: "said that the rent was “insane”".
    pattern = words.name if count == 1 and not re.search(r"\b(?:is|was|were|are|be|been|being)$", lead) else None
    patterns = (words.name,) if pattern else (words.name, words.say, words.think)
    places = [found.end() for verb in patterns for found in verb.finditer(lead)]
    if not places:
        return False
    between = lead[max(places) :]
    return len(between) <= 20 + 12 * count and not re.search(r"[;]|, (?:who|which|and)\b(?=.)", between)
