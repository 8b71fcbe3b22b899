"""What is around every page: head, navigation, footer, style and scripts, in one file that asks the network for nothing.

In: a page's title and body. Out: a whole HTML document. Style and scripts are inside it and named by their digests in a
content security policy, so that nothing that an article or an output brings along can run or load.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from corewatch.report.direction import named, with_signs
from corewatch.report.rendering import render

# How pages are called in the navigation, in its order.
LABELS = {
    "revenue_growth": "Revenue growth",
    "deal_sizes": "Deal sizes",
    "closed_loop": "Closed loop",
    "source_audit": "Source audit",
}
QUOTED = "An article is quoted as written, its errors included."
NOTHING = Markup("")


@dataclass(frozen=True)
class Site:
    """The pages around a page. Without any it stands alone: no navigation, and no link to a page that is not there.

    `edition` is one line on what the pages were made from, without a clock: the same documents give the same line. With `pdf`
    there is a PDF beside each report.
    """

    reports: tuple[str, ...] = ()
    edition: str = ""
    pdf: bool = False

    @property
    def alone(self) -> bool:
        """Whether there is no other page."""
        return not self.reports


@dataclass(frozen=True)
class NavItem:
    """A link of the navigation; `current` is `page` on the page itself and `true` on a page below it."""

    href: str
    label: str
    current: str = ""


def whole_page(title: str, body: Markup, *, here: str, site: Site, root: str = "", fold: Markup = NOTHING) -> str:
    """A whole document. `here` is the page's name (`index`, a report, `articles/` below it), `root` leads from it to the top of the site.

    `fold` says how the page was made; it is the last thing on it. A report brings its own.
    """
    body = with_signs(with_files(body + fold, site, root))
    scripts = [text for marks, text in scripts_by_mark() if any(mark in body for mark in marks)]
    foot = [line for line in (site.edition, QUOTED) if line]
    if site.pdf and here in site.reports and not root:
        foot.append(Markup('<span class="files"><a href="{}.pdf" download>This page as a PDF</a></span>').format(here))
    return str(
        render(
            "shell.html.j2",
            title=named(title),
            body=body,
            nav=navigation(here, site, root),
            foot=foot,
            style=style(),
            scripts=scripts,
            policy=policy(scripts),
        )
    )


def with_files(body: Markup, site: Site, root: str) -> Markup:
    """The body with the files of its tables as they are seen from the page; a page that stands alone has none beside it."""
    if site.alone:
        return Markup(re.sub(r'<p class="files">.*?</p>\n?', "", body, flags=re.DOTALL))  # noqa: S704  # only takes our own links out
    return Markup(str(body).replace('<a href="tables/', f'<a href="{root}tables/'))  # noqa: S704  # `root` is ours


def navigation(here: str, site: Site, root: str) -> list[list[NavItem]]:
    """The links between the pages in two lines, the answers and what they rest on; none where a page stands alone.

    `here` may name a page below one of the navigation: `deals/` is below `deals`.
    """
    if site.alone:
        return []

    def item(name: str, href: str, label: str) -> NavItem:
        return NavItem(f"{root}{href}", label, "page" if name == here else "true" if here == f"{name}/" else "")

    reports = [item(name, f"{name}.html", label) for name, label in LABELS.items() if name in site.reports]
    rests = [
        item("articles", "index.html#articles", "Articles"), item("companies", "companies/index.html", "Companies"),
        item("deals", "deals/index.html", "Deals"), item("changes", "changes.html", "Changes"),
        # The page of all runs is above the site, wherever a reader has it open: in `latest` or under the id of the run.
        item("runs", "../index.html", "All runs"),
    ]  # fmt: skip
    return [[item("index", "index.html", "Answers"), *reports], rests]


def policy(scripts: list[Markup]) -> str:
    """Only this page's own style and scripts, and pictures inside the file; nothing is fetched, sent or framed."""
    scripted = " ".join(digest(text) for text in scripts) or "'none'"
    # Style attributes place the labels of a chart; without anything to fetch they can change nothing but looks.
    return (
        f"default-src 'none'; style-src {digest(style())}; style-src-attr 'unsafe-inline'; script-src {scripted}; "
        "img-src data:; form-action 'none'; base-uri 'none'"
    )


def digest(text: str) -> str:
    """An inline element's text as a source of the policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def style() -> Markup:
    """The style sheet."""
    return template_text("style.css")


@cache
def scripts_by_mark() -> tuple[tuple[tuple[str, ...], Markup], ...]:
    """The scripts, each with the words in a page that ask for it; figures use what tables bring along."""
    table, figure = ' class="sort"', ' class="fig"'
    return (
        ((" data-e=",), template_text("scripts/cards.js")),
        ((table, figure), template_text("scripts/tables.js")),
        ((figure,), template_text("scripts/figures.js")),
    )


def template_text(name: str) -> Markup:
    """A file of the templates that is not filled; it is ours, and holds nothing that ends its element."""
    text = files("corewatch.report").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  # our own files, not an article
