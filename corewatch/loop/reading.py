"""How deals are read as amounts: every parameter of the method, with its default. A report prints each of them.

Two groups: `Reading` says which deals count, at what amount and in which time; `Study` adds what is drawn, known of the outside and tested.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from corewatch.errors import ParameterError

Policy = Literal["firm", "stated", "weighted", "counterfactual"]
Basis = Literal["total", "annual"]
Bound = Literal["point", "central", "low", "high"]
Noncash = Literal["exclude", "include", "reverse"]

POLICIES: tuple[Policy, ...] = get_args(Policy)
BASES: tuple[Basis, ...] = get_args(Basis)
NONCASH: tuple[Noncash, ...] = get_args(Noncash)

FUNDING = ("equity", "debt", "ipo", "backstop")
PURCHASE = ("compute", "hardware", "colocation")
# Paid at once, so that they belong to the year of their date whole.
ONCE = (*FUNDING, "acquisition")

# How likely a deal is to happen, by its status. Those of `weighted` are assumptions without an empirical base, never a headline.
PROBABILITIES: Mapping[Policy, Mapping[str, float]] = MappingProxyType({
    "firm": {"closed": 1.0, "signed": 1.0, "planned": 0.0, "talks": 0.0, "withdrawn": 0.0},
    "stated": {"closed": 1.0, "signed": 1.0, "planned": 1.0, "talks": 1.0, "withdrawn": 0.0},
    "weighted": {"closed": 1.0, "signed": 0.95, "planned": 0.5, "talks": 0.25, "withdrawn": 0.0},
    "counterfactual": {"closed": 1.0, "signed": 1.0, "planned": 0.0, "talks": 0.0, "withdrawn": 1.0},
})  # fmt: skip
# Years that a contract without a term may run.
TERMS: Mapping[str, tuple[float, float]] = MappingProxyType({"hardware": (1.0, 2.0), "compute": (3.0, 6.0), "colocation": (10.0, 15.0)})

REFERENCE_YEAR = 2025
DRAWS = 10_000
SEED = 20250328


@dataclass(frozen=True, slots=True)
class Reading:
    """Which deals count and at what amount.

    `policy`: `firm` counts closed and signed deals, `stated` all that were not withdrawn, `weighted` draws each by the probability of its
    status, `counterfactual` is `firm` with the withdrawn ones. `bound`: the bound that the text states, the middle or an end of what its
    words leave room for. `noncash`: what becomes of shares granted to a customer. `subsets`: whether deals that may be a part of a larger
    one count. `over`: L, how far "over X" reaches, in X. `spread`: d, how far "about X" does, in shares of X. `basis`: contract totals, or
    what falls in `year`; `reference_year` is the year of deals without a date. `fill`: whether an amount that is not known counts as up to
    the largest of its kind. `threshold`: deals below it, in US dollars, are left out. `core`: the firms inside; empty for all.
    `grants`: deals that are non-cash beside those that the table marks, `as_told` or `reversed` where they are included. `seed`: where the
    draws start.
    """

    policy: Policy = "firm"
    bound: Bound = "point"
    noncash: Noncash = "exclude"
    subsets: bool = False
    over: float = 1.25
    spread: float = 0.05
    basis: Basis = "total"
    year: int = REFERENCE_YEAR
    reference_year: int = REFERENCE_YEAR
    fill: bool = False
    threshold: float = 0.0
    core: tuple[str, ...] = ()
    seed: int = SEED
    grants: Mapping[str, Literal["as_told", "reversed"]] = field(default_factory=dict)
    probabilities: Mapping[Policy, Mapping[str, float]] = field(default_factory=lambda: PROBABILITIES)
    terms: Mapping[str, tuple[float, float]] = field(default_factory=lambda: TERMS)

    def __post_init__(self) -> None:
        # Comparing turns "not a number" away, and infinity is asked about.
        if not 1 <= self.over < math.inf:
            raise ParameterError(f"over is {self.over}; give 1 or more: “over X” reaches from X to that many times X")
        if not 0 <= self.spread < 1:
            raise ParameterError(f"spread is {self.spread}; give a share of the amount, from 0 to below 1")
        if not 0 <= self.threshold < math.inf:
            raise ParameterError(f"threshold is {self.threshold}; give US dollars, 0 or more")

    @property
    def basis_name(self) -> str:
        """`total`, or `annual(2025)`."""
        return "total" if self.basis == "total" else f"annual({self.year})"


@dataclass(frozen=True, slots=True)
class Boundary:
    """What is known of the money between the firms and everybody else.

    `sales`: what a firm sells to nobody in particular. `revenue`: all its sales in the window, of which the recorded purchases are taken
    off. Both in US dollars by firm, for one time basis.
    """

    sales: Mapping[str, float] = field(default_factory=dict)
    revenue: Mapping[str, float] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        """The firms whose outside flows are known."""
        return frozenset(self.sales) | frozenset(self.revenue)

    @property
    def name(self) -> str:
        """How the boundary of an indicator is called."""
        return "known outside sales" if self.known else "minimal closure"


@dataclass(frozen=True, slots=True)
class Study:
    """What is computed of tables: `reading` as a base, the policies and bases beside it, how many draws, and the robustness.

    `sales` and `annual_sales` are known outside sales by firm, in US dollars, for contract totals and for `reading.year`; revenue of
    `metrics` is used beside them. `pair` are the two firms whose share of the origin is told apart. `documents`: whether each document is
    left out in turn, and `most_documents` how many at most, those first by which most money hangs; null for all. `deletion_draws` and
    `null_draws`: draws for each document left out, and for the permutation null (0: none).
    `other_draws`: draws for the policies beside the headline, where they should be fewer; null for as many.
    """

    reading: Reading = field(default_factory=Reading)
    policies: tuple[Policy, ...] = ("firm", "stated", "weighted")
    bases: tuple[Basis, ...] = BASES
    draws: int = DRAWS
    sales: Mapping[str, float] = field(default_factory=dict)
    annual_sales: Mapping[str, float] = field(default_factory=dict)
    pair: tuple[str, str] = ("Nvidia", "Microsoft")
    documents: bool = True
    most_documents: int | None = None
    deletion_draws: int = 2000
    robustness: bool = True
    null_draws: int = 0
    other_draws: int | None = None

    def __post_init__(self) -> None:
        for name in ("draws", "deletion_draws", "null_draws", "other_draws", "most_documents"):
            if (getattr(self, name) or 0) < 0:
                raise ParameterError(f"{name} is {getattr(self, name)}; give 0 for none, or a number")
