"""A control plane: the loops of a daemon and the code locations that they act on, in one process without user code."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

from dagster.daemon.holdings import LEASE_SECONDS
from dagster.daemon.loops import Daemon, Loop
from dagster.daemon.monitoring import MonitoringLoop
from dagster.daemon.queue import QueueLoop
from dagster.daemon.retries import RetriesLoop
from dagster.daemon.schedules import SchedulesLoop
from dagster.daemon.sensors import SensorsLoop
from dagster.daemon.served import ServedLocations
from dagster.daemon.stopped_writers import StoppedWriters
from dagster.daemon.tick_loops import DEADLINE_SECONDS
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import Supervision
from dagster.instance.settlement import HELD_STATUSES, is_abandoned, kill_run, settle_abandoned_run
from dagster.runs.runs import DagsterRun, RunsFilter

_LOOK_SECONDS = 0.1


class ControlPlane:
    """A control plane.

    Args:
        instance: what it works on.
        locations: the code.
        lease_seconds: how long a lease lasts that is not prolonged.
        deadline_seconds: how long a tick may take.
        supervision: how runs are watched that are launched here.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        locations: ServedLocations,
        *,
        lease_seconds: float = LEASE_SECONDS,
        deadline_seconds: float = DEADLINE_SECONDS,
        supervision: Supervision | None = None,
    ) -> None:
        self.locations = locations
        self._instance = instance
        queue = QueueLoop(instance, locations, supervision)
        loops: list[Loop] = [
            queue,
            MonitoringLoop(instance, queue.wake),
            RetriesLoop(instance, queue.wake),
            SchedulesLoop(instance, locations, deadline_seconds=deadline_seconds, on_queued=queue.wake),
            SensorsLoop(instance, locations, deadline_seconds=deadline_seconds, on_queued=queue.wake),
        ]
        self._daemon = Daemon(instance, loops, lease_seconds=lease_seconds)
        self._ingest = instance.ingest_service()

    def run(self, stop: threading.Event) -> None:
        """Load the locations and act until `stop` is set. Runs in progress go on, and so do the processes that they need.

        Their events are stored by this process until `close`.
        """
        if self._ingest is not None:
            self._ingest.start()
        self.locations.start()
        watch = threading.Thread(target=StoppedWriters(self._instance).watch, args=(stop,), name="STOPPED_WRITERS", daemon=True)
        watch.start()
        self._daemon.run(stop)
        watch.join()

    def close(self) -> None:
        """Store no more events of others; runs that go on store their own."""
        if self._ingest is not None:
            self._ingest.stop()

    def stop_runs(self) -> list[DagsterRun]:
        """Ask the runs to stop that were launched here and go on; gives them, and does not wait for their ends."""
        going_on = self._going_on(self.locations.launched)
        for run in going_on:
            self._instance.terminate_run(run.run_id)
        return going_on

    def wait_for_ends(self, runs: Sequence[DagsterRun], seconds: float, stop: threading.Event) -> Sequence[DagsterRun]:
        """Wait until runs have ended; gives those that go on nevertheless.

        Args:
            runs: for which to wait.
            seconds: how long at most. Those of this host that go on then are killed: their supervisors do not listen.
            stop: when set, there is no more waiting, and nothing is killed.
        """
        deadline = time.monotonic() + seconds
        going_on = runs
        while going_on and time.monotonic() < deadline and not stop.wait(_LOOK_SECONDS):
            going_on = self._going_on(run.run_id for run in going_on)
        if stop.is_set():
            return going_on
        for run in self._going_on(run.run_id for run in going_on):
            if run.process is not None and run.process.is_on_this_host() and self._instance.is_supervised(run) and kill_run(run):
                settle_abandoned_run(
                    self._instance.storage, run, "did not listen and was killed", self._instance.store_left_events
                )
        return self._going_on(run.run_id for run in going_on)

    def _going_on(self, run_ids: Iterable[str]) -> list[DagsterRun]:
        wanted = set(run_ids)
        if not wanted:
            return []
        held = self._instance.get_runs(RunsFilter(statuses=list(HELD_STATUSES)))
        return [run for run in held if run.run_id in wanted and not is_abandoned(run)]
