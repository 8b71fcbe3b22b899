"""Signs that turn the direction of text, which no one sees: shown by their short names, and without effect beyond themselves.

In: the body of a page, or a text. Out: the same with each such sign in an element of its own, isolated from the text around it; the style
sheet writes its name before it. The sign itself stays where it was: what a reader copies, and every offset, is as the article has it. In a
drawing and in the title of a window, where there are no such elements, its name stands in its place.
"""

import re

from markupsafe import Markup

# As Unicode calls them (UAX 9), in short and in full.
SIGNS = {
    "\u061c": ("ALM", "Arabic letter mark"), "\u200e": ("LRM", "left-to-right mark"), "\u200f": ("RLM", "right-to-left mark"),
    "\u202a": ("LRE", "left-to-right embedding"), "\u202b": ("RLE", "right-to-left embedding"),
    "\u202c": ("PDF", "pop directional formatting"), "\u202d": ("LRO", "left-to-right override"),
    "\u202e": ("RLO", "right-to-left override"), "\u2066": ("LRI", "left-to-right isolate"), "\u2067": ("RLI", "right-to-left isolate"),
    "\u2068": ("FSI", "first strong isolate"), "\u2069": ("PDI", "pop directional isolate"),
}  # fmt: skip
SIGN = re.compile(f"[{''.join(SIGNS)}]")
# A drawing, a tag (whose attributes are read and not shown), or a sign between them.
PART = re.compile(rf"<svg\b.*?</svg>|<[^>]*>|{SIGN.pattern}", re.DOTALL)
SHOWN = Markup(
    '<span class="sign" data-sign="{}" title="U+{:04X}, {}: a sign in the text that turns its direction, without effect here">{}</span>'
)


def with_signs(body: Markup) -> Markup:
    """The body of a page with its signs shown."""
    if not SIGN.search(body):
        return body
    return Markup(PART.sub(lambda part: shown(part.group()), str(body)))  # noqa: S704  # our own element around a sign of escaped text


def shown(part: str) -> str:
    """A sign in its element, a drawing with the names of its signs; a tag as it is."""
    if part in SIGNS:
        short, name = SIGNS[part]
        return str(SHOWN.format(short, ord(part), name, part))
    return re.sub(r">[^<]*<", lambda words: named(words.group()), part) if part.startswith("<svg") else part


def named(text: str) -> str:
    """A text with the names of its signs in their place: `90[RLO]million`."""
    return SIGN.sub(lambda sign: f"[{SIGNS[sign.group()][0]}]", text)
