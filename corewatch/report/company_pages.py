"""A page for each company: what it pays, gets and earns, in a sentence and in tables, and what each article says of it.

In: a ledger. Out: file names, whole pages, and the passages that each rests on. Judgements made here: the sentence names the largest stated
amount of a deal that is closed or signed, else of one that goes on, and the latest revenue; nothing is added up.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from corewatch.contract import METRICS
from corewatch.report.answer import answer
from corewatch.report.company_figures import company_figure
from corewatch.report.contradictions import conflict_blocks, possessive
from corewatch.report.deal_pages import Page, deal_table
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Cell, Column, Fragment, TableRow, Words, fragment, joined, number_cell, quiet, table
from corewatch.report.history import history
from corewatch.report.ledger import Ledger
from corewatch.report.naming import company_link, deal_sentence, party_link
from corewatch.report.rendering import render
from corewatch.report.sayings import quotations
from corewatch.report.shell import Site, whole_page
from corewatch.report.usage import uses_of
from corewatch.report.views.deal_rows import FIRM, article_links, by_size, sources_said, status_tag, total_only, unsure
from corewatch.report.views.witness import sides, witness_strip
from corewatch.report.wording import (
    amount_of,
    counted,
    kind_noun,
    metric_noun,
    period_label,
    period_words,
    said,
    start_upper,
    words,
)

MOST_ROWS, MOST_TIES, MOST_PASSAGES = 150, 60, 120
# A figure takes a third of a second: those most written about have one.
MOST_FIGURES = 60


def company_pages(ledger: Ledger, site: Site, fold: Markup) -> Iterator[Page]:
    """File, HTML and used passages of every company's page, by name; the reading of `ledger` is below the top of the site."""
    names = sorted(ledger.reading.company_files, key=lambda one: (one.casefold(), one))
    articles = {name: len({row.doc_id for _, row in ledger.told[name]}) for name in names}
    drawn = set(sorted(names, key=lambda name: -articles[name])[:MOST_FIGURES])
    for name in names:
        yield CompanyPage(ledger, name, site, drawn=name in drawn).made(fold)


