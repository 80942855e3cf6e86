"""Runs from the queue whose launch was broken off: put back, so that whatever is killed when, they run."""

from __future__ import annotations

from dagster.events.types import DagsterEventType
from dagster.instance import run_events
from dagster.runs.monitoring import LaunchAgain, MonitoringRules, Sign, measure
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.ports import Storage


def put_back(storage: Storage, record: RunRecord, now: float) -> bool:
    """Puts a run back into the queue out of which it was taken by a process that is gone; says whether this call did.

    One that was put back several times, or that never was in the queue, is left as it is.
    """
    run = record.dagster_run
    if run.status is not DagsterRunStatus.STARTING:
        return False
    kinds = [DagsterEventType.RUN_ENQUEUED, DagsterEventType.RUN_STARTING]
    seen = [found.event_log_entry.dagster_event_type for found in storage.events.run_log(run.run_id, types=kinds)]
    found = measure(record, Sign.GONE, MonitoringRules(), now, seen.count(DagsterEventType.RUN_STARTING))
    if DagsterEventType.RUN_ENQUEUED not in seen or not isinstance(found, LaunchAgain):
        return False
    events = [run_events.told(run, found.message, now), run_events.enqueued(run, now)]
    return storage.runs.settle(run.run_id, run.attempt, [DagsterRunStatus.STARTING], events, now)
