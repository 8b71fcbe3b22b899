import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import PROJECT, Opener

from corewatch.report.parameters import REPORTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Text that is too pale for its ground: below 4.5 to 1, or 3 to 1 where it is large.
PALE = """() => {
  const rgb = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m.slice(0, 3) }
  const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0)
  const ground = e => {
    for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c) return c }
    return [255, 255, 255]
  }
  const found = []
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue
    const style = getComputedStyle(e), size = parseFloat(style.fontSize)
    if (style.visibility === 'hidden' || !e.getClientRects().length) continue
    const [a, b] = [light(rgb(style.color)), light(ground(e))].sort((x, y) => y - x)
    const ratio = (a + .05) / (b + .05)
    const large = size >= 24 || (size >= 18.6 && style.fontWeight >= 600)
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${e.outerHTML.slice(0, 90)}`)
  }
  return found
}"""
WIDTH = "document.documentElement.scrollWidth"


def test_no_page_asks_for_anything_but_itself_or_complains(open_page: Opener, page_names: list[str]) -> None:
    assert {"index.html", *(f"{name}.html" for name in REPORTS)} <= set(page_names)
    opened = open_page("index.html")
    for name in page_names:
        opened.go(name)
        assert opened.requests == [opened.page.url], name
        assert opened.complaints == [], name


