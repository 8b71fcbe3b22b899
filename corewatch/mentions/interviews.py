"""Answers of a printed interview or call: paragraphs that begin with the speaker's name and a colon, in turn with questions.

In: an article and the quotations already credited. Out: `Statement`s for those answers that hold an opinion; facts are no statements.
"""

import re
from collections.abc import Sequence

from corewatch.language.article import Article, Person
from corewatch.lexicon.speech import speech_words
from corewatch.mentions.records import Statement
from corewatch.mentions.speakers import inside
from corewatch.mentions.stance import read_stance

_LABEL = re.compile(r"^[ \t>*_]*([A-Z][^:\n.!?“”\"]{0,70}?)[*_]*:[*_]*[ \t]+(?=\S)", re.M)
_QUESTION = re.compile(r"^(?:Q\b|Question\b)")


def find_answers(article: Article, quoted: Sequence[Statement]) -> list[Statement]:
    """Opinions among the answers of an interview; a text with fewer than two labelled turns is none."""
    labels = list(_LABEL.finditer(article.text))
    turns = [(label, _speaker(article, label)) for label in labels]
    if sum(1 for label, person in turns if person or _QUESTION.match(label.group(1))) < 3:
        return []
    rows = []
    for label, person in turns:
        end = article.text.find("\n", label.end())
        end = len(article.text) if end < 0 else end
        if not person or any(row.start < end and row.end > label.end() for row in quoted):
            continue
        sentences = [sentence for sentence in article.sentences if sentence.start < end and sentence.end > label.end()]
        opinions = [
            sentence
            for sentence in sentences
            if speech_words().opinion.search(article.text, max(sentence.start, label.end()), sentence.end)
        ]
        if not opinions:
            continue
        start, stop = max(opinions[0].start, label.end()), sentences[-1].end
        words = article.text[start:stop]
        rows.append(
            Statement(
                start=start, end=stop, speaker=person.name, affiliation=person.affiliation,
                verbatim=False, stance=read_stance(words), confidence=0.6,
            )
        )  # fmt: skip
    return rows


def _speaker(article: Article, label: re.Match[str]) -> Person | None:
    """The person whom a label names, wholly or by surname; a question's label names nobody."""
    if _QUESTION.match(label.group(1)):
        return None
    people = inside(article, label.start(1), label.end(1) + 1)
    return people[0] if people and people[0].start - label.start(1) < 3 else None
