"""A figure in the making, as the rules of figures hand it on."""

from dataclasses import dataclass

from corewatch.language.article import FigureKind
from corewatch.language.numbers import Number


@dataclass(slots=True)
class Draft:
    """A figure in the making: the terms from `first` to `last`, and what is known of it so far."""

    number: Number
    first: int
    last: int
    low: float | None
    high: float | None
    kind: FigureKind | None = None
    unit: str = ""
    factor: float = 1.0
    approx: bool = False
    outer_first: int = 0
    outer_last: int = 0
    ranged: bool = False
    bound: str | None = None
