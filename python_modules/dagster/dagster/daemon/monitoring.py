"""Monitoring: ends runs that nothing executes any more or that take too long, and puts back those that did not begin."""

from __future__ import annotations

import signal
import threading
from collections.abc import Collection, Sequence

from dagster.daemon.holdings import holder_of
from dagster.daemon.queue import QueueLoop
from dagster.events.data import RunFailureReason
from dagster.instance.instance import DagsterInstance
from dagster.instance.lifecycle import LAUNCHED_STATUSES
from dagster.instance.lost_launches import put_back
from dagster.instance.settlement import is_abandoned, kill_run, settle_abandoned_run, settle_abandoned_runs
from dagster.runs.leases import Lease, LeaseWatch, lease_of_run
from dagster.runs.monitoring import End, LaunchAgain, MonitoringRules, Sign, Stop, measure
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import WILL_RETRY_TAG
from dagster.workspace.stopped_processes import StoppedProcesses

_QUEUE = QueueLoop.name
_SILENT = "did not renew its lease any more and was killed"


class MonitoringLoop:
    """Watches runs that were launched.

    Args:
        instance: what keeps them.
        on_queued: set when a run may have been put back into the queue.
    """

    name = "MONITORING"
    seconds = 1.0

    def __init__(self, instance: DagsterInstance, on_queued: threading.Event | None = None) -> None:
        self._instance = instance
        self._on_queued = on_queued
        self._leases = LeaseWatch()
        self._stopped = StoppedProcesses()
        self.wake = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. Three queries when all is well."""
        if settle_abandoned_runs(self._instance.storage, self._instance.store_left_events) and self._on_queued is not None:
            self._on_queued.set()
        self._instance.forget_idle_run_configs()
        rules = self._instance.monitoring_rules
        launched = self._instance.get_run_records(RunsFilter(statuses=list(LAUNCHED_STATUSES)), ascending=True)
        records = [record for record in launched if not is_abandoned(record.dagster_run)]
        lost = self._lost([record.dagster_run for record in records], now)
        for record in records:
            run = record.dagster_run
            self._look_at(record, Sign.LOST if run.run_id in lost else sign_of(run), rules, now)

    def _lost(self, runs: Sequence[DagsterRun], now: float) -> set[str]:
        """Those whose supervisor, or launcher, does not renew its lease. Runs that scripts execute themselves have none."""
        names = {lease_of_run(run.run_id): run.run_id for run in runs}
        found = self._instance.storage.leases.leases()
        holders = {lease.holder for lease in found}
        self._kill_what_stands_still(runs, holders, now)
        silent = self._leases.look([lease for lease in found if lease.name in names], now)
        for lease in found:
            if lease.name not in names and lease.name.startswith(lease_of_run("")):
                self._let_go(lease.name.removeprefix(lease_of_run("")))
        return {names[name] for name in silent} | self._left_by_daemons(runs, holders)

    def _left_by_daemons(self, runs: Sequence[DagsterRun], holders: Collection[str]) -> set[str]:
        """Those that a daemon of another host was launching that led the queue and does not any more: another one took its lease.

        If it stood still only and goes on, it starts a supervisor that does not get the run.
        """
        found = {
            run.run_id: holder
            for run in runs
            if run.status is DagsterRunStatus.STARTING
            and run.process is not None
            and not run.process.is_on_this_host()
            and (holder := holder_of(run.process)) not in holders
        }
        if not found:
            return set()
        led = {beat.holder for beat in self._instance.storage.heartbeats.heartbeats() if beat.loop == _QUEUE and beat.is_leader}
        return {run_id for run_id, holder in found.items() if holder in led}

    def _kill_what_stands_still(self, runs: Sequence[DagsterRun], holders: Collection[str], now: float) -> None:
        """A supervisor that was stopped before it had its lease; the next turn finds that it is gone.

        Not a command of a terminal that launches the run, which may be continued there, nor a daemon, which another one follows.
        """
        found = [run.process for run in runs if run.status is DagsterRunStatus.STARTING and run.process is not None]
        here = [each for each in found if each.is_on_this_host() and each.is_stopped() and not each.has_terminal()]
        self._stopped.kill([each for each in here if holder_of(each) not in holders], now)

    def _let_go(self, run_id: str) -> None:
        """Forget the lease of a run that ended, if its supervisor was killed before it could."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            self._instance.let_run_go(run_id)

    def _look_at(self, record: RunRecord, sign: Sign, rules: MonitoringRules, now: float) -> None:
        run = record.dagster_run
        if sign is Sign.LOST and run.process is not None and run.process.is_on_this_host():
            # It may be stopped, and so hear nothing: it is killed, and what is left of its run is as that of any killed one.
            if kill_run(run):
                settle_abandoned_run(self._instance.storage, run, _SILENT, self._instance.store_left_events)
            return
        if sign is Sign.LOST and run.status is DagsterRunStatus.CANCELING:
            self._instance.add_run_tags(run.run_id, {WILL_RETRY_TAG: "false"})  # somebody wanted it to stop
        match measure(record, sign, rules, now):
            case End(message, _, True):
                is_ended = self._instance.end_canceled_run(run, message)
            case End(message, reason):
                is_ended = self._instance.end_run(run, message, reason)
            case Stop(message):
                is_ended = self._instance.end_run(run, message, RunFailureReason.UNKNOWN)
            case LaunchAgain():
                is_ended = put_back(self._instance.storage, record, now)
            case _:
                return
        if is_ended:
            self._instance.let_run_go(run.run_id)
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
