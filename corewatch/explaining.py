"""Why a passage gave the rows that it gave: its spans, its events with their candidates and scores, and what was chosen.

In: the path of an article, and the offset of a character or none. Out: lines of text. An analyst reads here why a number stands in a
table, or why none does; whoever mends a rule sees which evidence spoke for what.
"""

import math
from collections.abc import Iterator
from pathlib import Path

from corewatch.documents.reading import read_documents
from corewatch.errors import InputError
from corewatch.language.article import Article, Sentence
from corewatch.language.reading import read_article
from corewatch.lexicon.weights import DealWeights, deal_weights
from corewatch.mentions.deal_choice import (
    Choice,
    choose,
    confidence_of,
    is_kept,
    kind_shares,
    log_shares,
    party_scores,
    sort_of,
    status_of_choice,
    without_restatements,
)
from corewatch.mentions.deal_event_features import event_features
from corewatch.mentions.deal_events import Event, read_events
from corewatch.mentions.deal_memory import Memory, remember
from corewatch.mentions.deal_party_features import candidates_of, role_features
from corewatch.mentions.deal_readings import read_first
from corewatch.mentions.metrics import find_metric_mentions
from corewatch.mentions.rows import read_mentions
from corewatch.spans import cut
from corewatch.tables import records

MOST_ANSWERS = 4
MOST_REASONS = 6
TOLD = ("kind", "payer", "payee", "company", "metric", "period", "source", "relation", "target", "speaker", "low", "high", "unit",
        "currency", "status", "term_years", "confidence")  # fmt: skip


def explain(path: Path, offset: int | None = None) -> str:
    """The explanation of the sentence of an article that holds the character at `offset`, or of all its sentences with rows or events.

    Raises `InputError` for a path that does not exist or gives no text, and for an offset that is not in the text.
    """
    documents, rejected = read_documents([path])
    if len(documents) != 1:
        reasons = "; ".join(f"{row['path']}: {row['detail']}" for row in records(rejected))
        raise InputError(f"{path}: one article can be explained at a time, {len(documents)} were read {reasons}".rstrip())
    document = next(iter(records(documents)))
    article = read_article(document["doc_id"], document["text"], document["title"], document["published"])
    if offset is not None and not 0 <= offset < len(article.text):
        raise InputError(f"{path}: offset {offset} is not in the text, which has {len(article.text)} characters")
    memory = remember(read_first(article, find_metric_mentions(article)))
    events = read_events(memory.first)
    weights = deal_weights()
    choices = [choose(event, memory, weights) for event in events]
    told = {id(choice) for choice in without_restatements([choice for choice in choices if choice and is_kept(choice, weights.cuts)])}
    rows = read_mentions(article)
    lines: list[str] = []
    for sentence in article.sentences:
        if offset is not None and not sentence.start <= offset < sentence.end:
            continue
        here = [pair for pair in zip(events, choices, strict=True) if pair[0].phrase.sentence == sentence]
        found = [*_rows(sentence, rows)]
        if offset is None and not here and not found:
            continue
        lines += [
            f"{sentence.start} to {sentence.end} ({sentence.role}): {' '.join(cut(article.text, sentence).split())}",
            *_spans(article, sentence),
        ]
        for event, choice in here:
            lines += _event(article, event, choice, memory, weights, told)
        lines += found or ["  no rows"]
        lines.append("")
    return "\n".join(lines) or f"nothing stands at {offset}: it is between two sentences"


