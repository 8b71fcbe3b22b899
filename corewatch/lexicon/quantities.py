"""The words of quantities: numbers, scales, units, currencies, counted nouns and the words that bound a figure."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corewatch.errors import LexiconError
from corewatch.lexicon.terms import split_terms

HOME = files("corewatch.lexicon")
PLACES = ("before", "after", "both", "word")
Phrase = tuple[str, ...]


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
    percent: Mapping[Phrase, float]
    power: Mapping[str, float]
    duration: Mapping[str, str]
    measures: Mapping[Phrase, str]
    multiples: Mapping[str, float]
    bounds_before: Mapping[Phrase, str]
    bounds_after: Mapping[Phrase, str]
    signs_before: Mapping[Phrase, Currency]
    signs_after: Mapping[str, Currency]
    money_words: Mapping[Phrase, Currency]


@dataclass(frozen=True)
class Heads:
    """Counted nouns: singulars of odd plurals, nouns of two words, words that are no plural, words that end a noun phrase."""

    singular: Mapping[str, str]
    compounds: Mapping[Phrase, str]
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
    indices: frozenset[Phrase]
    products: frozenset[str]
    no_acronyms: frozenset[str]
    months: frozenset[str]
    score_nouns: frozenset[str]
    no_measures: frozenset[str]
    fraction_words: frozenset[str]
    after_times: frozenset[str]


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
        percent={phrase(words): value for words, value in read["percent"].items()},
        power=read["power"],
        duration=read["duration"],
        measures={phrase(words): unit for words, unit in read["measures"].items()},
        multiples=read["multiples"],
        bounds_before={phrase(words): sense for sense in ("low", "high", "about") for words in bounds[sense]},
        bounds_after={phrase(words): sense for sense in ("low", "high", "about") for words in bounds[f"after_{sense}"]},
        signs_before=before,
        signs_after=after,
        money_words=words,
    )


@cache
def heads() -> Heads:
    """The counted nouns."""
    read = _read("heads.toml")
    return Heads(
        singular=read["singular"],
        compounds={phrase(words): unit for words, unit in read["compounds"].items()},
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
        indices=frozenset(phrase(words) for words in read["indices"]),
        products=frozenset(read["products"]),
        no_acronyms=frozenset(read["no_acronyms"]),
        months=frozenset(read["months"]),
        score_nouns=frozenset(read["score_nouns"]),
        no_measures=frozenset(read["no_measures"]),
        fraction_words=frozenset(read["fraction_words"]),
        after_times=frozenset(read["after_times"]),
    )


@cache
def figure_words(rules: str) -> Mapping[str, frozenset[str]]:
    """The word sets of one module of figure rules, by their use."""
    return {use: frozenset(words) for use, words in _read("figure_words.toml")[rules].items()}
