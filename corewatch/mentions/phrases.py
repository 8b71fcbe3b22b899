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
from corewatch.lexicon.deals import DealLexicon, NounSense, VerbSense, lexicon, words
from corewatch.spans import HasSpan, Span

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
# "It's borrowed", "they'd pay", "Meta'll buy": what a word that ends so is made of. After a noun "'s" is possessive.
CONTRACTIONS = ("'s", "'d", "'ll", "'ve", "'re", "'m")
# Closed classes in the order in which they claim a word, with the tags that they give.
CLOSED = (
    ("modal", "modals"), ("aux", "auxiliaries"), ("neg", "negations"), ("to", "infinitive_marks"), ("rel", "relatives"),
    ("prep", "prepositions"), ("conj", "conjunctions"), ("det", "determiners"), ("adv", "adverbs"),
)  # fmt: skip
# Trades of organisations that a text names as sources or scenery: never a party.
SCENERY = frozenset({"outlet", "research", "exchange", "agency", "university", "association", "project", "law_firm"})
PAPER = words("paper")
PLANS = words("plan_words")
REFLEXIVES = words("reflexives")
PRONOUNS = words("pronouns")
CONTRACTED = words("contracted")
VERBLIKE = words("also_nouns")
MODALS = words("modals")
CAUSING = frozenset({"help", "helps", "helped", "let", "lets", "make", "makes", "made"})
BE = words("be_forms") | {"'s"}
DO = frozenset({"do", "does", "did"})
DID_NOT = frozenset({"don't", "doesn't", "didn't"})
ARTICLES = words("articles")
NAME_ENDINGS = words("name_endings")
SUBORDINATORS = words("subordinators")
IRREGULAR = words("irregular_participles")
CLAUSAL = frozenset({"which", "who", "that"})
RAISED = words("raised_things")
PERSONS = words("persons")
MONEY = words("money_words") | words("money_nouns")
AFTER_POSSESSIVE = words("perfects")
# Trades whose name before a noun says whose make the goods are.
MAKERS = frozenset({"chipmaker", "server_maker", "power_equipment", "chip_equipment"})
JOINERS = words("list_joiners")


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
    taken: list[HasSpan] = [span for span in companies if not isinstance(span, Company) or span.text.casefold() not in REFLEXIVES]
    bounds = [(span.start, span.end) for span in taken]  # in order and apart, so that only the neighbours can overlap
    for extra in (*figures, *periods):
        wide = _outer(extra)
        at = bisect_left(bounds, (wide.start, wide.end))
        if (at == 0 or bounds[at - 1][1] <= wide.start) and (at == len(bounds) or bounds[at][0] >= wide.end):
            bounds.insert(at, (wide.start, wide.end))
            taken.append(extra)
    return sorted(taken, key=lambda span: span.start)


def _items(text: str, tokens: list[HasSpan], spans: list[HasSpan], known: DealLexicon) -> Iterator[Item]:
    words: list[Token] = [token for token in tokens if isinstance(token, Token)]
    at, i = 0, 0
    while i < len(words):
        word = words[i]
        while at < len(spans) and _outer(spans[at]).end <= word.start:
            at += 1
        if at < len(spans) and _outer(spans[at]).start < word.end:
            span = spans[at]
            tail, end = "", _outer(span).end
            while i < len(words) and words[i].start < end:
                if words[i].end > end:
                    tail = text[end : words[i].end]
                i += 1
            if i < len(words) and words[i].start == end and words[i].lower in POSSESSIVES:
                tail = words[i].lower
                i += 1
            short = _contraction(span, tail, words[i].lower if i < len(words) else "")
            item = _typed(span, tail.startswith(POSSESSIVES) and not short)
            if not tail and item.tag == "company":
                i = _past_ending(words, i)
            yield item
            if short:
                yield Item(end, end + len(short), short, "")
            at += 1
            continue
        split = _split(word)
        if split:
            yield Item(word.start, word.end - len(split), word.lower[: -len(split)], "")
            yield Item(word.end - len(split), word.end, split, "")
            i += 1
            continue
        width, sense, noun = _longest(words, i, _outer(spans[at]).start if at < len(spans) else word.end + 10_000, known)
        last = words[i + width - 1]
        lower = " ".join(part.lower for part in words[i : i + width])
        yield Item(word.start, last.end, lower, "", verb=sense, noun=noun)
        i += width


