"""What a Markdown file says of itself in its head, between two lines of three dashes, as note-taking programs and clippers write it.

In: the text of a file. Out: its title, date, outlet and address, as far as the head has them under their usual names; the text stays as it
is, because offsets count it.
"""

import re
from dataclasses import dataclass

from corewatch.documents.pieces import address, cell, day

HEAD = re.compile(r"\A---[ \t]*\r?\n((?:[^\r\n]{0,1000}\r?\n){1,60}?)---[ \t]*(?:\r?\n|\Z)")
LINE = re.compile(r"""([A-Za-z_ -]{1,40}):[ \t]+["']?([^\r\n]{1,500}?)["']?[ \t]*""")
ADDRESS = re.compile(r"https?://\S+")
TITLE, PUBLISHED = ("title", "headline"), ("published", "date", "publication_date", "created")
PUBLISHER, URL = ("publisher", "outlet", "site", "site_name", "newspaper", "source"), ("url", "link", "source", "source_url")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says, and where the text below it begins; nothing for a file without one."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    ends: int = 0


def front_matter(text: str) -> FrontMatter:
    """What a file says of itself: `front_matter("---\\ntitle: Chips run short\\n---\\n...").title` is `"Chips run short"`."""
    head = HEAD.match(text)
    if head is None:
        return FrontMatter()
    found = (LINE.fullmatch(line) for line in head[1].splitlines())
    told = {one[1].strip().lower(): one[2] for one in found if one}
    url = next((told[name] for name in URL if name in told and ADDRESS.fullmatch(told[name])), None)
    return FrontMatter(
        title=cell(next((told[name] for name in TITLE if name in told), None)),
        published=next((date for name in PUBLISHED if (date := day(told.get(name)))), None),
        publisher=cell(next((told[name] for name in PUBLISHER if name in told and not ADDRESS.match(told[name])), None)),
        url=address(url),
        ends=head.end(),
    )
