"""Hold the scores to their floors, and raise the floors where the scores have risen.

    python tests/accuracy/gate.py            # say every score beside its floor
    python tests/accuracy/gate.py --write    # raise the floors; a score below its floor is an error
    python tests/accuracy/gate.py --write --allow-regression   # lower them as well; say why in the changelog

A floor is the score rounded down to two places. `most_deals_in_articles_without_one` counts the rows in articles that state no deal.
"""

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path

from scoring import score, unpack

import corewatch
from corewatch.tables import Tables

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
NONE = "most_deals_in_articles_without_one"


def deals_without(tables: Tables, gold: Path) -> int:
    """The rows of deals in the articles of a folder that state none."""
    without = [path.stem for path in gold.glob("*.json") if not json.loads(path.read_text(encoding="utf-8"))["deals"]]
    return int(tables.deal_mentions["doc_id"].isin(without).sum())


def measure() -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    """The scores of every part, and its rows of deals where there are none."""
    scores = {"seeds": score(corewatch.parse(HERE.parents[1] / "seeds", corrections=False), HERE / "gold" / "seeds")}
    wrong = {}
    for part in ("dev", "seen", "unseen"):
        with tempfile.TemporaryDirectory() as folder:
            gold = HERE / "gold" / "dev" if part == "dev" else unpack(HERE / "gold" / part, Path(folder))
            tables = corewatch.parse(gold)
            scores[part], wrong[part] = score(tables, gold), deals_without(tables, gold)
    return scores, wrong


def main() -> None:
    """Compare, and write as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    scores, wrong = measure()
    fallen = []
    for part, columns in scores.items():
        for column, value in columns.items():
            floor = floors.get(part, {}).get(column, 0.0)
            sys.stdout.write(f"{part:8}{column:14}{value:.3f}  floor {floor:.2f}\n")
            fallen += [f"{part} {column}: {value:.3f} is below {floor:.2f}"] if value < floor else []
    for part, count in wrong.items():
        sys.stdout.write(f"{part:8}{count} deals in articles without one, at most {floors[NONE].get(part, 'any')}\n")
        fallen += [f"{part}: {count} deals in articles without one"] if count > floors[NONE].get(part, count) else []
    if fallen and not options.allow_regression:
        sys.exit("\n".join(["fallen:", *fallen]))
    if options.write:
        new: dict[str, dict[str, float]] = {
            part: {column: math.floor(value * 100) / 100 for column, value in columns.items()} for part, columns in scores.items()
        }
        FLOORS.write_text(json.dumps({**new, NONE: wrong}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
