"""Learn the weights of the choice among deals from annotated articles, and say how good it is on articles that it has not seen.

    python training/train_deals.py tests/accuracy/gold/dev tests/accuracy/gold/seen [--check tests/accuracy/gold/unseen] [--write]

In: folders of `NAME.txt` with `NAME.json`, and of `*.jsonl`, a text with what it states a line (`tests/accuracy/gold/README.md`).
Out: F1 of deals and accuracy of status by folder, each article judged by weights that were learned without it; with `--write`
the files of `corewatch/lexicon/weights/`, learned from all the folders but those under `--check`.

Kind and status are multinomial logits, payer and payee conditional logits over the candidates of an event, all with an L2 penalty.
The weights of a party's feature are a shared part, a part for a group of kinds and a part for each kind, so that a kind with few examples
leans on the others. An event whose amount the annotation gives in another sentence is left out: it may be told or not.
"""

import argparse
import csv
import json
import random
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "accuracy"))
from scoring import match, parties, same_bounds, same_deal, similar_deal

from corewatch.language.reading import read_article
from corewatch.lexicon.deals import KINDS
from corewatch.lexicon.weights import DealWeights, Weights
from corewatch.mentions.deal_choice import NONE, Choice, is_kept, without_restatements
from corewatch.mentions.deal_event_features import Features, event_features, status_features
from corewatch.mentions.deal_events import Event, read_events
from corewatch.mentions.deal_memory import Memory, remember
from corewatch.mentions.deal_party_features import Candidate, candidates_of, pair_features, role_features
from corewatch.mentions.deal_readings import read_first
from corewatch.mentions.deals import judge
from corewatch.mentions.metrics import find_metric_mentions

Gold = dict[str, Any]
GROUPS = {
    "compute": "goods", "hardware": "goods", "colocation": "goods", "equity": "money", "debt": "money", "ipo": "money",
    "acquisition": "acquisition", "capex": "capex", "backstop": "backstop",
}  # fmt: skip
SORTS = ("amount", "act")
WEIGHTS = Path(__file__).parents[1] / "corewatch" / "lexicon" / "weights"
SOFT = 0.15  # inverse penalty of kind and status; 0.05 to 1.0 tried
FIRM = 2.0  # penalty of the parties; 0.7 to 5 tried
LEAST_EVENTS = 2  # a feature of fewer events says nothing of others
LEAST_WEIGHT = 0.015
FOLDS = 4


@dataclass
class Example:
    """An event with its features, and what the annotation says of it; `use` is false where the annotation leaves it open."""

    event: Event
    features: Features
    gold: Gold | None = None
    use: bool = True
    candidates: list[Candidate] = field(default_factory=list)
    payer: int | None = None
    payee: int | None = None
    status: Features = field(default_factory=dict)


@dataclass
class Sample:
    """An annotated text with its examples."""

    folder: str
    name: str
    memory: Memory
    gold: Gold
    examples: list[Example]


def read_samples(folder: Path) -> Iterator[Sample]:
    """The annotated texts of a folder."""
    for path in sorted(folder.glob("*.json")):
        yield sample_of(folder.name, path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text("utf-8")))
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            yield sample_of(folder.name, gold["doc_id"], gold["text"], gold)


def sample_of(folder: str, name: str, text: str, gold: Gold) -> Sample:
    """A text with its events and what the annotation says of each."""
    article = read_article(name, text)
    memory = remember(read_first(article, find_metric_mentions(article)))
    examples = [Example(event, event_features(event, memory)) for event in read_events(memory.first)]
    for deal in gold["deals"]:
        start = text.find(deal["evidence"])
        end = start + len(deal["evidence"])
        if deal["low"] is None and deal["high"] is None:
            label_act(deal, start, end, examples, memory)
        else:
            label_amount(deal, start, end, examples)
    for example in examples:
        if example.gold is not None:
            example.candidates = example.candidates or candidates_of(example.event, memory)
            example.payer, example.payee = (place_of(example.gold[side], example.candidates) for side in ("payer", "payee"))
            example.status = status_features(example.event, example.gold["kind"], example.features, text)
    return Sample(folder, name, memory, gold, examples)


