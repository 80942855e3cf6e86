"""What the function of a sensor on several assets can ask for: which of them were made since its cursor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.tick_contexts import belongings_of
from dagster.errors import CheckError, DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.lineage.partition_mappings import mapping_between
from dagster.specs.selections import AssetSelection

_LOOKED_AT = 25_000


class _Place(msgspec.Struct, frozen=True):
    """How far one asset was looked at.

    Attributes:
        partition: of the last materialization that was looked at.
        storage_id: of that materialization; None at the beginning.
        skipped: partitions that were passed over, each with the storage id of its materialization.
    """

    partition: str | None = None
    storage_id: int | None = None
    skipped: Mapping[str, int] = {}


class MultiAssetSensorEvaluationContext(SensorEvaluationContext):
    """The context of a sensor on several assets. What was looked at is marked with `advance_cursor` and not seen again.

    Args:
        monitored_assets: a selection, or keys.
        given: what every context of a sensor takes.

    Example:
        >>> @multi_asset_sensor(monitored_assets=[AssetKey("orders"), AssetKey("customers")], job_name="report")
        ... def both_made(context: MultiAssetSensorEvaluationContext):
        ...     records = context.latest_materialization_records_by_key()
        ...     if all(records.values()):
        ...         context.advance_all_cursors()
        ...         return RunRequest()
    """

    _builder = "build_multi_asset_sensor_context"

    def __init__(self, *, monitored_assets: AssetSelection | Sequence[AssetKey], **given: Any) -> None:
        super().__init__(**given)
        if self._definitions is None and self._repository_def is None:
            raise CheckError("Exactly one of `definitions` or `repository_def` must be provided. Got none.")
        self._monitored = monitored_assets
        self._places = _places_of(self._cursor)
        self._keys: list[AssetKey] | None = None

    @classmethod
    def watching(
        cls, monitored_assets: AssetSelection | Sequence[AssetKey], context: SensorEvaluationContext
    ) -> MultiAssetSensorEvaluationContext:
        """The context of a tick, as one of the sensor on these assets."""
        return cls(
            monitored_assets=monitored_assets,
            cursor=context.cursor,
            sensor_name=context.sensor_name,
            repository_name=context.repository_name,
            last_run_key=context.last_run_key,
            last_tick_completion_time=context.last_tick_completion_time,
            last_sensor_start_time=context.last_sensor_start_time,
            **belongings_of(context),
        )

    @property
    def _graph(self) -> Any:
        return self.repository_def.asset_graph

    @property
    def asset_keys(self) -> Sequence[AssetKey]:
        """The assets that are looked at."""
        if self._keys is None:
            given = self._monitored
            self._keys = sorted(given.resolve(self._graph)) if isinstance(given, AssetSelection) else list(given)
        return self._keys

    @property
    def assets_defs_by_key(self) -> Mapping[AssetKey, Any]:
        """What makes each of them; None for one that is not part of the project."""
        known = self.repository_def.assets_defs_by_key
        return {key: known.get(key) for key in self.asset_keys}

    def update_cursor(self, cursor: str | None) -> None:
        """Nothing: the cursor of this context follows from `advance_cursor`."""

    def latest_materialization_records_by_key(
        self, asset_keys: Sequence[AssetKey] | None = None
    ) -> Mapping[AssetKey, EventLogRecord | None]:
        """The latest materialization of each asset after its cursor; None where there is none. One query each."""
        return {key: next(iter(self._records(key, limit=1, ascending=False)), None) for key in asset_keys or self.asset_keys}

    def materialization_records_for_key(self, asset_key: AssetKey, limit: int | None = None) -> Iterable[EventLogRecord]:
        """The materializations of an asset after its cursor, oldest first."""
        return self._records(asset_key, limit=limit or _LOOKED_AT)

    def latest_materialization_records_by_partition(
        self, asset_key: AssetKey, after_cursor_partition: bool | None = False
    ) -> Mapping[str, EventLogRecord]:
        """The latest materialization of each partition that was not looked at, in the order in which they were made.

        Args:
            asset_key: an asset with partitions.
            after_cursor_partition: leave out the partitions that stand before the last one that was looked at.

        Raises:
            DagsterInvariantViolationError: the asset has no partitions.
        """
        keys = self._partition_keys(asset_key)
        place = self._place(asset_key)
        if after_cursor_partition and place.partition in keys:
            keys = keys[keys.index(place.partition) + 1 :]
        records = [*self.get_trailing_unconsumed_events(asset_key), *self._records(asset_key, limit=_LOOKED_AT)]
        found: dict[str, EventLogRecord] = {}
        for record in records:
            partition = record.partition_key
            if partition is not None and partition in keys:
                found.pop(partition, None)
                found[partition] = record
        return found

    def latest_materialization_records_by_partition_and_asset(self) -> Mapping[str, Mapping[AssetKey, EventLogRecord]]:
        """The same for all assets, keyed by partition."""
        found: dict[str, dict[AssetKey, EventLogRecord]] = {}
        for key in self.asset_keys:
            for partition, record in self.latest_materialization_records_by_partition(key).items():
                found.setdefault(partition, {})[key] = record
        return found

    def get_trailing_unconsumed_events(self, asset_key: AssetKey) -> Sequence[EventLogRecord]:
        """Materializations that were passed over when the cursor of the asset was moved, oldest first."""
        skipped = sorted(self._place(asset_key).skipped.values())
        conditions = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, asset_key=asset_key, storage_ids=skipped)
        return list(self.instance.get_event_records(conditions, ascending=True)) if skipped else []

    def get_cursor_partition(self, asset_key: AssetKey | None) -> str | None:
        """The partition that was looked at last; None without."""
        if asset_key not in self.asset_keys:
            raise DagsterInvalidInvocationError(f"Asset {asset_key} is none of those that this sensor looks at.")
        return self._place(asset_key).partition

    def all_partitions_materialized(self, asset_key: AssetKey, partitions: Sequence[str] | None = None) -> bool:
        """Whether each of these partitions, or each of the asset's, was ever made.

        Raises:
            DagsterInvariantViolationError: the asset has no partitions.
        """
        wanted = self._partition_keys(asset_key) if partitions is None else partitions
        made = self.instance.get_materialized_partitions(asset_key)
        return set(wanted) <= set(made)

    def get_downstream_partition_keys(
        self, partition_key: str, from_asset_key: AssetKey, to_asset_key: AssetKey
    ) -> Sequence[str]:
        """Which partitions of one asset depend on a partition of another one.

        Raises:
            DagsterInvalidInvocationError: one of them has no partitions.
        """
        above, below = (self._graph.get(key).partitions_def for key in (from_asset_key, to_asset_key))
        for key, partitions in ((from_asset_key, above), (to_asset_key, below)):
            if partitions is None:
                raise DagsterInvalidInvocationError(f"Asset key {key} is not partitioned. Cannot get partition keys.")
        held = above.subset_with_partition_keys([partition_key])
        mapping = mapping_between(self._graph, child=to_asset_key, parent=from_asset_key)
        dependents = mapping.get_downstream_partitions_for_partitions(held, above, below, dynamic_partitions_store=self.instance)
        return dependents.get_partition_keys()

    def advance_cursor(self, materialization_records_by_key: Mapping[AssetKey, EventLogRecord | None]) -> None:
        """Mark these materializations, and for each asset all before them, as looked at."""
        for key, record in materialization_records_by_key.items():
            if record is not None:
                self._places[key] = self._advanced(key, record)
        self._cursor_updated = True

    def advance_all_cursors(self) -> None:
        """Mark everything that was made as looked at."""
        self._places = {key: self._place(key) for key in self.asset_keys}
        for key, record in self.latest_materialization_records_by_key().items():
            if record is not None:
                self._places[key] = _Place(record.partition_key, record.storage_id)
        self._cursor_updated = True

    def update_cursor_after_evaluation(self) -> None:
        """Write what was marked into `cursor`. Called when the function has ended."""
        if self._cursor_updated:
            self._cursor = _cursor_of({key: self._place(key) for key in self.asset_keys})

    def _advanced(self, key: AssetKey, record: EventLogRecord) -> _Place:
        place = self._place(key)
        if record.partition_key is None:
            return _Place(None, record.storage_id)
        passed = [each for each in self._records(key, limit=_LOOKED_AT) if each.storage_id < record.storage_id]
        skipped = {**place.skipped, **{each.partition_key: each.storage_id for each in passed if each.partition_key}}
        skipped.pop(record.partition_key, None)
        return _Place(record.partition_key, max(record.storage_id, place.storage_id or 0), skipped)

    def _place(self, key: AssetKey | None) -> _Place:
        return self._places.get(key, _Place()) if key is not None else _Place()

    def _records(self, key: AssetKey, limit: int, ascending: bool = True) -> Sequence[EventLogRecord]:
        after = self._place(key).storage_id
        conditions = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, asset_key=key, after_cursor=after)
        return list(self.instance.get_event_records(conditions, limit=limit, ascending=ascending))

    def _partition_keys(self, key: AssetKey) -> list[str]:
        partitions = self._graph.get(key).partitions_def
        if partitions is None:
            raise DagsterInvariantViolationError(
                f"Asset {key.to_user_string()} has no partitions: ask for its latest materialization."
            )
        store: Any = self._instance
        return list(partitions.get_partition_keys(dynamic_partitions_store=store))


def _cursor_of(places: Mapping[AssetKey, _Place]) -> str:
    return json.dumps({str(key): [place.partition, place.storage_id, place.skipped] for key, place in places.items()})


def _places_of(cursor: str | None) -> dict[AssetKey, _Place]:
    """Keys are written as they print: `AssetKey(['a', 'b'])`."""
    if not cursor:
        return {}
    places: dict[AssetKey, _Place] = {}
    for written, (partition, storage_id, skipped) in json.loads(cursor).items():
        parts = json.loads(written.removeprefix("AssetKey(").removesuffix(")").replace("'", '"'))
        places[AssetKey(parts)] = _Place(partition, storage_id, skipped)
    return places


def build_multi_asset_sensor_context(
    *,
    monitored_assets: AssetSelection | Sequence[AssetKey],
    repository_def: Any = None,
    instance: Any = None,
    cursor: str | None = None,
    repository_name: str | None = None,
    cursor_from_latest_materializations: bool = False,
    resources: Mapping[str, object] | None = None,
    definitions: Any = None,
    last_sensor_start_time: float | None = None,
) -> MultiAssetSensorEvaluationContext:
    """The context for calling the function of a sensor on several assets directly.

    Args:
        monitored_assets: a selection, or keys.
        repository_def, definitions: the project that the assets belong to; one of them.
        instance: what remembers materializations.
        cursor: what the last tick left.
        repository_name: of the repository.
        cursor_from_latest_materializations: mark all that was made as looked at.
        resources: by key, anything that can be a resource.
        last_sensor_start_time: when the sensor was last switched on, in seconds since the epoch.

    Raises:
        CheckError: no project is given.
        DagsterInvalidInvocationError: both a cursor and one from the latest materializations.

    Example:
        >>> context = build_multi_asset_sensor_context(
        ...     monitored_assets=[orders.key], definitions=defs, instance=DagsterInstance.ephemeral()
        ... )
        >>> context.latest_materialization_records_by_key()
        {AssetKey(['orders']): None}
    """
    if cursor is not None and cursor_from_latest_materializations:
        raise DagsterInvalidInvocationError("Cannot provide both cursor and cursor_from_latest_materializations objects.")
    context = MultiAssetSensorEvaluationContext(
        monitored_assets=monitored_assets,
        repository_def=repository_def,
        instance=instance,
        cursor=cursor,
        repository_name=repository_name,
        resources=resources,
        definitions=definitions,
        last_sensor_start_time=last_sensor_start_time,
    )
    if cursor_from_latest_materializations:
        context.advance_all_cursors()
        context.update_cursor_after_evaluation()
        context._cursor_updated = False  # pyright: ignore[reportPrivateUsage] - as if an earlier tick had done it
    return context
