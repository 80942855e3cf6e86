"""Small entries and runs from which the storage suites make their cases."""

from collections.abc import Sequence
from typing import Any

from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    JobFailureData,
    RunFailureReason,
    StepMaterializationData,
)
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.runs.instigators import InstigatorState
from dagster.runs.pools import SlotClaim
from dagster.runs.runs import DagsterRun, new_run_id
from dagster.runs.ticks import InstigatorType, Tick, TickStatus

T = DagsterEventType


def a_run(**fields: Any) -> DagsterRun:
    return DagsterRun(fields.pop("job_name", "a_job"), fields.pop("run_id", None) or new_run_id(), **fields)


def a_tick(**fields: Any) -> Tick:
    given = {"instigator_type": InstigatorType.SENSOR, "selector": "s", "status": TickStatus.STARTED, "timestamp": 1.0, **fields}
    return Tick(**{"name": given["selector"], **given})


def a_state(**fields: Any) -> InstigatorState:
    given = {"instigator_type": InstigatorType.SENSOR, "selector": "s", **fields}
    return InstigatorState(**{"name": given["selector"], **given})


def a_claim(run_id: str, step_key: str = "step", **fields: Any) -> SlotClaim:
    return SlotClaim(**{"pool": "db", "run_id": run_id, "step_key": step_key, **fields})


def entry(
    run_id: str, kind: DagsterEventType | None, data: Any = None, *, step_key: str | None = None, timestamp: float = 1000.0
) -> EventLogEntry:
    event = None
    if kind is not None:
        event = DagsterEvent(event_type_value=kind.value, job_name="a_job", step_key=step_key, event_specific_data=data)
    return EventLogEntry(
        error_info=None, level=10, user_message="", run_id=run_id, timestamp=timestamp, step_key=step_key, dagster_event=event
    )


def written(run_id: str, asset: str | Sequence[str], partition: str | None = None, **fields: Any) -> EventLogEntry:
    timestamp = fields.pop("timestamp", 1000.0)
    data = StepMaterializationData(materialization=AssetMaterialization(AssetKey(asset), partition=partition, **fields))
    return entry(run_id, T.ASSET_MATERIALIZATION, data, step_key="step", timestamp=timestamp)


def planned(run_id: str, asset: str, partition: str | None = None, step_key: str = "step") -> EventLogEntry:
    data = AssetMaterializationPlannedData(asset_key=AssetKey(asset), partition=partition)
    return entry(run_id, T.ASSET_MATERIALIZATION_PLANNED, data, step_key=step_key)


def observed(run_id: str, asset: str | Sequence[str], partition: str | None = None) -> EventLogEntry:
    data = AssetObservationData(asset_observation=AssetObservation(AssetKey(asset), partition=partition))
    return entry(run_id, T.ASSET_OBSERVATION, data)


def check_planned(run_id: str, asset: str, name: str, partition: str | None = None) -> EventLogEntry:
    data = AssetCheckEvaluationPlanned(asset_key=AssetKey(asset), check_name=name, partition=partition)
    return entry(run_id, T.ASSET_CHECK_EVALUATION_PLANNED, data)


def checked(run_id: str, asset: str, name: str, passed: bool, partition: str | None = None) -> EventLogEntry:
    data = AssetCheckEvaluation(asset_key=AssetKey(asset), check_name=name, passed=passed, partition=partition)
    return entry(run_id, T.ASSET_CHECK_EVALUATION, data)


def crashed(run_id: str) -> EventLogEntry:
    return entry(run_id, T.RUN_FAILURE, JobFailureData(failure_reason=RunFailureReason.RUN_WORKER_CRASH), timestamp=9.0)
