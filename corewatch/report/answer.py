"""An answer as a page shows it, which also remembers what it says: the sentence, the one number, how sure it is.

In: what a view found. Out: a fragment for a page, and the same as values for whoever compares editions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corewatch.report.fragments import Fragment, Words, fragment
from corewatch.report.name_links import with_names
from corewatch.report.reading import Reading
from corewatch.report.wording import Amount


@dataclass(frozen=True)
class Said:
    """What an answer says. `number` has the one number with its bounds; `articles` is how many articles speak of it.

    `mention_id` is the mention that the one number was read from, null where it is computed.
    """

    question: str
    claim: Words
    one: Words
    one_note: Words
    sure: str
    sure_note: str
    strip: Markup
    but: Sequence[Words] = ()
    more: Mapping[str, str] | None = None
    number: Amount | None = None
    articles: int = 0
    mention_id: str | None = None


@dataclass(frozen=True)
class Answer(Fragment):
    """The answer on a page, and what it says."""

    said: Said
    reading: Reading

    __repr__ = Fragment.__repr__

    def since(self, words: Words) -> Fragment:
        """The same with what an earlier edition said instead."""
        return Fragment(drawn(self.reading, self.said, words))


def answer(
    reading: Reading,
    *,
    question: str = "",
    claim: Words,
    one: Words,
    one_note: Words,
    sure: str,
    sure_note: str,
    strip: Markup,
    but: Sequence[Words] = (),
    more: Mapping[str, str] | None = None,
    number: Amount | None = None,
    articles: int = 0,
    mention_id: str | None = None,
) -> Answer:
    """An answer: question, sentence, the one number with who says so, and what speaks against it. Companies in it lead to their pages."""
    said = Said(question, claim, one, one_note, sure, sure_note, strip, but, more, number, articles, mention_id)
    return Answer(drawn(reading, said, ""), said, reading)


def drawn(reading: Reading, said: Said, since: Words) -> Markup:
    """An answer as markup."""
    return with_names(reading, fragment("answer", **vars(said), since=since).markup)