def _contraction(span: HasSpan, tail: str, following: str) -> str:
    """The auxiliary that a name or a pronoun ends with: "it's borrowed", "Meta'll buy", "Intel's been asked"; or nothing."""
    short = tail.casefold().replace("’", "'")
    if not isinstance(span, Company) or short not in CONTRACTIONS:
        return ""
    if short != "'s":
        return short
    return short if span.text.casefold() in PRONOUNS or following in AFTER_POSSESSIVE else ""


def _past_ending(words: list[Token], i: int) -> int:
    """The place after a company's legal form, which follows its name: "X LLC", "X, Inc."."""
    start = i + 1 if i + 1 < len(words) and words[i].lower == "," else i
    if start >= len(words) or words[start].lower not in NAME_ENDINGS or not words[start].text[:1].isupper():
        return i
    stop = start + 1
    return stop + 1 if stop + 1 < len(words) and words[stop].lower == "." and words[stop].start == words[start].end else stop


def _split(word: Token) -> str:
    """The auxiliary in a word such as "that's" or "they'd"; or nothing."""
    if "'" not in word.lower:
        return ""
    for short in CONTRACTIONS:
        if word.lower.endswith(short) and len(word.lower) > len(short):
            return short if short != "'s" or word.lower[:-2] in CONTRACTED else ""
    return ""


def _outer(span: HasSpan) -> HasSpan:
    """A figure with the words that bound it ("over $10 billion"); any other span as it is."""
    return Span(span.outer_start, span.outer_end) if isinstance(span, Figure) else span


def _typed(span: HasSpan, possessive: bool) -> Item:
    if isinstance(span, Company):
        if span.roles and span.roles <= SCENERY:
            return Item(span.start, span.end, span.text.casefold(), "source", companies=(span,), possessive=possessive)
        return Item(
            span.start, span.end, "", "company", companies=(span,), possessive=possessive or span.text.casefold() in {"its", "their", "our"}
        )
    if isinstance(span, Figure):
        return Item(span.outer_start, span.outer_end, span.text.casefold(), "figure", figure=span, noun=_counted(span))
    assert isinstance(span, Period)  # noqa: S101  # tells the type checker of the third kind of span that there is
    return Item(span.start, span.end, "", "period", possessive=possessive)


def _counted(figure: Figure) -> NounSense | None:
    """What a count is a count of, as a noun of deals: "20,000 GPUs" is hardware; power is leased."""
    nouns = lexicon().nouns
    if figure.kind == "power":
        return nouns["megawatts"]
    if figure.kind != "count":
        return None
    unit = figure.unit.replace("_", " ")
    return nouns.get(unit) or nouns.get(unit + "s") or nouns.get(unit.split()[-1] + "s")


def _longest(words: list[Token], i: int, limit: int, known: DealLexicon) -> tuple[int, VerbSense | None, NounSense | None]:
    """The longest form of the lexicon that starts here, in words; a hyphenated compound also counts by its last part."""
    for width in range(min(known.longest.get(words[i].lower, 0), len(words) - i), 0, -1):
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
            while end < len(items) and items[end].tag == "company" and _one(members[-1], items[end]):
                members.append(items[end])
                end += 1
        companies = tuple(company for member in _named(members) for company in member.companies)
        made.append(Item(members[0].start, members[-1].end, "", "company", companies=companies, possessive=members[-1].possessive))
        i = end
    return made


def _one(item: Item, after: Item) -> bool:
    """Whether two company spans side by side are one company: "the chip designer Nvidia"."""
    first, second = item.companies[0], after.companies[0]
    return not item.possessive and (first.name == second.name or (not first.by_name and second.by_name and " " in first.text))


