"""A run as a research object: who made which files with which program from which inputs, as an RO-Crate.

In: the site's files with their digests, its tables, and the recipe. Out: the metadata of an RO-Crate 1.1 in the profile Process Run Crate
0.5: the run is one action, with corewatch as its instrument, the inputs and the parameters as its objects, the files as its results.

Judgements made here: the articles themselves are not in a site, so that they are described as works with their digests, not as files.
A run knows no clock: its date is that of its newest article, else that of the program, and there are no times. Files that depend on what
readers saw before are listed without digest; those are in `manifest.json`, and so are the versions of what corewatch runs on, so that
another patch of Python gives the same bytes. Nobody is named as author, because a run does not know who started it.
"""

from collections.abc import Iterable, Mapping
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote

from corewatch.report.shell import LABELS
from corewatch.runs.data_package import MEDIA
from corewatch.runs.recipe import Recipe
from corewatch.tables import Tables, records

FILE = "ro-crate-metadata.json"
MANIFEST = "manifest.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
# RO-Crate 1.1 has no word for it; this is the one of the Workflow Run profiles.
SHA256 = "https://w3id.org/ro/terms/workflow-run#sha256"
# The specification asks for a date. Where no article has one, it is that of the release of this version, before which no run was made.
RELEASED = "2026-11-23"
# What readers saw before is in these files, and the manifest is written after this one.
WITHOUT_DIGEST = ("index.html", "changes.html", "changes.json", MANIFEST)
# What the files of a folder are.
KINDS = {
    "articles": "Article",
    "companies": "Company",
    "deals": "Deal",
    "failed": "Failed notebook",
    "notebooks": "Executed notebook",
    "tables": "Table",
}
RUN, LICENCE = "#run", "#licence"

Entity = dict[str, Any]


def crate(files: Mapping[str, tuple[str, int]], tables: Tables, recipe: Recipe) -> dict[str, Any]:
    """The metadata of a run. `files` has the SHA-256 and the size in bytes of each file of the site, by its path there."""
    dates = sorted(tables.documents["published"].dropna())
    parts = [file_entity(path, *told) for path, told in sorted((dict.fromkeys([MANIFEST], ("", 0)) | dict(files)).items()) if path != FILE]
    articles = {row["path"]: row for row in records(tables.documents)}
    inputs = [input_entity(name, digest, articles.get(name, {})) for name, digest in sorted(recipe.inputs.items())]
    given = [parameter(report, name, value) for report, values in recipe.parameters.items() for name, value in values.items()]
    maker = program(recipe.versions.get("corewatch", "unknown"))
    publishers = {row["publisher"]: organization(row["publisher"]) for row in articles.values() if row["publisher"]}
    return {
        "@context": [f"{SPECIFICATION}/context", {"sha256": SHA256}],
        "@graph": [
            {"@id": FILE, "@type": "CreativeWork", "conformsTo": {"@id": SPECIFICATION}, "about": {"@id": "./"}},
            root(dates[-1] if dates else None, parts, len(tables.documents)),
            {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
            licence(),
            action(maker, inputs + given, parts),
            maker,
            *inputs,
            *given,
            *parts,
            *(publishers[name] for name in sorted(publishers)),
        ],
    }


def root(newest: str | None, parts: Iterable[Entity], articles: int) -> Entity:
    """The run as a whole."""
    when = f"datePublished is that of {'its newest article' if newest else 'the release of corewatch, because no article has a date'}"
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Reports and tables of corewatch",
        "description": f"What {articles:,} articles say of AI-infrastructure deals, as pages and as tables. A run knows no clock: {when}.",
        "datePublished": newest or RELEASED,
        "license": {"@id": LICENCE},
        "conformsTo": {"@id": PROFILE},
        "mentions": {"@id": RUN},
        "hasPart": ids(parts),
    }


def licence() -> Entity:
    """How a run may be used."""
    return {
        "@id": LICENCE,
        "@type": "CreativeWork",
        "name": "Use of this run",
        "description": "The words of the articles belong to those who published them. This record gives no licence for them; "
        "corewatch itself is under the MIT License.",
    }


def action(maker: Entity, objects: Iterable[Entity], results: Iterable[Entity]) -> Entity:
    """The making of the site."""
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "The articles read, the notebooks run, the site made",
        "description": "corewatch run",
        "instrument": {"@id": maker["@id"]},
        "object": ids(objects),
        "result": ids(results),
    }


def program(version: str) -> Entity:
    """The program, under a Package URL, an address that needs no host."""
    return {
        "@id": f"pkg:generic/corewatch@{quote(version)}",
        "@type": "SoftwareApplication",
        "name": "corewatch",
        "softwareVersion": version,
        "description": f"The digest of its code and the versions of what it ran on are in {MANIFEST}.",
    }


def organization(name: str) -> Entity:
    """Who published an article."""
    return {"@id": f"#publisher/{quote(name)}", "@type": "Organization", "name": name}


def input_entity(name: str, digest: str, article: Mapping[str, Any]) -> Entity:
    """A file that was read, with what is known of the article in it."""
    told = {
        "@id": f"#input/{quoted(name)}",
        "@type": "CreativeWork",
        "name": article.get("title") or readable(name),
        "alternateName": readable(name),
        "sha256": digest or None,
        "datePublished": article.get("published"),
        "publisher": {"@id": organization(article["publisher"])["@id"]} if article.get("publisher") else None,
        "url": article.get("url"),
    }
    return {key: value for key, value in told.items() if value is not None}


def parameter(report: str, name: str, value: str | float | bool) -> Entity:
    """A parameter of a notebook that was given."""
    return {"@id": f"#parameter/{quote(report)}/{quote(name)}", "@type": "PropertyValue", "name": f"{report}: {name}", "value": value}


def file_entity(path: str, digest: str, size: int) -> Entity:
    """A file of the site."""
    ending = path.rsplit(".", 1)[-1]
    told: Entity = {"@id": quoted(path), "@type": "File", "name": name_of(path), "encodingFormat": format_of(path, ending)}
    return told if path in WITHOUT_DIGEST else told | {"contentSize": str(size), "sha256": digest}


def name_of(path: str) -> str:
    """What a file is, in words."""
    folder, _, name = path.rpartition("/")
    stem = name.rsplit(".", 1)[0]
    if not folder and stem in LABELS:
        return f"Report: {LABELS[stem]}"
    kind = KINDS.get(folder.split("/")[0])
    return f"{kind}: {readable(path).split('/', 1)[1]}" if kind else readable(path)


def format_of(path: str, ending: str) -> str:
    """The media type of a file."""
    # Tables of a machine may know others; these are the same everywhere.
    known = MEDIA | {"html": "text/html", "json": "application/json", "ipynb": "application/x-ipynb+json", "svg": "image/svg+xml"}
    return known.get(ending) or guess_type(path)[0] or "application/octet-stream"


def quoted(path: str) -> str:
    """A path as a part of an address."""
    return quote(path, errors="surrogateescape")


def readable(path: str) -> str:
    """A path as text: bytes that are no characters are shown as such."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def ids(entities: Iterable[Entity]) -> list[dict[str, str]]:
    """References to entities."""
    return [{"@id": entity["@id"]} for entity in entities]
