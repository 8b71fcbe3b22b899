"""A corpus in which the money goes round and the outside is known, and one in which it plainly does not."""

import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "report"))

from view_tables import deal, metric, tables_of

from corewatch.loop.reading import Study
from corewatch.loop.study import study_loop, study_of
from corewatch.tables import Tables, records

YEAR = {"published": "2031-03-01"}


def buys(payer: str, payee: str, usd: float, kind: str = "compute") -> tuple[object, ...]:
    billions = f"${usd:g} billion"
    return (
        f"{payer} pays {payee} {billions} within the year.",
        deal(
            payer, payee, usd * 1e9, usd * 1e9, kind=kind, figure=billions, status="closed", term_years=1.0 if kind == "compute" else None
        ),
    )


def sells(firm: str, usd: float) -> tuple[object, ...]:
    return f"{firm} sold for ${usd:g} billion in 2031.", metric(
        firm, "revenue", usd * 1e9, usd * 1e9, period="2031", figure=f"${usd:g} billion"
    )


def corpus(passages: list[tuple[object, ...]]) -> Tables:
    """Two articles that say the same, so that no single one carries a verdict, told apart enough to be two sources."""
    return tables_of({"one": passages, "two": list(reversed(passages))}, {"one": YEAR, "two": YEAR})


def verdicts(tables: Tables, study: Study | None = None) -> dict[tuple[str, str | None], str]:
    made = study_loop(tables, study_of(tables, study or Study(draws=300)))
    return {(row["thesis"], row["subject"]): row["verdict"] for row in records(made.verdicts)}


CLOSED = [
    buys("Tarnfell", "Quillon", 10, "equity"), buys("Quillon", "Marrow", 9), buys("Marrow", "Tarnfell", 8),
    sells("Tarnfell", 10), sells("Marrow", 10), sells("Quillon", 1),
]  # fmt: skip


def test_money_that_goes_round_with_the_outside_known_supports_circulation() -> None:
    tables = corpus(CLOSED)
    made = study_loop(tables, study_of(tables, Study(draws=300)))
    words = {(row["thesis"], row["subject"]): row["verdict"] for row in records(made.verdicts)}
    assert words["H1", None] == "supported"
    assert words["H3", "Tarnfell"] == "supported"
    (circuit,) = records(made.circuits)
    assert (circuit["firms"], circuit["classes"], circuit["usd"]) == ("Marrow; Tarnfell; Quillon", "PFP", 8e9)
    assert {row["element"] for row in records(made.robustness) if row["family"] == "document"} == {"one", "two"}


def test_one_document_that_alone_carries_the_funding_leaves_it_undetermined() -> None:
    tables = tables_of({"one": CLOSED, "two": CLOSED[1:]}, {"one": YEAR, "two": YEAR})
    made = study_loop(tables, study_of(tables, Study(draws=300)))
    first = records(made.verdicts)[0]
    assert first["verdict"] == "undetermined"
    assert "Without the document one the figures would not say supported." in first["why"]
    assert verdicts(tables, Study(draws=300, documents=False))["H1", None] == "supported"


def test_without_revenue_the_same_money_is_undetermined() -> None:
    assert verdicts(corpus(CLOSED[:3]))["H1", None] == "undetermined"


def test_money_that_runs_through_disputes_circulation() -> None:
    firms = ["Ashby", "Bell", "Corran", "Dunmore", "Elland"]
    chain = [buys(payer, payee, 10) for payer, payee in pairwise(firms)]
    words = verdicts(corpus(chain))
    assert words["H1", None] == "disputed"
    assert words["H3", "Bell"] == "disputed"


def test_bases_that_differ_are_undetermined() -> None:
    tables = corpus(CLOSED)
    made = study_loop(tables, Study(draws=100, documents=False))  # the year 2025, in which nothing happens
    first = records(made.verdicts)[0]
    assert first["verdict"] == "undetermined"
    assert "time bases differ" in first["why"]


@pytest.mark.parametrize("draws", [0, 50])
def test_the_same_tables_give_the_same_result(draws: int) -> None:
    tables = corpus(CLOSED)
    first, second = (study_loop(tables, study_of(tables, Study(draws=draws))).tables() for _ in range(2))
    assert all(first[name].equals(second[name]) for name in first)
