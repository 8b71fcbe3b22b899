"""What is known of deals in words: verbs with their frames, nouns with their kinds, cues of status, term and rate, and who pays whom.

In: the files `deal_*.csv` and `deal_*.toml` beside this module. Out: `lexicon()`, loaded once.
Raises `LexiconError` where a file contradicts itself.
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corewatch.errors import LexiconError

KINDS = ("compute", "hardware", "colocation", "equity", "debt", "ipo", "acquisition", "capex", "backstop")
NO_DEAL = "-"


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A verb of deals: `frame` says who stands where; `kind` and `status` are what the verb alone says ("" for nothing)."""

    lemma: str
    frame: str
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class NounSense:
    """A noun of deals: its kind ("" for a deal of any kind, "-" for what is none) and how strongly it says so (1 to 3)."""

    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is the subject, the direct object, and what each preposition marks; `weight` is how much the verb alone tells a deal."""

    subject: str
    object: str
    slots: Mapping[str, str]
    weight: float


@dataclass(frozen=True, slots=True)
class DealLexicon:
    """Everything that the reading of deals knows in words."""

    verbs: Mapping[str, VerbSense]
    nouns: Mapping[str, NounSense]
    frames: Mapping[str, Frame]
    words: Mapping[str, frozenset[str]]
    status: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]
    roles: Mapping[str, Mapping[str, Mapping[str, float]]]
    sells: Mapping[str, str]
    trades: Mapping[str, frozenset[str]]
    longest: Mapping[str, int]  # of the forms that begin with a word, in words


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("corewatch.lexicon").joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _toml(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("corewatch.lexicon").joinpath(name).read_text(encoding="utf-8"))


@cache
def lexicon() -> DealLexicon:
    """The lexicon, read once and checked: a form has one sense, a kind and a frame are known."""
    frames = {}
    for name, table in _toml("deal_frames.toml").items():
        slots = {key: str(value) for key, value in table.items() if key not in {"subject", "object", "weight"}}
        frames[name] = Frame(str(table.get("subject", "")), str(table.get("object", "")), slots, float(str(table.get("weight", 0))))
    verbs: dict[str, VerbSense] = {}
    for row in _rows("deal_verbs.csv"):
        if row["frame"] not in frames:
            raise LexiconError(f"deal_verbs.csv: {row['lemma']!r} has the unknown frame {row['frame']!r}; add it to deal_frames.toml")
        sense = VerbSense(row["lemma"], row["frame"], row["kind"] or "", row["status"] or "")
        for form in row["forms"].split("|"):
            if form in verbs:
                raise LexiconError(f"deal_verbs.csv: {form!r} stands under {verbs[form].lemma!r} and {row['lemma']!r}; keep one")
            verbs[form] = sense
    nouns: dict[str, NounSense] = {}
    for row in _rows("deal_nouns.csv"):
        kind = row["kind"] or ""
        if kind not in (*KINDS, "", NO_DEAL):
            raise LexiconError(f"deal_nouns.csv: unknown kind {kind!r}; use one of {', '.join(KINDS)}, '-' or nothing")
        for form in row["forms"].split("|"):
            nouns.setdefault(form.strip(), NounSense(kind, float(row["weight"])))
    words = _toml("deal_words.toml")
    closed = {name: frozenset(value) for name, value in words.items() if isinstance(value, list)}
    cues = {
        name: {key: tuple(value) for key, value in table.items()}
        for name, table in words.items()
        if isinstance(table, dict) and name != "status"
    }
    tables = _toml("deal_roles.toml")
    sells = {role: str(kind) for role, kind in tables.pop("sells").items()}
    trades = {group: frozenset(roles) for group, roles in tables.pop("trades").items()}
    roles = {
        kind: {side: {role: 1.0 - 0.08 * place for place, role in enumerate(names)} for side, names in table.items()}
        for kind, table in tables.items()
    }
    longest: dict[str, int] = {}
    for form in (*verbs, *nouns):
        parts = form.split()
        longest[parts[0]] = max(longest.get(parts[0], 1), len(parts))
    status = {name: tuple(value) for name, value in words["status"].items()}
    return DealLexicon(verbs, nouns, frames, closed, status, cues, roles, sells, trades, longest)


def words(name: str) -> frozenset[str]:
    """A list of `deal_words.toml` by its name; raises `LexiconError` when there is none."""
    try:
        return lexicon().words[name]
    except KeyError:
        raise LexiconError(f"deal_words.toml: no list {name!r}; add it before the first table") from None


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A compiled pattern of `deal_patterns.toml` by its name; raises `LexiconError` when there is none."""
    patterns = tomllib.loads(files("corewatch.lexicon").joinpath("deal_patterns.toml").read_text(encoding="utf-8"))
    if name not in patterns:
        raise LexiconError(f"deal_patterns.toml: no pattern {name!r}")
    return re.compile(patterns[name])
