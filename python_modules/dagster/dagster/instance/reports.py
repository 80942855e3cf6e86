"""Events that are told to the instance from outside of a run's steps."""

from __future__ import annotations

import time
from typing import Any

from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import (
    AnyEventData,
    AssetObservationData,
    AssetWipedData,
    EngineEventData,
    JobFailureData,
    StepMaterializationData,
)
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster.instance.events import EventMethods
from dagster.runs.runs import DagsterRun

# As in the standard library's logging, which is not imported for five numbers.
_LEVELS = {"CRITICAL": 50, "ERROR": 40, "WARNING": 30, "INFO": 20, "DEBUG": 10}
_ERROR, _INFO = _LEVELS["ERROR"], _LEVELS["INFO"]

_FAILED = "This run has been marked as failed from outside the execution context."
_CANCELED = "This run has been marked as canceled from outside the execution context."
_CANCELING = "Sending run termination request."


class ReportMethods(EventMethods):
    """Telling the instance what happened."""

    def report_dagster_event(
        self, dagster_event: DagsterEvent, run_id: str, log_level: str | int = _INFO, timestamp: float | None = None
    ) -> None:
        """Stores a framework event as an entry of a run's log."""
        self.store_event(entry_of(dagster_event, run_id, log_level, time.time() if timestamp is None else timestamp))

    def report_engine_event(
        self,
        message: str,
        dagster_run: DagsterRun | None = None,
        engine_event_data: EngineEventData | None = None,
        cls: type[Any] | None = None,
        step_key: str | None = None,
        job_name: str | None = None,
        run_id: str | None = None,
    ) -> DagsterEvent:
        """Stores and gives an event about something that the engine did for a run.

        Raises:
            CheckError: neither a run nor a job's name with a run's id.
        """
        if dagster_run is None and (job_name is None or run_id is None):
            raise CheckError("An engine event is about a run. Give `dagster_run`, or `job_name` and `run_id`.")
        data = engine_event_data or EngineEventData()
        event = DagsterEvent(
            event_type_value=DagsterEventType.ENGINE_EVENT.value,
            job_name=dagster_run.job_name if dagster_run else str(job_name),
            step_key=step_key,
            event_specific_data=data,
            message=f"[{cls.__name__}] {message}" if cls else message,
        )
        level = _ERROR if data.error else _INFO
        self.report_dagster_event(event, dagster_run.run_id if dagster_run else str(run_id), level)
        return event

    def report_run_failed(
        self, dagster_run: DagsterRun, message: str | None = None, job_failure_data: JobFailureData | None = None
    ) -> DagsterEvent:
        """Makes a run fail that cannot say so itself."""
        return self._report_run(dagster_run, DagsterEventType.RUN_FAILURE, message or _FAILED, _ERROR, job_failure_data)

    def report_run_canceling(self, run: DagsterRun, message: str | None = None) -> None:
        """Says that a run was asked to stop."""
        self._report_run(run, DagsterEventType.RUN_CANCELING, message or _CANCELING, _INFO)

    def report_run_canceled(self, dagster_run: DagsterRun, message: str | None = None) -> DagsterEvent:
        """Says that a run was stopped."""
        return self._report_run(dagster_run, DagsterEventType.RUN_CANCELED, message or _CANCELED, _ERROR)

    def report_runless_asset_event(self, asset_event: AssetMaterialization | AssetObservation | AssetCheckEvaluation) -> None:
        """Stores an event about an asset that happened outside of any run.

        Raises:
            DagsterInvariantViolationError: something else was given.
        """
        self.store_event(runless_entry(asset_event, time.time()))

    def _report_run(
        self, run: DagsterRun, kind: DagsterEventType, message: str, level: int, data: JobFailureData | None = None
    ) -> DagsterEvent:
        event = DagsterEvent(event_type_value=kind.value, job_name=run.job_name, message=message, event_specific_data=data)
        self.report_dagster_event(event, run.run_id, level)
        return event


def runless_entry(asset_event: object, timestamp: float) -> EventLogEntry:
    """The entry of an event about an asset that happened outside of any run.

    Raises:
        DagsterInvariantViolationError: something else was given.
    """
    data: AnyEventData
    match asset_event:
        case AssetMaterialization():
            kind, data = DagsterEventType.ASSET_MATERIALIZATION, StepMaterializationData(materialization=asset_event)
        case AssetObservation():
            kind, data = DagsterEventType.ASSET_OBSERVATION, AssetObservationData(asset_observation=asset_event)
        case AssetCheckEvaluation():
            kind, data = DagsterEventType.ASSET_CHECK_EVALUATION, asset_event
        case _:
            raise DagsterInvariantViolationError(
                f"Received unexpected asset event type {asset_event}, expected AssetMaterialization, AssetObservation or "
                "AssetCheckEvaluation"
            )
    event = DagsterEvent(event_type_value=kind.value, job_name="", event_specific_data=data)
    return entry_of(event, "", _INFO, timestamp)


def wiped_entry(data: AssetWipedData) -> EventLogEntry:
    """The entry that tells that the history of an asset was removed."""
    event = DagsterEvent(event_type_value=DagsterEventType.ASSET_WIPED.value, job_name="", event_specific_data=data)
    return entry_of(event, "", _INFO, time.time())


def entry_of(event: DagsterEvent, run_id: str, level: str | int, timestamp: float) -> EventLogEntry:
    """The log entry of a framework event."""
    number = level if isinstance(level, int) else _LEVELS[level.upper()]
    return EventLogEntry(
        error_info=None,
        level=number,
        user_message="",
        run_id=run_id,
        timestamp=timestamp,
        step_key=event.step_key,
        job_name=event.job_name,
        dagster_event=event,
    )
