"""What axe says of the pages.

Every page is looked at; those that have between them every part of every template by day and at night, wide and narrow. Contrast,
which takes most of the time, is looked at in one width a scheme, and on the pages of the corpus that are not too large: the colours
of a page's parts are the same on each.
"""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from looking import AXE, Walk
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Way = tuple[Literal["light", "dark"], int]
WAYS: dict[str, list[Way]] = {
    "seeds": [("light", 1440), ("dark", 320), ("dark", 1440), ("light", 320)],
    "corpus": [("light", 1440), ("dark", 320)],
}
COLOURED: list[Way] = [("light", 1440), ("dark", 320)]
# The corpus' closed loop alone took four minutes.
LARGE = 100_000
# They look at colours, which are those of the page's parts, and take five sixths of the time.
OF_COLOUR = {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}


def violations(page: Page, options: dict[str, Any] = AXE) -> list[str]:
    """Each rule that is broken, with the first places."""
    response: dict[str, Any] = Axe().run(page, options=options).response
    return [
        f"{one['id']} ({one['help']}): " + " | ".join(f"{node['target']} {node['html'][:140]}" for node in one["nodes"][:4])
        for one in response["violations"]
    ]


@pytest.mark.parametrize("site", ["seeds", "corpus"])
def test_axe_finds_nothing_on_any_page(walked: Callable[[str], Walk], browser: Browser, site: str) -> None:
    at = walked(site)
    telling = at.telling()
    context = browser.new_context(offline=True)
    page = context.new_page()
    found = {}
    for name in at.names:
        page.goto((at.root / name).as_uri())
        ways = WAYS[site] if name in telling else WAYS[site][:1]
        for scheme, width in ways:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            colours = name in telling and (scheme, width) in COLOURED and (site == "seeds" or at.pages[name].size < LARGE)
            wrong = violations(page, AXE if colours else AXE | {"rules": OF_COLOUR})
            if wrong:
                found[f"{name}, {scheme}, {width}"] = wrong
    context.close()
    assert not found, "\n".join(f"{where}: {line}" for where, lines in found.items() for line in lines)
