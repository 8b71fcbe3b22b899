"""Who speaks: the person, or the firm, to whom the words beside a quotation or a clause give it.

In: an article and a stretch of its text that holds a verb of speech. Out: a `Speaker`, or null where nobody is named or meant.
A pronoun or "the analyst" is the person whom the text named last. A firm, its statement or its unnamed spokesman has no name,
and the firm as affiliation.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corewatch.language.article import Article, Company, Person
from corewatch.lexicon.speech import people_words, speech_words

_ADVERB = rf"(?:{speech_words().adverb.pattern}|\w+ly\b)"
_PRONOUN = re.compile(r"\b(he|she|(?:his|her) (?:excellency|honou?r|highness|lordship|majesty))\b", re.I)
_BODY = re.compile(r"\b(?:it|they|we|the (?:company|firm|group|lab|start-up|bank|miner|landlord|chipmaker|operator))\b", re.I)
_ROLE = re.compile(rf"\bthe (?:[\w-]+ ){{0,2}}?(?:{people_words().title.pattern})", re.I)
_FARTHEST = 12  # mentions of people before a pronoun that it can pass over
_NEAR = 250  # characters within which "the treasurer" is whom the text has named
_INDEFINITE = re.compile(r"(?:^|[,.] )(?:an?|one|another|two|three|some|several|many|most|few|other)\b", re.I)
_SEVERAL = re.compile(rf"\b(?:{people_words().title.pattern.removeprefix(chr(92) + 'b').removesuffix(chr(92) + 'b')})s\b", re.I)
_POST = re.compile(r"^ (?:the|its|his|her|their|an?) [\w’' -]+, $")
_TO_SOMEBODY = re.compile(r"(?:told|tells?|ask(?:ed|s|ing)?|remind(?:ed|s)|call(?:s|ed|ing)?)$", re.I)
_OBLIQUE = re.compile(
    r"\b(?:by|of|to|with|from|for|against|told|asked|like|than|about|on|at|versus|unlike|beside|after|before)(?: (?:the|his|her|its))? $",
    re.I,
)
_SAID = re.compile(rf"(?:{speech_words().say.pattern})(?: [\w'’-]+){{0,3}} $", re.I)
_VERB_NEXT = re.compile(r",? (?:also |still |now |then |then )?[a-z]+")
_NO_VERB = re.compile(r",? (?:of|from|at|and|in|on|for|to|who|or|as|by|with|a|an|the|its|his|her|that|but)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person's full name, or null for a firm's own words, and the firm; `certain` says that the text names who speaks."""

    name: str | None
    affiliation: str | None
    certain: bool = True


def person_speaker(person: Person) -> Speaker:
    """The person as a speaker."""
    return Speaker(person.name, person.affiliation)


def last_person(article: Article, at: int, pronoun: str | None = None) -> Person | None:
    """The person whom the text speaks of last before `at`: of the last sentence that names any, its likeliest subject.

    `pronoun` passes over the people whom the text calls otherwise.
    """
    place = bisect_left(article.people, at, key=lambda person: person.start)
    if not place:
        return None
    earlier = article.people[max(0, place - _FARTHEST) : place]
    last = next((person for person in reversed(earlier) if _is_called(person, pronoun)), earlier[-1])
    first = bisect_right(article.sentences, last.start, key=lambda sentence: sentence.start) - 1
    start = article.sentences[first].start if first >= 0 else 0
    told = [person for person in inside(article, start, at) if _is_called(person, pronoun) or person is last]
    end = article.sentences[first].end if first >= 0 else at
    return subject_of(article, [person for person in told if person.start < end]) or last


def _is_called(person: Person, pronoun: str | None) -> bool:
    return pronoun is None or person.pronoun in (None, pronoun)


def _near_person(article: Article, at: int) -> Person | None:
    """The person named last, if not long before."""
    person = last_person(article, at)
    return person if person and at - person.end < _NEAR else None


def subject_of(article: Article, people: Sequence[Person]) -> Person | None:
    """Of several people in a sentence, the one whom it speaks of: a verb behind the name, no preposition before it; else the last."""
    return max(people, key=lambda person: (_prominence(article.text, person), person.start)) if people else None


