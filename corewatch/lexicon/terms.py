"""How a sentence is split for figures, and so how the lexicon's phrases are split.

A term is a number with its separators ("1,250.5"), a word with the digits and apostrophe that it holds ("GB200", "Axelera's", "U.S."),
or one sign. "$2.4bn" is "$", "2.4", "bn"; "five-year" is "five", "-", "year".
"""

import re

TERM = re.compile(r"\d+(?:[.,]\d+)*|(?:[A-Za-z]\.){2,}|[^\W\d_]\w*(?:['’][^\W\d_]+)?|\S")


def split_terms(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The place of every term between `start` and `end`."""
    return [match.span() for match in TERM.finditer(text, start, len(text) if end is None else end)]
