"""The companies of a text: where they are named, and where a pronoun or description stands for one.

In: a text, its sentences and tokens. Out: `Company` spans in the order of the text, not overlapping.
"""

from collections import Counter
from collections.abc import Sequence

from corewatch.language.article import Company, Sentence, Token
from corewatch.language.company_names import find_names
from corewatch.language.stand_ins import find_stand_ins

# Organisations that a text names as sources or scenery; they are parties only where they act as one.
NO_PARTIES = frozenset({"source", "outlet", "research", "exchange", "agency", "university", "association", "project", "law_firm"})


def find_companies(text: str, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> list[Company]:  # noqa: ARG001 (every finder of this stage is called alike)
    """Companies, governments and other organisations of a text, by name and (`by_name` false) by pronoun or description."""
    names = find_names(text, sentences)
    named = [Company(n.start, n.end, text[n.start : n.end], n.name, n.segment, n.roles, True) for n in names]
    found = named + find_stand_ins(text, sentences, names, NO_PARTIES)
    return sorted(found, key=lambda company: company.start)


def find_main_company(text: str, sentences: Sequence[Sentence], companies: Sequence[Company]) -> str | None:  # noqa: ARG001
    """The company that a document is about: named most, and early, above all in the headline."""
    weight: Counter[str] = Counter()
    early = sentences[min(len(sentences), 4) - 1].end if sentences else 0
    headline = {(s.start, s.end) for s in sentences if s.role == "headline"}
    for company in companies:
        if company.roles & NO_PARTIES and not company.roles - NO_PARTIES:
            continue
        weight[company.name] += 1
        if company.start < early:
            weight[company.name] += 1
        if any(a <= company.start < b for a, b in headline):
            weight[company.name] += 2
    return max(weight, key=lambda name: weight[name]) if weight else None
