"""The words of quantities: numbers, scales, units, currencies, counted nouns and the words that bound a figure."""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from corewatch.errors import LexiconError
from corewatch.lexicon.terms import split_terms

HOME = files("corewatch.lexicon")
PLACES = ("before", "after", "both", "word")
Phrase = tuple[str, ...]
V = TypeVar("V")


class Phrases(dict[Phrase, V]):
    """A table by phrase that knows, for a phrase's first and for its last word, how long such phrases are, the longest first."""

    def __init__(self, table: Mapping[Phrase, V]) -> None:
        super().__init__(table)
        self.starts = _sizes(table, 0)
        self.ends = _sizes(table, -1)


def _sizes(table: Iterable[Phrase], at: int) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = {}
    for words in table:
        sizes.setdefault(words[at], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


@dataclass(frozen=True)
class Currency:
    """An ISO code and what one of the form is in it (0.01 for cents); `cent` stands for the currency in use."""

    code: str
    factor: float


@dataclass(frozen=True)
class Quantities:
    """Every table by lower-case word or phrase, save `glued_scales` and `signs`, which keep the case that they are written in."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    glued_scales: Mapping[str, float]
    fractions: Mapping[str, float]
    percent: Phrases[float]
    power: Mapping[str, float]
    duration: Mapping[str, str]
    multiples: Mapping[str, float]
    bounds_before: Phrases[str]
    bounds_after: Phrases[str]
    signs_before: Phrases[Currency]
    signs_after: Mapping[str, Currency]
    money_words: Phrases[Currency]
    homes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Measures:
    """Measures that are counts, by phrase: signs in their own case, signs in any case, nouns in the singular and in the plural.

    `rate_lengths` are the units that make one measure with a span of `rate_spans` after "per" or a stroke ("km/h").
    """

    written: Phrases[str]
    signs: Phrases[str]
    singulars: Phrases[str]
    plurals: Phrases[str]
    rate_lengths: frozenset[str]
    rate_spans: Mapping[str, str]


@dataclass(frozen=True)
class Heads:
    """Counted nouns: singulars of odd plurals, nouns of two words, words that are no plural, words that end a noun phrase."""

    singular: Mapping[str, str]
    compounds: Phrases[str]
    plural_only: frozenset[str]
    no_plural: frozenset[str]
    stops: frozenset[str]
    adjuncts: frozenset[str]
    places: frozenset[str]
    after_year: frozenset[str]


@dataclass(frozen=True)
class NumberNames:
    """What makes a number a name, label, date, time, score or fraction."""

    labels: frozenset[str]
    indices: Phrases[str]
    rankings: Phrases[str]
    products: frozenset[str]
    no_acronyms: frozenset[str]
    months: frozenset[str]
    score_nouns: frozenset[str]
    no_measures: frozenset[str]
    fraction_words: frozenset[str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HOME / name).read_text("utf-8"))


def phrase(words: str) -> Phrase:
    """The terms of a phrase as a figure's sentence is split: `"per cent"` is `("per", "cent")`, `"US$"` `("US", "$")`."""
    return tuple(words[start:end] for start, end in split_terms(words))


@cache
def quantities() -> Quantities:
    """The words of quantity; raises `LexiconError` where a currency's place or factor cannot be what it says."""
    read = _read("quantities.toml")
    before: dict[Phrase, Currency] = {}
    after: dict[str, Currency] = {}
    words: dict[Phrase, Currency] = {}
    lines = (HOME / "currencies.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(lines):
        if row["place"] not in PLACES or not 0 < float(row["factor"]) <= 1:
            raise LexiconError(
                f"currencies.csv: {row['form']}: place {row['place']} or factor {row['factor']} is unknown; use one of {PLACES}"
            )
        currency = Currency(row["currency"], float(row["factor"]))
        if row["place"] in ("before", "both"):
            before[phrase(row["form"])] = currency
        if row["place"] in ("after", "both"):
            after[row["form"]] = currency
        if row["place"] == "word":
            words[phrase(row["form"])] = currency
    bounds = read["bounds"]
    return Quantities(
        numbers={word: float(value) for word, value in read["numbers"].items()},
        scales={word: float(value) for word, value in read["scales"].items()},
        glued_scales=read["glued_scales"],
        fractions=read["fractions"],
        percent=Phrases({phrase(words): value for words, value in read["percent"].items()}),
        power=read["power"],
        duration=read["duration"],
        multiples=read["multiples"],
        bounds_before=Phrases({phrase(words): sense for sense in ("low", "high", "about") for words in bounds[sense]}),
        bounds_after=Phrases({phrase(words): sense for sense in ("low", "high", "about") for words in bounds[f"after_{sense}"]}),
        signs_before=Phrases(before),
        signs_after=after,
        money_words=Phrases(words),
        homes={name: {**homes} for name, homes in read["homes"].items()},
    )


@cache
def measures() -> Measures:
    """The measures; the plural of a noun is made from its singular."""
    read = _read("measures.toml")
    units = {words: words.replace(" ", "_").replace("-", "_") for words in read["words"]}
    return Measures(
        written=Phrases({phrase(sign): unit for sign, unit in read["written"].items()}),
        signs=Phrases({phrase(sign): unit for sign, unit in read["signs"].items()}),
        singulars=Phrases({phrase(words): unit for words, unit in units.items()}),
        plurals=Phrases({phrase(_plural(words)): unit for words, unit in units.items()}),
        rate_lengths=frozenset(read["rates"]["length"]),
        rate_spans=read["rates"]["span"],
    )


def _plural(words: str) -> str:
    """The plural of a measure: `"square foot"` is `"square feet"`."""
    if words.endswith("foot"):
        return f"{words.removesuffix('foot')}feet"
    if words.endswith(("hertz", "horsepower", "lux", "flops")):
        return words
    return f"{words}es" if words.endswith("inch") else f"{words}s"


@cache
def heads() -> Heads:
    """The counted nouns."""
    read = _read("heads.toml")
    return Heads(
        singular=read["singular"],
        compounds=Phrases({phrase(words): unit for words, unit in read["compounds"].items()}),
        plural_only=frozenset(read["plural_only"]),
        no_plural=frozenset(read["words"]["no_plural"]),
        stops=frozenset(read["words"]["stops"]),
        places=frozenset(line for line in (HOME / "places.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")),
        adjuncts=frozenset(read["words"]["adjuncts"]),
        after_year=frozenset(read["words"]["person_nouns"]),
    )


@cache
def number_names() -> NumberNames:
    """The words that make a number a name, label, date, time, score or fraction."""
    read = _read("number_names.toml")
    return NumberNames(
        labels=frozenset(read["labels"]),
        indices=Phrases({phrase(words): words for words in read["indices"]}),
        rankings=Phrases({phrase(words): words for words in read["rankings"]}),
        products=frozenset(read["products"]),
        no_acronyms=frozenset(read["no_acronyms"]),
        months=frozenset(read["months"]),
        score_nouns=frozenset(read["score_nouns"]),
        no_measures=frozenset(read["no_measures"]),
        fraction_words=frozenset(read["fraction_words"]),
    )


@cache
def figure_words(rules: str) -> Mapping[str, frozenset[str]]:
    """The word sets of one module of figure rules, by their use."""
    return {use: frozenset(words) for use, words in _read("figure_words.toml")[rules].items()}
