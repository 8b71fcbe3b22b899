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
from corewatch.language.company_judging import ENOUGH, Candidate, Found, Known, Name, judge
from corewatch.lexicon.companies import CompanyWords, Entry, company_words, registry

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŽČŠĐİŌŪ"
# A word of a name: "Acme", "eBay", "McKay", "Vast.ai", "Peet's" before another name (but not the "'s" of a possessive), "Jean-Luc", "B."
_WORD = (
    rf"(?:(?<!Series )(?<!Class )(?<!Phase )[{_UPPER}]\.(?=[ A-Z])|(?:[{_UPPER}]|[a-z]{{1,2}}(?=[A-Z])|\d{{1,3}}(?=[A-Z][a-z]))\w*"
    rf"(?:(?:[.+&](?=\w)|-(?=[A-Z0-9])|['’](?=[A-Z]|[a-rt-z]|s\w))\w+)*)"
)
_LINK = r"[ \u00a0](?:(?:&|of|of the|for|de|du|la|von|van|der|del|y|bin|al)[ \u00a0])?"
RUN = re.compile(rf"(?<![\w@/#$€£.]){_WORD}(?:{_LINK}{_WORD})*")
BRACKETED = re.compile(r"(?: \([^()]{0,40}\))?(?:, an? [^,()]{0,60},)? ?\(([^()]{2,60})\)")
# A family or an estate may buy, sell and lend like a company.
HOUSEHOLD = re.compile(r" (?:family|estate)\b")
QUOTED = re.compile(r"[“\"‘']([A-Z][^”\"’'“]{1,40})[”\"’']")
SMALL_LINKS = frozenset({"of", "for", "the", "&", "de", "du", "la", "von", "van", "der", "del", "y", "bin", "al"})
OPENING_MARKS = frozenset('“"‘(:•*–—…>|[]-')


def find_names(text: str, sentences: Sequence[Sentence]) -> list[Name]:
    """All names of companies and other organisations in the text, in order and not overlapping."""
    words = company_words()
    found = _read_runs(text, sentences, words)
    names = found.names + _settle_doubtful(text, found, words)
    known = judge(found, words)
    names += _places_of(text, known)
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
        if (before == "." and text[start - 2 : start - 1].isalnum()) or (after == "." and text[end + 1 : end + 2].islower()):
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
        rest = text[finish : inside[number + 1][0] if number + 1 < len(inside) else end].strip()
        tail = rest.split(" ")[-1]
        if rest and not in_title and tail in words.tails and rest[0].isupper() and not _is_part(entry, rest):
            # "Lumen Securities", "Delta Credit Union": a firm of its own that begins like a known one.
            _collect(text, begin, finish + text[finish:end].index(rest) + len(rest), opens and begin == start, found, words)
            at = finish + text[finish:end].index(rest) + len(rest)
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
        while len(parts) > 1 and parts[-1] in words.suffixes - words.kept_suffixes:
            finish -= len(parts.pop()) + 1
            legal = legal or LEGAL.match(text, finish)
        household = HOUSEHOLD.match(text, finish) if len(parts) == 1 else None
        if household:
            finish = household.end()
        form = text[begin:finish]
        if len(form) < 2:
            continue
        candidate = found.candidates.setdefault(form, Candidate(form))
        whole_end = legal.end() if legal else finish
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
        if len(parts) in (2, 3) and parts[0] in words.first_names and "&" not in parts and parts[-1] not in words.tails:
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
            drop = lower in words.nationalities or (opens and (lower in words.descriptions or lower in words.things))
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


def _as_written(names: Iterator[Name], text: str, found: Found, words: CompanyWords) -> Iterator[Name]:
    """Names on whose one form nobody has settled take the document's longest; the others stay as the registry has them."""
    known = registry()
    for name in names:
        entry = known.by_form.get(text[name.start : name.end])
        if entry is not None and entry.as_written and name.segment is None:
            forms = [form for form in found.forms.get(name.name, ()) if not form.isupper()] or [text[name.start : name.end]]
            parts = max(sorted(forms), key=len).split(" ")
            while len(parts) > 1 and parts[-1].rstrip(".") in words.suffixes - words.kept_suffixes:
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
