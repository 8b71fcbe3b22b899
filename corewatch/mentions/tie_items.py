"""A sentence as the grammar of ties sees it: parties, tie words, money, percentages, other words and marks.

In: an article and one of its sentences. Out: `Item`s in order. Companies that stand in one list are one item ("Oracle, Akamai and the
Commonwealth of Virginia"), also where the list names a party that nobody knows; quotation marks are left out.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from corewatch.language.article import Article, Company, Figure, Person, Sentence, Token
from corewatch.lexicon.companies import company_words
from corewatch.lexicon.ties import NounSense, VerbSense, tie_words

Span = TypeVar("Span", Token, Company, Person, Figure)
Kind = Literal["party", "word", "mark", "money", "percent"]
# Organisations that are no parties of a tie: those that a text names as sources or scenery.
SCENERY = frozenset({"outlet", "research", "exchange", "agency", "association", "project", "law_firm"})
PERSON = frozenset({"person"})
UNKNOWN = frozenset({"unknown"})
PRONOUNS = frozenset({"it", "we", "they", "us"})
REFLEXIVES = frozenset({"itself", "themselves", "ourselves"})
OWN = frozenset({"its", "our", "their"})
_POSSESSIVE = ("'s", "’s", "'", "’")
_QUOTES = frozenset('"“”„«»*_`')
_DASHES = frozenset("-–—")
_NOBODY: tuple[Company, ...] = ()


@dataclass(slots=True)
class Item:
    """One element of a sentence. A party without companies is one that the text leaves to the reader ("our", "the start-up")."""

    kind: Kind
    lower: str
    start: int
    end: int
    text: str = ""
    companies: tuple[Company, ...] = _NOBODY
    possessive: bool = False
    capital: bool = False
    noun: NounSense | None = None
    bond: NounSense | None = None
    verbs: Sequence[VerbSense] = ()

    @property
    def is_party(self) -> bool:
        """Whether this is a company, a person, or a word that stands for one."""
        return self.kind == "party"

    @property
    def plain(self) -> bool:
        """Whether this is a word that may stand before a noun as its adjective."""
        return self.kind in ("word", "percent") and self.lower not in _LIMITS and self.lower not in _PREPOSITIONS


_WORDS = tie_words()
_OTHERS = frozenset({"others", "more"})
_SUFFIXES = company_words().suffixes
_LIMITS = _WORDS.classes["grammar.limits"]
_PREPOSITIONS = _WORDS.classes["grammar.prepositions"]
_JOINERS = _WORDS.classes["grammar.joiners"]
_DETERMINERS = _WORDS.classes["grammar.determiners"]
_ADVERBS = _WORDS.classes["grammar.adverbs"]
_GENERIC = _WORDS.classes["grammar.generic"]
# Tokens of a sentence that are read: a longer one is a list or table without full stops.
LONGEST = 300


def read_items(article: Article, sentence: Sentence, surnames: Mapping[str, Person]) -> list[Item]:
    """The sentence's items, lists joined; none where it names no party or has no word of a tie. `surnames` may stand for people."""
    tokens = _inside(article.tokens, sentence)[:LONGEST]
    if not any(token.lower in _WORDS.triggers or token.lower.rpartition("-")[2] in _WORDS.verbs for token in tokens):
        return []
    spans = _spans(article, sentence)
    if not any(isinstance(span, Company) for span in spans):
        return []
    return join_lists(list(_items(article.text, tokens, spans, surnames)))


def _inside(spans: Sequence[Span], sentence: Sentence) -> Sequence[Span]:
    low = bisect_left(spans, sentence.start, key=lambda span: span.start)
    return spans[low : bisect_left(spans, sentence.end, lo=low, key=lambda span: span.start)]


def _spans(article: Article, sentence: Sentence) -> list[Company | Person | Figure]:
    """Parties, amounts and percentages without overlaps: a company wins over a person, both over a figure."""
    companies = _inside(article.companies, sentence)
    kept: list[Company | Person | Figure] = [
        company
        for at, company in enumerate(companies)
        if not (company.roles and company.roles <= SCENERY)
        and company.text.lower() not in REFLEXIVES
        and not _describes(article, companies, at)
    ]
    figures = [figure for figure in _inside(article.figures, sentence) if figure.kind in ("money", "percent")]
    extras: list[Person | Figure] = [*_inside(article.people, sentence), *figures]
    for extra in extras:
        if not any(extra.start < other.end and other.start < extra.end for other in kept):
            kept.append(extra)
    return sorted(kept, key=lambda span: span.start)


