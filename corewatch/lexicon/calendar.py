"""The words of dates and periods, from `calendar.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corewatch.errors import LexiconError


@dataclass(frozen=True)
class Calendar:
    """`months` and `ordinals` by lower-case word, `spans` as months by phrase; `ahead` and `after_number` are plain words."""

    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    spans: Mapping[str, int]
    ahead: frozenset[str]
    after_number: tuple[str, ...]


@cache
def calendar() -> Calendar:
    """The calendar's words; raises `LexiconError` where a number cannot be what it says."""
    read = tomllib.loads((files("corewatch.lexicon") / "calendar.toml").read_text("utf-8"))
    for section, most in (("months", 12), ("ordinals", 4), ("spans", 12)):
        for word, number in read[section].items():
            if not 1 <= number <= most:
                raise LexiconError(f"calendar.toml, {section}: {word} = {number} is not between 1 and {most}")
    return Calendar(
        months=read["months"],
        ordinals=read["ordinals"],
        spans=read["spans"],
        ahead=frozenset(read["ahead"]["words"]),
        after_number=tuple(read["after_number"]["words"]),
    )
