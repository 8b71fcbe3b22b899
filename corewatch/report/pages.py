"""The pages of a site that no notebook makes, and the files that its tables can be downloaded as.

In: tables, the reports' pages as HTML, and what the edition is. Out: files in the folder of the site.
The pages of articles come last: what they say of their use is read back from the pages before them.
"""

from collections.abc import Mapping
from pathlib import Path

from corewatch.report.articles import article_pages
from corewatch.report.downloads import write_downloads
from corewatch.report.page_files import write_text
from corewatch.report.shell import Site
from corewatch.report.site import Edition, index_page
from corewatch.report.usage import read_uses
from corewatch.tables import Tables


def write_pages(tables: Tables, reports: Mapping[str, str], site: Site, edition: Edition, folder: Path) -> None:
    """Write every page of the site but those of `reports` (HTML by name, in the order of the site) into `folder`."""
    write_downloads(tables, folder / "tables")
    index = index_page(tables, site, edition)
    write_text(folder / "index.html", index)
    for name, page in article_pages(tables, read_uses([("index", index), *reports.items()]), site):
        write_text(folder / name, page)
