"""The page on joining says of each rule what the lexicon says."""

import re
from pathlib import Path

from corewatch.lexicon.joins import joins

PAGE = Path(__file__).parents[2] / "docs" / "reconciliation.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\d.]+) \| (\d+ of \d+|not measured) \| (.+) \|$", re.MULTILINE)


def test_the_table_of_rules_is_that_of_the_lexicon() -> None:
    told = {rule: (float(confidence), why) for rule, confidence, _, why in ROW.findall(PAGE.read_text(encoding="utf-8"))}
    assert told == {name: (rule.confidence, rule.why) for name, rule in joins().items()}


def test_a_measured_confidence_is_the_share_with_one_right_and_one_wrong_link_added() -> None:
    for rule, confidence, measured, _ in ROW.findall(PAGE.read_text(encoding="utf-8")):
        if measured != "not measured":
            right, made = map(int, measured.split(" of "))
            assert abs(float(confidence) - (right + 1) / (made + 2)) <= 0.005, rule
