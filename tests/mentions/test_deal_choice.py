"""The choice among candidates: whose deal an amount is, what is told once, and how sure a row is."""

import pytest

from corewatch.language.reading import read_article
from corewatch.lexicon.weights import QUESTIONS, calibration, deal_weights
from corewatch.mentions.deal_choice import Choice, choose, confidence_of, is_kept, log_shares, without_restatements
from corewatch.mentions.deal_events import read_events
from corewatch.mentions.deal_memory import Memory, remember
from corewatch.mentions.deal_party_features import candidates_of
from corewatch.mentions.deal_readings import read_first
from corewatch.mentions.deals import judge


def memory_of(text: str) -> Memory:
    return remember(read_first(read_article("doc", text), []))


def choices_of(text: str) -> list[Choice]:
    memory = memory_of(text)
    return judge(read_events(memory.first), memory, deal_weights())


def amounts_of(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(c.kind, c.payer.names, c.payee.names) for c in choices_of(text) if c.event.figure is not None]


def test_every_question_has_answers_and_weights() -> None:
    weights = deal_weights()
    assert set(weights.questions) == set(QUESTIONS)
    for question in weights.questions.values():
        assert question.table.shape == (len(question.rows), len(question.answers))
        assert len(question.rows) > 100


def test_several_sets_of_features_score_as_each_does_alone() -> None:
    payer = deal_weights().questions["payer"]
    names = list(payer.rows)[:6]
    sets = [{names[0]: 1.0, names[1]: 1.0}, {}, {names[2]: 1.0, "a feature that nobody learned": 1.0}]
    together = payer.score_each(sets)
    assert together.shape == (3, len(payer.answers))
    for row, one in zip(together, sets, strict=True):
        assert row == pytest.approx(payer.score(one))


def test_the_parts_of_a_score_add_up_to_it() -> None:
    status = deal_weights().questions["status"]
    features = dict.fromkeys(list(status.rows)[:5], 1.0)
    answer = status.answers[1]
    assert sum(weight for _, weight in status.parts(features, answer)) == pytest.approx(status.score(features)[1])


def test_shares_are_probabilities() -> None:
    shares = log_shares(deal_weights().questions["status"].score({}))
    assert sum(2.718281828459045 ** float(share) for share in shares) == pytest.approx(1.0)


def test_the_direction_is_that_of_the_grammar() -> None:
    assert amounts_of("Hollin Grid will pay Tamsel Computing $400 million for cloud capacity over five years.") == [
        ("compute", ("Hollin Grid",), ("Tamsel Computing",))
    ]
    assert amounts_of("Tamsel Computing was lent $90 million by Orrin Bank.") == [("debt", ("Orrin Bank",), ("Tamsel Computing",))]


def test_a_second_currency_has_the_choice_of_the_first() -> None:
    first, second = amounts_of("Tamsel Computing borrowed £80 million ($104 million) from Orrin Bank.")
    assert first == second == ("debt", ("Orrin Bank",), ("Tamsel Computing",))


def test_what_a_sentence_denies_has_no_event() -> None:
    assert read_events(memory_of("Tamsel Computing denied that it had bought chips from Nvidia for $2 billion.").first) == []


def test_candidates_are_nobody_the_named_and_those_around() -> None:
    memory = memory_of("Orrin Bank has a new head. It lent Tamsel Computing $90 million.")
    (event,) = [event for event in read_events(memory.first) if event.figure is not None]
    names = [candidate.names for candidate in candidates_of(event, memory)]
    assert names[0] == ()
    assert {("Tamsel Computing",), ("Orrin Bank",)} <= set(names)


def test_an_act_that_says_an_amount_again_is_told_once() -> None:
    choices = choices_of("Hollin Grid ordered $300 million of servers from Dell. Hollin Grid ordered the servers from Dell in May.")
    told = [choice for choice in without_restatements(choices) if choice.names == {"Hollin Grid", "Dell"}]
    assert [choice.event.figure is not None for choice in told] == [True]


def test_a_surer_choice_has_more_confidence_and_the_cuts_decide_what_is_told() -> None:
    cuts = deal_weights().cuts
    (choice,) = [choice for choice in choices_of("Orrin Bank lent Tamsel Computing $90 million.") if choice.event.figure is not None]
    sure = confidence_of(choice, cuts)
    assert is_kept(choice, cuts)
    choice.likely /= 20
    assert confidence_of(choice, cuts) < sure
    assert not is_kept(choice, cuts)


def test_an_event_that_is_hardly_a_deal_has_no_choice() -> None:
    memory = memory_of("Tamsel Computing had sales of $90 million in 2024.")
    assert [choose(event, memory, deal_weights()) for event in read_events(memory.first)] == [None]


@pytest.mark.parametrize("table", ["metric_mentions", "relations", "statements"])
def test_a_calibration_keeps_the_order_of_confidence(table: str) -> None:
    slope, _ = calibration(table)
    assert slope > 0
