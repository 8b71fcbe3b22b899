"""Hand-made graphs with numbers worked out by hand; amounts in billions of US dollars."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pandas import DataFrame

from corewatch.loop.amounts import Deal, Stated
from corewatch.tables import frame

# payer, payee, kind, amount
E1 = [
    ("A", "C", "equity", 10), ("A", "B", "compute", 4), ("B", "A", "hardware", 15), ("C", "B", "compute", 12), ("C", "D", "compute", 6),
    ("D", "A", "hardware", 25), ("D", "B", "compute", 9), ("D", "C", "equity", 6), ("E", "B", "debt", 5),
]  # fmt: skip


def flows(deals: Sequence[tuple[str | None, str | None, str, float]], **changed: dict[str, object]) -> DataFrame:
    """Signed deals of exact amounts as a table `flows`; `d3={"status": "talks"}` changes cells of the third."""
    rows = []
    for number, (payer, payee, kind, billions) in enumerate(deals, start=1):
        row: dict[str, object] = {
            "payer": payer, "payee": payee, "kind": kind, "usd_low": billions * 1e9, "usd_high": billions * 1e9, "status": "signed",
            "deal_id": f"d{number}",
        }  # fmt: skip
        rows.append(row | changed.get(f"d{number}", {}))
    return frame("flows", rows)


def seed_flows() -> DataFrame:
    """Deals with the amounts of the five seed articles."""
    # payer, payee, kind, lower and upper bound, then what differs from a signed deal in cash without a term
    deals: list[tuple[str | None, str, str, float | None, float | None, dict[str, object]]] = [
        ("OpenAI", "CoreWeave", "compute", 11.9, 11.9, {"deal_id": "s1", "term_years": 5.0}),
        ("OpenAI", "CoreWeave", "equity", 0.35, 0.35, {"deal_id": "s2", "noncash": True}),
        ("Microsoft", "CoreWeave", "compute", 10, None, {"deal_id": "s3"}),
        ("Microsoft", "CoreWeave", "compute", 4, None, {"deal_id": "s4"}),
        ("Blackstone", "CoreWeave", "debt", 2.4, 2.4, {"deal_id": "s5", "status": "closed"}),
        (None, "CoreWeave", "ipo", 1.5, 1.5, {"deal_id": "s6", "status": "closed"}),
        ("Google", "Nvidia", "hardware", 10, None, {"deal_id": "s7"}),
        ("Google", "CoreWeave", "compute", None, None, {"deal_id": "s8"}),
        ("Google", "CoreWeave", "colocation", None, None, {"deal_id": "s9", "status": "talks"}),
        ("OpenAI", "Google", "compute", None, None, {"deal_id": "s10"}),
        ("Microsoft", "CoreWeave", "compute", 12, 12, {"deal_id": "s12", "status": "withdrawn"}),
    ]
    rows = []
    for payer, payee, kind, low, high, more in deals:
        usd_low, usd_high = (None if bound is None else bound * 1e9 for bound in (low, high))
        row = {"payer": payer, "payee": payee, "kind": kind, "usd_low": usd_low, "usd_high": usd_high, "status": "signed", "noncash": False}
        rows.append(row | more)
    return frame("flows", rows)


def ties(*pairs: tuple[str, str, str]) -> DataFrame:
    """Relations with an id of their own, resting on no text."""
    rows = [
        {
            "relation_id": f"r{number}", "doc_id": "none", "start": 0, "end": 1, "evidence": "-", "source": source, "relation": relation,
            "target": target, "confidence": 1.0,
        }
        for number, (source, relation, target) in enumerate(pairs, start=1)
    ]  # fmt: skip
    return frame("relations", rows)


def exact(payer: str | None, payee: str | None, kind: str, billions: float, number: int, **known: Any) -> Deal:
    """A signed deal of an exact amount."""
    return Deal(f"d{number}", (payer,), (payee,), kind, Stated(billions * 1e9, billions * 1e9), **{"status": "signed", **known})


def e1_deals() -> list[Deal]:
    """The deals of E1."""
    return [exact(*deal, number) for number, deal in enumerate(E1, start=1)]


def drawn_deals() -> list[Deal]:
    """E1 with uncertain amounts: up to, about, over, two sources, planned, in talks, withdrawn."""
    deals = e1_deals()
    deals[0] = replace(deals[0], amount=Stated(None, 10e9), status="planned")
    deals[2] = replace(deals[2], amount=Stated(15e9, 15e9, approx=True))
    deals[3] = replace(deals[3], values=(Stated(11e9, 11e9), Stated(12e9, 12e9)))
    deals[5] = replace(deals[5], amount=Stated(25e9, None))
    deals[7], deals[8] = replace(deals[7], status="closed"), replace(deals[8], status="closed")
    deals.append(exact("D", "B", "compute", 12, 10, status="withdrawn"))
    deals[9] = replace(deals[9], amount=Stated(12e9, 12e9, approx=True))
    deals.append(Deal("d11", ("D",), ("B",), "colocation", Stated(None, None), "talks"))
    return deals
