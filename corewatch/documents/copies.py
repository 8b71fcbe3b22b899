"""Documents that copy each other, told by the runs of words that they share.

In: the table `documents`. Out: for each near-copy the document that it copies. Runs of five words are compared by a sample (every eighth
by its checksum, after Broder 1997, "On the resemblance and containment of documents"), so that thousands of documents are compared in
one pass; an excerpt is a copy of what it was cut from.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from zlib import crc32

import networkx as nx
from pandas import DataFrame

from corewatch.tables import records

RUN = 5
SAMPLE = 8
# The share of the shorter text's runs that a copy has, and the fewest sampled runs that say anything.
COPIED = 0.6
FEWEST = 6
# A run in more documents than this is mostly a newsroom's standing text: it is only compared with the first that has it, which finds
# a text that a hundred papers print as well.
STANDING = 50


def near_copies(documents: DataFrame) -> dict[str, str]:
    """For each document that is a near-copy of others the first of them by date and name; the first itself is not in it."""
    rows = records(documents[["doc_id", "published", "text"]])
    runs = {row["doc_id"]: sampled_runs(row["text"]) for row in rows}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name in sorted(runs):
        for run in runs[name]:
            holders[run].append(name)
    shared = Counter(pair for names in holders.values() for pair in pairs_of(names))
    copies: nx.Graph[str] = nx.Graph()
    for (one, other), number in shared.items():
        least = min(len(runs[one]), len(runs[other]))
        if least >= FEWEST and number >= COPIED * least:
            copies.add_edge(one, other)
    when = {row["doc_id"]: (row["published"] or "9999", row["doc_id"]) for row in rows}
    first: dict[str, str] = {}
    for part in nx.connected_components(copies):
        head, *rest = sorted(part, key=when.__getitem__)
        first.update(dict.fromkeys(rest, head))
    return first


def pairs_of(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The pairs of documents with a run that are compared."""
    return combinations(names, 2) if len(names) <= STANDING else ((names[0], name) for name in names[1:])


def sampled_runs(text: str) -> set[int]:
    """The checksums of every eighth run of five words, chosen by the checksum itself."""
    words = re.findall(r"\w+", text.lower())
    runs = (crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))
    return {run for run in runs if run % SAMPLE == 0}
