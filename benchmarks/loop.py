"""How the time of the closed loop grows with firms, deals and draws, as ratios in one run.

    python benchmarks/loop.py [POLICY ...]

In: made-up corpora in which few firms have most of the deals. Out: a JSON line a measurement: seconds of processor and of wall time of all
indicators of one policy on both time bases, and the ratio of the latter to the smallest corpus with as many draws.
"""

import json
import random
import sys
import time
from collections.abc import Sequence

from corewatch.loop.amounts import Deal, Stated
from corewatch.loop.indicators import indicators_of
from corewatch.loop.reading import BASES, Policy, Reading

SIZES = ((10, 40), (25, 100), (25, 200), (50, 200))
DRAWS = (1000, 10_000)
POLICIES: tuple[Policy, ...] = ("firm", "stated", "weighted")
KINDS = ("compute", "compute", "hardware", "colocation", "equity", "debt")
STATUSES = ("signed", "signed", "closed", "planned", "talks", "withdrawn")


def corpus(firms: int, deals: int) -> list[Deal]:
    """Deals among firms, the n-th firm taking part in 1/n as many; the same in every run."""
    generator = random.Random(1)  # noqa: S311  # made-up amounts, no secret
    names, weights = [f"F{at:02}" for at in range(firms)], [1 / (at + 1) for at in range(firms)]
    found: list[Deal] = []
    while len(found) < deals:
        payer, payee = generator.choices(names, weights, k=2)
        if payer != payee:
            usd = round(generator.lognormvariate(1, 1.2), 2) * 1e9
            about, over, most = Stated(usd, usd, approx=True), Stated(usd, None), Stated(None, usd)
            found.append(Deal(
                f"d{len(found):03}", (payer if generator.random() > 0.15 else None,), (payee,), generator.choice(KINDS),
                generator.choice((Stated(usd, usd), Stated(usd, usd), about, over, most, Stated(None, None))), generator.choice(STATUSES),
                term_years=generator.choice((None, 3.0, 5.0)), date=generator.choice((None, "2024", "2025")),
            ))  # fmt: skip
    return found


def main(policies: Sequence[str]) -> None:
    """Measure and print."""
    for policy in [one for one in POLICIES if one in policies or not policies]:
        for draws in DRAWS:
            floor = 0.0
            for firms, number in SIZES:
                deals = corpus(firms, number)
                busy, begin = time.process_time(), time.perf_counter()
                for basis in BASES:
                    indicators_of(deals, Reading(policy=policy, basis=basis), draws=draws)
                busy, took = time.process_time() - busy, time.perf_counter() - begin
                floor = floor or took
                line = {"policy": policy, "firms": firms, "deals": number, "draws": draws, "cpu": round(busy, 1), "wall": round(took, 1)}
                sys.stdout.write(json.dumps({**line, "ratio": round(took / floor, 1)}) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
