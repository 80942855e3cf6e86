"""Libraries that only some users need, asked for when they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dagster.errors import DagsterImportError


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
