"""What a batch of events changes in the projections: decided here once, applied by every kind of storage.

The log is the truth; a projection holds what the log says last. Every change is one of: a run's status, a step's
state, the latest events of an asset, of one of its partitions, of one of its checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dagster.events.asset_events import AssetCheckEvaluation
from dagster.events.data import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    EngineEventData,
    JobFailureData,
    StepMaterializationData,
)
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import FINISHED_STATUSES, STATUS_BY_EVENT, DagsterRunStatus

STEP_STATUS_BY_EVENT = {
    "STEP_START": "IN_PROGRESS",
    "STEP_RESTARTED": "IN_PROGRESS",
    "STEP_UP_FOR_RETRY": "IN_PROGRESS",
    "STEP_SUCCESS": "SUCCESS",
    "STEP_FAILURE": "FAILURE",
    "STEP_SKIPPED": "SKIPPED",
}
"""The state into which a step event moves its step."""


class RunChange(msgspec.Struct):
    """Where a run moves; times are seconds since the epoch, None leaves what is stored."""

    status: DagsterRunStatus
    start_time: float | None = None
    end_time: float | None = None
    failure_reason: str | None = None


class StepMarks(msgspec.Struct):
    """What the log says of one step of a run. `attempts` counts the starts in this batch, or all of them once stored."""

    status: str
    start_time: float | None = None
    end_time: float | None = None
    attempts: int = 0

    def add(self, later: StepMarks) -> None:
        """Takes over what a later batch says."""
        self.status = later.status
        self.start_time = self.start_time if later.start_time is None else later.start_time
        self.end_time = None if later.status == "IN_PROGRESS" else later.end_time
        self.attempts += later.attempts


class AssetMarks(msgspec.Struct):
    """The latest events about an asset, or about one of its partitions, by their storage ids; None: nothing new.

    A `planned_id` of 0 is a plan that needs no execution, since what was written before stands for it.
    """

    materialization_id: int | None = None
    materialization_run_id: str | None = None
    data_version: str | None = None
    observation_id: int | None = None
    planned_id: int | None = None
    planned_run_id: str | None = None
    planned_step_key: str | None = None

    @property
    def is_planned_later(self) -> bool:
        """Whether a run was to write it after it was last written."""
        return (self.planned_id or 0) > (self.materialization_id or 0)

    @property
    def last_run_id(self) -> str | None:
        """The run of the latest event that says that the asset is or will be written."""
        return self.planned_run_id if self.is_planned_later else self.materialization_run_id

    def add(self, later: AssetMarks) -> None:
        """Takes over what a later batch says."""
        if later.materialization_id is not None:
            self.materialization_id = later.materialization_id
            self.materialization_run_id = later.materialization_run_id
            self.data_version = later.data_version
        if later.observation_id is not None:
            self.observation_id = later.observation_id
        if later.planned_id is not None:
            self.planned_id = later.planned_id
            self.planned_run_id = later.planned_run_id
            self.planned_step_key = later.planned_step_key


class PartitionGroup(msgspec.Struct, frozen=True):
    """Partitions of an asset that stand at the same place.

    Attributes:
        run_status: of the run that was to write them after they were last materialized; None where there is no such plan.
        is_materialized: whether they ever were.
        partitions: their keys, in any order.
    """

    run_status: DagsterRunStatus | None
    is_materialized: bool
    partitions: Sequence[str]


class CheckPartitionGroup(msgspec.Struct, frozen=True):
    """Partitions of a check that stand at the same place.

    Attributes:
        run_status: of the run that was to execute it for them after anything was found; None where there is no such plan, or
            where the run is gone.
        passed: what was found; None where there is a plan.
        partitions: their keys, sorted.
    """

    run_status: DagsterRunStatus | None
    passed: bool | None
    partitions: Sequence[str]


class CheckMarks(msgspec.Struct):
    """The latest events about a check, by their storage ids; None: nothing new."""

    planned_id: int | None = None
    planned_run_id: str | None = None
    evaluation_id: int | None = None
    evaluation_run_id: str | None = None
    passed: bool | None = None

    @property
    def is_planned_later(self) -> bool:
        """Whether another run was to execute it after something was found."""
        return (self.planned_id or 0) > (self.evaluation_id or 0) and self.planned_run_id != self.evaluation_run_id

    def is_about(self, written: AssetMarks | None) -> bool:
        """Whether the latest execution is about what was written last: it is later, or by the same run."""
        if written is None or written.materialization_id is None:
            return True
        place = self.planned_id if self.is_planned_later else self.evaluation_id
        run_id = self.planned_run_id if self.is_planned_later else self.evaluation_run_id
        return (place or 0) > written.materialization_id or (bool(run_id) and run_id == written.materialization_run_id)

    def add(self, later: CheckMarks) -> None:
        """Takes over what a later batch says."""
        if later.planned_id is not None:
            self.planned_id, self.planned_run_id = later.planned_id, later.planned_run_id
        if later.evaluation_id is not None:
            self.evaluation_id, self.evaluation_run_id = later.evaluation_id, later.evaluation_run_id
            self.passed = later.passed


class Changes(msgspec.Struct):
    """Everything that one batch changes.

    Attributes:
        runs: keyed by run id.
        steps: keyed by run id and step key.
        assets: keyed by asset; one entry also for an asset of which only a partition changed.
        partitions: keyed by asset and partition.
        checks: keyed by check.
        check_partitions: keyed by check and partition.
    """

    runs: dict[str, RunChange] = {}
    steps: dict[tuple[str, str], StepMarks] = {}
    assets: dict[AssetKey, AssetMarks] = {}
    partitions: dict[tuple[AssetKey, str], AssetMarks] = {}
    checks: dict[AssetCheckKey, CheckMarks] = {}
    check_partitions: dict[tuple[AssetCheckKey, str], CheckMarks] = {}


class EventColumns(msgspec.Struct, frozen=True):
    """By what an event is found again."""

    event_type: str | None
    asset_key: AssetKey | None = None
    partition: str | None = None
    check_name: str | None = None


def columns_of(entry: EventLogEntry) -> EventColumns:
    """By what an entry is found again."""
    event = entry.dagster_event
    if event is None:
        return EventColumns(None)
    data = event.event_specific_data
    if isinstance(data, StepMaterializationData):
        about = data.materialization
        return EventColumns(event.event_type_value, about.asset_key, about.partition)
    if isinstance(data, AssetObservationData):
        return EventColumns(event.event_type_value, data.asset_observation.asset_key, data.asset_observation.partition)
    if isinstance(data, AssetMaterializationPlannedData):
        return EventColumns(event.event_type_value, data.asset_key, data.partition)
    if isinstance(data, (AssetCheckEvaluation, AssetCheckEvaluationPlanned)):
        return EventColumns(event.event_type_value, data.asset_key, data.partition, data.check_name)
    if isinstance(data, EngineEventData):
        return EventColumns(event.event_type_value, data.cached_asset, data.cached_partition)
    return EventColumns(event.event_type_value, event.asset_key)


def changes_of(records: Iterable[EventLogRecord]) -> Changes:
    """What the records change, in their order."""
    changes = Changes()
    for record in records:
        entry = record.event_log_entry
        event = entry.dagster_event
        if event is None:
            continue
        kind = event.event_type_value
        if kind in STATUS_BY_EVENT:
            _run_event(changes, entry, STATUS_BY_EVENT[kind])
        elif kind in STEP_STATUS_BY_EVENT and event.step_key is not None:
            _step_event(changes, entry, kind, event.step_key)
        elif event.event_specific_data is not None:
            _asset_event(changes, record, event.event_specific_data)
    return changes


def _run_event(changes: Changes, entry: EventLogEntry, status: DagsterRunStatus) -> None:
    change = changes.runs.setdefault(entry.run_id, RunChange(status))
    if change.status in FINISHED_STATUSES and change.end_time is not None:
        return  # of one attempt the first final status stays
    change.status = status
    if status is DagsterRunStatus.STARTED:
        change.start_time = entry.timestamp
    elif status in FINISHED_STATUSES:
        change.end_time = entry.timestamp
        data = entry.dagster_event.event_specific_data if entry.dagster_event else None
        change.failure_reason = data.failure_reason.value if isinstance(data, JobFailureData) else None


def _step_event(changes: Changes, entry: EventLogEntry, kind: str, step_key: str) -> None:
    marks = StepMarks(STEP_STATUS_BY_EVENT[kind])
    if kind in ("STEP_START", "STEP_RESTARTED"):
        marks.start_time = entry.timestamp
        marks.attempts = 1
    elif marks.status != "IN_PROGRESS":
        marks.end_time = entry.timestamp
    known = changes.steps.setdefault((entry.run_id, step_key), marks)
    if known is not marks:
        known.add(marks)


def _asset_event(changes: Changes, record: EventLogRecord, data: object) -> None:
    run_id, storage_id = record.event_log_entry.run_id, record.storage_id
    if isinstance(data, StepMaterializationData):
        written = data.materialization
        marks = AssetMarks(storage_id, run_id, written.data_version)
        _mark(changes, written.asset_key, written.partition, marks)
    elif isinstance(data, AssetMaterializationPlannedData):
        step_key = record.event_log_entry.step_key
        marks = AssetMarks(planned_id=storage_id, planned_run_id=run_id, planned_step_key=step_key)
        _mark(changes, data.asset_key, data.partition, marks)
    elif isinstance(data, AssetObservationData):
        _mark(changes, data.asset_observation.asset_key, data.asset_observation.partition, AssetMarks(observation_id=storage_id))
    elif isinstance(data, EngineEventData) and data.cached_asset is not None:
        # The plan of the run is settled: whatever becomes of the run, the earlier materialization stands.
        marks = AssetMarks(planned_id=0, planned_run_id=run_id, planned_step_key=record.event_log_entry.step_key)
        _mark(changes, data.cached_asset, data.cached_partition, marks)
    elif isinstance(data, AssetCheckEvaluationPlanned):
        _check(changes, data.asset_check_key, data.partition, CheckMarks(planned_id=storage_id, planned_run_id=run_id))
    elif isinstance(data, AssetCheckEvaluation):
        marks = CheckMarks(evaluation_id=storage_id, evaluation_run_id=run_id, passed=data.passed)
        for partition in data.covered_partitions or [data.partition]:
            _check(changes, data.asset_check_key, partition, marks)


def _mark(changes: Changes, key: AssetKey, partition: str | None, marks: AssetMarks) -> None:
    asset = changes.assets.get(key)
    if asset is None:
        asset = changes.assets[key] = AssetMarks()
    asset.add(marks)
    if partition is not None:
        known = changes.partitions.setdefault((key, partition), marks)
        if known is not marks:
            known.add(marks)


def _check(changes: Changes, key: AssetCheckKey, partition: str | None, marks: CheckMarks) -> None:
    changes.checks.setdefault(key, CheckMarks()).add(marks)
    if partition is not None:
        changes.check_partitions.setdefault((key, partition), CheckMarks()).add(marks)


def ends_again(events: Iterable[EventLogEntry], steps: Mapping[str, StepMarks]) -> bool:
    """Whether some of these events end a step that has ended, as when its end was stored after they were thought out. Pure."""
    ended = {step_key for step_key, marks in steps.items() if marks.status != "IN_PROGRESS"}
    found = (entry.dagster_event for entry in events)
    return any(
        event.step_key in ended and STEP_STATUS_BY_EVENT.get(event.event_type_value, "IN_PROGRESS") != "IN_PROGRESS"
        for event in found
        if event is not None
    )
