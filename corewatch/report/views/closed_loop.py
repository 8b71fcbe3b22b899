"""The report on whether AI spending is a closed loop: the argument, four verdicts, the money as a matrix, and what would close a loop.

In: the tables, and the indicators and verdicts that corewatch.loop computes from them. Judgements made here: none but the wording;
"not seen" is never said to be "does not happen", and the verdict's word comes first. What stands below the matrix is made in modules of
its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from corewatch.loop.amounts import Deal, counted_deals, possible_subsets, probability
from corewatch.loop.circuits import find_circuits
from corewatch.loop.deals import deals_of
from corewatch.loop.graph import Edge as CountedEdge
from corewatch.loop.graph import Graph, graph_of
from corewatch.loop.reading import Reading as Counting
from corewatch.report.answer import Answer, answer
from corewatch.report.contradictions import article_link
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    arrow,
    number_cell,
    quiet,
    table,
)
from corewatch.report.naming import company_link, deal_link
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.reading import rows
from corewatch.report.views import deal_rows, loop_argument, loop_limits, money_graph
from corewatch.report.views.loop_assumed import pass_through_figure
from corewatch.report.views.loop_bridge import bridge_figure
from corewatch.report.views.loop_circuits import circuit_blocks, circuit_table, in_order_of_trust
from corewatch.report.views.loop_intervals import interval_figure
from corewatch.report.views.loop_map import map_figure
from corewatch.report.views.loop_matrix import matrix_figure
from corewatch.report.views.loop_origins import origin_figure
from corewatch.report.views.loop_sensitivity import sensitivity_table, tornado_figure
from corewatch.report.views.loop_study import Numbers, numbers_of, study_for
from corewatch.report.views.verdict_cards import NOTHING, percent, span, verdict_cards
from corewatch.report.views.verdict_cards import statement as verdict_statement
from corewatch.report.views.witness import witness_strip
from corewatch.report.wording import (
    NOT_STATED,
    Amount,
    amount_of,
    counted,
    kind_noun,
    listed,
    money,
    payee_of,
    payer_of,
    start_upper,
    words,
)
from corewatch.tables import Tables, records

MOST_TERMS = 12
MOST_TABLE = 60
# Which deals a policy counts, in words.
COUNTED = {
    "firm": "Deals closed or signed", "stated": "Deals that were not withdrawn", "counterfactual": "Deals closed, signed or withdrawn",
}  # fmt: skip


class ClosedLoop(Report):
    """Whether the money runs in a closed loop."""

    name = "closed_loop"

    def __init__(self, tables: Tables, parameters: Mapping[str, Value]) -> None:
        super().__init__(tables, parameters)
        self.counting: Counting = study_for(tables, self.parameters).reading
        self.deals = {deal.deal_id: deal for deal in self.reading.deals}
        self.loop_deals: list[Deal] = deals_of(tables)
        possible = [deal for deal in self.loop_deals if probability(deal, self.counting) > 0]
        self.noncash = [deal.deal_id for deal in possible if deal.noncash and self.counting.noncash == "exclude"]
        self.parts = possible_subsets([deal for deal in possible if deal.deal_id not in self.noncash])
        self.counted_ids = {deal.deal_id for deal in counted_deals(self.loop_deals, self.counting)}

    @cached_property
    def numbers(self) -> Numbers:
        """Everything that the study computes."""
        return numbers_of(self.tables, study_for(self.tables, self.parameters, len(self.circuit_rows())))

    @cached_property
    def graph(self) -> Graph:
        """The money of the chosen reading."""
        return self.graph_in(self.counting)

    @cached_property
    def firm_graph(self) -> Graph:
        """The money that verdicts are told by: closed and signed, contract totals."""
        return self.graph_in(replace(self.counting, policy="firm", basis="total"))

    def graph_in(self, reading: Counting) -> Graph:
        """The money of a reading, with what is known of sales to the outside."""
        known = self.numbers.subjects("outside_sales", reading.policy)
        found = {name: self.numbers.row("outside_sales", name, reading.policy, reading.basis_name) for name in known}
        return graph_of(self.loop_deals, reading, {name: row.get("point") or 0.0 for name, row in found.items()})

    def chosen_conflicts(self) -> list[str] | None:
        """The disagreements about deals that are counted."""
        keys = {row.deal_id for row in rows(self.tables.flows)}
        return [row.conflict_id for row in self.reading.conflicts if row.key in keys]

    def point(self, name: str, column: str = "point") -> float | None:
        """A number of the whole graph, in the chosen reading."""
        return self.numbers.point(name, column)

    def verdict_rows(self, thesis: str) -> list[dict[str, Any]]:
        """The verdicts on a thesis, of suppliers the one with the highest share first."""

        def key(row: Mapping[str, Any]) -> tuple[float, float, str]:
            high = self.numbers.hull("beta", "high", "high", row["subject"])[1] or 0.0
            return -high, -self.firm_graph.received(str(row["subject"])), str(row["subject"])

        found = [row for row in self.numbers.verdicts if row["thesis"] == thesis]
        return sorted(found, key=key) if thesis == "H3" else found

    def verdict(self, thesis: str) -> str:
        """A thesis' word; of several suppliers the common one, else undetermined."""
        found = {row["verdict"] for row in self.numbers.verdicts if row["thesis"] == thesis}
        return str(found.pop()) if len(found) == 1 else "undetermined"

    @property
    def basis_words(self) -> str:
        """The time basis of the figures: `contract totals`, `what falls in 2031`."""
        return "contract totals" if self.counting.basis == "total" else f"what falls in {self.counting.year}"

    @property
    def counted_words(self) -> str:
        """Which deals the figures count: `deals closed or signed`."""
        return COUNTED[self.counting.policy].lower()

    def total(self) -> Markup:
        """The counted money as a computed number, with its sum."""
        return self.register.computed(money(self.graph.total, "USD", digits=4), self.sum_words())

    def sum_words(self) -> str:
        """How the counted money adds up."""
        edges = sorted(self.graph.edges, key=lambda edge: (-edge.usd, edge.deal_id, edge.payer or ""))
        digits = 6 if self.counting.basis == "total" else 4
        terms = [f"{money(edge.usd, 'USD', digits=digits)} ({self.edge_words(edge)})" for edge in edges[:MOST_TERMS]]
        if len(edges) > MOST_TERMS:
            rest = sum(edge.usd for edge in edges[MOST_TERMS:])
            terms.append(f"{money(rest, 'USD', digits=4)} ({len(edges) - MOST_TERMS} smaller ones)")
        outside = sum(self.graph.outside_sales.values())
        if outside:
            terms.append(f"{money(outside, 'USD', digits=4)} (revenue beyond these sales)")
        notes = [f"{COUNTED[self.counting.policy]}, each once, at the bound that the article states."]
        if self.counting.basis != "total":
            notes.append(f"Of each what falls in {self.counting.year}, in equal shares over its term.")
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

    def parties(self, deal: Deal) -> str:
        """Who pays whom in a deal of the loop."""
        row = self.deals[deal.deal_id]
        return f"{payer_of(row)} to {payee_of(row)}"

    def receipts_words(self, firm: str) -> str:
        """What a firm receives, as a sum."""
        edges = sorted((edge for edge in self.firm_graph.edges if edge.payee == firm), key=lambda edge: (-edge.usd, edge.deal_id))
        terms = [f"{money(edge.usd, 'USD')} ({self.edge_words(edge)})" for edge in edges[:MOST_TERMS]]
        if len(edges) > MOST_TERMS:
            terms.append(f"{money(sum(edge.usd for edge in edges[MOST_TERMS:]), 'USD', digits=4)} (others)")
        if sales := self.firm_graph.outside_sales.get(firm, 0.0):
            terms.append(f"{money(sales, 'USD', digits=4)} (other revenue)")
        paid = self.firm_graph.paid(firm)
        less = f" − {money(paid, 'USD', digits=4)} that it pays" if paid else ""
        return f"{' + '.join(terms)}{less}: receipts of {firm}"

    def silent_receivers(self) -> list[str]:
        """The firms that receive counted money and pay nobody, those that receive most first."""
        graph = self.firm_graph
        found = [firm for firm in graph.firms if graph.received(firm) > 0 and graph.paid(firm) == 0]
        return sorted(found, key=lambda firm: (-graph.received(firm), firm))

    def answer(self, question: str = "", href: str = "") -> Answer:
        """The verdict first, then what is known, then what speaks against it."""
        if href and "numbers" not in self.__dict__:
            # The first page of a site shows no more than this, so that no more is computed for it.
            self.__dict__["numbers"] = numbers_of(
                self.tables, study_for(self.tables, self.parameters, len(self.circuit_rows()), verdicts_only=True)
            )
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
            which = self.counted_words.removeprefix("deals ").replace("that were", "that was")
            no_amount = f"Undetermined: no deal {'that is ' if which.startswith('closed') else ''}{which} has an amount in US dollars."
            return answer(
                self.reading, question=question, claim=no_amount if len(self.reading) else "Undetermined: no article was read.",
                but=[], more=more, one="0", one_note="amounts to follow", strip=strip, sure=sure, sure_note=makes,
                articles=len(claims | against),
            )  # fmt: skip
        kappa = self.point("kappa", "high") or 0.0
        origin = {
            "supported": "few firms start the money", "disputed": "the money does not start with a few named firms",
        }.get(self.verdict("H2a"), "how few firms start the money is open")  # fmt: skip
        omega = self.point("omega") or 0.0
        statement = (
            f"Share of the {money(self.graph.total, 'USD', digits=4)} that can lie on circuits of deals with amounts, whatever the amounts "
            f"within their bounds (upper end of kappa): {percent(kappa)}. "
            f"Share of receipts that the articles follow to a next payment (omega): {percent(omega)}."
        )
        rounds = span(*self.numbers.hull("kappa_FP", "p5", "p95"))
        returns: Words
        if kappa == 0:
            returns = Markup("none of the {} is seen to come back").format(self.total())
        elif word == "supported":
            returns = Markup("{} of the {} fits rounds of funding and purchases").format(
                rounds if rounds == NOTHING else self.register.computed(rounds, verdict_statement(self, "H1")), self.total()
            )
        else:
            returns = Markup("at most {} of the {} can come back").format(self.register.computed(percent(kappa), statement), self.total())
        joint = "but" if kappa == 0 and self.verdict("H2a") == "supported" else "and"
        claim = Markup("{}: {}, {} {}.").format(start_upper(word), origin, joint, returns)
        lines: list[Words] = []
        silent = self.silent_receivers()
        if word == "disputed":
            lines.append(f"The articles follow {percent(omega)} of the receipts to a next payment, and hardly any of that runs back.")
        elif silent and word == "undetermined":
            lines.append(f"The articles name no payment by {listed(silent, 3, 'or')}, so the trail ends where the money arrives.")
        if kappa == 0:
            lines.append("“Not seen” is not “does not happen”.")
        return answer(
            self.reading, question=question, claim=claim, but=[Markup(" ").join(lines)] if lines else [], more=more,
            one=self.register.computed(percent(kappa), statement),
            one_note="of the counted money " + ("seen to return" if kappa == 0 else "can return, at most"),
            strip=strip, sure=sure, sure_note=makes, articles=len(claims | against),
            number=Amount(100 * (self.point("kappa", "low") or 0.0), 100 * kappa, "%"),
        )  # fmt: skip

    def four_verdicts(self) -> Fragment:
        """The four claims, each with its verdict, its strip, why, and what would overturn it."""
        return self.named(verdict_cards(self))

    def matrix(self) -> Fragment:
        """Who pays whom, as a matrix: what falls below the diagonal runs back."""
        return self.named(matrix_figure(self))

    def table(self) -> Fragment:
        """The same as a table, with what the matrix leaves out."""
        every = money_graph.edges_of(self.reading, self.loop_deals, self.counting, everything=True)
        edges = sorted(every, key=lambda edge: (edge.rank, edge.payer, edge.payee))
        found = [self.table_row(edge) for edge in edges[:MOST_TABLE]]
        if not found:
            return Fragment(Markup(""))
        caption = "The same as a table" + (f"; the first {MOST_TABLE} of {len(edges)}" if len(edges) > MOST_TABLE else "")
        columns = [Column("Payer → payee"), Column("Amount", "num"), Column("For")]
        columns += [Column("Status", filter="Status"), Column("Counted", filter="Counted"), Column("Articles")]
        return table("The matrix as a table", columns, found, caption=caption, sources=("flows", "relations"))

    def table_row(self, edge: money_graph.Edge) -> TableRow:
        """A deal or tie as a row."""
        if edge.tie:
            names = arrow(company_link(self.reading, edge.payer), company_link(self.reading, edge.payee))
            verb = str(words()["relations"][edge.row.relation])
            return TableRow([
                Cell(names), number_cell(quiet(NOT_STATED), None), Cell(verb), Cell(quiet("a tie"), group="a tie"), Cell("no", group="no"),
                Cell(article_link(self.reading, edge.row, "")),
            ])  # fmt: skip
        deal = edge.row
        payer = start_upper(payer_of(deal)) if edge.payer == money_graph.OUTSIDE else edge.payer
        names = deal_link(self.reading, deal, arrow(payer, payee_of(deal) if edge.payee == money_graph.OUTSIDE else edge.payee))
        amount: Words = deal_rows.linked_amount(self.reading, self.register, deal)
        if edge.share > 1 and amount_of(deal).known:
            amount = Markup("{} together").format(amount)
        reason = "may not be cash" if deal.deal_id in self.noncash else "may be a part" if deal.deal_id in self.parts else ""
        counted_word = reason or ("yes" if edge.counted else "no")
        return TableRow([
            Cell(names), number_cell(amount, amount_of(deal).stated), Cell(kind_noun(deal.kind)),
            Cell(deal_rows.status_tag(deal), group=words()["statuses"][deal.status]), Cell(counted_word, group=counted_word),
            Cell(deal_rows.article_links(self.reading, self.reading.mentions(deal))),
        ])  # fmt: skip

    def circuit_rows(self) -> list[dict[str, Any]]:
        """The circuits of deals and ties, those that rest on no row of low confidence first, then those with most money."""
        if not hasattr(self, "_circuits"):
            found = records(find_circuits(self.tables.flows, self.tables.relations))
            self._circuits: list[dict[str, Any]] = in_order_of_trust(self, found)
        return self._circuits

    @cached_property
    def deal_confidence(self) -> dict[str, float]:
        """How sure each deal is, by its id."""
        return {deal_id: deal_rows.sureness_of(self.reading, deal) for deal_id, deal in self.deals.items()}

    @cached_property
    def tie_confidence(self) -> dict[str, float]:
        """How sure each tie is, by its id."""
        return {row.relation_id: 1.0 if row.corrected else float(row.confidence) for row in rows(self.tables.relations)}

    def circuits(self) -> Fragment:
        """What would close a loop: the circuits that the deals and ties form, what each step of them is, and all of them as a table."""
        return self.named(circuit_blocks(self) + circuit_table(self))

    def loop_map(self) -> Fragment:
        """The firms that money can go round among, or the order in which it runs on."""
        return self.named(map_figure(self))

    def intervals(self) -> Fragment:
        """How sure the measures are, by policy and time basis."""
        return self.named(interval_figure(self))

    def bridge(self) -> Fragment:
        """From everything that is stated to the money that enters."""
        return self.named(bridge_figure(self))

    def tornado(self) -> Fragment:
        """What moves the measures most."""
        return self.named(tornado_figure(self))

    def sensitivity(self) -> Fragment:
        """Every change with what it gives."""
        return self.named(sensitivity_table(self))

    def origins(self) -> Fragment:
        """Where each firm's money starts."""
        return self.named(origin_figure(self))

    def pass_through(self) -> Fragment:
        """What if the firm with most receipts passed them on; an assumption."""
        return self.named(pass_through_figure(self))

    def limits(self) -> Fragment:
        """What the articles cannot tell, and what each measure cannot."""
        return self.named(loop_limits.limits(self))

    def argument(self) -> Fragment:
        """The claim in the words of who makes it, and in which articles."""
        return self.named(loop_argument.argument(self))

    def statements(self) -> Fragment:
        """Who says what on the question: for, against, and neither."""
        return self.named(loop_argument.statements(self))

    def rests(self) -> Fragment:
        """What the numbers rest on: articles, amounts, what is counted, and how the bounds of a verdict were set."""
        return self.named(loop_limits.rests(self))


REPORT = ClosedLoop
