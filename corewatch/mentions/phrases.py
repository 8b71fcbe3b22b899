"""A sentence as a row of items: companies (joined into groups), figures, periods, and words with their part in the grammar of deals.

In: an article's spans. Out: for each sentence a list of `Item`s in the order of the text, none overlapping.
Judgements: "A, B and C" is one item with three companies; an apposition of the same name ("the chip designer Nvidia") is one company;
a word that is verb and noun ("order", "lease") is a verb only where the word before it lets it be one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from corewatch.language.article import Article, Company, Figure, Period, Sentence, Token
from corewatch.lexicon.deals import DealLexicon, NounSense, VerbSense, lexicon
from corewatch.spans import HasSpan

T = TypeVar("T", bound=HasSpan)

PUNCTUATION = {
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "(": "open",
    ")": "shut",
    ".": "stop",
    "—": "dash",
    "–": "dash",
    "--": "dash",
    "-": "hyphen",
    "/": "slash",
}
POSSESSIVES = ("'s", "’s", "'", "’")
# Trades of organisations that a text names as sources or scenery: never a party.
SCENERY = frozenset({"outlet", "research", "exchange", "agency", "university", "association", "project", "law_firm"})
JOINERS = frozenset({"and", "&", "or", "plus"})


@dataclass(slots=True)
class Item:
    """One element of a sentence; `tag` is `company`, `figure`, `period`, or a word's part ("verb", "noun", "prep", "comma", ...)."""

    start: int
    end: int
    lower: str
    tag: str
    companies: tuple[Company, ...] = ()
    figure: Figure | None = None
    possessive: bool = False
    verb: VerbSense | None = None
    noun: NounSense | None = None

    @property
    def names(self) -> str:
        """The companies' canonical names, joined as the contract joins parties, each once."""
        return "; ".join(dict.fromkeys(company.name for company in self.companies))


@dataclass(slots=True)
class Phrase:
    """A sentence with its items; `nth` is its place in the article."""

    sentence: Sentence
    nth: int
    items: list[Item] = field(default_factory=list)
    lower: str = ""


def read_phrases(article: Article) -> list[Phrase]:
    """Every sentence of the article as items; furniture gives none."""
    known = lexicon()
    phrases = []
    tokens, companies = _Runner(article.tokens), _Runner(article.companies)
    figures, periods = _Runner(article.figures), _Runner(article.periods)
    for nth, sentence in enumerate(article.sentences):
        phrase = Phrase(sentence, nth, lower=article.text[sentence.start : sentence.end].casefold().replace("’", "'"))
        if sentence.role != "furniture":
            spans = _spans(companies.inside(sentence), figures.inside(sentence), periods.inside(sentence))
            items = list(_items(article.text, tokens.inside(sentence), spans, known))
            phrase.items = _tagged(_grouped(items), known)
        phrases.append(phrase)
    return phrases


class _Runner:
    """Spans in order, asked for by ranges."""

    def __init__(self, spans: Sequence[T]) -> None:
        self.spans: Sequence[HasSpan] = spans
        self.starts = [span.start for span in spans]

    def inside(self, outer: HasSpan) -> list[HasSpan]:
        return list(self.spans[bisect_left(self.starts, outer.start) : bisect_left(self.starts, outer.end)])


def _spans(companies: list[HasSpan], figures: list[HasSpan], periods: list[HasSpan]) -> list[HasSpan]:
    """Typed spans without overlaps: a figure wins over a period, a company over both."""
    taken: list[HasSpan] = list(companies)
    for extra in (*figures, *periods):
        if not any(extra.start < other.end and other.start < extra.end for other in taken):
            taken.append(extra)
    return sorted(taken, key=lambda span: span.start)


def _items(text: str, tokens: list[HasSpan], spans: list[HasSpan], known: DealLexicon) -> Iterator[Item]:
    words: list[Token] = [token for token in tokens if isinstance(token, Token)]
    at, i = 0, 0
    while i < len(words):
        word = words[i]
        while at < len(spans) and spans[at].end <= word.start:
            at += 1
        if at < len(spans) and spans[at].start < word.end:
            span = spans[at]
            tail = ""
            while i < len(words) and words[i].start < span.end:
                if words[i].end > span.end:
                    tail = text[span.end : words[i].end]
                i += 1
            if i < len(words) and words[i].start == span.end and words[i].lower in POSSESSIVES:
                tail = words[i].lower
                i += 1
            yield _typed(span, tail.startswith(POSSESSIVES))
            at += 1
            continue
        width, sense, noun = _longest(words, i, spans[at].start if at < len(spans) else word.end + 10_000, known)
        last = words[i + width - 1]
        lower = " ".join(part.lower for part in words[i : i + width])
        yield Item(word.start, last.end, lower, "", verb=sense, noun=noun)
        i += width


def _typed(span: HasSpan, possessive: bool) -> Item:
    if isinstance(span, Company):
        if span.roles and span.roles <= SCENERY:
            return Item(span.start, span.end, span.text.casefold(), "source", companies=(span,), possessive=possessive)
        return Item(
            span.start, span.end, "", "company", companies=(span,), possessive=possessive or span.text.casefold() in {"its", "their", "our"}
        )
    if isinstance(span, Figure):
        return Item(span.start, span.end, span.text.casefold(), "figure", figure=span)
    assert isinstance(span, Period)  # noqa: S101 - the three kinds of span that there are
    return Item(span.start, span.end, "", "period", possessive=possessive)


