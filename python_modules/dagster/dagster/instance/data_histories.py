"""What the resolver of staleness asks of the past, answered by storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dagster.events.data_versions import DEFAULT_DATA_VERSION
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.lineage.staleness import Made, Version
from dagster.storage.projections import AssetMarks

if TYPE_CHECKING:
    from dagster.partitions.loading import DynamicPartitionsStore
    from dagster.storage.ports import Storage

_MATERIALIZATION, _OBSERVATION = DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.ASSET_OBSERVATION


class KeptDataHistory:
    """The port `DataHistory` over the storage of an instance."""

    def __init__(self, storage: Storage, dynamic_partitions: DynamicPartitionsStore) -> None:
        self._storage = storage
        self._dynamic_partitions = dynamic_partitions

    @property
    def dynamic_partitions(self) -> DynamicPartitionsStore:
        """See `DataHistory`."""
        return self._dynamic_partitions

    def latest_made(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        """See `DataHistory`. One query."""
        return {key: made_of(record) for key, record in self._storage.assets.latest_materializations(keys).items()}

    def latest_told(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        """See `DataHistory`. One query."""
        found: dict[AssetKey, Made] = {}
        for record in self._storage.assets.asset_records(keys):
            entry = record.asset_entry
            events = [each for each in (entry.last_materialization_record, entry.last_observation_record) if each is not None]
            if events:
                found[entry.asset_key] = made_of(max(events, key=lambda each: each.storage_id))
        return found

    def partitions_made(self, key: AssetKey, partitions: Sequence[str] | None) -> Mapping[str, Made]:
        """See `DataHistory`. Two queries."""
        marks = self._storage.assets.partition_marks(key, partitions)
        records = self._at(_MATERIALIZATION, key, (mark.materialization_id for mark in marks.values()))
        return {
            partition: made_of(records[mark.materialization_id])
            for partition, mark in marks.items()
            if mark.materialization_id in records
        }

    def partition_versions(self, key: AssetKey, partitions: Sequence[str] | None, *, is_external: bool) -> Mapping[str, Version]:
        """See `DataHistory`. One query, and one more where observations count."""
        marks = self._storage.assets.partition_marks(key, partitions)
        places = {each: mark.observation_id for each, mark in marks.items() if is_external and _is_seen_later(mark)}
        seen = self._at(_OBSERVATION, key, places.values())
        found: dict[str, Version] = {}
        for partition, mark in marks.items():
            if partition in places:
                made = made_of(seen[places[partition]])
                found[partition] = Version(made.place, made.data_version)
            elif mark.materialization_id is not None:
                found[partition] = Version(mark.materialization_id, mark.data_version or DEFAULT_DATA_VERSION.value)
        return found

    def version_before(self, key: AssetKey, partition: str, place: int) -> str | None:
        """See `DataHistory`. Two queries by the index on assets."""
        latest: EventLogRecord | None = None
        for kind in (_MATERIALIZATION, _OBSERVATION):
            for record in self._storage.events.records(EventRecordsFilter(kind, key, [partition], None, place), limit=1):
                if latest is None or record.storage_id > latest.storage_id:
                    latest = record
        return made_of(latest).data_version if latest is not None else None

    def _at(self, kind: DagsterEventType, key: AssetKey, places: Iterable[int | None]) -> Mapping[Any, EventLogRecord]:
        wanted = [place for place in places if place is not None]
        records = self._storage.events.records(EventRecordsFilter(kind, key, storage_ids=wanted)) if wanted else []
        return {record.storage_id: record for record in records}


def made_of(record: EventLogRecord) -> Made:
    """What a materialization or an observation says of the data."""
    event = record.asset_materialization or record.event_log_entry.asset_observation
    assert event is not None, "an event about an asset has a materialization or an observation"
    return Made(record.storage_id, event.tags or {})


def _is_seen_later(marks: AssetMarks) -> bool:
    return (marks.observation_id or 0) > (marks.materialization_id or 0)
