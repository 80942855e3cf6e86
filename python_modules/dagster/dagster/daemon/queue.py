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
from dagster.instance.launches import Supervision
from dagster.runs.leases import Lease
from dagster.runs.queue import pools_of, startable
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import IN_PROGRESS_STATUSES, DagsterRunStatus
from dagster.storage.clocks import now as stored_now

log = logging.getLogger("dagster.daemon.queue")


class QueueLoop:
    """Takes runs out of the queue.

    Args:
        instance: what keeps them.
        locations: what launches them.
        supervision: how they are watched.
    """

    name = "QUEUE"
    seconds = 1.0

    def __init__(self, instance: DagsterInstance, locations: Locations, supervision: Supervision | None = None) -> None:
        self._instance = instance
        self._supervision = supervision
        self._locations = locations
        self.wake = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. Two queries; two more where runs have steps in pools."""
        queued = self._instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.QUEUED]), ascending=True)
        if not queued:
            return
        in_progress = self._instance.get_runs(RunsFilter(statuses=list(IN_PROGRESS_STATUSES)))
        claims = self._instance.storage.pools.claims(now) if any(pools_of(run) for run in queued) else ()
        for run in startable(queued, in_progress, self._instance.queue_rules, claims):
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
            self._instance.launch_run(run.run_id, launcher, supervision=self._supervision)
        except DagsterInvariantViolationError:
            log.info("Run %s does not wait any more.", run.run_id)

    def stand_by(self) -> None:
        """See `Loop`."""
