"""Letters to the editor: signed paragraphs that are somebody's opinion without marks.

In: an article and what is already credited. Out: `Statement`s, one a letter, from its first opinion to its last. A letter ends with a
line that holds a person's name and little else; a text with a single such line is a signed article, whose own voice is no statement.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corewatch.language.article import Article
from corewatch.lexicon.speech import people_words, speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.stance import read_stance
from corewatch.spans import Cover

_SALUTATION = re.compile(r"^[ \t*_]*(?:Sir|Madam|Dear [\w ,]+|To the editor|Editor)\b[,:.—– -]*", re.I)
_LETTERS = re.compile(
    r"^[ \t*_#]*(?:Letters?\b|Your letters|Readers?\b|Sir\b|SIR\b|Madam\b|Dear |To the editor)|\A[^\n]*\bletters?\b", re.I | re.M
)
_WORD = r"[A-ZÀ-Þ][\w’'-]*"
_SIGNATURE = re.compile(
    rf"[—–*_ -]*(?:From )?(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Rev|Cllr)\.? )?"
    rf"(?P<name>{_WORD}(?: (?:(?:van|von|de|der|den|da|di|al|bin|le|la) ){{0,2}}(?:{_WORD}|[A-Z]\.)){{1,3}})"
    r"(?: [A-Z]{2,5})?(?:[*_]*,? ?[(,—–-].{2,60})?[*_]*$"
)
_MIN_LETTERS = 2
_LONGEST_SIGNATURE = 90


def find_letters(article: Article, credited: Sequence[Statement]) -> list[Statement]:
    """One statement a signed letter."""
    text = article.text
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    signed = [(nth, person) for nth, (start, end) in enumerate(lines) if (person := _signature(text[start:end].strip()))]
    if len(signed) < _MIN_LETTERS or not _LETTERS.search(text):
        return []
    rows, done, told = [], 0, Cover(credited)
    for nth, person in signed:
        body = [(start, end) for start, end in lines[done:nth] if len(text[start:end].split()) > 8]
        done = nth + 1
        if not body or told.meets(body[0][0], body[-1][1]):
            continue
        start, end = _opinions(article, body)
        rows.append(
            Statement(
                start=start, end=end, speaker=person, affiliation=None,
                verbatim=False, stance=read_stance(text[start:end]), confidence=0.5,
            )
        )  # fmt: skip
    return rows


def _signature(line: str) -> str | None:
    """The name of the person who signs, where a line is a name, perhaps with a place or a title, and no sentence."""
    match = _SIGNATURE.match(line) if len(line) <= _LONGEST_SIGNATURE else None
    if match is None:
        return None
    words = match["name"].split()
    known = people_words()
    plain = [word.capitalize() if word.isupper() and len(word) > 2 else word for word in words]
    if any(word in known.impersonal or word in known.openers for word in plain):
        return None
    return " ".join(plain)


def _opinions(article: Article, body: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the first sentence that is told as an opinion to the last, or the whole letter."""
    text = article.text
    start, end = body[0][0], body[-1][1]
    if salutation := _SALUTATION.match(text[start:end]):
        start += salutation.end()
    low = bisect_right(article.sentences, start, key=lambda sentence: sentence.end)
    high = bisect_left(article.sentences, end, key=lambda sentence: sentence.start)
    sentences = article.sentences[low:high]
    told = [s for s in sentences if speech_words().opinion.search(text, s.start, s.end) or read_stance(text[s.start : s.end])]
    return (max(start, told[0].start), told[-1].end) if told else (start, end)
