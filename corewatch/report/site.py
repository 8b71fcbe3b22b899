"""The first page of a site: the answers, the articles read, and how the edition was made.

In: tables, and what a run made and could not make. Out: the whole page, and the edition line that every page ends with.
"""

import re
from importlib.metadata import version

from markupsafe import Markup

from corewatch.report.editions import Edition as Edition
from corewatch.report.editions import Since as Since
from corewatch.report.editions import edition_line as edition_line
from corewatch.report.editions import input_digest as input_digest
from corewatch.report.exporter import title_of
from corewatch.report.parameters import MODELS
from corewatch.report.rendering import render
from corewatch.report.shell import LABELS, Site, whole_page
from corewatch.report.views.index import index_body
from corewatch.report.wording import listed, plain
from corewatch.tables import Tables


def index_page(tables: Tables, site: Site, edition: Edition) -> str:
    """The page `index.html`."""
    body = Markup("\n").join(
        [failures(edition, site), with_links_to(site, index_body(tables, edition.parameters, edition.since)), made_from(tables, edition)]
    )
    return whole_page(title_of(body, "Answers"), body, here="index", site=site)


def with_links_to(site: Site, body: Markup) -> Markup:
    """The body without links to reports that were not made: a line that is only such a link goes, other words stay."""
    for name in LABELS.keys() - set(site.reports):
        link = rf'<a href="{name}\.html[^"]*"[^>]*>(.*?)</a>'
        body = Markup(re.sub(rf'<p class="more">{link}</p>', "", body, flags=re.DOTALL))  # noqa: S704  # only takes links out of escaped text
        body = Markup(re.sub(link, r"\1", body, flags=re.DOTALL))  # noqa: S704  # only takes links out of escaped text
    return body


def failures(edition: Edition, site: Site) -> Markup:
    """What could not be made, said first; nothing where all is well."""
    lines = [
        {"label": LABELS[name], "said": said, "page": f"failed/{name}.html", "old": name in site.reports}
        for name, said in edition.failed.items()
    ]
    return render("failures.html.j2", lines=lines)


def made_from(tables: Tables, edition: Edition) -> Markup:
    """How the edition was made: version, digests, parameters, corrections, and where the tables are."""
    asked: dict[tuple[str, str], list[str]] = {}
    helps: dict[str, str | None] = {}
    for name, given in edition.parameters.items():
        for key, value in given.items():
            asked.setdefault((key, plain(value) if isinstance(value, float) else str(value)), []).append(LABELS[name])
            helps[key] = MODELS[name].model_fields[key].description
    applied = int((tables.corrections["outcome"] == "applied").sum()) if edition.corrections else None
    return render(
        "made_from.html.j2",
        version=version("corewatch"),
        digest=input_digest(tables.documents),
        documents=[{"path": row.path, "sha256": row.sha256} for row in tables.documents.itertuples()],
        asked=[{"name": key, "value": value, "help": helps[key], "reports": listed(names)} for (key, value), names in asked.items()],
        applied=applied,
        tables=[(name, len(table)) for name, table in tables.items()],
    )