def _describes(article: Article, companies: Sequence[Company], at: int) -> bool:
    """Whether a stand-in is better read as words: the tie itself ("the largest customer"), or an apposition ("X, the start-up,")."""
    company = companies[at]
    if company.by_name:
        return False
    if any(word in _WORDS.nouns for word in company.text.lower().split()):
        return True
    before, after = companies[at - 1] if at else None, companies[at + 1] if at + 1 < len(companies) else None
    if before and before.name == company.name and article.text[before.end : company.start] == ", ":
        return True
    return bool(after and after.by_name and article.text[company.end : after.start] == " ")


def _items(
    text: str, tokens: Sequence[Token], spans: Sequence[Company | Person | Figure], surnames: Mapping[str, Person]
) -> Iterator[Item]:
    i = at = 0
    while i < len(tokens):
        token = tokens[i]
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        if at < len(spans) and spans[at].start < token.end:
            span, end = spans[at], spans[at].end
            tail = ""
            while i < len(tokens) and tokens[i].start < end:
                tail = text[end : tokens[i].end] if tokens[i].end > end else ""
                i += 1
            if not tail and i < len(tokens) and tokens[i].start == end and tokens[i].lower in _POSSESSIVE:
                tail = tokens[i].lower
                i += 1
            if isinstance(span, Company) and span.by_name and not tail:
                i, tail = _past_suffix(tokens, i)
            yield _typed(span, tail)
            if tail and not tail.startswith(_POSSESSIVE):
                yield Item("word", tail.lower(), end, end + len(tail))
            continue
        person = surnames.get(token.text.removesuffix("'s").removesuffix("’s"))
        if person is not None:
            yield _typed(replace(person, start=token.start, end=token.end), "'s" if token.lower.endswith("'s") else "")
            i += 1
            continue
        width, item = _word(tokens, i, spans[at].start if at < len(spans) else tokens[-1].end)
        if item is not None:
            yield item
        i += width


