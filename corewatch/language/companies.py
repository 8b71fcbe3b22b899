"""Companies in a text."""

from corewatch.language.article import Company, Sentence, Token


def find_companies(text: str, sentences: list[Sentence], tokens: list[Token]) -> list[Company]:
    """The companies of a text, in order."""
    return []


def find_main_company(text: str, sentences: list[Sentence], companies: list[Company]) -> str | None:
    """The company that a document is about."""
    return None
