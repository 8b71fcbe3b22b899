"""The pages of a site that no notebook makes, and the files that its tables can be downloaded as.

In: tables, the reports' pages as HTML, and what the edition is. Out: files in the folder of the site.
The pages of articles come last: what they say of their use is read back from the pages before them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from corewatch.report.answers import answered
from corewatch.report.articles import article_pages
from corewatch.report.changes_page import PAGE, changes_page
from corewatch.report.page_files import write_text
from corewatch.report.shell import Site
from corewatch.report.site import Edition, index_page, site_fold
from corewatch.report.usage import read_uses
from corewatch.tables import Tables


def write_pages(tables: Tables, reports: Mapping[str, str], site: Site, edition: Edition, folder: Path) -> None:
    """Write every page of the site but those of `reports` (HTML by name, in the order of the site) into `folder`."""

    @cache
    def fold(root: str) -> Markup:
        return site_fold(tables, site, edition, whole=False, root=root)

    answers = answered(tables, edition.parameters)
    reading = answers.reading
    index = index_page(tables, answers, site, edition)
    write_text(folder / "index.html", index)
    write_text(folder / PAGE, changes_page(reading, answers.values(), edition.since, site, fold("")))
    for name, page in article_pages(reading, read_uses([("index", index), *reports.items()]), site, fold):
        write_text(folder / name, page)
