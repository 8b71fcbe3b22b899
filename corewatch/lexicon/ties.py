"""The words of standing ties between companies, from `ties.toml`, each with all its forms, in lower case."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from corewatch.errors import LexiconError

KINDS = ("customer_of", "investor_in", "competitor_of", "partner_of")
OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Tie:
    """A kind of tie and whether the company that bears the word is its source; `whole` where an investor has all of the other."""

    kind: str
    source: bool
    whole: bool = False


@dataclass(frozen=True, slots=True)
class NounSense:
    """A noun's tie, the prepositions before the other side, whether that side may be left out, and whether one or several bear it."""

    tie: Tie
    links: frozenset[str]
    implied: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A verb's tie, where its other side stands, and what its form says.

    `form` is `present`, `past`, `participle` (which may be a simple past too) or `ing`; `deal` that a simple past tells a transaction,
    `goods` that the other side may be the owner of what is named ("uses Y's software"), `mutual` that several
    subjects have it of each other.
    """

    tie: Tie
    slots: frozenset[str]
    form: str
    deal: bool
    goods: bool
    mutual: bool


# What a written form may be: a noun, a noun that is the tie itself, verbs.
Senses = tuple[NounSense | None, NounSense | None, Sequence[VerbSense]]


@dataclass(frozen=True, slots=True)
class TieWords:
    """Nouns, nouns that are the tie itself (`bonds`) and verbs by written form; `classes` are plain sets of words.

    `senses` has all three for a form. A phrase of several words stands in `longer` under its first word, so that the longest form at a
    place is soon found.
    """

    nouns: Mapping[str, NounSense]
    bonds: Mapping[str, NounSense]
    verbs: Mapping[str, Sequence[VerbSense]]
    classes: Mapping[str, frozenset[str]]
    longer: Mapping[str, Sequence[str]]
    senses: Mapping[str, Senses]
    triggers: frozenset[str]


@cache
def tie_words() -> TieWords:
    """The words; raises `LexiconError` where a kind or side is unknown or a noun has two meanings."""
    read = tomllib.loads((files("corewatch.lexicon") / "ties.toml").read_text("utf-8"))
    implied, irregular = frozenset(read["implied"]["words"]), read["irregular"]
    nouns = _nouns(read["nouns"], implied)
    bonds = _nouns(read["bonds"], implied)
    verbs: dict[str, list[VerbSense]] = {}
    for entry in read["verbs"]:
        tie = _tie(entry)
        sense = VerbSense(
            tie, frozenset(entry["slots"]), "", not entry.get("past", True), entry.get("goods", False), entry.get("mutual", False)
        )
        for word in entry["words"]:
            for written, form in verb_forms(word, irregular):
                verbs.setdefault(written, []).append(replace(sense, form=form))
    classes = {f"{section}.{name}": frozenset(words) for section in _CLASSES for name, words in read[section].items()}
    for name in ("counting.verbs", "share.sellers", "stake.holding", "stake.taking"):
        classes[name] = frozenset(written for word in classes[name] for written, _ in verb_forms(word, irregular))
    phrases = {*nouns, *bonds, *verbs, *classes["counting.verbs"], *classes["share.verbs"], *classes["stake.holding"]}
    phrases |= classes["grammar.joiners"]
    longer: dict[str, list[str]] = {}
    for phrase in sorted((phrase for phrase in phrases if " " in phrase), key=len, reverse=True):
        longer.setdefault(phrase.split(" ")[0], []).append(phrase)
    triggers = {phrase.split(" ")[0] for phrase in (*nouns, *bonds, *verbs)}
    triggers |= classes["stake.holding"] | classes["share.nouns"] | classes["supplies.verbs"] | {"so", "another", "others"}
    senses: dict[str, Senses] = {form: (nouns.get(form), bonds.get(form), verbs.get(form, ())) for form in (*nouns, *bonds, *verbs)}
    return TieWords(nouns, bonds, verbs, classes, longer, senses, frozenset(triggers))


_CLASSES = ("denial", "counting", "examples", "being", "share", "stake", "supplies", "goods", "grammar")


def _tie(entry: Mapping[str, Any]) -> Tie:
    if entry["kind"] not in KINDS or entry["as"] not in ("source", "target"):
        raise LexiconError(f"ties.toml: unknown kind or side in {entry['kind']!r}, {entry['as']!r}")
    return Tie(entry["kind"], entry["as"] == "source", entry.get("whole", False))


def _nouns(entries: Sequence[Mapping[str, Any]], implied: frozenset[str]) -> dict[str, NounSense]:
    nouns: dict[str, NounSense] = {}
    for entry in entries:
        tie, links = _tie(entry), frozenset(entry["links"])
        for word in entry["words"]:
            for written, plural in ((word, False), (plural_of(word), True)):
                if written in nouns:
                    raise LexiconError(f"ties.toml: the noun {written!r} stands twice; keep one meaning")
                nouns[written] = NounSense(tie, links, word in implied, plural)
    return nouns


def plural_of(noun: str) -> str:
    """`plural_of("portfolio company")` is `"portfolio companies"`."""
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + ("es" if noun.endswith("s") else "s")


def verb_forms(phrase: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """A verb's written forms with what they say; the first word is inflected: "teams up", "teaming up"."""
    base, _, rest = phrase.partition(" ")
    tail = " " + rest if rest else ""
    stem = base[:-1] if base.endswith("e") else base
    third = base[:-1] + "ies" if _ends_in_y(base) else base + ("es" if base.endswith(("s", "h", "o")) else "s")
    yield base + tail, "present"
    yield third + tail, "present"
    special = irregular.get(base, ())
    ing = next((word for word in special if word.endswith("ing")), stem + "ing")
    yield ing + tail, "ing"
    past = [word for word in special if not word.endswith("ing")] or [base[:-1] + "ied" if _ends_in_y(base) else stem + "ed"]
    for word in past:
        if word + tail not in (base + tail, third + tail):
            yield word + tail, "participle" if word == past[-1] else "past"


def _ends_in_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in "aeiou"
