"""What other programs can read of a run: the tables as a data package, the whole as a research object.

In: the folder of a site in which everything else but its manifest is in place, its tables, and the recipe. Out: `datapackage.json` and
`ro-crate-metadata.json` in that folder; the same site gives the same bytes.
"""

import hashlib
import json
from pathlib import Path

from corewatch.runs import crate, data_package
from corewatch.runs.recipe import Recipe
from corewatch.tables import Tables


def write_records(site: Path, tables: Tables, recipe: Recipe) -> None:
    """Write both records into the site; the data package first, because the research object lists it."""
    files = {path.relative_to(site).as_posix(): facts(path) for path in sorted(site.rglob("*")) if path.is_file()}
    in_tables = {path: told for path, told in files.items() if path.startswith("tables/")}
    package = write(site / data_package.FILE, data_package.data_package(in_tables))
    write(site / crate.FILE, crate.crate(files | {data_package.FILE: facts(package)}, tables, recipe))


def facts(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size in bytes of a file."""
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), len(content)


def write(path: Path, value: object) -> Path:
    """A value as JSON in a file; in ASCII, because a name may hold half a character."""
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="ascii", newline="\n")
    return path
