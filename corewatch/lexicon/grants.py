"""The phrases of `grants.txt`."""

import re
from functools import cache
from importlib.resources import files

from corewatch.lexicon.revisions import phrases


@cache
def grants() -> re.Pattern[str]:
    """How a lower-case text says that shares are granted or come with a purchase."""
    lines = files("corewatch.lexicon").joinpath("grants.txt").read_text(encoding="utf-8").splitlines()
    return phrases([line.strip() for line in lines if line.strip() and not line.startswith("#")])
