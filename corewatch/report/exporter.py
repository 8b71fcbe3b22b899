"""An executed notebook as a page: `jupyter nbconvert --to corewatch out.ipynb`.

In: a notebook node. Out: one HTML file that works offline: prose and outputs, no code. A report of a run knows the pages around it;
alone, its numbers lead to its own list of evidence instead of to articles that are not there.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from corewatch.report import prose
from corewatch.report.contents import with_contents
from corewatch.report.shell import Site, whole_page

TEMPLATES = Path(__file__).parent / "templates"
# What papermill adds to a notebook that failed; the page says it in its own way.
PAPERMILL_NOTE = "papermill-error-cell-tag"


class CorewatchExporter(HTMLExporter):
    """Makes a report's page from its notebook.

    `resources["corewatch_site"]` is the `Site` around it, `resources["metadata"]["name"]` its name, `resources["corewatch_root"]` the
    way to the top of the site from a page below it. A page with `resources["corewatch_earlier"]` is of an earlier edition than the site.
    """

    export_from_notebook = "corewatch report"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "corewatch"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Any:
        """The filters of the template."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]  # nbconvert has no types here
        yield from (("prose", prose.prose), ("fragment", prose.fragment), ("picture", prose.picture), ("escaped", prose.escaped))

    def _create_environment(self) -> Any:
        environment = super()._create_environment()  # type: ignore[no-untyped-call]  # nbconvert has no types here
        environment.tests["papermill_note"] = lambda cell: PAPERMILL_NOTE in cell.metadata.get("tags", [])
        return environment

    def from_notebook_node(  # type: ignore[override]  # as in nbconvert itself
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page's whole HTML, and nbconvert's resources."""
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]  # nbconvert has no types here
        site: Site = resources.get("corewatch_site") or Site(edition=nb.metadata.get("corewatch", {}).get("edition", ""))
        resources["corewatch"] = {"state": state(nb), "parameters": {}, "problem": None} | nb.metadata.get("corewatch", {})
        earlier = resources["corewatch"]["earlier"] = bool(resources.get("corewatch_earlier"))
        # HTMLExporter would read the page again to describe images; ours are described.
        body, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        name = resources["metadata"].get("name", "")
        # What went wrong is beside the pages of a run, and its articles may not have been written; those of an earlier page may be others.
        root = resources.get("corewatch_root", "")
        if site.alone or root or earlier:
            body = stand_alone(body)
        body = with_contents(body)
        return whole_page(title_of(body, name), Markup(body), here=name, site=site, root=root), resources  # noqa: S704  # made by the exporter, which escapes


def state(nb: NotebookNode) -> str:
    """Whether the notebook ran: `run`, `failed` or `not run`."""
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    if any(output.output_type == "error" for cell in code for output in cell.get("outputs", [])):
        return "failed"
    ran = not code or any(cell.get("execution_count") or cell.get("outputs") for cell in code)
    return "run" if ran else "not run"


def title_of(body: str, name: str) -> str:
    """The text of the page's first heading, else the notebook's name in words."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    if found:
        return " ".join(unescape(re.sub(r"<[^>]+>", "", found.group(1))).split())
    return name.replace("_", " ").strip().capitalize() or "Report"


def stand_alone(body: str) -> str:
    """The body with its links to other pages turned: a number leads to its item in the list of evidence, any other loses its link."""
    body = re.sub(r'(<a\b[^>]*?\bhref=")articles/[^"]*("[^>]*?\bdata-e="(\w+)")', r"\1#e\3\2", body)
    return re.sub(r'<a\b[^>]*?\bhref="(?:articles/|companies/|deals/|[\w]+\.html)[^"]*"[^>]*>(.*?)</a>', r"\1", body, flags=re.DOTALL)
