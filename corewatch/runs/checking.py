"""A site looked over before anybody reads it: every link inside it leads somewhere, every file has the digest that was written down.

In: a folder, and the digests it should have. Out: a line for each fault; nothing where all is well.
"""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from corewatch.report.publishing import digests
from corewatch.runs.manifest import MANIFEST

# The page of all runs stands above every site.
ABOVE = "../index.html"
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}


class Anchors(HTMLParser):
    """The places of a page that can be linked to, and what it links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        values = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := values.get(name))}
        address = values.get(LINKS.get(tag, "")) or values.get("xlink:href")
        if address:
            self.links.add(address)


def faults(site: Path, files: Mapping[str, str]) -> list[str]:
    """What is wrong with the site whose files should have these digests, in words."""
    return [*wrong_files(site, files), *broken_links(site)]


def wrong_files(site: Path, files: Mapping[str, str]) -> list[str]:
    """Files that are missing, changed, or not expected; but for the manifest, which has the digests of the others."""
    found = {name: digest for name, digest in digests(site).items() if name != MANIFEST}
    said = {
        name: "is missing" if name not in found else "is not expected" if name not in files else "has other bytes than were written down"
        for name in files.keys() | found.keys()
        if files.get(name) != found.get(name)
    }
    return [f"{name} {problem}" for name, problem in sorted(said.items())]


def broken_links(site: Path) -> Iterator[str]:
    """Links from page to page that lead nowhere."""
    pages: dict[str, Anchors] = {}
    for path in sorted(site.rglob("*.html")):
        pages[path.relative_to(site).as_posix()] = anchors = Anchors()
        anchors.feed(path.read_text(encoding="utf-8"))
    for page, anchors in pages.items():
        for link in sorted(anchors.links):
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            target = normpath(f"{dirname(page)}/{unquote(address.path)}".lstrip("/")) if address.path else page
            if target == ABOVE:
                continue
            place = unquote(address.fragment)
            if not (site / target).is_file():
                yield f"{page}: the link {link} leads to no file"
            elif place and target in pages and place not in pages[target].ids:
                yield f"{page}: the link {link} leads to no place in {target}"
