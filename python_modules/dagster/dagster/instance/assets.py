"""What the instance can be asked about assets: the projections, and the removal of history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from dagster.errors import DagsterInvariantViolationError
from dagster.events.data import AssetWipedData
from dagster.events.data_versions import CODE_VERSION_TAG
from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecord, EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance.kept import event_types
from dagster.instance.reports import ReportMethods, wiped_entry
from dagster.instance.settlement import broke_off
from dagster.keys import AssetKey
from dagster.specs.assets import AssetSpec
from dagster.storage.projections import AssetMarks

_MATERIALIZATION, _OBSERVATION = DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.ASSET_OBSERVATION


class AssetMethods(ReportMethods):
    """Assets: what is known of them."""

    def get_latest_materialization_event(self, asset_key: AssetKey) -> EventLogEntry | None:
        """The entry of the latest materialization of an asset, None if there is none. One indexed row."""
        return self.get_latest_materialization_events([asset_key]).get(asset_key)

    def get_latest_materialization_events(self, asset_keys: Iterable[AssetKey]) -> Mapping[AssetKey, EventLogEntry | None]:
        """The entries of the latest materializations, keyed by asset; assets without one are left out. One query."""
        records = self._storage.assets.latest_materializations(list(asset_keys))
        return {key: record.event_log_entry for key, record in records.items()}

    def get_latest_materialization_code_versions(self, asset_keys: Iterable[AssetKey]) -> Mapping[AssetKey, str | None]:
        """The code version of the latest materialization of each asset; None where there is none."""
        keys = list(asset_keys)
        events = self.get_latest_materialization_events(keys)
        return {key: _tag(events.get(key), CODE_VERSION_TAG) for key in keys}

    def get_latest_data_version_record(
        self,
        key: AssetKey,
        is_source: bool | None = None,
        partition_key: str | None = None,
        before_cursor: int | None = None,
        after_cursor: int | None = None,
    ) -> EventLogRecord | None:
        """The latest record that says which data version an asset has.

        Args:
            key: the asset.
            is_source: True looks at observations alone, False at materializations alone, None at both.
            partition_key: the partition, None for an asset without partitions.
            before_cursor: only records with lower storage ids.
            after_cursor: only records with higher storage ids.
        """
        kinds = {None: (_OBSERVATION, _MATERIALIZATION), True: (_OBSERVATION,), False: (_MATERIALIZATION,)}[is_source]
        partitions = None if partition_key is None else [partition_key]
        for kind in reversed(kinds):
            conditions = EventRecordsFilter(kind, key, partitions, after_cursor, before_cursor)
            if found := self._storage.events.records(conditions, limit=1):
                return found[0]
        return None

    def get_asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Sequence[AssetKey]:
        """The assets of which something is known, in the order of their keys; `cursor` is the `to_string` of the last one."""
        return self._storage.assets.asset_keys(prefix, limit, cursor)

    def all_asset_keys(self) -> Sequence[AssetKey]:
        """The assets of which something is known, in the order of their keys."""
        return self.get_asset_keys()

    def has_asset_key(self, asset_key: AssetKey) -> bool:
        """Whether something is known of an asset."""
        return bool(self._storage.assets.asset_marks([asset_key]))

    def get_asset_records(self, asset_keys: Sequence[AssetKey] | None = None) -> Sequence[AssetRecord]:
        """What is known of these assets, or of all, in the order of their keys. One query."""
        return self._storage.assets.asset_records(asset_keys)

    def get_asset_keys_for_run(
        self, run_id: str, of_type: DagsterEventType | Collection[DagsterEventType] | None = None
    ) -> Set[AssetKey]:
        """The assets that a run's events are about."""
        records = self._storage.events.run_log(run_id, types=event_types(of_type))
        return {key for record in records if (key := record.asset_key) is not None}

    def get_materialized_partitions(
        self, asset_key: AssetKey, before_cursor: int | None = None, after_cursor: int | None = None
    ) -> set[str]:
        """The partitions of an asset with a materialization; the cursors are storage ids, exclusive."""
        if before_cursor is not None:
            conditions = EventRecordsFilter(_MATERIALIZATION, asset_key, after_cursor=after_cursor, before_cursor=before_cursor)
            records = self._storage.events.records(conditions)
            return {partition for record in records if (partition := record.partition_key) is not None}
        return set(self.get_latest_storage_id_by_partition(asset_key, _MATERIALIZATION, after_cursor=after_cursor))

    def get_latest_storage_id_by_partition(
        self,
        asset_key: AssetKey,
        event_type: DagsterEventType,
        partitions: Set[str] | None = None,
        after_cursor: int | None = None,
    ) -> Mapping[str, int]:
        """The storage id of the latest event of a type, keyed by partition. One query on the projection.

        Raises:
            KeyError: a type that has no projection: other than materialization, planned materialization and observation.
        """
        marks = self._storage.assets.partition_marks(asset_key, None if partitions is None else sorted(partitions))
        latest = {partition: _latest_id(mark, event_type) for partition, mark in marks.items()}
        return {partition: place for partition, place in latest.items() if place is not None and place > (after_cursor or 0)}

    def asset_marks(self, asset_keys: Sequence[AssetKey]) -> Mapping[AssetKey, AssetMarks]:
        """The latest events about each asset of which something is known, by storage id. One query."""
        return self._storage.assets.asset_marks(asset_keys)

    def partition_marks(self, asset_key: AssetKey, partitions: Sequence[str] | None = None) -> Mapping[str, AssetMarks]:
        """The latest events about each partition of an asset of which something is known. One query."""
        return self._storage.assets.partition_marks(asset_key, partitions)

    def interrupted_materialization(self, asset_key: AssetKey, partition_key: str | None = None) -> str | None:
        """The run that broke off while it was to write this, None if the latest materialization is whole."""
        if partition_key is None:
            marks = self._storage.assets.asset_marks([asset_key]).get(asset_key)
        else:
            marks = self._storage.assets.partition_marks(asset_key, [partition_key]).get(partition_key)
        if marks is None or marks.planned_run_id is None or (marks.planned_id or 0) < (marks.materialization_id or 0):
            return None
        run = self._storage.runs.run(marks.planned_run_id)
        step = self._storage.runs.step_marks(marks.planned_run_id).get(marks.planned_step_key or "")
        return marks.planned_run_id if run is not None and broke_off(run.dagster_run, step) else None

    def move_asset(self, old: AssetKey, new: AssetKey) -> int:
        """Gives everything that is known of an asset to another key: events, partitions, checks, and what was made from it.

        Stored values stay where they are. What is known of the other key already stays, too.

        Returns:
            How many events it has moved.

        Raises:
            DagsterInvariantViolationError: both keys are the same.
        """
        if old == new:
            raise DagsterInvariantViolationError(f'Asset "{old.to_user_string()}" cannot be moved to its own key.')
        return self._storage.assets.move(old, new)

    def take_over_aliases(self, specs: Iterable[AssetSpec]) -> Mapping[AssetKey, AssetKey]:
        """Moves what is known under former keys of assets to them. One query, where some of them have any.

        A former key that another one of these assets has now is not touched.

        Returns:
            The new keys of what was moved, keyed by the former ones.
        """
        every = list(specs)
        wanted = {alias: spec.key for spec in every for alias in spec.aliases}
        if not wanted:
            return {}
        taken = {spec.key for spec in every}
        known = self._storage.assets.asset_marks([alias for alias in wanted if alias not in taken])
        for alias in known:
            self.move_asset(alias, wanted[alias])
        return {alias: wanted[alias] for alias in known}

    def wipe_assets(self, asset_keys: Sequence[AssetKey]) -> None:
        """Forgets assets: their events are not found any more except in the logs of their runs. Stored values stay."""
        for asset_key in asset_keys:
            self._storage.assets.wipe(asset_key, None, [wiped_entry(AssetWipedData(asset_key=asset_key))])

    def wipe_asset_partitions(self, asset_key: AssetKey, partition_keys: Sequence[str]) -> None:
        """Forgets partitions of an asset as `wipe_assets` does."""
        keys = list(partition_keys)
        self._storage.assets.wipe(asset_key, keys, [wiped_entry(AssetWipedData(asset_key=asset_key, partition_keys=keys))])


def _latest_id(marks: AssetMarks, kind: DagsterEventType) -> int | None:
    return {
        DagsterEventType.ASSET_MATERIALIZATION: marks.materialization_id,
        DagsterEventType.ASSET_MATERIALIZATION_PLANNED: marks.planned_id,
        DagsterEventType.ASSET_OBSERVATION: marks.observation_id,
    }[kind]


def _tag(event: EventLogEntry | None, tag: str) -> str | None:
    return (event.tags or {}).get(tag) if event else None
