"""The five seed articles, from what each of them states: the deals that a careful reader finds, and every number worked out of them."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parents[1] / "reconcile"))

from told import Telling, deal, tell

from corewatch.loop.amounts import Deal, Stated, counted_deals
from corewatch.loop.deals import deals_of
from corewatch.loop.flows import build_flows
from corewatch.loop.indicators import indicators_of
from corewatch.loop.leaving_out import without_document
from corewatch.loop.reading import Reading, Study
from corewatch.loop.scenarios import pass_through
from corewatch.loop.study import study_loop
from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import Tables, frame, records

OPENAI_TERM = {"term_years": 5.0}
STATED: list[list[Telling]] = [
    [
        ("It is in talks.", [deal(kind, "Google", "CoreWeave", status="talks") for kind in ("compute", "colocation")]),
        ("It ordered chips for over $10 billion.", [deal("hardware", "Google", "Nvidia", low=10e9, high=None, words="$10 billion")]),
        ("Orders exceeding $4 billion helped.", [deal("compute", "Microsoft", "CoreWeave", low=4e9, high=None, words="$4 billion")]),
        ("It borrowed $2.4 billion.", [deal("debt", "Blackstone", "CoreWeave", 2.4, "$2.4 billion", status="closed")]),
        ("One pays over $10 billion.", [deal("compute", "Microsoft", "CoreWeave", low=10e9, high=None, words="$10 billion")]),
        ("The other pays $12 billion.", [deal("compute", "OpenAI", "CoreWeave", 12, "$12 billion", **OPENAI_TERM)]),
    ],
    [("Talks go on.", [deal(kind, "Google", "CoreWeave", status="talks") for kind in ("compute", "colocation")])],
    [
        ("OpenAI invests $12 billion in it.", [deal("equity", "OpenAI", "CoreWeave", 12, "$12 billion")]),
        ("Microsoft left a $12 billion agreement.", [deal("compute", "Microsoft", "CoreWeave", 12, "$12 billion", status="withdrawn")]),
        ("OpenAI took over the nearly $12 billion contract.", [deal("compute", "OpenAI", "CoreWeave", 12, "$12 billion")]),
        ("We're good for our $80 billion.", [deal("capex", "Microsoft", None, 80, "$80 billion", status="planned")]),
    ],
    [("They are partners.", [deal("compute", "OpenAI", "Google"), deal("compute", "Google", "CoreWeave")])],
    [
        ("It is over $10 billion.", [deal("compute", "Microsoft", "CoreWeave", low=10e9, high=None, words="$10 billion", through=2030)]),
        ("There is an $11.9 billion agreement.", [deal("compute", "OpenAI", "CoreWeave", 11.9, "$11.9 billion", **OPENAI_TERM)]),
        ("The deal also includes a $350 million equity investment.", [deal("equity", "OpenAI", "CoreWeave", 0.35, "$350 million")]),
        ("It raised $1.5 billion.", [deal("ipo", None, "CoreWeave", 1.5, "$1.5 billion", status="closed")]),
    ],
]  # fmt: skip
ARTICLES = [(str(number), None, told) for number, told in enumerate(STATED)]

AS_TOLD = Reading(noncash="include")
EXACT = 1e-12


def seed_tables() -> Tables:
    """The tables of the five articles, with the ties that they state."""
    documents, mentions, stated = tell(*ARTICLES)
    deals, deal_mentions = reconcile_deals(mentions, documents)
    metrics, metric_mentions = reconcile_metrics(stated, documents)
    ties = [
        ("2", "Microsoft", "investor_in", "OpenAI"), ("3", "OpenAI", "customer_of", "Microsoft"),
        *(("0", name, "customer_of", "Google") for name in ("Anthropic", "Apple", "Character AI", "GitLab")),
    ]  # fmt: skip
    relations = [
        {"relation_id": f"r{at}", "doc_id": doc, "start": 0, "end": 1, "evidence": "-", "source": source, "relation": tie, "target": target}
        for at, (doc, source, tie, target) in enumerate(ties)
    ]
    empty = {name: frame(name, []) for name in ("figures", "statements", "rejected", "corrections")}
    return Tables(
        documents=documents, deal_mentions=deal_mentions, deals=deals, metric_mentions=metric_mentions, metrics=metrics,
        relations=frame("relations", [{**row, "confidence": 1.0} for row in relations]), flows=build_flows(deals, documents, deal_mentions),
        conflicts=find_conflicts(documents, deals, deal_mentions, metrics, metric_mentions), **empty,
    )  # fmt: skip


def rows_of(deals: list[Deal], reading: Reading, tables: Tables | None = None) -> dict[tuple[str, str | None], Any]:
    relations = None if tables is None else tables.relations
    return {(row.indicator, row.subject): row for row in indicators_of(deals, reading, relations=relations)}


CASES: dict[str, tuple[Reading, tuple[float, ...]]] = {
    "as the articles have it": (AS_TOLD, (36.15, 0, 0, 1.958506224066390, 0.272280665507366, 3.672680901292)),
    "upper ends": (replace(AS_TOLD, bound="high"), (41.25, 0, 0, 1.963636363636364, 0.276676584022039, 3.614328272610)),
    "possible parts added": (replace(AS_TOLD, subsets=True), (40.15, 0, 0, 1.962640099626401, 0.280282998531348, 3.567822540931)),
    "withdrawn counted": (replace(AS_TOLD, policy="counterfactual"), (48.15, 0, 0, 1.968847352024922, 0.319105986937239, 3.133755056111)),
    "without non-cash": (Reading(), (35.8, 0, 0, 1.958100558659218, 0.271035548203864, 3.689552926275)),
    "stock granted": (
        Reading(noncash="reverse"), (36.15, 0.019363762102351, 0.019363762102351, 1.977433004231312, 0.269882887954786, 3.705310876055)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_seeds_give_the_numbers_worked_out_by_hand(case: str) -> None:
    reading, (total, kappa, omega, mu, origin, equal) = CASES[case]
    rows = rows_of(deals_of(seed_tables()), reading)
    found = [rows[name, None].point for name in ("W", "kappa", "kappa_FP", "omega", "mu", "H_o", "n_eff")]
    assert found == pytest.approx([total * 1e9, kappa, kappa, omega, mu, origin, equal], rel=EXACT, abs=EXACT)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("0", (23.75, 0, 0, 1.936842105263158, 0.443324099722992, 2.255686078480)),
        ("4", (34.4, 0, 0, 2.0, 0.295565170362358, 3.383348581885)),
    ],
)
def test_without_a_document_the_deals_are_reconciled_again(document: str, expected: tuple[float, ...]) -> None:
    rows = rows_of(deals_of(without_document(seed_tables(), document)), AS_TOLD)
    found = [rows[name, None].point for name in ("W", "kappa", "omega", "mu", "H_o", "n_eff")]
    assert found == pytest.approx([expected[0] * 1e9, *expected[1:]], rel=EXACT, abs=EXACT)


def test_a_backer_may_start_all_that_the_backed_firm_pays() -> None:
    tables = seed_tables()
    rows = rows_of(deals_of(tables), AS_TOLD, tables)
    assert rows["H_o", None].high == pytest.approx(0.459758306885595, rel=EXACT)
    assert rows["pair_share", None].point == pytest.approx(0.276625172890733, rel=EXACT)
    assert rows["pair_share", None].high == pytest.approx(0.615491009681881, rel=EXACT)
    assert rows["epsilon", None].low == 0.0
    funded = [
        *deals_of(tables),
        Deal("s11", ("Microsoft",), ("OpenAI",), "equity", replace(deals_of(tables)[0].amount, low=12.25e9, high=12.25e9), "signed"),
    ]
    backed = rows_of(funded, AS_TOLD)
    found = [backed[name, None].point for name in ("W", "omega", "mu", "H_o", "n_eff")]
    assert found == pytest.approx([48.4e9, 0.253099173553719, 2.297372060857538, 0.459758306885595, 2.175055860924], rel=EXACT)


def test_suppliers_and_end_demand() -> None:
    rows = rows_of(deals_of(seed_tables()), AS_TOLD)
    assert rows["HHI", "CoreWeave"].point == pytest.approx(0.503763474489690, rel=EXACT)
    assert rows["top_share", "CoreWeave"].point == pytest.approx(0.543378995433790, rel=EXACT)
    reversed_grant = rows_of(deals_of(seed_tables()), Reading(noncash="reverse"))
    assert reversed_grant["phi", None].point == pytest.approx(0.007295779008946, rel=1e-10)
    assert reversed_grant["beta", "CoreWeave"].high == pytest.approx(0.015981735159817, rel=EXACT)
    assert rows["origin_share", "Google"].point is not None
    assert ("origin_share", "Nvidia") not in rows


def test_the_year_2025_is_a_third_to_a_half_of_the_contract_totals() -> None:
    deals = [replace(deal, date="2023") if deal.kind == "debt" else deal for deal in deals_of(seed_tables())]
    yearly = replace(AS_TOLD, basis="annual")
    low, high = (rows_of(deals, replace(yearly, bound=bound)) for bound in ("low", "high"))
    assert low["W", None].point == pytest.approx(10.896667e9, rel=1e-7)
    assert high["W", None].point == pytest.approx(18.833333e9, rel=1e-7)
    assert low["H_o", None].point == pytest.approx(0.296711013225176, rel=EXACT)
    (contract,) = [deal for deal in counted_deals(deals, yearly) if deal.deal_id == "openai-coreweave-compute-11.9bn"]
    assert {one.low for one in contract.values} == {11.9e9, 12e9}


def test_the_seeds_show_few_payers_and_no_loop() -> None:
    tables = seed_tables()
    made = study_loop(tables, Study(draws=200))
    words = {(row["thesis"], row["subject"]): row["verdict"] for row in records(made.verdicts)}
    assert words == {
        ("H1", None): "undetermined", ("H2a", None): "supported", ("H2b", None): "undetermined",
        ("H3", "CoreWeave"): "undetermined", ("H3", "Nvidia"): "undetermined",
    }  # fmt: skip
    (circuit,) = records(made.circuits)
    assert (circuit["firms"], circuit["classes"], circuit["usd"]) == ("Microsoft; OpenAI", "FP", None)
    assert {"0", "4"} <= set(made.without)


def test_money_passed_on_returns_only_as_far_as_the_funding_goes() -> None:
    stake = Deal("stake", ("Nvidia",), ("CoreWeave",), "equity", Stated(0.1e9, 0.1e9), "closed", date="2025")
    made = pass_through([*deals_of(seed_tables()), stake], AS_TOLD, "CoreWeave", "Nvidia")
    half = made[made["share"] == 0.5].iloc[0]
    assert half["W"] == pytest.approx(49.375e9, rel=EXACT)
    assert half["kappa"] == pytest.approx(0.2 / 49.375, rel=EXACT)
    assert (half["beta_low"], half["beta_high"]) == pytest.approx((0.002162162162162, 0.004324324324324), rel=1e-12)
