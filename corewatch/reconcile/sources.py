"""Who says it: documents that copy one text, or credit one outlet, are one source.

In: mention rows and documents. Out: for each mention the name of its source: the outlet that its sentence or else its paragraph credits
("first reported by ...", "told ..."); where none is credited, the document itself, or the one that it is a near-copy of. A document of
an outlet that others credit is that source as well.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import networkx as nx
from pandas import DataFrame

from corewatch.lexicon.companies import registry
from corewatch.lexicon.phrase_lists import read_phrases
from corewatch.tables import records

Row = dict[str, Any]
# So far from the words of crediting the outlet's name may stand, in characters.
REACH = 40


def sources_of(mentions: Sequence[Row], documents: DataFrame) -> dict[str, str]:
    """The source of each mention by its id: an outlet's name, or the document that it stands in, or the one that this is a copy of."""
    papers = {row["doc_id"]: row for row in records(documents[["doc_id", "publisher", "copy_of", "text"]])}
    credited = {row["mention_id"]: credited_outlet(row, papers[row["doc_id"]]["text"]) for row in mentions}
    outlets = set(credited.values())
    own = {name: canonical(paper["publisher"]) or name for name, paper in papers.items()}
    own = {name: source if source in outlets else papers[name]["copy_of"] or name for name, source in own.items()}
    # What a copied document counts as, its copies count as too.
    return {row["mention_id"]: credited[row["mention_id"]] or str(own.get(own[row["doc_id"]], own[row["doc_id"]])) for row in mentions}


def credited_outlet(row: Row, text: str) -> str | None:
    """The one outlet that a mention is credited to: by its own sentence, else by its paragraph."""
    asserted = canonical(row.get("asserted_by"))
    if asserted in outlet_names().values():
        return asserted
    for start, end in ((row["start"], row["end"]), paragraph(text, row["start"], row["end"])):
        found = credited_in(text[start:end])
        if len(found) == 1:
            return next(iter(found))
    return None


@lru_cache(50_000)
def credited_in(passage: str) -> frozenset[str]:
    """The outlets that a passage credits: "Semafor reported", "according to the Financial Times".

    Kept, because the closed loop asks again for all documents but one, for each of them.
    """
    crediting = [said.span() for said in read_phrases("crediting.txt").finditer(passage.lower())]
    found = set()
    for outlet in outlet_forms().finditer(passage):
        if any(start - REACH <= outlet.end() and outlet.start() <= end + REACH for start, end in crediting):
            found.add(outlet_names()[outlet[0].lower()])
    return frozenset(found)


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines around a passage."""
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after


@cache
def outlet_names() -> Mapping[str, str]:
    """The outlets of the registry: each way of writing one, in lower case, with its canonical name."""
    known = registry()
    return {form.lower(): entry.name for form, entry in known.by_form.items() if "outlet" in entry.roles}


@cache
def outlet_forms() -> re.Pattern[str]:
    """Any outlet's name as whole words."""
    forms = sorted(outlet_names(), key=lambda form: (-len(form), form))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\b", re.IGNORECASE)


def canonical(name: str | None) -> str | None:
    """The canonical name of an outlet; any other name as it is."""
    return None if name is None else outlet_names().get(name.lower(), name)


def count_sources(told: Iterable[tuple[str, str]]) -> int:
    """How many independent sources some mentions have, given as document and source; a document is never more than one.

    Documents are one source if they share one; a headline without a credit and a text that credits an outlet are one document.
    """
    shared: nx.Graph[tuple[str, str]] = nx.Graph()
    shared.add_edges_from((("document", document), ("source", source)) for document, source in told)
    return nx.number_connected_components(shared)
