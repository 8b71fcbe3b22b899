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
from corewatch.loop.graph import Reading as Counting
from corewatch.loop.graph import build_graph, counts, possible_subsets
from corewatch.loop.indicators import loop_indicators
from corewatch.loop.verdicts import loop_verdicts
from corewatch.report.charts.matrix import Matrix, MatrixCell, matrix_plot, scrolls
from corewatch.report.contradictions import article_link, words_of
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    arrow,
    fragment,
    listed_markup,
    number_cell,
    quiet,
    table,
)
from corewatch.report.page import Report
from corewatch.report.parameters import Value
from corewatch.report.reading import rows
from corewatch.report.views import deal_rows, money_graph
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
    plain,
    said,
    start_upper,
    three,
    words,
)
from corewatch.tables import Tables, records

MOST_TERMS = 12
MOST_CIRCUITS = 4
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
        self.parts = possible_subsets(row for row in records(tables.flows) if counts(row, self.counting))
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
        edges = self.drawn_edges()
        if not edges:
            return Fragment(
                Markup('<p class="note">{}</p>').format("No deal and no tie between firms was read, so there is nothing to draw.")
            )
        pairs, before, square, outside, columns = money_graph.matrix_of(edges)
        cells = [self.cell(row, column, found, self.scale(edges)) for (row, column), found in sorted(pairs.items())]
        matrix = Matrix(before, square, outside, columns, cells)
        takeaway = self.takeaway(edges)
        unit = {1e9: "Billions", 1e6: "Millions"}[self.scale(edges)]
        shown = [one for one in edges if one.counted]
        spoken = "; ".join(f"{one.payer} to {one.payee} {said(one.amount)}" for one in sorted(shown, key=lambda one: one.rank)[:6])
        label = (
            f"Matrix of payers in rows and payees in columns, in {unit.lower()} of US dollars. Largest counted: {spoken or 'none'}. "
            f"{takeaway}. A table follows."
        )
        basis = f"{unit} of US dollars, contract totals. A row pays a column; what falls in the shaded corner runs back."
        firms = {name for one in edges for name in (one.payer, one.payee)} - {money_graph.OUTSIDE}
        if len(firms) > money_graph.MOST_FIRMS:
            basis += f" The {money_graph.MOST_FIRMS} firms with most money of {len(firms)}; the table has all."
        return fragment(
            "figure", takeaway=takeaway, basis=basis, drawing=matrix_plot(matrix, label=label),
            scrolls="The matrix of payers and payees" if scrolls(matrix) else "", key=self.key(edges),
        )  # fmt: skip

    def scale(self, edges: list[money_graph.Edge]) -> float:
        """The unit of the matrix: billions, or millions where no amount reaches one."""
        return 1e9 if max((edge.amount.stated or 0.0 for edge in edges), default=0.0) >= 5e8 else 1e6

    def drawn_edges(self) -> list[money_graph.Edge]:
        """The edges that the matrix has: without what may be no cash or a part of another deal."""
        return money_graph.edges_of(self.reading, [*self.noncash, *self.parts])

    def cell(self, row: str, column: str, found: list[money_graph.Edge], scale: float) -> MatrixCell:
        """A cell in words with its link."""
        edge = found[0]
        verb = "funds" if edge.funding else "buys"
        more = f", +{len(found) - 1}" if len(found) > 1 else ""
        if edge.counted:
            first, second, brief = in_units(edge, scale), f"{verb}{more}", verb
        elif edge.tie:
            first, second, brief = verb, "tie only", "tie only"
        elif edge.firm:
            first, second, brief = verb, "sum not stated", "no sum"
        else:
            status = str(words()["statuses"][edge.row.status])
            first, second, brief = (in_units(edge, scale) if edge.amount.known else verb), status, status
        amount = said(edge.amount) if edge.amount.known else "a standing tie, no deal" if edge.tie else "sum not stated"
        mention = edge.row if edge.tie else self.reading.lead(edge.row)
        link = self.register.attributes(mention, label=f"{row} {'funds' if edge.funding else 'pays'} {column}: {amount}")
        return MatrixCell(
            row,
            column,
            first,
            second,
            brief,
            "filled" if edge.counted else "dashed" if edge.tie else "outlined",
            "f" if edge.funding else "p",
            link,
        )

    def takeaway(self, edges: list[money_graph.Edge]) -> str:
        """The figure's title: whether counted money can run back, and what would make it."""
        returns = self.point("C") or 0.0
        if not any(edge.counted for edge in edges):
            first = "No deal here has an amount that is closed or signed"
        elif returns == 0:
            first = "No counted deal runs back to its payer"
        else:
            first = f"At most {money(returns, 'USD', digits=3)} of the counted money can run back to its payer"
        open_circuits = [row for row in self.circuit_rows() if row["usd"] is None or row["status"] not in deal_rows.FIRM]
        if not open_circuits:
            return first
        number = counted(len(open_circuits), "circuit")
        return f"{first}; {number} {'runs' if len(open_circuits) == 1 else 'run'} through ties and deals that are not counted"

    def key(self, edges: list[money_graph.Edge]) -> list[tuple[str, Words]]:
        """How to read the cells that are there, and what is not drawn."""
        entries: list[tuple[str, Words]] = []
        if any(edge.counted for edge in edges):
            entries.append(("Filled", "a deal closed or signed, with its amount"))
        if any(not edge.counted and not edge.tie for edge in edges):
            entries.append(("Outlined", "a deal without a stated sum, or only planned or in talks"))
        if any(edge.tie for edge in edges):
            entries.append(("Dashed", "a standing tie, no deal stated"))
        entries.append(("Buys", Markup("pays for goods or services; <b>funds</b> lends or buys shares")))
        if any(not edge.tie and edge.row.kind == "acquisition" for edge in edges):
            entries.append(("Takeovers", "pay the sellers, who are not named"))
        missing = [f"{deal_words(deal)}, withdrawn" for deal in self.deals.values() if deal.status == "withdrawn" and deal.payee]
        missing += [f"{deal_words(self.deals[one])}, which may be part of a larger one" for one in sorted(self.parts)]
        missing += [f"{deal_words(self.deals[one])}, which may not be cash" for one in self.noncash]
        if missing:
            rest = f"; and {len(missing) - 5} more, in the table" if len(missing) > 5 else ""
            entries.append(("Not drawn", "; ".join(missing[:5]) + rest))
        return entries

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
        found = sorted(
            self.circuit_rows(), key=lambda row: (row["usd"] is None, -(row["usd"] or 0.0), len(row["firms"].split("; ")), row["firms"])
        )
        if not found:
            text = "No deal or tie, however small and however uncertain, leads from a firm back to itself."
            return Fragment(Markup("<p>{}</p>").format(text))
        blocks = [{"heading": circuit_name(row), "lines": self.circuit_lines(row)} for row in found[:MOST_CIRCUITS]]
        parts = fragment("cols", blocks=blocks)
        if len(found) > MOST_CIRCUITS:
            chosen = f"{start_upper(counted(MOST_CIRCUITS, 'circuit'))} of {counted(len(found), 'circuit')}: those with most money."
            parts += Fragment(Markup('<p class="note after">{}</p>').format(chosen))
        return parts

    def circuit_lines(self, row: Mapping[str, Any]) -> list[Words]:
        """The steps of a circuit with their evidence, then what it weighs."""
        firms = row["firms"].split("; ")
        ties = {tie.relation_id: tie for tie in rows(self.tables.relations)}
        deals = [self.deals[one] for one in (row["deal_ids"] or "").split("; ") if one in self.deals]
        named = [ties[one] for one in (row["ties"] or "").split("; ") if one in ties]
        steps: list[Words] = []
        for payer, payee, letter in zip(firms, firms[1:] + firms[:1], row["classes"], strict=True):
            deal = next(
                (
                    d
                    for d in deals
                    if payer in (d.payer or "").split("; ") and payee in (d.payee or "").split("; ") and deal_letter(d) == letter
                ),
                None,
            )
            tie = next((t for t in named if (t.source, t.target) == (payer, payee)), None)
            if deal is not None:
                status = "" if deal.status in deal_rows.FIRM else f", {words()['statuses'][deal.status]}"
                what = Markup("{} {} {}").format(payer, "funds" if letter == "F" else "pays", payee)
                sum_said = said(amount_of(deal)) if amount_of(deal).known else "sum not stated"
                steps.append(
                    Markup("{} ({}, {}{})").format(
                        what, self.register.link(self.reading.lead(deal), sum_said), kind_noun(deal.kind), status
                    )
                )
            elif tie is not None:
                verb = {"investor_in": "backs", "customer_of": "is a customer of"}[tie.relation]
                steps.append(Markup("{} {}").format(payer, self.register.link(tie, f"{verb} {payee}")))
        form = "Funding out, purchase back: the very form of the claim." if set(row["classes"]) == {"F", "P"} else ""
        if row["usd"] is None:
            weight = "A step has no amount, so it weighs nothing in the numbers above. It is the first thing to look up."
        elif row["status"] in deal_rows.FIRM:
            weight = f"Every step is closed or signed; at most {money(row['usd'], 'USD', digits=3)} can run round it."
        else:
            weakest = words()["statuses"].get(row["status"], "a tie")
            most = money(row["usd"], "USD", digits=3)
            weight = f"The weakest step is {weakest}, so it is not counted; it would carry at most {most}."
        order = " The dates that are known do not run in its order." if row["in_order"] is False else ""
        return [Markup("{}.").format(listed_markup(steps)), f"{form} {weight}{order}".strip()]

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


