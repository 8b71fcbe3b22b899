"""Opinions that the reporter's own words credit to a named person: "Roe argues that ...", "She doubts ...", "In his view ...".

In: an article and the quotations already credited. Out: `Statement`s that are not verbatim. Of "argues that" the clause is the quote,
else the sentence. A sentence whose opinion stands in marks has it there already; what is told beside the marks is read on its own.
Plain verbs ("said", "told") credit facts as often as opinions: a clause about the speaker's own doings, or one with numbers, is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Person, Sentence
from corewatch.lexicon.speech import attitude_verbs, clause_verbs, people_words, speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import companies_inside, inside, last_person, pronoun_of
from corewatch.mentions.stance import read_stance

_WORDS = speech_words()
_ADVERB = rf"(?:{_WORDS.adverb.pattern}|\w+ly\b)"
_TITLE = rf"(?!{people_words().firm_title.pattern}){people_words().title.pattern}"
# What may stand between a name and its verb: "of Roe & Co", "(Labour)", an apposition or a relative clause or both, an adverb.
_SUBJECT_TAIL = re.compile(
    r"(?:\]\([^)\s]{1,160}\))?(?: (?:of|from|at) [^,;:“”\"]{1,70}?| \([^)]{1,60}\))?(?:(?:,[^,;:“”\"]{1,120}){0,2},)?"
    rf"(?:,? who\b)?(?: {_ADVERB})*\s",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|(?:his|her) (?:excellency|honou?r|highness|lordship|majesty)"
    rf"|the (?:[\w-]+ ){{0,2}}?(?:{_TITLE})(?: (?:of|at|for) [^,;:“”\"]{{1,50}})?)"
    rf"(?: {_ADVERB})* $",
    re.I,
)
_FIRMS_OWN = re.compile(rf"(?P<firm>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*)['’]s? (?:[\w-]+ ){{0,2}}?(?:{_TITLE})(?: {_ADVERB})* $")
_OBLIQUE = re.compile(r"\b(?:by|of|to|with|about|from|against|than|like|for)(?: \w+)? $")
_NO_SUBJECT = re.compile(r"\b(?:which|what|that|as|if|when|than|whether|unless|why|how|where)\s*$")
_AND = re.compile(rf"\b(?:and|but|yet|or)(?: {_ADVERB})* $", re.I)
# "said on Tuesday that", "told the council that"; of "worries about the engines that will stand there" the relative clause is no opinion.
_THAT = r",? that (?!one (?!in\b|of\b|can\b|day\b|must\b|should\b))(?!(?:is|was|about|of|in|to|again|too|year|month|week|day|kind|sort)\b)"
_CLAUSE = re.compile(
    r"(?:, (?:however|though|too|meanwhile|for instance|for example|moreover),)?"
    rf"(?:,? (?:{_WORDS.setting.pattern}|\w+day\b|\w+ly\b)[^;:“”\"]{{0,70}}?)?{_THAT}",
    re.I,
)
_HEARD_CLAUSE = re.compile(rf"(?: (?!that\b)[^;:“”\"]{{0,70}}?)?{_THAT}", re.I)
_INVERTED = re.compile(rf", (?P<verb>{_WORDS.clause.pattern}) (?=[A-Za-z])(?!that\b)", re.I)
_NOUN_SUBJECT = re.compile(
    rf"['’]s? (?:own |main |first |blunt )?(?:{_WORDS.thought_noun.pattern})( (?:is|was|remains)(?: simple| plain)?(?: that|:) |(?=,))",
    re.I,
)
_NOUN_COLON = re.compile(rf"\b(?:{_WORDS.thought_noun.pattern})(?: on [^:;“”\"]{{1,40}}| to [^:;“”\"]{{1,40}})?: (?=\w)", re.I)
_FOR_TAIL = re.compile(
    r"(?:(?:, [^,;:“”\"]{1,90},)? (?=an? )|(?:(?:, [^,;:“”\"]{1,90},)? |, )(?=(?:the|this|that|it|these|those|such|there)\b))"
)
_TOLD_CLAUSE = re.compile(
    r" (?:\w+ ){1,4}?((?:he|she|it|they|the \w+|there|his|her|its) (?:[\w-]+ ){0,3}?"
    r"(?:would|will|was|were|is|are|had|has|could|should|may|might)\b)",
    re.I,
)
_ACCORDING = re.compile(r"[Aa]ccording to ")
_CLAUSE_START = re.compile(rf" (?:{_WORDS.clause_start.pattern}|[A-Z€$£¥\d][\w’'-]*|[a-z]+(?:s|(?<!noth)(?<!someth)ing)\b)(?! to\b)")
_BARE_CLAUSE = re.compile(rf" (?!{_WORDS.no_clause.pattern})[a-z][\w’'-]*(?: [\w’'-]+){{0,12}}? (?:{_WORDS.finite.pattern})")
_CLOSED = re.compile(rf"(?: (?:{_WORDS.hearer.pattern})\b[^,.;:]{{0,40}})?\s*[,.]")
_COLON = re.compile(r"(?: it)?(?: to me| to us)?(?: like this| this way| thus| bluntly| simply)?: (?=\w)")
_OWN = re.compile(r"(?:the|his|her|its|their) (?:company|firm|group|lab|start-up)\b|(?:it|he|she|they|we|i)\b", re.I)
_SECOND_OPINION = re.compile(rf", (?:but|and|while|yet|though) (?:he|she)(?: {_ADVERB})* (?:{_WORDS.clause.pattern}){_THAT}", re.I)
# "expects more than $3 billion", "wants to", "called for": figures and deeds, not opinions.
_DEED = re.compile(
    r" (?:(?:(?:more|less) than |about |around |nearly |at least |up to |some )?[$€£¥\d]"
    r"|(?:to|for|on|off|upon|session)\b|(?:it|them|him|her|this|so)[.,;])",
    re.I,
)
_DOINGS = re.compile(r"(?:He|She|They)\b")
_NUMBER = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d\b)\d")


@dataclass(frozen=True, slots=True)
class _Page:
    """An article and where its verbs of speech and of attitude stand."""

    article: Article
    clauses: list[tuple[int, int]]
    attitudes: list[tuple[int, int]]


_Reader = Callable[[_Page, int, int], Statement | None]
_SHORTEST_REST = 24  # characters beside a quotation that can hold an opinion
_HIS = re.compile(r"^(?:in|to|by|as|for) ", re.I)
_FEWEST = 4  # words of a clause that can be an opinion


def find_opinions(article: Article, quoted: Sequence[Statement]) -> list[Statement]:
    """Reported opinions, at most one before, between and after the quotations of a sentence."""
    rows: list[Statement] = []
    page = _Page(article, clause_verbs().find(article.text), attitude_verbs().find(article.text))
    at = 0
    for sentence in article.sentences:
        while at < len(quoted) and quoted[at].end <= sentence.start:
            at += 1
        if sentence.role in ("furniture", "headline"):
            continue
        last = at
        while last < len(quoted) and quoted[last].start < sentence.end:
            last += 1
        for start, end, readers in _stretches(article, sentence, quoted[at:last]):
            rows += _read(page, start, end, readers)
    return rows


def _stretches(article: Article, sentence: Sentence, inner: Sequence[Statement]) -> Iterator[tuple[int, int, Sequence[_Reader]]]:
    """The parts of a sentence that can hold an opinion of their own, each with who reads it.

    It is all of the sentence, or what comes before and after its quotations; there only a clause with its own verb of speech counts.
    """
    text = article.text
    if not inner:
        yield sentence.start, sentence.end, _READERS
        return
    before = text[sentence.start : inner[0].start].rstrip(' "“‘')
    if before.endswith((",", ";", ":", "—", "–", ".", "!", "?")):
        yield sentence.start, sentence.start + len(before) - 1, _READERS
    start = inner[-1].end + 1
    while start < sentence.end and text[start] in ' "”’':
        start += 1
    if sentence.end - start > _SHORTEST_REST:
        anew = text[inner[-1].end - 1] in ".…" and text[start].isupper()
        yield start, sentence.end, _READERS if anew else (_by_clause,)


def _read(page: _Page, start: int, end: int, readers: Sequence[_Reader]) -> list[Statement]:
    """The opinion of a stretch; where the same person goes on to a second one, both."""
    article, text = page.article, page.article.text
    second = _SECOND_OPINION.search(text, start, end)
    row = _opinion(page, start, second.start() if second else end, readers)
    if second is None:
        return [row] if row else []
    name = row.speaker if row else None
    person = next((person for person in inside(article, start, second.start()) if person.name == name), None)
    person = person or last_person(article, second.start())
    return [*([row] if row else []), *([_row(article, second.end(), _trim(text, end), person, 0.7)] if person else [])]


def _opinion(page: _Page, start: int, end: int, readers: Sequence[_Reader]) -> Statement | None:
    for read in readers:
        if row := read(page, start, end):
            return row
    return None


def _by_view(page: _Page, start: int, end: int) -> Statement | None:
    """`"In his view the rent will fall."`"""
    article = page.article
    view = _WORDS.view.search(article.text, start, min(end, start + 60))
    if view and view.start() - start < 40 and (person := _named(article, view.start(), None, _HIS.sub("", view.group()))):
        return _row(article, start, end, person, 0.8)
    return None


def _by_source(page: _Page, start: int, end: int) -> Statement | None:
    """`"According to Jane Roe, the roof leaks."`"""
    article = page.article
    text = article.text
    credit = _ACCORDING.search(text, start, end)
    people = inside(article, credit.end(), end) if credit else []
    if not credit or not people or people[0].start - credit.end() >= 40:
        return None
    tail = text.find(",", people[0].end, end)
    if credit.start() == start and tail > 0:
        return _row(article, tail + 2, _trim(text, end), people[0], 0.8)
    return None if _is_fact(text[start : credit.start()], plain=True) else _row(article, start, end, people[0], 0.75)


def _by_noun(page: _Page, start: int, end: int) -> Statement | None:
    """`"Roe's view is that the rent will fall."`, `"Roe took the opposite view: the rent will fall."`"""
    article = page.article
    text = article.text
    if noun := _NOUN_SUBJECT.search(text, start, end):
        people = inside(article, start, noun.start() + 2)
        if people and people[-1].end == noun.start():
            told = bool(noun.group(1))
            return _row(article, noun.end() if told else start, _trim(text, end) if told else end, people[-1], 0.75)
    if (
        text.find(": ", start, end) > 0
        and (noun := _NOUN_COLON.search(text, start, end))
        and (people := inside(article, start, noun.start()))
    ):
        return _row(article, noun.end(), _trim(text, end), people[0], 0.6)
    return None


def _by_for(page: _Page, start: int, end: int) -> Statement | None:
    """`"For Jane Roe, a trader, the rent is a tax."`"""
    article = page.article
    if not article.text.startswith("For ", start):
        return None
    people = inside(article, start, min(end, start + 90))
    if people and people[0].start == start + 4 and (aside := _FOR_TAIL.match(article.text, people[0].end, end)):
        return _row(article, aside.end(), _trim(article.text, end), people[0], 0.5)
    return None


def _by_verb(page: _Page, start: int, end: int) -> Statement | None:
    """`"Roe argues that the rent will fall."`, with or without "that", or with the verb behind the clause."""
    article, text = page.article, page.article.text
    for place in _within(page.clauses, start, end):
        person = _subject(article, start, place[0])
        if person and (found := _clause_of(article, start, end, place, person.start)):
            first, last, confidence = found
            plain = bool(_WORDS.plain.fullmatch(text, *place)) or (first == start and bool(_DOINGS.match(text, start, end)))
            if not _is_fact(text[first:last], plain=plain):
                return _row(article, first, last, person, confidence)
    return None


def _by_clause(page: _Page, start: int, end: int) -> Statement | None:
    """`"..., who argues that the rent will fall"`: a clause that does not begin with the stretch."""
    row = _by_verb(page, start, end)
    return row if row and row.start > start else None


def _clause_of(article: Article, start: int, end: int, verb: tuple[int, int], subject: int) -> tuple[int, int, float] | None:
    """The clause that a verb of speech credits, and how surely it is one."""
    text, after = article.text, verb[1]
    hears = _WORDS.hears.fullmatch(text, *verb)
    if rest := (_HEARD_CLAUSE if hears else _CLAUSE).match(text, after, end):
        return rest.end(), _trim(text, end), 0.7 if _WORDS.plain.fullmatch(text, *verb) else 0.8
    if hears and (rest := _TOLD_CLAUSE.match(text, after, end)):
        return rest.start(1), _trim(text, end), 0.6
    if not _WORDS.whole.fullmatch(text, *verb) and _closes(text, start, end, verb, subject):
        return start, end, 0.55
    if _WORDS.thought.fullmatch(text, *verb) and (_CLAUSE_START.match(text, after, end) or _BARE_CLAUSE.match(text, after, end)):
        return after + 1, _trim(text, end), 0.6
    if colon := _COLON.match(text, after, end):
        return colon.end(), _trim(text, end), 0.6
    return None


def _closes(text: str, start: int, end: int, verb: tuple[int, int], subject: int) -> bool:
    """Whether a verb and its subject stand behind the clause that they credit, or inside it: `"Rents, he said, will halve"`."""
    closed = _CLOSED.match(text, verb[1], end)
    comma = text.rfind(",", start, subject if start <= subject < verb[0] else verb[0])
    return bool(closed) and comma > 0 and len((text[start:comma] + text[closed.end() if closed else end : end]).split()) >= _FEWEST


def _by_inverted_verb(page: _Page, start: int, end: int) -> Statement | None:
    """`"The wells will run dry, said planning officer Jane Roe."`"""
    article = page.article
    text = article.text
    inverted = _INVERTED.search(text, start, end)
    people = inside(article, inverted.end(), end) if inverted else []
    if not inverted or not people or people[0].start - inverted.end() >= 50:
        return None
    goes_on = people[0].end <= end - 120 or inverted.start() - start < 25
    plain = bool(_WORDS.plain.fullmatch(inverted["verb"]))
    if people[0].end > end - 2 and text[end : end + 1] in (",", ":"):  # the words in marks that follow are what is said
        return None
    if _is_fact(text[start : inverted.start()] + (text[people[0].end : end] if goes_on else ""), plain=plain):
        return None
    return _row(article, start, end if goes_on else inverted.start(), people[0], 0.6)


def _by_attitude(page: _Page, start: int, end: int) -> Statement | None:
    """`"Roe doubts the plan."`: the sentence is the opinion. What somebody wants or expects to do is none."""
    for first, last in _within(page.attitudes, start, end):
        if not _DEED.match(page.article.text, last, end) and (person := _subject(page.article, start, first)):
            return _row(page.article, start, end, person, 0.6)
    return None


def _within(places: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places that lie between two offsets."""
    nth = bisect_left(places, (start, 0))
    while nth < len(places) and places[nth][1] <= end:
        yield places[nth]
        nth += 1


