"""An article as the stages after it see it: its text, and everything found in it as spans of that text.

In: a document's id, text, title and date. Out: an `Article`. Nothing here judges what a passage states.
Spans of one kind are in the order of the text and do not overlap.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

SentenceRole = Literal["headline", "dateline", "text", "item", "furniture"]
FigureKind = Literal["money", "percent", "count", "duration", "power", "multiple"]


class Token(NamedTuple):
    """A word, number or sign. `lower` is its text in lower case with straight apostrophes and hyphens, to match on.

    A tuple, because a text has more tokens than anything else and tuples are made in a third of the time.
    """

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, headline or list item, without the white space around it. A line break always ends one.

    `paragraph` counts the lines that hold text, from 0; `furniture` is what a page puts around an article ("Follow us", "Related").
    """

    start: int
    end: int
    paragraph: int
    role: SentenceRole


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between quotation marks, the marks left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the contract's table `figures` has it: number, sign, scale word and unit inside the span.

    `outer_start` and `outer_end` take in the words that bound or approximate it ("over $10 billion", "$5 billion or more").
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    low: float | None
    high: float | None
    unit: str
    approx: bool
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Period:
    """A date or period that the text names: "2024", "the third quarter", "March 28". `iso` is as the contract writes periods."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company (or government) where the text names it or stands for it.

    `name` is canonical; `segment` is the part that is named ("Google Cloud" is `Google`, segment `Google Cloud`);
    `roles` says what it does for a living (words of the lexicon: `lab`, `hyperscaler`, `neocloud`, `chipmaker`, `bank`, ...).
    `by_name` is false for a pronoun or description that stands for it ("it", "the chipmaker", "the Livingston-based company").
    """

    start: int
    end: int
    text: str
    name: str
    segment: str | None = None
    roles: frozenset[str] = frozenset()
    by_name: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A person where the text names them; `name` is the fullest form in the document, `affiliation` a company's or outlet's name.

    `pronoun` is "he" or "she" where the text says so.
    """

    start: int
    end: int
    text: str
    name: str
    affiliation: str | None = None
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A document's text with all that was found in it."""

    doc_id: str
    text: str
    title: str | None = None
    published: str | None = None
    sentences: list[Sentence] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    main_company: str | None = None
