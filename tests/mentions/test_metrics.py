"""Metrics: what a text says of companies in numbers, as rows that a person worked out."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

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
