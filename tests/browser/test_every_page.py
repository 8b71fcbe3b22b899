"""What must hold on every page of the seeds' site and of the invented corpus': no request, no complaint, links that lead somewhere."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from looking import CUT, Walk, kind_of
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BOTH = pytest.mark.parametrize("site", ["seeds", "corpus"])
Walked = Callable[[str], Walk]


@BOTH
def test_a_page_asks_for_nothing_but_itself_and_complains_of_nothing(walked: Walked, site: str) -> None:
    pages = walked(site).pages
    assert {"closed_loop", "deal_sizes", "revenue_growth", "source_audit", "articles"} <= {kind_of(name) for name in pages}
    for name, seen in pages.items():
        own = (walked(site).root / name).as_uri()
        assert [url for url in seen.requests if url.split("#")[0] != own] == [], name
        assert seen.complaints == [], name


@BOTH
def test_a_page_forbids_requests_itself_and_holds_nothing_from_elsewhere(walked: Walked, site: str) -> None:
    for name, seen in walked(site).pages.items():
        (policy,) = seen.facts["policy"]
        assert "default-src 'none'" in policy, name
        assert not re.search(r"https?:|\*|//", policy), f"{name}: {policy}"
        assert seen.facts["foreign"] == [], name
        assert seen.facts["handlers"] == [], name


@BOTH
def test_a_page_is_smaller_than_a_megabyte(walked: Walked, site: str) -> None:
    for name, seen in walked(site).pages.items():
        assert seen.size < 1_000_000, f"{name}: {seen.size}"


@BOTH
def test_a_link_leads_to_a_page_and_a_place_that_exist(walked: Walked, site: str) -> None:
    at = walked(site)
    places = {(at.root / name).resolve(): set(seen.facts["ids"]) for name, seen in at.pages.items()}
    for name, seen in at.pages.items():
        for href in seen.facts["links"]:
            assert not re.match(r"(?i)javascript:|data:|https?:|//", href), f"{name}: {href}"
            path, _, mark = href.partition("#")
            target = ((at.root / name).parent / unquote(path)).resolve() if path else (at.root / name).resolve()
            assert target.is_file(), f"{name}: {href}"
            if mark and target.suffix == ".html":
                assert unquote(mark) in places.get(target, set()), f"{name}: {href}"


@BOTH
def test_a_number_leads_to_a_passage_or_a_sum_that_holds_it(walked: Walked, site: str) -> None:
    at = walked(site)
    marks = {(at.root / name).resolve(): seen.facts["marks"] for name, seen in at.pages.items()}
    followed = 0
    for name, href, words, item in at.numbers():
        path, _, mark = href.partition("#")
        if not path:
            assert at.pages[name].facts["items"][mark], f"{name}: {href}"
            continue
        target = ((at.root / name).parent / unquote(path)).resolve()
        if target.parent.name != "articles":
            continue
        assert words in marks[target][mark], f"{name}: {href} does not hold {words!r}"
        if item:
            assert f"e{item}" in at.pages[name].facts["items"], f"{name}: {href}"
        followed += 1
    assert followed >= (40 if site == "seeds" else 200)


@BOTH
def test_a_drawing_says_what_it_shows_and_a_table_follows_it(walked: Walked, site: str) -> None:
    drawings = 0
    for name, seen in walked(site).pages.items():
        assert seen.facts["unnamed"] == [], name
        assert seen.facts["tableless"] == [], name
        drawings += "<figure" in (walked(site).root / name).read_text(encoding="utf-8")
    assert drawings >= 3


@BOTH
def test_at_320_pixels_nothing_is_cut_and_no_page_scrolls_sideways(walked: Walked, browser: Browser, site: str) -> None:
    # As wide as a laptop's window at 400 %.
    context = browser.new_context(viewport={"width": 320, "height": 256}, offline=True)
    page = context.new_page()
    wrong = {}
    for name in walked(site).names:
        page.goto((walked(site).root / name).as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        found = page.evaluate(CUT) + ([f"{width} pixels wide"] if width > 320 else [])
        if found:
            wrong[name] = found[:5]
    context.close()
    assert wrong == {}
