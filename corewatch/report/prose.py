"""Markdown and foreign output of a notebook to markup that is safe on a page.

In: prose cells, and what outputs show that our own views did not make (an analyst's data frame, a figure). Out: `Markup` without
scripts, styles, handlers or addresses that a browser would load. Raw HTML in Markdown is shown as text.
"""

import base64
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup, escape
from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from corewatch.report.rendering import OURS

KEPT = frozenset({
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "p", "div", "span", "b", "i", "em", "strong", "code", "pre",
    "ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "sub", "sup", "small", "h2", "h3", "h4",
})  # fmt: skip
VOID = frozenset({"br", "hr"})
# What stands in them is not for a reader.
UNREAD = frozenset({"style", "script", "template", "noscript", "title", "iframe", "object"})
SPANS = ("colspan", "rowspan")
INSIDE = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/svg+xml;base64,")


class PlainRenderer(IPythonRenderer):
    """Markdown whose raw HTML is text, and whose pictures are in the page or are their description."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture that is inside the page; of any other, its description."""
        return super().image(text, url, title) if url.startswith(INSIDE) else str(escape(text))


class Cleaner(HTMLParser):
    """Writes HTML again with harmless elements only, each closed, without attributes but those that join cells.

    A header cell says what it heads; a table can scroll by itself; the empty corner over a data frame's index is no header.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in UNREAD:
            self.unread += 1
        if tag not in KEPT or self.unread:
            return
        spans = "".join(f' {name}="{value}"' for name, value in attrs if name in SPANS and value and value.isdecimal())
        if tag == "th":
            spans += ' scope="col"' if "thead" in self.open else ' scope="row"'
        self.parts.append('<div class="scroll foreign" tabindex="0"><table>' if tag == "table" else f"<{tag}{spans}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those left open inside it."""
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in self.open and not self.unread:
            while True:
                inner = self.open.pop()
                self.parts.append("</table></div>" if inner == "table" else f"</{inner}>")
                if inner == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self.unread:
            self.parts.append(str(escape(data)))

    def written(self) -> str:
        """The whole, with every element closed."""
        self.close()
        while self.open:
            self.handle_endtag(self.open[-1])
        return "".join(self.parts).replace('<th scope="col"></th>', "<td></td>")


def prose(source: str) -> Markup:
    """A Markdown cell: `# How *large*?` is `<h1>How <em>large</em>?</h1>`."""
    html = MarkdownWithMath(renderer=PlainRenderer()).render(source)
    return Markup(html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>"))  # noqa: S704  # what the cleaner lets through


def fragment(html: str) -> Markup:
    """An HTML output: our own views' as it is, any other cleaned."""
    if html.lstrip().startswith(OURS):
        return Markup(html)  # noqa: S704  # made by corewatch.report.views, escaped there
    cleaner = Cleaner()
    cleaner.feed(html)
    return Markup(cleaner.written())  # noqa: S704  # what the cleaner lets through


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
