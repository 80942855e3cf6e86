"""The log in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagster.errors import DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey
from dagster.storage.clocks import now
from dagster.storage.memory.conditions import event_condition
from dagster.storage.memory.tables import StoredEvent, Tables
from dagster.storage.ports import EventBatch, Touch


class MemoryEvents:
    """The port `EventStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """See `EventStore`."""
        with self._tables.writing:
            self._tables.check_attempt({entry.run_id for entry in entries}, attempt)
            return self._tables.insert(entries, attempt, first_sequence, now())

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        """See `EventStore`."""
        return self.append(entries, attempt=attempt, first_sequence=first_sequence)

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        """See `EventStore`."""
        self.append(entries, attempt=attempt, first_sequence=first_sequence)

    def append_all(self, batches: Sequence[EventBatch]) -> list[list[int] | DagsterRunFencedError]:
        """See `EventStore`."""
        outcomes: list[list[int] | DagsterRunFencedError] = []
        for batch in batches:
            try:
                outcomes.append(self.append(batch.entries, attempt=batch.attempt, first_sequence=batch.first_sequence))
            except DagsterRunFencedError as fenced:
                outcomes.append(fenced)
        return outcomes

    def run_log(
        self,
        run_id: str,
        *,
        after: int | None = None,
        before: int | None = None,
        types: Collection[DagsterEventType] | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[EventLogRecord]:
        """See `EventStore`."""
        wanted = frozenset(kind.value for kind in types) if types is not None else None
        with self._tables.lock:
            found = [
                stored.record
                for stored in self._tables.logs.get(run_id, [])
                if (after is None or stored.record.storage_id > after)
                and (before is None or stored.record.storage_id < before)
                and (wanted is None or stored.columns.event_type in wanted)
            ]
        return (found if ascending else found[::-1])[:limit]

    def records(
        self,
        conditions: EventRecordsFilter,
        *,
        job_names: Collection[str] | None = None,
        limit: int | None = None,
        ascending: bool = False,
    ) -> list[EventLogRecord]:
        """See `EventStore`."""
        meets = event_condition(conditions)
        with self._tables.lock:
            if conditions.asset_key is None:
                candidates = self._tables.by_type.get(conditions.event_type.value, [])
            else:
                candidates = self._tables.by_asset.get(conditions.asset_key, [])
            found: list[EventLogRecord] = []
            for stored in candidates if ascending else reversed(candidates):
                if limit is not None and len(found) >= limit:
                    break
                if meets(stored) and (job_names is None or self._is_of_job(stored, job_names)):
                    found.append(stored.record)
            return found

    def check_records(
        self, key: AssetCheckKey, *, partition: str | None = None, before: int | None = None, limit: int
    ) -> list[EventLogRecord]:
        """See `EventStore`."""
        found: list[EventLogRecord] = []
        with self._tables.lock:
            for stored in reversed(self._tables.by_asset.get(key.asset_key, [])):
                is_asked = stored.columns.check_name == key.name and partition in (None, stored.columns.partition)
                if is_asked and (before is None or stored.record.storage_id < before) and len(found) < limit:
                    found.append(stored.record)
        return found

    def _is_of_job(self, stored: StoredEvent, job_names: Collection[str]) -> bool:
        run = self._tables.runs.get(stored.record.run_id)
        return run is not None and run.run.job_name in job_names

    def latest_id(self) -> int:
        """See `EventStore`."""
        return self._tables.last_event_id

    def touched_after(self, after: int, limit: int) -> list[Touch]:
        """See `EventStore`."""
        with self._tables.lock:
            touched = [
                Touch(stored.record.storage_id, stored.record.run_id, stored.columns.event_type, stored.columns.asset_key)
                for log in self._tables.logs.values()
                for stored in log
                if stored.record.storage_id > after
            ]
        return sorted(touched, key=lambda touch: touch.storage_id)[:limit]
