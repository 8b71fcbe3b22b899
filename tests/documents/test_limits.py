"""Limits are set by name."""

import pytest

from corewatch.documents.limits import Limits, read_limits
from corewatch.errors import ParameterError


def test_what_is_given_is_set_and_the_rest_stays() -> None:
    assert read_limits({"pages": "40", "seconds": "5"}) == Limits(pages=40, seconds=5)
    assert read_limits({}) == Limits()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("page", "4", "no limit is called 'page'; did you mean 'pages'?"),
        ("zzz", "4", "no limit is called 'zzz'; they are file, archive,"),
        ("pages", "0", "limit pages: '0' was given; a whole number above 0 is needed"),
        ("pages", "-1", "limit pages: '-1' was given"),
        ("pages", "1e9", "limit pages: '1e9' was given"),
        ("pages", "٣", "limit pages: '٣' was given"),
    ],
)
def test_a_wrong_limit_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read_limits({name: value})
    assert str(caught.value).startswith(said)
