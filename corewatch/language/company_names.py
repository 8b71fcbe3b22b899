"""Names of companies in a text: those of the registry, and those that the text itself gives away.

In: a text and its sentences. Out: `Name` spans in the order of the text, each with its canonical name, segment and roles.
This module cuts the runs of capitalised words into names and collects what stands around them; `company_judging` says which of the names
that the registry does not know are companies'.
"""

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from corewatch.language.article import Sentence
from corewatch.language.company_evidence import LEGAL, read_evidence
from corewatch.language.company_judging import ENOUGH, Candidate, Found, Known, Name, is_no_company, judge
from corewatch.lexicon.companies import CompanyWords, Entry, company_words, registry

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# A word of a name: "Acme", "eBay", "farNorth", "McKay", "8VC", "Vast.ai", "Peet's" before another name (but not the "'s" of a possessive),
# "Jean-Luc", "Sakura-no-Ki", "d'Aigle", "B."
_WORD = (
    rf"(?:(?<!Series )(?<!Class )(?<!Phase )[{_UPPER}]\.(?=[ A-Z])"
    rf"|(?:(?:[dlDL]['’])?[{_UPPER}]|[a-z]{{1,3}}(?=[A-Z])|\d{{1,3}}(?=[A-Z][a-z])|\d{{1,2}}(?=[A-Z]{{1,2}}\b))\w*"
    rf"(?:(?:[.+&](?=\w)|-(?=[{_UPPER}0-9]|[a-z]{{2,3}}-[{_UPPER}])|['’](?=[A-Z]|[a-rt-z]|s\w))\w+)*)"
)
_LINK = r"[ \u00a0](?:(?:&|of|of the|for|de|du|la|von|van|der|del|y|bin|al)[ \u00a0])?"
# A full stop may be glued to the next sentence ("the tenant.Acme won").
RUN = re.compile(rf"(?<![\w@/#$€£])(?<![^a-z]\.){_WORD}(?:{_LINK}{_WORD})*")
BRACKETED = re.compile(r"(?: \([^()]{0,40}\))?(?:, an? [^,()]{0,60},)? ?\(([^()]{2,60})\)")
# A family or an estate may buy, sell and lend like a company.
HOUSEHOLD = re.compile(r" (?:family|estate)\b")
QUOTED = re.compile(r"[“\"‘']([A-Z][^”\"’'“]{1,40})[”\"’']")
# Two names with nothing between them but this are told in one breath: what holds of the one holds of the other.
LISTED = re.compile(r"(?:, (?:and |or )?| and | or |; (?:and )?|/)(?:the )?")
# A sum and its unit are no name: "HK$", "CZK 410", "20MW".
SIGN = re.compile(r"[$€£¥₩₹]|[   ]\d")
MEASURE = re.compile(r"\d+(?:[GTMKBWHQDXVA]|[KMGT][WBVH]|AM|PM|[GTMK]?W[h]?|NM)$", re.I)
PART = re.compile(r"[^ \u00a0]+")
# What they make is often named with them ("Nvidia Spectrum"): a word after their name makes no other firm of it.
BRANDED = frozenset({"hyperscaler", "lab", "chipmaker", "neocloud", "server_maker", "software", "carmaker"})
STATE = re.compile(r" (?:government|state|treasury|army|navy|armed forces|air force|(?:defen[cs]e|energy|digital) ministry)(?![\w-])")
PAYS = re.compile(
    r" (?:(?:has|have|had|will|would|is to|plans to|intends to|agreed to) )?"
    r"(?:pledged?|committ?(?:ed)?|invest(?:ed)?|spend|spent|lend|lent|bought|buy|paid|pay|ordered)(?![\w-])"
)
SMALL_LINKS = frozenset({"of", "for", "the", "&", "de", "du", "la", "von", "van", "der", "del", "y", "bin", "al"})
OPENING_MARKS = frozenset('“"‘(:•*–—…>|[]-')


