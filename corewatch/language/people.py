"""The people whom a text names, each with the fullest form of the name and the firm that the text puts beside it.

In: the text, its sentences, and the companies found in it. Out: `Person`s in the order of the text.
A capitalised pair of words is a person when the text treats it as one: a title or a relative clause with "who" stands by it, it says
something, or its first word is a common first name. A later surname or first name alone is the person whom the text named last by it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, MatchKind

from corewatch.language.article import Company, Person, Sentence
from corewatch.language.person_evidence import is_treated_as_person, speaking_words, with_pronouns
from corewatch.lexicon.companies import company_words, registry
from corewatch.lexicon.speech import people_words, speech_words

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_LETTER = r"[^\W\d_]"
# A pattern that begins with a set of letters is searched several times as fast as one that begins with a choice.
_REST = rf"(?:['’][{_UPPER}])?{_LETTER}*[a-zß-öø-ÿāăąćčďđēęěğīįıķĺľłńňōőœŕřśşšţťūůűųźżž](?:['’](?!s\b){_LETTER}+)?(?:-{_LETTER}+)*"
_WORD = rf"[{_UPPER}]{_REST}"
_PARTICLE = r"(?:van|von|de|der|den|da|di|du|del|della|la|le|bin|ibn|al|el|ter|ten|dos|das|af|zu|y)"
_FURTHER = rf"(?: (?:{_PARTICLE} ){{0,2}}(?:{_WORD}|[{_UPPER}]\.))"
# "C.C.", "KR": what follows the first letter of initials that a surname follows.
_INITIALS = rf"(?<![\w.].)(?:\.(?:[{_UPPER}]\.){{0,2}}|[A-Z](?<!AI|US|UK|EU|UN|TV|IT|PR|HR|QA|ID|UV|OS))(?= {_WORD})"
_NAME = re.compile(rf"[{_UPPER}](?:{_INITIALS} {_WORD}{_FURTHER}{{0,4}}|{_REST}{_FURTHER}{{1,4}})")
_INITIALLED = re.compile(rf"[{_UPPER}]{_INITIALS} ")
_SINGLE = re.compile(_WORD)
_ORG = re.compile(
    rf"(?:the )?([{_UPPER}][\w.&’'-]*(?: (?:(?:of|and|&|for|the|de|du|des) )?(?:[{_UPPER}][\w.&’-]*|&))*)",
)
_HONORIFIC_LEAD = re.compile(r"(?:^|[\s“\"‘(])(Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Baroness)\.? $")
_TITLE_TO_ORG = re.compile(r"\b(?:of|at|for|with|from)\b(?: (?:the|a|an))?(?: [a-z][\w’'-]*)* ")
_SAY_AFTER = re.compile(
    r"(?:,[^,.;“”\"]{1,90}(?:,[^,.;“”\"]{1,90})?,)?"
    r" (?:also |has |have |had |once |then |later |himself |herself |only )?"
    rf"(?:{speech_words().say.pattern})",
    re.I,
)
_CAPITAL_LABEL = re.compile(r"[>*_ -]*(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’.-]*){1,2})(?: \([^)]{1,60}\)|, [^:\n]{1,60})?[*_]*:")
# How many characters beside a name are searched for its firm: a bound on the work that a sentence without end can make.
_REACH = 220
_HOUSE_LEAD = re.compile(rf"\b(?:(?:its|the \w+['’]s) [\w ,-]{{0,40}}|co-)?(?:{people_words().house_title.pattern}),? $")
# A surname that nobody gave in full.
_ACQUAINTED = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|my neighbou?r|my friend|my colleague)\.? ({_WORD})")
_DATED = re.compile(
    r"\b(?:in|last|this|next|by|since|until|of|from|to|for|during|through|early|late|mid|and|on|between|before|after|\d+)[ -]$", re.I
)
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?) $")
_NAMED = re.compile(r",? (?:called|named|by the name of) $")
_WORD_BEFORE = re.compile(r"([\w-]+),? $")
_SPOKEN_TO = re.compile(r"\b(?:[Aa]sked by|[Ii]nterview with|[Tt]alk with|[Cc]onversation with) $")
_TAKEN_ON = re.compile(r"\b(?:hired|appointed|named|poached|promoted|recruited) $")
_TO_A_POST = re.compile(r" (?:from|as|to (?:run|lead|head|be|succeed|replace))\b")
_IN_TALK = re.compile(r" (?:was|is) (?:speaking|talking) (?:to|with|at)\b|, interviewed\b")
_POST_BEFORE = re.compile(rf"\b(?:{people_words().house_title.pattern}) (?:of|for|at|in) [^.,;:“”\"]{{1,60}}, $")
_SPEAKS_FOR = re.compile(rf",? (?:of|from|at) (?:the )?(?:[a-z-]+ ){{0,3}}[{_UPPER}][^,.;]{{1,60}}?,? (?:{speech_words().say.pattern})")
_DETERMINED = re.compile(r" (?:the|a|an|its|his|her|their|this)\b")
_SAY_BEFORE = re.compile(rf"(?:{speech_words().say.pattern})(?: [^,.;:“”\"]{{0,40}},?)? $", re.I)


def find_people(text: str, sentences: Sequence[Sentence], companies: Sequence[Company]) -> list[Person]:
    """Everybody whom the text names, also by surname alone; `affiliation` is the same for all mentions of one person."""
    named = [company for company in companies if company.by_name]
    full: list[Person] = []
    labels = Counter(_labels(text))
    speaking = speaking_words(text)
    for nth, sentence in enumerate(sentences):
        if sentence.role != "furniture":
            full += _full_names(text, sentences, nth, named, labels, speaking)
    full += _capital_labels(text, sentences)
    merged = _merge(sorted(full, key=lambda person: person.start))
    return with_pronouns(text, _with_short_forms(text, sentences, merged, named))


def _labels(text: str) -> Iterator[str]:
    """The words that a colon follows: `Calder` in `"Calder: I do."`"""
    colon = text.find(":")
    while colon >= 0:
        start = colon
        while start and (text[start - 1].isalnum() or text[start - 1] in "_’'-"):
            start -= 1
        if start < colon:
            yield text[start:colon]
        colon = text.find(":", colon + 1)


def _full_names(
    text: str, sentences: Sequence[Sentence], nth: int, companies: Sequence[Company], labels: Counter[str], speaking: frozenset[str]
) -> Iterator[Person]:
    """The names of two words and more in one sentence.

    `labels` counts the words that a colon follows, `speaking` are those that a verb of speech follows, anywhere in the text.
    """
    words = people_words()
    sentence = sentences[nth]
    at = sentence.start
    while found := _NAME.search(text, at, sentence.end):
        start, end = found.start(), found.end()
        at = end
        run = list(_SINGLE.finditer(text, start, end))
        parts = _without_titles(text, run)
        initialled = len(parts) == len(run) and _INITIALLED.match(text, start, end)
        start = start if initialled else parts[0].start()
        if len(parts) < 2 and not initialled and not re.search(rf"[{_UPPER}]\.", text[start:end]):
            continue
        # "Park Ji-hoon": a given name with a small letter after its hyphen is nothing else.
        hyphened = len(parts) == 2 and re.fullmatch(r"\w+-[a-z]\w*", parts[1].group()) is not None
        after, before = text[end : min(sentence.end, end + 200)], text[max(sentence.start, start - 120) : start]
        if not hyphened and any(part.group() in words.impersonal for part in parts) and not _is_odd_surname(parts, after, before):
            continue
        if _ARTICLE_BEFORE.search(before):
            continue
        clash = _covering(companies, start, end)
        certain = (
            hyphened or parts[0].group() in company_words().first_names or bool(_HONORIFIC_LEAD.search(text[max(0, start - 10) : start]))
        )
        if clash is not None:
            inside = clash.start >= start and clash.end <= end and (clash.start, clash.end) != (start, end)
            unknown = clash.name not in registry().roles
            firm = not unknown or parts[-1].group() in company_words().tails
            if firm and (clash.start, clash.end) == (start, end):
                continue
            certain = certain or (unknown and is_treated_as_person(text, sentences, nth, start, end, speaking))
            told = inside or _titled(after, before) or (unknown and (certain or _SPEAKS_FOR.match(after) or _IN_TALK.match(after)))
            # A firm is called by its first word: of "Harlow Creek" beside "Harlow" no person is made without a word that says so.
            called = inside and clash.start == start
            if not (certain or (unknown and not called)) or not told:
                at = max(at, clash.end)
                continue
        # "Jane Roe (Xyz):" heads a turn of a panel; "Key Players:" heads a list, and does so once.
        heads = re.match(r"( \([^)]{1,60}\)|, [^:\n]{1,60})?[*_]*:", after) if start - sentence.start < 4 else None
        label = heads and (heads.group(1) or labels[parts[-1].group()] > 1)
        if (
            certain
            or label
            or _titled(after, before)
            or _speaks(after, before)
            or is_treated_as_person(text, sentences, nth, start, end, speaking)
        ):
            yield Person(start, end, text[start:end], text[start:end], _affiliation(text, sentence, start, end, companies))


def _is_odd_surname(parts: Sequence[re.Match[str]], after: str, before: str) -> bool:
    """`"Andy Power, president"`: a surname that is also a word of firms, of somebody with a given name and a title."""
    known = company_words()
    first = parts[0].group()
    return len(parts) == 2 and first in known.first_names and first not in known.places and _titled(after, before)


def _without_titles(text: str, parts: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a run less function words and titles at its head: `"County Commissioner Jane Roe"` is `"Jane Roe"`."""
    words = people_words()
    for nth in range(len(parts) - 2, 0, -1):
        if parts[nth].group() in words.honorifics or words.title.fullmatch(parts[nth].group()):
            parts = parts[nth + 1 :]
            break
    while len(parts) > 1 and (
        parts[0].group() in words.openers
        or parts[0].group() in words.honorifics
        or words.title.fullmatch(parts[0].group())
        or (parts[0].group().lower() in company_words().calendar and not _is_given_name(text, parts[0]))
    ):
        parts = parts[1:]
    return parts


