"""Numbers that others published, and the invariants that every indicator keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corewatch.loop.amounts import Deal, Stated
from corewatch.loop.indicators import indicators_of
from corewatch.loop.reading import Reading

# Energy flows of an intertidal oyster reef (Dame and Patten 1981), kilocalories a square metre and day, as distributed with enaR. The model
# as printed lets 0.0005 more leave detritus (6.1759) and 0.0001 more leave meiofauna (3.5794) than arrive there; enaR takes throughflow
# from what arrives, and so do these.
REEF = [
    (None, "filter feeders", 41.47), ("filter feeders", "detritus", 15.791), ("filter feeders", "predators", 0.5135),
    ("detritus", "microbiota", 8.1721), ("detritus", "meiofauna", 7.2745), ("detritus", "deposit feeders", 0.6431),
    ("microbiota", "meiofauna", 1.206), ("microbiota", "deposit feeders", 1.206), ("meiofauna", "detritus", 4.2403),
    ("meiofauna", "deposit feeders", 0.6609), ("deposit feeders", "detritus", 1.9076), ("deposit feeders", "predators", 0.1721),
    ("predators", "detritus", 0.3262), ("filter feeders", None, 25.165), ("microbiota", None, 5.76), ("meiofauna", None, 3.5793),
    ("deposit feeders", None, 0.4303), ("detritus", None, 6.1754), ("predators", None, 0.3594),
]  # fmt: skip

FIRMS = st.sampled_from("ABCDE")
Flow = tuple[str | None, str | None, str, int]
FLOWS = st.lists(
    st.tuples(FIRMS | st.none(), FIRMS | st.none(), st.sampled_from(["equity", "debt", "compute", "hardware"]), st.integers(1, 50)),
    min_size=1,
    max_size=9,
).filter(lambda found: any(payer != payee for payer, payee, *_ in found))
SHARES = ("omega", "kappa", "kappa_FP", "phi")


def deals_of(found: list[tuple[str | None, str | None, str, float]]) -> list[Deal]:
    return [
        Deal(f"d{number}", (payer,), (payee,), kind, Stated(usd * 1e9, usd * 1e9), "signed", term_years=1.0)
        for number, (payer, payee, kind, usd) in enumerate(found)
    ]


def shares(found: list[tuple[str | None, str | None, str, float]]) -> dict[str, float]:
    rows = {row.indicator: row.point for row in indicators_of(deals_of(found), Reading()) if row.subject is None}
    return {name: rows[name] or 0.0 for name in SHARES}


def test_the_oyster_reef_cycles_as_published() -> None:
    deals = deals_of([(payer, payee, "compute", usd) for payer, payee, usd in REEF])
    rows = {row.indicator: row.point for row in indicators_of(deals, Reading()) if row.subject is None}
    assert rows["phi"] == pytest.approx(0.110168608813246, rel=1e-9)
    assert rows["mu"] == pytest.approx(2.015512418615867, rel=1e-9)
    assert (rows["mu"] or 0) * 41.47 == pytest.approx(83.5833, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(FLOWS)
def test_what_is_tied_is_at_most_what_can_return_and_that_what_is_followed(found: list[Flow]) -> None:
    made = shares(list(found))
    assert -1e-12 <= made["kappa_FP"] <= made["kappa"] + 1e-9 <= made["omega"] + 2e-9 <= 1 + 3e-9
    assert 0 <= made["phi"] <= 1


@settings(max_examples=40, deadline=None)
@given(FLOWS, st.sampled_from([0.001, 7.0]))
def test_another_unit_of_money_changes_no_share(found: list[Flow], factor: float) -> None:
    scaled = shares([(payer, payee, kind, usd * factor) for payer, payee, kind, usd in found])
    assert scaled == pytest.approx(shares(list(found)), abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(FLOWS)
def test_neither_turning_all_money_round_nor_other_names_change_a_share(found: list[Flow]) -> None:
    other = {"A": "E", "B": "D", "C": "A", "D": "C", "E": "B", None: None}
    before = shares(list(found))
    turned = shares([(payee, payer, kind, usd) for payer, payee, kind, usd in found])
    renamed = shares([(other[payer], other[payee], kind, usd) for payer, payee, kind, usd in found])
    assert turned == pytest.approx(before, abs=1e-7)
    assert renamed == pytest.approx(before, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(FLOWS, FIRMS, st.integers(1, 50), st.booleans())
def test_money_from_or_to_the_outside_never_raises_what_returns(found: list[Flow], firm: str, usd: int, arrives: bool) -> None:
    extra: Flow = (None, firm, "compute", usd) if arrives else (firm, None, "compute", usd)
    assert shares([*found, extra])["phi"] <= shares(list(found))["phi"] + 1e-9


@settings(max_examples=40, deadline=None)
@given(FLOWS)
def test_money_that_only_runs_forward_does_not_return(found: list[Flow]) -> None:
    forward = [
        (min(payer, payee), max(payer, payee), kind, usd) if payer and payee else (payer, payee, kind, usd)
        for payer, payee, kind, usd in found
    ]
    made = shares([flow for flow in forward if flow[0] != flow[1]] or [("A", "B", "debt", 1)])
    assert (made["kappa"], made["kappa_FP"], made["phi"]) == pytest.approx((0, 0, 0), abs=1e-12)