def label_amount(deal: Gold, start: int, end: int, examples: Sequence[Example]) -> None:
    """The first amount of the evidence that is the deal's gets the deal; the same amount elsewhere may be told or not."""
    same = [
        example
        for example in examples
        if example.gold is None
        and example.event.figure is not None
        and same_bounds({"low": example.event.figure.low, "high": example.event.figure.high}, deal)
    ]
    inside = [example for example in same if example.event.figure is not None and start <= example.event.figure.start < end]
    for example in same:
        example.use = False
    for example in inside[:1]:
        example.gold, example.use = deal, True


def label_act(deal: Gold, start: int, end: int, examples: Sequence[Example], memory: Memory) -> None:
    """The act of the evidence whose grammar binds both parties best gets the deal; other acts of it are left open."""
    best: tuple[float, Example] | None = None
    wanted = {parties(deal["payer"]), parties(deal["payee"])}
    for example in examples:
        sentence = example.event.phrase.sentence
        if example.event.figure is not None or example.gold is not None or sentence.end <= start or sentence.start >= end:
            continue
        example.candidates = example.candidates or candidates_of(example.event, memory)
        bound = [candidate for candidate in example.candidates if candidate.names and parties("; ".join(candidate.names)) in wanted]
        example.use = False
        if len(bound) < 2:
            continue
        grammar = sum(any(name.startswith(("verb 1:", "owner", "noun ")) for name in candidate.features) for candidate in bound)
        score = 2.0 * grammar + sum("said" in candidate.features for candidate in bound)
        score += example.features.get("most votes:" + deal["kind"], 0.0) + 2.0 * (example.event.draft is not None)
        if best is None or score > best[0]:
            best = (score, example)
    if best is not None:
        best[1].gold, best[1].use = deal, True


def place_of(party: str | None, candidates: Sequence[Candidate]) -> int | None:
    """Which candidate a party is, null where it is none of them."""
    return next((at for at, one in enumerate(candidates) if parties("; ".join(one.names) or None) == parties(party)), None)


def known_features(features: Iterable[Features]) -> set[str]:
    """The features that enough events have."""
    counts = Counter(name for one in features for name in one)
    return {name for name, count in counts.items() if count >= LEAST_EVENTS}


def learn_answers(features: list[Features], answers: list[str]) -> Weights:
    """A multinomial logit."""
    known = known_features(features)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{name: value for name, value in one.items() if name in known} for one in features])
    model = LogisticRegression(C=SOFT, max_iter=400, fit_intercept=False).fit(table, answers)
    return weights_from(list(vectorizer.get_feature_names_out()), tuple(model.classes_), model.coef_.T)


