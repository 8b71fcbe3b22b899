"""The tables of the invented corpus' site, each as a reader uses it: sorted by every header, searched, filtered, as it was again."""

from typing import Any

import pytest
from conftest import Newcomer
from looking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Every table sorted by every header, up and then down: what is out of order, and how many headers there were.
SORTED = """() => {
  const wrong = []
  let pressed = 0
  for (const table of document.querySelectorAll('table.sort')) {
    const before = [...table.tBodies[0].rows]
    for (const th of table.tHead.rows[0].cells) {
      const b = th.querySelector('button'), i = th.cellIndex
      for (const way of ['ascending', 'descending']) {
        b.click()
        pressed++
        const rows = [...table.tBodies[0].rows], keys = rows.map(r => r.cells[i].dataset.v ?? r.cells[i].textContent.trim())
        const known = keys.filter(Boolean), turn = way === 'ascending' ? 1 : -1
        const sorted = known.every((k, n) => !n || turn * known[n - 1].localeCompare(k, 'en', {numeric: true}) <= 0)
        const last = keys.slice(known.length).every(k => !k)
        const all = new Set(rows).size === before.length && rows.length === before.length
        if (!sorted || !last || !all || th.getAttribute('aria-sort') !== way)
          wrong.push(`${table.caption.textContent}: ${th.textContent}, ${way}`)
      }
    }
    table.tBodies[0].append(...before)
  }
  return {wrong, pressed}
}"""


def test_every_table_sorts_by_every_header_both_ways(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page()
    pressed = 0
    for kind, name in corpus.fullest().items():
        page.goto((corpus.root / name).as_uri())
        found: dict[str, Any] = page.evaluate(SORTED)
        assert found["wrong"] == [], kind
        pressed += found["pressed"]
    assert pressed >= 40


def test_a_search_leaves_the_rows_that_hold_all_its_words(corpus: Walk, new_page: Newcomer) -> None:
    page = new_page()
    page.goto((corpus.root / corpus.fullest()["deal_sizes"]).as_uri())
    field = page.locator("input[type=search]").first
    rows = page.locator("table.sort").filter(has=page.locator("th", has_text="Amount")).first.locator("tbody tr")
    there = rows.count()
    shown = "rows => rows.filter(r => r.getClientRects().length).map(r => r.textContent)"
    field.fill("tarnmoor halcyra")
    found: list[str] = rows.evaluate_all(shown)
    assert 1 <= len(found) < 6
    assert all("Tarnmoor" in text and "Halcyra" in text for text in found)
    assert f"{len(found)} of {there}" in page.locator("output").first.inner_text()
    field.fill("<b>nobody</b>")
    assert rows.evaluate_all(shown) == []
    field.press("Escape")
    assert len(rows.evaluate_all(shown)) == there