def _is_given_name(text: str, month: re.Match[str]) -> bool:
    """Whether a month is somebody's given name, as no word before it makes it a date: `"founder June Paik"`."""
    return month.group() in company_words().first_names and not _DATED.search(text, max(0, month.start() - 12), month.start())


def _capital_labels(text: str, sentences: Sequence[Sentence]) -> Iterator[Person]:
    """The voices of a transcript ("JANE ROE:"), where a label comes more than once; the name is written as names are."""
    found = [match for sentence in sentences if (match := _CAPITAL_LABEL.match(text, sentence.start, sentence.end))]
    often = Counter(match["name"] for match in found)
    words = people_words()
    for match in found:
        name = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), match["name"])
        if often[match["name"]] > 1 and not any(word in words.impersonal for word in name.split()):
            yield Person(match.start("name"), match.end("name"), match["name"], name, None)


def _titled(after: str, before: str) -> bool:
    """Whether a title or "who" beside the name makes a person of it."""
    title = people_words().title
    if re.match(r",? who(?:se)?\b", after) or _SPOKEN_TO.search(before):
        return True
    if (_TAKEN_ON.search(before) and _TO_A_POST.match(after)) or (after[:1] == "," and _POST_BEFORE.search(before)):
        return True
    apposition = re.match(r", ([^.;“”\"]{1,110}?)(?=,|\.|;|“|\"| said| says|$)", after)
    if apposition:
        # "Jane Roe, chief executive": the title comes before any further name that could carry it.
        head = re.split(r"\b(?:of|at|for|with|from|in)\b", apposition.group(1))[0]
        if title.search(head) and not re.match(r"(?:and|or|which|whose|where)\b", head):
            return True
    lead = _WORD_BEFORE.search(_NAMED.sub(" ", before))
    return bool(lead and title.fullmatch(lead.group(1)))


