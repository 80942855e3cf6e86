"""Monitoring: ends runs that nothing executes any more or that take too long, and puts back those that did not begin."""

from __future__ import annotations

import signal
import threading

from dagster.events.data import RunFailureReason
from dagster.instance.instance import DagsterInstance
from dagster.instance.lifecycle import LAUNCHED_STATUSES
from dagster.instance.settlement import is_abandoned, settle_abandoned_runs
from dagster.runs.leases import Lease
from dagster.runs.monitoring import End, MonitoringRules, Sign, Stop, measure
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus


class MonitoringLoop:
    """Watches runs that were launched.

    Args:
        instance: what keeps them.
        on_queued: set when a run may have been put back into the queue.
    """

    name = "MONITORING"
    seconds = 2.0

    def __init__(self, instance: DagsterInstance, on_queued: threading.Event | None = None) -> None:
        self._instance = instance
        self._on_queued = on_queued
        self.wake = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. Two queries when all is well."""
        if settle_abandoned_runs(self._instance.storage) and self._on_queued is not None:
            self._on_queued.set()
        rules = self._instance.monitoring_rules
        for record in self._instance.get_run_records(RunsFilter(statuses=list(LAUNCHED_STATUSES)), ascending=True):
            if not is_abandoned(record.dagster_run):
                self._look_at(record, rules, now)

    def _look_at(self, record: RunRecord, rules: MonitoringRules, now: float) -> None:
        run = record.dagster_run
        match measure(record, sign_of(run), rules, now):
            case End(message, _, True):
                is_ended = self._instance.end_canceled_run(run, message)
            case End(message, reason):
                is_ended = self._instance.end_run(run, message, reason)
            case Stop(message):
                is_ended = self._instance.end_run(run, message, RunFailureReason.UNKNOWN)
            case _:
                return
        if is_ended:
            _nudge(run)

    def stand_by(self) -> None:
        """See `Loop`."""


def sign_of(run: DagsterRun) -> Sign:
    """What is known of the process that has a run that is not abandoned."""
    return Sign.ALIVE if run.process is not None and run.process.is_on_this_host() else Sign.UNKNOWN


def _nudge(run: DagsterRun) -> None:
    """Has the supervisor of a run look at once whether it still holds it; it would by itself with its next heartbeat."""
    if run.status is not DagsterRunStatus.STARTING and run.process is not None and run.process.is_on_this_host():
        run.process.send(signal.SIGINT)
