"""The companies of a text: where they are named, and where a pronoun or description stands for one.

In: a text, its sentences and tokens. Out: `Company` spans in the order of the text, not overlapping.
"""

from collections.abc import Sequence

from corewatch.language.article import Company, Sentence
from corewatch.language.company_names import find_names
from corewatch.language.stand_ins import find_stand_ins
from corewatch.language.topics import weigh

# Organisations that a text names as sources or scenery; they are parties only where they act as one.
NO_PARTIES = frozenset({"source", "outlet", "research", "exchange", "agency", "university", "association", "project", "law_firm"})


def find_companies(text: str, sentences: Sequence[Sentence]) -> list[Company]:
    """Companies, governments and other organisations of a text, by name and (`by_name` false) by pronoun or description."""
    names = find_names(text, sentences)
    named = [Company(n.start, n.end, text[n.start : n.end], n.name, n.segment, n.roles, True) for n in names]
    found = named + find_stand_ins(text, sentences, names, NO_PARTIES)
    return sorted(found, key=lambda company: company.start)


def find_main_company(sentences: Sequence[Sentence], companies: Sequence[Company]) -> str | None:
    """The company that a document is about, null where it names none that could be a party."""
    return weigh(sentences, [c for c in companies if not c.roles or c.roles - NO_PARTIES])
