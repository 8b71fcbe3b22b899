"""Each kind of page still has its parts where they were; `screens.py` takes the pictures again after a change that is meant."""

import pytest
from looking import Walk
from PIL import Image, ImageChops
from playwright.sync_api import Browser
from screens import KINDS, MOST, SCREENS, WIDTHS, take, unlike

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_kind_of_page_looks_as_it_did(seeds: Walk, browser: Browser, width: int) -> None:
    found = {}
    for kind in KINDS:
        with Image.open(SCREENS / f"{kind}_{width}.png") as kept:
            found[kind] = round(unlike(take(browser, (seeds.root / seeds.fullest()[kind]).as_uri(), width), kept), 3)
    assert {kind: share for kind, share in found.items() if share > MOST} == {}


def test_a_page_whose_parts_moved_is_noticed() -> None:
    with Image.open(SCREENS / "index_1440.png") as opened:
        kept = opened.convert("L")
    assert unlike(kept, kept) == 0
    assert unlike(kept, ImageChops.offset(kept, 24, 0)) > MOST
    assert unlike(kept, Image.new("L", kept.size, 253)) > MOST
    assert unlike(kept, kept.crop((0, 0, kept.width, kept.height - 1))) == 1
