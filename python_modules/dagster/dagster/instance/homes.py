"""The folders of instances: DAGSTER_HOME and temporary ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import msgspec

from dagster.errors import DagsterHomeNotSetError, DagsterInstanceError

HOME_VARIABLE = "DAGSTER_HOME"


class InstanceRef(msgspec.Struct, frozen=True, kw_only=True):
    """Where an instance is and how it is set up: enough for another process to open the same one.

    Attributes:
        root_directory: its folder.
        settings: as they stand in `dagster.yaml`; None where that says nothing.
        settings_file: the name of that file.
        ingest: the socket of the process that stores events for all others of this host; None where each stores its own.
    """

    root_directory: str
    settings: Mapping[str, Any] | None = None
    settings_file: str = "dagster.yaml"
    ingest: str | None = None


def dagster_home() -> str:
    """The folder that DAGSTER_HOME names.

    Raises:
        DagsterHomeNotSetError: it is not set.
        DagsterInstanceError: it is no absolute path of an existing folder.
    """
    named = os.environ.get(HOME_VARIABLE)
    if not named:
        raise DagsterHomeNotSetError
    home = os.path.expanduser(named)
    if not os.path.isabs(home):
        raise DagsterInstanceError(f'$DAGSTER_HOME "{named}" must be an absolute path, e.g. "{os.path.abspath(home)}".')
    if not os.path.isdir(home):
        found = "is a file" if os.path.exists(home) else "does not exist"
        raise DagsterInstanceError(f'$DAGSTER_HOME "{home}" {found}. It must be an existing folder: `mkdir -p {home}`.')
    return home


def existing_folder(root: str) -> str:
    """The absolute path of a folder, which is made if it is missing.

    Raises:
        DagsterInstanceError: it cannot be made; the sentence says why.
    """
    try:
        os.makedirs(root, exist_ok=True)
    except OSError as refused:
        raise DagsterInstanceError(f'The folder "{root}" of the instance cannot be made: {refused.strerror}.') from refused
    return os.path.abspath(root)


class TemporaryFolder:
    """A folder that goes when this object does, without a warning: an ephemeral instance need not be closed.

    Attributes:
        name: its path.
    """

    def __init__(self) -> None:
        from shutil import rmtree
        from tempfile import mkdtemp
        from weakref import finalize

        self.name = mkdtemp(prefix="dagster_")
        self._remove = finalize(self, rmtree, self.name, ignore_errors=True)

    def cleanup(self) -> None:
        """Remove it now."""
        self._remove()
