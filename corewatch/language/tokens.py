"""Words, numbers and signs of a text, each with its place.

In: a text. Out: `Token`s in order; what lies between two of them is white space.
"""

import re

from corewatch.language.article import Token

# A word holds its inner apostrophes, hyphens, full stops and ampersands ("U.S.", "GPU-backed", "S&P"), a number its separators.
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.'’&\-‑](?=[^\W_])[^\W_]+)*|\w+|[^\w\s]")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "−": "-", "“": '"', "”": '"'})


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text: `"It rents GPU-backed racks."` has five."""
    lowered = text.lower().translate(STRAIGHT)
    same = len(lowered) == len(text)  # a few letters (İ) grow when lowered
    return [
        Token(start, end, text[start:end], lowered[start:end] if same else text[start:end].lower().translate(STRAIGHT))
        for start, end in (match.span() for match in TOKEN.finditer(text))
    ]
