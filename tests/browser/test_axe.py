"""What axe says of the pages.

Its rules of structure are asked on every page, on the width of a phone; on pages that have between them every part of every template on
that of a laptop too, where other drawings are shown. Its rules of colour, which take as long as all others for each element that they look
at, are asked there by day and at night of a few elements of every part that has words, whose colours are the same on each page. A page is
loaded once for all of that.
"""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any, Literal

import pytest
from looking import AXE, PART, Walk
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE, LAPTOP = ViewportSize(width=320, height=900), ViewportSize(width=1440, height=900)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OF_COLOUR = ("color-contrast", "link-in-text-block")
STRUCTURE = AXE | {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}
COLOUR = AXE | {"runOnly": {"type": "rule", "values": list(OF_COLOUR)}}
# Only what is broken comes back, not the thousands of places where nothing is.
SAID = """found => found.violations.map(one =>
  `${one.id} (${one.help}): ` + one.nodes.slice(0, 4).map(node => `${node.target} ${node.html.slice(0, 140)}`).join(' | '))"""
RUN = f"options => axe.run(options).then({SAID})"
# The same of the first two elements of each part that are seen and have words of their own.
RUN_ON_PARTS = f"""options => {{
  const part = {PART}, met = new Map()
  const worded = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
  const include = [...document.querySelectorAll('body *')].filter(e => {{
    if (!worded(e) || !e.getClientRects().length) return false
    met.set(part(e), (met.get(part(e)) || 0) + 1)
    return met.get(part(e)) <= 2
  }})
  return axe.run({{include}}, options).then({SAID})
}}"""


def with_axe(browser: Browser) -> BrowserContext:
    """A context in which every page has axe: as a script of the browser's it is compiled once."""
    context = browser.new_context(offline=True)
    context.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    return context


def complaints(page: Page, at: Walk, name: str, *, telling: bool) -> Iterator[str]:
    """What axe finds on a page, by the width and scheme that it is seen in; on one that is `telling`, in all of them."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    page.goto((at.root / name).as_uri())

    def asked(run: str, options: dict[str, Any], seen: str) -> Iterator[str]:
        yield from (f"{name}, {seen}: {line}" for line in page.evaluate(run, options))

    yield from asked(RUN, STRUCTURE, "on a phone")
    if telling:
        page.set_viewport_size(LAPTOP)
        yield from asked(RUN, STRUCTURE, "on a laptop")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield from asked(RUN_ON_PARTS, COLOUR, scheme)


@pytest.mark.parametrize("site", ["seeds", "corpus"])
def test_axe_finds_nothing_on_any_page(walked: Callable[[str], Walk], browser: Browser, site: str) -> None:
    at = walked(site)
    # The page of all runs is a page of its own kind, above the sites.
    telling = {*at.telling(walked("seeds").parts()), "index.html"} if site == "corpus" else set(at.telling())
    context = with_axe(browser)
    page = context.new_page()
    found = [line for name in at.names for line in complaints(page, at, name, telling=name in telling)]
    context.close()
    assert not found, "\n".join(found)


def test_axe_would_have_found_colours_that_are_too_pale_and_a_name_that_is_missing(seeds: Walk, browser: Browser) -> None:
    context = with_axe(browser)
    page = context.new_page()
    page.goto((seeds.root / "index.html").as_uri())
    page.evaluate(
        "document.querySelector('main p').style.color = '#bbb'; document.querySelector('main').append(document.createElement('button'))"
    )
    said = [*page.evaluate(RUN, STRUCTURE), *page.evaluate(RUN_ON_PARTS, COLOUR)]
    context.close()
    assert [line.split(" ")[0] for line in said] == ["button-name", "color-contrast"]
