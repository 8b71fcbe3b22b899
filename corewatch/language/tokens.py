"""Words, numbers and signs of a text, each with its place.

In: a text. Out: `Token`s in order; what lies between two of them is white space.
"""

import re
from collections.abc import Callable
from functools import partial

from corewatch.language.article import Token

# A word holds its inner apostrophes, hyphens, full stops and ampersands ("U.S.", "GPU-backed", "S&P"), a number its separators.
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.'’&\-‑](?=[^\W_])[^\W_]+)*|\w+|[^\w\s]")
STRAIGHT = {"’": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "−": "-", "“": '"', "”": '"'}


_make_token: Callable[[tuple[int, int, str, str]], Token] = partial(tuple.__new__, Token)


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text: `"It rents GPU-backed racks."` has five."""
    lowered = _straighten(text.lower())
    same = len(lowered) == len(text)  # a few letters (İ) grow when lowered
    spans = [match.span() for match in TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    lower = [lowered[start:end] for start, end in spans] if same else [_straighten(word.lower()) for word in words]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    # The tuple is made directly: there are as many tokens as words, and the class's own constructor takes twice the time.
    return list(map(_make_token, zip(starts, ends, words, lower, strict=True)))


def _straighten(lowered: str) -> str:
    for sign, plain in STRAIGHT.items():
        lowered = lowered.replace(sign, plain)
    return lowered
