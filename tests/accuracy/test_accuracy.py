"""The extraction's scores on annotated articles, held to floors that somebody wrote down."""

import json
from pathlib import Path

import pytest
from gate import NONE, deals_without
from scoring import score, unpack

import corewatch
from corewatch.tables import Tables

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text())


@pytest.fixture(scope="module")
def seeds_as_read() -> Tables:
    return corewatch.parse(SEEDS, corrections=False)


@pytest.fixture(scope="module")
def seeds_as_corrected() -> Tables:
    return corewatch.parse(SEEDS)


@pytest.fixture(scope="module")
def dev() -> Tables:
    return corewatch.parse(HERE / "gold" / "dev")


def below(scores: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {column: (scores[column], floor) for column, floor in floors.items() if scores[column] < floor}


def test_the_seeds_as_read_keep_to_their_floors(seeds_as_read: Tables) -> None:
    assert below(score(seeds_as_read, HERE / "gold" / "seeds"), FLOORS["seeds"]) == {}


def test_the_development_articles_keep_to_their_floors(dev: Tables) -> None:
    assert below(score(dev, HERE / "gold" / "dev"), FLOORS["dev"]) == {}


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_the_written_texts_keep_to_their_floors(part: str, tmp_path: Path) -> None:
    gold = unpack(HERE / "gold" / part, tmp_path)
    tables = corewatch.parse(gold)
    assert below(score(tables, gold), FLOORS[part]) == {}
    assert deals_without(tables, gold) <= FLOORS[NONE][part]


def test_the_seeds_as_corrected_equal_their_annotation_in_every_column(seeds_as_corrected: Tables) -> None:
    scores = score(seeds_as_corrected, HERE / "gold" / "seeds")
    assert scores == dict.fromkeys(scores, 1.0)


def test_no_correction_of_the_seeds_is_stale_or_without_effect(seeds_as_corrected: Tables) -> None:
    assert set(seeds_as_corrected.corrections["outcome"]) == {"applied"}


def test_an_article_without_a_deal_gives_none(dev: Tables) -> None:
    assert deals_without(dev, HERE / "gold" / "dev") <= FLOORS[NONE]["dev"]
