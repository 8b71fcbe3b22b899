"""The contract in code: which tables there are, and what a cell of each column may hold.

In: nothing. Out: `CONTRACT`, a rule for each column of each table, and the words that the rules allow. No data frame is made here, so that
what reads documents knows the words without pandas.

Judgements made here: a date is text in ISO form, to the precision that is known, so that every format holds the same value;
unknown is null in every column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FIGURE_KINDS = ("money", "percent", "count", "duration", "power", "multiple")
DEAL_KINDS = ("compute", "hardware", "colocation", "equity", "debt", "ipo", "acquisition", "capex", "backstop")
STATUSES = ("talks", "planned", "signed", "closed", "withdrawn")
PERS = ("year", "quarter", "month")
METRICS = (
    "revenue", "revenue_growth", "revenue_share", "net_income", "backlog", "capex", "debt", "valuation", "share_price",
    "share_price_change", "stake", "gpus", "data_centers", "employees", "power", "founded",
)  # fmt: skip
BASES = ("actual", "forecast")
RELATIONS = ("customer_of", "investor_in", "competitor_of", "partner_of")
STANCES = ("supports", "disputes")
CONFLICT_FIELDS = ("amount", "status", "kind", "payer", "arithmetic", "time")
SEVERITIES = ("material", "rounding")

# The column of each mention table that holds the exact words from `start` to `end`.
EVIDENCE = {
    "figures": "text", "deal_mentions": "evidence", "metric_mentions": "evidence", "relations": "evidence", "statements": "quote",
}  # fmt: skip

ISO_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
ISO_PERIOD = r"\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?"


@dataclass(frozen=True)
class Column:
    """What a cell may hold: its pandas dtype, whether it may be null, and its values, pattern or bounds."""

    dtype: Literal["str", "int64", "Int64", "float64", "bool"]
    nullable: bool = False
    values: tuple[str, ...] = ()
    pattern: str | None = None
    least: float | None = None
    most: float | None = None
    unique: bool = False


TEXT, OPTIONAL_TEXT = Column("str"), Column("str", nullable=True)
KEY = Column("str", unique=True)
OFFSET, COUNT = Column("int64", least=0), Column("int64", least=0)
AMOUNT = Column("float64", nullable=True)
FLAG = Column("bool")
SHARE = Column("float64", least=0.0, most=1.0)


def one_of(values: tuple[str, ...], *, nullable: bool = False) -> Column:
    """A text cell that holds one of `values`."""
    return Column("str", nullable=nullable, values=values)


PLACE = {"doc_id": TEXT, "start": OFFSET, "end": OFFSET}
# Every mention says how sure it is, and why an analyst changed or added it (null where the row is as it was read).
TRUST = {"confidence": SHARE, "corrected": OPTIONAL_TEXT}
BOUNDS = {"low": AMOUNT, "high": AMOUNT}
DATE = Column("str", nullable=True, pattern=ISO_DATE)
PERIOD = Column("str", nullable=True, pattern=ISO_PERIOD)
YEAR = Column("Int64", nullable=True, least=1900, most=2200)
TERM = Column("float64", nullable=True, least=0.0)

CONTRACT: Mapping[str, Mapping[str, Column]] = {
    "documents": {
        "doc_id": KEY, "path": TEXT, "sha256": Column("str", pattern=r"[0-9a-f]{64}"), "title": OPTIONAL_TEXT,
        "published": DATE, "publisher": OPTIONAL_TEXT, "url": OPTIONAL_TEXT, "copy_of": OPTIONAL_TEXT,
        "encoding": OPTIONAL_TEXT, "text": TEXT,
        "n_chars": COUNT, "n_words": COUNT,
    },
    "figures": {
        "figure_id": KEY, **PLACE, "text": TEXT, "kind": one_of(FIGURE_KINDS), **BOUNDS, "unit": TEXT, "approx": FLAG,
    },
    "deal_mentions": {
        "mention_id": KEY, **PLACE, "evidence": TEXT, "kind": one_of(DEAL_KINDS), "payer": OPTIONAL_TEXT, "payee": OPTIONAL_TEXT,
        **BOUNDS, "currency": Column("str", nullable=True, pattern=r"[A-Z]{3}"), "approx": FLAG, "per": one_of(PERS, nullable=True),
        "term_years": TERM, "through": YEAR, "status": one_of(STATUSES), "asserted_by": OPTIONAL_TEXT, "date": DATE,
        "is_total": FLAG, "figure_id": OPTIONAL_TEXT, "source": OPTIONAL_TEXT, "deal_id": OPTIONAL_TEXT, "joined_to": OPTIONAL_TEXT,
        "joined_by": OPTIONAL_TEXT, "join_confidence": Column("float64", nullable=True, least=0.0, most=1.0), **TRUST,
    },
    "deals": {
        "deal_id": KEY, "kind": one_of(DEAL_KINDS), "payer": OPTIONAL_TEXT, "payee": OPTIONAL_TEXT, **BOUNDS,
        "currency": Column("str", nullable=True, pattern=r"[A-Z]{3}"), "approx": FLAG, "per": one_of(PERS, nullable=True),
        "term_years": TERM, "through": YEAR, "status": one_of(STATUSES), "date": DATE,
        "n_documents": COUNT, "n_sources": COUNT, "n_mentions": COUNT,
        "agreed": FLAG, "mention_id": TEXT, "joined_by": OPTIONAL_TEXT, "join_confidence": SHARE, "corrected": OPTIONAL_TEXT,
    },
    "metric_mentions": {
        "mention_id": KEY, **PLACE, "evidence": TEXT, "company": TEXT, "segment": OPTIONAL_TEXT, "metric": one_of(METRICS),
        "counterpart": OPTIONAL_TEXT, "period": PERIOD, **BOUNDS, "unit": TEXT, "approx": FLAG, "basis": one_of(BASES),
        "figure_id": OPTIONAL_TEXT, "source": OPTIONAL_TEXT, "metric_id": OPTIONAL_TEXT, **TRUST,
    },
    "metrics": {
        "metric_id": KEY, "company": TEXT, "segment": OPTIONAL_TEXT, "metric": one_of(METRICS), "counterpart": OPTIONAL_TEXT,
        "period": PERIOD, **BOUNDS, "unit": TEXT, "approx": FLAG, "basis": one_of(BASES),
        "n_documents": COUNT, "n_sources": COUNT, "n_mentions": COUNT,
        "agreed": FLAG, "mention_id": TEXT, "corrected": OPTIONAL_TEXT,
    },
    "relations": {
        "relation_id": KEY, **PLACE, "evidence": TEXT, "source": TEXT, "relation": one_of(RELATIONS), "target": TEXT, **TRUST,
    },
    "statements": {
        "statement_id": KEY, **PLACE, "quote": TEXT, "speaker": OPTIONAL_TEXT, "affiliation": OPTIONAL_TEXT, "verbatim": FLAG,
        "stance": one_of(STANCES, nullable=True), **TRUST,
    },
    "conflicts": {
        "conflict_id": KEY, "table": one_of(("deals", "metrics")), "key": TEXT, "field": one_of(CONFLICT_FIELDS), "values": TEXT,
        "doc_ids": TEXT, "mention_ids": TEXT, "severity": one_of(SEVERITIES), "explanation": TEXT,
    },
    "flows": {
        "payer": OPTIONAL_TEXT, "payee": OPTIONAL_TEXT, "kind": one_of(DEAL_KINDS), "usd_low": AMOUNT, "usd_high": AMOUNT,
        "status": one_of(STATUSES), "term_years": TERM, "start": DATE, "noncash": FLAG, "deal_id": KEY,
    },
    "rejected": {"path": TEXT, "reason": TEXT, "detail": TEXT},
    # What became of each line of a corrections file: applied, without effect (the row is so already), or stale (its passage is gone).
    "corrections": {
        "doc_id": TEXT, "table": TEXT, "start": OFFSET, "end": OFFSET, "action": one_of(("add", "change", "drop")),
        "field": OPTIONAL_TEXT, "value": OPTIONAL_TEXT, "reason": OPTIONAL_TEXT,
        "outcome": one_of(("applied", "without_effect", "stale")), "detail": TEXT,
    },
}  # fmt: skip
