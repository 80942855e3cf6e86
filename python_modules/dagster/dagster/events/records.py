"""Entries with their place in the log, and what asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.errors import CheckError
from dagster.events.asset_events import AssetMaterialization, AssetObservation
from dagster.events.entries import EventLogEntry
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey


class EventLogRecord(msgspec.Struct, frozen=True, gc=False):
    """An entry with its place in the log.

    Attributes:
        storage_id: grows with every entry that is stored; later entries have higher ones.
        event_log_entry: the entry.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([orders], instance=instance)
        >>> record = instance.fetch_materializations("orders", limit=1).records[0]
        >>> record.asset_key, record.run_id == run.run_id
        (AssetKey(['orders']), True)
    """

    storage_id: int
    event_log_entry: EventLogEntry

    @property
    def run_id(self) -> str:
        """The run in which it happened."""
        return self.event_log_entry.run_id

    @property
    def timestamp(self) -> float:
        """Seconds since the epoch, UTC."""
        return self.event_log_entry.timestamp

    @property
    def event_type(self) -> DagsterEventType:
        """The event's type."""
        return self.event_log_entry.get_dagster_event().event_type

    @property
    def asset_key(self) -> AssetKey | None:
        """The asset it is about."""
        event = self.event_log_entry.dagster_event
        return event.asset_key if event else None

    @property
    def partition_key(self) -> str | None:
        """The partition it is about."""
        event = self.event_log_entry.dagster_event
        return event.partition if event else None

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What was written."""
        return self.event_log_entry.asset_materialization

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What was seen."""
        return self.event_log_entry.asset_observation

    @property
    def asset_event(self) -> AssetMaterialization | AssetObservation | None:
        """What was written or seen."""
        return self.asset_materialization or self.asset_observation


class EventRecordsFilter(msgspec.Struct, frozen=True):
    """Which records are asked for. Cursors are storage ids and exclusive; times are seconds since the epoch, exclusive.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([orders], instance=instance)
        >>> wanted = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, asset_key=AssetKey("orders"))
        >>> [record.run_id == run.run_id for record in instance.get_event_records(wanted)]
        [True]
    """

    event_type: DagsterEventType
    asset_key: AssetKey | None = None
    asset_partitions: Sequence[str] | None = None
    after_cursor: int | None = None
    before_cursor: int | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    storage_ids: Sequence[int] | None = None


class AssetRecordsFilter(msgspec.Struct, frozen=True):
    """Which records of one asset are asked for. Bounds are exclusive.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([orders], instance=instance)
        >>> len(instance.fetch_materializations(AssetRecordsFilter(AssetKey("orders")), limit=10).records)
        1
    """

    asset_key: AssetKey
    asset_partitions: Sequence[str] | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    storage_ids: Sequence[int] | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "asset_key", AssetKey.from_coercible(self.asset_key))

    @property
    def tags(self) -> Mapping[str, str] | None:
        """Always None; kept for the API."""
        return None

    def to_event_records_filter(
        self, event_type: DagsterEventType, cursor: str | None = None, ascending: bool = False
    ) -> EventRecordsFilter:
        """The same question for one type of event, going on after `cursor`, a storage id in text."""
        conditions = EventRecordsFilter(event_type, asset_key=self.asset_key, asset_partitions=self.asset_partitions)
        return _with_cursor(conditions, self, cursor, ascending)


def _with_cursor(
    conditions: EventRecordsFilter, asked: AssetRecordsFilter | RunStatusChangeRecordsFilter, cursor: str | None, ascending: bool
) -> EventRecordsFilter:
    position = int(cursor) if cursor else None
    after = [bound for bound in (asked.after_storage_id, position if ascending else None) if bound is not None]
    before = [bound for bound in (asked.before_storage_id, None if ascending else position) if bound is not None]
    return replace(
        conditions,
        after_cursor=max(after) if after else None,
        before_cursor=min(before) if before else None,
        after_timestamp=asked.after_timestamp,
        before_timestamp=asked.before_timestamp,
        storage_ids=asked.storage_ids,
    )


RUN_STATUS_CHANGES = (
    DagsterEventType.RUN_START,
    DagsterEventType.RUN_SUCCESS,
    DagsterEventType.RUN_FAILURE,
    DagsterEventType.RUN_ENQUEUED,
    DagsterEventType.RUN_STARTING,
    DagsterEventType.RUN_CANCELING,
    DagsterEventType.RUN_CANCELED,
    DagsterEventType.RUN_SUSPENDED,
    DagsterEventType.RUN_RESUMED,
)
"""The events that say where a run moved."""


class RunStatusChangeRecordsFilter(msgspec.Struct, frozen=True):
    """Which changes of runs' statuses are asked for. Bounds are exclusive, times seconds since the epoch.

    Attributes:
        event_type: one of those that say where a run moved.
        job_names: only runs of these jobs.

    Raises:
        CheckError: the event says nothing about a run's status.
    """

    event_type: DagsterEventType
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    storage_ids: Sequence[int] | None = None
    job_names: Sequence[str] | None = None

    def __post_init__(self) -> None:
        if self.event_type not in RUN_STATUS_CHANGES:
            known = ", ".join(kind.value for kind in RUN_STATUS_CHANGES)
            found = getattr(self.event_type, "value", self.event_type)
            raise CheckError(f"{found} does not say where a run moved. Ask for one of: {known}.")

    def to_event_records_filter(self, cursor: str | None = None, ascending: bool = False) -> EventRecordsFilter:
        """The same question about the log, going on after `cursor`, a storage id in text."""
        return _with_cursor(EventRecordsFilter(self.event_type), self, cursor, ascending)


class EventRecordsResult(msgspec.Struct, frozen=True):
    """A page of records.

    Attributes:
        records: in the order asked for.
        cursor: where the next page begins.
        has_more: whether there is a next page.
    """

    records: Sequence[EventLogRecord]
    cursor: str
    has_more: bool


class EventLogConnection(msgspec.Struct, frozen=True):
    """A page of the log of one run.

    Attributes:
        records: in the order asked for.
        cursor: where the next page begins.
        has_more: whether there is a next page.
    """

    records: Sequence[EventLogRecord]
    cursor: str
    has_more: bool


class AssetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the projections know of one asset: one row, no scan."""

    asset_key: AssetKey
    last_materialization_record: EventLogRecord | None = None
    last_run_id: str | None = None
    asset_details: None = None
    last_observation_record: EventLogRecord | None = None
    last_planned_materialization_storage_id: int | None = None
    last_planned_materialization_run_id: str | None = None

    @property
    def last_materialization(self) -> EventLogEntry | None:
        """The entry of the latest materialization."""
        return self.last_materialization_record.event_log_entry if self.last_materialization_record else None

    @property
    def last_materialization_storage_id(self) -> int | None:
        """The place of the latest materialization in the log."""
        return self.last_materialization_record.storage_id if self.last_materialization_record else None


class AssetRecord(msgspec.Struct, frozen=True):
    """What the projections know of one asset, with the id of its row."""

    storage_id: int
    asset_entry: AssetEntry
