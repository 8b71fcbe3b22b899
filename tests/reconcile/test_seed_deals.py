"""What the five seed articles state, in short, becomes the deals that a careful reader finds in them."""

from told import Telling, deal, tell

from corewatch.loop.flows import build_flows
from corewatch.reconcile.conflicts import find_conflicts
from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.tables import records

FIRST: list[Telling] = [
    (
        "It is in talks.",
        [deal("compute", "Google", "CoreWeave", status="talks"), deal("colocation", "Google", "CoreWeave", status="talks")],
    ),
    ("It ordered chips for over $10 billion.", [deal("hardware", "Google", "Nvidia", low=10e9, high=None, words="$10 billion")]),
    ("Orders exceeding $4 billion helped.", [deal("compute", "Microsoft", "CoreWeave", low=4e9, high=None, words="$4 billion")]),
    ("It borrowed $2.4 billion.", [deal("debt", "Blackstone", "CoreWeave", 2.4, "$2.4 billion", status="closed")]),
    (
        "One plans to pay over $10 billion, the other $12 billion.",
        [
            deal("compute", "Microsoft", "CoreWeave", low=10e9, high=None, words="$10 billion", status="planned"),
            deal("compute", "OpenAI", "CoreWeave", 12, "$12 billion", term_years=5.0),
        ],
    ),
    ("Last week, CoreWeave went public at $40.", []),
]
SECOND: list[Telling] = [
    ("Talks go on.", [deal("compute", "Google", "CoreWeave", status="talks"), deal("colocation", "Google", "CoreWeave", status="talks")])
]
THIRD: list[Telling] = [
    ("OpenAI invests $12 billion in it.", [deal("equity", "OpenAI", "CoreWeave", 12, "$12 billion")]),
    ("Microsoft left a $12 billion agreement.", [deal("compute", "Microsoft", "CoreWeave", 12, "$12 billion", status="withdrawn")]),
    ("An offering of $2.5 billion was near.", [deal("ipo", None, "CoreWeave", 2.5, "$2.5 billion", status="planned")]),
    ("OpenAI took over the nearly $12 billion contract.", [deal("compute", "OpenAI", "CoreWeave", 12, "$12 billion", approx=True)]),
    ("We're good for our $80 billion.", [deal("capex", "Microsoft", None, 80, "$80 billion", status="planned")]),
]
FOURTH: list[Telling] = [
    ("They are partners.", [deal("compute", "OpenAI", "Google")]),
    ("It will provide capacity.", [deal("compute", "Google", "CoreWeave")]),
    ("There is a significant deal too.", [deal("compute", "OpenAI", "CoreWeave")]),
]
FIFTH: list[Telling] = [
    (
        "Commitments exceed $10 billion through 2030.",
        [deal("compute", "Microsoft", "CoreWeave", low=10e9, high=None, words="$10 billion", through=2030)],
    ),
    ("It has withdrawn from certain agreements.", [deal("compute", "Microsoft", "CoreWeave", status="withdrawn")]),
    ("There is a five-year, $11.9 billion agreement.", [deal("compute", "OpenAI", "CoreWeave", 11.9, "$11.9 billion", term_years=5.0)]),
    ("The deal also includes a $350 million equity investment.", [deal("equity", "OpenAI", "CoreWeave", 0.35, "$350 million")]),
    (
        "Initially aiming to raise up to $2.7 billion, it reduced its offering to $1.5 billion.",
        [
            deal("ipo", None, "CoreWeave", low=None, high=2.7e9, words="$2.7 billion", status="planned"),
            deal("ipo", None, "CoreWeave", 1.5, "$1.5 billion", status="planned"),
        ],
    ),
]
ARTICLES = [(name, None, told) for name, told in zip("01234", (FIRST, SECOND, THIRD, FOURTH, FIFTH), strict=True)]


def test_the_seeds_state_twelve_deals() -> None:
    papers, mentions, _ = tell(*ARTICLES)
    rows = {row["deal_id"]: (row["status"], row["n_documents"], row["n_mentions"]) for row in records(reconcile_deals(mentions, papers)[0])}
    assert rows == {
        "openai-coreweave-compute-11.9bn": ("signed", 4, 5),
        "openai-coreweave-equity-350m": ("signed", 1, 1),
        "microsoft-coreweave-compute-10bn": ("signed", 2, 2),
        "microsoft-coreweave-compute-4bn": ("signed", 1, 1),
        "microsoft-coreweave-compute-12bn": ("withdrawn", 2, 2),
        "blackstone-coreweave-debt-2.4bn": ("closed", 1, 1),
        "coreweave-ipo-1.5bn": ("closed", 2, 3),
        "google-nvidia-hardware-10bn": ("signed", 1, 1),
        "google-coreweave-compute": ("signed", 3, 3),
        "google-coreweave-colocation": ("talks", 2, 2),
        "openai-google-compute": ("signed", 1, 1),
        "microsoft-capex-80bn": ("planned", 1, 1),
    }


def test_the_seeds_contradict_each_other_on_a_kind_a_status_and_on_who_took_over_what() -> None:
    papers, mentions, metrics = tell(*ARTICLES)
    deals, told = reconcile_deals(mentions, papers)
    found = records(find_conflicts(papers, deals, told, *reconcile_metrics(metrics, papers)))
    assert {(row["key"], row["field"]) for row in found if row["severity"] == "material"} == {
        ("openai-coreweave-compute-11.9bn", "kind"), ("openai-coreweave-compute-11.9bn", "payer"),
        ("microsoft-coreweave-compute-10bn", "status"),
    }  # fmt: skip
    assert {(row["key"], row["field"]) for row in found if row["severity"] == "rounding"} == {
        ("openai-coreweave-compute-11.9bn", "amount"), ("coreweave-ipo-1.5bn", "time"), ("google-coreweave-compute", "time"),
    }  # fmt: skip
    assert set(deals[~deals["agreed"]]["deal_id"]) == {"openai-coreweave-compute-11.9bn", "microsoft-coreweave-compute-10bn"}


def test_a_spending_plan_is_no_flow_and_shares_that_come_with_a_contract_are_no_cash() -> None:
    papers, mentions, _ = tell(*ARTICLES)
    deals, told = reconcile_deals(mentions, papers)
    flows = records(build_flows(deals, papers, told))
    assert len(flows) == 11
    assert [row["deal_id"] for row in flows if row["noncash"]] == ["openai-coreweave-equity-350m"]