def _named(members: list[Item]) -> list[Item]:
    """The members less a description that stands right before the name that it describes."""
    kept = []
    for item, after in zip(members, [*members[1:], None], strict=True):
        if after is None or after.start - item.end > 1 or not _one(item, after):
            kept.append(item)
    return kept


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
    if step + 2 < len(items) and items[step].possessive and not items[step].companies[0].by_name and items[step + 1].tag == "":
        step += 2  # "X and its partner Y"
    while step < len(items) and items[step].tag != "company" and step - opened < 4:
        word = items[step]
        if step == opened and word.lower not in {"partner", "the", "its", "their", "a", "an", "fellow"}:
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
    members = sum(item.tag == "company" for item in run)
    if members == 2 and any(item.lower == "," for item in run):
        return False  # "bought X, and Y paid": two clauses
    return any(item.lower in JOINERS for item in run)


def _tagged(items: list[Item], known: DealLexicon) -> list[Item]:
    """The items with their tags: words of closed classes first, so that verbs and nouns see what stands on both sides."""
    for i, item in enumerate(items):
        if not item.tag:
            item.tag = _closed_class(items, i, known)
    for i, item in enumerate(items):
        if not item.tag:
            item.tag = _open_class(items, i, known)
        if item.tag != "verb":
            item.verb = None
    _brands(items)
    _puts(items)
    _raises(items)
    return items


def _puts(items: list[Item]) -> None:
    """ "Put" and "add" are verbs of deals only with money as their object: not in "put its name to a lease", "added that it may".

    "Put the rent at $5 million" states a worth.
    """
    for i, item in enumerate(items):
        if item.tag != "verb" or item.verb is None or item.verb.lemma not in {"put", "add"}:
            continue
        reach = items[i + 1 : i + (11 if item.verb.lemma == "put" else 5)]
        stop = next((step for step, other in enumerate(reach) if other.tag in {"verb", "semicolon", "stop"}), len(reach))
        at = next((step for step, other in enumerate(reach[:stop]) if other.lower == "at"), None)
        amount = next((step for step, other in enumerate(reach[:stop]) if _money(other)), None)
        before = item.verb.lemma == "put" and any(_money(other) for other in items[max(0, i - 8) : i])
        if at is not None and (amount is None or at < amount):
            item.verb = lexicon().verbs["valued"]
        elif amount is None and not before:
            item.verb = None


def _raises(items: list[Item]) -> None:
    """Who raises a forecast, a price or a stake changes it and takes no money in."""
    for i, item in enumerate(items):
        if item.tag != "verb" or item.verb is None or item.verb.lemma != "raise":
            continue
        for other in items[i + 1 : i + 7]:
            if other.figure is not None or other.tag in {"prep", "verb"}:
                break
            if other.lower in RAISED:
                item.verb = lexicon().verbs["lift"]
                break


def _money(item: Item) -> bool:
    return (item.figure is not None and item.figure.kind == "money") or (item.tag in {"noun", "x"} and item.lower in MONEY)


def _closed_class(items: list[Item], i: int, known: DealLexicon) -> str:
    """The tag of a word that belongs to a closed class, or nothing."""
    item, words = items[i], known.words
    lower, open_word = item.lower, item.verb is not None or item.noun is not None
    if lower in PUNCTUATION:
        return PUNCTUATION[lower] if lower != "." or i >= len(items) - 2 else "x"
    if lower == "like" and i and items[i - 1].lower in MODALS:
        return ""  # "would like to"
    for tag, name in CLOSED:
        if (
            lower in words[name]
            and not (open_word and name in {"prepositions", "determiners"})
            and not (name == "negations" and lower == "no")
        ):
            return tag
    return "adv" if not open_word and lower.endswith("ly") and len(lower) > 4 else ""


def _open_class(items: list[Item], i: int, known: DealLexicon) -> str:
    """Whether a word is a verb, a noun of deals, or any other."""
    item, words = items[i], known.words
    trade = i + 1 < len(items) and items[i + 1].lower in words["agents"]
    if (item.verb is not None or (item.noun is None and item.lower in words["plain_verbs"])) and _is_verb(items, i, known):
        return "verb"
    if item.noun is not None:
        return "x" if trade else "noun"
    if item.lower in words["subordinators"]:
        return "sub"
    return "verb" if _unknown_verb(items, i) else "x"


