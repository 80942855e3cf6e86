"""Looking after what is kept in memory."""

from __future__ import annotations

from dagster.runs.statuses import FINISHED_STATUSES
from dagster.storage.memory.tables import StoredEvent, Tables
from dagster.storage.replays import Disagreement, LoggedEvent, Projections, Replay, RunState, disagreements


class MemoryMaintenance:
    """The port `Maintenance` over `Tables`. Nothing is lost half-way in memory, so there is nothing to repair."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def disagreements(self) -> list[Disagreement]:
        """See `Maintenance`."""
        with self._tables.lock:
            return disagreements(self._stored(), self._logged())

    def repair(self) -> list[Disagreement]:
        """See `Maintenance`."""
        return self.disagreements()

    def wipe(self) -> None:
        """See `Maintenance`."""
        tables = self._tables
        with tables.writing:
            for kept in (tables.runs, tables.logs, tables.by_type, tables.by_asset, tables.sequences, tables.steps):
                kept.clear()
            for known in (tables.assets, tables.partitions, tables.checks, tables.check_partitions):
                known.clear()
            tables.pool_claims.clear()
            tables.run_keys.clear()

    def prune_runs(self, before: float) -> int:
        """See `Maintenance`."""
        with self._tables.writing:
            old = [
                stored.run.run_id
                for stored in self._tables.runs.values()
                if stored.run.status in FINISHED_STATUSES and stored.updated < before
            ]
            latest = self._tables.latest()
            for run_id in old:
                self._tables.forget_run(run_id, but=latest)
            return len(old)

    def prune_events(self, before: float) -> int:
        """See `Maintenance`."""
        with self._tables.writing:
            latest = self._tables.latest()
            log = self._tables.logs.get("", [])
            old = {
                stored.record.storage_id
                for stored in log
                if stored.record.timestamp < before and stored.record.storage_id not in latest
            }
            self._tables.drop(old)
            return len(old)

    def _logged(self) -> Projections:
        replay = Replay()
        stored = (event for log in self._tables.logs.values() for event in log)
        replay.read(_logged_event(event) for event in sorted(stored, key=lambda event: event.record.storage_id))
        return replay.projections

    def _stored(self) -> Projections:
        tables = self._tables
        return Projections(
            runs={run_id: RunState(run.run.status.value, run.started, run.ended) for run_id, run in tables.runs.items()},
            steps={(run_id, key): marks for run_id, steps in tables.steps.items() for key, marks in steps.items()},
            assets={key: row.marks for key, row in tables.assets.items()},
            partitions={(key, name): marks for key, found in tables.partitions.items() for name, marks in found.items()},
            checks=dict(tables.checks),
            check_partitions=dict(tables.check_partitions),
        )


def _logged_event(stored: StoredEvent) -> LoggedEvent:
    entry = stored.record.event_log_entry
    return LoggedEvent(stored.record.storage_id, stored.attempt, stored.columns.asset_key is None, entry)
