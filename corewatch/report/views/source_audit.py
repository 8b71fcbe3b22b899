"""The report on the sources: what each article gave, where they contradict each other, and what was not read.

In: all tables. Judgements made here: none; what is doubtful is counted and listed, the least sure first.
"""

from collections import Counter
from typing import Any

from markupsafe import Markup

from corewatch.report.answer import Answer, answer
from corewatch.report.contradictions import conflict_blocks
from corewatch.report.fold import corrections_table, left_out
from corewatch.report.fragments import (
    Cell,
    Column,
    Fragment,
    TableRow,
    Words,
    number_cell,
    quiet,
    table,
)
from corewatch.report.links import passage_link
from corewatch.report.page import Report
from corewatch.report.reading import rows, rows_said
from corewatch.report.views import deal_rows
from corewatch.report.views.article_list import article_rows, article_table
from corewatch.report.views.witness import Confidence, witness_strip
from corewatch.report.wording import (
    amount_of,
    counted,
    kind_noun,
    listed,
    metric_noun,
    payee_of,
    payer_of,
    present,
    said,
    start_upper,
    words,
)

MENTIONS = ("deal_mentions", "metric_mentions", "relations", "statements")
READ_AS = {"deal_mentions": "a deal", "metric_mentions": "a measure", "relations": "a tie", "statements": "a statement"}
MOST_LISTED = 40


