"""What a change of a text changes in its rows, and what it leaves: sentences added, documents joined, companies renamed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.language.reading import read_article
from corewatch.mentions.rows import read_mentions

Row = tuple[object, ...]
# Grammar alone says who pays whom; X and Y stand for the companies.
DEALS = [
    ("X agreed to pay Y $5 billion for cloud capacity.", "X", "Y", 5e9),
    ("X bought Y for $300 million in cash.", "X", "Y", 3e8),
    ("X invested $40 million in Y.", "X", "Y", 4e7),
    ("X will lend Y €250 million.", "X", "Y", 2.5e8),
    ("Y borrowed $90 million from X.", "X", "Y", 9e7),
    ("Y was acquired by X for $1.2 billion.", "X", "Y", 1.2e9),
    ("Y won a $700 million contract from X to supply servers.", "X", "Y", 7e8),
    ("X ordered $2 billion of chips from Y.", "X", "Y", 2e9),
]
METRICS = [
    ("X reported revenue of $5 billion for 2024.", "revenue", 5e9),
    ("X's revenue rose 12% in 2024.", "revenue_growth", 12.0),
    ("X posted a net loss of $40 million in 2024.", "net_income", -4e7),
    ("X employs 3,000 people.", "employees", 3000.0),
    ("X was founded in 1999.", "founded", 1999.0),
]
# Of no list, one word and two, with and without a legal form; none has a trade in its name.
UNKNOWN = [
    ("Brindlewick", "Ostrava Pell"),
    ("Quenby Marlowe", "Tarnholt"),
    ("Zephrane Inc.", "Dunmorrow Corp."),
    ("Fenwrought", "Vexlow plc"),
]
SUFFIXES = (" Inc.", " Corp.", " plc")
DULL = [
    "The weather was mild.", "Rain fell on the fair for a week.", "Nobody at the table wished to speak of it.",
    "The hall stands beside a river.", "“We shall see,” said a neighbour.", "About 200 people came to the meeting.",
    "Temperatures rose 3 degrees in July.", "* * *", "What happens next is anyone's guess.",
]  # fmt: skip


def canonical(name: str) -> str:
    """A name less its legal form."""
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)


def told(text: str, table: str = "deal_mentions") -> list[Row]:
    """The rows of a text by what they say."""
    columns = {
        "deal_mentions": ("kind", "payer", "payee", "low", "high", "currency"),
        "metric_mentions": ("company", "metric", "period", "low", "high", "unit"),
    }[table]
    return [tuple(row[column] for column in columns) for row in read_mentions(read_article("doc", text))[table]]


def filled(sentence: str, x: str, y: str) -> str:
    """A sentence with its companies."""
    return " ".join(x + word[1:] if word[0] == "X" else y + word[1:] if word[0] == "Y" else word for word in sentence.split())


@pytest.mark.parametrize("names", UNKNOWN, ids=" and ".join)
@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal[0])
def test_who_pays_is_said_by_grammar_whatever_the_names(deal: tuple[str, str, str, float], names: tuple[str, str]) -> None:
    sentence, payer, payee, amount = deal
    called = {"X": canonical(names[0]), "Y": canonical(names[1])}
    assert [row[1:4] for row in told(filled(sentence, *names))] == [(called[payer], called[payee], amount)]


@pytest.mark.parametrize("names", UNKNOWN, ids=" and ".join)
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric[0])
def test_a_metric_is_of_its_company_whatever_the_name(metric: tuple[str, str, float], names: tuple[str, str]) -> None:
    sentence, name, value = metric
    rows = told(filled(sentence, *names), "metric_mentions")
    assert [(row[0], row[1], row[3]) for row in rows] == [(canonical(names[0]), name, value)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(DEALS), min_size=1, max_size=3, unique=True),
    st.sampled_from(UNKNOWN),
    st.lists(st.sampled_from(DULL), min_size=1, max_size=3),
)
def test_paragraphs_without_a_deal_remove_none_before_them(
    deals: list[tuple[str, str, str, float]], names: tuple[str, str], dull: list[str]
) -> None:
    text = "\n\n".join(filled(sentence, *names) for sentence, *_ in deals)
    before = told(text)
    after = told("\n\n".join([text, *dull]))
    assert set(before) <= set(after)
    assert len(before) <= len(after)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(DEALS), min_size=2, max_size=2, unique=True), st.permutations(UNKNOWN))
def test_two_documents_joined_have_the_parties_and_sums_of_both(
    deals: list[tuple[str, str, str, float]], names: list[tuple[str, str]]
) -> None:
    # The kind is left out: where a sentence says it weakly, the deal told before it may tip the scale.
    one, other = (filled(deal[0], *pair) for deal, pair in zip(deals, names, strict=False))
    assert [row[1:] for row in told(f"{one}\n\n{other}")] == [row[1:] for row in told(one) + told(other)]
