"""About how many US dollars a unit of a currency was worth in 2023 to 2025: `exchange.csv`, its least and its most, rounded outwards.

Good for judging whether two amounts in different currencies may be one, never for a conversion: a report shows no amount that no
article states.
"""

import csv
from functools import cache
from importlib.resources import files


@cache
def dollars() -> dict[str, tuple[float, float]]:
    """The least and the most that one unit was worth, by currency."""
    lines = files("corewatch.lexicon").joinpath("exchange.csv").read_text(encoding="utf-8").splitlines()
    return {"USD": (1.0, 1.0)} | {row["currency"]: (float(row["low"]), float(row["high"])) for row in csv.DictReader(lines)}
