"""What the instance does with runs that others execute: submit, launch, cancel, end. Each step compares and sets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dagster.errors import DagsterInvariantViolationError, DagsterLaunchFailedError
from dagster.events.entries import EventLogEntry
from dagster.instance import run_events
from dagster.instance.runs import RunMethods
from dagster.instance.setting_methods import SettingMethods
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.clocks import now
from dagster.storage.refusals import no_run

if TYPE_CHECKING:
    from dagster.events.data import RunFailureReason
    from dagster.events.failures import SerializableErrorInfo
    from dagster.runs.launches import Launcher

_S = DagsterRunStatus
WAITING_STATUSES = (_S.NOT_STARTED, _S.QUEUED)
LAUNCHED_STATUSES = (_S.STARTING, _S.STARTED, _S.CANCELING)


class LifecycleMethods(RunMethods, SettingMethods):
    """Runs that others execute."""

    _launcher: Launcher | None = None

    def use_launcher(self, launcher: Launcher | None) -> None:
        """Have runs launched by this from now on, in this process."""
        self._launcher = launcher

    def submit_run(self, run_id: str, workspace: object = None) -> DagsterRun:
        """Have a stored run executed: it waits in the queue, or is launched at once where the settings say so.

        Args:
            run_id: the run.
            workspace: not looked at; kept for the API.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it was submitted before.
            DagsterLaunchFailedError: it is to be launched at once, and that failed.
        """
        from dagster.instance.coordinators import DefaultRunCoordinator

        if isinstance(self.run_coordinator, DefaultRunCoordinator):
            return self.launch_run(run_id, workspace)
        run = self._run(run_id)
        moved = self.move_run(run, [_S.NOT_STARTED], [run_events.enqueued(run, now())])
        if moved is None:
            raise _not_waiting(self._run(run_id))
        return moved

    def launch_run(self, run_id: str, workspace: object = None) -> DagsterRun:
        """Launch a stored run that waits, now.

        Args:
            run_id: the run.
            workspace: not looked at; kept for the API.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it was launched before.
            DagsterLaunchFailedError: nothing could be started; the run has failed.
        """
        if self._launcher is None:
            raise DagsterLaunchFailedError(
                f"Run {run_id} cannot be launched from here: this process launches no runs. Submit it (`submit_run`), and a "
                "daemon (`dagster dev` or `dagster-daemon run`) launches it."
            )
        run = self._run(run_id)
        moved = self.begin_launch(run)
        if moved is None:
            raise _not_waiting(self._run(run_id))
        return self.finish_launch(moved, self._launcher)

    def begin_launch(self, run: DagsterRun) -> DagsterRun | None:
        """The run as it is to be launched, None if it does not wait any more. Of several callers one gets it."""
        return self.move_run(run, WAITING_STATUSES, [run_events.starting(run, now())])

    def finish_launch(self, run: DagsterRun, launcher: Launcher) -> DagsterRun:
        """Start what executes a run whose launch was begun.

        Raises:
            DagsterLaunchFailedError: nothing could be started; the run has failed.
        """
        try:
            launcher.launch(run)
        except DagsterLaunchFailedError as failed:
            from dagster.events.data import RunFailureReason
            from dagster.events.failures import error_info

            self.end_run(run, str(failed), RunFailureReason.JOB_INITIALIZATION_FAILURE, error_info(failed))
            raise
        return run

    def enqueue_again(self, run: DagsterRun, message: str) -> DagsterRun | None:
        """The run in the queue once more, None if it went on meanwhile; who was to execute it can store nothing any more."""
        moment = now()
        events = [run_events.told(run, message, moment), run_events.enqueued(run, moment)]
        return self.move_run(run, [_S.STARTING], events)

    def cancel_run(self, run_id: str) -> DagsterRun:
        """Stop a run. One that waits is canceled at once; one that goes on is CANCELING until nothing of it is left.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it has ended.
        """
        run = self._run(run_id)
        if run.status in WAITING_STATUSES and run.process is None:
            moved = self.move_run(run, WAITING_STATUSES, run_events.canceled(run, now(), "Canceling run from the queue."))
            if moved is not None:
                return self._run(run_id)
            run = self._run(run_id)
        if run.is_finished:
            raise DagsterInvariantViolationError(f"Run {run_id} has ended ({run.status.value}): there is nothing to stop.")
        if run.status is not _S.CANCELING:
            from dagster.events.types import DagsterEventType

            sentence = "Sending run termination request."
            asked = run_events.run_entry(run, DagsterEventType.RUN_CANCELING, now(), sentence)
            self._storage.events.append([asked], attempt=run.attempt)
        if self._launcher is not None:
            self._launcher.stop(run)
        return self._run(run_id)

    def end_run(
        self,
        run: DagsterRun,
        message: str,
        reason: RunFailureReason,
        error: SerializableErrorInfo | None = None,
    ) -> bool:
        """Makes a run fail that does not do so itself; says whether this call did. Who executed it can store nothing any more."""
        events = run_events.ended(run, self._storage.runs.step_marks(run.run_id), now(), message, reason, error)
        return self.move_run(run, LAUNCHED_STATUSES, events) is not None

    def end_canceled_run(self, run: DagsterRun, message: str) -> bool:
        """Says that nothing is left of a run that was to stop; whether this call said it."""
        from dagster.events.types import DagsterEventType

        events = [run_events.run_entry(run, DagsterEventType.RUN_CANCELED, now(), message, level=40)]
        return self.move_run(run, [_S.CANCELING], events) is not None

    def move_run(
        self, run: DagsterRun, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry]
    ) -> DagsterRun | None:
        """The run after these events, None if it stands at another attempt than here, or at none of these statuses.

        The attempt grows by one: of several callers one gets the run, and whoever held it can store nothing any more.
        """
        if not self._storage.runs.settle(run.run_id, run.attempt, statuses, events, now()):
            return None
        status = next((each for event in reversed(events) if (each := _status_after(event)) is not None), run.status)
        return replace(run, attempt=run.attempt + 1, status=status)

    def _run(self, run_id: str) -> DagsterRun:
        run = self.get_run_by_id(run_id)
        if run is None:
            raise no_run(run_id)
        return run


def _status_after(event: EventLogEntry) -> DagsterRunStatus | None:
    from dagster.runs.statuses import STATUS_BY_EVENT

    return STATUS_BY_EVENT.get(event.dagster_event.event_type_value) if event.dagster_event is not None else None


def _not_waiting(run: DagsterRun) -> DagsterInvariantViolationError:
    return DagsterInvariantViolationError(
        f"Run {run.run_id} does not wait to be launched: it is {run.status.value}. Execute it again as a new run."
    )