def _spans(article: Article, sentence: Sentence) -> Iterator[str]:
    """What was recognised in a sentence."""
    for company in article.companies:
        if sentence.start <= company.start < sentence.end:
            how = "named" if company.by_name else f"stands for {company.name}"
            yield f"  company {company.start}-{company.end} {company.text!r}: {company.name}, {how}{_trades(company.roles)}"
    for figure in article.figures:
        if sentence.start <= figure.start < sentence.end:
            yield f"  figure {figure.start}-{figure.end} {figure.text!r}: {figure.kind} {figure.low} to {figure.high} {figure.unit}"
    for period in article.periods:
        if sentence.start <= period.start < sentence.end:
            yield f"  period {period.start}-{period.end} {article.text[period.start : period.end]!r}: {period.iso}"
    for person in article.people:
        if sentence.start <= person.start < sentence.end:
            yield f"  person {person.start}-{person.end} {person.text!r}: {person.name}, {person.affiliation or 'no affiliation'}"


def _trades(roles: frozenset[str]) -> str:
    return f" ({', '.join(sorted(roles))})" if roles else ""


def _event(article: Article, event: Event, choice: Choice | None, memory: Memory, weights: DealWeights, told: set[int]) -> Iterator[str]:
    """One event: the probabilities of the kinds, the candidates for both sides, the choice."""
    item = event.items[event.at]
    features = event_features(event, memory)
    question = weights.questions[f"{sort_of(event)}_kind"]
    shares = sorted(kind_shares(event, features, weights).items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ANSWERS]
    yield f"  {sort_of(event)} {article.text[item.start : item.end]!r}"
    yield "    is " + ", ".join(f"{kind} {math.exp(share):.2f}" for kind, share in shares)
    for kind, _ in shares[:2]:
        yield f"      for {kind}: " + _reasons(question.parts(features, kind))
    if choice is None:
        yield "    nothing: it is too unlikely a deal, or nobody can be a party"
        return
    candidates = candidates_of(event, memory)
    for side, chosen in (("payer", choice.payer), ("payee", choice.payee)):
        party = weights.questions[side]
        by_grammar = role_features(event, choice.kind, candidates)
        evidence = [{**one.features, **said} for one, said in zip(candidates, by_grammar, strict=True)]
        scores = log_shares(party_scores(event, party, evidence)[:, party.answers.index(choice.kind)])
        ranked = sorted(range(len(candidates)), key=lambda at: (-float(scores[at]), at))[:MOST_ANSWERS]
        names = ", ".join(f"{'; '.join(candidates[at].names) or 'nobody'} {math.exp(float(scores[at])):.2f}" for at in ranked)
        yield f"    {side} of {choice.kind}: {names}"
        of_chosen = next(one for one, candidate in zip(evidence, candidates, strict=True) if candidate.names == chosen.names)
        yield f"      for {'; '.join(chosen.names) or 'nobody'}: " + _reasons(party.parts(of_chosen, choice.kind))
    pays, paid = ("; ".join(side.names) or "nobody named" for side in (choice.payer, choice.payee))
    status = status_of_choice(choice, article.text, weights)
    sure = f"confidence {confidence_of(choice, weights.cuts):.2f}"
    left_out = "" if id(choice) in told else "; left out: " + _why_not(choice, weights)
    yield f"    chosen: {choice.kind}, {pays} pays {paid}, {status}, {sure}{left_out}"


def _why_not(choice: Choice, weights: DealWeights) -> str:
    if is_kept(choice, weights.cuts):
        return "it says again what another row says"
    sort = sort_of(choice.event)
    cuts = weights.cuts
    return (
        f"a deal with {choice.deal:.2f} (at least {cuts[f'{sort} deal']}), "
        f"kind and parties with {choice.likely:.2f} (at least {cuts[f'{sort} likely']})"
    )


def _reasons(parts: list[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {weight:+.2f}" for name, weight in parts[:MOST_REASONS]) or "nothing known"


def _rows(sentence: Sentence, rows: dict[str, list[dict[str, object]]]) -> Iterator[str]:
    """The rows of all tables that begin in a sentence."""
    for table, found in rows.items():
        for row in found:
            start = row["start"]
            if table != "figures" and isinstance(start, int) and sentence.start <= start < sentence.end:
                yield f"  {table}: " + ", ".join(f"{key} {row[key]}" for key in TOLD if row.get(key) is not None)
