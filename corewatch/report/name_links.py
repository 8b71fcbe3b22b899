"""Names of companies in sentences that the report makes, as quiet links to their pages: the first of each in a paragraph, item or cell.

In: markup of our own views. Out: the same with links. What a source says stays as it is (quotations), and so do links, drawings and code.
"""

import re

from markupsafe import Markup, escape

from corewatch.report.fragments import Fragment, Words
from corewatch.report.reading import Reading

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
# What is not ours to link in, or is a link already.
KEPT = frozenset({"a", "q", "blockquote", "svg", "button", "summary", "code", "pre", "nav", "caption", "thead", "h1"})
# In each of these a name is linked once.
BLOCKS = frozenset({"p", "li", "dd", "dt", "td", "th", "h2", "h3", "article"})
# A word that a name may begin with: not inside another word, an address, or a reference to a sign.
WORD = re.compile(r"(?<![\w&/.-])\w+")


def linked(reading: Reading, text: str, seen: set[str]) -> str:
    """Escaped text with links for the names that are not in `seen`, which are put there."""
    shown, at = "", 0
    for word in WORD.finditer(text):
        if word.start() < at:
            continue
        for written, name in reading.company_words.get(word.group(), ()):
            end = word.start() + len(written)
            if text.startswith(written, word.start()) and not re.match(r"[\w-]", text[end : end + 1]):
                link = Markup('<a class="plain" href="{}">').format(reading.company_href(name))
                shown += text[at : word.start()] + (written if name in seen else f"{link}{written}</a>")
                seen.add(name)
                at = end
                break
    return shown + text[at:]


def with_names(reading: Reading, shown: Words) -> Markup:
    """Markup with links for the names in it, in each block the first of each; a text is one block."""
    parts: list[str] = []
    text, at, kept = str(escape(shown)), 0, 0
    # The company whose page it is has no link there.
    seen = {reading.here}
    for tag in TAG.finditer(text):
        closing, element = tag.groups()
        words = text[at : tag.start()]
        parts += [words if kept else linked(reading, words, seen), tag.group()]
        at = tag.end()
        if element in KEPT:
            kept += -1 if closing else 1
        elif element in BLOCKS and not closing:
            seen = {reading.here}
    rest = text[at:]
    parts.append(rest if kept else linked(reading, rest, seen))
    return Markup("".join(parts))  # noqa: S704  # escaped above, with links of our own between


def named(reading: Reading, made: Fragment) -> Fragment:
    """A part of a page with links for the names in its sentences and tables."""
    return Fragment(with_names(reading, made.markup))
