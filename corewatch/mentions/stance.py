"""What a quoted or reported sentence says of the thesis that AI spending goes round in a closed loop among a few firms."""

from typing import Literal

from corewatch.lexicon.speech import stance_patterns

Stance = Literal["supports", "disputes"]


def read_stance(words: str) -> Stance | None:
    """`"They are each other's customers"` supports, `"It is no circle"` disputes, most words say nothing of it (null).

    A denial names what it denies, so `disputes` is asked first.
    """
    lower = " ".join(words.lower().replace("’", "'").split())
    supports, disputes = stance_patterns()
    if disputes.search(lower):
        return "disputes"
    if supports.search(lower):
        return "supports"
    return None