def find_names(text: str, sentences: Sequence[Sentence]) -> list[Name]:
    """All names of companies and other organisations in the text, in order and not overlapping."""
    words = company_words()
    found = _read_runs(text, sentences, words)
    names = found.names + _settle_doubtful(text, found, words)
    found.chains = list(_chains(text, found.places))
    known = judge(found, words)
    names += _places_of(text, known)
    names += _states(text, found.places, words)
    names.sort(key=lambda name: (name.start, -name.end))
    return list(_as_written(_without_overlaps(names), text, found, words))


def find_registered(text: str) -> list[tuple[int, int, Entry]]:
    """Every form of the registry that stands in the text as words of its own, and not in an address."""
    known = registry()
    found = []
    for which, start, end in known.automaton.find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 1]
        if (before and (before.isalnum() or before in "@/_#")) or (after and (after.isalnum() or after in "_@")):
            continue
        glued = text[start - 2 : start - 1].islower() and text[start].isupper() and after in (" ", "'", "’", ",")
        if (before == "." and text[start - 2 : start - 1].isalnum() and not glued) or (after == "." and text[end + 1 : end + 2].islower()):
            continue
        found.append((start, end, known.entries[which]))
    return found


def _read_runs(text: str, sentences: Sequence[Sentence], words: CompanyWords) -> Found:
    """Cut every run of capitalised words into names of the registry, candidates and people."""
    found = Found()
    starts = frozenset(sentence.start for sentence in sentences)
    titles = [s for s in sentences if s.role == "headline" and _in_title_case(text[s.start : s.end])]
    title, known, at = 0, find_registered(text), 0
    for start, end in _runs(text, starts):
        while title < len(titles) and titles[title].end <= start:
            title += 1
        in_title = title < len(titles) and titles[title].start <= start
        inside: list[tuple[int, int, Entry]] = []
        while at < len(known) and known[at][0] < end:
            (inside if known[at][1] > start else found.doubtful).append(known[at])
            at += 1
        if inside and inside[-1][1] > end:
            end = inside[-1][1]
        _cut_run(text, start, end, inside, _opens(text, start, starts), in_title, found, words)
    found.doubtful += known[at:]
    return found


def _chains(text: str, places: list[tuple[int, int, str]]) -> Iterator[list[str]]:
    """The names that a list tells in one breath: "from Acme, Brandle and the Wexcombe Fund"; a comma alone lists no two."""
    chain: list[str] = []
    last, joined = -1, False
    for start, end, form in sorted(places):
        if chain and not LISTED.fullmatch(text, last, start):
            if len(chain) > 2 or joined:
                yield chain
            chain, joined = [], False
        joined |= bool(chain) and text[last:start] != ", "
        chain.append(form)
        last = end
    if len(chain) > 2 or joined:
        yield chain


