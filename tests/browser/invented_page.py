"""A page of a site with what a test wants to see on it."""

from pathlib import Path

from markupsafe import Markup

from corewatch.report.fragments import Fragment
from corewatch.report.shell import Site, whole_page


def page_of(name: str, made: Fragment, folder: Path) -> Path:
    """The page `NAME.html` in `folder`, of a site that has no other report."""
    body = Markup("<h1>How large?</h1>\n{}").format(made.markup)
    path = folder / f"{name}.html"
    path.write_text(whole_page("How large?", body, here=name, site=Site((name,), "Edition of nothing.")), encoding="utf-8")
    return path
