"""The words of `words.toml` that reading files needs."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The data file."""
    return tomllib.loads(files("corewatch.documents").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def english() -> frozenset[str]:
    """Small words of English alone."""
    return frozenset(table()["english"].split())


@cache
def compounds() -> frozenset[str]:
    """First halves that keep their hyphen where a line ends."""
    return frozenset(table()["compounds"].split())


@cache
def letter() -> re.Pattern[str]:
    """A line of a newsletter that is of the letter and not of its news."""
    return re.compile(rf"[\W_]*(?:{'|'.join(table()['letter'])})[\W_]*", re.IGNORECASE)
