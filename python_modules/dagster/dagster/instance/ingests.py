"""How the events of launched runs are stored: through one process of this host, the ingest, or by each process itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dagster.instance.setting_methods import SettingMethods

if TYPE_CHECKING:
    from dagster.storage.ingest.services import IngestService
    from dagster.storage.ports import Storage

_NAME = "ingest"


class IngestMethods(SettingMethods):
    """The ingest of the instance on this host."""

    @property
    def ingest_path(self) -> str | None:
        """Where an ingest listens while there is one; None where the settings say that there is none."""
        if self._root_directory is None or os.name == "nt":
            return None
        if self.has_setting("ingest") and not self.checked_settings.ingest.enabled:
            return None
        return os.path.join(self._root_directory, _NAME)

    def ingest_service(self) -> IngestService | None:
        """What makes this process the ingest as long as no other one is; None where the settings say that there is none."""
        from dagster.storage.ingest.services import IngestService

        path = self.ingest_path
        if path is None:
            return None
        if not self.has_setting("ingest"):
            return IngestService(self._storage, path)
        from dagster.storage.ingest.queues import IngestRules

        entry = self.checked_settings.ingest
        rules = IngestRules(held_bytes=entry.max_memory_mb << 20, spool_bytes=entry.max_spool_mb << 20)
        return IngestService(self._storage, path, rules)

    def store_left_events(self, run_id: str | None = None) -> None:
        """Stores what an ingest that is gone has left on disk because the database was away.

        Args:
            run_id: the events of this run are stored also if there is an ingest, which would do it later.

        Raises:
            DagsterStorageAwayError: the database is still away.
        """
        path = self.ingest_path
        if path is not None:
            store_left_events(self._storage, path, run_id)


def store_left_events(storage: Storage, path: str, run_id: str | None = None) -> None:
    """See `IngestMethods.store_left_events`. One look at the disk where nothing was left."""
    if not _is_filled(f"{path}.spool"):
        return
    from dagster.storage.ingest.storing import store_left

    store_left(storage.events, path, None if run_id is None else (run_id,))


def _is_filled(path: str) -> bool:
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False
