"""Names of companies in a text: those of the registry, and those that the text itself gives away.

In: a text and its sentences. Out: `Name` spans in the order of the text, each with its canonical name, segment and roles.
A name that the registry does not know is judged by all its places together: its ending ("Capital", "Inc."), what stands before it
("chipmaker", "from") and after it ("'s shares", "agreed", ", a cloud start-up"). Its canonical form is the longest in the document
without the ending that the law asks for; shorter forms and abbreviations in brackets stand for the longest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corewatch.language.article import Sentence
from corewatch.lexicon.companies import CompanyWords, Entry, company_words, registry

# A word of a name: "Acme", "eBay", "McKay", "7Bridges", "Vast.ai", "Peet's" (but not the "'s" of a possessive), "Jean-Luc", "B."
WORD = r"(?:[A-ZÀ-ÖØ-ÞŁŚŽČŠĐİ]\.(?=[ A-Z])|(?:[A-ZÀ-ÖØ-ÞŁŚŽČŠĐİ]|[a-z]{1,2}(?=[A-Z])|\d{1,3}(?=[A-Z][a-z]))\w*(?:(?:[.+&](?=\w)|-(?=[A-Z0-9])|['’](?=[A-Z]|[a-rt-z]|s\w))\w+)*)"
SEQUENCE = re.compile(rf"(?<![\w@/#$€£.]){WORD}(?:(?:[  ](?:&|of|of the|for|de|du|la|von|van|der|del|y|bin|al)[  ]|[  ]){WORD})*")
LEGAL = re.compile(r",? (?:Inc|Corp|Ltd|LLC|PLC|plc|Co|N\.?V|S\.?A|AG|SE|GmbH|LP|L\.P|LLP|AB|ASA|Oyj|SpA|S\.p\.A)\b\.?(?![-\w])")
TICKER = re.compile(r" ?\((?:the “|“|\")?(?:[A-Z][A-Za-z ]{1,25}: ?)[A-Z0-9][A-Z0-9.]{0,6}[,;) ]")
SHORT_FORM = re.compile(r"(?:,? \([^()]{0,40}\))? ?\((?:the |or |hereinafter )?[“\"‘']?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})[”\"’']?\)")
POSSESSIVE = re.compile(r"['’]s?(?= )")
WORD_AFTER = re.compile(r"[ ]?([\w’'-]+)")
WORDS_BEFORE = re.compile(r"([\w’'&-]+)([ “\"(‘]*)$")
APPOSITION = re.compile(r", (?:an?|the|one of the|which|who|another|its|whose|now an?|once an?|formerly) ?([^,.;:()]{0,90})")
WORDS = re.compile(r"[\w’'-]+")
OPENS = frozenset("“\"‘(:•*–—-…>|[]’'")


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in the text; `whole` is the form that the canonical name was made from."""

    start: int
    end: int
    name: str
    segment: str | None
    roles: frozenset[str]


@dataclass(slots=True)
class Candidate:
    """A form that might be a company's name, with everything that speaks for or against it."""

    form: str
    places: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0
    roles: set[str] = field(default_factory=set)
    initial_only: bool = True
    person: bool = False
    place: bool = False


def find_names(text: str, sentences: Sequence[Sentence]) -> list[Name]:
    """All names of companies and other organisations in the text, in order and not overlapping."""
    words = company_words()
    starts = _sentence_starts(sentences)
    titled = [(s.start, s.end) for s in sentences if s.role == "headline" and _title_case(text[s.start : s.end])]
    known = find_registered(text)
    taken, candidates, people = _read_sequences(text, starts, titled, known, words)
    companies = _judge(candidates, people, words)
    names = list(taken)
    names += _find_forms(text, companies, people, taken)
    names.sort(key=lambda n: (n.start, -n.end))
    return list(_without_overlaps(names))


