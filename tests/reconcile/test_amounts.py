"""When two stated amounts can be one number, and how an amount is said."""

import pytest

from corewatch.lexicon.exchange import dollars
from corewatch.reconcile.amounts import Amount, agree, alike, convertible, near, say, support


def usd(low: float | None, high: float | None, *, approx: bool = False) -> Amount:
    return Amount(low, high, "USD", approx)


def exactly(billions: float, *, approx: bool = False) -> Amount:
    return usd(billions * 1e9, billions * 1e9, approx=approx)


def euros(billions: float, *, approx: bool = False) -> Amount:
    return Amount(billions * 1e9, billions * 1e9, "EUR", approx)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (exactly(6.4), exactly(6.41)),
        (exactly(12), exactly(11.9)),
        (exactly(12, approx=True), exactly(11.6)),
        (usd(6e9, None), exactly(6.4)),
        (usd(None, 7e9), exactly(2)),
        (usd(6e9, 7e9), exactly(6.4)),
        (exactly(6.4), usd(None, None)),
    ],
)
def test_amounts_that_can_be_one_number_agree(one: Amount, other: Amount) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (exactly(6.4), exactly(7.1)),
        (exactly(6.4), exactly(6.5)),
        (usd(6e9, None), exactly(5)),
        (usd(6e9, None), exactly(12)),
        (usd(2e9, None), usd(6e9, None)),
        (exactly(1), Amount(1e9, 1e9, "EUR")),
        (exactly(1), Amount(1e9, 1e9, "USD", per="year")),
    ],
)
def test_amounts_that_cannot_be_one_number_do_not_agree(one: Amount, other: Amount) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


def test_up_to_an_amount_is_alike_only_to_what_comes_near_it() -> None:
    assert alike(usd(None, 2e9), exactly(1.9))
    assert not alike(usd(None, 2e9), exactly(1.2))
    assert not alike(usd(None, None), exactly(1.2))


def test_amounts_a_quarter_apart_are_near_and_those_of_opposite_sign_are_not() -> None:
    assert near(exactly(6.4), exactly(7.1))
    assert not near(exactly(4), exactly(6.4))
    assert not near(exactly(-1), exactly(1))


def test_a_loss_of_over_an_amount_reaches_downwards() -> None:
    assert support(usd(None, -8e8)) == (-1e9, -8e8)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (exactly(6.4), "$6.4 billion"),
        (exactly(12, approx=True), "about $12 billion"),
        (usd(10e9, None), "over $10 billion"),
        (usd(None, 1.9e9), "up to $1.9 billion"),
        (usd(2.4e9, 2.6e9), "$2.4 billion to $2.6 billion"),
        (usd(-6.4e8, -6.4e8), "-$640 million"),
        (Amount(737.0, 737.0, "%"), "737%"),
        (Amount(60000.0, None, "count"), "over 60,000"),
        (Amount(2017.0, 2017.0, "year"), "2017"),
        (Amount(5e8, 5e8, "EUR", per="year"), "500 million EUR a year"),
        (Amount(None, None), "not stated"),
    ],
)
def test_an_amount_is_said_with_its_bound(amount: Amount, said: str) -> None:
    assert say(amount) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (euros(2.1), exactly(2.4)),
        (euros(2.1, approx=True), exactly(2.2)),
        (Amount(620e9, 620e9, "JPY"), exactly(4)),
        (Amount(3.2e9, 3.2e9, "CAD"), exactly(2.35)),
        (euros(1), Amount(0.85e9, 0.85e9, "GBP")),
        (Amount(3.75e9, 3.75e9, "SAR"), exactly(1)),
        (usd(2e9, None), euros(2)),
    ],
)
def test_amounts_in_two_currencies_may_be_one_at_a_rate_of_the_last_years(one: Amount, other: Amount) -> None:
    assert convertible(one, other)
    assert convertible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (euros(2.1), exactly(3)),
        (euros(2.1), exactly(1.9)),
        (exactly(2), exactly(2)),
        (Amount(2.1e9, 2.1e9, "EUR", per="year"), exactly(2.4)),
        (Amount(None, None, "EUR"), exactly(2.4)),
        # The list of rates has no such currency, and unknown is not convertible.
        (Amount(1e9, 1e9, "XAU"), exactly(1)),
        (Amount(1e9, 1e9, None), exactly(1)),
    ],
)
def test_amounts_that_no_rate_of_the_last_years_makes_equal_are_not_convertible(one: Amount, other: Amount) -> None:
    assert not convertible(one, other)
    assert not convertible(other, one)


def test_every_rate_is_a_narrow_range_and_the_dollar_is_one_dollar() -> None:
    assert dollars()["USD"] == (1.0, 1.0)
    assert [unit for unit, (low, high) in dollars().items() if not 0 < low <= high or high > 1.35 * low] == []
