"""Sentences of a text, with the part that each plays on the page.

In: a text. Out: `Sentence`s in order; every character that is no white space is in exactly one.

Judgements made here: a line break always ends a sentence. `sentencex` finds the ends within a line; they are mended where an
abbreviation, an initial or a quotation misleads it, and where an end lost its space ("in Texas.The first hall"). A short line that ends
without a full stop is a headline, a line after a bullet or number an item, and what the lexicon knows of pages is furniture.
What has no end for a thousand characters is no sentence of a newsroom's; it is cut, so that the stages after this one, which compare
the parts of a sentence with each other, need no more time for a character of it.
"""

import re
from collections.abc import Iterator

import sentencex

from corewatch.language.article import Sentence, SentenceRole
from corewatch.lexicon.pages import abbreviations, furniture

LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# An end without its space: two small letters, a digit, a percent sign or a closing mark, the stop, and a capitalised word.
RUN_TOGETHER = re.compile(
    r"[.!?](?:(?<=[a-z\d%)][a-z\d%)].)[)\"”’]?(?=[(“‘\"]?[A-Z][a-z’' ])|(?<=[a-z%)].)(?=[(“\"][A-Z])|[)”’](?=[A-Z“(]))"
)
LAST_WORD = re.compile(r"([^\s(“\"'‘—–]+)\.$")
LIST_NUMBER = re.compile(r"[(#*\s]*(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]")
INITIAL = re.compile(r"(?:[A-Z]\.-?)*[A-Z]$")
BULLET = re.compile(r"\s*(?:[-*•·‣◦▪●–—>+]+\s+|\(?\d{1,3}[.)]\s+|\(?[a-zA-Z][)]\s+|#{2,6}\s*\d)")
DATELINE = re.compile(  # "SINGAPORE, Feb 9 (Wire) - "
    r"\s*[A-Z][A-Z.'’\- ]{2,40}(?:, [A-Z][\w. ]{1,30}){0,3}"
    r"(?:,? \(?[\d]{1,2}? ?[A-Z][a-z]{2,8}\.? ?\d{0,2}(?:, \d{4}| \d{4})?\)?)?"
    r"(?:,? ?\([A-Z][\w .]{1,30}\))?\s*(?:—|–|--|-)\s+(?=\S)"
)
ENDS = (".", "!", "?", "”", '"', "’", "…", ":", ";", ",")
STRETCH = 6000  # characters
NEAR = 80  # characters on either side of a possible end that decide about it
LONGEST = 1000  # characters of one sentence; the longest of 16,000 in the annotated articles has 474
REST = re.compile(r"(?s:.*);(?=\s)|(?s:.*),(?=\s)|(?s:.*)(?=\s)")  # where a sentence without an end is cut, the best first
CLOSERS = '”’")]»'
HEADLINE_WORDS = 18
FURNITURE_OPENING = re.compile(r"[:|·,.!?\d\]]| [A-Z]")
FURNITURE_SEPARATORS = re.compile(r"\s(?:[|›·»]|&gt;)\s|\s{3,}")


