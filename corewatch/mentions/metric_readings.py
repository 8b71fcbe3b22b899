"""What every figure of a sentence measures. In: the items of a sentence. Out: a `Reading` for each figure that states a metric."""

from collections.abc import Sequence

from corewatch.mentions.metric_counts import read_count, read_power
from corewatch.mentions.metric_heads import Reading
from corewatch.mentions.metric_money import read_money
from corewatch.mentions.metric_moves import read_move, read_multiple, read_value_lost
from corewatch.mentions.metric_stakes import read_revenue_share, read_stake
from corewatch.mentions.sentence_items import Item, figure_of


def read_figures(items: Sequence[Item], before: str | None) -> dict[int, Reading]:
    """The readings of a sentence by the index of their figure; `before` is the metric of the sentence before, for a head left out."""
    readings: dict[int, Reading] = {}
    for at, item in enumerate(items):
        if item.figure is None:
            continue
        found = _read_figure(items, at, readings, before)
        if found is not None:
            readings[at] = found
    return readings


def _read_figure(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    figure = figure_of(items[at])
    if figure.kind == "money":
        return read_money(items, at, readings, before)
    if figure.kind == "percent":
        return _percent(items, at, readings, before)
    if figure.kind == "multiple":
        return read_multiple(items, at, before)
    if figure.kind == "count":
        return read_count(items, at, readings)
    if figure.kind == "power":
        return read_power(items, at, readings)
    return None


def _percent(items: Sequence[Item], at: int, readings: dict[int, Reading], before: str | None) -> Reading | None:
    lost = read_value_lost(items, at)
    if lost is not None:
        return lost
    share = read_revenue_share(items, at, readings, before)
    if share is not None:
        return share
    stake = read_stake(items, at, readings, before)
    if stake is not None:
        return stake if stake.metric == "stake" else None
    return read_move(items, at, readings, before)
