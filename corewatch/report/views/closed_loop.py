"""The report on whether AI spending is a closed loop: the argument, four verdicts, the money as a matrix, and what would close a loop.

In: `flows`, `relations`, `statements`, and the indicators and verdicts that corewatch.loop computes from them. Judgements made here: none
but the wording; "not seen" is never said to be "does not happen", and the verdict's word comes first.
"""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from corewatch.loop.circuits import find_circuits
from corewatch.loop.graph import Edge as CountedEdge
from corewatch.loop.graph import build_graph, parts_left_out
from corewatch.loop.indicators import loop_indicators
from corewatch.loop.reading import Reading as Counting
from corewatch.loop.verdicts import loop_verdicts
from corewatch.report.contradictions import article_link, words_of
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    arrow,
    fragment,
    number_cell,
    quiet,
    table,
)
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.reading import rows
from corewatch.report.views import deal_rows, money_graph
from corewatch.report.views.loop_circuits import circuit_blocks
from corewatch.report.views.loop_matrix import matrix_figure
from corewatch.report.views.verdict_cards import percent, verdict_cards
from corewatch.report.views.witness import witness_strip
from corewatch.report.wording import (
    NOT_STATED,
    amount_of,
    counted,
    kind_noun,
    listed,
    money,
    payee_of,
    payer_of,
    start_upper,
    three,
    words,
)
from corewatch.tables import Tables, records

MOST_TERMS = 12
MOST_QUOTES = 12
MOST_TABLE = 60