def _past_suffix(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    """The place after a company's legal form ("Corp.", ", Inc.") or its full stop, and the possessive that it ends with."""
    if i + 1 < len(tokens) and tokens[i].lower == "." and tokens[i].start == tokens[i - 1].end:
        return i + 1, ""
    at = i + 1 if i < len(tokens) and tokens[i].lower == "," else i
    word = tokens[at].text.removesuffix("’s").removesuffix("'s") if at < len(tokens) else ""
    if word.rstrip(".") not in _SUFFIXES:
        return i, ""
    tail = tokens[at].text[len(word) :]
    at += 1
    if at + 1 < len(tokens) and tokens[at].lower == "." and tokens[at].start == tokens[at - 1].end:
        at += 1
    if i + 1 <= at < len(tokens) and tokens[at].lower == "," and tokens[i].lower == ",":
        at += 1  # the comma that closes ", Inc.,"
    return at, tail


def surnames_of(article: Article) -> dict[str, Person]:
    """The people of an article by the last word of their name."""
    return {person.name.split()[-1]: person for person in article.people if " " in person.name}


def _typed(span: Company | Person | Figure, tail: str) -> Item:
    possessive = tail.startswith(_POSSESSIVE)
    if isinstance(span, Figure):
        return Item("money" if span.kind == "money" else "percent", "", span.start, span.end)
    if isinstance(span, Person):
        companies = (Company(span.start, span.end, span.text, span.name, roles=PERSON),)
        return Item("party", "", span.start, span.end, span.text, companies, possessive)
    return Item("party", span.text.lower(), span.start, span.end, span.text, (span,), possessive or span.text.lower() in OWN)


def _word(tokens: Sequence[Token], i: int, limit: int) -> tuple[int, Item | None]:
    """The longest phrase of the lexicon that starts here, in tokens, or the token itself."""
    token = tokens[i]
    if token.lower in _QUOTES:
        return 1, None
    for phrase in _WORDS.longer.get(token.lower, ()):
        width = phrase.count(" ") + 1
        if i + width <= len(tokens) and tokens[i + width - 1].end <= limit and " ".join(t.lower for t in tokens[i : i + width]) == phrase:
            return width, _sensed(phrase, token.start, tokens[i + width - 1].end, "")
    lower = token.lower
    if lower in OWN:
        return 1, Item("party", lower, token.start, token.end, possessive=True)
    bare = lower.removesuffix("'s")
    if (lower == "we" and i == 0) or (bare in _GENERIC and i and tokens[i - 1].lower == "the"):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        kind: Kind = "party" if not following[:1].isupper() else "word"
        return 1, Item(kind, lower, token.start, token.end, possessive=bare != lower)
    if not any(letter.isalnum() for letter in lower):
        return 1, Item("mark", "-" if lower in _DASHES else lower, token.start, token.end)
    return 1, _sensed(lower, token.start, token.end, token.text)


def _sensed(lower: str, start: int, end: int, text: str) -> Item:
    capital = text[:1].isupper()
    sense = _WORDS.senses.get(lower)
    if sense is not None:
        return Item("word", lower, start, end, text, capital=capital, noun=sense[0], bond=sense[1], verbs=sense[2])
    noun = _WORDS.nouns.get(lower[:-2]) if lower.endswith("'s") else None
    return Item("word", lower, start, end, text, possessive=noun is not None, capital=capital, noun=noun)


# Lists


def join_lists(items: Sequence[Item]) -> list[Item]:
    """The items with every list of parties as one."""
    joined: list[Item] = []
    i = 0
    while i < len(items):
        item, end = items[i], i + 1
        if item.is_party and item.companies and item.lower not in PRONOUNS:
            companies, end, possessive = _list_at(items, i) if not item.possessive or _owns_product(items, i) else _owners_at(items, i)
            item = replace(item, companies=companies, end=items[end - 1].end, possessive=possessive)
        joined.append(item)
        i = end
    return joined


def _owners_at(items: Sequence[Item], at: int) -> tuple[tuple[Company, ...], int, bool]:
    """Several owners of the same ("Oracle's and Equinix's halls"), as `_list_at` gives a list."""
    companies, end = items[at].companies, at + 1
    while end + 1 < len(items) and items[end].lower in ("and", ",", "or") and items[end + 1].possessive and items[end + 1].companies:
        if items[end + 1].lower in OWN:
            break
        companies += items[end + 1].companies
        end += 2
    return companies, end, True


def _owns_product(items: Sequence[Item], at: int) -> bool:
    """Whether a possessive is followed by a product's name ("Amazon's Redshift"), so that the two are one party."""
    return bool(items[at].companies[0].by_name) and at + 1 < len(items) and items[at + 1].capital and items[at + 1].noun is None


def _list_at(items: Sequence[Item], at: int) -> tuple[tuple[Company, ...], int, bool]:
    """The members of the list that starts with the party at `at`, where it ends, and whether its last member is a possessive."""
    first = items[at]
    members, end = [first.companies], _past_product(items, at)
    lead = items[at - 1].lower if at and items[at - 1].lower in _PREPOSITIONS else ""
    step, concluded, bare, possessive = end, False, True, first.possessive
    while not concluded:
        tail = _past_tail(items, step)
        apposed = _past_apposition(items, tail)
        after, conjunction, comma = _separator(items, apposed)
        if after is None:
            break
        member = _member(items, after, lead, conjunction)
        if member is None:
            break
        place, companies = member
        if companies is None:
            # "and a hedge fund": the list ends with somebody who has no name.
            concluded = True
            break
        if conjunction and comma and len(members) == 1 and apposed == tail and tail == step:
            break  # "bought X, and Y paid": two clauses
        members.append(companies)
        bare = bare and place == after + 1 and not conjunction
        step, concluded = place, conjunction
        possessive = items[place - 1].possessive
        if concluded:
            further = _separator(items, _past_tail(items, step))
            concluded = further[0] is None or not further[1] or _member(items, further[0], lead, True) is None
    if len(members) == 1 or not (concluded or (bare and len(members) > 2)) or (possessive and len(members) == 1):
        return first.companies, end, first.possessive
    return tuple(company for companies in members for company in companies), step, possessive


def _past_product(items: Sequence[Item], at: int) -> int:
    """The place after a party and the product that it owns ("Nvidia's Thor")."""
    end = at + 1
    if items[at].possessive:
        while end < len(items) and end - at < 4 and items[end].capital and items[end].noun is None:
            end += 1
    return end


def _past_tail(items: Sequence[Item], at: int) -> int:
    """The place after what may follow a name in a list: "(11 per cent)", "of Zurich", "in Frankfurt"."""
    if at < len(items) and items[at].lower == "(":
        shut = next((k for k in range(at + 1, min(at + 9, len(items))) if items[k].lower == ")"), None)
        if shut is not None and not any(item.is_party for item in items[at:shut]):
            at = shut + 1
    step = at + 1 if at < len(items) and items[at].lower == "," else at
    if step + 1 < len(items) and items[step].lower in ("of", "in", "from") and items[step + 1].capital:
        step += 2
        while step < len(items) and items[step].capital:
            step += 1
        if items[at].lower != "," or (step < len(items) and items[step].lower == ","):
            return step
    return at


def _past_apposition(items: Sequence[Item], at: int) -> int:
    """The place of the comma that closes ", the sovereign wealth fund," where the list goes on after it; else the place itself."""
    if at + 1 >= len(items) or items[at].lower != "," or items[at + 1].lower not in _DETERMINERS:
        return at
    for step in range(at + 2, min(at + 12, len(items) - 1)):
        item = items[step]
        if item.lower == ",":
            return step if items[step + 1].lower in _JOINERS else at
        if (
            item.is_party
            or any(verb.form != "present" for verb in item.verbs)
            or (not item.plain and item.lower not in _DETERMINERS and item.lower not in ("of", "in", "and"))
        ):
            return at
    return at


def _separator(items: Sequence[Item], at: int) -> tuple[int | None, bool, bool]:
    """The place after a comma or conjunction, whether there is a conjunction, and whether a comma."""
    step = at
    comma = step < len(items) and items[step].lower == ","
    step += comma
    conjunction = step < len(items) and items[step].lower in _JOINERS
    step += conjunction
    if not comma and not conjunction:
        return None, False, False
    if conjunction and step < len(items) and items[step].lower == ",":
        shut = next((k for k in range(step + 1, min(step + 5, len(items))) if items[k].lower == ","), None)
        if shut is not None and all(item.kind == "word" for item in items[step + 1 : shut]):
            step = shut + 1  # "and, since spring, X"
    return step, conjunction, comma


def _member(items: Sequence[Item], at: int, lead: str, conjunction: bool) -> tuple[int, tuple[Company, ...] | None] | None:
    """The list member that starts at `at`: the place after it and its companies, none where it has no name; null where there is none."""
    step = at
    while step < len(items) and items[step].lower in _ADVERBS:
        step += 1
    if step < len(items) and lead and items[step].lower == lead:
        step += 1
    opened = step
    described = False
    while step < len(items) and step - opened < 6 and not items[step].is_party:
        item = items[step]
        if item.capital and item.lower not in _DETERMINERS and item.noun is None:
            break
        if item.noun is not None or not item.plain or (item.verbs and item.lower not in _DETERMINERS):
            return (step, None) if conjunction and described else None
        if step == opened and item.lower not in _DETERMINERS and not item.capital:
            return (step + 1, None) if conjunction and item.lower in _OTHERS else None
        described = True
        step += 1
    if step >= len(items):
        return (step, None) if conjunction and described else None
    item = items[step]
    if item.is_party and item.companies:
        if item.lower in PRONOUNS:
            return None  # "rents from X and it also"
        if item.possessive and not _owns_product(items, step):
            return None
        if item.companies[0].roles & PERSON and not conjunction and described:
            return None
        if step + 1 < len(items) and items[step + 1].lower.startswith("-") and items[step + 1].kind == "word":
            return None  # "X-backed"
        return _past_product(items, step), item.companies
    if item.capital:
        unknown = _unknown(items, step)
        return unknown if unknown is not None or not (conjunction and described) else (step, None)
    return (step, None) if conjunction and described else None


def _unknown(items: Sequence[Item], at: int) -> tuple[int, tuple[Company, ...]] | None:
    """A name that nobody knows, in a list of parties: "the Commonwealth of Virginia"; no adjective, place or part of a name."""
    end = at
    while end < len(items) and (
        items[end].capital
        or (end > at and items[end].lower.isdigit())
        or (items[end].lower in ("of", "&") and end + 1 < len(items) and items[end + 1].capital)
    ):
        end += 1
    after = items[end] if end < len(items) else None
    if after is not None and after.is_party and after.companies and not after.possessive and after.companies[0].by_name:
        return (end + 1, after.companies) if end - at <= 2 else None  # "Virginia-based X", "Facebook parent X"
    if after is not None and ((after.is_party and after.companies) or (after.plain and not after.verbs)):
        return None
    name = " ".join(item.text for item in items[at:end])
    words = company_words()
    if name in words.places or name.lower() in words.nationalities:
        return None
    return end, (Company(items[at].start, items[end - 1].end, name, name, roles=UNKNOWN),)
