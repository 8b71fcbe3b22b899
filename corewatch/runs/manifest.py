"""What a run says of itself in `manifest.json`: what it was made from, what it holds, the digest of each file.

In and out: the file in the folder of a run. All of it is the same when the run is made again, but for what stands under `not_compared`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from corewatch.errors import InputError
from corewatch.runs.recipe import Recipe

MANIFEST = "manifest.json"
NOT_COMPARED = "not_compared"


@dataclass(frozen=True)
class Manifest:
    """A run. `since` is the run that readers saw before, `changed` how often each kind of change was found since, null on a first run.

    `rows` are of each table. `failed` says for each report that could not be made its `cell`, `source`, `kind` and `message`, `earlier` the
    run that the page of one of them was carried over from. `outputs` are the digests of all other files of the run. `not_compared` has
    `platform` and `seconds` of the steps.
    """

    run: str
    recipe: Recipe
    edition: str = ""
    since: str | None = None
    changed: Mapping[str, int] | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    failed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    not_compared: Mapping[str, Any] = field(default_factory=dict)

    def compared(self) -> dict[str, Any]:
        """What is the same when the run is made again with the same program."""
        told = asdict(self)
        return {name: value for name, value in (told | told.pop("recipe")).items() if name != NOT_COMPARED}

    def write(self, site: Path) -> None:
        """Write it into the folder of the run."""
        write_json(site / MANIFEST, self.compared() | {NOT_COMPARED: self.not_compared})


def read_manifest(site: Path) -> Manifest | None:
    """What a run says of itself; none where it is not there or cannot be read."""
    try:
        told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        recipe = Recipe(**{each.name: told[each.name] for each in fields(Recipe)})
        own = {each.name: told[each.name] for each in fields(Manifest) if each.name != "recipe"}
        return Manifest(recipe=recipe, **own | {"made": tuple(own["made"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_json(path: Path, value: object) -> None:
    """A value as sorted JSON in a file."""
    path.write_text(json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, default=dict) + "\n", encoding="utf-8", newline="\n")


def refuse(number: int, named: Sequence[str] = ()) -> None:
    """Raise `InputError` where so many files could not be read, some of which are named: for who asks that everything is read."""
    if number:
        some = f" ({'; '.join(named)}{'; ...' if len(named) < number else ''})" if named else ""
        raise InputError(
            f"{number} of what was given could not be read{some}; nothing is published; mend or remove it, or leave out --strict"
        )
