"""Which passages the made reports rest on: the links of their pages, read back.

In: pages as HTML. Out: for each passage the reports that lead to it, and the item in each report's list of evidence.
Read from the pages themselves, so that what an article says of its use is true of what a reader sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urlsplit

from corewatch.report.evidence import Evidence
from corewatch.report.links import article_page


@dataclass(frozen=True, order=True)
class Use:
    """A report that rests on a passage; `item` is the id of its evidence, empty where it only mentions the passage.

    A page of a deal or a company has a `label`; its `report` is its name below the top of the site, `deals/harbour-hall`.
    """

    report: str
    item: str = ""
    label: str = ""

    @property
    def href(self) -> str:
        """The address of the page, from the top of the site."""
        return f"{quote(self.report)}.html"


class LinkReader(HTMLParser):
    """Collects the links to passages of articles, each with the evidence item that it stands in or shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int, str]] = []
        self.item = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: an item of evidence, or a link."""
        values = dict(attrs)
        if tag == "li":
            self.item = values.get("id") or ""
        if tag != "a":
            return
        address = urlsplit(values.get("href") or values.get("xlink:href") or "")
        mark = address.fragment
        if address.path.startswith("articles/") and mark.startswith("c") and mark[1:].isdecimal():
            shown = values.get("data-e")
            self.found.append((unquote(address.path), int(mark[1:]), f"e{shown}" if shown else self.item))

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "li":
            self.item = ""


def read_uses(pages: Iterable[tuple[str, str]]) -> dict[tuple[str, int], list[Use]]:
    """From (report, HTML) pairs: `{("articles/004.html", 1297): [Use("deal_sizes", "e4")]}`, one use a report, in the order given."""
    uses: dict[tuple[str, int], list[Use]] = {}
    for report, html in pages:
        reader = LinkReader()
        reader.feed(html)
        for page, start, item in reader.found:
            known = uses.setdefault((page, start), [])
            at = next((n for n, use in enumerate(known) if use.report == report), None)
            if at is None:
                known.append(Use(report, item))
            elif item and not known[at].item:
                known[at] = Use(report, item)
    return uses


def uses_of(register: Evidence, page: str, label: str) -> dict[tuple[str, int], Use]:
    """The passages that a page's list of evidence rests on, without reading it back: `page` is its file, `label` what it is called."""
    found: dict[tuple[str, int], Use] = {}
    for item in register.items.values():
        if item.doc_id is not None:
            found.setdefault((article_page(item.doc_id), item.at), Use(page.removesuffix(".html"), f"e{item.number}", label))
    return found
