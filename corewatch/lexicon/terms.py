"""How a sentence is split for figures, and so how the lexicon's phrases are split.

A term is a number with its separators ("1,250.5"), a word with the digits and apostrophe that it holds ("GB200", "Axelera's", "U.S."),
or one sign. "$2.4bn" is "$", "2.4", "bn"; "five-year" is "five", "-", "year".
"""

import csv
import re
from importlib.resources import files

NOT_GLUED = {"Re", "SR", "Fr", "STG"}  # with digits these are likelier a model or a name


def _codes() -> str:
    """The currencies in letters that may touch their number ("SKr310", "CHF95m")."""
    lines = (files("corewatch.lexicon") / "currencies.csv").read_text("utf-8").splitlines()
    forms = {row["form"] for row in csv.DictReader(lines) if row["place"] in ("before", "both") and row["form"].isalpha()}
    return "|".join(sorted(forms - NOT_GLUED, key=lambda form: (-len(form), form)))


# A plain word is tried first, and the space before a term is part of its match: both are most of a text.
TERM = re.compile(
    rf"\s*([^\W\d_]+(?![\w.'’])|\d+(?:[.,]\d+)*|(?:[A-Za-z]\.){{2,}}|\b(?:{_codes()})(?=\d)|[^\W\d_]\w*(?:['’][^\W\d_]+)?|\S)"
)


def split_terms(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The place of every term between `start` and `end`."""
    return [match.span(1) for match in TERM.finditer(text, start, len(text) if end is None else end)]
