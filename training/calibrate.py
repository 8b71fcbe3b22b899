"""Turn the confidence of metrics, ties and statements into how often such a row is right, and draw how well each keeps its word.

    python training/calibrate.py tests/accuracy/gold/seen/latest.jsonl --write     # texts that no rule was written with
    python training/calibrate.py tests/accuracy/gold/unseen --draw docs/reliability.svg

In: annotated texts, a `.jsonl` or a folder of such or of `NAME.txt` with `NAME.json`. Out: for each table the rows by tenth of confidence,
with the share that is right; with `--write` a slope and an offset a table in `corewatch/lexicon/weights/calibration.json` (Platt scaling of
the rules' own confidence; deals are calibrated where their weights are learned).
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "accuracy"))
from scoring import COLUMNS, ONCE, annotations, match, unpack

import corewatch
from corewatch.lexicon import weights as lexicon_weights

TABLES = {"deals": "deal_mentions", "metrics": "metric_mentions", "relations": "relations", "statements": "statements"}
FILE = Path(lexicon_weights.__file__).parent / "weights" / "calibration.json"
BINS = 10
FLATTEST = 0.1  # a confidence that tells nothing is near one number, in its own order


def judged(source: Path) -> dict[str, list[tuple[float, bool]]]:
    """For each table the confidence of every row, and whether the row is right."""
    with tempfile.TemporaryDirectory() as scratch:
        gold = unpack(source, Path(scratch)) if source.is_file() or list(source.glob("*.jsonl")) else source
        tables = corewatch.parse(gold)
        texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
        found: dict[str, list[tuple[float, bool]]] = {column: [] for column in TABLES}
        for path in sorted(gold.glob("*.json")):
            stated = annotations(path, texts[path.stem])
            for column, name in TABLES.items():
                _, key, rule = COLUMNS[column]
                frame = tables[name][tables[name]["doc_id"] == path.stem].drop_duplicates(ONCE.get(name))
                rows: list[dict[str, Any]] = frame.to_dict("records")
                right = {id(row) for row, _ in match(rows, stated[key], rule)} if rows and stated[key] else set()
                found[column] += [(float(row["confidence"]), id(row) in right) for row in rows]
    return found


def say(found: dict[str, list[tuple[float, bool]]]) -> None:
    """The reliability of each table, a line a tenth."""
    for column, rows in found.items():
        likely, right = np.array([row[0] for row in rows]), np.array([row[1] for row in rows], dtype=float)
        brier = float(np.mean((likely - right) ** 2)) if len(rows) else 0.0
        print(f"{column}: {len(rows)} rows, mean confidence {likely.mean():.3f}, right {right.mean():.3f}, Brier score {brier:.3f}")
        for low in np.arange(0, 1, 1 / BINS):
            inside = (likely >= low) & (likely < low + 1 / BINS + (low > 0.85))
            if inside.any():
                share = f"said {likely[inside].mean():.2f}  right {right[inside].mean():.2f}"
                print(f"  {low:.1f} to {low + 0.1:.1f}  rows {inside.sum():5}  {share}")


def learn(found: dict[str, list[tuple[float, bool]]], old: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Slope and offset for each table but deals, so that the logit of the rules' own confidence gives the share that is right."""
    numbers = {}
    for column, name in TABLES.items():
        if column == "deals":
            continue
        before = old.get(name, {"slope": 1.0, "offset": 0.0})
        said = np.clip([row[0] for row in found[column]], 0.01, 0.99)
        raw = (np.log(said / (1 - said)) - before["offset"]) / before["slope"]
        model = LogisticRegression(C=10.0).fit(raw[:, None], [row[1] for row in found[column]])
        numbers[name] = {"slope": round(max(float(model.coef_[0][0]), FLATTEST), 3), "offset": round(float(model.intercept_[0]), 3)}
    return numbers


def draw(found: dict[str, list[tuple[float, bool]]], path: Path) -> None:
    """The reliability curves as a figure: what a confidence says against how often it was right."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "reliability", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(found), figsize=(10, 2.9), sharey=True)
    for axis, (column, rows) in zip(axes, found.items(), strict=True):
        ordered = sorted(rows)
        parts = [part for part in np.array_split(np.arange(len(ordered)), 8) if len(part)]
        said = [float(np.mean([ordered[at][0] for at in part])) for part in parts]
        right = [float(np.mean([ordered[at][1] for at in part])) for part in parts]
        axis.plot([0, 1], [0, 1], color="#999999", linewidth=0.8)
        axis.plot(said, right, marker="o", markersize=3, color="#0b5fa5")
        axis.set(title=f"{column} ({len(rows)} rows)", xlim=(0, 1), ylim=(0, 1), xlabel="confidence")
    axes[0].set_ylabel("share that is right")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Say, write and draw as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--draw", type=Path)
    options = parser.parse_args()
    found = judged(options.source)
    say(found)
    if options.draw:
        draw(found, options.draw)
    if options.write:
        old = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        FILE.write_text(json.dumps(learn(found, old), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
