"""The words of people and of what they say, from `people.toml`, `speech.toml` and `stance.toml`, as compiled alternations."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from corewatch.errors import LexiconError
from corewatch.lexicon.companies import company_words

_Branch = dict[str, "_Branch"]


@dataclass(frozen=True)
class PeopleWords:
    """Sets of words as they are written; `title`, `house_title` and `firm_title` match a whole title word in any case."""

    honorifics: frozenset[str]
    impersonal: frozenset[str]
    openers: frozenset[str]
    title: re.Pattern[str]
    house_title: re.Pattern[str]
    firm_title: re.Pattern[str]


@dataclass(frozen=True)
class SpeechWords:
    """One pattern for each section of `speech.toml`, each a whole word or phrase in any case."""

    say: re.Pattern[str]
    name: re.Pattern[str]
    clause: re.Pattern[str]
    thought: re.Pattern[str]
    whole: re.Pattern[str]
    view: re.Pattern[str]
    opinion: re.Pattern[str]
    unnamed: re.Pattern[str]
    adverb: re.Pattern[str]
    term: re.Pattern[str]
    clause_start: re.Pattern[str]
    thought_noun: re.Pattern[str]
    think: re.Pattern[str]
    hears: re.Pattern[str]
    plain: re.Pattern[str]
    judging: re.Pattern[str]
    hearer: re.Pattern[str]
    no_clause: re.Pattern[str]
    finite: re.Pattern[str]
    setting: re.Pattern[str]


@dataclass(frozen=True)
class StancePatterns:
    """What is said for the thesis and against it, the words that deny what follows them, and those that say nothing."""

    supports: re.Pattern[str]
    disputes: re.Pattern[str]
    denial: re.Pattern[str]
    neutral: re.Pattern[str]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words or phrases as a whole, the longest first, whatever the case and the apostrophe.

    Words with a common beginning share it, so that a letter is compared once and not once for each word.
    """
    root: _Branch = {}
    for word in words:
        branch = root
        for letter in word.lower():
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return re.compile(rf"\b{_alternatives(root)}\b", re.IGNORECASE)


class PhraseFinder:
    """Finds what `any_of` finds, for a whole text at once: a pattern is asked at every letter, this reads each letter once."""

    def __init__(self, words: Iterable[str]) -> None:
        """Lower-case words with straight apostrophes."""
        self._phrases = AhoCorasick(sorted({word.lower() for word in words}), matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[tuple[int, int]]:
        """The places of whole words and phrases in order; of two that meet the earlier, of two that begin together the longer."""
        lowered = lower_evenly(text)
        found = [
            (start, -end)
            for _, start, end in self._phrases.find_matches_as_indexes(lowered, overlapping=True)
            if not (_goes_on(lowered[start - 1 : start]) or _goes_on(lowered[end : end + 1]))
        ]
        places, done = [], 0
        for start, end in sorted(found):
            if start >= done:
                done = -end
                places.append((start, done))
        return places


def lower_evenly(text: str) -> str:
    """The text in small letters and with straight apostrophes, letter for letter; a few letters (İ) would grow and are left."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("’", "'")


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _alternatives(branch: _Branch) -> str:
    """What can follow a common beginning: `{"d": {"": {}, "s": {"": {}}}}` is `d(?:s)?`."""
    ways = "|".join(_letter(letter) + _alternatives(further) for letter, further in sorted(branch.items()) if letter)
    return ("" if not ways else f"(?:{ways})") + ("?" if ways and "" in branch else "")


def _letter(letter: str) -> str:
    if letter == "'":
        return "['’]"
    return f"[{letter}{letter.upper()}]" if letter.isalpha() and len(letter.upper()) == 1 else re.escape(letter)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("corewatch.lexicon") / name).read_text("utf-8"))


@cache
def people_words() -> PeopleWords:
    """The words of people's names and titles; a word that is also a first name ("Grace") is not impersonal."""
    read = _read("people.toml")
    return PeopleWords(
        honorifics=frozenset(read["honorifics"]["words"]),
        impersonal=frozenset(read["impersonal"]["words"]) - company_words().first_names,
        openers=frozenset(read["openers"]["words"]),
        title=any_of(read["titles"]["words"]),
        house_title=any_of(read["house_titles"]["words"]),
        firm_title=any_of(read["firm_titles"]["words"]),
    )


@cache
def speech_words() -> SpeechWords:
    """The words of speech."""
    read = _read("speech.toml")
    return SpeechWords(**{section: any_of(read[section]["words"]) for section in SpeechWords.__dataclass_fields__})


@cache
def clause_verbs() -> PhraseFinder:
    """Finds the verbs that credit a clause to somebody."""
    return PhraseFinder(_read("speech.toml")["clause"]["words"])


@cache
def attitude_verbs() -> PhraseFinder:
    """Finds the verbs of which the whole sentence is the opinion."""
    return PhraseFinder(_read("speech.toml")["whole"]["words"])


@cache
def stance_patterns() -> StancePatterns:
    """What supports the thesis of the closed loop and what disputes it; raises `LexiconError` where a pattern is none."""
    read = _read("stance.toml")
    try:
        return StancePatterns(
            supports=_patterns(read["for"]["patterns"], read["classes"]),
            disputes=_patterns(read["against"]["patterns"], read["classes"]),
            denial=_patterns(read["denials"]["patterns"], read["classes"]),
            neutral=_patterns(read["neutral"]["patterns"], read["classes"]),
        )
    except (re.error, KeyError) as error:
        raise LexiconError(f"stance.toml: not a regular expression, or of an unknown class ({error})") from error


def _patterns(patterns: Iterable[str], classes: dict[str, str]) -> re.Pattern[str]:
    """One pattern for several, with the word classes that stand in them as `<class>`."""
    wrapped = (re.sub(r"(?<!\(\?)(?<!\?P)<(\w+)>", lambda found: classes[found[1]], pattern) for pattern in patterns)
    return re.compile(r"\b(?:" + "|".join(wrapped) + ")")  # each begins with \b, which is asked once
