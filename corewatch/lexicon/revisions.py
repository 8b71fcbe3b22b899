"""The phrases of `revisions.toml`: how a text says that an amount was replaced, is a part, or would need an option."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Revisions:
    """Patterns over lower-case text, one for each list of the file."""

    earlier: re.Pattern[str]
    part: re.Pattern[str]
    option: re.Pattern[str]
    revised: re.Pattern[str]
    listed: re.Pattern[str]
    more: re.Pattern[str]


@cache
def revisions() -> Revisions:
    """The phrases, compiled once."""
    data = tomllib.loads(files("corewatch.lexicon").joinpath("revisions.toml").read_text(encoding="utf-8"))
    return Revisions(**{name: phrases(words) for name, words in data.items()})


def phrases(words: list[str]) -> re.Pattern[str]:
    """Any of some phrases as whole words, the longest first."""
    ordered = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in ordered) + r")(?!\w)")
