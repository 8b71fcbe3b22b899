"""A page for each deal: what it is, who says so, every mention in the order of the documents, why they are one deal, and what contradicts.

In: a ledger. Out: file names, whole pages, and the passages that each rests on. Judgements made here: none; a mention differs where its
own words do not say what the deal is read as.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from corewatch.lexicon.joins import joins
from corewatch.reconcile.amounts import Amount as Stated
from corewatch.reconcile.amounts import agree
from corewatch.report.answer import answer
from corewatch.report.contradictions import conflict_blocks, spoken_values
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, number_cell, quiet, table
from corewatch.report.history import history
from corewatch.report.ledger import Ledger, times
from corewatch.report.naming import deal_link, deal_name, deal_sentence, party_link
from corewatch.report.reading import Reading
from corewatch.report.rendering import render
from corewatch.report.shell import Site, whole_page
from corewatch.report.usage import Use, uses_of
from corewatch.report.views.deal_rows import (
    STATUS_ORDER,
    article_links,
    linked_amount,
    put_right,
    sources_said,
    status_tag,
    sureness_of,
    unsure,
    what_for,
)
from corewatch.report.views.witness import confidence, sides, witness_strip
from corewatch.report.wording import (
    NOT_STATED,
    amount_of,
    counted,
    kind_noun,
    listed,
    payee_of,
    payer_of,
    period_words,
    present,
    said,
    start_upper,
    term_of,
    words,
)

MOST_MENTIONS, MOST_BESIDE = 200, 60
# How money is paid that buys nothing, as the end of a question.
PURPOSES = {"debt": "as a loan", "ipo": "in a public offering", "acquisition": "in a takeover", "backstop": "as a guarantee"}
Page = tuple[str, str, dict[tuple[str, int], Use]]


def deal_pages(ledger: Ledger, site: Site, fold: Markup) -> Iterator[Page]:
    """File, HTML and used passages of every deal's page, in the order of the table; the reading of `ledger` is below the top."""
    for deal in ledger.reading.deals:
        yield DealPage(ledger, deal, site).made(fold)


