"""Everything an ephemeral instance keeps."""

from __future__ import annotations

from dagster.storage.memory.assets import MemoryAssets
from dagster.storage.memory.dynamic_partitions import MemoryDynamicPartitions
from dagster.storage.memory.events import MemoryEvents
from dagster.storage.memory.heartbeats import MemoryHeartbeats
from dagster.storage.memory.instigators import MemoryInstigators
from dagster.storage.memory.leases import MemoryLeases
from dagster.storage.memory.notes import MemoryNotes
from dagster.storage.memory.pools import MemoryPools
from dagster.storage.memory.runs import MemoryRuns
from dagster.storage.memory.tables import Tables
from dagster.storage.memory.ticks import MemoryTicks
from dagster.storage.ports import Maintenance


class MemoryStorage:
    """The port `Storage` in plain Python objects, shared by the threads of one process."""

    def __init__(self) -> None:
        tables = self._tables = Tables()
        self.runs = MemoryRuns(tables)
        self.events = MemoryEvents(tables)
        self.assets = MemoryAssets(tables)
        self.dynamic_partitions = MemoryDynamicPartitions(tables)
        self.ticks = MemoryTicks(tables)
        self.leases = MemoryLeases(tables)
        self.pools = MemoryPools(tables)
        self.instigators = MemoryInstigators(tables)
        self.heartbeats = MemoryHeartbeats(tables)
        self.notes = MemoryNotes(tables)

    @property
    def maintenance(self) -> Maintenance:
        """Looking after what is kept; imported when it is asked for."""
        from dagster.storage.memory.maintenance import MemoryMaintenance

        return MemoryMaintenance(self._tables)

    def close(self) -> None:
        """Nothing to give back; what is stored stays until the object goes."""
