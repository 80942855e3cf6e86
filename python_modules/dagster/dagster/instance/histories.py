"""What automation conditions ask of the past, answered by storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from dagster.automation.histories import CheckMarks, Made, Marks, RunFacts
from dagster.events.data_versions import DATA_VERSION_TAG
from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.runs import RunsFilter

if TYPE_CHECKING:
    from dagster.storage.ports import Storage

_KINDS = (DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.ASSET_OBSERVATION)


class KeptHistory:
    """The history that an instance keeps. Each question is one query, but for the version of data: two."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def latest_place(self) -> int:
        return self._storage.events.latest_id()

    def asset_marks(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Marks]:
        return self._storage.assets.asset_marks(keys)

    def partition_marks(self, key: AssetKey) -> Mapping[str, Marks]:
        return self._storage.assets.partition_marks(key)

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> Mapping[AssetCheckKey, CheckMarks]:
        return self._storage.assets.check_marks(keys) if keys else {}

    def runs(self, run_ids: Collection[str]) -> Mapping[str, RunFacts]:
        found = self._storage.runs.runs(RunsFilter(run_ids=sorted(run_ids))) if run_ids else []
        return {record.dagster_run.run_id: record.dagster_run for record in found}

    def data_version(self, key: AssetKey, partition: str | None, *, before: int | None) -> str | None:
        """The version that the latest event about it names."""
        partitions = None if partition is None else [partition]
        latest: tuple[int, str] | None = None
        for kind in _KINDS:
            conditions = EventRecordsFilter(kind, key, partitions, None, before)
            for record in self._storage.events.records(conditions, limit=1):
                event = record.asset_materialization or record.event_log_entry.asset_observation
                version = (event.tags or {}).get(DATA_VERSION_TAG) if event is not None else None
                if version is not None and (latest is None or record.storage_id > latest[0]):
                    latest = (record.storage_id, version)
        return latest[1] if latest is not None else None

    def materializations_since(self, key: AssetKey, place: int) -> Sequence[Made]:
        conditions = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, key, after_cursor=place)
        records = self._storage.events.records(conditions)
        return [Made(record.partition_key, record.run_id, record.timestamp) for record in records]

    def materialized_at(self, key: AssetKey) -> float | None:
        record = self._storage.assets.latest_materializations([key]).get(key)
        return record.timestamp if record is not None else None
