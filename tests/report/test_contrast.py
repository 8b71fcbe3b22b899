"""Every pair of tokens that text is written in can be read by day and at night: computed as WCAG 2.2 has it, not looked at."""

import re

import pytest

from corewatch.report.shell import style

# Ink on what is below it; the second voice and links on paper and on quiet grounds; words on the colours of a figure.
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "link") for ground in ("paper", "wash")]
TEXT += [("ink", "tint"), ("ink", "target"), ("ink-2", "tint"), ("on", "p"), ("on", "f"), ("ink", "p-soft"), ("ink", "f-soft")]
# Shapes that mean something.
SHAPES = [("p", "paper"), ("f", "paper"), ("ink-2", "paper"), ("link", "tint")]
SELECTORS = {"light": r":root \{(.*?)\n\}", "dark": r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}"}


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme by their names."""
    found = re.search(SELECTORS[scheme], style(), re.DOTALL)
    assert found is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|#[0-9a-f]{3})\b", found[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_guidelines() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_4_5_to_1_and_shapes_3_to_1(scheme: str) -> None:
    colour = tokens(scheme)
    assert {pair: round(ratio(colour[pair[0]], colour[pair[1]]), 2) for pair in TEXT if ratio(colour[pair[0]], colour[pair[1]]) < 4.5} == {}
    assert {pair: round(ratio(colour[pair[0]], colour[pair[1]]), 2) for pair in SHAPES if ratio(colour[pair[0]], colour[pair[1]]) < 3} == {}
