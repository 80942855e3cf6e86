"""The instance: what is kept, how it is set up, where it lives."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.instance.assets import AssetMethods
from dagster.instance.dynamic_partitions import DynamicPartitionMethods
from dagster.instance.homes import dagster_home, existing_folder, temporary_folder
from dagster.instance.runs import RunMethods
from dagster.instance.settings import SETTINGS_FILE, read_settings
from dagster.instance.settlement import settle_abandoned_runs
from dagster.instance.statuses import StatusMethods

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from dagster.storage.ports import Storage


class DagsterInstance(RunMethods, AssetMethods, StatusMethods, DynamicPartitionMethods):
    """Everything that is remembered: runs, their logs, what is known of assets. Made by `get`, `ephemeral` or `local_temp`.

    A context manager; on leaving it gives back its connections and its temporary folder.

    Example:
        >>> with DagsterInstance.ephemeral() as instance:
        ...     instance.get_runs_count()
        0
    """

    def __init__(
        self,
        storage: Storage,
        *,
        root_directory: str | None = None,
        is_ephemeral: bool = False,
        settings: Mapping[str, Any] | None = None,
        temporary: TemporaryDirectory[str] | None = None,
    ) -> None:
        self._storage = storage
        self._root_directory = root_directory
        self._is_ephemeral = is_ephemeral
        self._settings = settings
        self._temporary = temporary

    @staticmethod
    def get() -> DagsterInstance:
        """The instance of the folder that DAGSTER_HOME names.

        Raises:
            DagsterHomeNotSetError: the variable is not set.
            DagsterInstanceError: the folder or what it holds cannot be used; the sentence says why.
        """
        return DagsterInstance.from_config(dagster_home())

    @staticmethod
    def from_config(config_dir: str, config_filename: str = SETTINGS_FILE) -> DagsterInstance:
        """The instance of a folder, with the settings that stand in it. Runs that nobody executes any more are ended.

        Raises:
            DagsterInstanceError: the folder or what it holds cannot be used; the sentence says why.
        """
        root = os.path.abspath(config_dir)
        settings = None if config_filename == SETTINGS_FILE else read_settings(root, config_filename)
        return DagsterInstance(_opened(root), root_directory=root, settings=settings)

    @staticmethod
    def ephemeral(
        tempdir: str | None = None, preload: object = None, settings: Mapping[str, Any] | None = None
    ) -> DagsterInstance:
        """An instance that remembers in memory and is gone with its process.

        Args:
            tempdir: the folder for files; a temporary one when asked for, if left out.
            preload: not supported; kept for the API.
            settings: as they would stand in `dagster.yaml`.
        """
        from dagster.storage.memory.storage import MemoryStorage

        root = existing_folder(tempdir) if tempdir else None
        return DagsterInstance(MemoryStorage(), root_directory=root, is_ephemeral=True, settings=settings or {})

    @staticmethod
    def local_temp(tempdir: str | None = None, overrides: Mapping[str, Any] | None = None) -> DagsterInstance:
        """An instance in a folder that is used for a short time.

        Args:
            tempdir: the folder; a temporary one that goes with the instance, if left out.
            overrides: settings that replace those of `dagster.yaml`.
        """
        temporary = None if tempdir else temporary_folder()
        root = existing_folder(temporary.name if temporary is not None else tempdir or "")
        settings = {**read_settings(root), **(overrides or {})}
        return DagsterInstance(_opened(root), root_directory=root, settings=settings, temporary=temporary)

    @property
    def is_ephemeral(self) -> bool:
        """Whether it remembers in memory alone."""
        return self._is_ephemeral

    @property
    def is_persistent(self) -> bool:
        """Whether it remembers beyond the process."""
        return not self._is_ephemeral

    @property
    def root_directory(self) -> str:
        """The folder of the instance; an ephemeral one gets a temporary folder when it is first asked."""
        if self._root_directory is None:
            self._temporary = temporary_folder()
            self._root_directory = self._temporary.name
        return self._root_directory

    def storage_directory(self) -> str:
        """The folder in which the default IO manager keeps values."""
        return os.path.join(self.root_directory, "storage")

    @property
    def settings(self) -> Mapping[str, Any]:
        """What stands in `dagster.yaml`, read when it is first asked."""
        if self._settings is None:
            self._settings = read_settings(self.root_directory)
        return self._settings

    def get_settings(self, settings_key: str) -> Any:
        """The settings under a key; empty if there are none."""
        return self.settings.get(settings_key) or {}

    def info_dict(self) -> Mapping[str, object]:
        """What there is to know about how it is set up."""
        if self._is_ephemeral:
            return {"storage": "in memory", "home": None, "settings": dict(self.settings)}
        return {"storage": "SQLite", "home": self.root_directory, "settings": dict(self.settings)}

    def dispose(self) -> None:
        """Gives back connections and the temporary folder."""
        self._storage.close()
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
            self._root_directory = None if self._is_ephemeral else self._root_directory

    def __enter__(self) -> DagsterInstance:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.dispose()


def _opened(root: str) -> Storage:
    from dagster.storage.sqlite.storage import SqliteStorage

    storage = SqliteStorage(root)
    settle_abandoned_runs(storage)
    return storage