class SourceAudit(Report):
    """What each article states, and what was not read."""

    name = "source_audit"

    @property
    def limit(self) -> float:
        """The confidence below which a row is listed."""
        return float(self.parameters.get("min_confidence", deal_rows.LEAST_SURE))

    def answer(self, question: str = "", href: str = "") -> Answer:
        """How many articles were read, and how many of them contradict another or themselves."""
        reading = self.reading
        material = [row for row in reading.conflicts if row.severity == "material"]
        differ = {doc_id for row in material for doc_id in row.doc_ids.split("; ")} & set(reading.by_id)
        gave = {str(row.doc_id) for name in MENTIONS for row in self.tables[name].itertuples()}
        silent = len(reading) - len(gave)
        claim = f"{start_upper(counted(len(reading), 'article'))} {'was' if len(reading) == 1 else 'were'} read"
        claim = f"{claim}, and {disagreements(len(material))}." if len(reading) else "No article was read."
        lines: list[Words] = []
        if silent and len(reading):
            lines.append(
                f"{start_upper(counted(silent, 'article'))} {'gives' if silent == 1 else 'give'} no deal, measure, tie or statement."
            )
        lines.append(self.stated_sources())
        rejected = len(self.tables.rejected)
        if rejected:
            lines.append(f"{start_upper(counted(rejected, 'file'))} could not be read.")
        note = "statement with its exact words" if len(self.all_rows()) == 1 else "statements with their exact words"
        sure = self.sureness()
        return answer(
            self.reading, question=question, claim=claim, but=[" ".join(str(line) for line in lines if line)],
            more={"href": href, "text": "All sources"} if href else None,
            one=f"{len(self.all_rows()):,}", one_note=note, strip=witness_strip(reading, gave, differ, says="agree or stand alone"),
            sure=sure.word, sure_note=sure.note,
        )  # fmt: skip

    def stated_sources(self) -> str:
        """Which articles name their outlet and date."""
        if not len(self.reading):
            return ""
        outlets = sum(present(row.publisher) is not None for row in self.reading.documents)
        dated = sum(present(row.published) is not None for row in self.reading.documents)
        if not outlets and not dated:
            return "No file names its outlet or date."
        return f"{outlets} of {len(self.reading)} name their outlet, {dated} their date."

    def all_rows(self) -> list[tuple[str, Any]]:
        """Every row of the mention tables with the table's name."""
        return [(name, row) for name in MENTIONS for row in rows_said(self.tables, name)]

    def sureness(self) -> Confidence:
        """How sure the rows are, by count."""
        found = self.all_rows()
        low = sum(row.confidence < self.limit for _, row in found)
        if not found:
            return Confidence("Nothing to be sure of", "no statement was read")
        of = f"{len(found):,} {'row' if len(found) == 1 else 'rows'}"
        return Confidence(f"{low or 'None'} of {of} below {self.limit:g}", "by their own confidence, from 0 to 1")

    def sources(self) -> Fragment:
        """What each article gave."""
        return article_table(self.reading, article_rows(self.reading))

    def contradictions(self) -> Fragment:
        """Every disagreement, material ones side by side."""
        return self.named(conflict_blocks(self.reading, self.register, None, most=40))

    def statements(self) -> Fragment:
        """Who is quoted, how often, and on which side of the question of the closed loop."""
        found = rows(self.tables.statements)
        if not found:
            return Fragment(Markup('<p class="note">{}</p>').format("No article quotes anybody or reports what somebody thinks."))
        by: dict[tuple[str, str], list[Any]] = {}
        for row in found:
            by.setdefault((row.speaker or "", row.affiliation or ""), []).append(row)
        lines = []
        for (speaker, affiliation), said_by in sorted(by.items(), key=lambda item: (-len(item[1]), item[0])):
            stances = Counter(row.stance for row in said_by if row.stance)
            links = [
                Markup('<a href="{}">{}</a>').format(passage_link(row.doc_id, int(row.start)), self.reading.label(row.doc_id))
                for row in {row.doc_id: row for row in reversed(said_by)}.values()
            ]
            lines.append(
                TableRow([
                    Cell(speaker or quiet("no speaker named")), Cell(affiliation or quiet("not stated")),
                    number_cell(str(len(said_by)), len(said_by)),
                    Cell(listed([f"{number} {word}" for word, number in sorted(stances.items())]) or quiet("neither")),
                    Cell(Markup(", ").join(links[::-1][:6])),
                ])
            )  # fmt: skip
        columns = [Column("Who"), Column("Of"), Column("Statements", "num"), Column("On the closed loop"), Column("Articles")]
        caption = f"{start_upper(counted(len(found), 'credited statement'))}; an author’s own voice is none"
        return self.named(table("Who is quoted", columns, lines[:MOST_LISTED], caption=caption, sources=("statements",)))

    def least_sure(self) -> Fragment:
        """The rows that are least sure, with their words."""
        found = sorted(
            (pair for pair in self.all_rows() if pair[1].confidence < self.limit),
            key=lambda pair: (pair[1].confidence, pair[1].doc_id, pair[1].start),
        )
        if not found:
            return Fragment(Markup('<p class="note">{}</p>').format(f"No row is less sure than {self.limit:g}."))
        lines = [
            TableRow([
                Cell(said_row(name, row), group=READ_AS[name]), number_cell(f"{int(row.confidence * 100) / 100:.2f}", row.confidence),
                Cell(self.register.quote(row) if name != "statements" else Markup("<q>{}</q>").format(row.quote)),
                Cell(Markup('<a href="{}">{}</a>').format(passage_link(row.doc_id, int(row.start)), self.reading.label(row.doc_id))),
            ])
            for name, row in found[:MOST_LISTED]
        ]  # fmt: skip
        columns = [Column("Read as", filter="Read as"), Column("Confidence", "num"), Column("The words", "roomy"), Column("Article")]
        more = f"; the {MOST_LISTED} least sure" if len(found) > MOST_LISTED else ""
        return table(
            "The least sure rows",
            columns,
            lines,
            sources=MENTIONS,
            caption=f"{start_upper(counted(len(found), 'row'))} less sure than {self.limit:g}{more}",
        )

    def not_read(self) -> Fragment:
        """The files that gave nothing, and why."""
        return left_out(self.tables)

    def corrections(self) -> Fragment:
        """What an analyst put right."""
        return corrections_table(self.reading)


def disagreements(number: int) -> str:
    """How many material disagreements there are, as the end of a sentence."""
    return "nothing material contradicts" if not number else f"{counted(number, 'disagreement')} could change a number"


def said_row(name: str, row: Any) -> str:
    """A row of a mention table in words."""
    if name == "deal_mentions":
        parts = (f"{start_upper(payer_of(row))} → {payee_of(row)}", kind_noun(row.kind), said(amount_of(row)))
        return f"{', '.join(parts)}, {words()['statuses'][row.status]}"
    if name == "metric_mentions":
        return f"{row.company}, {metric_noun(row)}: {said(amount_of(row))}"
    if name == "relations":
        return f"{row.source} {words()['relations'][row.relation]} {row.target}"
    return f"{row.speaker or row.affiliation or 'somebody'} says"


REPORT = SourceAudit