def _longest(words: list[Token], i: int, limit: int, known: DealLexicon) -> tuple[int, VerbSense | None, NounSense | None]:
    """The longest form of the lexicon that starts here, in words; a hyphenated compound also counts by its last part."""
    for width in range(min(known.longest, len(words) - i), 0, -1):
        if width > 1 and words[i + width - 1].end > limit:
            continue
        form = " ".join(word.lower for word in words[i : i + width])
        verb, noun = known.verbs.get(form), known.nouns.get(form)
        if verb or noun:
            return width, verb, noun
    return 1, None, None


def _grouped(items: list[Item]) -> list[Item]:
    """Companies that stand in one list become one item: "A, B and the chip designer C"."""
    made: list[Item] = []
    i = 0
    while i < len(items):
        item = items[i]
        if item.tag != "company":
            made.append(item)
            i += 1
            continue
        members, end = [item], i + 1
        while True:
            step = _next_member(items, end)
            if step is None:
                break
            members.append(items[step])
            end = step + 1
        if len(members) > 1 and not _is_list(items, i, end):
            members, end = [item], i + 1
            while end < len(items) and items[end].tag == "company" and items[end].companies[0].name == item.companies[0].name:
                members.append(items[end])  # "the chip designer Nvidia": two spans of one company
                end += 1
        companies = tuple(company for member in members for company in member.companies)
        made.append(Item(members[0].start, members[-1].end, "", "company", companies=companies, possessive=members[-1].possessive))
        i = end
    return made


def _next_member(items: list[Item], at: int) -> int | None:
    """Where the next company of a list stands, if the list goes on at `at`."""
    if at < len(items) and items[at].tag == "company":
        return at
    joined = False
    step = at
    while step < len(items) and (items[step].lower == "," or items[step].lower in JOINERS) and step - at < 2:
        joined = True
        step += 1
    if not joined:
        return None
    opened = step
    while step < len(items) and items[step].tag != "company" and step - opened < 4:
        word = items[step]
        if step == opened and word.lower not in {"the", "its", "their", "a", "an", "fellow"}:
            return None
        if word.tag or word.lower in PUNCTUATION or word.verb is not None:
            return None
        step += 1
    return step if step < len(items) and items[step].tag == "company" else None


def _is_list(items: list[Item], start: int, end: int) -> bool:
    """Whether a run of companies is a list: it has "and", or its members are one company named twice."""
    run = items[start:end]
    if any(item.possessive for item in run[:-1]):
        return False
    return any(item.lower in JOINERS for item in run)


def _tagged(items: list[Item], known: DealLexicon) -> list[Item]:
    words = known.words
    for i, item in enumerate(items):
        if item.tag:
            continue
        lower = item.lower
        if lower in PUNCTUATION:
            item.tag = PUNCTUATION[lower]
        elif lower in words["modals"]:
            item.tag = "modal"
        elif lower in words["auxiliaries"]:
            item.tag = "aux"
        elif lower in words["negations"] and lower != "no":
            item.tag = "neg"
        elif lower == "to":
            item.tag = "to"
        elif lower in words["relatives"]:
            item.tag = "rel"
        elif item.verb is None and item.noun is None and lower in words["prepositions"]:
            item.tag = "prep"
        elif lower in words["conjunctions"]:
            item.tag = "conj"
        elif item.verb is None and item.noun is None and lower in words["determiners"]:
            item.tag = "det"
        elif lower in words["adverbs"] or (item.verb is None and item.noun is None and lower.endswith("ly") and len(lower) > 4):
            item.tag = "adv"
        elif item.verb is not None:
            item.tag = "verb" if _is_verb(items, i, known) else ("noun" if item.noun else "x")
        elif item.noun is not None:
            item.tag = "noun"
        elif lower in words["plain_verbs"]:
            item.tag = "verb" if _is_verb(items, i, known) else "x"
        elif lower in words["subordinators"]:
            item.tag = "sub"
        else:
            item.tag = "x"
        if item.tag != "verb":
            item.verb = None
    return items


def _is_verb(items: list[Item], i: int, known: DealLexicon) -> bool:
    """Whether a form that may be a verb is one here, by its ending and the item before it."""
    item = items[i]
    head = item.lower.split()[0]
    j = i - 1
    while j >= 0 and items[j].tag in {"adv", "neg"}:
        j -= 1
    before = items[j] if j >= 0 else None
    after = items[i + 1] if i + 1 < len(items) else None
    if before is None:
        return after is not None and (
            after.tag in {"company", "figure"} or after.lower in known.words["determiners"] or head.endswith(("ing", "ed"))
        )
    if before.tag == "to":
        return True
    if before.tag in {"modal", "rel"} or (before.tag == "aux" and not (head.endswith("s") and item.noun)):
        return True
    if before.tag == "company":
        return not before.possessive and not (item.noun is not None and head.endswith("ing"))
    if head.endswith("ed") or (item.noun is None and not head.endswith(("ing", "s"))):
        if before.tag == "det" or (before.tag in {"prep"} and before.lower not in {"as", "after"}):
            # "a planned flotation", "its guaranteed rent": an adjective, unless nothing follows that it could describe
            return after is None or after.tag in {"prep", "figure", "comma", "company"}
        return True
    if head.endswith("ing"):
        if item.noun is not None:
            return before.tag not in {"det", "x", "noun", "figure"} and not (
                after is not None and after.tag in {"prep", "noun"} and before.tag == "prep"
            )
        return before.tag != "det"
    if item.noun is not None or known.nouns.get(head):
        return (
            before.tag in {"conj"}
            and j > 0
            and any(other.tag == "verb" for other in items[:j])
            and after is not None
            and after.lower in known.words["determiners"]
        )
    return before.tag not in {"det", "figure", "prep"}