def _prominence(text: str, person: Person) -> int:
    before, after = text[max(0, person.start - 24) : person.start], text[person.end : person.end + 40]
    weight = -2 if _OBLIQUE.search(before) else 0
    weight += 2 if _SAID.search(before) or (_VERB_NEXT.match(after) and not _NO_VERB.match(after)) else 0
    weight -= 1 if after.startswith(("'s", "’s")) else 0
    return weight + (1 if re.match(r", (?:who|an?|the|its|[a-z]+)\b", after) else 0)


def inside(article: Article, start: int, end: int) -> list[Person]:
    """The people who are named between two offsets."""
    low = bisect_left(article.people, start, key=lambda person: person.start)
    return [person for person in article.people[low : low + 20] if person.end <= end]


def companies_inside(article: Article, start: int, end: int) -> list[Company]:
    """The companies that are named or meant between two offsets."""
    low = bisect_left(article.companies, start, key=lambda company: company.start)
    high = bisect_left(article.companies, end, key=lambda company: company.start)
    return article.companies[low:high]


def speaker_after(article: Article, start: int, end: int) -> Speaker | None:
    """Who is credited by the words that follow a quotation, `start` to `end`: "said Jane Roe, an analyst", "she says", "the memo reads"."""
    zone = article.text[start:end]
    lead = re.match(rf"[\s,—–-]*(?:{_ADVERB} )?", zone)
    at = lead.end() if lead else 0
    say = speech_words().say
    verb = say.match(zone, at)
    if verb:
        people = inside(article, start + verb.end(), end)
        if people and people[0].start - start - verb.end() < 110:
            between = article.text[start + verb.end() : people[0].start]
            if not re.search(r"[;“”]|\bwho\b|(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)\. ", between) and not _spoken_for(between):
                return person_speaker(people[0])
        if pronoun := _PRONOUN.match(zone, verb.end() + 1):
            return _pronoun(article, start, pronoun)
        if _ROLE.match(zone, verb.end() + 1) and not _spoken_for(zone[verb.end() :]) and (person := _near_person(article, start)):
            return person_speaker(person)
        return _unnamed(article, start + verb.end(), end)
    verb = say.search(zone, at) or speech_words().name.search(zone, at)
    if not verb or verb.start() > 160:
        return None
    return _subject(article, start + at, start + verb.start(), start)


def speaker_before(article: Article, start: int, end: int) -> Speaker | None:
    """Who is credited by the words that lead up to a quotation: "Roe called it", "Told of this, she laughs:", "In a statement it said"."""
    zone = article.text[start:end]
    words = speech_words()
    verbs = [
        found
        for pattern in (words.say, words.name, words.think)
        for found in pattern.finditer(zone)
        if not _names_a_person(article, start, found)
    ]
    if not verbs:
        if zone.rstrip().endswith(":"):
            people = inside(article, start, end)
            if people:
                return person_speaker(people[0])
            if pronoun := _PRONOUN.search(zone):
                return _pronoun(article, start, pronoun)
            return _unnamed(article, start, end)
        return None
    verb = max(verbs, key=lambda found: found.start())
    return _inverted(article, start, end, verb) or _subject(article, start, start + verb.start(), start)


def _names_a_person(article: Article, start: int, verb: re.Match[str]) -> bool:
    """`"a rancher called Roe"`: the verb gives the person's name and says nothing."""
    at = start + verb.end() + 1
    return verb.group().lower() in ("called", "named", "dubbed") and any(person.start == at for person in inside(article, at, at + 80))


def _inverted(article: Article, start: int, end: int, verb: re.Match[str]) -> Speaker | None:
    """`"by 2028, says its founder Jane Roe, “we ...”"`: the subject stands behind the verb."""
    if _TO_SOMEBODY.search(verb.group()) or not re.search(r"(?:^|,) ?$", article.text[start : start + verb.start()]):
        return None
    people = inside(article, start + verb.end(), end)
    firms = companies_inside(article, start + verb.end(), end)
    if (
        firms
        and firms[0].by_name
        and firms[0].start == start + verb.end() + 1
        and article.text[firms[0].end : firms[0].end + 1] in (",", ":")
    ):
        return Speaker(None, firms[0].name)
    if not people or people[0].start - start - verb.end() > 60:
        return None
    between = article.text[start + verb.end() : people[0].start]
    between = _POST.sub("", between)
    return None if re.search(r"[,;:“”]|\b(?:that|who)\b", between) or _spoken_for(between) else person_speaker(people[0])