def _runs(text: str, starts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The runs of capitalised words, cut where a sentence begins inside one ("Series B. Acme")."""
    for match in RUN.finditer(text):
        start, end = match.span()
        if ". " in match[0]:
            for at in range(start + 1, end):
                if at in starts:
                    yield start, at - 1
                    start = at
        yield start, end


def _in_title_case(line: str) -> bool:
    """Whether a headline gives most of its longer words a capital, so that capitals tell nothing."""
    long = [word for word in line.split()[1:] if len(word) > 3 and word.isalpha()]
    return sum(word[0].isupper() for word in long) > 0.6 * len(long) if long else len(line.split()) <= 3


def _opens(text: str, start: int, starts: frozenset[int]) -> bool:
    """Whether the capital at `start` may be owed to its place: a sentence's first word, or the first after a mark that opens one."""
    while start > 0 and start not in starts:
        mark = text[start - 1]
        if mark == " ":
            start -= 1
        elif mark in OPENING_MARKS:
            if mark in '“"‘:•*':
                return True
            start -= 1
        else:
            return mark in "\n.!?"
    return True


def _cut_run(
    text: str,
    start: int,
    end: int,
    inside: list[tuple[int, int, Entry]],
    opens: bool,
    in_title: bool,
    found: Found,
    words: CompanyWords,
) -> None:
    """Names of the registry in one run of capitalised words, and what is left of it."""
    at = start
    for number, (begin, finish, entry) in enumerate(inside):
        if begin < at:
            continue
        before = [word for word in text[at:begin].split() if word not in SMALL_LINKS]
        single = " " not in text[begin:finish]
        if before and not in_title and single and _is_surname(before, text[begin:finish], words):
            found.people.add(f"{before[-1]} {text[begin:finish]}")
            at = finish
            continue
        limit = inside[number + 1][0] if number + 1 < len(inside) else end
        whole = None if in_title else _widen(text, (at, begin, finish, limit), entry, opens and at == start, words)
        if whole is not None:
            if whole[0] > at:
                _collect(text, at, whole[0], opens and at == start, found, words)
            _collect(text, *whole, opens and whole[0] == start, found, words)
            at = whole[1]
            continue
        if before and not in_title:
            _collect(text, at, begin, opens and at == start, found, words)
        if entry.plain and (in_title or (before and before[-1].lower() not in words.openers) or (opens and begin == start)):
            found.doubtful.append((begin, finish, entry))
        else:
            _take(text, begin, finish, entry, found)
        at = finish
    if at == start:
        if in_title:
            found.titles.add(text[start:end])
        else:
            _collect(text, start, end, opens, found, words)


def _widen(text: str, bounds: tuple[int, int, int, int], entry: Entry, opens: bool, words: CompanyWords) -> tuple[int, int] | None:
    """The longer name that a known one is part of, where it is another firm's: "Lumen Vale", "Blackpool Stack", "Delta Credit Union".

    `bounds` are where the words before the known name begin, the name itself, and where the words after it end. The longer name must
    end like a firm's, be joined by "&", or be treated as a company where it stands.
    """
    at, begin, finish, limit = bounds
    branded = bool(entry.roles & BRANDED)
    first, last, joined = begin, finish, False
    for match in reversed(list(PART.finditer(text, at, begin))):
        if match[0] == "&":
            joined = True
        elif (branded and not joined) or not _is_part_of_name(match[0], opens and match.start() == at, words):
            break
        else:
            first = match.start()
    for match in PART.finditer(text, finish, limit):
        if match[0] == "&":
            joined = True
        elif match[0] in SMALL_LINKS or not _is_part_of_name(match[0], False, words):
            break
        else:
            last = match.end()
    if (first, last) == (begin, finish):
        return None
    parts = text[first:last].split(" ")
    ends_so = parts[-1] in words.tails or parts[-1] in words.kept_suffixes
    if joined or (ends_so and not (last > finish and _is_part(entry, text[finish:last].strip()))):
        return first, last
    if branded and last > finish:
        return None
    evidence = read_evidence(text, first, last, len(parts), words)
    return (first, last) if evidence.company - evidence.person >= ENOUGH else None


def _is_part_of_name(word: str, opens: bool, words: CompanyWords) -> bool:
    """Whether a capitalised word beside a known name may belong to a longer one: no place, post, product or word of the sentence."""
    lower = word.lower()
    if any(
        lower in group for group in (words.openers, words.titles, words.nationalities, words.calendar, words.things, words.descriptions)
    ):
        return False
    if word.endswith("-"):  # "UPDATE 2-Acme"
        return False
    if word in words.tails or word in words.kept_suffixes:
        return True
    return word not in words.places and word not in words.first_names and not (opens and lower in words.ordinary)


def _is_surname(before: list[str], word: str, words: CompanyWords) -> bool:
    first = before[-1]
    if first in words.first_names:
        return True
    return word in words.surnames and first.isalpha() and first.lower() not in words.openers | words.ordinary | words.nationalities


def _is_part(entry: Entry, rest: str) -> bool:
    """Whether what follows a known name is a part or product of that company ("Google Research", "Nvidia AI"), not another firm."""
    tail = company_words().tails.get(rest.split(" ")[-1], frozenset())
    return bool(entry.roles & {"hyperscaler", "lab", "chipmaker", "neocloud"} or entry.roles & tail) or rest in ("AI", "Cloud", "Data")


def _take(text: str, begin: int, finish: int, entry: Entry, found: Found) -> None:
    found.names.append(Name(begin, finish, entry.name, entry.segment, entry.roles))
    found.places.append((begin, finish, text[begin:finish]))
    found.forms.setdefault(entry.name, set()).add(text[begin:finish])


def _settle_doubtful(text: str, found: Found, words: CompanyWords) -> list[Name]:
    """Ordinary words at the head of a sentence are names where the text has the name elsewhere too, or a company's verb follows."""
    sure = {name.name for name in found.names}
    names = []
    for begin, finish, entry in found.doubtful:
        evidence = read_evidence(text, begin, finish, 1, words)
        following = re.match(r",|['’]s | \w+ed\b| in [A-Z]| (?:and|or) [A-Z]| has | is to ", text[finish : finish + 20])
        if entry.name in sure or not entry.plain or evidence.company >= ENOUGH or following:
            names.append(Name(begin, finish, entry.name, entry.segment, entry.roles))
            found.forms.setdefault(entry.name, set()).add(text[begin:finish])
    return names


def _collect(text: str, start: int, end: int, opens: bool, found: Found, words: CompanyWords) -> None:
    """Add the names in a run of capitalised words to the candidates, with what stands around them."""
    for begin, finish, opened in _pieces(text, start, end, opens, words):
        parts = text[begin:finish].split(" ")
        legal = LEGAL.match(text, finish)
        while len(parts) > 1 and parts[-1] in words.dropped_suffixes and parts[-2] != "&":
            finish -= len(parts.pop()) + 1
            legal = legal or LEGAL.match(text, finish)
        household = HOUSEHOLD.match(text, finish) if len(parts) == 1 else None
        if household:
            finish = household.end()
        form = text[begin:finish]
        if len(form) < 2 or MEASURE.match(form) or (SIGN.match(text, finish) and (form in words.currencies or text[finish] != " ")):
            continue
        whole_end = legal.end() if legal else finish
        found.places.append((begin, whole_end, form))
        if is_no_company(form, words):
            continue
        candidate = found.candidates.setdefault(form, Candidate(form))
        evidence = read_evidence(text, begin, whole_end, len(parts), words)
        if household:
            evidence.company += 3
        candidate.places += 1
        candidate.legal |= legal is not None
        candidate.opens_only &= opened
        candidate.company += evidence.company
        candidate.person += evidence.person
        candidate.roles |= evidence.roles
        candidate.employers += evidence.employer
        first = parts[0].capitalize() if parts[0].isupper() and len(parts[0]) > 2 else parts[0]
        if len(parts) in (2, 3) and first in words.first_names and "&" not in parts and parts[-1] not in words.tails:
            candidate.person += 3
        _read_bracket(text, whole_end, form, found)


def _read_bracket(text: str, end: int, form: str, found: Found) -> None:
    """A shorter form in brackets: `Harbour Lane Compute Holdings (“Harbour Lane”)`, `Northern Grid Authority (NGA)`."""
    if text[end : end + 2] != " (":
        return
    bracket = BRACKETED.match(text, end)
    if bracket is None:
        return
    quoted = QUOTED.search(bracket[1])
    short = quoted[1] if quoted else bracket[1] if re.fullmatch(r"[A-Z][A-Za-z&]{1,7}", bracket[1]) else None
    if short and short != form:
        found.shorts.setdefault(short, set()).add(form)


def _pieces(text: str, start: int, end: int, opens: bool, words: CompanyWords) -> Iterator[tuple[int, int, bool]]:
    """The names in a run: split at "of" and "for" where no bank or ministry goes before, and trimmed of words of the sentence."""
    if " " not in text[start:end] and "-" not in text[start:end] and "\u00a0" not in text[start:end]:
        if _trim([text[start:end]], opens, words) == (0, 1):
            yield start, end, opens
        return
    spans = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^ \u00a0]+", text[start:end])]
    group: list[tuple[int, int]] = []
    groups = [group]
    for a, b in spans:
        word = text[a:b]
        if word in ("of", "for") and group:
            head = text[group[-1][0] : group[-1][1]].lower()
            if head not in words.heads_of:
                group = []
                groups.append(group)
                continue
        if word.split("-")[0].lower() in words.openers and "-" in word:
            # "UPDATE 2-Acme", "EXPLAINER-Why": an agency's label, glued to the headline.
            a += word.index("-") + 1
        group.append((a, b))
    for group in groups:
        first, last = _trim([text[a:b] for a, b in group], opens and bool(group) and group[0][0] == start, words)
        if first < last:
            yield group[first][0], group[last - 1][1], opens and group[first][0] == start