def _speaks(after: str, before: str) -> bool:
    said = _SAY_BEFORE.search(before)
    if said and not re.search(r"\bthat $", before) and (not _DETERMINED.search(said.group()) or people_words().title.search(said.group())):
        return True
    return bool(_SAY_AFTER.match(after) or _SPEAKS_FOR.match(after) or _IN_TALK.match(after))


def _covering(companies: Sequence[Company], start: int, end: int) -> Company | None:
    place = bisect_left(companies, start, key=lambda company: company.end)
    while place < len(companies) and companies[place].end <= start:
        place += 1
    return companies[place] if place < len(companies) and companies[place].start < end else None


def _affiliation(text: str, sentence: Sentence, start: int, end: int, companies: Sequence[Company]) -> str | None:
    """The firm or body beside a name: "X of Y", "X, head of research at Y", "Y's X", "Y analyst X"; beside a house title the last firm."""
    stop = min(sentence.end, end + _REACH)
    cut = re.compile(r"[“”\";:]|\. ").search(text, end, stop)
    after = text[end : cut.start() if cut else stop]
    direct = re.match(r"(?:\s*\(|,? (?:of|from|at|for|with) (?:the )?(?:[a-z][\w’'-]* ){0,6})", after)
    if direct and (org := _org_at(text, end + direct.end(), stop, companies)):
        return org
    apposition = re.match(r",? (?:who\b|an?\b|the\b|its\b|[\w’'-]+\b)[^“”]*", after)
    if apposition and after.startswith((", ", " who ")):
        said = speech_words().say.search(after)
        zone = after[: said.start()] if said and said.start() > 0 else after
        for match in _TITLE_TO_ORG.finditer(zone):
            if org := _org_at(text, end + match.end(), stop, companies):
                return org
        runs = re.match(r",? who (?:runs|heads|founded|leads|owns|chairs|manages|advises|writes) (?:the (?:[a-z]+ ){0,3})?", zone)
        if runs and (org := _org_at(text, end + runs.end(), stop, companies)):
            return org
        owner = re.match(r", (?:the )?", zone)
        if owner and (org := _org_at(text, end + owner.end(), end + len(zone), companies)) and people_words().title.search(zone):
            return org
    before = text[max(sentence.start, start - _REACH) : start]
    lead = re.search(r"[^,.;“”\"]{2}(?:['’]s?)?,? $", before)
    title = people_words().title
    behind = bisect_right(companies, start, key=lambda company: company.start)
    near = [c for c in companies[max(0, behind - 4) : behind] if sentence.start <= c.start and c.end <= start and start - c.end < 70]
    if lead and near:
        between = text[near[-1].end : start]
        if re.fullmatch(r"['’]s? ", between) or (title.search(between) and not re.search(r"[.;“”\"]|, \w+ing\b", between)):
            return near[-1].name
    of = re.search(r"\b(?:of|at) (?:the )?([A-Z][^,.;“”\"]{1,50}), $", before)
    if of and title.search(before):
        return of.group(1)
    house = people_words().house_title
    own = after.startswith(", ") and not after.startswith(", our ") and house.search(after[:60])
    led = _HOUSE_LEAD.search(before[-60:]) and not re.search(r"[a-z] officer,? $", before)
    if own or led:
        earlier = [company for company in companies[max(0, behind - 4) : behind] if company.end <= start]
        return earlier[-1].name if earlier else None
    return None


