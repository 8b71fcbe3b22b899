"""Pictures of a few kinds of page, wide and narrow, small enough to keep, and how alike two of them are.

    python tests/browser/screens.py FOLDER   # take the pictures again, from a site of the seeds that `corewatch report` made

In: a page in the browser. Out: a grey picture of its top, an eighth as wide, in 16 shades: letters are too small to tell there, so that
another machine's fonts make little difference, and where the parts of the page are is all that is left. Two pictures are alike where few
of their points differ by much, each compared with its neighbours too, since a line that breaks elsewhere moves what is below.
"""

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, sync_playwright

SCREENS = Path(__file__).with_name("screens")
KINDS = ("index", "closed_loop", "deal_sizes", "revenue_growth", "articles", "deals", "companies")
WIDTHS = (320, 1440)
# Points of the page to one of the picture, and how much of the page is looked at.
SHRINK, HEIGHT = 8, 1600
# Points over which a picture is blurred before it is compared: a line of text that moved by one is still the same line.
BLUR = 2
# So much of the ink may be elsewhere. The same page again has 2 %, in a serif typeface 2 to 22 %; moved by 80 points sideways 24 to 72 %,
# without its style sheet 37 to 65 %, without its columns up to 56 %.
MOST = 0.23


def take(browser: Browser, address: str, width: int) -> Image.Image:
    """The picture of a page at a width, by day."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    shot = Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": HEIGHT})))
    context.close()
    return shot.convert("L").resize((width // SHRINK, HEIGHT // SHRINK), Image.Resampling.BOX)


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture with a palette of 16 greys."""
    picture.quantize(16).save(path, optimize=True)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of the ink of both pictures that the other has not in the same place, from 0 to 1; 1 where their sizes differ."""
    if one.size != other.size:
        return 1.0
    ground = float(np.median(np.asarray(one.convert("L"))))
    ink = [np.abs(ground - np.asarray(picture.convert("L").filter(ImageFilter.BoxBlur(BLUR)), dtype=float)) for picture in (one, other)]
    return float(np.abs(ink[0] - ink[1]).sum() / max(ink[0].sum() + ink[1].sum(), 1.0))


def main(root: Path) -> None:
    """Take every picture again."""
    from looking import walk

    SCREENS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        fullest = walk(browser, root).fullest()
        for kind in KINDS:
            for width in WIDTHS:
                keep(take(browser, (root / fullest[kind]).as_uri(), width), SCREENS / f"{kind}_{width}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
