"""What the words around an amount say of it: that another took its place, that it is a part, or that it would need an option.

In: a deal mention with its evidence. Out: one word or none. Only the words next to the figure count, up to the next figure or the end of
the clause, because one sentence often has both amounts: "will pay $31 million, no longer the $38 million agreed in 2025".
"""

import re
from typing import Any, Literal

from corewatch.lexicon.revisions import revisions

Aside = Literal["earlier", "part", "option"]
# A clause ends here, or at another figure.
CLAUSE_END = re.compile(r"[;:,.!?]\s|\d|\band\b|\bbut\b")
FROM = re.compile(r"\bfrom(?: (?:about|around|roughly|some|almost|nearly|over))?\s*\W?$")
TO = re.compile(r"\bto(?: (?:about|around|roughly|some|almost|nearly|over|just))*\s*\W?$")
ONLY = re.compile(r"\bonly\b[^.;]*\d[^.;]*\bof the(?: \w+)?\W*$")
PIECE = re.compile(r"\bthe (?:first|other|rest)(?: of the)?\W*$")
# "Or $211 million, was prepaid": what follows the comma is said of the amount.
PREDICATE = re.compile(r"^[,)]+ ((?:was|were|is|are|has|have|had)\b)")
ANOTHER = re.compile(r"\banother\W*$")
YEAR = re.compile(r"\b20\d\d\b")
# How far before "went public" the issuer's name may stand, in characters.
NAME_BEFORE = 60


def aside(row: dict[str, Any]) -> Aside | None:
    """Why a mention's amount is not the amount of the deal; null where nothing says so."""
    around = words_around(row)
    if around is None:
        return None
    sentence, before, after = around
    words = revisions()
    # "The earlier terms were raised to $2 billion": what stands before "to" is said of the other amount.
    if (
        (words.earlier.search(before) and not TO.search(before))
        or words.earlier.search(after)
        or ONLY.search(sentence)
        or (FROM.search(sentence) and words.revised.search(sentence))
    ):
        return "earlier"
    if words.part.search(before) or words.part.search(after) or PIECE.search(sentence):
        return "part"
    return "option" if words.option.search(before) or words.option.search(after) or words.option.match(sentence) else None


def is_revised(row: dict[str, Any]) -> bool:
    """Whether a mention's amount took the place of another: "has raised its order to $1.9 billion"."""
    around = words_around(row)
    return around is not None and TO.search(around[0]) is not None and revisions().revised.search(around[0]) is not None


def is_more(row: dict[str, Any]) -> bool:
    """Whether a mention is told as a deal beside another one: "a second contract", "a further part of the campus"."""
    around = words_around(row)
    if around is None:
        return revisions().more.search(str(row["evidence"]).lower()) is not None
    # Further back than the clause, because "the second agreement, signed in May and worth ..." goes on; not beyond another figure.
    words = re.split(r"[.!?]\s|[$€£¥]\s?\d", around[0])[-1]
    return revisions().more.search(words) is not None or ANOTHER.search(words) is not None


def year_of(row: dict[str, Any]) -> int | None:
    """The year that stands nearest to a mention's figure in its evidence: 2026 in "guided to $25 billion for fiscal 2026"."""
    if row["figure_id"] is None:
        return None
    at = int(str(row["figure_id"]).rsplit(":f", 1)[1]) - row["start"]
    years = [(abs(found.start() - at), int(found[0])) for found in YEAR.finditer(str(row["evidence"]))]
    return min(years)[1] if years else None


def words_around(row: dict[str, Any]) -> tuple[str, str, str] | None:
    """In lower case, what precedes a mention's figure in its evidence, the clause before it and the clause after it."""
    if row["figure_id"] is None:
        return None
    evidence = str(row["evidence"]).lower()
    at = int(str(row["figure_id"]).rsplit(":f", 1)[1]) - row["start"]
    if not 0 <= at < len(evidence):
        return None
    figure = re.match(r"\W*\w*\W?[\d.,]+(?:[-–]\W?[\d.,]+)?\W?(?:[mb]n?|tn|trillion|billion|million|crore)?\b", evidence[at:])
    end = at + (figure.end() if figure else 1)
    sentence = evidence[:at]
    return sentence, CLAUSE_END.split(sentence)[-1], CLAUSE_END.split(PREDICATE.sub(r"\1", evidence[end:]))[0]


def went_public(company: str, text: str) -> bool:
    """Whether a text says, shortly after a company's name and in the same sentence, that its shares are traded."""
    lower, name = text.lower(), company.lower()
    for said in revisions().listed.finditer(lower):
        before = lower[max(0, said.start() - NAME_BEFORE) : said.start()]
        if name in re.split(r"[.!?]\s|\n", before)[-1]:
            return True
    return False