def find_registered(text: str) -> list[tuple[int, int, Entry]]:
    """Every form of the registry that stands in the text as words of its own."""
    known = registry()
    found = []
    for which, start, end in known.automaton.find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 1]
        if before and (before.isalnum() or before in "@/_#"):
            continue
        if after and (after.isalnum() or after in "_@"):
            continue
        if before == "." and text[start - 2 : start - 1].isalnum():
            continue
        if after == "." and text[end + 1 : end + 2].islower():
            continue
        found.append((start, end, known.entries[which]))
    return found


def _sentence_starts(sentences: Sequence[Sentence]) -> frozenset[int]:
    return frozenset(s.start for s in sentences)


def _title_case(line: str) -> bool:
    """Whether a headline gives most of its longer words a capital, so that capitals tell nothing."""
    long = [word for word in WORDS.findall(line)[1:] if len(word) > 3 and word.isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def _opens(text: str, start: int, starts: frozenset[int]) -> bool:
    """Whether a capital at `start` may be owed to the place: a sentence's first word, or the first after a mark that opens one."""
    while start > 0 and start not in starts:
        if text[start - 1] in OPENS:
            start -= 1
            if start in starts or text[start] in '“"‘:':
                return True
        elif text[start - 1] == " " and start > 1 and text[start - 2] in OPENS | frozenset(".!?"):
            if text[start - 2] in ".!?":
                return True
            start -= 1
        else:
            return text[start - 1] == "\n"
    return True


def _read_sequences(
    text: str, starts: frozenset[int], titled: list[tuple[int, int]], known: list[tuple[int, int, Entry]], words: CompanyWords
) -> tuple[list[Name], dict[str, Candidate], set[str]]:
    """Names of the registry that stand, candidates for further names, and full names of people."""
    taken: list[Name] = []
    candidates: dict[str, Candidate] = {}
    people: set[str] = set()
    doubtful: list[tuple[int, int, Entry, str]] = []
    firm: set[str] = set()
    at = 0
    for match in SEQUENCE.finditer(text):
        start, end = match.span()
        while at < len(known) and known[at][1] <= start:
            begin, finish, entry = known[at]
            taken.append(Name(begin, finish, entry.name, entry.segment, entry.roles))  # in lower case, or with signs that no sequence has
            at += 1
        inside = []
        while at < len(known) and known[at][0] < end:
            inside.append(known[at])
            at += 1
        in_title = any(a <= start < b for a, b in titled)
        opening = _opens(text, start, starts)
        if inside and inside[-1][1] > end:
            end = inside[-1][1]
        for begin, finish, entry, sure in _split(text, start, end, inside, opening, in_title, words, people):
            if entry is None:
                if not in_title:
                    _collect(text, begin, finish, opening and begin == start, candidates, people, words)
            elif sure:
                taken.append(Name(begin, finish, entry.name, entry.segment, entry.roles))
                firm.add(entry.name)
            else:
                doubtful.append((begin, finish, entry, text[finish : finish + 30]))
    for begin, finish, entry in known[at:]:
        taken.append(Name(begin, finish, entry.name, entry.segment, entry.roles))
    for begin, finish, entry, after in doubtful:
        if entry.name in firm or _company_follows(after, words):
            taken.append(Name(begin, finish, entry.name, entry.segment, entry.roles))
    return taken, candidates, people


def _company_follows(after: str, words: CompanyWords) -> bool:
    possessive = POSSESSIVE.match(after)
    following = WORD_AFTER.match(after, possessive.end() if possessive else 0)
    if not following:
        return False
    word = following[1].lower()
    return word in words.company_nouns if possessive else word in words.subject_verbs


def _split(
    text: str,
    start: int,
    end: int,
    inside: list[tuple[int, int, Entry]],
    opening: bool,
    in_title: bool,
    words: CompanyWords,
    people: set[str],
) -> Iterator[tuple[int, int, Entry | None, bool]]:
    """Cut a run of capitalised words into names of the registry and the rest; `sure` is false where an ordinary word may be meant."""
    at = start
    for begin, finish, entry in inside:
        before = text[at:begin].split()
        rest = text[finish:end].strip(" ")
        if before and before[-1] in words.first_names and entry.plain is not None and " " not in text[begin:finish]:
            people.add(f"{before[-1]} {text[begin:finish]}")
            at = finish
            continue
        if before and before[-1] not in ("&", "of") and not in_title:
            yield at, begin, None, False
        tail = rest.split(" ")[-1] if rest else ""
        longer = tail in words.tails and rest[:1].isupper() and not any(b >= finish for b, _, _ in inside if b > begin)
        if longer and not in_title and tail not in ("AI", "Cloud") and not (entry.roles & {"hyperscaler", "lab", "chipmaker"}):
            yield at if before and not opening else begin, end, None, False
            at = end
            continue
        sure = not entry.plain or not (opening and begin == start) or (end > finish and text[finish : finish + 1] == " " and False)
        if in_title and entry.plain:
            sure = False
        yield begin, finish, entry, sure
        at = finish
    if at < end and text[at:end].strip(" &"):
        gap = len(text[at:end]) - len(text[at:end].lstrip(" "))
        begin = at + gap
        if inside and not (text[begin : begin + 1].isupper()):
            return
        if inside and begin != start:
            # What follows a known name without a break is its product, not a second company.
            return
        yield begin, end, None, False


def _trim(form_words: list[str], opening: bool, words: CompanyWords) -> tuple[int, int]:
    """How many words to drop at the front and at the back of a run, because they belong to the sentence."""
    first, last = 0, len(form_words)
    while first < last:
        lower = form_words[first].lower().rstrip(".")
        drop = lower in words.openers or lower in words.titles or lower in words.calendar
        if not drop and first + 1 < last:
            drop = lower in words.nationalities or lower in words.descriptions or lower in words.things
        if not drop:
            break
        first += 1
        while first < last and not form_words[first][0].isupper() and form_words[first] in ("of", "for", "the", "&", "de", "la"):
            first += 1
    while last > first:
        lower = form_words[last - 1].lower().rstrip(".")
        if last - first > 1 and form_words[last - 1] in words.tails:
            break
        if (
            lower in words.things
            or lower in words.titles
            or lower in words.calendar
            or form_words[last - 1] in ("of", "for", "the", "&", "de", "la")
        ):
            last -= 1
        else:
            break
    return first, last


def _collect(
    text: str, start: int, end: int, opening: bool, candidates: dict[str, Candidate], people: set[str], words: CompanyWords
) -> None:
    """Add one place of a run of capitalised words to the candidates, with what stands around it."""
    for begin, finish, opened in _pieces(text, start, end, opening, words):
        form = text[begin:finish]
        legal = LEGAL.match(text, finish)
        parts = form.split(" ")
        bare = form
        score = 0.0
        roles: set[str] = set()
        if legal or (len(parts) > 1 and parts[-1] in words.suffixes and parts[-1] not in words.kept_suffixes):
            score += 6
            while len(parts) > 1 and parts[-1] in words.suffixes and parts[-1] not in words.kept_suffixes:
                parts = parts[:-1]
            bare = " ".join(parts)
        candidate = candidates.setdefault(bare, Candidate(bare))
        whole_end = legal.end() if legal else finish
        if bare != form and not legal:
            whole_end = finish
        candidate.places.append((begin, begin + len(bare)))
        if not opened:
            candidate.initial_only = False
        score += _before(text, begin, candidate, words, roles)
        score += _after(text, whole_end, candidate, words, roles)
        candidate.score += score
        candidate.roles |= roles
        if len(parts) in (2, 3) and parts[0] in words.first_names and parts[-1] not in words.tails and score < 6:
            candidate.person = True
        if candidate.person and len(parts) > 1:
            people.add(bare)


def _pieces(text: str, start: int, end: int, opening: bool, words: CompanyWords) -> Iterator[tuple[int, int, bool]]:
    """The names in a run: split at "of" and "for" where no bank or ministry goes before, and trimmed of words of the sentence."""
    parts = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^  ]+", text[start:end])]
    groups: list[list[tuple[int, int]]] = [[]]
    for i, (a, b) in enumerate(parts):
        word = text[a:b]
        if word in ("of", "for", "the") and groups[-1]:
            previous = " ".join(text[x:y] for x, y in groups[-1]).lower()
            head = (
                previous.split(" ")[-1] in words.heads_of
                or previous in words.heads_of
                or (word == "the" and groups[-1] and text[parts[i - 1][0] : parts[i - 1][1]] == "of")
            )
            if word == "for" and not head:
                groups.append([])
                continue
            if not head:
                groups.append([])
                continue
        groups[-1].append((a, b))
    for group in groups:
        if not group:
            continue
        first, last = _trim([text[a:b] for a, b in group], opening and group[0][0] == start, words)
        if first >= last:
            continue
        begin, finish = group[first][0], group[last - 1][1]
        yield begin, finish, opening and begin == start


