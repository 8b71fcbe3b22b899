"""Work grows with the text: counted as calls of functions, since seconds depend on the machine. `benchmarks/growth.py` takes the time."""

import cProfile
import pstats

import pytest
from growing_texts import NAMES, growing_text

from corewatch.language.reading import read_article
from corewatch.mentions.rows import read_mentions

LENGTH = 2_000
# Four times the text makes four times the calls, and up to a ninth more where the short text has fewer sentences than those that an
# event looks back to: 4.46 for the worst. A square would make sixteen times.
MOST = 4.6
# What a text of any length costs, in calls: small texts differ by it.
FIXED = 2_000
NEWS = "Oracle agreed to pay Nvidia $5 billion in March 2025, said Orla Brandt of Lambda. Its revenue rose 5%. It sold 3,000 GPUs."


def calls(text: str) -> int:
    """How many functions are called while a text is read."""
    profile = cProfile.Profile()
    profile.runcall(lambda: read_mentions(read_article("doc", text)))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]  # the stubs of pstats leave it out


@pytest.fixture(scope="module", autouse=True)
def _lexicon() -> None:
    """The lexicon is read, and its patterns are compiled, before anything is counted."""
    read_mentions(read_article("doc", NEWS))


@pytest.mark.parametrize("name", NAMES)
def test_four_times_the_text_makes_about_four_times_the_calls(name: str) -> None:
    short, long = calls(growing_text(name, LENGTH)), calls(growing_text(name, 4 * LENGTH))
    assert long <= MOST * (short + FIXED)
