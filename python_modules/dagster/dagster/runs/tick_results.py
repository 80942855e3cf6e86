"""What came of asking a schedule or sensor once, as its `evaluate_tick` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster.runs.requests import RunRequest
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus


class ScheduleExecutionData(msgspec.Struct, frozen=True):
    """What a schedule said at one tick.

    Attributes:
        run_requests: the runs that it asks for, with the config and tags of their partitions.
        skip_message: why there are none.
        log_key: the place of the lines that it logged.
    """

    run_requests: list[RunRequest] = msgspec.field(default_factory=list)
    skip_message: str | None = None
    log_key: Sequence[str] | None = None


class DagsterRunReaction(msgspec.Struct, frozen=True):
    """That the function of a sensor on runs was called for a run.

    Attributes:
        dagster_run: the run.
        error: what the function raised.
        run_status: the status that the run had come into.
    """

    dagster_run: DagsterRun | None
    error: SerializableErrorInfo | None = None
    run_status: DagsterRunStatus | None = None


class SensorExecutionData(msgspec.Struct, frozen=True):
    """What a sensor said at one tick.

    Attributes:
        run_requests: the runs that it asks for, with the config and tags of their partitions.
        skip_message: why there are none.
        cursor: what the next tick finds.
        dagster_run_reactions: of a sensor on runs, one for each run that its function was called for and that asked for nothing.
        log_key: the place of the lines that it logged.
        dynamic_partitions_requests: partitions to add and to delete, in order.
        asset_events: events of assets to record.
        automation_condition_evaluations: empty; conditions are evaluated elsewhere.
    """

    run_requests: list[RunRequest] = msgspec.field(default_factory=list)
    skip_message: str | None = None
    cursor: str | None = None
    dagster_run_reactions: list[DagsterRunReaction] = msgspec.field(default_factory=list)
    log_key: Sequence[str] | None = None
    dynamic_partitions_requests: list[Any] = msgspec.field(default_factory=list)
    asset_events: list[Any] = msgspec.field(default_factory=list)
    automation_condition_evaluations: list[Any] = msgspec.field(default_factory=list)