def test_every_link_leads_to_a_page_and_a_place_that_exist(open_page: Opener, page_names: list[str], site: Path) -> None:
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    opened = open_page("index.html")
    for name in page_names:
        page = opened.go(name)
        ids[name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        links += [(name, href) for href in page.evaluate("[...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href'))")]
    for name, href in links:
        path, _, mark = href.partition("#")
        target = (site / name).parent.joinpath(unquote(path)).resolve() if path else site.joinpath(name).resolve()
        assert target.is_file(), f"{name}: {href}"
        if mark:
            assert mark in ids[target.relative_to(site.resolve()).as_posix()], f"{name}: {href}"


def test_every_number_leads_to_a_passage_that_holds_its_words(open_page: Opener, page_names: list[str]) -> None:
    texts: dict[str, dict[str, str]] = {}
    opened = open_page("index.html")
    for name in (name for name in page_names if name.startswith("articles/")):
        marks = "Object.fromEntries([...document.querySelectorAll('mark[id]')].map(e => [e.id, e.textContent]))"
        texts[name] = opened.go(name).evaluate(marks)
    followed = 0
    for name in ["index.html", *(f"{report}.html" for report in REPORTS)]:
        numbers: list[Any] = opened.go(name).evaluate(
            "[...document.querySelectorAll('a.n[href^=\"articles/\"]')].map(e => [e.getAttribute('href'), e.dataset.q || '', e.dataset.e])"
        )
        for href, words, item in numbers:
            path, _, mark = href.partition("#")
            assert words in texts[unquote(path)][mark], f"{name}: {href} does not hold {words!r}"
            assert item
            followed += 1
    assert followed >= 10


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_the_screen(open_page: Opener, page_names: list[str], width: int) -> None:
    opened = open_page("index.html", width=width)
    for name in page_names:
        assert opened.go(name).evaluate(WIDTH) <= width, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_by_day_and_at_night(open_page: Opener, page_names: list[str], scheme: str) -> None:
    opened = open_page("index.html", color_scheme=scheme)
    for name in page_names:
        assert opened.go(name).evaluate(PALE) == [], name


def test_the_page_is_dark_where_the_reader_wants_it_dark(open_page: Opener) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert open_page("index.html", color_scheme="dark").page.evaluate(ground) == "rgb(19, 20, 22)"
    assert open_page("index.html", color_scheme="light").page.evaluate(ground) == "rgb(253, 253, 252)"


def test_a_card_shows_the_sentence_on_focus_and_hides_on_escape(open_page: Opener) -> None:
    page = open_page("deal_sizes.html").page
    number = page.locator('a.n[href^="articles/"]').first
    item = page.locator(f"#e{number.get_attribute('data-e')} q").inner_text()
    number.evaluate("e => { const before = document.createElement('button'); e.before(before); before.focus() }")
    page.keyboard.press("Tab")
    card = page.locator("#card")
    assert card.is_visible()
    assert card.locator("q").inner_text() == item
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_a_card_shows_under_the_pointer_and_inside_the_screen(open_page: Opener) -> None:
    page = open_page("deal_sizes.html", width=700).page
    page.locator("main table a.n").first.hover()
    page.locator("#card").wait_for(state="visible")
    box = page.locator("#card").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 700


def test_a_number_that_is_followed_lands_on_its_passage(open_page: Opener) -> None:
    page = open_page("deal_sizes.html", width=390).page
    number = page.locator('main table a.n[href^="articles/"]').first
    words = number.get_attribute("data-q") or ""
    number.click()
    page.wait_for_url("**/articles/**")
    target = page.locator("mark:target")
    assert words in target.inner_text()
    box = target.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_a_table_sorts_by_the_header_that_is_pressed(open_page: Opener) -> None:
    page = open_page("index.html").page
    table = page.locator("table.sort").filter(has_text="Title, or opening words")
    button = table.locator("button").get_by_text("Words", exact=True)
    column = """t => { const i = [...t.tHead.rows[0].cells].findIndex(c => c.textContent === 'Words')
      return [...t.tBodies[0].rows].map(r => +r.cells[i].textContent.replace(',', '')) }"""
    button.click()
    rising = table.evaluate(column)
    button.click()
    assert table.evaluate(column) == sorted(rising, reverse=True)
    assert rising == sorted(rising)
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("Words")


def test_without_scripts_everything_is_there_and_numbers_lead_to_their_passages(open_page: Opener) -> None:
    with_scripts = open_page("deal_sizes.html").page
    page = open_page("deal_sizes.html", java_script_enabled=False).page
    assert page.locator("h1").inner_text() == with_scripts.locator("h1").inner_text()
    assert page.locator("main tbody tr").count() == with_scripts.locator("main tbody tr").count()
    assert page.locator("thead button").count() == 0
    page.locator('main table a.n[href^="articles/"]').first.click()
    assert "/articles/" in page.url


def test_markup_in_an_article_is_shown_and_does_nothing(open_page: Opener) -> None:
    opened = open_page("articles/markup_in_the_text.html")
    assert opened.complaints == []
    assert "taken over" not in opened.page.title().removeprefix("Article").split(":", 1)[0]
    text = opened.page.locator(".article").inner_text()
    assert '<script>document.title = "taken over"</script> Brindle Games & <b>Lanternfield</b>' in text
    assert "{{ 7 * 7 }}" in text
    assert opened.page.locator(".article script, .article img, .article p a").count() == 0


def test_an_article_is_shown_word_for_word(open_page: Opener) -> None:
    source = PROJECT / "tests" / "examples" / "orrin_signs.txt"
    paragraphs = open_page("articles/orrin_signs.html").page.evaluate(
        "[...document.querySelectorAll('.par > .said')].map(e => e.textContent)"
    )
    assert paragraphs == [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_on_paper_the_navigation_goes_and_numbers_name_their_evidence(open_page: Opener) -> None:
    page = open_page("deal_sizes.html").page
    page.emulate_media(media="print")
    assert page.locator("header nav").is_hidden()
    number = page.locator("main table a.n[data-e]").first
    shown = number.evaluate("e => getComputedStyle(e, '::after').content")
    assert shown.strip('"') == number.get_attribute("data-e")


def test_nothing_of_the_seeds_is_in_reports_from_other_articles(site: Path) -> None:
    lines = {
        line.strip()
        for path in (PROJECT / "seeds").glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 30
    }
    names = re.compile(r"CoreWeave|Blackstone|Semafor|Nadella|" + "|".join(path.stem for path in (PROJECT / "seeds").glob("*.txt")))
    assert lines
    for path in [*site.rglob("*.html"), *site.rglob("*.ipynb"), site / "manifest.json"]:
        text = path.read_text(encoding="utf-8")
        assert not names.search(text), path.name
        assert not any(line in text for line in lines), path.name
