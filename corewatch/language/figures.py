"""Figures."""

from corewatch.language.article import Figure, Sentence


def find_figures(text: str, sentences: list[Sentence]) -> list[Figure]:
    """The figures of a text."""
    return []
