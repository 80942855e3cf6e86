"""What the log of a run says in numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import cast

import msgspec
from msgspec.structs import replace

from dagster.events.data import StepExpectationResultData
from dagster.events.entries import EventLogEntry
from dagster.events.expectations import ExpectationResult
from dagster.events.types import DagsterEventType as T

RUN_STATISTICS_EVENTS = (
    T.STEP_SUCCESS,
    T.STEP_FAILURE,
    T.ASSET_MATERIALIZATION,
    T.STEP_EXPECTATION_RESULT,
    T.RUN_ENQUEUED,
    T.RUN_STARTING,
    T.RUN_START,
    T.RUN_SUCCESS,
    T.RUN_FAILURE,
    T.RUN_CANCELED,
)
"""The events that `run_stats` looks at."""

STEP_STATISTICS_EVENTS = (
    T.STEP_START,
    T.STEP_RESTARTED,
    T.STEP_UP_FOR_RETRY,
    T.STEP_SUCCESS,
    T.STEP_FAILURE,
    T.STEP_SKIPPED,
    T.ASSET_MATERIALIZATION,
    T.STEP_EXPECTATION_RESULT,
)
"""The events that `step_stats` looks at."""


class DagsterRunStatsSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A run in numbers. Times are seconds since the epoch, None for what did not happen."""

    run_id: str
    steps_succeeded: int = 0
    steps_failed: int = 0
    materializations: int = 0
    expectations: int = 0
    enqueued_time: float | None = None
    launch_time: float | None = None
    start_time: float | None = None
    end_time: float | None = None


class StepEventStatus(Enum):
    """Where a step stands."""

    IN_PROGRESS = "IN_PROGRESS"
    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class RunStepMarker(msgspec.Struct, frozen=True):
    """One attempt at a step. Times are seconds since the epoch; without an end it goes on."""

    start_time: float
    end_time: float | None = None
    key: str | None = None


class RunStepKeyStatsSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a run in numbers.

    Attributes:
        start_time: of its first attempt.
        end_time: of the step as a whole, None while it goes on.
        materialization_events: what it wrote.
        expectation_results: what it found to be as expected, or not, in order.
        attempts: how often it was begun.
        attempts_list: the attempts in order.
        markers: always empty, kept for the API.
        partial_attempt_start: when the attempt began that goes on.
    """

    run_id: str
    step_key: str
    status: StepEventStatus | None = None
    start_time: float | None = None
    end_time: float | None = None
    materialization_events: Sequence[EventLogEntry] = ()
    expectation_results: Sequence[ExpectationResult] = ()
    attempts: int | None = None
    attempts_list: Sequence[RunStepMarker] = ()
    markers: Sequence[RunStepMarker] = ()
    partial_attempt_start: float | None = None


_COUNTED = {
    T.STEP_SUCCESS: "steps_succeeded",
    T.STEP_FAILURE: "steps_failed",
    T.ASSET_MATERIALIZATION: "materializations",
    T.STEP_EXPECTATION_RESULT: "expectations",
}
_TIMES = {
    T.RUN_ENQUEUED: "enqueued_time",
    T.RUN_STARTING: "launch_time",
    T.RUN_START: "start_time",
    T.RUN_SUCCESS: "end_time",
    T.RUN_FAILURE: "end_time",
    T.RUN_CANCELED: "end_time",
}


def run_stats(run_id: str, log: Iterable[EventLogEntry]) -> DagsterRunStatsSnapshot:
    """The numbers of a run, from its log in order."""
    counts = dict.fromkeys(_COUNTED.values(), 0)
    times: dict[str, float] = {}
    for entry in log:
        kind = entry.dagster_event_type
        if kind is not None and kind in _COUNTED:
            counts[_COUNTED[kind]] += 1
        elif kind is not None and kind in _TIMES:
            times[_TIMES[kind]] = entry.timestamp
    return replace(DagsterRunStatsSnapshot(run_id=run_id, **counts), **times)


class _Step(msgspec.Struct):
    """What was read of a step so far."""

    status: StepEventStatus | None = None
    start_time: float | None = None
    end_time: float | None = None
    attempt_start: float | None = None
    attempts: list[RunStepMarker] = []
    begun: int = 0
    written: list[EventLogEntry] = []
    expected: list[ExpectationResult] = []


_ENDS = {
    T.STEP_SUCCESS: StepEventStatus.SUCCESS,
    T.STEP_FAILURE: StepEventStatus.FAILURE,
    T.STEP_SKIPPED: StepEventStatus.SKIPPED,
}


def step_stats(run_id: str, log: Iterable[EventLogEntry]) -> list[RunStepKeyStatsSnapshot]:
    """The numbers of each step of a run, in the order of their first events, from its log in order."""
    steps: dict[str, _Step] = {}
    for entry in log:
        if entry.step_key is not None:
            _read(steps.setdefault(entry.step_key, _Step()), entry)
    return [_snapshot(run_id, step_key, step) for step_key, step in steps.items()]


def _read(step: _Step, entry: EventLogEntry) -> None:
    kind, moment = entry.dagster_event_type, entry.timestamp
    if kind in (T.STEP_START, T.STEP_RESTARTED):
        step.status = StepEventStatus.IN_PROGRESS
        step.start_time = moment if step.start_time is None else step.start_time
        step.attempt_start, step.end_time = moment, None
        step.begun += 1
    elif kind is T.ASSET_MATERIALIZATION:
        step.written.append(entry)
    elif kind is T.STEP_EXPECTATION_RESULT:
        event = entry.dagster_event
        assert event is not None, "an entry of a type has its event"
        step.expected.append(cast("StepExpectationResultData", event.event_specific_data).expectation_result)
    elif kind is not None and (kind is T.STEP_UP_FOR_RETRY or kind in _ENDS):
        if step.attempt_start is not None:
            step.attempts.append(RunStepMarker(step.attempt_start, moment))
            step.attempt_start = None
        if kind in _ENDS:
            step.status, step.end_time = _ENDS[kind], moment


def _snapshot(run_id: str, step_key: str, step: _Step) -> RunStepKeyStatsSnapshot:
    return RunStepKeyStatsSnapshot(
        run_id=run_id,
        step_key=step_key,
        status=step.status,
        start_time=step.start_time,
        end_time=step.end_time,
        materialization_events=step.written,
        expectation_results=step.expected,
        attempts=step.begun,
        attempts_list=step.attempts,
        partial_attempt_start=step.attempt_start,
    )