def _org_at(text: str, at: int, stop: int, companies: Sequence[Company]) -> str | None:
    """The company's name, or else the capitalised phrase, that begins at `at`."""
    for company in companies[bisect_left(companies, at, key=lambda company: company.start) :][:1]:
        if company.start - at <= 4:
            return company.name
    found = _ORG.match(text, at, stop)
    if not found:
        return None
    name = re.sub(r"['’]s?$", "", found.group(1)).rstrip(".,")
    return name if len(name) > 2 else None


def _merge(full: Sequence[Person]) -> list[Person]:
    """Each mention under the fullest form of its name, and with the first affiliation that any mention has."""
    by_name: dict[str, str] = {}
    fullest: dict[tuple[str, str], str] = {}
    for person in sorted(full, key=lambda person: -len(person.name)):
        words = person.name.split()
        by_name.setdefault(person.name, fullest.setdefault((words[0], words[-1]), person.name))
    affiliation: dict[str, str] = {}
    for person in full:
        if person.affiliation:
            affiliation.setdefault(by_name[person.name], person.affiliation)
    return [replace(person, name=by_name[person.name], affiliation=affiliation.get(by_name[person.name])) for person in full]


def _with_short_forms(text: str, sentences: Sequence[Sentence], full: Sequence[Person], companies: Sequence[Company]) -> list[Person]:
    """The full mentions and, between them, the same names anywhere, surnames and first names alone, each the person last named by it."""
    words = people_words()
    bearers: dict[str, list[Person]] = {}
    for person in full:
        parts = person.name.split()
        for part in dict.fromkeys((person.name, parts[-1], parts[0])):
            if len(part) > 2 and part not in words.openers and part.lower() not in company_words().calendar:
                bearers.setdefault(part, []).append(person)
    found = list(full)
    taken = sorted((person.start, person.end) for person in full)
    for word, start, end in _places_of(text, sorted(bearers)):
        place = bisect_right(taken, (start, len(text)))
        if place and taken[place - 1][1] > start:
            continue
        clash = _covering(companies, start, end)
        if clash is not None and (clash.end - clash.start > end - start):
            continue
        earlier = bisect_left(bearers[word], start, key=lambda person: person.start)
        bearer = bearers[word][max(0, earlier - 1)]
        found.append(Person(start, end, word, bearer.name, bearer.affiliation))
    taken = sorted((person.start, person.end) for person in found)
    for sentence in sentences:
        for match in _ACQUAINTED.finditer(text, sentence.start, sentence.end):
            start, end = match.span(1)
            place = bisect_left(taken, (end,))
            if not place or taken[place - 1][1] <= start:
                found.append(Person(start, end, match.group(1), match.group(1), None))
    return sorted(found, key=lambda person: person.start)


def _places_of(text: str, names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every place where one of the names stands as a word of its own."""
    if names:
        for which, start, end in AhoCorasick(names, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
            if not (_inside_word(text[start - 1 : start]) or _inside_word(text[end : end + 1])):
                yield names[which], start, end


def _inside_word(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "-")
