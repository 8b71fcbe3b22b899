"""Whether a text is in another language than English, and in which.

In: a text. Out: the ISO code of its language where it is surely another. English is never turned away wrongly, so that everything doubtful
passes: a few words, a list of names, figures, English that a machine wrote. Most texts show by their small words that they are English,
and nothing else is asked; the rest go to py3langid. It sees no word with a capital, because names are of no language, and it has to be
sure by a margin that grows with the text. A text of which a good part is in another language is no English text: half of it would be read.
"""

import io
import re
from collections import Counter
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

from corewatch.documents.words import english as english_words

# Plain English has one in five of these; notes without sentences fewer, other languages hardly any.
SHARE = 0.1
# The words that are looked at, the fewest that say by being English that a text is, and the fewest without a capital that are asked about.
MOST, FEWEST, FEW = 1500, 12, 5
# Characters at the head of a text that nearly always say that it is English.
QUICK = 3000
# Of letters, where the script alone says that it is no English.
FOREIGN_SCRIPT = 0.5
# How much better another language has to fit, in natural logarithms a word, and the least that it may be in all. Sentences of Danish, which
# is the nearest of those tried, fit by 9 a word, and articles of two sentences by 34 in all; of 7,354 English passages none fitted so well.
MARGIN, LEAST = 4.0, 30.0
# Of a text in two languages: the share of the other one from which it is no quotation, and the paragraphs that are asked.
GOOD_PART = 0.3
SHORTEST, MOST_PARAGRAPHS = 60, 500
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def other_language(text: str) -> str | None:
    """The code of the language of a text (`de`, `zh`), or null where it is English or nothing can be said for sure.

    `other_language("Der Vertrag mit dem Betreiber der Rechenzentren ist nach Angaben der Firma unterschrieben worden.")` is `"de"`.
    """
    known = english_words()
    # The quick way, for nearly all texts: no pattern, and nothing is asked of words that are not known.
    plain = text[:QUICK].split()
    if len(plain) > FEWEST and sum(map(known.__contains__, plain)) >= SHARE * len(plain):
        return None
    words = [found[0] for found in islice(WORD.finditer(text), MOST)]
    small = [word for word in words if not word[0].isupper()]
    english = sum(word in known for word in small)
    if english >= SHARE * max(len(small), 1) and english:
        return None
    letters = sum(map(len, words))
    latin = sum(len(LATIN.findall(word)) for word in words)
    if letters - latin > FOREIGN_SCRIPT * letters and letters - latin >= FEWEST:
        return best_guess(" ".join(small))[0]
    if len(small) < FEW:
        return None
    code, margin = best_guess(" ".join(small))
    return code if code != "en" and margin >= max(MARGIN * len(small), LEAST) else None


def mixed_language(text: str) -> str | None:
    """The code of the other language in which a good part of an English text is, as of a page in two languages; null for a quotation.

    Paragraphs are asked one by one, because in the whole the English words decide.
    """
    paragraphs = [part for part in re.split(r"\n+", text) if len(part) > SHORTEST]
    paragraphs = paragraphs[:: len(paragraphs) // MOST_PARAGRAPHS + 1]
    sizes: Counter[str] = Counter()
    for paragraph in paragraphs:
        sizes[other_language(paragraph) or "en"] += len(paragraph)
    others = sizes.total() - sizes["en"]
    if others < GOOD_PART * max(sizes.total(), 1):
        return None
    return max((code for code in sorted(sizes) if code != "en"), key=sizes.__getitem__, default=None)


@cache
def model() -> Any:
    """The model of languages. The library unpacks it into a file, and the process that reads may write none: it is unpacked in memory."""
    from py3langid import langid, modelio

    files = modelio.tempfile
    modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: io.BytesIO())
    try:
        return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    finally:
        modelio.tempfile = files


def best_guess(text: str) -> tuple[str, float]:
    """The language that fits best, and by how much better than English."""
    ranked = model().rank(text)
    code, score = ranked[0]
    return str(code), float(score) - float(dict(ranked)["en"])
