"""The words of standing ties between companies, from `ties.toml` and `tie_forms.toml`, as alternations and forms in lower case."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from re import escape

from corewatch.errors import LexiconError

KINDS = ("customer_of", "investor_in", "competitor_of", "partner_of")


@dataclass(frozen=True)
class Tie:
    """A kind of tie and whether the company that bears the word is its source; `whole` where an investor has all of the other."""

    kind: str
    source: bool
    whole: bool = False


@dataclass(frozen=True)
class TieWords:
    """`nouns` and `verbs` by word, `implied` nouns, the roles of `investors`.

    The other fields are alternations for a regular expression over lower-case text.
    """

    nouns: Mapping[str, Tie]
    verbs: Mapping[str, Tie]
    noun: str
    verb: str
    denial: str
    implied: frozenset[str]
    investors: frozenset[str]
    share_verb: str
    share_noun: str


def alternation(words: Iterable[str]) -> str:
    """The words as one group, the longest first."""
    return "(?:" + "|".join(escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


@cache
def tie_words() -> TieWords:
    """The words; raises `LexiconError` where a kind or side is unknown or a word has two meanings."""
    read = tomllib.loads((files("corewatch.lexicon") / "ties.toml").read_text("utf-8"))
    tables: dict[str, dict[str, Tie]] = {"nouns": {}, "verbs": {}}
    for section, table in tables.items():
        for entry in read[section]:
            if entry["kind"] not in KINDS or entry["as"] not in ("source", "target"):
                raise LexiconError(f"ties.toml, {section}: unknown kind or side in {entry['kind']!r}, {entry['as']!r}")
            for word in entry["words"]:
                if word in table:
                    raise LexiconError(f"ties.toml, {section}: {word!r} stands twice; keep one meaning")
                table[word] = Tie(entry["kind"], entry["as"] == "source", entry.get("whole", False))
    return TieWords(
        nouns=tables["nouns"],
        verbs=tables["verbs"],
        noun=alternation(tables["nouns"]),
        verb=alternation(tables["verbs"]),
        denial=alternation(read["denial"]["words"]),
        implied=frozenset(read["implied"]["words"]),
        investors=frozenset(read["investors"]["roles"]),
        share_verb=alternation(read["share"]["verbs"]),
        share_noun=alternation(read["share"]["nouns"]),
    )


@dataclass(frozen=True)
class NounForm:
    """A form with a tie noun. `open`: the other side may be left out; `near`: then it is the last company named before."""

    form: str
    open: bool
    near: bool


@dataclass(frozen=True)
class VerbForm:
    """A form with a verb, its tie, and the parts that may stand before it as its subject."""

    form: str
    tie: Tie
    confidence: float
    leads: tuple[str, ...]


@dataclass(frozen=True)
class TieForms:
    """The forms as they are written, with `@` parts; `trigger` finds the sentences that are worth a search."""

    parts: Mapping[str, str]
    nouns: tuple[NounForm, ...]
    verbs: tuple[VerbForm, ...]
    shares: tuple[str, ...]
    share: str
    trigger: str


@cache
def tie_forms() -> TieForms:
    """The forms; raises `LexiconError` where a kind or side is unknown."""
    read = tomllib.loads((files("corewatch.lexicon") / "tie_forms.toml").read_text("utf-8"))
    verbs = []
    for entry in read["verbs"]:
        if entry["kind"] not in KINDS or entry["as"] not in ("source", "target"):
            raise LexiconError(f"tie_forms.toml: unknown kind or side in {entry['says']!r}")
        leads = ("@SUBJ", "@CHAIN") if entry.get("subject") else ("",)
        verbs.append(VerbForm(entry["form"], Tie(entry["kind"], entry["as"] == "source"), entry["confidence"], leads))
    return TieForms(
        parts=read["parts"],
        nouns=tuple(NounForm(entry["form"], entry.get("open", False), entry.get("near", False)) for entry in read["nouns"]),
        verbs=tuple(verbs),
        shares=tuple(read["shares"]["forms"]),
        share=read["shares"]["SHARE"],
        trigger=read["trigger"]["form"],
    )
