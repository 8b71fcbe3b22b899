"""The first page of a site: the answers, the articles read, and how the edition was made.

In: tables, and what a run made and could not make. Out: the whole page, and the edition line that every page ends with.
"""

import re

from markupsafe import Markup

from corewatch.report.answers import Answers
from corewatch.report.editions import Edition as Edition
from corewatch.report.editions import Since as Since
from corewatch.report.editions import edition_line as edition_line
from corewatch.report.editions import input_digest as input_digest
from corewatch.report.exporter import title_of
from corewatch.report.fold import corrections_table, fold, inputs_table, left_out, made_facts, quoted
from corewatch.report.fragments import joined
from corewatch.report.parameters import MODELS
from corewatch.report.reading import Reading
from corewatch.report.rendering import render
from corewatch.report.shell import LABELS, Site, whole_page
from corewatch.report.views.index import body_of
from corewatch.report.wording import listed, plain
from corewatch.tables import Tables


def index_page(tables: Tables, answers: Answers, site: Site, edition: Edition) -> str:
    """The page `index.html`."""
    body = Markup("\n").join([failures(edition), with_links_to(site, body_of(answers, edition.since))])
    return whole_page(title_of(body, "Answers"), body, here="index", site=site, fold=site_fold(tables, site, edition, whole=True))


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


def site_fold(tables: Tables, site: Site, edition: Edition, *, whole: bool, root: str = "") -> Markup:
    """The fold of a page that no notebook makes; with `whole`, what went in and what was left out, else the way to where that stands."""
    asked: dict[tuple[str, str], list[str]] = {}
    helps: dict[str, str] = {}
    for name, given in edition.parameters.items():
        for key, value in given.items():
            asked.setdefault((key, plain(value) if isinstance(value, float) else str(value)), []).append(LABELS[name])
            helps[key] = MODELS[name].model_fields[key].description or ""
    every = [(key, value, f"{helps[key]}; in {listed(names)}") for (key, value), names in asked.items()]
    facts = made_facts(tables, every, command_of(site, edition), corrections=edition.corrections)
    if whole:
        links = [
            Markup('<a href="tables/{0}.parquet" download>{0}</a> <span class="second">{1:,}</span>').format(name, len(table))
            for name, table in tables.items()
        ]
        reading = Reading(tables)
        inside = inputs_table(reading).markup + left_out(tables).markup + corrections_table(reading).markup
        return fold([*facts, ("Tables", joined(links))], inside).markup
    line = "The digest of each file, and what was left out and why"
    where = Markup('<p class="note after"><a href="{}index.html#made">{}</a></p>').format(root, line)
    return fold(facts, where).markup


def command_of(site: Site, edition: Edition) -> str:
    """The command that makes the site again, from where its articles are."""
    given = {key: value for values in edition.parameters.values() for key, value in values.items()}
    names = [] if len(site.reports) == len(LABELS) else list(site.reports)
    options = [f"--seeds {quoted(given['seeds'])}"] if "seeds" in given else []
    options += [] if edition.corrections else ["--no-corrections"]
    options += [f"-p {key} {quoted(value)}" for key, value in given.items() if key not in ("seeds", "corrections")]
    return " ".join(["corewatch report", *names, *options])
