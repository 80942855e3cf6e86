"""The instance: what is kept, how it is set up, where it lives."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterInvariantViolationError
from dagster.instance.assets import AssetMethods
from dagster.instance.changes import ChangeMethods
from dagster.instance.check_histories import CheckHistoryMethods
from dagster.instance.dynamic_partitions import DynamicPartitionMethods
from dagster.instance.homes import InstanceRef, TemporaryFolder, dagster_home, existing_folder
from dagster.instance.instigators import InstigatorMethods
from dagster.instance.kept_steps import KeptStepMethods
from dagster.instance.lifecycle import LifecycleMethods
from dagster.instance.retention import PRUNED_NOTE, Pruned, cutoffs, is_due, prune
from dagster.instance.runs import RunMethods
from dagster.instance.setting_methods import covered
from dagster.instance.settings import SETTINGS_FILE, checked_settings, read_settings, settings_that_matter
from dagster.instance.settlement import settle_abandoned_runs
from dagster.instance.staleness import StalenessMethods
from dagster.instance.statuses import StatusMethods
from dagster.instance.storages import artifact_folder, ingested_storage, opened_storage
from dagster.instance.ticks import TickMethods

if TYPE_CHECKING:
    from dagster.storage.ports import Storage


class DagsterInstance(
    LifecycleMethods,
    RunMethods,
    AssetMethods,
    StatusMethods,
    CheckHistoryMethods,
    StalenessMethods,
    KeptStepMethods,
    DynamicPartitionMethods,
    TickMethods,
    InstigatorMethods,
    ChangeMethods,
):
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
        settings_file: str = SETTINGS_FILE,
        temporary: TemporaryFolder | None = None,
    ) -> None:
        self._storage = storage
        self._root_directory = root_directory
        self._is_ephemeral = is_ephemeral
        self._settings = settings
        self._settings_file = settings_file
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
        settings = settings_that_matter(root, config_filename)
        storage = opened_storage(root, checked_settings(settings, root, config_filename) if settings else None)
        instance = DagsterInstance(storage, root_directory=root, settings=settings, settings_file=config_filename)
        instance._settle_what_was_left()
        instance._prune_once_a_day()
        return instance

    @staticmethod
    def from_ref(instance_ref: InstanceRef) -> DagsterInstance:
        """The instance that `get_ref` of another process told of. Opens it and does nothing else.

        Raises:
            DagsterInstanceError: the folder or what it holds cannot be used; the sentence says why.
        """
        root, written, filename = instance_ref.root_directory, instance_ref.settings, instance_ref.settings_file
        settings = checked_settings(written, root, filename) if written else None
        storage = opened_storage(root, settings, is_known=True)
        if instance_ref.ingest is not None:
            storage = ingested_storage(storage, instance_ref.ingest, settings)
        return DagsterInstance(storage, root_directory=root, settings=written, settings_file=filename)

    def get_ref(self) -> InstanceRef:
        """Where the instance is and how it is set up, for `from_ref` in another process.

        Raises:
            DagsterInvariantViolationError: it remembers in memory, which no other process sees.
        """
        if self._is_ephemeral:
            raise DagsterInvariantViolationError(
                "An ephemeral instance is known to its process alone. Use one with a folder: `DagsterInstance.get()` with "
                "DAGSTER_HOME, or `DagsterInstance.local_temp()`."
            )
        settings = self._settings or None
        return InstanceRef(root_directory=self.root_directory, settings=settings, settings_file=self._settings_file)

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
        temporary = None if tempdir else TemporaryFolder()
        try:
            root = existing_folder(temporary.name if temporary is not None else tempdir or "")
            settings = {**read_settings(root), **(overrides or {})}
            storage = opened_storage(root, checked_settings(settings, root) if settings else None)
            instance = DagsterInstance(storage, root_directory=root, settings=settings, temporary=temporary)
            instance._settle_what_was_left()
            return instance
        except BaseException:
            if temporary is not None:
                temporary.cleanup()
            raise

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
            self._temporary = TemporaryFolder()
            self._root_directory = self._temporary.name
        return self._root_directory

    def storage_directory(self) -> str:
        """The folder in which the default IO manager keeps values."""
        base = self.root_directory
        if self.has_setting("local_artifact_storage"):
            base = artifact_folder(self.checked_settings, base)
        return os.path.join(base, "storage")

    def info_dict(self) -> Mapping[str, object]:
        """What there is to know about how it is set up, without passwords."""
        if self._is_ephemeral:
            return {"storage": "in memory", "home": None, "settings": covered(self.settings)}
        database = getattr(self._storage, "database", None)
        place = getattr(database, "place", None) or getattr(database, "path", None) or type(self._storage).__name__
        kind = {"PostgresStorage": "PostgreSQL", "SqliteStorage": "SQLite"}.get(type(self._storage).__name__, "custom")
        return {"storage": kind, "database": place, "home": self.root_directory, "settings": covered(self.settings)}

    def info_str(self) -> str:
        """`info_dict` as YAML."""
        import yaml

        return yaml.safe_dump(dict(self.info_dict()), default_flow_style=False, sort_keys=False)

    def reindex(self, print_fn: Callable[[Any], None] = lambda _: None) -> None:
        """Makes the projections say what the log says, and tells each place where they said something else."""
        for wrong in self._storage.maintenance.repair():
            print_fn(str(wrong))

    def disagreements(self) -> Sequence[str]:
        """Where the projections say something else than the log, one sentence each. Reads the whole log."""
        return [str(wrong) for wrong in self._storage.maintenance.disagreements()]

    def wipe(self) -> None:
        """Removes all runs, all events and what is known of assets. Stored values stay."""
        self._storage.maintenance.wipe()

    def prune(self) -> Pruned:
        """Removes history as the entry `retention` of `dagster.yaml` says, and says how much."""
        now = time.time()
        return prune(self._storage, cutoffs(self.checked_settings.retention, now), now)

    def _settle_what_was_left(self) -> None:
        """Brings to an end what a process that was killed has left: first its events, then its runs."""
        self.store_left_events()
        settle_abandoned_runs(self._storage, self.store_left_events)

    def _prune_once_a_day(self) -> None:
        if self.has_setting("retention") and is_due(self._storage.notes.note(PRUNED_NOTE), time.time()):
            self.prune()

    def dispose(self) -> None:
        """Gives back connections and the temporary folder."""
        self._stop_watching()
        self._storage.close()
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
            self._root_directory = None if self._is_ephemeral else self._root_directory

    def __enter__(self) -> DagsterInstance:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.dispose()
