"""A deal mention as the joining of documents looks at it.

In: the rows of `deal_mentions`. Out: `Mention`s in an order that does not depend on the input's.
"""

from dataclasses import dataclass

from pandas import DataFrame

from corewatch.reconcile.amounts import Amount
from corewatch.reconcile.revisions import Aside, aside, is_more, is_revised, year_of
from corewatch.tables import records

PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0}
FIRM = ("signed", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A deal mention as this stage looks at it; `aside` says why its amount is not the deal's, `revised` that it replaced another.

    `more` says that it is told as a deal beside another of the same parties; `year` is the one that a spending plan is for.
    """

    id: str
    doc_id: str
    source: str
    start: int
    end: int
    kind: str
    payer: str | None
    payee: str | None
    amount: Amount
    status: str
    term_years: float | None
    through: int | None
    date: str | None
    published: str | None
    figure_at: int | None
    aside: Aside | None
    revised: bool
    more: bool
    year: int | None
    confidence: float
    corrected: str | None

    @property
    def key(self) -> tuple[str | None, str | None, str]:
        """Who pays whom for what."""
        return self.payer, self.payee, self.kind

    @property
    def withdrawn(self) -> bool:
        """Whether the mention says that the deal is off."""
        return self.status == "withdrawn"

    @property
    def total(self) -> Amount:
        """The amount over the whole term where a rate and a term are stated; a rate without a term as one a year."""
        if self.amount.per is None:
            return self.amount
        years = 1.0 if self.term_years is None else self.term_years
        low, high = (None if bound is None else bound * PER_YEAR[self.amount.per] * years for bound in (self.amount.low, self.amount.high))
        return Amount(low, high, self.amount.unit, self.amount.approx or low == high, "year" if self.term_years is None else None)


Group = tuple[Mention, ...]


def read_mentions(deal_mentions: DataFrame, documents: DataFrame) -> list[Mention]:
    """The mentions that can be part of a deal, in an order that does not depend on the input's."""
    published = {row["doc_id"]: row["published"] for row in records(documents[["doc_id", "published"]])}
    mentions = [
        Mention(
            id=row["mention_id"],
            doc_id=row["doc_id"],
            source=row["source"] or row["doc_id"],
            start=row["start"],
            end=row["end"],
            kind=row["kind"],
            payer=row["payer"],
            payee=row["payee"],
            amount=Amount(row["low"], row["high"], row["currency"], row["approx"], row["per"]),
            status=row["status"],
            term_years=row["term_years"],
            through=row["through"],
            date=row["date"],
            published=published.get(row["doc_id"]),
            figure_at=None if row["figure_id"] is None else int(str(row["figure_id"]).rsplit(":f", 1)[1]),
            aside=aside(row),
            revised=is_revised(row),
            more=is_more(row),
            year=year_of(row) if row["kind"] == "capex" else None,
            confidence=row["confidence"],
            corrected=row["corrected"],
        )
        for row in records(deal_mentions)
        if not row["is_total"]
    ]
    return sorted(mentions, key=place)


def place(mention: Mention) -> tuple[str, int, str]:
    """Where a mention stands."""
    return mention.doc_id, mention.start, mention.id