def learn_party(groups: list[tuple[list[Features], int, str, str]]) -> Weights:
    """A conditional logit: groups of alternatives with the right one, the kind of the deal and the sort of its event."""
    known = known_features(one for alternatives, *_ in groups for one in alternatives)
    expanded = [
        {part + name: value for name, value in one.items() if name in known for part in ("", GROUPS[kind] + "|", kind + "|", sort + "|")}
        for alternatives, _, kind, sort in groups
        for one in alternatives
    ]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(expanded).tocsr()
    sizes = np.array([len(alternatives) for alternatives, *_ in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([place for _, place, *_ in groups])
    group = np.repeat(np.arange(len(groups)), sizes)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        top = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - top[group])
        sums = np.add.reduceat(shares, starts)
        gain = -(shares / sums[group])
        gain[right] += 1
        likelihood = (scores[right] - top - np.log(sums)).sum()
        return -likelihood + 0.5 * FIRM * (weights @ weights), -(table.T @ gain) + FIRM * weights

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weight = dict(zip(vectorizer.get_feature_names_out(), found, strict=True))
    names = sorted(known)
    rows = [
        [weight.get(name, 0.0) + weight.get(f"{GROUPS[kind]}|{name}", 0.0) + weight.get(f"{kind}|{name}", 0.0) for kind in KINDS]
        + [weight.get(f"{sort}|{name}", 0.0) for sort in SORTS]
        for name in names
    ]
    return weights_from(names, (*KINDS, *SORTS), np.array(rows))


def weights_from(names: list[str], answers: tuple[str, ...], table: Any) -> Weights:
    """Weights as their file has them: rounded, without rows that say next to nothing."""
    table = np.round(table, 3)
    table[np.abs(table) < LEAST_WEIGHT] = 0.0
    keep = [at for at in range(len(names)) if table[at].any()]
    return Weights(tuple(str(answer) for answer in answers), {names[at]: row for row, at in enumerate(keep)}, table[keep])


def learn(samples: Sequence[Sample]) -> DealWeights:
    """The weights of all questions."""
    examples = [example for sample in samples for example in sample.examples if example.use]
    questions = {}
    for question, amounts in (("amount_kind", True), ("act_kind", False)):
        chosen = [example for example in examples if (example.event.figure is not None) == amounts]
        answers = [example.gold["kind"] if example.gold is not None else NONE for example in chosen]
        questions[question] = learn_answers([example.features for example in chosen], answers)
    told = [example for example in examples if example.gold is not None]
    questions["status"] = learn_answers([example.status for example in told], [example.gold["status"] for example in told if example.gold])
    bound = [(example, example.gold) for example in told if example.payer is not None and example.payee is not None and example.gold]
    payers, payees = [], []
    for example, gold in bound:
        sort = SORTS[example.event.figure is None]
        one = example.candidates[example.payer or 0]
        grammar = role_features(example.event, gold["kind"], example.candidates)
        alone = [{**candidate.features, **said} for candidate, said in zip(example.candidates, grammar, strict=True)]
        payers.append((alone, example.payer or 0, gold["kind"], sort))
        beside = [{**said, **pair_features(one, candidate)} for candidate, said in zip(example.candidates, alone, strict=True)]
        payees.append((beside, example.payee or 0, gold["kind"], sort))
    questions["payer"], questions["payee"] = learn_party(payers), learn_party(payees)
    return DealWeights(questions, {})


def row_of(choice: Choice) -> Gold:
    """A choice as the scorer compares it."""
    figure = choice.event.figure
    payer, payee = ("; ".join(side.names) or None for side in (choice.payer, choice.payee))
    low, high = (figure.low, figure.high) if figure is not None else (None, None)
    return {"kind": choice.kind, "payer": payer, "payee": payee, "low": low, "high": high}


def scored(samples: Sequence[Sample], choices: dict[str, list[Choice]], cuts: dict[str, float]) -> tuple[float, float, float, int, int]:
    """F1 of deals, strict and loose, precision, rows and annotated deals."""
    hits = loose = rows = stated = 0
    for sample in samples:
        found = without_restatements([choice for choice in choices[sample.name] if is_kept(choice, cuts)])
        distinct = list({tuple(row.items()): row for row in map(row_of, found)}.values())
        if distinct and sample.gold["deals"]:
            hits += len(list(match(distinct, sample.gold["deals"], same_deal)))
            loose += len(list(match(distinct, sample.gold["deals"], similar_deal)))
        rows, stated = rows + len(distinct), stated + len(sample.gold["deals"])
    return 2 * hits / max(rows + stated, 1), 2 * loose / max(rows + stated, 1), hits / max(rows, 1), rows, stated


def tune(samples: Sequence[Sample], choices: dict[str, list[Choice]]) -> dict[str, float]:
    """The cuts with the best F1, first those of amounts, then those of acts."""
    cuts = {"amount deal": 9.0, "amount likely": 9.0, "act deal": 9.0, "act likely": 9.0}
    for sort in SORTS:
        options = [
            {**cuts, f"{sort} deal": deal, f"{sort} likely": likely}
            for deal in (0.1, 0.2, 0.3, 0.4, 0.5)
            for likely in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
        ]
        cuts = max(options, key=lambda option: scored(samples, choices, option)[0])
    return cuts


def calibrate(samples: Sequence[Sample], choices: dict[str, list[Choice]]) -> dict[str, float]:
    """Slope and offset that turn the choice's own probability into how often such a row is right."""
    found: dict[str, float] = {}
    for sort in SORTS:
        logits, right = [], []
        for sample in samples:
            of_sort = [choice for choice in choices[sample.name] if (choice.event.figure is None) == (sort == "act")]
            rows = [row_of(choice) for choice in of_sort]
            hits = {id(row) for row, _ in match(rows, sample.gold["deals"], same_deal)} if rows and sample.gold["deals"] else set()
            for row, choice in zip(rows, of_sort, strict=True):
                likely = min(max(choice.likely, 1e-6), 1 - 1e-6)
                logits.append([np.log(likely / (1 - likely))])
                right.append(id(row) in hits)
        model = LogisticRegression(C=100.0).fit(logits, right)
        found |= {f"{sort} slope": round(float(model.coef_[0][0]), 3), f"{sort} offset": round(float(model.intercept_[0]), 3)}
    return found


SAMPLES: list[Sample] = []


def judge_fold(fold: int) -> dict[str, list[Any]]:
    """The choices for the texts of one fold by weights learned from the others, with events as places in their sample."""
    order = list(range(len(SAMPLES)))
    random.Random(1).shuffle(order)
    weights = learn([SAMPLES[at] for nth, at in enumerate(order) if nth % FOLDS != fold])
    return {SAMPLES[at].name: choices_of(SAMPLES[at], weights) for at in order[fold::FOLDS]}


def choices_of(sample: Sample, weights: DealWeights) -> list[Choice]:
    """What the weights choose in a text."""
    return judge([example.event for example in sample.examples], sample.memory, weights)


def report(samples: Sequence[Sample], choices: dict[str, list[Choice]], cuts: dict[str, float]) -> None:
    """A line a folder."""
    by_folder: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_folder[sample.folder].append(sample)
    for folder, members in sorted(by_folder.items()):
        strict, loose, precision, rows, stated = scored(members, choices, cuts)
        counts = f"texts {len(members):4}  deals {stated:5}  rows {rows:5}"
        print(f"{folder:12} {counts}  F1 {strict:.3f}  loose {loose:.3f}  precision {precision:.3f}")


def write(weights: DealWeights) -> None:
    """The weights as files."""
    WEIGHTS.mkdir(exist_ok=True)
    for question, table in weights.questions.items():
        with (WEIGHTS / f"{question}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["feature", *table.answers])
            for name, at in sorted(table.rows.items()):
                writer.writerow([name, *("" if cell == 0 else f"{cell:g}" for cell in table.table[at])])
    (WEIGHTS / "cuts.json").write_text(json.dumps(dict(sorted(weights.cuts.items())), indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Train, check and write as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", type=Path, default=[], help="folders that are only judged")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    SAMPLES.extend(sample for folder in options.folders for sample in read_samples(folder))
    choices: dict[str, list[Choice]] = {}
    with ProcessPoolExecutor(2) as pool:
        for fold in pool.map(judge_fold, range(FOLDS)):
            choices |= fold
    cuts = tune(SAMPLES, choices)
    cuts |= calibrate(SAMPLES, choices)
    print(json.dumps(cuts))
    report(SAMPLES, choices, cuts)
    weights = learn(SAMPLES)
    checked = [sample for folder in options.check for sample in read_samples(folder)]
    report(checked, {sample.name: choices_of(sample, weights) for sample in checked}, cuts)
    if options.write:
        write(DealWeights(weights.questions, cuts))


if __name__ == "__main__":
    main()
