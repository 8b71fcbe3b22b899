"""Kinds of arguments of the command line that click does not have."""

from pathlib import Path
from typing import Any

import click


class GivenPath(click.Path):
    """A path that was given: an empty one, as a script has from a variable that is not set, would be the folder that one is in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error for an empty text."""
        if isinstance(value, str) and not value.strip():
            self.fail("an empty path was given; give one, or . for the folder that you are in.", param, ctx)
        return super().convert(value, param, ctx)
