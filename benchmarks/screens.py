"""The pictures of finished pages in docs/screens/, taken again from the site of the seeds.

    python benchmarks/screens.py reports/latest

In: a site that `corewatch report` made of seeds/. Out: PNG files with a palette, each below 300 kB.
"""

import io
import shutil
import sys
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import sync_playwright

SCREENS = Path(__file__).resolve().parents[1] / "docs" / "screens"
MOST_BYTES = 300_000
Scheme = Literal["light", "dark"]
# Name, page (the largest of those that fit, lists apart), width and height of the window, scheme.
PICTURES: list[tuple[str, str, int, int, Scheme]] = [
    ("index", "index.html", 1280, 1000, "light"),
    ("closed_loop_phone", "closed_loop.html", 390, 844, "dark"),
    ("deal", "deals/*.html", 1280, 1000, "light"),
    ("article", "articles/*.html", 1280, 900, "light"),
]


def main(site: Path) -> None:
    """Take every picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, pattern, width, height, scheme in PICTURES:
            path = max(
                (found for found in site.glob(pattern) if "*" not in pattern or found.stem != "index"),
                key=lambda found: found.stat().st_size,
            )
            scale = 2 if width < 600 else 1
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=scale, offline=True
            )
            page = context.new_page()
            page.goto(path.resolve().as_uri())
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64, dither=Image.Dither.NONE)
            target = SCREENS / f"{name}.png"
            picture.save(target, optimize=True)
            size = target.stat().st_size
            if size >= MOST_BYTES:
                raise SystemExit(f"{target}: {size} bytes; make its window smaller")
            sys.stdout.write(f"{target.name}: {path.name}, {size} bytes\n")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
