"""Whether two cells name the same parties."""

import pytest

from corewatch.reconcile.parties import first_word, nested, same_company


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tamsel", "Tamsel"),
        ("Tamsel", "Tamsel Computing"),
        ("Orrin", "Orrin Bank"),
        ("Orrin", "Orrin Valley Halls"),
        ("Northgate", "Northgate Capital"),
    ],
)
def test_a_short_name_is_the_same_company(one: str, other: str) -> None:
    assert same_company(one, other)
    assert same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tamsel", "Orrin"),
        ("Tamsel", "Tamselfield"),
        ("Computing", "Tamsel Computing"),
        ("Tamsel Bank", "Tamsel Computing"),
        # The lexicon knows the longer name, so that it is no long form of another.
        ("Core", "Core Scientific"),
        # The lexicon knows the shorter name and its forms, and this is none of them.
        ("Meta", "Meta Valley Halls"),
    ],
)
def test_another_company_is_another(one: str, other: str) -> None:
    assert not same_company(one, other)
    assert not same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Castor", "Castor; Northgate", True),
        ("Northgate", "Castor; Northgate Capital", True),
        ("Northgate; Castor", "Castor; Northgate", True),
        ("Castor; Quartzline", "Castor; Northgate", False),
        ("Quartzline", "Castor; Northgate", False),
        ("Castor; Northgate; Saltmere", "Castor; Quartzline", False),
        (None, None, True),
        (None, "Castor", False),
    ],
)
def test_some_of_the_joint_parties_are_nested_in_all_of_them(one: str | None, other: str | None, same: bool) -> None:
    assert nested(one, other) is same
    assert nested(other, one) is same


def test_a_short_and_a_long_name_begin_with_one_word() -> None:
    assert first_word("Tamsel Computing") == first_word("Tamsel") == "Tamsel"
    assert first_word(None) is None
