"""Whether two texts are one source: a copy, or nearly one.

Told by runs of five words (Broder 1997, "On the resemblance and containment of documents"): the texts are one source if most runs of the
shorter one are in the other.
"""

import re
from functools import lru_cache

RUN = 5
# A rewritten agency report keeps well over half of its runs; two reports of one event written apart share a few quotations.
CONTAINED = 0.6


def same_source(text: str, other: str) -> bool:
    """Whether one text is a copy of the other, nearly or in part."""
    runs, others = word_runs(text), word_runs(other)
    shorter = min(len(runs), len(others))
    return shorter > 0 and len(runs & others) >= CONTAINED * shorter


@lru_cache(maxsize=256)
def word_runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words of a text, lower-case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
