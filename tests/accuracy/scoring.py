"""How well tables agree with annotated articles: precision, recall and F1 of each table, by one-to-one matching of rows.

In: the tables of a parse, and a folder of annotations (`NAME.json` for the document `NAME`). Out: a `Score` a column:

- `figures`: overlapping, same kind, bounds and unit
- `deals`: same kind, payer, payee and bounds; `deals_loose`: same bounds, and one party in its role
- `metrics`: same company, metric, counterpart, period and bounds
- `relations`: same pair and tie (a rivalry or partnership either way round)
- `statements`: quotes that overlap by half, of the same speaker
- `status`, `term`, `stance`: the share of matched rows that agree

Amounts agree within half a percent. Rows that say the same deal, metric or tie of one article count once.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from corewatch.tables import Tables

Row = dict[str, Any]
Rule = Callable[[Row, Row], bool]


@dataclass
class Score:
    """Counts of rows; `matched` out of `found` and out of `stated`."""

    matched: int = 0
    found: int = 0
    stated: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was found and nothing stated."""
        return 2 * self.matched / (self.found + self.stated) if self.found + self.stated else 0.0


def known(value: object) -> bool:
    return value is not None and value == value  # a NaN is not equal to itself


def same_number(a: Any, b: Any) -> bool:
    if not (known(a) and known(b)):
        return known(a) == known(b)
    return bool(abs(a - b) <= 0.005 * max(abs(a), abs(b)))


def same_bounds(a: Row, b: Row) -> bool:
    return same_number(a["low"], b["low"]) and same_number(a["high"], b["high"])


SUFFIXES = (" inc", " corp", " corporation", " ltd", " llc", " plc", " co", " company", " holdings", " group", " technologies")


def parties(value: object) -> frozenset[str]:
    """The names of a cell, without case and legal form: "Acme Inc.; Bolt" is {acme, bolt}."""
    names = set()
    for part in str(value).split(";") if known(value) else []:
        name = part.strip().casefold().rstrip(".")
        for suffix in SUFFIXES:
            name = name.removesuffix(suffix).rstrip(", ")
        names.add(name)
    return frozenset(names)


def same_text(a: object, b: object) -> bool:
    return str(a) == str(b) if known(a) and known(b) else known(a) == known(b)


def overlap(a: Row, b: Row) -> float:
    """Shared characters, as a part of the shorter span."""
    shared: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    shorter: int = min(a["end"] - a["start"], b["end"] - b["start"])
    return max(0, shared) / max(1, shorter)


def same_parties(*columns: str) -> Rule:
    return lambda a, b: all(parties(a[column]) == parties(b[column]) for column in columns)


def same_figure(a: Row, b: Row) -> bool:
    return overlap(a, b) > 0 and a["kind"] == b["kind"] and a["unit"] == b["unit"] and same_bounds(a, b)


def same_deal(a: Row, b: Row) -> bool:
    return a["kind"] == b["kind"] and same_bounds(a, b) and same_parties("payer", "payee")(a, b)


def similar_deal(a: Row, b: Row) -> bool:
    return same_bounds(a, b) and any(parties(a[role]) & parties(b[role]) for role in ("payer", "payee"))


def same_metric(a: Row, b: Row) -> bool:
    return (
        a["metric"] == b["metric"]
        and same_text(a["period"], b["period"])
        and same_bounds(a, b)
        and same_parties("company", "counterpart")(a, b)
    )


def same_relation(a: Row, b: Row) -> bool:
    turned = {"source": b["target"], "target": b["source"]}
    symmetric = b["relation"] in ("competitor_of", "partner_of")
    same = same_parties("source", "target")
    return a["relation"] == b["relation"] and (same(a, b) or (symmetric and same(a, turned)))


def same_statement(a: Row, b: Row) -> bool:
    last = [str(row["speaker"]).split()[-1].casefold() if known(row["speaker"]) else None for row in (a, b)]
    return overlap(a, b) >= 0.5 and last[0] == last[1]


