"""What is looked for on a page, in the page's own language, and one walk over a site that keeps what it saw.

In: a page in the browser. Out: lists of what is wrong, empty where nothing is, or facts that tests compare.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, Page

# What kind of part of a page an element is.
PART = "(e => [e.localName, ...[...e.classList].sort()].join('.') + (e.closest('svg') ? '' : ' in ' + e.parentElement.localName))"

# Everything that a walk needs of a page, taken at once.
FACTS = """() => {
  const part = PART
  const all = (css, of) => [...document.querySelectorAll(css)].map(of)
  const name = e => e.outerHTML.slice(0, 110)
  const figures = [...document.querySelectorAll('main figure')]
  const follows = (f, e) => f.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING
  return {
    title: document.title,
    policy: all('meta[http-equiv="Content-Security-Policy"]', e => e.content),
    ids: all('[id]', e => e.id),
    parts: [...new Set(all('body *', part))],
    links: all('a[href]', e => e.getAttribute('href')),
    marks: Object.fromEntries(all('mark[id]', e => [e.id, e.textContent])),
    numbers: all('a.n[href]', e => [e.getAttribute('href'), e.dataset.q || '', e.dataset.e || '']),
    items: Object.fromEntries(all('.evidence li[id]', e => [e.id, e.textContent])),
    foreign: all('script[src], link[rel=stylesheet], img[src^="http"], iframe, object, embed, form, base', name),
    handlers: all('*', e => e.getAttributeNames().filter(n => n.startsWith('on'))).flat(),
    unnamed: [...document.querySelectorAll('main svg, main img')]
      .filter(e => !e.getAttribute('aria-label') && !e.getAttribute('alt') && e.getAttribute('aria-hidden') !== 'true').map(name),
    // A figure is no use to who cannot see it without its numbers: the next table, before the next figure or in it.
    tableless: figures.filter((f, i) => {
      if (!f.querySelector('svg') || f.querySelector('table')) return false
      const table = [...document.querySelectorAll('main table')].find(t => follows(f, t))
      return !table
    }).map(f => f.querySelector('h2')?.textContent || name(f)),
  }
}""".replace("PART", PART)

# Text that is cut off, or sticks out of the screen without a way to scroll to it.
CUT = """() => {
  const found = [], wide = document.documentElement.clientWidth
  const scrolls = e => { for (; e && e !== document.body; e = e.parentElement)
    if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true
    return false }
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('.vh, .skip, #card, svg') || !e.getClientRects().length || !e.textContent.trim()) continue
    const style = getComputedStyle(e), own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && style.display !== 'inline')
      found.push('cut: ' + e.outerHTML.slice(0, 100))
    if (!own || scrolls(e)) continue
    const range = document.createRange()
    range.selectNodeContents(e)
    const right = Math.max(...[...range.getClientRects()].map(r => r.right))
    if (right > wide + 1) found.push(`sticks out ${Math.round(right - wide)} px: ` + e.outerHTML.slice(0, 100))
  }
  for (const t of document.querySelectorAll('svg text')) {
    if (!t.getClientRects().length || scrolls(t)) continue
    const box = t.getBoundingClientRect()
    if (box.right > wide + 1 || box.left < -1) found.push(`drawn outside ${Math.round(box.right - wide)} px: ` + t.outerHTML.slice(0, 120))
  }
  return found
}"""

# Words of a drawing that lie on one another: more than a few pixels in both directions.
OVERLAPS = """() => {
  const found = []
  for (const svg of document.querySelectorAll('main svg')) {
    if (!svg.getClientRects().length) continue
    const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => [t, t.getBoundingClientRect()])
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
      const [a, b] = [boxes[i][1], boxes[j][1]]
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (x > 3 && y > 5) found.push(`${boxes[i][0].textContent} / ${boxes[j][0].textContent}`)
    }
  }
  return found
}"""

# What the keyboard should reach, in the order of the page.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden'
    && !e.closest('details:not([open]) > :not(summary)')).length"""

# Where the keyboard is: its place in the document, and whether one sees it.
FOCUSED = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  window.places ??= new Map([...document.querySelectorAll('*')].map((e, i) => [e, i]))
  const style = getComputedStyle(e), box = e.getBoundingClientRect()
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  return {place: places.get(e), seen: outlined && box.bottom > 0 && box.top < innerHeight, name: e.outerHTML.slice(0, 110)}
}"""

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"], "preload": False}


def kind_of(name: str) -> str:
    """What kind of page a page is: pages of one kind are filled from one template."""
    folder, _, file = name.removeprefix("latest/").rpartition("/")
    if folder and file == "index.html":
        return f"list of {folder}"
    return folder or ("runs" if name == "index.html" else file.removesuffix(".html"))


@dataclass
class Seen:
    """What a page showed when it was visited."""

    facts: dict[str, Any]
    requests: list[str]
    complaints: list[str]
    size: int


@dataclass
class Walk:
    """A site, and what each of its pages showed; names are paths below `root`."""

    root: Path
    pages: dict[str, Seen] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Every page."""
        return list(self.pages)

    def fullest(self) -> dict[str, str]:
        """The largest page of each kind, by kind: it has every part that its template can fill."""
        return {kind_of(name): name for name in sorted(self.pages, key=lambda name: self.pages[name].size)}

    def parts(self) -> set[str]:
        """Every part that any page has."""
        return {part for seen in self.pages.values() for part in seen.facts["parts"]}

    def telling(self, met: Collection[str] = ()) -> list[str]:
        """Pages that have between them every part that any page has but those already `met`, the fullest first."""
        known = set(met)
        found = []
        for name in sorted(self.pages, key=lambda name: -self.pages[name].size):
            parts = set(self.pages[name].facts["parts"])
            if parts - known:
                found.append(name)
                known |= parts
        return found

    def numbers(self) -> Iterator[tuple[str, str, str, str]]:
        """Every number that is a link: its page, where it leads, the words that it shows, and its item of evidence."""
        for name, seen in self.pages.items():
            for href, words, item in seen.facts["numbers"]:
                yield name, href, words, item


def names_of(root: Path) -> list[str]:
    """The pages that readers see: the newest edition's, and the page of all runs above them."""
    newest = root / "latest" if (root / "latest").exists() else root
    found = sorted(path.relative_to(root).as_posix() for path in newest.rglob("*.html"))
    return found if newest == root else ["index.html", *found]


def walk(browser: Browser, root: Path) -> Walk:
    """Visit every page of a site once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page, walked = context.new_page(), Walk(root)
    requests, complaints = watched(page)
    for name in names_of(root):
        requests.clear()
        complaints.clear()
        page.goto((root / name).as_uri())
        walked.pages[name] = Seen(page.evaluate(FACTS), list(requests), list(complaints), (root / name).stat().st_size)
    context.close()
    return walked


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Lists that fill with what the page asks for, and with what it complains of or would make a reader answer."""
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(dialog: Dialog) -> None:
        # Where nobody answers it the page hangs, too.
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", answer)
    return requests, complaints
