"""Events that come about while user code runs, written into the run's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.expectations import ExpectationResult

if TYPE_CHECKING:
    from dagster.events.failures import SerializableErrorInfo
    from dagster.execution.running import RunningStep


def record_user_event(step: RunningStep, event: Any) -> None:
    """Record a materialization, observation or expectation that user code made itself."""
    make, recorder = step.running.make, step.running.recorder
    if isinstance(event, AssetMaterialization):
        recorder.record(make.materialized(step.step, event))
    elif isinstance(event, AssetObservation):
        recorder.record(make.observed(step.step, event))
    elif isinstance(event, AssetCheckEvaluation):
        recorder.record(make.check_evaluated(step.step, event))
    elif isinstance(event, ExpectationResult):
        recorder.record(make.expected(step.step, event))
    else:
        refuse_no_user_event(event)


def record_engine_event(step: RunningStep, message: str, error: SerializableErrorInfo | None) -> None:
    """Record that something happened around the step; may be called from any thread of its process."""
    step.running.recorder.record(step.running.make.engine_told(step.step, message, error))


_USER_EVENTS = (AssetMaterialization, AssetObservation, AssetCheckEvaluation, ExpectationResult)


def refuse_no_user_event(event: object) -> None:
    """Raises DagsterInvariantViolationError for what user code cannot record."""
    if not isinstance(event, _USER_EVENTS):
        raise DagsterInvariantViolationError(f"Unexpected event {event!r}: log_event takes materializations and observations.")
