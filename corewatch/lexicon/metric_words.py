"""The words of metrics, from `metric_words.toml`: each phrase with its tags ("revenue" is `noun:revenue`, "fell" is `down`)."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corewatch.contract import METRICS
from corewatch.errors import LexiconError

_PREFIXES = {"nouns": "noun", "loss": "loss", "verbs": "verb", "loss_verbs": "loss_verb"}
_NOT_METRICS = {"shares"}  # a head that a price and a percentage share: which metric it is depends on the figure


@dataclass(frozen=True)
class MetricWords:
    """`phrases` by their first word, longest first, each a tuple of words; `tags` of a phrase."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    tags: Mapping[tuple[str, ...], frozenset[str]]


@cache
def metric_words() -> MetricWords:
    """The lexicon; raises `LexiconError` where a section names a metric that the contract does not have."""
    read = tomllib.loads((files("corewatch.lexicon") / "metric_words.toml").read_text("utf-8"))
    tags: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for tag, phrases in _sections(read):
        for phrase in phrases:
            tags[tuple(phrase.split())].add(tag)
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in tags:
        by_first[words[0]].append(words)
    return MetricWords(
        phrases={first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()},
        tags={words: frozenset(found) for words, found in tags.items()},
    )


def _sections(read: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for section, content in read.items():
        prefix = _PREFIXES.get(section)
        for key, phrases in content.items():
            if prefix:
                if key not in METRICS and key not in _NOT_METRICS:
                    raise LexiconError(f"metric_words.toml, {section}: {key} is no metric; the metrics are {', '.join(METRICS)}")
                yield f"{prefix}:{key}", phrases
            elif section in ("moves", "forecast") and key != "words":
                yield key, phrases
            elif key == "words":
                yield section, phrases
            else:
                yield f"{section}.{key}", phrases
