"""The port `Storage` over a database."""

from __future__ import annotations

from dagster.storage.ports import Maintenance
from dagster.storage.relational.assets import RelationalAssets
from dagster.storage.relational.databases import Database
from dagster.storage.relational.dynamic_partitions import RelationalDynamicPartitions
from dagster.storage.relational.events import RelationalEvents
from dagster.storage.relational.heartbeats import RelationalHeartbeats
from dagster.storage.relational.instigators import RelationalInstigators
from dagster.storage.relational.leases import RelationalLeases
from dagster.storage.relational.notes import RelationalNotes
from dagster.storage.relational.pools import RelationalPools
from dagster.storage.relational.runs import RelationalRuns
from dagster.storage.relational.ticks import RelationalTicks


class RelationalStorage:
    """Everything that an instance keeps, in one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.runs = RelationalRuns(database)
        self.events = RelationalEvents(database)
        self.assets = RelationalAssets(database)
        self.dynamic_partitions = RelationalDynamicPartitions(database)
        self.ticks = RelationalTicks(database)
        self.leases = RelationalLeases(database)
        self.pools = RelationalPools(database)
        self.instigators = RelationalInstigators(database)
        self.heartbeats = RelationalHeartbeats(database)
        self.notes = RelationalNotes(database)

    @property
    def maintenance(self) -> Maintenance:
        """Looking after the database; imported when it is asked for."""
        from dagster.storage.relational.maintenance import RelationalMaintenance

        return RelationalMaintenance(self.database)

    def close(self) -> None:
        """Gives back files and connections; the next question opens new ones."""
        self.database.close()
