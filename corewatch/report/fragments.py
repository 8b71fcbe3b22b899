"""What a cell of a notebook shows: markup for a browser, plain text for a terminal, always of the same content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup, escape

from corewatch.report.rendering import OURS, render

Words = str | Markup


@dataclass(frozen=True)
class Fragment:
    """A piece of a page. In JupyterLab and on a page it is markup; printed, it is text."""

    markup: Markup

    def _repr_html_(self) -> str:
        return str(OURS + Markup('<div class="corewatch">{}</div>').format(self.markup))

    def __repr__(self) -> str:
        return plain_text(self.markup)

    def __add__(self, other: "Fragment") -> "Fragment":
        return Fragment(self.markup + other.markup)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what is shown, what it sorts by where that is not its text, and what a filter calls it."""

    html: Words
    value: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table; `css` is `num` for numbers, `tight` for what stays on a line, `roomy` for sentences.

    A column with a `filter` can be narrowed to the rows of one `group` of its cells; the filter is called that.
    """

    title: str
    css: str = ""
    filter: str | None = None


@dataclass(frozen=True)
class TableRow:
    """A row of a table; `off` sets it aside (withdrawn, not counted)."""

    cells: Sequence[Cell]
    off: bool = False


def fragment(template: str, **values: object) -> Fragment:
    """A fragment from `templates/fragments`: `fragment("facts", facts=[("Articles", "five")])`."""
    return Fragment(render(f"fragments/{template}.html.j2", **values))


def table(
    name: str,
    columns: Sequence[Column],
    found: Sequence[TableRow],
    *,
    caption: Words,
    note: Words = "",
    sortable: bool = True,
    sources: Sequence[str] = (),
) -> Fragment:
    """A table with its caption; the first cell of a row is its header.

    `sources` are the tables of the contract that it was made from: a site offers them as files below it.
    """
    return fragment(
        "table",
        name=name,
        columns=columns,
        rows=found,
        caption=caption,
        note=note,
        sortable=sortable and len(found) > 2,
        sources=sources,
    )


def folded(made: Fragment, summary: str) -> Fragment:
    """A table that is opened by whoever wants it; on paper it is open."""
    return Fragment(Markup('<details class="data"><summary>{}</summary>{}</details>').format(summary, made.markup))


def number_cell(html: Words, value: float | None) -> Cell:
    """A number's cell, which sorts by size; unknown ones stay last."""
    return Cell(html, "" if value is None else f"{value:.4f}".rstrip("0").rstrip("."))


def quiet(text: str) -> Markup:
    """Words in the second voice: what is missing."""
    return Markup('<span class="second">{}</span>').format(text)


def joined(parts: Sequence[Words], separator: str = ", ") -> Markup:
    """Parts side by side, each escaped unless it is markup."""
    return escape(separator).join(parts)


def listed_markup(parts: Sequence[Words], most: int = 0) -> Markup:
    """Parts as a sentence lists them: `A, B and C`; beyond `most`, `A, B and 3 others`."""
    items = [escape(part) for part in parts]
    if most and len(items) > most + 1:
        items = [*items[:most], escape(f"{len(items) - most} others")]
    if len(items) < 2:
        return Markup("").join(items)
    return Markup("{} and {}").format(Markup(", ").join(items[:-1]), items[-1])


def arrow(payer: Words, payee: Words) -> Markup:
    """Who pays whom, for a table."""
    return Markup('{} <span class="to">{}</span>').format(payer, payee)


def tag(status: str, word: str) -> Markup:
    """A status: a disc that fills as the money becomes real, and the word."""
    return Markup('<span class="tag {}">{}</span>').format(status, word)


def plain_text(markup: Markup) -> str:
    """Markup as a terminal shows it: a line a block, cells apart, drawings by their description."""
    text = re.sub(r"<svg\b[^>]*?aria-label=\"([^\"]*)\".*?</svg>", r"<p>[\1]</p>", str(markup), flags=re.DOTALL)
    text = re.sub(r"<i[^>]*></i>|<p class=\"files\">.*?</p>", "", text, flags=re.DOTALL)
    text = re.sub(r"<br>|\s+", " ", text)
    text = re.sub(r"</t[hd]>\s*<t[hd][^>]*>", "  |  ", text)
    text = re.sub(
        r"</?(?:p|div|h[1-6]|li|tr|dl|dd|dt|figure|figcaption|article|caption|blockquote|small|details|summary)\b[^>]*>", "\n", text
    )
    text = unescape(re.sub(r"<[^>]+>", "", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    seen: list[str] = []
    for line in lines:
        # A figure is drawn twice, wide and narrow, with one description.
        if line and (not seen or seen[-1] != line):
            seen.append(line)
    return "\n".join(seen)
