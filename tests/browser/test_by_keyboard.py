"""Every kind of page without a mouse: all that can be followed or pressed is reached, in the page's order, seen, and left again."""

import pytest
from conftest import Newcomer
from looking import FOCUSED, REACHABLE, Walk
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def stops(page: Page, most: int) -> list[dict[str, object]]:
    """Where the Tab key stops, from the top of the page until it leaves it."""
    found: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or (found and at["place"] == found[0]["place"]):
            return found
        found.append(at)
    return found


def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page(width=1280)
    for kind, name in seeds.fullest().items():
        page.goto((seeds.root / name).as_uri())
        there = page.evaluate(REACHABLE)
        found = stops(page, there + 5)
        assert len(found) == there, f"{kind}: {len(found)} of {there} reached, or the way out is barred"
        assert [at["name"] for at in found if not at["seen"]] == [], kind
        places = [at["place"] for at in found]
        assert places == sorted(places, key=lambda place: int(str(place))), kind


def test_the_first_stop_leads_past_the_navigation(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    for name in seeds.fullest().values():
        page.goto((seeds.root / name).as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, name
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('header')"), name


def test_back_and_forward_return_to_the_place_on_the_page(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page(height=700)
    start = (seeds.root / seeds.fullest()["deal_sizes"]).as_uri()
    page.goto(start)
    number = page.locator('main table a.n[href*="articles/"]').last
    words = number.get_attribute("data-q") or ""
    number.click()
    page.wait_for_url("**/articles/**#c*")
    passage = page.url
    assert words in page.locator("mark:target").inner_text()
    page.go_back()
    assert page.url == start
    box = number.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 700
    page.go_forward()
    assert page.url == passage
    assert page.locator("mark:target").is_visible()


def test_from_a_passage_a_reader_gets_to_every_report_that_uses_it_and_back(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((seeds.root / seeds.fullest()["articles"]).as_uri())
    start = page.url
    uses = page.locator(".reads a")
    assert uses.count() >= 3
    for at in range(0, uses.count(), 4):
        uses.nth(at).click()
        assert page.url != start
        page.go_back()
        assert page.url == start


def test_nothing_moves_for_who_wants_no_motion(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e)
      return s.scrollBehavior === 'smooth' || parseFloat(s.transitionDuration) > 0.01 || (s.animationName !== 'none')
    }).map(e => e.outerHTML.slice(0, 90))"""
    for name in seeds.fullest().values():
        page.goto((seeds.root / name).as_uri())
        assert page.evaluate(moving) == [], name
        assert page.evaluate("document.getAnimations().length") == 0, name