COLUMNS: dict[str, tuple[str, str, Rule]] = {
    "figures": ("figures", "figures", same_figure),
    "deals": ("deal_mentions", "deals", same_deal),
    "deals_loose": ("deal_mentions", "deals", similar_deal),
    "metrics": ("metric_mentions", "metrics", same_metric),
    "relations": ("relations", "relations", same_relation),
    "statements": ("statements", "statements", same_statement),
}
ONCE = {
    "deal_mentions": ["kind", "payer", "payee", "low", "high"],
    "metric_mentions": ["company", "metric", "counterpart", "period", "low", "high"],
    "relations": ["source", "relation", "target"],
}
AGREEMENT: dict[str, tuple[str, Callable[[Row, Row], bool]]] = {
    "status": ("deals", lambda a, b: same_text(a["status"], b["status"])),
    "term": ("deals", lambda a, b: same_number(a["term_years"], b.get("term_years"))),
    "stance": ("statements", lambda a, b: same_text(a["stance"], b["stance"])),
}


def match(found: list[Row], stated: list[Row], rule: Rule) -> Iterator[tuple[Row, Row]]:
    """Pairs of a largest one-to-one matching of the rows for which `rule` holds."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    graph.add_nodes_from(("found", i) for i in range(len(found)))
    graph.add_edges_from((("found", i), ("stated", j)) for i, a in enumerate(found) for j, b in enumerate(stated) if rule(a, b))
    top = [("found", i) for i in range(len(found))]
    for (side, i), (_, j) in sorted(nx.bipartite.maximum_matching(graph, top).items()):
        if side == "found":
            yield found[i], stated[j]


def annotations(path: Path, text: str) -> dict[str, list[Row]]:
    """The annotated rows of one document, figures and quotes with their place in the text."""
    gold: dict[str, list[Row]] = json.loads(path.read_text(encoding="utf-8"))
    at = 0
    for figure in gold["figures"]:
        figure["start"] = text.index(figure["text"], at)
        figure["end"] = at = figure["start"] + len(figure["text"])
    for statement in gold["statements"]:
        statement["start"] = text.index(statement["quote"])
        statement["end"] = statement["start"] + len(statement["quote"])
    return gold


def unpack(source: Path, out: Path) -> Path:
    """Write each line of a `.jsonl`, or of all in a folder, as `NAME.txt` and `NAME.json` into `out`, which is given back."""
    for path in [source] if source.is_file() else sorted(source.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            (out / f"{gold['doc_id']}.txt").write_text(gold.pop("text"), encoding="utf-8", newline="")
            (out / f"{gold['doc_id']}.json").write_text(json.dumps(gold), encoding="utf-8")
    return out


def score(tables: Tables, gold: Path) -> dict[str, float]:
    """F1 of every column, and the agreement of matched rows, over all annotated documents of a folder."""
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    counts = {column: Score() for column in COLUMNS}
    agreed: dict[str, list[bool]] = {name: [] for name in AGREEMENT}
    by_document = {name: dict(list(tables[name].groupby("doc_id"))) for name in {table for table, _, _ in COLUMNS.values()}}
    for path in sorted(gold.glob("*.json")):
        stated = annotations(path, texts[path.stem])
        for column, (table, key, rule) in COLUMNS.items():
            frame = by_document[table].get(path.stem, pd.DataFrame(columns=tables[table].columns))
            found = frame.drop_duplicates(ONCE.get(table)).to_dict("records")
            pairs = list(match(found, stated[key], rule))  # type: ignore[arg-type]  # the columns are texts
            counts[column].matched += len(pairs)
            counts[column].found += len(found)
            counts[column].stated += len(stated[key])
            for name, (of, same) in AGREEMENT.items():
                if of == column:
                    agreed[name] += [same(a, b) for a, b in pairs]
    scores = {column: round(count.f1, 4) for column, count in counts.items()}
    return scores | {name: round(sum(same) / len(same), 4) if same else 0.0 for name, same in agreed.items()}
