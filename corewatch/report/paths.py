"""Where a path of a notebook or of the command line leads, whatever the folder that it is run from."""

from pathlib import Path

from corewatch.errors import InputError

# The folder that holds the package: in a checkout it has seeds/ and notebooks/ too.
PROJECT = Path(__file__).resolve().parents[2]


def resolve_path(path: str | Path, *, what: str = "file or folder") -> Path:
    """The existing path that is meant: as given from the working directory, else from one of its parents, else from the project.

    Raises `InputError` where none exists.
    """
    given = Path(path).expanduser()
    here = Path.cwd()
    for base in [here, *here.parents, PROJECT]:
        if (base / given).exists():
            return (base / given).resolve()
    raise InputError(f"{path}: no such {what}, neither in {here}, nor in a folder above it, nor in the project; give its full path")
