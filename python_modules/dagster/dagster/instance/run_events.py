"""The events by which a run goes from status to status where its own process does not tell them."""

from __future__ import annotations

from collections.abc import Mapping

from dagster.events.data import AnyEventData, EngineEventData, JobFailureData, RunFailureReason, StepFailureData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.instance.reports import entry_of
from dagster.runs.runs import DagsterRun
from dagster.storage.projections import StepMarks

_ERROR, _INFO = 40, 20


def run_entry(
    run: DagsterRun,
    kind: DagsterEventType,
    now: float,
    message: str | None = None,
    *,
    data: AnyEventData | None = None,
    step_key: str | None = None,
    level: int = _INFO,
) -> EventLogEntry:
    """The entry of an event about a run."""
    event = DagsterEvent(
        event_type_value=kind.value, job_name=run.job_name, step_key=step_key, message=message, event_specific_data=data
    )
    return entry_of(event, run.run_id, level, now)


def enqueued(run: DagsterRun, now: float) -> EventLogEntry:
    """That a run is in the queue."""
    return run_entry(run, DagsterEventType.RUN_ENQUEUED, now)


def told(run: DagsterRun, message: str, now: float, error: SerializableErrorInfo | None = None) -> EventLogEntry:
    """Something that the engine did for a run."""
    data = EngineEventData(error=error)
    level = _ERROR if error is not None else _INFO
    return run_entry(run, DagsterEventType.ENGINE_EVENT, now, message, data=data, level=level)


def canceled(run: DagsterRun, now: float, message: str) -> EventLogEntry:
    """That nothing of a run is left that was to stop."""
    return run_entry(run, DagsterEventType.RUN_CANCELED, now, message, level=_ERROR)


def ended(
    run: DagsterRun,
    steps: Mapping[str, StepMarks],
    now: float,
    message: str,
    reason: RunFailureReason = RunFailureReason.UNKNOWN,
    error: SerializableErrorInfo | None = None,
) -> list[EventLogEntry]:
    """That a run has failed, with the steps that were under way.

    Args:
        run: the run.
        steps: what is known of its steps.
        now: seconds since the epoch.
        message: why.
        reason: why, in a word.
        error: that broke it off.
    """
    under_way = [step_key for step_key, marks in steps.items() if marks.status == "IN_PROGRESS"]
    data = StepFailureData(error=error or SerializableErrorInfo(f"{message}\n", [], "RunEnded"))
    failed = [
        run_entry(
            run,
            DagsterEventType.STEP_FAILURE,
            now,
            f'Execution of step "{step_key}" failed.',
            data=data,
            step_key=step_key,
            level=_ERROR,
        )
        for step_key in under_way
    ]
    why = JobFailureData(error=error, failure_reason=reason, failed_step_keys=under_way)
    return [*failed, run_entry(run, DagsterEventType.RUN_FAILURE, now, message, data=why, level=_ERROR)]