_READERS: tuple[_Reader, ...] = (
    _by_view, _by_source, _by_noun, _by_for, _by_verb, _by_inverted_verb, _by_attitude,
)  # fmt: skip


def _subject(article: Article, start: int, verb: int) -> Person | None:
    """The person who is the subject of a verb: named before it, perhaps with an apposition, or meant by a pronoun or title."""
    text = article.text
    for person in reversed(inside(article, start, verb)):
        if _OBLIQUE.search(text, max(start, person.start - 12), person.start):
            continue
        if _SUBJECT_TAIL.fullmatch(text, person.end, verb) and text[person.end : person.end + 2] not in ("'s", "’s"):
            return person
    if _AND.search(text, max(start, verb - 40), verb):
        # "Roe, who holds shares, has a target of $5 and says that": the subject is that of the sentence.
        people = inside(article, start, verb)
        if people and people[0].start - start < 60 and re.match(r"[, ]", text[people[0].end]):
            return people[0]
        if called := re.match(r"(?:He|She)\b", text[start : start + 4]):
            return _named(article, start, None, called.group())
    pronoun = _PRONOUN.search(text, max(start, verb - 60), verb)
    if pronoun and not _NO_SUBJECT.search(text[start : pronoun.start()][-8:]):
        return _named(article, pronoun.start(), start, pronoun.group())
    if firm := _FIRMS_OWN.search(text, max(start, verb - 80), verb):
        named = last_person(article, firm.start())
        owners = [company.name for company in companies_inside(article, firm.start(), firm.end())]
        if named and (named.affiliation in owners or article.people[0].name == article.people[-1].name):
            return named
    return None


def _named(article: Article, at: int, start: int | None, pronoun: str = "") -> Person | None:
    """Whom a pronoun means: the first named in this sentence before it, else the last before."""
    if start is not None and (here := inside(article, start, at)):
        return here[0]
    return last_person(article, at, pronoun_of(pronoun))


def _is_fact(clause: str, *, plain: bool) -> bool:
    """Whether a clause is no opinion: too short, or told by a plain verb and about the speaker's own doings or about numbers."""
    if len(clause.split()) < _FEWEST:
        return True
    if not plain or read_stance(clause) or _WORDS.judging.search(clause):
        return False
    return bool(_OWN.match(clause) or _NUMBER.search(clause))


def _trim(text: str, end: int) -> int:
    while text[end - 1] in '.!?… )"”':
        end -= 1
    return end


def _row(article: Article, start: int, end: int, person: Person, confidence: float) -> Statement:
    return Statement(
        start=start, end=end, speaker=person.name, affiliation=person.affiliation, verbatim=False,
        stance=read_stance(article.text[start:end]), confidence=confidence,
    )  # fmt: skip
