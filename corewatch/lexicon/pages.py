"""Page furniture and abbreviations: what a sentence is not, and where one does not end."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HOME = files("corewatch.lexicon")


@dataclass(frozen=True)
class Furniture:
    """Phrases in lower case: `lines` open a line of furniture, `anywhere` make furniture of the line that holds them."""

    lines: frozenset[str]
    anywhere: tuple[str, ...]


@dataclass(frozen=True)
class Abbreviations:
    """Words in lower case without their last full stop."""

    titles: frozenset[str]
    others: frozenset[str]


@cache
def furniture() -> Furniture:
    """The words that a page puts around an article."""
    read = tomllib.loads((HOME / "page_furniture.toml").read_text("utf-8"))
    return Furniture(frozenset(read["lines"]), tuple(read["anywhere"]))


@cache
def abbreviations() -> Abbreviations:
    """The words after which a full stop ends no sentence, or not always."""
    read = tomllib.loads((HOME / "abbreviations.toml").read_text("utf-8"))
    return Abbreviations(frozenset(read["titles"]), frozenset(read["others"]))
