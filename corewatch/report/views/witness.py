"""Who says so: the witness strip of an answer, and how sure that makes it, in words.

In: which documents agree and which differ. Out: the strip (counts for a large corpus) and the words of confidence.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.reading import Reading
from corewatch.report.rendering import render
from corewatch.report.wording import counted, listed, start_upper

# Beyond this many squares nobody counts them.
MOST_SQUARES = 40
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


@dataclass(frozen=True)
class Confidence:
    """How sure an answer is, in words, and the count behind it."""

    word: str
    note: str


def witness_strip(
    reading: Reading, agree: Collection[str], differ: Collection[str] = (), *, says: str = "say so", differs: str = "differ"
) -> Markup:
    """A square for each article in the order of the list: full says so, half differs, empty is silent."""
    differ = set(differ)
    agree = set(agree) - differ
    many = len(reading) > MOST_SQUARES
    squares = [] if many else ["half" if row.doc_id in differ else "yes" if row.doc_id in agree else "" for row in reading.documents]
    return render(
        "fragments/witness.html.j2",
        squares=squares,
        label=counts(reading, agree, differ, says, differs) if many else places(reading, agree, differ, says, differs),
    )


def counts(reading: Reading, agree: Collection[str], differ: Collection[str], says: str, differs: str) -> str:
    """The strip in numbers: `Of 125 articles 3 say so, 1 differs, the others are silent.`"""
    parts = [f"{len(agree):,} {agreed(len(agree), says)}"]
    if differ:
        parts.append(f"{len(differ):,} {agreed(len(differ), differs)}")
    if len(agree) + len(differ) < len(reading):
        parts.append("the others are silent")
    return f"Of {len(reading):,} articles {', '.join(parts)}."


def places(reading: Reading, agree: Collection[str], differ: Collection[str], says: str, differs: str) -> str:
    """The strip in words, for who does not see it: `Of five articles, in order: the first says so, the others are silent.`"""
    if not len(reading):
        return "No article was read."
    parts = []
    for chosen, verb in ((agree, says), (differ, differs)):
        found = [ordinal(reading.order[doc_id]) for doc_id in sorted(chosen, key=lambda one: reading.order[one])]
        if found:
            parts.append(f"the {listed(found)} {agreed(len(found), verb)}")
    rest = len(reading) - len(set(agree) | set(differ))
    if rest:
        parts.append(("the others are" if rest > 1 else "the other is") + " silent" if parts else "all are silent")
    return f"Of {counted(len(reading), 'article')}, in order: {', '.join(parts)}."


def agreed(number: int, verb: str) -> str:
    """A verb in the plural, agreed with its number: `say so`, `says so`."""
    head, _, tail = verb.partition(" ")
    return verb if number != 1 else f"{head}s {tail}".strip()


def ordinal(place: int) -> str:
    """A place in the list of articles: `first`, `13th`."""
    if place < len(ORDINALS):
        return ORDINALS[place]
    number = place + 1
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def confidence(
    reading: Reading, agree: Collection[str], differ: Collection[str] = (), *, about: str = "", how: str = "", sources: int | None = None
) -> Confidence:
    """How sure: contested where one differs, high where two agree, low where one alone says so, none where no one does.

    `sources` is how many independent ones they are, where that is known: articles that copy one text or credit one outlet are one.
    """
    agree = set(agree) - set(differ)
    total = f"{len(reading):,} {'article' if len(reading) == 1 else 'articles'}"
    spoken = len(agree) + len(set(differ))
    if not spoken:
        return Confidence("No confidence", "no article says so" if len(reading) else "no article was read")
    if differ and agree:
        return Confidence(
            start_upper(f"contested{about}"), f"{spoken} of {total}; {how or counted(len(set(differ)), 'article') + ' differs'}"
        )
    if differ:
        return Confidence(start_upper(f"contested{about}"), f"{spoken} of {total}; {how or 'it differs within itself'}")
    if len(agree) == 1:
        return Confidence(start_upper(f"low confidence{about}"), f"1 of {total}, unconfirmed")
    if sources is not None and sources < 2:
        return Confidence(start_upper(f"low confidence{about}"), f"{len(agree)} of {total}, which are one source")
    return Confidence(start_upper(f"high confidence{about}"), f"{len(agree)} of {total} agree")


def sure_words(agree: Collection[str], differ: Collection[str], sources: int) -> tuple[str, str]:
    """The same for a row of a table, the word and its count: `("low", "one article")`, `("contested", "one of three articles differs")`."""
    spoken = set(agree) | set(differ)
    articles = counted(len(spoken), "article")
    if not spoken:
        return "none", "no article"
    if differ:
        number = len(set(differ))
        if number == len(spoken):
            return "contested", articles if number > 1 else "one article differs within itself"
        return "contested", f"{counted(number, 'article').split(' ')[0]} of {articles} {'differs' if number == 1 else 'differ'}"
    if len(spoken) == 1:
        return "low", articles
    return ("high", f"{articles} agree") if sources > 1 else ("low", f"{articles}, one source")


def sides(row: Any, mentions: Iterable[Any], conflicts: Iterable[Any]) -> tuple[set[str], set[str]]:
    """The documents of a deal's or metric's mentions that agree with it, and those that a conflict sets against it."""
    everyone = {mention.doc_id for mention in mentions}
    against: set[str] = set()
    for conflict in conflicts:
        sayings = list(zip(conflict.values.split("; "), conflict.doc_ids.split("; "), conflict.mention_ids.split("; "), strict=False))
        used = {value for value, _, mention_id in sayings if mention_id == row.mention_id}
        against |= {doc_id for value, doc_id, _ in sayings if value not in used} if used else {doc_id for _, doc_id, _ in sayings}
    return everyone - against, against
