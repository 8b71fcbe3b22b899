"""An article that tries everything: it shows as text, here and wherever it is named, and nothing of it runs."""

import json

import pytest
from conftest import Newcomer
from corpus import HOSTILE, hostile
from looking import Walk, watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What no article can bring into a page; a page's own parts of these kinds are counted on an article that has nothing.
FOREIGN = (
    "iframe, object, embed, form, base, link[rel=stylesheet], img, input:not([type=search]), main script, main style, svg svg,"
    " [onload], [onerror]"
)


def page_of_it(corpus: Walk) -> str:
    """The page of the hostile article."""
    (name,) = [name for name in corpus.names if "/zz_hostile" in f"/{name}"]
    return name


def test_the_article_is_shown_word_for_word_and_nothing_of_it_runs(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page(width=390)
    requests, complaints = watched(page)
    page.goto((corpus.root / page_of_it(corpus)).as_uri())
    page.wait_for_timeout(200)
    paragraphs = page.evaluate("[...document.querySelectorAll('.par > .said')].map(e => e.textContent)")
    assert len(paragraphs) >= 10
    assert strip("".join(paragraphs)) == strip(hostile())
    assert page.locator("main").locator(FOREIGN).count() == 0
    assert page.title().endswith("corewatch")
    assert page.locator("body").is_visible()
    assert complaints == []
    assert len(requests) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator('a[href^="javascript:"], a[href*="elsewhere.example"]').count() == 0
    assert page.locator("meta[http-equiv=refresh]").count() == 0


def strip(text: str) -> str:
    """A text without signs that have no shape."""
    return "".join(sign for sign in text if sign.isprintable())


def test_wherever_it_is_named_nothing_of_it_is_markup(corpus: Walk) -> None:
    named = 0
    for name in corpus.names:
        source = (corpus.root / name).read_text(encoding="utf-8")
        body = source[source.index("<main") :]
        for bait in (
            "<script>document.title",
            "<img src=x",
            "<iframe",
            "<svg onload",
            "<Holdings>",
            '<Lantern & "Sons">',
            "<Desk>",
            "<i>odd",
        ):
            assert bait not in body, f"{name}: {bait}"
        named += "&lt;Desk&gt;" in body
    assert named >= 2


def test_signs_that_turn_the_direction_of_text_reach_no_further_than_its_own_block(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((corpus.root / page_of_it(corpus)).as_uri())
    # The note beside the passage reads from left to right: its first letters stand left of its last.
    turned = """() => [...document.querySelectorAll('.reads .read, h1, .meta span')].filter(e => {
      const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), at = []
      for (let n; (n = walk.nextNode());) for (const i of [...n.data].keys()) {
        if (!/[a-z]/i.test(n.data[i])) continue
        const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 1); at.push(r.getBoundingClientRect())
      }
      return at.some((r, i) => i && r.top === at[i - 1].top && r.left < at[i - 1].left - 1)
    }).map(e => e.textContent.slice(0, 90))"""
    assert page.evaluate(turned) == []


def test_signs_that_turn_the_direction_are_seen_and_turn_nothing_and_are_copied_as_they_are(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((corpus.root / page_of_it(corpus)).as_uri())
    at = page.locator(".par > .said").filter(has_text="The amount reads")
    # Letter after letter from left to right, also those behind an override; each sign takes room, and has its name.
    letters = at.evaluate("""e => {
      const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), found = []
      for (let n; (n = walk.nextNode());) for (const i of [...n.data].keys()) {
        const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 1)
        const box = r.getBoundingClientRect()
        if (/\\w/.test(n.data[i])) found.push([Math.round(box.top), box.left])
      }
      return found
    }""")
    assert len(letters) > 70
    assert letters == sorted(letters)
    signs = at.locator(".sign")
    assert signs.evaluate_all("all => all.map(e => [e.dataset.sign, e.getBoundingClientRect().width > 20])") == [
        ["RLO", True], ["PDI", True], ["LRI", True], ["PDI", True], ["RLO", True], ["PDI", True],
    ]  # fmt: skip
    copied = at.evaluate("e => { getSelection().selectAllChildren(e); return getSelection().toString() }")
    (told,) = [line for line in hostile().splitlines() if "The amount reads" in line]
    assert copied.strip() == told.strip()


def test_what_the_run_wrote_down_of_it_is_plain_data(corpus: Walk) -> None:
    newest = corpus.root / "latest" if (corpus.root / "latest").exists() else corpus.root
    text = (newest / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text)
    assert HOSTILE.removesuffix(".txt") in text
