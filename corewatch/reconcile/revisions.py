"""What a sentence says about an amount that was replaced, and about an offering that is done."""

import re
from typing import Any

from corewatch.lexicon.revisions import revisions

# An amount's own clause: what precedes it since the last sign that ends one.
CLAUSE_END = re.compile(r"[;:,]|\band\b|\bbut\b|\bto\b(?=\s*(?:about|around|roughly|some|almost|nearly)?\s*[\W\d])")
# How far before "went public" the issuer's name may stand, in characters.
NAME_BEFORE = 60


def tells_change(evidence: str) -> bool:
    """Whether a passage says that something took the place of something else: "cut its offering to", "instead of"."""
    return revisions().changed.search(evidence.lower()) is not None


def is_superseded(row: dict[str, Any]) -> bool:
    """Whether the words just before a mention's figure say that it no longer holds: "initially", "instead of", "up from"."""
    if row["figure_id"] is None:
        return False
    at = int(str(row["figure_id"]).rsplit(":f", 1)[1]) - row["start"]
    if not 0 < at <= len(row["evidence"]):
        return False
    clause = CLAUSE_END.split(row["evidence"][:at].lower())[-1]
    return revisions().old.search(clause) is not None


def went_public(company: str, text: str) -> bool:
    """Whether a text says, shortly after a company's name and in the same sentence, that its shares are traded."""
    lower, name = text.lower(), company.lower()
    for said in revisions().listed.finditer(lower):
        before = lower[max(0, said.start() - NAME_BEFORE) : said.start()]
        if name in re.split(r"[.!?]\s|\n", before)[-1]:
            return True
    return False
