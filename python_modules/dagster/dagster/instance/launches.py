"""Launching runs and stopping them: what is stored about it, and the port to what starts their processes.

A run goes from NOT_STARTED or QUEUED to STARTING in one transaction, together with the process that launches it; then to STARTED
by the supervisor that takes it over, as the next attempt. Each of the two is a compare-and-set, so of several launchers one wins.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from dagster.errors import DagsterError, DagsterInvariantViolationError, DagsterRunFencedError
from dagster.events.data import JobFailureData, RunFailureReason
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.failures import error_info
from dagster.events.types import DagsterEventType
from dagster.instance.given_configs import forget_given_config, given_config, has_secrets, keep_given_config, kept_run_ids
from dagster.instance.homes import InstanceRef
from dagster.instance.ingests import IngestMethods
from dagster.instance.reports import ReportMethods, entry_of
from dagster.instance.settlement import is_abandoned, settle_abandoned_run
from dagster.runs.members import DEFAULT_GRACE_SECONDS
from dagster.runs.processes import ProcessIdentity, current_process
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.clocks import now
from dagster.storage.refusals import no_run

_TO_LAUNCH = (DagsterRunStatus.NOT_STARTED, DagsterRunStatus.QUEUED)
_INFO, _ERROR = 20, 40


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is watched.

    Attributes:
        heartbeat_seconds: how often its supervisor renews its lease, looks whether it still holds the run, and whether it is to
            be stopped.
        lease_seconds: how long the lease lasts. On its own host a supervisor is known to live by its process, not by its lease.
        grace_seconds: how long what was asked to stop may take before it is killed.
    """

    heartbeat_seconds: float = 5.0
    lease_seconds: float = 20.0
    grace_seconds: float = DEFAULT_GRACE_SECONDS


class RunOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Asks for the execution of a run that is stored.

    Attributes:
        run_id: the run.
        attempt: the attempt at which it must stand, so that of two orders one is carried out.
        instance: what remembers it.
        environment: the whole environment of its processes; None for that of the process which executes it.
        run_config: as it was given, where what is stored has secrets covered; None for what is stored.
        supervision: how it is watched.
        captures_output: whether what its processes print goes into files; else where it goes for the process that asks.
    """

    run_id: str
    attempt: int
    instance: InstanceRef
    environment: dict[str, str] | None = None
    run_config: dict[str, Any] | None = None
    supervision: Supervision = Supervision()
    captures_output: bool = True


class RunLauncher(Protocol):
    """Starts the processes of runs, on this machine or another."""

    def launch(self, order: RunOrder) -> ProcessIdentity | None:
        """Starts the supervisor of a run; returns when it is under way, not when the run is.

        Returns:
            The process that will take the run over; None where it is not known, and the run stays with its launcher until then.

        Raises:
            DagsterError: it cannot be started; the run fails with it.
        """
        ...


class LaunchMethods(ReportMethods, IngestMethods):
    """Launching runs and stopping them."""

    @property
    def root_directory(self) -> str:
        """The folder of the instance."""
        raise NotImplementedError

    def keep_run_config(self, run: DagsterRun, run_config: Mapping[str, Any]) -> None:
        """Keeps the config of a run as it was given until the run has begun, where what is stored of it has secrets covered."""
        if has_secrets(run.run_config):
            keep_given_config(self.root_directory, run.run_id, run_config)

    def forget_run_config(self, run_id: str) -> None:
        """Removes what was kept of the config of a run."""
        forget_given_config(self.root_directory, run_id)

    def forget_idle_run_configs(self) -> None:
        """Removes what is kept of the config of runs that are not going to begin."""
        for run_id in kept_run_ids(self.root_directory):
            record = self._storage.runs.run(run_id)
            if record is not None and record.dagster_run.is_finished:
                self.forget_run_config(run_id)

    def get_ref(self) -> InstanceRef:
        """Where the instance is and how it is set up, for another process."""
        raise NotImplementedError

    def launch_run(
        self,
        run_id: str,
        launcher: RunLauncher,
        *,
        run_config: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        supervision: Supervision | None = None,
    ) -> DagsterRun:
        """Launches a stored run. Where it cannot be started, it fails with what is wrong.

        Args:
            run_id: the run; it is NOT_STARTED or QUEUED.
            launcher: starts its processes.
            run_config: as it was given, where secrets in it are not stored; without: what was kept of it when it was submitted.
            environment: of its processes; without: that of this one.
            supervision: how it is watched.

        Returns:
            The run as it then stands.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it was launched already, or has ended.
        """
        run = self._stored(run_id)
        starting = _entry(run, DagsterEventType.RUN_STARTING, "", _INFO)
        taken = self._storage.runs.take(run_id, run.attempt, _TO_LAUNCH, current_process(), [starting], now())
        if taken is None:
            raise DagsterInvariantViolationError(
                f"Run {run_id} is {self._stored(run_id).status.value}. Only a run that is NOT_STARTED or QUEUED can be launched."
            )
        try:
            order = RunOrder(
                run_id=run_id,
                attempt=taken.attempt,
                instance=replace(self.get_ref(), ingest=self.ingest_path),
                environment=dict(os.environ if environment is None else environment),
                run_config=dict(run_config) if run_config is not None else given_config(self.root_directory, run),
                supervision=supervision or Supervision(),
            )
            supervisor = self._launch(taken, order, launcher)
        except Exception as refused:
            self._storage.runs.settle(run_id, taken.attempt, _CAN_BE_LOST, [_not_started(run, refused)], now())
            if not isinstance(refused, DagsterError):
                raise
        else:
            if supervisor is not None:
                self._hand_over(taken, supervisor)
        return self._stored(run_id)

    def _launch(self, run: DagsterRun, order: RunOrder, launcher: RunLauncher) -> ProcessIdentity | None:
        """Launch as the settings say; a launcher of the user's own is asked where they name one."""
        return launcher.launch(order)

    def _hand_over(self, run: DagsterRun, supervisor: ProcessIdentity) -> None:
        """From here on the run is lost with its supervisor and not with its launcher, which may end now."""
        try:
            self._storage.runs.replace_run(replace(run, process=supervisor), now())
        except DagsterRunFencedError:  # the supervisor was faster
            return

    def terminate_run(self, run_id: str) -> bool:
        """Asks a run to stop, and returns at once: it is CANCELED when no process of it is left.

        Returns:
            Whether there was something to stop.

        Raises:
            DagsterRunNotFoundError: there is no such run.
        """
        run = self._stored(run_id)
        if run.is_finished:
            return False
        canceled = _entry(run, DagsterEventType.RUN_CANCELED, f'Execution of run for "{run.job_name}" canceled.', _ERROR)
        if run.process is None and self._storage.runs.settle(run_id, run.attempt, _TO_LAUNCH, [canceled], now()):
            return True
        if run.status is not DagsterRunStatus.CANCELING:
            asked = _entry(run, DagsterEventType.RUN_CANCELING, "Sending run termination request.", _INFO)
            self._storage.events.append([asked], attempt=run.attempt)
        run = self._stored(run_id)
        if is_abandoned(run):
            settle_abandoned_run(self._storage, run, left=self.store_left_events)
        elif run.process is not None and run.process.is_on_this_host() and self.is_supervised(run):
            run.process.send(signal.SIGINT)  # it looks at its run then, and not only with the next heartbeat
        return True

    def is_supervised(self, run: DagsterRun) -> bool:
        """Whether the run's process is a supervisor. A script that executes a run itself is not signaled, nor is what launches
        one: a supervisor looks at its run when it has stored that it begins.
        """
        return run.attempt > 0 and bool(self._storage.events.run_log(run.run_id, types=(DagsterEventType.RUN_START,), limit=1))

    def _stored(self, run_id: str) -> DagsterRun:
        record = self._storage.runs.run(run_id)
        if record is None:
            raise no_run(run_id)
        return record.dagster_run


_CAN_BE_LOST = (DagsterRunStatus.STARTING, DagsterRunStatus.CANCELING)


def _entry(run: DagsterRun, kind: DagsterEventType, message: str, level: int) -> EventLogEntry:
    event = DagsterEvent(event_type_value=kind.value, job_name=run.job_name, message=message or None)
    return entry_of(event, run.run_id, level, time.time())


def _not_started(run: DagsterRun, refused: Exception) -> EventLogEntry:
    event = DagsterEvent(
        event_type_value=DagsterEventType.RUN_FAILURE.value,
        job_name=run.job_name,
        message=f'Execution of run for "{run.job_name}" failed. {refused}',
        event_specific_data=JobFailureData(error=error_info(refused), failure_reason=RunFailureReason.RUN_EXCEPTION),
    )
    return entry_of(event, run.run_id, _ERROR, time.time())
