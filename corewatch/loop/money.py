"""Deals in, the money graph as arrays out: many cases at once, one row a case, so that the algebra is done for all of them together.

A `Network` has the firms and arcs that can exist; `Money` has the US dollars on the arcs in each case. Arcs are payer to payee, apart for
funding and purchases; index n, one past the last firm, is the outside as payer or as payee, two places that no circuit can join.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corewatch.loop.amounts import Deal
from corewatch.loop.reading import Boundary

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Sums of floats in another order differ by less; two totals that differ by more are not equal.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Network:
    """What can be paid: `firms` by name; arcs with `payers`, `payees` (n: outside) and `purchase`; `parts` (deals x arcs) is which share of
    a deal each arc has, joint parties sharing equally. `sales` and `revenue` (n, NaN where unknown) are the boundary, in US dollars.
    """

    firms: tuple[str, ...]
    deals: tuple[Deal, ...]
    payers: Ints
    payees: Ints
    purchase: Flags
    parts: Floats
    sales: Floats
    revenue: Floats

    @property
    def inner(self) -> Flags:
        """Which arcs run between firms."""
        return (self.payers < len(self.firms)) & (self.payees < len(self.firms))

    def name(self, at: int) -> str | None:
        """A firm by its index; null outside."""
        return self.firms[at] if at < len(self.firms) else None

    def incidence(self, ends: Ints) -> Floats:
        """(arcs x n) which firm is at the given ends of each arc."""
        return np.eye(len(self.firms) + 1)[ends][:, : len(self.firms)]


def make_network(deals: Sequence[Deal], boundary: Boundary | None = None) -> Network:
    """The network of deals that count; a deal from the outside to the outside, or of a firm with itself, has no arc."""
    boundary = boundary or Boundary()
    named = {name for deal in deals for name in (*deal.payers, *deal.payees) if name is not None}
    firms = tuple(sorted(named | {name for known in (boundary.sales, boundary.revenue) for name, usd in known.items() if usd > 0}))
    place: dict[str | None, int] = {name: at for at, name in enumerate(firms)} | {None: len(firms)}
    steps: dict[tuple[int, int, bool], dict[int, float]] = {}
    for row, deal in enumerate(deals):
        share = 1.0 / (len(deal.payers) * len(deal.payees))
        for payer in deal.payers:
            for payee in deal.payees:
                if payer != payee:
                    step = steps.setdefault((place[payer], place[payee], deal.purchase), {})
                    step[row] = step.get(row, 0.0) + share
    keys = sorted(steps)
    parts = np.zeros((len(deals), len(keys)))
    for column, key in enumerate(keys):
        for row, share in steps[key].items():
            parts[row, column] = share
    return Network(
        firms,
        tuple(deals),
        np.array([key[0] for key in keys], dtype=np.int64),
        np.array([key[1] for key in keys], dtype=np.int64),
        np.array([key[2] for key in keys], dtype=np.bool_),
        parts,
        np.array([boundary.sales.get(name, 0.0) for name in firms]),
        np.array([boundary.revenue.get(name, np.nan) for name in firms]),
    )


@dataclass(frozen=True)
class Money:
    """US dollars on the arcs of a network, (cases x arcs); every property is an array with a row a case."""

    network: Network
    arcs: Floats

    def some(self, cases: slice) -> "Money":
        """Some of the cases."""
        return Money(self.network, self.arcs[cases])

    def summed(self, chosen: Flags, ends: Ints) -> Floats:
        """(cases x n) the money of chosen arcs by the firm at their ends."""
        return self.arcs[:, chosen] @ self.network.incidence(ends)[chosen]

    def matrix(self, chosen: Flags) -> Floats:
        """(cases x n x n) the money of chosen arcs between firms, payers in rows."""
        n, net = len(self.network.firms), self.network
        chosen = chosen & net.inner
        cells = np.zeros((len(self.arcs), n * n))
        places, column = np.unique(net.payers[chosen] * n + net.payees[chosen], return_inverse=True)
        summing = np.eye(len(places))[column] if len(places) else np.zeros((0, 0))
        cells[:, places] = self.arcs[:, chosen] @ summing
        return np.asarray(cells.reshape(len(self.arcs), n, n))

    @cached_property
    def bought(self) -> Floats:
        """Recorded purchases from each firm."""
        return self.summed(self.network.purchase, self.network.payees)

    @cached_property
    def outside_sales(self) -> Floats:
        """Known outside sales: those given, or revenue less recorded purchases where that is more than nothing."""
        left = np.maximum(0.0, np.nan_to_num(self.network.revenue, nan=0.0) - self.bought)
        return np.where(np.isnan(self.network.revenue), self.network.sales, np.maximum(left, self.network.sales))

    @cached_property
    def received(self) -> Floats:
        """in_i: all that each firm receives."""
        return self.summed(np.ones_like(self.network.purchase), self.network.payees) + self.outside_sales

    @cached_property
    def paid(self) -> Floats:
        """out_i: all that each firm pays."""
        return self.summed(np.ones_like(self.network.purchase), self.network.payers)

    @cached_property
    def through(self) -> Floats:
        """T_i = max(in_i, out_i): minimal closure."""
        return np.maximum(self.received, self.paid)

    @cached_property
    def own(self) -> Floats:
        """Own resources, T_i - in_i."""
        return beyond(self.through, self.received)

    @cached_property
    def outside_inflow(self) -> Floats:
        """What each firm receives from the outside, known outside sales included."""
        return self.summed(self.network.payers == len(self.network.firms), self.network.payees) + self.outside_sales

    @cached_property
    def outside_outflow(self) -> Floats:
        """What each firm is recorded to pay to the outside."""
        return self.summed(self.network.payees == len(self.network.firms), self.network.payers)

    @cached_property
    def entering(self) -> Floats:
        """z_i: what enters at each firm, from the outside or from its own resources."""
        return self.outside_inflow + self.own

    @cached_property
    def leaving(self) -> Floats:
        """y_i: what leaves at each firm, to the outside or not followed."""
        return self.outside_outflow + beyond(self.through, self.paid)

    @cached_property
    def total(self) -> Floats:
        """W: all recorded amounts, boundary and known outside sales included; one number a case."""
        return np.asarray(self.arcs.sum(axis=1) + self.outside_sales.sum(axis=1))

    @cached_property
    def end_sales(self) -> Floats:
        """Purchases from outside payers and known outside sales; one number a case."""
        outside = (self.network.payers == len(self.network.firms)) & self.network.purchase
        return np.asarray(self.arcs[:, outside].sum(axis=1) + self.outside_sales.sum(axis=1))

    @cached_property
    def inner(self) -> Floats:
        """F (cases x n x n): the money between firms."""
        return self.matrix(np.ones_like(self.network.purchase))

    @cached_property
    def mixing(self) -> Floats:
        """G = F / T (cases x n x n): which share of each firm's throughflow goes to which other firm."""
        return np.asarray(self.inner / np.where(self.through > 0, self.through, 1.0)[:, :, None])


def beyond(whole: Floats, part: Floats) -> Floats:
    """Whole less part, and exactly nothing where they differ by rounding only."""
    return np.asarray(np.where(whole - part > ROUNDING * whole, whole - part, 0.0))
