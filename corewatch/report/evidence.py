"""The register of a report's evidence: every number that it shows leads to a sentence of an article, or to a sum with its inputs.

In: rows of mention tables, in whatever order cells ask for them. Out: links for numbers, and the list that ends the page.
A sentence is listed once, however many numbers rest on it; items are numbered in the order of their first use.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from corewatch.report.reading import Reading

# Where a link names an item: ` data-e="5"`, ` aria-describedby="e5"`, ` href="#e5"`.
ITEM = re.compile(r'( data-e="| aria-describedby="e| href="#e)(\d+)(")')


@dataclass
class Item:
    """One sentence of an article with the words to print bold, or a computation."""

    number: int
    doc_id: str | None = None
    start: int = 0
    end: int = 0
    bold: list[tuple[int, int]] = field(default_factory=list)
    computed: Markup | None = None
    credit: str | None = None
    at: int = 0


class Evidence:
    """The sentences and sums of one report."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.items: dict[tuple[str, int, int] | str, Item] = {}

    def __bool__(self) -> bool:
        return bool(self.items)

    def passage(
        self, doc_id: str, start: int, end: int, *, bold: tuple[int, int] | None = None, credit: str | None = None, at: int | None = None
    ) -> Item:
        """The item of a sentence, made at its first use; `at` is where its article marks it, if that is not its start."""
        item = self.items.setdefault((doc_id, start, end), Item(len(self.items) + 1, doc_id, start, end, at=start if at is None else at))
        if bold and bold not in item.bold:
            item.bold.append(bold)
        item.credit = item.credit or credit
        return item

    def computation(self, statement: str | Markup) -> Item:
        """The item of a computed number: what was computed from what, in one line."""
        key = str(escape(statement))
        return self.items.setdefault(key, Item(len(self.items) + 1, computed=Markup(key)))  # noqa: S704  # escaped just above

    def link(self, mention: Any, text: str | Markup, *, label: str | None = None) -> Markup:
        """Words or a number that a mention says, as a link to its passage; the figure it rests on is what is bold."""
        return Markup("<a{}>{}</a>").format(self.attributes(mention, label=label), text)

    def attributes(self, mention: Any, *, label: str | None = None) -> Markup:
        """The attributes of such a link, for an element of a drawing too; `label` names it where its text alone does not."""
        item, words = self.item_of(mention)
        href = self.reading.passage(mention.doc_id, int(mention.start))
        shown = Markup(' class="n" href="{}" data-e="{}"').format(href, item.number)
        if words:
            shown += Markup(' data-q="{}"').format(words)
        shown += Markup(' aria-describedby="e{}"').format(item.number)
        return shown + Markup(' aria-label="{}"').format(label) if label else shown

    def adopted(self, shown: Markup, other: "Evidence") -> Markup:
        """Markup whose numbers lead to the items of another register, led to the same sentences and sums in this one."""
        theirs = {item.number: item for item in other.items.values()}

        def mine(found: re.Match[str]) -> str:
            item = theirs[int(found[2])]
            if item.doc_id is None:
                own = self.computation(item.computed or "")
            else:
                own = self.passage(item.doc_id, item.start, item.end, credit=item.credit, at=item.at)
                own.bold += [span for span in item.bold if span not in own.bold]
            return f"{found[1]}{own.number}{found[3]}"

        return Markup(ITEM.sub(mine, str(shown)))  # noqa: S704  # only numbers of our own attributes change

    def item_of(self, mention: Any) -> tuple[Item, str]:
        """The item of a mention, and the words of its figure (empty where it rests on none)."""
        span = self.reading.figure_span(mention)
        # A quotation of a few words is understood in its sentence.
        start, end = self.reading.around(mention) if hasattr(mention, "quote") else (int(mention.start), int(mention.end))
        item = self.passage(mention.doc_id, start, end, bold=span, credit=self.reading.credit(mention), at=int(mention.start))
        return item, self.reading.text(mention.doc_id)[slice(*span)] if span else ""

    def computed(self, text: str | Markup, statement: str | Markup) -> Markup:
        """A computed number as a link to the item that states its arithmetic."""
        item = self.computation(statement)
        return Markup('<a class="n computed" href="#e{0}" data-e="{0}" aria-describedby="e{0}">{1}</a>').format(item.number, text)

    def quote(self, mention: Any) -> Markup:
        """The sentence of a mention with its figure bold, as a `q` element; the sentence is then evidence of this page."""
        item, _ = self.item_of(mention)
        return Markup("<q>{}</q>").format(self.words(item, [self.reading.figure_span(mention)]))

    def words(self, item: Item, spans: list[tuple[int, int] | None]) -> Markup:
        """The words of an item, the given spans bold."""
        if item.doc_id is None:
            return item.computed or Markup("")
        text = self.reading.text(item.doc_id)
        shown, at = Markup(""), item.start
        for start, end in sorted(span for span in spans if span and item.start <= span[0] and span[1] <= item.end):
            if start < at:
                continue
            shown += Markup("{}<b>{}</b>").format(text[at:start], text[start:end])
            at = end
        return shown + text[at : item.end]

    def listing(self) -> list[dict[str, Any]]:
        """The items in the order of use, for the template."""
        rows: list[dict[str, Any]] = []
        for item in self.items.values():
            if item.doc_id is None:
                rows.append({"number": item.number, "computed": item.computed})
            else:
                rows.append(
                    {
                        "number": item.number,
                        "computed": None,
                        "words": self.words(item, list(item.bold)),
                        "by": self.reading.byline(item.doc_id, item.credit),
                        "href": self.reading.passage(item.doc_id, item.at),
                    }
                )
        return rows
