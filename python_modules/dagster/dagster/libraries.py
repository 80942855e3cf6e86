"""Libraries that only some users need, asked for when they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from dagster.errors import DagsterImportError
from dagster.version import __version__

_registered: dict[str, str] = {}


def optional_library(name: str, needed_for: str, requirement: str) -> Any:
    """A library, imported.

    Args:
        name: as it is imported.
        needed_for: the beginning of the sentence that refuses, e.g. "Storing runs and events in PostgreSQL".
        requirement: as pip takes it, e.g. "psycopg[binary]".

    Raises:
        DagsterImportError: it is not installed; the sentence gives the line for pip.
    """
    try:
        return import_module(name)
    except ImportError as missing:
        raise DagsterImportError(name, needed_for, requirement) from missing


class DagsterLibraryRegistry:
    """The integrations that are loaded in this process, by the name of their distribution.

    Example:
        >>> DagsterLibraryRegistry.register("dagster-shop", "1.0")
        >>> DagsterLibraryRegistry.get()["dagster-shop"]
        '1.0'
    """

    @classmethod
    def register(cls, name: str, version: str, *, is_dagster_package: bool = True) -> None:
        """Say that an integration is loaded; it does so itself when it is imported.

        Args:
            name: of the distribution, e.g. `dagster-dbt`.
            version: its version.
            is_dagster_package: whether its version follows that of `dagster`. Kept for the API; nothing is compared.
        """
        _registered[name] = version

    @classmethod
    def get(cls) -> Mapping[str, str]:
        """The version of each integration that is loaded, `dagster` included."""
        return {"dagster": __version__, **_registered}