class ClosedLoop(Report):
    """Whether the money runs in a closed loop."""

    name = "closed_loop"

    def __init__(self, tables: Tables, parameters: Mapping[str, Value]) -> None:
        super().__init__(tables, parameters)
        self.counting = Counting()
        self.graph = build_graph(tables.flows, self.counting)
        self.indicators = loop_indicators(tables.flows, tables.relations, reading=self.counting)
        self.values = {(row["indicator"], row["subject"]): row for row in records(self.indicators)}
        self.verdicts = records(loop_verdicts(self.indicators))
        self.deals = {deal.deal_id: deal for deal in self.reading.deals}
        self.parts = parts_left_out(tables.flows, self.counting)
        self.noncash = [row.deal_id for row in rows(tables.flows) if row.noncash]

    def chosen_conflicts(self) -> list[str] | None:
        """The disagreements about deals that are counted."""
        keys = {row.deal_id for row in rows(self.tables.flows)}
        return [row.conflict_id for row in self.reading.conflicts if row.key in keys]

    def point(self, name: str, column: str = "point") -> float | None:
        """A number of the whole graph."""
        row = self.values.get((name, None))
        return None if row is None else row[column]

    def verdict(self, thesis: str) -> str:
        """A thesis' word; of several suppliers the common one, else undetermined."""
        found = {row["verdict"] for row in self.verdicts if row["thesis"] == thesis}
        return str(found.pop()) if len(found) == 1 else "undetermined"

    def total(self) -> Markup:
        """The counted money as a computed number, with its sum."""
        return self.register.computed(money(self.graph.total, "USD", digits=4), self.sum_words())

    def sum_words(self) -> str:
        """How the counted money adds up."""
        edges = sorted(self.graph.edges, key=lambda edge: (-edge.usd, edge.deal_id, edge.payer or ""))
        terms = [f"{money(edge.usd, 'USD')} ({self.edge_words(edge)})" for edge in edges[:MOST_TERMS]]
        if len(edges) > MOST_TERMS:
            rest = sum(edge.usd for edge in edges[MOST_TERMS:])
            terms.append(f"{money(rest, 'USD', digits=4)} ({len(edges) - MOST_TERMS} smaller ones)")
        notes = ["Deals closed or signed, each once, at the bound that the article states."]
        if any(deal.high is None and deal.low is not None for deal in self.deals.values()):
            notes.append("“Over” an amount counts as that amount.")
        if self.noncash:
            verb = "is" if len(self.noncash) == 1 else "are"
            notes.append(f"{start_upper(counted(len(self.noncash), 'deal'))} in shares that may not be cash {verb} left out.")
        return f"{' + '.join(terms)} = {money(self.graph.total, 'USD', digits=4)}. {' '.join(notes)}"

    def edge_words(self, edge: CountedEdge) -> str:
        """Who pays whom in a sum."""
        deal = self.deals[edge.deal_id]
        return f"{edge.payer or payer_of(deal)} to {edge.payee or payee_of(deal)}"

    def silent_receivers(self) -> list[str]:
        """The firms that receive counted money and pay nobody, those that receive most first."""
        found = [firm for firm in self.graph.firms if self.graph.received(firm) > 0 and self.graph.paid(firm) == 0]
        return sorted(found, key=lambda firm: (-self.graph.received(firm), firm))

    def answer(self, question: str = "", href: str = "") -> Fragment:
        """The verdict first, then what is known, then what speaks against it."""
        claims = {row.doc_id for row in rows(self.tables.statements) if row.stance == "supports"}
        against = {row.doc_id for row in rows(self.tables.statements) if row.stance == "disputes"}
        word = self.verdict("H1")
        more = {"href": href, "text": "Four claims and their verdicts"} if href else None
        total_articles = f"{len(self.reading)} {'article' if len(self.reading) == 1 else 'articles'}"
        makes = (
            f"{len(claims)} of {total_articles} {'makes' if len(claims) == 1 else 'make'} the claim"
            if claims
            else "no article makes the claim"
        )
        makes += f", {len(against)} {'disputes' if len(against) == 1 else 'dispute'} it" if against else ""
        sure = "No confidence either way" if word == "undetermined" else "By the bounds fixed beforehand"
        strip = witness_strip(self.reading, claims, against, says="make the claim", differs="dispute it or say both")
        if not self.graph.edges:
            no_amount = "Undetermined: no deal that is closed or signed has an amount in US dollars."
            return fragment(
                "answer", question=question, claim=no_amount if len(self.reading) else "Undetermined: no article was read.",
                but=[], more=more, one="0", one_note="amounts to follow", strip=strip, sure=sure, sure_note=makes,
            )  # fmt: skip
        kappa = self.point("kappa") or 0.0
        origin = {
            "supported": "few firms start the money", "disputed": "the money does not start with a few named firms",
        }.get(self.verdict("H2a"), "how few firms start the money is open")  # fmt: skip
        returns: Words
        if kappa == 0:
            returns = Markup("none of the {} is seen to come back").format(self.total())
        else:
            returns = Markup("at most {} of the {} can come back").format(percent(kappa), self.total())
        joint = "but" if kappa == 0 and self.verdict("H2a") == "supported" else "and"
        claim = Markup("{}: {}, {} {}.").format(start_upper(word), origin, joint, returns)
        lines: list[Words] = []
        silent = self.silent_receivers()
        if silent:
            lines.append(f"The articles name no payment by {listed(silent, 3, 'or')}, so the trail ends where the money arrives.")
        if kappa == 0:
            lines.append("“Not seen” is not “does not happen”.")
        statement = (
            f"Share of the {money(self.graph.total, 'USD', digits=4)} that lies on a circuit of deals with amounts "
            f"(indicator kappa): {percent(kappa)}. "
            f"Share of receipts that the articles follow to a next payment (omega): {percent(self.point('omega') or 0.0)}."
        )
        return fragment(
            "answer", question=question, claim=claim, but=[Markup(" ").join(lines)] if lines else [], more=more,
            one=self.register.computed(percent(kappa), statement),
            one_note="of the counted money " + ("seen to return" if kappa == 0 else "can return, at most"),
            strip=strip, sure=sure, sure_note=makes,
        )  # fmt: skip

    def argument(self) -> Fragment:
        """The claim in the words of who makes it, and in which articles."""
        found = [row for row in rows(self.tables.statements) if row.stance == "supports"]
        against = sum(row.stance == "disputes" for row in rows(self.tables.statements))
        if not found:
            line = "No article that was read credits anybody with the claim"
            return fragment(
                "claim",
                words="",
                by="",
                lines=[f"{line}, and {counted(against, 'statement')} {'disputes' if against == 1 else 'dispute'} it."],
            )
        said_so = str(words()["argument"]["words"])
        first = min(
            found,
            key=lambda row: (
                not re.search(said_so, self.sentence(row), re.IGNORECASE),
                row.speaker is None,
                self.reading.order[row.doc_id],
                row.start,
            ),
        )
        start, end = self.reading.around(first)
        self.register.passage(first.doc_id, start, end, credit=self.reading.credit(first), at=int(first.start))
        lines = []
        if len(found) > 1 or against:
            lines.append(
                f"{start_upper(counted(len(found), 'credited statement'))} {'supports' if len(found) == 1 else 'support'} it, "
                f"{counted(against, 'statement')} {'disputes' if against == 1 else 'dispute'} it."
            )
        return fragment(
            "claim",
            words=self.reading.text(first.doc_id)[start:end],
            by=Markup("{}, as {} has it").format(who(first), article_link(self.reading, first, "article ")),
            lines=lines,
        )

    def sentence(self, row: Any) -> str:
        """The sentence of a statement."""
        start, end = self.reading.around(row)
        return self.reading.text(row.doc_id)[start:end]

    def four_verdicts(self) -> Fragment:
        """The four claims, each with its verdict, its strip, why, and what would overturn it."""
        return verdict_cards(self)

    def matrix(self) -> Fragment:
        """Who pays whom, as a matrix: what falls below the diagonal runs back."""
        return matrix_figure(self)

    def table(self) -> Fragment:
        """The same as a table, with what the matrix leaves out."""
        edges = sorted(money_graph.edges_of(self.reading), key=lambda edge: (edge.rank, edge.payer, edge.payee))
        found = [self.table_row(edge) for edge in edges[:MOST_TABLE]]
        if not found:
            return Fragment(Markup(""))
        caption = "The same as a table" + (f"; the first {MOST_TABLE} of {len(edges)}" if len(edges) > MOST_TABLE else "")
        columns = [Column("Payer → payee"), Column("Amount", "num"), Column("For"), Column("Status"), Column("Counted"), Column("Articles")]
        return table("The matrix as a table", columns, found, caption=caption)

    def table_row(self, edge: money_graph.Edge) -> TableRow:
        """A deal or tie as a row."""
        if edge.tie:
            names = arrow(edge.payer, edge.payee)
            verb = str(words()["relations"][edge.row.relation])
            return TableRow([
                Cell(names), number_cell(quiet(NOT_STATED), None), Cell(verb), Cell(quiet("a tie")), Cell("no"),
                Cell(article_link(self.reading, edge.row, "")),
            ])  # fmt: skip
        deal = edge.row
        payer = start_upper(payer_of(deal)) if edge.payer == money_graph.OUTSIDE else edge.payer
        names = arrow(payer, payee_of(deal) if edge.payee == money_graph.OUTSIDE else edge.payee)
        amount: Words = deal_rows.linked_amount(self.reading, self.register, deal)
        if edge.share > 1 and amount_of(deal).known:
            amount = Markup("{} together").format(amount)
        reason = "may not be cash" if deal.deal_id in self.noncash else "may be a part" if deal.deal_id in self.parts else ""
        counted_word = reason or ("yes" if edge.counted else "no")
        return TableRow([
            Cell(names), number_cell(amount, amount_of(deal).stated), Cell(kind_noun(deal.kind)), Cell(deal_rows.status_tag(deal)),
            Cell(counted_word), Cell(deal_rows.article_links(self.reading, self.reading.mentions(deal))),
        ])  # fmt: skip

    def circuit_rows(self) -> list[dict[str, Any]]:
        """The circuits of deals and ties."""
        if not hasattr(self, "_circuits"):
            self._circuits: list[dict[str, Any]] = records(find_circuits(self.tables.flows, self.tables.relations))
        return self._circuits

    def circuits(self) -> Fragment:
        """What would close a loop: the circuits that the deals and ties form, and what each step of them is."""
        return circuit_blocks(self)

    def statements(self) -> Fragment:
        """Who says what on the question: for, against, and neither."""
        found = rows(self.tables.statements)
        groups = []
        for heading, stance, none in (
            ("For", "supports", f"No one in {self.articles_words()}."), ("Against", "disputes", f"No one in {self.articles_words()}."),
        ):  # fmt: skip
            chosen = [row for row in found if row.stance == stance]
            note = " That says more about the selection than about the claim." if not chosen and found else ""
            groups.append({"heading": heading, "quotes": [self.quote(row) for row in chosen[:MOST_QUOTES]], "none": none + note})
        parts = fragment("quotes", groups=groups)
        neither = [row for row in found if row.stance is None]
        if neither:
            quotes = [self.quote(row) for row in neither[:MOST_QUOTES]]
            more = f", {len(quotes)} of {len(neither)}" if len(neither) > len(quotes) else ""
            parts += fragment("neither", heading=f"Neither for nor against{more}", quotes=quotes)
        return parts

    def articles_words(self) -> str:
        """`these five articles`."""
        return (
            "this one article"
            if len(self.reading) == 1
            else f"these {counted(len(self.reading), 'article')}"
            if len(self.reading)
            else "no article"
        )

    def quote(self, row: Any) -> dict[str, Words]:
        """A statement in its sentence, with who says it; what stands in quotation marks is bold."""
        text = words_of(self.reading, self.register, row)
        reported = "" if row.verbatim else ", reported"
        return {"words": text, "by": Markup("{}{}, {}").format(who(row), reported, article_link(self.reading, row, "article "))}

    def rests(self) -> Fragment:
        """What the numbers rest on: articles, amounts, what is counted, and how the bounds of a verdict were set."""
        firm = [row for row in rows(self.tables.flows) if row.status in deal_rows.FIRM and row.payer and row.payee]
        known = [row for row in firm if row.usd_low is not None or row.usd_high is not None]
        facts: list[tuple[str, Words]] = [
            ("Articles", start_upper(f"{self.corpus}. Articles are written about deals of known firms, which favours a narrow origin."))
        ]
        if firm:
            listing = "; ".join(f"{row.payer} to {row.payee}" for row in known[:MOST_TERMS])
            facts.append((
                "Amounts",
                Markup("Known for {} firm deals between named firms.").format(
                    self.register.computed(
                        f"{len(known)} of {len(firm)}",
                        f"Closed or signed, both parties named: {len(firm)}; with an amount in US dollars: {len(known)} "
                        f"({listing or 'none'}).",
                    )
                ),
            ))  # fmt: skip
        facts.append(("Counted", "Closed and signed; contract totals; “over” at its bound. Talks, plans and withdrawals count as nothing."))
        mu = self.point("mu")
        if mu:
            through = sum(self.graph.throughflow(firm) for firm in self.graph.firms)
            sums = (
                f"{money(through, 'USD', digits=4)} ÷ {money(self.graph.entering, 'USD', digits=4)} = {three(mu)}: "
                "the larger of receipts and payments of each firm, summed, over the money that enters."
            )
            facts.append(
                (
                    "Double counting",
                    Markup("Each entering dollar is counted {} if payments and receipts are added up.").format(
                        self.register.computed(f"{three(mu)} times", sums)
                    ),
                )
            )
        if self.point("H_o", "low") is not None:
            note = self.values[("H_o", None)]["note"]
            facts.append(("Range of the origin", f"{self.point('H_o', 'low'):.2f} to {self.point('H_o', 'high'):.2f} ({note})."))
        facts.append(
            (
                "Bounds of a verdict",
                "Fixed before the articles were read. Those of the origin follow the 2023 US Merger Guidelines, used by analogy; "
                "the others are conventions.",
            )
        )
        return fragment("facts", facts=facts)


def who(row: Any) -> str:
    """Who says it: `Jane Poe, Acme`, `Acme, no speaker named`."""
    if row.speaker and row.affiliation:
        return f"{row.speaker}, {row.affiliation}"
    return str(row.speaker or (f"{row.affiliation}, no speaker named" if row.affiliation else "no speaker named"))


REPORT = ClosedLoop
