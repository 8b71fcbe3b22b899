"""Deals in, the amounts of each in many draws out.

Every deal has a stream of its own, seeded by its id, so that adding or dropping one leaves the draws of the others as they are (common
random numbers). Its three numbers a draw say whether it happens, at which amount, and over which term. Existence is drawn and not
multiplied in: the indicators are not linear.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

import numpy as np

from corewatch.loop.amounts import Deal, amount_at, fillings, probability, supports, term
from corewatch.loop.money import Floats
from corewatch.loop.reading import ONCE, SEED, Reading


@lru_cache(maxsize=512)
def stream(deal_id: str, number: int, seed: int = SEED) -> Floats:
    """(number x 3) uniform numbers of a deal."""
    numbers = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(deal_id.encode())]))).random((number, 3))
    numbers.setflags(write=False)
    return numbers


def draw_amounts(deals: Sequence[Deal], reading: Reading, number: int) -> Floats:
    """(number x deals) US dollars for the reading's time basis; nothing where a deal does not happen or its amount is unknown."""
    most = fillings(deals, reading)
    drawn = np.zeros((number, len(deals)))
    for column, deal in enumerate(deals):
        ends = supports(deal, reading, most.get(deal.deal_id))
        if ends:
            exists, amount, years = stream(deal.deal_id, number, reading.seed).T
            place = len(ends) * amount
            source = np.floor(place).astype(np.int64)
            low, high = np.array(ends).T
            usd = low[source] + (place - source) * (high[source] - low[source])
            drawn[:, column] = np.where(exists < probability(deal, reading), usd * drawn_share(deal, reading, years), 0.0)
    return drawn


def drawn_share(deal: Deal, reading: Reading, years: Floats) -> Floats | float:
    """Which share of the amount falls in the year of the reading, the term drawn from its interval."""
    if reading.basis == "total":
        return 1.0
    gone = reading.year - (deal.start if deal.start is not None else reading.reference_year)
    if deal.kind in ONCE:
        return float(gone == 0)
    least, most = term(deal, reading)
    length = least + years * (most - least)
    return np.where((gone >= 0) & (gone < length), 1.0 / length, 0.0)


def amounts_at(deals: Sequence[Deal], reading: Reading) -> Floats:
    """(1 x deals) US dollars at the bound of the reading; nothing where the amount is unknown."""
    most = fillings(deals, reading)
    return np.array([[amount_at(deal, reading, most.get(deal.deal_id)) or 0.0 for deal in deals]]).reshape(1, len(deals))


def box(deals: Sequence[Deal], reading: Reading) -> tuple[Floats, Floats]:
    """(deals) the least and the most that each deal may be worth, a deal that may not happen starting at nothing."""
    most = fillings(deals, reading)
    ends = [
        [amount_at(deal, at, most.get(deal.deal_id)) or 0.0 for deal in deals]
        for at in (replace(reading, bound="low"), replace(reading, bound="high"))
    ]
    certain = np.array([probability(deal, reading) >= 1 for deal in deals], dtype=np.bool_)
    return np.where(certain, np.array(ends[0]), 0.0), np.array(ends[1])
