"""The first page of a site: the answers, the articles read, and how the edition was made.

In: tables, and what a run made and could not make. Out: the whole page, and the edition line that every page ends with.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import pandas as pd
from markupsafe import Markup

from corewatch.report.exporter import title_of
from corewatch.report.parameters import MODELS, Value
from corewatch.report.rendering import render
from corewatch.report.shell import LABELS, Site, whole_page
from corewatch.report.views.index import index_body
from corewatch.report.wording import counted, listed, period_words, plain
from corewatch.tables import Tables


@dataclass(frozen=True)
class Since:
    """What readers saw before: the last edition that was published, and how this one differs.

    `changes` holds the rows of `reconcile.changes.find_changes` (last edition's tables to this one's), each as a dict of its columns;
    `answers` is what `report.answers.answers_of` gave for the last edition. Both hold only what JSON can hold.
    """

    run_id: str
    changes: Sequence[Mapping[str, Any]] = ()
    answers: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Edition:
    """What the index says of a run.

    `failed` holds one line for each report that could not be made, `earlier` the edition line of the last good page of those that have
    one, `left_out` the reports that were not asked for. `since` is null on a first edition; only `index.html` and `changes.html` depend
    on it.
    """

    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    corrections: bool = True
    failed: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    since: Since | None = None


def input_digest(documents: pd.DataFrame) -> str:
    """One digest of all documents: of their ids and contents, in order."""
    lines = "".join(f"{row.sha256}  {row.doc_id}\n" for row in documents.itertuples())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def edition_line(tables: Tables) -> str:
    """`Edition of 28 March 2025, read from five articles, input 1f0c52d99a31.`; without a clock."""
    dates = sorted(tables.documents["published"].dropna())
    what = period_words(dates[-1]) if dates else "undated documents"
    number = counted(len(tables.documents), "article")
    return f"Edition of {what}, read from {number}, input {input_digest(tables.documents)[:12]}."


def index_page(tables: Tables, site: Site, edition: Edition) -> str:
    """The page `index.html`."""
    body = Markup("\n").join([failures(edition), with_links_to(site, index_body(tables, edition.parameters)), made_from(tables, edition)])
    return whole_page(title_of(body, "Answers"), body, here="index", site=site)


def with_links_to(site: Site, body: Markup) -> Markup:
    """The body without links to reports that were not made: a line that is only such a link goes, other words stay."""
    for name in LABELS.keys() - set(site.reports):
        link = rf'<a href="{name}\.html[^"]*"[^>]*>(.*?)</a>'
        body = Markup(re.sub(rf'<p class="more">{link}</p>', "", body, flags=re.DOTALL))  # noqa: S704  # only takes links out of escaped text
        body = Markup(re.sub(link, r"\1", body, flags=re.DOTALL))  # noqa: S704  # only takes links out of escaped text
    return body


def failures(edition: Edition) -> Markup:
    """What could not be made and what was not asked for, said first; nothing where all is there."""
    lines = [
        {"name": name, "label": LABELS[name], "said": said, "earlier": edition.earlier.get(name)} for name, said in edition.failed.items()
    ]
    return render("failures.html.j2", lines=lines, left_out=listed([LABELS[name] for name in edition.left_out]))


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