def _before(text: str, begin: int, candidate: Candidate, words: CompanyWords, roles: set[str]) -> float:
    """What the words before a name say: a description ("chipmaker"), a preposition, a title."""
    left = text[max(0, begin - 60) : begin]
    found = WORDS_BEFORE.search(left)
    if not found or "\n" in left[found.start() :]:
        return 0.0
    word = found[1].lower().replace("’", "'")
    score = 0.0
    for size in range(words.longest_description, 0, -1):
        tail = " ".join(left.split()[-size:]).lower().replace("’", "'").strip('“"(')
        if tail in words.descriptions:
            roles |= words.descriptions[tail]
            return 4.0
    if word in words.titles and word not in ("general", "st"):
        candidate.person = candidate.person or word in words.titles
        return -4.0
    if word in words.object_verbs:
        score += 2
    elif word in ("from", "with", "by", "to"):
        score += 1.2
    elif word in ("of", "for", "between", "against", "than", "via", "through"):
        score += 0.7
    elif word in ("in", "near", "at", "outside", "across", "into", "around"):
        if re.search(
            r"(?:shares?|stakes?|invest\w*|holdings?|position|equity|money|stock|investors?|interest|investments?|bonds|confidence|%|per ?cent|\d+|million|billion|bn|m)\s+in\s*$",
            left,
        ):
            score += 3
        else:
            score -= 0.6
    elif word == "the":
        score -= 1.5
    elif word in words.person_verbs:
        score -= 1.0
    return score


