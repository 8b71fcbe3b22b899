"""What a quoted or reported sentence says of the thesis that AI spending goes round in a closed loop among a few firms."""

from typing import Literal

from corewatch.lexicon.speech import stance_patterns

_BEFORE = 60  # characters before what is said of the loop that can deny it
_LONGEST = 3000  # characters of a statement that say what it is about
Stance = Literal["supports", "disputes"]


def read_stance(words: str) -> Stance | None:
    """`"They are each other's customers"` supports, `"It is no circle"` disputes, most words say nothing of it (null).

    A denial names what it denies, so `disputes` is asked first, and what supports the thesis behind a "nobody" or a "not" disputes it.
    """
    lower = " ".join(words[:_LONGEST].lower().replace("’", "'").split())
    patterns = stance_patterns()
    lower = patterns.neutral.sub(" ", lower)
    if patterns.disputes.search(lower):
        return "disputes"
    if found := patterns.supports.search(lower):
        return "disputes" if patterns.denial.search(lower, max(0, found.start() - _BEFORE), found.start()) else "supports"
    return None
