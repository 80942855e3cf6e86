"""The projections of assets in memory."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetEntry, AssetRecord, EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.clocks import now
from dagster.storage.memory.tables import AssetRow, StoredEvent, Tables
from dagster.storage.moves import moved_entry
from dagster.storage.projections import (
    AssetMarks,
    CheckMarks,
    CheckPartitionGroup,
    EventColumns,
    PartitionGroup,
    columns_of,
)


class MemoryAssets:
    """The port `AssetStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AssetKey]:
        """See `AssetStore`."""
        with self._tables.lock:
            texts = sorted((key.to_string(), key) for key in self._tables.assets if prefix is None or key.has_prefix(prefix))
        return [key for text, key in texts if cursor is None or text > cursor][:limit]

    def asset_records(self, keys: Sequence[AssetKey] | None = None) -> list[AssetRecord]:
        """See `AssetStore`."""
        with self._tables.lock:
            found = {key: row for key, row in self._tables.assets.items() if keys is None or key in set(keys)}
            return [self._record(key, found[key]) for key in sorted(found, key=AssetKey.to_string)]

    def latest_materializations(self, keys: Sequence[AssetKey]) -> dict[AssetKey, EventLogRecord]:
        """See `AssetStore`."""
        with self._tables.lock:
            latest = {key: self._event(key, marks.materialization_id) for key, marks in self.asset_marks(keys).items()}
        return {key: record for key, record in latest.items() if record is not None}

    def asset_marks(self, keys: Sequence[AssetKey]) -> dict[AssetKey, AssetMarks]:
        """See `AssetStore`."""
        with self._tables.lock:
            return {key: replace(row.marks) for key in keys if (row := self._tables.assets.get(key)) is not None}

    def partition_marks(self, key: AssetKey, partitions: Sequence[str] | None = None) -> dict[str, AssetMarks]:
        """See `AssetStore`."""
        with self._tables.lock:
            known = self._tables.partitions.get(key, {})
            wanted = known if partitions is None else [partition for partition in partitions if partition in known]
            return {partition: replace(known[partition]) for partition in wanted}

    def partition_groups(self, key: AssetKey) -> list[PartitionGroup]:
        """See `AssetStore`."""
        groups: dict[tuple[DagsterRunStatus | None, bool], list[str]] = {}
        with self._tables.lock:
            for partition, marks in self._tables.partitions.get(key, {}).items():
                planned = self._tables.runs.get(marks.planned_run_id or "") if marks.is_planned_later else None
                place = (planned.run.status if planned is not None else None, marks.materialization_id is not None)
                if marks.is_planned_later or place[1]:
                    groups.setdefault(place, []).append(partition)
        return [PartitionGroup(*place, partitions) for place, partitions in groups.items()]

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> dict[AssetCheckKey, CheckMarks]:
        """See `AssetStore`."""
        with self._tables.lock:
            return {key: replace(self._tables.checks[key]) for key in keys if key in self._tables.checks}

    def check_partition_groups(self, key: AssetCheckKey) -> list[CheckPartitionGroup]:
        """See `AssetStore`."""
        groups: dict[tuple[DagsterRunStatus | None, bool | None], list[str]] = {}
        with self._tables.lock:
            written = self._tables.partitions.get(key.asset_key, {})
            for (check, partition), marks in self._tables.check_partitions.items():
                if check != key or not marks.is_about(written.get(partition)):
                    continue
                planned = self._tables.runs.get(marks.planned_run_id or "") if marks.is_planned_later else None
                passed = None if marks.is_planned_later else marks.passed
                groups.setdefault((planned.run.status if planned is not None else None, passed), []).append(partition)
        return [CheckPartitionGroup(*place, sorted(partitions)) for place, partitions in groups.items()]

    def move(self, old: AssetKey, new: AssetKey) -> int:
        """See `AssetStore`."""
        with self._tables.writing:
            own = self._tables.by_asset.pop(old, [])
            for stored in {id(each): each for events in self._tables.logs.values() for each in events}.values():
                moved = moved_entry(stored.record.event_log_entry, old, new)
                if moved != stored.record.event_log_entry:
                    stored.record = EventLogRecord(stored.record.storage_id, moved)
            for stored in own:
                stored.columns = columns_of(stored.record.event_log_entry)
            if own:
                both = [*self._tables.by_asset.get(new, []), *own]
                self._tables.by_asset[new] = sorted(both, key=lambda each: each.record.storage_id)
                self._tables.replay(old)
                self._tables.replay(new)
            return len(own)

    def wipe(self, key: AssetKey, partitions: Sequence[str] | None = None, events: Sequence[EventLogEntry] = ()) -> None:
        """See `AssetStore`."""
        with self._tables.writing:
            left: list[StoredEvent] = []
            for stored in self._tables.by_asset.get(key, []):
                if partitions is None or stored.columns.partition in partitions:
                    stored.columns = EventColumns(stored.columns.event_type)
                else:
                    left.append(stored)
            self._tables.by_asset[key] = left
            self._tables.replay(key)
            self._tables.insert(events, 0, None, now())

    def _record(self, key: AssetKey, row: AssetRow) -> AssetRecord:
        marks = row.marks
        entry = AssetEntry(
            asset_key=key,
            last_materialization_record=self._event(key, marks.materialization_id),
            last_run_id=marks.last_run_id,
            last_observation_record=self._event(key, marks.observation_id),
            last_planned_materialization_storage_id=marks.planned_id,
            last_planned_materialization_run_id=marks.planned_run_id,
        )
        return AssetRecord(row.id, entry)

    def _event(self, key: AssetKey, storage_id: int | None) -> EventLogRecord | None:
        if storage_id is None:
            return None
        events = self._tables.by_asset.get(key, [])
        return next((stored.record for stored in reversed(events) if stored.record.storage_id == storage_id), None)