def _after(text: str, finish: int, candidate: Candidate, words: CompanyWords, roles: set[str]) -> float:
    """What the words after a name say: shares, a verb that companies govern, an apposition, a ticker."""
    if TICKER.match(text, finish):
        return 6.0
    right = text[finish : finish + 30]
    if right[:1] == "-":
        link = right[1:].split(" ")[0].lower()
        return (
            3.0
            if link.startswith(("backed", "owned", "led", "run", "controlled", "funded", "style", "built", "designed"))
            else (-3.0 if link.startswith("based") else 0.0)
        )
    possessive = POSSESSIVE.match(right)
    if right[:2] in (", ", " ("):
        if re.match(
            r", (?:chief|CEO|an? (?:analyst|former|partner|professor|lawyer|banker|trader)|who\b|head\b|director|president|founder|analyst|managing|the (?:chief|chairman|head)|\d\d,|vice|its (?:chief|head|founder|chairman))",
            text[finish : finish + 40],
        ):
            candidate.person = True
            return -5.0
        found = APPOSITION.match(text, finish)
        if found:
            described = describe(found[1], words)
            if described is not None:
                roles |= described
                return 4.0
        return 0.0
    following = WORD_AFTER.match(right, possessive.end() if possessive else 0)
    if not following:
        return 0.3 if possessive else 0.0
    word = following[1].lower()
    if possessive:
        return 2.5 if word in words.company_nouns else 0.4
    if word == "who":
        candidate.person = True
        return -5.0
    if word in words.person_verbs and word not in ("called", "added", "asked", "adds"):
        return -0.5
    if word in words.subject_verbs:
        return 2.0
    if word in words.company_nouns:
        return 1.5
    return 0.0


