"""The folder that runs are kept in: a folder a run, `latest` pointing at one of them, and the order in which they came.

`OUT/<id>/` is a whole site with `manifest.json`, which says what it was made from and the digest of each file. A run is moved here only
when it is whole, by one rename; `latest` is exchanged by one rename too. `runs.json` has the order, which no id tells, and the runs that
were rolled back, which are not switched in again unless they are asked for.
Everything here that writes is for who has the lock of `publishing.locked`.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from corewatch.errors import InputError
from corewatch.report.publishing import STAGING
from corewatch.runs.checking import wrong_files
from corewatch.runs.manifest import MANIFEST, Manifest, read_manifest

LATEST = "latest"
ORDER = "runs.json"
# The id of the run that was last told of, while changes since then were not.
UNTOLD = "untold"
# Where the articles of each run were: of use to who makes it again, and not for the readers of its site.
PLACES = ".seeds.json"
# A run in which a notebook failed is told from other failures of the same recipe by the digest of what it gave.
ID = re.compile(r"[0-9a-f]{16}(-[0-9a-f]{8})?")


@dataclass(frozen=True)
class Order:
    """The ids of the runs in the order in which they were published, and of those that were rolled back."""

    published: tuple[str, ...] = ()
    rolled_back: tuple[str, ...] = ()


class Shelf:
    """The runs below one folder."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def folder(self, run_id: str) -> Path:
        """Where a run is, or would be."""
        return self.out / run_id

    @property
    def latest(self) -> str | None:
        """The id of the run that readers see."""
        try:
            name = str((self.out / LATEST).readlink())
        except OSError:
            return None
        return name if ID.fullmatch(name) else None

    def order(self) -> Order:
        """The order of the runs that are here; by the time of their folders where it was lost."""
        here = {path.name: path for path in self.out.glob("*") if ID.fullmatch(path.name) and (path / MANIFEST).is_file()}
        try:
            kept = json.loads((self.out / ORDER).read_text(encoding="utf-8"))
            order = Order(tuple(kept["published"]), tuple(kept["rolled_back"]))
        except (OSError, ValueError, KeyError, TypeError):
            order = Order(tuple(sorted(here, key=lambda name: (here[name].stat().st_mtime_ns, name))))
        return Order(*(tuple(name for name in names if name in here) for names in (order.published, order.rolled_back)))

    def read(self, run_id: str) -> Manifest | None:
        """What a run says of itself; none where it is not there or its manifest cannot be read."""
        return read_manifest(self.folder(run_id))

    def whole(self, run_id: str) -> Manifest | None:
        """What a run says of itself, if every file of it is as it was written down."""
        kept = self.read(run_id)
        return kept if kept and kept.run == run_id and not wrong_files(self.folder(run_id), kept.outputs) else None

    def seen(self) -> Manifest | None:
        """The run that readers see; where it is damaged, the last whole one before it that was not rolled back."""
        order = self.order()
        names = [name for name in order.published if name not in order.rolled_back and name != self.latest]
        return next(filter(None, map(self.whole, filter(None, (self.latest, *reversed(names))))), None)

    def put(self, folder: Path, run_id: str) -> None:
        """Move a whole run here; a damaged one of the same id, which readers may have open, makes way in the moment in which it comes."""
        make_lasting(folder)
        order = self.order()
        # Before it is here, so that no run can be here that is not listed, whenever this process ends.
        self.write(Order((*(name for name in order.published if name != run_id), run_id), order.rolled_back))
        aside = self.out / f"{STAGING}{run_id}"
        shutil.rmtree(aside, ignore_errors=True)
        if self.folder(run_id).exists():
            self.folder(run_id).rename(aside)
        folder.rename(self.folder(run_id))
        sync(self.out)
        shutil.rmtree(aside, ignore_errors=True)

    def remember(self, run_id: str, place: Path) -> None:
        """Write down where what the run was made from is."""
        here = {name: kept for name, kept in self.places().items() if self.folder(name).is_dir()}
        replace_text(self.out / PLACES, json.dumps(here | {run_id: str(place)}, indent=1, sort_keys=True) + "\n")

    def places(self) -> dict[str, str]:
        """Where what each run was made from was; without those that were lost."""
        try:
            return {str(name): str(place) for name, place in json.loads((self.out / PLACES).read_text(encoding="utf-8")).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    @property
    def untold(self) -> str | None:
        """The run that was last told of, if what changed since then was not and it is still here."""
        try:
            run_id = (self.out / UNTOLD).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return run_id if ID.fullmatch(run_id) and self.read(run_id) else None

    def forget(self) -> None:
        """What changed was told."""
        (self.out / UNTOLD).unlink(missing_ok=True)

    def switch(self, run_id: str, *, tell: bool = False) -> None:
        """Let readers see a run that is here, from one moment to the next; with `tell`, what changes by it is to be told of."""
        if tell and self.latest not in (None, run_id) and self.untold is None:
            replace_text(self.out / UNTOLD, f"{self.latest}\n")
        order = self.order()
        published = [name for name in order.published if name != run_id] + [run_id]
        self.write(Order(tuple(published), tuple(name for name in order.rolled_back if name != run_id)))
        self.point(run_id)

    def roll_back(self, run_id: str | None) -> str:
        """Let readers see an earlier run, by default the last whole one before the latest; what came after it does not come back by itself.

        Raises `InputError` where there is no such run, or the one that is named is damaged.
        """
        order = self.order()
        if run_id is None:
            names = [name for name in order.published if name not in order.rolled_back]
            before = names[: names.index(self.latest)] if self.latest in names else names
            run_id = next((name for name in reversed(before) if self.whole(name)), None)
            if run_id is None:
                raise InputError(f"{self.out}: there is no whole run before the latest one; `corewatch runs` lists those that are there")
        elif run_id not in order.published:
            raise InputError(f"{self.out}: no run {run_id}; `corewatch runs` lists those that are there")
        elif not self.whole(run_id):
            raise InputError(f"{self.out}: run {run_id} is damaged, and what is shown stays; choose another of `corewatch runs`")
        later = order.published[order.published.index(run_id) + 1 :]
        earlier = [name for name in order.rolled_back if name not in later and name != run_id]
        self.write(Order(order.published, (*earlier, *later)))
        self.point(run_id)
        return run_id

    def prune(self, keep: int, spared: str | None = None) -> list[str]:
        """Remove all runs but the last `keep`; never the latest, nor the one that is `spared`."""
        published = self.order().published
        kept = {*published[-keep:], self.latest, spared}
        here = sorted(path.name for path in self.out.glob("*") if ID.fullmatch(path.name) and path.is_dir())
        gone = [name for name in here if name not in kept]
        order = self.order()
        self.write(Order(*(tuple(name for name in names if name not in gone) for names in (order.published, order.rolled_back))))
        for name in gone:
            self.remove(name)
        return gone

    def remove(self, run_id: str) -> None:
        """Remove a run; out of its name first, so that no half of it is ever there."""
        aside = self.out / f"{STAGING}{run_id}"
        shutil.rmtree(aside, ignore_errors=True)
        self.folder(run_id).rename(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def point(self, run_id: str) -> None:
        """Exchange `latest`."""
        aside = self.out / f"{STAGING}{LATEST}"
        aside.unlink(missing_ok=True)
        aside.symlink_to(run_id, target_is_directory=True)
        aside.replace(self.out / LATEST)
        sync(self.out)

    def write(self, order: Order) -> None:
        """Exchange `runs.json`."""
        replace_text(self.out / ORDER, json.dumps(vars(order), indent=1) + "\n")


def replace_text(path: Path, text: str) -> None:
    """Exchange a small file for another one, from one moment to the next."""
    aside = path.with_name(f"{STAGING}{path.name}")
    aside.write_text(text, encoding="utf-8", newline="\n")
    sync(aside)
    aside.replace(path)


def make_lasting(folder: Path) -> None:
    """Have the disk hold every file below a folder before its name is given away."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
