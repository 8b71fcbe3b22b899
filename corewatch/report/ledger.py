"""What the pages of deals and companies look up, found once for all of them: who has which deals, measures, ties and statements.

In: a reading of the tables. Out: rows by company and by deal; nothing is judged here but which deals the verdicts of the closed loop count.
"""

from collections import defaultdict
from typing import Any

from corewatch.loop.graph import parts_left_out
from corewatch.report.reading import Reading, rows, rows_said
from corewatch.report.views.deal_rows import FIRM
from corewatch.report.wording import Amount, counted, names_of, said

MENTIONS = ("deal_mentions", "metric_mentions", "relations", "statements")


class Ledger:
    """Rows by company and by deal, in the order of the tables."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        tables = reading.tables
        self.paid: defaultdict[str, list[Any]] = defaultdict(list)
        self.pays: defaultdict[str, list[Any]] = defaultdict(list)
        for deal in reading.deals:
            for side, found in (("payer", self.pays), ("payee", self.paid)):
                for name in names_of(getattr(deal, side)):
                    found[name].append(deal)
        self.metrics: defaultdict[str, list[Any]] = defaultdict(list)
        for metric in reading.metrics:
            for name in dict.fromkeys(one for one in (metric.company, metric.counterpart) if one):
                self.metrics[name].append(metric)
        self.ties: defaultdict[str, list[Any]] = defaultdict(list)
        self.said_by: defaultdict[str, list[Any]] = defaultdict(list)
        self.said_of: defaultdict[str, list[Any]] = defaultdict(list)
        # What is said of a company: (table, row), for its history through the documents.
        self.told: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
        for table in MENTIONS:
            for row in rows_said(tables, table):
                for name in self.named_in(table, row):
                    self.told[name].append((table, row))
        for tie in rows(tables.relations):
            for name in dict.fromkeys((tie.source, tie.target)):
                self.ties[name].append(tie)
        self.flows = {row.deal_id: row for row in rows(tables.flows)}
        self.parts = parts_left_out(tables.flows) if len(tables.flows) else set()

    def named_in(self, table: str, row: Any) -> list[str]:
        """The companies that a row is about, each once; of a statement also those that its sentence names."""
        if table == "deal_mentions":
            return list(dict.fromkeys([*names_of(row.payer), *names_of(row.payee)]))
        if table == "metric_mentions":
            return list(dict.fromkeys(name for name in (row.company, row.counterpart) if name))
        if table == "relations":
            return list(dict.fromkeys((row.source, row.target)))
        files = self.reading.company_files
        start, end = self.reading.around(row)
        sentence = self.reading.text(row.doc_id)[start:end]
        about = [name for name in files if name != row.affiliation and name in sentence]
        if row.affiliation in files:
            self.said_by[row.affiliation].append(row)
        for name in about:
            self.said_of[name].append(row)
        return [*about, *[row.affiliation] * (row.affiliation in files)]

    def conflicts(self, deals: list[Any], metrics: list[Any]) -> list[str]:
        """The ids of the contradictions about deals and metrics."""
        keys = [deal.deal_id for deal in deals]
        keys += [key for one in metrics for key in (one.metric_id, f"{one.company}/{one.metric}/{one.period or ''}")]
        return list(dict.fromkeys(row.conflict_id for key in keys for row in self.reading.conflicts_by_key.get(key, ())))

    def beside(self, deal: Any) -> list[Any]:
        """The other deals between the same companies, either way round."""
        mine = [names_of(deal.payer), names_of(deal.payee)]
        found: dict[str, Any] = {}
        for here, there in ((0, 1), (1, 0)):
            for name in mine[here]:
                for other in self.pays[name]:
                    if other.deal_id != deal.deal_id and set(names_of(other.payee)) & set(mine[there]):
                        found[other.deal_id] = other
        return list(found.values())

    def in_the_loop(self, deal: Any) -> str:
        """Whether the verdicts of the closed loop count a deal, and as how much, or why they do not."""
        flow = self.flows.get(deal.deal_id)
        if flow is None:
            return "not followed: no money between two parties"
        if flow.status not in FIRM:
            return "not counted by its verdicts: " + {"withdrawn": "withdrawn", "talks": "only talked of"}.get(flow.status, "only planned")
        amount = Amount(flow.usd_low, flow.usd_high, "USD")
        if flow.noncash:
            return "not counted by its verdicts: shares that may not be cash"
        if not amount.known:
            return "followed, and adds nothing to the sums: no amount in US dollars is known"
        if deal.deal_id in self.parts:
            return "not counted by its verdicts: it may be part of a larger deal"
        return f"counted by its verdicts, as {said(amount)}"


def times(number: int, noun: str) -> str:
    """How many, or that there are none: `three articles`, `no article`."""
    return counted(number, noun) if number else f"no {noun}"
