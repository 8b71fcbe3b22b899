"""A firm that takes over the contract which another left, as some documents tell it."""

from told import Telling, deal, tell

from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import records

LEFT: Telling = (
    "Quartzline has left its $5 billion contract with Lanternfield.",
    [deal("compute", "Quartzline", "Lanternfield", 5, "$5 billion", status="withdrawn")],
)
OVER: Telling = (
    "Orrin took over the nearly $5 billion contract.",
    [deal("compute", "Orrin", "Lanternfield", 5, "$5 billion", approx=True)],
)
OWN: Telling = (
    "Orrin signed a $4.9 billion contract with Lanternfield.",
    [deal("compute", "Orrin", "Lanternfield", 4.9, "$4.9 billion")],
)


def conflicts(*documents: tuple[str, str | None, list[Telling]]) -> list[tuple[str, str, str]]:
    """Field, values and documents of the contradictions about who pays."""
    papers, deals, metrics = tell(*documents)
    made, told = reconcile_deals(deals, papers)
    found = find_conflicts(papers, made, told, *reconcile_metrics(metrics, papers))
    return [(row["key"], row["values"], row["doc_ids"]) for row in records(found) if row["field"] == "payer"]


def test_taken_over_here_and_signed_there_is_told_with_both_sides() -> None:
    assert conflicts(("a", None, [LEFT, OVER]), ("b", None, [OWN])) == [
        ("orrin-lanternfield-compute-4.9bn", "taken over from Quartzline; a contract of its own", "a; b")
    ]


def test_one_story_is_no_contradiction() -> None:
    assert conflicts(("a", None, [LEFT, OVER])) == []
    assert conflicts(("a", None, [LEFT]), ("b", None, [OWN])) == []


def test_a_contract_of_another_size_was_not_taken_over() -> None:
    small: Telling = ("Orrin took over a $1 billion contract.", [deal("compute", "Orrin", "Lanternfield", 1, "$1 billion")])
    other: Telling = ("Orrin signed a $1 billion contract with Lanternfield.", [deal("compute", "Orrin", "Lanternfield", 1, "$1 billion")])
    assert conflicts(("a", None, [LEFT, small]), ("b", None, [other])) == []
