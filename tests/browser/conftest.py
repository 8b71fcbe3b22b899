"""A browser without a network, and a site made from the invented articles for it to look at."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from corewatch.runs.making import run_reports

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Opened:
    """A page in the browser, with what it asked for and complained of."""

    page: Page
    site: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, name: str) -> Page:
        """Go to a page of the site, and forget what the one before asked for."""
        self.requests.clear()
        self.complaints.clear()
        self.page.goto((self.site / name).as_uri())
        return self.page


Opener = Callable[..., Opened]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program. Where a browser is required, none is a failure and no reason to skip."""
    found = os.environ.get("COREWATCH_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    said = "no Chromium: install it, or name its program in COREWATCH_CHROMIUM"
    if os.environ.get("CI") or os.environ.get("COREWATCH_BROWSER") == "required":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports from the invented articles."""
    out = tmp_path_factory.mktemp("site")
    return run_reports(seeds=PROJECT / "tests" / "examples", out=out).site


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Opener]:
    """Open a page of the site by its file's name, from disk and offline: `open_page("index.html", width=360)`.

    A context takes longer to make than a page to read: who looks at many pages goes from one to the next.
    """
    contexts = []

    def opened(name: str, *, width: int = 1280, height: int = 900, **options: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        result = Opened(context.new_page(), site)
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.on("console", lambda message: result.complaints.append(message.text))
        result.page.on("pageerror", lambda error: result.complaints.append(str(error)))
        # Nobody answers it, so the page would hang, too.
        result.page.on("dialog", lambda dialog: result.complaints.append(f"dialog: {dialog.message}"))
        result.go(name)
        return result

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def page_names(site: Path) -> list[str]:
    """Every page of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
