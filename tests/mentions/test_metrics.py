"""Metrics: what a text says of companies in numbers, as rows that a person worked out."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.language.article import Article, Company
from corewatch.language.figures import find_figures
from corewatch.language.periods import find_periods
from corewatch.language.sentences import find_sentences
from corewatch.language.tokens import find_tokens
from corewatch.mentions.metrics import find_metric_mentions
from corewatch.spans import cut

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "metrics.toml").read_text("utf-8"))["case"]


def article_of(case: dict[str, Any]) -> Article:
    """The case's text with its companies as the case gives them, and everything else as the package reads it."""
    text = case["text"]
    forms = dict(part.split(" = ") if " = " in part else (part, part) for part in case["names"])
    pattern = "|".join(rf"\b{re.escape(form)}\b" for form in sorted(forms, key=len, reverse=True))
    companies = [
        Company(match.start(), match.end(), match[0], forms[match[0]], by_name=forms[match[0]] == match[0])
        for match in re.finditer(pattern or "(?!)", text)
    ]
    sentences = find_sentences(text)
    return Article(
        doc_id="case",
        text=text,
        sentences=sentences,
        tokens=find_tokens(text),
        figures=find_figures(text, sentences),
        periods=find_periods(text, sentences, case.get("published")),
        companies=companies,
        main_company=case.get("main"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_metrics_are_read(case: dict[str, Any]) -> None:
    found = find_metric_mentions(article_of(case))
    rows = [
        ["-" if cell is None else cell for cell in (m.company, m.metric, m.period, m.low, m.high, m.basis, m.counterpart)] for m in found
    ]
    assert rows == case["rows"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_every_metric_rests_on_a_sentence_and_a_figure(case: dict[str, Any]) -> None:
    article = article_of(case)
    starts = {figure.start for figure in article.figures}
    for mention in find_metric_mentions(article):
        assert cut(article.text, mention).strip()
        assert mention.figure_start in starts or mention.metric == "founded"
        assert 0.0 < mention.confidence < 1.0


WORDS = [
    *("Oakhurst", "Belmont", "Its", "which", "had", "revenue", "sales", "net loss", "of", "to", "from", "shares", "fell", "rose", "by"),
    *("more than", "5%", "12%", "$4 billion", "$3 million", "$21", "a share", ",", ".", ";", "and", "or", "in 2025", "the third quarter"),
    *("stake", "30 people", "GPUs", "40 MW", "valued at", "worth", "backlog", "debt", "owns", "accounted for", "a year earlier", "that"),
    *("respectively", "analysts", "expected", "founded", "target", "doubled", "up", "down", "'s", "(", ")", "-", ":", "with", "the"),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_give_rows_that_keep_to_the_text(words: list[str]) -> None:
    text = " ".join(words)
    article = article_of({"text": text, "names": ["Oakhurst", "Belmont", "Its = Oakhurst"], "main": "Oakhurst"})
    for mention in find_metric_mentions(article):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.low is None or mention.high is None or mention.low <= mention.high
