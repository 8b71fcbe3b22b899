"""One thing changed at a time, and what the texts do not say."""

import pytest
from loop_examples import drawn_deals, e1_deals, exact

from corewatch.loop.reading import Boundary, Reading
from corewatch.loop.robustness import Situation, extremes, robustness
from corewatch.loop.scenarios import gross_to_net, permutation_null
from corewatch.tables import records

OUTSIDE = {
    "A": (12 / 92, 12 / 92, 0.021804511278195),
    "B": (18 / 92, 18 / 92, 0.061006133755441),
    "C": (8 / 92, 0.0, 0.026315789473684),
    "D": (38 / 92, 30 / 92, 0.082047223321462),
    "E": (50 / 92, 42 / 92, 137030683 / 849526860),
}


def test_a_firm_moved_outside_takes_its_circuits_along() -> None:
    made = robustness(Situation(tuple(e1_deals()), {}), Reading())
    found = {(row["element"], row["indicator"]): row["value"] for row in records(made) if row["family"] == "company"}
    for firm, expected in OUTSIDE.items():
        assert [found[firm, name] for name in ("kappa", "kappa_FP", "phi")] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_extremes_name_what_causes_them() -> None:
    made = robustness(Situation(tuple(drawn_deals()), {}), Reading(), core=("A", "B", "D"))
    assert set(made["family"]) == {"company", "threshold", "policy", "basis", "over", "noncash", "subsets", "fill", "core"}
    ends = {row["indicator"]: row for row in records(extremes(made))}
    assert (ends["kappa"]["least"], ends["kappa"]["least_by"]) == (0.0, "threshold: 10000000000")
    assert ends["kappa"]["most_by"] == "policy: stated"
    assert ends["kappa"]["most"] == pytest.approx(50 / 91.5, abs=0.02)


def test_a_document_left_out_may_change_what_is_known_of_the_outside() -> None:
    here = Situation(tuple(e1_deals()), {"total": Boundary(sales={"A": 60e9})})
    without = {"report": Situation(tuple(e1_deals()), {})}
    made = robustness(here, Reading(), without)
    found = {(row["family"], row["indicator"]): row for row in records(made)}
    assert found["document", "phi"]["base"] == pytest.approx(0.077617533677152, rel=1e-12)
    assert found["document", "phi"]["value"] == pytest.approx(137030683 / 849526860, rel=1e-12)


def test_the_bridge_leads_from_all_that_is_stated_to_what_enters() -> None:
    made = records(gross_to_net(drawn_deals(), Reading(year=2025)))
    left = {row["step"]: row["left"] for row in made}
    assert left["stated total"] == pytest.approx((10 + 4 + 15 + 12 + 6 + 25 + 9 + 6 + 5) * 1e9)
    assert left["not firm"] == pytest.approx(82e9)
    assert sum(row["change"] for row in made) == pytest.approx(made[-1]["left"])
    assert made[-1]["step"] == "passed on between firms"


def test_a_random_pairing_is_the_same_in_every_run() -> None:
    deals = [
        exact("A", "B", "equity", 5, 1),
        exact("B", "A", "compute", 5, 2),
        exact("C", "D", "equity", 1, 3),
        exact("D", "E", "compute", 1, 4),
    ]
    found = permutation_null(deals, Reading(), draws=50)
    assert found == permutation_null(deals, Reading(), draws=50)
    assert found["kappa_FP"] == pytest.approx(10 / 12)
    assert 0 < found["share"] <= 1
