"""The circuits of the money graph."""

from loop_examples import E1, flows, seed_flows, ties

from corewatch.loop.circuits import find_circuits, in_order
from corewatch.tables import records


def test_every_circuit_is_found_with_its_classes_and_its_least_amount() -> None:
    found = find_circuits(flows(E1))
    rows = {(row["firms"], row["classes"]): row["usd"] / 1e9 for row in records(found)}
    assert rows == {
        ("A; B", "PP"): 4, ("C; D", "PF"): 6, ("A; C; B", "FPP"): 10, ("A; C; D", "FPP"): 6, ("A; C; D; B", "FPPP"): 6,
    }  # fmt: skip


def test_a_circuit_is_as_firm_as_its_weakest_deal() -> None:
    found = find_circuits(flows(E1, d6={"status": "talks"}, d8={"status": "planned"}))
    assert dict(zip(found["firms"], found["status"], strict=True))["C; D"] == "planned"
    assert dict(zip(found["firms"], found["status"], strict=True))["A; C; D; B"] == "signed"


def test_a_withdrawn_deal_closes_no_circuit() -> None:
    assert len(find_circuits(flows([("A", "B", "equity", 1), ("B", "A", "compute", 1)], d2={"status": "withdrawn"}))) == 0


def test_the_seeds_have_no_circuit_of_deals_and_one_of_ties() -> None:
    relations = ties(("Microsoft", "investor_in", "OpenAI"), ("OpenAI", "customer_of", "Microsoft"), ("Apple", "customer_of", "Google"))
    assert len(find_circuits(seed_flows())) == 0
    (row,) = records(find_circuits(seed_flows(), relations))
    assert (row["firms"], row["classes"], row["status"], row["usd"]) == ("Microsoft; OpenAI", "FP", "tie", None)
    assert (row["ties"], row["in_order"]) == ("r1; r2", None)


def test_dates_that_run_around_the_circuit_are_in_order_wherever_it_starts() -> None:
    assert in_order(["2025-03", "2025-06", "2024-12"]) is True
    assert in_order(["2025-03", "2024-12", "2025-01", "2024-11"]) is False
    assert in_order(["2025-03", None]) is None
