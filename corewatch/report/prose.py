"""Markdown and foreign HTML of a notebook to markup that is safe on a page.

In: prose cells, and what outputs show that our own views did not make (an analyst's data frame, a figure). Out: `Markup` without
scripts, styles, handlers or addresses that a browser would load. Raw HTML in Markdown is shown as text.
"""

import base64
import re
from collections.abc import Mapping
from typing import Any

import bleach
from markupsafe import Markup, escape
from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import HTMLRenderer, IPythonRenderer, MarkdownWithMath

from corewatch.report.rendering import OURS

TABLE_TAGS = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
TEXT_TAGS = frozenset(
    {"p", "div", "span", "b", "i", "em", "strong", "code", "pre", "ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "sub", "sup", "small"}
)
TITLE_TAGS = frozenset({"h2", "h3", "h4"})
ATTRIBUTES = {"th": ["colspan", "rowspan", "scope"], "td": ["colspan", "rowspan"], "a": ["href"]}
# With their content: what stands in them is not for a reader.
UNREAD = re.compile(r"<(style|script|template|iframe|object|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


class PlainRenderer(IPythonRenderer):
    """Markdown whose raw HTML is text, and whose pictures are in the page or are their description."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture that is inside the page; of any other, its description."""
        if not url.startswith(("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/svg+xml;base64,")):
            return str(escape(text))
        return HTMLRenderer.image(self, text, url, title)  # type: ignore[no-any-return]


def prose(source: str) -> Markup:
    """A Markdown cell: `# How *large*?` is `<h1>How <em>large</em>?</h1>`."""
    html = MarkdownWithMath(renderer=PlainRenderer()).render(source)
    return Markup(html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>"))  # noqa: S704


def fragment(html: str) -> Markup:
    """An HTML output: our own views' as it is, any other cleaned, with its tables made to scroll and to name their headers."""
    if html.lstrip().startswith(OURS):
        return Markup(html)  # noqa: S704  # made by corewatch.report.views, escaped there
    clean = bleach.clean(
        UNREAD.sub("", html), tags=TABLE_TAGS | TEXT_TAGS | TITLE_TAGS | {"a"}, attributes=ATTRIBUTES, protocols=["#"], strip=True
    )
    clean = re.sub(r"(<table[^>]*>)", r'<div class="scroll foreign" tabindex="0">\1', clean).replace("</table>", "</table></div>")
    clean = re.sub(r"<thead>.*?</thead>", lambda head: column_headers(head.group()), clean, flags=re.DOTALL)
    clean = re.sub(r"(?<=<tr>)(\s*)<th>", r'\1<th scope="row">', clean)
    return Markup(clean)  # noqa: S704


def column_headers(head: str) -> str:
    """A data frame's header row: cells name their column, and the empty corner over the index is no header."""
    return head.replace("<th></th>", "<td></td>").replace("<th>", '<th scope="col">')


def picture(output: Mapping[str, Any], mime: str) -> Markup:
    """A figure of another maker as an image inside the page: what it brings along can neither run nor change the page."""
    content = output["data"][mime]
    if mime == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    metadata = output.get("metadata", {})
    described = metadata.get(mime, {}).get("alt") or metadata.get("alt") or "A figure without a description"
    return Markup('<img class="picture" alt="{}" src="data:{};base64,{}">').format(described, mime, "".join(content.split()))


def escaped(text: str) -> Markup:
    """Printed text, without the colours of a terminal."""
    return escape(strip_ansi(text))