class CompanyPage:
    """One company; `drawn` if it may have a figure."""

    def __init__(self, ledger: Ledger, name: str, site: Site, *, drawn: bool = True) -> None:
        self.drawn = drawn
        self.ledger, self.reading, self.name, self.site = ledger, ledger.reading.at(name), name, site
        self.register = Evidence(self.reading)
        self.paid, self.pays = by_size(ledger.paid[name]), by_size(ledger.pays[name])
        order = {metric: place for place, metric in enumerate(METRICS)}
        self.metrics = sorted(ledger.metrics[name], key=lambda one: (order[one.metric], one.segment or "", one.period or "", one.metric_id))
        self.told = ledger.told[name]
        self.ids = ledger.conflicts([*self.paid, *self.pays], self.metrics)
        self.material = [one for one in self.reading.conflicts if one.conflict_id in set(self.ids) and one.severity == "material"]

    def made(self, fold: Markup) -> Page:
        """File, HTML and used passages."""
        shown = self.answer().markup
        figure = self.figure()
        tables = [
            (mark, heading, self.deals(found, heading, rest).markup)
            for mark, heading, rest, found in (
                ("paid", "Deals in which it is paid", "in which it is paid", self.paid),
                ("pays", "Deals in which it pays", "in which it pays", self.pays),
            )
            if found
        ]
        tables += [("measures", "Its measures", self.measures().markup)] if self.metrics else []
        tables += [("ties", "Its ties", self.ties().markup)] if self.ledger.ties[self.name] else []
        quotes = self.statements()
        tables += [("statements", "Who says what", quotes.markup)] if quotes else []
        shown_history, left = history(self.reading, self.register, self.told, most=MOST_PASSAGES)
        number = counted(len(self.reading), "article")
        articles = f"{'does' if len(self.reading) == 1 else 'do'} {number}"
        body = render(
            "company.html.j2",
            question=f"What {articles} say of {self.name}?",
            answer=shown,
            figure=figure,
            sections=tables,
            lede=self.contradicted(),
            conflicts=conflict_blocks(self.reading, self.register, self.ids, most=20).markup if self.ids else "",
            history=shown_history,
            left=f"And {counted(left, 'more passage')}; the pages of the articles have all." if left else "",
            evidence=fragment("evidence", items=self.register.listing()).markup,
        )
        file = self.reading.company_files[self.name]
        html = whole_page(self.name, body, here="companies/", site=self.site, root=self.reading.root, fold=fold)
        return file, html, uses_of(self.register, file, self.name)

    def answer(self) -> Fragment:
        """What it is paid, pays and earns, in a sentence; in how many articles it is; what contradicts."""
        top = self.top()
        documents = {row.doc_id for _, row in self.told}
        rows = [(one, self.reading.conflicts_of(one.deal_id)) for one in (*self.paid, *self.pays)]
        rows += [(one, self.reading.conflicts_of(one.metric_id)) for one in self.metrics]
        differ = {doc_id for one, against in rows if against for doc_id in sides(one, self.reading.mentions(one), against)[1]} & documents
        one: Words
        note: Words
        one, note = self.count() if top is None else (self.amount(top, short=True), self.note_on(top))
        articles = f"{len(documents)} of {counted_read(len(self.reading))}"
        found = counted(len(self.material), "disagreement")
        sure = f"{start_upper(found)} on its deals and measures" if self.material else "nothing on it contradicts"
        return answer(
            self.reading, claim=self.claim(), but=[], one=one, one_note=note,
            strip=witness_strip(self.reading, documents, differ, says="speak of it", differs="differ on it"),
            sure=f"In {articles}", sure_note=sure,
        )  # fmt: skip

    def figure(self) -> Markup:
        """Its one figure; empty where there is too little for one."""
        if not self.drawn:
            return Markup("")
        return company_figure(self.reading, self.register, self.name, self.paid, self.pays, self.metrics, self.ledger.parts).markup

    def top(self) -> Any:
        """Its largest deal by a stated total in dollars, closed or signed ones before others; None where there is none."""
        found = [one for one in (*self.paid, *self.pays) if total_only(amount_of(one)) and one.currency == "USD"]
        found = [one for one in found if one.status != "withdrawn"]
        return min(found, key=lambda one: (self.weak(one), -(amount_of(one).stated or 0.0), one.deal_id), default=None)

    def weak(self, deal: Any) -> int:
        """What leads last: deals that are not agreed, and those that were read with low confidence alone."""
        return 2 * unsure(self.reading, deal) + (deal.status not in FIRM)

    def note_on(self, deal: Any) -> Markup:
        """Whose amount it is: `from OpenAI, computing, signed`."""
        side, word = ("payee", "to") if deal in self.pays else ("payer", "from")
        return Markup("{} {}, {}, {}").format(word, party_link(self.reading, deal, side), kind_noun(deal.kind), status_tag(deal))

    def count(self) -> tuple[str, str]:
        """What there is of it where no amount is: `3`, `ties`."""
        ties = len({(one.source, one.relation, one.target) for one in self.ledger.ties[self.name]})
        for number, noun in ((len(self.paid) + len(self.pays), "deal"), (len(self.metrics), "measure"), (ties, "tie")):
            if number:
                return f"{number:,}", noun if number == 1 else f"{noun}s"
        return f"{len(self.told):,}", "passages"

    def amount(self, deal: Any, *, short: bool = False) -> Words:
        """A deal's amount as a link to its words."""
        return self.register.link(self.reading.lead(deal), said(amount_of(deal), short=short))

    def claim(self) -> Markup:
        """What it is paid, what it pays, what it earns."""
        parts: list[Words] = []
        for found, verb, none in (
            (self.paid, "is paid", "no one is named who pays it"), (self.pays, "pays", "it pays no one by name"),
        ):  # fmt: skip
            parts.append(self.clause(found, verb) if found else none)
        if not self.paid and not self.pays:
            parts = []
        parts += self.earns()
        if not parts:
            parts = [
                Markup("{} {} {}").format(one.source, words()["relations"][one.relation], one.target)
                for one in self.ledger.ties[self.name][:1]
            ]
        if not parts:
            parts = [f"{self.name} is named, and nothing of it is stated"]
        return start(joined(parts, "; ")) + "."

    def clause(self, deals: Sequence[Any], verb: str) -> Markup:
        """The largest deal of a side in words, and of how many."""
        going = [one for one in deals if one.status != "withdrawn"] or list(deals)
        amounts = [one for one in going if total_only(amount_of(one))]
        top = min(amounts, key=self.weak, default=going[0])
        sides = {side: party_link(self.reading, top, side) for side in ("payer", "payee")}
        sentence = deal_sentence(top, self.amount(top) if amount_of(top).known else "", **sides)
        if len(deals) == 1:
            return sentence
        most = max((amount_of(one).stated or 0.0 for one in amounts), default=0.0)
        largest = "the largest stated amount" if (amount_of(top).stated or 0.0) >= most else "the largest that is agreed"
        what = largest if amount_of(top).known else "one"
        return Markup("{}, {} of {} in which it {}").format(sentence, what, counted(len(deals), "deal"), verb)

    def earns(self) -> list[Words]:
        """Its latest revenue, else the latest growth of it, else, of a company without deals, another measure; empty without any."""
        for metric, noun in (("revenue", "revenue"), ("revenue_growth", "growth of revenue")):
            found = [one for one in self.metrics if one.metric == metric and one.company == self.name and not one.segment]
            if found:
                last = max(found, key=lambda one: (one.basis == "actual", one.period or "", one.metric_id))
                when = f" in {period_words(last.period)}" if last.period else ""
                verb = "is expected to be" if last.basis == "forecast" else "was"
                whose = "its" if self.paid or self.pays else possessive(self.name)
                return [Markup("{} {}{} {} {}").format(whose, noun, when, verb, self.amount(last))]
        own = [one for one in self.metrics if one.company == self.name and one.basis == "actual"]
        if own and not self.paid and not self.pays:
            last = max(own, key=lambda one: (one.metric == own[0].metric, one.period or "", one.metric_id))
            when = f" in {period_words(last.period)}" if last.period else ""
            return [Markup("{} {}{} is stated as {}").format(possessive(self.name), metric_noun(last), when, self.amount(last))]
        return []

    def deals(self, deals: Sequence[Any], name: str, which: str) -> Fragment:
        """Its deals on one side."""
        count = start_upper(counted(len(deals), "deal"))
        caption = f"{count} {which}{', the largest first' if len(deals) > 1 else ''}" + (
            f"; the first {MOST_ROWS}" if len(deals) > MOST_ROWS else ""
        )
        return deal_table(self.reading, self.register, deals[:MOST_ROWS], name, caption)

    def measures(self) -> Fragment:
        """Its measures, each over time."""
        found = []
        for one in self.metrics[:MOST_ROWS]:
            period: Words = period_label(one.period) if one.period else quiet("not stated")
            if one.basis == "forecast":
                period = Markup("{}<br>{}").format(period, quiet("forecast"))
            noun: Words = start_upper(metric_noun(one))
            if one.company != self.name:
                noun = Markup("{}, {}").format(company_link(self.reading, one.company), metric_noun(one))
            amount = amount_of(one)
            found.append(TableRow([
                Cell(noun), Cell(period, one.period or ""), number_cell(self.amount(one), amount.stated),
                Cell(article_links(self.reading, self.reading.mentions(one))), Cell(sources_said(self.reading, one, one.metric_id)),
            ]))  # fmt: skip
        more = f"; the first {MOST_ROWS}" if len(self.metrics) > MOST_ROWS else ""
        columns = [Column("Measure"), Column("Period"), Column("Value", "num"), Column("Articles"), Column("Sources", "roomy")]
        order = ", each from the earliest period to the latest" if len(self.metrics) > 1 else ", as stated"
        caption = f"{start_upper(counted(len(self.metrics), 'measure'))}{order}{more}"
        return table("Its measures", columns, found, caption=caption)

    def ties(self) -> Fragment:
        """Its standing ties, each with the articles that say so."""
        groups: dict[tuple[str, str, str], list[Any]] = {}
        for tie in self.ledger.ties[self.name]:
            groups.setdefault((tie.source, tie.relation, tie.target), []).append(tie)
        found = []
        for (source, relation, target), several in sorted(groups.items(), key=lambda one: (one[0][1], one[0][0], one[0][2]))[:MOST_TIES]:
            names = [company_link(self.reading, name) for name in (source, target)]
            words_ = Markup("{} {} {}").format(names[0], words()["relations"][relation], names[1])
            found.append(TableRow([Cell(words_), Cell(self.evident(several))]))
        more = f"; the first {MOST_TIES}" if len(groups) > MOST_TIES else ""
        caption = f"{start_upper(counted(len(groups), 'tie'))}, as stated{more}"
        return table("Its ties", [Column("Tie"), Column("Articles")], found, caption=caption)

    def evident(self, several: Sequence[Any]) -> Markup:
        """The articles of some rows, each once, as links that show the sentence."""
        first = {one.doc_id: one for one in reversed(several)}
        ordered = sorted(first.values(), key=lambda one: self.reading.order[one.doc_id])
        return joined([self.register.link(one, self.reading.label(one.doc_id)) for one in ordered[:6]])

    def statements(self) -> Fragment | None:
        """What it is credited with, and what others say of it; None where nobody says anything."""
        groups = []
        for heading, found, none in (
            (f"Said by {self.name}", self.ledger.said_by[self.name], "Nothing that an article credits it with."),
            (f"Said of {self.name}", self.ledger.said_of[self.name], "Nothing that an article credits others with."),
        ):
            said = quotations(self.reading, self.register, found)
            groups.append({"heading": heading + said.more, "quotes": said.quotes, "none": none})
        return fragment("quotes", groups=groups) if any(group["quotes"] for group in groups) else None

    def contradicted(self) -> str:
        """The lede of what contradicts."""
        if not self.material:
            return "Nothing that would change a number of its deals and measures."
        return f"{start_upper(counted(len(self.material), 'disagreement'))} on its deals and measures."


def counted_read(number: int) -> str:
    """`5 articles`."""
    return f"{number:,} {'article' if number == 1 else 'articles'}"


def start(text: Markup) -> Markup:
    """Markup with a large first letter where it begins with a word and not with a name as a link."""
    return Markup(start_upper(text)) if not text.startswith("<") else text  # noqa: S704  # only the first letter of what is escaped changes
