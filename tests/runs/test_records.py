"""A run as other programs read it: as a research object by rocrate, its tables as a data package by frictionless."""

import hashlib
import json
import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pytest
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]  # it has no types

import corewatch
from corewatch.contract import CONTRACT
from corewatch.runs.crate import RELEASED, crate
from corewatch.runs.recipe import Recipe
from corewatch.runs.records import write_records
from corewatch.tables import Tables, write_tables

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return corewatch.parse(EXAMPLES)


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    inputs = {path.relative_to(EXAMPLES).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in EXAMPLES.rglob("*.*")}
    return Recipe(
        inputs=inputs | {"huge.txt (too_large)": ""},
        parameters={"deal_sizes": {"min_usd": 2e9}},
        corrections=True,
        notebooks={},
        code="c0de" * 16,
        versions={"corewatch": "0.1.0", "pandas": "2.3.3", "python": "3.11.2"},
    )


def site(folder: Path, tables: Tables, recipe: Recipe) -> Path:
    """A site without its notebooks, with a page whose name has a blank and a sign of another alphabet."""
    write_tables(tables, folder / "tables")
    write_tables(tables, folder / "tables", "csv")
    (folder / "articles").mkdir()
    (folder / "articles" / "ein Fluß.html").write_text("<p>a</p>")
    (folder / "index.html").write_text("<p>b</p>")
    (folder / "deal_sizes.html").write_text("<p>c</p>")
    write_records(folder, tables, recipe)
    (folder / "manifest.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, tables: Tables, recipe: Recipe) -> Path:
    return site(tmp_path_factory.mktemp("recorded"), tables, recipe)


def test_a_run_is_a_research_object_in_which_every_file_is_found(recorded: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = ROCrate(recorded)
    files = {path.relative_to(recorded).as_posix() for path in recorded.rglob("*") if path.is_file()} - {"ro-crate-metadata.json"}
    assert {entity.id for entity in read.data_entities} == {name.replace(" ", "%20").replace("ß", "%C3%9F") for name in files}
    assert {Path(entity.source).relative_to(recorded).as_posix() for entity in read.data_entities} == files
    assert read.metadata.version == "1.1"
    # The newest of the articles is of 28 March 2026.
    assert str(read.root_dataset["datePublished"]) == "2026-03-28"
    report = read.get("deal_sizes.html")
    assert report["name"] == "Report: Deal sizes"
    assert report["sha256"] == hashlib.sha256(b"<p>c</p>").hexdigest()
    assert report["contentSize"] == "8"
    # What readers saw before is in the first page, and the manifest comes last.
    assert [read.get(name).get("sha256") for name in ("index.html", "manifest.json")] == [None, None]


def test_a_run_is_an_action_of_corewatch_on_its_articles(recorded: Path) -> None:
    read = ROCrate(recorded)
    assert read.root_dataset["conformsTo"].id == "https://w3id.org/ro/wfrun/process/0.5"
    (run,) = read.root_dataset["mentions"] if isinstance(read.root_dataset["mentions"], list) else [read.root_dataset["mentions"]]
    assert run.type == "CreateAction"
    assert (run["instrument"]["name"], run["instrument"]["softwareVersion"]) == ("corewatch", "0.1.0")
    objects = {entity.id: entity for entity in run["object"]}
    assert len(objects) == 11 + 1 + 1  # files in tests/examples, one that was passed over, a parameter
    signed = objects["#input/orrin_signs.txt"]
    assert signed["name"] == "Orrin Labs to rent computing from Lanternfield in $6.4 billion contract"
    assert (signed["datePublished"], signed["url"]) == ("2026-02-10", "https://news.example/orrin-signs")
    assert signed["publisher"]["name"] == "Inland Wire"
    assert signed["sha256"] == hashlib.sha256((EXAMPLES / "orrin_signs.txt").read_bytes()).hexdigest()
    assert objects["#parameter/deal_sizes/min_usd"]["value"] == 2e9
    assert {entity.id for entity in run["result"]} == {entity.id for entity in read.data_entities}


def test_every_reference_in_the_crate_leads_to_an_entity(recorded: Path) -> None:
    graph = json.loads((recorded / "ro-crate-metadata.json").read_text())["@graph"]
    there = [entity["@id"] for entity in graph]
    assert len(there) == len(set(there))
    asked = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(graph)))
    assert asked - set(there) == {"https://w3id.org/ro/crate/1.1"}


def test_where_no_article_has_a_date_the_run_has_that_of_the_release(tables: Tables, recipe: Recipe) -> None:
    undated = tables.replace(documents=tables.documents.assign(published=None))
    root = crate({}, undated, recipe)["@graph"][1]
    assert root["datePublished"] == RELEASED
    assert "because no article has a date" in root["description"]
    assert f"date-released: {RELEASED}\n" in (ROOT / "CITATION.cff").read_text()


def test_the_same_site_gives_the_same_records_in_another_folder_and_on_another_python(
    tmp_path: Path, recorded: Path, tables: Tables, recipe: Recipe
) -> None:
    again = site(tmp_path / "elsewhere", tables, replace(recipe, code="f" * 64, versions=dict(recipe.versions) | {"python": "3.11.9"}))
    for name in ("ro-crate-metadata.json", "datapackage.json"):
        assert (again / name).read_bytes() == (recorded / name).read_bytes()
        assert str(tmp_path.parent).encode() not in (again / name).read_bytes()


def test_the_tables_are_a_data_package_and_one_that_was_tampered_with_is_none(recorded: Path) -> None:
    package = frictionless.Package(str(recorded / "datapackage.json"))
    assert {resource.name for resource in package.resources} == {name for table in CONTRACT for name in (table, f"{table}-parquet")}
    whole = package.validate()
    assert whole.flatten(["message"]) == []
    assert whole.valid
    path = recorded / "tables" / "flows.parquet"
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + b"?")
    try:
        assert package.get_resource("flows-parquet").validate().flatten(["type"]) == [["hash-count"]]
    finally:
        path.write_bytes(kept)


def test_a_cell_that_breaks_the_contract_is_found_without_corewatch(tmp_path: Path, recorded: Path) -> None:
    told = json.loads((recorded / "datapackage.json").read_text())
    for resource in told["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    told["resources"] = [
        resource for resource in told["resources"] if resource["name"] in ("deals", "deal_mentions", "figures", "documents")
    ]
    (tmp_path / "tables").mkdir()
    for name in ("deals", "deal_mentions", "figures", "documents"):
        (tmp_path / "tables" / f"{name}.csv").write_bytes((recorded / "tables" / f"{name}.csv").read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(told))

    def errors(table: str, old: str, new: str) -> Any:
        path = tmp_path / "tables" / f"{table}.csv"
        kept = path.read_text(encoding="utf-8")
        assert old in kept
        path.write_text(kept.replace(old, new, 1), encoding="utf-8", newline="")
        try:
            return frictionless.Package(str(tmp_path / "datapackage.json")).validate().flatten(["type", "fieldName"])
        finally:
            path.write_text(kept, encoding="utf-8", newline="")

    assert errors("deals", ",compute,", ",rent,") == [["constraint-error", "kind"]]
    # A mention of a deal that is not there, by the foreign key.
    deal = "lanternfield-ipo-1.2bn"
    assert [one[0] for one in errors("deals", f"{deal},", f"{deal}-x,")] == ["foreign-key"] * 3
