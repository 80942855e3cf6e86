"""Folders with users' code, loaded in the process of the tests and forgotten after each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from textwrap import dedent


@contextmanager
def imports_forgotten() -> Iterator[None]:
    """What is imported inside is not there afterwards, nor are the directories where it was looked up."""
    modules, path = set(sys.modules), list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            if not name.startswith("dagster") and name.partition(".")[0] not in _libraries():
                del sys.modules[name]


@cache
def _libraries() -> frozenset[str]:
    """Packages that are installed: some keep classes, which a second import would make anew."""
    return frozenset(packages_distributions())


class Folder:
    """A folder that is the current directory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> Path:
        """Writes a file; folders on the way are made."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"))
        return path
