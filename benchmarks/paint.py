"""When a reader sees something of each page: the first paint in Chromium, slowed down to a phone.

    python benchmarks/paint.py reports/latest      # a site that `corewatch report` made
    python benchmarks/paint.py reports/latest --fast

In: a folder of pages. Out: a JSON line a page, slowest last: milliseconds to the first contentful paint, the middle of three visits, as the
browser's own clock has it, and kilobytes. The processor is slowed four times, which is how Lighthouse makes a slow phone of a laptop;
what a slow network would add is on the page's size, since a page asks for nothing but itself: at 1.6 megabits a second, 5 ms a kilobyte,
in `with_network`, as if nothing were painted before the last byte.
"""

import json
import shutil
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

VISITS = 3
SLOWER = 4
# Lighthouse's slow 4G.
BITS_A_SECOND, ROUND_TRIP = 1.6e6, 150
PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  const first = list.getEntriesByName('first-contentful-paint')[0]
  if (first) done(first.startTime)
}).observe({type: 'paint', buffered: true}))"""


def main(folder: Path, *, slower: int) -> None:
    """Measure and print."""
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 780}, device_scale_factor=2, is_mobile=True).new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        for path in sorted(folder.rglob("*.html")):
            times = []
            for _ in range(VISITS):
                page.goto(path.resolve().as_uri(), wait_until="commit")
                times.append(page.evaluate(PAINT))
            size = path.stat().st_size
            first = statistics.median(times)
            network = size * 8 / BITS_A_SECOND * 1000 + ROUND_TRIP
            lines.append(
                {
                    "page": path.relative_to(folder).as_posix(),
                    "first_paint": round(first),
                    "with_network": round(first + network),
                    "kB": size // 1000,
                }
            )
        browser.close()
    for line in sorted(lines, key=lambda line: line["first_paint"]):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), slower=1 if "--fast" in sys.argv else SLOWER)