def in_units(edge: money_graph.Edge, scale: float) -> str:
    """An amount in the matrix' unit, with its bound: `over 10`."""
    amount = edge.amount
    value = (amount.stated or 0.0) / scale
    text = plain(float(f"{value:.4g}"), 4)
    bound = "over " if amount.high is None else "up to " if amount.low is None else f"{amount.word} " if amount.approx else ""
    if amount.low is not None and amount.high is not None and amount.low != amount.high:
        return f"{text}–{plain(float(f'{amount.high / scale:.3g}'), 3)}"
    return bound + text


def deal_words(deal: Any) -> str:
    """A deal in a list: `Microsoft to CoreWeave, $12 billion`."""
    return f"{payer_of(deal)} to {payee_of(deal)}, {said(amount_of(deal)) if amount_of(deal).known else kind_noun(deal.kind)}"


def deal_letter(deal: Any) -> str:
    """The class of a deal in a circuit."""
    return "F" if words()["kinds"][deal.kind]["verb"] == "funds" else "P"


def circuit_name(row: Mapping[str, Any]) -> str:
    """A circuit as a way: `A → B → A`."""
    firms = row["firms"].split("; ")
    return " → ".join([*firms, firms[0]])


def who(row: Any) -> str:
    """Who says it: `Jane Poe, Acme`, `Acme, no speaker named`."""
    if row.speaker and row.affiliation:
        return f"{row.speaker}, {row.affiliation}"
    return str(row.speaker or (f"{row.affiliation}, no speaker named" if row.affiliation else "no speaker named"))


REPORT = ClosedLoop
