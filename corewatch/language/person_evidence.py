"""Whether a text treats a name of two capitalised words as a person's, where neither a title nor a given name says so.

In: the text and the place of a name that might be a person's. Out: a yes or no. A person is "he" or "she", has "his" or "her" things, and
afterwards speaks by the last word of the name alone; a firm is "it", and speaks by the first word.
"""

import re
from collections.abc import Sequence

from corewatch.language.article import Sentence
from corewatch.lexicon.companies import company_words
from corewatch.lexicon.speech import speech_words

_OWN = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b")
_GOES_ON = re.compile(r"[\s“\"‘]*(?:But |And |Yet |Still, |Then |So |Now )?(?:He|She|His|Her)\b")
# Where a subject or an agent can stand: at the head of a sentence or clause, after "by", or after its firm ("Oracle's").
_LEADS = re.compile(
    r"(?:^|[,;:.—–“\"‘(] ?|['’]s? |\b(?:by|when|while|as|that|because|where|if|since|after|before|until|though|although|but|so|and|whom) )$"
)
_NEIGHBOUR = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+ [A-Z][\w’'-]+")
_BEHIND = re.compile(r"[,.;:]| (?:who|has|had|is|was)\b| [a-z]+(?:s|ed|t|d|ew|ok|ve)\b|$")
_NO_NAME = re.compile(r"[A-Z]{2,}|\d")
_RUN = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_SPEAKS = re.compile(rf",? (?:{speech_words().say.pattern})", re.I)


def speaking_words(text: str) -> frozenset[str]:
    """Capitalised words that stand alone before a verb of speech: `Calder` in `"but Calder says so"`."""
    return frozenset(run.group() for run in _RUN.finditer(text) if " " not in run.group() and _SPEAKS.match(text, run.end()))


def is_treated_as_person(text: str, sentences: Sequence[Sentence], nth: int, start: int, end: int, speaking: frozenset[str]) -> bool:
    """Whether pronouns, or the later use of its last word, make a person of the name from `start` to `end` in sentence `nth`."""
    words = text[start:end].split(" ")
    known = company_words()
    if text[start:end] in known.places or _NO_NAME.search(text, start, end) or words[-1] in known.tails:
        return False
    if words[-1] in speaking and words[0] not in speaking and words[-1].lower() not in known.ordinary:
        return True
    sentence = sentences[nth]
    before, after = text[max(sentence.start, start - 30) : start], text[end : min(sentence.end, end + 200)]
    if not _LEADS.search(before) or not _BEHIND.match(after):
        return False
    if own := _OWN.search(after):
        return own.start() > 2 and not _NEIGHBOUR.search(after, 0, own.start()) and not _OWN.search(before)
    if nth + 1 >= len(sentences) or _NEIGHBOUR.search(after):
        return False
    following = sentences[nth + 1]
    return following.paragraph <= sentence.paragraph + 1 and bool(_GOES_ON.match(text, following.start, following.end))