def describe(phrase: str, words: CompanyWords) -> frozenset[str] | None:
    """The roles of the first description in an apposition ("cloud start-up in Leeds" is a `cloud`, a `start_up`), or nothing."""
    parts = WORDS.findall(phrase.lower())[:9]
    for last in range(len(parts)):
        for first in range(max(0, last - words.longest_description + 1), last + 1):
            noun = " ".join(parts[first : last + 1])
            roles = words.descriptions.get(noun)
            if roles is None and noun.endswith("s"):
                roles = words.descriptions.get(noun[:-1])
            if roles is not None and (last + 1 == len(parts) or " ".join(parts[first : last + 2]) not in words.descriptions):
                return roles
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """A form that stands for a company in this document."""

    form: str
    name: str
    roles: frozenset[str]


def _judge(candidates: dict[str, Candidate], people: set[str], words: CompanyWords) -> list[Known]:
    """Which candidates are companies, and which longer form each shorter one stands for."""
    surnames = {name.split(" ")[-1] for name in people}
    long: dict[str, frozenset[str]] = {}
    accepted: dict[str, Candidate] = {}
    for form, candidate in candidates.items():
        parts = form.split(" ")
        score = candidate.score
        tail = words.tails.get(parts[-1]) if len(parts) > 1 else None
        if tail:
            candidate.roles |= tail
            score += 4
        elif len(parts) == 1 and re.search(r"[a-z][A-Z]|[A-Za-z]\d|\.ai$|\.AI$", form):
            score += 1.5
        elif len(parts) == 1 and form.isupper() and 2 < len(form) < 6:
            score += 0.5
        if "&" in parts:
            score += 2.5
        if form in words.places or form.lower() in words.things or form.lower() in words.nationalities:
            continue
        if candidate.person and not tail and score < 8:
            continue
        if form in surnames and not (score >= 8):
            continue
        if len(parts) == 1 and candidate.initial_only and (form.lower() in words.ordinary or form in words.first_names):
            continue
        if len(parts) == 1 and form.lower() in words.ordinary and score < 4:
            continue
        if score >= 2:
            accepted[form] = candidate
            long[form] = frozenset(candidate.roles)
    known = []
    for form, candidate in candidates.items():
        target = _longest(form, accepted)
        if target is None:
            continue
        roles = frozenset(accepted[target].roles | candidate.roles)
        known.append(Known(form, _canonical(target, words), roles))
    return known


def _canonical(form: str, words: CompanyWords) -> str:
    parts = form.split(" ")
    while len(parts) > 1 and parts[-1].rstrip(".") in words.suffixes - words.kept_suffixes:
        parts = parts[:-1]
    return " ".join(parts).rstrip(",")


def _longest(form: str, accepted: dict[str, Candidate]) -> str | None:
    """The longest accepted form that begins with this one, else the form itself where it is accepted."""
    longer = [other for other in accepted if other.startswith(form + " ")]
    if longer:
        return max(longer, key=lambda other: (len(accepted[other].places), -len(other)))
    return form if form in accepted else None


def _find_forms(text: str, companies: list[Known], people: set[str], taken: list[Name]) -> list[Name]:
    """Every place of the document's own names, also where a headline writes all words with capitals."""
    found = []
    forms = {known.form: known for known in companies}
    if not forms:
        return []
    pattern = re.compile(r"(?<![\w@/.])(?:" + "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True)) + r")(?![\w@])")
    for match in pattern.finditer(text):
        known = forms[match[0]]
        found.append(Name(match.start(), match.end(), known.name, None, known.roles))
    return found


def _without_overlaps(names: list[Name]) -> Iterator[Name]:
    """Of names that overlap, the first and longest."""
    end = -1
    for name in names:
        if name.start >= end:
            yield name
            end = name.end
