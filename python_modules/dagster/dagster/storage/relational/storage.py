"""The port `Storage` over a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster.storage.ports import LeaseStore, Maintenance
from dagster.storage.relational.assets import RelationalAssets
from dagster.storage.relational.databases import Database
from dagster.storage.relational.dynamic_partitions import RelationalDynamicPartitions
from dagster.storage.relational.events import RelationalEvents
from dagster.storage.relational.notes import RelationalNotes
from dagster.storage.relational.runs import RelationalRuns
from dagster.storage.relational.ticks import RelationalTicks

if TYPE_CHECKING:
    from dagster.storage.change_signals import ChangeSignal
    from dagster.storage.running_ports import HeartbeatStore, InstigatorStore, PoolStore


class RelationalStorage:
    """Everything that an instance keeps, in one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.runs = RelationalRuns(database)
        self.events = RelationalEvents(database)
        self.assets = RelationalAssets(database)
        self.dynamic_partitions = RelationalDynamicPartitions(database)
        self.ticks = RelationalTicks(database)
        self.notes = RelationalNotes(database)

    @property
    def leases(self) -> LeaseStore:
        """Who may do what only one process at a time may; imported when it is asked for."""
        from dagster.storage.relational.leases import RelationalLeases

        return RelationalLeases(self.database)

    @property
    def pools(self) -> PoolStore:
        """How much may go on at once; imported when it is asked for."""
        from dagster.storage.relational.pools import RelationalPools

        return RelationalPools(self.database)

    @property
    def instigators(self) -> InstigatorStore:
        """Schedules and sensors; imported when it is asked for."""
        from dagster.storage.relational.instigators import RelationalInstigators

        return RelationalInstigators(self.database)

    @property
    def heartbeats(self) -> HeartbeatStore:
        """Which daemons are alive; imported when it is asked for."""
        from dagster.storage.relational.heartbeats import RelationalHeartbeats

        return RelationalHeartbeats(self.database)

    @property
    def maintenance(self) -> Maintenance:
        """Looking after the database; imported when it is asked for."""
        from dagster.storage.relational.maintenance import RelationalMaintenance

        return RelationalMaintenance(self.database)

    def changes(self) -> ChangeSignal:
        """See `Storage`."""
        return self.database.changes()

    def close(self) -> None:
        """Gives back files and connections; the next question opens new ones."""
        self.database.close()