class DealPage:
    """One deal."""

    def __init__(self, ledger: Ledger, deal: Any, site: Site) -> None:
        self.ledger, self.reading, self.deal, self.site = ledger, ledger.reading.at(deal.deal_id), deal, site
        self.register = Evidence(self.reading)
        self.mentions = self.reading.mentions(deal)
        self.lead = self.reading.lead(deal)
        self.material = self.reading.conflicts_of(deal.deal_id)

    def made(self, fold: Markup) -> Page:
        """File, HTML and used passages."""
        name, ids = deal_name(self.deal), self.ledger.conflicts([self.deal], [])
        parts = {
            "question": self.question(),
            "answer": self.answer().markup,
            "facts": fragment("facts", facts=self.facts()).markup,
            "said": self.said(),
            "history": self.history(),
            "conflicts": conflict_blocks(self.reading, self.register, ids, most=20).markup if ids else "",
            "lede": self.contradicted(),
        }
        # What other deals rest on is shown, and this one does not rest on it.
        used = uses_of(self.register, self.reading.deal_files[self.deal.deal_id], self.label())
        body = render("deal.html.j2", **parts, beside=self.beside().markup, evidence=evidence_list(self.register))
        file = self.reading.deal_files[self.deal.deal_id]
        html = whole_page(name, body, here="deals/", site=self.site, root=self.reading.root, fold=fold)
        return file, html, used

    def label(self) -> str:
        """What the page is called where an article leads to it."""
        return f"{start_upper(payer_of(self.deal))} → {payee_of(self.deal)}, {kind_noun(self.deal.kind)}"

    def question(self) -> Markup:
        """The heading: a question with the parties as links."""
        deal = self.deal
        payer, payee = (party_link(self.reading, deal, side) for side in ("payer", "payee"))
        if deal.kind == "capex" and not present(deal.payee):
            return Markup("What does {} spend on projects of its own?").format(payer)
        many = "; " in (present(deal.payer) or "") or not present(deal.payer)
        return Markup("What {} {} pay {} {}?").format("do" if many else "does", payer, payee, purpose(deal.kind))

    def amount(self, *, short: bool = False) -> Words:
        """The amount as a link to its words."""
        amount = amount_of(self.deal)
        return self.register.link(self.lead, said(amount, short=short)) if amount.known else quiet(NOT_STATED)

    def answer(self) -> Fragment:
        """The deal in a sentence, who says so, and what speaks against it."""
        deal, reading = self.deal, self.reading
        amount = amount_of(deal)
        sentence = deal_sentence(deal, self.amount())
        claim = Markup("{}{}.").format(sentence, Markup(" {}").format(term_of(deal)) if term_of(deal) else "")
        if not amount.known:
            claim = Markup("{} No article states the amount.").format(claim)
        so, differ = sides(deal, self.mentions, self.material)
        fields = list(dict.fromkeys(words()["fields"][one.field] for one in self.material))
        sure = confidence(reading, so, differ, about=f" on the {listed(fields)}" if fields else "", sources=int(deal.n_sources))
        but: list[Words] = []
        if amount.known and amount.high is None:
            but.append("No upper limit is stated.")
        if unsure(reading, deal):
            but.append(f"It was read with low confidence ({sureness_of(reading, deal):.2f}).")
        if deal.deal_id in self.ledger.parts:
            but.append("It may be part of a larger deal of the same parties.")
        return answer(
            self.reading, claim=claim, but=but, one=self.amount(short=True) if amount.known else NOT_STATED,
            one_note=Markup("{}, {}").format(kind_noun(deal.kind), status_tag(deal)),
            strip=witness_strip(reading, so, differ, says="tell it so"), sure=sure.word, sure_note=sure.note,
        )  # fmt: skip

    def facts(self) -> list[tuple[str, Words]]:
        """What is known of the deal, field by field."""
        deal, reading = self.deal, self.reading
        loop: Words = self.ledger.in_the_loop(deal)
        if "closed_loop" in self.site.reports:
            loop = Markup('<a href="{}closed_loop.html">Closed loop</a>: {}').format(reading.root, loop)
        facts: list[tuple[str, Words]] = [
            ("Pays", party_link(reading, deal, "payer")),
            ("Is paid", party_link(reading, deal, "payee")),
            ("For", kind_noun(deal.kind)),
            ("Amount", self.amount()),
            ("Runs", term_of(deal) or quiet(NOT_STATED)),
            ("Status", status_tag(deal)),
            ("Date", period_words(deal.date) if present(deal.date) else quiet(NOT_STATED)),
            ("Told by", self.told_by()),
            ("In the closed loop", loop),
        ]
        return facts

    def told_by(self) -> Words:
        """`four articles, four independent sources; they agree`."""
        deal = self.deal
        articles, sources = times(int(deal.n_documents), "article"), times(int(deal.n_sources), "independent source")
        if int(deal.n_sources) > 1:
            return Markup("{}, {}; they {}").format(articles, sources, sources_said(self.reading, deal, deal.deal_id))
        right = Markup(" {}").format(put_right(deal.corrected)) if deal.corrected else ""
        return Markup("{}{}").format(articles if int(deal.n_documents) == 1 else f"{articles}, {sources}", right)

    def said(self) -> str:
        """The lede of the history: how many mentions, and how sure it is that they are one deal."""
        deal = self.deal
        if len(self.mentions) < 2:
            return "One passage tells it."
        least = per_hundred(min(one.join_confidence for one in self.mentions if present(one.join_confidence) is not None))
        count = start_upper(counted(len(self.mentions), "passage"))
        return (
            f"{count} in {times(int(deal.n_documents), 'article')}, read as one deal. Beside each stands why. "
            f"The least sure of them belongs to it in {least} of 100 such cases."
        )

    def history(self) -> Markup:
        """Every mention in the order of the documents, with what it says otherwise and why it is of this deal."""
        found = [("deal_mentions", one) for one in self.mentions]
        shown, left = history(self.reading, self.register, found, most=MOST_MENTIONS, more=self.beside_words)
        return shown + Markup('<p class="note after">And {}.</p>').format(counted(left, "more passage")) if left else shown

    def beside_words(self, mention: Any) -> Sequence[Words]:
        """What stands below a mention: in what it differs, whom it credits, why it is of this deal."""
        lines: list[Words] = []
        if others := differences(mention, self.deal):
            lines.append(Markup("<b>Differs:</b> {}").format(listed(others)))
        credit = self.reading.credit(mention)
        lines += [f"Credits {credit}"] if credit else []
        lines += [f"Date: {period_words(mention.date)}"] if present(mention.date) else []
        if mention.corrected:
            lines.append(put_right(mention.corrected))
        if len(self.mentions) > 1:
            lines.append(self.why(mention))
        return lines

    def why(self, mention: Any) -> Words:
        """Why a mention is taken to be of this deal."""
        rule = joins().get(present(mention.joined_by) or "")
        if rule is None:
            return "Its amount is used." if amount_of(mention).known else "The others are joined to it."
        to = self.reading.mention.get(present(mention.joined_to) or "")
        whom = Markup(" to {}").format(article_links(self.reading, [to])) if to is not None and to.doc_id != mention.doc_id else ""
        sure, chain = per_hundred(rule.confidence), per_hundred(mention.join_confidence)
        sure_words = f"right in {sure} of 100 such cases" + (f", with the joins before it in {chain}" if chain != sure else "")
        return Markup("Joined{}: {}; {}.").format(whom, rule.why, sure_words)

    def contradicted(self) -> str:
        """The lede of what contradicts."""
        if not self.material:
            return "Nothing that would change what this deal is."
        said_of = [f"{words()['fields'][row.field]} ({spoken_values(row)})" for row in self.material]
        return f"{start_upper(counted(len(self.material), 'disagreement'))}: {listed(said_of)}."

    def beside(self) -> Fragment:
        """The other deals of these parties."""
        others = self.ledger.beside(self.deal)
        return (
            deal_table(self.reading, self.register, others[:MOST_BESIDE], "Other deals of these parties")
            if others
            else Fragment(Markup(""))
        )


