"""Signs that turn the direction of text are seen, do nothing, and stay where they were."""

import html
import re

from markupsafe import Markup

from corewatch.report.direction import SIGNS, named, with_signs
from corewatch.report.shell import Site, whole_page

TURNED = "The amount reads \u202enoillim 09$\u2069."


def test_a_sign_is_named_in_an_element_of_its_own_and_the_text_is_the_same() -> None:
    shown = with_signs(Markup("<q>{}</q>").format(TURNED))
    assert '<span class="sign" data-sign="RLO" title="U+202E, right-to-left override: ' in shown
    assert re.findall(r'data-sign="(\w+)"', shown) == ["RLO", "PDI"]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == TURNED
    assert len(SIGNS) == 12


def test_attributes_stay_and_drawings_and_titles_have_the_name() -> None:
    body = Markup('<svg aria-label="a\u202eb"><text>c\u202ed</text></svg><a data-q="e\u202ef">g</a>')
    assert with_signs(body) == body.replace("c\u202ed", "c[RLO]d")
    assert named("a\u202eb") == "a[RLO]b"
    assert "<title>a[RLO]b · corewatch</title>" in whole_page("a\u202eb", Markup("<h1>a</h1>"), here="", site=Site())


def test_text_without_such_signs_is_the_same_object() -> None:
    body = Markup("<p>שלום and סוף</p>")
    assert with_signs(body) is body