def _unknown_verb(items: list[Item], i: int) -> bool:
    """Whether a word that no list has must be a verb: after a modal or "didn't", a form in -ed or -ing after "was", in -ed after a name."""
    lower = items[i].lower
    if not lower.isalpha() or i == 0:
        return False
    j = i - 1
    while j > 0 and items[j].tag in {"adv", "neg"}:
        j -= 1
    before = items[j]
    if before.tag == "modal" or (before.lower in DO and j < i - 1) or before.lower in DID_NOT:
        return True
    if before.tag == "aux" and lower in IRREGULAR:
        return True
    if before.lower in CLAUSAL and lower.endswith("s") and len(lower) > 3 and i + 1 < len(items):
        return items[i + 1].tag not in {"aux", "modal", "verb", "x", "noun"} and items[i + 1].verb is None  # "which competes with"
    if len(lower) < 5 or not lower.endswith(("ed", "ing")):
        return False
    if before.tag == "aux":
        return lower.endswith("ed") or (before.lower in BE and not lower.endswith("thing"))
    if before.tag == "conj" and lower.endswith("ed") and i + 1 < len(items):
        return items[i + 1].tag in {"prep", "to", "figure", "company"} and any(other.tag == "verb" for other in items[:j])
    return lower.endswith("ed") and ((before.tag == "company" and not before.possessive) or before.tag == "rel")


def _brands(items: list[Item]) -> None:
    """A maker's name right before its goods ("60,000 Nvidia GB300 processors") or an issuer's before its paper is no party: a `brand`."""
    for i, item in enumerate(items):
        if item.tag == "company" and not item.possessive and i + 1 < len(items) and items[i + 1].lower in PAPER:
            item.tag = "brand"
            continue
        if item.tag != "company" or item.possessive or len(item.companies) > 1 or not item.companies[0].roles & MAKERS:
            continue
        for ahead in range(i + 1, min(i + 6, len(items))):
            word = items[ahead]
            if word.tag == "noun" and word.noun is not None and word.noun.kind == "hardware":
                item.tag = "brand"
            if word.tag not in {"x", "figure", "hyphen"}:
                break


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
    if before.lower in PERSONS and before.tag == "x":
        return True
    if item.lower in VERBLIKE and _modified(before):
        alone = not any(other.tag == "verb" for other in items[:j])
        return alone and before.tag in {"x", "noun"} and after is not None and after.tag == "figure"  # "the batch cost $9 million"
    if head.endswith("s") and item.noun is not None and before.tag == "comma" and after is not None:
        return (after.tag == "figure" or after.lower in ARTICLES) and not any(other.tag == "verb" for other in items[:j])
    if before.tag in {"modal", "rel"} or (before.tag == "aux" and not (head.endswith("s") and item.noun)):
        return True
    if before.tag == "company":
        if item.noun is not None and not head.endswith(("s", "ed")) and len(before.companies) == 1:
            return not before.possessive and after is not None and after.tag == "figure"  # "the Meta contract" is none
        return not before.possessive and not (item.noun is not None and head.endswith("ing"))
    if head.endswith("ed") or (item.noun is None and not head.endswith(("ing", "s"))):
        if before.tag == "figure" and not head.endswith("ed") and item.noun is None and head in PLANS:
            return False
        if before.tag == "det" and before.lower in ARTICLES and after is not None and after.tag == "figure":
            return False  # "a planned $5 million loan"
        if before.tag == "det" or (before.tag == "prep" and before.lower not in {"as", "after"}):
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


def _modified(before: Item) -> bool:
    """Whether what stands before a word makes it a noun: an article, a singular noun, a figure ("a total", "a capital plan")."""
    if before.tag == "det":
        return before.lower in ARTICLES
    if before.tag == "verb":
        return before.lower not in CAUSING
    if before.tag == "prep":
        return before.lower not in SUBORDINATORS  # "in advance", "at cost"
    return before.tag in {"figure", "hyphen"} or (
        before.tag in {"x", "noun"} and before.lower not in PERSONS and not before.lower.endswith(("s", "'"))
    )