def _trim(parts: list[str], opens: bool, words: CompanyWords) -> tuple[int, int]:
    """The first and last word (half-open) that belong to the name: no "On", no "Chief Executive" before it, no "GPUs" after it."""
    first, last = 0, len(parts)
    while first < last:
        lower = parts[first].lower().rstrip(".")
        drop = (lower in words.openers and (opens or first or lower in words.titles or lower == "the")) or lower in words.titles
        drop = drop or lower in words.calendar or parts[first] in SMALL_LINKS
        if not drop and first + 1 < last:
            # "Indian Bank" is more than a bank that is Indian.
            bank = first + 2 == last and bool(words.tails.get(parts[first + 1], frozenset()) & {"bank", "government"})
            drop = (lower in words.nationalities and not bank) or (opens and (lower in words.descriptions or lower in words.things))
        if not drop:
            break
        first += 1
    while last > first:
        lower = parts[last - 1].lower().rstrip(".")
        if last - first > 1 and parts[last - 1] in words.tails:
            break
        if not (lower in words.things or lower in words.titles or lower in words.calendar or parts[last - 1] in SMALL_LINKS):
            break
        last -= 1
    return first, last


def _places_of(text: str, known: list[Known]) -> list[Name]:
    """Every place of the document's own names, also in headlines and in capitals throughout."""
    forms = {entry.form: entry for entry in known}
    for entry in known:
        if len(entry.form) > 3:
            forms.setdefault(entry.form.upper(), entry)
    if not forms:
        return []
    written = sorted(forms)
    found = []
    for which, start, end in AhoCorasick(written, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        if not (text[start - 1 : start].isalnum() or text[start - 1 : start] in ("@", "/", "_") or text[end : end + 1].isalnum()):
            known_form = forms[written[which]]
            found.append(Name(start, end, known_form.name, None, known_form.roles))
    return found


def _states(text: str, places: list[tuple[int, int, str]], words: CompanyWords) -> Iterator[Name]:
    """A state, its government or its army ("the Dutch state"), and a country that pays ("Kazakhstan has pledged"); named as in the text."""
    for start, end, form in places:
        country = form in words.places
        if not country and form.lower() not in words.nationalities:
            continue
        body = STATE.match(text, end)
        if body is not None and (body[0] == " government" if country else form.lower() not in words.regions):
            yield Name(start, body.end(), text[start : body.end()], None, frozenset({"government"}))
        elif country and PAYS.match(text, end):
            before = text[max(0, start - 20) : start].lower().split()
            if not (before and before[-1] in words.prepositions):
                yield Name(start, end, form, None, frozenset({"government"}))


def _as_written(names: Iterator[Name], text: str, found: Found, words: CompanyWords) -> Iterator[Name]:
    """Names on whose one form nobody has settled take the document's longest; the others stay as the registry has them."""
    known = registry()
    for name in names:
        entry = known.by_form.get(text[name.start : name.end])
        if entry is not None and entry.as_written and name.segment is None:
            forms = found.forms.get(name.name, ())
            mixed = sorted(form for form in forms if not form.isupper()) or [text[name.start : name.end]]
            parts = max(mixed, key=len).split(" ")
            while len(parts) > 1 and parts[-1].rstrip(".") in words.dropped_suffixes:
                parts.pop()
            yield Name(name.start, name.end, " ".join(parts), None, name.roles)
        else:
            yield name


def _without_overlaps(names: list[Name]) -> Iterator[Name]:
    """Of names that overlap, the first and longest."""
    end = -1
    for name in names:
        if name.start >= end:
            yield name
            end = name.end
