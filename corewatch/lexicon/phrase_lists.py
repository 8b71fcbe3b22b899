"""Plain lists of phrases, a file each, as `grants.txt`."""

import re
from functools import cache
from importlib.resources import files

from corewatch.lexicon.revisions import phrases


def grants() -> re.Pattern[str]:
    """How a lower-case text says that shares are granted or come with a purchase."""
    return read_phrases("grants.txt")


def denials() -> re.Pattern[str]:
    """How a lower-case text says that a deal which is reported as dropped goes on."""
    return read_phrases("denials.txt")


@cache
def read_phrases(name: str) -> re.Pattern[str]:
    """The phrases of a file, one a line; a line that begins with # is a comment. Read once: each mention is looked through for them."""
    lines = files("corewatch.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    return phrases([line.strip() for line in lines if line.strip() and not line.startswith("#")])