def find_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, each without the white space around it."""
    found: list[Sentence] = []
    paragraph = 0
    for line in LINE.finditer(text):
        words = line.group()
        if not words.strip():
            continue
        role = _role(words, first=paragraph == 0)
        begin = line.start()
        if role == "text" and (dateline := DATELINE.match(words)):
            _add(found, text, begin, begin + dateline.end(), paragraph, "dateline")
            begin += dateline.end()
        for start, end in _cuts(text, begin, line.end()):
            for part_start, part_end in _bounded(text, start, end):
                _add(found, text, part_start, part_end, paragraph, role)
        paragraph += 1
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int, role: SentenceRole) -> None:
    words = text[start:end]
    stripped = words.lstrip()
    start += len(words) - len(stripped)
    end = start + len(stripped.rstrip())
    if start < end:
        found.append(Sentence(start, end, paragraph, role))


def _role(line: str, *, first: bool) -> SentenceRole:
    """What a whole line is: furniture, item, headline or running text."""
    words = line.strip()
    lowered = words.lower().lstrip("[(*#_ ").replace("’", "'")
    known = furniture()
    opening = FURNITURE_OPENING.split(words.lstrip("[(*#_ ").replace("’", "'"), maxsplit=1)[0]
    label = words.lstrip("[(*#_ ")[len(opening) :][:1] != " " or not words.endswith((".", "”", '"'))
    opening = opening.strip().lower()
    short = len(words) < 140
    if short and (
        (label and opening in known.lines) or lowered.rstrip(".:!") in known.lines or any(phrase in lowered for phrase in known.anywhere)
    ):
        return "furniture"
    if _may_be_separated(words) and len(FURNITURE_SEPARATORS.findall(words)) >= 2 and not words.endswith("."):
        return "furniture"
    if BULLET.match(line):
        return "item"
    bare = words.rstrip(" *_")
    if (first or len(words.split()) <= HEADLINE_WORDS) and not bare.endswith(ENDS):
        return "headline"
    if words.startswith("#") or (first and len(words.split()) <= HEADLINE_WORDS and bare.endswith(("?", "!"))):
        return "headline"
    return "text"


def _may_be_separated(words: str) -> bool:
    """Whether a line holds a sign, or white space, that could separate links; almost none does, and this is asked of every line."""
    return "  " in words or not words.isprintable() or any(sign in words for sign in ("|", "›", "·", "»", "&gt;"))


def _cuts(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of one line, white space included."""
    line = text[begin:end]
    ends = list(_library_ends(line))
    ends.extend(match.end() for match in RUN_TOGETHER.finditer(line) if not _inside_name(line, match.end()))
    start = 0
    for cut in sorted(set(ends)):
        if cut <= start or (cut < len(line) and not _is_end(line[max(start, cut - NEAR) : cut], line[cut : cut + NEAR])):
            continue
        yield begin + start, begin + cut
        start = cut
    if start < len(line):
        yield begin + start, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most `LONGEST` characters, cut after a semicolon, else a comma, else a word."""
    while end - start > LONGEST:
        rest = REST.match(text, start + LONGEST // 2, start + LONGEST)
        cut = rest.end() if rest else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _library_ends(line: str) -> Iterator[int]:
    """The ends that `sentencex` finds, asked for a stretch at a time: its time grows with the square of a line of open quotation marks."""
    at = 0
    while at < len(line):
        stretch = line[at : at + STRETCH]
        ends = [bound["end_index"] for bound in sentencex.get_sentence_boundaries("en", stretch)]
        if at + STRETCH < len(line):
            ends = ends[:-1]  # the last end is the stretch's own
        yield from (at + end for end in ends)
        if at + STRETCH >= len(line):
            return
        at += ends[-1] if ends else len(stretch)


def _inside_name(line: str, at: int) -> bool:
    """Whether a stop without a space is part of an address or a name like "Warner.Music"."""
    word = line[line.rfind(" ", 0, at) + 1 : at].lower()
    return "www" in word or "/" in word or "@" in word


def _is_end(before: str, after: str) -> bool:
    """Whether a sentence can end between two parts of a line."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return bool(before)
    if LIST_NUMBER.fullmatch(before):
        return False
    if after[0] in CLOSERS and after[0] != '"':
        return False
    if after[0].islower() and before[-1] not in "?!…" + CLOSERS:
        return False
    if before[-1] in CLOSERS and after[0].islower():
        return False
    last = LAST_WORD.search(before)
    if last is None:
        return True
    word = last.group(1).lower()
    known = abbreviations()
    if word in known.titles:
        return word == "no" and not after[0].isdigit()
    if INITIAL.fullmatch(last.group(1)) and word not in known.others:
        return word == "i"
    if word in known.others:
        return not (after[0].islower() or after[0].isdigit() or after[0] in "$€£&(")
    return True