def _subject(article: Article, start: int, verb: int, before: int) -> Speaker | None:
    """The speaker whom the words before a verb name as its subject."""
    zone = article.text[start:verb]
    clause = re.split(r"[;:]| (?:and|but|while|because|although|that) (?=(?:he|she|it|they)\b)", zone)[-1]
    offset = verb - len(clause)
    people = inside(article, offset, verb)
    pronouns = list(_PRONOUN.finditer(clause))
    if pronouns and (not people or pronouns[-1].start() + offset > people[-1].end):
        return _pronoun(article, offset + pronouns[-1].start(), pronouns[-1])
    if people:
        # In "Jane Roe, who worked for John Doe, said" the first is the subject; a possessive or an object before it is none.
        subjects = [person for person in people if article.text[person.end : person.end + 2] not in ("'s", "’s")]
        tail = article.text[people[-1].end : verb]
        if _spoken_for(article.text[offset : people[0].start]) and not subjects:
            return _unnamed(article, offset, verb)
        firms = companies_inside(article, offset, people[0].start)
        if firms and all(article.text[max(0, person.start - 4) : person.start] == " of " for person in people):
            return _unnamed(article, offset, verb)  # "Iliad, the group of Xavier Niel, confirmed"
        if not subjects:
            return _unnamed(article, offset, verb) if _spoken_for(tail) else person_speaker(people[0])
        return person_speaker(subject_of(article, subjects) or subjects[0])
    if _spoken_for(clause) or companies_inside(article, offset, verb) or _BODY.search(clause):
        if _ROLE.match(clause.strip()) and (person := last_person(article, offset)) and not _spoken_for(clause):
            return person_speaker(person)
        return _unnamed(article, offset, verb)
    if _ROLE.search(clause) and (person := last_person(article, offset)):
        return person_speaker(person)
    if not clause.strip(" ,") or re.match(r"\W*(?:and|but|who)\b", clause):
        people = inside(article, start, verb)
        if people:
            return person_speaker(people[0])
        if pronoun := _PRONOUN.search(zone):
            return _pronoun(article, start, pronoun)
        return _unnamed(article, start, verb) if companies_inside(article, start, verb) else None
    people = inside(article, start, verb)
    if people:
        return person_speaker(people[0])
    if pronoun := _PRONOUN.search(zone):
        return _pronoun(article, start + pronoun.start(), pronoun)
    if companies_inside(article, start, verb) or _INDEFINITE.search(clause.strip()) or _SEVERAL.search(clause):
        return _unnamed(article, before, verb)
    return None


def _spoken_for(words: str) -> bool:
    """Whether the words before a verb are an unnamed voice: "a spokeswoman for X", "the memo"."""
    return bool(speech_words().unnamed.search(words))


def _pronoun(article: Article, at: int, pronoun: re.Match[str] | None = None) -> Speaker | None:
    person = last_person(article, at, pronoun_of(pronoun.group()) if pronoun else None)
    return person_speaker(person) if person else None


def pronoun_of(words: str) -> str | None:
    """ "he" or "she", whichever the words begin with."""
    lower = words.lower()
    return "she" if lower.startswith(("she", "her")) else "he" if lower.startswith(("he", "his")) else None


def _unnamed(article: Article, start: int, end: int) -> Speaker | None:
    """A firm, or a voice without a name ("a spokeswoman for X", "one banker"), that stands between two offsets."""
    near: Sequence[Company] = companies_inside(article, start, end)
    if near:
        return Speaker(None, near[0].name)
    zone = article.text[start:end]
    if _spoken_for(zone) or _BODY.search(zone):
        earlier = bisect_left(article.companies, start, key=lambda company: company.start)
        return Speaker(None, article.companies[earlier - 1].name if earlier else article.main_company, certain=False)
    if _INDEFINITE.search(zone.strip()) or _SEVERAL.search(zone) or (re.search(r"\bthe\b", zone) and people_words().title.search(zone)):
        return Speaker(None, None, certain=False)
    return None
