"""The queue: launches runs when the limits allow it."""

from __future__ import annotations

import logging
import threading

from dagster.daemon.locations import LocationIsLoading, Locations, location_of
from dagster.errors import DagsterError, DagsterInvariantViolationError
from dagster.events.data import RunFailureReason
from dagster.events.failures import error_info
from dagster.instance import run_events
from dagster.instance.instance import DagsterInstance
from dagster.runs.leases import Lease
from dagster.runs.queue import startable
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import IN_PROGRESS_STATUSES, DagsterRunStatus
from dagster.storage.clocks import now as stored_now

log = logging.getLogger("dagster.daemon.queue")


class QueueLoop:
    """Takes runs out of the queue.

    Args:
        instance: what keeps them.
        locations: what launches them.
    """

    name = "QUEUE"
    seconds = 1.0

    def __init__(self, instance: DagsterInstance, locations: Locations) -> None:
        self._instance = instance
        self._locations = locations
        self.wake = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. Two queries."""
        queued = self._instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.QUEUED]), ascending=True)
        if not queued:
            return
        in_progress = self._instance.get_runs(RunsFilter(statuses=list(IN_PROGRESS_STATUSES)))
        for run in startable(queued, in_progress, self._instance.queue_rules):
            self._launch(run)

    def _launch(self, run: DagsterRun) -> None:
        try:
            launcher = self._locations.launcher(location_of(run))
        except LocationIsLoading:
            return
        except DagsterError as unknown:
            words = run_events.ended(
                run, {}, stored_now(), str(unknown), RunFailureReason.JOB_INITIALIZATION_FAILURE, error_info(unknown)
            )
            self._instance.move_run(run, [DagsterRunStatus.QUEUED], words)
            return
        try:
            self._instance.launch_run(run.run_id, launcher)
        except DagsterInvariantViolationError:
            log.info("Run %s does not wait any more.", run.run_id)

    def stand_by(self) -> None:
        """See `Loop`."""
