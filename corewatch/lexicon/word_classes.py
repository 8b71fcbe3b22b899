"""Closed classes of words, from `word_classes.toml`: prepositions, determiners, what may stand between a figure and its head."""

import tomllib
from functools import cache
from importlib.resources import files

from corewatch.errors import LexiconError


@cache
def _classes() -> dict[str, frozenset[str]]:
    read = tomllib.loads((files("corewatch.lexicon") / "word_classes.toml").read_text("utf-8"))
    return {name: frozenset(section["words"]) for name, section in read.items()}


def word_class(name: str) -> frozenset[str]:
    """The words of one class, lower case; raises `LexiconError` where there is no such class."""
    classes = _classes()
    if name not in classes:
        raise LexiconError(f"word_classes.toml has no class {name!r}; it has {', '.join(sorted(classes))}")
    return classes[name]
