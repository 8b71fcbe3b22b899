"""What a card shows is what the article says, who published it and when; it comes with the pointer and with the keyboard alike."""

from typing import Any

import pytest
from conftest import Newcomer
from looking import Walk
from playwright.sync_api import Page

from corewatch.report.reading import rows
from corewatch.report.wording import period_words
from corewatch.tables import read_tables

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Every number that has an item of evidence, focused in turn as the keyboard does it, with what its card shows then.
CARDS = """() => [...document.querySelectorAll('main a.n[data-e][href*="articles/"]')].filter(a => a.getClientRects().length).map(a => {
  a.focus({preventScroll: true, focusVisible: true})
  const card = document.getElementById('card'), shown = !card.hidden && card.getClientRects().length > 0
  const box = card.getBoundingClientRect()
  return {words: a.dataset.q, href: a.getAttribute('href'), shown, quoted: card.querySelector('q')?.textContent || '',
    by: card.querySelector('.by')?.textContent || '', inside: box.left >= 0 && box.right <= document.documentElement.clientWidth}
})"""


def plain(text: str) -> str:
    """A text without its line breaks and runs of blanks."""
    return " ".join(text.split())


def cards(page: Page) -> list[dict[str, Any]]:
    """What each number's card shows when the number is focused."""
    page.keyboard.press("Tab")
    found: list[dict[str, Any]] = page.evaluate(CARDS)
    return found


def test_every_card_shows_the_sentence_its_outlet_and_its_date(corpus: Walk, new_page: Newcomer) -> None:
    documents = read_tables(corpus.root / "latest" / "tables").documents
    # Of each article: its text, and what is known of who published it when.
    articles = [
        (plain(row.text), row.publisher if isinstance(row.publisher, str) else "outlet not stated",
         period_words(row.published) if isinstance(row.published, str) else "")
        for row in rows(documents)
    ]  # fmt: skip
    page = new_page(width=390)
    seen: set[str] = set()
    for kind, name in corpus.fullest().items():
        if kind == "articles":
            continue
        page.goto((corpus.root / name).as_uri())
        for card in cards(page):
            assert card["shown"], f"{name}: {card}"
            assert card["inside"], f"{name}: {card}"
            quoted = plain(card["quoted"]).strip("…").strip()
            right = [day for text, outlet, day in articles if quoted in text and outlet in card["by"] and day in card["by"]]
            assert quoted, f"{name}: {card}"
            assert right, f"{name}: {card}"
            seen |= set(right)
    assert len(seen) >= 20


def test_the_pointer_brings_the_same_card_as_the_keyboard(seeds: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((seeds.root / seeds.fullest()["deal_sizes"]).as_uri())
    numbers = page.locator('main table a.n[href*="articles/"]')
    page.keyboard.press("Tab")
    for at in (0, numbers.count() // 2, numbers.count() - 1):
        numbers.nth(at).focus()
        by_keyboard = page.locator("#card").inner_text()
        page.keyboard.press("Escape")
        assert page.locator("#card").is_hidden()
        page.mouse.move(1, 1)
        numbers.nth(at).hover()
        page.locator("#card").wait_for(state="visible")
        assert page.locator("#card").inner_text() == by_keyboard
        # The pointer may go to the card without losing it.
        page.locator("#card").hover()
        page.wait_for_timeout(250)
        assert page.locator("#card").is_visible()
        page.mouse.move(1, 1)
        page.locator("#card").wait_for(state="hidden")
