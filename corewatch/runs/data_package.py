"""The tables of a site as a Frictionless Data Package, so that any program can read and check them without corewatch.

In: the files below `tables/` with their digests, and `corewatch.contract`. Out: the descriptor `datapackage.json`, version 2:
for each CSV file its fields with types and constraints, its key, and the keys of other tables that it holds; every other file with its
size and digest.

Judgements made here: a key of another table is declared only where the pipeline always gives that row; a stale correction names a document
that may be gone, so that `corrections` declares none.
"""

from collections.abc import Mapping
from typing import Any

from corewatch.contract import CONTRACT, Column

FILE = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"str": "string", "int64": "integer", "Int64": "integer", "float64": "number", "bool": "boolean"}
MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# By table, its columns that hold a key of a table: in its column of that name, or of the name that is given.
DOCUMENT = {"doc_id": ("documents", "doc_id")}
KEYS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "documents": {"copy_of": ("documents", "doc_id")},
    "figures": DOCUMENT,
    "deal_mentions": DOCUMENT
    | {"figure_id": ("figures", "figure_id"), "deal_id": ("deals", "deal_id"), "joined_to": ("deal_mentions", "mention_id")},
    "deals": {"mention_id": ("deal_mentions", "mention_id")},
    "metric_mentions": DOCUMENT | {"figure_id": ("figures", "figure_id"), "metric_id": ("metrics", "metric_id")},
    "metrics": {"mention_id": ("metric_mentions", "mention_id")},
    "relations": DOCUMENT,
    "statements": DOCUMENT,
    "flows": {"deal_id": ("deals", "deal_id")},
}


def data_package(files: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """The descriptor of a site's tables.

    `files` has the SHA-256 and the size in bytes of each file below the site's `tables/`, by its path in the site.
    """
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "corewatch-tables",
        "title": "What the articles say, as tables",
        "description": "Every row has the exact words that it rests on. The texts in documents belong to those who published them.",
        "resources": [resource(path, *files[path]) for path in sorted(files)],
    }


def resource(path: str, digest: str, size: int) -> dict[str, Any]:
    """One file: a table where it is a CSV file of the contract, else a file."""
    name, _, ending = path.removeprefix("tables/").rpartition(".")
    told: dict[str, Any] = {"path": path, "format": ending, "bytes": size, "hash": f"sha256:{digest}"}
    told |= {"mediatype": MEDIA[ending]} if ending in MEDIA else {}
    if ending == "csv" and name in CONTRACT:
        told |= {"name": name, "type": "table", "encoding": "utf-8", "schema": table_schema(name)}
    else:
        told |= {"name": f"{name}-{ending}".lower(), "type": "file"}
    return {"$schema": f"{PROFILES}/dataresource.json", **told}


def table_schema(name: str) -> dict[str, Any]:
    """The Table Schema of a table of the contract."""
    rules = CONTRACT[name]
    keys = [column for column, rule in rules.items() if rule.unique]
    foreign = [
        # Frictionless names a table's own rows by an empty name.
        {"fields": [column], "reference": {"resource": "" if table == name else table, "fields": [there]}}
        for column, (table, there) in KEYS.get(name, {}).items()
    ]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [{"name": column, "type": TYPES[rule.dtype], "constraints": constraints(rule)} for column, rule in rules.items()],
        "missingValues": [""],
        **({"primaryKey": keys} if keys else {}),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def constraints(rule: Column) -> dict[str, Any]:
    """What a cell may hold, in the words of Table Schema."""
    whole = rule.dtype != "float64"
    told = {
        "required": not rule.nullable,
        "unique": rule.unique or None,
        "enum": list(rule.values) or None,
        "pattern": rule.pattern,
        "minimum": rule.least if rule.least is None or not whole else int(rule.least),
        "maximum": rule.most if rule.most is None or not whole else int(rule.most),
    }
    return {key: value for key, value in told.items() if value is not None}
