"""The pages of a site that no notebook makes, and the files that its tables can be downloaded as.

In: tables, the reports' pages as HTML, and what the edition is. Out: files in the folder of the site.
The pages of articles come last: what they say of their use is read back from the pages before them. They don't name the page of changes
among the places that use a passage: only `index.html` and `changes.html` depend on what readers saw before, so that all other pages are the
same bytes after any edition, and a change of yesterday would stand on the page of an article that did not change.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from corewatch.report.answers import answered
from corewatch.report.articles import article_pages
from corewatch.report.changes_page import PAGE, changes_page
from corewatch.report.company_pages import company_pages
from corewatch.report.deal_pages import Page, deal_pages
from corewatch.report.downloads import write_downloads
from corewatch.report.index_pages import companies_index, deals_index
from corewatch.report.ledger import Ledger
from corewatch.report.page_files import write_text
from corewatch.report.reading import Reading
from corewatch.report.shell import Site
from corewatch.report.site import Edition, index_page, site_fold
from corewatch.report.usage import read_uses
from corewatch.report.views.index import body_of
from corewatch.tables import Tables

ANSWERS = "answers.json"


def write_pages(tables: Tables, reports: Mapping[str, str], site: Site, edition: Edition, folder: Path) -> None:
    """Write every page of the site but those of `reports` (HTML by name, in the order of the site) into `folder`."""

    @cache
    def fold(root: str) -> Markup:
        return site_fold(tables, site, edition, whole=False, root=root)

    write_downloads(tables, folder / "tables")
    answers = answered(tables, edition.parameters)
    # Kept for the next edition, which says what moved.
    write_text(folder / ANSWERS, json.dumps(answers.values(), indent=1, ensure_ascii=False) + "\n")
    # What an article says of its use is the same whatever readers saw before, and so without what changed.
    uses = read_uses([("index", body_of(answers)), *reports.items()])
    write_text(folder / "index.html", index_page(tables, answers, site, edition))
    write_text(folder / PAGE, changes_page(answers, edition.since, site, fold("")))
    for name, page, used in entity_pages(answers.reading, site, fold("../")):
        write_text(folder / name, page)
        for passage, use in used.items():
            uses.setdefault(passage, []).append(use)
    for name, page in article_pages(answers.reading, uses, site, fold):
        write_text(folder / name, page)


def entity_pages(reading: Reading, site: Site, fold: Markup) -> Iterator[Page]:
    """The pages of deals and companies and the lists of both: file, HTML and the passages that each rests on."""
    ledger = Ledger(reading.below())
    # The lists say nothing of a passage that the pages of its deal and companies do not say.
    yield (*companies_index(ledger, site, fold), {})
    yield (*deals_index(ledger, site, fold), {})
    yield from deal_pages(ledger, site, fold)
    yield from company_pages(ledger, site, fold)