def purpose(kind: str) -> str:
    """What a payment is for, as the end of a question."""
    return PURPOSES.get(kind, f"for {kind_noun(kind)}")


def evidence_list(register: Evidence) -> Markup:
    """The list of evidence of a page."""
    return fragment("evidence", items=register.listing()).markup


def differences(mention: Any, deal: Any) -> list[str]:
    """In what the words of a mention are not what the deal is read as: `amount`, `status`, `kind of deal`, `who pays`."""
    fields, found = words()["fields"], []
    stated = amount_of(mention)
    if not stated.known and amount_of(deal).known:
        found.append("no amount")
    elif stated.known and (stated.low, stated.high, stated.approx) != (amount_of(deal).low, amount_of(deal).high, amount_of(deal).approx):
        found.append(fields["amount"] + (", within rounding" if within_rounding(mention, deal) else ""))
    found += [fields["status"]] * (mention.status != deal.status)
    found += [fields["kind"]] * (mention.kind != deal.kind)
    for side, word in (("payer", "who pays"), ("payee", "who is paid")):
        here, there = present(getattr(mention, side)), present(getattr(deal, side))
        found += [f"{word}: not named"] * (here is None and there is not None) + [word] * (here is not None and here != there)
    return found


def within_rounding(mention: Any, deal: Any) -> bool:
    """Whether two amounts can be one number, rounded or bounded differently."""
    stated, used = (Stated(one.low, one.high, present(one.currency), bool(one.approx), present(one.per)) for one in (mention, deal))
    return agree(stated, used)


def per_hundred(share: float) -> int:
    """A probability as so many of 100, never more than it is."""
    return int(100 * share + 1e-9)


def deal_table(
    reading: Reading, register: Evidence | None, deals: Sequence[Any], name: str, caption: Words = "", sources: Sequence[str] = ()
) -> Fragment:
    """Deals with their amounts, each leading to its page; without a register an amount leads straight to its passage."""

    def amount(deal: Any) -> Words:
        if register is not None:
            return linked_amount(reading, register, deal)
        stated, lead = amount_of(deal), reading.lead(deal)
        href = reading.passage(lead.doc_id, int(lead.start))
        return Markup('<a class="n" href="{}">{}</a>').format(href, said(stated)) if stated.known else quiet(NOT_STATED)

    found = [
        TableRow(
            [
                Cell(deal_link(reading, deal)), number_cell(amount(deal), amount_of(deal).stated if deal.currency == "USD" else None),
                Cell(what_for(deal)), Cell(status_tag(deal), str(STATUS_ORDER.index(deal.status))),
                Cell(article_links(reading, reading.mentions(deal))), Cell(sources_said(reading, deal, deal.deal_id)),
            ],
            off=deal.status == "withdrawn",
        )
        for deal in deals
    ]  # fmt: skip
    columns = [
        Column("Payer → payee"), Column("Amount", "num"), Column("For"), Column("Status"), Column("Articles"), Column("Sources", "roomy"),
    ]  # fmt: skip
    return table(name, columns, found, caption=caption or start_upper(counted(len(found), "deal")), sources=sources)
