"""Everything an ephemeral instance keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster.storage.memory.assets import MemoryAssets
from dagster.storage.memory.events import MemoryEvents
from dagster.storage.memory.runs import MemoryRuns
from dagster.storage.memory.tables import Tables
from dagster.storage.ports import DynamicPartitionStore, LeaseStore, Maintenance, NoteStore, TickStore

if TYPE_CHECKING:
    from dagster.storage.change_signals import ChangeSignal
    from dagster.storage.running_ports import HeartbeatStore, InstigatorStore, PoolStore


class MemoryStorage:
    """The port `Storage` in plain Python objects, shared by the threads of one process."""

    def __init__(self) -> None:
        tables = self._tables = Tables()
        self.runs = MemoryRuns(tables)
        self.events = MemoryEvents(tables)
        self.assets = MemoryAssets(tables)

    @property
    def dynamic_partitions(self) -> DynamicPartitionStore:
        """Keys of dynamic partitions; imported when it is asked for."""
        from dagster.storage.memory.dynamic_partitions import MemoryDynamicPartitions

        return MemoryDynamicPartitions(self._tables)

    @property
    def ticks(self) -> TickStore:
        """Ticks of schedules and sensors; imported when it is asked for."""
        from dagster.storage.memory.ticks import MemoryTicks

        return MemoryTicks(self._tables)

    @property
    def notes(self) -> NoteStore:
        """Short texts by name; imported when it is asked for."""
        from dagster.storage.memory.notes import MemoryNotes

        return MemoryNotes(self._tables)

    @property
    def leases(self) -> LeaseStore:
        """Leases; imported when it is asked for."""
        from dagster.storage.memory.leases import MemoryLeases

        return MemoryLeases(self._tables)

    @property
    def pools(self) -> PoolStore:
        """How much may go on at once; imported when it is asked for."""
        from dagster.storage.memory.pools import MemoryPools

        return MemoryPools(self._tables)

    @property
    def instigators(self) -> InstigatorStore:
        """Schedules and sensors between ticks; imported when it is asked for."""
        from dagster.storage.memory.instigators import MemoryInstigators

        return MemoryInstigators(self._tables)

    @property
    def heartbeats(self) -> HeartbeatStore:
        """Which daemons are alive; imported when it is asked for."""
        from dagster.storage.memory.heartbeats import MemoryHeartbeats

        return MemoryHeartbeats(self._tables)

    @property
    def maintenance(self) -> Maintenance:
        """Looking after what is kept; imported when it is asked for."""
        from dagster.storage.memory.maintenance import MemoryMaintenance

        return MemoryMaintenance(self._tables)

    def changes(self) -> ChangeSignal:
        """See `Storage`."""
        from dagster.storage.memory.changes import MemoryChanges

        signal = MemoryChanges(self._tables.signals.discard)
        self._tables.signals.add(signal)
        return signal

    def close(self) -> None:
        """Nothing to give back; what is stored stays until the object goes."""
