"""The records that the mention stages make: one class for each mention table of the contract, without ids."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMention:
    """A transaction that a document states; `figure_start` is the offset of the figure that gives its amount."""

    start: int
    end: int
    kind: str
    payer: str | None
    payee: str | None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    approx: bool = False
    per: str | None = None
    term_years: float | None = None
    through: int | None = None
    status: str = "signed"
    asserted_by: str | None = None
    date: str | None = None
    is_total: bool = False
    figure_start: int | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricMention:
    """What a document says of a company in numbers; `figure_start` is the offset of the figure (null for a founding year)."""

    start: int
    end: int
    company: str
    metric: str
    low: float | None
    high: float | None
    unit: str
    segment: str | None = None
    counterpart: str | None = None
    period: str | None = None
    approx: bool = False
    basis: str = "actual"
    figure_start: int | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A standing tie between two companies that a document states."""

    start: int
    end: int
    source: str
    relation: str
    target: str
    confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that a document credits to somebody; the span is the quote itself."""

    start: int
    end: int
    speaker: str | None
    affiliation: str | None
    verbatim: bool
    stance: str | None = None
    confidence: float = 0.5
