"""A browser without a network, and the sites that it looks at: from the examples, the seeds, and sixty invented articles.

Sites are made by the command, once for all processes of a test run. `COREWATCH_SITES=FOLDER` keeps the two large ones there:
they are looked at as they are until somebody removes them.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from corpus import write_corpus
from looking import Walk, walk, watched
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
        page = context.new_page()
        result = Opened(page, site, *watched(page))
        result.go(name)
        return result

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def page_names(site: Path) -> list[str]:
    """Every page of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a test run have in common."""
    kept = os.environ.get("COREWATCH_SITES")
    base = tmp_path_factory.getbasetemp()
    folder = Path(kept) if kept else (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "sites"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def report(seeds: Path, out: Path, *asked: str) -> None:
    """Make a site as a user does, with what else is asked of the command."""
    command = [sys.executable, "-m", "corewatch", "report", *asked, "--seeds", str(seeds), "--out", str(out)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def seeds_site(shared: Path) -> Path:
    """All reports from the five seeds: the folder that holds the newest run."""
    return made(shared, "seeds", lambda _, out: report(PROJECT / "seeds", out))


@pytest.fixture(scope="session")
def corpus_site(shared: Path) -> Path:
    """All reports from the invented corpus, in a second edition: the first had its first eight articles."""

    def both(articles: Path, out: Path) -> None:
        write_corpus(articles / "all")
        early = articles / "early"
        early.mkdir()
        for path in sorted((articles / "all").glob("0[0-7]*.txt")):
            shutil.copy(path, early)
        # Of what readers saw before, the next edition takes the tables and the answers: one report is enough for both.
        report(early, out, "deal_sizes")
        # The fewest draws of the simulation that can be asked for: the pages have every part that they have with ten times as many, and
        # say in how they were made that it was asked for.
        report(articles / "all", out, "-p", "draws", "100")

    return made(shared, "corpus", both)


def made(shared: Path, name: str, make: Callable[[Path, Path], None]) -> Path:
    """The folder of a site, made by the process that is there first; the others wait for it, and find nothing to do."""
    articles, out, done = shared / f"{name}_articles", shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(articles, out)
            done.touch()
    return out


@pytest.fixture(scope="session")
def walked(request: pytest.FixtureRequest, browser: Browser) -> Callable[[str], Walk]:
    """`walked("corpus")`: every page of a site as it was when it was visited."""
    walks: dict[str, Walk] = {}

    def of(name: str) -> Walk:
        if name not in walks:
            walks[name] = walk(browser, request.getfixturevalue(f"{name}_site"))
        return walks[name]

    return of


@pytest.fixture(scope="session")
def seeds(walked: Callable[[str], Walk]) -> Walk:
    """The site of the seeds."""
    return walked("seeds")


@pytest.fixture(scope="session")
def corpus(walked: Callable[[str], Walk]) -> Walk:
    """The site of the invented corpus."""
    return walked("corpus")


Newcomer = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Newcomer]:
    """`new_page(width=320, color_scheme="dark")`: a page of its own, offline, closed afterwards."""
    contexts = []

    def opened(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
